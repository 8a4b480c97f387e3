//! What the indicators of one construct say together.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::policy::model::Scoring;

/// A score and how far it can be trusted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Own {
    /// 0 to 100, in the natural direction of the construct.
    pub score: f64,
    /// 0 to 1.
    pub confidence: f64,
}

/// The weighted mean of the indicators that apply; none where none does, or none of them has weight.
///
/// Their confidence counts in the same way, and sinks with the weight of those that do not apply. It
/// is never above `cap`.
pub fn own(measurements: &[Measurement], scoring: &Scoring, cap: f64) -> Option<Own> {
    let (mut all, mut applicable, mut score, mut confidence) = (0.0, 0.0, 0.0, 0.0);
    for measurement in measurements {
        all += measurement.weight;
        let Some(value) = measurement.value else { continue };
        applicable += measurement.weight;
        score += measurement.weight * value;
        confidence += measurement.weight * measurement.confidence;
    }
    if applicable <= 0.0 {
        return None;
    }
    let base = scoring.coverage_base;
    let coverage = base + (1.0 - base) * (applicable / all);
    // A mean of hundreds can come out a hair above a hundred.
    let score = (score / applicable).clamp(0.0, 100.0);
    Some(Own { score, confidence: (confidence / applicable * coverage).min(cap) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scoring() -> Scoring {
        Scoring { population_full: 5.0, population_floor: 0.2, absence_population: 0.8, coverage_base: 0.5 }
    }

    fn measured(weight: f64, value: Option<f64>, confidence: f64) -> Measurement {
        let indicator = "a.b".to_owned();
        Measurement {
            indicator,
            value,
            n: 5,
            weight,
            confidence,
            reason: String::new(),
            evidence: Vec::new(),
        }
    }

    #[test]
    fn what_does_not_apply_is_neither_nothing_nor_all() {
        let all = [measured(0.5, Some(80.0), 0.6), measured(0.5, None, 0.0)];
        let found = own(&all, &scoring(), 1.0).expect("one applies");
        assert_eq!(found.score, 80.0);
        assert!((found.confidence - 0.6 * 0.75).abs() < 1e-12, "half of the weight is unseen");
    }

    #[test]
    fn nothing_that_applies_is_no_score() {
        assert_eq!(own(&[], &scoring(), 1.0), None);
        assert_eq!(own(&[measured(1.0, None, 0.0)], &scoring(), 1.0), None);
        assert_eq!(own(&[measured(0.0, Some(50.0), 1.0)], &scoring(), 1.0), None);
    }

    #[test]
    fn trust_has_a_cap() {
        let found = own(&[measured(1.0, Some(50.0), 1.0)], &scoring(), 0.6).expect("it applies");
        assert_eq!(found.confidence, 0.6);
    }
}
