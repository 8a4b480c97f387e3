//! Names that only generated code can explain: what a build script writes for
//! `include!(concat!(env!("OUT_DIR"), "/x.rs"))`, and what macros make that are never run.
//!
//! Nothing of the target is run, and the sources of dependencies are not read. A name that is bound
//! nowhere can only come from such text where that is included; from a macro call among the items that
//! could not be expanded; or from a derive or attribute on an item whose name it holds, as
//! `MockStore` of `Store`. Likewise what an import of such a name goes on to bind, and so on. These are
//! told apart from names that are unknown.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::resolve::link::Unresolved;
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::sources::FragmentKey;
use crate::domain::resolve::tree::{Instance, SpaceIx};
use crate::domain::source::facts::{CallForm, ItemKind, ItemMarks, Namespace, RefPosition};
use crate::domain::source::symbols::Sym;

/// Derives of the standard library: they make no names.
const PLAIN_DERIVES: [&str; 9] =
    ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// The spaces that receive text which was not read.
pub fn spaces(scopes: &Scopes<'_>) -> FxHashSet<SpaceIx> {
    let instances = scopes.tree.instances.iter();
    instances
        .flat_map(|instance| {
            let facts = scopes.sources.file(instance.file);
            facts.generated.iter().map(|scope| instance.spaces[scope.0 as usize])
        })
        .collect()
}

/// The spaces of an instance in which macro calls among items could not be expanded: they may make any
/// items.
pub fn called<'i>(scopes: &'i Scopes<'_>, instance: &'i Instance) -> impl Iterator<Item = SpaceIx> + 'i {
    let facts = scopes.sources.file(instance.file);
    let (sources, standard) = (scopes.sources, &scopes.standard);
    facts.item_calls.iter().enumerate().filter_map(move |(at, call)| {
        let key = FragmentKey { host: instance.file, call: at as u32 };
        let reference = &facts.references[call.reference.0 as usize];
        let last = reference.path.first as usize + usize::from(reference.path.count) - 1;
        let is_unknown = call.form == CallForm::Items
            && sources.fragment(key).is_none()
            && !standard.is_macro(facts.segments[last]);
        is_unknown.then(|| instance.spaces[reference.scope.0 as usize])
    })
}

/// Takes what only generated code can explain out of the failures.
pub fn explained(scopes: &Scopes<'_>, mut unseen: Unseen, failures: &mut Vec<Unresolved>) -> Vec<Unresolved> {
    let glob = scopes.sources.symbols.get("*");
    // Imports of what imports bring: each round goes one step further, and binds more or is the last.
    loop {
        let before = (unseen.bound.len(), unseen.made.len());
        let more = failures.iter().filter(|failure| unseen.explains(scopes, failure));
        let more: Vec<(SpaceIx, Sym)> = more.filter_map(|failure| failure.binds).collect();
        for (space, name) in more {
            if Some(name) == glob {
                unseen.made.insert(space);
            } else {
                unseen.bound.insert((space, name));
            }
        }
        if (unseen.bound.len(), unseen.made.len()) == before {
            break;
        }
    }
    let (explained, rest) = failures.drain(..).partition(|failure| unseen.explains(scopes, failure));
    *failures = rest;
    explained
}

/// Where names come from that no text binds.
pub struct Unseen {
    /// Spaces that may have any.
    made: FxHashSet<SpaceIx>,
    /// Items that macros may make something beside, by the space they stand in.
    marked: FxHashMap<SpaceIx, FxHashSet<Sym>>,
    /// What imports of such names bind.
    bound: FxHashSet<(SpaceIx, Sym)>,
    /// What each space has globs on.
    globs: FxHashMap<SpaceIx, Vec<SpaceIx>>,
}

impl Unseen {
    /// What is not seen, beside the spaces that receive text which was not read.
    pub fn of(scopes: &Scopes<'_>, written: &FxHashSet<SpaceIx>) -> Self {
        let mut globs: FxHashMap<SpaceIx, Vec<SpaceIx>> = FxHashMap::default();
        #[expect(clippy::iter_over_hash_type, reason = "whether any leads to what explains a name")]
        for (space, importers) in &scopes.globs {
            for glob in importers {
                globs.entry(glob.importer).or_default().push(*space);
            }
        }
        let (made, marked, bound) = (written.clone(), FxHashMap::default(), FxHashSet::default());
        let mut found = Self { made, marked, bound, globs };
        let makers = attributes(scopes);
        for instance in &scopes.tree.instances {
            found.made.extend(called(scopes, instance));
            found.marks(scopes, instance, &makers);
        }
        found
    }

    /// Derives and attributes may make items beside the one they stand on; attributes that the workspace
    /// defines itself may make any.
    fn marks(&mut self, scopes: &Scopes<'_>, instance: &Instance, makers: &FxHashSet<Sym>) {
        let facts = scopes.sources.file(instance.file);
        for reference in facts.references.iter().filter(|reference| {
            reference.namespace == Namespace::Macro
                && matches!(reference.position, RefPosition::Derive | RefPosition::Attribute)
        }) {
            let last = reference.path.first as usize + usize::from(reference.path.count) - 1;
            let name = facts.segments[last];
            let Some(owner) = reference.owner else { continue };
            let item = &facts.items[owner.0 as usize];
            let space = instance.spaces[item.scope.0 as usize];
            if reference.position == RefPosition::Attribute && makers.contains(&name) {
                self.made.insert(space);
            }
            if !PLAIN_DERIVES.contains(&scopes.sources.symbols.word(name)) {
                self.marked.entry(space).or_default().insert(item.name);
            }
        }
    }

    fn explains(&self, scopes: &Scopes<'_>, failure: &Unresolved) -> bool {
        let word = |name: Sym| scopes.sources.symbols.word(name);
        let derived = |space: SpaceIx| {
            let items = self.marked.get(&space).into_iter().flatten();
            let mut items = items.map(|item| word(*item)).filter(|item| item.len() > 1);
            items.any(|item| word(failure.name).contains(item))
        };
        let here = |space: SpaceIx| {
            self.made.contains(&space) || self.bound.contains(&(space, failure.name)) || derived(space)
        };
        // What a glob hands on is looked up where it is imported.
        let mut open: Vec<SpaceIx> = match failure.inside {
            Some(module) => vec![Scopes::space(module)],
            None => std::iter::successors(Some(failure.space), |space| scopes.around(*space)).collect(),
        };
        let mut seen: FxHashSet<SpaceIx> = open.iter().copied().collect();
        while let Some(space) = open.pop() {
            if here(space) {
                return true;
            }
            let behind = self.globs.get(&space).into_iter().flatten();
            open.extend(behind.copied().filter(|space| seen.insert(*space)));
        }
        false
    }
}

/// Names of the attribute macros that the workspace defines.
fn attributes(scopes: &Scopes<'_>) -> FxHashSet<Sym> {
    let files = scopes.tree.instances.iter().map(|instance| scopes.sources.file(instance.file));
    files
        .flat_map(|facts| &facts.items)
        .filter(|item| item.kind == ItemKind::Fn && item.marks.has(ItemMarks::PROC_MACRO))
        .map(|item| item.name)
        .collect()
}
