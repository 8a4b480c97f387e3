//! `agg.single_door`: writes that pass through a repository.

use rustc_hash::FxHashSet;

use crate::domain::census::{ItemNo, ModuleNo, Target};
use crate::domain::indicators::agg::anemic::{ANEMIC, is_anemic};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{AccessForm, ScopeForm};
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    if is_anemic(scene) {
        return Measurement::not_applicable(spec, ANEMIC);
    }
    let (census, patterns) = (scene.census, scene.patterns);
    let mut types: FxHashSet<ItemNo> = FxHashSet::default();
    let mut modules: FxHashSet<ModuleNo> = FxHashSet::default();
    for block in patterns.repositories().flat_map(|(port, _)| &port.impls) {
        let block = census.block(*block);
        modules.insert(block.module);
        if let Some(Target::Item(own)) = block.self_type {
            types.insert(own);
        }
    }
    let units = patterns.scopes.iter().filter(|scope| scope.form == ScopeForm::UnitOfWork);
    types.extend(units.filter_map(|scope| census.self_item(scope.item)));
    let mut tally = Tally::new();
    for access in patterns.accesses.iter().filter(|access| access.form == AccessForm::Write) {
        let own = census.self_item(access.item).unwrap_or(access.item);
        let inside = types.contains(&own) || modules.contains(&census.item(access.item).module);
        tally.add(match inside {
            true => Member::good(census, access.item).at(access.place),
            false => Member::bad(census, access.item, "writes past the repositories").at(access.place),
        });
    }
    tally.measure(scene, spec, "writes pass through a repository", "nothing is written to a store")
}
