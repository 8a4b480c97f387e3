//! Patterns to facts: the few numbers that need is computed from, each with the places behind it.

mod effects;
mod reads;
mod storage;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::census::outside::Impure;
use crate::domain::census::{Census, ItemNo, Standing};
use crate::domain::finding::evidence::Evidence;
use crate::domain::graph::{ItemKind, Place};
use crate::domain::need::facts::Facts;
use crate::domain::patterns::business::{business, composition};
use crate::domain::patterns::compound::compound;
use crate::domain::patterns::{
    DataKind, Direction, Driver, Message, MessageForm, Patterns, Scope, ScopeForm, Side,
};
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::model::Parameters;
use crate::domain::policy::role::Role;
use crate::domain::roles::{Roles, Tag};
use crate::domain::source::facts::ItemMarks;
use crate::domain::source::workspace::TargetKind;

/// What facts are gathered from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// What every item is made of.
    pub census: &'a Census<'a>,
    /// The part every module plays.
    pub roles: &'a Roles,
    /// What was recognised.
    pub patterns: &'a Patterns,
    /// What is known of outside crates.
    pub catalogue: &'a Catalogue,
    /// Words and constants.
    pub parameters: &'a Parameters,
}

/// Places behind facts, by their names in [`Facts`]; facts without places of their own are left out.
pub type Places = BTreeMap<&'static str, Vec<Evidence>>;

/// The facts of a system.
pub fn facts(source: &Source<'_>) -> Facts {
    gather(source, None)
}

/// The places that its facts were counted from.
pub fn places(source: &Source<'_>) -> Places {
    let mut places = Places::default();
    gather(source, Some(&mut places));
    places
}

/// Places, where somebody asks for them.
type Asked<'p> = Option<&'p mut Places>;

fn gather(source: &Source<'_>, mut asked: Asked<'_>) -> Facts {
    let mut facts = Facts::default();
    let Source { census, patterns, parameters, .. } = *source;
    let constants = parameters.section("facts");
    facts.decisions = decisions(source, &mut asked);
    facts.use_cases = use_cases(source, &mut asked);
    facts.driving = driving(patterns);
    facts.kinds = kinds(source);
    let own = census.packages.iter().filter(|package| !package.beside);
    facts.has_library = own.into_iter().any(|package| package.targets.contains(&TargetKind::Lib));
    facts.persistence = storage::persistence(source, &mut asked);
    let families = technologies(source, constants.words("uncounted_families"), &mut asked);
    // A tool whose work is the machine it runs on does not wrap it: files and processes are its domain.
    let machine = families.iter().all(|family| constants.lists("machine_families", family));
    let works_on_it = machine && facts.persistence == 0.0 && !facts.kinds.contains(&PackageKind::Service);
    // Whoever serves and keeps things behind a port does it with something, if with nothing that is known.
    let unknown =
        families.is_empty() && facts.persistence > 0.0 && facts.kinds.contains(&PackageKind::Service);
    facts.technologies = match () {
        () if works_on_it => 0,
        () if unknown => 1,
        () => families.len() as u32,
    };
    let compounds = compound(census, source.roles, patterns, source.catalogue, parameters);
    facts.compound_writes = compounds.len() as u32;
    // What is given a transaction keeps none of its own.
    let opens = |item: ItemNo| {
        let mut own = patterns.scopes.iter().filter(|scope| scope.item == item);
        own.any(|scope| scope.form != ScopeForm::Parameter)
    };
    let keeps = |item: ItemNo| source.roles.of(census, item) == Some(Role::Adapter) && opens(item);
    let kept = compounds.iter().filter(|compound| compound.atomic && keeps(compound.item));
    facts.kept_writes = kept.count() as u32;
    let is_unit = |scope: &&Scope| scope.form == ScopeForm::UnitOfWork;
    facts.units_of_work = patterns.scopes.iter().filter(is_unit).count() as u32;
    for found_compound in &compounds {
        for place in &found_compound.places {
            tell(
                &mut asked,
                source,
                "compound_writes",
                found_compound.item,
                *place,
                "writes that belong together",
            );
        }
    }
    facts.services = services(source);
    facts.writers = storage::writers(source, facts.persistence);
    facts.effects = effects::families(source, &mut asked);
    facts.http_client_in_writes = effects::http_client_in_writes(source);
    let reads = reads::reads(source);
    facts.reads = reads.len() as u32;
    let complex = reads.iter().filter(|(_, complex)| *complex).count() as f64;
    facts.complex_reads = if reads.is_empty() { 0.0 } else { complex / reads.len() as f64 };
    for (item, _) in &reads {
        tell(&mut asked, source, "reads", *item, census.item(*item).place, "reads and writes nothing");
    }
    let events = || patterns.messages.iter().filter(|message| message.form == MessageForm::Event);
    facts.event_types = events().count() as u32;
    let live = |event: &&Message| !event.raised.is_empty() && !event.handled.is_empty();
    facts.live_events = events().filter(live).count() as u32;
    facts.domain_types = domain_types(source);
    facts.repositories = patterns.repositories().count() as u32;
    facts.use_case_functions = use_case_functions(source);
    facts.guarded_roots = guarded_roots(source);
    facts.read_functions = reads_apart(source);
    facts.functions = census.functions().count() as u32;
    facts.tests = patterns.tests.iter().map(|test| test.rows).sum();
    facts.shared_state = shared_state(census, constants.words("shared_types"));
    let touched = || production(census).flat_map(|item| &patterns.touch(item).infra);
    facts.rpc_client = touched().any(|touch| touch.family == "rpc" && touch.side == Side::Driven);
    facts.messaging = touched().any(|touch| touch.category == "message_broker");
    facts
}

