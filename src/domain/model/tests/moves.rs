//! What moved between two models.

use crate::domain::finding::evidence::Evidence;
use crate::domain::model::moved::{Mover, moved};
use crate::domain::model::tests::model;
use crate::domain::policy::model::Kind;

#[test]
fn an_indicator_that_sinks_is_named_in_all_that_follows_from_it() {
    let (parameters, before) = model(&[], &[]);
    let (_, mut now) = model(&[], &[("purity.infra_free_items", 10.0)]);
    let purity = now.constructs.iter_mut().find(|construct| construct.id == "purity").expect("there is one");
    let indicator = "purity.infra_free_items";
    let measured = purity.measurements.iter_mut().find(|one| one.indicator == indicator).expect("it is");
    measured.evidence = vec![Evidence { item: "shop::order".to_owned(), ..Evidence::default() }];
    let moves = moved(&parameters, &before, &now);
    let purity = moves.iter().find(|one| one.construct == "purity").expect("it sank");
    assert_eq!(purity.is_better(), Some(false));
    let cause = &purity.causes[0];
    assert_eq!(cause.what, Mover::Indicator(indicator.to_owned()));
    assert_eq!((cause.before, cause.now), (Some(50.0), Some(10.0)));
    assert_eq!(cause.evidence.as_ref().map(|one| one.item.as_str()), Some("shop::order"));
    let total = purity.now.zip(purity.before).map(|(now, before)| now - before).expect("both are there");
    assert!((cause.points - total).abs() < 1e-9, "nothing else moved");
    assert!(moves.iter().all(|one| one.causes.len() == 1 && one.causes[0].what == cause.what));
    assert_eq!(moves[0].kind, Kind::Outcome, "what it is all for is told first");
    assert!(moved(&parameters, &before, &before).is_empty());
}

#[test]
fn a_need_that_comes_is_a_cause_and_what_it_brings_was_not_scored() {
    let (parameters, before) = model(&["cqrs"], &[("cqrs", 0.0)]);
    let (_, now) = model(&[], &[("cqrs", 0.0)]);
    let moves = moved(&parameters, &before, &now);
    let of = |id: &str| moves.iter().find(|one| one.construct == id);
    let cqrs = of("cqrs").expect("it came");
    assert_eq!((cqrs.before, cqrs.now, cqrs.is_better()), (None, Some(0.0), None));
    assert_eq!(cqrs.reason, "as the test says");
    let followed = moves.iter().flat_map(|one| &one.causes);
    assert!(followed.into_iter().any(|cause| cause.what == Mover::Need("cqrs".to_owned())));
}

#[test]
fn less_than_half_a_point_is_not_told() {
    let (parameters, before) = model(&[], &[]);
    let (_, now) = model(&[], &[("purity.infra_free_items", 49.9)]);
    assert!(moved(&parameters, &before, &now).is_empty());
}
