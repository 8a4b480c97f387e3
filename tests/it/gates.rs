//! Scores held to a floor and to a largest fall: since a revision, and since scores that were saved.

use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::support::{archlint, err, folder, out, write};
use crate::tutorial::copy;

const NEED: &str = "[need]\ncomplexity_min = 0.7\n[lints]\nwrites-without-transaction = \"allow\"\n\
                    domain-uses-infrastructure = \"allow\"\npersistence-derive-on-domain-type = \"allow\"\n\
                    component-cycle = \"allow\"\n";

/// The worked example with these gates; its maintainability is 75.9, its coupling to technology 34.4.
fn inn(gates: &str) -> TempDir {
    let inn = TempDir::new().expect("the temporary folder is writable");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/inn"), inn.path());
    configure(&inn, gates);
    inn
}

fn configure(inn: &TempDir, gates: &str) {
    write(inn.path(), "archlint.toml", format!("{NEED}[gates]\n{gates}"));
}

fn check(inn: &TempDir, more: &[&str]) -> Output {
    archlint(inn.path(), &[&["check", "--format", "short"], more].concat())
}

/// What is said of gates.
fn told(output: &Output) -> Vec<&str> {
    out(output).lines().filter(|line| line.contains("[gate]")).collect()
}

/// Saves the scores of today.
fn save(inn: &TempDir, to: &str) {
    let scores = archlint(inn.path(), &["score", "--format", "json"]);
    assert_eq!(scores.status.code(), Some(0), "{}", err(&scores));
    write(inn.path(), to, out(&scores));
}

/// A saved result in which maintainability is as given.
fn saved(value: &str) -> String {
    format!("{{\"version\": 1, \"constructs\": [{{\"id\": \"maint\", \"value\": {value}}}]}}")
}

#[test]
fn a_floor_fails_the_run_below_it_and_a_ceiling_above_it() {
    let inn = inn("maintainability = 76\ninfra = 34\n");
    let fails = check(&inn, &[]);
    assert_eq!(fails.status.code(), Some(1), "{}", out(&fails));
    assert_eq!(
        told(&fails),
        [
            "archlint.toml:9:1: error[gate] maintainability is 75.9, below the floor of 76.0 (model-derived)",
            "archlint.toml:10:1: error[gate] infrastructure coupling is 34.4, above the ceiling of 34.0 (model-derived)",
        ]
    );
    configure(&inn, "maintainability = 75\ninfra = 35\n");
    let holds = check(&inn, &[]);
    assert_eq!((holds.status.code(), told(&holds)), (Some(0), vec![]), "{}", out(&holds));
}

#[test]
fn what_score_wrote_is_a_reference_and_the_same_tree_has_not_fallen() {
    let inn = inn("reference = \"ci/score.json\"\n\"maintainability.delta\" = 0\n\"infra.delta\" = 0\n");
    save(&inn, "ci/score.json");
    let same = check(&inn, &["--ci"]);
    assert_eq!((same.status.code(), told(&same)), (Some(0), vec![]), "{}{}", out(&same), err(&same));
}

#[test]
fn a_fall_since_saved_scores_says_from_what_to_what_and_since_which() {
    let inn = inn("reference = \"score.json\"\n\"maintainability.delta\" = -1\n");
    write(inn.path(), "score.json", saved("80"));
    let fell = check(&inn, &[]);
    assert_eq!(fell.status.code(), Some(1), "{}", out(&fell));
    assert_eq!(
        told(&fell),
        [
            "archlint.toml:10:1: error[gate] maintainability went from 80.0 in `score.json` to 75.9, and may change by -1.0 only (model-derived)"
        ]
    );
    write(inn.path(), "score.json", saved("76.5"));
    assert_eq!(told(&check(&inn, &[])), Vec::<&str>::new());
}

#[test]
fn a_reference_without_a_value_is_told_and_fails_in_ci_only() {
    let inn = inn("reference = \"score.json\"\n\"maintainability.delta\" = -1\n");
    write(inn.path(), "score.json", saved("null"));
    let desk = check(&inn, &[]);
    let line = "the gate on the change of maintainability was not judged: it has no value in `score.json`";
    assert_eq!(desk.status.code(), Some(0), "{}", out(&desk));
    assert!(told(&desk).concat().ends_with(&format!("note[gate] {line}")), "{:?}", told(&desk));
    assert_eq!(check(&inn, &["--ci"]).status.code(), Some(1));
}

#[test]
fn without_any_reference_the_change_is_not_judged() {
    let inn = inn("\"maintainability.delta\" = -1\n");
    let desk = check(&inn, &[]);
    assert!(told(&desk).concat().contains("there is nothing to compare with"), "{}", out(&desk));
    assert_eq!(desk.status.code(), Some(0));
    assert_eq!(check(&inn, &["--ci"]).status.code(), Some(1));
}

