//! Parts of code that macros are given, and what they make.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Block, ForeignItem, ImplItem, Item, Pat, Stmt, TraitItem, Type};

use crate::adapters::parse::read::paths::Style;
use crate::adapters::parse::read::{Reader, file_attributes};
use crate::adapters::parse::tape::{Bodies, Tape, form};
use crate::domain::source::facts;

/// What may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// An expression.
    Expr,
    /// A type.
    Type,
    /// A path as in types.
    Path,
    /// A pattern with all its cases.
    Pattern,
    /// A statement without its semicolon.
    Statement,
    /// An item.
    Item,
    /// What stands in an attribute.
    Meta,
    /// A visibility, or nothing.
    Visibility,
}

/// What a macro call in code becomes.
pub enum Code {
    /// Statements, the last of which may be an expression.
    Statements(Vec<Stmt>),
    /// A type.
    Type(Box<Type>),
    /// A pattern.
    Pattern(Box<Pat>),
}

/// Members of a block.
pub enum Members {
    /// Those of an impl.
    Impl(Vec<ImplItem>),
    /// Those of a trait.
    Trait(Vec<TraitItem>),
    /// Those of a foreign block.
    Foreign(Vec<ForeignItem>),
}

/// A macro call among items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// Its first token, that of its attributes.
    pub first: usize,
    /// What stands between its brackets.
    pub arguments: (usize, usize),
    /// The token after it.
    pub end: usize,
}

/// Where the part ends that starts at one token and ends before another at the latest; None if there is none.
pub fn end_of(tape: &Tape<'_>, part: Part, (at, to): (usize, usize)) -> Option<usize> {
    let mut reader = Reader { tape, at, end: to };
    if reader.pass(part).is_some() {
        return Some(reader.at);
    }
    match part {
        Part::Expr => slow_end(tape, (at, to), syn::Expr::parse),
        Part::Type => slow_end(tape, (at, to), Type::parse),
        Part::Path => slow_end(tape, (at, to), syn::Path::parse),
        Part::Pattern => slow_end(tape, (at, to), Pat::parse_multi_with_leading_vert),
        Part::Statement => slow_end(tape, (at, to), Stmt::parse),
        Part::Item | Part::Meta | Part::Visibility => None,
    }
}

/// All tokens as items; None if they are no Rust.
pub fn items(tape: &Tape<'_>) -> Option<Vec<Item>> {
    let (_, at) = file_attributes(tape)?;
    Reader { tape, at, end: tape.len() }.items()
}

/// All tokens as code; None if they are no Rust.
pub fn code(tape: &Tape<'_>) -> Option<Code> {
    let reader = || Reader { tape, at: 0, end: tape.len() };
    if let Some(stmts) = reader().statements() {
        return Some(Code::Statements(stmts));
    }
    let tokens = tape.stream(0, tape.len(), Bodies::Made)?;
    if let Ok(stmts) = Block::parse_within.parse2(tokens.clone()) {
        return Some(Code::Statements(stmts));
    }
    if let Ok(inner) = syn::parse2(tokens.clone()) {
        return Some(Code::Type(Box::new(inner)));
    }
    let inner = Pat::parse_multi_with_leading_vert.parse2(tokens).ok()?;
    Some(Code::Pattern(Box::new(inner)))
}

/// All tokens as members; None if they are no Rust.
pub fn members(tape: &Tape<'_>, block: facts::Block) -> Option<Members> {
    match block {
        facts::Block::Impl => all(tape, |reader| reader.provided()).map(Members::Impl),
        facts::Block::Trait => all(tape, |reader| reader.required()).map(Members::Trait),
        facts::Block::Foreign => all(tape, |_| None).map(Members::Foreign),
    }
}

/// Calls of a macro that stand among items, or members, as one of them.
pub fn calls_among_items(tape: &Tape<'_>, name: &str) -> Vec<Call> {
    let mut found = Vec::new();
    let mut reader = Reader { tape, at: 0, end: tape.len() };
    while !reader.is_done() {
        let first = reader.at;
        let passed = reader.pass_any();
        // What is no Rust is told by those who read it.
        let Some(called) = passed else { break };
        if let Some(open) = called.filter(|open| *open >= 2 && tape.word(open - 2) == name) {
            let arguments = (open + 1, tape.entry(open).mate as usize);
            found.push(Call { first, arguments, end: reader.at });
        }
    }
    found
}

