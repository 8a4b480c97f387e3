//! What macros are given, as Rust where it is Rust.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Block, Expr, Item as SynItem, Pat, Stmt, Token};

use crate::adapters::parse::context::{Context, ends_of};
use crate::adapters::parse::read;
use crate::adapters::parse::tape::{Bodies, Tape};
use crate::domain::resolve::prelude::MACROS;

/// Macros that hold a value against a pattern.
const MATCHING: [&str; 3] = ["matches", "assert_matches", "debug_assert_matches"];

/// Macros beyond the standard library whose arguments are plain expressions.
const PLAIN_MACROS: [&str; 17] = [
    "anyhow",
    "bail",
    "debug",
    "debug_span",
    "ensure",
    "error",
    "error_span",
    "event",
    "eyre",
    "info",
    "info_span",
    "log",
    "span",
    "trace",
    "trace_span",
    "warn",
    "warn_span",
];

/// Words that an item may start with.
const ITEM_WORDS: [&str; 16] = [
    "pub",
    "fn",
    "struct",
    "enum",
    "union",
    "mod",
    "use",
    "impl",
    "trait",
    "type",
    "const",
    "static",
    "extern",
    "unsafe",
    "async",
    "macro_rules",
];

/// The arguments of a macro call, as Rust.
pub enum Arguments {
    /// Expressions between commas or semicolons.
    Exprs(Vec<Expr>),
    /// A value, a pattern and its condition.
    Matches(Box<(Expr, Pat, Option<Expr>)>),
    /// Statements.
    Stmts(Vec<Stmt>),
}

impl Context<'_> {
    /// What a macro is given. Of a call that was read off the row of tokens it is made only now.
    pub fn given(&mut self, call: &syn::Macro) -> TokenStream {
        let Some((tape, place)) = self.row_of(call) else { return call.tokens.clone() };
        let made = tape.stream(place + 1, tape.entry(place).mate as usize, Bodies::Made);
        self.is_broken |= made.is_none();
        made.unwrap_or_default()
    }

    /// Whether nothing stands between the brackets of a call.
    pub fn is_given_nothing(&self, call: &syn::Macro) -> bool {
        let empty = |(tape, place): (&Tape<'_>, usize)| tape.entry(place).mate as usize == place + 1;
        call.tokens.is_empty() && self.row_of(call).is_none_or(empty)
    }

    /// The opening bracket in the row of tokens of a call whose trees were not made.
    fn row_of(&self, call: &syn::Macro) -> Option<(&Tape<'_>, usize)> {
        call.tokens.is_empty().then(|| self.read_at(ends_of(&call.delimiter).0)).flatten()
    }

    /// The arguments as items, where they are that and nothing else.
    pub fn items_given(&mut self, call: &syn::Macro) -> Option<Vec<SynItem>> {
        let starts = match self.row_of(call) {
            Some((tape, place)) => {
                tape.entry(place + 1).form == b'#' || ITEM_WORDS.contains(&tape.word(place + 1))
            }
            None => starts_an_item(&call.tokens),
        };
        starts.then(|| all_items.parse2(self.given(call)).ok()).flatten()
    }

    /// The arguments of a call as Rust, read off the tokens of the file where that can be.
    pub fn arguments_of(&mut self, call: &syn::Macro) -> Option<Arguments> {
        let last = &call.path.segments.last()?.ident;
        let only = MATCHING.iter().any(|name| last == name);
        let found = self.read_at(ends_of(&call.delimiter).0).and_then(|(tape, place)| match only {
            true => read::matched(tape, place).map(|parts| Arguments::Matches(Box::new(parts))),
            false => read::expressions(tape, place).map(Arguments::Exprs),
        });
        found.or_else(|| slow_arguments(last, self.given(call)))
    }
}

/// Whether the arguments of a macro are what they look like: its grammar is known.
pub fn is_known(name: &syn::Ident) -> bool {
    MACROS.iter().chain(&PLAIN_MACROS).any(|known| name == known)
}

/// Items to the end.
pub fn all_items(input: ParseStream<'_>) -> syn::Result<Vec<SynItem>> {
    let mut items = Vec::new();
    while !input.is_empty() {
        items.push(input.parse::<SynItem>()?);
    }
    Ok(items)
}

