//! A report in Markdown, as the comment on a pull request or the summary of a job.

use crate::adapters::render::markup::{code, words};
use crate::adapters::render::text::{gap_line, place, plural};
use crate::adapters::render::told::Told;
use crate::adapters::render::{changes, summary};
use crate::domain::finding::{Finding, Level};
use crate::domain::report::{Report, Verdict};

/// How many findings of one rule are shown before the rest folds away.
const OPEN: usize = 10;

/// The most findings of one rule that are listed at all: a comment has a size GitHub refuses to pass.
const MOST: usize = 100;

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
    for rule in told.described() {
        let mut found: Vec<&Finding> = told.counted().filter(|finding| finding.rule == rule.name).collect();
        if found.is_empty() {
            continue;
        }
        found.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        out.push_str(&format!("\n#### {} {}\n\n", sign(found[0].level), code(rule.name)));
        for (title, text) in [("why", found[0].because.as_deref()), ("instead", found[0].instead.as_deref())]
        {
            if let Some(text) = text {
                out.push_str(&format!("> **{title}:** {}\n>\n", words(text)));
            }
        }
        out.push('\n');
        let (shown, folded) = found.split_at(found.len().min(OPEN));
        let (folded, left) = folded.split_at(folded.len().min(MOST - OPEN));
        let item = |finding: &&Finding| item(finding, report.compiler.get(&finding.key));
        out.extend(shown.iter().map(item));
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
