//! What a call becomes, with calls of the macro itself among it expanded too.

use crate::adapters::parse::expand::made::{Budget, Made, Tokens};
use crate::adapters::parse::expand::matching::matches;
use crate::adapters::parse::expand::rules::{Range, Rules};
use crate::adapters::parse::expand::transcribe::Transcriber;
use crate::adapters::parse::read::calls_among_items;
use crate::adapters::parse::tape::{Tape, form};

/// A macro that calls itself is followed this deep.
const MAX_DEPTH: u32 = 64;

/// The macro that is expanded.
pub struct Own<'r> {
    /// Its name.
    pub name: &'r str,
    /// Its rules.
    pub rules: &'r Rules<'r>,
}

impl Own<'_> {
    /// What these arguments become among items or members.
    pub fn items(&self, arguments: &Tokens<'_>) -> Option<Made> {
        let mut budget = Budget::default();
        let made = self.once(arguments, (0, arguments.tape.len()), 0, &mut budget)?;
        self.items_unfolded(made, 0, &mut budget)
    }

    /// What these arguments become in code.
    pub fn code(&self, arguments: &Tokens<'_>) -> Option<Made> {
        let mut budget = Budget::default();
        let made = self.once(arguments, (0, arguments.tape.len()), 0, &mut budget)?;
        if !made.text.contains(self.name) {
            return Some(made);
        }
        let tokens = Tokens::of(&made)?;
        let mut out = Made::default();
        self.code_unfolded(&tokens, 0, &mut out, &mut budget)?;
        Some(out)
    }

    /// What a call becomes: the first rule that matches makes it.
    fn once(&self, arguments: &Tokens<'_>, range: Range, depth: u32, budget: &mut Budget) -> Option<Made> {
        if depth > MAX_DEPTH {
            return None;
        }
        let Rules { tokens, all } = self.rules;
        let matched = |matcher| matches(matcher, &tokens.tape, &arguments.tape, range);
        let (rule, mut bindings) = all.iter().find_map(|rule| Some((rule, matched(&rule.matcher)?)))?;
        let mut transcriber = Transcriber { rules: tokens, arguments, made: Made::default(), budget };
        transcriber.emit(&rule.transcriber, &mut bindings)?;
        Some(transcriber.made)
    }

    fn items_unfolded(&self, made: Made, depth: u32, budget: &mut Budget) -> Option<Made> {
        if !made.text.contains(self.name) {
            return Some(made);
        }
        let tokens = Tokens::of(&made)?;
        let mut out = Made::default();
        let mut at = 0;
        for call in calls_among_items(&tokens.tape, self.name) {
            out.push(&tokens, (at, call.first));
            let inner = self.once(&tokens, call.arguments, depth + 1, budget)?;
            out.append(&self.items_unfolded(inner, depth + 1, budget)?);
            at = call.end;
        }
        out.push(&tokens, (at, tokens.tape.len()));
        Some(out)
    }

    /// Adds tokens with calls in their place, as one expression each.
    fn code_unfolded(
        &self,
        tokens: &Tokens<'_>,
        depth: u32,
        out: &mut Made,
        budget: &mut Budget,
    ) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        let tape = &tokens.tape;
        let (mut at, mut done) = (0, 0);
        while at < tape.len() {
            let called = tape.entry(at).form == form::WORD
                && tape.form(at + 1) == b'!'
                && form::is_open(tape.form(at + 2))
                && tape.word(at) == self.name;
            let close = if called { tape.entry(at + 2).mate as usize } else { at };
            let made = if called { self.once(tokens, (at + 3, close), depth, budget) } else { None };
            if let Some(made) = made {
                out.push(tokens, (done, path_start(tape, (done, at))));
                // In parentheses where its value is asked for more.
                let asked = matches!(tape.form(close + 1), b'.' | b'?');
                out.push_text(if asked { "({" } else { "{" });
                self.code_unfolded(&Tokens::of(&made)?, depth + 1, out, budget)?;
                out.push_text(if asked { "})" } else { "}" });
                done = close + 1;
                at = close;
            }
            at += 1;
        }
        out.push(tokens, (done, tape.len()));
        Some(())
    }
}

/// Where `a::b::` starts that ends here: the path before the name of a macro.
fn path_start(tape: &Tape<'_>, (from, mut at): Range) -> usize {
    let colons = |at: usize| tape.entry(at).form == b':' && tape.entry(at + 1).form == b':';
    while at >= from + 2 && colons(at - 2) {
        at -= 2;
        if at > from && matches!(tape.entry(at - 1).form, form::WORD | form::KEYWORD | form::RAW) {
            at -= 1;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::parse::expand::rules::rules_of;
    use crate::domain::source::span::Span;

    fn code(rules: &str, arguments: &str) -> Option<Made> {
        let rules = rules_of(rules).expect("rules");
        let all = [Span::new(0, arguments.len() as u32)];
        Own { name: "m", rules: &rules }.code(&Tokens::new(arguments, &all).expect("tokens"))
    }

    fn unfolded(rules: &str, arguments: &str) -> Option<String> {
        Some(code(rules, arguments)?.text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn inner_calls_take_their_place() {
        let rules =
            "(@one $n:expr) => { one($n) }; ($a:expr, $b:expr) => { $crate::m!(@one $a) + m!(@one $b).x }";
        assert_eq!(unfolded(rules, "1, 2").as_deref(), Some("{ one ( 1 ) } + ({ one ( 2 ) }) .x"));
    }

    #[test]
    fn a_call_that_no_rule_takes_stays() {
        assert_eq!(unfolded("(a) => { m!(b); other!(a) }", "a").as_deref(), Some("m!(b); other!(a)"));
        assert_eq!(unfolded("(a) => { m!(a) }", "a"), None, "without an end");
    }

    #[test]
    fn what_is_given_is_known_through_inner_calls() {
        let made = code("(@one $n:tt) => { x + $n }; ($($a:tt)*) => { y + m!(@one { $($a)* }) }", "a + b");
        let made = made.expect("a rule matches");
        let given: Vec<&str> =
            made.given.iter().map(|part| &made.text[part.start as usize..part.end as usize]).collect();
        assert_eq!(given, ["a", "+", "b"]);
    }
}
