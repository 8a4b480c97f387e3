//! Checks beside the outcomes, each with what it must not take for one.

use std::path::Path;
use std::process::Command;

use archlint::adapters::memory::Memory;
use archlint::domain::checks::history::{Change, Commit, History, Hunk, Past};
use archlint::domain::checks::{Check, checks};
use archlint::domain::indicators::measurement::Measurement;
use archlint::domain::model::score::score;
use serde_json::Value;
use tempfile::TempDir;

use crate::indicators::pipeline::with_scene;
use crate::support::{archlint, folder, out, package, write};

/// One check of a fixture.
fn check(name: &str, fixture: &str, past: &Past) -> Measurement {
    let found = with_scene(&Memory::parse(fixture), |scene| checks(scene, past));
    let check = found.into_iter().find(|check| check.measured.indicator == format!("check.{name}"));
    check.expect("it is one of them").measured
}

fn of_code(name: &str, fixture: &str) -> (Option<f64>, u32) {
    let found = check(name, fixture, &Past::Unasked);
    (found.value, found.n)
}

#[test]
fn what_may_panic_is_counted_and_what_only_looks_so_is_not() {
    // One each of `unwrap`, `expect`, `panic!`, `todo!` and an index in ten functions are 50 in a hundred.
    let bad = "//- /src/lib.rs crate:shop\n\
        pub fn a(x: Option<u8>) -> u8 { x.unwrap() }\n\
        pub fn b(x: Option<u8>) -> u8 { x.expect(\"it is there\") }\n\
        pub fn c() { panic!(\"no\") }\n\
        pub fn d() { todo!() }\n\
        pub fn e(x: &[u8]) -> u8 { x[0] }\n\
        pub fn f() {}\npub fn g() {}\npub fn h() {}\npub fn i() {}\npub fn j() {}\n";
    assert_eq!(of_code("panics", bad), (Some(0.0), 10));
    let good = "//- /src/lib.rs crate:shop\n\
        pub struct Tokens;\n\
        impl Tokens {\n    pub fn expect(&mut self, _: u8) -> bool { true }\n    \
        pub fn all(&mut self) -> bool { self.expect(1) }\n}\n\
        pub fn or(x: Option<u8>) -> u8 { x.unwrap_or(1) }\n\
        pub fn whole(x: &[u8]) -> &[u8] { &x[..] }\n\
        pub fn sure(x: u8) { assert!(x > 1); debug_assert!(x > 2); }\n\
        #[cfg(test)]\nmod tests {\n    #[test]\n    fn t() { Some(1).unwrap(); panic!() }\n}\n\
        //- /src/main.rs crate:shop_bin\nfn main() { std::env::args().next().unwrap(); }\n";
    assert_eq!(of_code("panics", good), (Some(100.0), 5));
    assert_eq!(of_code("panics", "//- /src/lib.rs crate:shop\npub struct A;\n"), (None, 0));
}

const CLIENT: &str = "//- /src/lib.rs crate:shop deps:reqwest,tokio\n";

#[test]
fn a_client_that_waits_without_a_limit_is_told() {
    let client = |body: &str| of_code("timeouts", &format!("{CLIENT}{body}"));
    let build = "pub fn client() -> reqwest::Client { reqwest::Client::builder()";
    assert_eq!(client(&format!("{build}.timeout(LIMIT).build().unwrap() }}")), (Some(100.0), 1));
    assert_eq!(client(&format!("{build}.build().unwrap() }}")), (Some(0.0), 1));
    assert_eq!(client("pub async fn ask() { reqwest::get(\"x\").await; }"), (Some(0.0), 1));
    let around =
        "use tokio::time::timeout;\npub async fn ask() { timeout(LIMIT, reqwest::get(\"x\")).await; }";
    assert_eq!(client(around), (Some(100.0), 1));
    // What another module sets is no limit here, and what is called like it is none.
    let apart = format!("{build}.build().unwrap() }}\nmod other {{ pub fn set(x: X) {{ x.timeout(1); }} }}");
    assert_eq!(client(&apart), (Some(0.0), 1));
    let named = format!("{build}.build().unwrap() }}\npub fn go(x: X) {{ x.timeouts(); }}");
    assert_eq!(client(&named), (Some(0.0), 1));
    assert_eq!(client("pub fn go() {}"), (None, 0));
}

