//! Text that macros make, and tokens of it.

use std::borrow::Cow;

use crate::adapters::parse::lex::{Doc, Lexed, SAFE_SCORE, lex_each};
use crate::adapters::parse::tape::Tape;
use crate::domain::source::span::Span;

/// More tokens than this are not made for one call, those of the calls it makes included.
const MAX_TOKENS: usize = 50_000;

/// What a call becomes, as text: it is lexed and read as a file is.
#[derive(Debug, Default)]
pub struct Made {
    /// The text.
    pub text: String,
    /// What of it stems from the arguments of the call.
    // Invariant: sorted, without overlap.
    pub given: Vec<Span>,
}

/// Tokens that more is made of.
pub struct Tokens<'t> {
    /// The tokens.
    pub tape: Tape<'t>,
    text: &'t str,
    given: &'t [Span],
}

impl<'t> Tokens<'t> {
    /// Those of a text with what of it is given; none where it nests too deeply, or is no Rust.
    pub fn new(text: &'t str, given: &'t [Span]) -> Option<Self> {
        let (tape, lexed) = lexed(text);
        let safe = lexed.failed.is_none() && lexed.depth_score <= SAFE_SCORE;
        Some(Self { tape: tape.finish().filter(|_| safe)?, text, given })
    }

    /// Those that a call became.
    pub fn of(made: &'t Made) -> Option<Self> {
        Self::new(&made.text, &made.given)
    }
}

/// How many more tokens may be made.
pub struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(MAX_TOKENS)
    }
}

impl Budget {
    /// Takes so many; none where that is too much.
    pub fn take(&mut self, tokens: usize) -> Option<()> {
        self.0 = self.0.checked_sub(tokens)?;
        Some(())
    }
}

impl Made {
    /// Adds tokens as they stand: from one to before another.
    pub fn push(&mut self, tokens: &Tokens<'_>, (from, to): (usize, usize)) {
        if from >= to {
            return;
        }
        let (start, end) = (tokens.tape.entry(from).start, tokens.tape.entry(to - 1).end);
        self.text.push(' ');
        let here = self.text.len() as u32;
        self.text.push_str(&tokens.text[start as usize..end as usize]);
        let first = tokens.given.partition_point(|part| part.end <= start);
        for part in tokens.given[first..].iter().take_while(|part| part.start < end) {
            let moved = |at: u32| at.clamp(start, end) - start + here;
            self.given.push(Span::new(moved(part.start), moved(part.end)));
        }
    }

    /// Adds all that was made elsewhere.
    pub fn append(&mut self, other: &Self) {
        let here = self.text.len() as u32;
        self.text.push_str(&other.text);
        self.given.extend(other.given.iter().map(|part| Span::new(part.start + here, part.end + here)));
    }

    /// Adds tokens that stand nowhere.
    pub fn push_text(&mut self, text: &str) {
        self.text.push(' ');
        self.text.push_str(text);
    }
}

/// Rules or arguments, with what documents something as the attribute that it is to macros.
pub fn with_attributes(text: &str) -> Cow<'_, str> {
    if !["///", "/**", "//!", "/*!"].iter().any(|mark| text.contains(mark)) {
        return Cow::Borrowed(text);
    }
    let (tape, lexed) = lexed(text);
    drop(tape);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for comment in lexed.comments.iter().filter(|comment| comment.doc != Doc::None) {
        let attribute = if comment.doc == Doc::Inner { "#![doc=\"\"]" } else { "#[doc=\"\"]" };
        out.push_str(&text[at..comment.span.start as usize]);
        out.push_str(attribute);
        at = comment.span.end as usize;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

fn lexed(text: &str) -> (Tape<'_>, Lexed) {
    let mut tape = Tape::new(text);
    let lexed = lex_each(text, &mut |token| tape.push(token));
    (tape, lexed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_keeps_its_place_in_what_is_made() {
        let given = [Span::new(2, 5)];
        let tokens = Tokens::new("a b c d", &given).expect("tokens");
        let mut made = Made::default();
        made.push_text("x");
        made.push(&tokens, (2, 4));
        made.push(&tokens, (0, 2));
        made.push(&tokens, (1, 1));
        assert_eq!(made.text, " x c d a b");
        assert_eq!(made.given, [Span::new(3, 4), Span::new(9, 10)]);
    }

    #[test]
    fn documentation_is_an_attribute_to_macros() {
        let text = "/// one\n/** two */ a /* no */ // no\n";
        assert_eq!(with_attributes(text), "#[doc=\"\"]\n#[doc=\"\"] a /* no */ // no\n");
        assert_eq!(with_attributes("a / b"), "a / b");
    }

    #[test]
    fn what_is_no_rust_has_no_tokens() {
        assert!(Tokens::new("(a", &[]).is_none());
        assert!(Tokens::new(&"(".repeat(5000), &[]).is_none());
    }
}
