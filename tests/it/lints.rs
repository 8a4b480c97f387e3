//! Each lint of the book has a page, and finds on its examples what they mark, and no more.
//!
//! An example is a fenced block of files, each under `//- /path`. Lines at fault end in `//~ NAME`.

use std::collections::BTreeSet;
use std::path::Path;

use archlint::adapters::config::parse;
use archlint::adapters::memory::Memory;
use archlint::adapters::pages::Page;
use archlint::adapters::pages::lints::LINTS as PAGES;
use archlint::application::score::score;
use archlint::application::what_if::fixed;
use archlint::domain::finding::{Finding, Level};
use archlint::domain::indicators::list::measure;
use archlint::domain::indicators::scene::Scene;
use archlint::domain::lints::found::{Guesswork, findings};
use archlint::domain::lints::list::BOOK;
use archlint::domain::lints::{Ground, Lint, When};
use archlint::domain::policy::lints::LINTS;

use crate::fixture::staged;
use crate::indicators::pipeline::with_scene;

/// A file and a line of it.
type Line = (String, u32);

/// The fenced blocks of a section of a page, as it stands on disk: examples can be tried without a build.
fn examples(page: &Page, title: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("rules/lints/{}.md", page.name));
    let text = std::fs::read_to_string(path).expect("there is a page");
    let mut examples: Vec<String> = Vec::new();
    let (mut within, mut fenced) = (false, false);
    for line in text.lines() {
        match line.strip_prefix("## ") {
            Some(section) if !fenced => within = section == title,
            _ if line.starts_with("```") => {
                fenced = !fenced;
                if fenced && within {
                    examples.push(String::new());
                }
            }
            _ if fenced && within => {
                let example = examples.last_mut().expect("a fence opened it");
                example.push_str(line);
                example.push('\n');
            }
            _ => {}
        }
    }
    examples
}

/// Lines that an example marks.
fn marked(example: &str, lint: &str) -> BTreeSet<Line> {
    let mut lines = BTreeSet::new();
    let (mut file, mut number) = (String::new(), 0);
    for line in example.lines() {
        if let Some(header) = line.strip_prefix("//- /") {
            file = header.split(' ').next().unwrap_or_default().to_owned();
            number = 0;
            continue;
        }
        number += 1;
        if let Some((_, mark)) = line.rsplit_once("//~ ") {
            assert_eq!(mark, lint, "a mark of another lint");
            lines.insert((file.clone(), number));
        }
    }
    lines
}

/// What a lint finds in a system in which everything it may depend on is needed, or nothing is.
fn found(lint: &Lint, example: &str) -> Vec<Finding> {
    with_scene(&Memory::parse(example), |scene| {
        let mut needs = scene.needs.clone();
        let effect = if lint.when == When::NotNeeded { 0.0 } else { 1.0 };
        needs.of.iter_mut().for_each(|need| need.effect = effect);
        let scene = Scene { needs: &needs, ..*scene };
        let measured = measure(&scene);
        let level = parse("", "archlint.toml").expect("nothing is wrong").lint_level(lint.name);
        let found = findings(lint, level, &Ground { scene, measured: &measured }, Guesswork::Told);
        found.into_iter().map(|(finding, _)| finding).collect()
    })
}

fn lines(findings: &[Finding]) -> BTreeSet<Line> {
    let sites = findings.iter().flat_map(|finding| &finding.sites);
    sites.map(|site| (site.file.clone(), site.line)).collect()
}

fn page(lint: &Lint) -> &'static Page {
    PAGES.iter().find(|page| page.name == lint.name).unwrap_or_else(|| panic!("no page on {}", lint.name))
}

