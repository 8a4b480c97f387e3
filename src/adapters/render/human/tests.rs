use super::*;
use crate::domain::finding::State;
use crate::domain::finding::{Coverage, Lost};
use crate::domain::report::{Counts, Enforcement, LayerCount, Verdict};
use crate::domain::source::span::Span;
use expect_test::{Expect, expect};

fn site(line: u32, column: u32, end: u32) -> Site {
    Site { file: "src/domain/order.rs".to_owned(), line, column, end_line: line, end_column: end }
}

fn breach() -> Finding {
    Finding {
        rule: "layers".to_owned(),
        key: "0123456789abcdef".to_owned(),
        level: Level::Deny,
        state: State::New,
        message: "layer `domain` must not depend on `adapters`, but this names `infra::db`".to_owned(),
        from: "shop::domain".to_owned(),
        to: "shop::infra::db".to_owned(),
        item: String::new(),
        sites: (0..5).map(|at| site(2 + at, 5, 20)).collect(),
        chain: Vec::new(),
        cut: Vec::new(),
        cost: 0,
        because: Some(
            "business rules outlive the database, and whoever tests them should need none: \
                       neither a running server nor a fixture"
                .to_owned(),
        ),
        instead: Some("declare a port here and implement it in an adapter".to_owned()),
    }
}

fn seen() -> Report {
    Report {
        workspace: "shop".to_owned(),
        verdict: Verdict::Fail,
        coverage: Coverage {
            crates: 3,
            modules: 86,
            items: 1412,
            references: 5203,
            resolved: 5199,
            ..Coverage::default()
        },
        layers: [
            ("web", Some(0), 2),
            ("db", Some(1), 3),
            ("mail", Some(1), 1),
            ("domain", Some(2), 31),
            ("ids", None, 1),
        ]
        .map(|(name, rank, modules)| LayerCount { name: name.to_owned(), rank, modules })
        .to_vec(),
        unassigned: 9,
        rules: 4,
        enforcement: Enforcement::Enforced,
        ..Report::default()
    }
}

const TEXT: &str = "//! Orders.\nuse crate::infra::db;\n";

fn shows(told: &Report, tail: Tail, expected: Expect) {
    let text_of = |path: &str| (path == "src/domain/order.rs").then(|| TEXT.to_owned());
    expected.assert_eq(&report(told, &text_of, Sheet::default(), tail));
}

