//! Every reference and import, and where it leads.

mod lost;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::domain::at_once::{AtOnce, both, each};
use crate::domain::resolve::bodies::{BodyLink, MacroUse, spread};
use crate::domain::resolve::docs;
use crate::domain::resolve::generated::{self, Unseen, explained};
use crate::domain::resolve::link::{Link, LinkForm, Sink, Unresolved, worded};
use crate::domain::resolve::memo::{Memo, Query};
use crate::domain::resolve::mentions::Mentions;
use crate::domain::resolve::methods::Calls;
use crate::domain::resolve::names::{Binding, Def, Facade, ItemNo, Mask, Origin};
use crate::domain::resolve::paths::{Found, From, plain};
use crate::domain::resolve::scopes::{Externals, Outside, Scopes};
use crate::domain::resolve::shares::{self, Share};
use crate::domain::resolve::sources::{FileIx, FragmentKey};
use crate::domain::resolve::tree::{InstanceIx, ModuleIx, SpaceIx};
use crate::domain::source::facts::{
    Certainty, FileFacts, Import, ImportForm, ItemKind, ItemMarks, Namespace, Part, RefPosition, Reference,
    TestOnly, Visibility,
};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

/// What looking up every path showed beside the links.
#[derive(Debug, Default)]
pub struct Links {
    /// References and imports that were looked up.
    pub references: u32,
    /// Those that led to a definition or an external crate.
    pub resolved: u32,
    /// The rest.
    pub failures: Vec<Unresolved>,
    /// What only generated code can explain; not among the references.
    pub generated: Vec<Unresolved>,
    /// What the bodies of macros name.
    bodies: Vec<BodyLink>,
    /// Calls of macros of the workspace.
    uses: Vec<MacroUse>,
    /// Names that an import should bind and does not, since it leads nowhere.
    unbound: FxHashSet<(SpaceIx, Sym)>,
    /// Spaces that receive text of build scripts.
    made: FxHashSet<SpaceIx>,
    /// External crates that are named without being declared, with their first place.
    pub undeclared: FxHashMap<Sym, (FileIx, Span)>,
    /// Crates that paths start with.
    pub mentions: Mentions,
}

impl Links {
    /// Before anything is looked up.
    pub fn new(scopes: &Scopes<'_>) -> Self {
        Self { made: generated::spaces(scopes), ..Self::default() }
    }

    /// What is known to who goes on from here.
    fn rest(&self) -> Self {
        Self { mentions: self.mentions.rest(), ..Self::default() }
    }

    /// Adds what looking on showed, whose outside paths have numbers of their own.
    fn add(&mut self, more: Self, nodes: &[Outside], externals: &mut Externals) {
        self.references += more.references;
        self.resolved += more.resolved;
        self.failures.extend(more.failures);
        self.bodies.extend(more.bodies.into_iter().map(|mut body| {
            if let Def::External(external) = &mut body.link.target {
                *external = externals.adopt(nodes, *external);
            }
            body
        }));
        self.uses.extend(more.uses);
        #[expect(clippy::iter_over_hash_type, reason = "each goes to a place of its own")]
        for (name, place) in more.undeclared {
            self.undeclared.entry(name).or_insert(place);
        }
        self.mentions.add_all(more.mentions);
    }

    /// Takes what only generated code can explain from the failures, and gives the links that bodies of
    /// macros make.
    fn finish(&mut self, scopes: &Scopes<'_>, unseen: Unseen) -> Vec<Link> {
        self.generated = explained(scopes, unseen, &mut self.failures);
        self.references -= self.generated.len() as u32;
        let bodies = std::mem::take(&mut self.bodies);
        spread(&bodies, &std::mem::take(&mut self.uses), |item| has_one_rule(scopes, item))
    }
}

