//! Our tokens as those of `syn`: the text is read once, and nothing is made that no one asks for.
//!
//! Documentation is left out, and strings outside attributes are empty: what they say is read off
//! the text where it is wanted. A span counts bytes of the whole text: see [`Ruler`].

use std::cell::RefCell;
use std::str::FromStr;

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

use crate::adapters::parse::lex::{Kind, Token};

/// Literals that `proc_macro2` reads leave a text behind, each; after so many all are forgotten.
const MOST_READ: u32 = 1_000;

/// The shortest ruler, in bytes.
const SHORTEST: usize = 1 << 16;

thread_local! {
    static RULER: RefCell<Option<Ruler>> = const { RefCell::new(None) };
}

/// A literal as long as the longest text so far. A part of its span tells its place in it at once,
/// while `proc_macro2` would keep a copy of each text, and look for the line of each span.
struct Ruler {
    literal: Literal,
    length: usize,
    /// Number of literals read since.
    read: u32,
}

/// Forgets all places of this thread: no token may be left.
pub fn forget_places() {
    RULER.take();
    proc_macro2::extra::invalidate_current_thread_spans();
}

/// The ruler of this thread, long enough for a text.
fn ruler(length: usize) -> Option<Ruler> {
    match RULER.take() {
        Some(ruler) if ruler.length >= length && ruler.read < MOST_READ => return Some(ruler),
        Some(_) => forget_places(),
        None => {}
    }
    let length = length.next_power_of_two().max(SHORTEST);
    let literal = Literal::from_str(&format!("\"{}\"", " ".repeat(length))).ok()?;
    Some(Ruler { literal, length, read: 0 })
}

/// What was read of a text.
pub struct Tokens<'t> {
    text: &'t str,
    /// None where the text is to be read otherwise.
    ruler: Option<Ruler>,
    trees: Vec<TokenTree>,
    open: Vec<Open>,
    /// Attributes that are open.
    attributes: u32,
}

/// A bracket that is open.
struct Open {
    /// Where it stands.
    at: u32,
    delimiter: Delimiter,
    /// The first token within.
    first: usize,
    /// Whether it is that of an attribute.
    attribute: bool,
}

impl<'t> Tokens<'t> {
    /// Nothing of `text` yet.
    pub fn new(text: &'t str) -> Self {
        let ruler = ruler(text.len());
        Self { text, ruler, trees: Vec::with_capacity(64), open: Vec::new(), attributes: 0 }
    }

    /// All tokens. None where `proc_macro2` must read the text: there is something rare in it.
    pub fn finish(mut self) -> Option<TokenStream> {
        let ruler = self.ruler.take()?;
        RULER.set(Some(ruler));
        self.open.is_empty().then(|| TokenStream::from_iter(self.trees.drain(..)))
    }

    /// Takes the next token.
    pub fn push(&mut self, token: Token) {
        if self.add(token).is_none() {
            self.give_up();
        }
    }

    fn give_up(&mut self) {
        self.trees.clear();
        if let Some(ruler) = self.ruler.take() {
            RULER.set(Some(ruler));
        }
    }

