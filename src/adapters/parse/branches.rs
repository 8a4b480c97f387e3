//! Macros that choose between branches by condition: `cfg_if!`, `cfg_select!`.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::{Block, Expr, Stmt, Token};

/// A branch: its condition, and what it holds.
pub type Branch<T> = (Option<TokenStream>, Vec<T>);

/// The branches of a call of one of these macros, where it is one and they can be read.
pub fn branches_of<T>(
    name: &str,
    tokens: &TokenStream,
    content_of: impl Fn(ParseStream<'_>) -> syn::Result<Vec<T>>,
    alone: impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> Option<Vec<Branch<T>>> {
    match name {
        "cfg_if" => (|input: ParseStream<'_>| cfg_if(input, &content_of)).parse2(tokens.clone()).ok(),
        "cfg_select" => {
            (|input: ParseStream<'_>| cfg_select(input, &content_of, &alone)).parse2(tokens.clone()).ok()
        }
        _ => None,
    }
}

/// Whether a macro of this name is one of these.
pub fn has_branches(name: &syn::Ident) -> bool {
    name == "cfg_if" || name == "cfg_select"
}

/// Statements of a branch.
pub fn statements(input: ParseStream<'_>) -> syn::Result<Vec<Stmt>> {
    Block::parse_within(input)
}

/// A branch that is one expression.
pub fn expression(input: ParseStream<'_>) -> syn::Result<Stmt> {
    input.parse::<Expr>().map(|expr| Stmt::Expr(expr, None))
}

/// `if #[cfg(a)] { … } else if #[cfg(b)] { … } else { … }`.
fn cfg_if<T>(
    input: ParseStream<'_>,
    content_of: &impl Fn(ParseStream<'_>) -> syn::Result<Vec<T>>,
) -> syn::Result<Vec<Branch<T>>> {
    let mut branches = Vec::new();
    while !input.is_empty() {
        let mut condition = None;
        if input.peek(Token![if]) {
            input.parse::<Token![if]>()?;
            for attr in input.call(syn::Attribute::parse_outer)? {
                if let syn::Meta::List(list) = attr.meta {
                    condition = Some(list.tokens);
                }
            }
        }
        let content;
        syn::braced!(content in input);
        branches.push((condition, content_of(&content)?));
        if input.peek(Token![else]) {
            input.parse::<Token![else]>()?;
        }
    }
    Ok(branches)
}

/// `a => { … } all(b, c) => value, _ => { … }`.
fn cfg_select<T>(
    input: ParseStream<'_>,
    content_of: &impl Fn(ParseStream<'_>) -> syn::Result<Vec<T>>,
    alone: &impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<Branch<T>>> {
    let mut branches = Vec::new();
    while !input.is_empty() {
        let condition = if input.peek(Token![_]) {
            input.parse::<Token![_]>()?;
            None
        } else {
            let mut condition = TokenStream::new();
            while !input.peek(Token![=>]) {
                condition.extend([input.parse::<proc_macro2::TokenTree>()?]);
            }
            Some(condition)
        };
        input.parse::<Token![=>]>()?;
        let held = if input.peek(syn::token::Brace) {
            let content;
            syn::braced!(content in input);
            content_of(&content)?
        } else {
            vec![alone(input)?]
        };
        branches.push((condition, held));
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(branches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::parse::arguments::all_items;

    fn shape(name: &str, tokens: &str) -> Option<Vec<(Option<String>, usize)>> {
        let tokens = tokens.parse().expect("tokens");
        let branches = branches_of(name, &tokens, all_items, |input| input.parse())?;
        Some(
            branches
                .iter()
                .map(|(cfg, items)| (cfg.as_ref().map(ToString::to_string), items.len()))
                .collect(),
        )
    }

    #[test]
    fn branches_keep_their_conditions() {
        let expected = Some(vec![(Some("unix".into()), 1), (Some("windows".into()), 2), (None, 1)]);
        let tokens = "if #[cfg(unix)] { mod a; } else if #[cfg(windows)] { mod b; mod c; } else { mod d; }";
        assert_eq!(shape("cfg_if", tokens), expected);
        let tokens = "unix => { mod a; } windows => { mod b; mod c; }, _ => { mod d; }";
        assert_eq!(shape("cfg_select", tokens), expected);
        assert_eq!(shape("cfg_select", "unix { mod a; }"), None);
        assert_eq!(shape("other", tokens), None);
    }

    #[test]
    fn a_branch_may_be_one_expression() {
        let tokens = "unix => a::b(), _ => { c::d() }".parse().expect("tokens");
        assert_eq!(branches_of("cfg_select", &tokens, statements, expression).map(|all| all.len()), Some(2));
    }
}