#[test]
fn a_list_needs_a_limit_and_a_single_row_does_not() {
    let query = |body: &str| {
        let code = format!("pub async fn ask(pool: &sqlx::PgPool) {{ {body} }}\n");
        of_code("unbounded", &format!("//- /src/lib.rs crate:shop deps:sqlx\n{code}"))
    };
    let all = "sqlx::query(\"SELECT id FROM rooms\").fetch_all(pool).await.ok();";
    let some = "sqlx::query(\"SELECT id FROM rooms LIMIT 10\").fetch_all(pool).await.ok();";
    let one = "sqlx::query(\"SELECT id FROM rooms WHERE id = $1\").fetch_one(pool).await.ok();";
    assert_eq!(query(all), (Some(0.0), 1));
    assert_eq!(query(some), (Some(100.0), 1));
    assert_eq!(query(one), (None, 0));
    assert_eq!(query(&format!("{some} {all} {one}")), (Some(50.0), 2));
    assert_eq!(query(&format!("{one} [1].iter().all(|x| *x > 0);")), (None, 0), "`all` of an iterator");
}

#[test]
fn what_the_code_does_not_show_is_left_open_with_the_reason() {
    let code = "//- /src/lib.rs crate:shop\npub fn a() {}\n";
    for (name, why) in [
        ("test_time", "no report of a test run is given"),
        ("query_in_loop", "no loop stands on a read path"),
        ("idempotent", "no consumer of messages writes"),
        ("cochange", "the history was not read"),
        ("hotspots", "the history was not read"),
        ("commit_size", "the history was not read"),
    ] {
        let found = check(name, code, &Past::Unasked);
        assert_eq!((found.value, found.reason.as_str()), (None, why), "{name}");
    }
}

#[test]
fn a_consumer_that_writes_must_stand_a_message_twice() {
    let consumer = |body: &str| {
        let code = format!(
            "use rdkafka::consumer::StreamConsumer;\n\
             pub async fn consume(consumer: &StreamConsumer, pool: &sqlx::PgPool) {{\n\
             let message = consumer.recv().await.unwrap();\n{body}\n}}\n"
        );
        of_code("idempotent", &format!("//- /src/lib.rs crate:shop deps:rdkafka,sqlx\n{code}"))
    };
    let write = |end: &str| {
        format!("sqlx::query(\"INSERT INTO rooms (id) VALUES ($1) {end}\").execute(pool).await.ok();")
    };
    assert_eq!(consumer(&write("")), (Some(0.0), 1));
    assert_eq!(consumer(&write("ON CONFLICT DO NOTHING")), (Some(100.0), 1));
    let asked = format!("if seen.contains(&message) {{ return; }}\n{}", write(""));
    assert_eq!(consumer(&asked), (Some(100.0), 1));
    assert_eq!(consumer("message.len();"), (None, 0), "it writes nothing");
}

/// Three components, of which `a` has a long function and a short one.
const PARTS: &str = "//- /src/lib.rs crate:shop\nmod a;\nmod b;\nmod c;\n\
    //- /src/a.rs\npub fn long(x: u8) -> u8 {\n    let y = x + 1;\n    y + x + x + x\n}\n\
    pub fn short() {\n}\n\
    //- /src/b.rs\npub fn b() {}\n\
    //- /src/c.rs\npub fn c() {}\n";

fn commit(paths: &[&str]) -> Commit {
    let change = |path: &&str| Change { path: (*path).to_owned(), ..Change::default() };
    Commit { changes: paths.iter().map(change).collect() }
}

fn known(commits: Vec<Commit>, mainline: Vec<Commit>) -> Past {
    Past::Known(History { commits, mainline })
}

#[test]
fn commits_that_touch_many_components_are_told() {
    let past = known(
        vec![
            commit(&["src/a.rs", "src/b.rs", "src/c.rs"]),
            commit(&["src/a.rs", "src/b.rs", "README.md", "src/lib.rs"]),
            // Neither one file nor what is no component counts.
            commit(&["src/a.rs"]),
            commit(&["src/lib.rs", "README.md", "src/gone.rs"]),
        ],
        Vec::new(),
    );
    let found = check("cochange", PARTS, &past);
    assert_eq!((found.value, found.n), (Some(50.0), 2), "{}", found.reason);
    assert_eq!(found.evidence.len(), 3, "each pair of the three");
    assert_eq!(check("cochange", PARTS, &known(vec![commit(&["src/a.rs"])], Vec::new())).value, None);
    let small = "//- /src/lib.rs crate:shop\nmod a;\nmod b;\n//- /src/a.rs\npub fn a() {}\n//- /src/b.rs\n";
    let found = check("cochange", small, &past);
    assert_eq!((found.value, found.reason.as_str()), (None, "there are no more than 2 components"));
}

