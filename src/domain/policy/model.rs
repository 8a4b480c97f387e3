//! The causal model as asked for: constructs, links, indicators, steps, and every constant of theirs.

use crate::domain::policy::arithmetic::{Ramp, clamp};
use crate::domain::policy::constants::Constants;

/// Everything the model is made of. The default is an empty model, which scores nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameters {
    /// Levers, then mediators, then outcomes; what other lists count by is the place in this one.
    pub constructs: Vec<ConstructSpec>,
    /// What influences what, in the order in which influences are summed.
    pub links: Vec<Link>,
    /// Constructs in an order in which causes come before effects.
    pub order: Vec<usize>,
    /// Indicators, construct by construct, in the order in which they are summed.
    pub indicators: Vec<IndicatorSpec>,
    /// The steps of the plan; the first is step 1.
    pub steps: Vec<Step>,
    /// How indicators become scores.
    pub scoring: Scoring,
    /// How the plan is made.
    pub plan: PlanRules,
    /// How confidence is put into words.
    pub trust: Trust,
    /// By how many points a lever is raised in a what-if, unless said otherwise.
    pub points: f64,
    /// Paths of the constants that are guesses, to be calibrated.
    pub guesses: Vec<String>,
    /// Every constant that a workspace can change, by section.
    pub constants: Constants,
}

/// What a construct is in the chain of causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A practice of the book: measured, and worth it where there is need.
    Lever,
    /// A state of the code: measured, and caused.
    Mediator,
    /// What it is all for: caused only, as no source code shows it.
    Outcome,
}

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// More of the one is more of the other; high is good.
    Plus,
    /// More of the one is less of the other; high is bad.
    Minus,
}

/// A construct of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstructSpec {
    /// Its id, `purity`.
    pub id: String,
    /// What it is in the chain of causes.
    pub kind: Kind,
    /// Whether a high value is good.
    pub polarity: Sign,
    /// Its name for people.
    pub name: String,
    /// Its name where the model was first written down.
    pub seed: String,
    /// Its name in the links there.
    pub seed_link: String,
    /// How it was filed there, where that differs from `kind`; without effect.
    pub seed_kind: Option<String>,
    /// How much of a mediator is what is measured, where measurement and causes are trusted alike;
    /// 0 to 1, and 1 for levers, 0 for outcomes.
    pub own_share: f64,
    /// Most that its own score can be trusted, 0 to 1.
    pub confidence_cap: f64,
    /// Weight of an outcome in the number that ranks steps.
    pub headline: f64,
}

/// An influence of one construct on another.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The cause.
    pub from: usize,
    /// The effect.
    pub to: usize,
    /// Whether more of the cause is more of the effect.
    pub sign: Sign,
    /// Its strength, 0 or more.
    pub k: f64,
    /// Why it is believed.
    pub ground: String,
}

/// What an indicator asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asks {
    /// Whether a pattern is there: 0 where it is needed and missing.
    Presence,
    /// How well it is done: not applicable where it is missing.
    Quality,
    /// How things are, whatever pattern brings it about.
    State,
}

/// An indicator: one measurement of one construct.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorSpec {
    /// Its id, `purity.infra_free_items`.
    pub id: String,
    /// Whose score it is part of.
    pub construct: usize,
    /// Its weight among the indicators of that construct.
    pub weight: f64,
    /// What it asks.
    pub asks: Asks,
    /// From what it counts to points, where that is a ramp.
    pub ramp: Option<Ramp>,
    /// All its constants.
    pub constants: Constants,
}

/// A step of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its id, `unit_of_work`.
    pub id: String,
    /// What is done.
    pub name: String,
    /// The construct it raises, or lowers where high is bad.
    pub construct: usize,
    /// Places in [`Parameters::indicators`].
    pub indicators: Vec<usize>,
    /// Places of the steps that come first.
    pub after: Vec<usize>,
    /// How much work it is, more than 0.
    pub effort: f64,
    /// Done only with so many unit tests that name a domain item.
    pub unit_tests: u32,
}

/// How indicators become scores.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scoring {
    /// Members from which an indicator is fully trusted.
    pub population_full: f64,
    /// Least trust for few members.
    pub population_floor: f64,
    /// Trust in a finding that a pattern is missing altogether.
    pub absence_population: f64,
    /// Confidence that stays where almost no indicator applies.
    pub coverage_base: f64,
}

/// How the plan is made; scores are 0 to 100.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanRules {
    /// From here a step is done.
    pub done: f64,
    /// From here it is partial.
    pub partial: f64,
    /// What the indicators of a step are raised to in order to price it.
    pub target: f64,
    /// What a state is lowered to where high is bad.
    pub coupling_target: f64,
    /// Factor of a step whose prerequisites are absent.
    pub unready: f64,
    /// Factor of a step whose construct cannot be trusted at all; 1 where it can be trusted fully.
    pub trust_base: f64,
    /// Own score of global coupling from which use cases come first …
    pub mud_first: f64,
    /// … while the step of the service layer is below this.
    pub service_layer_first: f64,
}

/// How confidence is put into words; each 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trust {
    /// Good from here.
    pub good: f64,
    /// Fair from here.
    pub fair: f64,
    /// Weak from here; below there is too little evidence.
    pub weak: f64,
}

