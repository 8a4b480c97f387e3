//! Who calls whom, seen from what is called.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::census::{ItemNo, Target};
use crate::domain::indicators::scene::Scene;
use crate::domain::patterns::{AccessForm, MessageForm};

/// Callers, handlers and writers.
pub struct Flows {
    callers: FxHashMap<ItemNo, Vec<ItemNo>>,
    handlers: FxHashSet<ItemNo>,
    writers: FxHashSet<ItemNo>,
    /// Calls are followed so far up.
    depth: u32,
}

impl Flows {
    /// The flows of a system.
    pub fn of(scene: &Scene<'_>) -> Self {
        let (census, patterns) = (scene.census, scene.patterns);
        let mut callers: FxHashMap<ItemNo, Vec<ItemNo>> = FxHashMap::default();
        for caller in census.functions() {
            for called in patterns.calls(caller) {
                callers.entry(*called).or_default().push(caller);
            }
        }
        // Who calls a method of a port calls what implements it.
        for port in &patterns.ports {
            for method in port.impls.iter().flat_map(|block| &census.block(*block).methods) {
                let required = port.methods.iter().find(|other| census.name(**other) == census.name(*method));
                let through = required.and_then(|required| callers.get(required)).cloned();
                callers.entry(*method).or_default().extend(through.unwrap_or_default());
            }
        }
        let events = patterns.messages.iter().filter(|message| message.form == MessageForm::Event);
        let handlers = events.flat_map(|event| event.handled.iter().map(|(item, _)| *item)).collect();
        let writes = patterns.accesses.iter();
        let writes = writes.filter(|access| matches!(access.form, AccessForm::Write | AccessForm::Store));
        let writers = writes.map(|access| access.item).collect();
        let depth = scene.parameters.section("evt").count("calls");
        Self { callers, handlers, writers, depth }
    }

    /// Functions that handle events.
    pub fn handles(&self, item: ItemNo) -> bool {
        self.handlers.contains(&item)
    }

    /// Whether a function handles events, or is called by such functions only.
    pub fn is_behind_events(&self, item: ItemNo) -> bool {
        self.behind(item, self.depth)
    }

    fn behind(&self, item: ItemNo, depth: u32) -> bool {
        if self.handles(item) {
            return true;
        }
        let callers = self.callers.get(&item).map_or(&[][..], Vec::as_slice);
        depth > 0 && !callers.is_empty() && callers.iter().all(|caller| self.behind(*caller, depth - 1))
    }

    /// Whether anything is written in a function or on the way to it.
    pub fn is_in_writing(&self, item: ItemNo) -> bool {
        let mut seen: FxHashSet<ItemNo> = FxHashSet::default();
        let mut front = vec![item];
        for _ in 0..=self.depth {
            let mut next = Vec::new();
            for item in front {
                if self.writers.contains(&item) {
                    return true;
                }
                if seen.insert(item) {
                    next.extend(self.callers.get(&item).into_iter().flatten().copied());
                }
            }
            front = next;
        }
        false
    }
}

/// Whether a target is an item.
pub fn item_of(target: Target) -> Option<ItemNo> {
    match target {
        Target::Item(item) => Some(item),
        _ => None,
    }
}
