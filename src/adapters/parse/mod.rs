//! Source text to facts: the only room that knows `syn`.

pub mod lex;

use crate::domain::source::facts::FileFacts;
use crate::domain::source::span::LineTable;

/// Facts of one file. Never fails: what could not be parsed is recorded in the facts as lost.
pub fn parse(path: &str, text: &str) -> FileFacts {
    FileFacts { path: path.to_owned(), lines: LineTable::new(text) }
}
