//! `inverted-pyramid`: more tests through the whole system than below it.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::Layer;
use crate::domain::policy::kind::PackageKind;

/// The lint.
pub const LINT: Lint = Lint {
    name: "inverted-pyramid",
    construct: "pyr",
    when: When::Always,
    costs: &["pyr.shape"],
    because: "tests through the whole system are slow, and break for reasons that are not theirs (book, ch. 4 and 5)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns, facts) = (ground.scene.census, ground.scene.patterns, ground.scene.facts);
    let rows = |layer: Layer| -> u32 {
        patterns.tests.iter().filter(|test| test.layer == layer).map(|test| test.rows).sum()
    };
    let (unit, integration, whole) = (rows(Layer::Unit), rows(Layer::Integration), rows(Layer::EndToEnd));
    // Programs that are called from a shell, and libraries around a technology, are tested through it.
    let through = [PackageKind::Cli, PackageKind::AdapterLibrary];
    let outside = facts.kinds.iter().all(|kind| through.contains(kind));
    let inverted = !outside && (whole > unit || whole + integration > 2 * unit);
    let first =
        patterns.tests.iter().find(|test| test.layer == Layer::EndToEnd || test.layer == Layer::Integration);
    let Some(first) = first.filter(|_| {
        inverted && unit + integration + whole >= looks::words(ground, "inverted-pyramid").count("tests")
    }) else {
        return Vec::new();
    };
    let message = format!("{unit} unit tests carry {integration} integration and {whole} end-to-end tests");
    let instead = "test use cases with doubles, and keep one test through the whole for each feature";
    vec![Found::new(ground, first.item, census.item(first.item).place, message, instead)]
}
