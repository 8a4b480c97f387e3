//! Arguments against a matcher.

use std::rc::Rc;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};

use crate::adapters::parse::expand::rules::{Count, Fragment, Pattern};
use crate::adapters::parse::words::is_keyword;

/// What the variables of a matcher stand for; of one name the last holds.
#[derive(Default)]
pub struct Bindings<'r>(Vec<(&'r str, Bound)>);

/// What a variable stands for.
#[derive(Clone)]
pub enum Bound {
    /// Tokens.
    Tokens(TokenStream),
    /// One meaning for each turn of a repetition.
    Turns(Rc<Vec<Bound>>),
}

impl<'r> Bindings<'r> {
    /// What a variable stands for.
    pub fn get(&self, name: &str) -> Option<&Bound> {
        self.0.iter().rfind(|(known, _)| *known == name).map(|(_, bound)| bound)
    }

    /// The same with more that is bound, for as long as `work` lasts.
    pub fn with<T>(&mut self, more: Vec<(&'r str, Bound)>, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.0.len();
        self.0.extend(more);
        let done = work(self);
        self.0.truncate(before);
        done
    }

    fn insert(&mut self, name: &'r str, bound: Bound) {
        self.0.push((name, bound));
    }
}

/// What the variables stand for, if the arguments match as a whole.
pub fn matches<'r>(matcher: &'r [Pattern], arguments: &[TokenTree]) -> Option<Bindings<'r>> {
    let mut bindings = Bindings::default();
    let end = sequence(matcher, arguments, 0, &mut bindings)?;
    (end == arguments.len()).then_some(bindings)
}

/// Matches patterns from `at` on; returns where they end.
fn sequence<'r>(
    patterns: &'r [Pattern],
    trees: &[TokenTree],
    mut at: usize,
    bindings: &mut Bindings<'r>,
) -> Option<usize> {
    for pattern in patterns {
        at = match pattern {
            Pattern::Token(token) => same(token, trees.get(at)?).then_some(at + 1)?,
            Pattern::Group(delimiter, inner) => {
                let TokenTree::Group(group) = trees.get(at)? else { return None };
                if group.delimiter() != *delimiter {
                    return None;
                }
                let content: Vec<TokenTree> = group.stream().into_iter().collect();
                let end = sequence(inner, &content, 0, bindings)?;
                (end == content.len()).then_some(at + 1)?
            }
            Pattern::Variable(name, fragment) => {
                let end = fragment_end((*fragment)?, trees, at)?;
                let tokens = wrapped((*fragment)?, trees[at..end].iter().cloned().collect());
                bindings.insert(name, Bound::Tokens(tokens));
                end
            }
            Pattern::Repeat(inner, separator, count) => {
                repeat(inner, separator.as_deref(), *count, trees, at, bindings)?
            }
            Pattern::Crate => return None,
        };
    }
    Some(at)
}

fn repeat<'r>(
    inner: &'r [Pattern],
    separator: Option<&[TokenTree]>,
    count: Count,
    trees: &[TokenTree],
    start: usize,
    bindings: &mut Bindings<'r>,
) -> Option<usize> {
    let mut turns: Vec<Bindings<'r>> = Vec::new();
    let mut at = start;
    loop {
        let mut next = at;
        if let Some(separator) = separator
            && !turns.is_empty()
        {
            let found = trees.get(at..at + separator.len());
            if !found.is_some_and(|found| found.iter().zip(separator).all(|(a, b)| same(a, b))) {
                break;
            }
            next += separator.len();
        }
        let mut turn = Bindings::default();
        match sequence(inner, trees, next, &mut turn) {
            Some(end) if end > next || (end == next && turns.is_empty() && count == Count::AtMostOne) => {
                at = end;
                turns.push(turn);
            }
            _ => break,
        }
        if count == Count::AtMostOne {
            break;
        }
    }
    if count == Count::Some && turns.is_empty() {
        return None;
    }
    let mut names = Vec::new();
    variables(inner, &mut names);
    for name in names {
        let values = turns.iter().filter_map(|turn| turn.get(name).cloned()).collect();
        bindings.insert(name, Bound::Turns(Rc::new(values)));
    }
    Some(at)
}

/// Names of the variables in patterns.
pub fn variables<'r>(patterns: &'r [Pattern], names: &mut Vec<&'r str>) {
    for pattern in patterns {
        match pattern {
            Pattern::Variable(name, _) => names.push(name),
            Pattern::Group(_, inner) | Pattern::Repeat(inner, ..) => variables(inner, names),
            Pattern::Token(_) | Pattern::Crate => {}
        }
    }
}

fn same(a: &TokenTree, b: &TokenTree) -> bool {
    match (a, b) {
        (TokenTree::Ident(a), TokenTree::Ident(b)) => a == b,
        (TokenTree::Punct(a), TokenTree::Punct(b)) => a.as_char() == b.as_char(),
        (TokenTree::Literal(a), TokenTree::Literal(b)) => a.to_string() == b.to_string(),
        _ => false,
    }
}

