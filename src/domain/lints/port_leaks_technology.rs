//! `port-leaks-technology`: the signature of a port names a type of a technology.

use crate::domain::graph::EdgeKind;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};

/// The lint.
pub const LINT: Lint = Lint {
    name: "port-leaks-technology",
    construct: "dip",
    when: When::Needed,
    costs: &["dip.port_signature_clean"],
    because: "an abstraction that speaks of a detail is no abstraction (book, introduction)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for port in patterns.driven() {
        for item in port.methods.iter().chain(&port.traits) {
            for used in census.uses(*item).iter().filter(|used| used.kind == EdgeKind::Signature) {
                let Some(outside) = census.outer(used.to).filter(|outside| outside.is_infra()) else {
                    continue;
                };
                let name = census.name(port.traits[0]);
                let message =
                    format!("port `{name}` speaks of `{}` ({})", outside.path, looks::family(outside));
                let instead =
                    "use a type or an error of the core, or an associated type that the adapter chooses";
                let to = format!("ext:{}", outside.path);
                found.push(Found::new(ground, *item, used.place, message, instead).to(to));
            }
        }
    }
    found
}
