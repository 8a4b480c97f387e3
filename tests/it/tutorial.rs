//! The tutorial is true: its commands are run, its files are written, its output is compared.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::{archlint, err, out, write};

const TUTORIAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/tutorial.md");
const SHOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tutorial");

/// A copy of a folder.
pub fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("the fixture is there") {
        let entry = entry.expect("the fixture can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).expect("the temporary folder is writable");
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("the temporary folder is writable");
        }
    }
}

fn git(folder: &Path, args: &[&str]) -> String {
    let run = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(folder)
        .output()
        .expect("git is there");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("git writes text")
}

/// What a command of the tutorial prints.
fn run(folder: &Path, command: &str) -> String {
    let words: Vec<&str> = command.split(' ').collect();
    match words.as_slice() {
        ["cargo", args @ ..] => {
            let run = archlint(folder, args);
            assert_eq!(err(&run), "", "{command}");
            out(&run).to_owned()
        }
        ["git", args @ ..] => git(folder, args),
        ["cat", path] => std::fs::read_to_string(folder.join(path)).expect("it was written"),
        _ => panic!("`{command}` is no command of a tutorial"),
    }
}

/// The tutorial with what its commands print now.
fn played(text: &str, folder: &Path) -> String {
    let mut told = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        told.push_str(line);
        told.push('\n');
        let Some(fence) = line.strip_prefix("```").filter(|fence| !fence.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if fence == "console" {
            for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                told.push_str(&format!("$ {command}\n{}", run(folder, command)));
            }
        } else {
            let body = block.iter().map(|line| format!("{line}\n")).collect::<String>();
            if let Some((_, path)) = fence.split_once("file=") {
                write(folder, path, &body);
            }
            told.push_str(&body);
        }
        told.push_str("```\n");
    }
    told
}

#[test]
fn the_tutorial_shows_what_happens() {
    let shop = TempDir::new().expect("the temporary folder is writable");
    copy(Path::new(SHOP), shop.path());
    git(shop.path(), &["init", "-q", "-b", "main"]);
    git(shop.path(), &["add", "."]);
    git(shop.path(), &["commit", "-qm", "shop"]);
    let text = std::fs::read_to_string(TUTORIAL).expect("the tutorial is there");
    let now = played(&text, shop.path());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(TUTORIAL, &now).expect("the tutorial can be written");
    }
    assert_eq!(text, now, "run the tests with UPDATE_EXPECT=1 and read what changed");
}
