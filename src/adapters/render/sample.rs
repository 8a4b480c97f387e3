//! A report as the tests of all formats use it, with everything that is hard to write down.

use crate::application::judged::Rule;
use crate::domain::finding::{Finding, Hop, Level, Lost, Site, State};
use crate::domain::policy::baseline::Baselining;
use crate::domain::report::{Report, Verdict, count};
use crate::domain::source::workspace::{Edition, Package, Target, TargetKind, Workspace};

/// A place of `length` characters.
pub(super) fn site(file: &str, line: u32, column: u32, length: u32) -> Site {
    Site { file: file.to_owned(), line, column, end_line: line, end_column: column + length }
}

/// Findings of two rules, one of them with a chain and a message that wants escaping.
pub(super) fn findings() -> Vec<Finding> {
    let hop = |from: &str, to: &str, line| Hop {
        from: from.to_owned(),
        to: to.to_owned(),
        site: site("src/domain/order.rs", line, 5, 9),
    };
    let direct = Finding {
        rule: "layers".to_owned(),
        key: "0123456789abcdef".to_owned(),
        level: Level::Deny,
        state: State::New,
        message: "layer `domain` must not depend on `adapters`, but this names `shop::db::Pool`".to_owned(),
        from: "shop::domain::order".to_owned(),
        to: "shop::db".to_owned(),
        item: "shop::db::Pool".to_owned(),
        sites: vec![site("src/domain/order.rs", 3, 5, 9), site("src/domain/order.rs", 7, 12, 4)],
        chain: Vec::new(),
        cut: Vec::new(),
        cost: 0,
        because: Some("rules outlive the database".to_owned()),
        instead: Some("declare a port, 100% <here>".to_owned()),
    };
    let indirect = Finding {
        key: "fedcba9876543210".to_owned(),
        message: "a\u{1b}[31m, b: [x](y) {z} <img src=x> @all #1 | c\n::error::no".to_owned(),
        chain: vec![hop("shop::domain::order", "shop::mid", 3), hop("shop::mid", "shop::db", 4)],
        sites: vec![site("src/a b/größe%.rs", 1, 1, 1)],
        ..direct.clone()
    };
    let manifest = Finding {
        rule: "unused-dependency".to_owned(),
        key: "00000000000000aa".to_owned(),
        level: Level::Warn,
        message: "`rand` is declared and never named".to_owned(),
        from: "shop".to_owned(),
        to: "ext:rand".to_owned(),
        item: String::new(),
        sites: vec![site("Cargo.toml", 9, 1, 4)],
        because: None,
        instead: None,
        ..direct.clone()
    };
    vec![direct, indirect, manifest]
}

/// A report that fails, with one finding of each state beside.
pub(super) fn report() -> Report {
    let mut findings = findings();
    for (key, state) in [("1111111111111111", State::Baselined), ("2222222222222222", State::Suppressed)] {
        let silent = Finding { key: key.to_owned(), state, ..findings[0].clone() };
        findings.push(silent);
    }
    Report {
        workspace: "shop".to_owned(),
        verdict: Verdict::Fail,
        counts: count(&findings),
        findings,
        rules: 2,
        ..Report::default()
    }
}

/// The report of a run that saw too little.
pub(super) fn incomplete() -> Report {
    let reason = "the file of module `shop::x` is missing".to_owned();
    let gap = Lost { site: site("src/lib.rs", 2, 1, 1), reason };
    Report { verdict: Verdict::Incomplete, incomplete: vec![gap], ..Report::default() }
}

/// The rules of that report; one of them is kept.
pub(super) fn rules() -> Vec<Rule> {
    let rule = |name: &str, kind: &str| Rule {
        name: name.to_owned(),
        kind: kind.to_owned(),
        level: Level::Deny,
        baselining: Baselining::default(),
        because: Some("rules outlive the database".to_owned()),
        instead: None,
        may_use: Vec::new(),
        may_be_used: Vec::new(),
    };
    vec![rule("layers", "layers"), rule("no circles <&\">", "acyclic")]
}

/// The workspace of that report.
pub(super) fn workspace() -> Workspace {
    let target = Target {
        name: "shop".to_owned(),
        kind: TargetKind::Lib,
        root: "src/lib.rs".to_owned(),
        edition: Edition::E2024,
    };
    let package = Package {
        name: "shop".to_owned(),
        version: "0.1.0".to_owned(),
        manifest: "Cargo.toml".to_owned(),
        folder: String::new(),
        edition: Edition::E2024,
        description: String::new(),
        categories: Vec::new(),
        dependencies: Vec::new(),
        targets: vec![target],
        features: Vec::new(),
    };
    Workspace { root: "/w/shop".to_owned(), packages: vec![package], ..Workspace::default() }
}

/// The text of every file.
pub(super) fn text(path: &str) -> Option<String> {
    path.ends_with("order.rs")
        .then(|| "//! größe\n\nuse shop::db::Pool;\nx\n\n\nfn f() {     Pool }\n".to_owned())
}
