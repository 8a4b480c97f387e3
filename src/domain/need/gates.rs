//! Gates of states and outcomes: where there is nothing to judge, causes alone must not judge it.

use crate::domain::need::Needs;
use crate::domain::need::facts::Facts;
use crate::domain::policy::constants::Constants;
use crate::domain::policy::kind::PackageKind;

/// Whether a construct takes part.
pub(super) struct Gate {
    pub(super) open: bool,
    pub(super) reason: String,
}

/// The gate of a mediator or an outcome; one that has none is open. `needs` holds the levers.
pub(super) fn gate(construct: &str, facts: &Facts, needs: &Needs, constants: &Constants) -> Gate {
    let least = |key: &str| constants.count(key);
    match construct {
        "infra" => enough(facts.technologies, least("infra_technologies"), "technologies"),
        "lang" => enough(facts.domain_types, least("lang_domain_types"), "domain data types"),
        "inv" => consistency(facts, needs.complexity, constants),
        "isc" => services(facts, least("isc_services")),
        "pyr" | "tst" if facts.tests == 0 && is_firmware(facts) => Gate {
            open: false,
            reason: "firmware without a library, which nothing but its machine could test".to_owned(),
        },
        "pyr" if facts.tests == 0 && facts.use_cases > 0 && facts.persistence >= 1.0 => {
            Gate { open: true, reason: "no test, though a database is written".to_owned() }
        }
        "pyr" => decisions_or_tests(facts, least("pyr_decisions")),
        "tst" => decisions_or_tests(facts, least("tst_decisions")),
        "mud" => enough(facts.functions, least("mud_functions"), "production functions"),
        "read" => Gate {
            open: needs.get("cqrs").is_some_and(|need| need.applies()),
            reason: "follows the need for reads apart from writes".to_owned(),
        },
        _ => Gate { open: true, reason: String::new() },
    }
}

/// Whether there is nothing but programs for a machine of their own.
fn is_firmware(facts: &Facts) -> bool {
    !facts.kinds.is_empty()
        && facts.kinds.iter().all(|kind| *kind == PackageKind::Embedded)
        && !facts.has_library
}

fn enough(count: u32, least: u32, what: &str) -> Gate {
    let open = count >= least;
    Gate { open, reason: format!("{count} {what}, {} {least}", if open { "at least" } else { "fewer than" }) }
}

fn decisions_or_tests(facts: &Facts, least: u32) -> Gate {
    let decisions = enough(facts.decisions, least, "business decisions");
    match (decisions.open, facts.tests) {
        (true, _) => decisions,
        (false, 0) => Gate { open: false, reason: format!("{}, and no test", decisions.reason) },
        (false, tests) => Gate { open: true, reason: format!("{tests} tests") },
    }
}

fn consistency(facts: &Facts, complexity: f64, constants: &Constants) -> Gate {
    let types = enough(facts.domain_types, constants.count("inv_domain_types"), "domain data types");
    let at_stake = facts.persistence > 0.0 || complexity >= constants.number("inv_complexity");
    match (types.open, at_stake) {
        (false, _) => types,
        (true, false) => {
            Gate { open: false, reason: "nothing is stored, and the domain is simple".to_owned() }
        }
        (true, true) => types,
    }
}

fn services(facts: &Facts, least: u32) -> Gate {
    let ways = [
        (facts.services >= least, "several services"),
        (facts.rpc_client, "a client of remote procedures"),
        (facts.messaging, "messaging"),
        (facts.http_client_in_writes, "an HTTP client where something is written"),
    ];
    match ways.iter().find(|(open, _)| *open) {
        Some((_, way)) => Gate { open: true, reason: (*way).to_owned() },
        None => {
            let reason = "one service at most, no remote procedures, no messaging".to_owned();
            Gate { open: false, reason }
        }
    }
}