#[test]
fn files_count_under_the_names_they_have_today() {
    let moved = Commit {
        changes: vec![Change {
            path: "src/c.rs".to_owned(),
            from: Some("src/old.rs".to_owned()),
            hunks: Vec::new(),
        }],
    };
    let before = commit(&["src/a.rs", "src/b.rs", "src/old.rs"]);
    let value = |commits: Vec<Commit>| check("cochange", PARTS, &known(commits, Vec::new())).value;
    assert_eq!(value(vec![moved, before.clone()]), Some(0.0));
    assert_eq!(value(vec![before]), Some(100.0), "nobody knows what `old.rs` is");
}

#[test]
fn the_median_commit_counts_files_of_all_kinds() {
    let size = |commits: Vec<Commit>| {
        let found = check("commit_size", PARTS, &known(commits, Vec::new()));
        (found.value, found.n)
    };
    let wide: Vec<String> = (0..15).map(|at| format!("doc/{at}.md")).collect();
    let wide = commit(&wide.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(size(vec![commit(&["a"]), wide.clone(), commit(&["a", "b", "c"])]), (Some(100.0), 3));
    assert_eq!(size(vec![wide.clone(), commit(&["a", "b", "c"])]), (Some(50.0), 2), "half way between");
    assert_eq!(size(vec![wide, commit(&[])]), (Some(0.0), 1));
    assert_eq!(size(Vec::new()), (None, 0));
}

#[test]
fn lines_that_change_in_the_biggest_functions_are_told() {
    let lines = |hunks: Vec<Hunk>| {
        let change = Change { path: "src/a.rs".to_owned(), from: None, hunks };
        let found = check("hotspots", PARTS, &known(Vec::new(), vec![Commit { changes: vec![change] }]));
        (found.value, found.n)
    };
    let line = |at: u32| Hunk { old: at, removed: 1, new: at, added: 1 };
    assert_eq!(lines(vec![line(2)]), (Some(0.0), 2), "in the long one");
    assert_eq!(lines(vec![line(2), line(5)]), (Some(50.0), 4));
    assert_eq!(lines(vec![line(5), line(6)]), (Some(100.0), 4), "in the short one");
    assert_eq!(lines(vec![Hunk { old: 8, removed: 1, new: 7, added: 0 }]), (None, 0), "behind both");
}

#[test]
fn the_model_and_what_is_observed_are_told_apart_where_they_disagree() {
    let fixture = Memory::new(crate::fixture::inn_files());
    let (model, found, parameters) = with_scene(&fixture, |scene| {
        let measured = archlint::domain::indicators::list::measure(scene);
        let model = score(scene.parameters, scene.needs, measured);
        (model, checks(scene, &Past::Unasked), scene.parameters.clone())
    });
    let outcome = model.get("rel").and_then(|rel| rel.health()).expect("it is derived");
    let panics = found.into_iter().find(|check| check.measured.indicator == "check.panics");
    let with = |value: Option<f64>, confidence: f64| {
        let check = panics.clone().expect("it is there");
        let measured = Measurement { value, confidence, ..check.measured };
        Check { measured, ..check }.contradicts(&model, &parameters)
    };
    let near = |points: f64| if outcome > 50.0 { outcome - points } else { outcome + points };
    assert_eq!(with(Some(near(24.9)), 1.0), None);
    assert!(with(Some(near(25.1)), 1.0).is_some_and(|gap| (gap.abs() - 25.1).abs() < 1e-9));
    assert_eq!(with(Some(near(40.0)), 0.2), None, "one function tells nothing");
    assert_eq!(with(None, 1.0), None);
}

fn git(folder: &Path, date: &str, args: &[&str]) {
    let run = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(folder)
        .env("GIT_COMMITTER_DATE", date)
        .env("GIT_AUTHOR_DATE", date)
        .output()
        .expect("git is there");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

fn told(shop: &Path, name: &str) -> Value {
    let told = archlint(shop, &["score", "--format", "json"]);
    let told: Value = serde_json::from_str(out(&told)).expect("it is JSON");
    let checks = told["checks"].as_array().expect("they are there").clone();
    checks.into_iter().find(|check| check["id"] == name).expect("it is one of them")
}

fn save(shop: &TempDir, day: &str, files: &[(&str, &str)]) {
    files.iter().for_each(|(path, text)| write(shop.path(), path, text));
    git(shop.path(), day, &["add", "."]);
    git(shop.path(), day, &["commit", "-qm", "change"]);
}

#[test]
fn history_is_read_from_git_up_to_the_last_commit() {
    let shop = folder(&[
        ("Cargo.toml", package("shop")),
        ("src/lib.rs", "mod a;\nmod b;\nmod c;\n".to_owned()),
        ("src/a.rs", "pub fn long(x: u8) -> u8 {\n    x + x + x\n}\npub fn short() {\n}\n".to_owned()),
        ("src/b.rs", "pub fn b() {}\n".to_owned()),
        ("src/c.rs", "pub fn c() {}\n".to_owned()),
    ]);
    assert_eq!(told(shop.path(), "check.commit_size")["reason"], "this workspace lies in no git repository");
    git(shop.path(), "2001-01-01T00:00:00Z", &["init", "-q", "-b", "main"]);
    git(shop.path(), "2001-01-01T00:00:00Z", &["add", "."]);
    git(shop.path(), "2001-01-01T00:00:00Z", &["commit", "-qm", "one"]);
    let b = "pub fn b() { }\n";
    save(&shop, "2001-02-01T00:00:00Z", &[("src/a.rs", "\n"), ("src/b.rs", b), ("x", "1")]);
    // More than twelve months later: what was before is left out, however long ago all of it is.
    let a = "pub fn long(x: u8) -> u8 {\n    x + x + x\n}\npub fn short() {\n    \n}\n";
    save(&shop, "2003-01-01T00:00:00Z", &[("src/a.rs", a), ("src/b.rs", "\n"), ("src/c.rs", "\n")]);
    save(&shop, "2003-02-01T00:00:00Z", &[("src/b.rs", "pub fn b() {}\n"), ("src/c.rs", "pub fn c() {}\n")]);
    let size = told(shop.path(), "check.commit_size");
    assert_eq!((size["value"].as_f64(), size["n"].as_u64()), (Some(100.0), Some(2)), "{size}");
    assert_eq!(size["reason"], "the median of 2 commits changes 2.5 files");
    let near = told(shop.path(), "check.cochange");
    assert_eq!((near["value"].as_f64(), near["n"].as_u64()), (Some(50.0), Some(2)), "{near}");
    assert_eq!(near["outcome"], "maint");
    let spots = told(shop.path(), "check.hotspots");
    assert_eq!(spots["n"].as_u64(), Some(15), "seven of `a.rs`, four of each other: {spots}");
    // A workspace in a folder of the repository has what was changed in it alone.
    let inner = [("in/Cargo.toml", "[package]\nname = \"in\"\n[workspace]\n"), ("in/src/lib.rs", "\n")];
    save(&shop, "2003-03-01T00:00:00Z", &[inner[0], inner[1], ("y", "1")]);
    assert_eq!(
        told(&shop.path().join("in"), "check.commit_size")["reason"],
        "the only commit changes 2 files"
    );
    // A clone that lacks the commits of that time does not guess.
    let copy = TempDir::new().expect("the temporary folder is writable");
    let (from, to) = (format!("file://{}", shop.path().display()), copy.path().join("copy"));
    git(shop.path(), "2003-03-01T00:00:00Z", &["clone", "-q", "--depth", "1", &from, &to.to_string_lossy()]);
    let shallow = told(&to, "check.cochange");
    assert_eq!(shallow["reason"], "the clone is shallow; `git fetch --unshallow` brings the rest");
}

#[test]
fn checks_are_no_part_of_any_score() {
    let files = |body: &str| {
        folder(&[
            ("Cargo.toml", package("shop")),
            ("src/lib.rs", format!("pub fn a(x: Option<u8>) {{ {body} }}\n")),
        ])
    };
    let scores = |shop: &TempDir| {
        let told = archlint(shop.path(), &["score", "--format", "json"]);
        let mut told: Value = serde_json::from_str(out(&told)).expect("it is JSON");
        (told["checks"].take(), told["constructs"].take())
    };
    let (calm, panics) = (files("x.is_some();"), files("x.unwrap();"));
    let (calm, panics) = (scores(&calm), scores(&panics));
    assert_ne!(calm.0, panics.0);
    assert!(calm.1 == panics.1);
}
