//! A workspace checked from a test by its own configuration: what stops a run in CI stops the test.

use std::fs;

use archlint::workspace_at;

const LIBRARY: &str = "pub mod a { pub fn f() { crate::b::g() } }\npub mod b { pub fn g() {} }\n";

/// What a check of a small library under this configuration says; the error, if it fails.
fn checked(rules: &str, more: &[(&str, &str)]) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    let files = [("Cargo.toml", manifest), ("src/lib.rs", LIBRARY), ("archlint.toml", rules)];
    for (path, text) in files.iter().chain(more) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the folder is made");
        fs::write(path, text).expect("the file is written");
    }
    let workspace = workspace_at(folder.path()).expect("it is a workspace");
    workspace.check_configured().map(|_| ()).map_err(|error| error.to_string())
}

#[test]
fn rules_of_the_configuration_are_judged() {
    let forbid = "[[rule]]\nname = \"a alone\"\nforbid = { from = \"shop::a\", to = \"shop::b\" }\n";
    let told = checked(forbid, &[]).expect_err("it is broken");
    assert!(told.contains("src/lib.rs:1:"), "{told}");
    assert_eq!(checked(&forbid.replace("shop::a", "=shop"), &[]), Ok(()));
}

#[test]
fn gates_of_the_configuration_are_judged() {
    let told = checked("[gates]\nmaintainability = \"100.5\"\n", &[]).expect_err("there is no such floor");
    assert!(told.contains("archlint.toml"), "{told}");
    let told = checked("[gates]\nreference = \"none.json\"\n\"maintainability.delta\" = -1\n", &[]);
    let told = told.expect_err("there is no such file");
    assert!(told.contains("none.json"), "{told}");
}

#[test]
fn lints_of_the_book_are_judged() {
    let test = "#[test]\nfn waits() { std::thread::sleep(std::time::Duration::from_millis(1)); assert_eq!(1, 1); }\n";
    let asked = "[lints]\nsleep-in-test = \"deny\"\n";
    let told = checked(asked, &[("tests/slow.rs", test)]).expect_err("it is denied");
    assert!(told.contains("sleep-in-test"), "{told}");
    assert_eq!(checked(asked, &[("tests/slow.rs", "#[test]\nfn f() { assert_eq!(1, 1); }\n")]), Ok(()));
}
