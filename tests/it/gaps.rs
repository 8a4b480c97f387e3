//! What is planted, and which rules stop it.

use std::collections::BTreeSet;

use archlint::adapters::config::parse;
use archlint::domain::contracts::judge_workspace;
use archlint::domain::contracts::probes::{Probe, Route, probe};
use archlint::domain::finding::Level;
use archlint::domain::graph::Graph;
use archlint::domain::graph::plant::{Garden, NEUTRAL, PLANTED};
use archlint::domain::graph::sketch::sketch;
use archlint::domain::policy::Policy;
use archlint::domain::source::workspace::Workspace;
use proptest::prelude::*;

use crate::support::{archlint, folder, out, package};

const GRAPH: &str = "shop\nshop::web::page -> shop::app::Use\nshop::app -> shop::domain::order::Order\n\
                     shop::web::page -> ext:sqlx::Pool\nshop::web -> shop::util::Id\n\
                     shop::domain::order -> shop::domain::money::Money";
const LAYERS: &str = "[layers]\norder = [\"web\", \"app\", \"domain\"]\n\
                      [layers.web]\nmodules = [\"shop::web\"]\n[layers.app]\nmodules = [\"shop::app\"]\n\
                      [layers.domain]\nmodules = [\"shop::domain\"]\n";

/// Everything that no rule stops, as layers and route.
fn gaps(rules: &str) -> Vec<String> {
    let policy = parse(rules, "archlint.toml").expect("the rules are right");
    let probes = probe(&Workspace::default(), &sketch(GRAPH), &policy, None);
    let gap = |probe: &Probe| format!("{} -> {} {}", probe.from_layer, probe.to_layer, probe.route.word());
    probes.iter().filter(|probe| probe.stopped_by.is_empty()).map(gap).collect()
}

#[test]
fn what_stands_in_no_layer_lets_everything_through() {
    let open = format!("{}\n", LAYERS.replace("[layers]\n", "[layers]\nunassigned = \"allow\"\n"));
    assert_eq!(
        gaps(&open),
        [
            "app -> web neutral",
            "domain -> web neutral",
            "domain -> app neutral",
            "app -> sqlx direct",
            "app -> sqlx neutral",
            "domain -> sqlx direct",
            "domain -> sqlx neutral",
        ]
    );
}

#[test]
fn what_all_may_use_is_no_gap() {
    let shared = LAYERS.replace("[layers.web]\n", "[layers.web]\nshared = true\n");
    assert!(gaps(&shared).iter().all(|gap| !gap.contains("-> web")), "{:?}", gaps(&shared));
}

#[test]
fn strict_rules_leave_no_gap() {
    let strict = LAYERS
        .replace("shop::app\"]\n", "shop::app\"]\ncrates = { deny = [\"@database\"] }\n")
        .replace("shop::domain\"]\n", "shop::domain\"]\ncrates = { deny = [\"@database\"] }\n");
    assert_eq!(gaps(&strict), Vec::<String>::new());
    let chains = strict.replace("[layers]\n", "[layers]\nunassigned = \"allow\"\nvia = \"any\"\n");
    assert_eq!(gaps(&chains), Vec::<String>::new());
}

#[test]
fn what_only_warns_or_is_excepted_stops_nothing() {
    let warned = LAYERS.replace("[layers]\n", "[layers]\nlevel = \"warn\"\n");
    assert!(gaps(&warned).contains(&"domain -> web direct".to_owned()));
    let excepted = LAYERS.replace("[layers]\n", "[layers]\nexcept = [\"shop::domain -> shop::web\"]\n");
    let left = gaps(&excepted);
    assert!(
        left.contains(&"domain -> web facade".to_owned()) && !left.contains(&"app -> web direct".to_owned())
    );
}

