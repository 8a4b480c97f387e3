//! One use case per file.

pub mod analyse;
pub mod baseline;
pub mod casting;
pub mod check;
pub mod doctor;
pub mod fixes;
pub mod gaps;
pub mod gates;
pub mod graph;
pub mod init;
pub mod judge;
pub mod judged;
pub mod layers;
pub mod manifests;
pub mod ports;
pub mod scope;
pub mod score;
pub mod select;
pub mod settle;
pub mod since;
pub mod suggest;
pub mod timings;
pub mod what_if;
pub mod why;
