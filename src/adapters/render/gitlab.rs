//! The code quality report of GitLab: what a merge request shows beside its lines.

use serde::Serialize;

use crate::adapters::render::json::print;
use crate::adapters::render::text::escape;
use crate::adapters::render::told::Told;
use crate::domain::finding::{Finding, Level, Lost, Site};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// One issue for each finding that counts, and for each reason why there is no verdict.
pub fn report(told: Told<'_>) -> String {
    let gaps = told.report.incomplete.iter().map(|gap| incomplete(&told, gap));
    let found = told.counted().map(|finding| issue(&told, finding));
    print(&gaps.chain(found).collect::<Vec<_>>())
}

fn issue(told: &Told<'_>, finding: &Finding) -> Issue {
    let instead = finding.instead.as_deref().map(|words| format!("; instead: {}", escape(words)));
    Issue {
        description: format!("{}{}", escape(&finding.message), instead.unwrap_or_default()),
        check_name: escape(&finding.rule).into_owned(),
        fingerprint: finding.key.clone(),
        severity: match finding.level {
            Level::Deny => "major",
            Level::Warn => "minor",
            Level::Note | Level::Allow => "info",
        },
        location: location(told, finding.sites.first().unwrap_or(&Site::default())),
    }
}

fn incomplete(told: &Told<'_>, gap: &Lost) -> Issue {
    Issue {
        description: format!("the analysis is incomplete: {}", escape(&gap.reason)),
        check_name: "incomplete".to_owned(),
        fingerprint: format!("incomplete {} {}", gap.site.file, gap.reason),
        severity: "blocker",
        location: location(told, &gap.site),
    }
}

/// GitLab leaves out what has no file and no line.
fn location(told: &Told<'_>, site: &Site) -> Location {
    let file = if site.file.is_empty() { "Cargo.toml" } else { &site.file };
    let begin = site.line.max(1);
    Location { path: told.path(file), lines: Lines { begin, end: site.end_line.max(begin) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::render::sample;
    use crate::domain::report::Report;
    use serde_json::{Value, json};

    fn issues(report: &Report) -> Value {
        let (rules, workspace) = (sample::rules(), sample::workspace());
        let told =
            Told { report, rules: &rules, workspace: &workspace, text_of: &sample::text, prefix: "rust" };
        serde_json::from_str(&super::report(told)).expect("it is JSON")
    }

    #[test]
    fn findings_that_count_are_issues_with_what_gitlab_asks_for() {
        let issues = issues(&sample::report());
        assert_eq!(issues.as_array().map(Vec::len), Some(3));
        assert_eq!(
            issues[2],
            json!({
                "description": "`rand` is declared and never named",
                "check_name": "unused-dependency",
                "fingerprint": "00000000000000aa",
                "severity": "minor",
                "location": { "path": "rust/Cargo.toml", "lines": { "begin": 9, "end": 9 } }
            })
        );
    }

    #[test]
    fn an_incomplete_run_is_no_empty_report() {
        assert_eq!(issues(&sample::incomplete())[0]["severity"], "blocker");
    }
}
