//! Files that are built on other files.

use std::path::Path;

use crate::adapters::config::parse_with;
use crate::domain::policy::Policy;
use crate::domain::policy::place::ConfigProblem;

fn read(files: &[(&str, &str)], text: &str) -> Result<Policy, Vec<ConfigProblem>> {
    let find = |path: &Path| {
        let found = files.iter().find(|(name, _)| Path::new(name) == path);
        Ok(found.map(|(_, text)| (*text).to_owned()))
    };
    parse_with(text, "archlint.toml", &find)
}

/// What is wrong, with the file each problem lies in.
fn wrong(files: &[(&str, &str)], text: &str) -> Vec<String> {
    let problems = read(files, text).expect_err("something is wrong");
    problems
        .into_iter()
        .map(|problem| {
            let help = problem.help.map(|help| format!(" -- {help}")).unwrap_or_default();
            format!("{}:{}:{}: {}{help}", problem.file, problem.line, problem.column, problem.message)
        })
        .collect()
}

const BASE: &str = "[layers]\norder = [\"web\", \"domain\"]\n\
                    [layers.web]\nmodules = [\"shop::web\"]\n\
                    [layers.domain]\nmodules = [\"shop::domain\"]\nbecause = \"it lasts\"\n\
                    [[rule]]\nname = \"no circles\"\nacyclic = \"shop\"\nlevel = \"warn\"\n";

#[test]
fn a_base_is_refined_key_by_key_and_its_selectors_are_optional() {
    let text = "extends = \"../arch/base.toml\"\n\
                [layers.domain]\nextend-modules = [\"shop::model\"]\n\
                [[rule]]\nname = \"no circles\"\nlevel = \"deny\"\n\
                [[rule]]\nname = \"more\"\nacyclic = \"shop::web\"\n";
    let policy = read(&[("../arch/base.toml", BASE)], text).expect("it is right");
    assert_eq!(policy.sources, ["archlint.toml", "../arch/base.toml"]);
    let domain = &policy.layers.list[policy.layers.named("domain").expect("a layer")];
    let modules: Vec<(&str, bool)> =
        domain.modules.iter().map(|selector| (&*selector.text, selector.optional)).collect();
    assert_eq!(modules, [("shop::domain", true), ("shop::model", false)]);
    assert_eq!(domain.because.as_deref(), Some("it lasts"));
    let rules: Vec<(&str, &str)> = policy.rules.iter().map(|rule| (&*rule.name, rule.level.word())).collect();
    assert_eq!(rules, [("no circles", "deny"), ("more", "deny")]);
}

#[test]
fn paths_are_relative_to_the_file_they_stand_in_and_later_files_win() {
    let files = [
        ("arch/a.toml", "extends = [\"deep/b.toml\"]\n[lints]\nunused-dependency = \"deny\""),
        (
            "arch/deep/b.toml",
            "preset = \"onion\"\n[lints]\nunused-dependency = \"allow\"\nundeclared-crate = \"deny\"",
        ),
        ("c.toml", "[lints]\nundeclared-crate = \"note\""),
    ];
    let policy = read(&files, "extends = [\"arch/a.toml\", \"c.toml\"]").expect("it is right");
    assert_eq!(policy.preset.as_deref(), Some("onion"));
    assert_eq!(policy.lint_level("unused-dependency").word(), "deny");
    assert_eq!(policy.lint_level("undeclared-crate").word(), "note");
}

#[test]
fn files_that_are_not_there_or_go_in_circles_are_told_where_they_are_named() {
    assert_eq!(
        wrong(&[], "\nextends = [\"none.toml\"]"),
        [
            "archlint.toml:2:12: there is no file `none.toml` -- paths in `extends` are relative to the file they stand in"
        ]
    );
    assert_eq!(
        wrong(&[], "extends = \"./archlint.toml\""),
        ["archlint.toml:1:11: `archlint.toml` extends itself -- take one of them out of `extends`"]
    );
    let circle = [("x/a.toml", "extends = \"b.toml\""), ("x/b.toml", "extends = \"../x/a.toml\"")];
    assert_eq!(
        wrong(&circle, "extends = \"x/a.toml\""),
        [
            "x/b.toml:1:11: files extend each other in a circle: `x/a.toml`, `x/b.toml`, `x/a.toml` -- take one of them out of `extends`"
        ]
    );
    assert_eq!(
        wrong(&[], "extends = 1"),
        ["archlint.toml:1:11: `extends` must be a string or a list of strings, but this is an integer"]
    );
}

#[test]
fn what_is_wrong_in_a_base_is_told_there() {
    let files = [("base.toml", "zebra = 1\n[lints]\nunused-dependncy = \"deny\"")];
    let told = wrong(&files, "extends = \"base.toml\"");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|line| line.starts_with("base.toml:")), "{told:?}");
    assert_eq!(
        wrong(&[("base.toml", "[x")], "extends = \"base.toml\""),
        ["base.toml:1:3: unclosed table, expected `]`"]
    );
}

#[test]
fn one_base_may_be_reached_by_two_ways() {
    let files = [("a.toml", "extends = \"c.toml\""), ("b.toml", "extends = \"c.toml\""), ("c.toml", BASE)];
    let policy = read(&files, "extends = [\"a.toml\", \"b.toml\"]").expect("a diamond is no circle");
    assert_eq!(policy.rules.len(), 1);
}
