//! From the census to roles: votes, neighbours, decisions.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::census::{Census, ModuleNo, Standing, Target};
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::constants::Constants;
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::model::Parameters;
use crate::domain::policy::role::Role;
use crate::domain::roles::decide::decide;
use crate::domain::roles::declared::{Declared, Given};
use crate::domain::roles::kinds::kinds;
use crate::domain::roles::makeup::{Makeup, makeups};
use crate::domain::roles::neighbours::{Links, Seen, neighbours};
use crate::domain::roles::seams::Seams;
use crate::domain::roles::shape::{Company, crates, shape};
use crate::domain::roles::touch::Touches;
use crate::domain::roles::words::{Around, Said, Words, split};
use crate::domain::roles::{Ground, Played, Roles, Tag, Vote};

/// The part every module plays: as declared, else as inferred (B).
pub fn roles(
    census: &Census<'_>,
    catalogue: &Catalogue,
    parameters: &Parameters,
    declared: &Declared,
) -> Roles {
    let inference = parameters.section("inference");
    let touches = Touches::of(census);
    let (packages, served) = kinds(census, &touches, parameters);
    let said = paths(census, &Words::of(inference), &around(census, &touches, &packages));
    let seams = Seams::find(census, &touches, parameters, |block| {
        let said = &said[census.block(block).module.0 as usize];
        decide(&said.votes, inference, None).0 == Some(Role::Adapter)
    });
    let makeups = makeups(census, catalogue, &touches, &seams, inference);
    let company = company(census, &makeups);
    let package = |module: ModuleNo| census.module(module).package.0 as usize;
    let mut modules: Vec<Played> = Vec::with_capacity(census.modules.len());
    for module in census.module_nos() {
        let at = module.0 as usize;
        let played = tests(census, module)
            .or_else(|| given(census, declared, module))
            .or_else(|| generated(census, module))
            .unwrap_or_else(|| first(census, &makeups[at], &said[at], inference, company[package(module)]));
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
            let is_root = |other: ModuleNo| census.module(other).parent.is_none();
            neighbours(&links, module, &seen, inference, &role, &is_port, &is_root)
        })
        .collect();
    let first = std::mem::take(&mut modules);
    for ((module, mut played), more) in census.module_nos().zip(first).zip(votes) {
        played.votes.extend(more);
        modules.push(settle(census, module, played, inference, &modules));
    }
    containers(census, &makeups, &mut modules);
    leftovers(census, &makeups, inference, &mut modules);
    active_records(census, &makeups, &links, inference, &mut modules);
    tell_inherited(inference, &mut modules);
    trust(census, &makeups, parameters.section("scoring"), &mut modules);
    Roles { modules, packages, served }
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
    Some(Played {
        role: Some(role),
        tags,
        confidence: 1.0,
        votes: vec![Vote { by: Ground::Given, role, weight: 1.0, why }],
    })
}

/// Test code is test code, whatever is said of the module around it.
fn tests(census: &Census<'_>, module: ModuleNo) -> Option<Played> {
    (census.module(module).standing == Standing::Test).then(|| sure(Role::Test, Vec::new(), "test code"))
}

/// Generated code is nobody's model.
fn generated(census: &Census<'_>, module: ModuleNo) -> Option<Played> {
    let generated = census.module(module).standing == Standing::Generated;
    generated.then(|| sure(Role::Adapter, vec![Tag::Generated], "written by a program"))
}

fn sure(role: Role, tags: Vec<Tag>, why: &str) -> Played {
    let vote = Vote { by: Ground::Given, role, weight: 1.0, why: why.to_owned() };
    Played { role: Some(role), tags, confidence: 1.0, votes: vec![vote] }
}

