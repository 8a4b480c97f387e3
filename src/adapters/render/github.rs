//! Workflow commands of GitHub Actions: annotations on the lines of a change.

use std::collections::BTreeMap;

use crate::adapters::render::text::{escape, gap_line, plural};
use crate::adapters::render::told::Told;
use crate::domain::finding::{Finding, Level, Site};
use crate::domain::report::Problem;

/// How many annotations of one level a step may have; GitHub drops what comes after.
const MOST: usize = 10;

/// One command for each finding, those beyond what GitHub shows rolled up into one.
pub fn report(told: Told<'_>) -> String {
    let mut out = problems(&told.report.problems);
    for gap in &told.report.incomplete {
        out.push_str(&command("error", &told, Some(&gap.site), "archlint: incomplete", &gap_line(gap)));
    }
    let mut left: BTreeMap<&str, u64> = BTreeMap::new();
    for level in [Level::Deny, Level::Warn, Level::Note] {
        let found: Vec<&Finding> = told.counted().filter(|finding| finding.level == level).collect();
        // The roll-up is a notice itself.
        let room = if level == Level::Note { MOST - 1 } else { MOST };
        for (at, finding) in found.into_iter().enumerate() {
            if at < room {
                out.push_str(&annotation(&told, finding));
            } else {
                *left.entry(&finding.rule).or_default() += 1;
            }
        }
    }
    if !left.is_empty() {
        let total = left.values().sum();
        let rules: Vec<String> =
            left.iter().map(|(rule, count)| format!("{} {count}", escape(rule))).collect();
        let text =
            format!("{} not shown as annotations: {}", plural(total, "more finding"), rules.join(", "));
        out.push_str(&command("notice", &told, None, "archlint", &text));
    }
    out
}

/// One command for each problem of command line and configuration.
pub fn problems(problems: &[Problem]) -> String {
    let mut out = String::new();
    for problem in problems {
        let mut properties = Vec::new();
        if let Some(file) = &problem.file {
            properties.push(format!("file={}", property(file)));
            properties.extend(problem.line.map(|line| format!("line={line}")));
            properties.extend(problem.column.map(|column| format!("col={column}")));
        }
        properties.push("title=archlint".to_owned());
        let help =
            problem.help.as_deref().map(|help| format!("\nhelp: {}", escape(help))).unwrap_or_default();
        let text = format!("{}{help}", escape(&problem.message));
        out.push_str(&format!("::error {}::{}\n", properties.join(","), data(&text)));
    }
    out
}

fn annotation(told: &Told<'_>, finding: &Finding) -> String {
    let word = match finding.level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Note | Level::Allow => "notice",
    };
    let mut text = escape(&finding.message).into_owned();
    if finding.sites.len() > 1 {
        text.push_str(&format!(" ({} places)", finding.sites.len()));
    }
    for hop in &finding.chain {
        let step = format!("\n{} -> {} ({}:{})", hop.from, hop.to, hop.site.file, hop.site.line);
        text.push_str(&step.split('\n').map(|line| escape(line)).collect::<Vec<_>>().join("\n"));
    }
    for (title, words) in [("why", &finding.because), ("instead", &finding.instead)] {
        if let Some(words) = words {
            text.push_str(&format!("\n{title}: {}", escape(words)));
        }
    }
    let title = format!("archlint: {}", escape(&finding.rule));
    command(word, told, finding.sites.first(), &title, &text)
}

fn command(word: &str, told: &Told<'_>, site: Option<&Site>, title: &str, text: &str) -> String {
    let mut properties = Vec::new();
    if let Some(site) = site.filter(|site| !site.file.is_empty()) {
        properties.push(format!("file={}", property(&told.path(&site.file))));
        if site.line > 0 {
            properties.push(format!("line={},col={}", site.line, site.column.max(1)));
            // Columns are taken only where an annotation stays on its line.
            if site.end_line == site.line && site.end_column > site.column {
                properties.push(format!("endLine={},endColumn={}", site.end_line, site.end_column));
            }
        }
    }
    properties.push(format!("title={}", property(title)));
    format!("::{word} {}::{}\n", properties.join(","), data(text))
}

/// Text behind a command: no line of it may start a command of its own.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(&escape(text)).replace(':', "%3A").replace(',', "%2C")
}

/// A report for people on its way into a log that obeys commands: one at the start of a line, white space
/// aside, where wrapped words may come to stand; the old form of one wherever it stands.
pub fn harmless(text: &str) -> String {
    let text = text.replace("##[", "## [");
    let lines = text.split_inclusive('\n').map(|line| match line.trim_start().starts_with("::") {
        true => line.replacen("::", ": :", 1),
        false => line.to_owned(),
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::render::sample;
    use crate::domain::report::Report;

    fn commands(report: &Report) -> String {
        let (rules, workspace) = (sample::rules(), sample::workspace());
        super::report(Told {
            report,
            rules: &rules,
            workspace: &workspace,
            text_of: &sample::text,
            prefix: "",
        })
    }

    #[test]
    fn each_finding_is_one_line_that_hides_no_command() {
        let text = commands(&sample::report());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert_eq!(
            lines[0],
            "::error file=src/domain/order.rs,line=3,col=5,endLine=3,endColumn=14,title=archlint%3A layers::\
             layer `domain` must not depend on `adapters`, but this names `shop::db::Pool` (2 places)%0A\
             why: rules outlive the database%0Ainstead: declare a port, 100%25 <here>"
        );
        assert!(lines[1].contains("a\\u{1b}[31m") && lines[1].contains("\\u{a}::error::no"), "{}", lines[1]);
        assert!(lines[1].contains("file=src/a b/größe%25.rs,"), "{}", lines[1]);
    }

    #[test]
    fn what_github_would_drop_is_rolled_up() {
        let mut report = sample::report();
        let one = report.findings[0].clone();
        report.findings.extend((0..20).map(|at| Finding { key: at.to_string(), ..one.clone() }));
        let text = commands(&report);
        assert_eq!(text.lines().filter(|line| line.starts_with("::error ")).count(), MOST);
        let last = text.lines().last().unwrap_or_default();
        assert_eq!(last, "::notice title=archlint::12 more findings not shown as annotations: layers 12");
    }

    #[test]
    fn an_incomplete_run_is_an_error() {
        assert!(commands(&sample::incomplete()).starts_with("::error file=src/lib.rs,line=2,col=1,"));
        assert_eq!(harmless("1 | ##[error]x"), "1 | ## [error]x");
        assert_eq!(harmless("a\n  ::error::x::y\nb ::c\n"), "a\n  : :error::x::y\nb ::c\n");
    }
}
