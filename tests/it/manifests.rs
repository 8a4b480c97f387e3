//! Manifests against source: manifests and code in, findings out.

use archlint::adapters::config::parse;
use archlint::adapters::memory::Memory;
use archlint::application::analyse::analyse;
use archlint::application::judge::judge_all;
use archlint::application::ports::Codebase;
use expect_test::{Expect, expect};

/// What is found, a line each: place, level, rule, message.
fn found(config: &str, manifest: &str, files: &[(&str, &str)]) -> String {
    let package = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
    let manifest = if manifest.contains("[package]") || manifest.starts_with("[workspace]") {
        manifest.to_owned()
    } else {
        format!("{package}{manifest}")
    };
    let mut all = vec![("Cargo.toml".to_owned(), manifest)];
    all.extend(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    let memory = Memory::new(all);
    let analysis = analyse(&memory).expect("the manifest is whole");
    let policy = parse(config, "archlint.toml").expect("the configuration is right");
    let judged = judge_all(&analysis, &policy, &|paths| memory.texts(paths));
    assert_eq!(judged.problems, []);
    let mut lines: Vec<String> = judged
        .findings
        .iter()
        .map(|finding| {
            let places: Vec<String> = finding
                .sites
                .iter()
                .map(|site| format!("{}:{}:{}-{}", site.file, site.line, site.column, site.end_column))
                .collect();
            format!("{} {} {}: {}", places.join(" "), finding.level.word(), finding.rule, finding.message)
        })
        .collect();
    lines.sort();
    lines.join("\n")
}

/// Asks for every rule at its own level, so that doubts are told too.
const ASKED: &str = "[lints]
unused-dependency = \"warn\"
dev-dependency-in-production = \"warn\"
undeclared-crate = \"warn\"
test-only-dependency = \"note\"
";

fn check(manifest: &str, files: &[(&str, &str)], expected: Expect) {
    expected.assert_eq(&found(ASKED, manifest, files));
}

fn silent(manifest: &str, files: &[(&str, &str)]) {
    assert_eq!(found(ASKED, manifest, files), "");
}

#[test]
fn doubts_are_told_only_where_a_rule_is_asked_for() {
    let manifest = "[dependencies]\nrand = { version = \"0.8\", optional = true }\nserde = \"1\"\n";
    let files = [("src/lib.rs", "")];
    assert_eq!(found("", manifest, &files).matches("unused-dependency").count(), 1);
    assert_eq!(found(ASKED, manifest, &files).matches("unused-dependency").count(), 2);
}

#[test]
fn a_dependency_that_nothing_names_is_unused() {
    check(
        "[dependencies]\nserde = \"1\"\nrand = \"0.8\"\n",
        &[("src/lib.rs", "use serde::Serialize;\nfn f(rand: u8) -> u8 { rand }\n")],
        expect![[
            r#"Cargo.toml:7:1-5 warn unused-dependency: `rand` is declared in `[dependencies]`, but `shop` never names `rand`"#
        ]],
    );
}

#[test]
fn every_way_to_name_a_crate_is_a_use() {
    for code in [
        "use rand::Rng;",
        "use rand as dice;",
        "use rand::Rng as _;",
        "use {rand, std::fmt};",
        "pub use rand;",
        "extern crate rand;",
        "extern crate rand as _;",
        "#[macro_use] extern crate rand;",
        "fn f() -> u8 { rand::random() }",
        "fn f() -> u8 { ::rand::random() }",
        "rand::make! { a }",
        "#[derive(rand::Roll)] struct A;",
        "#[rand::main] fn f() {}",
        "struct A(rand::Dice);",
        "#[derive(serde::Serialize)] struct A { #[serde(with = \"rand::hex\")] a: u8 }",
        "macro_rules! roll { () => { rand::random() } }",
        "fn f() { unknown!(rand::random() => 6) }",
        "#[cfg(feature = \"dice\")] fn f() { rand::random() }",
        "#[cfg(any())] mod gone { use rand::Rng; }",
    ] {
        let manifest = "[dependencies]\nrand = \"0.8\"\nserde = \"1\"\n[features]\ndice = []\n";
        let code = format!("{code}\nuse serde::Deserialize as D;\n");
        assert_eq!(found("", manifest, &[("src/lib.rs", &code)]), "", "{code}");
    }
}

#[test]
fn what_only_has_the_name_of_a_crate_is_no_use() {
    for code in [
        "mod rand { pub fn random() {} }\nfn f() { self::rand::random() }",
        "// rand::random() was here\nfn f() {}",
        "fn f() { let rand = 1; let _ = rand; }",
        "struct A { rand: u8 }",
        "fn f() -> &'static str { \"rand\" }",
    ] {
        let told = found("", "[dependencies]\nrand = \"0.8\"\n", &[("src/lib.rs", code)]);
        assert!(told.contains("unused-dependency"), "{code}: {told}");
    }
}

#[test]
fn renamed_and_hyphenated_packages_go_by_their_names_in_code() {
    silent(
        "[dependencies]\ndice = { package = \"rand\", version = \"0.8\" }\nmy-crate = \"1\"\nmd-5 = \"0.10\"\nrust-s3 = \"1\"\n",
        &[("src/lib.rs", "use dice::Rng; use my_crate::A; use md5::Md5; use s3::Bucket;")],
    );
    check(
        "[dependencies]\ndice = { package = \"rand\", version = \"0.8\" }\n",
        &[("src/lib.rs", "")],
        expect![[
            r#"Cargo.toml:6:1-5 warn unused-dependency: `rand` is declared in `[dependencies]`, but `shop` never names `dice`"#
        ]],
    );
}

#[test]
fn a_library_of_an_unlike_name_keeps_its_package_from_being_called_unused() {
    // Nobody tells us that the library of `fast-hash-rs` is `fasthash`.
    silent("[dependencies]\nfast-hash-rs = \"1\"\n", &[("src/lib.rs", "use fasthash::Hash;")]);
    check(
        "[dependencies]\nqwerty = \"1\"\n",
        &[("src/lib.rs", "use fasthash::Hash;")],
        expect![[r#"
            Cargo.toml:6:1-7 note unused-dependency: `qwerty` is declared in `[dependencies]`, but `shop` never names `qwerty` (its library may have another name)
            src/lib.rs:1:15-19 note undeclared-crate: `Cargo.toml` does not declare the crate `fasthash` that is named here (it may be the library of `qwerty`)"#]],
    );
}

#[test]
fn each_table_is_held_against_the_code_it_is_for() {
    check(
        "[dependencies]\nrand = \"0.8\"\n[dev-dependencies]\ntempfile = \"3\"\ninsta = \"1\"\n\
         [build-dependencies]\ncc = \"1\"\nrand = \"0.8\"\n",
        &[
            (
                "src/lib.rs",
                "fn f() { rand::random() }\n#[cfg(test)] mod tests { use insta::assert_snapshot; }",
            ),
            ("build.rs", "fn main() { cc::Build::new(); }"),
        ],
        expect![[r#"
            Cargo.toml:12:1-5 warn unused-dependency: `rand` is declared in `[build-dependencies]`, but `shop` never names `rand`
            Cargo.toml:8:1-9 warn unused-dependency: `tempfile` is declared in `[dev-dependencies]`, but `shop` never names `tempfile`"#]],
    );
}

#[test]
fn tests_benchmarks_examples_and_doctests_use_dev_dependencies() {
    silent(
        "[dev-dependencies]\na = \"1\"\nb = \"1\"\nc = \"1\"\nd = \"1\"\ne = \"1\"\n",
        &[
            ("src/lib.rs", "/// ```\n/// use d::D;\n/// ```\npub fn f() {}\n#[test]\nfn t() { a::a() }\n"),
            ("tests/t.rs", "use b::B;"),
            ("benches/b.rs", "use c::C;"),
            ("examples/e.rs", "use e::E;"),
        ],
    );
    silent(
        "[dev-dependencies]\na = \"1\"\n",
        &[("src/lib.rs", ""), ("README.md", "```rust\nuse a::A;\n```\n")],
    );
}

#[test]
fn the_tests_share_of_a_dependency_of_all_is_no_finding() {
    silent(
        "[dependencies]\na = \"1\"\n[dev-dependencies]\na = { version = \"1\", features = [\"test\"] }\n",
        &[("src/lib.rs", "use a::A;")],
    );
}

#[test]
fn where_absence_proves_little_it_is_a_note_that_says_why() {
    check(
        "[features]\nfast = [\"zlib/simd\"]\n[dependencies]\nopt = { version = \"1\", optional = true }\n\
         zlib = \"1\"\njs = { version = \"1\", features = [\"wasm\"] }\nopenssl-sys = \"1\"\n\
         [target.'cfg(windows)'.dependencies]\nwinapi = \"1\"\n[target.'cfg(any())'.dependencies]\ntie = \"1\"\n",
        &[("src/lib.rs", "//! See [`docs`].")],
        expect![[r#"
            Cargo.toml:10:1-3 note unused-dependency: `js` is declared in `[dependencies]`, but `shop` never names `js` (it asks for `wasm`, which may be all it is for)
            Cargo.toml:11:1-12 note unused-dependency: `openssl-sys` is declared in `[dependencies]`, but `shop` never names `openssl_sys` (it may only link a library)
            Cargo.toml:13:1-7 note unused-dependency: `winapi` is declared in `[dependencies]`, but `shop` never names `winapi` (it is only for `cfg(windows)`)
            Cargo.toml:8:1-4 note unused-dependency: `opt` is declared in `[dependencies]`, but `shop` never names `opt` (it is optional)
            Cargo.toml:9:1-5 note unused-dependency: `zlib` is declared in `[dependencies]`, but `shop` never names `zlib` (feature `fast` turns it or a part of it on)"#]],
    );
    check(
        "[dependencies]\nprost = \"1\"\nheck = \"1\"\n",
        &[("src/lib.rs", "//! As [`heck`] does.\ninclude!(concat!(env!(\"OUT_DIR\"), \"/a.rs\"));")],
        expect![[r#"
            Cargo.toml:6:1-6 note unused-dependency: `prost` is declared in `[dependencies]`, but `shop` never names `prost` (code that is generated may name it)
            Cargo.toml:7:1-5 note unused-dependency: `heck` is declared in `[dependencies]`, but `shop` never names `heck` (code that is generated may name it; documentation does)"#]],
    );
}

#[test]
fn what_could_not_be_read_may_name_anything() {
    check(
        "[dependencies]\nrand = \"0.8\"\n",
        &[("src/lib.rs", "pub fn f() {}\nfn g( { }\n")],
        expect![[
            r#"Cargo.toml:6:1-5 note unused-dependency: `rand` is declared in `[dependencies]`, but `shop` never names `rand` (parts of the package could not be read)"#
        ]],
    );
}

#[test]
fn what_the_macros_of_a_crate_write_may_name_it() {
    silent(
        "[dependencies]\nstrum = \"1\"\nstrum_macros = \"1\"\n",
        &[("src/lib.rs", "#[derive(strum_macros::EnumIter)] enum A { B }")],
    );
}

#[test]
fn production_that_names_a_dev_dependency() {
    check(
        "[dev-dependencies]\nrand = \"0.8\"\nfake = \"1\"\n[features]\ntesting = []\n",
        &[(
            "src/lib.rs",
            "fn f() { rand::random() }\n#[cfg(feature = \"testing\")]\npub mod doubles { use fake::Fake; }\n\
             #[test]\nfn t() { rand::random() }\n",
        )],
        expect![[r#"
            Cargo.toml:6:1-5 src/lib.rs:1:10-22 warn dev-dependency-in-production: `rand` is declared in `[dev-dependencies]`, but production code of `shop` names it
            Cargo.toml:7:1-5 src/lib.rs:3:29-33 note dev-dependency-in-production: `fake` is declared in `[dev-dependencies]`, but production code of `shop` names it, under a condition"#]],
    );
    silent(
        "[dev-dependencies]\nrand = \"0.8\"\n",
        &[("src/lib.rs", "#[cfg(test)] mod a { use rand::Rng; }")],
    );
}

#[test]
fn a_dependency_that_only_tests_name() {
    check(
        "[dependencies]\nrand = \"0.8\"\nserde = \"1\"\n",
        &[
            (
                "src/lib.rs",
                "use serde::Serialize;\n#[cfg(test)] mod tests { use rand::Rng; use serde::Deserialize; }",
            ),
            ("tests/t.rs", "use rand::Rng;"),
        ],
        expect![[
            r#"Cargo.toml:6:1-5 note test-only-dependency: `rand` is declared in `[dependencies]`, but only tests, benchmarks and examples of `shop` name it"#
        ]],
    );
}

#[test]
fn a_crate_that_nobody_declares() {
    check(
        "",
        &[("src/lib.rs", "use serde::Serialize;\nfn f() { ::rand::random() }\nuse serde::Deserialize;\n")],
        expect![[r#"
            src/lib.rs:1:12-21 src/lib.rs:3:12-23 warn undeclared-crate: `Cargo.toml` does not declare the crate `serde` that is named here
            src/lib.rs:2:12-24 warn undeclared-crate: `Cargo.toml` does not declare the crate `rand` that is named here"#]],
    );
}

#[test]
fn what_may_come_from_elsewhere_is_no_undeclared_crate() {
    for code in [
        "shadow_rs::shadow!(build);\nfn f() { build::VERSION }",
        "use self::gone::size_hint;\nmod gone { include!(concat!(env!(\"OUT_DIR\"), \"/a.rs\")); }\nfn f() { size_hint::of() }",
        "use std::fmt;\nfn f(_: fmt::Error) {}",
        "#[rstest::rstest]\n#[case::first(1)]\nfn f(#[case] a: u8) {}",
        "macro_rules! m { () => { helper::go() } }",
        "extern crate alloc;\nuse alloc::vec::Vec;",
        "extern crate self as shop;\nuse shop::A;\npub struct A;",
        "#[cfg(loom)]\nfn f() { std::mem::drop(1) }",
        "#[rustfmt::skip]\n#[clippy::has_a]\nfn f() {}",
    ] {
        let told = found("", "[dependencies]\nshadow-rs = \"1\"\nrstest = \"1\"\n", &[("src/lib.rs", code)]);
        assert!(!told.contains("undeclared-crate"), "{code}: {told}");
    }
}

const WORKSPACE: &str = "[workspace]\nmembers = [\"core\", \"app\"]\nresolver = \"2\"\n";

/// A workspace of two: `shop-core` re-exports `sqlx`, `app` depends on it.
fn two(app_dependencies: &str, app: &str) -> Vec<(&'static str, String)> {
    let package = |name: &str, rest: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{rest}")
    };
    vec![
        ("core/Cargo.toml", package("shop-core", "[dependencies]\nsqlx = \"1\"\n")),
        ("core/src/lib.rs", "pub use sqlx;\npub struct Order;\n".to_owned()),
        ("app/Cargo.toml", package("app", app_dependencies)),
        ("app/src/main.rs", app.to_owned()),
    ]
}

fn workspace(config: &str, app_dependencies: &str, app: &str) -> String {
    let files = two(app_dependencies, app);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    found(config, WORKSPACE, &files)
}

#[test]
fn a_dependency_reached_only_through_a_re_export() {
    let both = "[dependencies]\nshop-core = { path = \"../core\" }\nsqlx = \"1\"\n";
    let code = "use shop_core::sqlx::PgPool;\nfn main() {}\n";
    expect!["app/Cargo.toml:7:1-5 note unused-dependency: `sqlx` is declared in `[dependencies]`, but `app` never names `sqlx` (`shop-core` re-exports what is used of it)"]
        .assert_eq(&workspace(ASKED, both, code));
    let one = "[dependencies]\nshop-core = { path = \"../core\" }\n";
    assert_eq!(workspace("", one, code), "");
    expect!["app/src/main.rs:1:22-28 note borrowed-dependency: `app` uses `sqlx` through `shop-core` and does not declare it"]
        .assert_eq(&workspace("[lints]\nborrowed-dependency = \"note\"\n", one, code));
}

#[test]
fn members_are_dependencies_like_others() {
    let one = "[dependencies]\nshop-core = { path = \"../core\" }\n";
    expect![[r#"app/Cargo.toml:6:1-10 warn unused-dependency: `shop-core` is declared in `[dependencies]`, but `app` never names `shop_core`"#]]
        .assert_eq(&workspace("", one, "fn main() {}\n"));
    assert_eq!(workspace("", one, "fn main() { let _ = shop_core::Order; }\n"), "");
    expect![[r#"app/src/main.rs:1:21-37 warn undeclared-crate: `app/Cargo.toml` does not declare the crate `shop_core` that is named here"#]]
        .assert_eq(&workspace("", "", "fn main() { let _ = shop_core::Order; }\n"));
}

#[test]
fn levels_are_set_by_name_and_doubt_stays_a_note() {
    let manifest = "[dependencies]\nrand = \"0.8\"\nopt = { version = \"1\", optional = true }\n";
    let files = [("src/lib.rs", "")];
    let levels = |level: &str| {
        let told = found(&format!("[lints]\nunused-dependency = \"{level}\"\n"), manifest, &files);
        told.lines().map(|line| line.split(' ').nth(1).unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(levels("deny"), ["deny", "note"]);
    assert_eq!(levels("note"), ["note", "note"]);
    assert_eq!(levels("allow"), Vec::<String>::new());
}

/// Layers of two packages, the inner one with this crate list.
fn layered(list: &str) -> String {
    format!(
        "[layers]\norder = [\"app\", \"core\"]\n[layers.app]\nmodules = [\"app\"]\n\
         [layers.core]\nmodules = [\"shop_core\"]\nbecause = \"rules stay pure\"\ncrates = {list}\n\
         [lints]\nunused-dependency = \"allow\"\n"
    )
}

#[test]
fn crate_lists_may_judge_what_is_declared() {
    let app = "[dependencies]\nshop-core = { path = \"../core\" }\n";
    let told = |list: &str| workspace(&layered(list), app, "fn main() {}");
    let used = expect![
        "core/src/lib.rs:1:9-13 deny layer-crates: layer `core` must not use `sqlx` (database), but this names `sqlx`"
    ];
    let declared = expect![
        "core/Cargo.toml:6:1-5 deny layer-crates: layer `core` must not use `sqlx` (database), but `shop-core` declares it in `[dependencies]`"
    ];
    used.assert_eq(&told("{ deny = [\"@database\"] }"));
    used.assert_eq(&told("{ deny = [\"@database\"], judge = \"used\" }"));
    declared.assert_eq(&told("{ deny = [\"@database\"], judge = \"declared\" }"));
    assert_eq!(told("{ deny = [\"@database\"], judge = \"both\" }").lines().count(), 2);
    assert_eq!(told("{ deny = [\"@database\"], allow = [\"sqlx\"], judge = \"both\" }"), "");
    assert_eq!(told("{ only = [\"sqlx\"], judge = \"declared\" }"), "");
    assert_eq!(told("{ deny = [\"sqlx::types\"], judge = \"declared\" }"), "");
    expect!["core/Cargo.toml:6:1-5 deny layer-crates: layer `core` may use only the crates on its list, not `sqlx`, but `shop-core` declares it in `[dependencies]`"]
        .assert_eq(&told("{ only = [\"uuid\"], judge = \"declared\" }"));
}

#[test]
fn rules_about_crates_may_judge_what_is_declared() {
    let app = "[dependencies]\nshop-core = { path = \"../core\" }\nserde = \"1\"\n[dev-dependencies]\nsqlx = \"1\"\n";
    let rule = |tests: &str| {
        format!(
            "[[rule]]\nname = \"no database\"\nfrom = \"app\"\ncrates = {{ deny = [\"sqlx\", \"shop-core\"], judge = \"declared\" }}\n{tests}\
             [lints]\nunused-dependency = \"allow\"\n"
        )
    };
    expect!["app/Cargo.toml:6:1-10 deny no database: `app` must not use `shop-core`, but `app` declares it in `[dependencies]`"]
        .assert_eq(&workspace(&rule(""), app, "fn main() {}"));
    expect![[r#"
        app/Cargo.toml:6:1-10 deny no database: `app` must not use `shop-core`, but `app` declares it in `[dependencies]`
        app/Cargo.toml:9:1-5 deny no database: `app` must not use `sqlx`, but `app` declares it in `[dev-dependencies]`"#]]
    .assert_eq(&workspace(&rule("tests = true\n"), app, "fn main() {}"));
}

#[test]
fn a_list_that_can_judge_no_manifest_is_a_mistake() {
    let config = "[layers]\norder = [\"web\", \"domain\"]\n[layers.web]\nmodules = [\"shop\"]\n\
                  [layers.domain]\nmodules = [\"shop::domain\"]\ncrates = { only = [], judge = \"declared\" }\n";
    let memory = Memory::parse("//- /src/lib.rs crate:shop\npub mod domain {}\n");
    let analysis = analyse(&memory).expect("the manifest is whole");
    let policy = parse(config, "archlint.toml").expect("the configuration is right");
    let judged = judge_all(&analysis, &policy, &|paths| memory.texts(paths));
    let told: Vec<(&str, Option<u32>)> =
        judged.problems.iter().map(|problem| (problem.message.as_str(), problem.line)).collect();
    assert_eq!(told, [("layer `domain` holds no whole package, so no manifest is judged", Some(5))]);
}
