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
