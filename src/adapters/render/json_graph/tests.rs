use super::*;
use crate::application::graph::{Level, Request, Shown, draw};
use crate::application::judged::Layers;
use crate::domain::graph::sketch::sketch;
use crate::domain::policy::facades::Facades;
use expect_test::{Expect, expect};

fn shows(level: Level, expected: Expect) {
    let shop = sketch(
        "shop -> shop::a::X use\n\
         shop -> shop::a::X test\n\
         shop::a::X -> ext:std::fs::File use",
    );
    let request = Request {
        level,
        focus: None,
        reaches: None,
        depth: None,
        tests: Shown::Yes,
        externals: Shown::Yes,
        definers: Shown::Yes,
        cap: None,
    };
    let drawing =
        draw(&shop, &Layers::default(), &Facades::default(), &request).expect("no name is looked up");
    expected.assert_eq(&graph(&shop, &drawing));
}

#[test]
fn one_record_for_each_pair_of_modules() {
    shows(
        Level::Module,
        expect![[r#"
            {"version": 1,
            "modules": [
            {"id":"shop","file":"shop/src/lib.rs","line":1,"kind":"file","crate":"shop","test":false},
            {"id":"shop::a","file":"shop/src/a.rs","line":1,"kind":"file","crate":"shop","test":false}
            ],
            "edges": [
            {"from":"shop","to":"shop::a","kinds":["use","body"],"file":"shop/src/lib.rs","line":1,"test":false,"via":[]},
            {"from":"shop::a","to":"ext:std::fs","kinds":["use"],"file":"shop/src/a.rs","line":3,"test":false,"via":[]}
            ]}
        "#]],
    );
}

#[test]
fn items_have_the_same_form() {
    shows(
        Level::Item,
        expect![[r#"
            {"version": 1,
            "modules": [
            {"id":"shop","file":"shop/src/lib.rs","line":1,"kind":"file","crate":"shop","test":false},
            {"id":"shop::a","file":"shop/src/a.rs","line":1,"kind":"file","crate":"shop","test":false},
            {"id":"shop::a::X","file":"shop/src/a.rs","line":1,"kind":"struct","crate":"shop","test":false}
            ],
            "edges": [
            {"from":"shop","to":"shop::a::X","kinds":["use","body"],"file":"shop/src/lib.rs","line":1,"test":false,"via":[]},
            {"from":"shop::a::X","to":"ext:std::fs::File","kinds":["use"],"file":"shop/src/a.rs","line":3,"test":false,"via":[]}
            ]}
        "#]],
    );
}
