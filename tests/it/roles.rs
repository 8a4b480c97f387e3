//! Roles of modules: the worked example to the digit, and one small workspace for each kind of vote.

use archlint::domain::policy::role::Role;
use archlint::domain::roles::Tag;

use crate::fixture::{inn, played, staged, written};

#[test]
fn the_example_has_its_roles() {
    let staged = staged(&inn(), "");
    let census = staged.census();
    let roles = staged.roles(&census);
    for (id, role, confidence) in [
        ("inn::domain::room", Role::Domain, 1.9 / 2.4),
        ("inn::domain::events", Role::Domain, 1.0),
        ("inn::domain::ports", Role::Domain, 2.4 / 3.4),
        ("inn::application::book_room", Role::Application, 2.9 / 3.9),
        ("inn::adapters::pg_rooms", Role::Adapter, 1.0),
        (
            "inn::http::rooms",
            Role::Entrypoint,
            (1.6 + 8.0 / 7.0 + 2.0 - 10.0 / 7.0) / (1.6 + 8.0 / 7.0 + 2.0),
        ),
        ("inn@bin", Role::Composition, 0.6),
        ("inn::domain::room::tests", Role::Test, 1.0),
        ("api", Role::Test, 1.0),
    ] {
        let played = played(&census, &roles, id);
        assert_eq!(played.role, Some(role), "{id}: {:#?}", played.votes);
        assert!(
            (played.confidence - confidence).abs() < 1e-9,
            "{id}: {} {:#?}",
            played.confidence,
            played.votes
        );
    }
    assert_eq!(played(&census, &roles, "inn::domain::ports").tags, [Tag::Port]);
    assert_eq!(played(&census, &roles, "inn::domain::events").tags, [Tag::Messages]);
}

#[test]
fn words_above_a_module_count_too() {
    let staged = written(
        "//- /src/lib.rs\nmod domain;\n//- /src/domain.rs\npub mod money;\n//- /src/domain/money.rs\npub struct Cents(pub u64);\n",
    );
    let census = staged.census();
    let roles = staged.roles(&census);
    assert_eq!(played(&census, &roles, "demo").role, None);
    assert_eq!(played(&census, &roles, "demo::domain::money").role, Some(Role::Domain));
}

#[test]
fn data_with_conversions_alone_is_what_those_who_name_it_are() {
    let staged = written(
        "//- /Cargo.toml\n[package]\nname = \"shop\"\n[dependencies]\naxum = \"0.8\"\nserde = \"1\"\n\
         //- /src/lib.rs\npub mod http;\npub mod orders;\npub mod wire;\n\
         //- /src/orders.rs\npub struct Order(pub u64);\n\
         //- /src/wire.rs\nuse serde::Deserialize;\nuse crate::orders::Order;\n\
         #[derive(Deserialize)]\npub struct Body {\n    pub id: u64,\n}\n\
         impl From<Body> for Order {\n    fn from(body: Body) -> Self {\n        Order(body.id)\n    }\n}\n\
         //- /src/http.rs\nuse axum::Json;\nuse crate::wire::Body;\n\
         pub async fn place(Json(body): Json<Body>) {\n    let _order = crate::orders::Order::from(body);\n}\n",
    );
    let census = staged.census();
    let roles = staged.roles(&census);
    let played = played(&census, &roles, "shop::wire");
    assert_eq!(played.role, Some(Role::Entrypoint), "{:#?}", played.votes);
}
