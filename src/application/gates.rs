//! The gates: scores that must not be worse than asked.

use std::collections::BTreeMap;

use crate::application::score::Scored;
use crate::domain::contracts::key::key;
use crate::domain::finding::{Finding, Level, Site, State};
use crate::domain::policy::Policy;
use crate::domain::policy::arithmetic::tenth;
use crate::domain::policy::gates::{Gate, Limit};
use crate::domain::policy::lints::GATE;
use crate::domain::policy::model::Sign;
use crate::domain::report::Host;

/// Scores at an earlier time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reference {
    /// What they are of, as messages say it: the name of a revision, or of a file.
    pub name: String,
    /// Values of constructs by id; those that were not applicable are left out.
    pub values: BTreeMap<String, f64>,
}

/// The values of a model, to be a reference for another.
pub fn reference(name: &str, scored: &Scored) -> Reference {
    let values = scored.model.constructs.iter();
    let values = values.filter_map(|construct| Some((construct.id.clone(), construct.value()?)));
    Reference { name: name.to_owned(), values: values.collect() }
}

/// A finding for each gate that does not hold, and for each that could not be judged. A gate on a
/// change without a reference is told, and fails in CI: a gate that is never judged guards nothing.
pub fn gates(policy: &Policy, scored: &Scored, reference: Option<&Reference>, host: Host) -> Vec<Finding> {
    policy.gates.iter().filter_map(|gate| judge(gate, policy, scored, reference, host)).collect()
}

fn judge(
    gate: &Gate,
    policy: &Policy,
    scored: &Scored,
    reference: Option<&Reference>,
    host: Host,
) -> Option<Finding> {
    let construct = &scored.model.constructs[gate.construct];
    let name = scored.parameters.constructs[gate.construct].name.to_lowercase();
    let told = |level: Level, message: String, instead: &str| {
        Some(finding(gate, policy, &construct.id, level, message, instead))
    };
    let Some(value) = construct.value() else {
        let message = format!("the gate on {name} was not judged: {}", construct.reason());
        return told(Level::Note, message, "take the gate out, or wait until there is something to score");
    };
    let trust = &scored.parameters.trust;
    if !trust.is_enough(construct.confidence()) {
        let message = format!("the gate on {name} was not judged: too little evidence");
        return told(Level::Note, message, "look at what was seen with `cargo archlint score`");
    }
    let worse = |value: f64, limit: f64| match construct.polarity {
        Sign::Plus => value < limit,
        Sign::Minus => value > limit,
    };
    let show = "see what costs most with `cargo archlint score`, and what to do with `cargo archlint plan`";
    match gate.limit {
        Limit::Value(limit) if worse(value, limit) => {
            let side = if construct.polarity == Sign::Plus { "below the floor" } else { "above the ceiling" };
            let message = format!("{name} is {}, {side} of {} (model-derived)", tenth(value), tenth(limit));
            told(Level::Deny, message, show)
        }
        Limit::Change(limit) => {
            let level = if host == Host::Ci { Level::Deny } else { Level::Note };
            let unjudged = |why: &str, instead: &str| {
                told(level, format!("the gate on the change of {name} was not judged: {why}"), instead)
            };
            let Some(reference) = reference else {
                return unjudged(
                    "there is nothing to compare with",
                    "name a revision with `check --since main`, or saved scores with `reference` in `[gates]`",
                );
            };
            let from = &reference.name;
            let Some(before) = reference.values.get(&construct.id) else {
                return unjudged(
                    &format!("it has no value in `{from}`"),
                    "compare with something later, or take the gate out until then",
                );
            };
            let change = value - before;
            if !worse(change, limit) {
                return None;
            }
            let message = format!(
                "{name} went from {} in `{from}` to {}, and may change by {} only (model-derived)",
                tenth(*before),
                tenth(value),
                tenth(limit)
            );
            told(Level::Deny, message, show)
        }
        Limit::Value(_) => None,
    }
}

fn finding(gate: &Gate, policy: &Policy, id: &str, level: Level, message: String, instead: &str) -> Finding {
    let file = policy.sources.get(gate.at.source as usize).map_or("archlint.toml", String::as_str);
    let about = match gate.limit {
        Limit::Value(_) => "",
        Limit::Change(_) => "change",
    };
    let width = gate.at.end.saturating_sub(gate.at.start);
    Finding {
        rule: GATE.to_owned(),
        key: key(GATE, id, "", about),
        level: level.min(policy.lint_level(GATE)),
        state: State::New,
        message,
        from: id.to_owned(),
        to: String::new(),
        item: about.to_owned(),
        sites: vec![Site {
            file: file.to_owned(),
            line: gate.at.line,
            column: gate.at.column,
            end_line: gate.at.line,
            end_column: gate.at.column + width,
        }],
        chain: Vec::new(),
        cut: Vec::new(),
        cost: 0,
        because: None,
        instead: Some(instead.to_owned()),
    }
}
