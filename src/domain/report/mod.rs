//! What a run says in the end: its findings, its verdict, and what stands behind both.

pub mod allowance;
pub mod baseline;
pub mod changes;
pub mod honoured;
pub mod levels;
pub mod moves;
pub mod narrow;
pub mod suppression;
pub mod verdict;

use std::collections::BTreeMap;

use crate::domain::finding::{Coverage, Finding, Level, Lost, State};
use crate::domain::policy::baseline::{Baseline, BreachName};
use crate::domain::report::changes::Changes;
use crate::domain::report::levels::{Override, is_demanded};
use crate::domain::source::span::Span;

pub use crate::domain::report::verdict::Verdict;

/// Something in the command line, the configuration or a manifest that stops the run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// The file at fault, relative to the workspace root where it lies below it.
    pub file: Option<String>,
    /// Line in it, from 1.
    pub line: Option<u32>,
    /// Column in it in Unicode scalars, from 1.
    pub column: Option<u32>,
    /// The bytes at fault in that file.
    pub span: Option<Span>,
    /// What to do about it, in the imperative.
    pub help: Option<String>,
}

impl Problem {
    /// A problem of the command line: it has no place, only a remedy.
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        let help = help.into();
        Self { message: message.into(), help: (!help.is_empty()).then_some(help), ..Self::default() }
    }
}

/// Whether findings at deny level fail the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Enforcement {
    /// Nothing is configured and nobody asked: findings are shown only.
    #[default]
    Advisory,
    /// A finding at deny level fails the run.
    Enforced,
}

/// Where a run happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Host {
    /// Where code is written: what is fixed leaves the baseline.
    #[default]
    Desk,
    /// Where code is accepted: nothing is written, and a stale allowance is a breach.
    Ci,
}

/// What became of the baseline in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accounts {
    /// The baseline as it was read.
    pub baseline: Baseline,
    /// What is fixed.
    pub fixed: Vec<BreachName>,
    /// What goes by another name now: before and after.
    pub moved: Vec<(BreachName, BreachName)>,
    /// The baseline as it should be written; none where it is right as it is, or nothing may be
    /// written.
    pub next: Option<Baseline>,
}

/// How many findings there are that count, by weight, and how many that do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New findings at deny level.
    pub errors: u32,
    /// New findings at warn level.
    pub warnings: u32,
    /// New findings at note level.
    pub notes: u32,
    /// Findings accepted in the baseline.
    pub baselined: u32,
    /// Findings silenced in the code.
    pub suppressed: u32,
}

/// How many modules stand in one layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerCount {
    /// Name of the layer.
    pub name: String,
    /// Its rank, from 0 outside; none where every layer may use it.
    pub rank: Option<usize>,
    /// Modules of production code in it.
    pub modules: u32,
}

/// What a run found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Name of the workspace: that of its root package or folder.
    pub workspace: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Findings, gravest first, then by place.
    pub findings: Vec<Finding>,
    /// How many of them.
    pub counts: Counts,
    /// What was seen.
    pub coverage: Coverage,
    /// Why the verdict is [`Verdict::Incomplete`], each with its place where it has one.
    pub incomplete: Vec<Lost>,
    /// Why the verdict is [`Verdict::Error`].
    pub problems: Vec<Problem>,
    /// Layers, outermost first; empty where none are configured.
    pub layers: Vec<LayerCount>,
    /// Modules of production code that stand in no layer.
    pub unassigned: u32,
    /// Rules that were evaluated.
    pub rules: u32,
    /// Whether findings fail the run.
    pub enforcement: Enforcement,
    /// Packages the report is narrowed to; empty for the whole workspace.
    pub packages: Vec<String>,
    /// What would let the compiler refuse a breach, by the key of its finding.
    pub compiler: BTreeMap<String, String>,
    /// What became of the baseline.
    pub accounts: Accounts,
    /// Levels asked for on the command line.
    pub overrides: Vec<Override>,
    /// What a change did, where the report is narrowed to it.
    pub changes: Option<Changes>,
}

impl Report {
    /// Whether a finding fails the run.
    pub fn fails(&self, finding: &Finding) -> bool {
        let asked = self.enforcement == Enforcement::Enforced || is_demanded(&self.overrides, &finding.rule);
        finding.state == State::New && finding.level == Level::Deny && asked
    }

    /// The report of a run that could not start.
    pub fn failed(problems: Vec<Problem>) -> Self {
        Self { verdict: Verdict::Error, problems, ..Self::default() }
    }
}

/// Counts findings by state and weight.
pub fn count(findings: &[Finding]) -> Counts {
    let mut counts = Counts::default();
    for finding in findings {
        match (finding.state, finding.level) {
            (State::Baselined, _) => counts.baselined += 1,
            (State::Suppressed, _) => counts.suppressed += 1,
            (State::New, Level::Deny) => counts.errors += 1,
            (State::New, Level::Warn) => counts.warnings += 1,
            (State::New, Level::Note) => counts.notes += 1,
            (State::New, Level::Allow) => {}
        }
    }
    counts
}

/// Puts findings in the order in which they are told: gravest first, then by place, rule and target.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let order = |f: &Finding| (f.state, std::cmp::Reverse(f.level));
        order(a)
            .cmp(&order(b))
            .then_with(|| a.sites.first().cmp(&b.sites.first()))
            .then_with(|| (&a.rule, &a.from, &a.to, &a.item).cmp(&(&b.rule, &b.from, &b.to, &b.item)))
            .then_with(|| (&a.key, &a.message).cmp(&(&b.key, &b.message)))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding::Site;

    fn finding(rule: &str, level: Level, line: u32) -> Finding {
        Finding {
            rule: rule.to_owned(),
            key: format!("{line:016x}"),
            level,
            state: State::New,
            message: "m".to_owned(),
            from: "a".to_owned(),
            to: "b".to_owned(),
            item: String::new(),
            sites: vec![Site { file: "src/a.rs".to_owned(), line, ..Site::default() }],
            chain: Vec::new(),
            cut: Vec::new(),
            cost: 0,
            because: None,
            instead: None,
        }
    }

    #[test]
    fn gravest_first_then_by_place() {
        let mut all =
            vec![finding("x", Level::Warn, 1), finding("x", Level::Deny, 9), finding("x", Level::Deny, 2)];
        sort(&mut all);
        let lines: Vec<u32> = all.iter().map(|f| f.sites[0].line).collect();
        assert_eq!(lines, [2, 9, 1]);
    }

    #[test]
    fn silenced_findings_do_not_count() {
        let mut silenced = finding("x", Level::Deny, 1);
        silenced.state = State::Suppressed;
        let counts = count(&[silenced, finding("x", Level::Deny, 2), finding("x", Level::Note, 3)]);
        assert_eq!(counts, Counts { errors: 1, notes: 1, suppressed: 1, ..Counts::default() });
    }
}
