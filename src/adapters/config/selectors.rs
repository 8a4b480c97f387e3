//! Selectors in configuration values, with the names they must know.

use crate::adapters::config::reader::{Fields, Reading, Text};
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::rules::Exception;
use crate::domain::policy::selector::{Bare, Selector, SelectorKind};
use crate::domain::policy::suggest;

/// The names that selectors may use.
pub(super) struct Names {
    pub(super) layers: Vec<String>,
    pub(super) categories: Vec<String>,
}

impl Names {
    pub(super) fn new(layers: Vec<String>, catalogue: &Catalogue) -> Self {
        let categories = catalogue.names().into_iter().map(str::to_owned).collect();
        Self { layers, categories }
    }
}

/// How selectors of one place are read.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) bare: Bare,
    /// Whether all of them may match nothing.
    pub(super) optional: bool,
}

impl Style {
    pub(super) const MODULES: Self = Self { bare: Bare::Module, optional: false };
    pub(super) const CRATES: Self = Self { bare: Bare::Crate, optional: true };

    pub(super) fn optional(self, optional: bool) -> Self {
        Self { optional: self.optional || optional, ..self }
    }
}

/// Modules of the standard library, and what stands at its root beside them.
const STANDARD: [&str; 47] = [
    "alloc",
    "any",
    "arch",
    "array",
    "ascii",
    "backtrace",
    "borrow",
    "boxed",
    "cell",
    "char",
    "clone",
    "cmp",
    "collections",
    "convert",
    "default",
    "env",
    "error",
    "ffi",
    "fmt",
    "fs",
    "future",
    "hash",
    "hint",
    "io",
    "iter",
    "marker",
    "mem",
    "net",
    "num",
    "ops",
    "option",
    "os",
    "panic",
    "path",
    "pin",
    "prelude",
    "process",
    "ptr",
    "rc",
    "result",
    "slice",
    "str",
    "string",
    "sync",
    "task",
    "thread",
    "time",
];

/// The first segment of a path of the standard library that is nearly, but not, one of its modules. What
/// is not near to any may be a macro, a primitive or a newer module.
fn misspelt(selector: &str) -> Option<(String, String)> {
    let name = selector.trim_start_matches('=').strip_prefix("std::")?.split("::").next()?;
    let beside = ["vec", "f32", "f64", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "bool", "print"];
    if STANDARD.contains(&name) || beside.contains(&name) || name.contains(['*', '{', '?', '!']) {
        return None;
    }
    let near = suggest::nearest(name, STANDARD)?;
    Some((name.to_owned(), format!("did you mean `std::{near}`?")))
}

/// The selectors under a key; none if the key is not there.
pub(super) fn under(
    fields: &mut Fields,
    key: &'static str,
    style: Style,
    names: &Names,
    reading: &mut Reading,
) -> Option<Vec<Selector>> {
    let texts = fields.texts(key, reading)?;
    Some(all(&texts, style, names, reading))
}

/// Every text as a selector; those that are wrong are told and left out.
pub(super) fn all(texts: &[Text], style: Style, names: &Names, reading: &mut Reading) -> Vec<Selector> {
    texts.iter().filter_map(|text| one(text, style, names, reading)).collect()
}

/// A text as a selector.
pub(super) fn one(text: &Text, style: Style, names: &Names, reading: &mut Reading) -> Option<Selector> {
    let mut selector = match Selector::parse(text.text.trim(), text.at, style.bare) {
        Ok(selector) => selector,
        Err(bad) => {
            reading.problem(text.at, bad.message, bad.help);
            return None;
        }
    };
    // What a preset names is convention: it need not be there.
    selector.optional |= style.optional || text.at.source != 0;
    if let Some((name, help)) = misspelt(&selector.text) {
        reading.problem(text.at, format!("the standard library has no module `{name}`"), Some(help));
        return None;
    }
    let (word, name, known) = match &selector.kind {
        SelectorKind::Layer(name) => ("layer", name, &names.layers),
        SelectorKind::Category(name) => ("category", name, &names.categories),
        _ => return Some(selector),
    };
    if known.contains(name) {
        return Some(selector);
    }
    let mut help = suggest::help(name, known.iter().map(String::as_str));
    if help.is_none() && word == "category" {
        help = Some("`cargo archlint explain crates` lists them all".to_owned());
    }
    if help.is_none() {
        help = Some("declare it under `[layers]`".to_owned());
    }
    reading.problem(text.at, format!("there is no {word} `{name}`"), help);
    None
}

/// The exceptions under `except`: `TO`, or `FROM -> TO`.
pub(super) fn exceptions(
    fields: &mut Fields,
    optional: bool,
    names: &Names,
    reading: &mut Reading,
) -> Vec<Exception> {
    let style = Style::MODULES.optional(optional);
    let texts = fields.texts("except", reading).unwrap_or_default();
    let mut found = Vec::new();
    for text in texts {
        let (from, to) = match text.text.split_once("->") {
            Some((from, to)) => {
                let from = Text { text: from.trim().to_owned(), at: text.at };
                let Some(from) = one(&from, style, names, reading) else { continue };
                (Some(from), Text { text: to.trim().to_owned(), at: text.at })
            }
            None => (None, text),
        };
        if let Some(to) = one(&to, style, names, reading) {
            found.push(Exception { from, to });
        }
    }
    found
}
