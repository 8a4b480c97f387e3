//! The baseline on disk: written whole, only where it may be.

use std::process::Command;

use tempfile::TempDir;

use crate::support::{archlint, err, folder, out, package, write};

const RULES: &str = "[layers]\norder = [\"web\", \"domain\"]\n[layers.web]\nmodules = [\"shop\", \"shop::web\"]\n\
                     [layers.domain]\nmodules = [\"shop::domain\"]\n";
const FILE: &str = "archlint.baseline.toml";

/// A workspace in which the domain names `Page` and `Row` of the web.
fn shop() -> TempDir {
    folder(&[
        ("Cargo.toml", package("shop")),
        ("archlint.toml", RULES.to_owned()),
        ("src/lib.rs", "pub mod domain;\npub mod web;\n".to_owned()),
        ("src/web.rs", "pub struct Page;\npub struct Row;\n".to_owned()),
        ("src/domain.rs", "use crate::web::{Page, Row};\n".to_owned()),
    ])
}

fn code(shop: &TempDir, args: &[&str]) -> Option<i32> {
    archlint(shop.path(), args).status.code()
}

fn text(shop: &TempDir) -> String {
    std::fs::read_to_string(shop.path().join(FILE)).expect("it was written")
}

const ACCEPT: [&str; 5] = ["baseline", "--accept", "layers", "--because", "goes with v2"];

#[test]
fn it_grows_on_purpose_and_shrinks_by_itself() {
    let shop = shop();
    assert_eq!(code(&shop, &[]), Some(1));
    let accepted = archlint(shop.path(), &ACCEPT);
    assert_eq!(
        out(&accepted),
        "archlint.baseline.toml: 2 lines added; 2 findings accepted\n",
        "{}",
        err(&accepted)
    );
    assert_eq!(
        text(&shop),
        "# Breaches that `cargo archlint` accepts. What is fixed leaves by itself; lines are added only by\n\
         # `cargo archlint baseline --accept RULE --because \"…\"`.\n\
         version = 1\nabsorbed = 2\nretired = 0\naccepted = [\n    \
         { rule = \"layers\", from = \"shop::domain\", to = \"shop::web\", item = \"shop::web::Page\", because = \"goes with v2\" },\n    \
         { rule = \"layers\", from = \"shop::domain\", to = \"shop::web\", item = \"shop::web::Row\", because = \"goes with v2\" },\n\
         ]\n"
    );
    assert_eq!((code(&shop, &[]), code(&shop, &["--ci"])), (Some(0), Some(0)));
    write(shop.path(), "src/domain.rs", "\n\nuse crate::web::Page;\n");
    let before = text(&shop);
    let ci = archlint(shop.path(), &["--ci"]);
    assert_eq!(ci.status.code(), Some(1));
    assert!(out(&ci).contains("archlint.baseline.toml:8:5"), "{}", out(&ci));
    assert_eq!(text(&shop), before, "CI writes nothing");
    let check = archlint(shop.path(), &[]);
    assert_eq!(check.status.code(), Some(0));
    assert!(out(&check).contains("1 accepted finding resolved and taken off archlint.baseline.toml, 1 left"));
    assert!(text(&shop).contains("absorbed = 2\nretired = 1\n") && !text(&shop).contains("Row"));
    let listed = archlint(shop.path(), &["baseline"]);
    assert!(
        out(&listed).contains("shop::domain -> shop::web::Page   because goes with v2"),
        "{}",
        out(&listed)
    );
}

#[test]
fn nothing_is_accepted_without_a_reason_a_rule_and_a_breach() {
    let shop = shop();
    assert_eq!(code(&shop, &["baseline", "--accept", "layers"]), Some(2));
    for (args, told) in [
        (["--accept", "layer", "--because", "x"], "did you mean `layers`?"),
        (["--accept", "layers", "--because", " "], "nothing is accepted without a reason"),
        (["--accept", "unassigned", "--because", "x"], "there is no new finding of `unassigned`"),
        (["--accept", "stale-baseline", "--because", "x"], "rule `stale-baseline` accepts no exceptions"),
    ] {
        let run = archlint(shop.path(), &[&["baseline"], &args[..]].concat());
        assert_eq!(run.status.code(), Some(2));
        assert!(err(&run).contains(told), "{}", err(&run));
    }
    let soon = [&ACCEPT[..], &["--until", "soon"]].concat();
    assert!(err(&archlint(shop.path(), &soon)).contains("`soon` is no day"));
    assert!(!shop.path().join(FILE).exists());
}

#[test]
fn a_day_ends_what_is_accepted() {
    let shop = shop();
    let run = |args: &[&str], epoch: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-archlint"));
        command.args(args).current_dir(shop.path()).env("SOURCE_DATE_EPOCH", epoch);
        command.output().expect("the program was built")
    };
    // The second and the third of March 2027.
    let (last, after) = ("1803945600", "1804032000");
    let until = [&ACCEPT[..], &["--until", "2027-03-02"]].concat();
    assert_eq!(run(&until, after).status.code(), Some(2), "that day is over");
    assert_eq!(run(&until, last).status.code(), Some(0));
    assert_eq!(run(&[], last).status.code(), Some(0));
    let over = run(&[], after);
    assert_eq!(over.status.code(), Some(1));
    assert!(out(&over).contains("it was accepted until 2027-03-02"), "{}", out(&over));
}

