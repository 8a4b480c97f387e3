//! Source text to facts: the only room that knows `syn`.
//!
//! A file is lexed once (comments, token sizes, nesting) and its syntax tree is walked once; then the
//! tree is gone. What `syn` rejects is parsed item by item, so that one new syntax loses one item.

mod arguments;
mod asm;
mod attr_strings;
mod attrs;
mod branches;
mod closures;
mod context;
mod deeds;
mod definitions;
mod documentation;
pub mod expand;
mod expr_attrs;
mod exprs;
mod items;
pub mod lex;
mod locals;
mod macros;
mod members;
mod patterns;
mod projections;
mod properties;
mod read;
mod shapes;
mod soup;
mod statement_macros;
mod tape;
mod types;
mod unnamed;
mod uses;
mod values;
mod words;

pub use crate::adapters::parse::tape::forget_places;

use proc_macro2::TokenStream;
use syn::parse::Parser;

use crate::adapters::parse::context::Context;
use crate::adapters::parse::lex::{
    CommentKind as LexKind, Doc, Lexed, SAFE_SCORE, cut, directives, lex_each, texts,
};
use crate::adapters::parse::tape::{Bodies, Tape, leave_text};
use crate::adapters::parse::unnamed::named;
use crate::domain::source::deeds::Text;
use crate::domain::source::facts::{Comment, CommentKind, FileFacts, LostPiece};
use crate::domain::source::span::Span;
use crate::domain::source::vocabulary::Vocabulary;

/// Stack that a thread needs to parse what [`SAFE_SCORE`] lets through, in bytes.
pub const STACK_SIZE: usize = 256 * 1024 * 1024;

/// Facts of one file. Never fails: what could not be parsed is recorded in the
/// facts as lost.
///
/// The calling thread needs a stack of [`STACK_SIZE`].
pub fn parse(path: &str, text: &str, words: &Vocabulary) -> FileFacts {
    read_with(path, text, words, Bodies::Left)
}

/// As [`parse`], with bodies read as is said, unless that cannot be.
fn read_with(path: &str, text: &str, words: &Vocabulary, first: Bodies) -> FileFacts {
    let clean;
    let mut tape = Tape::new(text);
    let lexed = lex_each(text, &mut |token| tape.push(token));
    let text = if lexed.content_start > 0 {
        clean = blank_start(text, lexed.content_start as usize);
        clean.as_str()
    } else {
        text
    };
    let safe = lexed.failed.is_none() && lexed.depth_score <= SAFE_SCORE;
    let fresh = || Context::new(path, text, &lexed.leaves, words);
    let mut context = fresh();
    let mut left = tape.finish().filter(|_| safe);
    let mut whole = false;
    for bodies in [Bodies::Left, Bodies::Made].into_iter().skip_while(|bodies| *bodies != first) {
        let Some(tape) = left.take() else { break };
        left = walk_tape(&mut context, tape, bodies);
        whole = left.is_none();
        if whole {
            break;
        }
        context = fresh();
    }
    // Its places are not those of what `syn` reads itself.
    drop(left);
    if !whole {
        whole = safe && (walk_file(&mut context, 0, text) || walk_expression(&mut context, text));
    }
    if !whole {
        walk_pieces(&mut context, text);
    }
    context.facts.comments = comments(&lexed);
    context.facts.deeds.role = declared_role(&lexed, text);
    context.facts.deeds.texts = texts(&lexed.literals, text, words);
    context.facts.directives = directives(text, &context.facts.comments);
    context.facts.marks.generated = is_generated(text, words);
    let measured = context.is_measured_in_bytes();
    if !words.docs.is_off() {
        context.documentation(words.docs);
    }
    let facts = context.finish();
    if !measured {
        leave_text(text.len());
    }
    facts
}

/// Reads all tokens as a file and walks it; gives them back if they are no file, or one whose bodies
/// cannot be read that way.
fn walk_tape<'t>(context: &mut Context<'t>, tape: Tape<'t>, bodies: Bodies) -> Option<Tape<'t>> {
    let pieces = if bodies == Bodies::Made { tape.pieces() } else { None };
    context.enter_tokens();
    context.tape = Some(tape);
    context.bodies = bodies;
    let whole = match bodies {
        Bodies::Left => walk_items(context).is_some(),
        Bodies::Made => pieces.is_some_and(|pieces| walk_trees(context, pieces)),
    };
    context.tape.take().filter(|_| !whole)
}

/// Walks item by item, each read when its turn comes.
fn walk_items(context: &mut Context<'_>) -> Option<()> {
    let (attrs, mut at) = read::file_attributes(context.tape.as_ref()?)?;
    walk_attrs(context, &attrs);
    while at < context.tape.as_ref()?.len() {
        let (item, next) = read::item(context.tape.as_ref()?, at)?;
        context.item(&item);
        if context.is_broken {
            return None;
        }
        at = next;
    }
    Some(())
}

fn walk_trees(context: &mut Context<'_>, pieces: Vec<TokenStream>) -> bool {
    for (at, piece) in pieces.into_iter().enumerate() {
        let Ok(file) = syn::parse2::<syn::File>(piece) else { return false };
        match at {
            0 => walk(context, &file),
            _ if file.attrs.is_empty() => file.items.iter().for_each(|item| context.item(item)),
            // Only the first piece has attributes of the file.
            _ => return false,
        }
    }
    true
}

