//! What stands today and is accepted: breaches by their names, never by lines or counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::policy::day::Day;
use crate::domain::policy::place::At;

/// The accepted breaches of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The file it stands in, relative to the workspace root where it lies within; empty where there
    /// is none.
    pub file: String,
    /// What is accepted, sorted by name; no two of one name.
    pub entries: Vec<Accepted>,
    /// Those of the entries whose time is over, by index, rising: they accept nothing.
    pub lapsed: Vec<usize>,
    /// How many breaches were ever accepted.
    pub absorbed: u32,
    /// How many of them are gone.
    pub retired: u32,
    /// Where a merge left its first mark; both sides are read as one then.
    pub merge: Option<At>,
}

/// One accepted breach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// What it is about.
    pub name: BreachName,
    /// Why it is accepted.
    pub because: Option<String>,
    /// The last day on which it is.
    pub until: Option<Day>,
    /// Where it stands in the file.
    pub at: At,
}

/// What tells a breach from all others: lines may move and places come and go.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BreachName {
    /// Name of the rule.
    pub rule: String,
    /// Id of what is at fault.
    pub from: String,
    /// Id of what it should not use; empty where there is no such thing.
    pub to: String,
    /// Id of the definition that is named; empty where the breach is not about one.
    pub item: String,
}

impl Baseline {
    /// The same on this day: entries beyond their last one accept nothing.
    #[must_use]
    pub fn on(mut self, today: Day) -> Self {
        let over = |entry: &Accepted| entry.until.is_some_and(|until| until < today);
        self.lapsed = (0..self.entries.len()).filter(|at| over(&self.entries[*at])).collect();
        self
    }

    /// Whether an entry is beyond its last day.
    pub fn is_lapsed(&self, entry: usize) -> bool {
        self.lapsed.binary_search(&entry).is_ok()
    }

    /// The dependencies that are accepted although they close a cycle under a rule, as from and to.
    pub fn edges<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let standing = self.entries.iter().enumerate().filter(|(at, _)| !self.is_lapsed(*at));
        let names = standing.map(|(_, entry)| &entry.name);
        names
            .filter(move |name| name.rule == rule && name.item.is_empty())
            .map(|name| (name.from.as_str(), name.to.as_str()))
    }

    /// What this one, made from `before`, becomes where another made `now` of that in between: every line
    /// that either added, none that either removed, and on what both changed the words of this one. What
    /// another accepted anew is not removed.
    #[must_use]
    pub fn rebased(&self, before: &Self, now: &Self) -> Self {
        // Totals that a merge left are those of one side: all are made to agree before they are compared.
        let (before, now) = (before.clone().settled(), now.clone().settled());
        let [old, ours, theirs] = [&before, self, &now].map(Self::by_name);
        let is_same = |a: Option<&&Accepted>, b: Option<&&Accepted>| match (a, b) {
            (Some(a), Some(b)) => (&a.because, a.until) == (&b.because, b.until),
            (a, b) => a.is_none() && b.is_none(),
        };
        let names: BTreeSet<&BreachName> = ours.keys().chain(theirs.keys()).copied().collect();
        let mut twice = 0;
        let mut entries = Vec::new();
        for name in names {
            let (old, our, their) = (old.get(name), ours.get(name), theirs.get(name));
            twice += u32::from(old.is_none() && our.is_some() && their.is_some());
            let kept = match our {
                Some(_) if is_same(our, old) => their,
                // Removed here; what another accepted anew meanwhile stays.
                None if is_same(their, old) => None,
                None => their,
                Some(_) => our,
            };
            entries.extend(kept.map(|entry| (*entry).clone()));
        }
        let (more, theirs) =
            (self.absorbed.saturating_sub(before.absorbed), now.absorbed.saturating_sub(before.absorbed));
        // A line that both added is one breach.
        let absorbed = now.absorbed + more - twice.min(more).min(theirs);
        // How many are gone follows from the other two.
        Self { file: self.file.clone(), entries, absorbed, ..Self::default() }.settled()
    }

    fn by_name(&self) -> BTreeMap<&BreachName, &Accepted> {
        self.entries.iter().map(|entry| (&entry.name, entry)).collect()
    }

    /// The same in order, with totals that agree: a merge of two branches joins their lines, but of
    /// their totals it takes one.
    #[must_use]
    pub fn settled(mut self) -> Self {
        self.entries.sort_by(|a, b| a.name.cmp(&b.name));
        self.entries.dedup_by(|a, b| a.name == b.name);
        let standing = self.entries.len() as u32;
        self.absorbed = self.absorbed.max(self.retired + standing);
        self.retired = self.absorbed - standing;
        self
    }
}

