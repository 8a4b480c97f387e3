//! Macro calls that are statements: what they declare is seen by the statements beside them.

use proc_macro2::{TokenStream, TokenTree};
use syn::Item as SynItem;

use crate::adapters::parse::arguments::{is_known, statics_of};
use crate::adapters::parse::context::Context;
use crate::domain::source::facts::CallForm;

/// Macros whose statics need no expansion.
const STATICS: [&str; 2] = ["lazy_static", "thread_local"];

impl Context<'_> {
    /// A macro call that is a statement: what it declares is seen by the statements beside it.
    pub fn statement_macro(&mut self, call: &syn::Macro) {
        let reference = self.macro_name(call);
        let Some(last) = call.path.segments.last() else { return };
        if last.ident == "macro_rules" {
            return;
        }
        if STATICS.iter().any(|name| last.ident == name)
            && let Some(items) = statics_of(&self.given(call))
        {
            self.deeper(|this| items.iter().for_each(|item| this.item_in_block(item)));
            return;
        }
        if let Some(items) = self.items_given(call)
            && items.iter().all(|item| !matches!(item, SynItem::Macro(_) | SynItem::Verbatim(_)))
            && !items.is_empty()
        {
            self.deeper(|this| items.iter().for_each(|item| this.item_in_block(item)));
            return;
        }
        if self.may_declare(call) {
            self.item_call(call, reference, CallForm::Statement);
        } else {
            self.code_call(call, reference);
        }
        self.macro_arguments(call, reference);
        if !is_known(&last.ident) {
            let given = self.given(call);
            self.may_bind(given);
        }
    }

    /// What a call is given may be the names of variables that it makes for the statements behind it.
    fn may_bind(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(tree) = tokens.next() {
            match tree {
                TokenTree::Group(group) => self.may_bind(group.stream()),
                TokenTree::Ident(word) => {
                    let called = match tokens.peek() {
                        Some(TokenTree::Punct(next)) => matches!(next.as_char(), '.' | '!'),
                        next => matches!(next, Some(TokenTree::Group(_))),
                    };
                    let (name, _) = self.ident(&word);
                    let lower =
                        self.word(name).starts_with(|first: char| first.is_lowercase() || first == '_');
                    if lower && !called && !self.locals.has(name) {
                        self.perhaps_locals.push(name);
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// Whether a call that is a statement may declare items that the block goes on to use: it is not one of
    /// the standard library, and takes no arguments or the name of a type to make (`pool!(Pool: u32)`).
    pub fn may_declare(&mut self, call: &syn::Macro) -> bool {
        let Some(last) = call.path.segments.last() else { return false };
        if STATICS.iter().any(|name| last.ident == name) {
            return true;
        }
        if call.path.segments.len() > 1 || is_known(&last.ident) {
            return false;
        }
        let mut tokens = self.given(call).into_iter();
        let Some(first) = tokens.next() else { return true };
        let TokenTree::Ident(word) = first else { return false };
        let next = |tree: Option<TokenTree>, sign: char| matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == sign);
        let colon = next(tokens.next(), ':') && !next(tokens.next(), ':');
        colon && word.to_string().starts_with(|first: char| first.is_uppercase())
    }
}
