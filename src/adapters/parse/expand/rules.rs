//! The rules of a `macro_rules!`: matchers and transcribers, as token patterns.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

/// A rule.
pub struct Rule {
    /// What the arguments must look like.
    pub matcher: Vec<Pattern>,
    /// What they become.
    pub transcriber: Vec<Pattern>,
}

/// A piece of a matcher or transcriber.
pub enum Pattern {
    /// A token as it is.
    Token(TokenTree),
    /// A group with its delimiter.
    Group(Delimiter, Vec<Pattern>),
    /// `$name:fragment`; in transcribers `$name`, without a fragment.
    Variable(String, Option<Fragment>),
    /// `$( … ) separator operator`.
    Repeat(Vec<Pattern>, Option<Vec<TokenTree>>, Count),
    /// `$crate`.
    Crate,
}

/// How often a repetition may occur.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// `*`.
    Any,
    /// `+`.
    Some,
    /// `?`.
    AtMostOne,
}

/// What a variable matches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fragment {
    /// `ident`.
    Ident,
    /// `lifetime`.
    Lifetime,
    /// `literal`.
    Literal,
    /// `tt`.
    Tree,
    /// `ty`.
    Type,
    /// `path`.
    Path,
    /// `expr`.
    Expr,
    /// `pat`, `pat_param`.
    Pat,
    /// `stmt`.
    Stmt,
    /// `block`.
    Block,
    /// `item`.
    Item,
    /// `meta`.
    Meta,
    /// `vis`.
    Vis,
}

/// The rules in the body of a definition; none where its grammar is unknown.
pub fn rules_of(body: TokenStream) -> Option<Vec<Rule>> {
    let trees: Vec<TokenTree> = body.into_iter().collect();
    let mut rules = Vec::new();
    let mut at = 0;
    while at < trees.len() {
        let (Some(TokenTree::Group(matcher)), Some(TokenTree::Group(transcriber))) =
            (trees.get(at), trees.get(at + 3))
        else {
            return None;
        };
        rules.push(Rule {
            matcher: patterns(matcher.stream(), Side::Matcher)?,
            transcriber: patterns(transcriber.stream(), Side::Transcriber)?,
        });
        at += 4;
        if matches!(trees.get(at), Some(TokenTree::Punct(end)) if end.as_char() == ';') {
            at += 1;
        }
    }
    Some(rules)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Matcher,
    Transcriber,
}

fn patterns(tokens: TokenStream, side: Side) -> Option<Vec<Pattern>> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::with_capacity(trees.len());
    let mut at = 0;
    while at < trees.len() {
        match &trees[at] {
            TokenTree::Punct(dollar) if dollar.as_char() == '$' && names_something(trees.get(at + 1)) => {
                match trees.get(at + 1)? {
                    TokenTree::Ident(name) if name == "crate" => {
                        found.push(Pattern::Crate);
                        at += 2;
                    }
                    TokenTree::Ident(name) if side == Side::Matcher => {
                        let Some(TokenTree::Ident(fragment)) = trees.get(at + 3) else { return None };
                        found.push(Pattern::Variable(plain(name), Some(fragment_of(fragment)?)));
                        at += 4;
                    }
                    TokenTree::Ident(name) => {
                        found.push(Pattern::Variable(plain(name), None));
                        at += 2;
                    }
                    TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                        let inner = patterns(group.stream(), side)?;
                        let (separator, count, next) = repetition(&trees, at + 2)?;
                        found.push(Pattern::Repeat(inner, separator, count));
                        at = next;
                    }
                    _ => return None,
                }
            }
            TokenTree::Group(group) => {
                found.push(Pattern::Group(group.delimiter(), patterns(group.stream(), side)?));
                at += 1;
            }
            token => {
                let mut token = token.clone();
                // So they are told from the arguments of a call.
                token.set_span(proc_macro2::Span::call_site());
                found.push(Pattern::Token(token));
                at += 1;
            }
        }
    }
    Some(found)
}

/// Whether a `$` before this is more than the sign: `[$]` hands the sign itself to another macro.
fn names_something(next: Option<&TokenTree>) -> bool {
    match next {
        Some(TokenTree::Ident(_)) => true,
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
        _ => false,
    }
}

/// The separator and the operator after `$( … )`, and where to go on.
fn repetition(trees: &[TokenTree], start: usize) -> Option<(Option<Vec<TokenTree>>, Count, usize)> {
    let mut separator = Vec::new();
    let mut at = start;
    while at < trees.len() && at < start + 4 {
        if let TokenTree::Punct(punct) = &trees[at] {
            let count = match punct.as_char() {
                '*' => Some(Count::Any),
                '+' => Some(Count::Some),
                '?' if separator.is_empty() => Some(Count::AtMostOne),
                _ => None,
            };
            // `+` and `*` may be separators too: then an operator follows.
            let operator_follows = matches!(trees.get(at + 1), Some(TokenTree::Punct(next)) if matches!(next.as_char(), '*' | '+'))
                && separator.is_empty()
                && punct.as_char() != '?'
                && punct.spacing() == proc_macro2::Spacing::Joint;
            if let Some(count) = count
                && !operator_follows
            {
                return Some(((!separator.is_empty()).then_some(separator), count, at + 1));
            }
        }
        separator.push(trees[at].clone());
        at += 1;
    }
    None
}

fn plain(name: &Ident) -> String {
    name.to_string()
}

fn fragment_of(word: &Ident) -> Option<Fragment> {
    Some(match word.to_string().as_str() {
        "ident" => Fragment::Ident,
        "lifetime" => Fragment::Lifetime,
        "literal" => Fragment::Literal,
        "tt" => Fragment::Tree,
        "ty" => Fragment::Type,
        "path" => Fragment::Path,
        "expr" | "expr_2021" => Fragment::Expr,
        "pat" | "pat_param" => Fragment::Pat,
        "stmt" => Fragment::Stmt,
        "block" => Fragment::Block,
        "item" => Fragment::Item,
        "meta" => Fragment::Meta,
        "vis" => Fragment::Vis,
        _ => return None,
    })
}
