//! The rim: everything that knows a file system, a program, a format or a terminal.

pub mod config;
pub mod parse;
