//! JUnit XML: each rule is a test, and its findings are why it fails.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::adapters::render::text::{escape, gap_line, place};
use crate::adapters::render::told::{Told, severity};
use crate::domain::finding::Finding;

/// One suite, with a test case for each rule and one for whether enough was seen.
pub fn report(told: Told<'_>) -> String {
    let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 2));
    let rules = told.described();
    let by_rule: Vec<Vec<&Finding>> = rules
        .iter()
        .map(|rule| told.counted().filter(|finding| finding.rule == rule.name).collect())
        .collect();
    let failed = by_rule.iter().filter(|found| found.iter().any(|one| told.report.fails(one))).count();
    let errors = usize::from(!told.report.incomplete.is_empty());
    let totals = [
        ("name", told.report.workspace.clone()),
        ("tests", (rules.len() + 1).to_string()),
        ("failures", failed.to_string()),
        ("errors", errors.to_string()),
    ];
    xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    xml.open("testsuites", &totals);
    xml.open("testsuite", &[&[("name", "archlint".to_owned())], &totals[1..]].concat());
    for (rule, found) in rules.iter().zip(by_rule) {
        let names = [("name", rule.name.to_owned()), ("classname", format!("archlint.{}", rule.kind))];
        let (grave, light): (Vec<&Finding>, Vec<&Finding>) =
            found.into_iter().partition(|finding| told.report.fails(finding));
        xml.open("testcase", &names);
        if let Some(first) = grave.first() {
            let message = match grave.len() {
                1 => first.message.clone(),
                count => format!("{} ({} findings in all)", first.message, count),
            };
            xml.open("failure", &[("type", "architecture".to_owned()), ("message", message)]);
            xml.text(&listed(&grave));
            xml.close("failure");
        }
        if !light.is_empty() {
            xml.open("system-out", &[]);
            xml.text(&listed(&light));
            xml.close("system-out");
        }
        xml.close("testcase");
    }
    let seen = [("name", "the analysis is complete".to_owned()), ("classname", "archlint".to_owned())];
    xml.open("testcase", &seen);
    if errors > 0 {
        let gaps: Vec<String> = told.report.incomplete.iter().map(gap_line).collect();
        xml.open("error", &[("type", "incomplete".to_owned()), ("message", gaps[0].clone())]);
        xml.text(&gaps.join("\n"));
        xml.close("error");
    }
    xml.close("testcase");
    xml.close("testsuite");
    xml.close("testsuites");
    let mut text = String::from_utf8(xml.0.into_inner()).expect("only text is written");
    text.push('\n');
    text
}

/// Findings one below the other, each with all its places and reasons.
fn listed(findings: &[&Finding]) -> String {
    let mut lines = Vec::new();
    for finding in findings {
        let first = finding.sites.first().map(place).unwrap_or_default();
        lines.push(format!("{first}: {}: {}", severity(finding.level), escape(&finding.message)));
        lines.extend(finding.sites.iter().skip(1).map(|site| format!("  also at {}", place(site))));
        for hop in &finding.chain {
            let (from, to) = (escape(&hop.from), escape(&hop.to));
            lines.push(format!("  {from} -> {to}   {}", place(&hop.site)));
        }
        for (title, words) in [("why", &finding.because), ("instead", &finding.instead)] {
            lines.extend(words.as_ref().map(|words| format!("  {title}: {}", escape(words))));
        }
    }
    lines.join("\n")
}

struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn write(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect("writing to memory never fails");
    }

    /// An opening tag; values are made visible and escaped.
    fn open(&mut self, name: &str, attributes: &[(&str, String)]) {
        let mut tag = BytesStart::new(name);
        for (key, value) in attributes {
            tag.push_attribute((*key, &*escape(value)));
        }
        self.write(Event::Start(tag));
    }

    fn text(&mut self, text: &str) {
        self.write(Event::Text(BytesText::new(text)));
    }

    fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::render::sample;
    use crate::domain::report::{Enforcement, Report};
    use quick_junit::TestCaseStatus;

    fn read(report: &Report) -> quick_junit::Report {
        let (rules, workspace) = (sample::rules(), sample::workspace());
        let told = Told { report, rules: &rules, workspace: &workspace, text_of: &sample::text, prefix: "" };
        let text = super::report(told);
        quick_junit::Report::deserialize_from_str(&text).expect("it is JUnit")
    }

    #[test]
    fn a_rule_is_a_test_that_fails_by_its_findings() {
        let enforced = Report { enforcement: Enforcement::Enforced, ..sample::report() };
        let read = read(&enforced);
        let suite = &read.test_suites[0];
        let cases: Vec<(&str, bool)> = suite
            .test_cases
            .iter()
            .map(|case| (case.name.as_str(), matches!(case.status, TestCaseStatus::Success { .. })))
            .collect();
        assert_eq!(
            cases,
            [
                ("layers", false),
                ("no circles <&\">", true),
                ("unused-dependency", true),
                ("the analysis is complete", true)
            ]
        );
        assert_eq!((suite.tests, suite.failures, suite.errors), (4, 1, 0));
        let TestCaseStatus::NonSuccess { description: Some(text), .. } = &suite.test_cases[0].status else {
            panic!("the findings are listed")
        };
        let text = text.as_str();
        assert!(text.contains("src/domain/order.rs:3:5: error: layer `domain`"), "{text}");
        assert!(text.contains("a\\u{1b}[31m, b: [x](y) {z} <img src=x>"), "{text}");
    }

    #[test]
    fn where_nothing_is_enforced_no_test_fails() {
        let read = read(&Report { enforcement: Enforcement::Advisory, ..sample::report() });
        assert_eq!(read.test_suites[0].failures, 0);
    }

    #[test]
    fn an_incomplete_run_is_an_error() {
        assert_eq!(read(&sample::incomplete()).test_suites[0].errors, 1);
    }
}
