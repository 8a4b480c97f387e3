//! The embedded model is whole, and a configuration changes it where it says so.

use std::sync::Arc;

use std::collections::BTreeSet;

use expect_test::{Expect, expect};

use crate::adapters::config::model::{SECTIONS, constants::Lists, embedded, facts, parameters, properties};
use crate::adapters::config::parse;
use crate::adapters::config::tree::Node;
use crate::domain::policy::arithmetic::Ramp;
use crate::domain::policy::constants::Constant;
use crate::domain::policy::model::{Asks, Kind, Parameters, Sign};

/// The model under a configuration that must be right.
fn changed(text: &str) -> Arc<Parameters> {
    parse(text, "archlint.toml").unwrap_or_else(|problems| panic!("{problems:#?}")).model
}

/// What is wrong with a configuration.
#[track_caller]
fn wrong(text: &str, expected: Expect) {
    let problems = parse(text, "archlint.toml").expect_err("the text is wrong");
    let lines: Vec<String> = problems
        .into_iter()
        .map(|problem| {
            let help = problem.help.map(|help| format!(" -- {help}")).unwrap_or_default();
            format!("{}:{}: {}{help}", problem.line, problem.column, problem.message)
        })
        .collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn the_model_is_whole() {
    let model = parameters();
    let count = |kind: Kind| model.constructs.iter().filter(|construct| construct.kind == kind).count();
    assert_eq!(Kind::ALL.map(count), [9, 7, 4]);
    assert_eq!((model.links.len(), model.indicators.len(), model.steps.len()), (30, 63, 10));
    let plus = model.links.iter().filter(|link| link.sign == Sign::Plus).count();
    assert_eq!(plus, 17, "the others lower what they influence");
    for (place, construct) in model.constructs.iter().enumerate() {
        let weights: f64 = model.indicators_of(place).map(|indicator| indicator.weight).sum();
        let wanted = if construct.kind == Kind::Outcome { 0.0 } else { 1.0 };
        assert!((weights - wanted).abs() < 1e-9, "{}: {weights}", construct.id);
        let reached = model.links.iter().any(|link| link.to == place);
        assert_eq!(reached, construct.kind != Kind::Lever, "{}", construct.id);
    }
    let headline: f64 = model.constructs.iter().map(|construct| construct.headline).sum();
    assert!((headline - 1.0).abs() < 1e-9);
    for (place, step) in model.steps.iter().enumerate() {
        assert!(step.after.iter().all(|before| *before < place), "{}", step.id);
        assert!(!step.indicators.is_empty() && step.effort > 0.0);
    }
}

#[test]
fn levers_ask_for_presence_and_quality_and_states_for_neither() {
    let model = parameters();
    for (place, construct) in model.constructs.iter().enumerate() {
        let asks: BTreeSet<Asks> = model.indicators_of(place).map(|indicator| indicator.asks).collect();
        if construct.kind == Kind::Lever {
            assert!(!asks.contains(&Asks::State), "{}", construct.id);
        }
    }
}

#[test]
fn every_table_of_the_file_is_a_section_that_can_be_changed() {
    let mut table = embedded();
    Lists::take(&mut table);
    let tables: BTreeSet<&str> = table.entries.iter().map(|entry| &*entry.key).collect();
    assert_eq!(tables, BTreeSet::from(SECTIONS));
    assert!(table.entries.iter().all(|entry| matches!(entry.value.node, Node::Table(_))));
}

#[test]
fn guesses_are_constants_that_exist() {
    let model = parameters();
    for path in &model.guesses {
        let found = model.constants.at(path);
        assert!(matches!(found, Some(Constant::Number(_) | Constant::Numbers(_))), "{path}");
    }
    assert!(model.guesses.len() > 20);
}

#[test]
fn every_constant_can_be_changed_to_itself() {
    let text: String = include_str!("../../../../rules/model.toml")
        .split("[model]\n")
        .last()
        .map(|sections| format!("[model]\n{sections}"))
        .unwrap_or_default();
    assert_eq!(changed(&text), parameters().into());
}

#[test]
fn values_are_replaced_and_lists_extended() {
    let model = changed(
        "[need]\ncomplexity_min = 0.7\n\
         [purity]\nserde = \"strict\"\n\
         [purity.infra_free_items]\nramp = [0.5, 0.9]\nweight = 2\n\
         [lang]\nextend-vague = [\"zeugs\"]\nparticiples = \"gebucht\"\n\
         [services]\nown = [\"https://stock.example\"]\n\
         [inference.words.domain]\nfachlich = 3\n\
         [inference.tags]\nabfrage = \"read_side\"\n\
         [plan.repository]\neffort = 5\nafter = []\n\
         [infra]\nown_share = 0.9\n\
         [scoring]\npopulation_full = 10",
    );
    assert_eq!(model.section("need").number("complexity_min"), 0.7);
    assert_eq!(model.section("purity").word("serde"), "strict");
    let indicator = model.indicator("purity.infra_free_items").expect("an indicator");
    assert_eq!((indicator.ramp, indicator.weight), (Some(Ramp::new(0.5, 0.9)), 2.0));
    assert!((indicator.score(0.7) - 50.0).abs() < 1e-9);
    let vague = model.section("lang").words("vague");
    assert_eq!((vague.len(), vague.last().map(String::as_str)), (26, Some("zeugs")));
    assert_eq!(model.section("lang").words("participles"), ["gebucht"]);
    assert_eq!(model.section("services").words("own"), ["https://stock.example"]);
    let inference = model.section("inference");
    assert_eq!(inference.table("words").table("domain").number("fachlich"), 3.0);
    assert_eq!(inference.table("tags").word("abfrage"), "read_side");
    assert_eq!((model.steps[1].effort, &model.steps[1].after[..]), (5.0, &[][..]));
    assert_eq!(model.constructs[model.construct("infra").expect("it stands there")].own_share, 0.9);
    assert_eq!(model.scoring.population(5), 0.5);
}

#[test]
fn links_are_added_changed_and_taken_out() {
    let model = changed(
        "[[links]]\nfrom = \"purity\"\nto = \"infra\"\nsign = \"-\"\nk = 0.6\n\
         [[links]]\nfrom = \"read\"\nto = \"deliv\"\nk = 0\n\
         [[links]]\nfrom = \"dip\"\nto = \"tst\"\nk = 0.5",
    );
    let (purity, infra) = (model.construct("purity"), model.construct("infra"));
    let last = model.links.last().expect("links");
    assert_eq!((Some(last.from), Some(last.to), last.sign, last.k), (purity, infra, Sign::Minus, 0.6));
    assert_eq!(model.links.len(), 30, "one more and one less");
    assert_eq!((model.links[1].k, model.links[1].sign), (0.5, Sign::Plus));
    assert!(!model.links[1].ground.is_empty(), "what is not said stays");
}

#[test]
fn a_link_can_be_turned_round() {
    let model = changed(
        "[[links]]\nfrom = \"tst\"\nto = \"pyr\"\nk = 0\n\
         [[links]]\nfrom = \"pyr\"\nto = \"tst\"\nsign = \"+\"\nk = 1",
    );
    let place = |id: &str| model.order.iter().position(|place| Some(*place) == model.construct(id));
    assert!(place("pyr") < place("tst"));
}

#[test]
fn unknown_keys_are_told_with_the_nearest() {
    wrong(
        "[lang]\nvage = []\n[purity.infra_free_itms]\nweight = 1\n[purity.infra_free_items]\nrmap = [0, 1]\n\
         [lag]\n[need]\nextend-complexity_min = [1]",
        expect![[r#"
            2:1: unknown key `vage` in `lang` -- did you mean `vague`?
            3:9: unknown key `infra_free_itms` in `purity` -- did you mean `infra_free_items`?
            6:1: unknown key `rmap` in `purity.infra_free_items` -- did you mean `ramp`?
            7:2: unknown key `lag` -- did you mean `lang`?
            9:1: `complexity_min` is no list of words, so nothing can be appended -- write `complexity_min = …`"#]],
    );
}

#[test]
fn values_must_make_sense() {
    wrong(
        "[need]\ncomplexity_min = 1.5\ndecisions = \"many\"\n\
         [purity]\nserde = \"lenient\"\n\
         [purity.infra_free_items]\nramp = [1]\nweight = -1\n\
         [dip]\ndirection = 3\n\
         [lang]\nvague = 3\nextend-participles = [3]\n\
         [evt]\ncheck_mood = \"no\"\n\
         [plan.events]\neffort = 0\nafter = [\"service\"]\n\
         [inference.words.domain]\nfach = \"hoch\"",
        expect![[r#"
            2:18: `complexity_min` must be within 0 and 1, but this is 1.5
            3:13: `decisions` must be a number, but this is a string
            5:9: `serde` cannot be `lenient` -- write one of `free`, `strict`
            7:8: `ramp` must be a list of 2 numbers
            8:10: `weight` must be 0 or more, but this is -1
            10:13: `direction` must be a table, but this is an integer
            12:9: `vague` must be a string or a list of strings, but this is an integer
            13:23: `participles` must hold strings, but this is an integer
            15:14: `check_mood` must be `true` or `false`, but this is a string
            17:10: `effort` must be more than 0, but this is 0
            18:10: there is no step `service` -- did you mean `service_layer`?
            20:8: `fach` must be a number, but this is a string"#]],
    );
    wrong(
        "[need]\ncomplexity_max = 0.2\ncomplexity_min = 0.5",
        expect![[r#"
        3:18: `complexity_min` is 0.5, above `complexity_max`, which is 0.2"#]],
    );
}

#[test]
fn links_must_make_sense() {
    wrong(
        "[[links]]\nfrom = \"purty\"\nto = \"infra\"\nsign = \"-\"\nk = 1\n\
         [[links]]\nfrom = \"purity\"\nto = \"infra\"\n\
         [[links]]\nfrom = \"infra\"\nto = \"purity\"\nsign = \"-\"\nk = 1\n\
         [[links]]\nfrom = \"pyr\"\nto = \"tst\"\nsign = \"+\"\nk = 1\n\
         [[links]]\nfrom = \"dip\"\nsign = \"*\"\nk = -1",
        expect![[r#"
            2:8: there is no construct `purty` -- did you mean `purity`?
            6:1: a new link needs `sign` and `k` -- write `sign = "+"` or `"-"`, and `k = 0.6` for a moderate influence
            9:1: `purity` is a lever, and nothing influences a lever -- name a mediator or an outcome in `to`
            14:1: `pyr` cannot influence `tst`, which already influences it -- take out one link of the circle
            19:1: a link needs `to`
            21:8: `sign` cannot be `*` -- write one of `+`, `-`
            22:5: `k` must be 0 or more, but this is -1"#]],
    );
    wrong(
        "[links]\na = 1",
        expect!["1:1: `links` must be a list of tables, each under `[[links]]`, but this is a table"],
    );
}

#[test]
fn the_schema_tells_what_each_constant_is() {
    let properties = properties();
    let full = &properties["scoring"]["properties"]["population_full"];
    assert_eq!(full["default"], 5);
    assert_eq!(full["description"], "members from which an indicator is fully trusted");
    assert_eq!(properties["lang"]["properties"]["extend-vague"]["type"], "array");
    assert_eq!(properties["purity"]["additionalProperties"], false);
}

#[test]
fn facts_alone_are_those_of_the_whole_file() {
    assert_eq!(&facts(None), parameters().section("facts"));
}
