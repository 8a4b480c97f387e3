//! What did this change do: the tree of today against that of another revision.

use std::collections::{BTreeMap, BTreeSet};

use crate::application::analyse::Analysis;
use crate::application::judged::Layers;
use crate::application::scope::Scope;
use crate::application::score::Scored;
use crate::domain::finding::{Finding, Site, State};
use crate::domain::graph::lift::{ModuleGraph, modules};
use crate::domain::graph::{Graph, NodeId, Place};
use crate::domain::model::moved;
use crate::domain::policy::lints::UNUSED_SUPPRESSION;
use crate::domain::policy::renamed::Known;
use crate::domain::report::changes::{
    Changes, Edge, Moved, Openness, compare, cycles, let_through, moved, moved_cycles, widened,
};
use crate::domain::report::moves::Moves;
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
    // What is told of then goes by the names of today: a new name alone changes nothing.
    let moves = Moves::between(&before.analysis.graph, &now.analysis.graph);
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
        against: moved_edges(before, now, [&old, &new], &moves),
        cycles: moved_cycles(
            &renamed_circles(cycles(&before.analysis.graph, &old), &moves),
            &cycles(&now.analysis.graph, &new),
        ),
        widened: widened(
            &openness(before.analysis, &Scope::default())
                .into_iter()
                .map(|(id, open, _)| (moves.now(&id), open))
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

/// Dependencies against the order that came and went. One of a module that only has a new name stood: the
/// rules were renamed with it, so that they do not know the name of then.
fn moved_edges(before: Side<'_>, now: Side<'_>, lifted: [&ModuleGraph; 2], moves: &Moves) -> Moved<Edge> {
    let [old, new] = lifted;
    let ends = |edge: &Edge| (edge.from.clone(), edge.to.clone());
    let then = against(before.analysis, before.layers, old).into_iter();
    let then: Vec<Edge> =
        then.map(|edge| Edge { from: moves.now(&edge.from), to: moves.now(&edge.to), ..edge }).collect();
    let mut told = moved(&then, &against(now.analysis, now.layers, new), ends);
    let graph = &before.analysis.graph;
    let is_renamed = |edge: &Edge| moves.is_new_name(&edge.from) || moves.is_new_name(&edge.to);
    if told.added.iter().any(is_renamed) {
        let pairs = old.edges.iter().filter(|edge| !edge.test);
        let stood: BTreeSet<(String, String)> =
            pairs.map(|edge| (moves.now(&graph.id(edge.from)), moves.now(&graph.id(edge.to)))).collect();
        told.added.retain(|edge| !is_renamed(edge) || !stood.contains(&ends(edge)));
    }
    told
}

fn renamed_circles(circles: Vec<Vec<String>>, moves: &Moves) -> Vec<Vec<String>> {
    let renamed = |circle: Vec<String>| circle.iter().map(|name| moves.now(name)).collect();
    circles.into_iter().map(renamed).collect()
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
struct Ids(BTreeSet<String>);

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
