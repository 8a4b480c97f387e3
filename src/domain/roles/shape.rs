//! What crates and the shape of items say.

use crate::domain::census::Census;
use crate::domain::policy::constants::Constants;
use crate::domain::policy::role::Role;
use crate::domain::roles::makeup::Makeup;
use crate::domain::roles::seams::Made;
use crate::domain::roles::words::Said;
use crate::domain::roles::{Ground, Tag, Vote};

/// Votes of the crates that a module names (B.2 b).
pub(super) fn crates(makeup: &Makeup, said: &Said, inference: &Constants, votes: &mut Vec<Vote>) {
    let (floor, share) = (inference.number("crates_floor"), inference.number("crates_share"));
    for (part, role, what) in [
        (makeup.driven, Role::Adapter, "name what the program drives"),
        (makeup.driving, Role::Entrypoint, "name what drives the program"),
    ] {
        // Settings that are read from a command line are settings still.
        let settings = role == Role::Entrypoint && makeup.commands > 0 && said.tags.contains(&Tag::Config);
        if part > 0 && !(settings && makeup.handlers == 0) {
            let weight = (share * makeup.share(part)).max(floor);
            votes.push(Vote {
                by: Ground::Crates,
                role,
                weight,
                why: format!("{part} of {} items {what}", makeup.items),
            });
        }
    }
    if makeup.infra || makeup.items == 0 {
        return;
    }
    if makeup.behaves || makeup.decisions > 0 {
        let why = "behaviour without infrastructure".to_owned();
        votes.push(Vote {
            by: Ground::Crates,
            role: Role::Domain,
            weight: inference.number("pure_logic"),
            why,
        });
    }
    if makeup.functions == makeup.items && !makeup.speaks {
        let why = "only functions on foreign types".to_owned();
        votes.push(Vote {
            by: Ground::Crates,
            role: Role::Shared,
            weight: inference.number("foreign_functions"),
            why,
        });
    }
}

/// Votes of the shape of items (B.2 c), and the tags it gives.
pub(super) fn shape(
    census: &Census<'_>,
    makeup: &Makeup,
    said: &Said,
    inference: &Constants,
    company: Company,
    votes: &mut Vec<Vote>,
) -> Vec<Tag> {
    let mut tags = Vec::new();
    let number = |key: &str| inference.number(key);
    let mut vote =
        |role: Role, weight: f64, why: String| votes.push(Vote { by: Ground::Shape, role, weight, why });
    // Who is given a socket and makes several things to go with it wires.
    let wires = makeup.made.len() >= inference.count("wired_types") as usize;
    let handles = is_share(makeup.handlers, makeup.functions, number("handler_share"))
        && !(wires && makeup.handlers <= 1);
    let commands = is_share(makeup.commands, makeup.data, number("handler_share"));
    if handles {
        let why = format!("{} of {} functions are handlers", makeup.handlers, makeup.functions);
        vote(Role::Entrypoint, number("handlers"), why);
    } else if commands && !said.tags.contains(&Tag::Config) {
        let why = format!("{} of {} types are read from a command line", makeup.commands, makeup.data);
        vote(Role::Entrypoint, number("handlers"), why);
    }
    if makeup.main && makeup.made.is_empty() && company == Company::Others {
        let why = "holds `fn main` and leaves the making to others".to_owned();
        vote(Role::Entrypoint, number("main"), why);
    } else if makeup.main {
        vote(Role::Composition, number("main"), "holds `fn main`".to_owned());
    }
    if let Some(port) = makeup.implements {
        let why = format!("implements port `{}` with driven technology", census.name(port));
        vote(Role::Adapter, number("implements_port"), why);
    } else if let Some(port) = makeup.implements_purely {
        let why = format!("implements port `{}`", census.name(port));
        vote(Role::Adapter, number("implements_port_purely"), why);
    }
    if let Some(port) = makeup.declares
        && makeup.implements.is_none()
    {
        for role in [Role::Domain, Role::Application] {
            let why = format!("declares `{}`, which another package implements", census.name(port));
            vote(role, number("declares_port"), why);
        }
    }
    if makeup.takes_ports && !makeup.infra {
        vote(Role::Application, number("takes_ports"), "takes ports, no infrastructure".to_owned());
    }
    if let Some(weight) = said.port {
        if handles {
            vote(
                Role::Entrypoint,
                number("port_handlers") * weight,
                "handlers in a module of ports".to_owned(),
            );
        } else if makeup.traits > 0
            && is_share(makeup.traits + makeup.errors, makeup.items, number("port_share"))
        {
            tags.push(Tag::Port);
            for role in [Role::Domain, Role::Application] {
                vote(role, number("port_vote") * weight, "traits in a module named for ports".to_owned());
            }
        }
    }
    if is_share(makeup.traits, makeup.items, number("trait_share")) {
        tags.push(Tag::Port);
        for role in [Role::Domain, Role::Application] {
            let why = format!("{} of {} items are traits", makeup.traits, makeup.items);
            vote(role, number("traits"), why);
        }
    }
    if wires {
        let why = format!("makes {}", names(census, &makeup.made));
        // The more it makes, the surer.
        let many = makeup.made.len() as f64 / number("wired_many");
        vote(Role::Composition, number("wires") * many.clamp(1.0, number("wires_most")), why);
    }
    if let Some(holds) = makeup.holds
        && makeup.implements.is_none()
    {
        let why = format!("`{}` holds several adapters or clients", census.name(holds));
        vote(Role::Composition, number("holds"), why);
    }
    tags
}

/// Whether a module is alone in its package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Company {
    /// It is the only module of the product.
    Alone,
    /// There are others.
    Others,
}

fn is_share(part: u32, whole: u32, least: f64) -> bool {
    part > 0 && f64::from(part) >= least * f64::from(whole)
}

/// The first few things made, for people.
fn names(census: &Census<'_>, made: &[Made]) -> String {
    let name = |made: &Made| match made {
        Made::Own(own) => format!("`{}`", census.name(*own)),
        Made::Outside(path) => format!("`{path}`"),
    };
    let mut shown: Vec<String> = made.iter().take(3).map(name).collect();
    if made.len() > 3 {
        shown.push(format!("{} more", made.len() - 3));
    }
    shown.join(", ")
}
