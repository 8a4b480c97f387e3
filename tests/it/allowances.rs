//! What is silenced in the code and accepted in the baseline, through the whole pipeline.

use archlint::adapters::config::{baseline, parse};
use archlint::adapters::memory::Memory;
use archlint::application::analyse::analyse;
use archlint::application::check::{Request, check};
use archlint::application::judge::judge_all;
use archlint::domain::finding::State;
use archlint::domain::policy::Policy;
use archlint::domain::policy::day::Day;
use archlint::domain::report::{Host, Report};

const RULES: &str = r#"
[layers]
order = ["web", "domain"]
[layers.web]
modules = ["demo", "demo::web"]
[layers.domain]
modules = ["demo::domain"]
[[rule]]
name = "no circles, ever"
acyclic = "demo"
"#;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// The report on a workspace: its files, rules and baseline, the day, and where it runs.
fn report_of(files: &str, rules: &str, accepted: &str, today: &str, host: Host) -> Report {
    let analysis = analyse(&Memory::parse(files)).expect("the fixture is whole");
    let policy = parse(rules, "archlint.toml").expect("the rules are right");
    let baseline = baseline::parse(accepted, "archlint.baseline.toml").expect("the baseline is right");
    let policy = Policy { baseline: baseline.on(day(today)), ..policy };
    let judged = judge_all(&analysis, &policy, &|paths| vec![None; paths.len()]);
    check(&analysis, &judged, &Request { host, today: day(today), ..Request::default() })
}

/// Findings as `state[rule] line: message`.
fn told(report: &Report) -> Vec<String> {
    let line = |finding: &archlint::domain::finding::Finding| {
        let lines: Vec<String> = finding.sites.iter().map(|site| site.line.to_string()).collect();
        format!("{}[{}] {}: {}", finding.state.word(), finding.rule, lines.join(","), finding.message)
    };
    report.findings.iter().map(line).collect()
}

/// The findings about a domain module of this text that stands beside `web::Page` and `web::Row`.
fn domain(text: &str) -> Vec<String> {
    let files = format!(
        "//- /src/lib.rs\npub mod web;\npub mod domain;\n//- /src/web.rs\npub struct Page;\npub struct Row;\n\
         //- /src/domain.rs\n{text}"
    );
    told(&report_of(&files, RULES, "", "2026-01-01", Host::Desk))
}

const PAGE: &str = "layer `domain` must not depend on `web`, but this names `demo::web::Page`";

#[test]
fn a_line_an_item_and_a_module_are_silenced() {
    let silenced = [format!("suppressed[layers] 1: {PAGE}")];
    assert_eq!(domain("use crate::web::Page; // archlint: allow(layers) goes with v2\n"), silenced);
    let below = [format!("suppressed[layers] 3: {PAGE}")];
    let text = "// archlint: allow(layers) goes with v2\npub fn f() {\n    crate::web::Page;\n}\n";
    assert_eq!(domain(text), below);
    let text = "fn f() {\n    // archlint: allow(layers) goes with v2\n    crate::web::Page;\n}\n";
    assert_eq!(domain(text), below);
    let text = "//! Orders.\n//! archlint: allow(layers) goes with v2\nuse crate::web::Page;\n";
    assert_eq!(domain(text), below);
}

#[test]
fn a_place_that_is_not_silenced_is_left() {
    let text = "use crate::web::Page; // archlint: allow(layers) goes with v2\n\npub fn f(_: Page) {}\n";
    assert_eq!(domain(text), [format!("new[layers] 3: {PAGE}")]);
}

#[test]
fn a_reason_is_asked_for() {
    let found = domain("use crate::web::Page; // archlint: allow(layers)\n");
    assert_eq!(
        found,
        [
            format!("new[layers] 1: {PAGE}"),
            "new[invalid-suppression] 1: `layers` is silenced without a reason".to_owned(),
        ]
    );
}

