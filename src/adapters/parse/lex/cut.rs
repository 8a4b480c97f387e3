//! A file cut into items without parsing it, so that one bad item loses no other.

use crate::adapters::parse::lex::nesting::Nesting;
use crate::adapters::parse::lex::scan::{Kind, Scanner, Token, content_start, line_end};
use crate::adapters::parse::lex::{CommentKind, Doc};
use crate::domain::source::span::Span;

/// One top-level item, with its attributes and doc comments; or an inner attribute, or what cannot
/// be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes.
    pub span: Span,
    /// As [`depth_score`](crate::adapters::parse::lex::Lexed::depth_score), of this piece.
    pub score: u32,
    /// Whether all of it reads as tokens with matching brackets.
    pub balanced: bool,
}

/// Cuts a file into its top-level items.
///
/// Where brackets match, items end at `;` or `}` as in the language. Where they do not, the item at
/// fault ends before the next line that starts in column 0 as an item does.
pub fn cut(text: &str) -> Vec<Piece> {
    cut_within(text, Span::new(content_start(text) as u32, text.len() as u32))
}

/// As [`cut`], of the items within `span`, such as the inside of a module's braces.
pub fn cut_within(text: &str, span: Span) -> Vec<Piece> {
    let region = &text[..span.end as usize];
    let mut pieces = Vec::new();
    let mut at = span.start as usize;
    // Bad items may be scanned to the end of the file before they show to be bad; after this many
    // bytes of scanning, cut by lines alone.
    let mut budget = 8 * (span.end - span.start) as usize + (1 << 16);
    while let Some(first) = first_token(region, at) {
        let item = Item::read(region, first.start as usize, budget);
        let end = match item.outcome {
            Outcome::Whole(end) => end,
            Outcome::Bad => {
                let line = line_end(region.as_bytes(), item.head as usize);
                next_start(region, line, span.start as usize).unwrap_or(region.trim_ascii_end().len())
            }
        };
        let end = end.max(first.end as usize);
        budget = budget.saturating_sub(item.scanned.saturating_sub(first.start as usize));
        pieces.push(Piece {
            span: Span::new(first.start, trimmed(region, first.start as usize, end) as u32),
            score: item.nesting.score(),
            balanced: matches!(item.outcome, Outcome::Whole(_)),
        });
        at = end;
    }
    pieces
}

/// The first token at or after `at` that is no plain comment.
fn first_token(text: &str, at: usize) -> Option<Token> {
    let mut scanner = Scanner::new(text, at);
    loop {
        let token = scanner.next_token()?;
        if !matches!(token.kind, Kind::Comment(_, Doc::None)) {
            return Some(token);
        }
    }
}

fn trimmed(text: &str, start: usize, end: usize) -> usize {
    start + text[start..end].trim_ascii_end().len()
}

#[derive(Clone, Copy, Debug)]
enum Outcome {
    /// The item ends at this byte.
    Whole(usize),
    /// It has no end, or brackets do not match.
    Bad,
}

/// What ends the item being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    /// Not known yet: attributes, doc comments, visibility, modifiers.
    Unknown,
    /// Only `;`: `use`, `const X`, `static`, `type`.
    Semicolon,
    /// `;`, or a closing brace.
    Brace,
}

struct Item {
    outcome: Outcome,
    /// Where its first token that is no attribute or comment is.
    head: u32,
    /// How far the scan went.
    scanned: usize,
    nesting: Nesting,
}

impl Item {
    fn read(text: &str, start: usize, budget: usize) -> Self {
        let bytes = text.as_bytes();
        let mut reader = Reader {
            bytes,
            scanner: Scanner::new(text, start),
            nesting: Nesting::default(),
            ends: Ends::Unknown,
            head: None,
            attribute: Attribute::None,
            constant: false,
            last: start,
        };
        let outcome = reader.run(start, budget);
        Self {
            outcome,
            head: reader.head.unwrap_or(start as u32),
            scanned: reader.last,
            nesting: reader.nesting,
        }
    }
}

/// Whether the tokens being read are an attribute before the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    None,
    Hash,
    Bang,
    Outer,
    Inner,
}

struct Reader<'a> {
    bytes: &'a [u8],
    scanner: Scanner<'a>,
    nesting: Nesting,
    ends: Ends,
    head: Option<u32>,
    attribute: Attribute,
    /// Whether the last word was `const`, of which `const fn` is an item that ends with a brace.
    constant: bool,
    /// End of the last token.
    last: usize,
}

