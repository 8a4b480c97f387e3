//! The hand count, read from its file.

use std::sync::Arc;

use archlint::adapters::config::parse;
use archlint::domain::indicators::measurement::{Measurement, Population};
use archlint::domain::model::Model;
use archlint::domain::model::score::score;
use archlint::domain::need::facts::Facts;
use archlint::domain::need::{Needs, needs};
use archlint::domain::policy::kind::PackageKind;
use archlint::domain::policy::model::Parameters;
use toml::{Table, Value};

/// The whole file.
pub fn file() -> Table {
    include_str!("../../data/inn.toml").parse().expect("the hand count is valid TOML")
}

/// The model as the team configures it.
pub fn parameters() -> Arc<Parameters> {
    let config = file()["config"].as_table().expect("a table").to_string();
    parse(&config, "archlint.toml").expect("the configuration is right").model
}

/// The model as the tool brings it.
pub fn plain_parameters() -> Parameters {
    archlint::adapters::config::parameters()
}

pub fn facts() -> Facts {
    let file = file();
    let number = |key: &str| number(&file["facts"][key]);
    let count = |key: &str| number(key) as u32;
    let kinds = file["facts"]["kinds"].as_array().expect("kinds").iter().filter_map(Value::as_str);
    Facts {
        persistence: number("persistence"),
        use_cases: count("use_cases"),
        decisions: count("decisions"),
        writers: number("writers"),
        compound_writes: count("compound_writes"),
        technologies: count("technologies"),
        effects: count("effects"),
        services: count("services"),
        reads: count("reads"),
        complex_reads: number("complex_reads"),
        driving: count("driving"),
        event_types: count("event_types"),
        domain_types: count("domain_types"),
        functions: count("functions"),
        tests: count("tests"),
        kinds: kinds
            .map(|word| PackageKind::ALL.into_iter().find(|kind| kind.key() == word).expect("a kind"))
            .collect(),
        ..Facts::default()
    }
}

pub fn measurements(parameters: &Parameters) -> Vec<Measurement> {
    let file = file();
    let mut found = Vec::new();
    for (id, given) in file["measured"].as_table().expect("a table") {
        let spec = parameters.indicator(id).unwrap_or_else(|| panic!("there is no indicator {id}"));
        let points = match given.get("counted").map(pair) {
            Some((part, whole)) => spec.score(part / whole),
            None => number(&given["score"]),
        };
        let population = match given.get("n") {
            Some(n) => Population::Members(number(n) as u32),
            None => Population::Absence,
        };
        found.push(Measurement::new(spec, points, population, votes(&file, given), &parameters.scoring));
    }
    found
}

pub fn model(parameters: &Parameters) -> (Needs, Model) {
    let needs = needs(&facts(), parameters);
    let model = score(parameters, &needs, measurements(parameters));
    (needs, model)
}

/// The mean confidence of the roles of members.
fn votes(file: &Table, given: &Value) -> f64 {
    let Some(votes) = given.get("votes").and_then(Value::as_table) else { return 1.0 };
    let (mut sum, mut all) = (0.0, 0.0);
    for (module, votes) in votes {
        sum += number(votes) * confidence(&file["roles"][module]);
        all += number(votes);
    }
    sum / all
}

/// The confidence of a role, by the votes for it and for the next one.
pub fn confidence(role: &Value) -> f64 {
    let (top, second) = (number(&role["top"]), number(&role["second"]));
    (top - second) / top * (top / 2.0).min(1.0)
}

pub fn number(value: &Value) -> f64 {
    value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64)).expect("a number")
}

pub fn pair(value: &Value) -> (f64, f64) {
    match value.as_array().map(Vec::as_slice) {
        Some([first, second]) => (number(first), number(second)),
        _ => panic!("{value} is no pair"),
    }
}
