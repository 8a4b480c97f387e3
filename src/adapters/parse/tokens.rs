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

/// Items are parsed together until they have so many bytes: what `syn` makes of them then fits into
/// the fast memory of a processor.
const PIECE: u32 = 2_048;

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
    /// Items that are complete.
    pieces: Vec<TokenStream>,
    /// Where those end.
    cut: u32,
    /// Whether an item may have ended with the last token.
    ended: bool,
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
        let trees = Vec::with_capacity(256);
        Self { text, ruler, trees, pieces: Vec::new(), cut: 0, ended: false, open: Vec::new(), attributes: 0 }
    }

    /// All tokens, some whole items at a time; at least one piece. None where `proc_macro2` must read
    /// the text: there is something rare in it.
    pub fn finish(mut self) -> Option<Vec<TokenStream>> {
        let ruler = self.ruler.take()?;
        RULER.set(Some(ruler));
        if !self.open.is_empty() {
            return None;
        }
        if !self.trees.is_empty() || self.pieces.is_empty() {
            self.pieces.push(TokenStream::from_iter(self.trees.drain(..)));
        }
        Some(std::mem::take(&mut self.pieces))
    }

    /// Takes the next token.
    pub fn push(&mut self, token: Token) {
        if self.add(token).is_none() {
            self.give_up();
        }
    }

    fn give_up(&mut self) {
        self.trees.clear();
        self.pieces.clear();
        if let Some(ruler) = self.ruler.take() {
            RULER.set(Some(ruler));
        }
    }

    fn add(&mut self, token: Token) -> Option<()> {
        let text = &self.text[token.start as usize..token.end as usize];
        if self.ended && !matches!(token.kind, Kind::Comment(..)) {
            self.ended = false;
            // A brace ends an item only if another starts; elsewhere it is part of an expression.
            if self.after_semicolon() || starts_an_item(text) {
                self.pieces.push(TokenStream::from_iter(self.trees.drain(..)));
                self.cut = token.start;
            }
        }
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
            Kind::Close(bracket) => {
                let open = self.open.pop()?;
                self.ended = bracket == b'}' && self.may_cut(token);
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
                self.ended = byte == b';' && self.may_cut(token);
            }
            Kind::Punct(_) | Kind::Broken(_) => return None,
        }
        Some(())
    }

    fn span(&self, start: u32, end: u32) -> Option<Span> {
        self.ruler.as_ref()?.literal.subspan(start as usize..end as usize)
    }

    /// Whether there is enough for a piece, and this token is part of no bracket.
    fn may_cut(&self, token: Token) -> bool {
        self.open.is_empty() && token.end - self.cut >= PIECE
    }

    fn after_semicolon(&self) -> bool {
        matches!(self.trees.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == ';')
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
        let plain =
            |inner: &str| !inner.bytes().any(|byte| matches!(byte, b'\\' | b'"' | b'\'' | ..b' ' | 0x7F..));
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

/// Whether a token starts an item and can follow no expression.
fn starts_an_item(text: &str) -> bool {
    matches!(
        text,
        "#" | "pub" | "fn" | "struct" | "enum" | "impl" | "mod" | "use" | "trait" | "static" | "type"
    )
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::parse::lex::lex_each;

    fn read(text: &str) -> Option<Vec<TokenStream>> {
        let mut tokens = Tokens::new(text);
        lex_each(text, &mut |token| tokens.push(token));
        tokens.finish()
    }

    /// Each token with its place and, of punctuation, whether the next is joined to it.
    fn flat(tokens: TokenStream, starts: &dyn Fn(Span) -> (usize, usize), into: &mut Vec<String>) {
        for tree in tokens {
            let place = starts(tree.span());
            match tree {
                TokenTree::Group(group) => {
                    into.push(format!("{:?} {place:?}", group.delimiter()));
                    flat(group.stream(), starts, into);
                }
                TokenTree::Punct(punct) => {
                    into.push(format!("{} {:?} {place:?}", punct.as_char(), punct.spacing()));
                }
                other => into.push(format!("{other} {place:?}")),
            }
        }
    }

    fn ours(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        for piece in read(text).expect("nothing rare is in it") {
            flat(piece, &|span| (span.start().column, span.end().column), &mut all);
        }
        all
    }

    /// Texts are one line each, so that columns are bytes.
    fn theirs(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        let tokens = text.parse::<TokenStream>().expect("it is Rust");
        flat(tokens, &|span| (span.start().column, span.end().column), &mut all);
        all
    }

    #[test]
    fn tokens_are_those_of_proc_macro2() {
        for text in [
            "pub fn f<'a, T: 'static>(x: &'a mut T) -> Vec<Vec<u8>> { x.0.1 += 1; !x && y || a..=b }",
            "#![feature(x)] #[cfg(all(unix, feature = \"a-b\", not(test)))] r#type!{ $a:expr => { #x } }",
            "x != y; a /* c */ - /* d */ > b; a-/**/>b; a->b; &'b x; |'a'| 'b' => 1u8, 0x1F, 1.5e-3, 10, 07, 1_0, _",
            "#[path = \"a\\n.rs\"] mod x; #[doc = r#\"y\"#] macro_rules! m { ($($x:ident),*) => { $crate::a } }",
            "'outer: loop { break 'outer } -1 - -2 a::b::<c>::d @ e ? ~ ^",
        ] {
            assert_eq!(ours(text), theirs(text));
        }
    }

    #[test]
    fn strings_outside_attributes_and_documentation_are_left_out() {
        let text = "/// doc\nf(\"a{b}\", r#\"c\"#, b\"d\") //! e\n";
        let all: Vec<String> = read(text).expect("nothing rare").iter().map(ToString::to_string).collect();
        assert_eq!(all, ["f (\"\" , \"\" , b\"\")"]);
    }

    #[test]
    fn what_is_rare_is_left_to_proc_macro2() {
        for text in ["größe", "'r#a", "r#self", "a ` b", "a \\ b", "\"never", "(a", "a)"] {
            assert!(read(text).is_none(), "{text}");
        }
        assert!(read("x").is_some());
    }

    #[test]
    fn long_texts_come_in_whole_items() {
        let long = "a();".repeat(PIECE as usize / 4);
        let text = format!(
            "use x; fn f() {{ {long} }} pub fn g() {{ {long} }} const X: u8 = {{ {long} }} + 1; {long}"
        );
        let starts: Vec<String> = read(&text)
            .expect("nothing rare")
            .iter()
            .map(|piece| piece.to_string().chars().take(8).collect())
            .collect();
        assert_eq!(starts, ["use x ; ", "pub fn g", "a () ; a"]);
    }

    #[test]
    fn places_hold_when_texts_grow_and_literals_are_many() {
        for length in [10, SHORTEST + 10, 20, 3 * SHORTEST] {
            let text = format!("{}x", " ".repeat(length));
            assert_eq!(ours(&text), [format!("x ({length}, {})", length + 1)]);
        }
        let text = "1u8 ".repeat(MOST_READ as usize + 1);
        for _ in 0..3 {
            assert_eq!(ours(&text).last(), Some(&format!("1u8 ({}, {})", text.len() - 4, text.len() - 1)));
        }
    }
}
