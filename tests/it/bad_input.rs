//! What is broken, hostile or absurd: it ends in a clear message, and the rest is still read.

use std::path::Path;
use std::process::Command;

use archlint::adapters::parse::lex::{cut, lex};
use archlint::adapters::sources::Disk;
use archlint::application::ports::Codebase;

use crate::support::{deep, files, folder, package, packages, read, unreadable, write};

#[test]
fn an_empty_folder_is_told_apart() {
    let folder = folder::<&str>(&[]);
    let error = read(folder.path()).expect_err("there is nothing to read");
    assert_eq!(error.message, "there is no `Cargo.toml` in this folder or any above it");
    assert!(error.remedy.contains("--manifest-path"));
    let error = Disk::open(Some(Path::new("x/Cargo.toml")), folder.path()).expect_err("it is not there");
    assert_eq!(error.message, "there is no manifest at `x/Cargo.toml`");
    let error = Disk::open(Some(Path::new(".")), folder.path()).expect_err("it is not there");
    assert_eq!(error.message, "there is no manifest at `.`");
}

#[test]
fn sources_without_a_manifest_are_no_workspace() {
    let folder = folder(&[("src/main.rs", "fn main() {}")]);
    assert!(read(folder.path()).is_err());
}

#[test]
fn a_broken_root_manifest_is_an_error_with_its_place() {
    let folder = folder(&[("Cargo.toml", "[package]\nname = \"a\nversion = 1\n"), ("src/lib.rs", "")]);
    let error = read(folder.path()).expect_err("the manifest is broken");
    assert_eq!((error.file.as_deref(), error.position), (Some("Cargo.toml"), Some((2, 10))));
    assert!(error.message.starts_with("`Cargo.toml` is not valid: "), "{}", error.message);
}

#[test]
fn a_manifest_that_is_no_text_is_an_error() {
    let folder = folder(&[("Cargo.toml", b"[package]\nname = \"\xFF\"\n")]);
    let error = read(folder.path()).expect_err("the manifest is broken");
    assert_eq!(error.message, "`Cargo.toml` cannot be read: it is not UTF-8, from line 2 on");
}

#[test]
fn a_broken_member_leaves_the_others() {
    let folder = folder(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\", \"c\"]\n".to_owned()),
        ("a/Cargo.toml", package("a")),
        ("a/src/lib.rs", "fn f() {}".to_owned()),
        ("b/Cargo.toml", "[package\n".to_owned()),
        ("b/src/lib.rs", "fn f() {}".to_owned()),
    ]);
    let reading = read(folder.path()).expect("the root manifest is whole");
    assert_eq!(packages(&reading), ["a"]);
    assert_eq!(files(&reading), ["a/src/lib.rs"]);
    let missing: Vec<_> =
        reading.workspace.missing.iter().map(|missing| (missing.path.as_str(), missing.line)).collect();
    assert_eq!(missing, [("Cargo.toml", Some(2)), ("b/Cargo.toml", Some(1))]);
    assert!(reading.workspace.notes[0].contains("cargo metadata"), "{:?}", reading.workspace.notes);
}

#[test]
fn a_file_that_is_no_text_leaves_the_others() {
    let folder = folder(&[
        ("Cargo.toml", package("a").as_bytes()),
        ("src/lib.rs", b"mod latin;\nmod utf16;\nfn f() {}\n"),
        ("src/latin.rs", b"fn a() {}\n// caf\xE9\n"),
        ("src/utf16.rs", b"\xFF\xFEf\0n\0"),
        ("src/picture.rs", b"\x89PNG\r\n\x1A\n\0\0\0\x01"),
        ("src/prose.rs", b"Dear reader, it's not \"Rust\" at all: (see [below}.\n"),
        ("src/zero.rs", b"\0\0\0\0"),
        ("src/empty.rs", b""),
    ]);
    let reading = read(folder.path()).expect("the root manifest is whole");
    assert_eq!(
        unreadable(&reading),
        [
            ("src/latin.rs", "it is not UTF-8, from line 2 on"),
            ("src/picture.rs", "it is not UTF-8, from line 1 on"),
            ("src/utf16.rs", "it is not UTF-8, from line 1 on"),
        ]
    );
    assert_eq!(files(&reading), ["src/empty.rs", "src/lib.rs", "src/prose.rs", "src/zero.rs"]);
}

#[test]
fn deep_texts_are_read_without_deep_recursion() {
    let folder = folder(&[("Cargo.toml", package("a")), ("src/lib.rs", "fn f() {}".to_owned())]);
    for (name, text) in deep(100_000) {
        let lexed = lex(&text);
        let harmless = ["unopened", "comments"].contains(&name);
        assert!(
            harmless || lexed.depth_score > 50_000 || lexed.depth_score >= 4_000 && name == "tails",
            "{name} {}",
            lexed.depth_score
        );
        write(folder.path(), &format!("src/{name}.rs"), &text);
    }
    let reading = read(folder.path()).expect("the root manifest is whole");
    assert_eq!(reading.unreadable, []);
    assert_eq!(reading.files.len(), deep(0).len() + 1);
}