#[test]
fn what_is_unused_unknown_or_over_is_told() {
    assert_eq!(
        domain("// archlint: allow(layers, \"no circles, ever\") v2\nuse std::fmt;\n"),
        [
            "new[unused-suppression] 1: nothing in what follows breaks `layers`, so there is nothing to silence",
            "new[unused-suppression] 1: nothing in what follows breaks `no circles, ever`, so there is nothing \
             to silence",
        ]
    );
    assert_eq!(
        domain("use std::fmt; // archlint: allow(layer) v2\n"),
        ["new[invalid-suppression] 1: there is no rule `layer` to silence"]
    );
    let over = domain("use crate::web::Page; // archlint: allow(layers, until = \"2025-12-31\") v2\n");
    assert_eq!(
        over,
        [
            format!("new[layers] 1: {PAGE}"),
            "new[invalid-suppression] 1: this suppression held until 2025-12-31, and no longer does"
                .to_owned(),
        ]
    );
    let last = domain("use crate::web::Page; // archlint: allow(layers, until = \"2026-01-01\") v2\n");
    assert_eq!(last, [format!("suppressed[layers] 1: {PAGE}")]);
}

#[test]
fn where_code_is_accepted_a_suppression_for_nothing_fails() {
    let files = "//- /src/lib.rs\npub mod web;\npub mod domain;\n//- /src/web.rs\n//- /src/domain.rs\n\
                 use std::fmt; // archlint: allow(layers) v2\n";
    let exit = |host| report_of(files, RULES, "", "2026-01-01", host).verdict.exit_code();
    assert_eq!((exit(Host::Desk), exit(Host::Ci)), (0, 1));
}

const BREACH: &str = "//- /src/lib.rs\npub mod web;\npub mod domain;\n//- /src/web.rs\npub struct Page;\n\
                      //- /src/domain.rs\nuse crate::web::Page;\n";
const ACCEPTED: &str = "absorbed = 1\naccepted = [\n    { rule = \"layers\", from = \"demo::domain\", \
                        to = \"demo::web\", item = \"demo::web::Page\" },\n]\n";

#[test]
fn what_is_accepted_passes_and_what_is_fixed_leaves() {
    let report = report_of(BREACH, RULES, ACCEPTED, "2026-01-01", Host::Desk);
    assert_eq!((report.verdict.exit_code(), report.counts.baselined), (0, 1));
    assert_eq!(report.accounts.next, None);
    let fixed = BREACH.replace("use crate::web::Page;", "use std::fmt;");
    let report = report_of(&fixed, RULES, ACCEPTED, "2026-01-01", Host::Desk);
    let next = report.accounts.next.expect("a line leaves");
    assert_eq!((next.entries.len(), next.absorbed, next.retired), (0, 1, 1));
    let report = report_of(&fixed, RULES, ACCEPTED, "2026-01-01", Host::Ci);
    assert_eq!((report.verdict.exit_code(), report.accounts.next), (1, None));
    assert_eq!(
        report.findings[0].message,
        "`demo::domain` no longer breaks `layers` here, but it is still accepted"
    );
    assert_eq!(
        (&*report.findings[0].sites[0].file, report.findings[0].sites[0].line),
        ("archlint.baseline.toml", 3)
    );
}

#[test]
fn what_could_not_be_read_is_not_fixed() {
    let lost = BREACH.replace("use crate::web::Page;", "fn f() { ] }\nfn g() {}");
    let report = report_of(&lost, RULES, ACCEPTED, "2026-01-01", Host::Desk);
    assert_eq!(report.coverage.lost.len(), 1);
    assert_eq!((report.accounts.next, report.accounts.fixed.len()), (None, 0));
}

#[test]
fn a_renamed_module_keeps_what_is_accepted() {
    let renamed = BREACH.replace("domain", "core");
    let rules = RULES.replace("demo::domain", "demo::core");
    let report = report_of(&renamed, &rules, ACCEPTED, "2026-01-01", Host::Desk);
    assert_eq!((report.verdict.exit_code(), report.counts.baselined), (0, 1));
    let next = report.accounts.next.expect("a line changes");
    assert_eq!((next.entries[0].name.from.as_str(), next.retired), ("demo::core", 0));
}

const CIRCLE: &str = "//- /src/lib.rs\npub mod a;\npub mod b;\npub mod c;\n//- /src/a.rs\npub use crate::b::B;\n\
                      pub struct A;\n//- /src/b.rs\npub struct B(crate::a::A);\n//- /src/c.rs\n";
const CUT: &str = "accepted = [{ rule = \"no circles, ever\", from = \"demo::b\", to = \"demo::a\" }]\n";

