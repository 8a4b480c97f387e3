//! Broken, hostile and absurd workspaces through the built program: the message, the exit code, and
//! that the rest is still judged.

use tempfile::TempDir;

use crate::support::{archlint, deep, folder, out, package, write};

const LAYERS: &str = "[layers]\norder = [\"web\", \"domain\"]\n\
                      [layers.web]\nmodules = [\"shop\"]\n\
                      [layers.domain]\nmodules = [\"shop::domain\"]\n";

/// A workspace that breaks its one rule in `src/domain.rs`, with these files beside it. Its library
/// starts with `lib`.
fn shop<T: AsRef<[u8]>>(lib: &str, files: &[(&str, T)]) -> TempDir {
    let shop = folder(&[
        ("Cargo.toml", package("shop")),
        ("archlint.toml", LAYERS.to_owned()),
        ("src/lib.rs", format!("{lib}pub mod domain;\npub mod web;\n")),
        ("src/domain.rs", "pub fn total() { crate::web::show() }\n".to_owned()),
        ("src/web.rs", "pub fn show() {}\n".to_owned()),
    ]);
    for (path, text) in files {
        write(shop.path(), path, text);
    }
    shop
}

/// Checks a workspace; it must end with this code, tell these things, and have judged the rest.
fn ends(shop: &TempDir, code: i32, told: &[&str]) {
    let short = archlint(shop.path(), &["--format", "short"]);
    assert_eq!(short.status.code(), Some(code), "{}", out(&short));
    assert!(out(&short).contains("src/domain.rs:1:18: error[layers] "), "{}", out(&short));
    let doctor = archlint(shop.path(), &["doctor"]);
    assert_eq!(doctor.status.code(), Some(if code == 1 { 0 } else { code }), "{}", out(&doctor));
    for text in told {
        assert!(out(&doctor).contains(text), "{text}\n{}", out(&doctor));
    }
}

#[test]
fn a_whole_workspace_is_judged() {
    ends(&shop::<&str>("", &[]), 1, &["a verdict can rest on this"]);
}

#[test]
fn a_missing_module_is_named() {
    let missing = "src/lib.rs:1:9: no file for module `gone`: looked for `src/gone.rs`, `src/gone/mod.rs`";
    let shop = shop::<&str>("pub mod gone;\n", &[]);
    ends(&shop, 3, &[missing, "no verdict can rest on this"]);
    let run = archlint(shop.path(), &[]);
    let human = out(&run);
    assert!(human.contains("so this is no verdict") && !human.contains("model-derived"), "{human}");
}

#[test]
fn what_a_condition_may_leave_out_is_not_missed() {
    let lib = "#[cfg(windows)]\nmod gone;\n#[cfg(test)]\nmod tests;\n#[cfg(unix)]\nmod outer;\n";
    let shop =
        shop(lib, &[("src/outer.rs", "mod inner;\nmod latin;\n"), ("src/outer/inner.rs", "mod no;\n")]);
    write(shop.path(), "src/outer/latin.rs", b"// caf\xE9\n");
    ends(
        &shop,
        1,
        &[
            "no file for module `gone`",
            "no file for module `tests`",
            "src/outer/inner.rs:1:5: no file for module `no`",
            "`src/outer/latin.rs`: it is not UTF-8, from line 1 on",
        ],
    );
}

#[test]
fn a_file_that_is_no_text_is_named() {
    let shop = shop("mod latin;\n", &[("src/latin.rs", b"fn a() {}\n// caf\xE9\n")]);
    ends(&shop, 3, &["src/lib.rs:1:5: `src/latin.rs`: it is not UTF-8, from line 2 on"]);
}

#[test]
fn a_file_that_is_not_rust_leaves_its_module_without_facts() {
    let prose = "Dear reader, this is not Rust at all: see below.\n";
    ends(
        &shop("mod prose;\n", &[("src/prose.rs", prose)]),
        3,
        &["src/prose.rs:1:1: nothing in this file could be read: "],
    );
    // Twenty megabytes take a third of a second, but not where nothing is optimised.
    let megabytes = if cfg!(debug_assertions) { 2 } else { 20 };
    let brackets = "[".repeat(megabytes << 20);
    ends(
        &shop("mod deep;\n", &[("src/deep.rs", brackets)]),
        3,
        &["src/deep.rs:1:1: nothing in this file could be read: nested too deeply to parse"],
    );
}

