//! What editors, shells and readers of manuals are given, taken by those.

use std::process::Command;

use serde_json::Value;

use crate::readers::json;
use crate::support::{archlint, folder, out, package, write};

fn told(args: &[&str]) -> String {
    out(&archlint(folder::<&str>(&[]).path(), args)).to_owned()
}

/// What an editor says of a configuration that it holds against the schema.
fn faults(schema: &Value, config: &str) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).expect("the schema is right");
    let config: toml::Table = toml::from_str(config).expect("it is TOML");
    let config = serde_json::to_value(config).expect("it has no dates");
    validator.iter_errors(&config).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

#[test]
fn editors_find_nothing_in_what_is_right_and_something_in_what_is_wrong() {
    let schema = json(&told(&["schema"]));
    assert!(jsonschema::meta::is_valid(&schema), "it is a schema");
    let shop = folder(&[
        ("Cargo.toml", package("shop")),
        ("src/lib.rs", "pub mod db;\npub mod domain;\npub mod routes;\n".to_owned()),
        ("src/db.rs", "pub type O = crate::domain::Order;\n".to_owned()),
        ("src/domain.rs", "pub struct Order;\n".to_owned()),
        ("src/routes.rs", "pub type O = crate::db::O;\n".to_owned()),
    ]);
    let path = shop.path().join("archlint.toml");
    for preset in ["onion", "hexagonal", "layered", "slices", "crates", "modules"] {
        assert_eq!(archlint(shop.path(), &["init", "--preset", preset]).status.code(), Some(0), "{preset}");
        let config = std::fs::read_to_string(&path).expect("it was written");
        assert_eq!(faults(&schema, &config), Vec::<String>::new(), "{preset}");
        std::fs::remove_file(&path).expect("it is there");
        std::fs::remove_file(shop.path().join("archlint.baseline.toml")).expect("it is there");
    }
    let own = include_str!("../../archlint.toml");
    assert_eq!(faults(&schema, own), Vec::<String>::new());
    for wrong in [
        "zebra = 1",
        "[layers]\norder = \"domain\"",
        "[layers]\norder = [\"a\"]\n[layers.a]\nmodule = [\"a\"]",
        "[[rule]]\nname = \"x\"\nlevel = \"dney\"\nacyclic = \"a\"",
        "[lints]\nno-such-lint = \"warn\"",
        "[analysis]\nmin_resolved = \"much\"",
    ] {
        write(shop.path(), "archlint.toml", wrong);
        assert_eq!(archlint(shop.path(), &[]).status.code(), Some(2), "{wrong}");
        assert_ne!(faults(&schema, wrong), Vec::<String>::new(), "{wrong}");
    }
}

/// Whether a program takes the text without a word; none where the machine has no such program.
fn takes(program: &str, args: &[&str], text: &str) -> Option<Result<(), String>> {
    let folder = folder(&[("text", text)]);
    let run = Command::new(program).args(args).arg("text").current_dir(folder.path()).output().ok()?;
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    Some(if run.status.success() && said.is_empty() { Ok(()) } else { Err(said) })
}

#[test]
fn shells_take_their_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = told(&["completions", shell]);
        assert!(script.contains("fix-plan") && script.contains("doctor"), "{shell}");
        // The other two have no option to read a script and run nothing.
        if ["bash", "zsh", "fish"].contains(&shell) {
            let taken = takes(shell, &["-n"], &script);
            assert_eq!(taken.unwrap_or(Ok(())), Ok(()), "{shell}");
        }
    }
    assert_eq!(archlint(folder::<&str>(&[]).path(), &["completions", "tcsh"]).status.code(), Some(2));
}

#[test]
fn bash_completes_commands_and_values() {
    let folder = folder(&[("script", told(&["completions", "bash"]))]);
    // As bash does it at the press of a key: the words typed, and the function that the script registers.
    let complete = |words: &[&str]| {
        let (last, before) = (words[words.len() - 1], words[words.len() - 2]);
        let line = format!(
            "source ./script; COMP_WORDS=({}); COMP_CWORD={}; \
             $(complete -p cargo-archlint | grep -o '_[^ ]*') cargo-archlint '{last}' '{before}'; \
             echo \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words.len() - 1,
        );
        let run = Command::new("bash").args(["--norc", "-c", &line]).current_dir(folder.path()).output();
        run.ok().map(|run| String::from_utf8_lossy(&run.stdout).trim_end().to_owned())
    };
    let Some(commands) = complete(&["cargo-archlint", "ba"]) else {
        return; // No bash here.
    };
    assert_eq!(commands, "baseline");
    assert_eq!(complete(&["cargo-archlint", "check", "--format", "sa"]).as_deref(), Some("sarif"));
}

#[test]
fn the_manual_knows_every_command() {
    let page = told(&["man"]);
    assert!(
        page.contains(".TH") && page.contains("CARGO ARCHLINT WHY") && page.contains("fix\\-plan"),
        "{page}"
    );
    assert_eq!(takes("groff", &["-man", "-Tutf8", "-z"], &page).unwrap_or(Ok(())), Ok(()));
}
