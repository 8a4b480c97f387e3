//! Places: a part of one long literal's span tells where in a text it is.

use std::cell::{Cell, RefCell};
use std::str::FromStr;

use proc_macro2::{Literal, Span};

/// Literals that `proc_macro2` reads leave a text behind, each; after so many all are forgotten.
pub(super) const MOST_READ: u32 = 1_000;

/// The shortest ruler, in bytes.
pub(super) const SHORTEST: usize = 1 << 16;

thread_local! {
    static RULER: RefCell<Option<Ruler>> = const { RefCell::new(None) };
}

/// A literal as long as the longest text so far. A part of its span tells its place in it at once,
/// while `proc_macro2` would keep a copy of each text, and look for the line of each span.
pub(super) struct Ruler {
    literal: Literal,
    length: usize,
    /// Number of literals read since.
    read: Cell<u32>,
}

/// Forgets all places of this thread: no token may be left.
pub fn forget_places() {
    RULER.take();
    proc_macro2::extra::invalidate_current_thread_spans();
}

/// The ruler of this thread, long enough for a text.
pub(super) fn ruler(length: usize) -> Option<Ruler> {
    match RULER.take() {
        Some(ruler) if ruler.length >= length && ruler.read.get() < MOST_READ => return Some(ruler),
        Some(_) => forget_places(),
        None => {}
    }
    let length = length.next_power_of_two().max(SHORTEST);
    let literal = Literal::from_str(&format!("\"{}\"", " ".repeat(length))).ok()?;
    Some(Ruler { literal, length, read: Cell::new(0) })
}

impl Ruler {
    /// The span of these bytes.
    pub(super) fn span(&self, start: u32, end: u32) -> Option<Span> {
        self.literal.subspan(start as usize..end as usize)
    }

    /// A literal as `proc_macro2` reads it.
    pub(super) fn literal(&self, text: &str) -> Option<Literal> {
        self.read.set(self.read.get() + 1);
        Literal::from_str(text).ok()
    }

    /// Gives it back to its thread.
    pub(super) fn put_away(self) {
        RULER.set(Some(self));
    }
}
