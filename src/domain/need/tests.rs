//! Needs and gates by their facts.

use crate::adapters::config::parameters;
use crate::domain::need::facts::Facts;
use crate::domain::need::{Need, Needs, needs};
use crate::domain::policy::arithmetic::hundredth;
use crate::domain::policy::kind::PackageKind;

fn of(facts: &Facts) -> Needs {
    needs(facts, &parameters())
}

#[track_caller]
fn need(facts: &Facts, construct: &str) -> Need {
    of(facts).get(construct).expect("a construct").clone()
}

/// Need in two decimals and the effect of it.
fn number(facts: &Facts, lever: &str) -> (String, String) {
    let need = need(facts, lever);
    (hundredth(need.need.expect("a lever")), hundredth(need.effect))
}

fn pair(need: &str, effect: &str) -> (String, String) {
    (need.to_owned(), effect.to_owned())
}

/// A rich domain behind a database and a server.
fn shop() -> Facts {
    Facts {
        persistence: 1.0,
        use_cases: 20,
        decisions: 200,
        writers: 1.0,
        compound_writes: 4,
        technologies: 4,
        effects: 2,
        services: 2,
        reads: 8,
        complex_reads: 0.5,
        driving: 2,
        event_types: 6,
        domain_types: 12,
        functions: 300,
        tests: 80,
        kinds: vec![PackageKind::Service],
        ..Facts::default()
    }
}

#[test]
fn a_rich_shop_needs_everything() {
    let needs = of(&shop());
    assert_eq!(needs.complexity, 1.0, "ten decisions for each use case");
    assert!(needs.of.iter().all(Need::applies), "{needs:#?}");
    assert_eq!(needs.of.len(), 20);
}

#[test]
fn nothing_needs_nothing() {
    for need in of(&Facts::default()).of {
        let outcome = ["maint", "deliv", "rel"].contains(&&*need.construct);
        // Aggregates need neither storage nor technology, only complexity, and of that there is none.
        assert_eq!(need.applies(), outcome, "{need:?}");
        assert!(outcome || !need.reason.is_empty(), "{need:?}");
    }
}

#[test]
fn complexity_is_decisions_for_each_use_case_or_very_many() {
    let complexity =
        |decisions: u32, use_cases: u32| of(&Facts { decisions, use_cases, ..Facts::default() }).complexity;
    assert_eq!(complexity(20, 10), 0.0, "two decisions for each use case are plain records");
    assert_eq!(complexity(80, 10), 1.0);
    assert_eq!(complexity(50, 10), 0.5);
    assert_eq!(complexity(20, 1), 0.5, "rich, but small");
    assert_eq!(complexity(20, 0), 0.5, "a library counts as one use case");
    assert_eq!(complexity(325, 1000), 0.5, "many decisions alone");
    assert_eq!(complexity(900, 1000), 1.0);
}

#[test]
fn bounds_on_complexity_are_declared() {
    let mut parameters = parameters();
    parameters.constants = with(&parameters.constants, "complexity_max", 0.4);
    assert_eq!(needs(&shop(), &parameters).complexity, 0.4);
    assert_eq!(needs(&shop(), &parameters).measured_complexity, 1.0);
    parameters.constants = with(&parameters.constants, "complexity_min", 0.3);
    assert_eq!(needs(&Facts::default(), &parameters).complexity, 0.3);
}

fn with(
    constants: &crate::domain::policy::constants::Constants,
    key: &str,
    number: f64,
) -> crate::domain::policy::constants::Constants {
    use crate::domain::policy::constants::Constant;
    let mut constants = constants.clone();
    if let Some(Constant::Table(need)) = constants.entries.get_mut("need") {
        need.entries.insert(key.to_owned(), Constant::Number(number));
    }
    constants
}

