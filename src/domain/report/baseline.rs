//! Findings held against what is accepted: what is accepted, what is fixed, what has moved.

use std::collections::BTreeMap;

use crate::domain::finding::{Finding, State};
use crate::domain::policy::baseline::{Accepted, Baseline, BreachName};
use crate::domain::policy::renamed::{Known, likeness};

/// What became of the entries of a baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settlement {
    /// Entries of which nothing is left, by index, rising.
    pub stale: Vec<usize>,
    /// Entries whose breach now has another name, because a module was renamed or moved.
    pub moved: Vec<Moved>,
}

/// An accepted breach that goes by another name now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The entry, by index.
    pub entry: usize,
    /// Its name now.
    pub name: BreachName,
}

impl Settlement {
    /// Whether every entry is as it was.
    pub fn is_empty(&self) -> bool {
        self.stale.is_empty() && self.moved.is_empty()
    }
}

/// What a finding is called.
pub fn name_of(finding: &Finding) -> BreachName {
    BreachName {
        rule: finding.rule.clone(),
        from: finding.from.clone(),
        to: finding.to.clone(),
        item: finding.item.clone(),
    }
}

/// What a baseline holds for a finding: its name, and for a cycle each dependency of its cut.
pub fn names_of(finding: &Finding) -> Vec<BreachName> {
    if finding.cut.is_empty() {
        return vec![name_of(finding)];
    }
    let name = |(from, to): &(String, String)| BreachName {
        rule: finding.rule.clone(),
        from: from.clone(),
        to: to.clone(),
        item: String::new(),
    };
    finding.cut.iter().map(name).collect()
}

/// Marks what is accepted. Entries of which this run could not see the breach are left alone.
pub fn settle(
    findings: &mut [Finding],
    baseline: &Baseline,
    known: &dyn Known,
    is_unseen: &dyn Fn(&BreachName) -> bool,
) -> Settlement {
    let mut open: BTreeMap<BreachName, Vec<usize>> = BTreeMap::new();
    // A cycle is accepted where each dependency of its cut is.
    let mut left = vec![0; findings.len()];
    for (at, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.state == State::New) {
        let names = names_of(finding);
        left[at] = names.len();
        names.into_iter().for_each(|name| open.entry(name).or_default().push(at));
    }
    let mut accept = |findings: &mut [Finding], alike: Vec<usize>| {
        for at in alike {
            left[at] -= 1;
            if left[at] == 0 {
                findings[at].state = State::Baselined;
            }
        }
    };
    let mut missing = Vec::new();
    for (at, entry) in baseline.entries.iter().enumerate() {
        match open.remove(&entry.name) {
            Some(alike) if baseline.is_lapsed(at) => {
                for finding in alike {
                    lapse(&mut findings[finding], entry);
                }
            }
            Some(alike) => accept(findings, alike),
            None if is_unseen(&entry.name) => {}
            None => missing.push(at),
        }
    }
    let mut settlement = Settlement::default();
    for at in missing {
        let entry = &baseline.entries[at];
        let candidates = open.keys().filter_map(|name| Some((likeness(&entry.name, name, known)?, name)));
        let best = candidates.max_by(|(a, one), (b, other)| a.cmp(b).then_with(|| other.cmp(one)));
        let Some(name) = best.map(|(_, name)| name.clone()).filter(|_| !baseline.is_lapsed(at)) else {
            settlement.stale.push(at);
            continue;
        };
        accept(findings, open.remove(&name).unwrap_or_default());
        settlement.moved.push(Moved { entry: at, name });
    }
    settlement
}

/// Says of a breach that it was accepted, and no longer is.
fn lapse(finding: &mut Finding, entry: &Accepted) {
    if let Some(until) = entry.until {
        finding.message.push_str(&format!("; it was accepted until {until}"));
    }
}

/// The baseline without what is fixed, and with the names of today.
pub fn pruned(baseline: &Baseline, settlement: &Settlement) -> Baseline {
    let mut next = baseline.clone();
    for moved in &settlement.moved {
        next.entries[moved.entry].name = moved.name.clone();
    }
    let mut at = 0;
    next.entries.retain(|_| {
        at += 1;
        settlement.stale.binary_search(&(at - 1)).is_err()
    });
    next.retired += settlement.stale.len() as u32;
    next.lapsed = Vec::new();
    next.settled()
}

/// The baseline with what these findings are called; and how many names that adds.
pub fn accepting<'a>(
    baseline: &Baseline,
    findings: impl Iterator<Item = &'a Finding>,
    terms: &Accepted,
) -> (Baseline, usize) {
    let mut next = baseline.clone();
    let before = next.entries.len();
    for name in findings.flat_map(names_of) {
        match next.entries.iter_mut().find(|entry| entry.name == name) {
            // One whose time is over is accepted anew, on the new terms.
            Some(entry) => *entry = Accepted { name, at: entry.at, ..terms.clone() },
            None => next.entries.push(Accepted { name, ..terms.clone() }),
        }
    }
    let added = next.entries.len() - before;
    next.absorbed += added as u32;
    next.lapsed = Vec::new();
    (next.settled(), added)
}

#[cfg(test)]
mod tests;
