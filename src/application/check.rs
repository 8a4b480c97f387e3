//! The verdict on a workspace.

use std::collections::{BTreeMap, BTreeSet};

use crate::application::analyse::Analysis;
use crate::application::judged::{Judged, Layers};
use crate::application::scope::Scope;
use crate::application::settle::settle;
use crate::application::suggest::did_you_mean;
use crate::domain::contracts::{LAYER_CRATES, LAYERS};
use crate::domain::finding::{Finding, State};
use crate::domain::graph::{Graph, NodeKind};
use crate::domain::policy::day::Day;
use crate::domain::policy::lints::LINTS;
use crate::domain::report::levels::Override;
use crate::domain::report::narrow::advice;
use crate::domain::report::verdict::{Demands, Evidence, decide, gaps};
use crate::domain::report::{Accounts, Enforcement, Host, LayerCount, Problem, Report, Verdict, count, sort};
use crate::domain::source::span::Span;

/// What is asked of a check.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The packages to report on; empty for all.
    pub packages: Vec<String>,
    /// Levels set on the command line, in their order.
    pub overrides: Vec<Override>,
    /// Whether findings fail the run even where nothing is configured.
    pub enforcement: Enforcement,
    /// Where the run happens.
    pub host: Host,
    /// The day of the run: what is accepted until a day is not accepted after it.
    pub today: Day,
}

/// Where code is accepted nothing is written, so a merge has to be finished before.
fn unmerged(judged: &Judged, host: Host) -> Option<Problem> {
    let at = judged.baseline.merge.filter(|_| host == Host::Ci)?;
    let help = "run `cargo archlint check` and commit the baseline: it keeps what both sides accept";
    Some(Problem {
        message: "a merge left its marks here".to_owned(),
        file: Some(judged.baseline.file.clone()),
        line: Some(at.line),
        column: Some(at.column),
        span: Some(Span::new(at.start, at.end)),
        help: Some(help.to_owned()),
    })
}

/// Judges an analysis: findings narrowed, sorted and counted, and the verdict.
pub fn check(analysis: &Analysis, judged: &Judged, request: &Request) -> Report {
    let mut problems = judged.problems.clone();
    problems.extend(unknown_rules(judged, &request.overrides));
    problems.extend(unmerged(judged, request.host));
    let scope = Scope::of(&request.packages, &analysis.workspace).unwrap_or_else(|unknown| {
        problems.extend(unknown);
        Scope::default()
    });
    // What a wrong configuration finds says nothing about the code.
    let (mut findings, mut accounts) = match problems.is_empty() {
        true => settle(analysis, judged, request.host, request.today),
        false => (Vec::new(), Accounts::default()),
    };
    findings.retain(|finding| scope.covers_finding(&analysis.graph, finding));
    sort(&mut findings);
    let enforcement = match (judged.enforcement, request.enforcement) {
        (Enforcement::Advisory, Enforcement::Advisory) => Enforcement::Advisory,
        _ => Enforcement::Enforced,
    };
    let demands = Demands {
        rules: judged.evaluated,
        judged_modules: judged.judged_modules,
        min_resolved: judged.min_resolved,
    };
    let incomplete = gaps(&analysis.coverage, demands);
    let verdict = decide(Evidence {
        findings: &findings,
        problems: &problems,
        incomplete: &incomplete,
        enforcement,
        overrides: &request.overrides,
    });
    // What was not seen is not fixed.
    if matches!(verdict, Verdict::Error | Verdict::Incomplete) {
        accounts.next = None;
    }
    let mut compiler = advice(&analysis.graph, &findings);
    split(&analysis.graph, &judged.layers, &findings, &mut compiler);
    let (layers, unassigned) = layer_counts(&analysis.graph, &judged.layers, &scope);
    Report {
        workspace: analysis.workspace.title().to_owned(),
        verdict,
        counts: count(&findings),
        findings,
        coverage: analysis.coverage.clone(),
        incomplete,
        problems,
        layers,
        unassigned,
        rules: judged.evaluated,
        enforcement,
        packages: scope.packages,
        compiler,
        accounts,
        overrides: request.overrides.clone(),
        changes: None,
    }
}

