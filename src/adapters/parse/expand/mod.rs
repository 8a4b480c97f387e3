//! Calls of the workspace's own `macro_rules!`, expanded to facts.
//!
//! The result is read like a file of its own, with the call as the place of everything in it. Calls
//! are bounded in depth and size; what no rule matches stays unexpanded, and is told as opaque.

mod code;
mod matching;
mod members;
mod rules;
mod transcribe;

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};

use crate::adapters::parse::context::Context;
use crate::adapters::parse::expand::code::{Code, Own};
use crate::adapters::parse::expand::members::Members;
use crate::adapters::parse::expand::rules::{Rule, rules_of};
use crate::adapters::parse::tape::forget_places;
use crate::domain::resolve::expand::{Arguments, MacroCall, Rules};
use crate::domain::source::facts::{CallForm, FileFacts};
use crate::domain::source::vocabulary::Vocabulary;

use crate::adapters::parse::expand::transcribe::MAX_TOKENS;

/// A macro that calls itself is followed this deep.
const MAX_DEPTH: u32 = 64;

/// Deeper groups are not expanded: `syn` recurses.
const MAX_GROUPS: u32 = 128;

/// Facts of each call that could be expanded. The calling thread needs a stack of
/// [`crate::adapters::parse::STACK_SIZE`].
pub fn expand(
    text: &dyn Fn(&str) -> Option<String>,
    calls: &[&MacroCall],
    words: &Vocabulary,
) -> Vec<Option<FileFacts>> {
    let mut texts: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for call in calls {
        if let Rules::Written(path, ..) = &call.rules {
            texts.entry(path).or_insert_with(|| text(path));
        }
        if let Arguments::Written(_) = &call.arguments {
            texts.entry(&call.path).or_insert_with(|| text(&call.path));
        }
    }
    let piece =
        |path: &str, start: u32, end: u32| texts.get(path)?.as_ref()?.get(start as usize..end as usize);
    let rules = |call: &MacroCall| {
        let body = match &call.rules {
            Rules::Made(made) => made,
            Rules::Written(path, start, end) => piece(path, *start, *end)?,
        };
        rules_of(body.parse().ok()?)
    };
    let mut asked: Vec<Asked<'_>> = Vec::with_capacity(calls.len());
    for (at, call) in calls.iter().enumerate() {
        let arguments = match &call.arguments {
            Arguments::Made(made) => Some(made.as_str()),
            Arguments::Written(span) => piece(&call.path, span.start, span.end),
        };
        asked.extend(arguments.map(|arguments| Asked { call, arguments, at }));
    }
    asked.sort_by_key(|asked| (asked.key(), asked.at));
    let mut found: Vec<Option<FileFacts>> = calls.iter().map(|_| None).collect();
    for of_macro in asked.chunk_by(|a, b| a.call.rules == b.call.rules) {
        let Some(rules) = rules(of_macro[0].call) else { continue };
        for same in of_macro.chunk_by(|a, b| a.key() == b.key()) {
            let Some(made) = made(&same[0], &rules) else { continue };
            for asked in same {
                found[asked.at] = Some(made.read(asked.call, words));
            }
        }
    }
    forget_places();
    found
}

/// A call with its arguments.
struct Asked<'c> {
    call: &'c MacroCall,
    arguments: &'c str,
    /// Its place in the list.
    at: usize,
}

impl<'c> Asked<'c> {
    /// Calls of one macro that become the same have the same.
    fn key(&self) -> (&'c Rules, CallForm, &'c str, &'c str) {
        (&self.call.rules, self.call.form, &self.call.name, self.arguments)
    }
}

/// What a call became.
enum Made {
    Items(Vec<syn::Item>),
    Code(Code),
    Members(Members),
}

fn made(asked: &Asked<'_>, rules: &[Rule]) -> Option<Made> {
    let (call, text) = (asked.call, asked.arguments);
    let arguments: TokenStream = text.parse().ok()?;
    let items = |arguments| items_of(&call.name, rules, arguments, 0, &mut { MAX_TOKENS }).map(Made::Items);
    let own = Own { name: &call.name, rules };
    let code = |arguments| code::code(&own, text, arguments).map(Made::Code);
    match call.form {
        CallForm::Items => items(arguments),
        CallForm::Statement => items(arguments.clone()).or_else(|| code(arguments)),
        CallForm::Code => code(arguments),
        CallForm::Members(block) => members::members(&call.name, block, rules, arguments).map(Made::Members),
    }
}

