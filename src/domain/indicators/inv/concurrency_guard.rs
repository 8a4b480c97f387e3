//! `inv.concurrency_guard`: roots that notice when somebody else wrote first.

use crate::domain::census::{ItemNo, Target};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::Entity;
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::source::deeds::{ActForm, TextForm};

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    if scene.facts.writers < spec.constants.number("min_writers") {
        return Measurement::not_applicable(spec, "only one writes at a time");
    }
    let mut tally = Tally::new();
    for root in scene.patterns.entities.iter().filter(|entity| entity.root) {
        let guarded = has_version(scene, root) || is_locked(scene, root) || is_sourced(scene, root.item);
        tally.add(match guarded {
            true => Member::good(census, root.item),
            false => Member::bad(census, root.item, "the last of two who write wins unseen"),
        });
    }
    tally.measure(scene, spec, "roots are guarded against two who write", "there is no root of an aggregate")
}

/// Whether a version of it is counted up.
fn has_version(scene: &Scene<'_>, root: &Entity) -> bool {
    let census = scene.census;
    let names = scene.parameters.section("inv").words("version_fields");
    let is_version = |word: &str| names.iter().any(|name| name == word);
    let declared = census.slots(root.item).iter().any(|slot| is_version(census.word(slot.name)));
    let bumped = |method: &ItemNo| {
        census.acts(*method).iter().any(|act| match act.form {
            ActForm::Assign(name) => is_version(census.word(name)),
            _ => false,
        })
    };
    declared && (root.methods.iter().any(bumped) || is_locked(scene, root))
}

/// Whether a statement of what keeps it locks, compares a version, or names what must be unique.
fn is_locked(scene: &Scene<'_>, root: &Entity) -> bool {
    let census = scene.census;
    let ports = root.kept_by.iter().map(|at| &scene.patterns.ports[*at]);
    let modules = ports.flat_map(|port| &port.impls).map(|block| census.block(*block).module);
    modules.flat_map(|module| &census.module(module).items).any(|item| {
        census.texts(*item).iter().any(|text| matches!(text.form, TextForm::Sql(sql) if sql.guarded))
    })
}

/// Whether it is kept as its events: the store refuses a second event of the same number.
fn is_sourced(scene: &Scene<'_>, item: ItemNo) -> bool {
    let census = scene.census;
    census.impls.iter().filter(|block| block.self_type == Some(Target::Item(item))).any(|block| {
        let outside = block.of_trait.and_then(|of| census.outer(of));
        let roots = scene.parameters.section("agg").words("root_traits");
        outside.is_some_and(|outside| {
            outside.category == "message_frameworks" && roots.iter().any(|root| root == outside.last())
        })
    })
}
