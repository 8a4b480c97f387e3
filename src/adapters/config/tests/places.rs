//! Where the configuration is looked for.

use std::fs;

use tempfile::TempDir;

use crate::adapters::config::{load, parse};
use crate::domain::policy::place::ConfigProblem;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a writable folder");
    }
    folder
}

const RULE: &str = "[[rule]]\nname = \"x\"\nacyclic = \"shop\"\n";
const IN_WORKSPACE: &str =
    "[workspace]\n\n[[workspace.metadata.archlint.rule]]\nname = \"x\"\nacyclic = \"shop\"\n";

fn place(problems: &[ConfigProblem]) -> (&str, u32, &str) {
    (&problems[0].file, problems[0].line, &problems[0].message)
}

#[test]
fn without_configuration_nothing_is_asked() {
    let folder = folder(&[("Cargo.toml", "[package]\nname = \"archlint-user\"")]);
    let policy = load(folder.path(), None).expect("no configuration is fine");
    assert!(!policy.has_contracts());
    assert!(!policy.catalogue.categories.is_empty(), "the catalogue is there all the same");
}

#[test]
fn file_and_manifest_will_do() {
    for (name, text) in [
        ("archlint.toml", RULE),
        ("Cargo.toml", IN_WORKSPACE),
        ("Cargo.toml", "[package.metadata.archlint]\nrule = [{ name = \"x\", acyclic = \"shop\" }]"),
    ] {
        let folder = folder(&[(name, text)]);
        let policy = load(folder.path(), None).expect("a good configuration");
        assert_eq!(policy.sources, [name]);
        assert_eq!(policy.rules.len(), 1);
    }
}

#[test]
fn problems_in_a_manifest_point_into_it() {
    let folder = folder(&[("Cargo.toml", "[workspace]\n[workspace.metadata.archlint]\nzebra = 1")]);
    let problems = load(folder.path(), None).expect_err("an unknown key");
    assert_eq!(place(&problems), ("Cargo.toml", 3, "unknown key `zebra`"));
}

#[test]
fn two_configurations_are_one_too_many() {
    let both = folder(&[("archlint.toml", RULE), ("Cargo.toml", IN_WORKSPACE)]);
    let problems = load(both.path(), None).expect_err("two places");
    assert_eq!(
        place(&problems),
        ("Cargo.toml", 3, "the configuration stands both here and in `archlint.toml`")
    );
    let twice = format!("{IN_WORKSPACE}[package.metadata.archlint]\n");
    let problems = load(folder(&[("Cargo.toml", &twice)]).path(), None).expect_err("two tables");
    assert_eq!(problems.len(), 1);
}

#[test]
fn an_explicit_file_stands_alone() {
    let folder = folder(&[("archlint.toml", "zebra = 1"), ("other.toml", RULE), ("binary.toml", "")]);
    fs::write(folder.path().join("binary.toml"), [0xff, 0xfe]).expect("a writable folder");
    let explicit = |name: &str| load(folder.path(), Some(&folder.path().join(name)));
    assert_eq!(explicit("other.toml").expect("good").sources, ["other.toml"]);
    let problems = explicit("none.toml").expect_err("no such file");
    assert_eq!(place(&problems), ("none.toml", 0, "the configuration file `none.toml` does not exist"));
    let problems = explicit("binary.toml").expect_err("no text");
    assert_eq!(place(&problems), ("binary.toml", 1, "`binary.toml` is not UTF-8 text"));
}

#[test]
fn moved_lines_ask_for_the_same() {
    let text = "[layers]\norder = [\"web\", \"domain\"]\nexcept = [\"shop::x\"]\n\
                [layers.web]\nmodules = [\"shop::web\"]\ncrates = { deny = [\"@database\"], allow = [\"uuid\"] }\n\
                [layers.domain]\nmodules = [\"shop::domain\"]\ncrates = { only = [\"serde\"] }\n\
                [[rule]]\nname = \"a\"\nforbid = { from = \"shop::a\", to = \"shop::b\" }\nexcept = [\"shop::a::x -> shop::b::y\"]\n\
                [[rule.test]]\ndeny = \"shop::a -> shop::b\"\n\
                [[rule]]\nname = \"b\"\nonly = { from = \"shop::a\", to = \"shop::b\" }\n\
                [[rule]]\nname = \"c\"\nprotect = \"crate:sqlx\"\nonly = [\"layer:web\"]\n\
                [[rule]]\nname = \"d\"\nindependent = \"shop::{slice}\"\n\
                [[rule]]\nname = \"e\"\nacyclic = \"shop\"\n\
                [[rule]]\nname = \"f\"\nfrom = \"shop\"\ncrates = { only = [\"serde\"] }\n\
                [lints]\nunused-dependency = \"deny\"\n[gates]\nmaintainability = 40\n\
                [roles]\n\"shop::web\" = \"entrypoint\"\n";
    let read = |text: &str| parse(text, "archlint.toml").unwrap_or_else(|problems| panic!("{problems:#?}"));
    let moved = read(&format!("# größe\n\n{}", text.replace(" = ", "  =  ")));
    assert_ne!(read(text), moved);
    assert_eq!(read(text).unplaced(), moved.unplaced());
    let other = read(&text.replace("\"uuid\"", "\"rand\""));
    assert_ne!(read(text).unplaced(), other.unplaced());
}
