//! Bytes to tokens, one at a time and without allocation.

use memchr::{memchr, memchr2};

use crate::adapters::parse::lex::{CommentKind, Doc};
use crate::adapters::parse::words::{self, Word};
use crate::domain::source::span::Span;

/// One token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

impl Token {
    pub(super) fn span(self) -> Span {
        Span::new(self.start, self.end)
    }

    pub(super) fn text(self, bytes: &[u8]) -> &[u8] {
        &bytes[self.start as usize..self.end as usize]
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Identifier, keyword or `_`.
    Word(Word),
    /// `r#name`.
    RawWord,
    /// `'name`.
    Lifetime,
    /// A number, string or character.
    Literal,
    /// A comment.
    Comment(CommentKind, Doc),
    /// An opening bracket.
    Open(u8),
    /// A closing bracket.
    Close(u8),
    /// One byte of punctuation.
    Punct(u8),
    /// What is no token, and why.
    Broken(&'static str),
}

/// Where Rust starts in a file: after the byte order mark, the shebang line and the front matter.
pub(super) fn content_start(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = if bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    if bytes[at..].starts_with(b"#!") {
        let mut scanner = Scanner::new(text, at + 2);
        let attribute = loop {
            match scanner.next_token().map(|token| token.kind) {
                Some(Kind::Comment(_, Doc::None)) => {}
                other => break other == Some(Kind::Open(b'[')),
            }
        };
        if !attribute {
            at = line_end(bytes, at);
        }
    }
    let mut fence = at;
    while fence < bytes.len() && bytes[fence].is_ascii_whitespace() {
        fence += 1;
    }
    let dashes = bytes[fence..].iter().take_while(|byte| **byte == b'-').count();
    if dashes >= 3 && (fence == at || bytes[fence - 1] == b'\n') {
        let mut line = line_end(bytes, fence);
        while line < bytes.len() {
            let next = line + 1;
            let end = line_end(bytes, next);
            if bytes[next..end].starts_with(&bytes[fence..fence + dashes]) {
                return end;
            }
            line = end;
        }
    }
    at
}

/// The offset of the line break that ends the line of `at`, or the end of the text.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    let at = at.min(bytes.len());
    memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |found| at + found)
}

const SPACE: u8 = 1;
const NAME_START: u8 = 2;
const DIGIT: u8 = 4;
const WIDE: u8 = 8;

/// What each byte may be.
static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => SPACE,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => NAME_START,
            b'0'..=b'9' => DIGIT,
            0x80.. => NAME_START | WIDE,
            _ => 0,
        };
        byte += 1;
    }
    table
};

fn is(byte: u8, class: u8) -> bool {
    CLASS[byte as usize] & class != 0
}

