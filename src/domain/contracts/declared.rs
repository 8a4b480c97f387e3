//! Crate lists that speak of what manifests declare: judged where a package lies whole within a
//! layer or among the modules of a rule, and told at the line of its manifest.

use std::collections::BTreeSet;

use crate::domain::contracts::engine::{Terms, count, push};
use crate::domain::contracts::key::key;
use crate::domain::contracts::manifest::{declared_at, name_in_code};
use crate::domain::contracts::select::Ground;
use crate::domain::contracts::{Judgement, LAYER_CRATES};
use crate::domain::finding::{Finding, State};
use crate::domain::graph::NodeId;
use crate::domain::policy::crates::CrateList;
use crate::domain::policy::pattern::{Names, Pattern, Segment};
use crate::domain::policy::place::{At, ConfigProblem};
use crate::domain::policy::rules::{RuleKind, Tests};
use crate::domain::policy::selector::{Selector, SelectorKind};
use crate::domain::source::workspace::{Dependency, DependencyKind, Package, Workspace};

/// A crate list with what it is for.
struct Listed<'a> {
    rule: &'a str,
    /// How messages call those it binds.
    whom: String,
    list: &'a CrateList,
    tests: Tests,
    terms: Terms,
    at: At,
}

/// Judges every crate list that speaks of declared dependencies.
pub(super) fn check(
    ground: &Ground,
    workspace: &Workspace,
    judgement: &mut Judgement,
    problems: &mut Vec<ConfigProblem>,
) {
    // A graph without manifests has nothing to say here.
    if workspace.packages.is_empty() {
        return;
    }
    let layers = &ground.policy.layers;
    for (index, layer) in layers.list.iter().enumerate().filter(|(_, layer)| layer.crates.judges_declared()) {
        let listed = Listed {
            rule: LAYER_CRATES,
            whom: format!("layer `{}`", layer.name),
            list: &layer.crates,
            tests: layers.scope.tests,
            terms: Terms {
                level: layer.level.unwrap_or(layers.level),
                because: layer.because.clone().or_else(|| layers.because.clone()),
                instead: layer.instead.clone().or_else(|| layers.instead.clone()),
            },
            at: layer.at,
        };
        let inside = |module| ground.layers.layer(module) == Some(index);
        judge(ground, workspace, &listed, &inside, judgement, problems);
    }
    for rule in &ground.policy.rules {
        let RuleKind::Crates { from, list } = &rule.kind else { continue };
        if !list.judges_declared() {
            continue;
        }
        let texts: Vec<&str> = from.iter().map(|selector| selector.text.as_str()).collect();
        let listed = Listed {
            rule: &rule.name,
            whom: crate::domain::policy::suggest::list(texts),
            list,
            tests: rule.scope.tests,
            terms: Terms::of(rule),
            at: rule.at,
        };
        // What selects nothing has been told where uses are judged.
        let set = ground.select(from, &mut Vec::new());
        judge(ground, workspace, &listed, &|module| set.contains(module), judgement, problems);
    }
}

fn judge(
    ground: &Ground,
    workspace: &Workspace,
    listed: &Listed,
    inside: &dyn Fn(NodeId) -> bool,
    judgement: &mut Judgement,
    problems: &mut Vec<ConfigProblem>,
) {
    let whole = whole_packages(ground, inside);
    let packages = workspace.packages.iter().filter(|package| whole.contains(package.name.as_str()));
    let (mut seen, mut looked) = (0, 0);
    for package in packages {
        seen += 1;
        for dependency in package.dependencies.iter().filter(|dependency| is_judged(dependency, listed.tests))
        {
            looked += 1;
            let library = name_in_code(workspace, dependency);
            if let Some(what) = forbidden(ground, listed, dependency, library) {
                push(ground.policy, judgement, finding(listed, package, dependency, &what));
            }
        }
    }
    count(&mut judgement.evaluated, seen, looked);
    if seen == 0 {
        let message = format!("{} holds no whole package, so no manifest is judged", listed.whom);
        let help = "name whole packages, or judge what is used: `judge = \"used\"`".to_owned();
        problems.push(ConfigProblem::in_policy(ground.policy, listed.at, message, Some(help)));
    }
}

