//! `check.timeouts`: how many clients of other programs are made where a timeout or a retry is set.

use rustc_hash::FxHashSet;

use crate::domain::census::{Census, ItemNo, ModuleNo, Target};
use crate::domain::graph::EdgeKind;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::source::deeds::ActForm;
use crate::domain::source::facts::Part;

/// Measures it: clients that are made and calls that need none, each against what is set in its module.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let patient: FxHashSet<ModuleNo> = census
        .functions()
        .filter(|item| sets(census, spec, *item))
        .map(|item| census.item(item).module)
        .collect();
    let mut tally = Tally::of_facts();
    let made = scene.patterns.constructions.iter().map(|made| (made.item, made.place, made.made));
    let calls = census.functions().flat_map(|item| {
        let called = census.uses(item).iter().filter(|used| {
            used.kind == EdgeKind::Body
                && used.part == Part::Called
                && census
                    .outer(used.to)
                    .is_some_and(|outside| outside.is_one_of(spec.constants.words("calls")))
        });
        called.map(move |used| (item, used.place, used.to))
    });
    for (item, place, to) in made.chain(calls) {
        let Target::Outside(outside) = to else { continue };
        if !spec.constants.lists("families", &census.external(outside).family) {
            continue;
        }
        tally.add(match patient.contains(&census.item(item).module) {
            true => Member::good(census, item),
            false => Member::bad(census, item, "waits for another program without a limit").at(place),
        });
    }
    tally.measure(scene, spec, "clients have a timeout or try again", "no client of another program is made")
}

/// Whether a function limits how long something waits, or tries it again.
fn sets(census: &Census<'_>, spec: &IndicatorSpec, item: ItemNo) -> bool {
    let known = |word: &str| spec.constants.lists("settings", word);
    let acts = census.acts(item).iter().any(|act| match act.form {
        ActForm::Method { name, .. } => known(census.word(name)),
        _ => false,
    });
    let used = |used: &crate::domain::census::Use| {
        used.kind == EdgeKind::Body && used.part == Part::Called && known(census.target_word(used.to))
    };
    acts || census.uses(item).iter().any(used)
}
