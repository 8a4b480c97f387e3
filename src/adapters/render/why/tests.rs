use super::*;
use crate::domain::finding::Site;
use crate::domain::graph::EdgeKind;
use expect_test::expect;

fn step(from: &str, to: &str, places: u32) -> Step {
    Step {
        from: from.to_owned(),
        to: to.to_owned(),
        kinds: vec![EdgeKind::Use, EdgeKind::Body],
        site: Site { file: "src/a.rs".to_owned(), line: 3, column: 5, end_line: 3, end_column: 9 },
        places,
        via: if places > 1 { vec!["shop".to_owned()] } else { Vec::new() },
        test: false,
    }
}

fn answer(chain: Vec<Step>, reverse: Vec<Step>) -> Answer {
    Answer { from: "shop::a".to_owned(), to: "shop::c".to_owned(), chain, reverse }
}

#[test]
fn each_hop_has_its_line() {
    let chain = vec![step("shop::a", "shop::bb", 1), step("shop::bb", "shop::c", 4)];
    let told = answer(chain, vec![step("shop::c", "shop::a", 1)]);
    expect![[r#"
        `shop::a` depends on `shop::c` in 2 steps:
          shop::a -> shop::bb   src/a.rs:3:5   use, body
          shop::bb -> shop::c   src/a.rs:3:5   use, body, through shop; 4 places
        the other way round too, in 1 step
    "#]]
    .assert_eq(&human(&told, Sheet::default()));
    expect![[r#"
        src/a.rs:3:5: shop::a -> shop::bb (use, body)
        src/a.rs:3:5: shop::bb -> shop::c (use, body)
    "#]]
    .assert_eq(&short(&told));
}

#[test]
fn no_chain_is_said_and_so_is_the_way_back() {
    expect![[r#"
        `shop::a` does not depend on `shop::c`, directly or through others
    "#]]
    .assert_eq(&human(&answer(Vec::new(), Vec::new()), Sheet::default()));
    expect![[r#"
        `shop::a` does not depend on `shop::c`, directly or through others
        the other way round it does, in 1 step:
          shop::c -> shop::a   src/a.rs:3:5   use, body
    "#]]
    .assert_eq(&human(&answer(Vec::new(), vec![step("shop::c", "shop::a", 1)]), Sheet::default()));
    expect![[r#"
        shop::a -> shop::c: no chain
    "#]]
    .assert_eq(&short(&answer(Vec::new(), Vec::new())));
}

#[test]
fn scripts_get_the_same() {
    let value: serde_json::Value =
        serde_json::from_str(&json(&answer(vec![step("shop::a", "shop::c", 2)], Vec::new())))
            .expect("it is JSON");
    assert_eq!(value["chain"][0]["kinds"], serde_json::json!(["use", "body"]));
    assert_eq!(value["chain"][0]["site"]["endColumn"], 9);
    assert_eq!(value["reverse"], serde_json::json!([]));
}
