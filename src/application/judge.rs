//! The contracts judged, in the words the use cases read.

use rustc_hash::FxHashSet;

use crate::application::analyse::Analysis;
use crate::application::casting::cast;
use crate::application::judged::{Judged, Layers, Membership, Rule};
use crate::application::manifests::manifests;
use crate::application::ports::Codebase;
use crate::application::score::{Scored, score};
use crate::domain::at_once::{Task, both};
use crate::domain::contracts::layers::LayerAssignment;
use crate::domain::contracts::{
    Idle, Judgement, LAYER_CRATES, LAYERS, UNASSIGNED, judge as judge_contracts, judge_cast, judge_workspace,
    key,
};
use crate::domain::finding::{Finding, Level, Site, State};
use crate::domain::graph::Graph;
use crate::domain::policy::baseline::{Accepted, Baselining};
use crate::domain::policy::layers::Access;
use crate::domain::policy::lints::{LINTS, UNUSED_SUPPRESSION};
use crate::domain::policy::overrides::last;
use crate::domain::policy::place::At;
use crate::domain::policy::place::ConfigProblem;
use crate::domain::policy::rules::RuleKind;
use crate::domain::policy::selector::Selector;
use crate::domain::policy::suggest;
use crate::domain::policy::{self, LintLevel, Policy};
use crate::domain::report::{Enforcement, Problem};
use crate::domain::source::span::Span;

/// Judges what was read by a policy: its graph, and its manifests against it.
pub fn judge_all(
    analysis: &Analysis,
    policy: &Policy,
    texts_of: &dyn Fn(&[String]) -> Vec<Option<String>>,
) -> Judged {
    let (workspace, graph) = (&analysis.workspace, &analysis.graph);
    let judgement = match policy.rules.iter().any(policy::rules::Rule::names_roles) {
        true => judge_cast(workspace, graph, policy, cast(analysis, policy).roles(graph)),
        false => judge_workspace(workspace, graph, policy),
    };
    let mut judged = words(graph, policy, judgement);
    judged.findings.extend(manifests(analysis, policy, texts_of));
    judged
}

/// As [`judge_all`], and by the lints of the book; scores the model on the way.
pub fn judge_whole(analysis: &Analysis, policy: &Policy, codebase: &dyn Codebase) -> Judged {
    let texts_of = |paths: &[String]| codebase.texts(paths);
    let contracts = || judge_all(analysis, policy, &texts_of);
    // The first is done here, where memory is free that the graph was built in.
    let at_once = |tasks: Vec<Task<'_>>| codebase.at_once(tasks);
    let (scored, judged) = both(&at_once, || score(analysis, policy, codebase), contracts);
    with_lints(judged, scored)
}

/// As [`judge_whole`], with what was scored by the same rules already.
pub fn judge_scored(analysis: &Analysis, policy: &Policy, codebase: &dyn Codebase, scored: Scored) -> Judged {
    with_lints(judge_all(analysis, policy, &|paths| codebase.texts(paths)), scored)
}

/// A judgement with what the lints of the book found on the way to the scores, but what a declared
/// rule says of the same lines: its author has said why in words of his own.
fn with_lints(mut judged: Judged, scored: Scored) -> Judged {
    let line = |from: &'_ str, site: &'_ Site| (from.to_owned(), site.file.clone(), site.line);
    let lines = |finding: &Finding| -> Vec<_> {
        finding.sites.iter().map(|site| line(&finding.from, site)).collect()
    };
    let declared: FxHashSet<(String, String, u32)> = judged.findings.iter().flat_map(lines).collect();
    let modules: FxHashSet<&str> = declared.iter().map(|(from, ..)| from.as_str()).collect();
    let is_told = |lint: &Finding| {
        modules.contains(lint.from.as_str())
            && !lint.sites.is_empty()
            && lint.sites.iter().all(|site| declared.contains(&line(&lint.from, site)))
    };
    let told = scored.findings.iter().filter(|finding| !is_told(finding));
    judged.findings.extend(told.cloned());
    judged.scored = Some(scored);
    judged
}