impl Reader<'_, '_> {
    /// Steps over a part.
    fn pass(&mut self, part: Part) -> Option<()> {
        match part {
            Part::Expr => self.expr().map(|_| ()),
            Part::Type => self.type_().map(|_| ()),
            Part::Path => self.path(Style::Type).map(|_| ()),
            Part::Pattern => self.pattern().map(|_| ()),
            Part::Item => self.any_item().map(|_| ()),
            Part::Visibility => self.visibility().map(|_| ()),
            Part::Meta => self.pass_meta(),
            // A semicolon alone is an empty one.
            Part::Statement if self.skip(b';') => Some(()),
            Part::Statement if self.keyword() == "let" => self.local(Vec::new()).map(|_| ()),
            Part::Statement => {
                self.statement()?;
                self.at -= usize::from(self.tape.entry(self.at - 1).form == b';');
                Some(())
            }
        }
    }

    /// Steps over what stands in an attribute: a path, and what it is given.
    fn pass_meta(&mut self) -> Option<()> {
        if self.keyword() == "unsafe" {
            self.at = self.entry(1)?.mate as usize + 1;
            return Some(());
        }
        self.path(Style::Expr)?;
        match self.form() {
            b'(' | b'[' | b'{' => self.at = self.entry(0)?.mate as usize + 1,
            b'=' => {
                self.at += 1;
                self.expr()?;
            }
            _ => {}
        }
        Some(())
    }

    /// Steps over an item, attributes and all; of a macro call the bracket that opens its arguments.
    fn pass_any(&mut self) -> Option<Option<usize>> {
        while self.form() == b'#' {
            self.at = self.entry(1)?.mate as usize + 1;
        }
        if self.is_item() {
            self.pass_item()?;
            return Some(None);
        }
        self.pass_call().map(Some)
    }
}

fn all<T: Parse>(tape: &Tape<'_>, each: fn(&mut Reader<'_, '_>) -> Option<T>) -> Option<Vec<T>> {
    let mut reader = Reader { tape, at: 0, end: tape.len() };
    let mut found = Vec::new();
    while !reader.is_done() {
        let Some(member) = each(&mut reader) else {
            return several.parse2(tape.stream(0, tape.len(), Bodies::Left)?).ok();
        };
        found.push(member);
    }
    Some(found)
}

fn several<T: Parse>(input: ParseStream<'_>) -> syn::Result<Vec<T>> {
    let mut found = Vec::new();
    while !input.is_empty() {
        found.push(input.parse::<T>()?);
    }
    Ok(found)
}

/// Trees that a parser is first given: what a variable stands for is short beside what follows it.
const WINDOW: usize = 16;

/// Trees that a parser looks ahead at most.
const LOOKAHEAD: usize = 4;

/// Where what a parser takes ends. It is given more only where what it was given may have been too
/// little: each turn of a long repetition would pay for all that follow.
fn slow_end<T>(
    tape: &Tape<'_>,
    (at, to): (usize, usize),
    parser: impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> Option<usize> {
    // Where each tree starts, and the last one ends.
    let mut starts = vec![at];
    while let Some(last) = starts.last().copied().filter(|last| *last < to) {
        starts.push(tape.after(last));
    }
    let trees = starts.len() - 1;
    let mut size = WINDOW;
    loop {
        let given = size.min(trees);
        let taken = taken(tape, &starts[..=given], &parser);
        if given == trees || taken.is_some_and(|taken| taken + LOOKAHEAD <= given) {
            return taken.map(|taken| starts[taken]);
        }
        size *= 8;
    }
}

/// How many of these trees a parser takes.
fn taken<T>(
    tape: &Tape<'_>,
    starts: &[usize],
    parser: &impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> Option<usize> {
    let (first, last) = (*starts.first()?, *starts.last()?);
    let given = tape.stream(first, last, Bodies::Made)?;
    let parse = |input: ParseStream<'_>| {
        parser(input)?;
        input.parse::<TokenStream>()
    };
    let left = parse.parse2(given).ok()?.into_iter().count();
    // A lifetime is two trees to `syn`.
    let mut count = starts.len() - 1;
    let mut less = 0;
    while less < left && count > 0 {
        count -= 1;
        less += if tape.entry(starts[count]).form == form::LIFETIME { 2 } else { 1 };
    }
    (less == left).then_some(count)
}
