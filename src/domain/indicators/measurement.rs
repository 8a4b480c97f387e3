//! What one indicator says.

use crate::domain::finding::evidence::Evidence;
use crate::domain::policy::model::{IndicatorSpec, Scoring};

/// What one indicator says of one system.
///
/// Invariant: `confidence` and `n` are 0 where it is not applicable, and `reason` then says why.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// Id of the indicator, `purity.infra_free_items`.
    pub indicator: String,
    /// Points, 0 to 100; none where it is not applicable, which is neither 0 nor 100.
    pub value: Option<f64>,
    /// How many members were counted.
    pub n: u32,
    /// Its weight among the indicators of its construct.
    pub weight: f64,
    /// How far it can be trusted, 0 to 1.
    pub confidence: f64,
    /// What was counted, or why there was nothing to count: one line, lower case, no full stop.
    pub reason: String,
    /// What takes points away.
    pub evidence: Vec<Evidence>,
}

/// What was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Population {
    /// So many members.
    Members(u32),
    /// None at all, though the pattern is needed: that it is missing is the finding.
    Absence,
}

impl Measurement {
    /// A measurement of `value` points.
    ///
    /// `role_confidence` is the mean confidence of the roles of the members, one vote for each member,
    /// and 1 for facts that need no role.
    pub fn new(
        spec: &IndicatorSpec,
        value: f64,
        population: Population,
        role_confidence: f64,
        scoring: &Scoring,
    ) -> Self {
        let (n, trust) = match population {
            Population::Members(n) => (n, scoring.population(n)),
            Population::Absence => (0, scoring.absence_population),
        };
        Self {
            indicator: spec.id.clone(),
            value: Some(value),
            n,
            weight: spec.weight,
            confidence: trust * role_confidence,
            reason: String::new(),
            evidence: Vec::new(),
        }
    }

    /// An indicator that says nothing here, and why.
    pub fn not_applicable(spec: &IndicatorSpec, reason: impl Into<String>) -> Self {
        Self {
            indicator: spec.id.clone(),
            value: None,
            n: 0,
            weight: spec.weight,
            confidence: 0.0,
            reason: reason.into(),
            evidence: Vec::new(),
        }
    }

    /// The same, with what was counted in words.
    pub fn because(self, reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), ..self }
    }

    /// The same, with what takes points away.
    pub fn with_evidence(self, evidence: Vec<Evidence>) -> Self {
        Self { evidence, ..self }
    }

    /// Whether it says anything.
    pub fn applicable(&self) -> bool {
        self.value.is_some()
    }
}