/// Whether the first token can start an item; spares a parse that must fail.
fn starts_an_item(tokens: &TokenStream) -> bool {
    match tokens.clone().into_iter().next() {
        Some(TokenTree::Punct(first)) => first.as_char() == '#',
        Some(TokenTree::Ident(first)) => ITEM_WORDS.iter().any(|word| first == word),
        _ => false,
    }
}

/// The arguments as `syn` reads them.
fn slow_arguments(last: &syn::Ident, given: TokenStream) -> Option<Arguments> {
    if MATCHING.iter().any(|name| last == name) {
        return matches_arguments.parse2(given).ok();
    }
    let only_expressions = last == "select" || last == "json";
    let parser = |input: ParseStream<'_>| {
        // Both attempts read the same copy of the tokens: making one costs as much as reading it.
        let ahead = input.fork();
        match expressions(&ahead) {
            Ok(exprs) => {
                input.advance_to(&ahead);
                Ok(Arguments::Exprs(exprs))
            }
            Err(error) if only_expressions => Err(error),
            Err(_) => Block::parse_within(input).map(Arguments::Stmts),
        }
    };
    parser.parse2(given).ok()
}

/// Expressions between commas or semicolons.
fn expressions(input: ParseStream<'_>) -> syn::Result<Vec<Expr>> {
    let mut exprs = Vec::new();
    while !input.is_empty() {
        exprs.push(input.parse::<Expr>()?);
        if input.is_empty() {
            break;
        }
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
        } else {
            input.parse::<Token![;]>()?;
        }
    }
    if exprs.iter().any(|expr| matches!(expr, Expr::Verbatim(_))) {
        return Err(input.error("not an expression that is known"));
    }
    Ok(exprs)
}

/// `value, pattern if guard`, and for assertions a message after it.
fn matches_arguments(input: ParseStream<'_>) -> syn::Result<Arguments> {
    let value = input.parse::<Expr>()?;
    input.parse::<Token![,]>()?;
    let pattern = Pat::parse_multi_with_leading_vert(input)?;
    let guard = if input.peek(Token![if]) {
        input.parse::<Token![if]>()?;
        Some(input.parse::<Expr>()?)
    } else {
        None
    };
    input.parse::<TokenStream>()?;
    Ok(Arguments::Matches(Box::new((value, pattern, guard))))
}

/// `static ref NAME: T = value;` and `static NAME: T = value;`, as statics.
pub fn statics_of(tokens: &TokenStream) -> Option<Vec<SynItem>> {
    let parser = |input: ParseStream<'_>| {
        let mut items = Vec::new();
        while !input.is_empty() {
            let attrs = input.call(syn::Attribute::parse_outer)?;
            let vis = input.parse::<syn::Visibility>()?;
            let static_token = input.parse::<Token![static]>()?;
            input.parse::<Option<Token![ref]>>()?;
            let ident = input.parse::<syn::Ident>()?;
            let colon_token = input.parse::<Token![:]>()?;
            let ty = Box::new(input.parse::<syn::Type>()?);
            let eq_token = input.parse::<Token![=]>()?;
            let expr = Box::new(input.parse::<Expr>()?);
            let semi_token = input.parse::<Option<Token![;]>>()?.unwrap_or_default();
            items.push(SynItem::Static(syn::ItemStatic {
                attrs,
                vis,
                static_token,
                mutability: syn::StaticMutability::None,
                ident,
                colon_token,
                ty,
                eq_token,
                expr,
                semi_token,
            }));
        }
        Ok(items)
    };
    parser.parse2(tokens.clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statics_of_lazy_static_are_read_with_ref_and_without() {
        let tokens = "pub static ref A: Foo = make(); static B: u8 = 1";
        assert_eq!(statics_of(&tokens.parse().expect("tokens")).expect("it parses").len(), 2);
        assert!(statics_of(&"fn x() {}".parse().expect("tokens")).is_none());
    }

    #[test]
    fn punctuated_lists_of_expressions_take_both_separators() {
        assert_eq!(expressions.parse2("a, b; c".parse().expect("tokens")).expect("it parses").len(), 3);
        let parser = syn::punctuated::Punctuated::<Expr, Token![,]>::parse_terminated;
        assert!(parser.parse2("a; b".parse().expect("tokens")).is_err());
    }
}
