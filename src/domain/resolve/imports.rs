//! Imports and globs, followed to the end.
//!
//! The fix-point. Each item has bound its own name. Then the imports run in rounds: an import whose
//! path leads somewhere binds what it found; what a module binds flows at once to every module that
//! has a glob on it, as far as it may be seen there. A round that changes nothing is the last. An
//! import looks again only when the module that its path names has changed since, so a round costs
//! little. Bindings are only ever added, each at most once per namespace and definition, so it ends.

use smallvec::SmallVec;

use crate::domain::resolve::names::{
    Binding, Change, Def, ExternalIx, ItemNo, NAMESPACES, Names, Origin, Vis,
};
use crate::domain::resolve::paths::From;
use crate::domain::resolve::scopes::{Glob, Scopes};
use crate::domain::resolve::tree::{InstanceIx, ModuleIx, SpaceIx};
use crate::domain::source::facts::{FileFacts, Import, ImportForm, ItemKind, Namespace, TestOnly};
use crate::domain::source::symbols::Sym;

impl<'a> Scopes<'a> {
    /// Runs all imports until nothing changes.
    pub fn run_imports(&mut self) {
        let mut pending = Vec::new();
        for (at, instance) in self.tree.instances.iter().enumerate() {
            let facts = self.sources.file(instance.file);
            for import in &facts.imports {
                let space = instance.spaces[import.scope.0 as usize];
                let test = instance.test || facts.cfgs[import.cfg.0 as usize].test == TestOnly::Yes;
                let vis = self.vis_of(facts, import.visibility, self.module(space));
                pending.push(Pending {
                    instance: InstanceIx(at as u32),
                    import,
                    space,
                    test,
                    vis,
                    seen: None,
                    prefix: SmallVec::new(),
                });
            }
        }
        // External crates first: other imports start from the names they make.
        let mut changed = true;
        let mut first = true;
        while changed {
            changed = false;
            for import in &mut pending {
                if first || import.may_change(&self.names) {
                    changed |= self.run_import(import) == Change::New;
                }
            }
            first = false;
        }
        self.import_prefixes = pending.into_iter().map(|import| import.prefix).collect();
    }

    fn run_import(&mut self, pending: &mut Pending<'_>) -> Change {
        let import = pending.import;
        let facts = self.sources.file(self.tree.instances[pending.instance.0 as usize].file);
        let first = import.path.first as usize;
        let segments = &facts.segments[first..first + usize::from(import.path.count)];
        match import.form {
            ImportForm::ExternCrate => self.run_extern_crate(pending, segments[0]),
            ImportForm::Glob => self.run_glob(pending, segments),
            ImportForm::Name | ImportForm::SelfOnly => self.run_named(pending, segments),
            ImportForm::Underscore => Change::None,
        }
    }

    fn run_extern_crate(&mut self, pending: &Pending<'_>, name: Sym) -> Change {
        let import = pending.import;
        let module = self.module(pending.space);
        let krate = self.tree.modules[module.0 as usize].krate;
        let def = if Some(name) == self.words.self_ {
            Def::Module(self.root_of(module))
        } else {
            match self.preludes[krate.0 as usize].crates.get(&name) {
                Some(def) => *def,
                None => Def::External(self.externals.intern(None, name)),
            }
        };
        // At the crate root the name joins the extern prelude.
        if self.root_of(module) == module {
            let prelude = &mut self.preludes[krate.0 as usize];
            prelude.crates.entry(import.name).or_insert(def);
            if import.macro_use && !prelude.macro_use.contains(&(def, pending.test)) {
                prelude.macro_use.push((def, pending.test));
            }
        }
        let binding = Binding { def, vis: pending.vis, origin: Origin::Named, test: pending.test, via: None };
        self.define(pending.space, import.name, Namespace::Type, binding)
    }

    fn run_glob(&mut self, pending: &mut Pending<'_>, segments: &[Sym]) -> Change {
        let module = self.module(pending.space);
        let found = self.walk_import(pending, segments);
        let mut changed = Change::None;
        let mut seen = None;
        for def in found {
            match def {
                Def::Module(target) => {
                    let glob = Glob { importer: pending.space, vis: pending.vis, test: pending.test };
                    changed = max(changed, self.add_glob(Self::space(target), glob));
                    seen = Some((Self::space(target), u32::MAX));
                }
                Def::External(external) => {
                    changed = max(changed, self.add_external_glob(pending.space, external, pending.vis));
                }
                Def::Item(item) => {
                    let (_, _, kind) = self.item(item);
                    if kind.kind == ItemKind::Enum {
                        changed = max(changed, self.add_variants(item, pending, module));
                        seen = Some((pending.space, u32::MAX));
                    }
                }
            }
        }
        pending.seen = seen;
        changed
    }

