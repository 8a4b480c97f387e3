//! What lies outside the workspace, with what the catalogue knows of it.

use crate::domain::graph::{Graph, NodeId, NodeKind};
use crate::domain::policy::catalogue::{Catalogue, Class, Stance};
use crate::domain::policy::role::Role;

/// A path outside the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Its node.
    pub node: NodeId,
    /// As code would write it in full, `sqlx::PgPool`.
    pub path: String,
    /// The category of its crate, empty where unknown or where the path is milder than its crate.
    pub category: String,
    /// The technology, empty where none.
    pub family: String,
    /// The role whose work it is.
    pub role: Option<Role>,
    /// What a domain module may do with it.
    pub domain: Stance,
    /// What an application module may do with it.
    pub application: Stance,
    /// What calling it makes a function depend on, beside its arguments.
    pub impure: Option<Impure>,
    /// Whether the catalogue knows the crate at all; the standard library is known.
    pub known: bool,
}

/// What an impure call depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Impure {
    /// The time.
    Clock,
    /// Chance.
    Random,
    /// The environment of the process.
    Environment,
    /// That time passes.
    Waiting,
    /// What runs on its own.
    Detached,
}

impl Impure {
    /// All of them, with their lists in the catalogue.
    const LISTS: [(Self, &'static str); 5] = [
        (Self::Clock, "impure_calls.clock"),
        (Self::Random, "impure_calls.random"),
        (Self::Environment, "impure_calls.environment"),
        (Self::Waiting, "impure_calls.waiting"),
        (Self::Detached, "impure_calls.detached"),
    ];
}

impl Outside {
    /// Its last word, `PgPool`.
    pub fn last(&self) -> &str {
        self.path.rsplit("::").next().unwrap_or(&self.path)
    }

    /// Its crate, `sqlx`.
    pub fn krate(&self) -> &str {
        self.path.split("::").next().unwrap_or(&self.path)
    }

    /// Whether naming it in the domain is an offence: it is infrastructure.
    pub fn is_infra(&self) -> bool {
        self.domain == Stance::Forbid
    }

    /// Infrastructure that the program drives: databases, clients, files. What serves the program, a
    /// web server or a command line, drives it.
    pub fn is_driven(&self) -> bool {
        self.is_infra() && self.role == Some(Role::Adapter)
    }

    /// Infrastructure that drives the program.
    pub fn is_driving(&self) -> bool {
        self.is_infra() && self.role == Some(Role::Entrypoint)
    }

    /// Whether its path is one of these, or ends in one: `Utc::now` for `chrono::Utc::now`; a list entry
    /// that ends in `*` stands for all that starts so.
    pub fn is_one_of(&self, list: &[String]) -> bool {
        list.iter().any(|entry| matches_path(&self.path, entry))
    }
}

/// All that lies outside, by node.
pub(super) fn outside(graph: &Graph, catalogue: &Catalogue) -> Vec<Outside> {
    let externals = graph.node_ids().filter(|node| graph.node(*node).kind == NodeKind::External);
    externals.map(|node| describe(graph, catalogue, node)).collect()
}

fn describe(graph: &Graph, catalogue: &Catalogue, node: NodeId) -> Outside {
    let path = graph.external_path(node);
    let parts: Vec<&str> = path.split("::").collect();
    let Class { category, family, domain, application } = catalogue.class(&parts);
    let std = matches!(parts[0], "std" | "core" | "alloc" | "proc_macro" | "test");
    let known = std || catalogue.category_of(parts[0]).is_some();
    let role = category.and_then(|category| category.role).or_else(|| role_of_family(family, &parts));
    let impure = Impure::LISTS.iter().find_map(|(impure, list)| {
        catalogue.list(list).iter().any(|entry| matches_path(&path, entry)).then_some(*impure)
    });
    let (category, family) =
        (category.map(|category| category.name.clone()).unwrap_or_default(), family.to_owned());
    Outside {
        node,
        category,
        family,
        role: side(catalogue, &path, role),
        domain,
        application,
        impure,
        known,
        path,
    }
}

/// Paths of the standard library and of runtimes have a family of their own: the program drives files,
/// processes and the network; what it reads from its caller and whom it listens to drive it.
fn role_of_family(family: &str, path: &[&str]) -> Option<Role> {
    let called = path.iter().any(|part| matches!(*part, "args" | "args_os" | "signal"));
    let listens = path.iter().any(|part| matches!(*part, "TcpListener" | "UnixListener"));
    match family {
        "network" if listens => Some(Role::Entrypoint),
        "filesystem" | "network" => Some(Role::Adapter),
        "process" if !called && !path.contains(&"exit") && !path.contains(&"env") => Some(Role::Adapter),
        _ => None,
    }
}

/// Of crates that serve both sides the path tells which.
fn side(catalogue: &Catalogue, path: &str, role: Option<Role>) -> Option<Role> {
    let on = |list: &str| catalogue.list(list).iter().any(|entry| starts_with_path(path, entry));
    if on("rpc_sides.server") || on("messaging_sides.consumer") {
        return Some(Role::Entrypoint);
    }
    if on("rpc_sides.client") || on("messaging_sides.producer") {
        return Some(Role::Adapter);
    }
    role
}

/// Whether a path is an entry or ends in one at a word's start; `x::*` is all that starts so.
fn matches_path(path: &str, entry: &str) -> bool {
    match entry.as_bytes().last() {
        Some(b'*') => {
            if let Some(prefix) = entry.strip_suffix("::*") {
                return starts_with_path(path, prefix);
            }
        }
        // Most end otherwise, which is seen at once.
        last if last != path.as_bytes().last() => return false,
        _ => {}
    }
    let Some(rest) = path.strip_suffix(entry) else { return false };
    rest.is_empty() || rest.ends_with("::")
}

fn starts_with_path(path: &str, entry: &str) -> bool {
    // Most start otherwise, which is seen at once.
    path.as_bytes().first() == entry.as_bytes().first()
        && path.strip_prefix(entry).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}
