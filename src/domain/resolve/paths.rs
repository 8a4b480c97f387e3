//! Paths: from the space they are written in, segment by segment, to definitions.

use smallvec::SmallVec;

use crate::domain::resolve::names::{Binding, Def, ExternalIx, Facade, ItemNo, Mask, Origin, Vis};
use crate::domain::resolve::prelude::PRIMITIVES;
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::tree::{CrateIx, InstanceIx, ModuleIx, SpaceIx};
use crate::domain::source::facts::{ItemIx, ItemKind, RefIx};
use crate::domain::source::symbols::Sym;
use crate::domain::source::workspace::Edition;

/// Where a path is looked up from.
#[derive(Clone, Copy, Debug)]
pub struct From {
    /// The innermost space around it.
    pub space: SpaceIx,
    /// Whether it is test code: that sees what only tests have.
    pub test: bool,
    /// Written with a leading `::`.
    pub global: bool,
    /// Whether it is the path of an import.
    pub import: bool,
    /// The crate that `$crate` means, where a macro made the path.
    pub dollar_crate: Option<CrateIx>,
    /// Where in its file a call stands: of macros of one name the last before it is meant.
    pub at: Option<u32>,
}

/// Where a path leads.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The definitions, several where conditions choose between them.
    pub bindings: SmallVec<[Binding; 1]>,
    /// How many segments led there; fewer than asked where the rest is unknown.
    pub depth: usize,
    /// Why it led no further.
    pub failure: Option<Failure>,
    /// The other crate of the workspace that its first segment names.
    pub passed: Option<CrateIx>,
    /// The type that its last segment is a member of, where that is not a module.
    pub holder: Option<Binding>,
}

/// Why a path leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Failure {
    /// Its first segment is bound nowhere.
    UnknownName,
    /// Its first segment is no crate that the manifest declares.
    UnknownCrate,
    /// A module on the way has no such name.
    NoSuchName,
    /// It may come through more than one glob on an external crate.
    ExternalGlob,
    /// No such macro.
    UnknownMacro,
}

impl Failure {
    /// The word used in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::UnknownName => "unknown-name",
            Self::UnknownCrate => "unknown-crate",
            Self::NoSuchName => "no-such-name",
            Self::ExternalGlob => "external-glob",
            Self::UnknownMacro => "unknown-macro",
        }
    }
}

