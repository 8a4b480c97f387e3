//! Scopes: every binding of every module and block, imports and globs followed to the end.
//!
//! Each item binds its own name here; `imports` runs the fix-point over the rest.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::domain::resolve::names::{Binding, Def, ExternalIx, Facade, ItemNo, Mask, Names, Origin, Vis};
use crate::domain::resolve::sources::{FileIx, FragmentKey, Sources, restricted};
use crate::domain::resolve::standard::Standard;
use crate::domain::resolve::textual::Textual;
use crate::domain::resolve::tree::{CrateIx, InstanceIx, ModuleIx, ModuleTree, SpaceIx};
use crate::domain::source::facts::{
    CfgIx, FileFacts, Item, ItemIx, ItemKind, ItemMarks, RefIx, TestOnly, Visibility,
};
use crate::domain::source::symbols::Sym;
use crate::domain::source::workspace::{DependencyKind, Edition, TargetKind, Workspace};

/// Everything that paths are looked up in. What does not change by looking is held so that several can
/// share it: see [`Scopes::fork`].
pub struct Scopes<'a> {
    /// The files and their words.
    pub sources: &'a Sources,
    /// The module tree.
    pub tree: &'a ModuleTree,
    /// The bindings.
    pub names: Cow<'a, Names>,
    /// Paths outside the workspace.
    pub externals: Externals,
    /// What each crate can name without an import.
    pub preludes: Cow<'a, [Prelude]>,
    /// Macros that need no path.
    pub textual: Cow<'a, Textual>,
    /// Variants, and members of traits and impls, by what holds them.
    pub members: Cow<'a, Members>,
    /// What impl headers name as the traits of each type.
    pub of_traits: Cow<'a, OfTraits>,
    /// External crates whose globs a module holds, with who may see through them.
    pub external_globs: Cow<'a, ExternalGlobs>,
    /// Modules on which other spaces have globs: who, seen as what.
    pub globs: FxHashMap<SpaceIx, Vec<Glob>>,
    /// Where the front part of each import's path leads, in the order of instances and imports.
    pub import_prefixes: Vec<SmallVec<[Def; 1]>>,
    /// What aliases stand for, as far as asked.
    pub aliases: FxHashMap<ItemNo, Option<Def>>,
    /// The module of each item, and the file in its place.
    homes: Cow<'a, [(ModuleIx, InstanceIx)]>,
    /// What needs no import.
    pub standard: Cow<'a, Standard>,
    /// Words of the language.
    pub words: Words,
}

/// Members by what holds them.
pub type Members = FxHashMap<(ItemNo, Sym), SmallVec<[ItemNo; 1]>>;

/// References to traits by type.
pub type OfTraits = FxHashMap<ItemNo, SmallVec<[(InstanceIx, RefIx); 2]>>;

/// Parent and name of a path outside the workspace.
pub type Outside = (Option<ExternalIx>, Sym);

/// External crates by the space that holds a glob on them.
pub type ExternalGlobs = FxHashMap<SpaceIx, Vec<(ExternalIx, Vis)>>;

/// What a crate can name without an import.
#[derive(Clone, Debug, Default)]
pub struct Prelude {
    /// Crates by the name used in code.
    pub crates: FxHashMap<Sym, Def>,
    /// Crates that only test code may name.
    pub for_tests: FxHashSet<Sym>,
    /// Crates whose macros `#[macro_use] extern crate` brings in, and whether only tests do.
    pub macro_use: Vec<(Def, bool)>,
    /// Macros that outside crates are known to have.
    pub macros: FxHashSet<(ExternalIx, Sym)>,
}

/// A glob on a module.
#[derive(Clone, Copy, Debug)]
pub struct Glob {
    /// The space that imports.
    pub importer: SpaceIx,
    /// Who may use what comes through.
    pub vis: Vis,
    /// Whether it exists in test code only.
    pub test: bool,
}

/// Interned words of the language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// `crate`.
    pub krate: Option<Sym>,
    /// `$crate`.
    pub dollar_crate: Option<Sym>,
    /// `self`.
    pub self_: Option<Sym>,
    /// `super`.
    pub super_: Option<Sym>,
    /// `Self`.
    pub self_type: Option<Sym>,
}

/// Paths outside the workspace, each below the one before it.
#[derive(Clone, Debug, Default)]
pub struct Externals {
    /// Parent and name of each.
    pub nodes: Vec<Outside>,
    index: FxHashMap<(Option<ExternalIx>, Sym), ExternalIx>,
}

