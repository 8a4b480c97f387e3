//! The tokens of a text in a row, and parts of it as the trees that `syn` reads.
//!
//! Trees are made of what is asked for: bodies of functions are left out of their items, and read off
//! the row (see `read`). Documentation is left out too, and strings outside attributes are empty: what
//! they say is read off the text where it is wanted. A span counts bytes of the whole text: see [`Ruler`].

use std::cell::{Cell, RefCell};
use std::str::FromStr;

use proc_macro2::extra::DelimSpan;
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
    read: Cell<u32>,
}

/// Forgets all places of this thread: no token may be left.
pub fn forget_places() {
    RULER.take();
    proc_macro2::extra::invalidate_current_thread_spans();
}

/// The ruler of this thread, long enough for a text.
fn ruler(length: usize) -> Option<Ruler> {
    match RULER.take() {
        Some(ruler) if ruler.length >= length && ruler.read.get() < MOST_READ => return Some(ruler),
        Some(_) => forget_places(),
        None => {}
    }
    let length = length.next_power_of_two().max(SHORTEST);
    let literal = Literal::from_str(&format!("\"{}\"", " ".repeat(length))).ok()?;
    Some(Ruler { literal, length, read: Cell::new(0) })
}

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

/// Whether bodies of functions are made into trees with their items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bodies {
    /// They are left out: their braces are empty.
    Left,
    /// They are made.
    Made,
}

/// Where a literal stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Attribute,
    Elsewhere,
}

/// How far a signature is read, on one level of brackets.
#[derive(Clone, Copy)]
enum Signature {
    /// There is none.
    None,
    /// After `fn`.
    Begun,
    /// After its name, within so many `<`.
    Named(u32),
}

/// The tokens of a text, less its comments.
pub struct Tape<'t> {
    text: &'t str,
    entries: Vec<Entry>,
    /// None where the text is to be read otherwise.
    ruler: Option<Ruler>,
    open: Vec<u32>,
    nowhere: DelimSpan,
}

impl<'t> Tape<'t> {
    /// Nothing of `text` yet.
    pub fn new(text: &'t str) -> Self {
        let entries = Vec::with_capacity(text.len() / 4);
        let nowhere = Group::new(Delimiter::None, TokenStream::new()).delim_span();
        Self { text, entries, ruler: ruler(text.len()), open: Vec::new(), nowhere }
    }

    /// Takes the next token.
    pub fn push(&mut self, token: Token) {
        if self.ruler.is_some() && self.add(token).is_none() {
            self.give_up();
        }
    }

    /// The whole row. None where `proc_macro2` must read the text: there is something rare in it.
    pub fn finish(self) -> Option<Self> {
        (self.ruler.is_some() && self.open.is_empty()).then_some(self)
    }

    fn give_up(&mut self) {
        if let Some(ruler) = self.ruler.take() {
            RULER.set(Some(ruler));
        }
    }

    fn add(&mut self, token: Token) -> Option<()> {
        let text = self.text.as_bytes().get(token.start as usize..token.end as usize)?;
        let here = self.entries.len() as u32;
        let mut mate = here;
        let form = match token.kind {
            Kind::Comment(..) => return Some(()),
            Kind::Word if text.is_ascii() => match is_keyword(text) {
                true => form::KEYWORD,
                false => form::WORD,
            },
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
            Kind::Word | Kind::Lifetime | Kind::Punct(_) | Kind::Broken(_) => return None,
        };
        self.entries.push(Entry { start: token.start, end: token.end, mate, form });
        Some(())
    }

    /// The place of brackets that nobody asks for.
    pub fn nowhere(&self) -> DelimSpan {
        self.nowhere
    }