impl Scopes<'_> {
    /// Follows a path.
    pub fn follow(&mut self, from: From, segments: &[Sym], wanted: Mask) -> Found {
        let single = segments.len() == 1;
        let head_mask = if single { wanted } else { Mask::TYPE };
        let mut at = self.head(from, segments[0], head_mask);
        if at.bindings.is_empty() {
            return at;
        }
        if !single && let [Binding { def: Def::Module(named), .. }] = at.bindings.as_slice() {
            at.passed = self.other_crate(*named, self.module(from.space));
        }
        self.follow_on(from, at, segments, wanted)
    }

    /// Follows the rest of a path whose first `at.depth` segments are known.
    pub fn follow_on(&mut self, from: From, mut at: Found, segments: &[Sym], wanted: Mask) -> Found {
        let module = self.module(from.space);
        for (index, name) in segments.iter().enumerate().skip(at.depth) {
            let last = index + 1 == segments.len();
            let mask = if last { wanted } else { Mask::TYPE };
            let mut next: SmallVec<[Binding; 1]> = SmallVec::new();
            let holder = at.bindings.first().filter(|binding| matches!(binding.def, Def::Item(_))).copied();
            for binding in &at.bindings {
                for mut member in self.members_of(binding.def, *name, mask, from.test) {
                    if member.test && !from.test {
                        continue;
                    }
                    match binding.def {
                        Def::Module(named) => member.via = Facade::new(self.facade(named, member.def)),
                        _ => member.via = binding.via,
                    }
                    if binding.origin == Origin::Prelude {
                        member.origin = Origin::Prelude;
                    }
                    if !next.iter().any(|known| known.def == member.def) {
                        next.push(member);
                    }
                }
            }
            // What cannot be named from here is meant only if nothing else is.
            if next.iter().any(|binding| self.visible(binding.vis, module)) {
                next.retain(|binding| self.visible(binding.vis, module));
            }
            if next.is_empty() {
                at.failure = Some(Failure::NoSuchName);
                return at;
            }
            at = Found { bindings: next, depth: index + 1, failure: None, passed: at.passed, holder };
        }
        at
    }

    /// The crate of a root module, if it is not the crate of `module`.
    fn other_crate(&self, named: ModuleIx, module: ModuleIx) -> Option<CrateIx> {
        let krate = self.tree.modules[named.0 as usize].krate;
        let root = self.tree.crates[krate.0 as usize].root == named;
        (root && krate != self.tree.modules[module.0 as usize].krate).then_some(krate)
    }

    /// The other crate of the workspace that the first segment of an import names.
    pub fn crate_entered(&mut self, from: From, name: Sym) -> Option<CrateIx> {
        let module = self.module(from.space);
        // Before 2018 what the root of the crate holds comes first, a module named like a crate too.
        let old = self.edition(module) == Edition::E2015;
        let root = Self::space(self.root_of(module));
        let local = if old { self.in_space(root, name, Mask::TYPE, from.test) } else { SmallVec::new() };
        match local.first().map_or_else(|| self.crate_named(module, name), |binding| Some(binding.def))? {
            Def::Module(root) => self.other_crate(root, module),
            _ => None,
        }
    }

    /// The module named on the way to a definition, where that is not its home.
    pub fn facade(&self, named: ModuleIx, def: Def) -> Option<ModuleIx> {
        let own = match def {
            Def::Module(module) => self.tree.modules[module.0 as usize].parent == Some(named),
            Def::Item(_) => self.home(def) == Some(named),
            Def::External(_) => false,
        };
        if own { None } else { Some(named) }
    }

    /// The first segment of a path.
    fn head(&mut self, from: From, name: Sym, mask: Mask) -> Found {
        let module = self.module(from.space);
        if let Some(def) = self.path_word(module, name, from.dollar_crate) {
            return found(plain(Def::Module(def)));
        }
        let old = self.edition(module) == Edition::E2015;
        if from.global || (old && from.import) {
            let root = Self::space(self.root_of(module));
            let local = if old { self.in_space(root, name, mask, from.test) } else { SmallVec::new() };
            if !local.is_empty() {
                return Found { bindings: local, depth: 1, ..Found::default() };
            }
            return match self.crate_named(module, name) {
                Some(def) => found(plain(def)),
                None => failed(if from.global { Failure::UnknownCrate } else { Failure::UnknownName }),
            };
        }
        if mask == Mask::MACRO
            && let Some(item) = self.textual.find(self.tree, (from.space, from.at), name)
        {
            return found(plain(Def::Item(item)));
        }
        let mut space = Some(from.space);
        while let Some(at) = space {
            let local = self.in_space(at, name, mask, from.test);
            if !local.is_empty() {
                if mask == Mask::TYPE
                    && local.iter().all(|binding| self.is_crates_namesake(binding.def, name))
                    && let Some(def) = self.crate_named(module, name)
                {
                    return found(plain(def));
                }
                return Found { bindings: local, depth: 1, ..Found::default() };
            }
            space = self.around(at);
        }
        self.beyond_module(from, module, name, mask)
    }

    /// `use a::a;`: what came from outside is hardly a module when it is named like its crate.
    fn is_crates_namesake(&self, def: Def, name: Sym) -> bool {
        let Def::External(external) = def else { return false };
        let (parent, own) = self.externals.nodes[external.0 as usize];
        own == name && parent.is_some_and(|parent| self.externals.nodes[parent.0 as usize] == (None, name))
    }

    /// Names that need no declaration in the module: crates, the standard prelude, external globs.
    fn beyond_module(&mut self, from: From, module: ModuleIx, name: Sym, mask: Mask) -> Found {
        if mask == Mask::TYPE
            && let Some(def) = self.crate_named(module, name)
        {
            return found(plain(def));
        }
        if mask.is_macro()
            && let Some(def) = self.macro_prelude(module, name, from.test)
        {
            return found(plain(def));
        }
        // `#[macro_export(local_inner_macros)]`: what a macro calls by name is beside it.
        if mask.is_macro()
            && let Some(krate) = from.dollar_crate
        {
            let root = Self::space(self.tree.crates[krate.0 as usize].root);
            let beside = self.in_space(root, name, Mask::MACRO, from.test);
            if !beside.is_empty() {
                return Found { bindings: beside, depth: 1, ..Found::default() };
            }
        }
        if let Some(def) = self.std_prelude(name, mask) {
            return found(Binding { origin: Origin::Prelude, ..plain(def) });
        }
        let mut globs: SmallVec<[(ExternalIx, Vis); 2]> = SmallVec::new();
        let mut space = Some(from.space);
        while let Some(at) = space {
            globs.extend(self.external_globs.get(&at).into_iter().flatten().copied());
            space = self.around(at);
        }
        match self.one_glob(&globs) {
            Some((only, _)) => {
                let def = Def::External(self.externals.intern(Some(only), name));
                found(Binding { origin: Origin::ExternalGlob, ..plain(def) })
            }
            None if globs.is_empty() => {
                failed(if mask.is_macro() { Failure::UnknownMacro } else { Failure::UnknownName })
            }
            None => failed(Failure::ExternalGlob),
        }
    }

    /// The one external glob that a name can come through; `std`, `core` and `alloc` count as one, and
    /// several of one crate as what is above them all.
    fn one_glob(&self, globs: &[(ExternalIx, Vis)]) -> Option<(ExternalIx, Vis)> {
        let (first, others) = globs.split_first()?;
        if others.is_empty() {
            return Some(*first);
        }
        let standard = |external: ExternalIx| {
            let (parent, name) = self.externals.nodes[external.0 as usize];
            let word = self.sources.symbols.word(name);
            (parent.is_none() && matches!(word, "std" | "core" | "alloc")).then_some(word != "std")
        };
        let all: Option<Vec<bool>> = globs.iter().map(|(external, _)| standard(*external)).collect();
        if let Some(all) = all {
            let best = all.iter().enumerate().min_by_key(|(_, other)| **other)?.0;
            return Some(globs[best]);
        }
        let above = |external: ExternalIx| {
            std::iter::successors(Some(external), |at| self.externals.nodes[at.0 as usize].0)
        };
        let shared = |at: &ExternalIx| others.iter().all(|(other, _)| above(*other).any(|step| step == *at));
        above(first.0).find(shared).map(|common| (common, first.1))
    }

    /// `crate`, `self`, `super`, `$crate`.
    fn path_word(&self, module: ModuleIx, name: Sym, dollar_crate: Option<CrateIx>) -> Option<ModuleIx> {
        let name = Some(name);
        if name == self.words.dollar_crate
            && let Some(krate) = dollar_crate
        {
            Some(self.tree.crates[krate.0 as usize].root)
        } else if name == self.words.krate || name == self.words.dollar_crate {
            Some(self.root_of(module))
        } else if name == self.words.self_ {
            Some(module)
        } else if name == self.words.super_ {
            self.tree.modules[module.0 as usize].parent
        } else {
            None
        }
    }

    /// A crate by the name that code uses for it.
    pub(super) fn crate_named(&self, module: ModuleIx, name: Sym) -> Option<Def> {
        let krate = self.tree.modules[module.0 as usize].krate;
        self.preludes[krate.0 as usize].crates.get(&name).copied()
    }

    /// The bindings of a name in one space, as far as this code can see them.
    fn in_space(&self, space: SpaceIx, name: Sym, mask: Mask, test: bool) -> SmallVec<[Binding; 1]> {
        let meanings = self.names.get(space, name);
        let mut seen: SmallVec<[Binding; 1]> = meanings
            .iter()
            .filter(|binding| (test || !binding.test) && !binding.mask.and(mask).is_empty())
            .copied()
            .collect();
        if seen.len() < 2 {
            return seen;
        }
        // An outside import may or may not mean a value or macro too; what is known does.
        if mask.and(Mask::TYPE).is_empty() && seen.iter().any(|binding| known(*binding)) {
            seen.retain(|binding| known(*binding));
        }
        // Test code that has a name of its own for it means that one.
        if test && seen.iter().any(|binding| binding.test) {
            seen.retain(|binding| binding.test);
        }
        seen
    }

    /// Macros of `#[macro_use] extern crate`.
    fn macro_prelude(&mut self, module: ModuleIx, name: Sym, test: bool) -> Option<Def> {
        let krate = self.tree.modules[module.0 as usize].krate;
        let crates = self.preludes[krate.0 as usize].macro_use.clone();
        let mut externals = Vec::new();
        for (def, only_tests) in crates {
            if only_tests && !test {
                continue;
            }
            match def {
                Def::Module(root) => {
                    let found = self.in_space(Self::space(root), name, Mask::MACRO, false);
                    if let Some(binding) = found.first() {
                        return Some(binding.def);
                    }
                }
                Def::External(external) => externals.push(external),
                Def::Item(_) => {}
            }
        }
        if self.standard.is_macro(name) {
            return None;
        }
        let named = |external: &&ExternalIx| self.externals.nodes[external.0 as usize] == (None, name);
        // Of several crates the one with the name of the macro is meant: `quote!`, `lazy_static!`; else the
        // first of those that are known to have it.
        let known = &self.preludes[krate.0 as usize].macros;
        let has = |external: &&ExternalIx| known.contains(&(**external, name));
        let meant = match externals.as_slice() {
            [only] => Some(*only),
            several => several.iter().find(named).or_else(|| several.iter().find(has)).copied(),
        };
        meant.map(|external| Def::External(self.externals.intern(Some(external), name)))
    }

    fn std_prelude(&mut self, name: Sym, mask: Mask) -> Option<Def> {
        let home = self.standard.home(name, mask)?;
        let root = self.externals.intern(None, self.standard.root?);
        let parent = home.map_or(root, |home| self.externals.intern(Some(root), home));
        Some(Def::External(self.externals.intern(Some(parent), name)))
    }

    /// What a name means inside a definition.
    pub fn members_of(&mut self, def: Def, name: Sym, mask: Mask, test: bool) -> SmallVec<[Binding; 1]> {
        match def {
            Def::External(external) => self.member_outside(external, name),
            Def::Module(module) => self.members_of_module(module, name, mask, test),
            Def::Item(item) => self.members_of_item(item, name, 0),
        }
    }

    fn member_outside(&mut self, external: ExternalIx, name: Sym) -> SmallVec<[Binding; 1]> {
        let inner = Def::External(self.externals.intern(Some(external), name));
        smallvec::smallvec![Binding { origin: Origin::External, ..plain(inner) }]
    }

    fn members_of_module(
        &mut self,
        module: ModuleIx,
        name: Sym,
        mask: Mask,
        test: bool,
    ) -> SmallVec<[Binding; 1]> {
        if Some(name) == self.words.super_
            && let Some(word) = self.path_word(module, name, None)
        {
            return smallvec::smallvec![plain(Def::Module(word))];
        }
        let space = Self::space(module);
        let found = self.in_space(space, name, mask, test);
        if !found.is_empty() {
            return found;
        }
        let globs = self.external_globs.get(&space).map_or(&[][..], Vec::as_slice);
        if let Some((external, vis)) = self.one_glob(globs)
            && self.names.get(space, name).is_empty()
        {
            let inner = Def::External(self.externals.intern(Some(external), name));
            return smallvec::smallvec![Binding { vis, origin: Origin::ExternalGlob, ..plain(inner) }];
        }
        SmallVec::new()
    }

    /// Variants, trait members, associated items; through aliases too.
    fn members_of_item(&mut self, item: ItemNo, name: Sym, depth: u32) -> SmallVec<[Binding; 1]> {
        if let Some(members) = self.members.get(&(item, name)) {
            // Of several traits that give a name, which one is meant hangs on types: not guessed.
            let own: SmallVec<[ItemNo; 2]> =
                members.iter().copied().filter(|member| !self.in_trait_impl(*member)).collect();
            let meant: SmallVec<[ItemNo; 2]> = match (own.is_empty(), members.as_slice()) {
                (false, _) => self.own_meant(item, &own),
                (true, [only]) => smallvec::smallvec![*only],
                (true, _) => SmallVec::new(),
            };
            return meant.into_iter().map(|member| plain(Def::Item(member))).collect();
        }
        if self.item(item).2.kind == ItemKind::TypeAlias
            && depth < 8
            && let Some(target) = self.alias_target(item)
        {
            return match target {
                Def::Item(target) => {
                    let found = self.members_of_item(target, name, depth + 1);
                    self.near_alias(item, target, name, found)
                }
                Def::External(target) => self.member_outside(target, name),
                Def::Module(_) => SmallVec::new(),
            };
        }
        SmallVec::new()
    }

    /// The members that a name may mean of those that a type's own impls give it: conditions choose
    /// between some, and between others the arguments of the type, which are not known here.
    fn own_meant(&self, holder: ItemNo, own: &[ItemNo]) -> SmallVec<[ItemNo; 2]> {
        if self.are_twins(own) {
            return own.into();
        }
        own.iter()
            .copied()
            .filter(|member| self.home(Def::Item(*member)) == self.home(Def::Item(holder)))
            .collect()
    }

    /// Whether members of one name stand in one module, or conditions choose between them.
    fn are_twins(&self, members: &[ItemNo]) -> bool {
        let [first, others @ ..] = members else { return true };
        let home = |item: &ItemNo| self.home(Def::Item(*item));
        let worded = |(instance, item): (InstanceIx, ItemIx)| {
            let facts = self.sources.file(self.tree.instances[instance.0 as usize].file);
            !facts.cfgs[facts.items[item.0 as usize].cfg.0 as usize].text.is_empty()
        };
        let is_conditional = |member: &ItemNo| {
            let (instance, index, _) = self.item(*member);
            let declared = home(member).and_then(|module| self.tree.modules[module.0 as usize].declared);
            worded((instance, index)) || declared.is_some_and(worded)
        };
        others.iter().all(|other| home(other) == home(first)) || members.iter().all(is_conditional)
    }

    /// Of members that the arguments of a type choose between, those beside the alias that gives them.
    fn near_alias(
        &self,
        alias: ItemNo,
        target: ItemNo,
        name: Sym,
        found: SmallVec<[Binding; 1]>,
    ) -> SmallVec<[Binding; 1]> {
        let all = self.members.get(&(target, name)).map_or(&[][..], |members| members.as_slice());
        if self.are_twins(all) {
            return found;
        }
        let home = self.home(Def::Item(alias));
        let near = |member: &ItemNo| !self.in_trait_impl(*member) && self.home(Def::Item(*member)) == home;
        let near: SmallVec<[Binding; 1]> =
            all.iter().copied().filter(near).map(|member| plain(Def::Item(member))).collect();
        if near.is_empty() { found } else { near }
    }

    /// Whether an item is a member of an impl of a trait.
    pub fn in_trait_impl(&self, item: ItemNo) -> bool {
        let (instance, _, item) = self.item(item);
        let around = item.parent.map(|parent| (instance, parent));
        let Some((instance, parent)) = around.or(self.tree.holder_of(instance, item)) else { return false };
        let facts = self.sources.file(self.tree.instances[instance.0 as usize].file);
        let at = facts.impls.partition_point(|decl| decl.item < parent);
        facts.impls.get(at).is_some_and(|decl| decl.item == parent && decl.of_trait.is_some())
    }

    /// What a type alias stands for.
    pub fn alias_target(&mut self, item: ItemNo) -> Option<Def> {
        if let Some(known) = self.aliases.get(&item) {
            return *known;
        }
        // An alias of itself ends here.
        self.aliases.insert(item, None);
        let (instance, index, _) = self.item(item);
        let target = self.type_of(instance, index, "=");
        self.aliases.insert(item, target);
        target
    }

    /// The definition of the type that a field, parameter, result (`->`) or alias (`=`) is about.
    fn type_of(&mut self, instance: InstanceIx, item: ItemIx, name: &str) -> Option<Def> {
        let name = self.sources.symbols.get(name)?;
        let facts = self.sources.file(self.tree.instances[instance.0 as usize].file);
        let from = facts.fields.partition_point(|field| field.item < item);
        let field = facts.fields[from..]
            .iter()
            .take_while(|field| field.item == item)
            .find(|field| field.name == name)?;
        self.type_of_reference(instance, field.type_ref?, Mask::TYPE)
    }

    /// The definition that a reference of an instance leads to, if all of it does.
    pub fn type_of_reference(&mut self, instance: InstanceIx, reference: RefIx, mask: Mask) -> Option<Def> {
        let facts = self.sources.file(self.tree.instances[instance.0 as usize].file);
        let reference = &facts.references[reference.0 as usize];
        let space = self.tree.instances[instance.0 as usize].spaces[reference.scope.0 as usize];
        let first = reference.path.first as usize;
        let segments = &facts.segments[first..first + usize::from(reference.path.count)];
        let dollar_crate = self.tree.instances[instance.0 as usize].dollar_crate;
        let global = reference.path.global;
        let from = From { space, test: true, global, import: false, dollar_crate, at: None };
        let found = self.follow(from, segments, mask);
        if found.depth < segments.len() {
            return None;
        }
        found.bindings.first().map(|binding| binding.def)
    }
}

/// Whether a name that is bound nowhere can be one of a crate.
pub fn is_like_a_crate(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase()) && !PRIMITIVES.contains(&word)
}

/// Whether it is sure that the name exists in its namespace.
fn known(binding: Binding) -> bool {
    matches!(binding.origin, Origin::Named | Origin::Glob)
}

/// A binding that everyone sees.
pub const fn plain(def: Def) -> Binding {
    Binding {
        def,
        vis: Vis::PUBLIC,
        via: Facade::NONE,
        origin: Origin::Named,
        mask: Mask::ALL,
        test: false,
        conditional: false,
    }
}

fn found(binding: Binding) -> Found {
    Found { bindings: smallvec::smallvec![binding], depth: 1, ..Found::default() }
}

fn failed(failure: Failure) -> Found {
    Found { failure: Some(failure), ..Found::default() }
}
