//! The ten steps of the book: which are done, and which is worth most next.

use crate::domain::finding::evidence::{Evidence, worst};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::model::propagate::{Inputs, Node};
use crate::domain::model::score::inputs;
use crate::domain::model::whatif::{headline_gain, in_full, own_with};
use crate::domain::model::{Construct, Model};
use crate::domain::policy::model::{Kind, Parameters, Sign, Step};

/// Where the system stands in the plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Every step, step 1 first.
    pub steps: Vec<StepState>,
    /// Numbers of the steps that are partial or absent, the one to take next first.
    pub next: Vec<u32>,
    /// Whether use cases come first because the system is overgrown, whatever the priorities say.
    pub overgrown: bool,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepState {
    /// Its number, from 1.
    pub number: u32,
    /// Its id, `unit_of_work`.
    pub id: String,
    /// What is done.
    pub name: String,
    /// Id of the construct it raises, or lowers.
    pub construct: String,
    /// Where it stands.
    pub status: Status,
    /// Weighted mean of its indicators, seen so that high is good, 0 to 100; none where none applies.
    pub score: Option<f64>,
    /// Why it is not needed, or not done though its score would do; empty otherwise.
    pub reason: String,
    /// What taking it would be worth; none where it is done or not needed.
    pub worth: Option<Worth>,
    /// The worst members of each of its indicators that apply.
    pub worst: Vec<(String, Vec<Evidence>)>,
}

/// What a step would be worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// Value of its construct once it is taken.
    pub reaches: f64,
    /// Points that the number which ranks steps gains, all that follows included.
    pub gain: f64,
    /// Weight of the construct by need, 0 to 1.
    pub effect: f64,
    /// 1, or less where what should come first is absent.
    pub ready: f64,
    /// How much work it is.
    pub effort: f64,
    /// What steps are ranked by.
    pub priority: f64,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// There is no need.
    NotNeeded,
    /// Nothing to do.
    Done,
    /// Begun.
    Partial,
    /// Not begun.
    Absent,
}

/// What the plan must know beside the model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Ids of the constructs whose lints have an active finding at level deny.
    pub denied: Vec<String>,
    /// Unit tests that name an item of the domain.
    pub domain_unit_tests: u32,
}

impl Status {
    /// The word used in output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotNeeded => "not needed",
            Self::Done => "done",
            Self::Partial => "partial",
            Self::Absent => "absent",
        }
    }
}

/// The plan for a model.
pub fn plan(parameters: &Parameters, model: &Model, standing: &Standing) -> Plan {
    let mut steps: Vec<StepState> = parameters
        .steps
        .iter()
        .enumerate()
        .map(|(place, step)| state(place, step, parameters, model, standing))
        .collect();
    let statuses: Vec<Status> = steps.iter().map(|step| step.status).collect();
    for (state, step) in steps.iter_mut().zip(&parameters.steps) {
        if matches!(state.status, Status::Partial | Status::Absent) {
            let ready = step.after.iter().all(|before| statuses[*before] != Status::Absent);
            let ready = if ready { 1.0 } else { parameters.plan.unready };
            state.worth = Some(worth(step, ready, parameters, model));
        }
    }
    let mut open: Vec<&StepState> = steps.iter().filter(|step| step.worth.is_some()).collect();
    let priority = |step: &StepState| step.worth.map_or(0.0, |worth| worth.priority);
    open.sort_by(|a, b| priority(b).total_cmp(&priority(a)).then(a.number.cmp(&b.number)));
    let mut next: Vec<u32> = open.iter().map(|step| step.number).collect();
    let first = use_cases_first(&open, parameters, model);
    if let Some(number) = first {
        next.retain(|other| *other != number);
        next.insert(0, number);
    }
    Plan { next, overgrown: first.is_some(), steps }
}

fn state(
    place: usize,
    step: &Step,
    parameters: &Parameters,
    model: &Model,
    standing: &Standing,
) -> StepState {
    let construct = &model.constructs[step.construct];
    let measurements = of_step(step, parameters, construct);
    let score = mean(&measurements, construct.polarity);
    let (status, reason) = status(step, score, construct, parameters, standing);
    let shown = parameters.section("plan").count("worst_shown") as usize;
    StepState {
        number: place as u32 + 1,
        id: step.id.clone(),
        name: step.name.clone(),
        construct: construct.id.clone(),
        status,
        score: score.filter(|_| status != Status::NotNeeded),
        reason,
        worth: None,
        worst: measurements
            .iter()
            .filter(|one| one.applicable())
            .map(|one| (one.indicator.clone(), worst(&one.evidence, shown)))
            .collect(),
    }
}

