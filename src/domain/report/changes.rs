//! What one change of the code did: two trees, judged alike.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::finding::{Finding, Hop, Level, Site, State};
use crate::domain::graph::cycles::among_modules;
use crate::domain::graph::lift::ModuleGraph;
use crate::domain::graph::{Graph, NodeId};
use crate::domain::model::moved::ScoreMove;
use crate::domain::policy::baseline::BreachName;
use crate::domain::policy::renamed::{Known, likeness};
use crate::domain::report::baseline::{name_of, names_of};

/// What a change did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The revision as it was asked for.
    pub since: String,
    /// Its full name.
    pub commit: String,
    /// Findings that are no more.
    pub gone: Vec<Finding>,
    /// How many were there before and still are.
    pub standing: u32,
    /// What the rules and the baseline of that revision would stop in the code of today, and those of
    /// today do not: each with what lets it through.
    pub let_through: Vec<(Finding, String)>,
    /// Dependencies against the order of the layers that are new, then those that are gone.
    pub against: Moved<Edge>,
    /// Circles of modules.
    pub cycles: Moved<Vec<String>>,
    /// Items that more code may name than before.
    pub widened: Vec<Widened>,
    /// Scores that moved visibly, and what moved them.
    pub scores: Vec<ScoreMove>,
}

/// What came and what went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved<T> {
    /// What is new.
    pub added: Vec<T>,
    /// What is no more.
    pub removed: Vec<T>,
}

impl<T> Default for Moved<T> {
    fn default() -> Self {
        Self { added: Vec::new(), removed: Vec::new() }
    }
}

/// A dependency between modules of two layers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// Id of the module that depends.
    pub from: String,
    /// Id of the module depended on.
    pub to: String,
    /// The layer of the first.
    pub from_layer: String,
    /// The layer of the second.
    pub to_layer: String,
    /// The first place.
    pub site: Site,
}

/// An item that more code may name than before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Widened {
    /// Its id.
    pub item: String,
    /// Who could name it.
    pub before: Openness,
    /// Who can now.
    pub now: Openness,
    /// Its name.
    pub site: Site,
}

/// Who may name an item, as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Openness {
    /// Nobody outside its module.
    #[default]
    Private,
    /// `pub(super)`, `pub(in …)`.
    Restricted,
    /// `pub(crate)`.
    Crate,
    /// `pub`.
    Public,
}

impl Openness {
    /// How it is written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Restricted => "pub(super)",
            Self::Crate => "pub(crate)",
            Self::Public => "pub",
        }
    }
}

/// What came, what went and what stayed between two lists of findings.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// Findings of today that were not there, in their order.
    pub new: Vec<Finding>,
    /// Findings that are gone.
    pub gone: Vec<Finding>,
    /// How many stayed.
    pub standing: u32,
}

/// Compares what was found before and now by the same rules. What goes by another name, because a
/// module was renamed, stayed; so did what the rules of then found, where rules were renamed with it.
pub fn compare(before: Vec<Finding>, by_then: &[Finding], now: Vec<Finding>, known: &dyn Known) -> Compared {
    let old: BTreeSet<_> = before.iter().chain(by_then).map(name_of).collect();
    let today: BTreeSet<_> = now.iter().map(name_of).collect();
    let count = now.len() as u32;
    let (_, mut new): (Vec<Finding>, Vec<Finding>) =
        now.into_iter().partition(|one| old.contains(&name_of(one)));
    let mut gone: Vec<Finding> = before.into_iter().filter(|one| !today.contains(&name_of(one))).collect();
    gone.retain(|one| {
        let same = new.iter().position(|other| is_renamed(one, other, known));
        if let Some(at) = same {
            new.remove(at);
        }
        same.is_none()
    });
    for one in by_then.iter().filter(|one| !today.contains(&name_of(one))) {
        if let Some(at) = new.iter().position(|other| is_renamed(one, other, known)) {
            new.remove(at);
        }
    }
    Compared { standing: count - new.len() as u32, new, gone }
}

/// Whether a finding is another one that goes by a new name. A circle is told by its steps: which of them
/// comes first, and which is cheapest to cut, may depend on names.
fn is_renamed(one: &Finding, other: &Finding, known: &dyn Known) -> bool {
    let steps = |finding: &Finding| -> Vec<BreachName> {
        let mut names = names_of(finding);
        if !finding.cut.is_empty() {
            let hop =
                |hop: &Hop| BreachName { from: hop.from.clone(), to: hop.to.clone(), ..names[0].clone() };
            let hops: Vec<BreachName> = finding.chain.iter().map(hop).collect();
            names.extend(hops);
        }
        names
    };
    let (old, new) = (steps(one), steps(other));
    old.iter().any(|old| new.iter().any(|new| likeness(old, new, known).is_some()))
}

/// What `old` stops in the code of today and `new` does not, with the reason.
pub fn let_through(old: Vec<Finding>, new: &[Finding]) -> Vec<(Finding, String)> {
    let fails = |finding: &&Finding| finding.state == State::New && finding.level == Level::Deny;
    let known: BTreeMap<_, &Finding> = new.iter().map(|finding| (name_of(finding), finding)).collect();
    let reason = |finding: &Finding| match known.get(&name_of(finding)) {
        Some(now) if now.state == State::Baselined => Some("the baseline accepts it now".to_owned()),
        Some(now) if now.state == State::New && now.level < Level::Deny => {
            Some(format!("its level is `{}` now", now.level.word()))
        }
        Some(_) => None,
        // A baseline accepts a circle by the dependencies that close it, each found by itself then.
        None if is_accepted_circle(finding, new) => Some("the baseline accepts it now".to_owned()),
        None if new.iter().any(|now| now.from == finding.from && now.item == finding.item) => None,
        None => Some(format!("rule `{}` does not find it any more", finding.rule)),
    };
    let mut through: Vec<(Finding, String)> =
        old.iter().filter(fails).filter_map(|finding| Some((finding.clone(), reason(finding)?))).collect();
    through.sort_by_key(|(finding, _)| name_of(finding));
    through
}

