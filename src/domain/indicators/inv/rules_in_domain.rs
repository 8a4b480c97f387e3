//! `inv.rules_in_domain`: of all places that refuse something, those in the domain.

use crate::domain::census::{Act, ItemNo, Region};
use crate::domain::graph::EdgeKind;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::repositories::is_named;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;
use crate::domain::source::deeds::{ActForm, RegionForm};

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let (census, words) = (scene.census, scene.parameters.section("inv"));
    let mut tally = Tally::new();
    for item in census.functions() {
        let role = scene.roles.of(census, item);
        let inside = role == Some(Role::Domain);
        if !inside && !matches!(role, Some(Role::Application | Role::Entrypoint)) || is_parsing(scene, item) {
            continue;
        }
        let refused =
            census.acts(item).iter().filter(|act| is_refusal(scene, act) && !passes_on(scene, item, act));
        let refused = refused.map(|act| act.place);
        let macros = census.uses(item).iter().filter(|used| used.kind == EdgeKind::Macro && !used.test);
        let macros = macros.filter(|used| words.lists("refusal_macros", census.target_word(used.to)));
        for place in refused.chain(macros.map(|used| used.place)) {
            tally.add(match inside {
                true => Member::good(census, item).at(place),
                false => Member::bad(census, item, "refuses what the domain should refuse").at(place),
            });
        }
    }
    tally.measure(scene, spec, "refusals are in the domain", "nothing is refused anywhere")
}

/// `Err(…)`, or `ok_or` on anything but what was looked up.
fn is_refusal(scene: &Scene<'_>, act: &Act) -> bool {
    let census = scene.census;
    match act.form {
        ActForm::Refusal => true,
        ActForm::Method { name, on } => {
            let lookups = || scene.parameters.section("repo").words("lookups");
            let looked_up = || on.is_some_and(|on| is_named(census.word(on), lookups()));
            scene.parameters.section("inv").lists("refusal_methods", census.word(name)) && !looked_up()
        }
        _ => false,
    }
}

/// Whether something failed already, and is only told in other words: `Err(e) => Err(e.into())`.
fn passes_on(scene: &Scene<'_>, item: ItemNo, act: &Act) -> bool {
    let failed = |region: &Region| matches!(region.form, RegionForm::Attempt(_));
    scene.census.around(item, act.place.span, failed).is_some()
}

/// Whether a function reads what came from outside into a type: that is the edge's work (appendix E).
fn is_parsing(scene: &Scene<'_>, item: ItemNo) -> bool {
    let census = scene.census;
    let of = census.trait_of(item).map(|of| census.target_word(of));
    let edge = scene.roles.of(census, item) != Some(Role::Domain);
    edge && of.is_some_and(|of| scene.parameters.section("inv").lists("parsing_traits", of))
}
