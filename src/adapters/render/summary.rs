//! The last lines of a report: what was seen, what stands where, and the verdict.

use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::text::{escape, gap_line, plural, thousands, wrap};
use crate::domain::finding::Coverage;
use crate::domain::report::verdict::{floor_tenth, resolved_share};
use crate::domain::report::{Accounts, Enforcement, LayerCount, Report, Verdict};

/// The lines below the findings.
pub fn summary(report: &Report, sheet: Sheet) -> String {
    let mut out = String::new();
    if report.coverage.modules > 0 || report.verdict == Verdict::Incomplete {
        out.push_str(&seen(&report.workspace, &report.coverage));
        out.push('\n');
    }
    if let Some(line) = layers(report) {
        out.push_str(&wrap(&line, sheet.width, 2));
        out.push('\n');
    }
    if !report.packages.is_empty() {
        out.push_str(&format!("reported for {}\n", escape(&report.packages.join(", "))));
    }
    for note in &report.coverage.notes {
        out.push_str(&format!("note: {}\n", wrap(&escape(note), sheet.width, 6)));
    }
    for gap in &report.incomplete {
        let head = sheet.paint.tone(Tone::Error, "incomplete:");
        out.push_str(&format!("{head} {}\n", wrap(&gap_line(gap), sheet.width, 12)));
    }
    for line in accounts(&report.accounts) {
        out.push_str(&wrap(&line, sheet.width, 2));
        out.push('\n');
    }
    out.push_str(&verdict(report, sheet));
    out.push('\n');
    out
}

/// What was seen, in one line.
pub fn seen(workspace: &str, coverage: &Coverage) -> String {
    let mut text = format!(
        "{}: {}, {}, {}, {}",
        escape(workspace),
        crates(coverage),
        plural(u64::from(coverage.modules), "module"),
        plural(u64::from(coverage.items), "item"),
        plural(u64::from(coverage.references), "reference"),
    );
    if coverage.references > 0 {
        let share = floor_tenth(resolved_share(coverage) * 100.0);
        text.push_str(&format!(" of which {share:.1} % resolved"));
    }
    let mut less = Vec::new();
    for (count, noun) in [(coverage.lost.len(), "lost item"), (coverage.orphans.len(), "orphan file")] {
        if count > 0 {
            less.push(plural(count as u64, noun));
        }
    }
    if !less.is_empty() {
        text.push_str(&format!("; {}", less.join(", ")));
    }
    text.push_str(" (cargo archlint doctor)");
    text
}

/// Packages, and the targets they are built as where those are more: each is a crate to the compiler.
fn crates(coverage: &Coverage) -> String {
    let crates = plural(u64::from(coverage.crates), "crate");
    match coverage.packages {
        0 => crates,
        packages if packages == coverage.crates => crates,
        packages => format!(
            "{} with {}",
            plural(u64::from(packages), "package"),
            plural(u64::from(coverage.crates), "target")
        ),
    }
}

/// So many layers are named; of more it is said how many there are.
const LAYERS: usize = 12;

/// The layers in one line, with how many modules each has.
fn layers(report: &Report) -> Option<String> {
    if report.layers.is_empty() {
        return None;
    }
    if report.layers.len() > LAYERS {
        let ranks = report.layers.iter().filter_map(|layer| layer.rank).max().map_or(0, |rank| rank + 1);
        return Some(format!(
            "layers: {} in {}; unassigned {} (cargo archlint layers)",
            report.layers.len(),
            plural(ranks as u64, "rank"),
            thousands(u64::from(report.unassigned))
        ));
    }
    let mut line = String::from("layers: ");
    let mut before: Option<&LayerCount> = None;
    for layer in &report.layers {
        line.push_str(match before {
            None => "",
            Some(before) if before.rank == layer.rank => ", ",
            Some(_) if layer.rank.is_none() => "; for all ",
            Some(_) => " > ",
        });
        line.push_str(&format!("{} {}", escape(&layer.name), thousands(u64::from(layer.modules))));
        before = Some(layer);
    }
    line.push_str(&format!("; unassigned {}", thousands(u64::from(report.unassigned))));
    Some(line)
}

/// What was seen and what was checked, in one line without colour.
pub fn line(report: &Report) -> String {
    let rules = plural(u64::from(report.rules), "rule");
    format!("{}; {rules} checked", seen(&report.workspace, &report.coverage))
}

/// What became of the baseline; nothing where it is as it was.
pub fn accounts(accounts: &Accounts) -> Vec<String> {
    let mut lines = Vec::new();
    let file = escape(&accounts.baseline.file);
    let left = accounts.next.as_ref().map(|next| next.entries.len() as u64);
    if accounts.baseline.merge.is_some() && left.is_some() {
        lines.push(format!("baseline: both sides of the merge stay in {file}: look at it and commit it"));
    }
    if !accounts.fixed.is_empty() {
        let fixed = plural(accounts.fixed.len() as u64, "accepted finding");
        lines.push(match left {
            Some(left) => {
                format!(
                    "baseline: {fixed} resolved and taken off {file}, {} left: commit it",
                    thousands(left)
                )
            }
            None => format!("baseline: {fixed} resolved, still in {file}"),
        });
    }
    for (before, now) in &accounts.moved {
        let (old, new) = match before.from == now.from {
            true => (&before.to, &now.to),
            false => (&before.from, &now.from),
        };
        lines.push(format!(
            "baseline: `{}` is now called `{}`, and what is accepted there stays so",
            escape(old),
            escape(new)
        ));
    }
    lines.dedup();
    lines
}

/// The verdict in one line.
fn verdict(report: &Report, sheet: Sheet) -> String {
    let counts = counts(report);
    let advice = |text: &str| format!("{counts}; {text}");
    let (tone, text) = match (report.verdict, report.enforcement) {
        (Verdict::Error, _) => {
            let problems = plural(report.problems.len() as u64, "problem");
            (Tone::Error, format!("no verdict: {problems}"))
        }
        (Verdict::Incomplete, _) => {
            (Tone::Error, advice("the analysis is incomplete, so this is no verdict"))
        }
        (Verdict::Fail, _) => (Tone::Error, counts),
        (Verdict::Pass, Enforcement::Advisory) if report.rules == 0 => (
            Tone::Strong,
            advice("no rules are configured: `cargo archlint init` writes those that fit this tree"),
        ),
        (Verdict::Pass, Enforcement::Advisory) => {
            (Tone::Strong, advice("nothing is enforced yet: write an archlint.toml, or run with --ci"))
        }
        (Verdict::Pass, Enforcement::Enforced) => {
            let tone = if report.counts.warnings == 0 { Tone::Good } else { Tone::Warning };
            let rules = plural(u64::from(report.rules), "rule");
            (tone, advice(&format!("{rules} checked")))
        }
    };
    sheet.paint.tone(tone, &text)
}

/// `2 errors, 7 warnings`.
pub fn counts(report: &Report) -> String {
    let counts = &report.counts;
    let mut parts =
        vec![plural(u64::from(counts.errors), "error"), plural(u64::from(counts.warnings), "warning")];
    if counts.notes > 0 {
        parts.push(plural(u64::from(counts.notes), "note"));
    }
    for (count, word) in [(counts.baselined, "in the baseline"), (counts.suppressed, "suppressed")] {
        if count > 0 {
            parts.push(format!("{} {word}", thousands(u64::from(count))));
        }
    }
    parts.join(", ")
}
