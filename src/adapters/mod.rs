//! The rim: everything that knows a file system, a program, a format or a terminal.

pub mod cargo;
pub mod clock;
pub mod config;
pub mod files;
pub mod git;
pub mod junit;
pub mod memory;
pub mod pages;
pub mod parse;
pub mod render;
pub mod sources;
