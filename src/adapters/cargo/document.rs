//! TOML with places: small helpers over spanned tables.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::source::span::LineTable;

/// One table of a manifest.
pub(super) type Table<'a, 'i> = &'a DeTable<'i>;
/// One value of a manifest.
pub(super) type Value<'a, 'i> = &'a Spanned<DeValue<'i>>;

/// What is wrong with a TOML text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TomlError {
    /// What is wrong: lower case, no full stop.
    pub(super) message: String,
    /// Line and column, from 1.
    pub(super) position: Option<(u32, u32)>,
}

impl TomlError {
    pub(super) fn new(error: &toml::de::Error, lines: &LineTable) -> Self {
        Self {
            message: error.message().lines().next().unwrap_or_default().to_owned(),
            position: error.span().map(|span| {
                let position = lines.position(span.start as u32);
                (position.line, position.column)
            }),
        }
    }
}

/// The value of a key.
pub(super) fn get<'a, 'i>(table: Table<'a, 'i>, key: &str) -> Option<Value<'a, 'i>> {
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
}

/// The table under a key.
pub(super) fn table<'a, 'i>(parent: Table<'a, 'i>, key: &str) -> Option<Table<'a, 'i>> {
    get(parent, key)?.get_ref().as_table()
}

/// The text under a key.
pub(super) fn text(parent: Table<'_, '_>, key: &str) -> Option<String> {
    get(parent, key)?.get_ref().as_str().map(str::to_owned)
}

/// The truth under a key.
pub(super) fn truth(parent: Table<'_, '_>, key: &str) -> Option<bool> {
    get(parent, key)?.get_ref().as_bool()
}

/// The texts of a list, each with its offset.
pub(super) fn texts(value: Value<'_, '_>) -> Vec<(String, u32)> {
    value
        .get_ref()
        .as_array()
        .into_iter()
        .flat_map(|list| list.iter())
        .filter_map(|entry| Some((entry.get_ref().as_str()?.to_owned(), entry.span().start as u32)))
        .collect()
}
