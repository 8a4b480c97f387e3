//! The causal model that comes with the tool, `rules/model.toml`, and what a workspace changes of it.
//!
//! The embedded file is its own schema: a key that does not stand there is unknown, and a value has
//! the type of the value it replaces.

mod constants;
mod links;
mod overlay;
mod schema;
#[cfg(test)]
mod tests;

pub(super) use crate::adapters::config::model::schema::properties;

use std::path::Path;

use crate::adapters::config::reader::{Fields, Reading};
use crate::adapters::config::tree::{self, Entry, Node, Table};
use crate::domain::policy::constants::Constants;
use crate::domain::policy::model::Parameters;

const TEXT: &str = include_str!("../../../../rules/model.toml");

/// The number under which the embedded file counts as a source: nothing that is told lies in it.
const EMBEDDED: u32 = u32::MAX;

/// The sections that a workspace can change.
pub(super) const SECTIONS: [&str; 30] = [
    "model",
    "scoring",
    "need",
    "kinds",
    "facts",
    "inference",
    "services",
    "lint",
    "plan",
    "check",
    "dip",
    "purity",
    "repo",
    "svc",
    "uow",
    "agg",
    "evt",
    "cqrs",
    "di",
    "pyr",
    "infra",
    "mud",
    "lang",
    "tst",
    "inv",
    "isc",
    "maint",
    "deliv",
    "rel",
    "read",
];

/// The model as it comes with the tool.
pub fn parameters() -> Parameters {
    let nothing = Table::default();
    read(&mut Fields::new(&nothing, ""), &mut Reading::new("rules/model.toml", Path::new("")))
}

/// The facts of the model, `[facts]`, with what an entry of a configuration changes of them; one that is
/// wrong changes nothing.
pub(super) fn facts(entry: Option<&Entry>) -> Constants {
    let (mut facts, _) = tree::read(section("facts"), EMBEDDED);
    let known = match &mut facts.node {
        Node::Table(table) => table.get_mut("facts").map(|entry| &mut entry.value),
        _ => None,
    };
    let known = known.expect("facts stand in rules/model.toml");
    let mut changed = known.clone();
    if let Some(entry) = entry {
        let mut reading = Reading::new("", Path::new(""));
        overlay::replace(&mut changed, entry, "facts", &mut reading);
        if reading.failed() {
            changed = known.clone();
        }
    }
    constants::of(&changed, "facts")
}

/// A section of the embedded file with what stands below it: reading all of it takes long.
fn section(name: &str) -> &'static str {
    let header = format!("\n[{name}]\n");
    let start = TEXT.find(&header).expect("a section stands in rules/model.toml");
    let rest = &TEXT[start..];
    &rest[..rest.find("\n# -----").unwrap_or(rest.len())]
}

/// The model with what a configuration changes of it.
pub(super) fn read(fields: &mut Fields, reading: &mut Reading) -> Parameters {
    let mut table = embedded();
    let lists = constants::Lists::take(&mut table);
    for name in SECTIONS {
        let Some(entry) = fields.unlisted(name) else { continue };
        let known = table.get_mut(name).expect("every section stands in rules/model.toml");
        overlay::replace(&mut known.value, entry, name, reading);
    }
    let changes = fields.unlisted("links");
    constants::parameters(&lists, &table, changes, reading)
}

fn embedded() -> Table {
    let (value, errors) = tree::read(TEXT, EMBEDDED);
    assert!(errors.is_empty(), "rules/model.toml is valid TOML");
    match value.node {
        Node::Table(table) => table,
        _ => Table::default(),
    }
}
