//! The tokens of a text in a row, and parts of it as the trees that `syn` reads.
//!
//! Trees are made of what is asked for: bodies of functions are left out of their items, and read off
//! the row (see `read`). Documentation is left out too, and strings outside attributes are empty: what
//! they say is read off the text where it is wanted. A span counts bytes of the whole text: see `ruler`.

mod ruler;
#[cfg(test)]
mod tests;
mod trees;

use std::rc::Rc;

use proc_macro2::extra::DelimSpan;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};

use crate::adapters::parse::lex::{Kind, Token};
use crate::adapters::parse::tape::ruler::{Ruler, ruler};
use crate::adapters::parse::words::Word;

pub use crate::adapters::parse::tape::ruler::{forget_places, leave_text};
pub use crate::adapters::parse::tape::trees::Bodies;

/// What a token is; a byte of punctuation and a bracket stand for themselves.
pub mod form {
    /// No token: the end.
    pub const NONE: u8 = 0;
    /// A name that is no keyword.
    pub const WORD: u8 = 1;
    /// A keyword, or `_`.
    pub const KEYWORD: u8 = 2;
    /// `r#name`.
    pub const RAW: u8 = 3;
    /// `'name`.
    pub const LIFETIME: u8 = 4;
    /// A number, string or character.
    pub const LITERAL: u8 = 5;

    /// Whether it opens a bracket.
    pub fn is_open(form: u8) -> bool {
        matches!(form, b'(' | b'[' | b'{')
    }
}

/// One token of the row.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its first byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// The place in the row of the bracket that belongs to this one; of other tokens their own.
    pub mate: u32,
    /// What it is: see [`form`].
    pub form: u8,
}

/// The tokens of a text, less its comments.
pub struct Tape<'t> {
    text: &'t str,
    entries: Vec<Entry>,
    /// None where the text is to be read otherwise.
    ruler: Option<Rc<Ruler>>,
    open: Vec<u32>,
    /// What only its span matters of.
    group: Group,
}

impl<'t> Tape<'t> {
    /// Nothing of `text` yet.
    pub fn new(text: &'t str) -> Self {
        let entries = Vec::with_capacity(text.len() / 4);
        let group = Group::new(Delimiter::None, TokenStream::new());
        Self { text, entries, ruler: ruler(text.len()), open: Vec::new(), group }
    }

    /// Takes the next token.
    pub fn push(&mut self, token: Token) {
        if self.ruler.is_some() && self.add(token).is_none() {
            self.ruler = None;
        }
    }

    /// The whole row. None where `proc_macro2` must read the text: there is something rare in it.
    pub fn finish(self) -> Option<Self> {
        (self.ruler.is_some() && self.open.is_empty()).then_some(self)
    }

    fn add(&mut self, token: Token) -> Option<()> {
        let text = self.text.as_bytes().get(token.start as usize..token.end as usize)?;
        let here = self.entries.len() as u32;
        let mut mate = here;
        let form = match token.kind {
            Kind::Comment(..) => return Some(()),
            Kind::Word(Word::Name) if text.is_ascii() || is_name(text) => form::WORD,
            Kind::Word(word) if word != Word::Name => form::KEYWORD,
            Kind::RawWord => form::RAW,
            Kind::Lifetime if text.is_ascii() && !text.starts_with(b"'r#") => form::LIFETIME,
            Kind::Literal => form::LITERAL,
            Kind::Open(bracket) => {
                self.open.push(here);
                bracket
            }
            Kind::Close(bracket) => {
                mate = self.open.pop()?;
                self.entries[mate as usize].mate = here;
                bracket
            }
            Kind::Punct(byte) if is_punct(byte) => byte,
            Kind::Word(_) | Kind::Lifetime | Kind::Punct(_) | Kind::Broken(_) => return None,
        };
        self.entries.push(Entry { start: token.start, end: token.end, mate, form });
        Some(())
    }

    /// The place of brackets that nobody asks for.
    pub fn nowhere(&self) -> DelimSpan {
        self.group.delim_span()
    }

    /// The places of the bracket that stands here and of the one that belongs to it.
    pub fn brackets(&self, at: usize) -> Option<DelimSpan> {
        let (open, close) = (self.entry(at), self.entry(self.entry(at).mate as usize));
        let mut group = self.group.clone();
        group.set_span(self.span(open.start, close.end)?);
        Some(group.delim_span())
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// A token.
    pub fn entry(&self, at: usize) -> Entry {
        self.entries[at]
    }

    /// What a token is; no token beyond the last.
    pub fn form(&self, at: usize) -> u8 {
        self.entries.get(at).map_or(form::NONE, |entry| entry.form)
    }

    /// The place after the token here, or after the bracket that belongs to it.
    pub fn after(&self, at: usize) -> usize {
        let entry = self.entries[at];
        if form::is_open(entry.form) { entry.mate as usize + 1 } else { at + 1 }
    }

    /// The text of a token.
    pub fn word(&self, at: usize) -> &'t str {
        let entry = self.entries[at];
        &self.text[entry.start as usize..entry.end as usize]
    }

    /// The place in the row of the token that starts with this byte.
    pub fn place(&self, start: u32) -> Option<usize> {
        self.entries.binary_search_by_key(&start, |entry| entry.start).ok()
    }

    /// The span of these bytes.
    pub fn span(&self, start: u32, end: u32) -> Option<Span> {
        self.ruler.as_ref()?.span(start, end)
    }

    /// The name at a place, keywords too.
    pub fn ident(&self, at: usize) -> Option<Ident> {
        let entry = self.entries[at];
        let (text, span) = (self.word(at), self.span(entry.start, entry.end)?);
        match entry.form {
            form::WORD | form::KEYWORD => Some(Ident::new(text, span)),
            form::RAW => raw_ident(text, span),
            _ => None,
        }
    }

    /// Whether nothing stands between a token and the next.
    pub fn is_joined(&self, at: usize) -> bool {
        self.entries.get(at + 1).is_some_and(|next| next.start == self.entries[at].end)
    }
}

/// Whether these bytes are a name: `proc_macro2` makes none of anything else.
fn is_name(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else { return false };
    let mut letters = text.chars();
    let starts = letters.next().is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first));
    starts && letters.all(unicode_ident::is_xid_continue)
}

fn raw_ident(text: &str, span: Span) -> Option<Ident> {
    let word = text.strip_prefix("r#")?;
    let free = word.is_ascii() && !matches!(word, "_" | "super" | "self" | "Self" | "crate");
    free.then(|| Ident::new_raw(word, span))
}

/// Whether a byte is what `proc_macro2` takes for punctuation.
fn is_punct(byte: u8) -> bool {
    const PUNCT: [bool; 256] = {
        let (mut table, mut at) = ([false; 256], 0);
        let all = b"~!@#$%^&*-=+|;:,<.>/?'";
        while at < all.len() {
            table[all[at] as usize] = true;
            at += 1;
        }
        table
    };
    PUNCT[byte as usize]
}
