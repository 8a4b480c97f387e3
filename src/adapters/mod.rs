//! The rim: everything that knows a file system, a program, a format or a terminal.

pub mod cargo;
pub mod memory;
pub mod parse;
pub mod sources;