/// Packages of which every production module is inside.
fn whole_packages<'a>(ground: &'a Ground, inside: &dyn Fn(NodeId) -> bool) -> BTreeSet<&'a str> {
    let graph = ground.graph;
    let (mut within, mut beyond) = (BTreeSet::new(), BTreeSet::new());
    for id in graph.node_ids().filter(|id| graph.is_module(*id) && ground.is_product(*id)) {
        let Some(krate) = graph.node(id).krate else { continue };
        let side = if inside(id) { &mut within } else { &mut beyond };
        side.insert(graph.crates[krate.0 as usize].package.as_str());
    }
    within.retain(|package| !beyond.contains(package));
    within
}

fn is_judged(dependency: &Dependency, tests: Tests) -> bool {
    match dependency.kind {
        DependencyKind::Normal => true,
        DependencyKind::Dev => tests == Tests::Judged,
        DependencyKind::Build => false,
    }
}

/// What a list has against a dependency; none where it has nothing.
fn forbidden(ground: &Ground, listed: &Listed, dependency: &Dependency, library: &str) -> Option<String> {
    let real = if dependency.renamed { dependency.package.replace('-', "_") } else { library.to_owned() };
    let names = |selector: &&Selector| names(ground, selector, &dependency.package, &real);
    if listed.list.allow.iter().any(|selector| names(&selector)) {
        return None;
    }
    if let Some(by) = listed.list.deny.iter().find(names) {
        return Some(match by.text.strip_prefix('@') {
            Some(category) => {
                format!("must not use `{}` ({})", dependency.package, category.replace('_', " "))
            }
            None => format!("must not use `{}`", dependency.package),
        });
    }
    let only = listed.list.only.as_ref().filter(|_| dependency.member.is_none())?;
    let on_list = only.iter().any(|selector| names(&selector));
    (!on_list).then(|| format!("may use only the crates on its list, not `{}`", dependency.package))
}

/// Whether a selector names a whole crate.
fn names(ground: &Ground, selector: &Selector, package: &str, library: &str) -> bool {
    let catalogue = &ground.policy.catalogue;
    match &selector.kind {
        SelectorKind::Category(name) => catalogue.is_in(&[library], name),
        SelectorKind::Crate(pattern) => {
            let mut pattern = pattern.clone();
            if let Some(Segment::Literal(name) | Segment::Glob(name)) = pattern.segments.first_mut() {
                *name = name.replace('-', "_");
            }
            let package = package.replace('-', "_");
            let meant = pattern.head().map(|head| catalogue.library(head));
            let meant = pattern.segments.len() == 1 && meant.as_deref() == Some(library);
            meant || accepts(&pattern, &package) || accepts(&pattern, library)
        }
        SelectorKind::Path(_) | SelectorKind::Layer(_) | SelectorKind::Role(_) => false,
    }
}

fn accepts(pattern: &Pattern, name: &str) -> bool {
    pattern.accepts(pattern.step(pattern.start(), name, Names::Free))
}

fn finding(listed: &Listed, package: &Package, dependency: &Dependency, what: &str) -> Finding {
    let table = dependency.kind.table();
    let (from, to) = (&package.name, &dependency.package);
    Finding {
        rule: listed.rule.to_owned(),
        key: key(listed.rule, from, to, table),
        level: listed.terms.level,
        state: State::New,
        message: format!("{} {what}, but `{from}` declares it in `[{table}]`", listed.whom),
        from: from.clone(),
        to: to.clone(),
        item: table.to_owned(),
        sites: vec![declared_at(package, dependency)],
        chain: Vec::new(),
        cut: Vec::new(),
        cost: 0,
        because: listed.terms.because.clone(),
        instead: listed.terms.instead.clone(),
    }
}