fn tell(
    asked: &mut Asked<'_>,
    source: &Source<'_>,
    fact: &'static str,
    item: ItemNo,
    place: Place,
    said: &str,
) {
    let Some(places) = asked else { return };
    let (site, id) = (source.census.site(place), source.census.id(item));
    places.entry(fact).or_default().push(Evidence { site, item: id, fact: said.to_owned(), loss: 0.0 });
}

/// Items of the product.
fn production(census: &Census<'_>) -> impl Iterator<Item = ItemNo> {
    census.item_nos().filter(|item| census.is_production(*item))
}

/// Business decisions of all functions.
fn decisions(source: &Source<'_>, asked: &mut Asked<'_>) -> u32 {
    let Source { census, roles, patterns, parameters, .. } = *source;
    let mut sum = 0;
    for (item, counted) in business(census, roles, patterns, parameters) {
        tell(asked, source, "decisions", item, census.item(item).place, &format!("{counted} decisions"));
        sum += counted;
    }
    sum
}

fn use_cases(source: &Source<'_>, asked: &mut Asked<'_>) -> u32 {
    let counted = source
        .patterns
        .entrypoints
        .iter()
        .filter(|entrypoint| !matches!(entrypoint.by, Driver::Gui | Driver::Ffi));
    let mut sum = 0;
    for entrypoint in counted {
        let place = source.census.item(entrypoint.item).place;
        tell(asked, source, "use_cases", entrypoint.item, place, "the outside calls it");
        sum += 1;
    }
    sum
}

fn driving(patterns: &Patterns) -> u32 {
    let drivers = patterns.entrypoints.iter().map(|entrypoint| entrypoint.by).filter(|by| *by != Driver::Job);
    drivers.collect::<BTreeSet<Driver>>().len() as u32
}

/// Families in use outside what puts the program together, unless that decides much itself.
fn technologies<'a>(source: &Source<'a>, uncounted: &[String], asked: &mut Asked<'_>) -> BTreeSet<&'a str> {
    let deciding = composition(source.census, source.roles, source.patterns);
    let free = source.parameters.section("facts").count("composition_decisions_free");
    let mut seen: BTreeSet<&'a str> = BTreeSet::new();
    for item in production(source.census) {
        let module = source.census.item(item).module;
        let composes = source.roles.played(module).role == Some(Role::Composition);
        if composes && deciding.get(&module).is_none_or(|(sum, _)| *sum <= free) {
            continue;
        }
        for touch in &source.patterns.touch(item).infra {
            let family = touch.family.as_str();
            if !family.is_empty() && !uncounted.contains(&touch.family) && seen.insert(family) {
                tell(asked, source, "technologies", item, touch.place, &format!("{family} is used"));
            }
        }
    }
    seen
}

