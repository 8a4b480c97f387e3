//! The built program: exit codes, and where it writes what.

use std::process::{Command, Output, Stdio};

use crate::support::{archlint, err, folder, out, package};

fn nowhere() -> tempfile::TempDir {
    tempfile::tempdir().expect("there is a folder for temporary files")
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[test]
fn usage_errors_exit_with_2_and_leave_stdout_alone() {
    let folder = nowhere();
    for args in [
        &["chekc"][..],
        &["--colour", "never"],
        &["why", "a"],
        &["--ci", "doctor"],
        &["explain", "nix"],
        &["schema", "--format", "dot"],
        &["graph", "--level", "line"],
    ] {
        let output = archlint(folder.path(), args);
        assert_eq!(code(&output), Some(2), "{args:?}");
        assert_eq!(out(&output), "", "{args:?}");
        assert!(err(&output).starts_with("error: "), "{args:?}: {}", err(&output));
    }
}

#[test]
fn help_and_version_exit_with_0() {
    let folder = nowhere();
    for args in [&["--help"][..], &["archlint", "--help"], &["archlint", "--version"]] {
        let output = archlint(folder.path(), args);
        assert_eq!(code(&output), Some(0), "{args:?}");
        assert!(out(&output).contains("archlint"), "{args:?}");
    }
}

#[test]
fn explain_needs_no_workspace() {
    let folder = nowhere();
    let page = archlint(folder.path(), &["archlint", "explain", "acyclic"]);
    assert_eq!(code(&page), Some(0));
    assert!(out(&page).starts_with("acyclic: modules do not depend on each other in a circle\n"));
    let list = archlint(folder.path(), &["explain"]);
    let rows = out(&list).lines().filter(|line| line.starts_with("  ")).count();
    assert_eq!(rows, archlint::adapters::pages::all().count());
    assert!(out(&list).contains("\nlints of the book\n"), "{}", out(&list));
    let lint = archlint(folder.path(), &["explain", "god-item"]);
    assert!(out(&lint).contains("Architecture Patterns with Python"), "{}", out(&lint));
    let typo = archlint(folder.path(), &["explain", "acylic"]);
    assert!(err(&typo).contains("did you mean `acyclic`?"), "{}", err(&typo));
}

#[test]
fn explain_here_adds_the_numbers_of_the_workspace() {
    let shop = folder(&[
        ("Cargo.toml", package("shop")),
        (
            "src/lib.rs",
            "pub mod a {\n    pub fn f() { crate::b::g() }\n    pub fn h() {}\n}\n\
         pub mod b {\n    pub fn g() { crate::a::h() }\n}\n\
         #[cfg(test)]\nmod tests {\n    #[test]\n    fn waits() {\n        \
         std::thread::sleep(std::time::Duration::from_secs(1));\n        assert!(true);\n    }\n}\n"
                .to_owned(),
        ),
    ]);
    let told = |name: &str| out(&archlint(shop.path(), &["explain", name, "--here"])).to_owned();
    let construct = told("tst");
    for part in ["tst: ", "here: shop", "tst.quiet_tests", "src/lib.rs:12:9", "weight", "what it flows into"]
    {
        assert!(construct.contains(part), "no `{part}` in {construct}");
    }
    let indicator = told("tst.quiet_tests");
    assert!(indicator.contains("waits: waits with") && indicator.contains("costs 10"), "{indicator}");
    let lint = told("sleep-in-test");
    assert!(lint.contains("1 finding in 1 module") && lint.contains("src/lib.rs:12:9  warning: "), "{lint}");
    let silent = told("handler-contains-sql");
    assert!(silent.contains("0 findings") && silent.contains("svc: not needed"), "{silent}");

    for (name, about) in [("tst", "construct"), ("tst.quiet_tests", "indicator"), ("sleep-in-test", "rule")] {
        let text = out(&archlint(shop.path(), &["explain", name, "--here", "--format", "json"])).to_owned();
        let told: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!((told["name"].as_str(), told["about"].as_str()), (Some(name), Some(about)));
        assert!(told["here"].is_object());
    }
    let unknown = archlint(shop.path(), &["explain", "sleep-in-tests", "--here"]);
    assert_eq!(code(&unknown), Some(2));
    assert!(err(&unknown).contains("did you mean `sleep-in-test`?"), "{}", err(&unknown));
    assert_eq!(code(&archlint(shop.path(), &["explain", "--here"])), Some(2));
}

#[test]
fn schema_needs_no_workspace() {
    let folder = nowhere();
    assert_eq!(code(&archlint(folder.path(), &["schema"])), Some(0));
}

#[test]
fn a_folder_without_a_manifest_is_an_error_in_every_format() {
    let folder = nowhere();
    let human = archlint(folder.path(), &[]);
    assert_eq!((code(&human), out(&human)), (Some(2), ""));
    assert!(err(&human).starts_with("error: "));
    let json = archlint(folder.path(), &["--format", "json"]);
    assert_eq!(code(&json), Some(2));
    let envelope: serde_json::Value = serde_json::from_str(out(&json)).expect("stdout is JSON");
    let keys: Vec<&String> = envelope.as_object().expect("it is an object").keys().collect();
    assert_eq!(keys, ["baseline", "coverage", "errors", "findings", "statistics", "verdict", "version"]);
    assert_eq!(envelope["verdict"], "error");
    assert_eq!(envelope["errors"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cargo-archlint"))
        .arg("explain")
        .arg("layers")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((code(&output), err(&output)), (Some(0), ""));
}

#[test]
fn colour_comes_only_where_it_is_asked_for() {
    let folder = nowhere();
    let plain = archlint(folder.path(), &["explain", "layers"]);
    assert!(!out(&plain).contains('\u{1b}'));
    let coloured = archlint(folder.path(), &["explain", "layers", "--color", "always"]);
    assert!(out(&coloured).contains('\u{1b}'));
}

#[test]
fn timings_of_tests_are_read_and_never_left_out_in_silence() {
    let report = |name: &str, time: &str| {
        format!(
            "<testsuites name=\"nextest-run\"><testsuite name=\"shop\">\
             <testcase name=\"tests::{name}\" classname=\"shop\" time=\"{time}\"/></testsuite></testsuites>"
        )
    };
    let shop = folder(&[
        ("Cargo.toml", package("shop")),
        (
            "src/lib.rs",
            "#[cfg(test)]\nmod tests {\n    #[test]\n    fn adds() {\n        \
                        assert_eq!(1 + 1, 2);\n    }\n    #[test]\n    fn waits() {\n        \
                        assert_eq!(1 + 1, 2);\n    }\n}\n"
                .to_owned(),
        ),
        ("a.xml", report("adds", "0.01")),
        ("b.xml", report("waits", "100")),
        ("other.xml", report("swims", "1")),
        ("cut.xml", "<testsuites>\n<testsuite name=\"shop\">".to_owned()),
    ]);
    let told = |files: &[&str]| {
        let named: Vec<&str> = files.iter().flat_map(|file| ["--junit", file]).collect();
        archlint(shop.path(), &[&["explain", "pyr.speed", "--here"], &named[..]].concat())
    };
    let without = told(&[]);
    assert!(out(&without).contains("no report of a test run is given"), "{}", out(&without));
    let with = told(&["a.xml", "b.xml"]);
    assert!(out(&with).contains("1 of 2 tests are fast, all take 100.0 s"), "{}", out(&with));
    assert!(out(&with).contains("src/lib.rs:8:8  waits: takes 100.0 s"), "{}", out(&with));
    for (file, words) in [
        ("no.xml", "`no.xml` cannot be read"),
        ("other.xml", "none of the 1 tests in `other.xml` is of this workspace"),
        ("cut.xml", "cut.xml:2:1"),
    ] {
        for command in ["score", "check", "plan"] {
            let wrong = archlint(shop.path(), &[command, "--junit", "a.xml", "--junit", file]);
            assert_eq!(code(&wrong), Some(2), "{command} {file}");
            assert!(err(&wrong).contains(words), "{command}: {}", err(&wrong));
        }
    }
}

#[test]
fn explain_here_shows_what_a_need_is_counted_from() {
    let shop = folder(&[
        ("Cargo.toml", package("shop") + "[dependencies]\nreqwest = \"0.12\"\n"),
        (
            "src/lib.rs",
            "pub fn pay(sum: u32) -> bool {\n    if sum > 3 { reqwest::blocking::get(\"x\").is_ok() } else { false }\n}\n"
                .to_owned(),
        ),
    ]);
    let told = |lever: &str| out(&archlint(shop.path(), &["explain", lever, "--here"])).to_owned();
    let injection = told("di");
    for part in
        ["its need is counted from", "technologies: 1 place", "src/lib.rs:2:18  pay: http_client is used"]
    {
        assert!(injection.contains(part), "no `{part}` in {injection}");
    }
    assert!(!told("evt").contains("its need is counted from"), "nothing of it is here");
}

#[test]
fn explain_here_calls_a_rule_of_ones_own_by_its_name() {
    let shop = folder(&[
        ("Cargo.toml", package("shop")),
        (
            "archlint.toml",
            "[[rule]]\nname = \"pages\"\nforbid = { from = \"shop::a\", to = \"shop::b\" }\n".to_owned(),
        ),
        ("src/lib.rs", "pub mod a { use crate::b::B; }\npub mod b { pub struct B; }\n".to_owned()),
    ]);
    let told = archlint(shop.path(), &["explain", "pages", "--here", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(out(&told)).expect("it is JSON");
    assert_eq!((told["name"].as_str(), told["here"]["count"].as_u64()), (Some("pages"), Some(1)));
}

#[test]
fn who_names_the_manifest_of_a_member_is_told_that_all_is_scored() {
    let shop = folder(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\"]\nresolver = \"2\"\n".to_owned()),
        ("a/Cargo.toml", package("shop-a")),
        ("a/src/lib.rs", "pub struct A;\n".to_owned()),
        ("b/Cargo.toml", package("shop-b")),
        ("b/src/lib.rs", "pub struct B;\n".to_owned()),
    ]);
    let member = archlint(shop.path(), &["score", "--manifest-path", "a/Cargo.toml"]);
    assert_eq!(code(&member), Some(0), "{}", err(&member));
    assert!(err(&member).contains("in which `shop-a` is one package"), "{}", err(&member));
    for whole in [&["score"][..], &["score", "--manifest-path", "Cargo.toml"]] {
        assert!(!err(&archlint(shop.path(), whole)).contains("one package"), "{whole:?}");
    }
}

#[test]
fn tests_are_counted_as_they_are_written_and_by_what_their_helpers_do() {
    let helpers = "use std::process::Command;\npub struct Env;\nimpl Env {\n    \
                   pub fn assert_output(&self) { assert!(Command::new(env!(\"CARGO_BIN_EXE_shop\")).status().is_ok()); }\n    \
                   pub fn twice(&self) -> u8 { 2 }\n}\n";
    let tests = "mod env;\nuse env::Env;\nfn set_up() -> (Env, String) { (Env, String::new()) }\n\
                 #[test]\nfn runs() { let (env, _) = set_up(); env.assert_output(); }\n\
                 #[rstest::rstest]\n#[case(1)]\n#[case(2)]\nfn rows(#[case] n: u8) { assert!(n > 0); }\n\
                 #[test]\nfn asks_another() { let text = String::new(); assert!(text.twice().is_empty()); }\n\
                 trait Twice { fn twice(&self) -> String; }\n\
                 impl Twice for String { fn twice(&self) -> String { String::new() } }\n";
    let shop = folder(&[
        ("Cargo.toml", format!("{}[dev-dependencies]\nrstest = \"0.24\"\n", package("shop"))),
        ("src/main.rs", "fn main() {}\n".to_owned()),
        ("tests/it/main.rs", tests.to_owned()),
        ("tests/it/env.rs", helpers.to_owned()),
    ]);
    let told = archlint(shop.path(), &["score", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(out(&told)).expect("it is JSON");
    assert_eq!(told["tests"], serde_json::json!({ "unit": 2, "integration": 0, "e2e": 1 }));
}
