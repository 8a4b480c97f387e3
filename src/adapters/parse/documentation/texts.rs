//! Comments that document one thing, as one text without the marks.

use crate::adapters::parse::lex::{Kind, lex_each};
use crate::domain::source::facts::{Comment, CommentKind};
use crate::domain::source::span::Span;

/// The documentation of one thing.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text {
    /// Lines without marks and without the space that all have in front.
    pub text: String,
    /// Whether it is of what is around it, and not of what follows.
    pub inner: bool,
    /// Where its comments start and end in the file.
    pub span: Span,
    /// Start of each line in `text`, and in the file.
    starts: Vec<(usize, u32)>,
}

impl Text {
    /// Place in the file of a byte of the text.
    pub(super) fn place(&self, at: usize) -> u32 {
        let line = self.starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.starts.get(line).map_or(self.span.start, |(start, place)| place + (at - start) as u32)
    }

    /// Place in the file of some bytes of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let start = self.place(start);
        Span::new(start, self.place(end.saturating_sub(1)).max(start) + 1)
    }
}

/// All documentation of a file, in order.
pub(super) fn texts(file: &str, comments: &[Comment]) -> Vec<Text> {
    let documents =
        |comment: &&Comment| matches!(comment.kind, CommentKind::OuterDoc | CommentKind::InnerDoc);
    let documents: Vec<&Comment> = comments.iter().filter(documents).collect();
    let together = |one: &&Comment, next: &&Comment| {
        one.kind == next.kind && is_bridged(file, Span::new(one.span.end, next.span.start))
    };
    documents.chunk_by(together).filter_map(|group| text(file, group)).collect()
}

/// Whether nothing but space, comments and attributes stands here.
pub(super) fn is_bridged(file: &str, gap: Span) -> bool {
    let Some(gap) = file.get(gap.start as usize..gap.end as usize) else { return false };
    if gap.trim_ascii().is_empty() {
        return true;
    }
    let (mut depth, mut pound, mut bridged) = (0u32, false, true);
    lex_each(gap, &mut |token| match token.kind {
        Kind::Comment(..) => {}
        Kind::Open(_) => {
            bridged &= depth > 0 || pound;
            depth += 1;
        }
        Kind::Close(_) => {
            depth = depth.saturating_sub(1);
            pound = false;
        }
        Kind::Punct(b'#') if depth == 0 => pound = true,
        _ => bridged &= depth > 0,
    });
    bridged && depth == 0
}

fn text(file: &str, comments: &[&Comment]) -> Option<Text> {
    let (first, last) = (comments.first()?, comments.last()?);
    let lines: Vec<(&str, u32)> = comments.iter().flat_map(|comment| lines(file, comment.span)).collect();
    let blank = |line: &str| line.trim_ascii().is_empty();
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let common = lines.iter().filter(|(line, _)| !blank(line)).map(|(line, _)| indent(line)).min()?;
    let (mut text, mut starts) = (String::new(), Vec::new());
    for (line, place) in lines {
        let cut = common.min(indent(line));
        starts.push((text.len(), place + cut as u32));
        text.push_str(&line[cut..]);
        text.push('\n');
    }
    let span = Span::new(first.span.start, last.span.end);
    Some(Text { text, inner: first.kind == CommentKind::InnerDoc, span, starts })
}

/// The lines of a comment without its marks, with their places.
fn lines(file: &str, comment: Span) -> Vec<(&str, u32)> {
    let start = comment.start as usize;
    let whole = file.get(start..comment.end as usize).unwrap_or_default();
    let Some(body) = whole.get(3..) else { return Vec::new() };
    if whole.starts_with("//") {
        return vec![(body.trim_end_matches('\r'), comment.start + 3)];
    }
    let body = body.strip_suffix("*/").unwrap_or(body);
    let mut at = start + 3;
    let mut found = Vec::new();
    for line in body.split_inclusive('\n') {
        let plain = line.trim_end_matches(['\n', '\r']);
        // ` * text`: the star is a mark, but in the first line.
        let cut = match plain.trim_start_matches([' ', '\t']) {
            rest if at > start + 3 && rest.starts_with('*') => plain.len() - rest.len() + 1,
            _ => 0,
        };
        found.push((&plain[cut..], (at + cut) as u32));
        at += line.len();
    }
    found
}
