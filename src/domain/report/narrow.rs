//! What the compiler could enforce by itself: a definition that is visible to more of the code than
//! has a right to use it.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::domain::finding::{Finding, Level};
use crate::domain::graph::{EdgeKind, Graph, NodeId};

/// For each breach, by its key, the visibility that would make the compiler refuse it; breaches of
/// which no visibility would are left out, and hints.
///
/// A visibility fits where everybody else who names the definition still may.
pub fn advice(graph: &Graph, findings: &[Finding]) -> BTreeMap<String, String> {
    let grave = findings.iter().filter(|finding| finding.level > Level::Note);
    let about = grave.filter(|finding| !finding.item.is_empty() && finding.chain.is_empty());
    let about: Vec<&Finding> = about.filter(|finding| !finding.item.starts_with("ext:")).collect();
    if about.is_empty() {
        return BTreeMap::new();
    }
    let ids = Ids::new(graph, &about);
    let (users, shown) = users(graph, &ids);
    let mut breaching: BTreeMap<(&str, &str), BTreeSet<NodeId>> = BTreeMap::new();
    for finding in &about {
        if let Some(from) = ids.get(&finding.from) {
            breaching.entry((&finding.rule, &finding.item)).or_default().insert(from);
        }
    }
    let mut advice = BTreeMap::new();
    for finding in about {
        let Some(item) = ids.get(&finding.item) else { continue };
        let Some(breaching) = breaching.get(&(&*finding.rule, &*finding.item)) else { continue };
        let nobody = BTreeSet::new();
        // Who shows it to others would no longer compile, or be warned.
        if shown.get(&item).unwrap_or(&nobody).iter().any(|module| !breaching.contains(module)) {
            continue;
        }
        let users = users.get(&item).unwrap_or(&nobody);
        if let Some(visibility) = visibility(graph, item, users, breaching) {
            let text = format!(
                "make `{}` {visibility}: all others that name it still may, and the compiler refuses the rest",
                finding.item
            );
            advice.insert(finding.key.clone(), text);
        }
    }
    advice
}

/// The nodes that findings name.
struct Ids<'a>(BTreeMap<&'a str, NodeId>);

