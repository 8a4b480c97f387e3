//! The plan where the worked example is silent.

use crate::domain::finding::Site;
use crate::domain::finding::evidence::Evidence;
use crate::domain::model::plan::{Plan, Standing, Status, plan};
use crate::domain::model::tests::model;

fn tested() -> Standing {
    Standing { domain_unit_tests: 1, ..Standing::default() }
}

fn made(left_out: &[&str], points: &[(&str, f64)], standing: &Standing) -> Plan {
    let (parameters, model) = model(left_out, points);
    plan(&parameters, &model, standing)
}

fn status(plan: &Plan, id: &str) -> Status {
    plan.steps.iter().find(|step| step.id == id).map(|step| step.status).expect("a step")
}

#[test]
fn thresholds_of_done_and_partial() {
    let plan = made(&["cqrs"], &[("repo", 80.0), ("svc", 79.9), ("uow", 35.0), ("agg", 34.9)], &tested());
    assert_eq!(status(&plan, "repository"), Status::Done);
    assert_eq!(status(&plan, "service_layer"), Status::Partial);
    assert_eq!(status(&plan, "unit_of_work"), Status::Partial);
    assert_eq!(status(&plan, "aggregates"), Status::Absent);
    assert_eq!(status(&plan, "read_models"), Status::NotNeeded);
    assert!(!plan.next.contains(&9) && !plan.next.contains(&2));
    assert!(plan.steps.iter().all(|step| step.worth.is_some() == plan.next.contains(&step.number)));
}

#[test]
fn a_domain_is_done_only_with_a_test_and_without_a_deny_finding() {
    let untested = made(&[], &[("purity", 100.0)], &Standing::default());
    assert_eq!(status(&untested, "domain_model"), Status::Partial);
    assert_eq!(untested.steps[0].reason, "no unit test names an item of the domain");
    assert_eq!(status(&made(&[], &[("purity", 100.0)], &tested()), "domain_model"), Status::Done);
    let denied = Standing { denied: vec!["purity".to_owned()], ..tested() };
    let denied = made(&[], &[("purity", 100.0)], &denied);
    assert_eq!(status(&denied, "domain_model"), Status::Partial);
    assert_eq!(denied.steps[0].reason, "a finding at level deny stands against it");
    assert_eq!(denied.steps[0].worth.map(|worth| worth.gain), Some(0.0), "no score is to be gained");
}

#[test]
fn integration_is_done_where_coupling_is_low() {
    let plan = made(&[], &[("isc", 10.0)], &tested());
    assert_eq!(status(&plan, "integration"), Status::Done);
    let plan = made(&[], &[("isc", 100.0)], &tested());
    assert_eq!(status(&plan, "integration"), Status::Absent);
    let worth = plan.steps[7].worth.expect("it is open");
    assert!(worth.gain > 0.0 && worth.reaches == 20.0, "{worth:?}");
    assert_eq!(worth.ready, 1.0, "events are partial");
}

#[test]
fn what_should_come_first_lowers_the_rank() {
    let ready = |plan: &Plan, number: usize| plan.steps[number - 1].worth.map(|worth| worth.ready);
    let plan = made(&[], &[("svc", 0.0)], &tested());
    assert_eq!((ready(&plan, 3), ready(&plan, 4), ready(&plan, 6)), (Some(1.0), Some(0.3), Some(0.3)));
    let plan = made(&["svc"], &[], &tested());
    assert_eq!((ready(&plan, 4), ready(&plan, 6)), (Some(1.0), Some(1.0)), "not needed is no obstacle");
}

#[test]
fn an_overgrown_system_begins_with_use_cases() {
    let plan = made(&[], &[("mud", 60.0), ("svc", 39.0)], &tested());
    assert!(plan.overgrown);
    assert_eq!(plan.next[0], 3);
    assert_eq!(plan.next.iter().filter(|number| **number == 3).count(), 1);
    assert!(!made(&[], &[("mud", 59.0), ("svc", 39.0)], &tested()).overgrown);
    assert!(!made(&[], &[("mud", 60.0), ("svc", 40.0)], &tested()).overgrown);
    assert!(!made(&["svc"], &[("mud", 60.0), ("svc", 0.0)], &tested()).overgrown, "not needed");
    assert!(!made(&["mud"], &[("mud", 90.0), ("svc", 0.0)], &tested()).overgrown, "too few functions");
}

#[test]
fn equals_are_taken_in_the_order_of_the_book() {
    let plan = made(&[], &[("isc", 0.0), ("", 100.0)], &Standing { denied: all(), ..tested() });
    assert_eq!(plan.next, [1, 2, 3, 4, 5, 6, 7, 9, 10], "no step gains anything");
}

fn all() -> Vec<String> {
    ["purity", "repo", "svc", "uow", "agg", "evt", "cqrs", "di"].map(str::to_owned).to_vec()
}

#[test]
fn a_step_without_any_measure_is_absent_and_gains_nothing() {
    let (parameters, mut model) = model(&[], &[]);
    let place = parameters.construct("evt").expect("a lever");
    for one in &mut model.constructs[place].measurements[3..] {
        one.value = None;
    }
    let plan = plan(&parameters, &model, &tested());
    let step = &plan.steps[6];
    assert_eq!((step.status, step.score), (Status::Absent, None));
    assert_eq!(step.reason, "none of its indicators applies yet");
    assert_eq!(step.worth.map(|worth| worth.priority), Some(0.0));
}

#[test]
fn the_worst_members_stand_beside_a_step() {
    let (parameters, mut model) = model(&[], &[]);
    let place = parameters.construct("uow").expect("a lever");
    let at = |line: u32| Evidence {
        site: Site { file: "src/a.rs".to_owned(), line, ..Site::default() },
        loss: f64::from(line),
        ..Evidence::default()
    };
    model.constructs[place].measurements[0].evidence = [1, 5, 3, 4, 2].map(at).to_vec();
    let plan = plan(&parameters, &model, &tested());
    let (indicator, worst) = &plan.steps[3].worst[0];
    assert_eq!(indicator, "uow.atomic_boundary");
    assert_eq!(worst.iter().map(|one| one.site.line).collect::<Vec<_>>(), [5, 4, 3]);
}
