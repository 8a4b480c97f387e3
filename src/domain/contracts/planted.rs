//! Rule tests: a dependency planted in an empty graph must be stopped, or let through.

use crate::domain::contracts::Judgement;
use crate::domain::contracts::assign::ground;
use crate::domain::contracts::select::Ground;
use crate::domain::contracts::{check_case, check_rule, order};
use crate::domain::graph::sketch::sketch;
use crate::domain::graph::{Graph, lift};
use crate::domain::policy::Policy;
use crate::domain::policy::level::Level;
use crate::domain::policy::place::ConfigProblem;
use crate::domain::policy::rules::{Expectation, Rule, RuleTest};
use crate::domain::policy::suggest;

/// Judges a graph in which a dependency is planted.
type Judge<'a> = &'a dyn Fn(&Ground<'_>, &mut Judgement);

/// Runs the tests of one rule; those that fail are problems.
pub(super) fn check(graph: &Graph, policy: &Policy, rule: &Rule, problems: &mut Vec<ConfigProblem>) {
    // Planted code is reported whatever the rule weighs.
    let strict = Rule { level: Level::Deny, ..rule.clone() };
    // Selectors that match nothing are told against the real graph, not this one.
    let judge = |ground: &Ground<'_>, judgement: &mut Judgement| {
        check_rule(ground, &strict, judgement, &mut Vec::new());
    };
    run((&rule.tests, &format!("rule `{}`", rule.name)), graph, policy, &judge, problems);
}

/// Runs the tests of the layers: their order and the crates they may use.
pub(super) fn check_layers(graph: &Graph, policy: &Policy, problems: &mut Vec<ConfigProblem>) {
    if policy.layers.tests.is_empty() {
        return;
    }
    let mut strict = policy.clone();
    strict.layers.level = Level::Deny;
    strict.layers.list.iter_mut().for_each(|layer| layer.level = None);
    let judge = |ground: &Ground<'_>, judgement: &mut Judgement| {
        for case in order::cases(ground, &mut Vec::new()) {
            check_case(&case, judgement);
        }
    };
    run((&policy.layers.tests, "the order of layers"), graph, &strict, &judge, problems);
}

/// Runs some tests of what is called so.
fn run(
    (tests, name): (&[RuleTest], &str),
    graph: &Graph,
    policy: &Policy,
    judge: Judge<'_>,
    problems: &mut Vec<ConfigProblem>,
) {
    for test in tests {
        let head = test.from.split("::").next().unwrap_or(&test.from);
        // A test of a file that is extended may speak of a crate that is not here.
        if test.at.source == 0 && !graph.crates.iter().any(|krate| krate.id == head) {
            let ids = graph.crates.iter().map(|krate| krate.id.as_str());
            let help =
                suggest::help(head, ids).unwrap_or_else(|| "start with the name of a crate".to_owned());
            let message = format!("`{}` is in no crate of this workspace", test.from);
            problems.push(ConfigProblem::in_policy(policy, test.at, message, Some(help)));
            continue;
        }
        let planted = plant(graph, &test.from, &test.to);
        let lifted = lift::modules(&planted);
        let mut judgement = Judgement::default();
        judge(&ground(&planted, &lifted, policy, &mut Vec::new()), &mut judgement);
        let stopped = !judgement.findings.is_empty();
        let (message, help) = match (test.expect, stopped) {
            (Expectation::Deny, false) => (
                format!("{name} lets `{} -> {}` through, which its test denies", test.from, test.to),
                "widen the selectors of the rule, or correct the test",
            ),
            (Expectation::Allow, true) => (
                format!("{name} stops `{} -> {}`, which its test allows", test.from, test.to),
                "narrow the rule, add an `except`, or correct the test",
            ),
            _ => continue,
        };
        problems.push(ConfigProblem::in_policy(policy, test.at, message, Some(help.to_owned())));
    }
}

/// A graph of nothing but the two ends and one edge; crates keep their packages.
fn plant(graph: &Graph, from: &str, to: &str) -> Graph {
    let local = |id: &str| {
        let head = id.split("::").next().unwrap_or(id);
        graph.crates.iter().any(|krate| krate.id == head)
    };
    let end = |id: &str| {
        let id = id.strip_prefix("crate:").unwrap_or(id);
        if local(id) || id.starts_with("ext:") { id.to_owned() } else { format!("ext:{id}") }
    };
    // The one who depends is code of this workspace, even if it is not written yet.
    let mut planted = sketch(&format!("{from} -> {}", end(to)));
    for krate in &mut planted.crates {
        if let Some(real) = graph.crates.iter().find(|real| real.id == krate.id) {
            krate.package.clone_from(&real.package);
            krate.kind = real.kind;
        }
    }
    planted
}
