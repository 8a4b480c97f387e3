//! Rules between sets of modules: forbid, only, protect, independent, crates.

use crate::domain::contracts::engine::{Case, Contract, Terms};
use crate::domain::contracts::except::Exceptions;
use crate::domain::contracts::lists::Lists;
use crate::domain::contracts::nodes::NodeSet;
use crate::domain::contracts::select::Ground;
use crate::domain::graph::NodeId;
use crate::domain::policy::place::ConfigProblem;
use crate::domain::policy::rules::{Rule, RuleKind, Tests};
use crate::domain::policy::selector::Selector;
use crate::domain::policy::suggest;

/// Reads one rule against a graph; none where it is of another kind, or judges no code.
pub(super) fn case<'a>(
    ground: &'a Ground<'a>,
    rule: &'a Rule,
    problems: &mut Vec<ConfigProblem>,
) -> Option<Case<'a>> {
    if matches!(&rule.kind, RuleKind::Crates { list, .. } if !list.judges_used()) {
        return None;
    }
    let except = Exceptions::new(ground, &rule.except, problems);
    let relation = Relation::new(ground, rule, problems)?;
    Some(Case::new(ground, &rule.name, &rule.scope, except, Box::new(relation)))
}

struct Relation<'a> {
    ground: &'a Ground<'a>,
    rule: &'a Rule,
    sets: Sets,
}

enum Sets {
    Forbid {
        from: NodeSet,
        to: NodeSet,
        each: Vec<NodeSet>,
    },
    Only {
        from: NodeSet,
        to: NodeSet,
        crates: Crates,
    },
    Protect {
        target: NodeSet,
        only: NodeSet,
    },
    /// Parts by captured names, or each selector a part.
    Captured(NodeSet),
    Listed(Vec<NodeSet>),
    Crates {
        from: NodeSet,
        lists: Lists,
    },
}

/// Whether a closed list speaks about crates.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Crates {
    Judged,
    Ignored,
}

impl<'a> Relation<'a> {
    fn new(ground: &'a Ground<'a>, rule: &'a Rule, problems: &mut Vec<ConfigProblem>) -> Option<Self> {
        let mut select = |selectors: &[Selector]| ground.select(selectors, problems);
        let sets = match &rule.kind {
            RuleKind::Forbid { from, to } => Sets::Forbid {
                from: select(from),
                to: select(to),
                each: to.iter().map(|one| ground.select_one(one)).collect(),
            },
            RuleKind::Only { from, to } => {
                let names_crates = to.iter().any(Selector::names_external);
                let crates = if names_crates { Crates::Judged } else { Crates::Ignored };
                Sets::Only { from: select(from), to: select(to), crates }
            }
            RuleKind::Protect { target, only } => {
                Sets::Protect { target: select(target), only: select(only) }
            }
            RuleKind::Independent { of } => {
                let captured = |selector: &Selector| {
                    selector.pattern().is_some_and(|pattern| pattern.captures().next().is_some())
                };
                if of.iter().any(captured) {
                    Sets::Captured(select(of))
                } else {
                    Sets::Listed(of.iter().map(|part| select(std::slice::from_ref(part))).collect())
                }
            }
            RuleKind::Crates { from, list } => {
                let from = select(from);
                Sets::Crates { from, lists: Lists::new(ground, list, problems) }
            }
            RuleKind::Acyclic { .. } => return None,
        };
        Some(Self { ground, rule, sets })
    }

    fn part(&self, node: NodeId) -> Option<u32> {
        match &self.sets {
            Sets::Captured(set) => set.part(node),
            Sets::Listed(sets) => sets.iter().position(|set| set.contains(node)).map(|part| part as u32),
            _ => None,
        }
    }

    fn part_name(&self, node: NodeId) -> String {
        match (&self.sets, self.part(node), &self.rule.kind) {
            (Sets::Captured(set), Some(part), _) => set.part_name(part),
            (_, Some(part), RuleKind::Independent { of }) => of[part as usize].text.clone(),
            _ => String::new(),
        }
    }
}