impl Externals {
    /// The node of `name` below `parent`.
    pub fn intern(&mut self, parent: Option<ExternalIx>, name: Sym) -> ExternalIx {
        let next = ExternalIx(self.nodes.len() as u32);
        let nodes = &mut self.nodes;
        *self.index.entry((parent, name)).or_insert_with(|| {
            nodes.push((parent, name));
            next
        })
    }

    /// The node here of what has this number in another list, of which this one is the start.
    pub fn adopt(&mut self, nodes: &[Outside], external: ExternalIx) -> ExternalIx {
        let (parent, name) = nodes[external.0 as usize];
        let parent = parent.map(|parent| self.adopt(nodes, parent));
        self.intern(parent, name)
    }
}

/// Runs the fix-point.
pub fn open<'a>(workspace: &Workspace, sources: &'a Sources, tree: &'a ModuleTree) -> Scopes<'a> {
    let word = |word: &str| sources.symbols.get(word);
    let words = Words {
        krate: word("crate"),
        dollar_crate: word("$crate"),
        self_: word("self"),
        super_: word("super"),
        self_type: word("Self"),
    };
    let mut scopes = Scopes {
        sources,
        tree,
        names: Cow::Owned(Names::new(&rooms(sources, tree))),
        externals: Externals::default(),
        preludes: Cow::default(),
        textual: Cow::Owned(Textual::of(sources, tree)),
        members: Cow::default(),
        of_traits: Cow::default(),
        external_globs: Cow::default(),
        globs: FxHashMap::default(),
        homes: Cow::default(),
        standard: Cow::Owned(Standard::new(&sources.symbols)),
        import_prefixes: Vec::new(),
        aliases: FxHashMap::default(),
        words,
    };
    scopes.preludes = Cow::Owned(scopes.fill_preludes(workspace));
    scopes.declare_items();
    scopes.run_imports();
    scopes
}

/// About as many names as items and imports bind in each space; globs add more.
fn rooms(sources: &Sources, tree: &ModuleTree) -> Vec<u32> {
    let mut rooms = vec![0; tree.modules.len() + tree.blocks.len()];
    for instance in &tree.instances {
        let facts = sources.file(instance.file);
        let items = facts.items.iter().filter(|item| item.parent.is_none()).map(|item| item.scope);
        for scope in items.chain(facts.imports.iter().map(|import| import.scope)) {
            rooms[instance.spaces[scope.0 as usize].0 as usize] += 1;
        }
    }
    rooms
}

