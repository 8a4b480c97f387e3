//! Calls among the members of a trait, impl or foreign block: what they become are members of it.

use proc_macro2::TokenStream;
use syn::parse::{Parse, Parser};
use syn::{ForeignItem, ImplItem, TraitItem};

use crate::adapters::parse::context::Context;
use crate::adapters::parse::expand::code::Own;
use crate::adapters::parse::expand::rules::Rule;
use crate::adapters::parse::expand::transcribe::MAX_TOKENS;
use crate::adapters::parse::expand::{MAX_DEPTH, tokens_of};
use crate::domain::resolve::expand::MacroCall;
use crate::domain::source::facts::{Block, FileFacts};
use crate::domain::source::vocabulary::Vocabulary;

/// Facts of what a call becomes, as members of a block that stands elsewhere.
pub fn members(
    call: &MacroCall,
    block: Block,
    rules: &[Rule],
    arguments: TokenStream,
    words: &Vocabulary,
) -> Option<FileFacts> {
    let mut budget = MAX_TOKENS;
    let own = Own { name: &call.name, rules };
    let made = tokens_of(rules, arguments, 0, &mut budget)?;
    let mut context = Context::for_expansion(&call.path, call.site, words);
    for name in &call.generics {
        let name = context.intern_made(name);
        context.generics.push(name);
    }
    let read = match block {
        Block::Impl => all(&own, made.clone(), inner_of_impl, 0, &mut budget)
            .map(|items: Vec<ImplItem>| items.iter().for_each(|item| context.impl_item(item))),
        Block::Trait => all(&own, made.clone(), inner_of_trait, 0, &mut budget)
            .map(|items: Vec<TraitItem>| items.iter().for_each(|item| context.trait_item(item))),
        Block::Foreign => all(&own, made.clone(), inner_of_foreign, 0, &mut budget)
            .map(|items: Vec<ForeignItem>| items.iter().for_each(|item| context.foreign_item(item))),
    };
    if read.is_some() {
        return Some(context.finish());
    }
    // No members, as far as we can tell: the paths among the tokens.
    let tokens = own.unfolded(made, 0, &mut budget)?;
    let mut context = Context::for_code(&call.path, call.site, words);
    context.token_soup(&tokens);
    Some(context.finish())
}

/// Members one after another; calls of the same macro among them are expanded too.
fn all<T: Parse>(
    own: &Own<'_>,
    tokens: TokenStream,
    inner: fn(&T) -> Option<&syn::Macro>,
    depth: u32,
    budget: &mut usize,
) -> Option<Vec<T>> {
    if depth > MAX_DEPTH {
        return None;
    }
    let several = |input: syn::parse::ParseStream<'_>| {
        let mut items = Vec::new();
        while !input.is_empty() {
            items.push(input.parse::<T>()?);
        }
        Ok(items)
    };
    let mut found = Vec::new();
    for item in several.parse2(tokens).ok()? {
        match inner(&item).filter(|call| call.path.segments.last().is_some_and(|last| last.ident == own.name))
        {
            Some(call) => {
                let made = tokens_of(own.rules, call.tokens.clone(), depth + 1, budget)?;
                found.extend(all(own, made, inner, depth + 1, budget)?);
            }
            None => found.push(item),
        }
    }
    Some(found)
}

fn inner_of_impl(item: &ImplItem) -> Option<&syn::Macro> {
    match item {
        ImplItem::Macro(item) => Some(&item.mac),
        _ => None,
    }
}

fn inner_of_trait(item: &TraitItem) -> Option<&syn::Macro> {
    match item {
        TraitItem::Macro(item) => Some(&item.mac),
        _ => None,
    }
}

fn inner_of_foreign(item: &ForeignItem) -> Option<&syn::Macro> {
    match item {
        ForeignItem::Macro(item) => Some(&item.mac),
        _ => None,
    }
}
