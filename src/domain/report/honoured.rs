//! Silenced findings that cost nothing in the scores either, where `[scoring] honour_allow` has it so.

use crate::domain::finding::{Finding, Site};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::report::allowance::read;
use crate::domain::report::suppression::{Remark, covers};

/// What a finding of a rule costs.
pub struct Cost<'c> {
    /// Id of an indicator.
    pub indicator: &'c str,
    /// Whether it is bad where it is high.
    pub is_bad_high: bool,
}

/// Gives back what silenced findings took: the evidence at their lines is left out of what they cost, and
/// its loss returned. Gives how many places are silenced. An allowance that holds until some day is for
/// the diagnostic alone, so that no score changes overnight.
pub fn honour<'c>(
    measured: &mut [Measurement],
    findings: &[Finding],
    remarks: &[Remark],
    costs: impl Fn(&str) -> Vec<Cost<'c>>,
) -> u32 {
    let lasting = |remark: &Remark| read(&remark.text).0.filter(|allowance| allowance.until.is_none());
    let allowed: Vec<(&Remark, Vec<String>)> =
        remarks.iter().filter_map(|remark| Some((remark, lasting(remark)?.names))).collect();
    let mut places = 0;
    for finding in findings {
        let silencing = |site: &Site| {
            let by = |(remark, names): &&(&Remark, Vec<String>)| {
                names.contains(&finding.rule) && covers(&remark.extent, site)
            };
            allowed.iter().find(by).map(|(remark, _)| &remark.extent)
        };
        for (site, extent) in finding.sites.iter().filter_map(|site| Some((site, silencing(site)?))) {
            places += 1;
            for cost in costs(&finding.rule) {
                for one in measured.iter_mut().filter(|one| one.indicator == cost.indicator) {
                    give_back(one, site, extent, cost.is_bad_high);
                }
            }
        }
    }
    places
}

/// The evidence at the line of a finding, or anywhere in what the comment speaks of.
fn give_back(measurement: &mut Measurement, site: &Site, extent: &Site, is_bad_high: bool) {
    let Some(value) = measurement.value else { return };
    let mut lost = 0.0;
    measurement.evidence.retain(|evidence| {
        let line = evidence.site.file == site.file && evidence.site.line == site.line;
        let here = line || covers(extent, &evidence.site);
        lost += if here { evidence.loss } else { 0.0 };
        !here
    });
    let changed = if is_bad_high { value - lost } else { value + lost };
    measurement.value = Some(changed.clamp(0.0, 100.0));
}
