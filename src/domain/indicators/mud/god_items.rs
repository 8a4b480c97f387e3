//! `mud.god_items`: how much code stands in items that do too much or know too many.

use std::collections::BTreeMap;

use crate::domain::census::{Census, ItemNo};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::mud::items::{edges, wholes};
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::constants::Constants;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::source::deeds::RegionForm;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let (items, number) = wholes(scene);
    let (mut fan_in, mut fan_out) = (vec![0u32; items.len()], vec![0u32; items.len()]);
    for (from, to) in edges(census, &number) {
        fan_out[from as usize] += 1;
        fan_in[to as usize] += 1;
    }
    let (tokens, fan) = (spec.constants.count("tokens"), spec.constants.count("fan"));
    let mut tally = Tally::of_facts();
    for (at, item) in items.iter().enumerate() {
        let size = census.item(*item).size;
        let long = census.is_function(*item) && size > tokens && !is_table(census, *item, &spec.constants);
        let member = if long {
            Member::bad(census, *item, format!("{size} tokens, more than {tokens}"))
        } else if fan_in[at] > fan && fan_out[at] > fan {
            Member::bad(census, *item, format!("used by {}, uses {}", fan_in[at], fan_out[at]))
        } else {
            Member::good(census, *item)
        };
        tally.add(member.sized(f64::from(size)));
    }
    tally.measure_bad(scene, spec, "tokens stand in items that do or know too much", "there are no items")
}

/// Whether most of a function is one match of short arms.
fn is_table(census: &Census<'_>, item: ItemNo, table: &Constants) -> bool {
    let (share, least, longest) =
        (table.number("table_share"), table.count("table_arms"), table.count("table_arm_bytes"));
    let whole = census.item(item).span;
    let mut groups: BTreeMap<u32, (u32, u32, usize, u32)> = BTreeMap::new();
    for region in census.regions(item) {
        if let RegionForm::Arm(group) = region.form {
            let entry = groups.entry(group).or_insert((u32::MAX, 0, 0, 0));
            entry.0 = entry.0.min(region.span.start);
            entry.1 = entry.1.max(region.span.end);
            entry.2 += 1;
            entry.3 += region.span.end - region.span.start;
        }
    }
    groups.values().any(|(start, end, arms, bytes)| {
        let covers = f64::from(end - start) >= share * f64::from(whole.end - whole.start);
        covers && *arms as u32 >= least && *bytes / *arms as u32 <= longest
    })
}
