//! The model, the plan and what-if as JSON.

use serde::Serialize;

use crate::adapters::render::json::{VERSION, print};
use crate::application::score::{Scored, Tests};
use crate::domain::checks::Check;
use crate::domain::finding::evidence::Evidence;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::model::Construct;
use crate::domain::model::plan::StepState;
use crate::domain::model::whatif::{Range, WhatIf};
use crate::domain::policy::model::Kind;

/// The whole model: every construct with its indicators, the plan, the tests.
pub fn score(scored: &Scored) -> String {
    print(&Document {
        version: VERSION,
        workspace: &scored.workspace,
        model_derived: true,
        constructs: scored.model.constructs.iter().map(|one| JsonConstruct::of(one, scored)).collect(),
        plan: steps(scored),
        next: scored.plan.next.first().copied(),
        tests: JsonTests::of(scored.tests),
        honoured: scored.parameters.section("scoring").flag("honour_allow").then_some(scored.honoured),
        checks: scored.checks.iter().map(|check| JsonCheck::of(check, scored)).collect(),
        need: JsonFacts::of(scored),
    })
}

/// The plan alone.
pub fn plan(scored: &Scored) -> String {
    print(&PlanDocument {
        version: VERSION,
        workspace: &scored.workspace,
        plan: steps(scored),
        next: scored.plan.next.first().copied(),
        overgrown: scored.plan.overgrown,
    })
}

/// What a change would do.
pub fn what_if(found: &WhatIf) -> String {
    print(&WhatIfDocument {
        version: VERSION,
        model_derived: true,
        changes: found
            .changes
            .iter()
            .map(|change| JsonChange { id: &change.construct, from: change.from, to: change.to })
            .collect(),
        shifts: found
            .shifts
            .iter()
            .map(|shift| JsonShift {
                id: &shift.construct,
                kind: word(shift.kind),
                range: shift.range.into(),
                confidence: shift.confidence,
            })
            .collect(),
    })
}

fn steps(scored: &Scored) -> Vec<JsonStep<'_>> {
    scored.plan.steps.iter().map(JsonStep::of).collect()
}

/// The word of a kind.
pub const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Lever => "lever",
        Kind::Mediator => "mediator",
        Kind::Outcome => "outcome",
    }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    workspace: &'a str,
    #[serde(rename = "modelDerived")]
    model_derived: bool,
    constructs: Vec<JsonConstruct<'a>>,
    plan: Vec<JsonStep<'a>>,
    next: Option<u32>,
    tests: JsonTests,
    #[serde(rename = "honouredAllows", skip_serializing_if = "Option::is_none")]
    honoured: Option<u32>,
    checks: Vec<JsonCheck<'a>>,
    need: JsonFacts,
}

#[derive(Serialize)]
struct PlanDocument<'a> {
    version: u32,
    workspace: &'a str,
    plan: Vec<JsonStep<'a>>,
    next: Option<u32>,
    overgrown: bool,
}

#[derive(Serialize)]
struct WhatIfDocument<'a> {
    version: u32,
    #[serde(rename = "modelDerived")]
    model_derived: bool,
    changes: Vec<JsonChange<'a>>,
    shifts: Vec<JsonShift<'a>>,
}

#[derive(Serialize)]
struct JsonChange<'a> {
    id: &'a str,
    from: f64,
    to: f64,
}

#[derive(Serialize)]
struct JsonShift<'a> {
    id: &'a str,
    kind: &'static str,
    #[serde(flatten)]
    range: JsonRange,
    confidence: f64,
}

#[derive(Serialize)]
struct JsonRange {
    now: f64,
    full: f64,
}

impl From<Range> for JsonRange {
    fn from(range: Range) -> Self {
        Self { now: range.now, full: range.full }
    }
}

/// A construct: its numbers and those of its indicators.
#[derive(Serialize)]
pub struct JsonConstruct<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'static str,
    polarity: &'static str,
    value: Option<f64>,
    confidence: f64,
    need: Option<f64>,
    effect: f64,
    applicable: bool,
    reason: String,
    own: Option<f64>,
    indicators: Vec<JsonIndicator<'a>>,
}

impl<'a> JsonConstruct<'a> {
    /// Its numbers.
    pub fn of(construct: &'a Construct, scored: &'a Scored) -> Self {
        let spec = scored.parameters.constructs.iter().find(|spec| spec.id == construct.id);
        Self {
            id: &construct.id,
            name: spec.map_or("", |spec| &spec.name),
            kind: word(construct.kind),
            polarity: construct.polarity.word(),
            value: construct.value(),
            confidence: construct.confidence(),
            need: construct.need.need,
            effect: construct.need.effect,
            applicable: construct.applicable(),
            reason: construct.reason(),
            own: construct.own.map(|own| own.score),
            indicators: construct.measurements.iter().map(JsonIndicator::of).collect(),
        }
    }
}