#[test]
fn the_command_fails_where_there_is_a_gap() {
    let shop = |unassigned: &str| {
        folder(&[
            ("Cargo.toml", package("shop")),
            (
                "archlint.toml",
                LAYERS.replace("[layers]\n", &format!("[layers]\nunassigned = \"{unassigned}\"\n")),
            ),
            ("src/lib.rs", "pub mod web;\npub mod app;\npub mod domain;\n".to_owned()),
            ("src/web.rs", "pub use crate::app::Use;\n".to_owned()),
            ("src/app.rs", "pub struct Use(crate::domain::Order);\n".to_owned()),
            ("src/domain.rs", "pub struct Order;\n".to_owned()),
        ])
    };
    let open = shop("warn");
    let run = archlint(open.path(), &["test-rules"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(
        out(&run).contains("not stopped: `domain` -> `web` through a module of no layer\n"),
        "{}",
        out(&run)
    );
    let json = archlint(open.path(), &["test-rules", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(out(&json)).expect("it is JSON");
    assert_eq!((&value["planted"], &value["gaps"]), (&9.into(), &3.into()));
    let none = folder(&[("Cargo.toml", package("shop")), ("src/lib.rs", "pub struct A;\n".to_owned())]);
    let run = archlint(none.path(), &["test-rules"]);
    assert_eq!(run.status.code(), Some(0));
    assert!(out(&run).starts_with("no layers are configured"));
}

#[test]
fn rules_that_name_roles_see_what_was_inferred() {
    let rules = "[layers]\norder = [\"web\", \"rest\"]\nlevel = \"warn\"\n[layers.web]\nmodules = [\"shop\", \
                 \"shop::web\"]\n[layers.rest]\nmodules = [\"shop::domain\"]\n\
                 [[rule]]\nname = \"core\"\nforbid = { from = \"role:domain\", to = \"role:entrypoint\" }\n";
    let shop = folder(&[
        ("Cargo.toml", format!("{}[dependencies]\naxum = \"0.8\"\n", package("shop"))),
        ("archlint.toml", rules.to_owned()),
        ("src/lib.rs", "pub mod domain;\npub mod web;\n".to_owned()),
        (
            "src/web.rs",
            "use axum::{Json, Router, routing::get};\npub fn routes() -> Router { Router::new().route(\"/\", \
             get(show)) }\nasync fn show() -> Json<u32> { Json(crate::domain::Order::new(1).total()) }\n"
                .to_owned(),
        ),
        (
            "src/domain.rs",
            "pub struct Order { total: u32 }\nimpl Order {\n  pub fn new(total: u32) -> Self { Self { total } }\n  \
             pub fn total(&self) -> u32 { if self.total > 9 { self.total - 1 } else { self.total } }\n}\n"
                .to_owned(),
        ),
    ]);
    let tried = archlint(shop.path(), &["test-rules", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(out(&tried)).expect("it is JSON");
    let direct = told["probes"].as_array().and_then(|all| all.iter().find(|one| one["route"] == "direct"));
    assert_eq!(direct.map(|one| one["stoppedBy"].to_string()), Some("[\"core\"]".to_owned()), "{told}");
}

/// What a judgement of the whole graph newly says of one thing that is planted in it.
fn judged_anew(graph: &Graph, policy: &Policy, probe: &Probe) -> Vec<String> {
    let told = |graph: &Graph| -> BTreeSet<(String, String, String)> {
        let found = judge_workspace(&Workspace::default(), graph, policy).findings;
        let denied = found.into_iter().filter(|finding| finding.level == Level::Deny);
        denied.map(|finding| (finding.rule, finding.key, finding.message)).collect()
    };
    let mut garden = Garden::of(graph);
    let source = graph.find(&probe.from).expect("it depends");
    let fresh = |garden: &mut Garden| garden.module(graph.root_of(source), NEUTRAL);
    let through = match probe.through.as_str() {
        "" => None,
        there => Some(graph.find(there).unwrap_or_else(|| fresh(&mut garden))),
    };
    let home = graph.find(probe.to.strip_suffix("::Planted").expect("a planted thing")).expect("its home");
    let target = match graph.is_external(home) {
        true => garden.external(home, PLANTED),
        false => garden.item(home, PLANTED),
    };
    match (probe.route, through) {
        (Route::Neutral, Some(neutral)) => {
            garden.edge(source, neutral, None);
            garden.edge(neutral, target, None);
        }
        (_, via) => {
            garden.edge(source, target, via);
        }
    }
    let mut planted = garden.graph().clone();
    planted.edges.sort_by_key(|edge| (edge.from, edge.to));
    let new: BTreeSet<String> = told(&planted).difference(&told(graph)).map(|one| one.0.clone()).collect();
    new.into_iter().collect()
}

/// Modules of four layers, of none, and technology.
const ENDS: [&str; 14] = [
    "shop::web::A",
    "shop::web::page::B",
    "shop::app::C",
    "shop::app::jobs::D",
    "shop::domain::E",
    "shop::domain::order::F",
    "shop::util::G",
    "shop::util::text::H",
    "core_lib::I",
    "core_lib::money::J",
    "core_lib::free::K",
    "ext:sqlx::Pool",
    "ext:axum::Router",
    "ext:serde::Serialize",
];

/// A few dependencies between them; nobody depends from outside.
fn sketches() -> impl Strategy<Value = String> {
    let edge = (0..11_usize, 0..ENDS.len(), 0..4_u8, 1..9_u8).prop_map(|(from, to, how, line)| {
        let how = ["body", "use", "signature test", "body via shop::util"][usize::from(how)];
        format!("{} -> {} {how} src/{from}.rs:{line}\n", ENDS[from], ENDS[to])
    });
    let all = "shop\ncore_lib\nshop::web::page\nshop::app::jobs\nshop::domain::order\ncore_lib::money\n";
    prop::collection::vec(edge, 3..30).prop_map(move |edges| format!("{all}{}", edges.concat()))
}

/// Rules of every kind, each there or not.
fn policies() -> impl Strategy<Value = String> {
    const RULES: [&str; 10] = [
        "forbid = { from = \"shop::{a}\", to = \"core_lib::{a}\" }\nvia = \"any\"",
        "forbid = { from = \"layer:domain\", to = [\"layer:web\", \"crate:sqlx\"] }",
        "only = { from = \"shop::domain\", to = [\"core_lib\", \"crate:serde\"] }\nvia = \"any\"",
        "protect = \"crate:sqlx\"\nonly = [\"layer:app\"]\nvia = \"any\"",
        "protect = \"shop::web::page\"\nonly = [\"shop::web\"]\nexcept = [\"shop::app -> shop::web\"]",
        "independent = \"shop::{part}\"\nvia = \"any\"",
        "acyclic = \"shop\"",
        "acyclic = [\"shop\", \"core_lib\"]\nby = \"modules\"",
        "acyclic = [\"shop\", \"core_lib\"]\nby = \"layers\"",
        "acyclic = [\"shop\", \"core_lib\"]\nby = \"crates\"\nlevel = \"warn\"",
    ];
    let rules = prop::collection::vec(any::<bool>(), RULES.len());
    (rules, 0..3_usize, 0..4_u8, any::<bool>()).prop_map(|(there, unassigned, more, free)| {
        let unassigned = ["deny", "warn", "allow"][unassigned];
        let more = ["", "via = \"any\"\n", "access = \"closed\"\n", "except = [\"* -> shop::web\"]\n"]
            [usize::from(more)];
        let util = if free { "" } else { ", \"shop\"" };
        let mut text = format!(
            "[layers]\norder = [\"web\", \"app\", \"domain\", \"core\"]\nunassigned = \"{unassigned}\"\n{more}\
             [layers.web]\nmodules = [\"shop::web\"{util}]\n[layers.app]\nmodules = [\"shop::app\"]\n\
             [layers.domain]\nmodules = [\"shop::domain\"]\ncrates = {{ deny = [\"@database\"] }}\n\
             [layers.core]\nmodules = [\"core_lib\", \"core_lib::money\"]\n"
        );
        for (number, rule) in RULES.iter().enumerate().filter(|(number, _)| there[*number]) {
            text.push_str(&format!("[[rule]]\nname = \"r{number}\"\n{rule}\n"));
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn all_at_once_is_judged_as_each_by_itself(text in sketches(), rules in policies()) {
        let policy = parse(&rules, "archlint.toml").expect("the rules are right");
        let graph = sketch(&text);
        for probe in probe(&Workspace::default(), &graph, &policy, None) {
            prop_assert_eq!(&probe.stopped_by, &judged_anew(&graph, &policy, &probe), "{:?}", &probe);
        }
    }
}
