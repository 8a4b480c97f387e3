//! Which macro calls could be expanded: those that lead to a `macro_rules!` of the workspace, among
//! items where the arguments are not items as they stand, in code where the macro names anything.

use rustc_hash::FxHashSet;

use crate::domain::at_once::{AtOnce, each};
use crate::domain::resolve::called::Called;
use crate::domain::resolve::links::segments_of;
use crate::domain::resolve::names::{Binding, Def, ItemNo, Mask};
use crate::domain::resolve::paths::From;
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::sources::{FileIx, FragmentKey, Sources};
use crate::domain::resolve::tree::{CrateIx, InstanceIx, ModuleTree, SpaceIx};
use crate::domain::source::facts::{
    Brings, CallForm, FileFacts, ImportForm, ItemCall, MacroDecl, Path, ScopeForm,
};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

/// The files are looked through in so many pieces.
const PIECES: usize = 16;

/// A macro is renamed by this many imports in a row.
const MAX_RENAMES: u32 = 4;

/// A call to expand.
#[derive(Clone, Debug)]
pub struct MacroCall {
    /// The call among those of its file.
    pub key: FragmentKey,
    /// The crate that `$crate` means.
    pub dollar_crate: CrateIx,
    /// Name of the macro.
    pub name: String,
    /// The file of the call.
    pub path: String,
    /// The call, as the place of all that comes of it.
    pub site: Span,
    /// Where the call stands.
    pub stands: Site,
    /// What it becomes.
    pub form: CallForm,
    /// The arguments.
    pub arguments: Arguments,
    /// Generic parameters that members may name.
    pub generics: Vec<String>,
    /// The rules of the macro.
    pub rules: Rules,
}

/// Rules of a macro, without their delimiters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rules {
    /// Text of this file, from this place to that.
    Written(String, u32, u32),
    /// Made by another macro.
    Made(String),
}

/// Arguments of a call.
#[derive(Clone, Debug)]
pub enum Arguments {
    /// Text of the file of the call.
    Written(Span),
    /// Made by another macro.
    Made(String),
}

impl Arguments {
    /// How many bytes they are.
    pub fn size(&self) -> usize {
        match self {
            Self::Written(span) => (span.end - span.start) as usize,
            Self::Made(text) => text.len(),
        }
    }
}

/// Finds the macro that a path means at a place.
pub type Known<'k> = dyn FnMut(Site, Path, &[Sym]) -> Option<ItemNo> + 'k;

/// Finds macros that are plain before imports run.
pub fn plainly<'a>(
    sources: &'a Sources,
    tree: &'a ModuleTree,
) -> impl FnMut(Site, Path, &[Sym]) -> Option<ItemNo> + 'a {
    let called = Called::new(sources, tree);
    move |site, path, segments| match path.global {
        true => called.outside(site.space, segments),
        false => called.find((site.space, site.at), site.dollar_crate, segments),
    }
}

/// Finds macros as names are bound.
pub fn bound<'s>(scopes: &'s mut Scopes<'_>) -> impl FnMut(Site, Path, &[Sym]) -> Option<ItemNo> + 's {
    |site, path, segments| {
        let Site { space, dollar_crate, at } = site;
        let from = From { space, test: true, global: path.global, import: false, dollar_crate, at };
        let target = scopes.follow(from, segments, Mask::MACRO);
        match target.bindings.first() {
            Some(Binding { def: Def::Item(item), .. }) if target.depth == segments.len() => Some(*item),
            _ => None,
        }
    }
}

/// Where a call stands.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    space: SpaceIx,
    dollar_crate: Option<CrateIx>,
    at: Option<u32>,
}

/// A call that may lead to a definition in the workspace: it has the name of one.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    instance: InstanceIx,
    /// Its place among the calls of its file.
    call: u32,
}

