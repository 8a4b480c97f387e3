//! What-ifs beside those of the worked example.

use crate::domain::indicators::measurement::{Measurement, Population};
use crate::domain::model::tests::model;
use crate::domain::model::whatif::{WhatIf, improve, raise, remeasured};

fn full(what_if: &WhatIf, construct: &str) -> f64 {
    let found = what_if.shifts.iter().find(|shift| shift.construct == construct);
    found.map(|shift| shift.range.full).expect("it applies")
}

fn now(what_if: &WhatIf, construct: &str) -> f64 {
    let found = what_if.shifts.iter().find(|shift| shift.construct == construct);
    found.map(|shift| shift.range.now).expect("it applies")
}

#[test]
fn an_indicator_is_priced_by_its_weight() {
    let (parameters, model) = model(&[], &[]);
    let by_indicator = improve(&parameters, &model, &[("uow.atomic_boundary", 90.0)]);
    assert_eq!(by_indicator.changes.len(), 1);
    assert!((by_indicator.changes[0].to - 64.0).abs() < 1e-9, "0.35 × 40 points");
    let by_lever = raise(&parameters, &model, "uow", 14.0).expect("it applies");
    for construct in ["inv", "tst", "rel", "maint"] {
        assert!((full(&by_indicator, construct) - full(&by_lever, construct)).abs() < 1e-9, "{construct}");
        assert!((now(&by_indicator, construct) - now(&by_lever, construct)).abs() < 1e-9, "{construct}");
    }
}

#[test]
fn the_evidence_of_a_state_moves_what_follows_and_nothing_before() {
    let (parameters, model) = model(&[], &[]);
    let change = improve(&parameters, &model, &[("mud.cycles", 0.0)]);
    assert!((change.changes[0].to - 35.0).abs() < 1e-9);
    assert!((full(&change, "mud") + 15.0).abs() < 1e-9, "undamped");
    assert!(now(&change, "mud") > -15.0 && now(&change, "mud") < 0.0, "damped by its causes");
    assert!(full(&change, "maint") > now(&change, "maint") && now(&change, "maint") > 0.0);
    assert_eq!(full(&change, "infra"), 0.0);
    assert!(change.headline.full > change.headline.now);
}

#[test]
fn a_range_says_nothing_of_what_is_not_there() {
    let (parameters, model) = model(&["isc", "evt"], &[]);
    assert_eq!(raise(&parameters, &model, "evt", 10.0), None);
    assert_eq!(raise(&parameters, &model, "nobody", 10.0), None);
    let change = raise(&parameters, &model, "uow", 10.0).expect("it applies");
    assert!(change.shifts.iter().all(|shift| shift.construct != "isc"));
}

#[test]
fn no_lever_rises_above_the_top_or_sinks_below_the_ground() {
    let (parameters, model) = model(&[], &[("agg", 96.0)]);
    let up = raise(&parameters, &model, "agg", 10.0).expect("it applies");
    assert!((up.changes[0].to - 100.0).abs() < 1e-9);
    let down = raise(&parameters, &model, "svc", -90.0).expect("it applies");
    assert_eq!(down.changes[0].to, 0.0);
    assert!(full(&down, "maint") < 0.0);
}

#[test]
fn code_that_is_measured_again() {
    let (parameters, model) = model(&[], &[]);
    let spec = parameters.indicator("repo.faked").expect("an indicator");
    let faked = Measurement::new(spec, 100.0, Population::Members(4), 1.0, &parameters.scoring);
    let again = remeasured(&parameters, &model, &[faked]);
    assert_eq!(again, improve(&parameters, &model, &[("repo.faked", 100.0)]));
    let nothing = remeasured(&parameters, &model, &[]);
    assert!(nothing.changes.is_empty());
    assert!(nothing.shifts.iter().all(|shift| shift.range.now == 0.0 && shift.range.full == 0.0));
}

#[test]
fn what_does_not_apply_cannot_be_improved() {
    let (parameters, mut model) = model(&[], &[]);
    let place = parameters.construct("repo").expect("a lever");
    model.constructs[place].measurements[1].value = None;
    let change = improve(&parameters, &model, &[("repo.faked", 100.0)]);
    assert!(change.changes.is_empty());
}

#[test]
fn losses_are_points_of_the_own_score() {
    let (_, model) = model(&[], &[("repo.faked", 0.0), ("repo", 100.0), ("mud.cycles", 40.0), ("mud", 0.0)]);
    let losses = |id: &str| model.get(id).map(|construct| construct.losses()).expect("a construct");
    let repo = losses("repo");
    assert_eq!((&*repo[0].0.indicator, repo[0].1), ("repo.faked", 25.0));
    let mud = losses("mud");
    assert_eq!(mud[0].0.indicator, "mud.cycles");
    assert!((mud[0].1 - 12.0).abs() < 1e-9);
    assert!(mud[1..].iter().all(|(_, loss)| *loss == 0.0));
}
