//! Names that are bound where a walk stands: local variables, generic parameters.

use crate::domain::source::index::ValueIx;
use crate::domain::source::symbols::Sym;

/// Names in scope, counted so that asking is one look.
#[derive(Default)]
pub struct Bindings {
    stack: Vec<(Sym, Option<ValueIx>)>,
    known: Vec<Known>,
}

/// One name: how often it is bound, and what it was bound to last, if that is known.
#[derive(Clone, Copy, Default)]
struct Known {
    count: u16,
    value: Option<ValueIx>,
}

impl Bindings {
    /// Adds a name.
    pub fn push(&mut self, name: Sym) {
        self.push_value(name, None);
    }

    /// Adds a name for a value.
    pub fn push_value(&mut self, name: Sym, value: Option<ValueIx>) {
        let at = name.0 as usize;
        if self.known.len() <= at {
            self.known.resize(at + 32, Known::default());
        }
        let known = &mut self.known[at];
        self.stack.push((name, known.value));
        *known = Known { count: known.count.saturating_add(1), value };
    }

    /// Says what a name that is bound stands for, unless that is known.
    pub fn tell(&mut self, name: Sym, value: ValueIx) {
        if let Some(known) = self.known.get_mut(name.0 as usize).filter(|known| known.count > 0) {
            known.value.get_or_insert(value);
        }
    }

    /// Whether the name is bound.
    pub fn has(&self, name: Sym) -> bool {
        self.known.get(name.0 as usize).is_some_and(|known| known.count > 0)
    }

    /// What the name was bound to last.
    pub fn value(&self, name: Sym) -> Option<ValueIx> {
        self.known.get(name.0 as usize).and_then(|known| known.value)
    }

    /// The place of a name among all that are bound.
    pub fn place(&self, name: Sym) -> Option<u32> {
        if !self.has(name) {
            return None;
        }
        self.stack.iter().rposition(|(bound, _)| *bound == name).map(|place| place as u32)
    }

    /// All that are bound, the innermost last.
    pub fn names(&self) -> impl Iterator<Item = Sym> {
        self.stack.iter().map(|(name, _)| *name)
    }

    /// How many names are bound: a mark to return to.
    pub fn mark(&self) -> usize {
        self.stack.len()
    }

    /// Forgets all names bound since the mark.
    pub fn reset(&mut self, mark: usize) {
        while self.stack.len() > mark {
            let Some((name, value)) = self.stack.pop() else { return };
            let known = &mut self.known[name.0 as usize];
            *known = Known { count: known.count.saturating_sub(1), value };
        }
    }
}
