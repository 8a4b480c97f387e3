//! What stands today and is accepted: breaches by their names, never by lines or counts.

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
    fn an_entry_counts_on_its_last_day_and_not_after() {
        let baseline = Baseline { entries: vec![entry("a", Some("2027-03-01"))], ..Baseline::default() };
        let on = |day: &str| baseline.clone().on(Day::parse(day).expect("a day")).edges("r").count();
        assert_eq!((on("2027-03-01"), on("2027-03-02")), (1, 0));
    }
}