/// Programs of packages that serve.
fn services(source: &Source<'_>) -> u32 {
    let census = source.census;
    let roots = census.module_nos().map(|module| census.module(module)).filter(|module| {
        module.parent.is_none()
            && module.standing == Standing::Production
            && census.graph.crates[module.krate.0 as usize].kind == TargetKind::Bin
    });
    roots.filter(|module| source.roles.kind(module.package) == PackageKind::Service).count() as u32
}

fn domain_types(source: &Source<'_>) -> u32 {
    let census = source.census;
    let counts = |item: &ItemNo| {
        let shaped = match census.item(*item).kind {
            ItemKind::Struct => !census.slots(*item).is_empty(),
            ItemKind::Enum => true,
            _ => false,
        };
        shaped
            && source.roles.of(census, *item) == Some(Role::Domain)
            && !matches!(source.patterns.data(*item), Some(DataKind::Error | DataKind::Marker))
    };
    production(census).filter(counts).count() as u32
}

/// Functions of the application, or of ports that the core implements, that an entrypoint calls.
fn use_case_functions(source: &Source<'_>) -> u32 {
    let Source { census, roles, patterns, .. } = *source;
    let called: BTreeSet<ItemNo> = patterns
        .entrypoints
        .iter()
        .flat_map(|entry| patterns.calls(entry.item))
        .copied()
        .filter(|item| {
            let driving = |port: usize| patterns.ports[port].direction == Direction::Driving;
            let asked = census.item(*item).holder.and_then(|holder| patterns.port_of(holder));
            roles.of(census, *item) == Some(Role::Application) || asked.is_some_and(driving)
        })
        .collect();
    called.len() as u32
}

/// Roots with a method that changes them, and that decides or may refuse.
fn guarded_roots(source: &Source<'_>) -> u32 {
    let Source { census, patterns, .. } = *source;
    let guards = |method: ItemNo| {
        let marks = census.item(method).marks;
        let changes = marks.has(ItemMarks::CHANGES) || marks.has(ItemMarks::CONSUMES);
        changes && !marks.has(ItemMarks::SETTER) && patterns.decisions(method) > 0
    };
    let roots = patterns.entities.iter().filter(|entity| entity.root);
    roots.filter(|entity| entity.methods.iter().any(|method| guards(*method))).count() as u32
}

/// Functions of modules that answer queries.
fn reads_apart(source: &Source<'_>) -> u32 {
    let Source { census, roles, .. } = *source;
    census.functions().filter(|item| roles.has(census.item(*item).module, Tag::ReadSide)).count() as u32
}

/// Whether fields or statics of the product are locked or atomic.
fn shared_state(census: &Census<'_>, shared: &[String]) -> bool {
    production(census).filter(|item| !census.is_function(*item)).any(|item| {
        census.slots(item).iter().any(|slot| {
            let layers = census.types(slot).iter().map(|part| part.word);
            layers.chain(slot.word).any(|word| shared.iter().any(|known| known == census.word(word)))
        })
    })
}

/// Whether anything is left to run on its own.
fn spawns(census: &Census<'_>, item: ItemNo) -> bool {
    let mut named = census.uses(item).iter().filter_map(|used| census.outer(used.to));
    named.any(|outside| outside.impure == Some(Impure::Detached))
}

fn kinds(source: &Source<'_>) -> Vec<PackageKind> {
    let packages = source.census.packages.iter().enumerate().filter(|(_, package)| !package.beside);
    packages.map(|(at, _)| source.roles.packages.get(at).copied().unwrap_or(PackageKind::Library)).collect()
}
