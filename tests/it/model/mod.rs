//! The causal model against a code base that was counted by hand.

mod golden;
mod inn;
