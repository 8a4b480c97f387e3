//! Findings on small graphs, rule kind by rule kind.

use expect_test::{Expect, expect};

use crate::adapters::config::tests::{against, findings, judged};

#[track_caller]
fn check(graph: &str, config: &str, expected: Expect) {
    expected.assert_eq(&findings(graph, config));
}

const THREE: &str = "[layers]\norder = [\"web\", \"app\", \"core\"]\n\
                     [layers.web]\nmodules = [\"shop::web\"]\n\
                     [layers.app]\nmodules = [\"shop::app\"]\n\
                     [layers.core]\nmodules = [\"shop::core\"]\n\
                     because = \"it is the core\"\ninstead = \"declare a port\"\n";

fn three(extra: &str) -> String {
    // The crate root is a module too, and layers are exhaustive.
    format!("{}{extra}", THREE.replace("\"shop::web\"", "\"shop::web\", \"=shop\""))
}

const USES: &str = "shop::web::Page -> shop::app::Run use src/web.rs:1\n\
                    shop::web::Page -> shop::core::Item use src/web.rs:2\n\
                    shop::app::Run -> shop::core::Item use src/app.rs:1\n\
                    shop::core::Item -> shop::web::Page use src/core.rs:7\n\
                    shop::core::Item -> shop::web::Page.show body src/core.rs:9\n\
                    shop::core::Item -> shop::web::Page body src/core.rs:3 test\n";

