//! The rules of a `macro_rules!`: matchers and transcribers, as patterns over their tokens.

use crate::adapters::parse::expand::made::Tokens;
use crate::adapters::parse::tape::{Tape, form};

/// The rules of a macro.
pub struct Rules<'t> {
    /// What they are written with.
    pub tokens: Tokens<'t>,
    /// One after another.
    pub all: Vec<Rule<'t>>,
}

/// A rule.
pub struct Rule<'t> {
    /// What the arguments must look like.
    pub matcher: Vec<Pattern<'t>>,
    /// What they become.
    pub transcriber: Vec<Pattern<'t>>,
}

/// From this token to before that one.
pub type Range = (usize, usize);

/// A piece of a matcher or transcriber.
pub enum Pattern<'t> {
    /// Tokens as they are.
    Tokens(Range),
    /// What stands between brackets of this form.
    Group(u8, Vec<Pattern<'t>>),
    /// `$name:fragment`; in transcribers `$name`, without a fragment.
    Variable(&'t str, Option<Fragment>),
    /// `$( … ) separator operator`.
    Repeat(Vec<Pattern<'t>>, Range, Count),
    /// `$crate`.
    Crate,
}

/// How often a repetition may occur.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// `*`.
    Any,
    /// `+`.
    Some,
    /// `?`.
    AtMostOne,
}

/// What a variable matches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fragment {
    /// `ident`.
    Ident,
    /// `lifetime`.
    Lifetime,
    /// `literal`.
    Literal,
    /// `tt`.
    Tree,
    /// `ty`.
    Type,
    /// `path`.
    Path,
    /// `expr`.
    Expr,
    /// `pat`, `pat_param`.
    Pat,
    /// `stmt`.
    Stmt,
    /// `block`.
    Block,
    /// `item`.
    Item,
    /// `meta`.
    Meta,
    /// `vis`.
    Vis,
}

/// The rules in the body of a definition; none where its grammar is unknown.
pub fn rules_of(body: &str) -> Option<Rules<'_>> {
    let tokens = Tokens::new(body, &[])?;
    let tape = &tokens.tape;
    let mut all = Vec::new();
    let mut at = 0;
    while at < tape.len() {
        let matcher = group(tape, at)?;
        let transcriber = group(tape, matcher.1 + 3)?;
        all.push(Rule {
            matcher: patterns(tape, matcher, Side::Matcher)?,
            transcriber: patterns(tape, transcriber, Side::Transcriber)?,
        });
        at = transcriber.1 + 1;
        at += usize::from(tape.form(at) == b';');
    }
    Some(Rules { tokens, all })
}

/// What stands between the brackets that open here.
fn group(tape: &Tape<'_>, at: usize) -> Option<Range> {
    form::is_open(tape.form(at)).then(|| (at + 1, tape.entry(at).mate as usize))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Matcher,
    Transcriber,
}

fn patterns<'t>(tape: &Tape<'t>, (from, to): Range, side: Side) -> Option<Vec<Pattern<'t>>> {
    let mut found = Vec::new();
    let mut at = from;
    // Tokens as they are, from this one on.
    let mut plain = from;
    let pass = |found: &mut Vec<Pattern<'t>>, plain: usize, at: usize| {
        if plain < at {
            found.push(Pattern::Tokens((plain, at)));
        }
    };
    while at < to {
        let next = tape.entry(at);
        if next.form == b'$' && names_something(tape, at + 1, to) {
            pass(&mut found, plain, at);
            let (pattern, end) = variable(tape, at + 1, to, side)?;
            found.push(pattern);
            (at, plain) = (end, end);
        } else if form::is_open(next.form) {
            let close = next.mate as usize;
            if (at..close).any(|at| tape.entry(at).form == b'$') {
                pass(&mut found, plain, at);
                found.push(Pattern::Group(next.form, patterns(tape, (at + 1, close), side)?));
                plain = close + 1;
            }
            at = close + 1;
        } else {
            at += 1;
        }
    }
    pass(&mut found, plain, to);
    Some(found)
}

/// What follows a `$`, and where to go on.
fn variable<'t>(tape: &Tape<'t>, at: usize, to: usize, side: Side) -> Option<(Pattern<'t>, usize)> {
    if let Some(inner) = group(tape, at) {
        let inner_patterns = patterns(tape, inner, side)?;
        let (separator, count, next) = repetition(tape, inner.1 + 1, to)?;
        return Some((Pattern::Repeat(inner_patterns, separator, count), next));
    }
    let name = tape.word(at);
    match side {
        _ if name == "crate" => Some((Pattern::Crate, at + 1)),
        Side::Matcher if at + 2 < to => {
            Some((Pattern::Variable(plain(name), Some(fragment_of(tape.word(at + 2))?)), at + 3))
        }
        Side::Matcher => None,
        Side::Transcriber => Some((Pattern::Variable(plain(name), None), at + 1)),
    }
}

/// Whether a `$` before this is more than the sign: `[$]` hands the sign itself to another macro.
fn names_something(tape: &Tape<'_>, at: usize, to: usize) -> bool {
    at < to && matches!(tape.entry(at).form, form::WORD | form::KEYWORD | form::RAW | b'(')
}

/// The separator and the operator after `$( … )`, and where to go on.
fn repetition(tape: &Tape<'_>, start: usize, to: usize) -> Option<(Range, Count, usize)> {
    for at in start..to.min(start + 4) {
        let count = match tape.entry(at).form {
            b'*' => Some(Count::Any),
            b'+' => Some(Count::Some),
            b'?' if at == start => Some(Count::AtMostOne),
            _ => None,
        };
        // `+` and `*` may be separators too: then an operator follows.
        let operator_follows = at == start
            && tape.entry(at).form != b'?'
            && tape.is_joined(at)
            && at + 1 < to
            && matches!(tape.entry(at + 1).form, b'*' | b'+');
        if let Some(count) = count.filter(|_| !operator_follows) {
            return Some(((start, at), count, at + 1));
        }
    }
    None
}

fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

fn fragment_of(word: &str) -> Option<Fragment> {
    Some(match word {
        "ident" => Fragment::Ident,
        "lifetime" => Fragment::Lifetime,
        "literal" => Fragment::Literal,
        "tt" => Fragment::Tree,
        "ty" => Fragment::Type,
        "path" => Fragment::Path,
        "expr" | "expr_2021" => Fragment::Expr,
        "pat" | "pat_param" => Fragment::Pat,
        "stmt" => Fragment::Stmt,
        "block" => Fragment::Block,
        "item" => Fragment::Item,
        "meta" => Fragment::Meta,
        "vis" => Fragment::Vis,
        _ => return None,
    })
}
