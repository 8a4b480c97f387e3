//! A report in Markdown, as the comment on a pull request or the summary of a job.

use std::cmp::Reverse;

use crate::adapters::render::markup::{code, words};
use crate::adapters::render::text::{gap_line, place, plural};
use crate::adapters::render::told::Told;
use crate::adapters::render::{changes, summary};
use crate::domain::finding::{Finding, Level};
use crate::domain::report::{Report, Verdict};

/// How many findings of one rule are shown before the rest folds away.
const OPEN: usize = 10;

/// The most findings of one rule that are listed at all.
const MOST: usize = 100;

/// Beyond so many bytes rules are only counted: GitHub refuses a comment of more than 65,536 characters.
const ROOM: usize = 40_000;

/// The whole report.
pub fn report(told: Told<'_>) -> String {
    let report = told.report;
    let mut out = format!("### archlint: {}\n\n", headline(report));
    for problem in &report.problems {
        let place = match (&problem.file, problem.line) {
            (Some(file), Some(line)) => format!("{}: ", code(&format!("{file}:{line}"))),
            (Some(file), None) => format!("{}: ", code(file)),
            _ => String::new(),
        };
        out.push_str(&format!("- {place}{}\n", words(&problem.message)));
    }
    for gap in &report.incomplete {
        out.push_str(&format!("- not seen: {}\n", words(&gap_line(gap))));
    }
    let mut rules: Vec<(&str, Vec<&Finding>)> = Vec::new();
    for rule in told.described() {
        let mut found: Vec<&Finding> = told.counted().filter(|finding| finding.rule == rule.name).collect();
        found.sort_by_key(|finding| Reverse(finding.level));
        if !found.is_empty() {
            rules.push((rule.name, found));
        }
    }
    rules.sort_by_key(|(_, found)| Reverse(found[0].level));
    let mut crowded: Vec<String> = Vec::new();
    for (rule, found) in rules {
        if out.len() > ROOM {
            crowded.push(format!("{} {}", code(rule), found.len()));
            continue;
        }
        out.push_str(&format!("\n#### {} {}\n\n", sign(found[0].level), code(rule)));
        for (title, text) in [("why", found[0].because.as_deref()), ("instead", found[0].instead.as_deref())]
        {
            if let Some(text) = text {
                out.push_str(&format!("> **{title}:** {}\n>\n", words(text)));
            }
        }
        out.push('\n');
        let (shown, folded) = found.split_at(found.len().min(OPEN));
        let item = |finding: &&Finding| item(finding, report.compiler.get(&finding.key));
        out.extend(shown.iter().map(item));
        let most = if out.len() > ROOM { 0 } else { MOST - OPEN };
        let (folded, left) = folded.split_at(folded.len().min(most));
        if !folded.is_empty() {
            let more = plural((folded.len() + left.len()) as u64, "more finding");
            out.push_str(&format!("\n<details><summary>{more}</summary>\n\n"));
            out.extend(folded.iter().map(item));
            if !left.is_empty() {
                out.push_str(&format!("- and {} that are not listed\n", left.len()));
            }
            out.push_str("\n</details>\n");
        }
    }
    if !crowded.is_empty() {
        out.push_str(&format!("\nNot listed for want of room: {}\n", crowded.join(", ")));
    }
    if let Some(changes) = &report.changes {
        out.push('\n');
        out.push_str(&changes::markdown(changes));
    }
    out.push_str(&format!("\n{}\n", words(&summary::line(report))));
    out
}

/// The verdict in a few words.
fn headline(report: &Report) -> String {
    match report.verdict {
        Verdict::Error => "the configuration is wrong".to_owned(),
        Verdict::Incomplete => format!("no verdict, the analysis is incomplete; {}", summary::counts(report)),
        Verdict::Pass | Verdict::Fail => summary::counts(report),
    }
}

const fn sign(level: Level) -> &'static str {
    match level {
        Level::Deny => "❌",
        Level::Warn => "⚠️",
        Level::Note | Level::Allow => "ℹ️",
    }
}

fn item(finding: &Finding, compiler: Option<&String>) -> String {
    let mut sites = finding.sites.iter();
    let first = sites.next().map(|site| format!("{} ", code(&place(site)))).unwrap_or_default();
    let more = match finding.sites.len() {
        0 | 1 => String::new(),
        count => format!(" ({})", plural(count as u64 - 1, "more place")),
    };
    let mut out = format!("- {first}{}{more}\n", words(&finding.message));
    for hop in &finding.chain {
        out.push_str(&format!(
            "  - {} → {} at {}\n",
            code(&hop.from),
            code(&hop.to),
            code(&place(&hop.site))
        ));
    }
    if let Some(compiler) = compiler {
        out.push_str(&format!("  - **compiler:** {}\n", words(compiler)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::render::sample;

    fn told(report: &Report) -> String {
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
    fn a_comment_names_each_rule_once_and_each_place() {
        let text = told(&sample::report());
        assert!(
            text.starts_with("### archlint: 2 errors, 1 warning, 1 in the baseline, 1 suppressed\n"),
            "{text}"
        );
        assert_eq!(text.matches("#### ").count(), 2);
        assert!(
            text.contains("- `src/domain/order.rs:3:5` layer `domain` must not depend on `adapters`"),
            "{text}"
        );
        assert!(text.contains("  - `shop::mid` → `shop::db` at `src/domain/order.rs:4:5`\n"), "{text}");
    }

    #[test]
    fn errors_come_first_and_a_comment_fits_where_it_goes() {
        let mut report = sample::report();
        let (warned, denied) = {
            let with = |level| report.findings.iter().find(|one| one.level == level).cloned();
            (with(Level::Warn).expect("a warning"), with(Level::Deny).expect("an error"))
        };
        let many = |rule: usize| {
            let one = Finding { rule: format!("a{rule:02}"), message: "m".repeat(200), ..warned.clone() };
            (0..120).map(move |at| Finding { key: at.to_string(), ..one.clone() })
        };
        report.findings = (0..12).flat_map(many).collect();
        report.findings.push(Finding { rule: "z".to_owned(), ..denied });
        let text = told(&report);
        assert!(text.len() < 65_536, "{}", text.len());
        assert!(text.find("❌ `z`") < text.find("⚠️ `a00`"), "errors stand first");
        assert!(text.contains("\nNot listed for want of room: `a0"), "{text}");
    }

    #[test]
    fn a_comment_says_what_the_compiler_could_refuse() {
        let mut report = sample::report();
        let key = report.findings[0].key.clone();
        report.compiler.insert(key, "make `shop::db::Pool` private".to_owned());
        let text = told(&report);
        assert!(text.contains("\n  - **compiler:** make `shop::db::Pool` private\n"), "{text}");
    }

    #[test]
    fn nothing_of_the_target_is_markup() {
        let text = told(&sample::report());
        assert!(!text.contains("<img") && !text.contains("](y)") && !text.contains("@all"), "{text}");
        assert!(text.contains("&lt;img src=x&gt; @\u{200b}all #\u{200b}1 \\| c\\\\u"), "{text}");
    }

    #[test]
    fn many_findings_fold_away() {
        let mut report = sample::report();
        let one = report.findings[0].clone();
        report.findings.extend((0..120).map(|at| Finding { key: at.to_string(), ..one.clone() }));
        let text = told(&report);
        assert!(text.contains("<details><summary>112 more findings</summary>\n\n- "), "{text}");
        assert!(text.contains("- and 22 that are not listed\n"), "{text}");
    }
}