/// Whether breaches of a rule may be accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Baselining {
    /// They may.
    #[default]
    Allowed,
    /// None ever.
    Refused,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(from: &str, until: Option<&str>) -> Accepted {
        let name = BreachName { rule: "r".to_owned(), from: from.to_owned(), ..BreachName::default() };
        Accepted { name, until: until.and_then(Day::parse), ..Accepted::default() }
    }

    #[test]
    fn totals_agree_after_a_merge() {
        // Both branches retired one of ten, and each wrote nine and one.
        let entries: Vec<Accepted> = (0..8).map(|n| entry(&n.to_string(), None)).collect();
        let merged = Baseline { entries, absorbed: 10, retired: 1, ..Baseline::default() }.settled();
        assert_eq!((merged.absorbed, merged.retired), (10, 2));
        // Both accepted one more.
        let entries: Vec<Accepted> = (0..9).map(|n| entry(&n.to_string(), None)).collect();
        let merged = Baseline { entries, absorbed: 10, retired: 2, ..Baseline::default() }.settled();
        assert_eq!((merged.absorbed, merged.retired), (11, 2));
    }

    #[test]
    fn two_who_change_one_baseline_lose_nothing_of_each_other() {
        let of = |names: &[&str], absorbed: u32| {
            let entries = names.iter().map(|name| entry(name, None)).collect();
            Baseline { entries, absorbed, ..Baseline::default() }.settled()
        };
        let told = |baseline: &Baseline| {
            let names: Vec<&str> = baseline.entries.iter().map(|entry| &*entry.name.from).collect();
            (names.concat(), baseline.absorbed, baseline.retired)
        };
        let before = of(&["a", "b"], 3);
        // One adds c, the other d and removes b.
        let (ours, theirs) = (of(&["a", "b", "c"], 4), of(&["a", "d"], 4));
        assert_eq!(told(&ours.rebased(&before, &theirs)), ("acd".to_owned(), 5, 2));
        assert_eq!(told(&theirs.rebased(&before, &ours)), ("acd".to_owned(), 5, 2));
        // Both do the same.
        assert_eq!(told(&ours.rebased(&before, &ours)), ("abc".to_owned(), 4, 1));
        assert_eq!(told(&theirs.rebased(&before, &theirs)), ("ad".to_owned(), 4, 2));
        // Nobody else was there.
        assert_eq!(told(&theirs.rebased(&before, &before)), told(&theirs));
        // A merge took the larger of each total: the sum of what both sides did is not lost.
        let entries = vec![entry("a", None), entry("b", None)];
        let merged = Baseline { entries, absorbed: 2, retired: 1, ..Baseline::default() };
        assert_eq!(told(&merged.clone().settled().rebased(&merged, &merged)), ("ab".to_owned(), 3, 1));
        // Both give one line its new name.
        let moved = of(&["a", "x"], 3);
        assert_eq!(told(&moved.rebased(&before, &moved)), ("ax".to_owned(), 3, 1));
        // What another accepted anew is not removed.
        let mut anew = before.clone();
        anew.entries[1].because = Some("still".to_owned());
        assert_eq!(told(&of(&["a"], 3).rebased(&before, &anew)), ("ab".to_owned(), 3, 1));
    }

    #[test]
    fn an_entry_counts_on_its_last_day_and_not_after() {
        let baseline = Baseline { entries: vec![entry("a", Some("2027-03-01"))], ..Baseline::default() };
        let on = |day: &str| baseline.clone().on(Day::parse(day).expect("a day")).edges("r").count();
        assert_eq!((on("2027-03-01"), on("2027-03-02")), (1, 0));
    }
}