impl Reader<'_> {
    fn run(&mut self, start: usize, budget: usize) -> Outcome {
        while let Some(token) = self.scanner.next_token() {
            let previous = std::mem::replace(&mut self.last, token.end as usize);
            if token.end as usize - start > budget {
                return Outcome::Bad;
            }
            if let Some(outcome) = self.token(token, previous, start) {
                return outcome;
            }
        }
        let closed = self.nesting.depth() == 0;
        // What is left at the end: doc comments, a macro call without `;`, half an item.
        if closed { Outcome::Whole(self.last) } else { Outcome::Bad }
    }

    fn token(&mut self, token: Token, previous: usize, start: usize) -> Option<Outcome> {
        let outermost = self.nesting.depth() == 0;
        match token.kind {
            Kind::Comment(kind, doc) => {
                // `//!` lines stand by themselves.
                let alone = outermost && doc == Doc::Inner && token.start as usize == start;
                return alone.then(|| Outcome::Whole(self.inner_docs(kind, token)));
            }
            Kind::Broken(_) => return Some(Outcome::Bad),
            Kind::Word(word) => {
                let text = token.text(self.bytes);
                if self.starts_item(token) && outermost && self.ends != Ends::Unknown {
                    // The item before lost its end.
                    return Some(Outcome::Whole(previous));
                }
                if outermost {
                    self.head_word(text, token);
                }
                self.nesting.word(word);
            }
            Kind::RawWord | Kind::Literal | Kind::Lifetime => {
                if outermost && self.ends == Ends::Unknown && token.kind != Kind::Literal {
                    self.ends = if self.constant { Ends::Semicolon } else { Ends::Brace };
                }
                self.nesting.leaf(token.kind);
            }
            Kind::Open(bracket) => {
                if outermost {
                    self.open(bracket);
                }
                self.nesting.open(bracket, token.start);
            }
            Kind::Close(bracket) => {
                if self.nesting.close(bracket).is_err() {
                    return Some(Outcome::Bad);
                }
                if self.nesting.depth() == 0 {
                    return self.closed(bracket, token);
                }
            }
            Kind::Punct(byte) => {
                self.nesting.punct(byte, token.start);
                if outermost {
                    return self.punct(byte, token);
                }
            }
        }
        None
    }

    /// Where a block of `//!` lines ends.
    fn inner_docs(&mut self, kind: CommentKind, first: Token) -> usize {
        let mut end = first.end as usize;
        while let Some(token) = self.scanner.next_token() {
            if kind != CommentKind::Line || token.kind != Kind::Comment(kind, Doc::Inner) {
                break;
            }
            end = token.end as usize;
        }
        self.last = end;
        end
    }

    fn head_word(&mut self, text: &[u8], token: Token) {
        self.head.get_or_insert(token.start);
        if self.ends != Ends::Unknown {
            return;
        }
        match text {
            b"pub" | b"crate" | b"unsafe" | b"async" | b"extern" | b"default" | b"safe" | b"auto" => {}
            b"const" => self.constant = true,
            b"use" | b"static" | b"type" | b"let" => self.ends = Ends::Semicolon,
            b"fn" | b"impl" | b"trait" | b"mod" | b"struct" | b"enum" => self.ends = Ends::Brace,
            _ => self.ends = if self.constant { Ends::Semicolon } else { Ends::Brace },
        }
    }

    fn open(&mut self, bracket: u8) {
        self.attribute = match (self.attribute, bracket) {
            (Attribute::Hash, b'[') => Attribute::Outer,
            (Attribute::Bang, b'[') => Attribute::Inner,
            _ => Attribute::None,
        };
    }

    /// After a bracket that closes the outermost level.
    fn closed(&mut self, bracket: u8, token: Token) -> Option<Outcome> {
        match std::mem::replace(&mut self.attribute, Attribute::None) {
            Attribute::Outer => return None,
            Attribute::Inner => return Some(Outcome::Whole(token.end as usize)),
            _ => {}
        }
        if bracket != b'}' || self.ends == Ends::Semicolon {
            return None;
        }
        let mut ahead = self.scanner.clone();
        let next = loop {
            match ahead.next_token() {
                Some(token) if matches!(token.kind, Kind::Comment(..)) => {}
                other => break other,
            }
        };
        match next {
            // `struct A {};`
            Some(Token { kind: Kind::Punct(b';'), end, .. }) => Some(Outcome::Whole(end as usize)),
            // `{N}>` and the like: a constant argument, not a body.
            Some(Token { kind: Kind::Punct(b'>' | b',' | b'=' | b':' | b'+'), .. }) => None,
            _ => Some(Outcome::Whole(token.end as usize)),
        }
    }

    fn punct(&mut self, byte: u8, token: Token) -> Option<Outcome> {
        match (byte, self.attribute) {
            (b';', _) => return Some(Outcome::Whole(token.end as usize)),
            (b'#', _) if self.ends == Ends::Unknown => self.attribute = Attribute::Hash,
            (b'!', Attribute::Hash) => self.attribute = Attribute::Bang,
            _ => self.attribute = Attribute::None,
        }
        None
    }

    /// Whether a word in column 0 starts an item: another one, if one is being read.
    fn starts_item(&self, token: Token) -> bool {
        let start = token.start as usize;
        (start == 0 || self.bytes[start - 1] == b'\n') && item_word(token.text(self.bytes))
    }
}

fn item_word(text: &[u8]) -> bool {
    matches!(
        text,
        b"pub"
            | b"fn"
            | b"struct"
            | b"enum"
            | b"union"
            | b"impl"
            | b"trait"
            | b"mod"
            | b"use"
            | b"extern"
            | b"type"
            | b"static"
            | b"const"
            | b"unsafe"
            | b"async"
            | b"macro_rules"
    )
}

/// The start of the next line that looks like the start of an item, at or after the line break at
/// `at`; where the region is not a whole file, lines are as deep as its first.
fn next_start(text: &str, at: usize, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let indent = indent_of(bytes, from);
    let mut line = at;
    while line < bytes.len() {
        let start = line + 1;
        line = line_end(bytes, start);
        let content = &bytes[start.min(line)..line];
        let Some(rest) = content.get(indent..) else { continue };
        let indented = content[..indent].iter().all(u8::is_ascii_whitespace);
        if indented && looks_like_start(rest) {
            return Some(start + indent);
        }
    }
    None
}

/// Columns before the first content of the region.
fn indent_of(bytes: &[u8], from: usize) -> usize {
    let mut line = from;
    let mut at = from;
    while at < bytes.len() && bytes[at].is_ascii_whitespace() {
        if bytes[at] == b'\n' {
            line = at + 1;
        }
        at += 1;
    }
    if line == from && from > 0 && bytes[from - 1] != b'\n' { 0 } else { at - line }
}

fn looks_like_start(line: &[u8]) -> bool {
    if line.starts_with(b"#[") || line.starts_with(b"///") || line.starts_with(b"/**") {
        return true;
    }
    let length = line.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    item_word(&line[..length])
}
