//! Places: a part of one long literal's span tells where in a text it is.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::str::FromStr;

use proc_macro2::{Literal, Span};

/// Literals that `proc_macro2` reads leave a text behind, each; after so many all are forgotten.
pub(super) const MOST_READ: u32 = 1_000;

/// Texts that `proc_macro2` reads are kept, each; after so many bytes all are forgotten.
const MOST_LEFT: usize = 1 << 20;

/// The shortest ruler, in bytes.
pub(super) const SHORTEST: usize = 1 << 12;

thread_local! {
    static RULER: RefCell<Option<Rc<Ruler>>> = const { RefCell::new(None) };
}

/// A literal as long as the longest text so far. A part of its span tells its place in it at once,
/// while `proc_macro2` would keep a copy of each text, and look for the line of each span.
pub(super) struct Ruler {
    literal: Literal,
    length: usize,
    /// Number of literals read since.
    read: Cell<u32>,
    /// Bytes of texts read since.
    left: Cell<usize>,
    /// A shorter one that this one took the place of while somebody measured with it.
    before: Option<Rc<Ruler>>,
}

/// Forgets all places of this thread: no token may be left.
pub fn forget_places() {
    RULER.take();
    proc_macro2::extra::invalidate_current_thread_spans();
}

/// Notes that `proc_macro2` has read a text, which it keeps: places are forgotten before there are too many.
/// A new ruler costs more than many short texts.
pub fn leave_text(length: usize) {
    let noted = RULER.with_borrow(|ruler| match ruler {
        Some(ruler) => {
            ruler.left.set(ruler.left.get() + length);
            true
        }
        None => false,
    });
    if !noted {
        forget_places();
    }
}

/// The ruler of this thread, long enough for a text. Those who measure at the same time share it.
pub(super) fn ruler(length: usize) -> Option<Rc<Ruler>> {
    let mut before = RULER.take();
    if let Some(ruler) =
        before.take_if(|ruler| ruler.length >= length && (ruler.is_fresh() || is_used(ruler)))
    {
        RULER.set(Some(Rc::clone(&ruler)));
        return Some(ruler);
    }
    if before.as_ref().is_some_and(|ruler| !is_used(ruler)) {
        before = None;
        forget_places();
    }
    let length = length.next_power_of_two().max(SHORTEST);
    let literal = Literal::from_str(&format!("\"{}\"", " ".repeat(length))).ok()?;
    let ruler = Rc::new(Ruler { literal, length, read: Cell::new(0), left: Cell::new(0), before });
    RULER.set(Some(Rc::clone(&ruler)));
    Some(ruler)
}

/// Whether somebody beside its thread, or the one that took its place, measures with a ruler or with one before
/// it: their places may not be forgotten.
fn is_used(ruler: &Rc<Ruler>) -> bool {
    Rc::strong_count(ruler) > 1 || ruler.before.as_ref().is_some_and(is_used)
}

impl Ruler {
    /// Whether little was read since it was made.
    fn is_fresh(&self) -> bool {
        self.read.get() < MOST_READ && self.left.get() < MOST_LEFT
    }

    /// The span of these bytes.
    pub(super) fn span(&self, start: u32, end: u32) -> Option<Span> {
        self.literal.subspan(start as usize..end as usize)
    }

    /// A literal as `proc_macro2` reads it.
    pub(super) fn literal(&self, text: &str) -> Option<Literal> {
        self.read.set(self.read.get() + 1);
        Literal::from_str(text).ok()
    }
}