/// Votes of the path, of crates and of shape.
fn first(
    census: &Census<'_>,
    makeup: &Makeup,
    said: &Said,
    inference: &Constants,
    company: Company,
) -> Played {
    // A module of traits named for what they keep says what they are for, not how it is done.
    let traits = f64::from(makeup.traits) >= inference.number("trait_share") * f64::from(makeup.items);
    let only_names = (makeup.traits > 0 && traits && makeup.driven == 0) || makeup.declares.is_some();
    // An outer part that makes several others puts the program together.
    let wires = makeup.made.len() >= inference.count("wired_types") as usize && makeup.driving > 0;
    let told = said.votes.iter().zip(said.plain.iter().zip(&said.sideless));
    // Settings of a database are settings.
    let settings = said.tags.contains(&Tag::Config) && !makeup.infra;
    let only_names = only_names || settings;
    let told = told.filter(|(vote, (plain, _))| !(only_names && **plain && vote.role == Role::Adapter));
    let told = told.map(|(vote, (_, sideless))| match wires && *sideless {
        true => {
            Vote { role: Role::Composition, why: format!("{}, which makes others", vote.why), ..vote.clone() }
        }
        false => vote.clone(),
    });
    let mut votes: Vec<Vote> = told.collect();
    // The name of a package says what the program is for; a `main` that makes things puts it together.
    if makeup.main && !makeup.made.is_empty() {
        votes.retain(|vote| vote.role != Role::Entrypoint);
    }
    crates(makeup, said, inference, &mut votes);
    let mut tags = shape(census, makeup, said, inference, company, &mut votes);
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
        // What a crate root does is its own affair; what its name says holds for all below.
        let above = census.module(module).parent.filter(|parent| {
            census.module(*parent).parent.is_some() || is_named(&earlier[parent.0 as usize])
        });
        let parent = above.map(|above| &earlier[above.0 as usize]);
        let parent = parent.map(|parent| (parent.role, parent.confidence));
        (played.role, played.confidence) = decide(&played.votes, inference, parent);
    }
    played
}

/// Whether a role is declared, or what the words of the path say.
fn is_named(played: &Played) -> bool {
    let by_word = |vote: &Vote| Some(vote.role) == played.role && vote.by == Ground::Path;
    !is_open(played) || played.votes.iter().any(by_word)
}

/// Which technology each package has.
fn around(census: &Census<'_>, touches: &Touches, kinds: &[PackageKind]) -> Vec<Around> {
    let program =
        |kind: &PackageKind| matches!(kind, PackageKind::Service | PackageKind::Cli | PackageKind::Frontend);
    let empty = |kind: &PackageKind| Around { kind: *kind, driven: false, driving: program(kind) };
    let mut all: Vec<Around> = kinds.iter().map(empty).collect();
    for item in census.item_nos().filter(|item| census.is_production(*item)) {
        let package = census.module(census.item(item).module).package;
        let around = &mut all[package.0 as usize];
        around.driven |= touches.item(item).driven();
        around.driving |= touches.item(item).driving();
    }
    all
}

/// Whether each package has more than one module with items.
fn company(census: &Census<'_>, makeups: &[Makeup]) -> Vec<Company> {
    let mut counts = vec![0u32; census.packages.len()];
    for module in census.module_nos().filter(|module| makeups[module.0 as usize].items > 0) {
        counts[census.module(module).package.0 as usize] += 1;
    }
    counts.into_iter().map(|count| if count > 1 { Company::Others } else { Company::Alone }).collect()
}

/// A module that only holds others plays the part that most of what it holds plays.
fn containers(census: &Census<'_>, makeups: &[Makeup], modules: &mut [Played]) {
    let mut held: Vec<[u32; Role::ALL.len()]> = vec![Default::default(); modules.len()];
    for at in (0..modules.len()).rev() {
        let module = census.module(ModuleNo(at as u32));
        let Some(parent) = module.parent.filter(|_| module.standing == Standing::Production) else {
            continue;
        };
        let mut sums = held[at];
        if let Some(role) = modules[at].role {
            sums[role as usize] += makeups[at].items;
        }
        for (sum, more) in held[parent.0 as usize].iter_mut().zip(sums) {
            *sum += more;
        }
    }
    for (at, played) in modules.iter_mut().enumerate() {
        let inner = census.module(ModuleNo(at as u32)).parent.is_some();
        let total: u32 = held[at].iter().sum();
        if makeups[at].items > 0 || !inner || total == 0 || !is_open(played) {
            continue;
        }
        let most = Role::ALL.into_iter().max_by_key(|role| (held[at][*role as usize], *role == Role::Domain));
        let Some(role) = most else { continue };
        let part = held[at][role as usize];
        let why = format!("{part} of the {total} items in it are {}", role.word());
        played.confidence = f64::from(part) / f64::from(total);
        played.role = Some(role);
        played.votes.push(Vote { by: Ground::Given, role, weight: 0.0, why });
    }
}