#[test]
fn each_lever_by_its_own_formula() {
    let plain = Facts { use_cases: 4, decisions: 8, ..shop() };
    assert_eq!(number(&plain, "dip"), pair("0.30", "0.07"));
    assert_eq!(number(&plain, "purity"), pair("0.30", "0.07"));
    let few = Facts { decisions: 4, domain_types: 2, ..plain.clone() };
    assert_eq!(number(&few, "purity"), pair("0.00", "0.00"));
    assert_eq!(number(&plain, "repo"), pair("0.20", "0.00"), "plain records need no repository");
    assert_eq!(number(&plain, "svc"), pair("0.50", "0.33"), "two driving technologies");
    assert_eq!(number(&Facts { driving: 7, ..plain.clone() }, "svc"), pair("0.50", "0.33"));
    assert_eq!(number(&Facts { use_cases: 2, ..plain.clone() }, "svc"), pair("0.00", "0.00"));
    assert_eq!(number(&plain, "uow"), pair("0.80", "0.73"), "two writes are a risk in any program");
    let single = Facts { compound_writes: 0, ..plain };
    assert_eq!(number(&single, "uow"), pair("0.00", "0.00"), "no writes that belong together");
    assert_eq!(number(&shop(), "agg"), pair("1.00", "1.00"));
    assert_eq!(number(&Facts { persistence: 0.5, ..shop() }, "agg"), pair("0.60", "0.47"));
    let unstored = Facts { persistence: 0.0, ..shop() };
    assert_eq!(number(&unstored, "agg"), pair("0.30", "0.07"));
    assert_eq!(number(&Facts { shared_state: true, ..unstored.clone() }, "agg"), pair("0.60", "0.47"));
    for lever in ["repo", "uow", "cqrs"] {
        assert_eq!(number(&unstored, lever), pair("0.00", "0.00"), "{lever}");
        assert_eq!(need(&unstored, lever).reason, "nothing is stored");
    }
    assert_eq!(number(&Facts { technologies: 0, ..shop() }, "dip"), pair("0.00", "0.00"));
    let by_technologies = |technologies: u32| number(&Facts { technologies, ..shop() }, "di").0;
    assert_eq!([0, 1, 2, 3, 9].map(by_technologies), ["0.00", "0.40", "0.70", "1.00", "1.00"]);
}

#[test]
fn events_are_called_for_by_effects_services_or_events() {
    let quiet = Facts { effects: 0, services: 1, event_types: 1, ..shop() };
    assert_eq!(number(&quiet, "evt"), pair("0.00", "0.00"));
    assert_eq!(number(&Facts { event_types: 2, ..quiet.clone() }, "evt"), pair("0.20", "0.00"));
    assert_eq!(number(&Facts { effects: 1, ..quiet.clone() }, "evt"), pair("0.45", "0.27"));
    assert_eq!(number(&Facts { services: 5, ..quiet }, "evt"), pair("0.50", "0.33"));
}

#[test]
fn reads_apart_need_many_of_them() {
    let plain = Facts { use_cases: 100, complex_reads: 0.5, ..shop() };
    assert!(of(&plain).complexity < 0.5);
    assert_eq!(number(&plain, "cqrs"), pair("0.50", "0.33"), "complex reads stand in for complexity");
    assert_eq!(number(&Facts { reads: 2, ..plain.clone() }, "cqrs"), pair("0.13", "0.00"));
    assert!(!need(&Facts { reads: 2, ..plain }, "read").applies(), "read performance follows");
}

#[test]
fn gates_of_states() {
    let open = |facts: Facts, construct: &str| need(&facts, construct).applies();
    assert!(!open(Facts { technologies: 0, ..shop() }, "infra"));
    assert!(!open(Facts { domain_types: 2, ..shop() }, "lang"));
    assert!(!open(Facts { domain_types: 0, ..shop() }, "inv"));
    let unstored = Facts { persistence: 0.0, ..shop() };
    assert!(open(unstored.clone(), "inv"), "a complex domain is at stake too");
    assert!(!open(Facts { decisions: 10, ..unstored }, "inv"));
    assert!(!open(Facts { functions: 9, ..shop() }, "mud"));
    let untested = Facts { decisions: 4, tests: 0, persistence: 0.5, ..shop() };
    for construct in ["pyr", "tst"] {
        assert!(!open(untested.clone(), construct));
        assert!(open(Facts { tests: 1, ..untested.clone() }, construct));
        assert!(open(Facts { decisions: 5, ..untested.clone() }, construct));
    }
    assert!(open(Facts { persistence: 1.0, ..untested }, "pyr"), "a service that writes should be tested");
    let alone = Facts { services: 1, ..shop() };
    assert!(!open(alone.clone(), "isc"));
    assert!(open(Facts { rpc_client: true, ..alone.clone() }, "isc"));
    assert!(open(Facts { messaging: true, ..alone.clone() }, "isc"));
    assert!(open(Facts { http_client_in_writes: true, ..alone }, "isc"));
}

