//! What the names of modules and crates say of the part they play.

use crate::domain::contracts::proposal::Style;
use crate::domain::contracts::proposal::units::{Form, Unit, Units};
use crate::domain::policy::role::Role;

/// The part that a name stands for, from the outside in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Composition,
    Driving,
    Driven,
    Application,
    Domain,
    Shared,
}

const COMPOSITION: [&str; 12] = [
    "main",
    "bootstrap",
    "startup",
    "composition",
    "wiring",
    "telemetry",
    "config",
    "configuration",
    "settings",
    "logging",
    "di",
    "app_state",
];
const DRIVING: [&str; 27] = [
    "api",
    "web",
    "http",
    "rest",
    "grpc",
    "graphql",
    "routes",
    "router",
    "routing",
    "handlers",
    "handler",
    "controllers",
    "controller",
    "cli",
    "commands",
    "ui",
    "tui",
    "views",
    "presentation",
    "entrypoints",
    "inbound",
    "driving",
    "primary",
    "worker",
    "workers",
    "jobs",
    "consumers",
];
const DRIVEN: [&str; 25] = [
    "adapters",
    "adapter",
    "infrastructure",
    "infra",
    "persistence",
    "repositories",
    "repository",
    "db",
    "database",
    "storage",
    "store",
    "postgres",
    "sqlite",
    "clients",
    "client",
    "gateways",
    "gateway",
    "messaging",
    "email",
    "outbound",
    "driven",
    "secondary",
    "dao",
    "queue",
    "cache",
];
const APPLICATION: [&str; 8] =
    ["application", "use_cases", "usecases", "use_case", "services", "service", "service_layer", "ports"];
const DOMAIN: [&str; 6] = ["domain", "model", "models", "entities", "entity", "business"];
const SHARED: [&str; 14] = [
    "util",
    "utils",
    "common",
    "shared",
    "error",
    "errors",
    "types",
    "prelude",
    "macros",
    "helpers",
    "result",
    "constants",
    "consts",
    "support",
];

/// Further names of kinds of things, which say nothing of where they stand; the plural will do.
const KINDS: [&str; 16] = [
    "dto",
    "event",
    "filter",
    "form",
    "input",
    "mapper",
    "message",
    "output",
    "param",
    "payload",
    "query",
    "request",
    "response",
    "schema",
    "trait",
    "validator",
];

/// Whether a module of this name holds things of one kind, whatever they are about.
pub(super) fn is_kind(name: &str) -> bool {
    let one = match name.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => name.strip_suffix('s').unwrap_or(name).to_owned(),
    };
    part_of(name).or_else(|| part_of(&one)).is_some() || KINDS.contains(&one.as_str())
}

/// The part that a unit's name stands for: the whole of it, else its last word.
pub(super) fn part(unit: &Unit) -> Option<Part> {
    match unit.form {
        Form::Root | Form::Program => return Some(Part::Composition),
        Form::Part => {}
    }
    part_of(&unit.name)
}

/// How its caller is spoken to, or what it calls: both sides of a wire are named after the protocol.
const WIRE: [&str; 6] = ["api", "web", "http", "rest", "grpc", "graphql"];
/// What surrounds the core: the technology alone, or all that is needed to run.
const AROUND: [&str; 2] = ["infrastructure", "infra"];

/// The parts that a name may stand for, where there are two: the likelier first. `speaks` is the part that
/// the unit's technology speaks of.
pub(super) fn reading(unit: &Unit, speaks: Option<Part>) -> Option<[Part; 2]> {
    if unit.form != Form::Part {
        return None;
    }
    let named = |words: &[&str]| words.contains(&last(&unit.name.replace('-', "_")));
    match part(unit)? {
        // Settings are read where all is put together, or by everyone.
        Part::Composition => Some([Part::Composition, Part::Shared]),
        Part::Driven if named(&AROUND) => Some([Part::Driven, Part::Composition]),
        // What calls others and answers nobody is a client of the thing it is named after.
        Part::Driving
            if named(&WIRE)
                && speaks == Some(Part::Driven)
                && unit.votes.1 == 0
                && looks(unit) != Some(Part::Driving) =>
        {
            Some([Part::Driven, Part::Driving])
        }
        _ => None,
    }
}

