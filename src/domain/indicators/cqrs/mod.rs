//! Reads apart from writes.

pub mod cqs;
pub mod no_query_in_loop;
pub mod read_side_separate;
pub mod read_skips_model;
mod reads;
