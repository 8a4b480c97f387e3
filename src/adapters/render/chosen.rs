//! What of a report people are shown: all that fails the run, and of the rest what is worth most.
//!
//! Hundreds of warnings would hide the few that matter. Where there are many, the first of each kind
//! stands for its kind; the formats for programs, and `--format short`, have them all.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::adapters::render::text::{escape, place, plural, thousands};
use crate::domain::finding::{Finding, Level, State};
use crate::domain::policy::lints::{GATE, INVALID_SUPPRESSION, LINTS, STALE_BASELINE, UNUSED_SUPPRESSION};
use crate::domain::report::Report;

/// So many groups that do not fail the run are all shown.
const FEW: usize = 10;
/// Of more, so many kinds are shown, and the others counted.
const KINDS: usize = 6;
/// Of an error that does not fail the run, as nothing is configured, so many are shown.
const ERRORS: usize = 3;
/// So many further places of a kind are named.
const NAMED: usize = 3;

/// What is shown.
#[derive(Clone, Debug, Default)]
pub struct Chosen<'a> {
    /// In order.
    pub shown: Vec<Shown<'a>>,
    /// Kinds of which none is shown, with how many there are of each.
    others: Vec<(&'a str, usize)>,
    /// Whether anything is left out.
    is_partial: bool,
}

/// Findings that are drawn together.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    /// Findings alike, never empty: the first is drawn, the others are named.
    pub alike: Vec<&'a Finding>,
    /// What more there is of the kind, below the last that is drawn of it.
    pub more: Option<String>,
}

impl Chosen<'_> {
    /// What is not shown, and what lists it.
    pub fn rest(&self) -> Option<String> {
        let lists =
            "`cargo archlint --format short` lists all, `cargo archlint explain NAME` says what one means";
        match self.others.as_slice() {
            [] => self.is_partial.then(|| format!("more: {lists}")),
            others => {
                let one = |(rule, count): &(&str, usize)| {
                    format!("`{}` {}", escape(rule), thousands(*count as u64))
                };
                let named: Vec<String> = others.iter().map(one).collect();
                Some(format!("also: {}; {lists}", named.join(", ")))
            }
        }
    }
}

/// Findings of one rule that do not fail the run.
struct Kind<'a> {
    rule: &'a str,
    groups: Vec<Vec<&'a Finding>>,
}

impl Kind<'_> {
    /// Gravest first, then what is grave wherever it is sure, then what costs the scores most, then what there
    /// is most of.
    fn order(&self) -> (Reverse<Level>, Reverse<Level>, Reverse<u32>, Reverse<usize>) {
        let level = self.groups.iter().flatten().map(|finding| finding.level).max().unwrap_or_default();
        let own = LINTS.iter().find(|lint| lint.name == self.rule).map(|lint| lint.level).unwrap_or_default();
        let cost = self.groups.iter().map(|group| cost(group)).sum();
        (Reverse(level), Reverse(own), Reverse(cost), Reverse(self.groups.len()))
    }
}

fn cost(group: &[&Finding]) -> u32 {
    group.iter().map(|finding| finding.cost).sum()
}

/// What people are shown of a report.
pub fn choose(report: &Report) -> Chosen<'_> {
    let mut chosen = Chosen::default();
    let mut kinds: BTreeMap<&str, Kind<'_>> = BTreeMap::new();
    for group in groups(report.findings.iter().filter(|finding| finding.state == State::New)) {
        let first = group[0];
        if report.fails(first) || first.level > Level::Note && is_own(&first.rule) {
            chosen.shown.push(Shown { alike: group, more: None });
        } else {
            let kind = kinds.entry(&first.rule);
            kind.or_insert_with(|| Kind { rule: &first.rule, groups: Vec::new() }).groups.push(group);
        }
    }
    let mut kinds: Vec<Kind<'_>> = kinds.into_values().collect();
    kinds.sort_by_key(|kind| (kind.order(), kind.rule));
    let is_hint = |group: &&Vec<&Finding>| group[0].level <= Level::Note;
    let weighty = kinds.iter().flat_map(|kind| &kind.groups).filter(|group| !is_hint(group)).count();
    for (at, mut kind) in kinds.into_iter().enumerate() {
        kind.groups.sort_by_key(|group| (Reverse(group[0].level), Reverse(cost(group))));
        if weighty > FEW && at >= KINDS {
            chosen.others.push((kind.rule, kind.groups.iter().flatten().count()));
            continue;
        }
        // A hint is worth one look.
        let shown = match kind.groups[0][0].level {
            Level::Deny | Level::Warn if weighty <= FEW => {
                kind.groups.iter().filter(|group| !is_hint(group)).count()
            }
            Level::Deny => {
                kind.groups.iter().filter(|group| group[0].level == Level::Deny).count().min(ERRORS)
            }
            _ => 1,
        };
        let hidden = kind.groups.split_off(shown.min(kind.groups.len()));
        let more = more(&kind.groups, &hidden);
        chosen.is_partial |= more.is_some();
        chosen.shown.extend(kind.groups.into_iter().map(|alike| Shown { alike, more: None }));
        if let Some(last) = chosen.shown.last_mut() {
            last.more = more;
        }
    }
    chosen
}

/// Whether a rule is one of the users, or is about what they wrote to silence others: each breach counts.
fn is_own(rule: &str) -> bool {
    [GATE, STALE_BASELINE, UNUSED_SUPPRESSION, INVALID_SUPPRESSION].contains(&rule)
        || LINTS.iter().all(|lint| lint.name != rule)
}