#[test]
fn a_broken_item_is_lost_and_named_and_the_others_stay() {
    let text = "pub fn good() {}\npub fn bad( { let x = ; }\npub fn too() { crate::web::show() }\n";
    let shop = shop("pub mod part;\n", &[("src/part.rs", text)]);
    ends(&shop, 1, &["lost: could not be read (1)\n  src/part.rs:2:1: "]);
    let why = archlint(shop.path(), &["why", "part::too", "web::show", "--format", "short"]);
    assert_eq!(out(&why), "src/part.rs:3:16: shop::part::too -> shop::web::show (body)\n");
}

#[test]
fn deep_nesting_costs_the_item_that_is_nested() {
    let texts: Vec<(String, String)> = deep(100_000)
        .into_iter()
        .filter(|(name, _)| matches!(*name, "blocks" | "sums" | "parentheses" | "else_ifs"))
        .map(|(name, text)| (format!("src/{name}.rs"), text))
        .collect();
    assert_eq!(texts.len(), 4);
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let shop = shop("mod blocks;\nmod sums;\nmod parentheses;\nmod else_ifs;\n", &files);
    let told: Vec<String> =
        texts.iter().map(|(path, _)| format!("{path}:1:1: nested too deeply to parse")).collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    ends(&shop, 1, &told);
    let flat = archlint(shop.path(), &["graph", "--level", "item", "--format", "json"]);
    assert!(out(&flat).contains("\"shop::sums::flat\""));
}

#[test]
fn modules_in_a_circle_are_named() {
    let shop = shop(
        "#[path = \"a.rs\"]\nmod a;\n",
        &[
            ("src/a.rs", "#[path = \"b.rs\"]\nmod b;\n"),
            ("src/b.rs", "#[path = \"a.rs\"]\nmod a;\nfn f() { crate::web::show() }\n"),
        ],
    );
    ends(&shop, 3, &["src/b.rs:2:5: module `a` would contain itself: `src/a.rs` stands above it already"]);
}

#[test]
fn a_toolchain_of_its_own_makes_no_difference() {
    for toolchain in ["channel = \"nightly-1999-12-31\"", "path = \"/nowhere\"", "path = \"own\""] {
        let text = format!("[toolchain]\n{toolchain}\n");
        ends(&shop("", &[("rust-toolchain.toml", text)]), 1, &["a verdict can rest on this"]);
    }
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_make_no_difference() {
    let shop = shop::<&str>("", &[]);
    for (to, at) in [("..", "src/up"), ("self", "src/self"), (".", "src/here")] {
        std::os::unix::fs::symlink(to, shop.path().join(at)).expect("the temporary folder is writable");
    }
    ends(&shop, 1, &["  3 files, 4 lines\n"]);
}

#[test]
fn a_broken_member_is_named_and_the_others_are_judged() {
    let shop = shop(
        "",
        &[
            ("Cargo.toml", format!("{}[workspace]\nmembers = [\"b\", \"c\"]\n", package("shop"))),
            ("b/Cargo.toml", "\n[package\n".to_owned()),
            ("b/src/lib.rs", String::new()),
        ],
    );
    ends(
        &shop,
        3,
        &[
            "note: `cargo metadata` failed, so the manifests were read directly: ",
            "Cargo.toml:6:1: `c/Cargo.toml`: there is no such file",
            "b/Cargo.toml:2:1: it is not valid: ",
        ],
    );
}

#[test]
fn a_broken_root_manifest_is_shown_with_its_line() {
    let shop = shop("", &[("Cargo.toml", "[package]\nname = \"a\nversion = 1\n")]);
    let output = archlint(shop.path(), &["--format", "short"]);
    assert_eq!(output.status.code(), Some(2));
    let told = crate::support::err(&output);
    assert!(told.starts_with("Cargo.toml:2:10: error: `Cargo.toml` is not valid: "), "{told}");
    let json = archlint(shop.path(), &["--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(out(&json)).expect("stdout is JSON");
    assert_eq!((&value["verdict"], &value["errors"][0]["line"]), (&"error".into(), &2.into()));
}

#[test]
fn an_incomplete_run_tells_its_places_in_json() {
    let shop = shop::<&str>("mod gone;\n", &[]);
    let json = archlint(shop.path(), &["--format", "json"]);
    assert_eq!(json.status.code(), Some(3));
    let value: serde_json::Value = serde_json::from_str(out(&json)).expect("stdout is JSON");
    assert_eq!(value["verdict"], "incomplete");
    assert_eq!(value["findings"].as_array().map(Vec::len), Some(1));
    let error = &value["errors"][0];
    assert_eq!(
        (&error["file"], &error["line"], &error["column"]),
        (&"src/lib.rs".into(), &1.into(), &5.into())
    );
}
