//! The order of layers, and the crates each layer may use.

use crate::domain::contracts::engine::{Case, Contract, Terms, show};
use crate::domain::contracts::except::Exceptions;
use crate::domain::contracts::lists::Lists;
use crate::domain::contracts::select::Ground;
use crate::domain::contracts::{LAYER_CRATES, LAYERS};
use crate::domain::graph::NodeId;
use crate::domain::policy::layers::{Access, Layer, Layers};
use crate::domain::policy::place::ConfigProblem;

/// Reads the order of layers and every layer's crate list against a graph.
pub(super) fn cases<'a>(ground: &'a Ground<'a>, problems: &mut Vec<ConfigProblem>) -> Vec<Case<'a>> {
    let layers = &ground.policy.layers;
    if layers.list.is_empty() {
        return Vec::new();
    }
    let except = Exceptions::new(ground, &layers.except, problems);
    let order = Box::new(Order { ground, layers });
    let mut cases = vec![Case::new(ground, LAYERS, &layers.scope, except, order)];
    let lists: Vec<Lists> =
        layers.list.iter().map(|layer| Lists::new(ground, &layer.crates, problems)).collect();
    if layers.list.iter().any(|layer| layer.crates.judges_used()) {
        // Its problems have been told.
        let except = Exceptions::new(ground, &layers.except, &mut Vec::new());
        let crates = Box::new(LayerCrates { ground, layers, lists });
        cases.push(Case::new(ground, LAYER_CRATES, &layers.scope, except, crates));
    }
    cases
}

struct Order<'a> {
    ground: &'a Ground<'a>,
    layers: &'a Layers,
}

impl Order<'_> {
    fn layer(&self, node: NodeId) -> Option<(usize, &Layer)> {
        let index = self.ground.layers.layer(node)?;
        Some((index, &self.layers.list[index]))
    }

    fn rank(&self, layer: usize) -> Option<usize> {
        self.layers.order.iter().position(|rank| rank.contains(&layer))
    }

    fn access(&self, layer: &Layer) -> Access {
        layer.access.unwrap_or(self.layers.access)
    }
}

impl Contract for Order<'_> {
    fn judges(&self, module: NodeId) -> bool {
        self.layer(module).is_some()
    }

    fn forbids(&self, module: NodeId, target: NodeId) -> bool {
        let (Some((from, layer)), Some((to, used))) = (self.layer(module), self.layer(target)) else {
            return false;
        };
        if from == to || used.shared {
            return false;
        }
        match (self.rank(from), self.rank(to)) {
            (Some(outer), Some(inner)) => match self.access(layer) {
                Access::Open => inner <= outer,
                Access::Closed => inner != outer + 1,
            },
            // A shared layer outside the order lies beneath all of it.
            _ => true,
        }
    }

    fn passes(&self, module: NodeId) -> bool {
        self.ground.graph.is_module(module) && self.layer(module).is_none()
    }

    fn message(&self, module: NodeId, target: NodeId) -> String {
        let (Some((from, layer)), Some((to, used))) = (self.layer(module), self.layer(target)) else {
            return String::new();
        };
        match (self.rank(from), self.rank(to)) {
            (Some(outer), Some(inner)) if inner > outer => {
                let next = self.layers.order[outer + 1].iter().map(|index| &*self.layers.list[*index].name);
                let next = crate::domain::policy::suggest::list(next);
                format!("layer `{}` may use only the next one, {next}, not `{}`", layer.name, used.name)
            }
            (Some(outer), Some(inner)) if inner == outer => {
                format!("layers `{}` and `{}` stand side by side and must not meet", layer.name, used.name)
            }
            _ => format!("layer `{}` must not depend on `{}`", layer.name, used.name),
        }
    }

    fn terms(&self, module: NodeId) -> Terms {
        terms(self.layers, self.layer(module).map(|(_, layer)| layer))
    }
}

fn terms(layers: &Layers, layer: Option<&Layer>) -> Terms {
    Terms {
        level: layer.and_then(|layer| layer.level).unwrap_or(layers.level),
        because: layer.and_then(|layer| layer.because.clone()).or_else(|| layers.because.clone()),
        instead: layer.and_then(|layer| layer.instead.clone()).or_else(|| layers.instead.clone()),
    }
}

struct LayerCrates<'a> {
    ground: &'a Ground<'a>,
    layers: &'a Layers,
    lists: Vec<Lists>,
}

impl LayerCrates<'_> {
    fn layer(&self, module: NodeId) -> Option<usize> {
        self.ground.layers.layer(module)
    }
}

impl Contract for LayerCrates<'_> {
    fn judges(&self, module: NodeId) -> bool {
        self.layer(module).is_some_and(|layer| self.layers.list[layer].crates.judges_used())
    }

    fn forbids(&self, module: NodeId, target: NodeId) -> bool {
        self.layer(module).is_some_and(|layer| self.lists[layer].forbid(self.ground, target))
    }

    fn passes(&self, module: NodeId) -> bool {
        self.ground.graph.is_module(module) && self.layer(module).is_none()
    }

    fn message(&self, module: NodeId, target: NodeId) -> String {
        let Some(layer) = self.layer(module) else { return String::new() };
        let name = &self.layers.list[layer].name;
        let what = self.lists[layer].describe(self.ground, &self.layers.list[layer].crates, target);
        match what {
            Some(what) => format!("layer `{name}` must not use {what}"),
            None => format!(
                "layer `{name}` may use only the crates on its list, not `{}`",
                root(self.ground, target)
            ),
        }
    }

    fn terms(&self, module: NodeId) -> Terms {
        terms(self.layers, self.layer(module).map(|layer| &self.layers.list[layer]))
    }
}

fn root(ground: &Ground, id: NodeId) -> String {
    let path = show(ground.graph, id);
    path.split("::").next().unwrap_or_default().to_owned()
}