impl Kind {
    /// All kinds, causes first.
    pub const ALL: [Self; 3] = [Self::Lever, Self::Mediator, Self::Outcome];

    /// The word used in output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lever => "lever",
            Self::Mediator => "mediator",
            Self::Outcome => "outcome",
        }
    }
}

impl Sign {
    /// Both signs.
    pub const ALL: [Self; 2] = [Self::Plus, Self::Minus];

    /// The sign as it is written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
        }
    }

    /// 1 or −1.
    pub const fn factor(self) -> f64 {
        match self {
            Self::Plus => 1.0,
            Self::Minus => -1.0,
        }
    }

    /// A value seen so that high is good: itself, or what it lacks to 100.
    pub fn toward_good(self, value: f64) -> f64 {
        match self {
            Self::Plus => value,
            Self::Minus => 100.0 - value,
        }
    }
}

impl Asks {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Presence, Self::Quality, Self::State];

    /// The word used in configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Quality => "quality",
            Self::State => "state",
        }
    }
}

impl IndicatorSpec {
    /// Points for what was counted, 0 to 100.
    ///
    /// # Panics
    /// Where the indicator has no ramp in `rules/model.toml`.
    pub fn score(&self, counted: f64) -> f64 {
        self.ramp.unwrap_or_else(|| self.constants.ramp("ramp")).score(counted)
    }

    /// Its name within its construct, `infra_free_items`.
    pub fn name(&self) -> &str {
        self.id.split_once('.').map_or(&self.id, |(_, name)| name)
    }
}

impl Scoring {
    /// Trust in a population of `n` members, 0 to 1: c_pop of the specification.
    pub fn population(&self, n: u32) -> f64 {
        clamp((f64::from(n) / self.population_full).max(self.population_floor))
    }
}

impl Trust {
    /// A confidence in words.
    pub fn words(&self, confidence: f64) -> &'static str {
        match confidence {
            c if c >= self.good => "good",
            c if c >= self.fair => "fair",
            c if c >= self.weak => "weak",
            _ => "too little evidence",
        }
    }

    /// Whether there is evidence enough for a value to be shown.
    pub fn is_enough(&self, confidence: f64) -> bool {
        confidence >= self.weak
    }
}

impl Parameters {
    /// The place of a construct.
    pub fn construct(&self, id: &str) -> Option<usize> {
        self.constructs.iter().position(|construct| construct.id == id)
    }

    /// An indicator by its full id, `purity.infra_free_items`.
    pub fn indicator(&self, id: &str) -> Option<&IndicatorSpec> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }

    /// The indicators of a construct, in order.
    pub fn indicators_of(&self, construct: usize) -> impl Iterator<Item = &IndicatorSpec> {
        self.indicators.iter().filter(move |indicator| indicator.construct == construct)
    }

    /// A section of constants, `facts`.
    ///
    /// # Panics
    /// Where `rules/model.toml` has no such section.
    pub fn section(&self, name: &str) -> &Constants {
        self.constants.table(name)
    }

    /// Families of technology that keep things in a store which speaks a language of its own.
    ///
    /// # Panics
    /// Where `rules/model.toml` has none.
    pub fn stores(&self) -> &[String] {
        self.section("facts").words("store_families")
    }
}

/// Constructs in an order in which causes come before effects, the earlier of equals first; none where
/// links go in a circle.
pub fn order(constructs: usize, links: &[Link]) -> Option<Vec<usize>> {
    let mut done: Vec<usize> = Vec::with_capacity(constructs);
    while done.len() < constructs {
        let waits = |node: usize| links.iter().any(|link| link.to == node && !done.contains(&link.from));
        let next = (0..constructs).find(|node| !done.contains(node) && !waits(*node))?;
        done.push(next);
    }
    Some(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(from: usize, to: usize) -> Link {
        Link { from, to, sign: Sign::Plus, k: 1.0, ground: String::new() }
    }

    #[test]
    fn causes_come_first_and_then_the_earlier() {
        assert_eq!(order(4, &[link(3, 1), link(1, 0)]), Some(vec![2, 3, 1, 0]));
        assert_eq!(order(0, &[]), Some(vec![]));
    }

    #[test]
    fn a_circle_has_no_order() {
        assert_eq!(order(5, &[link(0, 1), link(1, 2), link(2, 3), link(3, 2), link(3, 4)]), None);
        assert_eq!(order(1, &[link(0, 0)]), None);
    }

    #[test]
    fn few_members_are_trusted_little_but_never_not_at_all() {
        let scoring = Scoring { population_full: 5.0, population_floor: 0.2, ..Scoring::default() };
        assert_eq!([0, 1, 2, 5, 900].map(|n| scoring.population(n)), [0.2, 0.2, 0.4, 1.0, 1.0]);
    }

    #[test]
    fn confidence_in_words() {
        let trust = Trust { good: 0.7, fair: 0.5, weak: 0.35 };
        let words = [0.7, 0.69, 0.5, 0.35, 0.34].map(|confidence| trust.words(confidence));
        assert_eq!(words, ["good", "fair", "fair", "weak", "too little evidence"]);
        assert!(trust.is_enough(0.35) && !trust.is_enough(0.349));
    }
}
