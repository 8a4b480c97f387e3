//! `uow.explicit_commit`: how many transactions that write are committed, or handed on.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::ScopeForm;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::new();
    let opened =
        scene.patterns.scopes.iter().filter(|scope| scope.form != ScopeForm::Parameter && scope.writes);
    for scope in opened {
        let member = match scope.committed {
            true => Member::good(census, scope.item),
            false => Member::bad(census, scope.item, "what is written here is never committed"),
        };
        tally.add(member.at(scope.place));
    }
    tally.measure(scene, spec, "transactions that write are committed", "no transaction writes")
}