impl<'a> Ids<'a> {
    fn new(graph: &Graph, findings: &[&'a Finding]) -> Self {
        let names: BTreeSet<&str> =
            findings.iter().flat_map(|finding| [finding.from.as_str(), finding.item.as_str()]).collect();
        Self(graph.find_all(&names))
    }

    fn get(&self, id: &str) -> Option<NodeId> {
        self.0.get(id).copied()
    }
}

/// Modules by the item that they name.
type Users = FxHashMap<NodeId, BTreeSet<NodeId>>;

/// The modules that name each of these items or anything in it, and those of them that show it to
/// others: that re-export it, or have it in the signature of what is `pub`.
fn users(graph: &Graph, ids: &Ids<'_>) -> (Users, Users) {
    let mut wanted = vec![false; graph.node_ids().count()];
    for id in ids.0.values().filter(|id| graph.is_item(**id)) {
        wanted[id.0 as usize] = true;
    }
    // Most edges lead nowhere near: what holds a node has a lower number.
    let mut within = wanted.clone();
    for node in graph.node_ids() {
        within[node.0 as usize] |= graph.node(node).parent.is_some_and(|parent| within[parent.0 as usize]);
    }
    let (mut users, mut shown) = (Users::default(), Users::default());
    for edge in graph.edges.iter().filter(|edge| within[edge.to.0 as usize]) {
        let mut at = Some(edge.to);
        while let Some(node) = at.filter(|node| graph.is_item(*node)) {
            if wanted[node.0 as usize] {
                let module = graph.module_of(edge.from);
                let public = graph.is_item(edge.from) && graph.node(edge.from).limit.is_none();
                let shows = edge.kind == EdgeKind::ReExport || (edge.kind == EdgeKind::Signature && public);
                users.entry(node).or_default().insert(module);
                if shows && !edge.test && !graph.contains(node, edge.from) {
                    shown.entry(node).or_default().insert(module);
                }
            }
            at = graph.node(node).parent;
        }
    }
    (users, shown)
}

/// The narrowest visibility that all users but those that breach a rule can live with, where it shuts
/// these out.
fn visibility(
    graph: &Graph,
    item: NodeId,
    users: &BTreeSet<NodeId>,
    breaching: &BTreeSet<NodeId>,
) -> Option<String> {
    let node = graph.node(item);
    let own = graph.module_of(item);
    // A member of a type or a trait follows that; only what stands in a module has a visibility to set.
    if !graph.is_item(item) || node.parent != Some(own) {
        return None;
    }
    let mut within = own;
    for user in users.iter().filter(|user| !breaching.contains(user)) {
        if graph.node(*user).krate != node.krate {
            return None;
        }
        within = common(graph, within, *user)?;
    }
    if breaching.iter().any(|module| graph.contains(within, *module)) {
        return None;
    }
    // It is as narrow already where what is read is not what is built.
    if node.limit.is_some_and(|limit| graph.contains(within, limit)) {
        return None;
    }
    let parent = graph.node(within).parent;
    Some(match parent {
        None => "`pub(crate)`".to_owned(),
        Some(_) if within == own => "private".to_owned(),
        Some(_) if graph.node(own).parent == Some(within) => "`pub(super)`".to_owned(),
        Some(_) => {
            let id = graph.id(within);
            let path = id.split_once("::").map_or("", |(_, path)| path);
            format!("`pub(in crate::{path})`")
        }
    })
}

/// The innermost module that contains both.
fn common(graph: &Graph, one: NodeId, other: NodeId) -> Option<NodeId> {
    let mut at = Some(one);
    while let Some(node) = at {
        if graph.contains(node, other) {
            return Some(node);
        }
        at = graph.node(node).parent;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding::{Site, State};
    use crate::domain::graph::sketch::sketch;

    fn finding(from: &str, item: &str) -> Finding {
        Finding {
            rule: "r".to_owned(),
            key: from.to_owned(),
            level: Level::Deny,
            state: State::New,
            message: String::new(),
            from: from.to_owned(),
            to: String::new(),
            item: item.to_owned(),
            sites: vec![Site::default()],
            chain: Vec::new(),
            cut: Vec::new(),
            cost: 0,
            because: None,
            instead: None,
        }
    }

    fn told(edges: &str, from: &[&str], item: &str) -> Vec<String> {
        let findings: Vec<Finding> = from.iter().map(|from| finding(from, item)).collect();
        advice(&sketch(edges), &findings).into_values().collect()
    }

    #[test]
    fn the_narrowest_visibility_that_all_others_can_live_with() {
        let breach = "shop::web -> shop::db::pg::Pool\n";
        let first = |more: &str| {
            let told = told(&format!("{breach}{more}"), &["shop::web"], "shop::db::pg::Pool");
            told.into_iter().next().unwrap_or_default()
        };
        assert!(first("").contains("private"), "{}", first(""));
        assert!(first("shop::db -> shop::db::pg::Pool").contains("`pub(super)`"));
        assert!(first("shop::db::deep::x -> shop::db::pg::Pool").contains("`pub(super)`"));
        assert_eq!(first("shop::app -> shop::db::pg::Pool"), "", "the crate as a whole holds the breach too");
        assert_eq!(first("cli::x -> shop::db::pg::Pool"), "", "another crate needs it");
    }

    #[test]
    fn deeper_modules_are_named_by_their_path_and_other_crates_need_the_crate_alone() {
        let deep = "shop::web -> shop::db::pg::pool::Pool\nshop::db::my -> shop::db::pg::pool::Pool";
        assert!(told(deep, &["shop::web"], "shop::db::pg::pool::Pool")[0].contains("`pub(in crate"));
        let other = "cli::x -> shop::db::Pool\nshop::web -> shop::db::Pool";
        assert!(told(other, &["cli::x"], "shop::db::Pool")[0].contains("`pub(crate)`"));
    }

    #[test]
    fn what_is_shown_to_others_keeps_its_visibility() {
        let breach = "shop::web -> shop::db::pg::Pool\n";
        for shown in
            ["shop::db -> shop::db::pg::Pool re-export", "shop::db::Open -> shop::db::pg::Pool signature"]
        {
            let told = told(&format!("{breach}{shown}"), &["shop::web"], "shop::db::pg::Pool");
            assert_eq!(told, Vec::<String>::new(), "{shown}");
        }
    }

    #[test]
    fn breaches_of_one_rule_count_together() {
        let two = "shop::web -> shop::db::Pool\nshop::api -> shop::db::Pool";
        assert_eq!(told(two, &["shop::web", "shop::api"], "shop::db::Pool").len(), 2);
        assert_eq!(told(two, &["shop::web"], "shop::db::Pool").len(), 0);
    }
}
