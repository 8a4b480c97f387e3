//! `check.cochange`: of the commits that touch several files, how many stay within a few components.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::checks::history::Past;
use crate::domain::checks::places::Names;
use crate::domain::finding::evidence::Evidence;
use crate::domain::graph::Place;
use crate::domain::indicators::measurement::{Measurement, Population};
use crate::domain::indicators::mud::components::Components;
use crate::domain::indicators::scene::Scene;
use crate::domain::policy::arithmetic::share;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it. Files count that stand in a component today, by the name they have today.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec, past: &Past) -> Measurement {
    let history = match past.known() {
        Ok(history) => history,
        Err(why) => return Measurement::not_applicable(spec, why),
    };
    let census = scene.census;
    let split_above = scene.parameters.section("mud").table("cycles").number("split_above");
    let components = Components::of(census, split_above);
    let files = files(scene, &components);
    let most = spec.constants.count("components") as usize;
    if components.modules.len() <= most {
        return Measurement::not_applicable(spec, format!("there are no more than {most} components"));
    }
    let sizes = spec.constants.ramp("files");
    let mut names = Names::default();
    let (mut near, mut all) = (0_u32, 0_u32);
    let mut apart: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for commit in &history.commits {
        let touched: BTreeMap<&str, u32> = commit
            .changes
            .iter()
            .filter_map(|change| files.get_key_value(names.today(&change.path)))
            .filter_map(|(path, component)| Some((path.as_str(), (*component)?)))
            .collect();
        let count = touched.len() as f64;
        if count >= sizes.from && count <= sizes.to {
            all += 1;
            let parts: BTreeSet<u32> = touched.into_values().collect();
            if parts.len() <= most {
                near += 1;
            } else {
                for one in &parts {
                    parts.range(one + 1..).for_each(|other| *apart.entry((*one, *other)).or_default() += 1);
                }
            }
        }
        names.back(&commit.changes);
    }
    let Some(found) = share(f64::from(near), f64::from(all)) else {
        return Measurement::not_applicable(spec, "no commit touches several files of components");
    };
    let value = spec.score(found);
    // Pairs that change together tell more than the sets of each commit.
    let lost: u32 = apart.values().sum();
    let evidence = apart.iter().map(|((one, other), times)| {
        let (one, other) = (components.modules[*one as usize], components.modules[*other as usize]);
        let place = census.graph.node(census.module(one).node);
        Evidence {
            site: place
                .file
                .map(|file| census.site(Place { file, span: place.name_span }))
                .unwrap_or_default(),
            item: census.module_id(one),
            fact: format!("changed with `{}` in {times} wide commits", census.module_id(other)),
            loss: (100.0 - value) * f64::from(*times) / f64::from(lost),
        }
    });
    let evidence = evidence.collect();
    Measurement::new(spec, value, Population::Members(all), 1.0, &scene.parameters.scoring)
        .because(format!("{near} of {all} commits of several files stay within {most} components"))
        .with_evidence(evidence)
}

/// The component of each file; none for roots of crates and what is no part of the product.
fn files(scene: &Scene<'_>, components: &Components) -> BTreeMap<String, Option<u32>> {
    let census = scene.census;
    let mut files = BTreeMap::new();
    for module in census.module_nos() {
        if let Some(file) = census.graph.node(census.module(module).node).file {
            let path = census.graph.files[file.0 as usize].path.clone();
            // The first is the module of the file, those after it stand in it.
            files.entry(path).or_insert(components.of[module.0 as usize]);
        }
    }
    files
}
