//! The parts that modules play, and what kinds of things packages are.

use crate::application::analyse::Analysis;
use crate::application::scope::Scope;
use crate::domain::at_once::one_by_one;
use crate::domain::census::Target;
use crate::domain::census::build::census;
use crate::domain::contracts::cast::declared;
use crate::domain::graph::{Graph, NodeId};
use crate::domain::policy::Policy;
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::role::Role;
use crate::domain::roles::{Played, roles};

/// The parts of all modules.
#[derive(Clone, Debug, Default)]
pub struct Casting {
    /// Packages with their kinds, by name.
    pub packages: Vec<(String, PackageKind)>,
    /// The part of each module, by node of the graph; none for what is no module.
    pub of: Vec<Option<Played>>,
}

impl Casting {
    /// The part that the module of a node plays.
    pub fn played(&self, graph: &Graph, node: NodeId) -> Option<&Played> {
        self.of.get(graph.module_of(node).0 as usize)?.as_ref()
    }

    /// The role of each node, by place.
    pub fn roles(&self, graph: &Graph) -> Vec<Option<Role>> {
        graph.node_ids().map(|node| self.played(graph, node).and_then(|played| played.role)).collect()
    }

    /// The packages in scope.
    pub fn packages_of(&self, scope: &Scope) -> Vec<(String, PackageKind)> {
        self.packages.iter().filter(|(name, _)| scope.covers(name)).cloned().collect()
    }
}

/// Gives every module its part, as declared, else as inferred.
pub fn cast(analysis: &Analysis, policy: &Policy) -> Casting {
    let graph = &analysis.graph;
    let census = census(
        &analysis.workspace,
        graph,
        &analysis.origins,
        &policy.catalogue,
        policy.model.section("facts"),
        &one_by_one,
    );
    let roles = roles(&census, &policy.catalogue, &policy.model, &declared(graph, policy));
    let of = graph.node_ids().map(|node| match census.target(node) {
        Some(Target::Module(module)) => Some(roles.played(module).clone()),
        _ => None,
    });
    let packages = census.packages.iter().zip(&roles.packages);
    Casting {
        of: of.collect(),
        packages: packages.map(|(package, kind)| (package.name.clone(), *kind)).collect(),
    }
}
