//! A report with one line for each finding, for editors and scripts.

use crate::adapters::render::paint::Tail;
use crate::adapters::render::text::{escape, gap_line, place};
use crate::adapters::render::{changes, summary};
use crate::domain::finding::{Level, State};
use crate::domain::report::{Problem, Report, Verdict};

/// `file:line:col: level[rule] message` for each finding, then one line of summary.
pub fn report(report: &Report, tail: Tail) -> String {
    let mut out = String::new();
    for finding in report.findings.iter().filter(|finding| finding.state == State::New) {
        let level = match finding.level {
            Level::Deny => "error",
            Level::Warn => "warning",
            Level::Note | Level::Allow => "note",
        };
        let site = finding.sites.first().map(place).unwrap_or_default();
        let more = match finding.sites.len() {
            0 | 1 => String::new(),
            count => format!(" ({count} places)"),
        };
        let (rule, message) = (escape(&finding.rule), escape(&finding.message));
        out.push_str(&format!("{site}: {level}[{rule}] {message}{more}\n"));
    }
    if let Some(told) = &report.changes {
        out.push_str(&changes::short(told));
    }
    out.push_str(&problems(&report.problems));
    for gap in &report.incomplete {
        out.push_str(&format!("incomplete: {}\n", gap_line(gap)));
    }
    if tail == Tail::Summary {
        for line in summary::accounts(&report.accounts) {
            out.push_str(&format!("{line}\n"));
        }
        let none = match (report.verdict, report.rules) {
            (Verdict::Pass, 0) => "; no rules are configured",
            _ => "",
        };
        out.push_str(&format!("{}: {}{none}\n", report.verdict.word(), summary::counts(report)));
    }
    out
}

/// One line for each problem.
pub fn problems(problems: &[Problem]) -> String {
    let mut out = String::new();
    for problem in problems {
        let site = match (&problem.file, problem.line) {
            (None, _) => String::new(),
            (Some(file), None) => format!("{}: ", escape(file)),
            (Some(file), Some(line)) => {
                format!("{}:{line}:{}: ", escape(file), problem.column.unwrap_or(1))
            }
        };
        let help = problem.help.as_deref().map(|help| format!("; {}", escape(help))).unwrap_or_default();
        out.push_str(&format!("{site}error: {}{help}\n", escape(&problem.message)));
    }
    out
}