#[test]
fn examples_show_what_is_found_and_what_is_not() {
    let mut wrong = Vec::new();
    for lint in &BOOK {
        let (bad, good) = (examples(page(lint), "Bad"), examples(page(lint), "Good"));
        assert!(!bad.is_empty() && !good.is_empty(), "{} shows too little", lint.name);
        for example in bad.iter().chain(&good) {
            let wanted = marked(example, lint.name);
            let found = found(lint, example);
            if lines(&found) != wanted {
                let told: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
                wrong.push(format!("{}: {wanted:?}, found {:?} {told:?}", lint.name, lines(&found)));
            }
        }
        assert!(bad.iter().all(|example| !marked(example, lint.name).is_empty()), "{}", lint.name);
        assert!(good.iter().all(|example| marked(example, lint.name).is_empty()), "{}", lint.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_findings_cost_is_won_back_when_they_are_resolved() {
    let mut lints = BTreeSet::new();
    let functions = |name: &str| (0..9).map(|at| format!("pub fn {name}{at}() {{}}\n")).collect::<String>();
    let circle = format!(
        "//- /src/lib.rs\npub mod a;\npub mod b;\n//- /src/a.rs\npub fn of() {{ crate::b::y0() }}\n{}\
         //- /src/b.rs\npub fn of() {{ crate::a::x0() }}\n{}",
        functions("x"),
        functions("y")
    );
    for lint in &BOOK {
        for example in examples(page(lint), "Bad").into_iter().chain([circle.clone()]) {
            let memory = Memory::parse(&example);
            let staged = staged(&memory, "");
            let scored = score(&staged.analysis, &staged.policy, &memory);
            let costs = |finding: &&Finding| finding.rule == lint.name && finding.cost > 0;
            if scored.findings.iter().any(|finding| costs(&finding)) {
                let (_, would) = fixed(&scored, lint.name).expect("there are findings");
                assert!(!would.changes.is_empty(), "{}: costs something, and wins nothing back", lint.name);
                lints.insert(lint.name);
            }
        }
    }
    assert!(lints.len() > 4 && lints.contains("component-cycle"), "{lints:?}");
}

#[test]
fn pages_list_levels_and_files_agree() {
    let names: Vec<&str> = BOOK.iter().map(|lint| lint.name).collect();
    assert!(names.is_sorted());
    assert_eq!(names, PAGES.iter().map(|page| page.name).collect::<Vec<_>>());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for lint in &BOOK {
        let known = LINTS.iter().find(|known| known.name == lint.name);
        let level = known.unwrap_or_else(|| panic!("{} has no level", lint.name)).level;
        assert_eq!(page(lint).matter("level"), Some(level.word()), "{}", lint.name);
        let file = root.join(format!("src/domain/lints/{}.rs", lint.name.replace('-', "_")));
        assert!(file.is_file(), "{}", lint.name);
    }
    let pages = std::fs::read_dir(root.join("rules/lints")).expect("there are pages").count();
    assert_eq!(pages, BOOK.len(), "a page belongs to no lint");
}

#[test]
fn lints_cost_what_the_model_has() {
    let model = archlint::adapters::config::parameters();
    for lint in &BOOK {
        assert!(model.constructs.iter().any(|one| one.id == lint.construct), "{}", lint.name);
        for id in lint.costs {
            assert!(model.indicator(id).is_some(), "{} costs {id}", lint.name);
        }
        assert!(!lint.because.ends_with('.') && !lint.because.is_empty(), "{}", lint.name);
    }
}

#[test]
fn messages_are_written_as_all_others() {
    for lint in &BOOK {
        for finding in examples(page(lint), "Bad").iter().flat_map(|example| found(lint, example)) {
            let first = finding.message.chars().next().expect("a message says something");
            assert!(!first.is_uppercase() && !finding.message.ends_with('.'), "{}", finding.message);
            let instead = finding.instead.expect("a lint tells what to do");
            assert!(!instead.ends_with('.'), "{instead}");
            assert!(finding.because.is_some());
        }
    }
}

#[test]
fn what_fills_a_cache_twice_is_no_error() {
    let lint = BOOK.iter().find(|lint| lint.name == "writes-without-transaction").expect("it is known");
    let levels = |given: &str, write: &str| {
        let example = format!(
            "//- /src/lib.rs crate:shop deps:redis,sqlx\npub mod adapters;\n//- /src/adapters.rs\n\
             use redis::AsyncCommands;\n\
             pub async fn keep({given}) {{\n    {write}\n    {write}\n}}\n\
             pub async fn book(pool: &sqlx::PgPool) {{\n    \
             sqlx::query(\"UPDATE rooms SET beds = 1\").execute(pool).await;\n}}\n"
        );
        found(lint, &example).into_iter().map(|finding| finding.level).collect::<Vec<_>>()
    };
    let insert = "sqlx::query(\"INSERT INTO rooms VALUES (1)\").execute(pool).await;";
    assert_eq!(levels("pool: &sqlx::PgPool", insert), [Level::Deny]);
    let cache = "cache: &mut redis::aio::MultiplexedConnection";
    assert_eq!(levels(cache, "cache.set(\"a\", 1).await;"), [Level::Warn]);
    assert_eq!(levels(&format!("{cache}, pool: &sqlx::PgPool"), insert), [Level::Deny]);
}