fn last(name: &str) -> &str {
    name.rsplit('_').next().unwrap_or(name)
}

fn part_of(name: &str) -> Option<Part> {
    let name = name.replace('-', "_");
    [name.as_str(), last(&name)].into_iter().find_map(|word| {
        let lists: [(&[&str], Part); 6] = [
            (&COMPOSITION, Part::Composition),
            (&DRIVING, Part::Driving),
            (&DRIVEN, Part::Driven),
            (&APPLICATION, Part::Application),
            (&DOMAIN, Part::Domain),
            (&SHARED, Part::Shared),
        ];
        lists.into_iter().find(|(list, _)| list.contains(&word)).map(|(_, part)| part)
    })
}

/// The part that most modules of a unit look like.
pub(super) fn looks(unit: &Unit) -> Option<Part> {
    match unit.role? {
        Role::Domain => Some(Part::Domain),
        Role::Application => Some(Part::Application),
        Role::Adapter => Some(Part::Driven),
        Role::Entrypoint => Some(Part::Driving),
        Role::Composition => Some(Part::Composition),
        Role::Shared => Some(Part::Shared),
        Role::Test => None,
    }
}

/// The style that names speak of, and the names that do: there is a core and something around it.
pub(super) fn style(units: &Units) -> Option<(Style, String)> {
    let of = |part: Part| {
        let named =
            units.list.iter().filter(move |unit| unit.form == Form::Part && self::part(unit) == Some(part));
        named.collect::<Vec<_>>()
    };
    let (driving, driven) = (of(Part::Driving), of(Part::Driven));
    let core = [of(Part::Application), of(Part::Domain)].concat();
    let around = [driving.is_empty(), driven.is_empty()];
    if around == [true, true] || core.is_empty() && around.contains(&true) {
        return None;
    }
    let known =
        core.len() + driving.len() + driven.len() + of(Part::Composition).len() + of(Part::Shared).len();
    let parts = units.list.iter().filter(|unit| unit.form == Form::Part).count();
    // Where most names say nothing, the few that do say little.
    if known * 2 < parts {
        return None;
    }
    let mut names: Vec<String> =
        [&core[..], &driving, &driven].concat().iter().map(|unit| format!("`{}`", unit.name)).collect();
    names.sort();
    names.truncate(5);
    let named = names.join(", ");
    let words = ["inbound", "outbound", "driving", "driven"];
    let hexagonal = [&driving[..], &driven].concat().iter().any(|unit| words.contains(&&*unit.name));
    let weigh = |from: &[&Unit], to: &[&Unit]| -> u32 {
        let at = |unit: &Unit| {
            units.list.iter().position(|other| other.name == unit.name && other.form == unit.form)
        };
        let pairs = from.iter().flat_map(|a| to.iter().map(move |b| (at(a), at(b))));
        pairs.filter_map(|(a, b)| Some(units.weight(a?, b?))).sum()
    };
    // Where nothing is called a core, one shows by how the storage hangs on it.
    let looks_core = |unit: &&Unit| {
        unit.form == Form::Part
            && part(unit).is_none()
            && matches!(looks(unit), Some(Part::Application | Part::Domain))
    };
    let unnamed: Vec<&Unit> = units.list.iter().filter(looks_core).collect();
    let (outward, inward) = match core.is_empty() {
        true => (weigh(&unnamed, &driven) + 1, weigh(&driven, &unnamed)),
        false => (weigh(&core, &driven), weigh(&driven, &core)),
    };
    let style = if hexagonal {
        Style::Hexagonal
    } else if outward > inward {
        // What decides names the storage, or nothing does: it stands above the storage.
        Style::Layered
    } else {
        Style::Onion
    };
    Some((style, named))
}