fn is_accepted_circle(finding: &Finding, new: &[Finding]) -> bool {
    let accepted = |edge: &(String, String)| {
        new.iter()
            .any(|now| now.rule == finding.rule && now.state == State::Baselined && now.cut.contains(edge))
    };
    !finding.cut.is_empty() && finding.cut.iter().all(accepted)
}

/// What is in one list and not in the other, told apart by a key.
pub fn moved<T: Clone, K: Ord>(before: &[T], now: &[T], key: impl Fn(&T) -> K) -> Moved<T> {
    let keys = |list: &[T]| list.iter().map(&key).collect::<BTreeSet<K>>();
    let (old, new) = (keys(before), keys(now));
    let only = |list: &[T], other: &BTreeSet<K>| {
        list.iter().filter(|one| !other.contains(&key(one))).cloned().collect()
    };
    Moved { added: only(now, &old), removed: only(before, &new) }
}

/// Names of the modules of each circle of production code, sorted.
pub fn cycles(graph: &Graph, lifted: &ModuleGraph) -> Vec<Vec<String>> {
    let inside = |id: NodeId| graph.is_module(id);
    let counts =
        |edge: &crate::domain::graph::lift::ModuleEdge| !edge.test && inside(edge.from) && inside(edge.to);
    let found = among_modules(graph, &lifted.edges, counts);
    let mut named: Vec<Vec<String>> = found
        .into_iter()
        .map(|cycle| {
            let mut names: Vec<String> = cycle.members.into_iter().map(|id| graph.id(id)).collect();
            names.sort();
            names
        })
        .collect();
    named.sort();
    named
}

/// Circles that opened and closed. One that only grew opened by what it took in, and is told as it is
/// now; one that only shrank closed as far as it did.
pub fn moved_cycles(before: &[Vec<String>], now: &[Vec<String>]) -> Moved<Vec<String>> {
    let within = |one: &[String], other: &[String]| one.iter().all(|name| other.contains(name));
    let added = now.iter().filter(|one| !before.iter().any(|old| within(one, old)));
    let removed = before.iter().filter(|old| !now.iter().any(|one| within(old, one)));
    Moved { added: added.cloned().collect(), removed: removed.cloned().collect() }
}

/// Items that more code may name than before.
pub fn widened(before: &BTreeMap<String, Openness>, now: &[(String, Openness, Site)]) -> Vec<Widened> {
    let mut wider: Vec<Widened> = now
        .iter()
        .filter_map(|(item, now, site)| {
            let before = before.get(item).copied().filter(|before| before < now)?;
            Some(Widened { item: item.clone(), before, now: *now, site: site.clone() })
        })
        .collect();
    wider.sort();
    wider
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_that_grows_opens_and_one_that_shrinks_closes() {
        let circle = |names: &str| names.split(' ').map(str::to_owned).collect::<Vec<String>>();
        let (small, large, other) = (circle("a b"), circle("a b c"), circle("x y"));
        let grown = moved_cycles(std::slice::from_ref(&small), &[large.clone(), other.clone()]);
        assert_eq!((grown.added, grown.removed.len()), (vec![large.clone(), other], 0));
        let shrunk = moved_cycles(std::slice::from_ref(&large), &[small]);
        assert_eq!((shrunk.added.len(), shrunk.removed), (0, vec![large]));
    }

    #[test]
    fn a_circle_is_accepted_where_all_of_its_cut_is() {
        let circle = |from: &str, cut: &[(&str, &str)], state| Finding {
            rule: "no circles".to_owned(),
            key: String::new(),
            level: Level::Deny,
            state,
            message: String::new(),
            from: from.to_owned(),
            to: String::new(),
            item: String::new(),
            sites: Vec::new(),
            chain: Vec::new(),
            cut: cut.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect(),
            cost: 0,
            because: None,
            instead: None,
        };
        let old = circle("x", &[("a", "b"), ("c", "d")], State::New);
        let told = |new: &[Finding]| let_through(vec![old.clone()], new).remove(0).1;
        let one = circle("a", &[("a", "b")], State::Baselined);
        let other = circle("c", &[("c", "d")], State::Baselined);
        assert_eq!(told(&[one.clone(), other]), "the baseline accepts it now");
        assert_eq!(told(&[one]), "rule `no circles` does not find it any more");
    }

    #[test]
    fn what_is_wider_than_before_is_told_and_what_is_new_is_not() {
        let before =
            BTreeMap::from([("a".to_owned(), Openness::Private), ("b".to_owned(), Openness::Public)]);
        let now = ["a", "b", "c"].map(|item| (item.to_owned(), Openness::Crate, Site::default()));
        let wider = widened(&before, &now);
        assert_eq!(wider.len(), 1);
        assert_eq!((&*wider[0].item, wider[0].now.word()), ("a", "pub(crate)"));
    }
}
