use super::*;
use crate::domain::finding::Site;
use expect_test::expect;

fn row(id: &str, selector: &str) -> Row {
    let site = Site { file: format!("src/{id}.rs"), line: 1, column: 1, end_line: 1, end_column: 1 };
    Row { id: id.to_owned(), site, selector: selector.to_owned() }
}

#[test]
fn modules_stand_below_their_layer() {
    let told = Table {
        layers: vec![
            ("web".to_owned(), vec![row("shop::web", "shop::web"), row("shop::web::routes", "shop::web")]),
            ("domain".to_owned(), Vec::new()),
        ],
        unassigned: vec![row("shop", "")],
    };
    expect![[r#"
        web (2 modules)
          shop::web           by shop::web
          shop::web::routes   by shop::web
        domain (0 modules)
        unassigned (1 module)
          shop                src/shop.rs
    "#]]
    .assert_eq(&table(&told, Sheet::default()));
    let value: serde_json::Value = serde_json::from_str(&table_json(&told)).expect("it is JSON");
    assert_eq!(value["order"], serde_json::json!(["web", "domain"]));
    assert_eq!(value["modules"][2]["layer"], serde_json::Value::Null);
}

#[test]
fn without_layers_the_way_to_them_is_shown() {
    let told = Table { layers: Vec::new(), unassigned: vec![row("shop", "")] };
    expect![[r#"
        no layers are configured; of 1 module none stands in one
        declare them in archlint.toml: cargo archlint explain layers
    "#]]
    .assert_eq(&table(&told, Sheet::default()));
}

#[test]
fn a_module_shows_its_neighbours() {
    let neighbour = |id: &str, layer: Option<&str>, against| Neighbour {
        id: id.to_owned(),
        layer: layer.map(str::to_owned),
        site: row(id, "").site,
        against,
    };
    let told = Detail {
        row: row("shop::domain", "shop::dom*"),
        layer: Some("domain".to_owned()),
        uses: vec![neighbour("shop::web", Some("web"), true), neighbour("shop::ids", None, false)],
        used_by: Vec::new(),
    };
    expect![[r#"
        shop::domain   src/shop::domain.rs:1:1
          layer: domain, by shop::dom*
          uses 2 modules
            shop::web   web   src/shop::web.rs:1:1   against the order
            shop::ids   -     src/shop::ids.rs:1:1
          used by 0 modules
    "#]]
    .assert_eq(&detail(&told, Sheet::default()));
    let value: serde_json::Value = serde_json::from_str(&detail_json(&told)).expect("it is JSON");
    assert_eq!(value["uses"][0]["against"], true);
    assert_eq!(value["usedBy"], serde_json::json!([]));
}
