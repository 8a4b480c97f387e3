//! A policy without its places: what it asks for, wherever in the file it says so.

use crate::domain::policy::Policy;
use crate::domain::policy::crates::CrateList;
use crate::domain::policy::place::At;
use crate::domain::policy::rules::{Exception, Rule, RuleKind};
use crate::domain::policy::selector::Selector;

impl Policy {
    /// The same with every place forgotten: a comment or a blank line in the configuration makes no
    /// difference to it.
    #[must_use]
    pub fn unplaced(mut self) -> Self {
        let layers = &mut self.layers;
        layers.at = At::default();
        layers.tests.iter_mut().for_each(|test| test.at = At::default());
        exceptions(&mut layers.except);
        for layer in &mut layers.list {
            layer.at = At::default();
            selectors(&mut layer.modules);
            crates(&mut layer.crates);
        }
        self.rules.iter_mut().for_each(rule);
        self.lints.iter_mut().for_each(|lint| lint.at = At::default());
        for role in &mut self.roles {
            role.at = At::default();
            role.modules.at = At::default();
        }
        self.gates.iter_mut().for_each(|gate| gate.at = At::default());
        self.baseline.entries.iter_mut().for_each(|entry| entry.at = At::default());
        self
    }
}

fn rule(rule: &mut Rule) {
    rule.at = At::default();
    exceptions(&mut rule.except);
    rule.tests.iter_mut().for_each(|test| test.at = At::default());
    match &mut rule.kind {
        RuleKind::Forbid { from, to } | RuleKind::Only { from, to } => {
            selectors(from);
            selectors(to);
        }
        RuleKind::Protect { target, only } => {
            selectors(target);
            selectors(only);
        }
        RuleKind::Independent { of } => selectors(of),
        RuleKind::Acyclic { within, .. } => selectors(within),
        RuleKind::Crates { from, list } => {
            selectors(from);
            crates(list);
        }
    }
}

fn exceptions(list: &mut [Exception]) {
    for exception in list {
        exception.to.at = At::default();
        if let Some(from) = &mut exception.from {
            from.at = At::default();
        }
    }
}

fn crates(list: &mut CrateList) {
    selectors(&mut list.deny);
    selectors(&mut list.allow);
    list.only.iter_mut().for_each(|only| selectors(only));
}

fn selectors(list: &mut [Selector]) {
    list.iter_mut().for_each(|selector| selector.at = At::default());
}
