//! One use case per file.

pub mod ports;
