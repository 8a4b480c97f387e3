//! Which macro a call means, as far as that is plain before imports run: by its name alone, or by a
//! path over modules as they are declared to a macro that is exported or imported there by name.
//!
//! What is not plain is left to the paths, after the imports.

use crate::domain::resolve::names::ItemNo;
use crate::domain::resolve::sources::Sources;
use crate::domain::resolve::textual::Textual;
use crate::domain::resolve::tree::{CrateIx, ModuleIx, ModuleTree, SpaceIx};
use crate::domain::source::facts::{Import, ImportForm};
use crate::domain::source::symbols::Sym;
use crate::domain::source::workspace::Edition;

/// Imports of macros are followed this deep.
const MAX_DEPTH: u32 = 4;

/// What calls are looked up in.
pub struct Called<'a> {
    sources: &'a Sources,
    tree: &'a ModuleTree,
    textual: Textual,
}

impl<'a> Called<'a> {
    /// All macros of these files.
    pub fn new(sources: &'a Sources, tree: &'a ModuleTree) -> Self {
        Self { sources, tree, textual: Textual::of(sources, tree) }
    }

    /// The macro that a path without a leading `::` means in a space, at a place of its file.
    pub fn find(
        &self,
        place: (SpaceIx, Option<u32>),
        dollar_crate: Option<CrateIx>,
        segments: &[Sym],
    ) -> Option<ItemNo> {
        match segments {
            [name] => self.textual.find(self.tree, place, *name),
            _ => self.by_path(self.tree.module_of(place.0), dollar_crate, segments, 0),
        }
    }

    fn by_path(
        &self,
        module: ModuleIx,
        dollar_crate: Option<CrateIx>,
        segments: &[Sym],
        depth: u32,
    ) -> Option<ItemNo> {
        let (last, way) = segments.split_last()?;
        let (head, way) = way.split_first()?;
        let mut at = self.head(module, dollar_crate, *head)?;
        for name in way {
            at = match self.sources.symbols.word(*name) {
                "super" => self.tree.modules[at.0 as usize].parent?,
                _ => self.tree.child(at, *name)?,
            };
        }
        self.member(at, *last, depth)
    }

    /// The module that the first segment of a path names; none where it may be a crate.
    fn head(&self, module: ModuleIx, dollar_crate: Option<CrateIx>, name: Sym) -> Option<ModuleIx> {
        let info = &self.tree.modules[module.0 as usize];
        let root = |krate: CrateIx| self.tree.crates[krate.0 as usize].root;
        match self.sources.symbols.word(name) {
            "crate" => Some(root(info.krate)),
            "$crate" => Some(root(dollar_crate.unwrap_or(info.krate))),
            "self" => Some(module),
            "super" => info.parent,
            _ => None,
        }
    }

    /// The one macro that a module exports, or imports, by this name.
    fn member(&self, module: ModuleIx, name: Sym, depth: u32) -> Option<ItemNo> {
        let krate = self.tree.modules[module.0 as usize].krate;
        if self.tree.crates[krate.0 as usize].root == module
            && let Some(exported) = self.textual.exported(krate, name)
        {
            return match exported {
                [only] => Some(*only),
                _ => None,
            };
        }
        let mut imports = self.imports(module, name);
        let (import, segments) = imports.next()?;
        if imports.next().is_some() || import.path.global || depth == MAX_DEPTH {
            return None;
        }
        match segments {
            [name] if self.tree.crates[krate.0 as usize].edition > Edition::E2015 => {
                self.textual.find(self.tree, (SpaceIx(module.0), None), *name)
            }
            _ => self.by_path(module, None, segments, depth + 1),
        }
    }

    /// Imports of one name into a module, with their segments.
    fn imports(&self, module: ModuleIx, name: Sym) -> impl Iterator<Item = (&'a Import, &'a [Sym])> {
        let bodies = self.tree.modules[module.0 as usize].bodies.iter();
        bodies.flat_map(move |(instance, _)| {
            let instance = &self.tree.instances[instance.0 as usize];
            let facts = self.sources.file(instance.file);
            let own = facts.imports.iter().filter(move |import| {
                let here = instance.spaces[import.scope.0 as usize] == SpaceIx(module.0);
                here && import.name == name && import.form == ImportForm::Name
            });
            own.map(|import| {
                let first = import.path.first as usize;
                (import, &facts.segments[first..first + usize::from(import.path.count)])
            })
        })
    }
}
