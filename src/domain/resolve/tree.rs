//! The module tree: which file is which module of which crate.
//!
//! `mod x;` is followed from each crate root as the compiler does. Modules of one name that stand
//! side by side under different conditions are one module with several bodies. A file that two
//! crates (or two modules) share gets an [`Instance`] for each.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::resolve::folders::{child_folder, folder_around, folder_of, join, outside, relative_base};
use crate::domain::resolve::sources::{FileIx, FragmentKey, Sources};
use crate::domain::source::facts::{
    Block as Holding, CallForm, FileFacts, Item, ItemIx, ItemMarks, ModuleDecl, ScopeForm, ScopeIx, TestOnly,
};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;
use crate::domain::source::workspace::{Edition, TargetKind, Workspace};

/// Index of a crate of the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CrateIx(pub u32);

/// Index of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleIx(pub u32);

/// Index of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceIx(pub u32);

/// A name scope: modules first (with the same number as the module), then blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpaceIx(pub u32);

/// All modules of all crates.
#[derive(Debug, Default)]
pub struct ModuleTree {
    /// Crates, sorted by package, kind and name.
    pub crates: Vec<CrateInfo>,
    /// Modules; a parent stands before its children.
    pub modules: Vec<Module>,
    /// Files in their places.
    pub instances: Vec<Instance>,
    /// Blocks that declare names; space numbers continue after the modules.
    pub blocks: Vec<Block>,
    /// `mod x;` and roots whose file was not read.
    pub missing: Vec<MissingModule>,
    /// Files to read before the tree is whole.
    pub wanted: Vec<String>,
    /// Files that are part of no crate.
    pub orphans: Vec<FileIx>,
    children: FxHashMap<(ModuleIx, Sym), ModuleIx>,
}

impl ModuleTree {
    /// The module of this name inside another.
    pub fn child(&self, parent: ModuleIx, name: Sym) -> Option<ModuleIx> {
        self.children.get(&(parent, name)).copied()
    }

    /// Where the item with this number stands.
    pub fn place_of(&self, item: u32) -> (InstanceIx, ItemIx) {
        let at = self.instances.partition_point(|instance| instance.first_item <= item) - 1;
        (InstanceIx(at as u32), ItemIx(item - self.instances[at].first_item))
    }

    /// What holds an item that stands in nothing else of its own text: the impl or trait whose members
    /// a macro call became.
    pub fn holder_of(&self, instance: InstanceIx, item: &Item) -> Option<(InstanceIx, ItemIx)> {
        let own = item.parent.is_none() && item.scope == ScopeIx(0);
        self.instances[instance.0 as usize].holder.filter(|_| own)
    }

    /// The number of an item among those of all instances.
    pub fn number(&self, (instance, item): (InstanceIx, ItemIx)) -> u32 {
        self.instances[instance.0 as usize].first_item + item.0
    }

    /// The module that holds a space.
    pub fn module_of(&self, space: SpaceIx) -> ModuleIx {
        match (space.0 as usize).checked_sub(self.modules.len()) {
            None => ModuleIx(space.0),
            Some(block) => self.blocks[block].module,
        }
    }

    /// The space around a block; none around a module.
    pub fn around(&self, space: SpaceIx) -> Option<SpaceIx> {
        let block = (space.0 as usize).checked_sub(self.modules.len())?;
        Some(self.blocks[block].parent)
    }
}

/// A crate of the workspace.
#[derive(Clone, Debug)]
pub struct CrateInfo {
    /// Unique id.
    pub id: String,
    /// Name in code.
    pub name: String,
    /// Index of its package in the workspace.
    pub package: usize,
    /// What is built.
    pub kind: TargetKind,
    /// Edition.
    pub edition: Edition,
    /// Its root module.
    pub root: ModuleIx,
}

/// A module.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its crate.
    pub krate: CrateIx,
    /// Its name; the id of the crate for a root.
    pub name: Option<Sym>,
    /// What contains it.
    pub parent: Option<ModuleIx>,
    /// The first instance that gives it a body, the scope of that body there.
    pub bodies: Vec<(InstanceIx, ScopeIx)>,
    /// The `mod` item that declares it.
    pub declared: Option<(InstanceIx, ItemIx)>,
    /// How it is written.
    pub form: ModuleForm,
    /// Whether it exists in test code only.
    pub test: bool,
    /// Whether a product may be built without it: under a condition, declared by a macro, an example.
    pub conditional: bool,
    /// `#[macro_use]`.
    pub macro_use: bool,
}

