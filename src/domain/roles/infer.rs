//! From the census to roles: votes, neighbours, decisions.

use rustc_hash::FxHashSet;

use crate::domain::census::{Census, ModuleNo, Standing, Target};
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::constants::Constants;
use crate::domain::policy::model::Parameters;
use crate::domain::policy::role::Role;
use crate::domain::roles::decide::decide;
use crate::domain::roles::declared::{Declared, Given};
use crate::domain::roles::kinds::kinds;
use crate::domain::roles::makeup::{Makeup, makeups};
use crate::domain::roles::neighbours::{Links, Seen, neighbours};
use crate::domain::roles::seams::Seams;
use crate::domain::roles::shape::{crates, shape};
use crate::domain::roles::touch::Touches;
use crate::domain::roles::words::{Said, Words, split};
use crate::domain::roles::{Played, Roles, Tag, Vote};

/// The part every module plays: as declared, else as inferred (B).
pub fn roles(
    census: &Census<'_>,
    catalogue: &Catalogue,
    parameters: &Parameters,
    declared: &Declared,
) -> Roles {
    let inference = parameters.section("inference");
    let said = paths(census, &Words::of(inference));
    let touches = Touches::of(census);
    let seams = Seams::find(census, &touches, parameters, |block| {
        let said = &said[census.block(block).module.0 as usize];
        decide(&said.votes, inference, None).0 == Some(Role::Adapter)
    });
    let makeups = makeups(census, catalogue, &touches, &seams);
    let mut modules: Vec<Played> = Vec::with_capacity(census.modules.len());
    for module in census.module_nos() {
        let at = module.0 as usize;
        let played = given(census, declared, module)
            .or_else(|| by_standing(census, module))
            .unwrap_or_else(|| first(census, &makeups[at], &said[at], inference));
        modules.push(settle(census, module, played, inference, &modules));
    }
    let links = Links::of(census);
    let votes: Vec<Vec<Vote>> = census
        .module_nos()
        .map(|module| {
            let played = &modules[module.0 as usize];
            if !is_open(played) {
                return Vec::new();
            }
            let makeup = &makeups[module.0 as usize];
            let seen = Seen { makeup, tags: &played.tags, votes: &played.votes };
            let role = |other: ModuleNo| modules[other.0 as usize].role;
            let is_port = |other: ModuleNo| modules[other.0 as usize].tags.contains(&Tag::Port);
            neighbours(&links, module, &seen, inference, &role, &is_port)
        })
        .collect();
    let first = std::mem::take(&mut modules);
    for ((module, mut played), more) in census.module_nos().zip(first).zip(votes) {
        played.votes.extend(more);
        modules.push(settle(census, module, played, inference, &modules));
    }
    active_records(census, &makeups, &links, inference, &mut modules);
    trust(census, &makeups, parameters.section("scoring"), &mut modules);
    Roles { modules, packages: kinds(census, parameters, declared) }
}

/// Whether a role is still to be decided by votes.
fn is_open(played: &Played) -> bool {
    !played.tags.contains(&Tag::Declared)
        && !played.tags.contains(&Tag::Generated)
        && played.role != Some(Role::Test)
}

/// What is said of a module by hand, in its own words, or by its layer.
fn given(census: &Census<'_>, declared: &Declared, module: ModuleNo) -> Option<Played> {
    let found = census.module(module);
    let own = || {
        let word = found.declared_role.as_deref()?;
        let role = Role::from_word(word)?;
        Some(Given { role, tags: Vec::new(), why: format!("`archlint: role = {word}` in the module") })
    };
    let given = declared.by_hand.get(&found.node).cloned().or_else(own);
    let Given { role, mut tags, why } = given.or_else(|| declared.by_layer.get(&found.node).cloned())?;
    tags.push(Tag::Declared);
    tags.sort_unstable();
    tags.dedup();
    Some(Played { role: Some(role), tags, confidence: 1.0, votes: vec![Vote { role, weight: 1.0, why }] })
}

/// Test code and generated code need no votes.
fn by_standing(census: &Census<'_>, module: ModuleNo) -> Option<Played> {
    let (role, tags, why) = match census.module(module).standing {
        Standing::Test => (Role::Test, Vec::new(), "test code"),
        Standing::Generated => (Role::Adapter, vec![Tag::Generated], "written by a program"),
        Standing::Production | Standing::Beside => return None,
    };
    let vote = Vote { role, weight: 1.0, why: why.to_owned() };
    Some(Played { role: Some(role), tags, confidence: 1.0, votes: vec![vote] })
}

