//! From a codebase to its graph: reads until the module tree is whole, resolves, builds.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::application::ports::{Codebase, ReadError, Reading};
use crate::domain::at_once::{AtOnce, Task, both};
use crate::domain::checks::history::Past;
use crate::domain::finding::{Coverage, Lost, Site, Unresolved};
use crate::domain::graph::build::{Origins, build};
use crate::domain::graph::named::{Named, named};
use crate::domain::graph::{FileId, Graph, Place};
use crate::domain::indicators::scene::Timing;
use crate::domain::report::suppression::Remark;
use crate::domain::resolve::expand::{
    Candidate, Known, MacroCall, bound, candidates, expandable, inner, plainly,
};
use crate::domain::resolve::link::Unresolved as Failed;
use crate::domain::resolve::links::Links;
use crate::domain::resolve::scopes::{Scopes, open};
use crate::domain::resolve::sources::{FileIx, FragmentKey, Sources};
use crate::domain::resolve::tree::{Absence, ModuleTree, grow};
use crate::domain::source::facts::{Directive, FileFacts, RefIx};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;
use crate::domain::source::workspace::{Missing, Workspace};

/// Rounds of reading: a file found through `#[path]` may name another one.
const MAX_ROUNDS: u32 = 8;

/// Rounds of expansion: what a macro makes may call another one.
const MAX_EXPANSIONS: u32 = 8;

/// Groups of unresolved names shown for each reason.
const SHOWN_GROUPS: usize = 5;

/// A workspace, understood.
#[derive(Debug, Default)]
pub struct Analysis {
    /// The packages.
    pub workspace: Workspace,
    /// Who depends on whom.
    pub graph: Graph,
    /// How much of it was seen.
    pub coverage: Coverage,
    /// What else the sources say of its nodes.
    pub origins: Origins,
    /// Which crates each crate names.
    pub named: Vec<Named>,
    /// Comments that speak to this tool, by file and place.
    pub remarks: Vec<Remark>,
    /// How long its tests took, where reports of a run were given.
    pub timings: Option<Vec<Timing>>,
    /// What was changed lately, where that was asked for.
    pub past: Past,
}

/// Reads and resolves a whole workspace.
///
/// # Errors
/// When there is no workspace to read.
pub fn analyse(codebase: &dyn Codebase) -> Result<Analysis, ReadError> {
    let at_once: AtOnce<'_> = &|tasks: Vec<Task<'_>>| codebase.at_once(tasks);
    let Reading { workspace, mut files, mut unreadable } = codebase.read()?;
    let mut asked: BTreeSet<String> = BTreeSet::new();
    let mut sources = Sources::gather(&workspace, std::mem::take(&mut files), at_once);
    let mut tree = grow(&workspace, &sources);
    for _ in 0..MAX_ROUNDS {
        let wanted: Vec<String> = tree.wanted.iter().filter(|path| !asked.contains(*path)).cloned().collect();
        if wanted.is_empty() {
            break;
        }
        asked.extend(wanted.iter().cloned());
        let mut more = Vec::new();
        for answer in codebase.read_more(&wanted) {
            match answer {
                Ok(facts) => more.push(facts),
                Err(missing) => unreadable.push(missing),
            }
        }
        if more.is_empty() {
            break;
        }
        sources = sources.with(more, at_once);
        tree = grow(&workspace, &sources);
    }
    let mut tried: BTreeSet<FragmentKey> = BTreeSet::new();
    for round in 0.. {
        let mut calls = candidates(&sources, &tree, at_once);
        // Most macros are found without imports: so these run few times, on all that there is.
        for _ in 0..MAX_EXPANSIONS {
            let all = (&sources, &tree, calls.as_slice());
            let made = expand(codebase, &mut tried, all, &mut plainly(&sources, &tree));
            if made.is_empty() {
                break;
            }
            sources.add_fragments(made.into_iter().map(keyed));
            tree = grow(&workspace, &sources);
            calls = candidates(&sources, &tree, at_once);
        }
        let mut scopes = open(&workspace, &sources, &tree);
        if round < MAX_EXPANSIONS {
            let made = expand(codebase, &mut tried, (&sources, &tree, &calls), &mut bound(&mut scopes));
            if !made.is_empty() {
                sources.add_fragments(made.into_iter().map(keyed));
                tree = grow(&workspace, &sources);
                continue;
            }
        }
        let (draft, links) = build(&workspace, &mut scopes, at_once);
        let beside = || {
            let covered = cover(&workspace, &scopes, &links, &unreadable);
            (covered, named(&scopes, &links), directives(&tree, &sources))
        };
        let (edges, (mut coverage, named, told)) = both(at_once, || draft.edges(at_once), beside);
        coverage.items = draft.items() as u32;
        let (graph, origins) = draft.finish(edges, sources);
        let remarks = remarks(&graph, told);
        return Ok(Analysis {
            workspace,
            named,
            graph,
            origins,
            coverage,
            remarks,
            timings: None,
            past: Past::Unasked,
        });
    }
    unreachable!("a round that expands nothing returns, and expansions end")
}