/// Judges a graph by a policy.
pub fn judge(graph: &Graph, policy: &Policy) -> Judged {
    words(graph, policy, judge_contracts(graph, policy))
}

/// A judgement in the words of the use cases.
fn words(graph: &Graph, policy: &Policy, judgement: Judgement) -> Judged {
    let configured = policy.has_contracts() || !policy.lints.is_empty() || !policy.gates.is_empty();
    let rules = rules(policy);
    let mut problems = judgement.problems;
    problems.extend(refused_entries(policy, &rules));
    Judged {
        findings: judgement.findings,
        idle: judgement.idle.iter().map(|idle| unused(policy, idle)).collect(),
        problems: problems.into_iter().map(problem).collect(),
        layers: layers(graph, policy, &judgement.layers),
        facades: policy.facades.clone(),
        rules,
        baseline: policy.baseline.clone(),
        lints: lints(policy),
        scored: None,
        evaluated: judgement.evaluated.contracts,
        judged_modules: judgement.evaluated.modules,
        min_resolved: policy.analysis.min_resolved.map(|percent| percent / 100.0),
        enforcement: if configured { Enforcement::Enforced } else { Enforcement::Advisory },
    }
}

/// The levels of built-in rules that are configured or asked for, the latter last.
fn lints(policy: &Policy) -> Vec<LintLevel> {
    let asked = LINTS.iter().filter(|lint| last(&policy.overrides, lint.name).is_some());
    let asked = asked.map(|lint| LintLevel {
        name: lint.name.to_owned(),
        level: policy.lint_level(lint.name),
        at: At::default(),
    });
    policy.lints.iter().cloned().chain(asked).collect()
}

/// Entries of the baseline that no rule stands behind, or whose rule accepts none.
fn refused_entries(policy: &Policy, rules: &[Rule]) -> Vec<ConfigProblem> {
    let known = || rules.iter().map(|rule| rule.name.as_str()).chain(LINTS.iter().map(|lint| lint.name));
    let refusal = |entry: &Accepted| {
        let name = &entry.name.rule;
        let rule = rules.iter().find(|rule| &rule.name == name);
        if rule.is_some_and(|rule| rule.baselining == Baselining::Refused) {
            let message = format!("rule `{name}` accepts no exceptions, and here is one");
            return Some((message, "resolve the finding and remove this line".to_owned()));
        }
        if known().any(|known| known == name) {
            return None;
        }
        let help = suggest::nearest(name, known())
            .map(|near| format!("did you mean `{near}`?"))
            .unwrap_or_else(|| "remove this line, or name a rule of `archlint.toml`".to_owned());
        Some((format!("there is no rule `{name}`"), help))
    };
    let baseline = &policy.baseline;
    let refused = baseline.entries.iter().filter_map(|entry| Some((entry, refusal(entry)?)));
    refused
        .map(|(entry, (message, help))| ConfigProblem::new(&baseline.file, entry.at, message, Some(help)))
        .collect()
}

/// The finding for an exception that nothing makes use of.
fn unused(policy: &Policy, idle: &Idle) -> Finding {
    let At { source, start, end, line, column } = idle.at;
    let file = policy.sources.get(source as usize).cloned().unwrap_or_default();
    let end_column = column + end.saturating_sub(start);
    Finding {
        rule: UNUSED_SUPPRESSION.to_owned(),
        key: key(UNUSED_SUPPRESSION, &idle.rule, &idle.text, ""),
        level: Level::Warn,
        state: State::New,
        message: format!("`{}` excepts nothing from `{}`: there is no such dependency", idle.text, idle.rule),
        from: idle.rule.clone(),
        to: idle.text.clone(),
        item: String::new(),
        sites: vec![Site { file, line, column, end_line: line, end_column }],
        chain: Vec::new(),
        cut: Vec::new(),
        cost: 0,
        because: Some("an exception that nobody needs lets the next breach through".to_owned()),
        instead: Some("remove it from `except`, or end it with `?` if it may match nothing".to_owned()),
    }
}