    /// The definitions that the path of an import, or its front part, leads to.
    ///
    /// What was found once stays: in `use a::a;` the second `a` must not become the first.
    fn walk_import(&mut self, pending: &mut Pending<'_>, segments: &[Sym]) -> SmallVec<[Def; 1]> {
        if !pending.prefix.is_empty() {
            return pending.prefix.clone();
        }
        if segments.is_empty() {
            // `use ::*` and `use {a, b}`: the root of the crate in the first edition.
            let module = self.module(pending.space);
            pending.prefix.push(Def::Module(self.root_of(module)));
            return pending.prefix.clone();
        }
        let found = self.follow(pending.from(), segments, Namespace::Type);
        if found.depth < segments.len() {
            return SmallVec::new();
        }
        pending.prefix = found.bindings.iter().map(|binding| binding.def).collect();
        pending.prefix.clone()
    }

    /// What an import of a single name finds: never itself.
    fn import_head(
        &mut self,
        pending: &Pending<'_>,
        segments: &[Sym],
        namespace: Namespace,
    ) -> SmallVec<[Binding; 1]> {
        let found = self.follow(pending.from(), segments, namespace);
        if found.depth < segments.len() { SmallVec::new() } else { found.bindings }
    }

    /// All variants of an enum become names here.
    fn add_variants(&mut self, item: ItemNo, pending: &Pending<'_>, module: ModuleIx) -> Change {
        let mut variants: Vec<(Sym, ItemNo)> =
            self.variants(item).map(|(name, variant)| (name, variant)).collect();
        variants.sort_by_key(|(_, variant)| *variant);
        let mut changed = Change::None;
        for (name, variant) in variants {
            let via = None;
            let vis = match pending.vis {
                Vis::Public => Vis::Public,
                Vis::Within(_) => Vis::Within(module),
            };
            let vis = if pending.vis == Vis::Public { vis } else { pending.vis };
            let binding =
                Binding { def: Def::Item(variant), vis, origin: Origin::Glob, test: pending.test, via };
            for namespace in [Namespace::Type, Namespace::Value] {
                changed = max(changed, self.define(pending.space, name, namespace, binding));
            }
        }
        changed
    }

