//! The built program: exit codes, and where it writes what.

use std::process::{Command, Output, Stdio};

use crate::support::{archlint, err, out};

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
fn schema_needs_no_workspace_and_is_json() {
    let folder = nowhere();
    let output = archlint(folder.path(), &["schema"]);
    assert_eq!(code(&output), Some(0));
    let schema: Result<serde_json::Value, _> = serde_json::from_str(out(&output));
    assert!(schema.is_ok_and(|schema| schema.is_object()));
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