/// Modules without a part yet: that of the module around them, now that containers have theirs; else
/// what decides and touches technology on the side is business code that nobody has taken apart.
fn leftovers(census: &Census<'_>, makeups: &[Makeup], inference: &Constants, modules: &mut [Played]) {
    for at in 0..modules.len() {
        if modules[at].role.is_some() {
            continue;
        }
        let parent = census.module(ModuleNo(at as u32)).parent;
        let above = parent.filter(|parent| census.module(*parent).parent.is_some());
        let above = above.map(|above| &modules[above.0 as usize]);
        if let Some(Played { role: Some(role), confidence, .. }) = above {
            (modules[at].role, modules[at].confidence) =
                (Some(*role), confidence * inference.number("inherited"));
        } else if makeups[at].decisions >= inference.count("mixed_decisions") && makeups[at].infra {
            let weight = inference.number("mixed");
            let why = "decides, and touches technology on the side".to_owned();
            let role = Role::Application;
            modules[at].votes.push(Vote { by: Ground::Shape, role, weight, why });
            (modules[at].role, modules[at].confidence) = (Some(role), inference.number("unknown_confidence"));
        }
    }
}

/// What the path of every module says. The name of a package tells something where there are several;
/// words that most packages share are the product's name.
fn paths(census: &Census<'_>, words: &Words<'_>, around: &[Around]) -> Vec<Said> {
    let names = telling(census);
    let folders: Vec<Vec<&str>> =
        census.packages.iter().map(|package| words.rooms(&package.folder)).collect();
    // A room that all packages share tells none from the others.
    let shared = |room: &&str| folders.len() > 1 && folders.iter().all(|rooms| rooms.contains(room));
    let mut paths: Vec<Vec<&str>> = Vec::with_capacity(census.modules.len());
    let mut said = Vec::with_capacity(census.modules.len());
    for module in census.module_nos() {
        let found = census.module(module);
        let path = match found.parent {
            None => {
                let package = found.package.0 as usize;
                let rooms = folders[package].iter().filter(|room| folders.len() > 1 && !shared(room));
                rooms.copied().chain([names[package].as_str()]).collect()
            }
            Some(parent) => {
                let mut path = paths[parent.0 as usize].clone();
                path.push(census.word(census.graph.node(found.node).name));
                path
            }
        };
        said.push(words.read(&path, around[found.package.0 as usize]));
        paths.push(path);
    }
    said
}

/// The words of the names of packages that tell them from each other.
fn telling(census: &Census<'_>) -> Vec<String> {
    let packages = census.packages.len();
    if packages < 2 {
        return vec![String::new(); packages];
    }
    let names: Vec<Vec<String>> = census.packages.iter().map(|package| split(&package.name)).collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for words in &names {
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
    }
    let common = |word: &str| packages > 2 && counts.get(word).is_some_and(|count| count * 2 > packages);
    let told = |words: &Vec<String>| {
        words.iter().map(String::as_str).filter(|word| !common(word)).collect::<Vec<_>>().join("_")
    };
    names.iter().map(told).collect()
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
        // Who stores what others declare is an adapter, however many rows it has.
        let stores = makeups[at].implements.is_some();
        if stores
            || has_domain[package]
            || !most
            || !is_open(&modules[at])
            || !links.users(module).any(is_other)
        {
            continue;
        }
        let why =
            format!("holds {own} of the {} stored types of a package without a domain", persisted[package]);
        modules[at].role = Some(Role::Domain);
        modules[at].confidence = inference.number("active_record_confidence");
        modules[at].votes.push(Vote { by: Ground::Given, role: Role::Domain, weight: 0.0, why });
    }
}

/// Says of parts that nothing speaks for where they come from.
fn tell_inherited(inference: &Constants, modules: &mut [Played]) {
    for played in modules.iter_mut().filter(|played| is_open(played)) {
        let Some(role) = played.role else { continue };
        if !played.votes.iter().any(|vote| vote.role == role) {
            let least = inference.number("min_vote");
            let why = format!("no part has votes of {least}: that of the module around it");
            played.votes.push(Vote { by: Ground::Given, role, weight: 0.0, why });
        }
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
