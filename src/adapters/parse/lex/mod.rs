//! One fast pass over the bytes of a file: comments, token places, and how deep the text nests.
//!
//! `syn` keeps no comments and recurses on nesting; this pass supplies the first and guards against
//! the second. It never fails: what it cannot read is named in [`Lexed::failed`].

mod cut;
mod directives;
mod nesting;
mod scan;
#[cfg(test)]
mod tests;
pub mod texts;

pub use crate::adapters::parse::lex::cut::{cut, cut_within};
pub use crate::adapters::parse::lex::directives::directives;
pub use crate::adapters::parse::lex::scan::{Kind, Token};

use crate::adapters::parse::lex::nesting::Nesting;
use crate::adapters::parse::lex::scan::{Scanner, content_start};
use crate::domain::source::span::Span;

/// Text with a [`depth_score`](Lexed::depth_score) up to this is safe to parse on a stack of 16 MB:
/// `syn` takes up to 8.4 kB a node (nested blocks), and no random text below it overflowed. The
/// highest score seen in real code is below 200.
pub const SAFE_SCORE: u32 = 1_000;

/// What one lexical pass gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lexed {
    /// All comments, in source order.
    pub comments: Vec<Comment>,
    /// Byte offset of each identifier (raw ones, keywords and `_` included; lifetimes not) and of
    /// each literal.
    // Invariant: sorted.
    pub leaves: Vec<u32>,
    /// String literals that may speak to a store or a host, in source order.
    pub literals: Vec<Span>,
    /// Upper bound of the height of any tree `syn` builds from this text, in nodes that contain
    /// one another: brackets, chained operators, prefixes, `else`, generics.
    pub depth_score: u32,
    /// Where Rust starts: after the byte order mark, the shebang line and the front matter.
    pub content_start: u32,
    /// The first place that is no Rust token or where brackets do not match, and why.
    pub failed: Option<(u32, &'static str)>,
}

impl Lexed {
    /// Number of identifier and literal tokens that start within `span`.
    pub fn leaves_in(&self, span: Span) -> u32 {
        let from = self.leaves.partition_point(|at| *at < span.start);
        let to = self.leaves.partition_point(|at| *at < span.end);
        to.saturating_sub(from) as u32
    }
}

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From its first slash to its last character, without the line break.
    pub span: Span,
    /// How it is written.
    pub kind: CommentKind,
    /// Whether it documents something.
    pub doc: Doc,
}

/// How a comment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentKind {
    /// `// …`
    Line,
    /// `/* … */`
    Block,
}

/// What a comment documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Doc {
    /// Nothing.
    #[default]
    None,
    /// What follows: `///`, `/** */`.
    Outer,
    /// What contains it: `//!`, `/*! */`.
    Inner,
}

/// Reads the tokens of `text`.
pub fn lex(text: &str) -> Lexed {
    lex_each(text, &mut |_| {})
}

/// Reads the tokens of `text`, and hands each on.
pub fn lex_each(text: &str, each: &mut impl FnMut(Token)) -> Lexed {
    let start = content_start(text);
    let mut lexed =
        Lexed { leaves: Vec::with_capacity(text.len() / 8), content_start: start as u32, ..Lexed::default() };
    let mut nesting = Nesting::default();
    let mut scanner = Scanner::new(text, start);
    while let Some(token) = scanner.next_token() {
        each(token);
        match token.kind {
            Kind::Comment(kind, doc) => {
                lexed.comments.push(Comment { span: token.span(), kind, doc });
                continue;
            }
            Kind::Word(word) => {
                lexed.leaves.push(token.start);
                nesting.word(word);
            }
            Kind::RawWord | Kind::Literal => {
                if token.kind == Kind::Literal && texts::is_worth_a_look(token.text(text.as_bytes())) {
                    lexed.literals.push(token.span());
                }
                lexed.leaves.push(token.start);
                nesting.leaf(token.kind);
            }
            Kind::Lifetime => nesting.leaf(token.kind),
            Kind::Open(bracket) => nesting.open(bracket, token.start),
            Kind::Close(bracket) => {
                if let Err(reason) = nesting.close(bracket) {
                    lexed.failed.get_or_insert((token.start, reason));
                }
            }
            Kind::Punct(byte) => nesting.punct(byte, token.start),
            Kind::Broken(reason) => {
                lexed.failed.get_or_insert((token.start, reason));
            }
        }
    }
    if let Some(open) = nesting.unclosed() {
        lexed.failed.get_or_insert((open, "this bracket is never closed"));
    }
    lexed.depth_score = nesting.score();
    lexed
}
