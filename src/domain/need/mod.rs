//! When a pattern is worth its cost: facts of the system to the need of every lever, and to the gates
//! of states.

pub mod facts;
mod gates;
pub mod gather;
pub mod levers;
#[cfg(test)]
mod tests;

use crate::domain::need::facts::Facts;
use crate::domain::policy::arithmetic::{Ramp, clamp, hundredth};
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::model::{Kind, Parameters};

/// What the system needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Needs {
    /// Complexity of the domain, 0 to 1: X of the specification, bounds applied.
    pub complexity: f64,
    /// The same as measured, without the bounds that a workspace declares.
    pub measured_complexity: f64,
    /// One for each construct, in the order of the model.
    pub of: Vec<Need>,
}

/// Whether and how much one construct matters here.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// Id of the construct.
    pub construct: String,
    /// Need of a lever, 0 to 1; none for what has a gate instead.
    pub need: Option<f64>,
    /// Weight with which it takes part, 0 to 1; 0 is not needed, or a closed gate.
    pub effect: f64,
    /// Where the number comes from, in numbers; or why it does not matter: lower case, no full stop.
    pub reason: String,
}

impl Need {
    /// Whether it takes part at all.
    pub fn applies(&self) -> bool {
        self.effect > 0.0
    }
}

impl Needs {
    /// The need of a construct.
    pub fn get(&self, construct: &str) -> Option<&Need> {
        self.of.iter().find(|need| need.construct == construct)
    }
}

/// What the system needs, by its facts.
pub fn needs(facts: &Facts, parameters: &Parameters) -> Needs {
    let constants = parameters.section("need");
    let measured = measured_complexity(facts, parameters);
    // Not `clamp`, which panics where the lower bound is the higher one.
    let declared = measured.max(constants.number("complexity_min")).min(constants.number("complexity_max"));
    let mut needs = Needs { complexity: declared, measured_complexity: measured, of: Vec::new() };
    for construct in &parameters.constructs {
        let kinds = kinds(&construct.id, facts, parameters);
        let need = match construct.kind {
            Kind::Lever => lever(&construct.id, facts, declared, kinds, parameters),
            Kind::Mediator | Kind::Outcome => gate(&construct.id, facts, &needs, kinds, parameters),
        };
        needs.of.push(need);
    }
    needs
}

/// Complexity of the domain: many decisions for each use case, or many decisions.
fn measured_complexity(facts: &Facts, parameters: &Parameters) -> f64 {
    let constants = parameters.section("need");
    let decisions = f64::from(facts.decisions);
    let for_each = decisions / f64::from(facts.use_cases.max(1));
    let enough = Ramp::new(0.0, constants.number("decisions"));
    let rich = constants.ramp("decisions_per_use_case").share(for_each) * enough.share(decisions);
    clamp(rich.max(constants.ramp("decisions_alone").share(decisions)))
}

fn lever(id: &str, facts: &Facts, complexity: f64, kinds: KindShare, parameters: &Parameters) -> Need {
    let constants = parameters.section("need");
    let own = levers::need(id, facts, complexity, constants);
    let formula = own.need * kinds.share;
    // Whoever has built a pattern thinks it worth its cost: it is scored, with little weight.
    let built = constants.number("built") * kinds.share;
    let is_too_little = constants.ramp("effect").share(formula) <= 0.0;
    if is_too_little && built > 0.0 && levers::is_built(id, facts) {
        let reason = format!("{} is too little, but built all the same: {}", own.reason, hundredth(built));
        let effect = constants.ramp("effect").share(built);
        return Need { construct: id.to_owned(), need: Some(built), effect, reason };
    }
    let need = formula;
    let effect = constants.ramp("effect").share(need);
    let least = constants.ramp("effect").from;
    let verdict = match is_too_little {
        true => format!("{}, not above {least}", hundredth(need)),
        false => hundredth(need),
    };
    let reason = match (own.need, kinds.share) {
        (0.0, _) => own.reason,
        (_, 1.0) => format!("{} = {verdict}", own.reason),
        (_, 0.0) => format!("not for {}", kinds.names),
        (_, share) => format!("({}) × {share} for {} = {verdict}", own.reason, kinds.names),
    };
    Need { construct: id.to_owned(), need: Some(need), effect, reason }
}

fn gate(id: &str, facts: &Facts, needs: &Needs, kinds: KindShare, parameters: &Parameters) -> Need {
    let gate = gates::gate(id, facts, needs, parameters.section("need").table("gates"));
    let (effect, reason) = match kinds.share {
        0.0 => (0.0, format!("not for {}", kinds.names)),
        _ if gate.open => (1.0, gate.reason),
        _ => (0.0, gate.reason),
    };
    Need { construct: id.to_owned(), need: None, effect, reason }
}

/// How much of a need the kinds of packages leave.
struct KindShare {
    share: f64,
    names: String,
}

/// The largest share among the kinds of the system: one package that needs a pattern is enough.
fn kinds(construct: &str, facts: &Facts, parameters: &Parameters) -> KindShare {
    let constants = parameters.section("kinds");
    let of = |kind: &str| constants.table(kind).number_if_any(construct).unwrap_or(1.0);
    let mut kinds: Vec<_> = facts.kinds.clone();
    kinds.sort_unstable();
    kinds.dedup();
    // Tools, libraries and firmware that keep nothing in a database lack no pattern of services.
    let apart = !kinds.is_empty() && !kinds.contains(&PackageKind::Service) && facts.persistence < 1.0;
    let share = match apart && constants.words("of_services").iter().any(|id| id == construct) {
        true => 0.0,
        false => kinds.iter().map(|kind| of(kind.key())).reduce(f64::max).unwrap_or(1.0),
    };
    let names: Vec<&str> = kinds.iter().map(|kind| kind.plural()).collect();
    KindShare { share, names: names.join(" and ") }
}
