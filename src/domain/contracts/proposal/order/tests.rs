//! Layers for small graphs.

use crate::domain::contracts::proposal::{Style, propose};
use crate::domain::graph::sketch::sketch;
use crate::domain::policy::Policy;
use crate::domain::policy::role::Role;

/// The layers proposed: outermost first, `,` between those side by side.
fn layers(graph: &str, asked: Option<Style>) -> (Style, String) {
    let proposal = propose(&sketch(graph), &Policy::default(), &[], asked).expect("there are modules");
    let rank = |rank: &Vec<crate::domain::contracts::proposal::Proposed>| {
        rank.iter().map(|layer| layer.name.clone()).collect::<Vec<_>>().join(", ")
    };
    (proposal.style, proposal.ranks.iter().map(rank).collect::<Vec<_>>().join(" > "))
}

#[test]
fn what_is_called_nothing_goes_where_it_looks_like_unless_that_breaks_more() {
    let graph = sketch(
        "s::api::get -> s::fees::Fee()\ns::api::get -> s::desk::Desk()\ns::fees -> s::domain::Order()\n\
         s::db::save -> s::domain::Order()\ns::domain -> s::clock::Now()",
    );
    let looks = |id: &str| match id {
        "s::fees" => Some((Role::Application, 0.9)),
        "s::clock" => Some((Role::Adapter, 0.9)),
        // Too little is known to be sure.
        "s::desk" => Some((Role::Entrypoint, 0.1)),
        _ => None,
    };
    let parts: Vec<Option<(Role, f64)>> = graph.node_ids().map(|id| looks(&graph.id(id))).collect();
    let proposal = propose(&graph, &Policy::default(), &parts, None).expect("there are modules");
    let of = |name: &str| {
        let layer = proposal.ranks.iter().flatten().find(|layer| layer.name == name);
        layer.map(|layer| layer.modules.join(" ")).unwrap_or_default()
    };
    assert_eq!(of("application"), "s::fees");
    assert_eq!(of("adapters"), "s::db", "the domain names the clock");
    assert_eq!(of("domain"), "s::desk s::domain s::clock");
}

#[test]
fn modules_stand_in_the_order_of_their_dependencies() {
    let graph = "s@bin -> s::server::run()\ns::server -> s::cmd::Get\ns::client -> s::frame::Frame\n\
                 s::cmd::Get -> s::db::Db\ns::cmd::Get -> s::frame::Frame\ns::db -> s::frame::Frame\n\
                 s::frame -> s::Error";
    assert_eq!(
        layers(graph, None),
        (Style::Modules, "s > root > client, server > cmd > db > frame".to_owned())
    );
}

#[test]
fn a_program_may_call_what_the_root_of_its_library_defines() {
    let graph = "s@bin -> s::run()\ns::run() -> s::a::A\ns::a::A -> s::b::B";
    assert_eq!(layers(graph, None), (Style::Modules, "s > root > a > b".to_owned()));
}

#[test]
fn one_edge_back_is_an_exception_and_many_make_one_layer() {
    let once =
        "s::a::A -> s::b::B\ns::a::A -> s::b::B\ns::a::A -> s::b::B\ns::a::A -> s::b::B\ns::b -> s::a::A";
    assert_eq!(layers(once, None).1, "root > a > b");
    let often = "s::a::A -> s::b::B\ns::b::B -> s::a::A\ns::c -> s::a::A";
    assert_eq!(layers(often, None).1, "root > c > a-b");
}

#[test]
fn names_that_speak_of_an_onion_make_one() {
    let graph = "s::routes::f() -> s::domain::Order\ns::db::Pool -> s::domain::Order\ns::routes::f() -> s::db::Pool\n\
                 s::startup::run() -> s::routes::f()\ns::session -> s::domain::Order\ns::routes::f() -> s::session::Id";
    let (style, order) = layers(graph, None);
    assert_eq!((style, order.as_str()), (Style::Onion, "composition > entrypoints > adapters > domain"));
    let layered = "s::api::f() -> s::services::S\ns::services::S -> s::db::Pool";
    assert_eq!(
        layers(layered, None),
        (Style::Layered, "composition > presentation > business > persistence".to_owned())
    );
    assert_eq!(layers(layered, Some(Style::Modules)).0, Style::Modules);
}

/// The modules of a layer.
fn of(graph: &str, name: &str) -> String {
    let proposal = propose(&sketch(graph), &Policy::default(), &[], None).expect("there are modules");
    let layer = proposal.ranks.iter().flatten().find(|layer| layer.name == name);
    layer.map(|layer| layer.modules.join(" ")).unwrap_or_default()
}

#[test]
fn infrastructure_that_names_who_drives_puts_all_together() {
    let core = "s::db::Pool -> s::domain::Order\ns::cli::run() -> s::domain::Order\n";
    let wires = format!("{core}s::infrastructure::go() -> s::cli::run()");
    assert_eq!(of(&wires, "composition"), "=s s::infrastructure");
    let stores = format!("{core}s::cli::run() -> s::infrastructure::Store");
    assert_eq!(of(&stores, "adapters"), "s::db s::infrastructure");
}

#[test]
fn a_core_of_another_name_shows_by_the_storage_that_hangs_on_it() {
    let graph = sketch(
        "s::api::f() -> s::kernel::Order\ns::adapter::Pool -> s::kernel::Order\ns::api::f() -> s::adapter::Pool",
    );
    let looks = |id: &str| (id == "s::kernel").then_some((Role::Domain, 0.9));
    let parts: Vec<Option<(Role, f64)>> = graph.node_ids().map(|id| looks(&graph.id(id))).collect();
    let of = |parts: &[Option<(Role, f64)>]| {
        let proposal = propose(&graph, &Policy::default(), parts, None).expect("there are modules");
        let layer =
            proposal.ranks.into_iter().flatten().find(|layer| layer.modules == ["s::kernel".to_owned()]);
        (proposal.style, layer.map(|layer| layer.name).unwrap_or_default())
    };
    assert_eq!(of(&parts), (Style::Onion, "domain".to_owned()));
    assert_eq!(of(&[]), (Style::Layered, "shared".to_owned()), "nothing says that it is a core");
}

#[test]
fn what_names_no_technology_is_no_persistence() {
    let graph = "s::api::f() -> s::claims::Claims\ns::api::f() -> s::hash::of()\n\
                 s::db::Pool -> s::hash::of()\ns::api::f() -> s::db::Pool\ns::error::E -> s::hash::of()";
    assert_eq!(of(graph, "persistence"), "s::db");
    assert_eq!(of(graph, "business"), "s::claims");
    assert_eq!(of(graph, "shared"), "s::hash s::error");
}

#[test]
fn crates_are_layers_of_a_workspace() {
    let graph =
        "shop_cli@bin -> shop_core::Core\nshop_net::Net -> shop_core::Core\nshop_cli@bin -> shop_net::Net";
    assert_eq!(layers(graph, None), (Style::Crates, "shop-cli > shop-net > shop-core".to_owned()));
}

#[test]
fn a_module_may_be_called_like_a_key() {
    assert_eq!(layers("s::order::O -> s::tests::T", None).1, "root > order-layer > tests-layer");
}