fn keyed((call, facts): (MacroCall, FileFacts)) -> (FragmentKey, u32, FileFacts) {
    (call.key, call.dollar_crate.0, facts)
}

/// What those of these calls expand to that were not tried yet, and the calls among that, as far as their
/// macros are known.
fn expand(
    codebase: &dyn Codebase,
    tried: &mut BTreeSet<FragmentKey>,
    (sources, tree, calls): (&Sources, &ModuleTree, &[Candidate]),
    known: &mut Known<'_>,
) -> Vec<(MacroCall, FileFacts)> {
    let mut all: Vec<(MacroCall, FileFacts)> = Vec::new();
    let mut calls = expandable(sources, tree, calls, known);
    for _ in 0..MAX_EXPANSIONS {
        calls.retain(|call| tried.insert(call.key));
        if calls.is_empty() {
            break;
        }
        let made = codebase.expand(&calls);
        let first = all.len();
        all.extend(calls.into_iter().zip(made).filter_map(|(call, facts)| Some((call, facts?))));
        calls = inner(sources, tree, &all, first, known);
    }
    all
}

/// The comments that speak to this tool in the files of the tree, each with its path.
fn directives(tree: &ModuleTree, sources: &Sources) -> Vec<(String, Directive)> {
    let used: BTreeSet<u32> = tree.instances.iter().map(|instance| instance.file.0).collect();
    let written = used.into_iter().map(FileIx).filter(|file| sources.written(*file) == *file);
    let told = written.map(|file| sources.file(file)).filter(|facts| !facts.directives.is_empty());
    told.flat_map(|facts| facts.directives.iter().map(|directive| (facts.path.clone(), directive.clone())))
        .collect()
}

/// Those comments in their places in the graph, sorted.
fn remarks(graph: &Graph, told: Vec<(String, Directive)>) -> Vec<Remark> {
    let mut remarks: Vec<Remark> = told
        .into_iter()
        .filter_map(|(path, directive)| {
            let file = graph.files.binary_search_by(|file| file.path.cmp(&path)).ok()?;
            let file = FileId(file as u32);
            let site = |span: Span| Site::at(graph, Place { file, span });
            let inner = graph
                .node_ids()
                .filter(|id| graph.is_module(*id) && graph.node(*id).file == Some(file))
                .filter(|id| graph.node(*id).span.contains(directive.span))
                .min_by_key(|id| graph.node(*id).span.end - graph.node(*id).span.start)?;
            Some(Remark {
                text: directive.text,
                place: directive.place,
                site: site(directive.span),
                extent: site(directive.extent),
                module: graph.id(inner),
            })
        })
        .collect();
    remarks.sort_by(|a, b| a.site.cmp(&b.site));
    remarks
}

