//! Findings silenced in the code: `// archlint: allow(RULE) reason`.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::contracts::key;
use crate::domain::finding::{Finding, Level, Site, State};
use crate::domain::policy::day::Day;
use crate::domain::policy::lints::{INVALID_SUPPRESSION, UNUSED_SUPPRESSION};
use crate::domain::policy::suggest;
use crate::domain::report::allowance::{Allowance, Fault, read};
use crate::domain::source::facts::DirectivePlace;

/// A comment that speaks to this tool, in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What follows `archlint:`.
    pub text: String,
    /// Where it stands, as to what it speaks of.
    pub place: DirectivePlace,
    /// Where it stands.
    pub site: Site,
    /// What it speaks of.
    pub extent: Site,
    /// Id of the module it stands in.
    pub module: String,
}

/// What is known of the rules of a run.
pub trait Rules {
    /// Names that a comment may use.
    fn names(&self) -> Vec<&str>;
    /// Whether this rule reports nothing in this run, so that nothing of it can be silenced.
    fn is_silent(&self, rule: &str) -> bool;
    /// The level of a built-in rule.
    fn level(&self, lint: &str) -> Level;
}

/// Marks what is silenced, and adds what is wrong with the comments. Of a finding that is silenced in
/// some places only, the others are left.
pub fn suppress(findings: &mut Vec<Finding>, remarks: &[Remark], rules: &dyn Rules, today: Day) {
    let mut told = Vec::new();
    let mut standing: Vec<(usize, String)> = Vec::new();
    for (at, remark) in remarks.iter().enumerate() {
        if remark.place == DirectivePlace::Documentation {
            let message = "documentation is shown to readers, and silences nothing".to_owned();
            let help = "write it as a comment, with `//`".to_owned();
            told.push(invalid(remark, Fault { message, help }));
            continue;
        }
        let (allowance, faults) = read(&remark.text);
        told.extend(faults.into_iter().map(|fault| invalid(remark, fault)));
        let Some(allowance) = allowance else { continue };
        let (names, faults) = holding(allowance, rules, today);
        standing.extend(names.into_iter().map(|name| (at, name)));
        told.extend(faults.into_iter().map(|fault| invalid(remark, fault)));
    }
    let used = mark(findings, remarks, &standing);
    for (at, name) in standing.iter().filter(|one| !used.contains(*one) && !rules.is_silent(&one.1)) {
        told.push(unused(&remarks[*at], name));
    }
    for mut finding in told {
        finding.level = rules.level(&finding.rule);
        if finding.level != Level::Allow {
            findings.push(finding);
        }
    }
}

/// The names that an allowance silences today, and why it does not silence the others.
fn holding(allowance: Allowance, rules: &dyn Rules, today: Day) -> (Vec<String>, Vec<Fault>) {
    if let Some(until) = allowance.until.filter(|until| *until < today) {
        let message = format!("this suppression held until {until}, and no longer does");
        let help = "resolve what it silenced, or give it a later day".to_owned();
        return (Vec::new(), vec![Fault { message, help }]);
    }
    let known = rules.names();
    let (names, unknown): (Vec<String>, Vec<String>) =
        allowance.names.into_iter().partition(|name| known.contains(&name.as_str()));
    let faults = unknown.iter().map(|name| {
        let help = suggest::nearest(name, known.iter().copied())
            .map(|near| format!("did you mean `{near}`?"))
            .unwrap_or_else(|| "list the rules with `cargo archlint rules`".to_owned());
        Fault { message: format!("there is no rule `{name}` to silence"), help }
    });
    (names, faults.collect())
}

/// Silences findings; gives the remarks that silenced any, with the name that did.
fn mark(
    findings: &mut [Finding],
    remarks: &[Remark],
    standing: &[(usize, String)],
) -> BTreeSet<(usize, String)> {
    let mut by_rule: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, name) in standing {
        by_rule.entry(name).or_default().push(*at);
    }
    let mut used = BTreeSet::new();
    for finding in findings.iter_mut() {
        let Some(places) = by_rule.get(finding.rule.as_str()) else { continue };
        let silencing = |site: &Site| places.iter().copied().find(|at| covers(&remarks[*at].extent, site));
        let covered: Vec<Option<usize>> = finding.sites.iter().map(silencing).collect();
        used.extend(covered.iter().flatten().map(|at| (*at, finding.rule.clone())));
        if covered.iter().all(Option::is_some) && !covered.is_empty() {
            finding.state = State::Suppressed;
        } else {
            let mut left = covered.iter().map(Option::is_none);
            finding.sites.retain(|_| left.next().unwrap_or(true));
        }
    }
    used
}

/// Whether a comment speaks of a place.
pub(super) fn covers(extent: &Site, site: &Site) -> bool {
    let at = (site.line, site.column);
    extent.file == site.file
        && (extent.line, extent.column) <= at
        && at < (extent.end_line, extent.end_column)
}

fn invalid(remark: &Remark, fault: Fault) -> Finding {
    finding(INVALID_SUPPRESSION, remark, "", fault.message, fault.help)
}

fn unused(remark: &Remark, name: &str) -> Finding {
    let what = match remark.place {
        DirectivePlace::Line => "on this line",
        DirectivePlace::Next | DirectivePlace::Documentation => "in what follows",
        DirectivePlace::Module => "in this module",
    };
    let message = format!("nothing {what} breaks `{name}`, so there is nothing to silence");
    finding(UNUSED_SUPPRESSION, remark, name, message, format!("remove `{name}` from the comment"))
}

fn finding(rule: &str, remark: &Remark, to: &str, message: String, instead: String) -> Finding {
    Finding {
        rule: rule.to_owned(),
        key: key(rule, &remark.module, to, ""),
        level: Level::Warn,
        state: State::New,
        message,
        from: remark.module.clone(),
        to: to.to_owned(),
        item: String::new(),
        sites: vec![remark.site.clone()],
        chain: Vec::new(),
        cut: Vec::new(),
        cost: 0,
        because: None,
        instead: Some(instead),
    }
}
