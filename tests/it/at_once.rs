//! Runs at once and runs that are killed: what they write is whole, whatever happens.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use archlint::adapters::config::{baseline, parse};
use tempfile::TempDir;

use crate::support::{archlint, folder, package, write};

const RULES: &str = "archlint.toml";
const ACCEPTED: &str = "archlint.baseline.toml";

/// A workspace in which the domain names what it should not.
fn shop() -> TempDir {
    folder(&[
        ("Cargo.toml", package("shop")),
        ("src/lib.rs", "pub mod domain;\npub mod db;\npub mod routes;\n".to_owned()),
        (
            "src/db.rs",
            "use crate::domain::Order;\npub struct Row(Order);\npub struct Pool(Order);\npub fn save(_: Order) {}\n"
                .to_owned(),
        ),
        ("src/domain.rs", "use crate::db::{Pool, Row};\npub struct Order;\n".to_owned()),
        ("src/routes.rs", "use crate::domain::Order;\npub fn show(_: Order) {}\n".to_owned()),
    ])
}

fn start(folder: &Path, args: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_cargo-archlint"))
        .args(args)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program was built")
}

/// Two runs at once; their exit codes, sorted.
fn both(folder: &Path, args: &[&str]) -> [Option<i32>; 2] {
    let runs = [start(folder, args), start(folder, args)];
    let mut codes = runs.map(|mut run| run.wait().expect("it ends").code());
    codes.sort_unstable();
    codes
}

/// Every file that is there can be read by the tool.
fn assert_whole(folder: &Path) {
    if let Ok(text) = std::fs::read_to_string(folder.join(RULES)) {
        assert!(parse(&text, RULES).is_ok(), "{text}");
    }
    if let Ok(text) = std::fs::read_to_string(folder.join(ACCEPTED)) {
        assert!(baseline::parse(&text, ACCEPTED).is_ok(), "{text}");
    }
}

fn clear(folder: &Path) {
    for name in [RULES, ACCEPTED] {
        // What is not there need not be removed.
        let _ = std::fs::remove_file(folder.join(name));
    }
}

#[test]
fn two_runs_at_once_leave_whole_files_and_nothing_beside_them() {
    let shop = shop();
    let count = || std::fs::read_dir(shop.path()).expect("it is there").count();
    let before = count();
    for _ in 0..5 {
        clear(shop.path());
        assert_eq!(both(shop.path(), &["init"]), [Some(0), Some(2)], "one of them comes first");
        assert_eq!(archlint(shop.path(), &[]).status.code(), Some(0));
        let accepted = std::fs::read_to_string(shop.path().join(ACCEPTED)).expect("it was written");
        write(shop.path(), "src/domain.rs", "use crate::db::Row;\npub struct Order;\n");
        assert_eq!(both(shop.path(), &[]), [Some(0), Some(0)]);
        assert_whole(shop.path());
        assert_ne!(std::fs::read_to_string(shop.path().join(ACCEPTED)).ok(), Some(accepted), "it shrank");
        write(shop.path(), "src/domain.rs", "use crate::db::{Pool, Row};\npub struct Order;\n");
        assert_eq!(count(), before + 2);
    }
}

#[test]
fn whoever_accepts_at_once_loses_nothing_of_the_others() {
    let names = ["a", "b", "c", "d"];
    let modules: String = names.iter().map(|name| format!("pub mod {name};\n")).collect();
    let mut files = vec![
        ("Cargo.toml".to_owned(), package("shop")),
        ("src/lib.rs".to_owned(), format!("pub mod db;\n{modules}")),
        ("src/db.rs".to_owned(), "pub struct Row;\n".to_owned()),
    ];
    files.extend(names.iter().map(|name| (format!("src/{name}.rs"), "pub use crate::db::Row;\n".to_owned())));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let shop = folder(&files);
    let rule = |name: &str| {
        format!("[[rule]]\nname = \"{name}\"\nforbid = {{ from = \"shop::{name}\", to = \"shop::db\" }}\n")
    };
    write(shop.path(), RULES, names.map(rule).concat());
    // What `a` broke is fixed meanwhile: who looks takes its line away, while the others add theirs.
    for _ in 0..5 {
        let _ = std::fs::remove_file(shop.path().join(ACCEPTED));
        write(shop.path(), "src/a.rs", "pub use crate::db::Row;\n");
        let accept = |name: &'static str| ["baseline", "--accept", name, "--because", "later"];
        assert_eq!(archlint(shop.path(), &accept("a")).status.code(), Some(0));
        write(shop.path(), "src/a.rs", "pub struct Row;\n");
        let mut runs: Vec<Child> = ["b", "c", "d"].map(|name| start(shop.path(), &accept(name))).into();
        runs.push(start(shop.path(), &["--exit-zero"]));
        for run in &mut runs {
            assert_eq!(run.wait().expect("it ends").code(), Some(0));
        }
        let text = std::fs::read_to_string(shop.path().join(ACCEPTED)).expect("it was written");
        let accepted = baseline::parse(&text, ACCEPTED).expect("it is whole");
        let rules: Vec<&str> = accepted.entries.iter().map(|entry| &*entry.name.rule).collect();
        assert_eq!((rules, accepted.absorbed, accepted.retired), (vec!["b", "c", "d"], 4, 1), "{text}");
    }
    let left = std::fs::read_dir(shop.path()).expect("it is there").count();
    assert_eq!(left, 4, "the manifest, the source, the rules and the baseline");
}

#[test]
fn a_run_that_is_killed_leaves_whole_files() {
    let shop = shop();
    for at in 0..30 {
        if at % 3 == 0 {
            clear(shop.path());
        }
        let args: &[&str] = match at % 3 {
            0 => &["init"],
            1 => &["baseline", "--accept", "all", "--because", "later"],
            _ => &[],
        };
        let mut run = start(shop.path(), args);
        std::thread::sleep(Duration::from_millis(1 + at));
        // It may have ended already.
        let _ = run.kill();
        run.wait().expect("it ends");
        assert_whole(shop.path());
        // Rules without what they accept would fail where nobody broke anything.
        assert!(shop.path().join(ACCEPTED).exists() || !shop.path().join(RULES).exists());
    }
}