#[test]
fn a_broken_file_ends_the_run_at_its_line() {
    let shop = shop();
    for (text, told) in [
        ("accepted = [\n<<<<<<< HEAD\n]\n", "archlint.baseline.toml:2:1: error: a merge left its marks here"),
        (
            "accepted = [{ rule = \"layer\", from = \"a\" }]\n",
            "archlint.baseline.toml:1:13: error: there is no rule `layer`",
        ),
    ] {
        write(shop.path(), FILE, text);
        let run = archlint(shop.path(), &["--format", "short"]);
        assert_eq!(run.status.code(), Some(2));
        assert!(err(&run).starts_with(told), "{}", err(&run));
        assert_eq!(self::text(&shop), text, "it is left alone");
    }
}

#[test]
fn branches_that_resolve_and_accept_different_things_merge() {
    let shop = shop();
    let git = |args: &[&str]| {
        let run = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"])
            .args(args)
            .current_dir(shop.path())
            .output();
        run.is_ok_and(|run| run.status.success())
    };
    let names = ["A", "B", "C", "D", "E", "F", "G", "H"];
    let web = |names: &[&str]| names.iter().map(|name| format!("pub struct {name};\n")).collect::<String>();
    let uses =
        |names: &[&str]| names.iter().map(|name| format!("use crate::web::{name};\n")).collect::<String>();
    write(shop.path(), "src/web.rs", web(&names));
    write(shop.path(), "src/domain.rs", uses(&names));
    assert_eq!(code(&shop, &ACCEPT), Some(0));
    assert!(git(&["init", "-q", "-b", "main"]) && git(&["add", "."]) && git(&["commit", "-qm", "x"]));
    for (branch, gone) in [("one", 1), ("two", 6)] {
        let left: Vec<&str> =
            names.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, name)| *name).collect();
        assert!(git(&["checkout", "-q", "-b", branch, "main"]));
        write(shop.path(), "src/domain.rs", uses(&left));
        assert_eq!(code(&shop, &[]), Some(0));
        assert!(git(&["commit", "-qam", branch]));
    }
    assert!(git(&["checkout", "-q", "one"]));
    assert!(git(&["merge", "-q", "two"]), "the lines do not meet");
    // The next time it is written the totals agree with the lines.
    write(shop.path(), "src/domain.rs", uses(&["A"]));
    assert_eq!(code(&shop, &[]), Some(0));
    assert!(text(&shop).contains("absorbed = 8\nretired = 7\n"), "{}", text(&shop));
}

#[test]
fn both_sides_of_a_merge_that_git_could_not_finish_are_kept() {
    let shop = shop();
    assert_eq!(code(&shop, &ACCEPT), Some(0));
    let whole = text(&shop);
    let entry = |item: &str| {
        format!(
            "    {{ rule = \"layers\", from = \"shop::domain\", to = \"shop::web\", item = \"{item}\" }},\n"
        )
    };
    let totals = "<<<<<<< HEAD\nabsorbed = 2\nretired = 0\n=======\nabsorbed = 3\nretired = 0\n>>>>>>> b\n";
    let marked = whole.replacen("absorbed = 2\nretired = 0\n", totals, 1);
    assert_ne!(marked, whole, "two are accepted");
    // The other side accepted what is not there here.
    let gone = entry("shop::web::Gone");
    let marked = marked.replacen("]\n", &format!("<<<<<<< HEAD\n=======\n{gone}>>>>>>> b\n]\n"), 1);
    write(shop.path(), FILE, marked.clone());
    let ci = archlint(shop.path(), &["--ci", "--format", "short"]);
    assert_eq!(ci.status.code(), Some(2));
    let told = "archlint.baseline.toml:4:1: error: a merge left its marks here";
    assert!(err(&ci).starts_with(told), "{}", err(&ci));
    assert_eq!(text(&shop), marked, "where code is accepted nothing is written");
    let run = archlint(shop.path(), &[]);
    assert_eq!(run.status.code(), Some(0), "{}", err(&run));
    assert!(
        out(&run).contains("baseline: both sides of the merge stay in archlint.baseline.toml"),
        "{}",
        out(&run)
    );
    assert_eq!(text(&shop), whole.replacen("absorbed = 2\nretired = 0\n", "absorbed = 3\nretired = 1\n", 1));
    assert_eq!(code(&shop, &["--ci"]), Some(0));
}

#[test]
fn a_circle_stays_accepted_where_a_new_name_turns_the_way_round() {
    let shop = shop();
    write(shop.path(), "archlint.toml", "[[rule]]\nname = \"no circles\"\nacyclic = \"shop\"\n");
    write(shop.path(), "src/web.rs", "pub struct Page;\nuse crate::domain::Order;\n");
    write(shop.path(), "src/domain.rs", "pub struct Order;\nuse crate::web::Page;\n");
    assert_eq!(code(&shop, &["baseline", "--accept", "no circles", "--because", "x"]), Some(0));
    let before = text(&shop);
    for name in ["zone", "area"] {
        std::fs::remove_file(shop.path().join("src/domain.rs")).ok();
        write(shop.path(), FILE, before.clone());
        write(shop.path(), "src/lib.rs", format!("pub mod {name};\npub mod web;\n"));
        write(shop.path(), "src/web.rs", format!("pub struct Page;\nuse crate::{name}::Order;\n"));
        write(shop.path(), &format!("src/{name}.rs"), "pub struct Order;\nuse crate::web::Page;\n");
        let run = archlint(shop.path(), &[]);
        assert_eq!(run.status.code(), Some(0), "{}", out(&run));
        assert_eq!(text(&shop), before.replace("shop::domain", &format!("shop::{name}")));
        assert_eq!(code(&shop, &["--ci"]), Some(0));
    }
}
