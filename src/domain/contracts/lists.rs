//! Crate lists: what may and may not be used from outside the workspace.

use crate::domain::contracts::engine::show;
use crate::domain::contracts::nodes::NodeSet;
use crate::domain::contracts::select::Ground;
use crate::domain::graph::NodeId;
use crate::domain::policy::crates::CrateList;
use crate::domain::policy::place::ConfigProblem;

/// A crate list, read against the graph.
pub(super) struct Lists {
    deny: NodeSet,
    /// The same, selector by selector.
    each: Vec<NodeSet>,
    allow: NodeSet,
    only: Option<NodeSet>,
}

impl Lists {
    pub(super) fn new(ground: &Ground, list: &CrateList, problems: &mut Vec<ConfigProblem>) -> Self {
        let each: Vec<NodeSet> =
            list.deny.iter().map(|deny| ground.select(std::slice::from_ref(deny), problems)).collect();
        let mut deny = ground.select(&[], problems);
        for set in &each {
            deny.add(set);
        }
        Self {
            deny,
            each,
            allow: ground.select(&list.allow, problems),
            only: list.only.as_ref().map(|only| ground.select(only, problems)),
        }
    }

    /// Whether the list forbids a use. The standard library is outside closed lists, and so are crates of
    /// the workspace that a path passes through: what they define is for layers to judge.
    pub(super) fn forbid(&self, ground: &Ground, target: NodeId) -> bool {
        if self.allow.contains(target) {
            return false;
        }
        if self.deny.contains(target) {
            return true;
        }
        let Some(only) = &self.only else { return false };
        ground.graph.is_external(target)
            && !only.contains(target)
            && !in_std(ground, target)
            && !in_workspace(ground, target)
    }

    /// What is forbidden, with what it is known for; none if it is merely not on a closed list.
    pub(super) fn describe(&self, ground: &Ground, list: &CrateList, target: NodeId) -> Option<String> {
        let (_, by) = self.each.iter().zip(&list.deny).find(|(set, _)| set.contains(target))?;
        let path = show(ground.graph, target);
        let krate = path.split("::").next().unwrap_or_default();
        Some(match by.text.strip_prefix('@') {
            Some(category) => format!("`{krate}` ({})", category.replace('_', " ")),
            None => format!("`{}`", by.text.trim_start_matches("crate:")),
        })
    }
}

fn in_std(ground: &Ground, target: NodeId) -> bool {
    let path = ground.graph.external_path(target);
    matches!(path.split("::").next(), Some("std" | "core" | "alloc" | "proc_macro" | "test"))
}

fn in_workspace(ground: &Ground, target: NodeId) -> bool {
    let path = ground.graph.external_path(target);
    let root = path.split("::").next();
    ground.graph.crates.iter().any(|krate| Some(krate.id.as_str()) == root)
}
