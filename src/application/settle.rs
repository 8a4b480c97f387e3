//! What is silenced in the code and accepted in the baseline, taken off what was found.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::application::analyse::Analysis;
use crate::application::judged::Judged;
use crate::domain::contracts::{RESERVED, key};
use crate::domain::finding::{Finding, Level, Site, State};
use crate::domain::policy::baseline::{Baseline, BreachName};
use crate::domain::policy::day::Day;
use crate::domain::policy::lints::{INVALID_SUPPRESSION, LINTS, STALE_BASELINE, UNUSED_SUPPRESSION};
use crate::domain::policy::renamed::Known;
use crate::domain::report::baseline::{Settlement, pruned, settle as settle_baseline};
use crate::domain::report::suppression::{Rules, suppress};
use crate::domain::report::{Accounts, Host};

/// Rules that are no contract: a stale allowance is told by them, and is a breach where code is accepted.
const HOUSEKEEPING: [&str; 3] = [UNUSED_SUPPRESSION, INVALID_SUPPRESSION, STALE_BASELINE];

/// Whether a rule is about allowances, and so allows none itself.
pub fn is_housekeeping(rule: &str) -> bool {
    HOUSEKEEPING.contains(&rule)
}

/// Marks what is silenced and what is accepted; adds what is wrong with either.
pub fn settle(analysis: &Analysis, judged: &Judged, host: Host, today: Day) -> (Vec<Finding>, Accounts) {
    let rules = KnownRules { judged, host };
    let mut findings = judged.findings.clone();
    suppress(&mut findings, &analysis.remarks, &rules, today);
    let names = Names { analysis, judged, ids: OnceCell::new() };
    let is_unseen = |name: &BreachName| rules.is_silent(&name.rule) || names.is_lost(name);
    let baseline = &judged.baseline;
    let settlement = settle_baseline(&mut findings, baseline, &names, &is_unseen);
    let level = rules.level(STALE_BASELINE);
    if host == Host::Ci && level != Level::Allow {
        findings.extend(stale(baseline, &settlement, level));
    }
    let level = rules.level(UNUSED_SUPPRESSION);
    if level != Level::Allow {
        findings.extend(judged.idle.iter().map(|idle| Finding { level, ..idle.clone() }));
    }
    let name = |at: &usize| baseline.entries[*at].name.clone();
    let accounts = Accounts {
        fixed: settlement.stale.iter().map(name).collect(),
        moved: settlement.moved.iter().map(|moved| (name(&moved.entry), moved.name.clone())).collect(),
        next: (host == Host::Desk && (!settlement.is_empty() || baseline.merge.is_some()))
            .then(|| pruned(baseline, &settlement)),
        baseline: baseline.clone(),
    };
    (findings, accounts)
}

/// A finding for each entry that should not be there as it is.
fn stale(baseline: &Baseline, settlement: &Settlement, level: Level) -> Vec<Finding> {
    let finding = |entry: usize, message: String| {
        let entry = &baseline.entries[entry];
        let at = entry.at;
        let site = Site {
            file: baseline.file.clone(),
            line: at.line,
            column: at.column,
            end_line: at.line,
            end_column: at.column + at.end.saturating_sub(at.start),
        };
        let name = &entry.name;
        let to = name.rule.clone();
        Finding {
            rule: STALE_BASELINE.to_owned(),
            key: key(STALE_BASELINE, &name.from, &to, &name.to),
            level,
            state: State::New,
            message,
            from: name.from.clone(),
            item: name.to.clone(),
            to,
            sites: vec![site],
            chain: Vec::new(),
            cut: Vec::new(),
            cost: 0,
            because: Some("what is fixed and still accepted may come back unseen".to_owned()),
            instead: Some("run `cargo archlint check` and commit the baseline".to_owned()),
        }
    };
    let fixed = settlement.stale.iter().map(|entry| {
        let name = &baseline.entries[*entry].name;
        finding(
            *entry,
            format!("`{}` no longer breaks `{}` here, but it is still accepted", name.from, name.rule),
        )
    });
    let moved = settlement.moved.iter().map(|moved| {
        let before = &baseline.entries[moved.entry].name;
        let (old, new) = match before.from == moved.name.from {
            true => (&before.to, &moved.name.to),
            false => (&before.from, &moved.name.from),
        };
        finding(moved.entry, format!("what is accepted here of `{old}` is now called `{new}`"))
    });
    fixed.chain(moved).collect()
}

/// The rules of a run.
struct KnownRules<'a> {
    judged: &'a Judged,
    host: Host,
}

impl Rules for KnownRules<'_> {
    fn names(&self) -> Vec<&str> {
        let rules = self.judged.rules.iter().map(|rule| rule.name.as_str());
        let lints = LINTS.iter().map(|lint| lint.name).filter(|name| !HOUSEKEEPING.contains(name));
        rules.chain(lints).chain(RESERVED).collect()
    }

    fn is_silent(&self, rule: &str) -> bool {
        if LINTS.iter().any(|lint| lint.name == rule) {
            return self.level(rule) == Level::Allow;
        }
        let configured = self.judged.rules.iter().find(|known| known.name == rule);
        configured.is_none_or(|rule| rule.level == Level::Allow)
    }

    fn level(&self, lint: &str) -> Level {
        let configured = self.judged.lints.iter().rev().find(|level| level.name == lint);
        if let Some(configured) = configured {
            return configured.level;
        }
        match LINTS.iter().find(|known| known.name == lint) {
            Some(_) if self.host == Host::Ci && HOUSEKEEPING.contains(&lint) => Level::Deny,
            Some(known) => known.level,
            None => Level::Allow,
        }
    }
}

/// Names of today.
struct Names<'a> {
    analysis: &'a Analysis,
    judged: &'a Judged,
    ids: OnceCell<BTreeSet<String>>,
}

impl Names<'_> {
    /// Whether code that could not be read may hold this breach.
    fn is_lost(&self, name: &BreachName) -> bool {
        let Analysis { graph, coverage, .. } = self.analysis;
        let lost = || coverage.lost.iter().chain(&coverage.missing);
        if lost().next().is_none() {
            return false;
        }
        let file = graph.find(&name.from).and_then(|node| graph.node(node).file);
        let path = file.map(|file| &graph.files[file.0 as usize].path);
        path.is_none_or(|path| lost().any(|lost| &lost.site.file == path))
    }
}

impl Known for Names<'_> {
    fn exists(&self, id: &str) -> bool {
        let ids = self.ids.get_or_init(|| {
            let graph = &self.analysis.graph;
            let nodes = graph.node_ids().filter(|node| !graph.is_external(*node)).map(|node| graph.id(node));
            let packages = self.analysis.workspace.packages.iter().map(|package| package.name.clone());
            nodes.chain(packages).chain(self.judged.layers.names.iter().cloned()).collect()
        });
        // What lies outside the workspace is not ours to rename.
        id.starts_with("ext:") || ids.contains(id)
    }
}