/// How a module is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleForm {
    /// A file of its own.
    File,
    /// Inline.
    Inline,
    /// Declared in the arguments of a macro.
    Macro,
}

/// A file in its place.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The file.
    pub file: FileIx,
    /// The crate it is part of.
    pub krate: CrateIx,
    /// The module that the file itself is.
    pub module: ModuleIx,
    /// The space of each of its scopes.
    pub spaces: Vec<SpaceIx>,
    /// Whether the whole file is test code.
    pub test: bool,
    /// Number of its first item among all items of all instances.
    pub first_item: u32,
    /// The item around the call, where this is what a macro call became.
    pub caller: Option<(InstanceIx, ItemIx)>,
    /// The impl or trait whose members this is, where a macro call among them became it.
    pub holder: Option<(InstanceIx, ItemIx)>,
    /// The crate that `$crate` means, where a macro made this text.
    pub dollar_crate: Option<CrateIx>,
}

/// A block with names of its own.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// The space around it.
    pub parent: SpaceIx,
    /// The module it is in.
    pub module: ModuleIx,
}

/// A module without a file.
#[derive(Clone, Debug)]
pub struct MissingModule {
    /// The file that declares it, and where; none for a crate root.
    pub declared: Option<(FileIx, Span)>,
    /// The paths that were looked for.
    pub looked_for: Vec<String>,
    /// Why it has none.
    pub absence: Absence,
    /// Whether only test code misses it, or a condition may leave it out.
    pub excused: bool,
    /// Crate id and module name.
    pub what: String,
}

/// Why a module has no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// None was read.
    NoFile,
    /// Its file stands above it already.
    Circular,
}

/// Grows the module tree of every crate.
pub fn grow(workspace: &Workspace, sources: &Sources) -> ModuleTree {
    let mut grower = Grower {
        sources,
        tree: ModuleTree {
            crates: crates_of(workspace),
            modules: Vec::with_capacity(sources.files.len() * 2),
            instances: Vec::with_capacity(sources.files.len() * 2),
            ..ModuleTree::default()
        },
        used: FxHashSet::default(),
    };
    let roots: Vec<String> = grower
        .tree
        .crates
        .iter()
        .map(|info| {
            let package = &workspace.packages[info.package];
            let target =
                package.targets.iter().find(|target| target.name == info.name && target.kind == info.kind);
            target.map(|target| target.root.clone()).unwrap_or_default()
        })
        .collect();
    for (at, root) in roots.iter().enumerate() {
        grower.plant(CrateIx(at as u32), root);
    }
    grower.finish()
}

/// Every target, with an id of its own: a library keeps the bare name, a second crate of the name is
/// `name@kind`, further ones `name@kind:package`; build scripts are `build@package`.
fn crates_of(workspace: &Workspace) -> Vec<CrateInfo> {
    let mut crates = Vec::new();
    for (at, package) in workspace.packages.iter().enumerate() {
        for target in &package.targets {
            crates.push(CrateInfo {
                id: String::new(),
                name: target.name.clone(),
                package: at,
                kind: target.kind,
                edition: target.edition,
                root: ModuleIx(0),
            });
        }
    }
    let mut order: Vec<usize> = (0..crates.len()).collect();
    order.sort_by_key(|at| (crates[*at].kind != TargetKind::Lib, crates[*at].kind, *at));
    let mut taken: FxHashSet<String> = FxHashSet::default();
    for at in order {
        let package = &workspace.packages[crates[at].package].name;
        let (name, kind) = (&crates[at].name, crates[at].kind);
        let choices = match kind {
            TargetKind::BuildScript => vec![format!("build@{package}"), format!("build@{package}#2")],
            _ => vec![
                name.clone(),
                format!("{name}@{}", kind.word()),
                format!("{name}@{}:{package}", kind.word()),
                format!("{name}@{}:{package}#{at}", kind.word()),
            ],
        };
        let id = choices.into_iter().find(|id| !taken.contains(id)).unwrap_or_else(|| format!("{name}#{at}"));
        taken.insert(id.clone());
        crates[at].id = id;
    }
    crates
}