/// The calls that may lead to a definition in the workspace and are not expanded yet, in their order.
pub fn candidates(sources: &Sources, tree: &ModuleTree, at_once: AtOnce<'_>) -> Vec<Candidate> {
    let names = names(sources, tree);
    let all: Vec<InstanceIx> = (0..tree.instances.len() as u32).map(InstanceIx).collect();
    let found = each(at_once, all.chunks(all.len().div_ceil(PIECES).max(1)).collect(), |piece| {
        let of_file = |instance: &InstanceIx| {
            let file = tree.instances[instance.0 as usize].file;
            let facts = sources.file(file);
            let is_new = move |call: u32| sources.fragment(FragmentKey { host: file, call }).is_none();
            let named = facts.item_calls.iter().zip(0..).filter(|(call, _)| {
                segments_of(facts, facts.references[call.reference.0 as usize].path)
                    .last()
                    .is_some_and(|last| names.contains(last))
            });
            let calls: Vec<u32> = named.map(|(_, call)| call).filter(|call| is_new(*call)).collect();
            let instance = *instance;
            calls.into_iter().map(move |call| Candidate { instance, call })
        };
        piece.iter().flat_map(of_file).collect::<Vec<Candidate>>()
    });
    found.concat()
}

/// Those of these calls that lead to a definition in the workspace.
pub fn expandable(
    sources: &Sources,
    tree: &ModuleTree,
    candidates: &[Candidate],
    known: &mut Known<'_>,
) -> Vec<MacroCall> {
    let mut found: Vec<MacroCall> = Vec::new();
    let mut seen: FxHashSet<FragmentKey> = FxHashSet::default();
    for Candidate { instance, call } in candidates {
        let instance = &tree.instances[instance.0 as usize];
        let key = FragmentKey { host: instance.file, call: *call };
        if seen.contains(&key) {
            continue;
        }
        let facts = sources.file(instance.file);
        let call = &facts.item_calls[*call as usize];
        let reference = &facts.references[call.reference.0 as usize];
        let segments = segments_of(facts, reference.path);
        let space = instance.spaces[reference.scope.0 as usize];
        let site = Site { space, dollar_crate: instance.dollar_crate, at: Some(reference.span.start) };
        let Some(item) = known(site, reference.path, segments) else { continue };
        let name = segments.last().map_or("", |name| sources.symbols.word(*name));
        let path = &sources.file(sources.written(instance.file)).path;
        let place = Place { key, site, span: reference.span, path, name };
        if let Some(call) = macro_call(sources, tree, call, item, place) {
            seen.insert(key);
            found.push(call);
        }
    }
    found
}

/// What calls became that are still to be added to the sources, in their order.
pub type Made = [(MacroCall, FileFacts)];

/// The calls in what stands from `first` on that lead to a definition in the workspace: they need not wait
/// until names are bound once more. What is made here may name macros itself, and then they do.
pub fn inner(
    sources: &Sources,
    tree: &ModuleTree,
    made: &Made,
    first: usize,
    known: &mut Known<'_>,
) -> Vec<MacroCall> {
    let mut found = Vec::new();
    let new: FxHashSet<&str> = made.iter().flat_map(|(_, facts)| brought(facts)).collect();
    let new_ones = made.iter().enumerate().skip(first);
    for (at, (outer, facts)) in new_ones.filter(|(_, (_, facts))| !facts.item_calls.is_empty()) {
        if facts.scopes.iter().any(|scope| scope.form == ScopeForm::Module) || !facts.imports.is_empty() {
            continue;
        }
        let words: Vec<&str> = facts.words.iter().collect();
        for (index, call) in facts.item_calls.iter().enumerate() {
            let reference = &facts.references[call.reference.0 as usize];
            let of_file = segments_of(facts, reference.path);
            let known_words = of_file.iter().map(|sym| sources.symbols.get(words[sym.0 as usize]));
            let Some(segments) = known_words.collect::<Option<Vec<Sym>>>() else { continue };
            let Some(name) = of_file.last().map(|name| words[name.0 as usize]) else { continue };
            if new.contains(name) {
                continue;
            }
            let site = Site { dollar_crate: Some(outer.dollar_crate), ..outer.stands };
            let Some(item) = known(site, reference.path, &segments) else { continue };
            let key = FragmentKey { host: sources.upcoming(at), call: index as u32 };
            let place = Place { key, site, span: reference.span, path: &outer.path, name };
            found.extend(macro_call(sources, tree, call, item, place));
        }
    }
    found
}

