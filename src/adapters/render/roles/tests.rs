use super::*;
use crate::application::layers::Placed;
use crate::domain::finding::Site;
use crate::domain::policy::kind::PackageKind;
use crate::domain::roles::{Ground, Vote};
use expect_test::expect;

fn module(id: &str, role: Option<Role>) -> Row {
    let vote = |role, weight, why: &str| Vote { by: Ground::Path, role, weight, why: why.to_owned() };
    let votes = vec![
        vote(Role::Adapter, 0.5, "1 of 4 items name what the program drives"),
        vote(Role::Domain, 2.4, "path word `domain` in `domain`"),
        vote(Role::Domain, 0.25, "traits"),
    ];
    let site = Site { file: format!("src/{id}.rs"), line: 1, column: 1, end_line: 1, end_column: 1 };
    let played = Played { role, tags: vec![Tag::Port], confidence: 0.811_349, votes };
    Row { id: id.to_owned(), site, played, ..Row::default() }
}

fn told() -> Table {
    let mut test = module("shop::tests", Some(Role::Test));
    test.placed = Placed::Beside;
    let packages = vec![("shop".to_owned(), PackageKind::Service)];
    Table { layers: Vec::new(), packages, rows: vec![module("shop::orders", Some(Role::Domain)), test] }
}

#[test]
fn parts_stand_from_the_outside_in() {
    expect![[r#"
        no layers are configured; parts as inferred from the code
        shop: service

        domain (1 module)
          shop::orders   0.81   port

        the number is the confidence; every vote for a part: cargo archlint layers --explain MODULE
    "#]]
    .assert_eq(&table(&told(), Sheet::default()));
}

#[test]
fn votes_stand_below_the_role_they_are_for() {
    expect![[r#"
        shop::orders   src/shop::orders.rs:1:1
          role: domain, confidence 0.81, port
            2.65  domain
              2.40  path word `domain` in `domain`
              0.25  traits
            0.50  adapter
              0.50  1 of 4 items name what the program drives
    "#]]
    .assert_eq(&row(&module("shop::orders", Some(Role::Domain)), Sheet::default()));
}

#[test]
fn scripts_get_every_module() {
    let value: serde_json::Value = serde_json::from_str(&table_json(&told())).expect("it is JSON");
    assert_eq!(value["packages"], serde_json::json!([{ "name": "shop", "kind": "service" }]));
    let first = serde_json::json!({
        "id": "shop::orders", "file": "src/shop::orders.rs", "role": "domain", "tags": ["port"],
        "confidence": 0.8113, "layer": null, "votes": value["modules"][0]["votes"],
    });
    assert_eq!(value["modules"][0], first);
    assert_eq!(value["modules"][1]["role"], "test");
}
