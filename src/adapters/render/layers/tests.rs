use super::*;
use crate::domain::finding::Site;
use crate::domain::policy::role::Role;
use crate::domain::roles::Played;
use expect_test::expect;

fn row(id: &str, layer: Option<&str>, selector: &str) -> Row {
    let site = Site { file: format!("src/{id}.rs"), line: 1, column: 1, end_line: 1, end_column: 1 };
    let played = Played { role: Some(Role::Domain), confidence: 0.5, ..Played::default() };
    let layer = layer.map(str::to_owned);
    Row { id: id.to_owned(), site, layer, selector: selector.to_owned(), played, ..Row::default() }
}

#[test]
fn modules_stand_below_their_layer() {
    let told = Table {
        layers: vec!["web".to_owned(), "domain".to_owned()],
        packages: Vec::new(),
        rows: vec![
            row("shop", None, ""),
            row("shop::web", Some("web"), "shop::web"),
            row("shop::web::routes", Some("web"), "shop::web"),
        ],
    };
    expect![[r#"
        web (2 modules)
          shop::web           by shop::web   domain
          shop::web::routes   by shop::web   domain
        domain (0 modules)
        unassigned (1 module)
          shop                src/shop.rs    domain
    "#]]
    .assert_eq(&table(&told, Sheet::default()));
}

#[test]
fn a_module_shows_its_neighbours() {
    let neighbour = |id: &str, layer: Option<&str>, against| Neighbour {
        id: id.to_owned(),
        layer: layer.map(str::to_owned),
        site: row(id, None, "").site,
        against,
    };
    let told = Detail {
        row: row("shop::domain", Some("domain"), "shop::dom*"),
        uses: vec![neighbour("shop::web", Some("web"), true), neighbour("shop::ids", None, false)],
        used_by: Vec::new(),
    };
    expect![[r#"
        shop::domain   src/shop::domain.rs:1:1
          role: domain, confidence 0.50
          layer: domain, by shop::dom*
          by itself, without the modules below it:
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
