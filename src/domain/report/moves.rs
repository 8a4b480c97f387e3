//! Modules that go by another name than before, told by what they hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::graph::Graph;

/// Of all names that two modules hold, so many must be held by both for them to be one.
const ALIKE: f64 = 0.5;

/// Beginnings of ids of before, and what stands for each today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves(BTreeMap<String, String>);

impl Moves {
    /// The modules that went and came back under another name: in the same place with a new last name, or
    /// with the same last name elsewhere.
    pub fn between(before: &Graph, now: &Graph) -> Self {
        let (old, new) = (modules(before), modules(now));
        let lost = |id: &&String| !new.contains_key(*id);
        // Parents come first: what lies below them went along.
        let gone: Vec<&String> = old.keys().filter(lost).collect();
        let mut came: BTreeSet<&String> = new.keys().filter(|id| !old.contains_key(*id)).collect();
        let mut moves = Self::default();
        for id in gone {
            let along = moves.now(id);
            if new.contains_key(&along) {
                came.remove(&along);
                continue;
            }
            let alike = came.iter().filter(|other| is_slight(&along, other));
            let likest = alike
                .map(|other| (share(&old[id], &new[*other]), *other))
                .filter(|(share, _)| *share >= ALIKE)
                .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
            if let Some((_, other)) = likest {
                came.remove(other);
                moves.0.insert(id.clone(), other.clone());
            }
        }
        moves
    }

    /// What an id of before is called today.
    pub fn now(&self, id: &str) -> String {
        let mut start = id;
        loop {
            if let Some(new) = self.0.get(start) {
                return format!("{new}{}", &id[start.len()..]);
            }
            match start.rfind("::") {
                Some(end) => start = &start[..end],
                None => return id.to_owned(),
            }
        }
    }

    /// Whether an id of today is that of a module with a new name in its old place, or of what it holds.
    pub fn is_new_name(&self, id: &str) -> bool {
        let place = |id: &str| id.rsplit_once("::").map(|(place, _)| place.to_owned());
        self.0.iter().any(|(old, new)| {
            let rest = id.strip_prefix(new.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
                && place(&self.now_above(old)) == place(new)
        })
    }

    /// An id of then where what is around it goes by the name of today.
    fn now_above(&self, old: &str) -> String {
        match old.rsplit_once("::") {
            Some((place, last)) => format!("{}::{last}", self.now(place)),
            None => old.to_owned(),
        }
    }
}

/// Modules of production code with the names of what stands in each.
fn modules(graph: &Graph) -> BTreeMap<String, BTreeSet<&str>> {
    let mut held: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for id in graph.node_ids().filter(|id| !graph.is_external(*id) && !graph.node(*id).test) {
        let node = graph.node(id);
        let Some(parent) = node.parent else { continue };
        if graph.is_module(parent) {
            held.entry(parent).or_default().insert(graph.symbols.word(node.name));
        }
        if graph.is_module(id) {
            held.entry(id).or_default();
        }
    }
    held.into_iter().map(|(id, names)| (graph.id(id), names)).collect()
}

/// Whether one path became the other by a new last name, or by a move that keeps it.
fn is_slight(old: &str, new: &str) -> bool {
    let (old, new) = (old.rsplit_once("::"), new.rsplit_once("::"));
    old.zip(new).is_some_and(|((a, last), (b, other))| a == b || last == other)
}

fn share(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> f64 {
    match a.union(b).count() {
        0 => 0.0,
        all => a.intersection(b).count() as f64 / all as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::graph::sketch::sketch;

    fn told(before: &str, now: &str) -> Vec<(String, String)> {
        Moves::between(&sketch(before), &sketch(now)).0.into_iter().collect()
    }

    fn pair(old: &str, new: &str) -> Vec<(String, String)> {
        vec![(old.to_owned(), new.to_owned())]
    }

    #[test]
    fn a_new_name_and_a_new_place_are_seen_and_what_lies_below_goes_along() {
        let before = "s::old::A -> s::old::B\ns::old::deep::C -> s::kept::K";
        let renamed = "s::new::A -> s::new::B\ns::new::deep::C -> s::kept::K";
        assert_eq!(told(before, renamed), pair("s::old", "s::new"));
        let moved = "s::inner::old::A -> s::inner::old::B\ns::inner::old::deep::C -> s::kept::K";
        assert_eq!(told(before, moved), pair("s::old", "s::inner::old"));
        let moves = Moves::between(&sketch(before), &sketch(renamed));
        assert_eq!(moves.now("s::old::deep::C"), "s::new::deep::C");
        assert_eq!(moves.now("s::older"), "s::older");
    }

    #[test]
    fn what_is_still_there_or_holds_other_things_was_not_renamed() {
        let before = "s::old::A -> s::old::B";
        assert_eq!(told(before, "s::old::A -> s::old::B\ns::new::A -> s::new::B"), []);
        assert_eq!(told(before, "s::new::X -> s::new::Y\ns::new::A -> s::new::Y"), []);
        assert_eq!(told(before, "t::new::A -> t::new::B"), []);
    }
}
