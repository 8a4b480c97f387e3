//! Imports and globs, followed to the end.
//!
//! The fix-point. Each item has bound its own name. Then the imports run in rounds: an import whose
//! path leads somewhere binds what it found; what a module binds flows at once to every module that
//! has a glob on it, as far as it may be seen there. A round that changes nothing is the last. An
//! import looks again only when the module that its path names has changed since, so a round costs
//! little. Bindings are only ever added, each at most once per namespace and definition, so it ends.

use smallvec::SmallVec;

use crate::domain::resolve::generated;
use crate::domain::resolve::links::segments_of;
use crate::domain::resolve::names::{
    Binding, Change, Def, ExternalIx, Facade, ItemNo, Mask, Names, Origin, Vis,
};
use crate::domain::resolve::paths::{From, is_like_a_crate, plain};
use crate::domain::resolve::scopes::{Glob, Scopes, is_conditional};
use crate::domain::resolve::tree::{CrateIx, InstanceIx, ModuleIx, SpaceIx};
use crate::domain::source::facts::{FileFacts, Import, ImportForm, ItemKind, TestOnly};
use crate::domain::source::symbols::Sym;

impl<'a> Scopes<'a> {
    /// Runs all imports until nothing changes.
    pub fn run_imports(&mut self) {
        let files = self.tree.instances.iter().map(|instance| self.sources.file(instance.file));
        let mut pending = Vec::with_capacity(files.map(|facts| facts.imports.len()).sum());
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
                    seen: Seen::Nothing,
                    prefix: SmallVec::new(),
                    dollar_crate: instance.dollar_crate,
                    conditional: is_conditional(facts, import.cfg),
                });
            }
        }
        self.run_rounds(&mut pending, true);
        if self.bind_undeclared(&pending) == Change::New {
            self.run_rounds(&mut pending, false);
        }
        self.import_prefixes = pending.into_iter().map(|import| import.prefix).collect();
    }

    /// Runs imports until nothing changes; in a first round all of them.
    fn run_rounds(&mut self, pending: &mut [Pending<'_>], first: bool) {
        let mut changed = true;
        if first {
            changed = pending.iter_mut().fold(false, |changed, import| {
                let now = self.run_import(import) == Change::New;
                changed | now
            });
        }
        // What leads outside, as most do, stays as it is.
        let mut open: Vec<&mut Pending<'_>> = pending.iter_mut().filter(|one| one.is_open()).collect();
        while changed {
            changed = false;
            for import in &mut open {
                if import.may_change(&self.names) {
                    changed |= self.run_import(import) == Change::New;
                }
            }
        }
    }

    /// Binds what imports bring from crates that no manifest declares by this name: what it is belongs to
    /// that crate.
    fn bind_undeclared(&mut self, pending: &[Pending<'_>]) -> Change {
        let mut changed = Change::None;
        let made = generated::spaces(self);
        for import in pending.iter().filter(|import| import.prefix.is_empty()) {
            let facts = self.sources.file(self.tree.instances[import.instance.0 as usize].file);
            let segments = segments_of(facts, import.import.path);
            let [head, rest @ ..] = segments else { continue };
            let is_glob = import.import.form == ImportForm::Glob;
            if !matches!(import.import.form, ImportForm::Name | ImportForm::Glob)
                || rest.is_empty() && !is_glob
                || made.contains(&import.space)
                || !is_like_a_crate(self.sources.symbols.word(*head))
                || !self.follow(import.from(), &[*head], Mask::TYPE).bindings.is_empty()
            {
                continue;
            }
            let taken = |other: &Pending<'_>| other.space == import.space && other.import.name == *head;
            if pending.iter().any(|other| other.prefix.is_empty() && taken(other)) {
                continue;
            }
            let root = self.externals.intern(None, *head);
            let external = rest.iter().fold(root, |at, name| self.externals.intern(Some(at), *name));
            let binding = Binding { origin: Origin::External, ..plain(Def::External(external)) };
            changed = max(
                changed,
                match is_glob {
                    true => self.add_external_glob(import.space, external, import.vis),
                    false => self.bind(import, Mask::ALL, binding, self.module(import.space)),
                },
            );
        }
        changed
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
            let prelude = &mut self.preludes.to_mut()[krate.0 as usize];
            prelude.crates.entry(import.name).or_insert(def);
            if import.macro_use && !prelude.macro_use.contains(&(def, pending.test)) {
                prelude.macro_use.push((def, pending.test));
            }
        }
        let binding = Binding {
            def,
            vis: pending.vis,
            via: Facade::NONE,
            origin: Origin::Named,
            mask: Mask::TYPE,
            test: pending.test,
            conditional: pending.conditional,
        };
        self.define(pending.space, import.name, binding)
    }

    fn run_glob(&mut self, pending: &mut Pending<'_>, segments: &[Sym]) -> Change {
        let found = self.walk_import(pending, segments);
        let mut changed = Change::None;
        let mut seen = seen_outside(&found);
        for def in found {
            match def {
                Def::Module(target) => {
                    let glob = Glob { importer: pending.space, vis: pending.vis, test: pending.test };
                    changed = max(changed, self.add_glob(Self::space(target), glob));
                    seen = Seen::All;
                }
                Def::External(external) => {
                    changed = max(changed, self.add_external_glob(pending.space, external, pending.vis));
                }
                Def::Item(item) => {
                    let (_, _, kind) = self.item(item);
                    if kind.kind == ItemKind::Enum {
                        changed = max(changed, self.add_variants(item, pending));
                        seen = Seen::All;
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
        let found = self.follow(pending.from(), segments, Mask::TYPE);
        if found.depth < segments.len() {
            return SmallVec::new();
        }
        pending.prefix = found.bindings.iter().map(|binding| binding.def).collect();
        pending.prefix.clone()
    }

    /// What an import of a single name finds: never itself.
    fn import_head(&mut self, pending: &Pending<'_>, segments: &[Sym]) -> SmallVec<[Binding; 1]> {
        let mut all: SmallVec<[Binding; 1]> = SmallVec::new();
        for mask in [Mask::TYPE, Mask::VALUE, Mask::MACRO] {
            let found = self.follow(pending.from(), segments, mask);
            if found.depth < segments.len() {
                continue;
            }
            for binding in found.bindings {
                let binding = Binding { mask: binding.mask.and(mask), ..binding };
                match all.iter_mut().find(|known| known.def == binding.def) {
                    Some(known) => known.mask = known.mask.or(binding.mask),
                    None => all.push(binding),
                }
            }
        }
        all
    }

    /// All variants of an enum become names here.
    fn add_variants(&mut self, item: ItemNo, pending: &Pending<'_>) -> Change {
        let mut variants: Vec<(Sym, ItemNo)> = self.variants(item).collect();
        variants.sort_by_key(|(_, variant)| *variant);
        let mut changed = Change::None;
        for (name, variant) in variants {
            let binding = Binding {
                def: Def::Item(variant),
                vis: pending.vis,
                via: Facade::NONE,
                origin: Origin::Glob,
                mask: Mask::TYPE.or(Mask::VALUE),
                test: pending.test,
                conditional: pending.conditional,
            };
            changed = max(changed, self.define(pending.space, name, binding));
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
        let wanted = if import.form == ImportForm::SelfOnly { Mask::TYPE } else { Mask::ALL };
        let mut changed = Change::None;
        let (prefix, last) = segments.split_at(segments.len() - 1);
        let module = self.module(pending.space);
        if prefix.is_empty() || self.is_path_word(last[0]) {
            for binding in self.import_head(pending, segments) {
                changed = max(changed, self.bind(pending, wanted, binding, module));
            }
            return changed;
        }
        let targets = self.walk_import(pending, prefix);
        let mut seen = seen_outside(&targets);
        for target in targets {
            if let Def::Module(target) = target {
                let space = Self::space(target);
                seen = Seen::Version(space, self.names.version(space));
            }
            for mut binding in self.members_of(target, last[0], wanted, pending.test) {
                if let Def::Module(named) = target {
                    binding.via = Facade::new(self.facade(named, binding.def));
                }
                changed = max(changed, self.bind(pending, wanted, binding, module));
            }
        }
        pending.seen = seen;
        changed
    }

    fn is_path_word(&self, name: Sym) -> bool {
        let name = Some(name);
        name == self.words.krate
            || name == self.words.self_
            || name == self.words.super_
            || name == self.words.dollar_crate
    }

    /// Binds what an import found under the import's own name and visibility.
    fn bind(&mut self, pending: &Pending<'_>, wanted: Mask, found: Binding, module: ModuleIx) -> Change {
        let mask = found.mask.and(wanted);
        if mask.is_empty() || !self.visible(found.vis, module) || found.test && !pending.test {
            return Change::None;
        }
        let origin = match found.origin {
            Origin::External | Origin::ExternalGlob => Origin::External,
            _ => Origin::Named,
        };
        let binding = Binding {
            def: found.def,
            vis: pending.vis,
            via: found.via,
            origin,
            mask,
            test: pending.test,
            conditional: pending.conditional,
        };
        self.define(pending.space, pending.import.name, binding)
    }

    /// Adds a binding and passes it on through globs.
    fn define(&mut self, space: SpaceIx, name: Sym, binding: Binding) -> Change {
        let mut work: SmallVec<[(SpaceIx, Binding); 4]> = smallvec::smallvec![(space, binding)];
        let mut changed = Change::None;
        while let Some((space, binding)) = work.pop() {
            if self.names.to_mut().define(space, name, binding) == Change::None {
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
        let vis = match (binding.vis.limit(), glob.vis.limit()) {
            (None, _) => glob.vis,
            (_, None) => binding.vis,
            (Some(_), Some(inner)) if self.visible(binding.vis, inner) => glob.vis,
            _ => binding.vis,
        };
        let origin = match binding.origin {
            Origin::External | Origin::ExternalGlob | Origin::Prelude => Origin::ExternalGlob,
            Origin::Named | Origin::Glob => Origin::Glob,
        };
        let via = Facade::new(self.facade(self.module(target), binding.def));
        Some(Binding { vis, via, origin, test: glob.test, ..binding })
    }

    fn add_glob(&mut self, target: SpaceIx, glob: Glob) -> Change {
        if target == glob.importer {
            return Change::None;
        }
        let known = self.globs.entry(target).or_default();
        let same = |other: &Glob| other.importer == glob.importer && other.vis == glob.vis;
        if known.iter().any(|other| same(other) && (other.test == glob.test || !other.test)) {
            return Change::None;
        }
        known.push(glob);
        self.names.to_mut().expect(glob.importer, target);
        for name in self.names.listed(target).to_vec() {
            let bindings: SmallVec<[Binding; 2]> = self.names.get(target, name).into();
            for binding in bindings {
                if let Some(passed) = self.pass(target, glob, binding) {
                    self.define(glob.importer, name, passed);
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
        let known = self.external_globs.to_mut().entry(space).or_default();
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
    /// How much of what its path names was looked at.
    seen: Seen,
    /// Where its path, without the last name, leads.
    prefix: SmallVec<[Def; 1]>,
    dollar_crate: Option<CrateIx>,
    /// Whether a condition other than for tests may leave it out.
    conditional: bool,
}

impl Pending<'_> {
    const fn from(&self) -> From {
        From {
            space: self.space,
            test: self.test,
            global: self.import.path.global,
            import: true,
            dollar_crate: self.dollar_crate,
            at: None,
        }
    }

    /// Whether it may ever bring something else than it does.
    const fn is_open(&self) -> bool {
        let may_lead_on = !matches!(self.import.form, ImportForm::ExternCrate | ImportForm::Underscore);
        !matches!(self.seen, Seen::All) && may_lead_on
    }

    /// Whether it may bring something else than when it last looked.
    fn may_change(&self, names: &Names) -> bool {
        match self.seen {
            Seen::Nothing => true,
            Seen::Version(space, version) => names.version(space) != version,
            Seen::All => false,
        }
    }
}

/// How much an import has seen.
#[derive(Clone, Copy)]
enum Seen {
    /// Nothing that would tell it when to look again.
    Nothing,
    /// A space when it had this version.
    Version(SpaceIx, u32),
    /// All that it ever will: what comes later flows to it, or there is no more.
    All,
}

/// What lies outside gives the same whenever it is asked.
fn seen_outside(found: &[Def]) -> Seen {
    let outside = !found.is_empty() && found.iter().all(|def| matches!(def, Def::External(_)));
    if outside { Seen::All } else { Seen::Nothing }
}

fn max(a: Change, b: Change) -> Change {
    if a == Change::New || b == Change::New { Change::New } else { Change::None }
}
