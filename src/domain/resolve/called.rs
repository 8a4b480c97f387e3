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

    /// The macro that a path behind a leading `::` means.
    pub fn outside(&self, space: SpaceIx, segments: &[Sym]) -> Option<ItemNo> {
        let (head, rest) = segments.split_first()?;
        let (last, way) = rest.split_last()?;
        if self.edition(self.tree.module_of(space)) == Edition::E2015 {
            return None;
        }
        let library = self.libraries.get(self.sources.symbols.word(*head)).copied()?;
        self.member(self.along(library, way)?, *last, 0)
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
                let mut around = std::iter::successors(Some(place.0), |space| self.tree.around(*space));
                if let Some(named) = around.find_map(|space| self.named(space, *name, 0)) {
                    return named;
                }
                // `#[macro_export(local_inner_macros)]`: what a macro calls by name is beside it.
                let beside = || Some(*self.textual.exported(dollar_crate?, *name)?.first()?);
                self.of_globs(module, *name, 0).or_else(beside)
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
        self.member(self.module_at(module, dollar_crate, way, depth)?, *last, depth)
    }

    /// The module that a path leads to over modules as they are declared.
    fn module_at(
        &self,
        module: ModuleIx,
        dollar_crate: Option<CrateIx>,
        segments: &[Sym],
        depth: u32,
    ) -> Option<ModuleIx> {
        let (head, way) = segments.split_first()?;
        self.along(self.head(module, dollar_crate, *head, depth)?, way)
    }

    fn along(&self, module: ModuleIx, way: &[Sym]) -> Option<ModuleIx> {
        way.iter().try_fold(module, |at, name| match self.sources.symbols.word(*name) {
            "super" => self.tree.modules[at.0 as usize].parent,
            _ => self.tree.child(at, *name),
        })
    }

    /// The module that the first segment of a path names: a keyword, a module that is declared or imported by
    /// name, or a library of the workspace.
    fn head(
        &self,
        module: ModuleIx,
        dollar_crate: Option<CrateIx>,
        name: Sym,
        depth: u32,
    ) -> Option<ModuleIx> {
        let info = &self.tree.modules[module.0 as usize];
        let root = |krate: CrateIx| self.tree.crates[krate.0 as usize].root;
        let word = self.sources.symbols.word(name);
        match word {
            "crate" => return Some(root(info.krate)),
            "$crate" => return Some(root(dollar_crate.unwrap_or(info.krate))),
            "self" => return Some(module),
            "super" => return info.parent,
            _ if self.edition(module) == Edition::E2015 => return None,
            _ => {}
        }
        let mut imports = self.imports(module, name);
        let Some((import, segments, space)) = imports.next() else {
            return self.tree.child(module, name).or_else(|| self.libraries.get(word).copied());
        };
        let plain = !import.path.global && space == SpaceIx(module.0) && imports.next().is_none();
        // `use a::a`: what the import itself names is not this.
        let way = segments.split_first().filter(|(head, way)| plain && **head != name && !way.is_empty());
        way.filter(|_| depth < MAX_DEPTH).and_then(|_| self.module_at(module, None, segments, depth + 1))
    }

    fn edition(&self, module: ModuleIx) -> Edition {
        self.tree.crates[self.tree.modules[module.0 as usize].krate.0 as usize].edition
    }

    /// The one macro that a module exports, or imports, by this name.
    fn member(&self, module: ModuleIx, name: Sym, depth: u32) -> Option<ItemNo> {
        self.exported(module, name).or_else(|| self.imported(module, name, depth))
    }

    /// The macro that `#[macro_export]` puts here. Of several, which exclude each other, the first.
    fn exported(&self, module: ModuleIx, name: Sym) -> Option<ItemNo> {
        let krate = self.tree.modules[module.0 as usize].krate;
        let is_root = self.tree.crates[krate.0 as usize].root == module;
        self.textual.exported(krate, name).filter(|_| is_root)?.first().copied()
    }

    /// The one macro that a module imports by this name, else by globs.
    fn imported(&self, module: ModuleIx, name: Sym, depth: u32) -> Option<ItemNo> {
        if depth == MAX_DEPTH {
            return None;
        }
        self.named(SpaceIx(module.0), name, depth).unwrap_or_else(|| self.of_globs(module, name, depth))
    }

    /// The macro that a module or block imports by this name; none inside if that is not plain.
    fn named(&self, space: SpaceIx, name: Sym, depth: u32) -> Option<Option<ItemNo>> {
        let module = self.tree.module_of(space);
        let mut imports = self.imports(module, name).filter(|(.., of)| *of == space);
        let (import, segments, _) = imports.next()?;
        if imports.next().is_some() || import.path.global {
            return Some(None);
        }
        Some(match segments {
            [name] if self.edition(module) > Edition::E2015 => {
                let known = self.textual.find(self.tree, (space, None), *name);
                known.or_else(|| self.exported(module, *name))
            }
            _ => self.by_path(module, None, segments, depth + 1),
        })
    }

    /// The macro that the globs of a module bring: two that bring one name would not compile.
    fn of_globs(&self, module: ModuleIx, name: Sym, depth: u32) -> Option<ItemNo> {
        self.globs(module).find_map(|segments| {
            let from = self.module_at(module, None, segments, depth).filter(|from| *from != module)?;
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
