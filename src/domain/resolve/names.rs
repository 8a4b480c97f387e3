//! Names in their spaces: what each module and block binds, in three namespaces.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::domain::resolve::tree::{ModuleIx, SpaceIx};
use crate::domain::source::facts::Namespace;
use crate::domain::source::symbols::Sym;

/// An item in its place: items are numbered through all instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemNo(pub u32);

/// A path outside the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExternalIx(pub u32);

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Def {
    /// A module of the workspace.
    Module(ModuleIx),
    /// An item of the workspace.
    Item(ItemNo),
    /// Something outside.
    External(ExternalIx),
}

/// Who may use a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vis {
    /// Everyone.
    Public,
    /// This module and what it contains.
    Within(ModuleIx),
}

/// Where a binding comes from; later ones give way to earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Declared here, or imported by name from the workspace.
    Named,
    /// Imported by name from outside: whether the name exists in this namespace is unknown.
    External,
    /// Came through a glob.
    Glob,
    /// Came through a glob from such an outside import.
    ExternalGlob,
    /// The standard prelude.
    Prelude,
}

/// One meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// What it stands for, re-exports followed.
    pub def: Def,
    /// Who may use it from here.
    pub vis: Vis,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether it exists in test code only.
    pub test: bool,
    /// The facade that its import names, where that is not the defining module.
    pub via: Option<ModuleIx>,
}

/// Meanings of one name in one space, by namespace.
#[derive(Clone, Debug, Default)]
pub struct Meanings {
    by_namespace: [SmallVec<[Binding; 1]>; 3],
}

impl Meanings {
    /// Meanings in a namespace, in the order they were found.
    pub fn of(&self, namespace: Namespace) -> &[Binding] {
        &self.by_namespace[index(namespace)]
    }
}

/// All bindings of all spaces.
#[derive(Debug, Default)]
pub struct Names {
    table: FxHashMap<(SpaceIx, Sym), Meanings>,
    listed: Vec<Vec<Sym>>,
    /// Counts the changes of each space, so that an import knows when to look again.
    version: Vec<u32>,
}

/// Whether a definition changed anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was known.
    None,
    /// It is new, or visible to more.
    New,
}

impl Names {
    /// Empty tables for this many spaces.
    pub fn new(spaces: usize) -> Self {
        Self { table: FxHashMap::default(), listed: vec![Vec::new(); spaces], version: vec![0; spaces] }
    }

    /// The meanings of a name in one space.
    pub fn get(&self, space: SpaceIx, name: Sym) -> Option<&Meanings> {
        self.table.get(&(space, name))
    }

    /// The names of a space, in the order they came.
    pub fn listed(&self, space: SpaceIx) -> &[Sym] {
        &self.listed[space.0 as usize]
    }

    /// How often a space has changed.
    pub fn version(&self, space: SpaceIx) -> u32 {
        self.version[space.0 as usize]
    }

    /// Adds a meaning. What is named shadows what came through a glob, unless it is only for tests.
    pub fn define(&mut self, space: SpaceIx, name: Sym, namespace: Namespace, binding: Binding) -> Change {
        let meanings = self.table.entry((space, name)).or_insert_with(|| {
            self.listed[space.0 as usize].push(name);
            Meanings::default()
        });
        let list = &mut meanings.by_namespace[index(namespace)];
        if let Some(known) = list.iter_mut().find(|known| known.def == binding.def) {
            let wider = known.vis != Vis::Public && binding.vis == Vis::Public;
            let firmer = binding.origin < known.origin;
            let open = known.test && !binding.test;
            if wider {
                known.vis = Vis::Public;
            }
            if firmer {
                known.origin = binding.origin;
            }
            known.test &= binding.test;
            if !(wider || open) {
                return Change::None;
            }
        } else {
            let shadowed =
                list.iter().any(|known| known.origin < binding.origin && (!known.test || binding.test));
            if shadowed {
                return Change::None;
            }
            if !binding.test {
                list.retain(|known| known.origin <= binding.origin);
            }
            list.push(binding);
        }
        self.version[space.0 as usize] += 1;
        Change::New
    }
}

const fn index(namespace: Namespace) -> usize {
    match namespace {
        Namespace::Type => 0,
        Namespace::Value => 1,
        Namespace::Macro => 2,
    }
}

/// All namespaces.
pub const NAMESPACES: [Namespace; 3] = [Namespace::Type, Namespace::Value, Namespace::Macro];