/// Looks up every import and reference of every instance: imports first, then the paths file by file,
/// then what macros bring, then methods. The members of types are known by now.
///
/// The files are looked through in shares, and so are the links handed over: what takes them is made anew
/// for each share, with the number of its paths. The shares do not hang on who does the work.
pub fn link<S: Sink>(
    scopes: &mut Scopes<'_>,
    at_once: AtOnce<'_>,
    new: &(impl Fn(usize) -> S + Sync),
) -> (Links, Vec<Taken<S>>) {
    let mut links = Links::new(scopes);
    let mut sink = new(shares::import_count(scopes));
    let mut prefixes = std::mem::take(&mut scopes.import_prefixes).into_iter();
    let (memo, before) = (&mut Memo::default(), &Links { made: links.made.clone(), ..Links::default() });
    for instance in (0..scopes.tree.instances.len() as u32).map(InstanceIx) {
        let links = &mut links;
        Linker { scopes, before, links, sink: &mut sink, memo, instance, body: None, binds: None }
            .imports(&mut prefixes);
    }
    links.hand_on_unbound(scopes);
    let calls = Calls::new(scopes);
    let (looked, unseen) = both(
        at_once,
        || each(at_once, shares::shares(scopes), |share| share_of(scopes, &links, &calls, share, new)),
        || Unseen::of(scopes, &links.made),
    );
    let mut taken = vec![Taken { sink, nodes: Vec::new() }];
    let mut methods = Vec::with_capacity(looked.len());
    for share in looked {
        links.add(share.links, &share.paths.nodes, &mut scopes.externals);
        taken.push(share.paths);
        methods.push(share.methods);
    }
    let brought = links.finish(scopes, unseen);
    let mut sink = new(brought.len());
    brought.iter().for_each(|link| sink.take(scopes, link));
    taken.push(Taken { sink, nodes: scopes.externals.nodes.clone() });
    taken[0].nodes.clone_from(&scopes.externals.nodes);
    taken.extend(methods);
    (links, taken)
}

/// What took links, with the outside paths that their numbers mean.
pub struct Taken<S> {
    /// It.
    pub sink: S,
    /// Parent and name of each outside path.
    pub nodes: Vec<Outside>,
}

/// What a share of the files gives.
struct Looked<S> {
    links: Links,
    paths: Taken<S>,
    methods: Taken<S>,
}

fn share_of<S: Sink>(
    scopes: &Scopes<'_>,
    before: &Links,
    calls: &Calls,
    share: Share,
    new: &(impl Fn(usize) -> S + Sync),
) -> Looked<S> {
    let scopes = &mut scopes.fork();
    let (mut links, memo) = (before.rest(), &mut Memo::default());
    let (mut paths, mut methods) = (new(share.paths), new(share.values));
    for instance in share.instances.clone().map(InstanceIx) {
        memo.clear();
        let (links, sink) = (&mut links, &mut paths);
        Linker { scopes, before, links, sink, memo, instance, body: None, binds: None }.references();
    }
    calls.links(scopes, share.instances.map(InstanceIx), &mut methods);
    let nodes = std::mem::take(&mut scopes.externals.nodes);
    let methods = Taken { sink: methods, nodes: Vec::new() };
    Looked { links, paths: Taken { sink: paths, nodes }, methods }
}

/// Whether a macro has a single rule.
fn has_one_rule(scopes: &Scopes<'_>, item: ItemNo) -> bool {
    let (instance, index, _) = scopes.item(item);
    let facts = scopes.sources.file(scopes.tree.instances[instance.0 as usize].file);
    facts.macros.iter().any(|rules| rules.item == index && rules.count == 1)
}

/// The words of a path.
pub fn segments_of(facts: &FileFacts, path: crate::domain::source::facts::Path) -> &[Sym] {
    &facts.segments[path.first as usize..path.first as usize + usize::from(path.count)]
}

struct Linker<'s, 'a, S> {
    scopes: &'s mut Scopes<'a>,
    /// What was known before.
    before: &'s Links,
    links: &'s mut Links,
    sink: &'s mut S,
    /// What is known of the paths of this instance.
    memo: &'s mut Memo,
    instance: InstanceIx,
    /// The macro whose body we are in, and whether the path means the same everywhere.
    body: Option<(ItemNo, bool)>,
    /// What the import that we are in should bind.
    binds: Option<(SpaceIx, Sym)>,
}