/// How many findings of a kind are not drawn, in how many modules, and where the first of them are.
fn more(shown: &[Vec<&Finding>], hidden: &[Vec<&Finding>]) -> Option<String> {
    let count = hidden.iter().flatten().count() as u64;
    hidden.first()?;
    let all = shown.iter().chain(hidden).flatten();
    let modules: BTreeSet<&str> = all.map(|finding| finding.from.as_str()).collect();
    let named: Vec<String> =
        hidden.iter().filter_map(|group| group[0].sites.first()).take(NAMED).map(place).collect();
    Some(format!(
        "{} of this kind, in {} all together: {}{}",
        plural(count, "further finding"),
        plural(modules.len() as u64, "module"),
        named.join(", "),
        if hidden.len() > NAMED { ", …" } else { "" },
    ))
}

/// Findings that say the same of other items: one rule, one module at fault, one module or crate that
/// it should not name. In order of the first of each group.
fn groups<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<Vec<&'a Finding>> {
    let mut places: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        let next = groups.len();
        // A chain, a circle or a whole module is told for itself.
        if finding.item.is_empty() || !finding.chain.is_empty() {
            groups.push(vec![finding]);
            continue;
        }
        let place = *places.entry((&finding.rule, &finding.from, &finding.to)).or_insert(next);
        match groups.get_mut(place) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::render::sample;
    use crate::domain::report::Enforcement;

    fn of(rule: &str, level: Level, line: u32, cost: u32) -> Finding {
        let mut one = sample::findings().remove(0);
        one.rule = rule.to_owned();
        one.level = level;
        one.item = String::new();
        one.from = format!("shop::m{line}");
        one.sites.truncate(1);
        one.sites[0].line = line;
        one.cost = cost;
        one
    }

    fn lines(chosen: &Chosen<'_>) -> Vec<(String, u32)> {
        chosen.shown.iter().map(|shown| (shown.alike[0].rule.clone(), shown.alike[0].sites[0].line)).collect()
    }

    #[test]
    fn of_many_warnings_the_dearest_of_each_kind_is_shown_and_the_dearest_kind_first() {
        let mut findings: Vec<Finding> =
            (1..=9).map(|line| of("sleep-in-test", Level::Warn, line, 1)).collect();
        findings.extend((10..=12).map(|line| of("fat-entrypoint", Level::Warn, line, line)));
        let report = Report { findings, ..Report::default() };
        let chosen = choose(&report);
        assert_eq!(lines(&chosen), [("fat-entrypoint".to_owned(), 12), ("sleep-in-test".to_owned(), 1)]);
        assert_eq!(
            chosen.shown[0].more.as_deref(),
            Some(
                "2 further findings of this kind, in 3 modules all together: \
                 src/domain/order.rs:11:5, src/domain/order.rs:10:5"
            )
        );
        assert!(chosen.rest().is_some_and(|told| told.starts_with("more: `cargo archlint --format short`")));
    }

    #[test]
    fn what_is_grave_wherever_it_is_sure_comes_before_what_costs_more() {
        let mut findings: Vec<Finding> =
            (1..=11).map(|line| of("fat-entrypoint", Level::Warn, line, 9)).collect();
        findings.push(of("core-depends-on-adapter", Level::Warn, 20, 1));
        let report = Report { findings, ..Report::default() };
        assert_eq!(lines(&choose(&report))[0], ("core-depends-on-adapter".to_owned(), 20));
    }

    #[test]
    fn few_warnings_are_all_shown() {
        let findings: Vec<Finding> =
            (1..=FEW as u32).map(|line| of("sleep-in-test", Level::Warn, line, 0)).collect();
        let report = Report { findings, ..Report::default() };
        let chosen = choose(&report);
        assert_eq!(lines(&chosen).len(), FEW);
        assert_eq!(chosen.rest(), None);
    }

    #[test]
    fn what_fails_the_run_and_what_breaks_rules_of_the_users_own_is_shown_in_full() {
        let mut findings: Vec<Finding> =
            (1..=30).map(|line| of("sleep-in-test", Level::Deny, line, 0)).collect();
        findings.extend((31..=60).map(|line| of("only web renders", Level::Warn, line, 0)));
        let report = Report { findings, enforcement: Enforcement::Enforced, ..Report::default() };
        assert_eq!(choose(&report).shown.len(), 60);
        let advisory = Report { enforcement: Enforcement::Advisory, ..report };
        let chosen = choose(&advisory);
        assert_eq!(chosen.shown.len(), 30 + ERRORS);
    }

    #[test]
    fn kinds_beyond_the_first_are_counted() {
        let names = ["dead-event", "fat-entrypoint", "mixed-concerns", "query-in-loop", "sleep-in-test"];
        let more = ["inline-side-effect", "unused-dependency", "undeclared-crate"];
        let all = names.iter().chain(&more).zip(1..);
        let findings: Vec<Finding> = all
            .flat_map(|(rule, at)| [of(rule, Level::Warn, at, 100 - at), of(rule, Level::Warn, at + 50, 0)])
            .collect();
        let report = Report { findings, ..Report::default() };
        let chosen = choose(&report);
        assert_eq!(chosen.shown.len(), KINDS);
        let rest = chosen.rest().unwrap_or_default();
        assert!(rest.starts_with("also: `unused-dependency` 2, `undeclared-crate` 2; "), "{rest}");
    }
}
