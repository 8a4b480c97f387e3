//! Exit codes of `check` on whole workspaces on disk.

use tempfile::TempDir;

use crate::support::{archlint, folder};

const MANIFEST: &str = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
const LAYERS: &str = "[layers]\norder = [\"web\", \"domain\"]\n\
                      [layers.web]\nmodules = [\"shop\", \"shop::web\"]\n\
                      [layers.domain]\nmodules = [\"shop::domain\"]\n";
const LIB: &str = "pub mod domain;\npub mod web;\n";
const DOMAIN: &str = "pub struct Order;\n";
const WEB: &str = "pub fn show(_: crate::domain::Order) {}\n";
const BREACH: &str = "pub struct Order;\npub fn show() {\n    crate::web::show(Order)\n}\n";

/// A workspace with layers.
fn shop(domain: &str) -> TempDir {
    folder(&[
        ("Cargo.toml", MANIFEST),
        ("archlint.toml", LAYERS),
        ("src/lib.rs", LIB),
        ("src/domain.rs", domain),
        ("src/web.rs", WEB),
    ])
}

fn code(folder: &TempDir, args: &[&str]) -> Option<i32> {
    archlint(folder.path(), args).status.code()
}

fn out(folder: &TempDir, args: &[&str]) -> String {
    String::from_utf8(archlint(folder.path(), args).stdout).expect("output is UTF-8")
}

#[test]
fn a_new_package_exits_with_0() {
    let fresh =
        folder(&[("Cargo.toml", MANIFEST), ("src/main.rs", "fn main() {\n    println!(\"hi\");\n}\n")]);
    assert_eq!(code(&fresh, &[]), Some(0));
    assert_eq!(code(&fresh, &["--ci"]), Some(0));
}

#[test]
fn kept_rules_exit_with_0_and_a_breach_with_1() {
    assert_eq!(code(&shop(DOMAIN), &[]), Some(0));
    let broken = shop(BREACH);
    assert_eq!(code(&broken, &[]), Some(1));
    assert_eq!(code(&broken, &["-W", "layers"]), Some(0));
    assert_eq!(code(&broken, &["-A", "all"]), Some(0));
    let short = out(&broken, &["--format", "short"]);
    assert!(short.starts_with("src/domain.rs:3:5: error[layers] "), "{short}");
}

#[test]
fn json_carries_the_breach() {
    let value: serde_json::Value =
        serde_json::from_str(&out(&shop(BREACH), &["--format", "json"])).expect("stdout is JSON");
    assert_eq!((value["version"].clone(), value["verdict"].clone()), (1.into(), "fail".into()));
    let finding = &value["findings"][0];
    assert_eq!(finding["from"], "shop::domain");
    assert_eq!(finding["to"], "shop::web");
    assert_eq!((finding["file"].clone(), finding["line"].clone()), ("src/domain.rs".into(), 3.into()));
}

#[test]
fn a_wrong_configuration_exits_with_2_before_all_else() {
    let broken = shop(BREACH);
    std::fs::write(broken.path().join("archlint.toml"), "[layers]\nunasigned = \"deny\"\n")
        .expect("it can be written");
    assert_eq!(code(&broken, &[]), Some(2));
    assert_eq!(out(&broken, &[]), "");
    let value: serde_json::Value =
        serde_json::from_str(&out(&broken, &["--format", "json"])).expect("stdout is JSON");
    assert_eq!(value["verdict"], "error");
    assert_eq!(
        (value["errors"][0]["file"].clone(), value["errors"][0]["line"].clone()),
        ("archlint.toml".into(), 2.into())
    );
}

#[test]
fn a_selector_that_matches_nothing_exits_with_2() {
    let shop = shop(DOMAIN);
    let config = LAYERS.replace("shop::domain\"", "shop::domian\"");
    std::fs::write(shop.path().join("archlint.toml"), config).expect("it can be written");
    assert_eq!(code(&shop, &[]), Some(2));
}

#[test]
fn a_missing_module_file_exits_with_3_before_findings() {
    let shop = shop(BREACH);
    std::fs::write(shop.path().join("src/lib.rs"), format!("{LIB}pub mod gone;\n"))
        .expect("it can be written");
    assert_eq!(code(&shop, &[]), Some(3));
    assert_eq!(code(&shop, &["doctor"]), Some(3));
    assert!(out(&shop, &[]).contains("src/lib.rs:3"));
}

#[test]
fn rules_without_a_reference_exit_with_3() {
    let empty = folder(&[
        ("Cargo.toml", MANIFEST),
        ("archlint.toml", "[layers]\norder = [\"all\"]\n[layers.all]\nmodules = [\"shop\"]\n"),
        ("src/lib.rs", ""),
    ]);
    assert_eq!(code(&empty, &[]), Some(3));
}

#[test]
fn an_unknown_package_exits_with_2() {
    let shop = shop(DOMAIN);
    assert_eq!(code(&shop, &["-p", "shop"]), Some(0));
    assert_eq!(code(&shop, &["-p", "shp"]), Some(2));
}