/// Names by which what is made may call macros, beyond those that were there before.
fn brought(facts: &FileFacts) -> impl Iterator<Item = &str> {
    let macros = facts.macros.iter().map(|rules| facts.items[rules.item.0 as usize].name);
    let names: FxHashSet<Sym> = macros.chain(facts.imports.iter().map(|import| import.name)).collect();
    let words = facts.words.iter().enumerate();
    words.filter(move |(at, _)| names.contains(&Sym(*at as u32))).map(|(_, word)| word)
}

/// A call and its place.
struct Place<'c> {
    key: FragmentKey,
    site: Site,
    span: Span,
    path: &'c str,
    name: &'c str,
}

/// A call of the macro that an item is, if it is one and worth expanding.
fn macro_call(
    sources: &Sources,
    tree: &ModuleTree,
    call: &ItemCall,
    item: ItemNo,
    place: Place<'_>,
) -> Option<MacroCall> {
    let (defined, rules, dollar_crate) = definition_of(sources, tree, item)?;
    if call.form == CallForm::Code && !is_worth_it(rules) {
        return None;
    }
    let more = call.more.iter().filter_map(|more| more.generics.as_ref());
    let generics = more.flat_map(|names| names.split_whitespace());
    Some(MacroCall {
        key: place.key,
        dollar_crate,
        name: place.name.to_owned(),
        path: place.path.to_owned(),
        site: place.span,
        stands: place.site,
        form: call.form,
        arguments: arguments(call),
        generics: generics.map(str::to_owned).collect(),
        rules: match &rules.made {
            Some(made) => Rules::Made(made.to_string()),
            None => Rules::Written(sources.file(defined).path.clone(), rules.body.start, rules.body.end),
        },
    })
}

/// The names of the macros of the workspace, those that imports give them too.
fn names(sources: &Sources, tree: &ModuleTree) -> FxHashSet<Sym> {
    let mut names: FxHashSet<Sym> = FxHashSet::default();
    let files = || tree.instances.iter().map(|instance| sources.file(instance.file));
    for facts in files() {
        names.extend(facts.macros.iter().map(|rules| facts.items[rules.item.0 as usize].name));
    }
    for _ in 0..MAX_RENAMES {
        let before = names.len();
        for facts in files() {
            let renamed = facts.imports.iter().filter(|import| import.form == ImportForm::Name);
            names.extend(
                renamed
                    .filter_map(|import| {
                        let last = import.path.first as usize + usize::from(import.path.count);
                        let known = import.path.count > 0 && names.contains(&facts.segments[last - 1]);
                        known.then_some(import.name)
                    })
                    .collect::<Vec<_>>(),
            );
        }
        if names.len() == before {
            break;
        }
    }
    names
}

/// Whether to expand a call in code: for what its macro names, as its arguments are read where they
/// stand. What a single rule names in any place alike is known without.
fn is_worth_it(rules: &MacroDecl) -> bool {
    match rules.brings {
        Brings::Nothing => false,
        Brings::Portable => rules.count > 1,
        Brings::Anything => true,
    }
}

fn arguments(call: &ItemCall) -> Arguments {
    match call.more.as_ref().and_then(|more| more.made.as_ref()) {
        Some(made) => Arguments::Made(made.to_string()),
        None => Arguments::Written(call.arguments),
    }
}

/// The file, the rules and the crate of a `macro_rules!`: `$crate` in what a macro made is the crate of
/// that macro.
fn definition_of<'s>(
    sources: &'s Sources,
    tree: &ModuleTree,
    item: ItemNo,
) -> Option<(FileIx, &'s MacroDecl, CrateIx)> {
    let (instance, index) = tree.place_of(item.0);
    let instance = &tree.instances[instance.0 as usize];
    let rules = sources.file(instance.file).macros.iter().find(|rules| rules.item == index)?;
    Some((instance.file, rules, instance.dollar_crate.unwrap_or(instance.krate)))
}
