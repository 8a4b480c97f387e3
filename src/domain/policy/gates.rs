//! Floors for scores, as asked for.

use crate::domain::policy::place::At;

/// What is asked of one construct.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Its place among the constructs of the model.
    pub construct: usize,
    /// What is asked.
    pub limit: Limit,
    /// Where it is asked.
    pub at: At,
}

/// Scores that were saved, for changes to be measured from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The file, as it is written in the configuration.
    pub name: String,
    /// The same, absolute or from the current folder.
    pub path: String,
    /// Where it is named.
    pub at: At,
}

/// What is asked of a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// The value itself: at least so much, and at most where high is bad.
    Value(f64),
    /// Its change since a reference: no lower than this, and no higher where high is bad.
    Change(f64),
}
