//! `isc.shared_model`: how many domain types several services share.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::census::{Census, PackageNo, Standing, Target};
use crate::domain::graph::ItemKind;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::DataKind;
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;
use crate::domain::source::workspace::TargetKind;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let least = spec.constants.count("min_services");
    if scene.facts.services < least {
        return Measurement::not_applicable(spec, format!("fewer than {least} services"));
    }
    let census = scene.census;
    let shared = shared(scene, least as usize);
    let mut tally = Tally::new();
    for item in census.counted().filter(|item| scene.roles.of(census, *item) == Some(Role::Domain)) {
        let data = matches!(census.item(item).kind, ItemKind::Struct | ItemKind::Enum)
            && !matches!(scene.patterns.data(item), Some(DataKind::Error | DataKind::Marker));
        if !data {
            continue;
        }
        let sent = matches!(scene.patterns.data(item), Some(DataKind::Event | DataKind::Command));
        let exempt = sent
            || scene
                .parameters
                .section("agg")
                .words("identity_types")
                .iter()
                .any(|end| census.name(item).ends_with(end.as_str()));
        let package = census.module(census.item(item).module).package;
        tally.add(match shared.contains(&package) && !exempt {
            false => Member::good(census, item),
            true => Member::bad(census, item, "several services are built on it"),
        });
    }
    tally.measure_bad(
        scene,
        spec,
        "domain types are shared by several services",
        "the domain has no data types",
    )
}

/// Packages that several services use, directly or not.
fn shared(scene: &Scene<'_>, least: usize) -> BTreeSet<PackageNo> {
    let census: &Census<'_> = scene.census;
    let package = |item| census.module(census.item(item).module).package;
    let mut uses: BTreeMap<PackageNo, BTreeSet<PackageNo>> = BTreeMap::new();
    for item in census.item_nos().filter(|item| census.is_production(*item)) {
        for used in census.uses(item) {
            if let Target::Item(to) = used.to
                && package(to) != package(item)
            {
                uses.entry(package(item)).or_default().insert(package(to));
            }
        }
    }
    let mut users: BTreeMap<PackageNo, usize> = BTreeMap::new();
    for module in census.module_nos().map(|module| census.module(module)) {
        let program = module.parent.is_none()
            && module.standing == Standing::Production
            && census.graph.crates[module.krate.0 as usize].kind == TargetKind::Bin
            && scene.roles.kind(module.package) == PackageKind::Service;
        if !program {
            continue;
        }
        let mut seen: BTreeSet<PackageNo> = BTreeSet::new();
        let mut open = vec![module.package];
        while let Some(at) = open.pop() {
            if seen.insert(at) {
                open.extend(uses.get(&at).into_iter().flatten());
            }
        }
        for at in seen {
            *users.entry(at).or_default() += 1;
        }
    }
    users.into_iter().filter(|(_, count)| *count >= least).map(|(package, _)| package).collect()
}