#[test]
fn a_finding_shows_its_line_its_places_and_what_to_do() {
    let counts = Counts { errors: 1, ..Counts::default() };
    shows(
        &Report { findings: vec![breach()], counts, ..seen() },
        Tail::Summary,
        expect![[r#"
            error[layers]: layer `domain` must not depend on `adapters`, but this names `infra::db`
               ,-[src/domain/order.rs:2:5]
             2 | use crate::infra::db;
               :     ^^^^^^^^^^^^^^^
               `----
              = 4 more places: src/domain/order.rs:3:5, src/domain/order.rs:4:5, src/domain/order.rs:5:5, …
              = why: business rules outlive the database, and whoever tests them should need none: neither a
                     running server nor a fixture
              = instead: declare a port here and implement it in an adapter

            shop: 3 crates, 86 modules, 1,412 items, 5,203 references of which 99.9 % resolved (cargo archlint doctor)
            layers: web 2 > db 3, mail 1 > domain 31; for all ids 1; unassigned 9
            1 error, 0 warnings
        "#]],
    );
}

#[test]
fn findings_alike_are_told_together() {
    let about = |item: &str, places: usize| Finding {
        item: item.to_owned(),
        sites: breach().sites.into_iter().take(places).collect(),
        because: None,
        ..breach()
    };
    let chained = Finding {
        chain: vec![Hop { from: "shop::domain".to_owned(), to: "shop::x".to_owned(), site: site(2, 1, 2) }],
        ..about("ext:sqlx::query", 1)
    };
    let findings =
        vec![about("ext:sqlx::Pool", 1), about("ext:sqlx::Row", 1), about("ext:sqlx::Error", 3), chained];
    shows(
        &Report { findings, ..seen() },
        Tail::Quiet,
        expect![[r#"
        error[layers]: layer `domain` must not depend on `adapters`, but this names `infra::db`
           ,-[src/domain/order.rs:2:5]
         2 | use crate::infra::db;
           :     ^^^^^^^^^^^^^^^
           `----
          = 2 more alike: `sqlx::Row` at src/domain/order.rs:2:5, `sqlx::Error` at src/domain/order.rs:2:5
                          (3 places)
          = instead: declare a port here and implement it in an adapter

        error[layers]: layer `domain` must not depend on `adapters`, but this names `infra::db`
           ,-[src/domain/order.rs:2:5]
         2 | use crate::infra::db;
           :     ^^^^^^^^^^^^^^^
           `----
          = chain of 1 step:
              shop::domain -> shop::x   src/domain/order.rs:2:1
          = instead: declare a port here and implement it in an adapter

    "#]],
    );
}

#[test]
fn a_chain_has_a_line_for_every_hop() {
    let hop =
        |from: &str, to: &str, line| Hop { from: from.to_owned(), to: to.to_owned(), site: site(line, 3, 4) };
    let chain = vec![hop("shop::domain", "shop::app", 1), hop("shop::app", "shop::infra::db", 12)];
    let finding = Finding {
        level: Level::Warn,
        sites: vec![site(1, 1, 4)],
        chain,
        cut: Vec::new(),
        cost: 0,
        because: None,
        instead: None,
        ..breach()
    };
    shows(
        &Report { findings: vec![finding], ..seen() },
        Tail::Quiet,
        expect![[r#"
        warning[layers]: layer `domain` must not depend on `adapters`, but this names `infra::db`
           ,-[src/domain/order.rs:1:1]
         1 | //! Orders.
           : ^^^
           `----
          = chain of 2 steps:
              shop::domain -> shop::app      src/domain/order.rs:1:3
              shop::app -> shop::infra::db   src/domain/order.rs:12:3

    "#]],
    );
}

#[test]
fn text_of_the_target_cannot_act_on_the_terminal() {
    let finding = Finding {
        message: "names `\u{1b}[2J`".to_owned(),
        sites: vec![Site { file: "src/\u{1b}[31m.rs".to_owned(), ..site(1, 1, 2) }],
        because: Some("a\u{7}b".to_owned()),
        instead: None,
        ..breach()
    };
    shows(
        &Report { findings: vec![finding], ..seen() },
        Tail::Quiet,
        expect![[r#"
        error[layers]: names `\u{1b}[2J`
          --> src/\u{1b}[31m.rs:1:1
          = why: a\u{7}b

    "#]],
    );
}

#[test]
fn problems_point_into_the_configuration() {
    let problem = Problem {
        message: "unknown key `unasigned`".to_owned(),
        file: Some("archlint.toml".to_owned()),
        line: Some(2),
        column: Some(1),
        span: Some(Span::new(9, 18)),
        help: Some("did you mean `unassigned`?".to_owned()),
    };
    let text_of = |_: &str| Some("[layers]\nunasigned = 1\n".to_owned());
    expect![[r#"
        error: unknown key `unasigned`
           ,-[archlint.toml:2:1]
         2 | unasigned = 1
           : ^^^^^^^^^
           `----
          = help: did you mean `unassigned`?

        error: no package `x`

    "#]]
    .assert_eq(&problems(&[problem, Problem::usage("no package `x`", "")], &text_of, Sheet::default()));
}

#[test]
fn incomplete_and_unconfigured_runs_say_so() {
    let gaps = vec![Lost { site: site(3, 1, 2), reason: "no file for module `a`".to_owned() }];
    shows(
        &Report { verdict: Verdict::Incomplete, incomplete: gaps, ..seen() },
        Tail::Summary,
        expect![[r#"
            shop: 3 crates, 86 modules, 1,412 items, 5,203 references of which 99.9 % resolved (cargo archlint doctor)
            layers: web 2 > db 3, mail 1 > domain 31; for all ids 1; unassigned 9
            incomplete: src/domain/order.rs:3:1: no file for module `a`
            0 errors, 0 warnings; the analysis is incomplete, so this is no verdict
        "#]],
    );
    let fresh = Report {
        verdict: Verdict::Pass,
        layers: Vec::new(),
        rules: 0,
        enforcement: Enforcement::Advisory,
        coverage: Coverage { crates: 1, modules: 1, items: 1, ..Coverage::default() },
        ..seen()
    };
    shows(
        &fresh,
        Tail::Summary,
        expect![[r#"
            shop: 1 crate, 1 module, 1 item, 0 references (cargo archlint doctor)
            0 errors, 0 warnings; no rules are configured: `cargo archlint init` writes those that fit this tree
        "#]],
    );
}

#[test]
fn colour_is_only_added() {
    let sheet = Sheet { paint: crate::adapters::render::paint::Paint::Colour, width: 100 };
    let told = report(&Report { findings: vec![breach()], ..seen() }, &|_| None, sheet, Tail::Summary);
    assert!(told.starts_with("\u{1b}[31merror[layers]:\u{1b}[0m layer"));
}

#[test]
fn of_very_many_problems_the_first_are_drawn() {
    let one = |at: usize| Problem { message: format!("wrong {at}"), ..Problem::default() };
    let all: Vec<Problem> = (1..=60).map(one).collect();
    let told = problems(&all, &|_| None, Sheet::default());
    assert!(told.contains("wrong 50\n") && !told.contains("wrong 51\n"), "{told}");
    assert!(told.ends_with("10 further problems not shown: resolve these first\n"), "{told}");
}
