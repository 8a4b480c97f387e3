//! Calls among the members of a trait, impl or foreign block: what they become are members of it.

use proc_macro2::TokenStream;
use syn::parse::{Parse, Parser};
use syn::{ForeignItem, ImplItem, TraitItem};

use crate::adapters::parse::context::Context;
use crate::adapters::parse::expand::code::Own;
use crate::adapters::parse::expand::rules::Rule;
use crate::adapters::parse::expand::transcribe::MAX_TOKENS;
use crate::adapters::parse::expand::{MAX_DEPTH, tokens_of};
use crate::domain::source::facts::Block;

/// What a call among members becomes.
pub enum Members {
    /// Members of an impl.
    Impl(Vec<ImplItem>),
    /// Members of a trait.
    Trait(Vec<TraitItem>),
    /// Members of a foreign block.
    Foreign(Vec<ForeignItem>),
    /// No members, as far as we can tell: the paths among these count.
    Tokens(TokenStream),
}

/// What a call in a block becomes, if some rule matches.
pub fn members(name: &str, block: Block, rules: &[Rule], arguments: TokenStream) -> Option<Members> {
    let mut budget = MAX_TOKENS;
    let own = Own { name, rules };
    let made = tokens_of(rules, arguments, 0, &mut budget)?;
    let read = match block {
        Block::Impl => all(&own, made.clone(), inner_of_impl, 0, &mut budget).map(Members::Impl),
        Block::Trait => all(&own, made.clone(), inner_of_trait, 0, &mut budget).map(Members::Trait),
        Block::Foreign => all(&own, made.clone(), inner_of_foreign, 0, &mut budget).map(Members::Foreign),
    };
    read.or_else(|| own.unfolded(made, 0, &mut budget).map(Members::Tokens))
}

impl Members {
    /// Reads them as members of a block that stands elsewhere and has these generic parameters.
    pub fn read(&self, generics: &[String], context: &mut Context<'_>) {
        for name in generics {
            let name = context.intern_made(name);
            context.generics.push(name);
        }
        match self {
            Self::Impl(items) => items.iter().for_each(|item| context.impl_item(item)),
            Self::Trait(items) => items.iter().for_each(|item| context.trait_item(item)),
            Self::Foreign(items) => items.iter().for_each(|item| context.foreign_item(item)),
            Self::Tokens(tokens) => context.token_soup(tokens),
        }
    }
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