/// Where the fragment that starts at `at` ends.
fn fragment_end(fragment: Fragment, trees: &[TokenTree], at: usize) -> Option<usize> {
    match fragment {
        Fragment::Expr if stands_alone(trees, at) => Some(at + 1),
        Fragment::Type | Fragment::Path if is_name(trees.get(at)) && is_end(trees.get(at + 1)) => {
            Some(at + 1)
        }
        Fragment::Tree => trees.get(at).map(|_| at + 1),
        Fragment::Ident => match trees.get(at)? {
            TokenTree::Ident(word) if word != "_" => Some(at + 1),
            _ => None,
        },
        Fragment::Lifetime => match (trees.get(at)?, trees.get(at + 1)?) {
            (TokenTree::Punct(tick), TokenTree::Ident(_)) if tick.as_char() == '\'' => Some(at + 2),
            _ => None,
        },
        Fragment::Literal => match trees.get(at)? {
            TokenTree::Literal(_) => Some(at + 1),
            TokenTree::Ident(word) if word == "true" || word == "false" => Some(at + 1),
            TokenTree::Punct(minus) if minus.as_char() == '-' => {
                matches!(trees.get(at + 1), Some(TokenTree::Literal(_))).then_some(at + 2)
            }
            _ => None,
        },
        Fragment::Block => match trees.get(at)? {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(at + 1),
            _ => None,
        },
        Fragment::Type => parsed::<syn::Type>(trees, at),
        Fragment::Path => parsed::<syn::Path>(trees, at),
        Fragment::Expr => parsed::<syn::Expr>(trees, at),
        Fragment::Item => parsed::<syn::Item>(trees, at),
        Fragment::Meta => parsed::<syn::Meta>(trees, at),
        Fragment::Vis => parsed_empty::<syn::Visibility>(trees, at),
        Fragment::Pat => parsed_with(trees, at, syn::Pat::parse_multi_with_leading_vert),
        Fragment::Stmt => parsed::<syn::Stmt>(trees, at).or_else(|| parsed::<syn::Expr>(trees, at)),
    }
}

/// Whether the expression that starts at `at` is this one tree: no parser need be asked. A group commits
/// the compiler to it, whatever is inside.
fn stands_alone(trees: &[TokenTree], at: usize) -> bool {
    let tree = trees.get(at);
    let operand = match tree {
        Some(TokenTree::Literal(_)) => true,
        Some(TokenTree::Group(group)) => {
            matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::Bracket)
        }
        _ => is_name(tree),
    };
    operand && is_end(trees.get(at + 1))
}

/// Whether this is a name and no keyword.
fn is_name(tree: Option<&TokenTree>) -> bool {
    matches!(tree, Some(TokenTree::Ident(word)) if !is_keyword(&word.to_string()))
}

/// Whether no expression, type or path goes on here.
fn is_end(next: Option<&TokenTree>) -> bool {
    match next {
        Some(TokenTree::Punct(punct)) => matches!(punct.as_char(), ',' | ';'),
        Some(_) => false,
        None => true,
    }
}

fn parsed<T: Parse>(trees: &[TokenTree], at: usize) -> Option<usize> {
    parsed_with(trees, at, T::parse)
}

fn parsed_with<T>(
    trees: &[TokenTree],
    at: usize,
    parser: impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> Option<usize> {
    if at >= trees.len() {
        return None;
    }
    let end = end_of(trees, at, parser)?;
    (end > at).then_some(end)
}

/// As `parsed`, for what may be nothing at all.
fn parsed_empty<T: Parse>(trees: &[TokenTree], at: usize) -> Option<usize> {
    if at >= trees.len() { Some(at) } else { end_of(trees, at, T::parse) }
}

/// Trees that a parser is first given: what a variable stands for is short beside what follows it.
const WINDOW: usize = 16;

/// Trees that a parser looks ahead at most.
const LOOKAHEAD: usize = 4;

/// Where what a parser takes ends. It is given more only where what it was given may have been too
/// little: each turn of a long repetition would pay for all that follow.
fn end_of<T>(
    trees: &[TokenTree],
    at: usize,
    parser: impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> Option<usize> {
    let mut size = WINDOW;
    loop {
        let rest = &trees[at..];
        let given = &rest[..size.min(rest.len())];
        let taken = taken(given, &parser);
        if given.len() == rest.len() || taken.is_some_and(|taken| taken + LOOKAHEAD <= given.len()) {
            return taken.map(|taken| at + taken);
        }
        size *= 8;
    }
}

/// How many of these a parser takes.
fn taken<T>(trees: &[TokenTree], parser: &impl Fn(ParseStream<'_>) -> syn::Result<T>) -> Option<usize> {
    let given: TokenStream = trees.iter().cloned().collect();
    let parse = |input: ParseStream<'_>| {
        parser(input)?;
        input.parse::<TokenStream>()
    };
    let left = parse.parse2(given).ok()?;
    Some(trees.len() - left.into_iter().count())
}

/// An expression stays one operand wherever it is put.
fn wrapped(fragment: Fragment, tokens: TokenStream) -> TokenStream {
    if fragment != Fragment::Expr {
        return tokens;
    }
    TokenTree::Group(proc_macro2::Group::new(Delimiter::None, tokens)).into()
}
