//! `check.hotspots`: of the lines that were changed in functions, how many stand outside the biggest ones.

use std::collections::BTreeMap;

use crate::domain::census::ItemNo;
use crate::domain::checks::history::Past;
use crate::domain::checks::places::{Lines, Names};
use crate::domain::finding::evidence::Evidence;
use crate::domain::graph::Place;
use crate::domain::indicators::measurement::{Measurement, Population};
use crate::domain::indicators::scene::Scene;
use crate::domain::policy::arithmetic::share;
use crate::domain::policy::model::IndicatorSpec;

/// A function in its file.
struct Function {
    item: ItemNo,
    /// First and last place, in halves as [`Lines`] counts them.
    from: u32,
    to: u32,
    big: bool,
}

/// Measures it. A line that is gone counts for the function in whose midst it stood.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec, past: &Past) -> Measurement {
    let history = match past.known() {
        Ok(history) => history,
        Err(why) => return Measurement::not_applicable(spec, why),
    };
    let functions = functions(scene, spec.constants.number("biggest_functions"));
    let mut names = Names::default();
    let mut lines: BTreeMap<String, Lines> = BTreeMap::new();
    let mut changed: BTreeMap<ItemNo, u32> = BTreeMap::new();
    let (mut all, mut outside) = (0_u32, 0_u32);
    for commit in &history.mainline {
        for change in &commit.changes {
            let path = names.today(&change.path);
            let Some(here) = functions.get(path) else { continue };
            for place in lines.entry(path.to_owned()).or_default().touched(&change.hunks) {
                let around = here.iter().filter(|one| (one.from..=one.to).contains(&place));
                // A function within another is the smaller of the two.
                let Some(inner) = around.clone().min_by_key(|one| one.to - one.from) else { continue };
                all += 1;
                match around.filter(|one| one.big).min_by_key(|one| one.to - one.from) {
                    Some(big) => *changed.entry(big.item).or_default() += 1,
                    None => outside += u32::from(!inner.big),
                }
            }
        }
        names.back(&commit.changes);
    }
    let Some(found) = share(f64::from(outside), f64::from(all)) else {
        return Measurement::not_applicable(spec, "no commit changes a line of a function");
    };
    let value = spec.score(found);
    let census = scene.census;
    let evidence = changed.into_iter().map(|(item, times)| Evidence {
        site: census.site(census.item(item).place),
        item: census.id(item),
        fact: format!("{times} lines changed, {} tokens long", census.item(item).size),
        loss: (100.0 - value) * f64::from(times) / f64::from(all - outside),
    });
    let evidence = evidence.collect();
    Measurement::new(spec, value, Population::Members(all), 1.0, &scene.parameters.scoring)
        .because(format!("{outside} of {all} changed lines stand outside the biggest functions"))
        .with_evidence(evidence)
}

/// Functions of the product by file, the largest share of them marked as big.
fn functions(scene: &Scene<'_>, biggest: f64) -> BTreeMap<String, Vec<Function>> {
    let census = scene.census;
    let mut items: Vec<ItemNo> = census.functions().collect();
    items.sort_by_key(|item| std::cmp::Reverse(census.item(*item).size));
    let big = (biggest * items.len() as f64).ceil() as usize;
    let mut files: BTreeMap<String, Vec<Function>> = BTreeMap::new();
    for (rank, item) in items.into_iter().enumerate() {
        let found = census.item(item);
        let (path, start, end) = census.graph.locate(Place { span: found.span, ..found.place });
        let function = Function { item, from: 2 * start.line, to: 2 * end.line, big: rank < big };
        files.entry(path.to_owned()).or_default().push(function);
    }
    files
}