/// Where no visibility would keep a layer apart from another in the same crate, a crate of its own would:
/// said of the first breach of each layer.
fn split(graph: &Graph, layers: &Layers, findings: &[Finding], compiler: &mut BTreeMap<String, String>) {
    let mut told = BTreeSet::new();
    let breaches = findings.iter().filter(|finding| [LAYERS, LAYER_CRATES].contains(&&*finding.rule));
    for finding in breaches.filter(|finding| finding.state == State::New) {
        let Some(from) = graph.find(&finding.from) else { continue };
        let Some(layer) = layers.name(graph, from) else { continue };
        let away = match (graph.find(&finding.to), finding.to.strip_prefix("ext:")) {
            (_, Some(path)) if !is_standard(path) => path.split("::").next().unwrap_or(path).to_owned(),
            (Some(to), None) if graph.node(to).krate == graph.node(from).krate => {
                match layers.name(graph, to) {
                    Some(outer) => format!("that of `{outer}`"),
                    None => continue,
                }
            }
            _ => continue,
        };
        if compiler.contains_key(&finding.key) || !told.insert(layer.to_owned()) {
            continue;
        }
        // A layer that is a crate already names what its manifest lists.
        let krate = graph.node(from).krate;
        let own = graph
            .node_ids()
            .filter(|id| graph.is_module(*id) && graph.node(*id).krate == krate && !graph.node(*id).test)
            .all(|id| layers.name(graph, id) == Some(layer));
        let text = match (own, finding.to.starts_with("ext:")) {
            (true, true) => {
                format!("take `{away}` off the dependencies of this crate: cargo refuses the rest")
            }
            (_, true) => format!("put `{layer}` into a crate without `{away}`: cargo refuses the rest"),
            _ => format!("put `{layer}` into a crate that does not depend on {away}: cargo refuses the rest"),
        };
        compiler.insert(finding.key.clone(), text);
    }
}

/// Whether a path is of the standard library, which every crate has.
fn is_standard(path: &str) -> bool {
    matches!(path.split("::").next(), Some("std" | "core" | "alloc" | "proc_macro"))
}

/// Rules that the command line names and nobody knows.
fn unknown_rules(judged: &Judged, overrides: &[Override]) -> Vec<Problem> {
    let mut known: Vec<&str> = judged.rules.iter().map(|rule| rule.name.as_str()).collect();
    known.extend(judged.findings.iter().map(|finding| finding.rule.as_str()));
    known.extend(LINTS.iter().map(|lint| lint.name));
    known.push("all");
    overrides
        .iter()
        .filter(|one| !known.contains(&one.rule.as_str()))
        .map(|one| {
            let help = did_you_mean(&one.rule, known.iter().copied())
                .unwrap_or_else(|| "list the rules with `cargo archlint rules`".to_owned());
            Problem::usage(format!("no rule `{}` is configured", one.rule), help)
        })
        .collect()
}

/// Modules of production code in each layer, and those in none.
fn layer_counts(graph: &Graph, layers: &Layers, scope: &Scope) -> (Vec<LayerCount>, u32) {
    if layers.is_empty() {
        return (Vec::new(), 0);
    }
    let mut counts = vec![0; layers.names.len()];
    let mut unassigned = 0;
    for id in graph.node_ids() {
        let node = graph.node(id);
        if !matches!(node.kind, NodeKind::Module(_)) || !layers.concern(graph, id) {
            continue;
        }
        let package = node.krate.map(|krate| graph.crates[krate.0 as usize].package.as_str());
        if !package.is_some_and(|package| scope.covers(package)) {
            continue;
        }
        match layers.member(graph, id) {
            Some(member) => counts[member.layer] += 1,
            None => unassigned += 1,
        }
    }
    let named = layers.names.iter().zip(&layers.ranks).zip(counts);
    let named = named.map(|((name, rank), modules)| LayerCount { name: name.clone(), rank: *rank, modules });
    (named.collect(), unassigned)
}

#[cfg(test)]
mod tests;
