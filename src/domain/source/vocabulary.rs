//! Words that a reader of files looks for: they decide what counts as a decision, as a statement in SQL,
//! as generated; and what is read of documentation. Given from outside; the default knows none.

use crate::domain::source::deeds::SqlVerb;
use crate::domain::source::docs::Docs;

/// The words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Methods whose call decides something, as a loop with an `if` would.
    pub deciding_methods: Vec<String>,
    /// Macros each call of which is a decision.
    pub deciding_macros: Vec<String>,
    /// Attributes that make a function a test, beside those of the language.
    pub test_attributes: Vec<String>,
    /// Those that are one row of a test with several.
    pub case_attributes: Vec<String>,
    /// What all patterns of a `match` start with that only tells one result from another.
    pub results: Vec<String>,
    /// What marks a file as generated.
    pub generated_marker: String,
    /// In how many lines from the start it is looked for.
    pub generated_lines: usize,
    /// How statements in SQL are known.
    pub sql: SqlWords,
    /// What is read of documentation.
    pub docs: Docs,
}

/// How statements in SQL are known; all in upper case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SqlWords {
    /// Words that a statement starts with, and what it does then.
    pub verbs: Vec<(String, SqlVerb)>,
    /// Words one of which follows a verb of which nothing more is known.
    pub continues: Vec<String>,
    /// Words, several in a row each, that make a statement complex.
    pub complex: Vec<Vec<String>>,
    /// … that lock what is read, or name what must be unique.
    pub guards: Vec<Vec<String>>,
    /// … that read no more than so much.
    pub limits: Vec<Vec<String>>,
}

impl SqlWords {
    /// Whether a statement may start with this byte.
    pub fn starts_with(&self, byte: u8) -> bool {
        let byte = byte.to_ascii_uppercase();
        self.verbs.iter().any(|(verb, _)| verb.as_bytes().first() == Some(&byte))
    }
}