impl Contract for Relation<'_> {
    fn judges(&self, module: NodeId) -> bool {
        if self.rule.scope.tests == Tests::Ignored && self.ground.is_test(module) {
            return false;
        }
        match &self.sets {
            Sets::Forbid { from, .. } | Sets::Only { from, .. } | Sets::Crates { from, .. } => {
                from.contains(module)
            }
            Sets::Protect { target, only } => !target.contains(module) && !only.contains(module),
            Sets::Captured(_) | Sets::Listed(_) => self.part(module).is_some(),
        }
    }

    fn forbids(&self, module: NodeId, target: NodeId) -> bool {
        match &self.sets {
            Sets::Forbid { from, to, .. } => to.contains(target) && from.agrees(module, to, target),
            Sets::Only { from, to, crates } => {
                let own = from.contains(target) && from.agrees(module, from, target);
                let listed = to.contains(target) && from.agrees(module, to, target);
                let judged = *crates == Crates::Judged || !self.ground.graph.is_external(target);
                judged && !own && !listed
            }
            Sets::Protect { target: protected, .. } => protected.contains(target),
            Sets::Captured(_) | Sets::Listed(_) => {
                self.part(target).is_some_and(|part| self.part(module) != Some(part))
            }
            Sets::Crates { lists, .. } => lists.forbid(self.ground, target),
        }
    }

    fn passes(&self, module: NodeId) -> bool {
        if !self.ground.graph.is_module(module) {
            return false;
        }
        match &self.sets {
            Sets::Forbid { from, to, .. } => !from.contains(module) && !to.contains(module),
            Sets::Only { from, to, .. } => to.contains(module) && !from.contains(module),
            // Those who may use the target answer for how they do: a chain ends at them.
            Sets::Protect { target, only } => !target.contains(module) && !only.contains(module),
            Sets::Captured(_) | Sets::Listed(_) => self.part(module).is_none(),
            Sets::Crates { from, .. } => !from.contains(module),
        }
    }

    fn message(&self, module: NodeId, target: NodeId) -> String {
        let name = self.ground.graph.id(module);
        match &self.rule.kind {
            RuleKind::Forbid { to, .. } => {
                let Sets::Forbid { each, .. } = &self.sets else { return String::new() };
                let by = each.iter().zip(to).find(|(set, _)| set.contains(target)).map(|(_, by)| &*by.text);
                format!("`{name}` must not depend on {}", suggest::list(by))
            }
            RuleKind::Only { to, .. } => format!("`{name}` may use only {}", texts(to)),
            RuleKind::Protect { target, only } if only.is_empty() => {
                format!("nothing may use {}", texts(target))
            }
            RuleKind::Protect { target, only } => format!("only {} may use {}", texts(only), texts(target)),
            RuleKind::Independent { .. } => format!(
                "`{}` and `{}` must not depend on each other",
                self.part_name(module),
                self.part_name(target)
            ),
            RuleKind::Crates { list, .. } => {
                let Sets::Crates { lists, .. } = &self.sets else { return String::new() };
                match lists.describe(self.ground, list, target) {
                    Some(what) => format!("`{name}` must not use {what}"),
                    None => format!("`{name}` may use only the crates on the list"),
                }
            }
            RuleKind::Acyclic { .. } => String::new(),
        }
    }

    fn terms(&self, _module: NodeId) -> Terms {
        Terms::of(self.rule)
    }
}

/// How many selectors a message names.
const NAMED: usize = 3;

/// The first of some selectors, as a reader of code would write them.
fn texts(selectors: &[Selector]) -> String {
    let shown =
        |selector: &Selector| selector.text.trim_start_matches("crate:").trim_end_matches('?').to_owned();
    let texts: Vec<String> = selectors.iter().map(shown).collect();
    let named = if texts.len() <= NAMED + 1 { texts.len() } else { NAMED };
    let list = suggest::list(texts.iter().take(named).map(String::as_str));
    match texts.len() - named {
        0 => list,
        more => format!("{list} and {more} more"),
    }
}
