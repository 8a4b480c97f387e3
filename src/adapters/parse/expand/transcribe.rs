//! What a rule makes of its arguments.

use proc_macro2::{Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};

use crate::adapters::parse::context::DOLLAR_CRATE;
use crate::adapters::parse::expand::matching::{Bindings, Bound, variables};
use crate::adapters::parse::expand::rules::Pattern;

/// More tokens than this are not made for one call, those of the calls it makes included.
pub const MAX_TOKENS: usize = 50_000;

/// The tokens that a transcriber makes; none where it asks for what is not bound, or for too much.
pub fn transcribe<'r>(
    transcriber: &'r [Pattern],
    mut bindings: Bindings<'r>,
    budget: &mut usize,
) -> Option<TokenStream> {
    let mut out = Vec::new();
    emit(transcriber, &mut bindings, &mut out, budget)?;
    Some(out.into_iter().collect())
}

fn emit<'r>(
    patterns: &'r [Pattern],
    bindings: &mut Bindings<'r>,
    out: &mut Vec<TokenTree>,
    budget: &mut usize,
) -> Option<()> {
    for pattern in patterns {
        *budget = budget.checked_sub(1)?;
        match pattern {
            Pattern::Token(token) => out.push(token.clone()),
            Pattern::Crate => out.push(TokenTree::Ident(Ident::new(DOLLAR_CRATE, Span::call_site()))),
            Pattern::Group(delimiter, inner) => {
                let mut content = Vec::new();
                emit(inner, bindings, &mut content, budget)?;
                out.push(TokenTree::Group(Group::new(*delimiter, content.into_iter().collect())));
            }
            Pattern::Variable(name, _) => match bindings.get(name) {
                Some(Bound::Tokens(tokens)) => {
                    let before = out.len();
                    out.extend(tokens.clone());
                    *budget = budget.checked_sub(out.len() - before)?;
                }
                Some(Bound::Turns(_)) => return None,
                // Not a variable of this macro: a nested definition's own.
                None => {
                    out.push(TokenTree::Punct(Punct::new('$', Spacing::Alone)));
                    out.push(TokenTree::Ident(syn::parse_str(name).ok()?));
                }
            },
            Pattern::Repeat(inner, separator, _) => {
                let mut names = Vec::new();
                variables(inner, &mut names);
                let turns = names.iter().filter_map(|name| match bindings.get(name) {
                    Some(Bound::Turns(turns)) => Some(turns.len()),
                    _ => None,
                });
                let turns = turns.max()?;
                for turn in 0..turns {
                    if turn > 0
                        && let Some(separator) = separator
                    {
                        out.extend(separator.iter().cloned());
                    }
                    let own = of_turn(bindings, &names, turn);
                    bindings.with(own, |bindings| emit(inner, bindings, out, budget))?;
                }
            }
        }
    }
    Some(())
}

/// What the variables of a repetition stand for in one of its turns.
fn of_turn<'r>(bindings: &Bindings<'r>, names: &[&'r str], turn: usize) -> Vec<(&'r str, Bound)> {
    let own = names.iter().filter_map(|name| match bindings.get(name) {
        Some(Bound::Turns(turns)) => Some((*name, turns.get(turn)?.clone())),
        _ => None,
    });
    own.collect()
}