/// Sums up what was and was not seen.
fn cover(workspace: &Workspace, scopes: &Scopes<'_>, links: &Links, unreadable: &[Missing]) -> Coverage {
    let (sources, tree) = (scopes.sources, scopes.tree);
    let used: BTreeSet<u32> = tree.instances.iter().map(|instance| instance.file.0).collect();
    let of_use = |file: &FileIx| used.contains(&file.0);
    let mut coverage = Coverage {
        packages: workspace.packages.len() as u32,
        crates: tree.crates.len() as u32,
        modules: tree.modules.len() as u32,
        files: used.iter().filter(|file| sources.written(FileIx(**file)) == FileIx(**file)).count() as u32,
        references: links.references,
        resolved: links.resolved,
        unresolved: unresolved(&links.failures, sources, |failure| failure.failure.word()),
        generated: unresolved(&links.generated, sources, |_| "generated-code"),
        opaque_macros: opaque(sources, &used),
        orphans: tree.orphans.iter().map(|file| sources.file(*file).path.clone()).collect(),
        notes: workspace.notes.clone(),
        ..Coverage::default()
    };
    for file in (0..sources.files.len() as u32).map(FileIx).filter(of_use) {
        let facts = sources.file(file);
        coverage.lines += facts.lines.len().saturating_sub(1) as u64;
        let nothing = facts.items.is_empty() && facts.imports.is_empty() && is_needed(tree, file);
        let list = if nothing { &mut coverage.missing } else { &mut coverage.lost };
        for piece in &facts.lost {
            let reason = match nothing {
                true => format!("nothing in this file could be read: {}", piece.reason),
                false => piece.reason.clone(),
            };
            list.push(Lost { site: site(sources, file, piece.span), reason });
        }
    }
    let first = |(name, (file, span)): (&Sym, &(FileIx, Span))| {
        (sources.symbols.word(*name).to_owned(), site(sources, *file, *span))
    };
    coverage.undeclared =
        links.undeclared.iter().map(first).filter(|(name, _)| !is_likely_declared(workspace, name)).collect();
    coverage.undeclared.sort();
    missing(&mut coverage, workspace, tree, sources, unreadable);
    coverage
}

/// Members, modules and files that could not be read. What a condition may leave out or only tests
/// want is lost, not missing: the production tree is whole without it.
fn missing(
    coverage: &mut Coverage,
    workspace: &Workspace,
    tree: &ModuleTree,
    sources: &Sources,
    unreadable: &[Missing],
) {
    for member in &workspace.missing {
        let site =
            Site { file: member.path.clone(), line: member.line.unwrap_or(1), column: 1, ..Site::default() };
        coverage.missing.push(Lost { site, reason: member.reason.clone() });
    }
    let reasons: FxHashMap<&str, &str> =
        unreadable.iter().map(|missing| (missing.path.as_str(), missing.reason.as_str())).collect();
    for module in &tree.missing {
        let known =
            module.looked_for.iter().find_map(|path| reasons.get(path.as_str()).map(|reason| (path, reason)));
        let looked_for = module.looked_for.join("`, `");
        let reason = match (module.absence, known, &module.declared) {
            (Absence::Circular, ..) => {
                format!(
                    "module `{}` would contain itself: `{looked_for}` stands above it already",
                    module.what
                )
            }
            (Absence::NoFile, Some((path, reason)), Some(_)) => format!("`{path}`: {reason}"),
            (Absence::NoFile, Some((_, reason)), None) => {
                format!("the root file of crate `{}`: {reason}", module.what)
            }
            (Absence::NoFile, None, Some(_)) => {
                format!("no file for module `{}`: looked for `{looked_for}`", module.what)
            }
            (Absence::NoFile, None, None) => {
                format!("no root file for crate `{}`: looked for `{looked_for}`", module.what)
            }
        };
        let site = match module.declared {
            Some((file, span)) => site(sources, file, span),
            None => Site {
                file: module.looked_for.first().cloned().unwrap_or_default(),
                line: 1,
                column: 1,
                end_line: 1,
                end_column: 1,
            },
        };
        let lost = Lost { site, reason };
        if module.excused { coverage.lost.push(lost) } else { coverage.missing.push(lost) }
    }
    for file in unreadable.iter().filter(|missing| !is_asked_for(tree, &missing.path)) {
        let site = Site { file: file.path.clone(), line: 1, column: 1, end_line: 1, end_column: 1 };
        coverage.lost.push(Lost { site, reason: file.reason.clone() });
    }
    for list in [&mut coverage.lost, &mut coverage.missing] {
        list.sort();
        list.dedup();
    }
}

