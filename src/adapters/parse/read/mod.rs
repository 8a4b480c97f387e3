//! Items and bodies of functions, from the row of tokens to the tree of `syn`.
//!
//! `syn` takes its time: it wants tokens as trees first, and tries one rule after the other. This reader
//! knows from the next tokens which rule it is. It makes the same tree as `syn` does, less what nobody
//! asks for: lifetimes, places of most punctuation, and values of literals. Where it does not know a form
//! it gives up, and `syn` reads that item or body.

mod atoms;
mod binding;
mod exprs;
mod generics;
mod items;
mod lists;
mod members;
mod parts;
mod paths;
mod patterns;
mod signature;
mod stmts;
#[cfg(test)]
mod tests;
mod types;

use proc_macro2::{Span, TokenStream};
use syn::parse::Parser;
use syn::{Attribute, Block, Expr, Ident, Item, Macro, MacroDelimiter, Pat, Token, token};

use crate::adapters::parse::tape::{Bodies, Entry, Tape, form};

pub use crate::adapters::parse::read::parts::{
    Code, Members, Part, calls_among_items, code, end_of, items, members,
};

/// The attributes of a file, and the place of its first item; None if they are no Rust.
pub fn file_attributes(tape: &Tape<'_>) -> Option<(Vec<Attribute>, usize)> {
    let mut reader = Reader { tape, at: 0, end: tape.len() };
    while reader.form() == b'#' && reader.form_at(1) == b'!' && reader.form_at(2) == b'[' {
        reader.at = reader.entry(2)?.mate as usize + 1;
    }
    if reader.at == 0 {
        return Some((Vec::new(), 0));
    }
    let tokens = tape.stream(0, reader.at, Bodies::Made)?;
    Some((Attribute::parse_inner.parse2(tokens).ok()?, reader.at))
}

/// The item at this place, and the place of the next one; None if it is no Rust.
pub fn item(tape: &Tape<'_>, at: usize) -> Option<(Item, usize)> {
    let mut reader = Reader { tape, at, end: tape.len() };
    Some((reader.any_item()?, reader.at))
}

/// The block whose opening brace stands at this place of the row; None if it is no Rust.
pub fn block(tape: &Tape<'_>, at: usize) -> Option<Block> {
    let mut reader = Reader { tape, at, end: tape.entry(at).mate as usize + 1 };
    reader.block().or_else(|| slow_block(tape, at))
}

/// Expressions between commas or semicolons, that a macro is given between these brackets.
pub fn expressions(tape: &Tape<'_>, at: usize) -> Option<Vec<Expr>> {
    Reader::within(tape, at).arguments()
}

/// `value, pattern if guard`, and a message after it, between these brackets.
pub fn matched(tape: &Tape<'_>, at: usize) -> Option<(Expr, Pat, Option<Expr>)> {
    Reader::within(tape, at).matched()
}

/// The block as `syn` reads it.
fn slow_block(tape: &Tape<'_>, at: usize) -> Option<Block> {
    let close = tape.entry(at).mate as usize;
    let tokens = tape.stream(at + 1, close, Bodies::Made)?;
    let stmts = Block::parse_within.parse2(tokens).ok()?;
    Some(Block { brace_token: token::Brace { span: tape.brackets(at)? }, stmts })
}

/// A place in a part of the row.
struct Reader<'s, 't> {
    tape: &'s Tape<'t>,
    at: usize,
    end: usize,
}

/// The place of a token that nobody asks for.
fn nowhere() -> Span {
    Span::call_site()
}

impl<'s, 't> Reader<'s, 't> {
    /// A reader of what stands between two brackets.
    fn within(tape: &'s Tape<'t>, at: usize) -> Self {
        Self { tape, at: at + 1, end: tape.entry(at).mate as usize }
    }

    /// Steps over a bracket pair; a reader of what stands in it.
    fn enter(&mut self, bracket: u8) -> Option<Self> {
        if self.form() != bracket {
            return None;
        }
        let inner = Reader::within(self.tape, self.at);
        self.at = inner.end + 1;
        Some(inner)
    }

    /// The same, with the place of the brackets.
    fn enter_seen(&mut self, bracket: u8) -> Option<(proc_macro2::extra::DelimSpan, Self)> {
        let at = self.at;
        let inner = self.enter(bracket)?;
        Some((self.tape.brackets(at)?, inner))
    }

    fn is_done(&self) -> bool {
        self.at >= self.end
    }

    /// The result, if all was read.
    fn all<T>(&self, found: T) -> Option<T> {
        self.is_done().then_some(found)
    }

