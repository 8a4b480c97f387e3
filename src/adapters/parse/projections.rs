//! Types that an attribute names beside the one it stands on: `#[pin_project(project = FooProj)]`, and
//! within `pin_project!` `#[project = FooProj]`.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Expr, Meta, Visibility};

use crate::adapters::parse::context::Context;
use crate::adapters::parse::items::Draft;
use crate::domain::source::facts::{ItemKind, ItemMarks};

/// Keys that name such a type.
const KEYS: [&str; 3] = ["project", "project_ref", "project_replace"];

impl Context<'_> {
    /// Declares the types that the attributes of a struct or enum name.
    pub fn projections(&mut self, attrs: &[Attribute], vis: &Visibility) {
        for attr in attrs {
            match &attr.meta {
                Meta::NameValue(pair) if KEYS.iter().any(|key| pair.path.is_ident(key)) => {
                    if let Expr::Path(value) = &pair.value
                        && let Some(name) = value.path.get_ident()
                    {
                        self.projection(name, vis);
                    }
                }
                Meta::List(list)
                    if list.path.segments.last().is_some_and(|last| last.ident == "pin_project") =>
                {
                    named(&list.tokens).iter().for_each(|name| self.projection(name, vis));
                }
                _ => {}
            }
        }
    }

    fn projection(&mut self, name: &syn::Ident, vis: &Visibility) {
        let (start, end) = (self.start_of(name.span()), self.end_of(name.span()));
        let marks = ItemMarks::IN_MACRO.with(ItemMarks::CONSTRUCTOR);
        self.declare(name, vis, Draft { kind: ItemKind::Opaque, start, end, marks });
    }
}

/// The names after these keys in a list of arguments.
fn named(tokens: &TokenStream) -> Vec<syn::Ident> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let value = |window: &[TokenTree]| match window {
        [TokenTree::Ident(key), TokenTree::Punct(equals), TokenTree::Ident(name)]
            if equals.as_char() == '=' && KEYS.iter().any(|known| key == known) =>
        {
            Some(name.clone())
        }
        _ => None,
    };
    trees.windows(3).filter_map(value).collect()
}
