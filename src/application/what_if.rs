//! What a change would do to the scores.

use std::collections::BTreeSet;

use crate::application::analyse::Analysis;
use crate::application::judged::Layers;
use crate::application::score::{Scored, remeasure};
use crate::application::select::{Selection, said, select};
use crate::application::suggest::did_you_mean;
use crate::domain::finding::Finding;
use crate::domain::graph::Graph;
use crate::domain::lints::found::{Lost, Reach};
use crate::domain::lints::list::BOOK;
use crate::domain::model::whatif::{WhatIf, improve, raise, remeasured};
use crate::domain::policy::Policy;
use crate::domain::policy::model::Kind;
use crate::domain::report::Problem;

/// A lever raised or lowered by some points: `uow=+10`.
///
/// # Errors
/// A usage problem where there is no such lever, or no such number.
pub fn lever(scored: &Scored, asked: &str) -> Result<(String, WhatIf), Problem> {
    let (name, points) = asked.split_once('=').unwrap_or((asked, ""));
    let points = match points.trim() {
        "" => scored.parameters.points,
        text => {
            text.trim_start_matches('+').parse::<f64>().ok().filter(|points| points.is_finite()).ok_or_else(
                || {
                    Problem::usage(
                        format!("`{text}` is no number of points"),
                        "write `--lever uow=+10`".to_owned(),
                    )
                },
            )?
        }
    };
    let levers = || scored.model.constructs.iter().filter(|construct| construct.kind == Kind::Lever);
    let Some(construct) = levers().find(|construct| construct.id == name) else {
        let help = did_you_mean(name, levers().map(|construct| construct.id.as_str())).unwrap_or_else(|| {
            let ids: Vec<&str> = levers().map(|construct| construct.id.as_str()).collect();
            format!("choose one of: {}", ids.join(", "))
        });
        return Err(Problem::usage(format!("there is no lever `{name}`"), help));
    };
    let sign = if points < 0.0 { "" } else { "+" };
    raise(&scored.parameters, &scored.model, name, points)
        .map(|found| (format!("{name} {sign}{points}"), found))
        .ok_or_else(|| {
            Problem::usage(
                format!("`{name}` takes no part here: {}", construct.reason()),
                "ask for a lever that is scored: `cargo archlint score` lists them".to_owned(),
            )
        })
}

/// Every dependency of one part on another taken away: `shop::domain -> shop::db`. Needs stay as they
/// are.
///
/// # Errors
/// A usage problem where a part is not there, or the one does not depend on the other.
pub fn removed(
    scored: &Scored,
    analysis: &Analysis,
    policy: &Policy,
    layers: &Layers,
    asked: &str,
) -> Result<(String, WhatIf), Problem> {
    let Some((from, to)) = asked.split_once("->") else {
        return Err(Problem::usage(
            format!("`{asked}` is no dependency"),
            "write `--remove 'shop::domain -> shop::db'`".to_owned(),
        ));
    };
    let graph = &analysis.graph;
    let (from, to) = (select(graph, layers, from.trim())?, select(graph, layers, to.trim())?);
    let (without, taken, tests) = without(graph, &from, &to);
    if taken + tests == 0 {
        return Err(Problem::usage(
            format!("`{}` does not depend on `{}`", said(&from.name), said(&to.name)),
            "show what there is with `cargo archlint graph --focus MODULE`".to_owned(),
        ));
    }
    let measurements = remeasure(analysis, &without, policy);
    let places = |count: u32| if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
    let tested = if tests == 0 { String::new() } else { format!(", and {tests} in tests") };
    let (from, to) = (said(&from.name), said(&to.name));
    let what = format!("without `{from}` -> `{to}` ({}{tested})", places(taken));
    Ok((what, remeasured(&scored.parameters, &scored.model, &measurements)))
}

/// All findings of a lint resolved: what the evidence at their places lost is won back.
///
/// # Errors
/// A usage problem where there is no such lint, or it found nothing.
pub fn fixed(scored: &Scored, asked: &str) -> Result<(String, WhatIf), Problem> {
    let Some(lint) = BOOK.iter().find(|lint| lint.name == asked) else {
        let help = did_you_mean(asked, BOOK.iter().map(|lint| lint.name))
            .unwrap_or_else(|| "list the lints with `cargo archlint explain`".to_owned());
        return Err(Problem::usage(format!("there is no lint of the book called `{asked}`"), help));
    };
    let found: Vec<&Finding> = scored.findings.iter().filter(|finding| finding.rule == asked).collect();
    if found.is_empty() {
        return Err(Problem::usage(
            format!("`{asked}` finds nothing here, so there is nothing to resolve"),
            "list what is found with `cargo archlint check --statistics`".to_owned(),
        ));
    }
    let won: Vec<(&str, f64)> = lint
        .costs
        .iter()
        .filter_map(|id| {
            let construct = scored
                .model
                .constructs
                .iter()
                .find(|one| one.measurements.iter().any(|m| m.indicator == *id))?;
            let measured = scored.model.measurement(id)?;
            let value = measured.value?;
            let lost = Lost::of(&measured.evidence);
            let none = Reach::default();
            let reach = |finding: &Finding| scored.reaches.get(&finding.key).unwrap_or(&none);
            // Several may stand for the same loss.
            let at: BTreeSet<u32> =
                found.iter().flat_map(|finding| lost.at(finding, reach(finding))).collect();
            let lost = lost.points(&at.into_iter().collect::<Vec<u32>>());
            Some((*id, value + construct.polarity.factor() * lost))
        })
        .collect();
    let what = format!("{} of `{asked}` resolved", plural(found.len()));
    Ok((what, improve(&scored.parameters, &scored.model, &won)))
}

fn plural(count: usize) -> String {
    if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") }
}

/// The graph without the edges between two groups of nodes, and in how many places of production code and
/// of tests those are written.
fn without(graph: &Graph, from: &Selection, to: &Selection) -> (Graph, u32, u32) {
    let mut left = graph.clone();
    let (mut taken, mut tests) = (0, 0);
    left.edges.retain(|edge| {
        let goes = from.has(edge.from) && to.has(edge.to);
        if goes {
            *(if edge.test { &mut tests } else { &mut taken }) += edge.site_count;
        }
        !goes
    });
    (left, taken, tests)
}
