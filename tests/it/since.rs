//! What did this change do: two trees of one repository.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::{archlint, err, folder, out, package, write};
use crate::tutorial::copy;

const RULES: &str = "[layers]\norder = [\"web\", \"domain\"]\n[layers.web]\nmodules = [\"shop\", \"shop::web\"]\n\
                     [layers.domain]\nmodules = [\"shop::domain\"]\n\
                     [lints]\ncomponent-cycle = \"allow\"\n";

fn git(folder: &Path, args: &[&str]) {
    let run = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(folder)
        .output()
        .expect("git is there");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// A repository with one breach, committed.
fn shop() -> TempDir {
    let shop = folder(&[
        ("Cargo.toml", package("shop")),
        ("archlint.toml", RULES.to_owned()),
        ("src/lib.rs", "pub mod domain;\npub mod web;\n".to_owned()),
        ("src/web.rs", "pub struct Page;\npub struct Row;\nuse crate::domain::Order;\n".to_owned()),
        ("src/domain.rs", "use crate::web::Page;\npub struct Order;\nfn secret() {}\n".to_owned()),
    ]);
    git(shop.path(), &["init", "-q", "-b", "main"]);
    git(shop.path(), &["add", "."]);
    git(shop.path(), &["commit", "-qm", "one"]);
    shop
}

fn since(shop: &TempDir, more: &[&str]) -> Output {
    archlint(shop.path(), &[&["--since", "HEAD"], more].concat())
}

#[test]
fn what_stood_before_does_not_fail_and_what_is_new_does() {
    let shop = shop();
    let same = since(&shop, &[]);
    assert_eq!(same.status.code(), Some(0), "{}", err(&same));
    assert!(out(&same).contains("compared with HEAD"), "{}", out(&same));
    assert!(out(&same).contains("1 finding stood before"), "{}", out(&same));
    write(
        shop.path(),
        "src/domain.rs",
        "use crate::web::{Page, Row};\npub struct Order;\npub fn secret() {}\n",
    );
    let new = since(&shop, &[]);
    assert_eq!(new.status.code(), Some(1));
    let told = out(&new);
    assert!(
        told.contains("this names `shop::web::Row`") && !told.contains("this names `shop::web::Page`"),
        "{told}"
    );
    assert!(
        told.contains("1 item may be named by more code\n  `shop::domain::secret` was private and is `pub`"),
        "{told}"
    );
    let json = since(&shop, &["--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(out(&json)).expect("it is JSON");
    assert_eq!(value["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(value["changes"]["standing"], 1);
    assert_eq!(value["changes"]["widened"][0]["item"], "shop::domain::secret");
}

#[test]
fn a_module_that_more_code_may_name_is_told() {
    let shop = shop();
    write(shop.path(), "src/lib.rs", "mod domain;\npub mod web;\n");
    git(shop.path(), &["commit", "-qam", "two"]);
    write(shop.path(), "src/lib.rs", "pub(crate) mod domain;\npub mod web;\n");
    let told = since(&shop, &["--format", "short"]);
    let line =
        "1 item may be named by more code: `shop::domain` was private and is `pub(crate)`, src/lib.rs:1:16";
    assert!(out(&told).contains(line), "{}", out(&told));
}

#[test]
fn what_went_is_told_and_a_renamed_module_is_no_change() {
    let shop = shop();
    write(shop.path(), "src/domain.rs", "pub struct Order;\n");
    let gone = since(&shop, &["--format", "short"]);
    assert_eq!(gone.status.code(), Some(0));
    for line in [
        "since HEAD: 1 dependency against the order of the layers went: `shop::domain` -> `shop::web` (domain -> web)\n",
        "since HEAD: 1 circle went: `shop::domain`, `shop::web`\n",
        "since HEAD: 1 finding gone: [layers] `shop::domain` -> `shop::web::Page`\n",
    ] {
        assert!(out(&gone).contains(line), "{}", out(&gone));
    }
    // The module moves, and the rules with it.
    git(shop.path(), &["checkout", "-q", "."]);
    git(shop.path(), &["mv", "src/domain.rs", "src/core.rs"]);
    write(shop.path(), "src/lib.rs", "pub mod core;\npub mod web;\n");
    write(shop.path(), "src/web.rs", "pub struct Page;\nuse crate::core::Order;\n");
    write(shop.path(), "archlint.toml", RULES.replace("shop::domain", "shop::core"));
    let moved = since(&shop, &[]);
    assert_eq!(moved.status.code(), Some(0), "{}", out(&moved));
    assert!(out(&moved).contains("1 finding stood before"), "{}", out(&moved));
}

#[test]
fn a_new_name_moves_nothing_else_either() {
    let shop = shop();
    let circles = format!("{RULES}[[rule]]\nname = \"no circles\"\nacyclic = \"shop\"\n");
    write(shop.path(), "archlint.toml", circles.clone());
    git(shop.path(), &["commit", "-qam", "two"]);
    // A name behind that of the other module of the circle.
    git(shop.path(), &["mv", "src/domain.rs", "src/zone.rs"]);
    write(shop.path(), "src/lib.rs", "pub mod web;\npub mod zone;\n");
    write(shop.path(), "src/web.rs", "pub struct Page;\npub struct Row;\nuse crate::zone::Order;\n");
    write(shop.path(), "src/zone.rs", "use crate::web::Page;\npub struct Order;\npub fn secret() {}\n");
    write(shop.path(), "archlint.toml", circles.replace("shop::domain", "shop::zone"));
    let moved = since(&shop, &["--format", "short"]);
    assert_eq!(moved.status.code(), Some(0), "{}", out(&moved));
    let lines: Vec<&str> = out(&moved).lines().filter(|line| line.starts_with("since")).collect();
    let wider = "since HEAD: 1 item may be named by more code: `shop::zone::secret` was private and is `pub`, \
                 src/zone.rs:3:8";
    assert_eq!(lines, [wider]);
}

#[test]
fn a_rule_that_lets_more_through_is_told() {
    let shop = shop();
    write(shop.path(), "archlint.toml", RULES.replace("[layers]\n", "[layers]\nlevel = \"warn\"\n"));
    let weaker = since(&shop, &["--format", "short"]);
    let line = "1 breach let through by a change of the rules or the baseline: [layers] `shop::domain` -> \
                `shop::web::Page`; its level is `warn` now\n";
    assert!(out(&weaker).contains(line), "{}", out(&weaker));
    git(shop.path(), &["checkout", "-q", "."]);
    assert_eq!(
        archlint(shop.path(), &["baseline", "--accept", "all", "--because", "x"]).status.code(),
        Some(0)
    );
    let accepted = since(&shop, &["--format", "short"]);
    assert!(out(&accepted).contains("; the baseline accepts it now\n"), "{}", out(&accepted));
    std::fs::remove_file(shop.path().join("archlint.toml")).expect("it is there");
    std::fs::remove_file(shop.path().join("archlint.baseline.toml")).expect("it is there");
    let none = since(&shop, &["--format", "short"]);
    assert!(out(&none).contains("; rule `layers` does not find it any more\n"), "{}", out(&none));
}

#[test]
fn nothing_of_the_work_tree_or_the_index_is_touched() {
    let shop = shop();
    write(shop.path(), "src/domain.rs", "pub struct Order;\n");
    let status = || {
        let run = Command::new("git").args(["status", "--porcelain"]).current_dir(shop.path()).output();
        String::from_utf8(run.expect("git is there").stdout).expect("it is text")
    };
    let before = status();
    since(&shop, &[]);
    assert_eq!(status(), before);
}

#[test]
fn a_workspace_below_the_top_of_the_repository_is_read_from_there() {
    let shop = shop();
    let outer = TempDir::new().expect("the temporary folder is writable");
    let inner = outer.path().join("rust/shop");
    std::fs::create_dir_all(inner.parent().expect("it has one")).expect("it is writable");
    std::fs::rename(shop.path(), &inner).expect("it can be moved");
    std::fs::remove_dir_all(inner.join(".git")).expect("it is there");
    git(outer.path(), &["init", "-q", "-b", "main"]);
    git(outer.path(), &["add", "."]);
    git(outer.path(), &["commit", "-qm", "one"]);
    let same = archlint(&inner, &["--since", "main"]);
    assert_eq!(same.status.code(), Some(0), "{}{}", out(&same), err(&same));
    assert!(out(&same).contains("1 finding stood before"), "{}", out(&same));
    std::mem::forget(shop);
}

#[test]
fn a_branch_is_compared_with_where_it_left() {
    let shop = shop();
    git(shop.path(), &["checkout", "-q", "-b", "work"]);
    write(shop.path(), "src/domain.rs", "use crate::web::{Page, Row};\npub struct Order;\n");
    git(shop.path(), &["commit", "-qam", "two"]);
    git(shop.path(), &["checkout", "-q", "main"]);
    write(shop.path(), "src/domain.rs", "pub struct Order;\n");
    git(shop.path(), &["commit", "-qam", "three"]);
    git(shop.path(), &["checkout", "-q", "work"]);
    let findings = |rev: &str| {
        let run = archlint(shop.path(), &["--since", rev, "--format", "json"]);
        let value: serde_json::Value = serde_json::from_str(out(&run)).expect("it is JSON");
        value["findings"].as_array().map(Vec::len)
    };
    assert_eq!((findings("main"), findings("main...")), (Some(2), Some(1)));
}

#[test]
fn what_git_cannot_give_is_told_with_a_remedy() {
    let plain = folder(&[("Cargo.toml", package("shop")), ("src/lib.rs", "pub struct A;\n".to_owned())]);
    let run = archlint(plain.path(), &["--since", "main"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(err(&run).contains("lies in no git repository"), "{}", err(&run));
    let shop = shop();
    let run = archlint(shop.path(), &["--since", "mian"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(err(&run).contains("there is no revision `mian` in this repository"), "{}", err(&run));
    // An option is no revision.
    let run = archlint(shop.path(), &["--since=--help"]);
    assert!(err(&run).contains("there is no revision `--help`"), "{}", err(&run));
    git(shop.path(), &["commit", "-q", "--allow-empty", "-m", "two"]);
    let shallow = TempDir::new().expect("the temporary folder is writable");
    let from = format!("file://{}", shop.path().display());
    git(shallow.path(), &["clone", "-q", "--depth", "1", &from, "."]);
    let run = archlint(shallow.path(), &["--since", "HEAD~1"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(
        err(&run).contains("which is a shallow clone") && err(&run).contains("fetch-depth: 0"),
        "{}",
        err(&run)
    );
    let json = archlint(shallow.path(), &["--since", "HEAD~1", "--format", "json"]);
    assert!(out(&json).contains("\"verdict\": \"error\""), "{}", out(&json));
}

#[test]
fn scores_that_moved_are_told_with_what_moved_them() {
    let inn = TempDir::new().expect("the temporary folder is writable");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/inn"), inn.path());
    git(inn.path(), &["init", "-q", "-b", "main"]);
    git(inn.path(), &["add", "."]);
    git(inn.path(), &["commit", "-qm", "one"]);
    assert!(!out(&since(&inn, &[])).contains(" moved"), "nothing changed");
    let ports = std::fs::read_to_string(inn.path().join("src/domain/ports.rs")).expect("it is there");
    let line = ports.lines().count() + 1;
    let store = "pub async fn all(pool: &sqlx::PgPool) -> u64 {\n    sqlx::query(\"DELETE FROM orders\")\
                 .execute(pool).await.unwrap().rows_affected()\n}\n";
    write(inn.path(), "src/domain/ports.rs", format!("{ports}{store}"));
    let told = since(&inn, &["--format", "short"]);
    let why = format!(
        "(-5.6); by `purity.infra_free_items` 90.0 -> 74.2 (-5.6): `inn::domain::ports::all` names \
         `sqlx::PgPool` at src/domain/ports.rs:{line}:25"
    );
    let purity = out(&told).lines().find(|line| line.contains("scores moved: domain purity "));
    assert!(purity.is_some_and(|line| line.ends_with(&why)), "{}", out(&told));
    let json = since(&inn, &["--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(out(&json)).expect("it is JSON");
    let scores = value["changes"]["scores"].as_array().expect("there are some");
    assert_eq!(scores[0]["kind"], "outcome", "what it is all for comes first");
    let purity = scores.iter().find(|one| one["construct"] == "purity").expect("it moved");
    assert!(purity["now"].as_f64() < purity["before"].as_f64());
    assert_eq!(purity["causes"][0]["indicator"], "purity.infra_free_items");
    assert_eq!(purity["causes"][0]["site"]["line"], line);
    let comment = since(&inn, &["--format", "markdown"]);
    assert!(out(&comment).contains("scores moved</summary>"), "{}", out(&comment));
}
