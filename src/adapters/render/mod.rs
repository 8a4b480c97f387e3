//! Results as text: for people, for scripts, for drawing programs.
//!
//! All words that come from the target pass [`text::escape`] on their way to a terminal.

pub mod baseline;
pub mod brief;
pub mod cargo_json;
pub mod changes;
mod chosen;
pub mod doctor;
pub mod dot;
pub mod excerpt;
pub mod explain;
pub mod fix_plan;
pub mod gaps;
pub mod github;
pub mod gitlab;
pub mod here;
pub mod here_json;
pub mod human;
pub mod init;
pub mod json;
pub mod json_graph;
pub mod json_site;
pub mod junit;
pub mod layers;
pub mod markdown;
mod markup;
pub mod mermaid;
mod moved;
pub mod paint;
pub mod plan;
pub mod roles;
#[cfg(test)]
mod sample;
pub mod sarif;
pub mod score;
pub mod score_json;
pub mod short;
pub mod statistics;
pub mod summary;
pub mod text;
pub mod told;
pub mod why;
