//! What is accepted: what it is, and how more is accepted.

use crate::application::judged::Judged;
use crate::application::suggest::did_you_mean;
use crate::domain::finding::{Finding, Level, State};
use crate::domain::policy::baseline::{Accepted, Baseline, Baselining, BreachName};
use crate::domain::policy::day::Day;
use crate::domain::policy::lints::LINTS;
use crate::domain::report::baseline::accepting;
use crate::domain::report::{Accounts, Problem, Report};

/// Everything that is accepted, as it stands today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The file.
    pub file: String,
    /// Its entries, by name.
    pub entries: Vec<Listed>,
    /// How many breaches were ever accepted.
    pub absorbed: u32,
    /// How many of them are gone.
    pub retired: u32,
}

/// One entry and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The entry.
    pub accepted: Accepted,
    /// How it stands.
    pub standing: Standing,
}

/// How an entry stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The breach is there and accepted.
    Holds,
    /// Its last day is over: the breach counts.
    Lapsed,
    /// The breach is gone.
    Fixed,
    /// The breach is there under another name.
    Moved(BreachName),
}

/// Lists what is accepted.
pub fn list(accounts: &Accounts) -> Listing {
    let baseline = &accounts.baseline;
    let standing = |at: usize, name: &BreachName| {
        if accounts.fixed.contains(name) {
            Standing::Fixed
        } else if let Some((_, now)) = accounts.moved.iter().find(|(before, _)| before == name) {
            Standing::Moved(now.clone())
        } else if baseline.is_lapsed(at) {
            Standing::Lapsed
        } else {
            Standing::Holds
        }
    };
    let entries = baseline.entries.iter().enumerate();
    Listing {
        file: baseline.file.clone(),
        entries: entries
            .map(|(at, entry)| Listed { accepted: entry.clone(), standing: standing(at, &entry.name) })
            .collect(),
        absorbed: baseline.absorbed,
        retired: baseline.retired,
    }
}

/// What is to be accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Names of rules, or `all`.
    pub rules: Vec<String>,
    /// Only what this module and those below it do; everything where none is named.
    pub from: Option<String>,
    /// Why.
    pub because: String,
    /// The last day.
    pub until: Option<Day>,
}

/// The baseline with what is wished for, and how many entries that adds.
///
/// # Errors
/// A problem for each name that is no rule, accepts nothing or finds nothing.
pub fn accept(judged: &Judged, report: &Report, wish: &Wish) -> Result<(Baseline, usize), Vec<Problem>> {
    let mut problems: Vec<Problem> = wish.rules.iter().filter_map(|rule| refusal(judged, rule)).collect();
    if wish.because.trim().is_empty() {
        problems.push(Problem::usage("nothing is accepted without a reason", "say why with `--because`"));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let wanted: Vec<&Finding> =
        report.findings.iter().filter(|finding| is_wanted(judged, finding, wish)).collect();
    if wanted.is_empty() {
        let names: Vec<String> = wish.rules.iter().map(|rule| format!("`{rule}`")).collect();
        let message = format!("there is no new finding of {}", names.join(", "));
        return Err(vec![Problem::usage(message, "see what there is with `cargo archlint check`")]);
    }
    let terms =
        Accepted { because: Some(wish.because.trim().to_owned()), until: wish.until, ..Accepted::default() };
    let base = report.accounts.next.as_ref().unwrap_or(&report.accounts.baseline);
    Ok(accepting(base, wanted.into_iter(), &terms))
}

/// Whether breaches of a rule may be accepted.
pub fn may_accept(judged: &Judged, rule: &str) -> bool {
    let configured = judged.rules.iter().find(|known| known.name == rule);
    configured.is_none_or(|rule| rule.baselining == Baselining::Allowed)
        && !crate::application::settle::is_housekeeping(rule)
}

fn is_wanted(judged: &Judged, finding: &Finding, wish: &Wish) -> bool {
    let below = |module: &String| {
        finding
            .from
            .strip_prefix(module.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    finding.state == State::New
        && finding.level != Level::Allow
        && wish.rules.iter().any(|rule| rule == "all" || rule == &finding.rule)
        && wish.from.as_ref().is_none_or(below)
        && may_accept(judged, &finding.rule)
}

/// Why breaches of a rule cannot be accepted.
fn refusal(judged: &Judged, rule: &str) -> Option<Problem> {
    let known = || {
        judged
            .rules
            .iter()
            .map(|rule| rule.name.as_str())
            .chain(LINTS.iter().map(|lint| lint.name))
            .chain(["all"])
    };
    if !known().any(|known| known == rule) {
        let help = did_you_mean(rule, known())
            .unwrap_or_else(|| "list the rules with `cargo archlint rules`".to_owned());
        return Some(Problem::usage(format!("no rule `{rule}` is configured"), help));
    }
    if rule != "all" && !may_accept(judged, rule) {
        let message = format!("rule `{rule}` accepts no exceptions");
        return Some(Problem::usage(message, "resolve what it finds: `cargo archlint check`"));
    }
    None
}
