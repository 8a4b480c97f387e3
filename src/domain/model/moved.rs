//! What moved between two models of one system, and which indicators moved it.

use crate::domain::finding::evidence::{Evidence, worst};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::model::own::own;
use crate::domain::model::propagate::{Inputs, Node, propagate};
use crate::domain::model::score::inputs;
use crate::domain::model::{Construct, Model};
use crate::domain::policy::model::{Kind, Parameters, Sign};

/// From so many points on a change is told: less is the noise of counting.
pub const VISIBLE: f64 = 0.5;

/// Causes that are named for each.
const NAMED: usize = 3;

/// Share of the largest cause that another must have to be named.
const ASIDE: f64 = 0.1;

/// A construct whose value is another than before.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreMove {
    /// Its id.
    pub construct: String,
    /// Its name for people.
    pub name: String,
    /// What it is in the chain of causes.
    pub kind: Kind,
    /// Whether a high value is good.
    pub polarity: Sign,
    /// Its value before, 0 to 100; none where it was not scored.
    pub before: Option<f64>,
    /// Its value now.
    pub now: Option<f64>,
    /// Why it is scored only on one side: lower case, no full stop; empty where it is on both.
    pub reason: String,
    /// What moved it, the most first.
    pub causes: Vec<Cause>,
}

/// Something that moved a construct.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// What it is.
    pub what: Mover,
    /// Its value before: points of an indicator, the weight of a need from 0 to 1.
    pub before: Option<f64>,
    /// Its value now.
    pub now: Option<f64>,
    /// Points by which it alone moves the construct.
    pub points: f64,
    /// The gravest evidence that came, where it got worse, or went, where it got better.
    pub evidence: Option<Evidence>,
}

/// What can move a construct.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mover {
    /// An indicator, by its id.
    Indicator(String),
    /// The need of a construct, by its id.
    Need(String),
}

impl ScoreMove {
    /// Whether it got better; what came or went is neither.
    pub fn is_better(&self) -> Option<bool> {
        let (before, now) = (self.before?, self.now?);
        Some(self.polarity.toward_good(now) > self.polarity.toward_good(before))
    }
}

/// Constructs whose shown value moved visibly, outcomes first, then what moved most. Both models are of
/// the same parameters.
pub fn moved(parameters: &Parameters, before: &Model, now: &Model) -> Vec<ScoreMove> {
    let shown = |construct: &Construct| {
        // An outcome with too little evidence is shown nowhere.
        let hidden = construct.kind == Kind::Outcome && !parameters.trust.is_enough(construct.confidence());
        construct.value().filter(|_| !hidden)
    };
    let trials = trials(parameters, before, now);
    let mut moves: Vec<ScoreMove> = Vec::new();
    for (place, (old, new)) in before.constructs.iter().zip(&now.constructs).enumerate() {
        let (was, is) = (shown(old), shown(new));
        let visible = match (was, is) {
            (Some(was), Some(is)) => (is - was).abs() >= VISIBLE,
            (None, None) => false,
            // What is hidden has a value all the same, and did not come or go.
            _ => old.value().is_some() != new.value().is_some(),
        };
        if !visible {
            continue;
        }
        let reason = match (was, is) {
            (Some(_), Some(_)) => String::new(),
            _ => new.reason(),
        };
        moves.push(ScoreMove {
            construct: new.id.clone(),
            name: parameters.constructs[place].name.clone(),
            kind: new.kind,
            polarity: new.polarity,
            before: was,
            now: is,
            reason,
            causes: causes(place, &trials),
        });
    }
    let size = |one: &ScoreMove| one.before.zip(one.now).map_or(100.0, |(was, is)| (is - was).abs());
    moves.sort_by(|a, b| b.kind.cmp(&a.kind).then_with(|| size(b).total_cmp(&size(a))));
    moves
}

/// One thing changed and all else as before: by how much each construct moves.
struct Trial {
    cause: Cause,
    shifts: Vec<Option<f64>>,
}

fn trials(parameters: &Parameters, before: &Model, now: &Model) -> Vec<Trial> {
    let base = inputs(&before.constructs);
    let stood = propagate(parameters, &base);
    let run = |after: &Inputs, cause: Cause| {
        let again = propagate(parameters, after);
        let shift = |(old, new): (&Option<Node>, &Option<Node>)| match (old, new) {
            (Some(old), Some(new)) => Some(new.value - old.value),
            _ => None,
        };
        Trial { cause, shifts: stood.iter().zip(&again).map(shift).collect() }
    };
    let mut trials = Vec::new();
    for (place, (old, new)) in before.constructs.iter().zip(&now.constructs).enumerate() {
        if old.need.effect != new.need.effect {
            let mut after = base.clone();
            after.effect[place] = new.need.effect;
            let what = Mover::Need(new.id.clone());
            let (was, is) = (Some(old.need.effect), Some(new.need.effect));
            trials.push(run(&after, Cause { what, before: was, now: is, points: 0.0, evidence: None }));
        }
        for (at, (was, is)) in old.measurements.iter().zip(&new.measurements).enumerate() {
            if was.value == is.value && was.confidence == is.confidence {
                continue;
            }
            let mut mixed = old.measurements.clone();
            mixed[at] = is.clone();
            let mut after = base.clone();
            after.own[place] = own(&mixed, &parameters.scoring, parameters.constructs[place].confidence_cap);
            let cause = Cause {
                what: Mover::Indicator(is.indicator.clone()),
                before: was.value,
                now: is.value,
                points: 0.0,
                evidence: evidence(new.polarity, was, is),
            };
            trials.push(run(&after, cause));
        }
    }
    trials
}

/// What moves a construct most, by itself.
fn causes(place: usize, trials: &[Trial]) -> Vec<Cause> {
    let mut causes: Vec<Cause> = trials
        .iter()
        .filter_map(|trial| {
            let points = trial.shifts[place].filter(|points| points.abs() >= VISIBLE / 10.0)?;
            Some(Cause { points, ..trial.cause.clone() })
        })
        .collect();
    causes.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()).then_with(|| a.what.cmp(&b.what)));
    // Beside what moved it most, the small change explains nothing.
    let least = causes.first().map_or(0.0, |most| most.points.abs() * ASIDE);
    causes.retain(|cause| cause.points.abs() >= least);
    causes.truncate(NAMED);
    causes
}

/// The gravest evidence that came where an indicator got worse, or went where it got better.
fn evidence(polarity: Sign, was: &Measurement, is: &Measurement) -> Option<Evidence> {
    let only = |one: &Measurement, other: &Measurement| {
        let known = |evidence: &Evidence| {
            other.evidence.iter().any(|old| (&old.item, &old.fact) == (&evidence.item, &evidence.fact))
        };
        let fresh: Vec<Evidence> = one.evidence.iter().filter(|one| !known(one)).cloned().collect();
        worst(&fresh, 1).pop()
    };
    let worse = match (was.value, is.value) {
        (Some(was), Some(is)) => polarity.toward_good(is) < polarity.toward_good(was),
        (None, _) => true,
        (Some(_), None) => false,
    };
    if worse { only(is, was) } else { only(was, is) }
}