/// Reads tokens from left to right.
#[derive(Clone)]
pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    /// A scanner of `text` from byte `at`, which is the start of a character.
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { bytes: text.as_bytes(), at }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// The next token; `None` at the end.
    #[inline]
    pub(super) fn next_token(&mut self) -> Option<Token> {
        self.skip_space();
        let start = self.at;
        let first = *self.bytes.get(start)?;
        let kind = match first {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.word(first),
            b'(' | b'[' | b'{' => {
                self.at += 1;
                Kind::Open(first)
            }
            b')' | b']' | b'}' => {
                self.at += 1;
                Kind::Close(first)
            }
            b'/' => self.slash(),
            b'"' => self.string(),
            b'\'' => self.quote(),
            b'0'..=b'9' => self.number(),
            _ => {
                self.at += 1;
                Kind::Punct(first)
            }
        };
        Some(Token { kind, start: start as u32, end: self.at as u32 })
    }

    fn skip_space(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            if is(byte, SPACE) {
                self.at += 1;
                // Lines are indented.
                while byte == b'\n' && self.bytes.get(self.at..self.at + 8) == Some(b"        ") {
                    self.at += 8;
                }
            } else if is(byte, WIDE) {
                match self.bytes[self.at..] {
                    // U+0085
                    [0xC2, 0x85, ..] => self.at += 2,
                    // U+200E, U+200F, U+2028, U+2029
                    [0xE2, 0x80, 0x8E | 0x8F | 0xA8 | 0xA9, ..] => self.at += 3,
                    _ => return,
                }
            } else {
                return;
            }
        }
    }

    fn name(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            if !is(byte, NAME_START | DIGIT) {
                return;
            }
            self.at += 1;
        }
    }

    fn word(&mut self, first: u8) -> Kind {
        if matches!(first, b'r' | b'b' | b'c') {
            let rest = &self.bytes[self.at..];
            let prefix = match rest {
                [b'r', b'#', next, ..] if is(*next, NAME_START) => {
                    self.at += 2;
                    self.name();
                    return Kind::RawWord;
                }
                [b'b' | b'c', b'"', ..] => {
                    self.at += 1;
                    return self.string();
                }
                [b'b', b'\'', ..] => {
                    self.at += 1;
                    return self.character();
                }
                [b'r', b'"' | b'#', ..] => 1,
                [b'b' | b'c', b'r', b'"' | b'#', ..] => 2,
                _ => 0,
            };
            if prefix > 0 {
                let hashes = rest[prefix..].iter().take_while(|byte| **byte == b'#').count();
                if rest.get(prefix + hashes) == Some(&b'"') {
                    self.at += prefix + hashes + 1;
                    return self.raw_string(hashes);
                }
            }
        }
        let start = self.at;
        self.name();
        Kind::Word(words::word(self.bytes, start, self.at - start))
    }

    fn slash(&mut self) -> Kind {
        match self.peek(1) {
            b'/' => {
                let doc = match (self.peek(2), self.peek(3)) {
                    (b'!', _) => Doc::Inner,
                    (b'/', b'/') => Doc::None,
                    (b'/', _) => Doc::Outer,
                    _ => Doc::None,
                };
                self.at = line_end(self.bytes, self.at);
                if self.bytes[self.at - 1] == b'\r' {
                    self.at -= 1;
                }
                Kind::Comment(CommentKind::Line, doc)
            }
            b'*' => {
                let doc = match (self.peek(2), self.peek(3)) {
                    (b'!', _) => Doc::Inner,
                    (b'*', b'*' | b'/') => Doc::None,
                    (b'*', _) => Doc::Outer,
                    _ => Doc::None,
                };
                self.block_comment(doc)
            }
            _ => {
                self.at += 1;
                Kind::Punct(b'/')
            }
        }
    }

    fn block_comment(&mut self, doc: Doc) -> Kind {
        self.at += 2;
        let mut depth = 1_usize;
        while let Some(found) = memchr2(b'*', b'/', &self.bytes[self.at..]) {
            self.at += found;
            match (self.bytes[self.at], self.peek(1)) {
                (b'*', b'/') => {
                    self.at += 2;
                    depth -= 1;
                    if depth == 0 {
                        return Kind::Comment(CommentKind::Block, doc);
                    }
                }
                (b'/', b'*') => {
                    self.at += 2;
                    depth += 1;
                }
                _ => self.at += 1,
            }
        }
        self.at = self.bytes.len();
        Kind::Broken("this comment is never closed")
    }

    /// From the opening quote.
    fn string(&mut self) -> Kind {
        self.at += 1;
        while let Some(found) = memchr2(b'"', b'\\', &self.bytes[self.at..]) {
            self.at += found + 1;
            if self.bytes[self.at - 1] == b'"' {
                self.name();
                return Kind::Literal;
            }
            self.skip_char();
        }
        self.at = self.bytes.len();
        Kind::Broken("this string is never closed")
    }

    /// From behind the opening quote.
    fn raw_string(&mut self, hashes: usize) -> Kind {
        while let Some(found) = memchr(b'"', &self.bytes[self.at..]) {
            self.at += found + 1;
            let closing = self.bytes[self.at..].iter().take(hashes).take_while(|byte| **byte == b'#').count();
            self.at += closing;
            if closing == hashes {
                self.name();
                return Kind::Literal;
            }
        }
        self.at = self.bytes.len();
        Kind::Broken("this raw string is never closed")
    }

    /// A character or a lifetime, from its quote.
    fn quote(&mut self) -> Kind {
        let next = self.peek(1);
        if next == b'\\' || !is(next, NAME_START) {
            return self.character();
        }
        let width = utf8_width(next);
        if self.peek(1 + width) == b'\'' {
            self.at += width + 2;
            self.name();
            return Kind::Literal;
        }
        self.at += 1;
        if next == b'r' && self.peek(1) == b'#' && is(self.peek(2), NAME_START) {
            self.at += 2;
        }
        self.name();
        Kind::Lifetime
    }

    /// A character or byte literal, from its opening quote.
    fn character(&mut self) -> Kind {
        let open = self.at;
        self.at += 1;
        if self.peek(0) == b'\\' {
            self.at += 1;
            self.skip_char();
            while self.at < self.bytes.len() && !matches!(self.bytes[self.at], b'\'' | b'\n') {
                self.skip_char();
            }
        } else {
            self.skip_char();
        }
        if self.peek(0) == b'\'' && self.at > open + 1 {
            self.at += 1;
            self.name();
            return Kind::Literal;
        }
        self.at = open + 1;
        Kind::Broken("this character is never closed")
    }

    fn skip_char(&mut self) {
        if let Some(&byte) = self.bytes.get(self.at) {
            self.at = (self.at + utf8_width(byte)).min(self.bytes.len());
        }
    }

    fn number(&mut self) -> Kind {
        let radix = self.peek(0) == b'0' && matches!(self.peek(1), b'x' | b'o' | b'b');
        if radix {
            self.at += 2;
            self.name();
            return Kind::Literal;
        }
        self.digits();
        if self.peek(0) == b'.' && self.peek(1) != b'.' && !is(self.peek(1), NAME_START) {
            self.at += 1;
            self.digits();
        }
        if matches!(self.peek(0), b'e' | b'E') && matches!(self.peek(1), b'+' | b'-') {
            let mut ahead = 2;
            while self.peek(ahead) == b'_' {
                ahead += 1;
            }
            if self.peek(ahead).is_ascii_digit() {
                self.at += ahead;
            }
        }
        // Suffixes, and exponents without a sign.
        self.name();
        Kind::Literal
    }

    fn digits(&mut self) {
        while matches!(self.peek(0), b'0'..=b'9' | b'_') {
            self.at += 1;
        }
    }
}

/// Bytes of the character that starts with `first`.
fn utf8_width(first: u8) -> usize {
    match first {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}
