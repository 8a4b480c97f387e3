//! Operands of `asm!` and its kin: of its own words (`in(reg)`, `options(nomem)`) none is a name.

use proc_macro2::{TokenStream, TokenTree};
use syn::Expr;

use crate::adapters::parse::context::Context;

/// Macros whose arguments are assembly.
pub const ASSEMBLIES: [&str; 3] = ["asm", "global_asm", "naked_asm"];

/// What an operand starts with; its register stands behind in parentheses.
const DIRECTIONS: [&str; 5] = ["in", "out", "inout", "lateout", "inlateout"];

/// What is an operand without being one.
const SETTINGS: [&str; 2] = ["options", "clobber_abi"];

impl Context<'_> {
    /// Refers to what the operands name.
    pub fn assembly(&mut self, tokens: &TokenStream) {
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        for operand in trees.split(|tree| is_sign(tree, ',')) {
            for value in values(operand) {
                let tokens: TokenStream = value.iter().cloned().collect();
                if let Ok(value) = syn::parse2::<Expr>(tokens) {
                    self.expr(&value);
                }
            }
        }
    }
}

/// The expressions of an operand: `a`, or `a` and `b` of `inout(reg) a => b`.
fn values(operand: &[TokenTree]) -> Vec<&[TokenTree]> {
    let named = operand.len() > 1 && is_sign(&operand[1], '=');
    let operand = if named { &operand[2..] } else { operand };
    let starts = |words: &[&str]| match operand.first() {
        Some(TokenTree::Ident(first)) => words.iter().any(|word| first == word),
        _ => false,
    };
    let calls = matches!(operand.get(1), Some(TokenTree::Group(_)));
    if calls && starts(&SETTINGS) {
        Vec::new()
    } else if calls && starts(&DIRECTIONS) {
        let rest = &operand[2..];
        let arrow = rest.windows(2).position(|pair| is_sign(&pair[0], '=') && is_sign(&pair[1], '>'));
        match arrow {
            Some(at) => vec![&rest[..at], &rest[at + 2..]],
            None => vec![rest],
        }
    } else if starts(&["const", "sym", "label"]) {
        vec![&operand[1..]]
    } else {
        vec![operand]
    }
}

fn is_sign(tree: &TokenTree, sign: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == sign)
}
