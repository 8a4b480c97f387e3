//! One use case per file.

pub mod analyse;
pub mod ports;
