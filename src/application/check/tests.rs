use super::*;
use crate::application::judged::Rule;
use crate::domain::finding::{Coverage, Finding, Hop, Level, Lost, Site, State};
use crate::domain::graph::sketch::sketch;
use crate::domain::policy::baseline::Baselining;
use crate::domain::report::Verdict;
use crate::domain::source::workspace::{Edition, Package, Workspace};

fn package(name: &str, folder: &str) -> Package {
    Package {
        name: name.to_owned(),
        version: "0.1.0".to_owned(),
        manifest: format!("{folder}/Cargo.toml"),
        folder: folder.to_owned(),
        edition: Edition::E2021,
        description: String::new(),
        categories: Vec::new(),
        dependencies: Vec::new(),
        targets: Vec::new(),
        features: Vec::new(),
    }
}

fn analysis() -> Analysis {
    let workspace = Workspace {
        root: "/somewhere/shop".to_owned(),
        packages: vec![package("api", "api"), package("core", "core")],
        ..Workspace::default()
    };
    let graph = sketch("api\ncore::db");
    let coverage = Coverage { modules: 3, references: 10, resolved: 10, ..Coverage::default() };
    Analysis { workspace, graph, coverage, ..Analysis::default() }
}

fn breach(from: &str) -> Finding {
    Finding {
        rule: "layers".to_owned(),
        key: String::new(),
        level: Level::Deny,
        state: State::New,
        message: "m".to_owned(),
        from: from.to_owned(),
        to: "x".to_owned(),
        item: String::new(),
        sites: vec![Site::default()],
        chain: Vec::new(),
        cut: Vec::new(),
        cost: 0,
        because: None,
        instead: None,
    }
}

fn judged(findings: Vec<Finding>) -> Judged {
    let rule = Rule {
        name: "layers".to_owned(),
        kind: "layers".to_owned(),
        level: Level::Deny,
        baselining: Baselining::Allowed,
        because: None,
        instead: None,
        may_use: Vec::new(),
        may_be_used: Vec::new(),
    };
    Judged {
        findings,
        rules: vec![rule],
        evaluated: 1,
        judged_modules: 3,
        enforcement: Enforcement::Enforced,
        ..Judged::default()
    }
}

fn asked(packages: &[&str], overrides: &[(&str, Level)]) -> Request {
    Request {
        packages: packages.iter().map(|name| (*name).to_owned()).collect(),
        overrides: overrides
            .iter()
            .map(|(rule, level)| Override { rule: (*rule).to_owned(), level: *level })
            .collect(),
        ..Request::default()
    }
}

#[test]
fn packages_narrow_what_is_reported_and_gated() {
    let told = check(&analysis(), &judged(vec![breach("core::db")]), &asked(&["api"], &[]));
    assert_eq!((told.findings.len(), told.verdict), (0, Verdict::Pass));
    let told = check(&analysis(), &judged(vec![breach("core::db")]), &asked(&["core"], &[]));
    assert_eq!((told.findings.len(), told.verdict), (1, Verdict::Fail));
}

#[test]
fn a_circle_through_a_package_and_its_own_manifest_belong_to_it() {
    let mut circle = breach("core");
    circle.chain = vec![Hop { from: "api".to_owned(), to: "core".to_owned(), site: Site::default() }];
    let told = check(&analysis(), &judged(vec![circle, breach("api")]), &asked(&["api"], &[]));
    assert_eq!(told.findings.len(), 2);
}

#[test]
fn an_unknown_package_or_rule_is_a_usage_error_with_a_suggestion() {
    let told = check(&analysis(), &judged(vec![breach("api")]), &asked(&["cor"], &[("layer", Level::Warn)]));
    assert_eq!((told.verdict, told.findings.len()), (Verdict::Error, 0));
    let help: Vec<&str> = told.problems.iter().filter_map(|problem| problem.help.as_deref()).collect();
    assert_eq!(help, ["did you mean `layers`?", "did you mean `core`?"]);
}

#[test]
fn what_is_not_configured_fails_under_ci_only() {
    let free = || Judged { enforcement: Enforcement::Advisory, ..judged(vec![breach("api")]) };
    assert_eq!(check(&analysis(), &free(), &asked(&[], &[])).verdict, Verdict::Pass);
    let ci = Request { enforcement: Enforcement::Enforced, ..asked(&[], &[]) };
    assert_eq!(check(&analysis(), &free(), &ci).verdict, Verdict::Fail);
}

#[test]
fn what_is_missing_makes_the_run_incomplete() {
    let mut analysis = analysis();
    let site = Site { file: "Cargo.toml".to_owned(), line: 2, ..Site::default() };
    analysis.coverage.missing.push(Lost { site, reason: "there is no such folder".to_owned() });
    let told = check(&analysis, &judged(vec![breach("api")]), &asked(&[], &[]));
    assert_eq!(told.verdict, Verdict::Incomplete);
    assert_eq!(told.incomplete, analysis.coverage.missing);
}

#[test]
fn a_workspace_is_called_by_its_root_package_or_its_folder() {
    let mut workspace = analysis().workspace;
    assert_eq!(workspace.title(), "shop");
    workspace.packages[1].folder = String::new();
    assert_eq!(workspace.title(), "core");
}