struct Grower<'a> {
    sources: &'a Sources,
    tree: ModuleTree,
    used: FxHashSet<FileIx>,
}

/// A file to place: where its child modules are looked for.
struct Place {
    file: FileIx,
    module: ModuleIx,
    /// Folder of `mod x;` in this file.
    folder: String,
    test: bool,
    origin: Origin,
}

/// Where the text of a macro call comes from.
#[derive(Clone, Copy, Default)]
struct Origin {
    /// The block that receives it, where that is not the module itself.
    block: Option<SpaceIx>,
    /// As in [`Instance`].
    caller: Option<(InstanceIx, ItemIx)>,
    holder: Option<(InstanceIx, ItemIx)>,
}

impl Grower<'_> {
    fn plant(&mut self, krate: CrateIx, root: &str) {
        let module = ModuleIx(self.tree.modules.len() as u32);
        let info = &mut self.tree.crates[krate.0 as usize];
        info.root = module;
        let test = info.kind.is_test();
        // Nobody ships an example.
        let conditional = info.kind == TargetKind::Example;
        let what = info.id.clone();
        self.tree.modules.push(Module {
            krate,
            name: None,
            parent: None,
            bodies: Vec::new(),
            declared: None,
            form: ModuleForm::File,
            test,
            conditional,
            macro_use: false,
        });
        match self.sources.find(root) {
            Some(file) => {
                let place = Place {
                    file,
                    module,
                    folder: folder_of(root).to_owned(),
                    test,
                    origin: Origin::default(),
                };
                self.place(place, &mut Vec::new());
            }
            None => {
                self.tree.wanted.push(root.to_owned());
                let looked_for = vec![root.to_owned()];
                self.tree.missing.push(MissingModule {
                    declared: None,
                    looked_for,
                    absence: Absence::NoFile,
                    excused: false,
                    what,
                });
            }
        }
    }

    /// Puts a file into the tree and follows its `mod` items. `above` holds the files on the way
    /// here: a file cannot contain itself.
    fn place(&mut self, place: Place, above: &mut Vec<FileIx>) {
        let facts = self.sources.file(place.file);
        let own = facts.cfgs[facts.marks.cfg.0 as usize].test;
        let test = place.test || own == TestOnly::Yes;
        self.used.insert(place.file);
        let index = InstanceIx(self.tree.instances.len() as u32);
        let krate = self.tree.modules[place.module.0 as usize].krate;
        self.tree.instances.push(Instance {
            file: place.file,
            krate,
            module: place.module,
            spaces: vec![SpaceIx(place.module.0)],
            test,
            first_item: 0,
            caller: place.origin.caller,
            holder: place.origin.holder,
            dollar_crate: self.sources.dollar_crate(place.file).map(CrateIx),
        });
        if !facts.cfgs[facts.marks.cfg.0 as usize].text.is_empty() {
            self.tree.modules[place.module.0 as usize].conditional = true;
        }
        if own == TestOnly::Yes && self.tree.modules[place.module.0 as usize].bodies.is_empty() {
            self.tree.modules[place.module.0 as usize].test = true;
        }
        if place.origin.block.is_none() {
            self.tree.modules[place.module.0 as usize].bodies.push((index, ScopeIx(0)));
        }
        above.push(place.file);
        // Scopes come in source order, so an inline module's own scope is known before what is in it.
        let mut spaces = vec![None; facts.scopes.len()];
        spaces[0] = Some(place.origin.block.unwrap_or(SpaceIx(place.module.0)));
        let mut folders: Vec<Option<String>> = vec![None; facts.scopes.len()];
        folders[0] = Some(place.folder.clone());
        let mut decls: Vec<&ModuleDecl> = facts.modules.iter().collect();
        decls.sort_by_key(|decl| decl.item);
        let by_scope: FxHashMap<ScopeIx, &ModuleDecl> =
            facts.modules.iter().filter_map(|decl| decl.body.map(|body| (body, decl))).collect();
        for (at, scope) in facts.scopes.iter().enumerate().skip(1) {
            let parent = scope.parent.and_then(|parent| spaces[parent.0 as usize]);
            let Some(parent) = parent else { continue };
            match (scope.form, by_scope.get(&ScopeIx(at as u32))) {
                (ScopeForm::Module, Some(decl)) => {
                    let above_folder = folder_around(facts, scope.parent, &folders).unwrap_or_default();
                    let name = self.word_of(facts, decl);
                    let folder = match decl.paths.first() {
                        Some(path) => join(&relative_base(facts, scope.parent, &above_folder), path),
                        None => join(&above_folder, &name),
                    };
                    folders[at] = Some(folder);
                    let module = self.child(index, decl, parent, test);
                    spaces[at] = Some(SpaceIx(module.0));
                    self.tree.modules[module.0 as usize].bodies.push((index, ScopeIx(at as u32)));
                }
                _ => {
                    let module = self.module_of_space(parent);
                    let block = SpaceIx(BLOCK | self.tree.blocks.len() as u32);
                    self.tree.blocks.push(Block { parent, module });
                    spaces[at] = Some(block);
                }
            }
        }
        self.tree.instances[index.0 as usize].spaces =
            spaces.iter().map(|space| space.unwrap_or(SpaceIx(place.module.0))).collect();
        for decl in decls.into_iter().filter(|decl| decl.body.is_none()) {
            let scope = facts.items[decl.item.0 as usize].scope;
            let Some(parent) = spaces[scope.0 as usize] else { continue };
            let Some(folder) = folder_around(facts, Some(scope), &folders) else { continue };
            self.follow(index, decl, parent, &folder, test, above);
        }
        for include in &facts.includes {
            let path = join(folder_of(&facts.path), &include.path);
            let Some(space) = spaces[include.scope.0 as usize] else { continue };
            match self.sources.find(&path) {
                Some(file) if !above.contains(&file) && space.0 & BLOCK == 0 => {
                    let folder = folder_of(&path).to_owned();
                    self.place(
                        Place { file, module: ModuleIx(space.0), folder, test, origin: Origin::default() },
                        above,
                    );
                }
                Some(_) => {}
                None => self.tree.wanted.push(path),
            }
        }
        for (at, call) in facts.item_calls.iter().enumerate() {
            let Some(file) = self.sources.fragment(FragmentKey { host: place.file, call: at as u32 }) else {
                continue;
            };
            let reference = &facts.references[call.reference.0 as usize];
            let scope = reference.scope;
            if let Some(space) = spaces[scope.0 as usize] {
                let folder = folder_around(facts, Some(scope), &folders).unwrap_or_default();
                let test = test || facts.cfgs[reference.cfg.0 as usize].test == TestOnly::Yes;
                let block = (space.0 & BLOCK != 0).then_some(space);
                let module = self.module_of_space(space);
                let own = &self.tree.instances[index.0 as usize];
                let owner = reference.owner.map(|owner| (index, owner));
                let holds = matches!(call.form, CallForm::Members(Holding::Impl | Holding::Trait));
                let holder = if holds { owner.or(own.holder) } else { None };
                let origin = Origin { block, caller: owner.or(own.caller), holder };
                self.place(Place { file, module, folder, test, origin }, above);
            }
        }
        above.pop();
    }

    fn word_of(&self, facts: &FileFacts, decl: &ModuleDecl) -> String {
        self.sources.symbols.word(facts.items[decl.item.0 as usize].name).to_owned()
    }

    fn module_of_space(&self, space: SpaceIx) -> ModuleIx {
        if space.0 & BLOCK == 0 {
            ModuleIx(space.0)
        } else {
            self.tree.blocks[(space.0 & !BLOCK) as usize].module
        }
    }

    /// The module that a `mod` item declares: a new one, or a twin's.
    fn child(&mut self, instance: InstanceIx, decl: &ModuleDecl, parent: SpaceIx, test: bool) -> ModuleIx {
        let parent = self.module_of_space(parent);
        let facts = self.sources.file(self.tree.instances[instance.0 as usize].file);
        let item = &facts.items[decl.item.0 as usize];
        let test = test
            || self.tree.modules[parent.0 as usize].test
            || facts.cfgs[item.cfg.0 as usize].test == TestOnly::Yes;
        let conditional = self.tree.modules[parent.0 as usize].conditional
            || decl.in_macro
            || !facts.cfgs[item.cfg.0 as usize].text.is_empty();
        if let Some(known) = self.tree.child(parent, item.name) {
            self.tree.modules[known.0 as usize].test &= test;
            self.tree.modules[known.0 as usize].conditional &= conditional;
            return known;
        }
        let module = ModuleIx(self.tree.modules.len() as u32);
        let form = match (decl.in_macro, decl.body) {
            (true, _) => ModuleForm::Macro,
            (false, Some(_)) => ModuleForm::Inline,
            (false, None) => ModuleForm::File,
        };
        self.tree.modules.push(Module {
            krate: self.tree.modules[parent.0 as usize].krate,
            name: Some(item.name),
            parent: Some(parent),
            bodies: Vec::new(),
            declared: Some((instance, decl.item)),
            form,
            test,
            conditional,
            macro_use: item.marks.has(ItemMarks::MACRO_USE),
        });
        self.tree.children.insert((parent, item.name), module);
        module
    }

    /// `mod x;`: finds its file.
    fn follow(
        &mut self,
        index: InstanceIx,
        decl: &ModuleDecl,
        parent: SpaceIx,
        folder: &str,
        test: bool,
        above: &mut Vec<FileIx>,
    ) {
        let file = self.tree.instances[index.0 as usize].file;
        let facts = self.sources.file(file);
        let item = &facts.items[decl.item.0 as usize];
        let name = self.word_of(facts, decl);
        let base = relative_base(facts, Some(item.scope), folder);
        let custom: Vec<String> = decl.paths.iter().map(|path| join(&base, path)).collect();
        // The second is seldom asked for.
        let default = || [".rs", "/mod.rs"].into_iter().map(|end| join(folder, &[&*name, end].concat()));
        let condition = &facts.cfgs[item.cfg.0 as usize];
        let own_test = test || condition.test == TestOnly::Yes;
        let mut found = false;
        let mut paths = custom.iter().cloned().chain(default());
        for at in 0.. {
            let named = at < custom.len();
            if !named && (found || decl.placed) {
                break;
            }
            let Some(path) = paths.next() else { break };
            match self.sources.find(&path) {
                Some(child) if !above.contains(&child) => {
                    found = true;
                    let module = self.child(index, decl, parent, test);
                    let folder = child_folder(&path, &name, folder, named);
                    self.place(
                        Place { file: child, module, folder, test: own_test, origin: Origin::default() },
                        above,
                    );
                }
                Some(_) => {
                    found = true;
                    let around = self.module_of_space(parent);
                    let conditional = self.tree.modules[around.0 as usize].conditional;
                    self.tree.missing.push(MissingModule {
                        declared: Some((file, item.name_span)),
                        looked_for: vec![path],
                        absence: Absence::Circular,
                        excused: own_test || conditional || decl.in_macro || !condition.text.is_empty(),
                        what: name.clone(),
                    });
                }
                None if named => self.tree.wanted.push(path),
                None => {}
            }
        }
        if found {
            return;
        }
        if custom.is_empty() && outside(folder) {
            self.tree.wanted.extend(default());
        }
        // The module exists all the same, empty, so that paths into it lead somewhere.
        let module = self.child(index, decl, parent, test);
        let looked_for = if custom.is_empty() { default().collect() } else { custom };
        self.tree.missing.push(MissingModule {
            declared: Some((file, item.name_span)),
            looked_for,
            absence: Absence::NoFile,
            excused: own_test || self.tree.modules[module.0 as usize].conditional,
            what: name,
        });
    }

    fn finish(mut self) -> ModuleTree {
        let modules = self.tree.modules.len() as u32;
        let place = |space: &mut SpaceIx| {
            if space.0 & BLOCK != 0 {
                space.0 = (space.0 & !BLOCK) + modules;
            }
        };
        let mut first_item = 0;
        for instance in &mut self.tree.instances {
            instance.spaces.iter_mut().for_each(place);
            instance.first_item = first_item;
            first_item += self.sources.file(instance.file).items.len() as u32;
        }
        self.tree.blocks.iter_mut().for_each(|block| place(&mut block.parent));
        self.tree.orphans = (0..self.sources.files.len() as u32)
            .map(FileIx)
            .filter(|file| !self.used.contains(file))
            .collect();
        self.tree.wanted.sort();
        self.tree.wanted.dedup();
        self.tree
    }
}

/// Marks the number of a block while modules are still being added.
const BLOCK: u32 = 1 << 31;
