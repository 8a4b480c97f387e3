//! Strings in the arguments of attributes that are code: `#[serde(with = "a::b", bound = "T: a::C")]`.

use proc_macro2::{Literal, TokenStream, TokenTree};

use crate::adapters::parse::context::Context;
use crate::domain::source::facts::{Certainty, Namespace};
use crate::domain::source::span::Span;

/// Keys of `#[serde(…)]` and kin whose strings are paths.
const PATH_KEYS: [&str; 14] = [
    "with",
    "serialize_with",
    "deserialize_with",
    "default",
    "skip_serializing_if",
    "remote",
    "from",
    "into",
    "try_from",
    "getter",
    "crate",
    "schema_with",
    "custom",
    "function",
];

/// Keys of attributes whose strings are code.
const CODE_KEYS: [&str; 5] = ["bound", "serialize", "deserialize", "default", "setter"];

impl Context<'_> {
    /// `with = "path::to::module"`: strings that are paths by custom.
    pub fn path_strings(&mut self, tokens: &TokenStream) {
        let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
        for window in tokens.windows(3) {
            if let [TokenTree::Ident(key), TokenTree::Punct(equals), TokenTree::Literal(value)] = window
                && equals.as_char() == '='
            {
                if PATH_KEYS.iter().any(|known| key == known) {
                    self.path_in_string(value);
                }
                if CODE_KEYS.iter().any(|known| key == known) {
                    self.code_in_string(value);
                }
            }
        }
        for token in &tokens {
            if let TokenTree::Group(group) = token {
                self.path_strings(&group.stream());
            }
        }
    }

    /// A string literal whose text is code: bounds, or an expression that is no path alone. The paths in
    /// it are looked for.
    fn code_in_string(&mut self, literal: &Literal) {
        let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) else { return };
        let text = text.value();
        if !text.contains("::") || syn::parse_str::<syn::Path>(&text).is_ok() {
            return;
        }
        let Ok(tokens) = text.parse::<TokenStream>() else { return };
        let span = self.span_of(literal.span());
        self.paths_at(&tokens, span);
    }

    /// Paths of two words or more among tokens that stand in a string.
    fn paths_at(&mut self, tokens: &TokenStream, span: Span) {
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let colon =
            |at: usize| matches!(trees.get(at), Some(TokenTree::Punct(sign)) if sign.as_char() == ':');
        let mut at = 0;
        while at < trees.len() {
            let global = colon(at) && colon(at + 1);
            let mut next = if global { at + 2 } else { at };
            let mut segments = Vec::new();
            while let Some(TokenTree::Ident(word)) = trees.get(next) {
                let word = word.to_string();
                segments.push(self.intern_made(word.strip_prefix("r#").unwrap_or(&word)));
                next += 1;
                if !(colon(next) && colon(next + 1)) {
                    break;
                }
                next += 2;
            }
            if let Some(TokenTree::Group(group)) = trees.get(at) {
                self.paths_at(&group.stream(), span);
            }
            let called = matches!(trees.get(next), Some(TokenTree::Group(_))) && segments.len() > 1;
            if segments.len() > 1 {
                let namespace = if called { Namespace::Value } else { Namespace::Type };
                let path = self.store_path(&segments, global);
                self.refer(path, span, namespace, Certainty::Perhaps);
            }
            at = next.max(at + 1);
        }
    }

    /// A string literal whose text is a path.
    fn path_in_string(&mut self, literal: &Literal) {
        if !self.is_written() {
            return;
        }
        let span = self.span_of(literal.span());
        let Some(text) = self.text.get(span.start as usize..span.end as usize) else { return };
        let Some(inner) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return };
        let bare = inner.split('<').next().unwrap_or(inner);
        let (bare, global) = bare.strip_prefix("::").map_or((bare, false), |rest| (rest, true));
        let is_word = |word: &str| {
            word.starts_with(|c: char| c.is_alphabetic() || c == '_')
                && word.chars().all(|c| c.is_alphanumeric() || c == '_')
        };
        if !bare.split("::").all(is_word) {
            return;
        }
        let segments: Vec<_> = bare.split("::").map(|word| self.intern_made(word)).collect();
        if segments.first().is_some_and(|head| matches!(self.word(*head), "Self" | "self"))
            && segments.len() == 1
        {
            return;
        }
        let namespace =
            if bare.ends_with(|c: char| c.is_lowercase()) { Namespace::Value } else { Namespace::Type };
        let path = self.store_path(&segments, global);
        self.refer(path, span, namespace, Certainty::Perhaps);
    }
}
