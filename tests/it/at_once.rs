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
