//! What did this change do: the tree of today against that of another revision.

use std::collections::BTreeMap;

use crate::application::analyse::Analysis;
use crate::application::judged::Layers;
use crate::application::scope::Scope;
use crate::application::score::Scored;
use crate::domain::finding::{Finding, Site, State};
use crate::domain::graph::lift::{ModuleGraph, modules};
use crate::domain::graph::{Graph, NodeId, Place};
use crate::domain::model::moved;
use crate::domain::policy::lints::UNUSED_SUPPRESSION;
use crate::domain::report::changes::{
    Changes, Edge, Openness, compare, cycles, let_through, moved, moved_cycles, widened,
};
use crate::domain::report::renamed::Known;
use crate::domain::report::verdict::{Evidence, decide};
use crate::domain::report::{Report, Verdict, count};
use crate::domain::source::facts::{ItemKind, Visibility};

/// One tree: what it is and what the rules say of it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// What was read.
    pub analysis: &'a Analysis,
    /// Who stands in which layer.
    pub layers: &'a Layers,
    /// What the rules of today find in it.
    pub report: &'a Report,
    /// How it scores by the rules of today.
    pub scored: Option<&'a Scored>,
}

/// The other revision.
#[derive(Clone, Copy, Debug)]
pub struct Past<'a> {
    /// Its name as asked for.
    pub since: &'a str,
    /// Its full name.
    pub commit: &'a str,
    /// What the rules of that revision found in its code.
    pub then: Option<&'a Report>,
    /// What they find in the code of today.
    pub by_old_rules: Option<&'a Report>,
}

/// The report of today narrowed to what is new since then, with what else the change did. A finding
/// that stood before does not fail the run.
pub fn since(before: Side<'_>, now: Side<'_>, past: Past<'_>) -> Report {
    let known = Ids::of(now.analysis);
    let counted = |report: &Report| -> Vec<Finding> {
        report.findings.iter().filter(|finding| finding.state == State::New).cloned().collect()
    };
    // Whatever the baseline said of it then, it was there.
    let by_then = past.then.map(|report| report.findings.as_slice()).unwrap_or_default();
    let compared = compare(before.report.findings.clone(), by_then, counted(now.report), &known);
    // An exception that is new cannot have been idle in the code of then.
    let idle_then =
        |finding: &Finding| past.then.is_none() || by_then.iter().any(|one| one.key == finding.key);
    let gone: Vec<Finding> = compared
        .gone
        .into_iter()
        .filter(|finding| finding.state == State::New)
        .filter(|finding| finding.rule != UNUSED_SUPPRESSION || idle_then(finding))
        .collect();
    let (old, new) = (modules(&before.analysis.graph), modules(&now.analysis.graph));
    let scope = Scope { packages: now.report.packages.clone() };
    let changes = Changes {
        since: past.since.to_owned(),
        commit: past.commit.to_owned(),
        gone,
        standing: compared.standing,
        let_through: past
            .by_old_rules
            .map(|old| let_through(old.findings.clone(), &now.report.findings))
            .unwrap_or_default(),
        against: moved(
            &against(before.analysis, before.layers, &old),
            &against(now.analysis, now.layers, &new),
            |edge| (edge.from.clone(), edge.to.clone()),
        ),
        cycles: moved_cycles(&cycles(&before.analysis.graph, &old), &cycles(&now.analysis.graph, &new)),
        widened: widened(
            &openness(before.analysis, &Scope::default())
                .into_iter()
                .map(|(id, open, _)| (id, open))
                .collect::<BTreeMap<_, _>>(),
            &openness(now.analysis, &scope),
        ),
        scores: match before.scored.zip(now.scored) {
            Some((old, new)) => moved::moved(&new.parameters, &old.model, &new.model),
            None => Vec::new(),
        },
    };
    narrowed(now.report, compared.new, changes)
}

/// A report of these findings alone.
fn narrowed(report: &Report, findings: Vec<Finding>, changes: Changes) -> Report {
    let verdict = match report.verdict {
        Verdict::Error | Verdict::Incomplete => report.verdict,
        Verdict::Pass | Verdict::Fail => decide(Evidence {
            findings: &findings,
            problems: &report.problems,
            incomplete: &report.incomplete,
            enforcement: report.enforcement,
            overrides: &report.overrides,
        }),
    };
    Report { verdict, counts: count(&findings), findings, changes: Some(changes), ..report.clone() }
}

/// Dependencies of production code against the order of the layers.
fn against(analysis: &Analysis, layers: &Layers, lifted: &ModuleGraph) -> Vec<Edge> {
    let graph = &analysis.graph;
    let layer = |id: NodeId| layers.member(graph, id).map(|member| member.layer);
    let outward =
        lifted.edges.iter().filter(|edge| !edge.test && layers.is_against(layer(edge.from), layer(edge.to)));
    let mut edges: Vec<Edge> = outward
        .map(|edge| Edge {
            from: graph.id(edge.from),
            to: graph.id(edge.to),
            from_layer: layers.name(graph, edge.from).unwrap_or_default().to_owned(),
            to_layer: layers.name(graph, edge.to).unwrap_or_default().to_owned(),
            site: Site::at(graph, edge.first),
        })
        .collect();
    edges.sort();
    edges
}

/// Items and modules of production code with who may name them. Members of traits and variants have no
/// say of their own.
fn openness(analysis: &Analysis, scope: &Scope) -> Vec<(String, Openness, Site)> {
    let Analysis { graph, origins, .. } = analysis;
    let items = origins.items.iter().filter_map(|(node, file, item)| {
        let item = &origins.facts[file.0 as usize].items[item.0 as usize];
        let silent = matches!(item.kind, ItemKind::Variant | ItemKind::Impl | ItemKind::Opaque);
        let known = graph.node(*node);
        let place = Place { file: known.file?, span: known.name_span };
        (!silent).then_some((*node, place, item.visibility))
    });
    let all = items.chain(origins.declared.iter().copied());
    let covered = all.filter(|(node, ..)| {
        let known = graph.node(*node);
        let package = known.krate.map(|krate| graph.crates[krate.0 as usize].package.as_str());
        !known.test && package.is_some_and(|package| scope.covers(package))
    });
    covered
        .map(|(node, place, visibility)| {
            let now = match visibility {
                Visibility::Private => Openness::Private,
                Visibility::Super | Visibility::Restricted(_) => Openness::Restricted,
                Visibility::Crate => Openness::Crate,
                Visibility::Public => Openness::Public,
            };
            (graph.id(node), now, Site::at(graph, place))
        })
        .collect()
}

/// Ids of today.
struct Ids(std::collections::BTreeSet<String>);

impl Ids {
    fn of(analysis: &Analysis) -> Self {
        let graph: &Graph = &analysis.graph;
        let nodes = graph.node_ids().filter(|node| !graph.is_external(*node)).map(|node| graph.id(node));
        let packages = analysis.workspace.packages.iter().map(|package| package.name.clone());
        Self(nodes.chain(packages).collect())
    }
}

impl Known for Ids {
    fn exists(&self, id: &str) -> bool {
        id.starts_with("ext:") || self.0.contains(id)
    }
}
