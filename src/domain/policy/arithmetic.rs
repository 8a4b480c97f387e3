//! The little arithmetic that needs, indicators and the causal model share.

/// A straight line from 0 points to 100, flat outside.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ramp {
    /// Where 0 points are given.
    pub from: f64,
    /// Where 100 points are given; below `from` the ramp falls.
    pub to: f64,
}

impl Ramp {
    /// A ramp between two ends.
    pub const fn new(from: f64, to: f64) -> Self {
        Self { from, to }
    }

    /// Points for `x`, 0 to 100. A ramp without length is a step: 100 from there on.
    pub fn score(self, x: f64) -> f64 {
        100.0 * self.share(x)
    }

    /// How far along the ramp `x` lies, 0 to 1.
    pub fn share(self, x: f64) -> f64 {
        if self.from == self.to {
            return if x >= self.to { 1.0 } else { 0.0 };
        }
        clamp((x - self.from) / (self.to - self.from))
    }
}

/// `x` within 0 and 1.
pub fn clamp(x: f64) -> f64 {
    x.clamp(0.0, 1.0)
}

/// `part / whole`; none where there is no whole.
pub fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// The mean, one vote each, summed in the order given; none of nothing.
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values {
        sum += value;
        count += 1.0;
    }
    share(sum, count)
}

/// With one decimal, half away from zero: the way scores are printed.
pub fn tenth(x: f64) -> String {
    let rounded = (x * 10.0).round() / 10.0;
    // Minus zero is nobody's number.
    format!("{:.1}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// With two decimals, half away from zero: the way needs and confidences are printed.
pub fn hundredth(x: f64) -> String {
    let rounded = (x * 100.0).round() / 100.0;
    format!("{:.2}", if rounded == 0.0 { 0.0 } else { rounded })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ramps_rise_fall_and_stay_within() {
        let rising = Ramp::new(0.5, 1.0);
        assert_eq!([0.0, 0.5, 0.75, 1.0, 2.0].map(|x| rising.score(x)), [0.0, 0.0, 50.0, 100.0, 100.0]);
        let falling = Ramp::new(12.0, 6.0);
        assert_eq!([2.0, 6.0, 9.0, 12.0, 40.0].map(|x| falling.score(x)), [100.0, 100.0, 50.0, 0.0, 0.0]);
        let step = Ramp::new(0.5, 0.5);
        assert_eq!([0.4, 0.5].map(|x| step.score(x)), [0.0, 100.0]);
    }

    #[test]
    fn nothing_has_no_share_and_no_mean() {
        assert_eq!(share(0.0, 0.0), None);
        assert_eq!(share(1.0, 4.0), Some(0.25));
        assert_eq!(mean([]), None);
        assert_eq!(mean([1.0, 2.0, 6.0]), Some(3.0));
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!([0.25, -0.25, 74.6345, -0.04, 100.0].map(tenth), ["0.3", "-0.3", "74.6", "0.0", "100.0"]);
        assert_eq!([0.125, -0.001, 1.0].map(hundredth), ["0.13", "0.00", "1.00"]);
    }
}
