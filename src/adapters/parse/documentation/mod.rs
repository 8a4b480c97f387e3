//! What documentation names: links to items, and the paths of examples.
//!
//! Read only where it is asked for, when the code of the file is read. Attributes (`#[doc = "…"]`,
//! `include_str!`) are not looked into.

mod doctests;
mod links;
mod places;
#[cfg(test)]
mod tests;
mod texts;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::adapters::parse::context::Context;
use crate::adapters::parse::documentation::doctests::{Example, is_built};
use crate::adapters::parse::documentation::places::{Place, Places};
use crate::adapters::parse::documentation::texts::{Text, texts};
use crate::domain::source::docs::Docs;
use crate::domain::source::facts::{Certainty, Namespace, Part, RefPosition, Reference};
use crate::domain::source::span::Span;

/// What Markdown may hold in documentation.
const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// A path that documentation names.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    /// Its words.
    words: Vec<String>,
    /// Its bytes in the text of the file.
    span: Span,
    /// What its last word names.
    namespace: Namespace,
    /// Whether it is a path at all.
    certainty: Certainty,
    /// Whether it starts with `::`.
    global: bool,
}

impl Context<'_> {
    /// Refers to what the documentation names. The comments and items of the file are known by now.
    pub fn documentation(&mut self, docs: Docs) {
        let found: Vec<(Place, RefPosition, Named)> = {
            let places = Places::new(&self.facts);
            let texts = texts(self.text, &self.facts.comments);
            let read = |text: &Text| {
                let place = places.of(self.text, text);
                named(text, docs).into_iter().map(move |(position, named)| (place, position, named))
            };
            texts.iter().flat_map(read).collect()
        };
        for (place, position, named) in found {
            let Some(named) = self.without_self(place, named) else { continue };
            let words: Vec<_> = named.words.iter().map(|word| self.intern_made(word)).collect();
            let path = self.store_path(&words, named.global);
            self.facts.references.push(Reference {
                path,
                span: named.span,
                scope: place.scope,
                owner: place.owner,
                cfg: place.cfg,
                namespace: named.namespace,
                position,
                certainty: named.certainty,
                part: Part::Named,
            });
        }
    }

    /// The path with the type around it in the place of `Self`; none where there is no such type.
    fn without_self(&self, place: Place, mut named: Named) -> Option<Named> {
        if named.words.first().is_none_or(|head| head != "Self") {
            return Some(named);
        }
        let words = places::own_type(&self.facts, place.owner?)?;
        let words: Vec<String> = words.iter().map(|word| self.word(*word).to_owned()).collect();
        named.words.splice(..1, words);
        Some(named)
    }
}

/// What one text of documentation names.
fn named(text: &Text, docs: Docs) -> Vec<(RefPosition, Named)> {
    let mut found = Vec::new();
    let mut example: Option<Example> = None;
    // A link without a definition is one to an item.
    let mut define =
        |link: BrokenLink<'_>| Some((CowStr::from(link.reference.to_string()), CowStr::from("")));
    let parser = Parser::new_with_broken_link_callback(&text.text, MARKDOWN, Some(&mut define));
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) if docs.links => {
                if !matches!(link_type, LinkType::Autolink | LinkType::Email)
                    && let Some((words, namespace, global)) = links::path(&dest_url)
                {
                    let span = text.span(range.start, range.end);
                    let certainty = Certainty::Perhaps;
                    found.push((RefPosition::DocLink, Named { words, span, namespace, certainty, global }));
                }
            }
            Event::Start(Tag::CodeBlock(kind)) if docs.tests => {
                let built = match &kind {
                    CodeBlockKind::Indented => true,
                    CodeBlockKind::Fenced(info) => is_built(info),
                };
                example = built.then(Example::default);
            }
            Event::Text(code) => {
                if let Some(example) = &mut example {
                    example.push(&code, range.start, text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let named = example.take().map(|example| example.named()).unwrap_or_default();
                found.extend(named.into_iter().map(|named| (RefPosition::Doctest, named)));
            }
            _ => {}
        }
    }
    found
}