/// Votes of the path, of crates and of shape.
fn first(census: &Census<'_>, makeup: &Makeup, said: &Said, inference: &Constants) -> Played {
    let mut votes = said.votes.clone();
    crates(makeup, inference, &mut votes);
    let mut tags = shape(census, makeup, said, inference, &mut votes);
    tags.extend(&said.tags);
    // A word alone makes nothing generated.
    tags.retain(|tag| *tag != Tag::Generated);
    tags.sort_unstable();
    tags.dedup();
    Played { role: None, tags, confidence: 0.0, votes }
}

/// Decides by votes, unless it is decided.
fn settle(
    census: &Census<'_>,
    module: ModuleNo,
    mut played: Played,
    inference: &Constants,
    earlier: &[Played],
) -> Played {
    if is_open(&played) {
        let parent = census.module(module).parent.and_then(|parent| earlier.get(parent.0 as usize));
        let parent = parent.map(|parent| (parent.role, parent.confidence));
        (played.role, played.confidence) = decide(&played.votes, inference, parent);
    }
    played
}

/// What the path of every module says. The name of a package tells something where there are several;
/// words that most packages share are the product's name.
fn paths(census: &Census<'_>, words: &Words<'_>) -> Vec<Said> {
    let names: Vec<String> = census.packages.iter().map(|package| telling(census, &package.name)).collect();
    let mut paths: Vec<Vec<&str>> = Vec::with_capacity(census.modules.len());
    let mut said = Vec::with_capacity(census.modules.len());
    for module in census.module_nos() {
        let found = census.module(module);
        let path = match found.parent {
            None => vec![names[found.package.0 as usize].as_str()],
            Some(parent) => {
                let mut path = paths[parent.0 as usize].clone();
                path.push(census.word(census.graph.node(found.node).name));
                path
            }
        };
        said.push(words.read(&path));
        paths.push(path);
    }
    said
}

/// The words of a package's name that tell it from the others.
fn telling(census: &Census<'_>, name: &str) -> String {
    let packages = census.packages.len();
    if packages < 2 {
        return String::new();
    }
    let common = |word: &String| {
        let with = census.packages.iter().filter(|package| split(&package.name).contains(word)).count();
        packages > 2 && with * 2 > packages
    };
    split(name).into_iter().filter(|word| !common(word)).collect::<Vec<_>>().join("_")
}

/// In a program without a domain the rows are the model: the module that holds most of the types that
/// say how they are stored becomes it, if others work with them (B.3).
fn active_records(
    census: &Census<'_>,
    makeups: &[Makeup],
    links: &Links,
    inference: &Constants,
    modules: &mut [Played],
) {
    let mut has_domain = vec![false; census.packages.len()];
    let mut persisted = vec![0u32; census.packages.len()];
    for module in census.module_nos() {
        let (found, at) = (census.module(module), module.0 as usize);
        has_domain[found.package.0 as usize] |= modules[at].role == Some(Role::Domain);
        persisted[found.package.0 as usize] += makeups[at].persisted;
    }
    let share = inference.number("active_record_share");
    for module in census.module_nos() {
        let (found, at) = (census.module(module), module.0 as usize);
        let package = found.package.0 as usize;
        let own = makeups[at].persisted;
        let most = own > 0 && f64::from(own) >= share * f64::from(persisted[package]);
        let is_other = |other: ModuleNo| modules[other.0 as usize].role != Some(Role::Adapter);
        if has_domain[package] || !most || !is_open(&modules[at]) || !links.users(module).any(is_other) {
            continue;
        }
        let why =
            format!("holds {own} of the {} stored types of a package without a domain", persisted[package]);
        modules[at].role = Some(Role::Domain);
        modules[at].confidence = inference.number("active_record_confidence");
        modules[at].votes.push(Vote { role: Role::Domain, weight: 0.0, why });
    }
}

/// Crates that nobody knows and macros that nobody could read make roles less sure.
fn trust(census: &Census<'_>, makeups: &[Makeup], scoring: &Constants, modules: &mut [Played]) {
    let factor = |count: u32, name: &str| {
        let penalty = scoring.number(&format!("{name}_penalty"));
        (1.0 - penalty * f64::from(count)).max(scoring.number(&format!("{name}_floor")))
    };
    for module in census.module_nos() {
        let at = module.0 as usize;
        if !is_open(&modules[at]) || makeups[at].items == 0 {
            continue;
        }
        let found = census.module(module);
        let items = found.items.iter().filter(|item| census.is_production(**item));
        let uses = items.flat_map(|item| census.uses(*item)).chain(census.imports(module));
        let unknown: FxHashSet<&str> = uses
            .filter(|used| !used.test)
            .filter_map(|used| match used.to {
                Target::Outside(to) => Some(census.external(to)),
                _ => None,
            })
            .filter(|outside| !outside.known)
            .map(|outside| outside.krate())
            .collect();
        let played = &mut modules[at];
        played.confidence *= factor(unknown.len() as u32, "unknown_crate");
        played.confidence *= factor(found.opaque, "opaque_macro");
    }
}