    fn add(&mut self, token: Token) -> Option<()> {
        let text = &self.text[token.start as usize..token.end as usize];
        let span = self.span(token.start, token.end)?;
        match token.kind {
            Kind::Comment(..) => {}
            Kind::Word => self.trees.push(TokenTree::Ident(ident(text, span)?)),
            Kind::RawWord => self.trees.push(TokenTree::Ident(raw_ident(text, span)?)),
            Kind::Lifetime => {
                let mut quote = Punct::new('\'', Spacing::Joint);
                quote.set_span(self.span(token.start, token.start + 1)?);
                self.trees.push(TokenTree::Punct(quote));
                self.trees.push(TokenTree::Ident(ident(&text[1..], self.span(token.start + 1, token.end)?)?));
            }
            Kind::Literal => {
                let mut literal = self.literal(text)?;
                literal.set_span(span);
                self.trees.push(TokenTree::Literal(literal));
            }
            Kind::Open(bracket) => {
                let (delimiter, attribute) = match bracket {
                    b'(' => (Delimiter::Parenthesis, false),
                    b'[' => (Delimiter::Bracket, self.after_pound()),
                    _ => (Delimiter::Brace, false),
                };
                self.attributes += u32::from(attribute);
                self.open.push(Open { at: token.start, delimiter, first: self.trees.len(), attribute });
            }
            Kind::Close(_) => {
                let open = self.open.pop()?;
                self.attributes -= u32::from(open.attribute);
                let inner = TokenStream::from_iter(self.trees.drain(open.first..));
                let mut group = Group::new(open.delimiter, inner);
                group.set_span(self.span(open.at, token.end)?);
                self.trees.push(TokenTree::Group(group));
            }
            Kind::Punct(byte) if is_punct(byte) => {
                let rest = &self.text.as_bytes()[token.end as usize..];
                let joint = match rest {
                    [b'/', b'/' | b'*', ..] => false,
                    [next, ..] => is_punct(*next),
                    [] => false,
                };
                let spacing = if joint { Spacing::Joint } else { Spacing::Alone };
                let mut punct = Punct::new(char::from(byte), spacing);
                punct.set_span(span);
                self.trees.push(TokenTree::Punct(punct));
            }
            Kind::Punct(_) | Kind::Broken(_) => return None,
        }
        Some(())
    }

    fn span(&self, start: u32, end: u32) -> Option<Span> {
        self.ruler.as_ref()?.literal.subspan(start as usize..end as usize)
    }

    /// Whether `#` or `#!` stands before.
    fn after_pound(&self) -> bool {
        let punct = |back: usize, c: char| {
            let at = self.trees.len().checked_sub(back);
            matches!(at.map(|at| &self.trees[at]), Some(TokenTree::Punct(punct)) if punct.as_char() == c)
        };
        punct(1, '#') || (punct(1, '!') && punct(2, '#'))
    }

    /// A literal; only numbers, and what stands in attributes, say what they say in the text.
    fn literal(&mut self, text: &str) -> Option<Literal> {
        let bytes = text.as_bytes();
        let plain = |inner: &str| !inner.bytes().any(|byte| matches!(byte, b'\\' | b'"' | b'\'' | ..b' ' | 0x7F..));
        match bytes {
            [b'"', .., b'"'] if self.attributes == 0 => return Some(Literal::string("")),
            [b'"', inner @ .., b'"'] if inner.is_ascii() => {
                let inner = &text[1..text.len() - 1];
                if plain(inner) {
                    return Some(Literal::string(inner));
                }
            }
            [b'r', .., b'"' | b'#'] if self.attributes == 0 => return Some(Literal::string("")),
            [b'b', b'"', .., b'"'] if self.attributes == 0 => return Some(Literal::byte_string(b"")),
            [b'\'', inner, b'\''] if inner.is_ascii_alphanumeric() => {
                return Some(Literal::character(char::from(*inner)));
            }
            [b'\'', .., b'\''] if self.attributes == 0 => return Some(Literal::character(' ')),
            [b'0'] | [b'1'..=b'9', ..] if bytes.len() < 9 && bytes.iter().all(u8::is_ascii_digit) => {
                return Some(Literal::u32_unsuffixed(text.parse().ok()?));
            }
            _ => {}
        }
        self.ruler.as_mut()?.read += 1;
        Literal::from_str(text).ok()
    }
}

impl Drop for Tokens<'_> {
    fn drop(&mut self) {
        self.give_up();
    }
}

fn ident(text: &str, span: Span) -> Option<Ident> {
    let plain = text.is_ascii() && !text.starts_with("r#");
    plain.then(|| Ident::new(text, span))
}

fn raw_ident(text: &str, span: Span) -> Option<Ident> {
    let word = text.strip_prefix("r#")?;
    let free = word.is_ascii() && !matches!(word, "_" | "super" | "self" | "Self" | "crate");
    free.then(|| Ident::new_raw(word, span))
}

/// Whether a byte is what `proc_macro2` takes for punctuation.
fn is_punct(byte: u8) -> bool {
    b"~!@#$%^&*-=+|;:,<.>/?'".contains(&byte)
}
