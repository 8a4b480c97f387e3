//! What the modules around a module say (B.2 d), once, on provisional roles.

use rustc_hash::FxHashSet;

use crate::domain::census::{Census, ModuleNo, Standing, Target, Use};
use crate::domain::policy::constants::Constants;
use crate::domain::policy::role::Role;
use crate::domain::roles::makeup::Makeup;
use crate::domain::roles::{Ground, Tag, Vote};

/// Which modules name which, in production code, without themselves.
pub(super) struct Links {
    /// Sorted, each pair once.
    out: Vec<(ModuleNo, ModuleNo)>,
    /// The same, turned round and sorted.
    back: Vec<(ModuleNo, ModuleNo)>,
    /// The module below the crate root that each module stands in.
    component: Vec<ModuleNo>,
}

impl Links {
    /// The links of a census.
    pub(super) fn of(census: &Census<'_>) -> Self {
        let mut known: FxHashSet<(ModuleNo, ModuleNo)> = FxHashSet::default();
        let mut out: Vec<(ModuleNo, ModuleNo)> = Vec::new();
        let mut add = |from: ModuleNo, uses: &[Use]| {
            for used in uses.iter().filter(|used| !used.test) {
                let to = match used.to {
                    Target::Item(item) => census.item(item).module,
                    Target::Module(module) => module,
                    Target::Outside(_) => continue,
                };
                if to != from && out.last() != Some(&(from, to)) && known.insert((from, to)) {
                    out.push((from, to));
                }
            }
        };
        for item in census.item_nos().filter(|item| census.is_production(*item)) {
            add(census.item(item).module, census.uses(item));
        }
        for block in census.impl_nos().filter(|block| census.block(*block).standing == Standing::Production) {
            add(census.block(block).module, census.impl_uses(block));
        }
        for module in census.module_nos() {
            if census.module(module).standing == Standing::Production {
                add(module, census.imports(module));
            }
        }
        out.sort_unstable();
        let mut back: Vec<(ModuleNo, ModuleNo)> = out.iter().map(|(from, to)| (*to, *from)).collect();
        back.sort_unstable();
        let mut component: Vec<ModuleNo> = Vec::with_capacity(census.modules.len());
        for module in census.module_nos() {
            // Parents stand before their children.
            component.push(match census.module(module).parent {
                Some(parent) if census.module(parent).parent.is_some() => component[parent.0 as usize],
                _ => module,
            });
        }
        Self { out, back, component }
    }

    /// Modules that a module names.
    pub(super) fn used(&self, module: ModuleNo) -> impl Iterator<Item = ModuleNo> {
        others(&self.out, module)
    }

    /// Modules that name a module.
    pub(super) fn users(&self, module: ModuleNo) -> impl Iterator<Item = ModuleNo> {
        others(&self.back, module)
    }
}

fn others(pairs: &[(ModuleNo, ModuleNo)], module: ModuleNo) -> impl Iterator<Item = ModuleNo> {
    let from = pairs.partition_point(|(first, _)| *first < module);
    pairs[from..].iter().take_while(move |(first, _)| *first == module).map(|(_, other)| *other)
}

/// What is known of one module before its neighbours are asked.
pub(super) struct Seen<'a> {
    pub(super) makeup: &'a Makeup,
    pub(super) tags: &'a [Tag],
    pub(super) votes: &'a [Vote],
}

/// The votes of the neighbours of a module.
pub(super) fn neighbours(
    links: &Links,
    module: ModuleNo,
    seen: &Seen<'_>,
    inference: &Constants,
    role: &dyn Fn(ModuleNo) -> Option<Role>,
    is_port: &dyn Fn(ModuleNo) -> bool,
    is_root: &dyn Fn(ModuleNo) -> bool,
) -> Vec<Vote> {
    let makeup = seen.makeup;
    let mut votes = Vec::new();
    let mut vote = |role: Role, key: &str, why: String| {
        votes.push(Vote { by: Ground::Neighbours, role, weight: inference.number(key), why })
    };
    if makeup.items == 0 {
        return votes;
    }
    let is_entrypoint = |other: &ModuleNo| role(*other) == Some(Role::Entrypoint);
    let is_inner = |other| matches!(role(other), Some(Role::Adapter | Role::Application | Role::Domain));
    if makeup.serial > 0
        && makeup.serial + makeup.plain == makeup.items
        && links.users(module).any(|other| is_entrypoint(&other))
        && !links.users(module).any(is_inner)
    {
        vote(Role::Entrypoint, "request_types", "only serialised data, named by entrypoints".to_owned());
    }
    // Who makes them has said so already.
    if makeup.made.len() < inference.count("wired_types") as usize
        && !seen
            .votes
            .iter()
            .any(|vote| matches!(vote.role, Role::Adapter | Role::Entrypoint) && vote.by == Ground::Path)
        && links.used(module).any(|other| is_entrypoint(&other))
        && links.used(module).any(|other| role(other) == Some(Role::Adapter))
        && links.users(module).all(is_root)
    {
        let why = "names adapters and entrypoints, and only a crate root names it".to_owned();
        vote(Role::Composition, "knows_both_sides", why);
    }
    if makeup.infra {
        return votes;
    }
    let inner = |other: ModuleNo| role(other) == Some(Role::Domain) || is_port(other);
    // Who takes a port has said so already.
    if !makeup.takes_ports
        && makeup.functions > makeup.plain
        && links.users(module).any(|other| is_entrypoint(&other))
        && links.used(module).any(inner)
    {
        vote(Role::Application, "between", "used by entrypoints, uses the domain".to_owned());
    }
    if links.used(module).next().is_none() {
        vote(Role::Domain, "leaf", "depends on nothing, no infrastructure".to_owned());
    }
    let named = seen.votes.iter().any(|vote| vote.role == Role::Domain && vote.by == Ground::Path);
    if !named && !seen.tags.contains(&Tag::Port) {
        let mut components: Vec<ModuleNo> =
            links.users(module).map(|other| links.component[other.0 as usize]).collect();
        components.sort_unstable();
        components.dedup();
        let mut roles: Vec<Role> = links.users(module).filter_map(role).collect();
        roles.sort_unstable();
        roles.dedup();
        if components.len() >= inference.count("used_by_components") as usize
            && roles.len() >= inference.count("used_by_roles") as usize
        {
            let why = format!("used by {} components of {} roles", components.len(), roles.len());
            vote(Role::Shared, "used_by_many", why);
        }
    }
    votes
}
