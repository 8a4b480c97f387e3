//! The tool on itself: its own strict rules hold, and what breaks them is caught.

use std::path::Path;

use archlint::adapters::config::parse;
use archlint::adapters::memory::Memory;
use archlint::application::analyse::analyse;
use archlint::application::check::{Request, check};
use archlint::application::judge::judge;
use archlint::domain::finding::Finding;
use archlint::domain::report::{Report, Verdict};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Every source of this package with its manifest, as paths from the root and texts.
fn sources() -> Vec<(String, String)> {
    let mut files = vec![("Cargo.toml".to_owned(), text("Cargo.toml"))];
    let mut folders = vec!["src".to_owned(), "tests".to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(Path::new(ROOT).join(&folder)).expect("sources stand here") {
            let entry = entry.expect("the folder can be read");
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(path);
            } else {
                files.push((path.clone(), text(&path)));
            }
        }
    }
    files
}

fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(ROOT).join(path)).expect("sources are text")
}

/// The report on the sources, with lines added to some of them.
fn report(planted: &[(&str, &str)]) -> Report {
    let mut files = sources();
    for (path, lines) in planted {
        match files.iter_mut().find(|(known, _)| known == path) {
            Some((_, text)) => text.push_str(lines),
            None => files.push(((*path).to_owned(), (*lines).to_owned())),
        }
    }
    let analysis = analyse(&Memory::new(files)).expect("the manifest is whole");
    let policy = parse(&text("archlint.toml"), "archlint.toml").expect("the configuration is right");
    let judged = judge(&analysis.graph, &policy);
    assert_eq!(judged.problems, []);
    check(&analysis, &judged, &Request::default())
}

/// What was found, as rule, module and place.
fn told(report: &Report) -> Vec<(&str, &str, String)> {
    let place = |finding: &Finding| {
        finding.sites.first().map(|site| format!("{}:{}", site.file, site.line)).unwrap_or_default()
    };
    report
        .findings
        .iter()
        .map(|finding| (finding.rule.as_str(), finding.from.as_str(), place(finding)))
        .collect()
}

/// The line on which something appended to a file stands.
fn appended(path: &str) -> String {
    format!("{path}:{}", text(path).lines().count() + 1)
}

#[test]
fn the_tool_keeps_its_own_rules() {
    let report = report(&[]);
    assert_eq!(told(&report), []);
    assert_eq!(report.incomplete, []);
    assert_eq!(report.verdict, Verdict::Pass);
    assert_eq!(report.unassigned, 0);
    assert!(report.rules >= 8, "{} rules", report.rules);
    assert!(report.coverage.references > 10_000, "{} references", report.coverage.references);
    assert_eq!(report.coverage.lost, []);
    assert_eq!(report.coverage.orphans, Vec::<String>::new());
}

#[test]
fn planted_breaches_are_caught() {
    let report = report(&[
        ("src/domain/graph/bits.rs", "pub use crate::adapters::render::text::plural as planted;\n"),
        ("src/domain/source/span.rs", "pub fn planted() -> bool { std::fs::exists(\"x\").is_ok() }\n"),
        ("src/domain/resolve/names.rs", "pub type Planted = syn::Item;\n"),
        ("src/domain/contracts/order.rs", "use crate::domain::contracts::relations as _;\n"),
        ("src/application/mod.rs", "pub mod planted { pub use crate::bootstrap::run; }\n"),
        ("src/domain/mod.rs", "pub mod planted;\n"),
        ("src/domain/planted.rs", "pub struct Planted;\n"),
    ]);
    assert_eq!(report.verdict, Verdict::Fail);
    let mut told = told(&report);
    told.sort();
    // A dependency that points outwards closes circles too; they have a test of their own.
    told.retain(|(rule, ..)| *rule != "no circles");
    assert_eq!(
        told,
        [
            (
                "kinds of rule stand alone",
                "archlint::domain::contracts::order",
                appended("src/domain/contracts/order.rs")
            ),
            ("layer-crates", "archlint::domain::resolve::names", appended("src/domain/resolve/names.rs")),
            ("layer-crates", "archlint::domain::source::span", appended("src/domain/source/span.rs")),
            ("layers", "archlint::application::planted", appended("src/application/mod.rs")),
            ("layers", "archlint::domain::graph::bits", appended("src/domain/graph/bits.rs")),
            (
                "only the parser knows syntax trees",
                "archlint::domain::resolve::names",
                appended("src/domain/resolve/names.rs")
            ),
            ("unassigned", "archlint::domain::planted", "src/domain/planted.rs:1".to_owned()),
        ]
    );
}

#[test]
fn a_planted_circle_is_caught() {
    let report =
        report(&[("src/domain/policy/level.rs", "pub type Planted = crate::domain::policy::rules::Rule;\n")]);
    assert_eq!(report.verdict, Verdict::Fail);
    let level = "archlint::domain::policy::level";
    assert_eq!(told(&report), [("no circles", level, appended("src/domain/policy/level.rs"))]);
    let way: Vec<(&str, &str)> =
        report.findings[0].chain.iter().map(|hop| (hop.from.as_str(), hop.to.as_str())).collect();
    let rules = "archlint::domain::policy::rules";
    assert_eq!(way, [(level, rules), (rules, level)]);
}
