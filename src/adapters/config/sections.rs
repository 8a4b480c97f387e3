//! The whole file to a policy, section by section.

use crate::adapters::config::given::unconfigured;
use crate::adapters::config::reader::{Fields, Reading, Text, pick, text};
use crate::adapters::config::selectors::{self, Names, Style};
use crate::adapters::config::tree::{Entry, Node, Value};
use crate::adapters::config::{gates, layers, model, rules};
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::level::Level;
use crate::domain::policy::lints::LINTS;
use crate::domain::policy::role::Role;
use crate::domain::policy::suggest;
use crate::domain::policy::{Analysis, LintLevel, Policy, RoleEntry};
use crate::domain::roles::Tag;
use crate::domain::source::docs::Docs;

/// Reads a merged file.
pub(super) fn policy(file: &Value, reading: &mut Reading) -> Policy {
    let Some(mut fields) = Fields::of(file, "", reading) else { return Policy::default() };
    let Policy { catalogue, facades, .. } = unconfigured().clone();
    let mut policy = Policy { catalogue, facades, ..Policy::default() };
    fields.text("preset", reading);
    // What it says was followed when the file was built.
    fields.entry("extends");
    for entry in section(&mut fields, "crates", reading) {
        override_crate(&mut policy.catalogue, entry, reading);
    }
    let layers = fields.entry("layers");
    let names = Names::new(layers.map(layers::names).unwrap_or_default(), &policy.catalogue);
    if let Some(entry) = layers {
        policy.layers = layers::read(entry, &names, reading);
    }
    if let Some(entry) = fields.entry("rule") {
        policy.rules = rules::read(&entry.value, &names, reading);
    }
    for entry in section(&mut fields, "lints", reading) {
        let Some(level) = text(&entry.value, &entry.key, reading) else { continue };
        if !LINTS.iter().any(|lint| lint.name == entry.key) {
            let help = suggest::help(&entry.key, LINTS.iter().map(|lint| lint.name));
            reading.problem(entry.at, format!("there is no lint `{}`", entry.key), help);
            continue;
        }
        let words = Level::ALL.map(|level| (level.word(), level));
        if let Some(level) = pick(&level, &entry.key, &words, reading) {
            policy.lints.push(LintLevel { name: entry.key.clone(), level, at: entry.at });
        }
    }
    for entry in section(&mut fields, "roles", reading) {
        policy.roles.extend(role(entry, &names, reading));
    }
    if let Some(entry) = fields.entry("analysis") {
        policy.analysis = analysis(entry, reading);
    }
    policy.model = model::read(&mut fields, reading).into();
    for entry in section(&mut fields, "gates", reading) {
        match entry.key.as_str() {
            gates::REFERENCE => policy.reference = gates::saved(entry, reading),
            _ => policy.gates.extend(gates::gate(entry, &policy.model, reading)),
        }
    }
    fields.finish(reading);
    policy
}

/// The entries of a table that the user names freely.
fn section<'a>(fields: &mut Fields<'a>, key: &'static str, reading: &mut Reading) -> &'a [Entry] {
    let Some(entry) = fields.entry(key) else { return &[] };
    match &entry.value.node {
        Node::Table(table) => &table.entries,
        _ => {
            reading.wrong_type(&entry.value, key, "a table");
            &[]
        }
    }
}

fn override_crate(catalogue: &mut Catalogue, entry: &Entry, reading: &mut Reading) {
    let Some(category) = text(&entry.value, &entry.key, reading) else { return };
    let Some(index) = catalogue.categories.iter().position(|known| known.name == category.text) else {
        let names = catalogue.categories.iter().map(|known| &*known.name);
        let help = suggest::help(&category.text, names)
            .or_else(|| Some("name a category of the crate catalogue, as `database_sql`".to_owned()));
        reading.problem(category.at, format!("there is no category `{}`", category.text), help);
        return;
    };
    let name = catalogue.library(&entry.key);
    match name.strip_suffix('*') {
        Some(prefix) => catalogue.prefixes.insert(0, (prefix.to_owned(), index)),
        None => {
            catalogue.crates.insert(entry.key.replace('-', "_"), index);
            catalogue.crates.insert(name, index);
        }
    }
}

fn role(entry: &Entry, names: &Names, reading: &mut Reading) -> Option<RoleEntry> {
    let key = Text { text: entry.key.clone(), at: entry.at };
    let modules = selectors::one(&key, Style::MODULES, names, reading);
    let mut tags = Vec::new();
    let word = match &entry.value.node {
        Node::Table(table) => {
            let mut fields = Fields::new(table, &format!("roles.\"{}\"", entry.key));
            let word = fields.text("role", reading);
            tags = fields.texts("tags", reading).unwrap_or_default();
            let known = Tag::ALL.map(|tag| (tag.word(), tag));
            tags.retain(|tag| pick(tag, "tags", &known, reading).is_some());
            fields.finish(reading);
            word
        }
        _ => text(&entry.value, &entry.key, reading),
    }?;
    let role = pick(&word, "role", &Role::ALL.map(|role| (role.word(), role)), reading)?;
    let tags = tags.into_iter().map(|tag| tag.text).collect();
    Some(RoleEntry { modules: modules?, role, tags, at: entry.at })
}

pub(super) fn analysis(entry: &Entry, reading: &mut Reading) -> Analysis {
    let Some(mut fields) = Fields::of(&entry.value, "analysis", reading) else { return Analysis::default() };
    let min_resolved = fields.number("min_resolved", reading).and_then(|(share, at)| {
        let good = (0.0..=100.0).contains(&share);
        if !good {
            let message = format!("`min_resolved` is in percent, and {share} is not within 0 and 100");
            reading.problem(at, message, Some("write a number such as 95".to_owned()));
        }
        good.then_some(share)
    });
    let docs = Docs {
        links: fields.flag("doc_links", reading).unwrap_or_default(),
        tests: fields.flag("doctests", reading).unwrap_or_default(),
    };
    fields.finish(reading);
    Analysis { min_resolved, docs }
}