/// Parses one text as a file and walks it; false if `syn` rejects it.
fn walk_file(context: &mut Context<'_>, base: u32, piece: &str) -> bool {
    let Ok(file) = syn::parse_file(piece) else { return false };
    context.enter_piece(base, piece);
    walk(context, &file);
    true
}

/// The same for a text whose traits have parameters without names; false if that does not help.
fn walk_unnamed(context: &mut Context<'_>, base: u32, piece: &str) -> bool {
    let Ok(tokens) = piece.parse::<TokenStream>() else { return false };
    let Ok(file) = syn::parse2::<syn::File>(named(tokens)) else { return false };
    context.enter_piece(base, piece);
    walk(context, &file);
    true
}

fn walk(context: &mut Context<'_>, file: &syn::File) {
    walk_attrs(context, &file.attrs);
    for item in &file.items {
        context.item(item);
    }
}

/// The attributes of a file.
fn walk_attrs(context: &mut Context<'_>, attrs: &[syn::Attribute]) {
    let found = context.read_attrs(attrs);
    if context.base == 0 {
        context.facts.marks.cfg = found.cfg;
        context.facts.marks.no_std = attrs.iter().any(|attr| attr.path().is_ident("no_std"));
        context.cfg = found.cfg;
    }
    context.refer_attrs(attrs);
}

/// Parses one text as what `include!` takes for an expression; false if it is none.
fn walk_expression(context: &mut Context<'_>, text: &str) -> bool {
    let Ok(stmts) = syn::Block::parse_within.parse_str(text) else { return false };
    if stmts.iter().any(|stmt| matches!(stmt, syn::Stmt::Item(_))) {
        return false;
    }
    context.enter_piece(0, text);
    context.statements(&stmts);
    true
}

/// Parses item by item; what fails is lost, but its paths are still read as tokens.
fn walk_pieces(context: &mut Context<'_>, text: &str) {
    for piece in cut(text) {
        let Some(part) = text.get(piece.span.start as usize..piece.span.end as usize) else { continue };
        if piece.score > SAFE_SCORE {
            context
                .facts
                .lost
                .push(LostPiece { span: piece.span, reason: "nested too deeply to parse".to_owned() });
            continue;
        }
        if walk_file(context, piece.span.start, part) || walk_unnamed(context, piece.span.start, part) {
            continue;
        }
        let Err(error) = syn::parse_file(part) else { continue };
        let start = context.facts.lines.position(piece.span.start).line;
        context.facts.lost.push(LostPiece { span: piece.span, reason: reason(&error, start) });
        if let Ok(tokens) = part.parse::<proc_macro2::TokenStream>() {
            context.enter_piece(piece.span.start, part);
            context.declared_in_tokens(&tokens);
        }
    }
}

/// What `syn` has to say about a piece that starts in this line of its file.
fn reason(error: &syn::Error, start: u32) -> String {
    let text = error.to_string();
    let text = match text.lines().next().unwrap_or_default().trim_end_matches('.') {
        "cannot parse string into token stream" => "a bracket or a quote has no partner",
        text => text,
    };
    match error.span().start().line as u32 {
        0 | 1 => text.to_owned(),
        line => format!("{text}, in line {}", start + line - 1),
    }
}

/// The text with a byte order mark or a shebang line as spaces, so that offsets stay.
fn blank_start(text: &str, end: usize) -> String {
    let mut clean: String = text[..end].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    clean.push_str(&text[end..]);
    clean
}

fn comments(lexed: &Lexed) -> Vec<Comment> {
    let kind = |comment: &lex::Comment| match (comment.doc, comment.kind) {
        (Doc::Outer, _) => CommentKind::OuterDoc,
        (Doc::Inner, _) => CommentKind::InnerDoc,
        (Doc::None, LexKind::Line) => CommentKind::Line,
        (Doc::None, LexKind::Block) => CommentKind::Block,
    };
    lexed.comments.iter().map(|comment| Comment { span: comment.span, kind: kind(comment) }).collect()
}

/// The role in `//! archlint: role = domain`.
fn declared_role(lexed: &Lexed, text: &str) -> Option<Box<str>> {
    lexed.comments.iter().filter(|comment| comment.doc == Doc::Inner).find_map(|comment| {
        let line = text.get(comment.span.start as usize..comment.span.end as usize)?;
        let rest = line.trim_start_matches(['/', '!', '*', ' ']).strip_prefix("archlint:")?;
        let role = rest.trim_start().strip_prefix("role")?.trim_start().strip_prefix('=')?;
        Some(role.trim_end_matches(['*', '/']).trim().trim_matches('"').into())
    })
}

/// Literals that are worth a look.
fn texts(literals: &[Span], text: &str, words: &Vocabulary) -> Vec<Text> {
    let form = |span: &Span| {
        let literal = &text.as_bytes()[span.start as usize..span.end as usize];
        Some(Text { span: *span, form: texts::form(literal, &words.sql)? })
    };
    literals.iter().filter_map(form).collect()
}

/// `@generated` in the first five lines, or what else is looked for.
fn is_generated(text: &str, words: &Vocabulary) -> bool {
    text.lines().take(words.generated_lines).any(|line| line.contains(&words.generated_marker))
}
