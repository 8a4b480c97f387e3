//! Names in their spaces: what each module and block binds, in three namespaces.

use rustc_hash::{FxBuildHasher, FxHashMap};
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

/// Who may use a binding: everyone, or a module and what it contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vis(u32);

impl Vis {
    /// Everyone.
    pub const PUBLIC: Self = Self(u32::MAX);

    /// A module and what it contains.
    pub const fn within(module: ModuleIx) -> Self {
        Self(module.0)
    }

    /// The module it is limited to, if it is.
    pub const fn limit(self) -> Option<ModuleIx> {
        if self.0 == u32::MAX { None } else { Some(ModuleIx(self.0)) }
    }
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

impl Origin {
    /// What a name is taken from first: what is named, then what came through globs.
    const fn rank(self) -> u8 {
        match self {
            Self::Named | Self::External => 0,
            Self::Glob | Self::ExternalGlob => 1,
            Self::Prelude => 2,
        }
    }
}

/// The namespaces that a meaning stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mask(u8);

impl Mask {
    /// Types, traits and modules.
    pub const TYPE: Self = Self(1);
    /// Functions, constants, constructors.
    pub const VALUE: Self = Self(2);
    /// Macros.
    pub const MACRO: Self = Self(4);
    /// Macros that attributes and derives can mean: those that a path or an import leads to.
    pub const ATTRIBUTE: Self = Self(4 | 8);
    /// All of them.
    pub const ALL: Self = Self(7);

    /// The mask of one namespace.
    pub const fn of(namespace: Namespace) -> Self {
        match namespace {
            Namespace::Type => Self::TYPE,
            Namespace::Value => Self::VALUE,
            Namespace::Macro => Self::MACRO,
        }
    }

    /// Whether only macros are asked for.
    pub const fn is_macro(self) -> bool {
        self.0 & 7 == Self::MACRO.0
    }

    /// What both have.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What either has.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What only this one has.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether it stands in none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// One meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// What it stands for, re-exports followed.
    pub def: Def,
    /// Who may use it from here.
    pub vis: Vis,
    /// The facade that its import names, where that is not the defining module.
    pub via: Facade,
    /// Where it comes from.
    pub origin: Origin,
    /// In which namespaces; never none.
    pub mask: Mask,
    /// Whether it exists in test code only.
    pub test: bool,
    /// Whether another condition may leave it out: then it shadows nothing.
    pub conditional: bool,
}

/// A facade, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facade(u32);

impl Facade {
    /// None.
    pub const NONE: Self = Self(u32::MAX);

    /// This module.
    pub const fn new(module: Option<ModuleIx>) -> Self {
        match module {
            Some(module) => Self(module.0),
            None => Self::NONE,
        }
    }

    /// The module, if there is one.
    pub const fn module(self) -> Option<ModuleIx> {
        if self.0 == u32::MAX { None } else { Some(ModuleIx(self.0)) }
    }
}

/// Meanings of one name in one space, in the order they were found.
pub type Meanings = SmallVec<[Binding; 1]>;

/// All bindings of all spaces. Each space has a table of its own: what is looked up together lies together.
#[derive(Clone, Debug, Default)]
pub struct Names {
    spaces: Vec<Space>,
    /// Counts the changes of each space, so that an import knows when to look again. Asked often, and so
    /// kept apart.
    versions: Vec<u32>,
}

/// The bindings of one space.
#[derive(Clone, Debug, Default)]
struct Space {
    table: FxHashMap<Sym, Meanings>,
    /// The names in the order they came.
    listed: Vec<Sym>,
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
    /// Empty tables, each with room for about so many names.
    pub fn new(rooms: &[u32]) -> Self {
        let space = |room: &u32| Space {
            table: FxHashMap::with_capacity_and_hasher(*room as usize, FxBuildHasher),
            listed: Vec::with_capacity(*room as usize),
        };
        Self { spaces: rooms.iter().map(space).collect(), versions: vec![0; rooms.len()] }
    }

    /// Makes room for as many names more in one space as another has.
    pub fn expect(&mut self, space: SpaceIx, others: SpaceIx) {
        let more = self.listed(others).len();
        let space = &mut self.spaces[space.0 as usize];
        space.table.reserve(more);
        space.listed.reserve(more);
    }

    /// The meanings of a name in one space, in any namespace.
    pub fn get(&self, space: SpaceIx, name: Sym) -> &[Binding] {
        self.spaces[space.0 as usize].table.get(&name).map_or(&[], |found| found.as_slice())
    }

    /// The names of a space, in the order they came.
    pub fn listed(&self, space: SpaceIx) -> &[Sym] {
        &self.spaces[space.0 as usize].listed
    }

    /// How often a space has changed.
    pub fn version(&self, space: SpaceIx) -> u32 {
        self.versions[space.0 as usize]
    }

    /// Adds a meaning. What is named shadows what came through a glob, unless it is only for tests.
    pub fn define(&mut self, space: SpaceIx, name: Sym, mut binding: Binding) -> Change {
        let version = &mut self.versions[space.0 as usize];
        let space = &mut self.spaces[space.0 as usize];
        let list = space.table.entry(name).or_insert_with(|| {
            space.listed.push(name);
            Meanings::new()
        });
        for known in list.iter().filter(|known| known.origin.rank() < binding.origin.rank()) {
            if known.def != binding.def && !known.conditional && (!known.test || binding.test) {
                binding.mask = binding.mask.without(known.mask);
            }
        }
        if binding.mask.is_empty() {
            return Change::None;
        }
        let mut changed = Change::None;
        if let Some(known) = list.iter_mut().find(|known| known.def == binding.def) {
            let more = !binding.mask.without(known.mask).is_empty();
            let wider = known.vis != Vis::PUBLIC && binding.vis == Vis::PUBLIC;
            if more || wider || known.test && !binding.test {
                changed = Change::New;
            }
            known.mask = known.mask.or(binding.mask);
            known.test &= binding.test;
            known.conditional &= binding.conditional;
            known.origin = known.origin.min(binding.origin);
            if wider {
                known.vis = Vis::PUBLIC;
            }
        } else {
            changed = Change::New;
        }
        if changed == Change::New {
            if !binding.test && !binding.conditional {
                for known in list.iter_mut().filter(|known| known.origin.rank() > binding.origin.rank()) {
                    if known.def != binding.def {
                        known.mask = known.mask.without(binding.mask);
                    }
                }
                list.retain(|known| !known.mask.is_empty());
            }
            if !list.iter().any(|known| known.def == binding.def) {
                list.push(binding);
            }
            *version += 1;
        }
        changed
    }
}