#[test]
fn megabytes_of_brackets_are_read() {
    for text in
        ["[".repeat(2_000_000), "[]".repeat(1_000_000), "([{".repeat(500_000) + &"}])".repeat(500_000)]
    {
        let folder = folder(&[("Cargo.toml", package("a")), ("src/lib.rs", text.clone())]);
        assert!(!cut(&text).is_empty());
        let reading = read(folder.path()).expect("the root manifest is whole");
        assert_eq!(files(&reading), ["src/lib.rs"]);
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_or_away_end() {
    use std::os::unix::fs::symlink;
    let away = folder(&[("x.rs", "fn away() {}")]);
    let folder = folder(&[
        ("Cargo.toml", package("a")),
        ("src/lib.rs", "fn f() {}".to_owned()),
        ("shared/part/y.rs", "fn y() {}".to_owned()),
    ]);
    let root = folder.path();
    let link = |to: &Path, at: &str| symlink(to, root.join(at)).expect("the temporary folder is writable");
    link(root, "src/up");
    link(Path::new("."), "src/here");
    link(Path::new("self"), "src/self");
    link(Path::new("self.rs"), "src/self.rs");
    link(&root.join("shared/part"), "src/part");
    link(&root.join("src"), "shared/part/back");
    link(away.path(), "src/away");
    link(&away.path().join("x.rs"), "src/away.rs");
    link(Path::new("/dev/zero"), "src/zero.rs");
    let reading = read(root).expect("the root manifest is whole");
    assert_eq!(
        files(&reading),
        ["shared/part/back/lib.rs", "shared/part/y.rs", "src/lib.rs", "src/part/y.rs"]
    );
    assert_eq!(
        unreadable(&reading),
        [
            ("shared/part/back/away.rs", "it lies outside the workspace"),
            ("src/away.rs", "it lies outside the workspace")
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let folder = folder(&[("Cargo.toml", package("a")), ("src/lib.rs", "mod pipe;".to_owned())]);
    let made = Command::new("mkfifo").arg(folder.path().join("src/pipe.rs")).status();
    assert!(made.expect("mkfifo is part of every unix").success());
    let reading = read(folder.path()).expect("the root manifest is whole");
    assert_eq!(files(&reading), ["src/lib.rs"]);
    let disk = Disk::open(None, folder.path()).expect("there is a manifest");
    let more = disk.read_more(&["src/pipe.rs".to_owned()]);
    assert_eq!(more[0].as_ref().expect_err("it is a pipe").reason, "it is not a file");
}

/// Run by [`nothing_of_the_target_runs`] in another process, whose environment names no cargo.
#[test]
#[ignore = "the folder to read is given by another test"]
fn read_in_another_process() {
    let Some(root) = std::env::var_os("ARCHLINT_TEST_ROOT") else { return };
    let reading = read(Path::new(&root)).expect("the root manifest is whole");
    assert_eq!(packages(&reading), ["a"]);
    assert_eq!(files(&reading), ["src/lib.rs"]);
}

#[cfg(unix)]
#[test]
fn nothing_of_the_target_runs() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("Cargo.toml", package("a")), ("src/lib.rs", "fn f() {}".to_owned())]);
    let root = folder.path();
    let marker = root.join("it-ran");
    let program = format!("#!/bin/sh\ntouch '{}'\nexit 1\n", marker.display());
    for path in ["own/bin/cargo", "own/bin/rustc", "own/bin/rustdoc"] {
        write(root, path, &program);
        let full = root.join(path);
        std::fs::set_permissions(full, PermissionsExt::from_mode(0o755)).expect("the file is ours");
    }
    write(
        root,
        ".cargo/config.toml",
        "[build]\nrustc = \"own/bin/rustc\"\nrustc-wrapper = \"own/bin/rustc\"\n",
    );
    for toolchain in [
        format!("[toolchain]\npath = \"{}\"\n", root.join("own").display()),
        "[toolchain]\npath = \"own\"\n".to_owned(),
        "[toolchain]\nchannel = \"nightly-1999-12-31\"\n".to_owned(),
        "not even toml".to_owned(),
    ] {
        write(root, "rust-toolchain.toml", &toolchain);
        let output = Command::new(std::env::current_exe().expect("this test runs from a file"))
            .args(["--exact", "bad_input::read_in_another_process", "--ignored"])
            .env("ARCHLINT_TEST_ROOT", root)
            .env_remove("CARGO")
            .env_remove("RUSTUP_TOOLCHAIN")
            .current_dir(root)
            .output()
            .expect("this test can be run again");
        assert!(output.status.success(), "{toolchain}\n{}", String::from_utf8_lossy(&output.stdout));
        assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
        assert!(!marker.exists(), "the workspace had its own program run: {toolchain}");
    }
}

#[test]
fn modules_that_name_each_other_are_read_once() {
    let folder = folder(&[
        ("Cargo.toml", package("a")),
        ("src/lib.rs", "#[path = \"a.rs\"]\nmod a;\nmod gone;\n".to_owned()),
        ("src/a.rs", "#[path = \"b.rs\"]\nmod b;\n".to_owned()),
        ("src/b.rs", "#[path = \"a.rs\"]\nmod a;\n#[path = \"b.rs\"]\nmod b;\n".to_owned()),
    ]);
    let reading = read(folder.path()).expect("the root manifest is whole");
    assert_eq!(files(&reading), ["src/a.rs", "src/b.rs", "src/lib.rs"]);
    let disk = Disk::open(None, folder.path()).expect("there is a manifest");
    let more = disk.read_more(&["src/gone.rs".to_owned()]);
    assert_eq!(more[0].as_ref().expect_err("it is missing").reason, "there is no such file");
}