impl<'a, S: Sink> Linker<'_, 'a, S> {
    fn imports(&mut self, prefixes: &mut impl Iterator<Item = SmallVec<[Def; 1]>>) {
        let file = self.scopes.tree.instances[self.instance.0 as usize].file;
        let facts: &'a FileFacts = self.scopes.sources.file(file);
        for import in &facts.imports {
            self.import(facts, import, prefixes.next().unwrap_or_default());
        }
    }

    fn references(&mut self) {
        let file = self.scopes.tree.instances[self.instance.0 as usize].file;
        let facts: &'a FileFacts = self.scopes.sources.file(file);
        for reference in &facts.references {
            self.reference(facts, reference);
        }
        // Calls among items that are expanded, by the place of the macro's name.
        let expanded: FxHashSet<Span> = (0..facts.item_calls.len())
            .filter(|at| self.scopes.sources.fragment(FragmentKey { host: file, call: *at as u32 }).is_some())
            .map(|at| facts.references[facts.item_calls[at].reference.0 as usize].span)
            .collect();
        if !expanded.is_empty() {
            for call in self.links.uses.iter_mut().rev() {
                if call.link.file != file {
                    break;
                }
                call.expanded |= expanded.contains(&call.link.span);
            }
        }
    }

    fn place(&self, scope: crate::domain::source::facts::ScopeIx) -> (SpaceIx, ModuleIx) {
        let space = self.scopes.tree.instances[self.instance.0 as usize].spaces[scope.0 as usize];
        (space, self.scopes.module(space))
    }

    fn is_test(&self, module: ModuleIx, test: TestOnly) -> bool {
        test == TestOnly::Yes
            || self.scopes.tree.instances[self.instance.0 as usize].test
            || self.scopes.tree.modules[module.0 as usize].test
    }

    fn owner(&self, owner: Option<crate::domain::source::facts::ItemIx>) -> Option<ItemNo> {
        let instances = &self.scopes.tree.instances;
        let own = owner.map(|owner| (self.instance, owner));
        let (instance, owner) = own.or(instances[self.instance.0 as usize].caller)?;
        Some(ItemNo(instances[instance.0 as usize].first_item + owner.0))
    }

    fn import(&mut self, facts: &'a FileFacts, import: &Import, prefix: SmallVec<[Def; 1]>) {
        let (space, module) = self.place(import.scope);
        let test = self.is_test(module, facts.cfgs[import.cfg.0 as usize].test);
        let segments = segments_of(facts, import.path);
        let dollar_crate = self.scopes.tree.instances[self.instance.0 as usize].dollar_crate;
        let from = From { space, test, global: import.path.global, import: true, dollar_crate, at: None };
        let form = if import.visibility == Visibility::Private { LinkForm::Use } else { LinkForm::ReExport };
        let base = Link {
            module,
            owner: self.owner(import.owner),
            target: Def::Module(module),
            via: Facade::NONE,
            form,
            file: self.scopes.tree.instances[self.instance.0 as usize].file,
            span: import.span,
            test,
            cfg: worded(facts, import.cfg),
        };
        self.links.references += 1;
        if import.form == ImportForm::ExternCrate {
            self.note_extern(segments, &base);
            self.extern_crate(base, space, import);
            return;
        }
        if segments.is_empty() {
            self.links.resolved += 1;
            return;
        }
        self.links.mentions.note(self.scopes, from, segments, &base);
        let wanted: &[Mask] = match import.form {
            ImportForm::Glob | ImportForm::SelfOnly => &[Mask::TYPE],
            _ if prefix.is_empty() => &[Mask::TYPE, Mask::VALUE, Mask::MACRO],
            _ => &[Mask::ALL],
        };
        let mut targets: SmallVec<[Binding; 1]> = SmallVec::new();
        let mut passed = None;
        let mut partial: Option<Found> = None;
        for mask in wanted {
            let found = self.follow_import(from, import, &prefix, segments, *mask);
            if found.depth == segments.len() {
                passed = passed.or(found.passed);
                for binding in &found.bindings {
                    let sure = matches!(binding.origin, Origin::Named | Origin::Glob);
                    if !targets.iter().any(|known| known.def == binding.def) && (sure || targets.is_empty()) {
                        targets.push(*binding);
                    }
                }
            } else if partial.as_ref().is_none_or(|known| found.depth > known.depth) {
                partial = Some(found);
            }
        }
        if targets.is_empty() {
            // What an undeclared crate has is known to be of that crate.
            if import.form != ImportForm::Glob || partial.as_ref().is_some_and(|found| found.depth > 0) {
                self.links.unbound.insert((space, import.name));
            }
            if let Some(partial) = partial {
                self.binds = Some((space, import.name));
                self.partial(&partial, segments, base, space);
                self.binds = None;
            }
            return;
        }
        self.links.resolved += 1;
        // A private module of the same name as a public function is not what is meant.
        if targets.iter().any(|target| self.scopes.visible(target.vis, module)) {
            targets.retain(|target| self.scopes.visible(target.vis, module));
        }
        let found = Found { bindings: targets, passed, ..Found::default() };
        self.push_all(&found, base);
    }

    /// The path of an import, from what the fix-point found for its front part.
    fn follow_import(
        &mut self,
        from: From,
        import: &Import,
        prefix: &[Def],
        segments: &[Sym],
        mask: Mask,
    ) -> Found {
        if prefix.is_empty() {
            return self.scopes.follow(from, segments, mask);
        }
        let depth = if import.form == ImportForm::Glob { segments.len() } else { segments.len() - 1 };
        let passed = self.scopes.crate_entered(from, segments[0]);
        let bindings = prefix.iter().map(|def| plain(*def)).collect();
        let known = Found { bindings, depth, passed, ..Found::default() };
        self.scopes.follow_on(from, known, segments, mask)
    }

    fn note_extern(&mut self, segments: &[Sym], base: &Link) {
        let [name] = segments else { return };
        let own = [self.scopes.words.self_, self.scopes.words.krate];
        if own.contains(&Some(*name)) {
            return;
        }
        // Before 2018, and with a leading `::` after, the name can only be a crate's.
        let from = From {
            space: Scopes::space(base.module),
            test: base.test,
            global: true,
            import: false,
            dollar_crate: None,
            at: None,
        };
        match self.scopes.crate_named(base.module, *name) {
            Some(_) => self.links.mentions.note(self.scopes, from, segments, base),
            None => self.links.mentions.note_extern(self.scopes, *name, base),
        }
    }

    fn extern_crate(&mut self, base: Link, space: SpaceIx, import: &Import) {
        let found: SmallVec<[Binding; 1]> = self.scopes.names.get(space, import.name).into();
        self.links.resolved += 1;
        for binding in found.iter().filter(|binding| !binding.mask.and(Mask::TYPE).is_empty()) {
            self.push(Link { target: binding.def, ..base });
        }
    }

    fn reference(&mut self, facts: &'a FileFacts, reference: &Reference) {
        let (space, module) = self.place(reference.scope);
        let test = self.is_test(module, facts.cfgs[reference.cfg.0 as usize].test);
        let segments = segments_of(facts, reference.path);
        let dollar_crate = self.scopes.tree.instances[self.instance.0 as usize].dollar_crate;
        let (global, at) = (reference.path.global, Some(reference.span.start));
        let from = From { space, test, global, import: false, dollar_crate, at };
        let base = Link {
            module,
            owner: self.owner(reference.owner),
            target: Def::Module(module),
            via: Facade::NONE,
            form: LinkForm::Path(reference.position),
            file: self.scopes.tree.instances[self.instance.0 as usize].file,
            span: reference.span,
            test,
            cfg: worded(facts, reference.cfg),
        };
        if matches!(reference.position, RefPosition::DocLink | RefPosition::Doctest) {
            self.documented(reference, segments, from, base);
            return;
        }
        let sure = reference.certainty == Certainty::Sure;
        if segments.len() > 1 {
            self.links.mentions.note(self.scopes, from, segments, &base);
        }
        let mut base = base;
        self.body = match (reference.position, base.owner) {
            (RefPosition::MacroBody, Some(owner)) => {
                let rooted = from.global || Some(segments[0]) == self.scopes.words.dollar_crate;
                Some((owner, rooted))
            }
            _ => None,
        };
        if self.body.is_some() && reference.namespace == Namespace::Macro {
            base.form = LinkForm::Path(RefPosition::MacroName);
        }
        let mut found = self.found(facts, reference, from);
        if !sure && reference.part == Part::Matched && self.is_lower(segments) {
            found.bindings.retain(|binding| self.is_constant(binding.def));
        }
        if sure {
            self.links.references += 1;
        }
        if found.depth == 0 {
            if sure {
                self.lost_head(&found, segments, base, space);
            }
            return;
        }
        if found.depth < segments.len() {
            if sure {
                self.partial(&found, segments, base, space);
            } else if ends_in_type(&found) {
                self.push_all(&found, base);
            }
            return;
        }
        if sure {
            self.links.resolved += 1;
        }
        if !sure && found.bindings.iter().any(|binding| binding.origin == Origin::ExternalGlob) {
            return;
        }
        self.push_all(&found, base);
        self.push_holder(&found, base);
    }

    /// A path of documentation: no reference of the code, and an example is built for tests alone.
    fn documented(&mut self, reference: &Reference, segments: &[Sym], from: From, base: Link) {
        let test = base.test || reference.position == RefPosition::Doctest;
        let Some(found) = docs::found(self.scopes, From { test, ..from }, segments, reference) else {
            return;
        };
        self.body = None;
        self.push_all(&found, Link { test, ..base });
        self.push_holder(&found, Link { test, ..base });
    }

    /// `Type::name` whose `impl` stands in another module than the type depends on both.
    fn push_holder(&mut self, found: &Found, base: Link) {
        let (Some(holder), Some(member)) = (found.holder, found.bindings.first()) else { return };
        let home = self.scopes.home(holder.def);
        if self.body.is_none() && holder.origin != Origin::Prelude && self.scopes.home(member.def) != home {
            self.push(Link { target: holder.def, via: holder.via, ..base });
        }
    }

    /// Whether a path is one word in lower case: in a pattern that is a new variable, unless it is the
    /// name of a constant.
    fn is_lower(&self, segments: &[Sym]) -> bool {
        let [name] = segments else { return false };
        self.scopes.sources.symbols.word(*name).starts_with(char::is_lowercase)
    }

    fn is_constant(&self, def: Def) -> bool {
        let Def::Item(item) = def else { return false };
        matches!(self.scopes.item(item).2.kind, ItemKind::Const | ItemKind::Static)
    }

    /// Where a reference leads, from what is known or else looked up.
    fn found(&mut self, facts: &'a FileFacts, reference: &Reference, from: From) -> Found {
        if reference.namespace == Namespace::Macro
            && let [name] = segments_of(facts, reference.path)
            && self.scopes.textual.is_placed(*name)
        {
            return self.look_up(&[*name], reference, from);
        }
        let in_argument = reference.position == RefPosition::AttributeArgument;
        let marks = u32::from(from.test) | u32::from(from.global) << 1 | u32::from(in_argument) << 2;
        let marks = marks | (reference.namespace as u32) << 3;
        let marks = marks | u32::from(is_attribute(reference)) << 5;
        let (first, count) = (reference.path.first, reference.path.count);
        let query = Query { space: from.space.0, marks, first, count };
        match self.memo.find(query, &facts.segments) {
            Ok(known) => known.clone(),
            Err(hash) => {
                let found = self.look_up(segments_of(facts, reference.path), reference, from);
                self.memo.keep(hash, query, found.clone());
                found
            }
        }
    }

    fn look_up(&mut self, segments: &[Sym], reference: &Reference, from: From) -> Found {
        if is_attribute(reference) {
            // No `macro_rules!` is an attribute: `#[pin]` helps a derive, whatever `pin!` may be.
            let mut found = self.scopes.follow(from, segments, Mask::ATTRIBUTE);
            found.bindings.retain(|binding| !self.is_by_example(binding.def));
            if found.bindings.is_empty() {
                found.depth = 0;
            }
            return found;
        }
        let found = self.scopes.follow(from, segments, Mask::of(reference.namespace));
        // `S` may be a type where a value is written, as in `S { }` behind a macro, or the other way.
        let other = match reference.namespace {
            Namespace::Type => Mask::VALUE,
            Namespace::Value => Mask::TYPE,
            Namespace::Macro => return found,
        };
        if found.depth == segments.len() {
            return found;
        }
        let second = self.scopes.follow(from, segments, other);
        // `#[serde(with = "a")]` names a module; elsewhere a lone word that does is another thing.
        let alone = segments.len() == 1
            && reference.position != RefPosition::AttributeArgument
            && second.bindings.iter().all(|binding| self.is_space(binding.def));
        if second.depth > found.depth && !alone { second } else { found }
    }

    fn push(&mut self, link: Link) {
        self.sink.take(self.scopes, &link);
    }

    fn push_all(&mut self, found: &Found, base: Link) {
        for binding in &found.bindings {
            // A name of the standard prelude is no dependency that anyone chose.
            if binding.origin == Origin::Prelude {
                continue;
            }
            let link = Link { target: binding.def, via: binding.via, ..base };
            if let Some((owner, portable)) = self.body {
                self.links.bodies.push(BodyLink { owner, link, portable });
                continue;
            }
            if let (Def::Item(called), LinkForm::Path(RefPosition::MacroName)) = (link.target, link.form) {
                self.links.uses.push(MacroUse { link, called, expanded: false });
            }
            self.push(link);
            self.push_facade_crate(found, binding.def, base);
        }
    }

    /// Whether something is a `macro_rules!`.
    fn is_by_example(&self, def: Def) -> bool {
        match def {
            Def::Item(item) => {
                let item = self.scopes.item(item).2;
                item.kind == ItemKind::Macro && !item.marks.has(ItemMarks::PROC_MACRO)
            }
            _ => false,
        }
    }

    /// Whether something can only stand before `::`.
    fn is_space(&self, def: Def) -> bool {
        match def {
            Def::Module(_) => true,
            Def::External(external) => self.scopes.externals.nodes[external.0 as usize].0.is_none(),
            Def::Item(_) => false,
        }
    }

    /// A path that enters through one crate of the workspace and ends in another depends on both.
    fn push_facade_crate(&mut self, found: &Found, target: Def, base: Link) {
        let Some(passed) = found.passed else { return };
        let krate = |module: ModuleIx| self.scopes.tree.modules[module.0 as usize].krate;
        let target = self.scopes.home(target).map(krate);
        if passed != krate(base.module) && target != Some(passed) {
            let name = &self.scopes.tree.crates[passed.0 as usize].name;
            let Some(name) = self.scopes.sources.symbols.get(name) else { return };
            let external = self.scopes.externals.intern(None, name);
            self.push(Link { target: Def::External(external), via: Facade::NONE, ..base });
        }
    }
}

/// Whether a path names an attribute or a derive.
fn is_attribute(reference: &Reference) -> bool {
    reference.namespace == Namespace::Macro
        && matches!(reference.position, RefPosition::Attribute | RefPosition::Derive)
}

/// Whether a path ends in a type or trait whose member is unknown to us: `Type::new` of a derive.
fn ends_in_type(found: &Found) -> bool {
    found.bindings.iter().any(|binding| !matches!(binding.def, Def::Module(_)))
}