/// A fault of the configuration as a problem of the run.
pub fn problem(fault: ConfigProblem) -> Problem {
    Problem {
        message: fault.message,
        file: Some(fault.file),
        line: (fault.line > 0).then_some(fault.line),
        column: (fault.line > 0).then_some(fault.column),
        span: Some(Span::new(fault.start, fault.start.saturating_add(fault.len))),
        help: fault.help,
    }
}

/// The layers outermost first, those that all may use last, and who stands in them.
fn layers(graph: &Graph, policy: &Policy, assignment: &LayerAssignment) -> Layers {
    let list = &policy.layers.list;
    if list.is_empty() {
        return Layers::default();
    }
    let mut rank: Vec<Option<usize>> = vec![None; list.len()];
    for (at, beside) in policy.layers.order.iter().enumerate() {
        for layer in beside {
            rank[*layer] = Some(at);
        }
    }
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_by_key(|layer| (rank[*layer].is_none(), rank[*layer], *layer));
    let mut place = vec![0; list.len()];
    for (at, layer) in order.iter().enumerate() {
        place[*layer] = at;
    }
    let member = |node| {
        let claim = assignment.claim(node).filter(|_| graph.is_module(node))?;
        let selector = list[claim.layer].modules.get(claim.selector);
        let selector = selector.map(|selector| selector.text.clone()).unwrap_or_default();
        Some(Membership { layer: place[claim.layer], selector })
    };
    Layers {
        names: order.iter().map(|layer| list[*layer].name.clone()).collect(),
        ranks: order.iter().map(|layer| rank[*layer]).collect(),
        of: graph.node_ids().map(member).collect(),
        may_use: order.iter().map(|from| may_use(&policy.layers, &order, *from)).collect(),
        unassigned: assignment.unassigned.clone(),
    }
}

/// The places of the layers that one may use beside itself.
fn may_use(layers: &policy::layers::Layers, order: &[usize], from: usize) -> Vec<usize> {
    let rank = |layer: usize| layers.order.iter().position(|beside| beside.contains(&layer));
    let access = layers.list[from].access.unwrap_or(layers.access);
    let allowed = |to: usize| match (rank(from), rank(to)) {
        _ if layers.list[to].shared => true,
        (Some(outer), Some(inner)) => match access {
            Access::Open => inner > outer,
            Access::Closed => inner == outer + 1,
        },
        _ => false,
    };
    (0..order.len()).filter(|to| order[*to] != from && allowed(order[*to])).collect()
}

/// The rules that are configured: the order of the layers and what comes with it, then the others.
fn rules(policy: &Policy) -> Vec<Rule> {
    let layers = &policy.layers;
    let mut rules = Vec::new();
    let built_in = |name: &str, kind: &str, level: Level| Rule {
        name: name.to_owned(),
        kind: kind.to_owned(),
        level: policy.level_of(name, level),
        baselining: layers.baselining,
        because: layers.because.clone(),
        instead: layers.instead.clone(),
        may_use: Vec::new(),
        may_be_used: Vec::new(),
    };
    let texts = |selectors: &[Selector]| selectors.iter().map(|selector| selector.text.clone()).collect();
    if !layers.list.is_empty() {
        rules.push(built_in(LAYERS, "layers", layers.level));
        rules.push(built_in(UNASSIGNED, "unassigned", layers.unassigned));
    }
    if layers.list.iter().any(|layer| !layer.crates.is_empty()) {
        rules.push(built_in(LAYER_CRATES, "crates", layers.level));
    }
    rules.extend(policy.rules.iter().map(|rule| Rule {
        name: rule.name.clone(),
        kind: kind(&rule.kind).to_owned(),
        level: policy.level_of(&rule.name, rule.level),
        baselining: rule.baselining,
        because: rule.because.clone(),
        instead: rule.instead.clone(),
        may_use: match &rule.kind {
            RuleKind::Protect { only, .. } => texts(only),
            _ => Vec::new(),
        },
        may_be_used: match &rule.kind {
            RuleKind::Only { to, .. } => texts(to),
            _ => Vec::new(),
        },
    }));
    rules
}

