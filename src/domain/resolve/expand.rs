//! Which macro calls could be expanded: those that lead to a `macro_rules!` of the workspace, among
//! items where the arguments are not items as they stand, in code where the macro names anything.

use rustc_hash::FxHashSet;

use crate::domain::resolve::called::Called;
use crate::domain::resolve::names::{Binding, Def, ItemNo, Mask};
use crate::domain::resolve::paths::From;
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::sources::{FileIx, FragmentKey, Sources};
use crate::domain::resolve::tree::{CrateIx, ModuleTree, SpaceIx};
use crate::domain::source::facts::{Brings, CallForm, ImportForm, ItemCall, MacroDecl, Path};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

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

/// The calls whose macro is plain before imports run, and that are not expanded yet.
pub fn plainly_expandable(sources: &Sources, tree: &ModuleTree) -> Vec<MacroCall> {
    let called = Called::new(sources, tree);
    calls(sources, tree, |site, path, segments| {
        if path.global { None } else { called.find((site.space, site.at), site.dollar_crate, segments) }
    })
}

/// The calls that lead to a definition in the workspace and are not expanded yet.
pub fn expandable(scopes: &mut Scopes<'_>) -> Vec<MacroCall> {
    let (sources, tree) = (scopes.sources, scopes.tree);
    calls(sources, tree, |site, path, segments| {
        let Site { space, dollar_crate, at } = site;
        let from = From { space, test: true, global: path.global, import: false, dollar_crate, at };
        let target = scopes.follow(from, segments, Mask::MACRO);
        match target.bindings.first() {
            Some(Binding { def: Def::Item(item), .. }) if target.depth == segments.len() => Some(*item),
            _ => None,
        }
    })
}

/// Where a call stands.
struct Site {
    space: SpaceIx,
    dollar_crate: Option<CrateIx>,
    at: Option<u32>,
}

/// The calls for which a macro is found.
fn calls(
    sources: &Sources,
    tree: &ModuleTree,
    mut called: impl FnMut(Site, Path, &[Sym]) -> Option<ItemNo>,
) -> Vec<MacroCall> {
    let mut found: Vec<MacroCall> = Vec::new();
    let mut seen: FxHashSet<FragmentKey> = FxHashSet::default();
    let names = names(sources, tree);
    for instance in &tree.instances {
        let facts = sources.file(instance.file);
        for (index, call) in facts.item_calls.iter().enumerate() {
            let reference = &facts.references[call.reference.0 as usize];
            let last = reference.path.first as usize + usize::from(reference.path.count) - 1;
            if !names.contains(&facts.segments[last]) {
                continue;
            }
            let key = FragmentKey { host: instance.file, call: index as u32 };
            if sources.fragment(key).is_some() || seen.contains(&key) {
                continue;
            }
            let space = instance.spaces[reference.scope.0 as usize];
            let first = reference.path.first as usize;
            let segments = &facts.segments[first..first + usize::from(reference.path.count)];
            let at = Some(reference.span.start);
            let site = Site { space, dollar_crate: instance.dollar_crate, at };
            let definition = called(site, reference.path, segments);
            let definition = definition.and_then(|item| definition_of(sources, tree, item));
            let Some((defined, rules, dollar_crate)) = definition else { continue };
            if call.form == CallForm::Code && !is_worth_it(rules) {
                continue;
            }
            seen.insert(key);
            let name = segments.last().map(|name| sources.symbols.word(*name).to_owned());
            found.push(MacroCall {
                key,
                dollar_crate,
                name: name.unwrap_or_default(),
                path: sources.file(sources.written(instance.file)).path.clone(),
                site: reference.span,
                form: call.form,
                arguments: arguments(call),
                generics: call
                    .more
                    .iter()
                    .filter_map(|more| more.generics.as_ref())
                    .flat_map(|names| names.split_whitespace())
                    .map(str::to_owned)
                    .collect(),
                rules: match &rules.made {
                    Some(made) => Rules::Made(made.to_string()),
                    None => {
                        let path = sources.file(defined).path.clone();
                        Rules::Written(path, rules.body.start, rules.body.end)
                    }
                },
            });
        }
    }
    found
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
