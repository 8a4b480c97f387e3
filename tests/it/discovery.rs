//! Packages and sources on disk.

use std::path::Path;

use archlint::adapters::cargo::disk::DiskTree;
use archlint::adapters::cargo::{ask, read_manifests};
use archlint::adapters::sources::Disk;
use archlint::application::ports::Codebase;

use crate::support::{files, folder, package, packages, read, write};

#[test]
fn cargo_and_the_manifests_say_the_same() {
    let folder = folder(&[
        (
            "Cargo.toml",
            "[workspace]
members = [\"app\", \"crates/*\"]
exclude = [\"crates/old\"]
resolver = \"2\"
[workspace.package]
edition = \"2021\"
version = \"1.0.0\"
description = \"shared\"
categories = [\"network-programming\"]
[workspace.dependencies]
core-lib = { path = \"deep/core\", version = \"1\" }
renamed = { package = \"serde\", version = \"1\" }
",
        ),
        (
            "app/Cargo.toml",
            "[package]
name = \"app-x\"
version.workspace = true
edition.workspace = true
description.workspace = true
categories.workspace = true
[lib]
name = \"other\"
path = \"code/lib.rs\"
crate-type = [\"cdylib\", \"rlib\"]
[[bin]]
name = \"tool-a\"
path = \"../shared/tool.rs\"
edition = \"2018\"
[dependencies]
core-lib.workspace = true
renamed = { workspace = true, optional = true }
rand = { version = \"0.8\", optional = true }
[target.'cfg(unix)'.dependencies]
libc = \"0.2\"
[target.x86_64-pc-windows-msvc.dependencies]
libc = \"0.2\"
[dev-dependencies]
macros = { path = \"../crates/macros\", package = \"my-macros\" }
[build-dependencies]
libc = \"0.2\"
[features]
default = []
full = [\"dep:rand\"]
",
        ),
        ("app/code/lib.rs", ""),
        ("app/src/main.rs", "fn main() {}"),
        ("app/src/bin/b-one.rs", "fn main() {}"),
        ("app/src/bin/two/main.rs", "fn main() {}"),
        ("app/examples/e.rs", "fn main() {}"),
        ("app/tests/t/main.rs", ""),
        ("app/tests/common/mod.rs", ""),
        ("app/benches/b.rs", ""),
        ("app/build.rs", "fn main() {}"),
        ("shared/tool.rs", "fn main() {}"),
        (
            "crates/macros/Cargo.toml",
            "[package]\nname = \"my-macros\"\nbuild = \"b.rs\"\nversion = \"0.1.0\"\n[lib]\nproc-macro = true\n[[bin]]\nname = \"x\"\n",
        ),
        ("crates/macros/src/lib.rs", ""),
        ("crates/macros/src/x.rs", "fn main() {}"),
        ("crates/macros/src/bin/x.rs", "fn main() {}"),
        ("crates/macros/src/bin/y.rs", "fn main() {}"),
        ("crates/macros/b.rs", "fn main() {}"),
        ("crates/old/Cargo.toml", "not even toml"),
        ("deep/core/Cargo.toml", "[package]\nname = \"core-lib\"\nversion = \"1.0.0\"\nedition = \"2024\"\n"),
        ("deep/core/src/lib.rs", ""),
    ]);
    let tree = DiskTree::new(folder.path());
    let asked = ask(&tree, folder.path()).expect("cargo accepts the workspace");
    let direct = read_manifests(&tree, &asked.root).expect("the root manifest is whole");
    assert_eq!(asked.packages, direct.packages);
    assert_eq!(asked.packages.len(), 3);
    assert_eq!(direct.missing, []);
}

#[test]
fn where_cargo_fails_the_manifests_are_read_and_it_is_said() {
    let folder = folder(&[
        ("Cargo.toml", format!("cargo-features = [\"of-the-future\"]\n{}", package("a"))),
        ("src/lib.rs", "fn f() {}".to_owned()),
    ]);
    let reading = read(folder.path()).expect("the manifests can be read");
    assert_eq!(packages(&reading), ["a"]);
    assert_eq!(files(&reading), ["src/lib.rs"]);
    let [note] = reading.workspace.notes.as_slice() else { panic!("{:?}", reading.workspace.notes) };
    assert!(note.starts_with("`cargo metadata` failed, so the manifests were read directly: "), "{note}");
    assert!(!note.contains('\n'), "{note}");
}

#[test]
fn the_workspace_is_found_from_any_folder_in_it() {
    let folder = folder(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"a\"]\n".to_owned()),
        ("a/Cargo.toml", package("a")),
        ("a/src/deep/x.rs", String::new()),
        ("a/src/lib.rs", String::new()),
        ("alone/Cargo.toml", package("alone")),
        ("alone/src/lib.rs", String::new()),
    ]);
    let root = |manifest: Option<&str>, cwd: &str| {
        let disk =
            Disk::open(manifest.map(Path::new), &folder.path().join(cwd)).expect("there is a manifest");
        disk.root().strip_prefix(folder.path()).expect("it lies inside").to_owned()
    };
    assert_eq!(root(None, ""), Path::new(""));
    assert_eq!(root(None, "a/src/deep"), Path::new(""));
    assert_eq!(root(Some("../a/Cargo.toml"), "alone"), Path::new(""));
    assert_eq!(root(Some("a"), ""), Path::new(""));
    assert_eq!(root(None, "alone/src"), Path::new("alone"));
    let reading = read(&folder.path().join("alone")).expect("it is a package of its own");
    assert_eq!(packages(&reading), ["alone"]);
    assert!(reading.workspace.notes[0].contains("does not list it"), "{:?}", reading.workspace.notes);
}

#[test]
fn files_of_members_are_read_and_no_others() {
    let folder = folder(&[
        (
            "Cargo.toml",
            format!(
                "{}[workspace]\nmembers = [\"a\", \"../beside\"]\n[[bin]]\nname = \"far\"\npath = \"vendor/far.rs\"\n",
                package("root")
            ),
        ),
        ("src/lib.rs", String::new()),
        ("src/target/mod.rs", String::new()),
        ("src/notes.txt", String::new()),
        ("a/Cargo.toml", package("a")),
        ("a/src/lib.rs", String::new()),
        ("target/debug/build/x/out/gen.rs", String::new()),
        ("out/CACHEDIR.TAG", String::new()),
        ("out/gen.rs", String::new()),
        (".git/x.rs", String::new()),
        (".hidden/x.rs", String::new()),
        ("vendor/Cargo.toml", package("vendor")),
        ("vendor/far.rs", String::new()),
        ("vendor/src/lib.rs", String::new()),
        ("fixtures/loose.rs", String::new()),
    ]);
    let reading = read(folder.path()).expect("the manifests can be read");
    let expected = ["a/src/lib.rs", "fixtures/loose.rs", "src/lib.rs", "src/target/mod.rs", "vendor/far.rs"];
    assert_eq!(files(&reading), expected);
}

#[test]
fn members_beside_the_root_are_read() {
    let folder = folder(&[
        ("main/Cargo.toml", "[workspace]\nmembers = [\"../beside\"]\n".to_owned()),
        ("beside/Cargo.toml", format!("{}workspace = \"../main\"\n", package("beside"))),
        ("beside/src/lib.rs", "fn f() {}".to_owned()),
    ]);
    for start in ["main", "beside/src"] {
        let reading = read(&folder.path().join(start)).expect("the manifests can be read");
        assert_eq!(files(&reading), ["../beside/src/lib.rs"], "{start}");
        let disk = Disk::open(None, &folder.path().join(start)).expect("there is a manifest");
        assert_eq!(disk.text("../beside/src/lib.rs").as_deref(), Some("fn f() {}"));
    }
}

#[test]
fn more_files_come_from_the_repository_and_not_from_beyond() {
    let folder = folder(&[
        ("repo/.git/HEAD", String::new()),
        ("repo/ws/Cargo.toml", package("a")),
        ("repo/ws/src/lib.rs", String::new()),
        ("repo/shared/x.rs", "fn x() {}".to_owned()),
        ("secret.rs", "fn s() {}".to_owned()),
    ]);
    let disk = Disk::open(None, &folder.path().join("repo/ws")).expect("there is a manifest");
    let asked = ["../../secret.rs", "../shared/x.rs", "../gone.rs", "src/lib.rs"].map(str::to_owned);
    let more = disk.read_more(&asked);
    let shown: Vec<_> = more
        .iter()
        .map(|read| match read {
            Ok(facts) => facts.path.as_str(),
            Err(missing) => missing.reason.as_str(),
        })
        .collect();
    assert_eq!(
        shown,
        ["it lies outside the workspace", "../shared/x.rs", "there is no such file", "src/lib.rs"]
    );
    assert_eq!(disk.text("../shared/x.rs").as_deref(), Some("fn x() {}"));
    assert_eq!(disk.text("../../secret.rs"), None);
}

#[test]
fn reading_twice_gives_the_same() {
    let folder = folder(&[("Cargo.toml", package("a")), ("src/lib.rs", "mod m0;".to_owned())]);
    for index in 0..40 {
        write(folder.path(), &format!("src/m{index}.rs"), "fn f() {}\n".repeat(index));
    }
    let first = read(folder.path()).expect("the manifests can be read");
    let second = read(folder.path()).expect("the manifests can be read");
    assert_eq!(files(&first).len(), 41);
    assert_eq!(files(&first), files(&second));
    assert_eq!(format!("{:?}", first.files), format!("{:?}", second.files));
}

#[cfg(unix)]
#[test]
fn a_workspace_behind_a_link_is_read() {
    let folder = folder(&[
        ("real/Cargo.toml", "[workspace]\nmembers = [\"a\"]\n".to_owned()),
        ("real/a/Cargo.toml", package("a")),
        ("real/a/src/lib.rs", String::new()),
    ]);
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("real", &link).expect("the temporary folder is writable");
    let disk = Disk::open(Some(Path::new("link/Cargo.toml")), folder.path()).expect("there is a manifest");
    let reading = disk.read().expect("the manifests can be read");
    assert_eq!(files(&reading), ["a/src/lib.rs"]);
    assert_eq!(reading.workspace.notes, [""; 0]);
    assert_eq!(reading.workspace.packages[0].folder, "a");
}
