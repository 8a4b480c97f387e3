//! Arguments against a matcher.

use std::rc::Rc;

use crate::adapters::parse::expand::rules::{Count, Fragment, Pattern, Range};
use crate::adapters::parse::read::{Part, end_of};
use crate::adapters::parse::tape::{Tape, form};

/// What the variables of a matcher stand for; of one name the last holds.
#[derive(Default)]
pub struct Bindings<'r>(Vec<(&'r str, Bound)>);

/// What a variable stands for.
#[derive(Clone)]
pub enum Bound {
    /// Tokens of the arguments.
    Tokens {
        /// Which.
        range: Range,
        /// Whether they are an expression of several parts, or one that no other fragment takes.
        is_operand: bool,
    },
    /// One meaning for each turn of a repetition.
    Turns(Rc<Vec<Bound>>),
}

impl<'r> Bindings<'r> {
    /// What a variable stands for.
    pub fn get(&self, name: &str) -> Option<&Bound> {
        self.0.iter().rfind(|(known, _)| *known == name).map(|(_, bound)| bound)
    }

    /// The same with more that is bound, for as long as `work` lasts.
    pub fn with<T>(&mut self, more: Vec<(&'r str, Bound)>, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.0.len();
        self.0.extend(more);
        let done = work(self);
        self.0.truncate(before);
        done
    }

    fn insert(&mut self, name: &'r str, bound: Bound) {
        self.0.push((name, bound));
    }
}

/// Names of the variables in patterns.
pub fn variables<'r>(patterns: &[Pattern<'r>], names: &mut Vec<&'r str>) {
    for pattern in patterns {
        match pattern {
            Pattern::Variable(name, _) => names.push(name),
            Pattern::Group(_, inner) | Pattern::Repeat(inner, ..) => variables(inner, names),
            Pattern::Tokens(_) | Pattern::Crate => {}
        }
    }
}

/// What the variables stand for, if the arguments match as a whole.
pub fn matches<'r>(
    matcher: &[Pattern<'r>],
    rules: &Tape<'r>,
    arguments: &Tape<'_>,
    (from, to): Range,
) -> Option<Bindings<'r>> {
    let mut bindings = Bindings::default();
    let end = Matching { rules, arguments }.sequence(matcher, (from, to), &mut bindings)?;
    (end == to).then_some(bindings)
}

/// Both sides of a match.
#[derive(Clone, Copy)]
struct Matching<'s, 'r> {
    rules: &'s Tape<'r>,
    arguments: &'s Tape<'s>,
}

