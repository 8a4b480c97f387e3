//! The need of each lever.

use crate::domain::need::facts::Facts;
use crate::domain::policy::arithmetic::{clamp, hundredth};
use crate::domain::policy::constants::Constants;

/// A need before the kinds of packages are asked.
pub(super) struct Found {
    /// 0 to 1.
    pub(super) need: f64,
    /// The formula with its numbers, or why there is none.
    pub(super) reason: String,
}

/// The need of a lever. One that no formula is known for is needed in full.
pub(super) fn need(lever: &str, facts: &Facts, complexity: f64, constants: &Constants) -> Found {
    let x = complexity;
    match lever {
        "dip" => inversion(facts, x, constants.table("dip")),
        "purity" => purity(facts, x, constants.table("purity")),
        "repo" => repository(facts, x, constants.table("repo")),
        "svc" => service_layer(facts, x, constants.table("svc")),
        "uow" => unit_of_work(facts, x, constants.table("uow")),
        "agg" => aggregates(facts, x, constants.table("agg")),
        "evt" => events(facts, x, constants.table("evt")),
        "cqrs" => reads(facts, x, constants.table("cqrs")),
        "di" => injection(facts, constants.table("di")),
        _ => Found { need: 1.0, reason: "always".to_owned() },
    }
}

/// The facts with places that the need of a lever is computed from, by their names in [`Facts`]; those of
/// the complexity of the domain last.
pub fn counted_from(lever: &str) -> &'static [&'static str] {
    match lever {
        "dip" | "purity" => &["technologies", "decisions", "use_cases"],
        "repo" | "agg" => &["persistence", "decisions", "use_cases"],
        "svc" => &["use_cases", "decisions"],
        "uow" => &["persistence", "compound_writes", "decisions", "use_cases"],
        "evt" => &["effects", "decisions", "use_cases"],
        "cqrs" => &["persistence", "reads", "decisions", "use_cases"],
        "di" => &["technologies"],
        _ => &[],
    }
}

/// Whether the code has the pattern of a lever, needed or not.
pub(super) fn is_built(lever: &str, facts: &Facts) -> bool {
    let stores = facts.persistence > 0.0;
    match lever {
        "purity" => facts.technologies > 0 && facts.domain_types > 2,
        "repo" => stores && facts.repositories > 0,
        "svc" => facts.services > 0 && facts.use_case_functions > 0,
        "agg" => facts.guarded_roots > 0,
        "cqrs" => stores && facts.read_functions > 0,
        _ => false,
    }
}

fn none(reason: impl Into<String>) -> Found {
    Found { need: 0.0, reason: reason.into() }
}

fn inversion(facts: &Facts, x: f64, c: &Constants) -> Found {
    if facts.technologies == 0 {
        return none("no technology outside the composition");
    }
    with_complexity(x, c)
}

fn purity(facts: &Facts, x: f64, c: &Constants) -> Found {
    if facts.technologies == 0 {
        return none("no technology outside the composition");
    }
    if facts.decisions < c.count("min_decisions") {
        return none(format!(
            "{} business decisions, fewer than {}",
            facts.decisions,
            c.count("min_decisions")
        ));
    }
    with_complexity(x, c)
}

fn with_complexity(x: f64, c: &Constants) -> Found {
    let (base, rich) = (c.number("base"), c.number("complexity"));
    Found { need: base + rich * x, reason: format!("{base} + {rich} × complexity {}", hundredth(x)) }
}

fn repository(facts: &Facts, x: f64, c: &Constants) -> Found {
    let p = facts.persistence;
    if p == 0.0 {
        return none("nothing is stored");
    }
    let found = with_complexity(x, c);
    Found { need: p * found.need, reason: format!("storage {p} × ({})", found.reason) }
}

fn service_layer(facts: &Facts, x: f64, c: &Constants) -> Found {
    let least = c.count("min_use_cases");
    if facts.use_cases < least {
        let noun = if facts.use_cases == 1 { "use case" } else { "use cases" };
        return none(format!("{} {noun}, fewer than {least}", facts.use_cases));
    }
    let found = with_complexity(x, c);
    let (weight, more) = (c.number("driving"), clamp(f64::from(facts.driving) - 1.0));
    Found {
        need: found.need + weight * more,
        reason: format!("{} + {weight} × further driving technologies {more}", found.reason),
    }
}

fn unit_of_work(facts: &Facts, x: f64, c: &Constants) -> Found {
    let p = facts.persistence;
    if p == 0.0 {
        return none("nothing is stored");
    }
    if facts.compound_writes < c.count("min_compound_writes") {
        return none("no writes that belong together");
    }
    let compound = 1.0;
    let weights = [c.number("compound_writes"), c.number("writers"), c.number("complexity")];
    let need = p * clamp(weights[0] * compound + weights[1] * facts.writers + weights[2] * x);
    let reason = format!(
        "storage {p} × ({} × writes that belong together {compound} + {} × writers {} + {} × complexity {})",
        weights[0],
        weights[1],
        facts.writers,
        weights[2],
        hundredth(x)
    );
    Found { need, reason }
}

fn aggregates(facts: &Facts, x: f64, c: &Constants) -> Found {
    let (store, name) = match facts.persistence {
        p if p >= 1.0 => (c.number("database"), "database"),
        p if p > 0.0 => (c.number("file_store"), "file store"),
        _ if facts.shared_state => (c.number("file_store"), "shared state"),
        _ => (c.number("no_store"), "no store"),
    };
    let found = with_complexity(x, c);
    Found { need: found.need * store, reason: format!("({}) × {name} {store}", found.reason) }
}

fn events(facts: &Facts, x: f64, c: &Constants) -> Found {
    let called_for = facts.effects >= c.count("min_effects")
        || facts.services >= c.count("min_services")
        || facts.event_types >= c.count("min_event_types");
    if !called_for {
        return none("no side effects beside writes, one service at most, no events");
    }
    let weights = [c.number("effects"), c.number("services"), c.number("complexity")];
    let effects = clamp(f64::from(facts.effects) / c.number("effects_full"));
    let services = clamp(f64::from(facts.services) - 1.0);
    let need = weights[0] * effects + weights[1] * services + weights[2] * x;
    let reason = format!(
        "{} × side effects {effects} + {} × further services {services} + {} × complexity {}",
        weights[0],
        weights[1],
        weights[2],
        hundredth(x)
    );
    Found { need, reason }
}

fn reads(facts: &Facts, x: f64, c: &Constants) -> Found {
    let p = facts.persistence;
    if p == 0.0 || facts.reads == 0 {
        return none(if p == 0.0 { "nothing is stored" } else { "nothing is only read" });
    }
    let many = clamp(f64::from(facts.reads) / c.number("reads_full"));
    let (complex, name) =
        if facts.complex_reads > x { (facts.complex_reads, "complex reads") } else { (x, "complexity") };
    Found {
        need: p * many * complex,
        reason: format!("storage {p} × reads {} × {name} {}", hundredth(many), hundredth(complex)),
    }
}

fn injection(facts: &Facts, c: &Constants) -> Found {
    let steps = c.numbers("by_technologies");
    let place = (facts.technologies as usize).min(steps.len().saturating_sub(1));
    let need = steps.get(place).copied().unwrap_or_default();
    if need == 0.0 {
        return none("no technology outside the composition");
    }
    Found { need, reason: format!("{} technologies", facts.technologies) }
}