/// The measurements that a step is about.
fn of_step<'a>(step: &Step, parameters: &Parameters, construct: &'a Construct) -> Vec<&'a Measurement> {
    let ids: Vec<&str> = step.indicators.iter().map(|place| &*parameters.indicators[*place].id).collect();
    construct.measurements.iter().filter(|one| ids.contains(&&*one.indicator)).collect()
}

/// The weighted mean of those that apply, seen so that high is good.
fn mean(measurements: &[&Measurement], polarity: Sign) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for one in measurements {
        let Some(value) = one.value else { continue };
        sum += one.weight * polarity.toward_good(value);
        weights += one.weight;
    }
    (weights > 0.0).then(|| sum / weights)
}

fn status(
    step: &Step,
    score: Option<f64>,
    construct: &Construct,
    parameters: &Parameters,
    standing: &Standing,
) -> (Status, String) {
    if !construct.need.applies() {
        return (Status::NotNeeded, construct.need.reason.clone());
    }
    let rules = &parameters.plan;
    match score {
        None => (Status::Absent, "none of its indicators applies yet".to_owned()),
        Some(score) if score >= rules.done => {
            let denied = standing.denied.contains(&construct.id);
            if denied {
                (Status::Partial, "a finding at level deny stands against it".to_owned())
            } else if standing.domain_unit_tests < step.unit_tests {
                (Status::Partial, "no unit test names an item of the domain".to_owned())
            } else {
                (Status::Done, String::new())
            }
        }
        Some(score) if score >= rules.partial => (Status::Partial, String::new()),
        Some(_) => (Status::Absent, String::new()),
    }
}

/// What a step is worth: its indicators at the target, and all that follows.
fn worth(step: &Step, ready: f64, parameters: &Parameters, model: &Model) -> Worth {
    let construct = &model.constructs[step.construct];
    let (reaches, rise) = rise(step, parameters, construct);
    let nodes: Vec<Option<&Node>> =
        model.constructs.iter().map(|construct| construct.node.as_ref()).collect();
    let inputs: Inputs = inputs(&model.constructs);
    let mut start = vec![0.0; nodes.len()];
    start[step.construct] = rise;
    let gains = in_full(parameters, &nodes, &inputs, &start);
    let gain = headline_gain(parameters, &nodes, &gains);
    let effect = construct.need.effect;
    let base = parameters.plan.trust_base;
    let trust = base + (1.0 - base) * construct.confidence();
    let priority = gain * effect * ready * trust / step.effort;
    Worth { reaches, gain, effect, ready, effort: step.effort, priority }
}

/// What a construct reaches when a step is taken, and by how many points its value changes.
fn rise(step: &Step, parameters: &Parameters, construct: &Construct) -> (f64, f64) {
    let Some(value) = construct.value() else { return (0.0, 0.0) };
    if construct.kind != Kind::Lever {
        // A state as such is what the step changes: nothing that is measured holds it back.
        let reaches = match construct.polarity {
            Sign::Plus => value.max(parameters.plan.target),
            Sign::Minus => value.min(parameters.plan.coupling_target),
        };
        return (reaches, reaches - value);
    }
    let target = parameters.plan.target;
    let raised: Vec<(&str, f64)> = of_step(step, parameters, construct)
        .iter()
        .filter_map(|one| Some((&*one.indicator, one.value?.max(target))))
        .collect();
    let own = own_with(parameters, step.construct, construct, &raised);
    let reaches = own.map_or(value, |own| own.score);
    (reaches, reaches - value)
}

/// The number of the step of the service layer, where the system is overgrown and it is still to be
/// taken: the authors then begin with use cases.
fn use_cases_first(open: &[&StepState], parameters: &Parameters, model: &Model) -> Option<u32> {
    let rules = &parameters.plan;
    let mud = model.get("mud").filter(|mud| mud.applicable())?.own?;
    let step = open.iter().find(|step| step.construct == "svc")?;
    let low = step.score.is_some_and(|score| score < rules.service_layer_first);
    (mud.score >= rules.mud_first && low).then_some(step.number)
}