#[test]
fn kinds_of_packages_lower_needs_unless_another_kind_has_them() {
    let with = |kinds: &[PackageKind]| Facts { kinds: kinds.to_vec(), ..shop() };
    let library = with(&[PackageKind::Library]);
    assert_eq!(number(&library, "di"), pair("0.50", "0.33"));
    assert!(!need(&library, "svc").applies() && !need(&library, "cqrs").applies());
    assert!(need(&library, "purity").applies());
    assert_eq!(need(&library, "svc").reason, "not for libraries");
    let both = with(&[PackageKind::Library, PackageKind::Service]);
    assert_eq!(of(&both), of(&shop()));

    let driver = of(&with(&[PackageKind::AdapterLibrary]));
    let applies: Vec<&str> =
        driver.of.iter().filter(|need| need.applies()).map(|need| &*need.construct).collect();
    assert_eq!(applies, ["di", "pyr", "mud", "tst", "maint", "deliv", "rel"]);
    let macros = of(&with(&[PackageKind::ProcMacro, PackageKind::AdapterLibrary]));
    assert!(!macros.get("dip").expect("a lever").applies());
    assert!(macros.get("di").expect("a lever").applies(), "one of the two kinds has it");
}

#[test]
fn each_kind_has_its_table() {
    let parameters = parameters();
    for kind in PackageKind::ALL {
        parameters.section("kinds").table(kind.key());
    }
}

#[test]
fn reasons_show_the_formula_with_its_numbers() {
    let reason = |lever: &str| need(&shop(), lever).reason;
    assert_eq!(reason("repo"), "storage 1 × (0.2 + 0.8 × complexity 1.00) = 1.00");
    assert_eq!(
        reason("uow"),
        "storage 1 × (0.5 × writes that belong together 1 + 0.3 × writers 1 + 0.2 × complexity 1.00) = 1.00"
    );
    assert_eq!(reason("di"), "4 technologies = 1.00");
    assert_eq!(reason("mud"), "300 production functions, at least 15");
}

#[test]
fn what_is_built_is_scored_with_little_weight() {
    let small = Facts { use_cases: 2, decisions: 1, ..shop() };
    let none = Facts { domain_types: 0, ..small };
    for (lever, built) in [
        ("purity", Facts { domain_types: 3, ..none.clone() }),
        ("repo", Facts { repositories: 1, ..none.clone() }),
        ("svc", Facts { use_case_functions: 1, ..none.clone() }),
        ("agg", Facts { guarded_roots: 1, ..none.clone() }),
        ("cqrs", Facts { read_functions: 1, reads: 0, ..none.clone() }),
    ] {
        let without = Facts { reads: 0, ..none.clone() };
        assert_eq!(number(&without, lever).1, "0.00", "{lever} is not needed");
        assert_eq!(number(&built, lever), pair("0.30", "0.07"), "{lever} is there");
    }
}

#[test]
fn a_need_that_is_too_little_says_of_what() {
    let small = Facts { decisions: 10, persistence: 0.0, shared_state: true, ..shop() };
    let agg = need(&small, "agg");
    assert!(!agg.applies() && agg.reason.contains(", not above 0.25"), "{}", agg.reason);
    let tool = Facts { persistence: 0.0, kinds: vec![PackageKind::Library], ..shop() };
    assert_eq!(need(&tool, "purity").reason, "not for libraries", "built or not");
}
