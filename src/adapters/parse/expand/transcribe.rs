//! What a rule makes of its arguments.

use crate::adapters::parse::context::DOLLAR_CRATE;
use crate::adapters::parse::expand::made::{Budget, Made, Tokens};
use crate::adapters::parse::expand::matching::{Bindings, Bound, variables};
use crate::adapters::parse::expand::rules::Pattern;

/// A transcriber at work.
pub struct Transcriber<'s, 'r> {
    /// What the rules are written with.
    pub rules: &'s Tokens<'r>,
    /// What the variables stand for.
    pub arguments: &'s Tokens<'s>,
    /// What is made so far.
    pub made: Made,
    /// How much more may be made.
    pub budget: &'s mut Budget,
}

impl<'r> Transcriber<'_, 'r> {
    /// Adds what patterns make; none where they ask for what is not bound, or for too much.
    pub fn emit(&mut self, patterns: &[Pattern<'r>], bindings: &mut Bindings<'r>) -> Option<()> {
        self.each(patterns, bindings, false)
    }

    fn each(&mut self, patterns: &[Pattern<'r>], bindings: &mut Bindings<'r>, of_attr: bool) -> Option<()> {
        let mut after_hash = false;
        for pattern in patterns {
            self.budget.take(1)?;
            match pattern {
                Pattern::Tokens((from, to)) => {
                    self.budget.take(to - from - 1)?;
                    self.made.push(self.rules, (*from, *to));
                }
                Pattern::Crate => self.made.push_text(DOLLAR_CRATE),
                Pattern::Group(bracket, inner) => {
                    let (open, close) = brackets(*bracket);
                    self.made.push_text(open);
                    self.each(inner, bindings, of_attr || (after_hash && *bracket == b'['))?;
                    self.made.push_text(close);
                }
                Pattern::Variable(name, _) => self.variable(name, bindings, of_attr)?,
                Pattern::Repeat(inner, separator, _) => {
                    let mut names = Vec::new();
                    variables(inner, &mut names);
                    let turns = names.iter().filter_map(|name| match bindings.get(name) {
                        Some(Bound::Turns(turns)) => Some(turns.len()),
                        _ => None,
                    });
                    for turn in 0..turns.max()? {
                        if turn > 0 {
                            self.made.push(self.rules, *separator);
                        }
                        let own = of_turn(bindings, &names, turn);
                        bindings.with(own, |bindings| self.each(inner, bindings, of_attr))?;
                    }
                }
            }
            after_hash = self.made.text.ends_with('#') || self.made.text.ends_with("#!");
        }
        Some(())
    }

    /// Adds what a variable stands for. An expression stays one operand wherever it is put; what stands in an
    /// attribute is no operand.
    fn variable(&mut self, name: &str, bindings: &Bindings<'_>, of_attr: bool) -> Option<()> {
        match bindings.get(name) {
            Some(Bound::Tokens { range, is_operand }) => {
                self.budget.take(range.1 - range.0)?;
                let wrapped = *is_operand && !of_attr;
                if wrapped {
                    self.made.push_text("(");
                }
                self.made.push(self.arguments, *range);
                if wrapped {
                    self.made.push_text(")");
                }
            }
            Some(Bound::Turns(_)) => return None,
            // Not a variable of this macro: a nested definition's own.
            None => {
                self.made.push_text("$");
                self.made.text.push_str(name);
            }
        }
        Some(())
    }
}

fn brackets(open: u8) -> (&'static str, &'static str) {
    match open {
        b'(' => ("(", ")"),
        b'[' => ("[", "]"),
        _ => ("{", "}"),
    }
}

/// What the variables of a repetition stand for in one of its turns.
fn of_turn<'r>(bindings: &Bindings<'r>, names: &[&'r str], turn: usize) -> Vec<(&'r str, Bound)> {
    let own = names.iter().filter_map(|name| match bindings.get(name) {
        Some(Bound::Turns(turns)) => Some((*name, turns.get(turn)?.clone())),
        _ => None,
    });
    own.collect()
}
