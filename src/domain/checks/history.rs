//! What was changed lately, as version control tells it.

/// What is known of the past of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Past {
    /// Nobody asked.
    #[default]
    Unasked,
    /// There is none to read, and why: lower case, no full stop.
    Missing(String),
    /// So much.
    Known(History),
}

/// The commits of some time up to the last one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Commits of one parent with the files they touch, newest first.
    pub commits: Vec<Commit>,
    /// The line of first parents with the lines of Rust they touch, merges included, newest first.
    pub mainline: Vec<Commit>,
}

/// One commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commit {
    /// What it changes, by file.
    pub changes: Vec<Change>,
}

/// What one commit changes in one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Its path after the commit, from the root of the workspace.
    pub path: String,
    /// Its path before, where it was moved.
    pub from: Option<String>,
    /// What is changed in it, from the top down; empty where that was not asked for.
    pub hunks: Vec<Hunk>,
}

/// Lines in the place of others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hunk {
    /// First line before, from 1; where there is none, the line that they are put behind, or 0.
    pub old: u32,
    /// How many lines before.
    pub removed: u32,
    /// First line after, from 1; where there is none, the line behind which they were, or 0.
    pub new: u32,
    /// How many lines after.
    pub added: u32,
}

impl Past {
    /// The history, or why there is none.
    ///
    /// # Errors
    /// Why nothing is known.
    pub fn known(&self) -> Result<&History, &str> {
        match self {
            Self::Unasked => Err("the history was not read"),
            Self::Missing(why) => Err(why),
            Self::Known(history) => Ok(history),
        }
    }
}