impl<'a> Scopes<'a> {
    /// The same once more: who looks up paths in it numbers what is new outside the workspace for himself,
    /// and keeps what he learns of aliases.
    pub fn fork(&self) -> Scopes<'_> {
        Scopes {
            sources: self.sources,
            tree: self.tree,
            names: Cow::Borrowed(&self.names),
            externals: self.externals.clone(),
            preludes: Cow::Borrowed(&self.preludes),
            textual: Cow::Borrowed(&self.textual),
            members: Cow::Borrowed(&self.members),
            of_traits: Cow::Borrowed(&self.of_traits),
            external_globs: Cow::Borrowed(&self.external_globs),
            globs: FxHashMap::default(),
            import_prefixes: Vec::new(),
            aliases: self.aliases.clone(),
            homes: Cow::Borrowed(&self.homes),
            standard: Cow::Borrowed(&self.standard),
            words: self.words,
        }
    }

    /// The space that a module is.
    pub const fn space(module: ModuleIx) -> SpaceIx {
        SpaceIx(module.0)
    }

    /// The module that holds a space.
    pub fn module(&self, space: SpaceIx) -> ModuleIx {
        self.tree.module_of(space)
    }

    /// The space around a block; none around a module.
    pub fn around(&self, space: SpaceIx) -> Option<SpaceIx> {
        self.tree.around(space)
    }

    /// The item with this number, and where it stands.
    pub fn item(&self, item: ItemNo) -> (InstanceIx, ItemIx, &'a Item) {
        let (_, at) = self.homes[item.0 as usize];
        let instance = &self.tree.instances[at.0 as usize];
        let index = ItemIx(item.0 - instance.first_item);
        (at, index, &self.sources.file(instance.file).items[index.0 as usize])
    }

    /// The module that defines something.
    pub fn home(&self, def: Def) -> Option<ModuleIx> {
        match def {
            Def::Module(module) => Some(module),
            Def::Item(item) => Some(self.homes[item.0 as usize].0),
            Def::External(_) => None,
        }
    }

    /// Whether what is limited to `vis` may be used from `module`.
    pub fn visible(&self, vis: Vis, module: ModuleIx) -> bool {
        let Some(limit) = vis.limit() else { return true };
        let mut at = Some(module);
        while let Some(module) = at {
            if module == limit {
                return true;
            }
            at = self.tree.modules[module.0 as usize].parent;
        }
        false
    }

    /// Root module of the crate of a module.
    pub fn root_of(&self, module: ModuleIx) -> ModuleIx {
        self.tree.crates[self.tree.modules[module.0 as usize].krate.0 as usize].root
    }

    /// Edition of the crate of a module.
    pub fn edition(&self, module: ModuleIx) -> Edition {
        self.tree.crates[self.tree.modules[module.0 as usize].krate.0 as usize].edition
    }

    /// Which crates each crate can name: its dependencies, its own library, the standard library.
    fn fill_preludes(&mut self, workspace: &Workspace) -> Vec<Prelude> {
        let mut libraries: FxHashMap<&str, CrateIx> = FxHashMap::default();
        for (at, info) in self.tree.crates.iter().enumerate() {
            if matches!(info.kind, TargetKind::Lib | TargetKind::ProcMacro) {
                libraries.entry(workspace.packages[info.package].name.as_str()).or_insert(CrateIx(at as u32));
            }
        }
        let mut preludes = Vec::new();
        for info in &self.tree.crates {
            let package = &workspace.packages[info.package];
            let mut prelude = Prelude::default();
            for name in crate::domain::resolve::prelude::SYSROOT {
                if let Some(sym) = self.sources.symbols.get(name) {
                    let external = self.externals.intern(None, sym);
                    prelude.crates.insert(sym, Def::External(external));
                }
            }
            for dependency in &package.dependencies {
                let member = dependency.member.as_deref().and_then(|member| libraries.get(member)).copied();
                let library = member.map(|krate| &self.tree.crates[krate.0 as usize]);
                let name = match library {
                    Some(library) if !dependency.renamed => library.name.as_str(),
                    _ => dependency.name.as_str(),
                };
                let Some(sym) = self.sources.symbols.get(name) else { continue };
                let only_build = dependency.kind == DependencyKind::Build;
                if only_build != (info.kind == TargetKind::BuildScript) {
                    continue;
                }
                let def = match library {
                    Some(library) => Def::Module(library.root),
                    None => {
                        let known = if dependency.renamed { dependency.library.as_str() } else { name };
                        let shown = self.sources.symbols.get(known).unwrap_or(sym);
                        let external = self.externals.intern(None, shown);
                        let known =
                            dependency.macros.iter().filter_map(|name| self.sources.symbols.get(name));
                        prelude.macros.extend(known.map(|name| (external, name)));
                        Def::External(external)
                    }
                };
                let dev = dependency.kind == DependencyKind::Dev
                    && matches!(info.kind, TargetKind::Lib | TargetKind::Bin | TargetKind::ProcMacro);
                if prelude.crates.contains_key(&sym) && dev {
                    continue;
                }
                if dev {
                    prelude.for_tests.insert(sym);
                } else {
                    prelude.for_tests.remove(&sym);
                }
                prelude.crates.insert(sym, def);
            }
            let own = libraries.get(package.name.as_str()).map(|krate| &self.tree.crates[krate.0 as usize]);
            if let Some(own) = own
                && !matches!(info.kind, TargetKind::Lib | TargetKind::ProcMacro | TargetKind::BuildScript)
                && let Some(sym) = self.sources.symbols.get(&own.name)
            {
                prelude.crates.insert(sym, Def::Module(own.root));
            }
            preludes.push(prelude);
        }
        preludes
    }

    /// Every item binds its name where it stands.
    fn declare_items(&mut self) {
        let files = self.tree.instances.iter().map(|instance| self.sources.file(instance.file));
        let mut homes = Vec::with_capacity(files.map(|facts| facts.items.len()).sum());
        for (at, instance) in self.tree.instances.iter().enumerate() {
            let facts = self.sources.file(instance.file);
            for (index, item) in facts.items.iter().enumerate() {
                let number = ItemNo(instance.first_item + index as u32);
                let space = instance.spaces[item.scope.0 as usize];
                let module = self.module(space);
                homes.push((module, InstanceIx(at as u32)));
                let parent = item.parent.map(|parent| &facts.items[parent.0 as usize]);
                if let Some(parent_ix) = item.parent
                    && parent.is_some_and(|parent| holds_members(parent.kind))
                    && facts.items[parent_ix.0 as usize].scope == item.scope
                {
                    let holder = ItemNo(instance.first_item + parent_ix.0);
                    self.members.to_mut().entry((holder, item.name)).or_default().push(number);
                    continue;
                }
                if let Some(holder) = self.tree.holder_of(InstanceIx(at as u32), item) {
                    let holder = ItemNo(self.tree.number(holder));
                    self.members.to_mut().entry((holder, item.name)).or_default().push(number);
                    continue;
                }
                if item.kind == ItemKind::Impl || self.is_superseded(instance.file, facts, item) {
                    continue;
                }
                let cfg = facts.cfgs[item.cfg.0 as usize].test;
                let def = match item.kind {
                    ItemKind::Module => match self.module_named(module, item.name) {
                        Some(module) => Def::Module(module),
                        None => continue,
                    },
                    _ => Def::Item(number),
                };
                let test = (instance.test || cfg == TestOnly::Yes)
                    && !matches!(def, Def::Module(module) if !self.tree.modules[module.0 as usize].test);
                let vis = self.vis_of(facts, item.visibility, module);
                let mask = mask_of(item);
                let via = Facade::NONE;
                let conditional = is_conditional(facts, item.cfg);
                let binding = Binding { def, vis, via, origin: Origin::Named, mask, test, conditional };
                self.declare(InstanceIx(at as u32), item, space, binding);
            }
        }
        self.homes = Cow::Owned(homes);
    }

    fn declare(&mut self, instance: InstanceIx, item: &Item, space: SpaceIx, binding: Binding) {
        let krate = self.tree.instances[instance.0 as usize].krate;
        if item.marks.has(ItemMarks::PROC_MACRO) {
            self.names.to_mut().define(space, item.name, Binding { vis: Vis::PUBLIC, ..binding });
        } else if item.kind == ItemKind::Macro {
            if item.marks.has(ItemMarks::MACRO_EXPORT) {
                let root = Self::space(self.tree.crates[krate.0 as usize].root);
                self.names.to_mut().define(root, item.name, Binding { vis: Vis::PUBLIC, ..binding });
            } else if item.visibility != Visibility::Private {
                self.names.to_mut().define(space, item.name, binding);
            }
        } else {
            self.names.to_mut().define(space, item.name, binding);
        }
    }

    /// What was guessed from the tokens of a macro call that has since been expanded.
    fn is_superseded(&self, file: FileIx, facts: &FileFacts, item: &Item) -> bool {
        item.kind == ItemKind::Opaque
            && facts.item_calls.iter().enumerate().any(|(at, call)| {
                call.arguments.contains(item.span)
                    && self.sources.fragment(FragmentKey { host: file, call: at as u32 }).is_some()
            })
    }

    fn module_named(&self, parent: ModuleIx, name: Sym) -> Option<ModuleIx> {
        self.tree.child(parent, name)
    }

    /// Who may use what is declared with this visibility in a module.
    pub fn vis_of(&self, facts: &FileFacts, visibility: Visibility, module: ModuleIx) -> Vis {
        match visibility {
            Visibility::Public => Vis::PUBLIC,
            Visibility::Private => Vis::within(module),
            Visibility::Crate => Vis::within(self.root_of(module)),
            Visibility::Super => Vis::within(self.tree.modules[module.0 as usize].parent.unwrap_or(module)),
            Visibility::Restricted(_) => {
                let path = restricted(facts, visibility).unwrap_or_default();
                let mut at = self.root_of(module);
                for name in path {
                    if Some(*name) == self.words.krate {
                        continue;
                    }
                    if Some(*name) == self.words.super_ {
                        at = self.tree.modules[module.0 as usize].parent.unwrap_or(module);
                    } else if let Some(child) = self.tree.child(at, *name) {
                        at = child;
                    }
                }
                Vis::within(at)
            }
        }
    }
}

/// Whether a condition other than for tests may leave something out.
pub fn is_conditional(facts: &FileFacts, cfg: CfgIx) -> bool {
    let cfg = &facts.cfgs[cfg.0 as usize];
    !cfg.text.is_empty() && cfg.test != TestOnly::Yes
}

/// Whether items inside this one are reached through it, not through its module.
fn holds_members(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Enum | ItemKind::Trait | ItemKind::Impl)
}

/// The namespaces that an item's name stands in.
fn mask_of(item: &Item) -> Mask {
    match item.kind {
        ItemKind::Struct | ItemKind::Variant | ItemKind::Opaque if item.marks.has(ItemMarks::CONSTRUCTOR) => {
            Mask::TYPE.or(Mask::VALUE)
        }
        ItemKind::Fn if item.marks.has(ItemMarks::PROC_MACRO) => Mask::VALUE.or(Mask::MACRO),
        ItemKind::Fn | ItemKind::Const | ItemKind::Static | ItemKind::Method | ItemKind::AssocConst => {
            Mask::VALUE
        }
        ItemKind::Macro => Mask::MACRO,
        _ => Mask::TYPE,
    }
}