#[test]
fn a_reference_that_is_not_there_points_at_its_name_and_stops_no_score() {
    let inn = inn("reference = \"ci/none.json\"\n\"maintainability.delta\" = -1\n");
    let missing = check(&inn, &[]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(
        err(&missing).contains("archlint.toml:9:13: error: there is no file `ci/none.json`"),
        "{}",
        err(&missing)
    );
    // Else the file could never be written.
    assert_eq!(archlint(inn.path(), &["score"]).status.code(), Some(0));
}

#[test]
fn a_reference_that_cannot_be_understood_points_into_the_file() {
    let inn = inn("reference = \"score.json\"\n\"maintainability.delta\" = -1\n");
    for (text, said) in [
        ("", "score.json:1:1: error: this is no JSON: it ends too early"),
        (
            "{\n  \"version\": 7}",
            "score.json:2:3: error: these scores are of version 7, and this tool reads version 1",
        ),
        (
            "{\"version\": 1, \"findings\": []}",
            "score.json:1:1: error: this is not what `score --format json` writes",
        ),
    ] {
        write(inn.path(), "score.json", text);
        let wrong = check(&inn, &[]);
        assert_eq!(wrong.status.code(), Some(2), "{text}");
        assert!(err(&wrong).contains(said), "{}", err(&wrong));
    }
}

#[test]
fn wrong_gates_are_told_where_they_stand() {
    let inn = inn(
        "reference = 3\nreference_file = \"x\"\nmaintainability = 101\n\"maint.delta\" = -101\ninfra = true\n",
    );
    let wrong = check(&inn, &[]);
    assert_eq!(wrong.status.code(), Some(2));
    for said in [
        "9:13: error: `reference` must be a string, but this is a",
        "10:1: error: there is no construct `reference_file` to gate",
        "11:19: error: a score is within 0 and 100, and 101 is not possible here",
        "12:17: error: a score is within 0 and 100, and -101 is not possible here",
        "13:9: error: `infra` must be a number of points, but this is",
    ] {
        assert!(err(&wrong).contains(said), "{said}\n{}", err(&wrong));
    }
    configure(&inn, "reference = \" \"\n");
    assert!(err(&check(&inn, &[])).contains("9:13: error: `reference` names no file"));
}

#[test]
fn a_reference_is_relative_to_the_file_that_names_it() {
    let inn = inn("");
    write(inn.path(), "rules/base.toml", "[gates]\nreference = \"score.json\"\n");
    write(inn.path(), "rules/score.json", saved("90"));
    write(
        inn.path(),
        "archlint.toml",
        format!("extends = \"rules/base.toml\"\n{NEED}[gates]\n\"maint.delta\" = -1\n"),
    );
    let fell = check(&inn, &[]);
    assert!(told(&fell).concat().contains("from 90.0 in `score.json`"), "{}{}", out(&fell), err(&fell));
    write(inn.path(), "rules/score.json", "{");
    assert!(err(&check(&inn, &[])).contains("rules/score.json:1:1: error"), "{}", err(&check(&inn, &[])));
}

#[test]
fn a_revision_on_the_command_line_stands_before_saved_scores() {
    let inn = inn("reference = \"none.json\"\n\"maint.delta\" = -1\n");
    let git = |args: &[&str]| {
        let run = std::process::Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"])
            .args(args)
            .current_dir(inn.path())
            .output()
            .expect("git is there");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    };
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "one"]);
    let same = check(&inn, &["--since", "main"]);
    assert_eq!((same.status.code(), told(&same)), (Some(0), vec![]), "{}{}", out(&same), err(&same));
    // A model that asks the database falls.
    let room = std::fs::read_to_string(inn.path().join("src/domain/room.rs")).expect("it is there");
    let worse = format!(
        "{room}\nimpl Room {{\n    pub async fn reload(&mut self, pool: &sqlx::PgPool) {{\n        \
                         if self.closed {{ sqlx::query(\"SELECT 1 FROM rooms\").execute(pool).await.ok(); }}\n    }}\n}}\n"
    );
    write(inn.path(), "src/domain/room.rs", worse);
    let fell = check(&inn, &["--since", "main"]);
    assert!(told(&fell).concat().contains("maintainability went from 75.9 in `main` to"), "{}", out(&fell));
    assert_eq!(fell.status.code(), Some(1));
}

#[test]
fn a_workspace_without_gates_reads_no_saved_scores() {
    let bare = folder(&[
        ("Cargo.toml", crate::support::package("bare")),
        ("src/lib.rs", "pub struct A;\n".to_owned()),
    ]);
    assert_eq!(check(&bare, &[]).status.code(), Some(0));
}
