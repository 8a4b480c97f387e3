//! Calls of the workspace's own `macro_rules!`, expanded to facts.
//!
//! What a call becomes is text, which is lexed and read like a file of its own, with the call as the place
//! of everything in it. Calls are bounded in depth and size; what no rule matches stays unexpanded, and is
//! told as opaque.

mod made;
mod matching;
mod rules;
mod transcribe;
mod unfold;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;

use crate::adapters::parse::context::Context;
use crate::adapters::parse::expand::made::{Made, Tokens, with_attributes};
use crate::adapters::parse::expand::rules::{Rules, rules_of};
use crate::adapters::parse::expand::unfold::Own;
use crate::adapters::parse::read::{self, Code, Members};
use crate::adapters::parse::tape::{Bodies, Tape};
use crate::domain::resolve::expand::{Arguments, MacroCall, Rules as Body};
use crate::domain::source::facts::{Block, CallForm, FileFacts};
use crate::domain::source::span::Span;
use crate::domain::source::vocabulary::Vocabulary;

/// Facts of each call that could be expanded. The calling thread needs a stack of
/// [`crate::adapters::parse::STACK_SIZE`].
pub fn expand(
    text: &dyn Fn(&str) -> Option<String>,
    calls: &[&MacroCall],
    words: &Vocabulary,
) -> Vec<Option<FileFacts>> {
    let mut texts: BTreeMap<&str, Option<String>> = BTreeMap::new();
    for call in calls {
        if let Body::Written(path, ..) = &call.rules {
            texts.entry(path).or_insert_with(|| text(path));
        }
        if let Arguments::Written(_) = &call.arguments {
            texts.entry(&call.path).or_insert_with(|| text(&call.path));
        }
    }
    let piece =
        |path: &str, start: u32, end: u32| texts.get(path)?.as_ref()?.get(start as usize..end as usize);
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
        let body = match &of_macro[0].call.rules {
            Body::Made(made) => Some(made.as_str()),
            Body::Written(path, start, end) => piece(path, *start, *end),
        };
        let body = body.map(with_attributes);
        let Some(rules) = body.as_deref().and_then(rules_of) else { continue };
        for same in of_macro.chunk_by(|a, b| a.key() == b.key()) {
            for (asked, facts) in same.iter().zip(facts_of(same, &rules, words)) {
                found[asked.at] = facts;
            }
        }
    }
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
    fn key(&self) -> (&'c Body, CallForm, &'c str, &'c str) {
        (&self.call.rules, self.call.form, &self.call.name, self.arguments)
    }
}

/// What a call may become.
#[derive(Clone, Copy)]
enum Form {
    Items,
    Code,
    Members(Block),
    /// As far as we can tell no members: the paths among these tokens count.
    Tokens,
}

/// What a call became.
enum Read {
    Items(Vec<syn::Item>),
    Code(Code),
    Members(Members),
    Tokens(TokenStream),
}

/// The facts of calls that become the same; none if no rule makes Rust of them.
fn facts_of(same: &[Asked<'_>], rules: &Rules<'_>, words: &Vocabulary) -> Vec<Option<FileFacts>> {
    let call = same[0].call;
    let forms: &[Form] = match call.form {
        CallForm::Items => &[Form::Items],
        CallForm::Statement => &[Form::Items, Form::Code],
        CallForm::Code => &[Form::Code],
        CallForm::Members(block) => &[Form::Members(block), Form::Tokens],
    };
    let text = with_attributes(same[0].arguments);
    let all = [Span::new(0, text.len() as u32)];
    let Some(arguments) = Tokens::new(&text, &all) else { return Vec::new() };
    let own = Own { name: &call.name, rules };
    for form in forms {
        let made = match form {
            Form::Items | Form::Members(_) => own.items(&arguments),
            Form::Code | Form::Tokens => own.code(&arguments),
        };
        let Some(made) = made else { continue };
        let Some(Tokens { tape, .. }) = Tokens::of(&made) else { continue };
        let Some(read) = read_as(*form, &tape) else { continue };
        let mut tape = Some(tape);
        return same.iter().map(|asked| facts(asked.call, &made, &mut tape, &read, words)).collect();
    }
    Vec::new()
}

fn read_as(form: Form, tape: &Tape<'_>) -> Option<Read> {
    match form {
        Form::Items => read::items(tape).map(Read::Items),
        Form::Code => read::code(tape).map(Read::Code),
        Form::Members(block) => read::members(tape, block).map(Read::Members),
        Form::Tokens => tape.stream(0, tape.len(), Bodies::Made).map(Read::Tokens),
    }
}

/// The facts at the place of one call; none where a body in it is no Rust. Of code those that the macro
/// itself brings: the arguments are read where they stand.
fn facts<'m>(
    call: &MacroCall,
    made: &'m Made,
    tape: &mut Option<Tape<'m>>,
    read: &Read,
    words: &'m Vocabulary,
) -> Option<FileFacts> {
    let mut context = Context::for_expansion(&call.path, call.site, &made.text, words);
    if matches!(read, Read::Code(_) | Read::Tokens(_)) {
        context.read_only_brought(&made.given);
    }
    if matches!(read, Read::Members(_) | Read::Tokens(_)) {
        context.name_generics(&call.generics);
    }
    context.tape = tape.take();
    walk(&mut context, read);
    *tape = context.tape.take();
    let whole = !context.is_broken;
    let facts = context.finish();
    whole.then_some(facts)
}

fn walk(context: &mut Context<'_>, read: &Read) {
    match read {
        Read::Items(items) => items.iter().for_each(|item| context.item(item)),
        Read::Code(Code::Statements(stmts)) => context.statements(stmts),
        Read::Code(Code::Type(inner)) => context.type_(inner),
        Read::Code(Code::Pattern(inner)) => context.local(|context| context.pattern(inner)),
        Read::Members(Members::Impl(items)) => items.iter().for_each(|item| context.impl_item(item)),
        Read::Members(Members::Trait(items)) => items.iter().for_each(|item| context.trait_item(item)),
        Read::Members(Members::Foreign(items)) => items.iter().for_each(|item| context.foreign_item(item)),
        Read::Tokens(tokens) => context.token_soup(tokens),
    }
}

#[cfg(test)]
mod tests;
