//! What stands behind a number: a place, a fact, and what it costs.

use crate::domain::finding::Site;

/// One member of what was counted that takes points away.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Where it is.
    pub site: Site,
    /// Id of the item.
    pub item: String,
    /// What is the case: lower case, no full stop, twelve words at most.
    pub fact: String,
    /// Points of the indicator that it costs, 0 to 100.
    pub loss: f64,
}

/// The evidence that costs most, largest loss first, then by place.
pub fn worst(evidence: &[Evidence], most: usize) -> Vec<Evidence> {
    let place = |one: &Evidence, other: &Evidence| {
        (&one.site, &one.item, &one.fact).cmp(&(&other.site, &other.item, &other.fact))
    };
    let mut sorted: Vec<&Evidence> = evidence.iter().collect();
    sorted.sort_by(|a, b| b.loss.total_cmp(&a.loss).then_with(|| place(a, b)));
    sorted.into_iter().take(most).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_come_first_and_equals_by_place() {
        let at = |line: u32, loss: f64| Evidence {
            site: Site { file: "a.rs".to_owned(), line, ..Site::default() },
            loss,
            ..Evidence::default()
        };
        let lines = |found: Vec<Evidence>| found.iter().map(|one| one.site.line).collect::<Vec<_>>();
        let all = [at(9, 1.0), at(3, 5.0), at(4, 1.0), at(1, 0.5)];
        assert_eq!(lines(worst(&all, 3)), [3, 4, 9]);
        assert!(worst(&[], 3).is_empty());
    }
}
