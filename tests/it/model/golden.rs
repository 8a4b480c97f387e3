//! Every number of the hand count, within a unit of its last digit.

use archlint::domain::model::plan::{Standing, plan};
use archlint::domain::model::whatif::raise;
use archlint::domain::need::needs;
use archlint::domain::policy::model::Kind;
use toml::{Table, Value};

use crate::model::inn::{
    confidence, facts, file, measurements, model, number, pair, parameters, plain_parameters,
};

const TOLERANCE: f64 = 1e-4;

#[track_caller]
fn near(found: f64, wanted: f64, what: &str) {
    assert!((found - wanted).abs() <= TOLERANCE, "{what}: {found} is not {wanted}");
}

fn table<'a>(file: &'a Table, key: &str) -> &'a Table {
    file[key].as_table().expect("a table")
}

#[test]
fn roles_are_as_sure_as_their_votes() {
    for (name, role) in table(&file(), "roles") {
        near(confidence(role), number(&role["confidence"]), name);
    }
}

#[test]
fn needs_follow_from_facts() {
    let file = file();
    let declared = needs(&facts(), &parameters());
    let measured = needs(&facts(), &plain_parameters());
    near(declared.measured_complexity, number(&file["complexity"]["measured"]), "measured complexity");
    near(declared.complexity, number(&file["complexity"]["declared"]), "declared complexity");
    near(measured.complexity, number(&file["complexity"]["measured"]), "complexity without a declaration");
    for (needs, key, levers) in [(&declared, "need", 9), (&measured, "need_as_measured", 8)] {
        let wanted = table(&file, key);
        assert_eq!(wanted.len(), levers);
        for (lever, value) in wanted {
            let need = needs.get(lever).expect("a lever");
            near(need.need.expect("levers have a need"), pair(value).0, &format!("{key} {lever}"));
            near(need.effect, pair(value).1, &format!("{key} {lever} effect"));
            assert_eq!(need.applies(), pair(value).1 > 0.0, "{lever}");
        }
    }
}

#[test]
fn indicators_give_their_points() {
    let (parameters, file) = (parameters(), file());
    let measurements = measurements(&parameters);
    assert_eq!(measurements.len(), 50, "63 less 13 that do not apply");
    for measurement in measurements {
        let wanted = &file["measured"][&measurement.indicator]["points"];
        near(measurement.value.expect("it applies"), number(wanted), &measurement.indicator);
    }
}

#[test]
fn own_scores_follow_from_indicators() {
    let (_, model) = model(&parameters());
    let file = file();
    let wanted = table(&file, "own");
    for construct in &model.constructs {
        match (construct.own, wanted.get(&construct.id)) {
            (Some(own), Some(value)) => {
                near(own.score, pair(value).0, &construct.id);
                near(own.confidence, pair(value).1, &format!("{} confidence", construct.id));
            }
            (None, None) => {}
            (found, wanted) => panic!("{}: {found:?} is not {wanted:?}", construct.id),
        }
    }
}

#[test]
fn values_follow_the_links() {
    let parameters = parameters();
    let (_, model) = model(&parameters);
    let file = file();
    let wanted = table(&file, "nodes");
    for construct in model.constructs.iter().filter(|construct| construct.kind != Kind::Lever) {
        let (node, wanted) = match (&construct.node, wanted.get(&construct.id)) {
            (Some(node), Some(wanted)) => (node, wanted),
            (None, None) => continue,
            (found, wanted) => panic!("{}: {found:?} is not {wanted:?}", construct.id),
        };
        let id = &construct.id;
        near(node.value, number(&wanted["value"]), id);
        near(node.confidence, number(&wanted["confidence"]), &format!("{id} confidence"));
        near(node.own_share, number(&wanted["own_share"]), &format!("{id} own share"));
        let influence = node.influence.expect("each has a cause");
        near(influence.score, pair(&wanted["influence"]).0, &format!("{id} influence"));
        near(influence.confidence, pair(&wanted["influence"]).1, &format!("{id} influence confidence"));
        let pulls = wanted["pulls"].as_table().expect("a table");
        assert_eq!(node.pulls.len(), pulls.len(), "{id}");
        for pull in &node.pulls {
            let cause = &parameters.constructs[pull.from].id;
            near(pull.weight, pair(&pulls[cause]).0, &format!("{cause} -> {id} weight"));
            near(pull.says, pair(&pulls[cause]).1, &format!("{cause} -> {id} says"));
        }
    }
    near(model.headline.expect("there are outcomes"), number(&file["headline"]["value"]), "headline");
}