    /// The variants of an enum.
    fn variants(&self, item: ItemNo) -> impl Iterator<Item = (Sym, ItemNo)> + use<'a> {
        let (instance, index, _) = self.item(item);
        let instance = &self.tree.instances[instance.0 as usize];
        let facts: &'a FileFacts = self.sources.file(instance.file);
        let first = instance.first_item;
        facts
            .items
            .iter()
            .enumerate()
            .skip(index.0 as usize)
            .filter(move |(_, inner)| inner.kind == ItemKind::Variant && inner.parent == Some(index))
            .map(move |(at, inner)| (inner.name, ItemNo(first + at as u32)))
    }

    fn run_named(&mut self, pending: &mut Pending<'_>, segments: &[Sym]) -> Change {
        let import = pending.import;
        let namespaces: &[Namespace] =
            if import.form == ImportForm::SelfOnly { &[Namespace::Type] } else { &NAMESPACES };
        let mut changed = Change::None;
        let (prefix, last) = segments.split_at(segments.len() - 1);
        let module = self.module(pending.space);
        if prefix.is_empty() || self.is_path_word(last[0]) {
            for namespace in namespaces {
                let found = self.import_head(pending, segments, *namespace);
                for binding in found {
                    changed = max(changed, self.bind(pending, *namespace, binding, module));
                }
            }
            return changed;
        }
        let targets = self.walk_import(pending, prefix);
        let mut seen = None;
        for target in targets {
            if let Def::Module(target) = target {
                let space = Self::space(target);
                seen = Some((space, self.names.version(space)));
            }
            for namespace in namespaces {
                for mut binding in self.members_of(target, last[0], *namespace) {
                    if let Def::Module(named) = target {
                        let home = self.home(binding.def);
                        let own = match binding.def {
                            Def::Module(_) => self.parent_is(binding.def, named),
                            _ => home == Some(named),
                        };
                        binding.via = if own { None } else { Some(named) };
                    }
                    changed = max(changed, self.bind(pending, *namespace, binding, module));
                }
            }
        }
        pending.seen = seen;
        changed
    }

    fn parent_is(&self, def: Def, parent: ModuleIx) -> bool {
        matches!(def, Def::Module(module) if self.tree.modules[module.0 as usize].parent == Some(parent))
    }

    fn is_path_word(&self, name: Sym) -> bool {
        let name = Some(name);
        name == self.words.krate
            || name == self.words.self_
            || name == self.words.super_
            || name == self.words.dollar_crate
    }

    /// Binds what an import found under the import's own name and visibility.
    fn bind(
        &mut self,
        pending: &Pending<'_>,
        namespace: Namespace,
        found: Binding,
        module: ModuleIx,
    ) -> Change {
        if !self.visible(found.vis, module) {
            return Change::None;
        }
        if found.test && !pending.test {
            return Change::None;
        }
        let origin = if matches!(found.origin, Origin::External | Origin::ExternalGlob) {
            Origin::External
        } else {
            Origin::Named
        };
        let binding =
            Binding { def: found.def, vis: pending.vis, origin, test: pending.test, via: found.via };
        self.define(pending.space, pending.import.name, namespace, binding)
    }

    /// Adds a binding and passes it on through globs.
    fn define(&mut self, space: SpaceIx, name: Sym, namespace: Namespace, binding: Binding) -> Change {
        let mut work = vec![(space, binding)];
        let mut changed = Change::None;
        while let Some((space, binding)) = work.pop() {
            if self.names.define(space, name, namespace, binding) == Change::None {
                continue;
            }
            changed = Change::New;
            let Some(globs) = self.globs.get(&space) else { continue };
            for glob in globs {
                if let Some(passed) = self.pass(space, *glob, binding) {
                    work.push((glob.importer, passed));
                }
            }
        }
        changed
    }

    /// What a glob makes of a binding of its target.
    fn pass(&self, target: SpaceIx, glob: Glob, binding: Binding) -> Option<Binding> {
        if !self.visible(binding.vis, self.module(glob.importer)) || binding.test && !glob.test {
            return None;
        }
        let target = self.module(target);
        let vis = match (binding.vis, glob.vis) {
            (Vis::Public, vis) | (vis, Vis::Public) => vis,
            (Vis::Within(a), Vis::Within(b)) => {
                if self.visible(Vis::Within(a), b) {
                    Vis::Within(b)
                } else {
                    Vis::Within(a)
                }
            }
        };
        let own = match binding.def {
            Def::Module(_) => self.parent_is(binding.def, target),
            def => self.home(def) == Some(target),
        };
        let origin = match binding.origin {
            Origin::External | Origin::ExternalGlob | Origin::Prelude => Origin::ExternalGlob,
            Origin::Named | Origin::Glob => Origin::Glob,
        };
        let via = if own { None } else { Some(target) };
        Some(Binding { def: binding.def, vis, origin, test: glob.test, via })
    }

    fn add_glob(&mut self, target: SpaceIx, glob: Glob) -> Change {
        if target == glob.importer {
            return Change::None;
        }
        let known = self.globs.entry(target).or_default();
        if known.iter().any(|other| {
            other.importer == glob.importer
                && other.vis == glob.vis
                && (other.test == glob.test || !other.test)
        }) {
            return Change::None;
        }
        known.push(glob);
        for name in self.names.listed(target).to_vec() {
            for namespace in NAMESPACES {
                let bindings: SmallVec<[Binding; 2]> =
                    self.names.get(target, name).map(|found| found.of(namespace).into()).unwrap_or_default();
                for binding in bindings {
                    if let Some(passed) = self.pass(target, glob, binding) {
                        self.define(glob.importer, name, namespace, passed);
                    }
                }
            }
        }
        for (external, vis) in self.external_globs.get(&target).cloned().unwrap_or_default() {
            if self.visible(vis, self.module(glob.importer)) {
                self.add_external_glob(glob.importer, external, glob.vis);
            }
        }
        Change::New
    }

    fn add_external_glob(&mut self, space: SpaceIx, external: ExternalIx, vis: Vis) -> Change {
        let known = self.external_globs.entry(space).or_default();
        if known.iter().any(|(other, _)| *other == external) {
            return Change::None;
        }
        known.push((external, vis));
        for glob in self.globs.get(&space).cloned().unwrap_or_default() {
            if self.visible(vis, self.module(glob.importer)) {
                self.add_external_glob(glob.importer, external, glob.vis);
            }
        }
        Change::New
    }
}

/// An import that may still find more.
struct Pending<'a> {
    instance: InstanceIx,
    import: &'a Import,
    space: SpaceIx,
    test: bool,
    vis: Vis,
    /// The space its path names, and the version of it that was looked at.
    seen: Option<(SpaceIx, u32)>,
    /// Where its path, without the last name, leads.
    prefix: SmallVec<[Def; 1]>,
}

impl Pending<'_> {
    const fn from(&self) -> From {
        From { space: self.space, test: self.test, global: self.import.path.global, import: true }
    }

    fn may_change(&self, names: &Names) -> bool {
        match self.seen {
            Some((_, u32::MAX)) => false,
            Some((space, version)) => names.version(space) != version,
            None => self.import.form != ImportForm::ExternCrate && self.import.form != ImportForm::Underscore,
        }
    }
}

fn max(a: Change, b: Change) -> Change {
    if a == Change::New || b == Change::New { Change::New } else { Change::None }
}