/// The page of a kind of rule.
const fn kind(kind: &RuleKind) -> &'static str {
    match kind {
        RuleKind::Forbid { .. } => "forbid",
        RuleKind::Only { .. } => "only",
        RuleKind::Protect { .. } => "protect",
        RuleKind::Independent { .. } => "independent",
        RuleKind::Acyclic { .. } => "acyclic",
        RuleKind::Crates { .. } => "crates",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::config::parse;
    use crate::domain::graph::sketch::sketch;

    const CONFIG: &str = r#"
        [layers]
        order = ["web", ["db", "mail"], "domain"]
        unassigned = "warn"
        [layers.domain]
        modules = ["shop::domain"]
        [layers.common]
        modules = ["shop::common"]
        shared = true
        [layers.web]
        modules = ["shop::web"]
        [layers.db]
        modules = ["shop::db"]
        crates = { deny = ["@database"] }
        [layers.mail]
        modules = ["shop::mail"]
        [[rule]]
        name = "no circles"
        acyclic = "shop"
        [analysis]
        min_resolved = 95
    "#;

    fn judged() -> (Graph, Judged) {
        let graph = sketch(
            "shop::web -> shop::domain::Order\n\
             shop::domain::Order -> shop::db::Pool\n\
             shop::db -> shop::mail::Send\n\
             shop::mail::Send -> shop::common::Id\n\
             shop::free -> shop::domain::Order",
        );
        let policy = parse(CONFIG, "archlint.toml").expect("the configuration is right");
        let judged = judge(&graph, &policy);
        (graph, judged)
    }

    #[test]
    fn layers_stand_in_their_order_and_shared_ones_last() {
        let (graph, judged) = judged();
        assert_eq!(judged.problems, []);
        assert_eq!(judged.layers.names, ["web", "db", "mail", "domain", "common"]);
        assert_eq!(judged.layers.ranks, [Some(0), Some(1), Some(1), Some(2), None]);
        let layer = |id: &str| {
            let node = graph.find(id).expect("sketched");
            judged.layers.name(&graph, node)
        };
        assert_eq!(layer("shop::domain::Order"), Some("domain"));
        assert_eq!(layer("shop::common"), Some("common"));
        assert_eq!(layer("shop::free"), None);
        let free = graph.find("shop::free").expect("sketched");
        assert!(judged.layers.unassigned.contains(&free));
    }

    #[test]
    fn what_is_configured_is_listed_and_enforced() {
        let (_, judged) = judged();
        let rules: Vec<(&str, &str)> =
            judged.rules.iter().map(|rule| (rule.name.as_str(), rule.kind.as_str())).collect();
        assert_eq!(
            rules,
            [
                ("layers", "layers"),
                ("unassigned", "unassigned"),
                ("layer-crates", "crates"),
                ("no circles", "acyclic")
            ]
        );
        assert_eq!(judged.enforcement, Enforcement::Enforced);
        assert_eq!(judged.min_resolved, Some(0.95));
        assert!(judged.findings.iter().any(|finding| finding.rule == "layers"));
    }

    #[test]
    fn every_rule_has_a_page() {
        let (_, judged) = judged();
        for rule in &judged.rules {
            assert!(crate::adapters::pages::page(&rule.kind).is_some(), "{}", rule.kind);
        }
    }

    #[test]
    fn nothing_configured_enforces_nothing() {
        let judged = judge(&sketch("a::x -> a::y"), &Policy::default());
        assert_eq!((judged.enforcement, judged.evaluated), (Enforcement::Advisory, 0));
    }
}
