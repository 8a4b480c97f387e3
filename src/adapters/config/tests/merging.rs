//! Presets and what refines them.

use crate::adapters::config::presets;
use crate::adapters::config::tests::{findings, judged, policy, problems};
use crate::domain::policy::layers::Access;
use crate::domain::policy::level::Level;
use crate::domain::policy::selector::Selector;

fn texts(selectors: &[Selector]) -> Vec<&str> {
    selectors.iter().map(|selector| &*selector.text).collect()
}

#[test]
fn every_preset_is_right_by_itself() {
    for name in presets::names() {
        let policy = policy(&format!("preset = \"{name}\""));
        assert_eq!(policy.preset.as_deref(), Some(name));
        assert_eq!(policy.sources, ["archlint.toml".to_owned(), format!("preset {name}")]);
        assert!(policy.layers.order.len() >= 4, "{name}");
        for layer in &policy.layers.list {
            assert!(
                layer.because.is_some() && layer.instead.is_some() && layer.role.is_some(),
                "{}",
                layer.name
            );
            assert!(layer.modules.iter().all(|selector| selector.optional), "{}", layer.name);
            assert!(!layer.crates.deny.is_empty(), "{}", layer.name);
        }
        assert!(judged("shop::domain::Order", &format!("preset = \"{name}\"")).problems.is_empty());
    }
}

#[test]
fn lists_replace_and_extensions_append() {
    let policy = policy(
        "preset = \"onion\"\n\
         [layers.domain]\n\
         modules = [\"shop::core\"]\n\
         crates = { extend-deny = [\"@async_runtime\"], allow = [\"uuid\"] }\n\
         [layers.adapters]\n\
         extend-modules = [\"shop::sql\"]\n\
         level = \"warn\"\n",
    );
    let layer = |name: &str| &policy.layers.list[policy.layers.named(name).expect("a layer")];
    assert_eq!(texts(&layer("domain").modules), ["shop::core"]);
    assert!(!layer("domain").modules[0].optional, "the user's own selectors must match");
    let deny = texts(&layer("domain").crates.deny);
    assert_eq!((deny.first(), deny.last()), (Some(&"@database"), Some(&"@async_runtime")));
    assert_eq!(texts(&layer("domain").crates.allow), ["uuid"]);
    let adapters = texts(&layer("adapters").modules);
    assert_eq!((adapters.first(), adapters.last()), (Some(&"*::adapters"), Some(&"shop::sql")));
    assert_eq!(layer("adapters").level, Some(Level::Warn));
    assert!(layer("adapters").because.is_some(), "other keys stay");
}

#[test]
fn a_new_order_drops_what_it_leaves_out() {
    let policy =
        policy("preset = \"layered\"\n[layers]\norder = [\"presentation\", \"business\"]\naccess = \"open\"");
    let names: Vec<&str> = policy.layers.list.iter().map(|layer| &*layer.name).collect();
    assert_eq!(names, ["presentation", "business", "shared"]);
    assert_eq!(policy.layers.access, Access::Open);
}

#[test]
fn an_extension_needs_no_base() {
    let policy = policy("[layers]\norder = [\"a\"]\n[layers.a]\nextend-modules = [\"shop::a\"]");
    assert_eq!(texts(&policy.layers.list[0].modules), ["shop::a"]);
}

#[test]
fn problems_after_a_merge_lie_in_the_users_file() {
    let told = problems("preset = \"onion\"\n[layers.domain]\ncrates = { extend-deny = [\"@databse\"] }");
    assert_eq!(told, "3:27: there is no category `databse` -- did you mean `database`?");
}

#[test]
fn the_onion_catches_the_usual_breaches() {
    let graph = "shop -> shop::adapters::Pg body\n\
                 shop::adapters::Pg -> shop::domain::Order use\n\
                 shop::domain::Order -> shop::adapters::Pg body src/domain.rs:3\n\
                 shop::domain::Order -> ext:sqlx::PgPool use src/domain.rs:4\n\
                 shop::application::Place -> shop::domain::Order use\n\
                 shop::application::Place -> ext:std::fs::read body src/application.rs:9\n\
                 shop::api::Route -> ext:axum::Router use";
    let found = findings(graph, "preset = \"onion\"");
    assert_eq!(
        found,
        "deny[layer-crates] layer `application` must not use `std` (filesystem), but this names `std::fs::read` (src/application.rs:9)\n\
         deny[layers] layer `domain` must not depend on `adapters`, but this names `shop::adapters::Pg` (src/domain.rs:3)\n\
         deny[layer-crates] layer `domain` must not use `sqlx` (database), but this names `sqlx::PgPool` (src/domain.rs:4)\n"
    );
}
