//! Definitions of macros.

use proc_macro2::{TokenStream, TokenTree};

use crate::adapters::parse::attrs::AttrFacts;
use crate::adapters::parse::context::{Context, ends_of};
use crate::adapters::parse::items::Draft;
use crate::domain::resolve::prelude::{MACROS, NAMES};
use crate::domain::source::facts::{Brings, ItemKind, MacroDecl, Namespace, RefPosition, Reference};
use crate::domain::source::span::Span;

impl Context<'_> {
    /// `macro_rules! name { … }`.
    pub fn macro_rules(&mut self, item: &syn::ItemMacro, name: &syn::Ident, found: &AttrFacts) {
        let start = self.start_of(item.mac.bang_token.spans[0]).saturating_sub("macro_rules".len() as u32);
        let end = self.end_of(ends_of(&item.mac.delimiter).1);
        let draft = Draft { kind: ItemKind::Macro, start, end, marks: found.marks };
        let index = self.declare(name, &syn::Visibility::Inherited, draft);
        let before = self.facts.references.len();
        self.inside(index, &item.attrs, |this| {
            this.at(RefPosition::MacroBody, |this| this.macro_body(&item.mac.tokens));
        });
        let body = self.inner_span(&item.mac.delimiter);
        let count = rule_count(&item.mac.tokens);
        let (brings, made) = match self.is_written() {
            true => (self.brings(before, body), None),
            false => (Brings::Anything, Some(self.text_within(&item.mac.delimiter).into())),
        };
        self.facts.macros.push(MacroDecl { item: index, body, count, brings, made });
    }

    /// What the rules of a macro name: the references since `first`, and `$name::path`, which is no
    /// path before it is known what `$name` is.
    fn brings(&self, first: usize, body: Span) -> Brings {
        let glued = |text: &str| {
            text.match_indices("::").any(|(at, _)| {
                let before = text[..at].trim_end();
                let word = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
                word.trim_end().ends_with('$') && &before[word.len()..] != "crate"
            })
        };
        if self.text.get(body.start as usize..body.end as usize).is_some_and(glued) {
            return Brings::Anything;
        }
        let one = |reference: &Reference| {
            let path = reference.path;
            let head = self.word(self.facts.segments[path.first as usize]);
            let called = reference.namespace == Namespace::Macro;
            let standard = match path.count {
                1 if called => MACROS.contains(&head),
                1 => NAMES.iter().any(|(name, _)| *name == head),
                _ => matches!(head, "std" | "core" | "alloc"),
            };
            if standard {
                Brings::Nothing
            } else if !called && (path.global || head == "$crate") {
                Brings::Portable
            } else {
                Brings::Anything
            }
        };
        self.facts.references[first..].iter().map(one).max().unwrap_or_default()
    }
}

/// Number of rules of a `macro_rules!`: each is a matcher and a transcriber.
fn rule_count(tokens: &TokenStream) -> u32 {
    let groups = tokens.clone().into_iter().filter(|tree| matches!(tree, TokenTree::Group(_))).count();
    groups as u32 / 2
}
