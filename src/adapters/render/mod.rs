//! Results as text: for people, for scripts, for drawing programs.
//!
//! All words that come from the target pass [`text::escape`] on their way to a terminal.

pub mod baseline;
pub mod changes;
pub mod doctor;
pub mod dot;
pub mod excerpt;
pub mod explain;
pub mod gaps;
pub mod human;
pub mod init;
pub mod json;
pub mod json_graph;
pub mod json_site;
pub mod layers;
pub mod mermaid;
pub mod paint;
pub mod short;
pub mod summary;
pub mod text;
pub mod why;
