//! `tst.quiet_tests`: how many tests neither wait, nor use a real adapter, nor change the environment.

use crate::domain::census::outside::Impure;
use crate::domain::census::{ItemNo, Standing};
use crate::domain::graph::Place;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::{Side, Test};
use crate::domain::policy::model::IndicatorSpec;
use crate::domain::policy::role::Role;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let mut tally = Tally::of_facts();
    let mut heard: Vec<Option<Heard>> = vec![None; census.items.len()];
    for test in &scene.patterns.tests {
        let member = match loud(scene, test, &mut heard) {
            None => Member::good(census, test.item),
            Some((place, fact)) => Member::bad(census, test.item, fact).at(place),
        };
        tally.add(member.times(test.rows));
    }
    tally.measure(scene, spec, "tests neither wait nor need a real adapter", "there are no tests")
}

/// What is loud in an item, if anything.
type Heard = Option<(Place, String)>;

/// What is loud in a test, or in the test code that it reaches; many reach the same, of which is known what
/// was heard before.
fn loud(scene: &Scene<'_>, test: &Test, heard: &mut [Option<Heard>]) -> Heard {
    let census = scene.census;
    let real_ones = scene.parameters.section("tst").table("quiet_tests").words("real");
    let support = test.reaches().filter(|item| census.item(*item).standing == Standing::Test);
    let here = census.item(test.item).place;
    for item in std::iter::once(test.item).chain(support) {
        let found = heard[item.0 as usize].get_or_insert_with(|| loud_itself(scene, item, real_ones));
        if found.is_some() {
            return found.clone();
        }
    }
    let adapter = |item: &ItemNo| {
        census.is_data(*item)
            && scene.roles.of(census, *item) == Some(Role::Adapter)
            && scene
                .patterns
                .touch(*item)
                .infra
                .iter()
                .any(|touch| touch.side == Side::Driven && real_ones.contains(&touch.family))
    };
    let real = test.reaches().find(adapter)?;
    Some((here, format!("needs the real `{}`", census.name(real))))
}

/// What is loud in an item itself.
fn loud_itself(scene: &Scene<'_>, item: ItemNo, real_ones: &[String]) -> Heard {
    let census = scene.census;
    for used in census.uses(item) {
        let Some(outside) = census.outer(used.to) else { continue };
        if outside.impure == Some(Impure::Waiting) {
            return Some((used.place, format!("waits with `{}`", outside.path)));
        }
        if matches!(outside.path.as_str(), "std::env::set_var" | "std::env::remove_var") {
            return Some((used.place, format!("changes the environment with `{}`", outside.last())));
        }
    }
    let real = scene
        .patterns
        .touch(item)
        .infra
        .iter()
        .find(|touch| touch.side == Side::Driven && real_ones.contains(&touch.family));
    if let Some(touch) = real {
        return Some((touch.place, format!("needs a real `{}`", touch.what)));
    }
    None
}