/// Whether some manifest declares a package whose library is likely to have this name: libraries drop
/// `rust-` and `-rs` from the names of their packages, and dashes.
fn is_likely_declared(workspace: &Workspace, name: &str) -> bool {
    let plain = |name: &str| name.replace(['-', '_'], "");
    let library = plain(name);
    let dependencies = workspace.packages.iter().flat_map(|package| &package.dependencies);
    // Of members the library's name is known.
    let outside = dependencies.filter(|dependency| dependency.member.is_none());
    outside.map(|dependency| plain(&dependency.package)).any(|package| {
        package == library
            || package.strip_prefix("rust") == Some(&library)
            || package.strip_prefix("rs") == Some(&library)
            || package.strip_suffix("rs") == Some(&library)
    })
}

/// Whether a file is part of a production module that no condition leaves out.
fn is_needed(tree: &ModuleTree, file: FileIx) -> bool {
    tree.instances.iter().filter(|instance| instance.file == file).any(|instance| {
        let module = &tree.modules[instance.module.0 as usize];
        !instance.test && !module.test && !module.conditional
    })
}

fn is_asked_for(tree: &ModuleTree, path: &str) -> bool {
    tree.missing.iter().any(|module| module.looked_for.iter().any(|known| known == path))
}

/// Names that led nowhere, by reason and by name, most first.
fn unresolved(
    failures: &[Failed],
    sources: &Sources,
    word_of: impl Fn(&Failed) -> &'static str,
) -> Vec<Unresolved> {
    let mut reasons: BTreeMap<&str, BTreeMap<Sym, (u32, FileIx, Span)>> = BTreeMap::new();
    for failure in failures {
        let group = reasons.entry(word_of(failure)).or_default();
        group.entry(failure.name).or_insert((0, failure.file, failure.span)).0 += 1;
    }
    let mut found: Vec<Unresolved> = Vec::new();
    for (reason, groups) in reasons {
        let count = groups.values().map(|(count, ..)| count).sum();
        let mut groups: Vec<(String, u32, Site)> = groups
            .into_iter()
            .map(|(name, (count, file, span))| {
                let word = sources.symbols.word(name).to_owned();
                (word, count, site(sources, file, span))
            })
            .collect();
        groups.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        groups.truncate(SHOWN_GROUPS);
        found.push(Unresolved { reason: reason.to_owned(), count, groups });
    }
    found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
    found
}

/// Macros of which the source has calls that were read as tokens and not expanded, most first.
fn opaque(sources: &Sources, used: &BTreeSet<u32>) -> Vec<(String, u32)> {
    let mut counts: BTreeMap<Sym, u32> = BTreeMap::new();
    for file in used.iter().map(|file| FileIx(*file)).filter(|file| sources.written(*file) == *file) {
        let facts = sources.file(file);
        let is_expanded = |at: usize| sources.fragment(FragmentKey { host: file, call: at as u32 }).is_some();
        let expanded: BTreeSet<RefIx> = facts
            .item_calls
            .iter()
            .enumerate()
            .filter(|(at, _)| is_expanded(*at))
            .map(|(_, call)| call.reference)
            .collect();
        for call in facts.opaque_calls.iter().filter(|call| !expanded.contains(&call.reference)) {
            *counts.entry(call.name).or_default() += 1;
        }
    }
    let mut found: Vec<(String, u32)> =
        counts.into_iter().map(|(name, count)| (sources.symbols.word(name).to_owned(), count)).collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found
}

fn site(sources: &Sources, file: FileIx, span: Span) -> Site {
    let facts = sources.file(sources.written(file));
    let (start, end) = (facts.lines.position(span.start), facts.lines.position(span.end));
    Site {
        file: facts.path.clone(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}
