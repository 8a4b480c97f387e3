use expect_test::{Expect, expect};

use crate::adapters::cargo::members::matches;
use crate::adapters::cargo::read_manifests;
use crate::adapters::memory::Memory;
use crate::domain::source::workspace::{Dependency, DependencyKind, Workspace};

fn read(fixture: &str) -> Workspace {
    read_manifests(&Memory::parse(fixture), "/w").expect("the root manifest is whole")
}

fn shown(workspace: &Workspace) -> String {
    let mut out = String::new();
    for package in &workspace.packages {
        out += &format!("{} in `{}`, {:?}\n", package.name, package.folder, package.edition);
        for target in &package.targets {
            out += &format!("  {} {} at {}\n", target.kind.word(), target.name, target.root);
        }
        for dependency in &package.dependencies {
            out += &format!("  {}\n", shown_dependency(dependency));
        }
    }
    for missing in &workspace.missing {
        out +=
            &format!("missing {}, asked for in line {:?}: {}\n", missing.path, missing.line, missing.reason);
    }
    out
}

fn shown_dependency(dependency: &Dependency) -> String {
    let mut out = match dependency.kind {
        DependencyKind::Normal => "needs".to_owned(),
        DependencyKind::Dev => "tests with".to_owned(),
        DependencyKind::Build => "builds with".to_owned(),
    };
    out += &format!(" {}", dependency.name);
    if dependency.package != dependency.name {
        out += &format!(" = {}", dependency.package);
    }
    for (mark, told) in [("renamed", dependency.renamed), ("optional", dependency.optional)] {
        if told {
            out += &format!(", {mark}");
        }
    }
    if let Some(target) = &dependency.target {
        out += &format!(", for {target}");
    }
    if let Some(member) = &dependency.member {
        out += &format!(", member {member}");
    }
    out + &format!(", line {}", dependency.line.unwrap_or_default())
}

fn check(fixture: &str, expected: Expect) {
    expected.assert_eq(&shown(&read(fixture)));
}

