//! Which macro a call means, as far as that is plain before imports run: by its name alone, or by a
//! path over modules as they are declared to a macro that is exported or imported there by name.
//!
//! What is not plain is left to the paths, after the imports.

use rustc_hash::FxHashMap;

use crate::domain::resolve::names::ItemNo;
use crate::domain::resolve::sources::Sources;
use crate::domain::resolve::textual::Textual;
use crate::domain::resolve::tree::{CrateIx, ModuleIx, ModuleTree, SpaceIx};
use crate::domain::source::facts::{Import, ImportForm};
use crate::domain::source::symbols::Sym;
use crate::domain::source::workspace::{Edition, TargetKind};

/// Imports of macros are followed this deep.
const MAX_DEPTH: u32 = 4;

/// What calls are looked up in.
pub struct Called<'a> {
    sources: &'a Sources,
    tree: &'a ModuleTree,
    textual: Textual,
    /// Roots of the libraries of the workspace, by name; none of names that two have.
    libraries: FxHashMap<&'a str, ModuleIx>,
}

impl<'a> Called<'a> {
    /// All macros of these files.
    pub fn new(sources: &'a Sources, tree: &'a ModuleTree) -> Self {
        let mut libraries: FxHashMap<&str, ModuleIx> = FxHashMap::default();
        let mut shared: Vec<&str> = Vec::new();
        for info in tree.crates.iter().filter(|info| info.kind == TargetKind::Lib) {
            if libraries.insert(&info.name, info.root).is_some() {
                shared.push(&info.name);
            }
        }
        libraries.retain(|name, _| !shared.contains(name));
        Self { sources, tree, textual: Textual::of(sources, tree), libraries }
    }

    /// The macro that a path without a leading `::` means in a space, at a place of its file.
    pub fn find(
        &self,
        place: (SpaceIx, Option<u32>),
        dollar_crate: Option<CrateIx>,
        segments: &[Sym],
    ) -> Option<ItemNo> {
        match segments {
            [name] => self.textual.find(self.tree, place, *name).or_else(|| {
                let module = self.tree.module_of(place.0);
                // What a block imports for itself is left to the paths.
                let plain = self.imports(module, *name).all(|(_, _, space)| space == SpaceIx(module.0));
                let known = if plain { self.imported(module, *name, 0) } else { None };
                // `#[macro_export(local_inner_macros)]`: what a macro calls by name is beside it.
                known.or_else(|| match self.textual.exported(dollar_crate.filter(|_| plain)?, *name)? {
                    [only] => Some(*only),
                    _ => None,
                })
            }),
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
        self.member(self.module_at(module, dollar_crate, way)?, *last, depth)
    }

    /// The module that a path leads to over modules as they are declared.
    fn module_at(
        &self,
        module: ModuleIx,
        dollar_crate: Option<CrateIx>,
        segments: &[Sym],
    ) -> Option<ModuleIx> {
        let (head, way) = segments.split_first()?;
        let mut at = self.head(module, dollar_crate, *head)?;
        for name in way {
            at = match self.sources.symbols.word(*name) {
                "super" => self.tree.modules[at.0 as usize].parent?,
                _ => self.tree.child(at, *name)?,
            };
        }
        Some(at)
    }

    /// The module that the first segment of a path names: a keyword, or a library of the workspace.
    fn head(&self, module: ModuleIx, dollar_crate: Option<CrateIx>, name: Sym) -> Option<ModuleIx> {
        let info = &self.tree.modules[module.0 as usize];
        let root = |krate: CrateIx| self.tree.crates[krate.0 as usize].root;
        match self.sources.symbols.word(name) {
            "crate" => Some(root(info.krate)),
            "$crate" => Some(root(dollar_crate.unwrap_or(info.krate))),
            "self" => Some(module),
            "super" => info.parent,
            _ if self.tree.crates[info.krate.0 as usize].edition == Edition::E2015 => None,
            _ if self.tree.child(module, name).is_some() || self.imports(module, name).next().is_some() => {
                None
            }
            word => self.libraries.get(word).copied(),
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
        self.imported(module, name, depth)
    }

    /// The one macro that a module imports by this name, else by globs.
    fn imported(&self, module: ModuleIx, name: Sym, depth: u32) -> Option<ItemNo> {
        if depth == MAX_DEPTH {
            return None;
        }
        let mut imports = self.imports(module, name).filter(|(.., space)| *space == SpaceIx(module.0));
        if let Some((import, segments, _)) = imports.next() {
            if imports.next().is_some() || import.path.global {
                return None;
            }
            let krate = self.tree.modules[module.0 as usize].krate;
            return match segments {
                [name] if self.tree.crates[krate.0 as usize].edition > Edition::E2015 => {
                    self.textual.find(self.tree, (SpaceIx(module.0), None), *name)
                }
                _ => self.by_path(module, None, segments, depth + 1),
            };
        }
        // Two globs that bring one name would not compile.
        self.globs(module).find_map(|segments| {
            let from = self.module_at(module, None, segments).filter(|from| *from != module)?;
            self.member(from, name, depth + 1)
        })
    }

    /// Imports of one name in a module and its blocks, with their segments and the space they are for.
    fn imports(&self, module: ModuleIx, name: Sym) -> impl Iterator<Item = (&'a Import, &'a [Sym], SpaceIx)> {
        let named = move |import: &Import| import.form == ImportForm::Name && import.name == name;
        self.all_imports(module).filter(move |(import, ..)| named(import))
    }

    /// Paths of the globs of a module.
    fn globs(&self, module: ModuleIx) -> impl Iterator<Item = &'a [Sym]> {
        let own = self.all_imports(module).filter(move |(import, _, space)| {
            import.form == ImportForm::Glob && !import.path.global && *space == SpaceIx(module.0)
        });
        own.map(|(_, segments, _)| segments)
    }

    fn all_imports(&self, module: ModuleIx) -> impl Iterator<Item = (&'a Import, &'a [Sym], SpaceIx)> {
        let bodies = self.tree.modules[module.0 as usize].bodies.iter();
        bodies.flat_map(move |(instance, _)| {
            let instance = &self.tree.instances[instance.0 as usize];
            let facts = self.sources.file(instance.file);
            let all = facts.imports.iter().map(|import| {
                let first = import.path.first as usize;
                let segments = &facts.segments[first..first + usize::from(import.path.count)];
                (import, segments, instance.spaces[import.scope.0 as usize])
            });
            // A file holds other modules too.
            all.filter(move |(.., space)| self.tree.module_of(*space) == module)
        })
    }
}