    fn entry(&self, ahead: usize) -> Option<Entry> {
        (self.at + ahead < self.end).then(|| self.tape.entry(self.at + ahead))
    }

    fn form(&self) -> u8 {
        self.form_at(0)
    }

    fn form_at(&self, ahead: usize) -> u8 {
        self.entry(ahead).map_or(form::NONE, |entry| entry.form)
    }

    /// The word here, if it is a keyword.
    fn keyword(&self) -> &'t str {
        self.keyword_at(0)
    }

    fn keyword_at(&self, ahead: usize) -> &'t str {
        match self.form_at(ahead) {
            form::KEYWORD => self.tape.word(self.at + ahead),
            _ => "",
        }
    }

    /// Whether a name stands here that is no keyword.
    fn is_name(&self, ahead: usize) -> bool {
        matches!(self.form_at(ahead), form::WORD | form::RAW)
    }

    /// Whether these two stand here, joined.
    fn is_pair(&self, ahead: usize, first: u8, second: u8) -> bool {
        self.form_at(ahead) == first
            && self.form_at(ahead + 1) == second
            && self.tape.is_joined(self.at + ahead)
    }

    fn is_colons(&self, ahead: usize) -> bool {
        self.is_pair(ahead, b':', b':')
    }

    fn is_dots(&self) -> bool {
        self.is_pair(0, b'.', b'.')
    }

    /// Steps over this, if it stands here.
    fn skip(&mut self, form: u8) -> bool {
        let here = self.form() == form;
        self.at += usize::from(here);
        here
    }

    fn skip_keyword(&mut self, word: &str) -> bool {
        let here = self.keyword() == word;
        self.at += usize::from(here);
        here
    }

    /// Steps over this, which must stand here.
    fn eat(&mut self, form: u8) -> Option<()> {
        self.skip(form).then_some(())
    }

    fn eat_pair(&mut self, first: u8, second: u8) -> Option<()> {
        let here = self.is_pair(0, first, second);
        self.at += 2 * usize::from(here);
        here.then_some(())
    }

    fn eat_keyword(&mut self, word: &str) -> Option<()> {
        self.skip_keyword(word).then_some(())
    }

    /// Brackets whose place nobody asks for.
    fn parens(&self) -> token::Paren {
        token::Paren { span: self.tape.nowhere() }
    }

    fn brackets(&self) -> token::Bracket {
        token::Bracket { span: self.tape.nowhere() }
    }

    fn braces(&self) -> token::Brace {
        token::Brace { span: self.tape.nowhere() }
    }

    /// The place of the token here.
    fn span(&self) -> Option<Span> {
        let entry = self.entry(0)?;
        self.tape.span(entry.start, entry.end)
    }

    /// A name that is no keyword.
    fn name(&mut self) -> Option<Ident> {
        match self.is_name(0) {
            true => self.any_name(),
            false => None,
        }
    }

    /// A name, keyword or not.
    fn any_name(&mut self) -> Option<Ident> {
        let found = self.tape.ident(self.at)?;
        self.at += 1;
        Some(found)
    }

    /// `mut`, if it stands here.
    fn mutability(&mut self) -> Option<Token![mut]> {
        self.skip_keyword("mut").then(|| Token![mut](nowhere()))
    }

    /// Attributes here; none where the reader does not stand before one. None if they are no Rust.
    fn attributes(&mut self) -> Option<Vec<Attribute>> {
        if self.form() != b'#' {
            return Some(Vec::new());
        }
        let first = self.at;
        while self.form() == b'#' {
            if self.form_at(1) != b'[' {
                return None;
            }
            self.at = self.entry(1)?.mate as usize + 1;
        }
        let tokens = self.tape.stream(first, self.at, Bodies::Made)?;
        Attribute::parse_outer.parse2(tokens).ok()
    }

    /// A macro call from its `!`; what it is given stays in the row until it is asked for.
    fn macro_of(&mut self, path: syn::Path) -> Option<Macro> {
        self.eat(b'!')?;
        let span = self.tape.brackets(self.at)?;
        let delimiter = match self.form() {
            b'(' => MacroDelimiter::Paren(token::Paren { span }),
            b'[' => MacroDelimiter::Bracket(token::Bracket { span }),
            b'{' => MacroDelimiter::Brace(token::Brace { span }),
            _ => return None,
        };
        self.at = self.entry(0)?.mate as usize + 1;
        let (bang_token, tokens) = (Token![!](nowhere()), TokenStream::new());
        Some(Macro { path, bang_token, delimiter, tokens })
    }
}