    /// A token.
    pub fn entry(&self, at: usize) -> Entry {
        self.entries[at]
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
        self.ruler.as_ref()?.literal.subspan(start as usize..end as usize)
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

    /// All items as trees, some whole items at a time; at least one piece.
    pub fn pieces(&self, bodies: Bodies) -> Option<Vec<TokenStream>> {
        let mut pieces = Vec::new();
        let (mut first, mut at) = (0, 0);
        while let Some(entry) = self.entries.get(at) {
            let last = if matches!(entry.form, b'(' | b'[' | b'{') { entry.mate as usize } else { at };
            at = last + 1;
            let long = self.entries[last].end - self.entries[first].start >= PIECE;
            // A brace ends an item only if another starts; elsewhere it is part of an expression.
            let ends = match entry.form {
                b';' => at < self.entries.len(),
                b'{' => at < self.entries.len() && self.starts_an_item(at),
                _ => false,
            };
            if ends && long {
                pieces.push(self.stream(first, at, bodies)?);
                first = at;
            }
        }
        pieces.push(self.stream(first, at, bodies)?);
        Some(pieces)
    }

    /// Whether a token starts an item and can follow no expression.
    fn starts_an_item(&self, at: usize) -> bool {
        self.entries[at].form == b'#'
            || matches!(
                self.word(at),
                "pub" | "fn" | "struct" | "enum" | "impl" | "mod" | "use" | "trait" | "static" | "type"
            )
    }

    /// A part of the row as trees.
    pub fn stream(&self, from: usize, to: usize, bodies: Bodies) -> Option<TokenStream> {
        let mut trees = Vec::with_capacity((to - from).min(256));
        self.trees((from, to), bodies, Standing::Elsewhere, &mut trees)?;
        Some(TokenStream::from_iter(trees))
    }

    fn trees(
        &self,
        (from, to): (usize, usize),
        bodies: Bodies,
        standing: Standing,
        trees: &mut Vec<TokenTree>,
    ) -> Option<()> {
        let mut signature = Signature::None;
        let mut declares_macro = false;
        let mut at = from;
        while at < to {
            let entry = self.entries[at];
            let span = self.span(entry.start, entry.end)?;
            match entry.form {
                form::WORD | form::KEYWORD | form::RAW => trees.push(TokenTree::Ident(self.ident(at)?)),
                form::LIFETIME => {
                    let mut quote = Punct::new('\'', Spacing::Joint);
                    quote.set_span(self.span(entry.start, entry.start + 1)?);
                    trees.push(TokenTree::Punct(quote));
                    let name = Ident::new(&self.word(at)[1..], self.span(entry.start + 1, entry.end)?);
                    trees.push(TokenTree::Ident(name));
                }
                form::LITERAL => {
                    let mut literal = self.literal(self.word(at), standing)?;
                    literal.set_span(span);
                    trees.push(TokenTree::Literal(literal));
                }
                b'(' | b'[' | b'{' => {
                    let close = entry.mate as usize;
                    let leaves = bodies == Bodies::Left && !declares_macro;
                    let left = leaves && self.is_body(at, signature);
                    let first = trees.len();
                    if !left {
                        let attribute = self.is_of_attribute(from, at);
                        let standing = if attribute { Standing::Attribute } else { standing };
                        let leaves = leaves && !attribute && !self.is_of_macro(from, at);
                        let bodies = if leaves { Bodies::Left } else { Bodies::Made };
                        self.trees((at + 1, close), bodies, standing, trees)?;
                    }
                    let inner = TokenStream::from_iter(trees.drain(first..));
                    let delimiter = match entry.form {
                        b'(' => Delimiter::Parenthesis,
                        b'[' => Delimiter::Bracket,
                        _ => Delimiter::Brace,
                    };
                    let mut group = Group::new(delimiter, inner);
                    group.set_span(self.span(entry.start, self.entries[close].end)?);
                    trees.push(TokenTree::Group(group));
                    declares_macro &= entry.form != b'{';
                    at = close;
                }
                byte => {
                    let mut punct = Punct::new(char::from(byte), self.spacing(entry.end));
                    punct.set_span(span);
                    trees.push(TokenTree::Punct(punct));
                }
            }
            declares_macro |= entry.form == form::KEYWORD && self.word(at) == "macro";
            signature = self.follow(signature, at);
            at += 1;
        }
        Some(())
    }

    /// Whether punctuation that ends here is joined to the next.
    fn spacing(&self, end: u32) -> Spacing {
        match &self.text.as_bytes()[end as usize..] {
            [b'/', b'/' | b'*', ..] => Spacing::Alone,
            [next, ..] if is_punct(*next) => Spacing::Joint,
            _ => Spacing::Alone,
        }
    }

    /// What a token makes of a signature; of brackets their end counts.
    fn follow(&self, signature: Signature, at: usize) -> Signature {
        let entry = self.entries[at];
        match (signature, entry.form) {
            (_, form::KEYWORD) if self.word(at) == "fn" => Signature::Begun,
            (Signature::Begun, form::WORD | form::RAW) => Signature::Named(0),
            (Signature::Begun, _) | (Signature::Named(0), b'}') | (_, b';') => Signature::None,
            (Signature::Named(within), b'<') => Signature::Named(within + 1),
            (Signature::Named(within), b'>') if !self.is_arrow(at) => {
                Signature::Named(within.saturating_sub(1))
            }
            (signature, _) => signature,
        }
    }

    /// Whether a `>` ends `->`.
    fn is_arrow(&self, at: usize) -> bool {
        at > 0 && self.entries[at - 1].form == b'-' && self.is_joined(at - 1)
    }

    /// Whether a bracket opens the body of a function, without attributes for the function in it.
    fn is_body(&self, at: usize, signature: Signature) -> bool {
        let next = |ahead: usize| self.entries.get(at + ahead).map(|entry| entry.form);
        self.entries[at].form == b'{'
            && matches!(signature, Signature::Named(0))
            && !(next(1) == Some(b'#') && next(2) == Some(b'!'))
    }

    /// Whether a bracket holds what a macro is given, or made of.
    fn is_of_macro(&self, from: usize, at: usize) -> bool {
        let before =
            |back: usize| at.checked_sub(back).filter(|at| *at >= from).map(|at| self.entries[at].form);
        match before(1) {
            Some(b'!') => before(2) != Some(b'#'),
            Some(form::WORD | form::RAW) => before(2) == Some(b'!'),
            _ => false,
        }
    }

    /// Whether a bracket is that of an attribute.
    fn is_of_attribute(&self, from: usize, at: usize) -> bool {
        let before =
            |back: usize| at.checked_sub(back).filter(|at| *at >= from).map(|at| self.entries[at].form);
        let marked = before(1) == Some(b'#') || (before(1) == Some(b'!') && before(2) == Some(b'#'));
        self.entries[at].form == b'[' && marked
    }

    /// Whether the braces that a token opens were left out of the trees of their item.
    pub fn is_left(&self, at: usize) -> bool {
        let next = |ahead: usize| self.entries.get(at + ahead).map(|entry| entry.form);
        let empty = self.entries[at].mate as usize == at + 1;
        self.entries[at].form == b'{' && !empty && !(next(1) == Some(b'#') && next(2) == Some(b'!'))
    }

    /// A literal; only numbers, and what stands in attributes, say what they say in the text.
    fn literal(&self, text: &str, place: Standing) -> Option<Literal> {
        let bytes = text.as_bytes();
        let plain =
            |inner: &str| !inner.bytes().any(|byte| matches!(byte, b'\\' | b'"' | b'\'' | ..b' ' | 0x7F..));
        match bytes {
            [b'"', .., b'"'] if place == Standing::Elsewhere => return Some(Literal::string("")),
            [b'"', inner @ .., b'"'] if inner.is_ascii() => {
                let inner = &text[1..text.len() - 1];
                if plain(inner) {
                    return Some(Literal::string(inner));
                }
            }
            [b'r', .., b'"' | b'#'] if place == Standing::Elsewhere => return Some(Literal::string("")),
            [b'b', b'"', .., b'"'] if place == Standing::Elsewhere => return Some(Literal::byte_string(b"")),
            [b'\'', inner, b'\''] if inner.is_ascii_alphanumeric() => {
                return Some(Literal::character(char::from(*inner)));
            }
            [b'\'', .., b'\''] if place == Standing::Elsewhere => return Some(Literal::character(' ')),
            [b'0'] | [b'1'..=b'9', ..] if bytes.len() < 9 && bytes.iter().all(u8::is_ascii_digit) => {
                return Some(Literal::u32_unsuffixed(text.parse().ok()?));
            }
            _ => {}
        }
        let ruler = self.ruler.as_ref()?;
        ruler.read.set(ruler.read.get() + 1);
        Literal::from_str(text).ok()
    }
}

impl Drop for Tape<'_> {
    fn drop(&mut self) {
        self.give_up();
    }
}

