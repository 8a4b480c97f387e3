//! Counting: members that are as they should be, out of all; what each of the others costs.

use crate::domain::census::{Census, ItemNo};
use crate::domain::finding::evidence::Evidence;
use crate::domain::graph::Place;
use crate::domain::indicators::measurement::{Measurement, Population};
use crate::domain::indicators::scene::Scene;
use crate::domain::policy::arithmetic::share;
use crate::domain::policy::model::IndicatorSpec;

/// One member of what is counted.
#[derive(Clone, Debug)]
pub struct Member {
    /// The item, whose module's role is trusted more or less.
    pub item: ItemNo,
    /// Where to look.
    pub place: Place,
    /// How much it weighs in the share: 1, or a size.
    pub size: f64,
    /// How many members it stands for: 1, or its decisions.
    pub votes: u32,
    /// How much of it is as it should be, 0 to 1.
    pub worth: f64,
    /// What is the case where it is not: lower case, no full stop, twelve words at most.
    pub fact: String,
}

impl Member {
    /// A member that is as it should be, seen at the name of the item.
    pub fn good(census: &Census<'_>, item: ItemNo) -> Self {
        let place = census.item(item).place;
        Self { item, place, size: 1.0, votes: 1, worth: 1.0, fact: String::new() }
    }

    /// A member that is not.
    pub fn bad(census: &Census<'_>, item: ItemNo, fact: impl Into<String>) -> Self {
        Self { worth: 0.0, fact: fact.into(), ..Self::good(census, item) }
    }

    /// The same, at another place.
    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// The same, weighing so much; its vote stays one.
    #[must_use]
    pub fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }

    /// The same, standing for so many members.
    #[must_use]
    pub fn times(self, votes: u32) -> Self {
        Self { size: f64::from(votes), votes, ..self }
    }

    /// The same, worth so much, with the reason.
    #[must_use]
    pub fn worth(self, worth: f64, fact: impl Into<String>) -> Self {
        Self { worth, fact: fact.into(), ..self }
    }
}

/// Members, in the order in which they were added: items in the order of the census give sums that are
/// the same bit by bit.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    members: Vec<Member>,
    votes: Option<f64>,
}

impl Tally {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing yet, of what needs no role to be known.
    pub fn of_facts() -> Self {
        Self { members: Vec::new(), votes: Some(1.0) }
    }

    /// One more.
    pub fn add(&mut self, member: Member) {
        self.members.push(member);
    }

    /// Whether there is nothing to count.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// How many members there are.
    pub fn population(&self) -> u32 {
        self.members.iter().map(|member| member.votes).sum()
    }

    /// The share that is as it should be; none where there is nothing.
    pub fn good_share(&self) -> Option<f64> {
        let (good, whole) = self.sums();
        share(good, whole)
    }

    /// Points for the share of what is as it should be. `what` follows "3 of 4", `nothing` says why
    /// there was nothing to count.
    pub fn measure(self, scene: &Scene<'_>, spec: &IndicatorSpec, what: &str, nothing: &str) -> Measurement {
        let (good, whole) = self.sums();
        let Some(share) = share(good, whole) else { return Measurement::not_applicable(spec, nothing) };
        let value = spec.score(share);
        self.result(
            scene,
            spec,
            value,
            100.0 - value,
            format!("{} of {} {what}", number(good), number(whole)),
        )
    }

    /// Points for the share of what is *not* as it should be: a state of which little is best.
    pub fn measure_bad(
        self,
        scene: &Scene<'_>,
        spec: &IndicatorSpec,
        what: &str,
        nothing: &str,
    ) -> Measurement {
        let (good, whole) = self.sums();
        let bad = whole - good;
        let Some(share) = share(bad, whole) else { return Measurement::not_applicable(spec, nothing) };
        let value = spec.score(share);
        self.result(scene, spec, value, value, format!("{} of {} {what}", number(bad), number(whole)))
    }

    /// A measurement of these members with points that were found otherwise; what is lost, 0 to 100, is
    /// shared among the members by what each lacks.
    pub fn result(
        self,
        scene: &Scene<'_>,
        spec: &IndicatorSpec,
        value: f64,
        lost: f64,
        reason: String,
    ) -> Measurement {
        let trust = self.trust(scene);
        let population = Population::Members(self.population());
        Measurement::new(spec, value, population, trust, &scene.parameters.scoring)
            .because(reason)
            .with_evidence(self.evidence(scene.census, lost))
    }

    /// Mean confidence of the roles of the members, one vote each.
    fn trust(&self, scene: &Scene<'_>) -> f64 {
        if let Some(fixed) = self.votes {
            return fixed;
        }
        let vote =
            |member: &Member| f64::from(member.votes) * scene.roles.confidence(scene.census, member.item);
        share(self.members.iter().map(vote).sum(), f64::from(self.population())).unwrap_or(0.0)
    }

    fn sums(&self) -> (f64, f64) {
        let good = self.members.iter().map(|member| member.size * member.worth).sum();
        (good, self.members.iter().map(|member| member.size).sum())
    }

    fn evidence(&self, census: &Census<'_>, lost: f64) -> Vec<Evidence> {
        let lack = |member: &Member| member.size * (1.0 - member.worth);
        let all: f64 = self.members.iter().map(lack).sum();
        let bad = self.members.iter().filter(|member| lack(member) > 0.0);
        bad.map(|member| Evidence {
            site: census.site(member.place),
            item: census.id(member.item),
            fact: member.fact.clone(),
            loss: lost * lack(member) / all,
        })
        .collect()
    }
}

/// A pattern that is needed and missing altogether.
pub fn absent(scene: &Scene<'_>, spec: &IndicatorSpec, value: f64, reason: impl Into<String>) -> Measurement {
    Measurement::new(spec, value, Population::Absence, 1.0, &scene.parameters.scoring).because(reason)
}

/// A count as people write it: one decimal where it is not whole.
fn number(x: f64) -> String {
    if x.fract() == 0.0 { format!("{x:.0}") } else { format!("{x:.1}") }
}
