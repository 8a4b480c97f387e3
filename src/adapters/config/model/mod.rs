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
use crate::adapters::config::tree::{self, Node, Table};
use crate::domain::policy::model::Parameters;

const TEXT: &str = include_str!("../../../../rules/model.toml");

/// The number under which the embedded file counts as a source: nothing that is told lies in it.
const EMBEDDED: u32 = u32::MAX;

/// The sections that a workspace can change.
pub(super) const SECTIONS: [&str; 29] = [
    "model",
    "scoring",
    "need",
    "kinds",
    "facts",
    "inference",
    "services",
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
