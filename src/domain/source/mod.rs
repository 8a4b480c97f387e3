//! What was read: spans, facts of each file, and the packages of the workspace.

pub mod calls;
pub mod deeds;
pub mod docs;
pub mod facts;
pub mod index;
pub mod light;
pub mod span;
pub mod symbols;
pub mod vocabulary;
pub mod workspace;