impl<'r> Matching<'_, 'r> {
    /// Matches patterns in a range of the arguments; returns where they end.
    fn sequence(
        self,
        patterns: &[Pattern<'r>],
        (mut at, to): Range,
        bindings: &mut Bindings<'r>,
    ) -> Option<usize> {
        for pattern in patterns {
            at = match pattern {
                Pattern::Tokens(range) => self.same(*range, (at, to))?,
                Pattern::Group(bracket, inner) => {
                    if at >= to || self.arguments.entry(at).form != *bracket {
                        return None;
                    }
                    let close = self.arguments.entry(at).mate as usize;
                    let end = self.sequence(inner, (at + 1, close), bindings)?;
                    (end == close).then_some(close + 1)?
                }
                Pattern::Variable(name, fragment) => {
                    let fragment = (*fragment)?;
                    let end = fragment_end(fragment, self.arguments, (at, to))?;
                    let lone = end == at + 1 && self.arguments.entry(at).form == form::LITERAL;
                    let is_operand = fragment == Fragment::Expr && !lone;
                    bindings.insert(name, Bound::Tokens { range: (at, end), is_operand });
                    end
                }
                Pattern::Repeat(inner, separator, count) => {
                    self.repeat(inner, *separator, *count, (at, to), bindings)?
                }
                Pattern::Crate => return None,
            };
        }
        Some(at)
    }

    fn repeat(
        self,
        inner: &[Pattern<'r>],
        separator: Range,
        count: Count,
        (start, to): Range,
        bindings: &mut Bindings<'r>,
    ) -> Option<usize> {
        let mut turns: Vec<Bindings<'r>> = Vec::new();
        let mut at = start;
        loop {
            let mut next = at;
            if !turns.is_empty() {
                let Some(after) = self.same(separator, (at, to)) else { break };
                next = after;
            }
            let mut turn = Bindings::default();
            match self.sequence(inner, (next, to), &mut turn) {
                Some(end) if end > next || (end == next && turns.is_empty() && count == Count::AtMostOne) => {
                    at = end;
                    turns.push(turn);
                }
                _ => break,
            }
            if count == Count::AtMostOne {
                break;
            }
        }
        if count == Count::Some && turns.is_empty() {
            return None;
        }
        let mut names = Vec::new();
        variables(inner, &mut names);
        for name in names {
            let values = turns.iter().filter_map(|turn| turn.get(name).cloned()).collect();
            bindings.insert(name, Bound::Turns(Rc::new(values)));
        }
        Some(at)
    }

    /// Where tokens of the arguments end that are the same as these of the rules.
    fn same(self, (from, end): Range, (at, to): Range) -> Option<usize> {
        let mut theirs = at..to;
        for ours in from..end {
            let theirs = theirs.next()?;
            let (a, b) = (self.rules.entry(ours).form, self.arguments.entry(theirs).form);
            if a != b || self.rules.word(ours) != self.arguments.word(theirs) {
                return None;
            }
        }
        Some(theirs.start)
    }
}

/// Where the fragment that starts at `at` ends.
fn fragment_end(fragment: Fragment, tape: &Tape<'_>, (at, to): Range) -> Option<usize> {
    let is_end = |next: usize| next >= to || matches!(tape.entry(next).form, b',' | b';');
    if at >= to {
        return (fragment == Fragment::Vis).then_some(at);
    }
    let entry = tape.entry(at);
    let after = tape.after(at);
    let part = match fragment {
        Fragment::Tree => return Some(at + joined(tape, (at, to))),
        Fragment::Ident => {
            let is_word = matches!(entry.form, form::WORD | form::KEYWORD | form::RAW);
            return (is_word && tape.word(at) != "_").then_some(after);
        }
        Fragment::Lifetime => return (entry.form == form::LIFETIME).then_some(after),
        Fragment::Literal => {
            return match entry.form {
                form::LITERAL => Some(after),
                form::KEYWORD if matches!(tape.word(at), "true" | "false") => Some(after),
                b'-' if after < to && tape.form(after) == form::LITERAL => Some(after + 1),
                _ => None,
            };
        }
        Fragment::Block => return (entry.form == b'{').then_some(after),
        Fragment::Expr => {
            // A bracket commits the compiler to it, whatever is inside.
            let operand =
                matches!(entry.form, form::LITERAL | form::WORD | form::RAW | b'(' | b'[') && is_end(after);
            if operand {
                return Some(after);
            }
            Part::Expr
        }
        Fragment::Type | Fragment::Path if matches!(entry.form, form::WORD | form::RAW) && is_end(after) => {
            return Some(after);
        }
        Fragment::Type => Part::Type,
        Fragment::Path => Part::Path,
        Fragment::Item => Part::Item,
        Fragment::Meta => Part::Meta,
        Fragment::Vis => Part::Visibility,
        Fragment::Pat => Part::Pattern,
        Fragment::Stmt => Part::Statement,
    };
    let end = end_of(tape, part, (at, to))?;
    (end > at || fragment == Fragment::Vis).then_some(end)
}

/// How many tokens the token tree here has: all of a group, and all of an operator.
fn joined(tape: &Tape<'_>, (at, to): Range) -> usize {
    if form::is_open(tape.form(at)) {
        return tape.after(at) - at;
    }
    let mut sign = [0; 3];
    let mut length = 0;
    while length < 3 && at + length < to {
        sign[length] = tape.entry(at + length).form;
        length += 1;
        if !tape.is_joined(at + length - 1) {
            break;
        }
    }
    match &sign[..length] {
        [b'.', b'.', b'.' | b'='] | [b'<', b'<', b'='] | [b'>', b'>', b'='] => 3,
        [b':', b':', ..] | [b'-' | b'=', b'>', ..] | [b'<', b'-', ..] | [b'.', b'.', ..] => 2,
        [b'<', b'<', ..] | [b'>', b'>', ..] | [b'&', b'&', ..] | [b'|', b'|', ..] => 2,
        [b'=' | b'!' | b'<' | b'>' | b'+' | b'-' | b'*' | b'/' | b'%' | b'^' | b'&' | b'|', b'=', ..] => 2,
        _ => 1,
    }
}
