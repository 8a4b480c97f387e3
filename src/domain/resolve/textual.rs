//! `macro_rules!` in textual scope: which macro a name means where no path leads to it.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::domain::resolve::names::ItemNo;
use crate::domain::resolve::prelude::MACROS;
use crate::domain::resolve::sources::Sources;
use crate::domain::resolve::tree::{CrateIx, ModuleForm, ModuleIx, ModuleTree, SpaceIx};
use crate::domain::source::facts::{ItemKind, ItemMarks};
use crate::domain::source::symbols::Sym;

/// Macros of one name in one space, each with the place in the text from which on it is known.
type Known = SmallVec<[(u32, ItemNo); 1]>;

/// The macros that each space knows without a path.
#[derive(Clone, Debug, Default)]
pub struct Textual {
    known: FxHashMap<(SpaceIx, Sym), Known>,
    /// Those that `#[macro_export]` puts into the root of their crate.
    exported: FxHashMap<(CrateIx, Sym), SmallVec<[ItemNo; 1]>>,
    /// Where each module is declared in its parent's text.
    declared: Vec<u32>,
    /// Names that some space has several macros of: which is meant hangs on the place.
    several: FxHashSet<Sym>,
    /// Names of macros that need no definition.
    standard: FxHashSet<Sym>,
}

impl Textual {
    /// Every `macro_rules!` where it stands, and what `#[macro_use]` hands to the modules around.
    pub fn of(sources: &Sources, tree: &ModuleTree) -> Self {
        let modules = (0..tree.modules.len() as u32).map(ModuleIx);
        let declared = modules.map(|module| declared_at(sources, tree, module)).collect();
        let mut textual = Self { declared, ..Self::default() };
        for instance in &tree.instances {
            let facts = sources.file(instance.file);
            for (at, item) in facts.items.iter().enumerate() {
                if item.kind == ItemKind::Macro && !item.marks.has(ItemMarks::PROC_MACRO) {
                    let space = instance.spaces[item.scope.0 as usize];
                    let number = ItemNo(instance.first_item + at as u32);
                    textual.known.entry((space, item.name)).or_default().push((item.span.start, number));
                    if item.marks.has(ItemMarks::MACRO_EXPORT) {
                        textual.exported.entry((instance.krate, item.name)).or_default().push(number);
                    }
                }
            }
        }
        textual.leak(tree);
        textual.standard = MACROS.iter().filter_map(|name| sources.symbols.get(name)).collect();
        let placed = |name, known: &Known| known.len() > 1 || textual.standard.contains(name);
        let several = textual.known.iter().filter(|((_, name), known)| placed(name, known));
        textual.several = several.map(|((_, name), _)| *name).collect();
        textual
    }

    /// The macro of this name: the blocks and modules around, innermost first; of several in one place
    /// the last before the call, for a module in a file of its own before its `mod`.
    pub fn find(
        &self,
        tree: &ModuleTree,
        (space, mut place): (SpaceIx, Option<u32>),
        name: Sym,
    ) -> Option<ItemNo> {
        let mut at = Some(space);
        while let Some(space) = at {
            if let Some(items) = self.known.get(&(space, name)) {
                let before = |(start, _): &&(u32, ItemNo)| place.is_none_or(|place| *start <= place);
                // One that only stands below is that of the standard library, if that has it; else it is an
                // error to the compiler, and we may have read it wrongly.
                let below = || items.last().filter(|_| !self.standard.contains(&name));
                if let Some((_, item)) = items.iter().rev().find(before).or_else(below) {
                    return Some(*item);
                }
            }
            at = tree.around(space).or_else(|| {
                let module = tree.module_of(space);
                if tree.modules[module.0 as usize].form == ModuleForm::File {
                    place = Some(self.declared[module.0 as usize]);
                }
                tree.modules[module.0 as usize].parent.map(|parent| SpaceIx(parent.0))
            });
        }
        None
    }

    /// Whether it may hang on the place of a call which macro of this name is meant.
    pub fn is_placed(&self, name: Sym) -> bool {
        self.several.contains(&name)
    }

    /// The macros of this name that a crate exports.
    pub fn exported(&self, krate: CrateIx, name: Sym) -> Option<&[ItemNo]> {
        self.exported.get(&(krate, name)).map(SmallVec::as_slice)
    }

    /// `#[macro_use] mod m`: its macros are known in the parent too.
    fn leak(&mut self, tree: &ModuleTree) {
        let mut leaked: Vec<(SpaceIx, Sym, u32, ItemNo)> = Vec::new();
        #[expect(clippy::iter_over_hash_type, reason = "what is gathered is sorted before it is used")]
        for ((space, name), items) in &self.known {
            let mut module = tree.module_of(*space);
            if SpaceIx(module.0) != *space {
                continue;
            }
            while tree.modules[module.0 as usize].macro_use
                && let Some(parent) = tree.modules[module.0 as usize].parent
            {
                let at = self.declared[module.0 as usize];
                leaked.extend(items.iter().map(|(_, item)| (SpaceIx(parent.0), *name, at, *item)));
                module = parent;
            }
        }
        leaked.sort_unstable();
        for (space, name, at, item) in leaked {
            let known = self.known.entry((space, name)).or_default();
            if !known.iter().any(|(_, other)| *other == item) {
                known.push((at, item));
            }
            known.sort_by_key(|(at, _)| *at);
        }
    }
}

/// Where in its parent's text a module is declared.
fn declared_at(sources: &Sources, tree: &ModuleTree, module: ModuleIx) -> u32 {
    let Some((instance, item)) = tree.modules[module.0 as usize].declared else { return 0 };
    let facts = sources.file(tree.instances[instance.0 as usize].file);
    facts.items[item.0 as usize].span.start
}
