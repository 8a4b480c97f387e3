//! How high a tree the tokens can make, without making it.
//!
//! A run of tokens between separators builds a tree of at most as many nodes above one another as
//! it has operators, plus the highest group within it; so the height of a level is the highest of
//! its runs. That bounds left-deep chains, right-deep prefixes and everything between alike.

use crate::adapters::parse::lex::scan::Kind;
use crate::adapters::parse::words::Word;

/// Levels kept apart; deeper ones are only counted.
const LEVELS: usize = 4096;

/// As many alternatives weigh as much as one operator: nothing calls itself to read them.
const ALTERNATIVES: u32 = 8;

/// Reads tokens and keeps the height.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    /// Levels around the present one, outermost first.
    outer: Vec<Level>,
    /// The present level.
    level: Level,
    /// Levels beyond [`LEVELS`] that are open.
    beyond: u32,
    previous: Previous,
}

#[derive(Clone, Copy, Debug, Default)]
struct Level {
    /// Operators in the present run.
    operators: u32,
    /// `|` after literals in the present run: alternatives of a pattern side by side, or a chain that is
    /// read in a loop.
    alternatives: u32,
    /// Highest group in the present run.
    group: u32,
    /// Highest run so far.
    highest: u32,
    /// `<` in the present run that no `>` closed.
    angles: u32,
    /// Whether the present run is a `use`, whose path nests by segment.
    path: PathOf,
    /// Where its bracket opens.
    open: u32,
    /// The bracket that closes it.
    close: u8,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum PathOf {
    #[default]
    Other,
    Use,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Previous {
    #[default]
    None,
    /// A closing brace: a word after it starts a new statement or item.
    Brace,
    /// Another closing bracket.
    Closed,
    Literal,
    Word,
    Punct(u8, u32),
    /// `<` that is an operator.
    Less(u32),
}

impl Level {
    fn end_run(&mut self) {
        let alternatives = self.alternatives / ALTERNATIVES;
        self.highest = self.highest.max(self.operators + alternatives + self.group);
        self.operators = 0;
        self.alternatives = 0;
        self.group = 0;
        self.angles = 0;
        self.path = PathOf::Other;
    }
}

impl Nesting {
    /// How many brackets are open.
    pub(super) fn depth(&self) -> usize {
        self.outer.len() + self.beyond as usize
    }

    pub(super) fn word(&mut self, word: Word) {
        if self.previous == Previous::Brace && word != Word::Continues {
            self.level.end_run();
        }
        match word {
            Word::Nests | Word::Continues => self.level.operators += 1,
            Word::Use => self.level.path = PathOf::Use,
            Word::Name | Word::Keyword => {}
        }
        self.previous = Previous::Word;
    }

    /// A raw word, a literal or a lifetime.
    pub(super) fn leaf(&mut self, kind: Kind) {
        if self.previous == Previous::Brace {
            self.level.end_run();
        }
        self.previous = if kind == Kind::Literal { Previous::Literal } else { Previous::Word };
    }

    pub(super) fn open(&mut self, bracket: u8, at: u32) {
        // A call of a call, an index of an index; a first one is part of its name.
        if bracket != b'{'
            && matches!(self.previous, Previous::Closed | Previous::Brace | Previous::Punct(..))
        {
            self.level.operators += 1;
        }
        self.previous = Previous::None;
        if self.outer.len() >= LEVELS {
            self.beyond += 1;
            self.level.group = self.level.group.max(self.beyond);
            return;
        }
        let close = match bracket {
            b'(' => b')',
            b'[' => b']',
            _ => b'}',
        };
        // A group within `use a::{…}` is part of its path.
        let path = self.level.path;
        self.outer
            .push(std::mem::replace(&mut self.level, Level { open: at, close, path, ..Level::default() }));
    }

    /// Closes a bracket.
    ///
    /// # Errors
    /// When another bracket, or none, is open.
    pub(super) fn close(&mut self, bracket: u8) -> Result<(), &'static str> {
        self.previous = if bracket == b'}' { Previous::Brace } else { Previous::Closed };
        if self.beyond > 0 {
            self.beyond -= 1;
            return Ok(());
        }
        let Some(outer) = self.outer.pop() else {
            return Err("this bracket was never opened");
        };
        let inner = self.leave(outer);
        if inner.close == bracket { Ok(()) } else { Err("this bracket closes another one than was opened") }
    }

    fn leave(&mut self, outer: Level) -> Level {
        let mut inner = std::mem::replace(&mut self.level, outer);
        inner.end_run();
        self.level.group = self.level.group.max(inner.highest + 1);
        inner
    }

    pub(super) fn punct(&mut self, byte: u8, at: u32) {
        let joint = |with: u8| self.previous == Previous::Punct(with, at.wrapping_sub(1));
        match byte {
            b';' => self.level.end_run(),
            // Between generic arguments a comma does not end what is open around them.
            b',' if self.level.angles == 0 => {
                let path = self.level.path;
                self.level.end_run();
                self.level.path = path;
            }
            b'>' if joint(b'=') => self.level.end_run(),
            b'>' => {
                self.level.operators += 1;
                if !joint(b'-') {
                    self.level.angles = self.level.angles.saturating_sub(1);
                }
            }
            b'<' => {
                self.level.operators += 1;
                // Generics never follow a literal or a bracket, shifts and comparisons do.
                if matches!(self.previous, Previous::Literal | Previous::Closed) {
                    self.previous = Previous::Less(at);
                    return;
                }
                if self.previous != Previous::Less(at.wrapping_sub(1)) {
                    self.level.angles += 1;
                }
            }
            b':' if self.level.path == PathOf::Use && joint(b':') => self.level.operators += 1,
            // An attribute after a brace starts a new statement or item.
            b'#' if self.previous == Previous::Brace => self.level.end_run(),
            b'|' if self.previous == Previous::Literal => self.level.alternatives += 1,
            b',' | b':' | b'#' | b'$' => {}
            _ => self.level.operators += 1,
        }
        self.previous = Previous::Punct(byte, at);
    }

    /// Where the innermost open bracket is, if any.
    pub(super) fn unclosed(&self) -> Option<u32> {
        (!self.outer.is_empty()).then_some(self.level.open)
    }

    /// The height of all that was read; open brackets count as if they closed here.
    pub(super) fn score(mut self) -> u32 {
        while let Some(outer) = self.outer.pop() {
            self.leave(outer);
        }
        self.level.end_run();
        self.level.highest
    }
}