#[test]
fn what_does_not_apply_says_why() {
    let (_, model) = model(&parameters());
    let reason = |id: &str| model.get(id).map(|construct| (construct.value(), construct.reason()));
    assert_eq!(
        reason("isc"),
        Some((None, "one service at most, no remote procedures, no messaging".to_owned()))
    );
    let cqrs = "not needed: storage 1 × reads 0.13 × complex reads 1.00 = 0.13, not above 0.25";
    assert_eq!(reason("cqrs"), Some((None, cqrs.to_owned())));
    assert_eq!(reason("read"), Some((None, "follows the need for reads apart from writes".to_owned())));
}

#[test]
fn the_gate_keeps_one_cause_from_judging_alone() {
    let (parameters, file) = (parameters(), file());
    let (mut needs, _) = model(&parameters);
    for need in needs.of.iter_mut().filter(|need| need.construct == "isc") {
        need.effect = 1.0;
    }
    let measurements = measurements(&parameters);
    let model = archlint::domain::model::score::score(&parameters, &needs, measurements);
    for id in ["isc", "rel"] {
        let value = model.get(id).and_then(|construct| construct.value()).expect("it applies");
        near(value, number(&file["without_gate"][id]), id);
    }
}

#[test]
fn levers_raised_by_ten_points() {
    let parameters = parameters();
    let (_, model) = model(&parameters);
    let file = file();
    let wanted = table(&file, "raised");
    for (lever, wanted) in wanted {
        let found = raise(&parameters, &model, lever, parameters.points).expect("a lever that applies");
        let by = found.changes.first().map_or(0.0, |change| change.to - change.from);
        near(by, number(&wanted["by"]), lever);
        for shift in found.shifts.iter().filter(|shift| shift.kind == Kind::Outcome) {
            let (now, full) = pair(&wanted[&shift.construct]);
            near(shift.range.now, now, &format!("{lever} -> {} now", shift.construct));
            near(shift.range.full, full, &format!("{lever} -> {} in full", shift.construct));
        }
        assert_eq!(found.shifts.iter().filter(|shift| shift.kind == Kind::Outcome).count(), 3);
    }
    assert_eq!(raise(&parameters, &model, "cqrs", 10.0), None, "not needed");
    assert_eq!(raise(&parameters, &model, "mud", 10.0), None, "no lever");
}

#[test]
fn the_plan_and_what_comes_next() {
    let parameters = parameters();
    let (_, model) = model(&parameters);
    let file = file();
    let standing = &file["standing"];
    let denied = standing["denied"].as_array().expect("a list").iter().filter_map(Value::as_str);
    let standing = Standing {
        denied: denied.map(str::to_owned).collect(),
        domain_unit_tests: number(&standing["domain_unit_tests"]) as u32,
    };
    let plan = plan(&parameters, &model, &standing);
    let wanted = table(&file, "plan");
    assert_eq!(plan.steps.len(), wanted.len());
    for step in &plan.steps {
        let wanted = &wanted[&step.id];
        assert_eq!(step.status.word(), wanted["status"].as_str().expect("a status"), "{}", step.id);
        match (step.score, wanted.get("score")) {
            (Some(found), Some(score)) => near(found, number(score), &step.id),
            (None, None) => {}
            (found, wanted) => panic!("{}: {found:?} is not {wanted:?}", step.id),
        }
        let Some(worth) = step.worth else {
            assert!(wanted.get("gain").is_none(), "{}", step.id);
            continue;
        };
        for (found, key) in [
            (worth.reaches, "reaches"),
            (worth.gain, "gain"),
            (worth.effect, "effect"),
            (worth.ready, "ready"),
            (worth.effort, "effort"),
            (worth.priority, "priority"),
        ] {
            near(found, number(&wanted[key]), &format!("{} {key}", step.id));
        }
    }
    let next: Vec<&str> = plan.next.iter().map(|number| &*plan.steps[*number as usize - 1].id).collect();
    let wanted: Vec<&str> =
        file["next"]["steps"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert_eq!(next, wanted);
    assert!(!plan.overgrown);
}
