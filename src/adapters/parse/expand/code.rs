//! Calls in code: what they become, with calls of the macro itself in their place.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::{Block, Pat, Stmt, Type};

use crate::adapters::parse::expand::rules::{Pattern, Rule};
use crate::adapters::parse::expand::transcribe::MAX_TOKENS;
use crate::adapters::parse::expand::{MAX_DEPTH, tokens_of};

/// What a call in code becomes, if some rule matches and makes code; `text` is its arguments.
pub fn code(own: &Own<'_>, text: &str, arguments: TokenStream) -> Option<Code> {
    parsed(unfolded(own, text, arguments)?)
}

/// The tokens that a call becomes, with the calls of the macro itself among them expanded.
fn unfolded(own: &Own<'_>, text: &str, arguments: TokenStream) -> Option<TokenStream> {
    let mut budget = MAX_TOKENS;
    let tokens = tokens_of(own.rules, arguments, 0, &mut budget)?;
    match text.contains(own.name) || own.rules.iter().any(|rule| has(&rule.transcriber, own.name)) {
        true => own.unfolded(tokens, 0, &mut budget),
        false => Some(tokens),
    }
}

/// Whether a word is among what a rule makes.
fn has(transcriber: &[Pattern], word: &str) -> bool {
    transcriber.iter().any(|pattern| match pattern {
        Pattern::Token(TokenTree::Ident(name)) => name == word,
        Pattern::Group(_, inner) | Pattern::Repeat(inner, ..) => has(inner, word),
        Pattern::Token(_) | Pattern::Variable(..) | Pattern::Crate => false,
    })
}

/// What a call in code may be.
pub enum Code {
    /// Statements, the last of which may be an expression.
    Statements(Vec<Stmt>),
    /// A type.
    Type(Box<Type>),
    /// A pattern.
    Pattern(Box<Pat>),
}

fn parsed(tokens: TokenStream) -> Option<Code> {
    if let Ok(stmts) = Block::parse_within.parse2(tokens.clone()) {
        return Some(Code::Statements(stmts));
    }
    if let Ok(inner) = syn::parse2(tokens.clone()) {
        return Some(Code::Type(Box::new(inner)));
    }
    let inner = Pat::parse_multi_with_leading_vert.parse2(tokens).ok()?;
    Some(Code::Pattern(Box::new(inner)))
}

/// The macro that is expanded.
pub struct Own<'r> {
    /// Its name.
    pub name: &'r str,
    /// Its rules.
    pub rules: &'r [Rule],
}

impl Own<'_> {
    /// Tokens with all calls of the macro itself expanded in their place, as one expression each.
    pub fn unfolded(&self, tokens: TokenStream, depth: u32, budget: &mut usize) -> Option<TokenStream> {
        if depth > MAX_DEPTH {
            return None;
        }
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut out: Vec<TokenTree> = Vec::with_capacity(trees.len());
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            let arguments = match (tree, trees.get(at + 1), trees.get(at + 2)) {
                (TokenTree::Ident(name), Some(TokenTree::Punct(bang)), Some(TokenTree::Group(group)))
                    if name == self.name && bang.as_char() == '!' =>
                {
                    Some(group.stream())
                }
                _ => None,
            };
            let made = match arguments {
                Some(arguments) => tokens_of(self.rules, arguments, depth, budget),
                None => None,
            };
            match (made, tree) {
                (Some(made), _) => {
                    drop_path(&mut out);
                    let inner = self.unfolded(made, depth + 1, budget)?;
                    out.push(operand(inner, trees.get(at + 3)));
                    at += 3;
                }
                (None, TokenTree::Group(group)) => {
                    let inner = self.unfolded(group.stream(), depth, budget)?;
                    out.push(TokenTree::Group(Group::new(group.delimiter(), inner)));
                    at += 1;
                }
                (None, tree) => {
                    out.push(tree.clone());
                    at += 1;
                }
            }
        }
        Some(out.into_iter().collect())
    }
}

/// Takes away `a::b::` at the end: the path before the name of a macro.
fn drop_path(out: &mut Vec<TokenTree>) {
    let colon = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ':');
    while let [.., first, second] = out.as_slice()
        && colon(first)
        && colon(second)
    {
        out.truncate(out.len() - 2);
        if matches!(out.last(), Some(TokenTree::Ident(_))) {
            out.pop();
        }
    }
}

/// What a call became, as a block; in parentheses where its value is asked for more.
fn operand(made: TokenStream, next: Option<&TokenTree>) -> TokenTree {
    let block = TokenTree::Group(Group::new(Delimiter::Brace, made));
    match next {
        Some(TokenTree::Punct(punct)) if matches!(punct.as_char(), '.' | '?') => {
            TokenTree::Group(Group::new(Delimiter::Parenthesis, block.into()))
        }
        _ => block,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::parse::expand::rules::rules_of;

    fn unfolded(rules: &str, arguments: &str) -> Option<String> {
        let rules = rules_of(rules.parse().expect("tokens")).expect("rules");
        let own = Own { name: "m", rules: &rules };
        let tokens = super::unfolded(&own, arguments, arguments.parse().expect("tokens"))?;
        Some(tokens.to_string())
    }

    #[test]
    fn inner_calls_take_their_place() {
        let rules =
            "(@one $n:expr) => { one($n) }; ($a:expr, $b:expr) => { $crate::m!(@one $a) + m!(@one $b).x }";
        assert_eq!(unfolded(rules, "1, 2").as_deref(), Some("{ one (1) } + ({ one (2) }) . x"));
    }

    #[test]
    fn a_call_that_no_rule_takes_stays() {
        assert_eq!(unfolded("(a) => { m!(b); other!(a) }", "a").as_deref(), Some("m ! (b) ; other ! (a)"));
        assert_eq!(unfolded("(a) => { m!(a) }", "a"), None, "without an end");
    }

    #[test]
    fn code_is_statements_or_a_type_or_a_pattern() {
        let read = |text: &str| parsed(text.parse().expect("tokens"));
        assert!(matches!(read("let a = 1; a::b()"), Some(Code::Statements(_))));
        assert!(matches!(read("Vec<&'static dyn a::T>"), Some(Code::Type(_))));
        assert!(read("Some(_) | None if").is_none());
        assert!(matches!(read("first @ a::B(_) | first"), Some(Code::Pattern(_))));
    }
}