/// An indicator: its numbers and every place.
#[derive(Serialize)]
pub struct JsonIndicator<'a> {
    id: &'a str,
    value: Option<f64>,
    n: u32,
    weight: f64,
    confidence: f64,
    applicable: bool,
    reason: &'a str,
    evidence: Vec<JsonEvidence<'a>>,
}

impl<'a> JsonIndicator<'a> {
    /// Its numbers.
    pub fn of(measured: &'a Measurement) -> Self {
        Self {
            id: &measured.indicator,
            value: measured.value,
            n: measured.n,
            weight: measured.weight,
            confidence: measured.confidence,
            applicable: measured.applicable(),
            reason: &measured.reason,
            evidence: measured.evidence.iter().map(JsonEvidence::of).collect(),
        }
    }
}

/// A check beside an outcome.
#[derive(Serialize)]
struct JsonCheck<'a> {
    id: &'a str,
    outcome: &'a str,
    value: Option<f64>,
    n: u32,
    confidence: f64,
    reason: &'a str,
    disagreement: Option<f64>,
    evidence: Vec<JsonEvidence<'a>>,
}

impl<'a> JsonCheck<'a> {
    fn of(check: &'a Check, scored: &Scored) -> Self {
        let measured = &check.measured;
        Self {
            id: &measured.indicator,
            outcome: &check.outcome,
            value: measured.value,
            n: measured.n,
            confidence: measured.confidence,
            reason: &measured.reason,
            disagreement: check.contradicts(&scored.model, &scored.parameters),
            evidence: measured.evidence.iter().map(JsonEvidence::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct JsonEvidence<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    item: &'a str,
    fact: &'a str,
    loss: f64,
}

impl<'a> JsonEvidence<'a> {
    fn of(evidence: &'a Evidence) -> Self {
        Self {
            file: &evidence.site.file,
            line: evidence.site.line,
            column: evidence.site.column,
            item: &evidence.item,
            fact: &evidence.fact,
            loss: evidence.loss,
        }
    }
}

#[derive(Serialize)]
struct JsonStep<'a> {
    step: u32,
    id: &'a str,
    name: &'a str,
    construct: &'a str,
    status: &'static str,
    score: Option<f64>,
    priority: Option<f64>,
    gain: Option<f64>,
    effort: Option<f64>,
    ready: Option<f64>,
    reaches: Option<f64>,
    reason: &'a str,
    worst: Vec<JsonWorst<'a>>,
}

#[derive(Serialize)]
struct JsonWorst<'a> {
    indicator: &'a str,
    evidence: Vec<JsonEvidence<'a>>,
}

impl<'a> JsonStep<'a> {
    fn of(step: &'a StepState) -> Self {
        Self {
            step: step.number,
            id: &step.id,
            name: &step.name,
            construct: &step.construct,
            status: step.status.word(),
            score: step.score,
            priority: step.worth.map(|worth| worth.priority),
            gain: step.worth.map(|worth| worth.gain),
            effort: step.worth.map(|worth| worth.effort),
            ready: step.worth.map(|worth| worth.ready),
            reaches: step.worth.map(|worth| worth.reaches),
            reason: &step.reason,
            worst: step
                .worst
                .iter()
                .map(|(indicator, evidence)| JsonWorst {
                    indicator,
                    evidence: evidence.iter().map(JsonEvidence::of).collect(),
                })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct JsonTests {
    unit: u32,
    integration: u32,
    e2e: u32,
}

impl JsonTests {
    const fn of(tests: Tests) -> Self {
        Self { unit: tests.unit, integration: tests.integration, e2e: tests.end_to_end }
    }
}

/// The facts that need is computed from.
#[derive(Serialize)]
struct JsonFacts {
    complexity: f64,
    #[serde(rename = "measuredComplexity")]
    measured_complexity: f64,
    persistence: f64,
    #[serde(rename = "useCases")]
    use_cases: u32,
    decisions: u32,
    writers: f64,
    #[serde(rename = "compoundWrites")]
    compound_writes: u32,
    technologies: u32,
    effects: u32,
    services: u32,
    reads: u32,
    #[serde(rename = "complexReads")]
    complex_reads: f64,
    driving: u32,
    #[serde(rename = "eventTypes")]
    event_types: u32,
    #[serde(rename = "domainTypes")]
    domain_types: u32,
    functions: u32,
    kinds: Vec<&'static str>,
}

impl JsonFacts {
    fn of(scored: &Scored) -> Self {
        let facts = &scored.facts;
        Self {
            complexity: scored.needs.complexity,
            measured_complexity: scored.needs.measured_complexity,
            persistence: facts.persistence,
            use_cases: facts.use_cases,
            decisions: facts.decisions,
            writers: facts.writers,
            compound_writes: facts.compound_writes,
            technologies: facts.technologies,
            effects: facts.effects,
            services: facts.services,
            reads: facts.reads,
            complex_reads: facts.complex_reads,
            driving: facts.driving,
            event_types: facts.event_types,
            domain_types: facts.domain_types,
            functions: facts.functions,
            kinds: facts.kinds.iter().map(|kind| kind.key()).collect(),
        }
    }
}