fn raw_ident(text: &str, span: Span) -> Option<Ident> {
    let word = text.strip_prefix("r#")?;
    let free = word.is_ascii() && !matches!(word, "_" | "super" | "self" | "Self" | "crate");
    free.then(|| Ident::new_raw(word, span))
}

/// Whether a word is a keyword for `syn`, or `_`.
fn is_keyword(word: &[u8]) -> bool {
    match word.len() {
        1 => word == b"_",
        2 => matches!(word, b"as" | b"do" | b"fn" | b"if" | b"in"),
        3 => matches!(
            word,
            b"box" | b"dyn" | b"for" | b"let" | b"mod" | b"mut" | b"pub" | b"ref" | b"try" | b"use"
        ),
        4 => matches!(
            word,
            b"Self" | b"else" | b"enum" | b"impl" | b"loop" | b"move" | b"priv" | b"self" | b"true" | b"type"
        ),
        5 => matches!(
            word,
            b"async"
                | b"await"
                | b"break"
                | b"const"
                | b"crate"
                | b"false"
                | b"final"
                | b"macro"
                | b"match"
                | b"super"
                | b"trait"
                | b"where"
                | b"while"
                | b"yield"
        ),
        6 => {
            matches!(word, b"become" | b"extern" | b"return" | b"static" | b"struct" | b"typeof" | b"unsafe")
        }
        7 => matches!(word, b"unsized" | b"virtual"),
        8 => matches!(word, b"abstract" | b"continue" | b"override"),
        _ => false,
    }
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
        let mut tape = Tape::new(text);
        lex_each(text, &mut |token| tape.push(token));
        tape.finish()?.pieces(Bodies::Made)
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