#[test]
fn open_layers_may_use_all_after_them() {
    check(
        USES,
        &three(""),
        expect![[r#"
        deny[layers] layer `core` must not depend on `web`, but this names `shop::web::Page` (src/core.rs:7 src/core.rs:9)
    "#]],
    );
}

#[test]
fn closed_layers_may_use_the_next_alone() {
    check(
        USES,
        &three("").replace("[layers]\n", "[layers]\naccess = \"closed\"\n"),
        expect![[r#"
        deny[layers] layer `core` must not depend on `web`, but this names `shop::web::Page` (src/core.rs:7 src/core.rs:9)
        deny[layers] layer `web` may use only the next one, `app`, not `core`, but this names `shop::core::Item` (src/web.rs:2)
    "#]],
    );
    check(
        USES,
        &three("").replace("[layers.web]\n", "[layers.web]\naccess = \"closed\"\n"),
        expect![[r#"
        deny[layers] layer `core` must not depend on `web`, but this names `shop::web::Page` (src/core.rs:7 src/core.rs:9)
        deny[layers] layer `web` may use only the next one, `app`, not `core`, but this names `shop::core::Item` (src/web.rs:2)
    "#]],
    );
}

#[test]
fn tests_are_judged_only_on_demand() {
    let graph = "shop::core::Item -> shop::web::Page body src/core.rs:3 test\n\
                 shop::core::Item -> shop::web::Page body src/core.rs:30\n\
                 shop::app::Run";
    check(
        graph,
        &three(""),
        expect![[r#"
        deny[layers] layer `core` must not depend on `web`, but this names `shop::web::Page` (src/core.rs:30)
    "#]],
    );
    check(
        graph,
        &three("").replace("[layers]\n", "[layers]\ntests = true\n"),
        expect![[r#"
        deny[layers] layer `core` must not depend on `web`, but this names `shop::web::Page` (src/core.rs:30 src/core.rs:3)
    "#]],
    );
}

#[test]
fn kinds_narrow_what_is_judged() {
    let config = "[[rule]]\nname = \"no body\"\nforbid = { from = \"shop::core\", to = \"shop::web\" }\nkinds = [\"body\"]";
    check(
        USES,
        config,
        expect![[r#"
        deny[no body] `shop::core` must not depend on `shop::web`, but this names `shop::web::Page` (src/core.rs:9)
    "#]],
    );
}

#[test]
fn layers_side_by_side_do_not_meet() {
    let config = three("").replace("\"web\", \"app\"", "[\"web\", \"app\"]");
    check(
        USES,
        &config,
        expect![[r#"
        deny[layers] layer `core` must not depend on `web`, but this names `shop::web::Page` (src/core.rs:7 src/core.rs:9)
        deny[layers] layers `web` and `app` stand side by side and must not meet, but this names `shop::app::Run` (src/web.rs:1)
    "#]],
    );
}

#[test]
fn shared_layers_are_for_all_and_use_none() {
    let config = three("[layers.util]\nshared = true\nmodules = [\"shop::util\"]");
    let graph = "shop::core::Item -> shop::util::Text use\n\
                 shop::util::Text -> shop::core::Item use src/util.rs:4\n\
                 shop::web::A -> shop::app::B\n";
    check(
        graph,
        &config,
        expect![[r#"
        deny[layers] layer `util` must not depend on `core`, but this names `shop::core::Item` (src/util.rs:4)
    "#]],
    );
}

#[test]
fn unassigned_modules_are_told_once() {
    let graph = "shop::misc::deep::A -> shop::web::B\nshop::app::C\nshop::core::D\nshop::misc::tests test\nshop@test::x::run()";
    check(
        graph,
        &three(""),
        expect![[r#"
        deny[unassigned] module `shop::misc` and one below it belong to no layer (shop/src/misc.rs:1)
    "#]],
    );
    check(
        graph,
        &three("").replace("[layers]\n", "[layers]\nunassigned = \"warn\"\n"),
        expect![[r#"
        warn[unassigned] module `shop::misc` and one below it belong to no layer (shop/src/misc.rs:1)
    "#]],
    );
    check(graph, &three("").replace("[layers]\n", "[layers]\nunassigned = \"allow\"\n"), expect![""]);
}

#[test]
fn the_longest_prefix_claims_a_module() {
    let config =
        three("").replace("[\"shop::core\"]", "[\"shop::core\", \"shop::web::pure\", \"shop::*::model\"]");
    let graph = "shop::web::pure::A -> shop::web::page::B use src/pure.rs:2\n\
                 shop::web::model::C -> shop::web::page::B use src/model.rs:2\n\
                 shop::app::D\nshop::core::E\n";
    check(
        graph,
        &config,
        expect![[r#"
        deny[layers] layer `core` must not depend on `web`, but this names `shop::web::page::B` (src/pure.rs:2)
    "#]],
    );
    let judgement = judged(graph, &config);
    expect![[r#"[("web", 4), ("app", 1), ("core", 2)]"#]]
        .assert_eq(&format!("{:?}", judgement.layers.counts));
}

#[test]
fn ties_are_told() {
    let config = three("").replace("[\"shop::core\"]", "[\"shop::core\", \"shop::web\"]");
    expect!["8:26: layers `web` (`shop::web`) and `core` (`shop::web`) both claim `shop::web` -- name more of the path in one of them: the longest literal prefix wins"].assert_eq(&against(USES, &config));
}

#[test]
fn selectors_that_match_nothing_are_told() {
    let config = "[[rule]]\nname = \"x\"\nforbid = { from = \"shop::cor\", to = \"shop::web\" }\n\
                  [[rule]]\nname = \"y\"\nforbid = { from = \"shop::core\", to = [\"sqlx::Pool\", \"gone::a?\"] }\n\
                  [[rule]]\nname = \"z\"\noptional = true\nacyclic = \"nowhere\"";
    let graph = format!("{USES}shop::core::Item -> ext:sqlx::Pool");
    expect![[r#"
        3:19: `shop::cor` matches nothing in this workspace -- did you mean `shop::core`?
        6:39: `sqlx::Pool` matches nothing in this workspace -- `sqlx` is an external crate: write `crate:sqlx::Pool`"#]].assert_eq(&against(&graph, config));
}

#[test]
fn a_crate_that_is_nearly_called_as_one_in_use_is_told_and_what_is_not_used_yet_is_not() {
    let graph = format!("{USES}shop::core::Item -> ext:sqlx::Pool");
    let rule = |krate: &str| format!("[[rule]]\nname = \"x\"\nprotect = \"crate:{krate}\"\nonly = []");
    expect!["3:11: nothing uses a crate `sqlxx` -- correct it to `crate:sqlx`, or write `crate:sqlxx?` if it may match nothing"]
        .assert_eq(&against(&graph, &rule("sqlxx")));
    for fine in ["sqlxx?", "diesel", "nobody_knows"] {
        assert_eq!(against(&graph, &rule(fine)), "", "{fine}");
    }
}

#[test]
fn tests_of_the_layers_are_run() {
    let test = |text: &str| format!("{}\n[[layers.test]]\n{text}\n", three(""));
    for fine in ["deny = \"shop::core -> shop::web\"", "allow = \"shop::web -> shop::core\""] {
        assert_eq!(against(USES, &test(fine)), "", "{fine}");
    }
    let wrong = against(USES, &test("deny = \"shop::web -> shop::core\""));
    assert!(
        wrong.contains("the order of layers lets `shop::web -> shop::core` through, which its test denies"),
        "{wrong}"
    );
    let wrong = against(USES, &test("allow = \"shop::core -> shop::web\""));
    assert!(
        wrong.contains("the order of layers stops `shop::core -> shop::web`, which its test allows"),
        "{wrong}"
    );
}

#[test]
fn forbid_with_and_without_captures() {
    let graph = "shop::a::domain::X -> shop::a::db::Pool use src/a.rs:1\n\
                 shop::a::domain::X -> shop::b::db::Pool use src/a.rs:2\n\
                 shop::b::domain::X -> shop::b::db::Pool use src/b.rs:3";
    let own = "[[rule]]\nname = \"own db\"\nforbid = { from = \"shop::{s}::domain\", to = \"shop::{s}::db\" }\nbecause = \"why\"";
    check(
        graph,
        own,
        expect![[r#"
        deny[own db] `shop::a::domain` must not depend on `shop::{s}::db`, but this names `shop::a::db::Pool` (src/a.rs:1)
        deny[own db] `shop::b::domain` must not depend on `shop::{s}::db`, but this names `shop::b::db::Pool` (src/b.rs:3)
    "#]],
    );
    let any = "[[rule]]\nname = \"db\"\nlevel = \"warn\"\nforbid = { from = \"shop::*::domain\", to = \"shop::*::db\" }\n\
               except = [\"shop::a::domain -> shop::b\"]";
    check(
        graph,
        any,
        expect![[r#"
        warn[db] `shop::a::domain` must not depend on `shop::*::db`, but this names `shop::a::db::Pool` (src/a.rs:1)
        warn[db] `shop::b::domain` must not depend on `shop::*::db`, but this names `shop::b::db::Pool` (src/b.rs:3)
    "#]],
    );
}

#[test]
fn an_exception_covers_the_facade_too() {
    let graph = "shop::a::X -> shop::b::inner::Y use src/a.rs:1 via shop::b::api\n\
                 shop::a::X -> shop::b::inner::Z use src/a.rs:2\n";
    let config = "[[rule]]\nname = \"api only\"\nforbid = { from = \"shop::a\", to = \"shop::b\" }\nexcept = \"shop::b::api\"";
    check(
        graph,
        config,
        expect![[r#"
        deny[api only] `shop::a` must not depend on `shop::b`, but this names `shop::b::inner::Z` (src/a.rs:2)
    "#]],
    );
}

#[test]
fn only_names_what_may_be_used() {
    let graph = "shop::core::X -> shop::kernel::Y use\n\
                 shop::core::X -> shop::core::sub::Z use\n\
                 shop::core::X -> shop::db::Pool use src/core.rs:3\n\
                 shop::core::X -> ext:serde::Serialize derive src/core.rs:1\n\
                 shop::core::X -> ext:sqlx::query macro src/core.rs:2\n\
                 shop::kernel::Y -> shop::db::Pool use src/kernel.rs:5";
    let config = "[[rule]]\nname = \"core\"\nonly = { from = \"shop::core\", to = \"shop::kernel\" }";
    check(
        graph,
        config,
        expect![[r#"
        deny[core] `shop::core` may use only `shop::kernel`, but this names `shop::db::Pool` (src/core.rs:3)
    "#]],
    );
    let crates = "[[rule]]\nname = \"core\"\nonly = { from = \"shop::core\", to = [\"shop::kernel\", \"shop::db\", \"crate:serde\"] }";
    check(
        graph,
        crates,
        expect![[r#"
            deny[core] `shop::core` may use only `shop::kernel`, `shop::db`, `serde`, but this names `sqlx::query` (src/core.rs:2)
        "#]],
    );
    let indirect = graph.replace("shop::core::X -> shop::db::Pool use src/core.rs:3", "");
    check(
        &indirect,
        &format!("{config}\nvia = \"any\""),
        expect![[r#"
        deny[core] `shop::core` may use only `shop::kernel`, but this reaches `shop::db::Pool` in 2 steps (shop/src/core.rs:1)
          shop::core -> shop::kernel shop/src/core.rs:1
          shop::kernel -> shop::db src/kernel.rs:5
    "#]],
    );
}

#[test]
fn protect_closes_a_door() {
    let graph = "shop::adapters::Pg -> ext:sqlx::PgPool use\n\
                 shop::domain::Order -> ext:sqlx::PgPool use src/domain.rs:2\n\
                 shop::web::Page -> shop::domain::Order use src/web.rs:2\n\
                 shop::main::Main -> shop::adapters::Pg use\n\
                 shop@test::t::run() -> ext:sqlx::PgPool use";
    let config = "[[rule]]\nname = \"sql\"\nprotect = \"crate:sqlx\"\nonly = \"shop::adapters\"";
    check(
        graph,
        config,
        expect![[r#"
            deny[sql] only `shop::adapters` may use `sqlx`, but this names `sqlx::PgPool` (src/domain.rs:2)
        "#]],
    );
    check(
        graph,
        &format!("{config}\nvia = \"any\""),
        expect![[r#"
            deny[sql] only `shop::adapters` may use `sqlx`, but this names `sqlx::PgPool` (src/domain.rs:2)
            deny[sql] only `shop::adapters` may use `sqlx`, but this reaches `sqlx::PgPool` in 2 steps (src/web.rs:2)
              shop::web -> shop::domain src/web.rs:2
              shop::domain -> ext:sqlx src/domain.rs:2
        "#]],
    );
    check(
        graph,
        "[[rule]]\nname = \"nobody\"\nprotect = \"@database\"\nonly = []\nexcept = \"shop::adapters -> crate:sqlx\"",
        expect![[r#"
            deny[nobody] nothing may use `@database`, but this names `sqlx::PgPool` (src/domain.rs:2)
        "#]],
    );
}

#[test]
fn independent_parts_do_not_meet() {
    let graph = "shop::orders::db::A -> shop::billing::db::B use src/orders.rs:4\n\
                 shop::orders::A -> shop::billing::contract::C use\n\
                 shop::billing::B -> shop::common::D use src/billing.rs:2\n\
                 shop::common::D -> shop::orders::A use src/common.rs:2\n\
                 shop::Root -> shop::orders::A";
    let config = "[[rule]]\nname = \"slices\"\nindependent = \"shop::{slice}\"\nexcept = [\"shop::{slice}::contract\", \"shop::common\"]";
    check(
        graph,
        config,
        expect![[r#"
        deny[slices] `common` and `orders` must not depend on each other, but this names `shop::orders::A` (src/common.rs:2)
        deny[slices] `orders` and `billing` must not depend on each other, but this names `shop::billing::db::B` (src/orders.rs:4)
    "#]],
    );
    let listed =
        "[[rule]]\nname = \"pair\"\nindependent = [\"shop::orders\", \"shop::billing\"]\nvia = \"any\"";
    check(
        graph,
        listed,
        expect![[r#"
        deny[pair] `shop::orders` and `shop::billing` must not depend on each other, but this names `shop::billing::contract::C` (shop/src/orders.rs:2)
        deny[pair] `shop::billing` and `shop::orders` must not depend on each other, but this reaches `shop::orders::A` in 2 steps (src/billing.rs:2)
          shop::billing -> shop::common src/billing.rs:2
          shop::common -> shop::orders src/common.rs:2
        deny[pair] `shop::orders` and `shop::billing` must not depend on each other, but this names `shop::billing::db::B` (src/orders.rs:4)
    "#]],
    );
}

#[test]
fn cycles_carry_their_way_round() {
    let graph = "shop::a::x::A -> shop::b::B use src/a.rs:1\n\
                 shop::b::B -> shop::c::C use src/b.rs:1\n\
                 shop::b::B -> shop::c::C body src/b.rs:2\n\
                 shop::c::C -> shop::a::A use src/c.rs:1\n\
                 shop::c::C -> shop::a::A body src/c.rs:2\n\
                 shop::c::C -> shop::Root body\n\
                 shop::Root -> shop::c::C body\n\
                 shop::a::A -> shop::a::x::A\n";
    check(
        graph,
        "[[rule]]\nname = \"no cycles\"\nacyclic = \"**\"",
        expect![[r#"
        deny[no cycles] `shop::a`, `shop::b`, `shop::c` depend on each other in a cycle; the cheapest to cut is `shop::a` -> `shop::b` (1 place) (src/a.rs:1)
          shop::a -> shop::b src/a.rs:1
          shop::b -> shop::c src/b.rs:1
          shop::c -> shop::a src/c.rs:1
    "#]],
    );
    check(graph, "[[rule]]\nname = \"no cycles\"\nacyclic = \"shop::a\"", expect![""]);
    let round = "shop::a::x::A -> shop::b::y::B\nshop::b::y::B -> shop::c::C\nshop::c::C -> shop::a::x::A\nshop::a::A -> shop::a::x::A";
    let modules = "[[rule]]\nname = \"m\"\nacyclic = \"shop\"\nby = \"modules\"";
    check(
        round,
        modules,
        expect![[r#"
            deny[m] `shop::a::x`, `shop::b::y`, `shop::c` depend on each other in a cycle; the cheapest to cut is `shop::c` -> `shop::a::x` (1 place) (shop/src/c.rs:3)
              shop::a::x -> shop::b::y shop/src/a/x.rs:1
              shop::b::y -> shop::c shop/src/b/y.rs:2
              shop::c -> shop::a::x shop/src/c.rs:3
        "#]],
    );
    check(round, &format!("{modules}\nexcept = \"shop::c -> shop::a\""), expect![""]);
    check(
        graph,
        "[[rule]]\nname = \"parts\"\nacyclic = \"shop::{part}\"",
        expect![[r#"
        deny[parts] `a`, `b`, `c` depend on each other in a cycle; the cheapest to cut is `a` -> `b` (1 place) (src/a.rs:1)
          a -> b src/a.rs:1
          b -> c src/b.rs:1
          c -> a src/c.rs:1
    "#]],
    );
}

#[test]
fn cycles_between_layers_and_crates() {
    let layers = "[layers]\norder = [\"one\", \"two\"]\nlevel = \"allow\"\nunassigned = \"allow\"\n\
                  [layers.one]\nmodules = [\"a\"]\n[layers.two]\nmodules = [\"b\"]\n";
    let graph = "a::x::A -> b::B use\nb::B -> a::y::C use";
    check(
        graph,
        &format!("{layers}[[rule]]\nname = \"l\"\nacyclic = \"**\"\nby = \"layers\""),
        expect![[r#"
            deny[l] `one` and `two` depend on each other; the cheapest to cut is `two` -> `one` (1 place) (b/src/lib.rs:2)
              one -> two a/src/x.rs:1
              two -> one b/src/lib.rs:2
        "#]],
    );
    check(
        graph,
        "[[rule]]\nname = \"c\"\nacyclic = \"**\"\nby = \"crates\"",
        expect![[r#"
            deny[c] `a` and `b` depend on each other; the cheapest to cut is `b` -> `a` (1 place) (b/src/lib.rs:2)
              a -> b a/src/x.rs:1
              b -> a b/src/lib.rs:2
        "#]],
    );
}

#[test]
fn crate_lists_of_layers_and_rules() {
    let graph = "shop::core::X -> ext:sqlx::PgPool use src/core.rs:1\n\
                 shop::core::X -> ext:sqlx::PgPool::connect body src/core.rs:2\n\
                 shop::core::X -> ext:uuid::Uuid use src/core.rs:3\n\
                 shop::core::X -> ext:tokio::fs::File use src/core.rs:4\n\
                 shop::core::X -> ext:tokio::sync::Mutex use src/core.rs:5\n\
                 shop::core::X -> ext:std::fs::read body src/core.rs:6\n\
                 shop::core::X -> ext:core::fmt::Debug derive src/core.rs:7\n\
                 shop::web::A -> ext:sqlx::PgPool\nshop::app::B";
    let deny = three(
        "crates = { deny = [\"@database\", \"@filesystem\", \"@async_runtime\"], allow = [\"tokio::fs::File\"] }",
    );
    check(
        graph,
        &deny,
        expect![[r#"
            deny[layer-crates] layer `core` must not use `sqlx` (database), but this names `sqlx::PgPool` (src/core.rs:1 src/core.rs:2)
            deny[layer-crates] layer `core` must not use `std` (filesystem), but this names `std::fs::read` (src/core.rs:6)
        "#]],
    );
    check(
        graph,
        &three("crates = { only = [\"uuid\"], deny = [\"std::fs\"] }"),
        expect![[r#"
        deny[layer-crates] layer `core` may use only the crates on its list, not `sqlx`, but this names `sqlx::PgPool` (src/core.rs:1 src/core.rs:2)
        deny[layer-crates] layer `core` may use only the crates on its list, not `tokio`, but this names `tokio::fs::File` (src/core.rs:4)
        deny[layer-crates] layer `core` may use only the crates on its list, not `tokio`, but this names `tokio::sync::Mutex` (src/core.rs:5)
        deny[layer-crates] layer `core` must not use `std::fs`, but this names `std::fs::read` (src/core.rs:6)
    "#]],
    );
    let rule =
        "[[rule]]\nname = \"pure\"\nfrom = \"shop::core\"\ncrates = { deny = [\"tokio\", \"core::fmt\"] }";
    check(
        graph,
        rule,
        expect![[r#"
        deny[pure] `shop::core` must not use `tokio`, but this names `tokio::fs::File` (src/core.rs:4)
        deny[pure] `shop::core` must not use `tokio`, but this names `tokio::sync::Mutex` (src/core.rs:5)
        deny[pure] `shop::core` must not use `core::fmt`, but this names `core::fmt::Debug` (src/core.rs:7)
    "#]],
    );
    let own = "[crates]\nuuid = \"database_sql\"\n[[rule]]\nname = \"pure\"\nfrom = \"shop::core\"\ncrates = { deny = [\"@database_sql\"] }";
    check(
        graph,
        own,
        expect![[r#"
        deny[pure] `shop::core` must not use `sqlx` (database sql), but this names `sqlx::PgPool` (src/core.rs:1 src/core.rs:2)
        deny[pure] `shop::core` must not use `uuid` (database sql), but this names `uuid::Uuid` (src/core.rs:3)
    "#]],
    );
}

#[test]
fn crate_selectors_know_packages_and_libraries() {
    let graph = "shop::a::A -> ext:s3::Bucket use src/a.rs:1\n\
                 shop::a::A -> my_lib::B use src/a.rs:2\n\
                 shop::a::A -> ext:aws_sdk_s3::Client use src/a.rs:3";
    let config = "[[rule]]\nname = \"x\"\nforbid = { from = \"shop\", to = [\"crate:rust-s3\", \"crate:my-lib\", \"crate:aws-sdk-*\"] }";
    check(
        graph,
        config,
        expect![[r#"
            deny[x] `shop::a` must not depend on `crate:rust-s3`, but this names `s3::Bucket` (src/a.rs:1)
            deny[x] `shop::a` must not depend on `crate:my-lib`, but this names `my_lib::B` (src/a.rs:2)
            deny[x] `shop::a` must not depend on `crate:aws-sdk-*`, but this names `aws_sdk_s3::Client` (src/a.rs:3)
        "#]],
    );
}

#[test]
fn std_paths_cover_core_and_alloc() {
    let graph = "shop::a::A -> ext:core::cell::RefCell use src/a.rs:1\nshop::a::A -> ext:std::cell::Cell use src/a.rs:2\n\
                 shop::a::A -> ext:alloc::vec::Vec use src/a.rs:3";
    check(
        graph,
        "[[rule]]\nname = \"x\"\nforbid = { from = \"shop\", to = \"std::cell\" }",
        expect![[r#"
        deny[x] `shop::a` must not depend on `std::cell`, but this names `core::cell::RefCell` (src/a.rs:1)
        deny[x] `shop::a` must not depend on `std::cell`, but this names `std::cell::Cell` (src/a.rs:2)
    "#]],
    );
    check(
        graph,
        "[[rule]]\nname = \"no std\"\nforbid = { from = \"shop\", to = \"std\" }",
        expect![[r#"
        deny[no std] `shop::a` must not depend on `std`, but this names `std::cell::Cell` (src/a.rs:2)
    "#]],
    );
}

#[test]
fn roles_select_by_hand_and_by_layer() {
    let config = three(
        "[roles]\n\"shop::app\" = \"application\"\n\"shop::app::sub\" = { role = \"adapter\", tags = [\"read_side\"] }\n\
                        [[rule]]\nname = \"r\"\nforbid = { from = \"role:application\", to = \"role:adapter\" }",
    );
    let graph = "shop::app::A -> shop::app::sub::B use src/app.rs:4\nshop::web::X -> shop::app::sub::B\nshop::core::Y";
    check(
        graph,
        &config,
        expect![[r#"
        deny[r] `shop::app` must not depend on `role:adapter`, but this names `shop::app::sub::B` (src/app.rs:4)
    "#]],
    );
}

#[test]
fn exact_selectors_leave_out_what_lies_below() {
    let graph = "shop::a::A -> shop::b::B use src/a.rs:1\nshop::a::sub::C -> shop::b::B use src/sub.rs:1";
    check(
        graph,
        "[[rule]]\nname = \"x\"\nforbid = { from = \"=shop::a\", to = \"shop::b\" }",
        expect![[r#"
        deny[x] `shop::a` must not depend on `shop::b`, but this names `shop::b::B` (src/a.rs:1)
    "#]],
    );
}

#[test]
fn chains_have_a_line_for_every_hop() {
    let graph = "shop::a::A -> shop::m::M use src/a.rs:1\n\
                 shop::m::M -> shop::n::N use src/m.rs:2\n\
                 shop::n::N -> shop::b::B use src/n.rs:3\n\
                 shop::m::M -> shop::b::B use src/m.rs:9 test\n";
    let config = "[[rule]]\nname = \"far\"\nvia = \"any\"\nforbid = { from = \"shop::a\", to = \"shop::b\" }";
    check(
        graph,
        config,
        expect![[r#"
        deny[far] `shop::a` must not depend on `shop::b`, but this reaches `shop::b::B` in 3 steps (src/a.rs:1)
          shop::a -> shop::m src/a.rs:1
          shop::m -> shop::n src/m.rs:2
          shop::n -> shop::b src/n.rs:3
    "#]],
    );
    check(graph, &format!("{config}\nexcept = \"shop::m -> shop::n\""), expect![""]);
    check(graph, &config.replace("any", "direct"), expect![""]);
}

#[test]
fn rule_tests_plant_an_edge() {
    let config = "[[rule]]\nname = \"slices\"\nindependent = \"shop::{slice}\"\nexcept = \"shop::{slice}::contract\"\n\
                  [[rule.test]]\ndeny = [\"shop::orders::domain -> shop::billing::db\", \"shop::x -> shop::y::contract::Z\"]\n\
                  [[rule.test]]\nallow = [\"shop::orders::a -> shop::orders::b\", \"shop::orders::domain -> shop::billing::db\"]\n\
                  [[rule]]\nname = \"sql\"\nlevel = \"allow\"\nprotect = \"crate:sqlx\"\nonly = \"shop::db\"\n\
                  [[rule.test]]\ndeny = \"shop::orders -> sqlx::PgPool\"\nallow = \"shop::db -> sqlx::PgPool\"";
    let graph = "shop::orders::A\nshop::x::contract::B\nshop::db::C -> ext:sqlx::PgPool";
    expect![[r#"
        6:54: rule `slices` lets `shop::x -> shop::y::contract::Z` through, which its test denies -- widen the selectors of the rule, or correct the test
        8:48: rule `slices` stops `shop::orders::domain -> shop::billing::db`, which its test allows -- narrow the rule, add an `except`, or correct the test"#]].assert_eq(&against(graph, config));
}

#[test]
fn what_was_judged_is_counted() {
    let config = "[[rule]]\nname = \"x\"\nforbid = { from = \"shop::core\", to = \"shop::web\" }\n\
                  [[rule]]\nname = \"y\"\nforbid = { from = \"shop::alone\", to = \"shop::web\" }";
    let judgement = judged(&format!("{USES}shop::alone::Z"), config);
    expect!["Evaluated { contracts: 2, effective: 1, modules: 2, edges: 2 }"]
        .assert_eq(&format!("{:?}", judgement.evaluated));
}

#[test]
fn keys_outlive_moved_lines() {
    let keys = |graph: &str| -> Vec<String> {
        judged(graph, &three("")).findings.into_iter().map(|finding| finding.key).collect()
    };
    let moved = USES.replace("core.rs:7", "core.rs:70");
    assert_eq!(keys(USES), keys(&moved));
    assert_eq!(keys(USES).len(), 1);
    let finding = &judged(USES, &three("")).findings[0];
    assert_eq!(finding.because.as_deref(), Some("it is the core"));
    assert_eq!(finding.instead.as_deref(), Some("declare a port"));
    assert_eq!(
        (&*finding.from, &*finding.to, &*finding.item),
        ("shop::core", "shop::web", "shop::web::Page")
    );
}