#[test]
fn targets_are_found_by_their_place() {
    check(
        "
//- /Cargo.toml
[package]
name = \"foo-bar\"
edition = \"2024\"
//- /build.rs
//- /src/lib.rs
//- /src/main.rs
//- /src/bin/one.rs
//- /src/bin/two/main.rs
//- /src/bin/two/part.rs
//- /src/bin/three/other.rs
//- /src/bin/.hidden.rs
//- /examples/ex.rs
//- /tests/t.rs
//- /tests/common/mod.rs
//- /benches/b/main.rs
",
        expect![[r#"
            foo-bar in ``, E2024
              lib foo_bar at src/lib.rs
              bin foo_bar at src/main.rs
              bin one at src/bin/one.rs
              bin two at src/bin/two/main.rs
              example ex at examples/ex.rs
              test t at tests/t.rs
              bench b at benches/b/main.rs
              build build_script_build at build.rs
        "#]],
    );
}

#[test]
fn listed_targets_replace_those_found() {
    check(
        "
//- /Cargo.toml
[package]
name = \"a\"
edition = \"2021\"
build = \"tools/make.rs\"
autotests = false
autoexamples = false
[lib]
name = \"a_lib\"
path = \"code/a.rs\"
crate-type = [\"cdylib\", \"rlib\"]
[[bin]]
name = \"tool\"
path = \"src/main.rs\"
[[bin]]
name = \"two\"
[[bin]]
name = \"far\"
path = \"../far.rs\"
edition = \"2018\"
[[test]]
name = \"listed\"
//- /src/main.rs
//- /src/lib.rs
//- /src/bin/two.rs
//- /src/bin/three.rs
//- /tests/listed.rs
//- /tests/unlisted.rs
//- /examples/unlisted.rs
",
        expect![[r#"
            a in ``, E2021
              lib a_lib at code/a.rs
              bin far at ../far.rs
              bin three at src/bin/three.rs
              bin tool at src/main.rs
              bin two at src/bin/two.rs
              test listed at tests/listed.rs
              build build_script_make at tools/make.rs
        "#]],
    );
}

#[test]
fn edition_2015_stops_searching_once_one_is_listed() {
    check(
        "
//- /Cargo.toml
[project]
name = \"old\"
[[bin]]
name = \"other\"
[lib]
plugin = false
//- /src/old.rs
//- /src/main.rs
//- /src/bin/more.rs
//- /tests/t.rs
",
        expect![[r#"
            old in ``, E2015
              lib old at src/old.rs
              bin other at src/main.rs
              test t at tests/t.rs
        "#]],
    );
}

#[test]
fn proc_macros_are_told_from_libraries() {
    for lib in ["proc-macro = true", "proc_macro = true", "crate-type = [\"proc-macro\"]"] {
        let workspace =
            read(&format!("//- /Cargo.toml\n[package]\nname = \"m\"\n[lib]\n{lib}\n//- /src/lib.rs\n"));
        assert_eq!(workspace.packages[0].targets[0].kind.word(), "proc-macro", "{lib}");
    }
}

#[test]
fn members_are_listed_matched_and_led_to() {
    check(
        "
//- /Cargo.toml
[workspace]
members = [
    \"one\",
    \"crates/*\",
    \"gone\",
]
exclude = [\"crates/old\", \"vendor\"]
[workspace.package]
edition = \"2021\"
description = \"shared\"
categories = [\"network-programming\"]
[workspace.dependencies]
led-to = { path = \"deep/led-to\", version = \"1\" }
serde = { version = \"1\", package = \"serde_core\" }
//- /one/Cargo.toml
[package]
name = \"one\"
edition.workspace = true
description.workspace = true
categories.workspace = true
[dependencies]
led-to.workspace = true
serde = { workspace = true, optional = true }
two = { path = \"../crates/two\", package = \"two-real\" }
vendored = { path = \"../vendor/v\" }
outside = { path = \"../../outside\" }
[target.'cfg(unix)'.dependencies]
libc = \"0.2\"
[dev-dependencies]
one-test = { path = \"../lost\" }
[build-dependencies]
cc = \"1\"
[features]
extra = []
//- /one/src/lib.rs
//- /crates/two/Cargo.toml
[package]
name = \"two-real\"
//- /crates/two/src/lib.rs
//- /crates/notes.txt
//- /crates/empty/readme.md
//- /crates/broken/Cargo.toml
[package
name = 1
//- /crates/broken/src/lib.rs
//- /crates/bare/Cargo.toml
[package]
name = \"bare\"
//- /deep/led-to/Cargo.toml
[package]
name = \"led-to\"
edition = { workspace = true }
//- /deep/led-to/src/main.rs
//- /vendor/v/Cargo.toml
[package]
name = \"vendored\"
//- /vendor/v/src/lib.rs
",
        expect![[r#"
            led-to in `deep/led-to`, E2021
              bin led_to at deep/led-to/src/main.rs
            one in `one`, E2021
              lib one at one/src/lib.rs
              needs led_to = led-to, member led-to, line 7
              needs libc, for cfg(unix), line 13
              needs outside, line 11
              needs serde = serde_core, renamed, optional, line 8
              needs two = two-real, renamed, member two-real, line 9
              needs vendored, line 10
              tests with one_test = one-test, line 15
              builds with cc, line 17
            two-real in `crates/two`, E2015
              lib two_real at crates/two/src/lib.rs
            missing Cargo.toml, asked for in line Some(5): `gone/Cargo.toml`: there is no such file
            missing crates/bare/Cargo.toml, asked for in line None: it has nothing to build: no `src/lib.rs`, no `src/main.rs`, no listed target
            missing crates/broken/Cargo.toml, asked for in line Some(1): it is not valid: unclosed table, expected `]`
            missing one/Cargo.toml, asked for in line Some(15): `lost/Cargo.toml`: there is no such file
        "#]],
    );
}

#[test]
fn inherited_fields_and_features_are_filled_in() {
    let workspace = read(
        "
//- /Cargo.toml
[package]
name = \"a\"
description.workspace = true
categories = [\"x\"]
[workspace.package]
description = \"shared\"
[dependencies]
hidden = { version = \"1\", optional = true }
shown = { version = \"1\", optional = true }
[features]
default = [\"extra\"]
extra = [\"dep:hidden\"]
//- /src/lib.rs
",
    );
    let package = &workspace.packages[0];
    assert_eq!((package.description.as_str(), package.categories.join(" ").as_str()), ("shared", "x"));
    assert_eq!(package.features, ["default", "extra", "shown"]);
}

#[test]
fn a_patch_by_path_puts_a_member_in_the_place_of_a_package() {
    let workspace = read(
        "
//- /Cargo.toml
[workspace]
members = [\"core\", \"util\"]
[patch.crates-io]
core-lib = { path = \"core\" }
renamed = { package = \"other\", path = \"core\" }
outside = { path = \"../outside\" }
forked = { git = \"https://example.org/forked\" }
//- /core/Cargo.toml
[package]
name = \"core-lib\"
//- /core/src/lib.rs
//- /util/Cargo.toml
[package]
name = \"util\"
[dependencies]
core-lib = \"1\"
again = { package = \"core-lib\", version = \"1\" }
forked = \"1\"
other = \"1\"
outside = \"1\"
//- /util/src/lib.rs
",
    );
    let members: Vec<(&str, Option<&str>)> = workspace.packages[1]
        .dependencies
        .iter()
        .map(|dependency| (dependency.name.as_str(), dependency.member.as_deref()))
        .collect();
    let patched = Some("core-lib");
    let expected =
        [("again", patched), ("core_lib", patched), ("forked", None), ("other", None), ("outside", None)];
    assert_eq!(members, expected);
}

#[test]
fn a_lone_package_has_no_other_members() {
    let workspace = read(
        "
//- /Cargo.toml
[package]
name = \"a\"
[dependencies]
b = { path = \"b\" }
//- /src/lib.rs
//- /b/Cargo.toml
[package]
name = \"b\"
//- /b/src/lib.rs
",
    );
    assert_eq!(workspace.packages.len(), 1);
    assert_eq!(workspace.packages[0].dependencies[0].member, None);
}

#[test]
fn a_root_that_cannot_be_read_is_an_error_with_its_place() {
    let error = |fixture: &str| {
        let error = read_manifests(&Memory::parse(fixture), "/w").expect_err("it cannot be read");
        (error.message, error.position)
    };
    assert_eq!(
        error("//- /Cargo.toml\n[package]\nname = \"a\nversion = 1\n"),
        ("`Cargo.toml` is not valid: invalid basic string, expected `\"`".to_owned(), Some((2, 10)))
    );
    assert_eq!(
        error("//- /Cargo.toml\n[dependencies]\n"),
        ("`Cargo.toml` declares neither a package nor a workspace".to_owned(), Some((1, 1)))
    );
    let memory = Memory::new([("src/lib.rs", "")]);
    let error = read_manifests(&memory, "/w").expect_err("it cannot be read");
    assert_eq!(error.message, "there is no `Cargo.toml` in this folder or any above it");
}

#[test]
fn patterns_match_as_in_a_shell() {
    for (pattern, name) in
        [("*", "a"), ("a*c", "abbc"), ("*-?", "x-1"), ("[a-c]x", "bx"), ("[!a]x", "bx"), ("[]]", "]")]
    {
        assert!(matches(pattern.as_bytes(), name.as_bytes()), "{pattern} {name}");
    }
    for (pattern, name) in
        [("a", "b"), ("a*c", "abb"), ("?", ""), ("[a-c]x", "dx"), ("[!b]x", "bx"), ("[a", "[a")]
    {
        assert!(!matches(pattern.as_bytes(), name.as_bytes()), "{pattern} {name}");
    }
}

#[test]
fn patterns_of_many_stars_end() {
    let name = "a".repeat(200);
    assert!(!matches("*a*a*a*a*a*a*a*a*a*b".as_bytes(), name.as_bytes()));
}

#[test]
fn members_below_any_folder_are_matched() {
    let workspace = read(
        "
//- /Cargo.toml
[workspace]
members = [\"libs/**\"]
//- /libs/a/Cargo.toml
[package]
name = \"a\"
//- /libs/a/src/lib.rs
//- /libs/group/b/Cargo.toml
[package]
name = \"b\"
//- /libs/group/b/src/lib.rs
",
    );
    let names: Vec<_> = workspace.packages.iter().map(|package| package.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
}