#[test]
fn output_is_the_same_from_any_folder() {
    let shop = shop(BREACH);
    let inside = archlint(&shop.path().join("src"), &["--format", "json"]);
    let outside = archlint(
        &std::env::temp_dir(),
        &["--format", "json", "--manifest-path", &shop.path().join("Cargo.toml").to_string_lossy()],
    );
    assert_eq!(inside.stdout, archlint(shop.path(), &["--format", "json"]).stdout);
    assert_eq!(inside.stdout, outside.stdout);
}

#[test]
fn why_graph_and_layers_answer() {
    let shop = shop(BREACH);
    let why = out(&shop, &["why", "domain", "web", "--format", "short"]);
    assert_eq!(why, "src/domain.rs:3:5: shop::domain -> shop::web (body)\n");
    assert!(out(&shop, &["graph"]).contains("color=red"));
    assert!(out(&shop, &["layers"]).starts_with("web (2 modules)\n"));
    assert!(out(&shop, &["rules"]).starts_with("layers: kind `layers`, level deny\n"));
    assert!(out(&shop, &["explain", "layers"]).starts_with("layers: "));
    assert_eq!(code(&shop, &["why", "domian", "web"]), Some(2));
}

#[test]
fn a_least_share_of_resolved_references_gates_check_and_doctor() {
    let text = "use crate::gone::A;\npub fn f(_: crate::also::gone::B) -> std::fmt::Result { Ok(()) }\n";
    let with =
        |config: &str| folder(&[("Cargo.toml", MANIFEST), ("src/lib.rs", text), ("archlint.toml", config)]);
    let strict = with("[analysis]\nmin_resolved = 95\n");
    for command in [&[][..], &["doctor"]] {
        assert_eq!(code(&strict, command), Some(3), "{command:?}");
        assert!(out(&strict, command).contains("`min_resolved` = 95.0 %"), "{command:?}");
    }
    let mild = with("[analysis]\nmin_resolved = 10\n");
    assert_eq!(code(&mild, &[]), Some(0));
    assert_eq!(code(&mild, &["doctor"]), Some(0));
}

#[test]
fn links_in_documentation_are_judged_where_they_are_asked_for() {
    let linked = "/// Shown by [`show`](crate::web::show).\npub struct Order;\n";
    let example = "/// ```\n/// shop::web::show();\n/// ```\npub struct Order;\n";
    let with = |domain: &str, analysis: &str, tests: &str| {
        let folder = shop(domain);
        let rules = LAYERS.replace("[layers]\n", &format!("[layers]\n{tests}"));
        std::fs::write(folder.path().join("archlint.toml"), format!("{rules}[analysis]\n{analysis}"))
            .expect("the folder is ours");
        code(&folder, &[])
    };
    assert_eq!(with(linked, "", ""), Some(0));
    assert_eq!(with(linked, "doctests = true\n", ""), Some(0));
    assert_eq!(with(linked, "doc_links = true\n", ""), Some(1));
    assert_eq!(with(example, "", "tests = true\n"), Some(0));
    assert_eq!(with(example, "doctests = true\n", ""), Some(0));
    assert_eq!(with(example, "doctests = true\n", "tests = true\n"), Some(1));
}

#[test]
fn manifests_are_held_against_source_and_only_fail_on_demand() {
    let manifest = format!("{MANIFEST}[dependencies]\nrand = \"0.8\"\n");
    let with = |config: &str| {
        folder(&[
            ("Cargo.toml", manifest.as_str()),
            ("src/lib.rs", "use serde::A;\n"),
            ("archlint.toml", config),
        ])
    };
    let plain = with("");
    assert_eq!(code(&plain, &[]), Some(0));
    let told = out(&with("[lints]\nunused-dependency = \"warn\"\n"), &["--format", "short"]);
    assert!(told.starts_with("Cargo.toml:6:1: note[unused-dependency] "), "{told}");
    let doctor = out(&plain, &["doctor"]);
    assert!(
        doctor.contains("external crates that no manifest declares (1)\n  `serde`, as at src/lib.rs:1:12\n"),
        "{doctor}"
    );
    let sure = folder(&[("Cargo.toml", MANIFEST), ("src/lib.rs", "use serde::A;\n")]);
    assert_eq!(code(&sure, &["-D", "undeclared-crate"]), Some(1));
    assert_eq!(code(&plain, &["-A", "unused-dependency"]), Some(0));
    let silent = folder(&[("Cargo.toml", manifest.as_str()), ("src/lib.rs", "")]);
    assert_eq!(code(&silent, &[]), Some(0));
    std::fs::write(silent.path().join("archlint.toml"), "[lints]\nunused-dependency = \"deny\"\n")
        .expect("the temporary folder is writable");
    assert_eq!(code(&silent, &[]), Some(1));
    assert!(out(&silent, &["explain", "unused-dependency"]).starts_with("unused-dependency: "));
}