impl Made {
    /// Its facts at the place of the call. Of code those that the macro itself brings: the arguments are
    /// read where they stand.
    fn read(&self, call: &MacroCall, words: &Vocabulary) -> FileFacts {
        let mut context = match self {
            Self::Code(_) | Self::Members(Members::Tokens(_)) => {
                Context::for_code(&call.path, call.site, words)
            }
            Self::Items(_) | Self::Members(_) => Context::for_expansion(&call.path, call.site, words),
        };
        match self {
            Self::Items(items) => items.iter().for_each(|item| context.item(item)),
            Self::Code(Code::Statements(stmts)) => context.statements(stmts),
            Self::Code(Code::Type(inner)) => context.type_(inner),
            Self::Code(Code::Pattern(inner)) => context.local(|context| context.pattern(inner)),
            Self::Members(members) => members.read(&call.generics, &mut context),
        }
        context.finish()
    }
}

/// The items that a call becomes; calls of the same macro among them are expanded too.
fn items_of(
    name: &str,
    rules: &[Rule],
    arguments: TokenStream,
    depth: u32,
    budget: &mut usize,
) -> Option<Vec<syn::Item>> {
    let file: syn::File = syn::parse2(tokens_of(rules, arguments, depth, budget)?).ok()?;
    let mut items = Vec::with_capacity(file.items.len());
    for item in file.items {
        match item {
            syn::Item::Macro(inner)
                if inner.ident.is_none()
                    && inner.mac.path.segments.last().is_some_and(|last| last.ident == name) =>
            {
                items.extend(items_of(name, rules, inner.mac.tokens.clone(), depth + 1, budget)?);
            }
            item => items.push(item),
        }
    }
    Some(items)
}

/// The tokens that a call becomes: the first rule that matches makes them.
fn tokens_of(rules: &[Rule], arguments: TokenStream, depth: u32, budget: &mut usize) -> Option<TokenStream> {
    if depth > MAX_DEPTH || groups(&arguments, 0) > MAX_GROUPS {
        return None;
    }
    let trees: Vec<TokenTree> = arguments.into_iter().collect();
    let (rule, bindings) =
        rules.iter().find_map(|rule: &Rule| Some((rule, matching::matches(&rule.matcher, &trees)?)))?;
    transcribe::transcribe(&rule.transcriber, bindings, budget)
}

fn groups(tokens: &TokenStream, depth: u32) -> u32 {
    if depth > MAX_GROUPS {
        return depth;
    }
    let inner = tokens.clone().into_iter().map(|tree| match tree {
        TokenTree::Group(group) => groups(&group.stream(), depth + 1),
        _ => depth,
    });
    inner.max().unwrap_or(depth)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::parse::context::DOLLAR_CRATE;

    fn items(rules: &str, arguments: &str) -> Option<String> {
        let rules = rules_of(rules.parse().expect("tokens")).expect("rules");
        let mut budget = MAX_TOKENS;
        let items = items_of("m", &rules, arguments.parse().expect("tokens"), 0, &mut budget)?;
        let text: Vec<String> = items
            .iter()
            .map(|item| crate::adapters::parse::items::normal(&quote::ToTokens::to_token_stream(item)))
            .collect();
        Some(text.join(" "))
    }

    #[test]
    fn repetitions_and_separators() {
        let rules = "($($name:ident : $ty:ty),* $(,)?) => { $(pub struct $name($ty);)* }";
        assert_eq!(
            items(rules, "A: u8, B: Vec<u8>,").as_deref(),
            Some("pub struct A(u8); pub struct B(Vec<u8>);")
        );
        assert_eq!(items(rules, "").as_deref(), Some(""));
        assert_eq!(items(rules, "A u8"), None);
    }

    #[test]
    fn the_first_rule_that_matches_wins_and_rules_call_each_other() {
        let rules = "(@one $n:ident) => { mod $n; }; ($($n:ident)*) => { $( m!(@one $n); )* }";
        assert_eq!(items(rules, "a b").as_deref(), Some("mod a; mod b;"));
    }

    #[test]
    fn nested_repetitions_keep_their_turns_apart() {
        let rules = "($($t:ident { $($f:ident),* })*) => { $( enum $t { $($f),* } )* }";
        assert_eq!(items(rules, "A { X, Y } B { Z }").as_deref(), Some("enum A{X,Y} enum B{Z}"));
    }

    #[test]
    fn dollar_crate_stays_known() {
        let rules = "() => { use $crate::a::B; }";
        assert_eq!(items(rules, ""), Some(format!("use {DOLLAR_CRATE}::a::B;")));
    }

    #[test]
    fn a_definition_inside_keeps_its_own_variables() {
        let rules = "() => { macro_rules! inner { ($x:expr) => { $x } } }";
        assert_eq!(items(rules, "").as_deref(), Some("macro_rules!inner{($x:expr)=>{$x}}"));
    }

    #[test]
    fn endless_recursion_ends() {
        assert_eq!(items("() => { m!(); }", ""), None);
        assert_eq!(items("($($x:tt)*) => { m!($($x)* $($x)*); }", "a"), None);
    }
}