#[test]
fn a_cycle_is_accepted_edge_by_edge() {
    let circles = "[[rule]]\nname = \"no circles, ever\"\nacyclic = \"demo\"\n";
    let report = report_of(CIRCLE, circles, CUT, "2026-01-01", Host::Desk);
    assert_eq!((report.verdict.exit_code(), report.counts.baselined), (0, 1));
    // A second way round through the same modules is another breach.
    let wider = CIRCLE
        .replace("//- /src/c.rs\n", "//- /src/c.rs\npub type C = crate::a::A;\n")
        .replace("pub struct A;", "pub struct A;\npub type D = crate::c::C;");
    let report = report_of(&wider, circles, CUT, "2026-01-01", Host::Desk);
    assert_eq!((report.counts.errors, report.counts.baselined), (1, 1));
    // What no longer closes a cycle leaves.
    let straight = CIRCLE.replace("pub use crate::b::B;\n", "");
    let report = report_of(&straight, circles, CUT, "2026-01-01", Host::Desk);
    assert_eq!(report.accounts.fixed.len(), 1);
}

#[test]
fn a_rule_may_refuse_and_an_unknown_one_is_told() {
    let strict = RULES.replace("[layers]\n", "[layers]\nbaseline = false\n");
    let report = report_of(BREACH, &strict, ACCEPTED, "2026-01-01", Host::Desk);
    let problem = &report.problems[0];
    assert_eq!(
        (problem.message.as_str(), problem.line),
        ("rule `layers` accepts no exceptions, and here is one", Some(3))
    );
    let other = ACCEPTED.replace("\"layers\"", "\"layer\"");
    let report = report_of(BREACH, RULES, &other, "2026-01-01", Host::Desk);
    assert_eq!(report.problems[0].message, "there is no rule `layer`");
    assert_eq!(report.problems[0].help.as_deref(), Some("did you mean `layers`?"));
    assert_eq!(report.problems[0].file.as_deref(), Some("archlint.baseline.toml"));
}

#[test]
fn what_is_silenced_is_counted_as_such() {
    let files =
        BREACH.replace("use crate::web::Page;", "use crate::web::Page; // archlint: allow(layers) v2");
    let report = report_of(&files, RULES, "", "2026-01-01", Host::Ci);
    assert_eq!((report.counts.suppressed, report.verdict.exit_code()), (1, 0));
    assert_eq!(report.findings[0].state, State::Suppressed);
}

#[test]
fn an_exception_in_the_rules_that_nothing_needs_is_told_and_fails_in_ci() {
    let files = "//- /src/lib.rs\npub mod web;\npub mod domain;\n//- /src/web.rs\npub struct Page;\n\
                 //- /src/domain.rs\nuse crate::web::Page;\n";
    let except = "except = [\"demo::domain -> demo::web\", \"demo::domain -> demo::web::Row?\", \
                  \"demo::web -> demo::domain\"]\n";
    let rules = RULES.replace("[layers]\n", &format!("[layers]\n{except}"));
    let at_desk = report_of(files, &rules, "", "2026-01-01", Host::Desk);
    let line = "`demo::web -> demo::domain` excepts nothing from `layers`: there is no such dependency";
    assert_eq!(told(&at_desk), [format!("new[unused-suppression] 3: {line}")]);
    assert_eq!(at_desk.findings[0].sites[0].file, "archlint.toml");
    assert_eq!(at_desk.verdict.exit_code(), 0);
    assert_eq!(report_of(files, &rules, "", "2026-01-01", Host::Ci).verdict.exit_code(), 1);
}

#[test]
fn a_test_of_a_rule_speaks_of_crates_that_are_there() {
    let rules = format!("{RULES}[[rule.test]]\nallow = \"dmo::web -> demo::domain\"\n");
    let report = report_of(
        "//- /src/lib.rs\npub mod web {}\npub mod domain {}\n",
        &rules,
        "",
        "2026-01-01",
        Host::Desk,
    );
    let problem = report.problems.first().expect("it is told");
    assert_eq!(problem.message, "`dmo::web` is in no crate of this workspace");
    assert_eq!((problem.line, problem.help.as_deref()), (Some(12), Some("did you mean `demo`?")));
}

#[test]
fn documentation_silences_nothing_and_says_so() {
    assert_eq!(
        domain("/// archlint: allow(layers) because\nuse crate::web::Page;\n"),
        [
            format!("new[layers] 2: {PAGE}"),
            "new[invalid-suppression] 1: documentation is shown to readers, and silences nothing".to_owned(),
        ]
    );
}
