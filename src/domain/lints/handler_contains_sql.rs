//! `handler-contains-sql`: an entrypoint queries a store itself.

use crate::domain::finding::Level;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::AccessForm;

/// The lint.
pub const LINT: Lint = Lint {
    name: "handler-contains-sql",
    construct: "svc",
    when: When::Always,
    costs: &["svc.thin_entrypoints", "infra.exposure"],
    because: "a handler that queries can neither be tested without the store nor be used from another entrypoint (book, ch. 4 and 6)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for entry in patterns.entrypoints.iter().filter(|one| census.is_production(one.item)) {
        let name = census.name(entry.item);
        if looks::tells_health(ground, name) {
            continue;
        }
        let own: Vec<_> = patterns
            .accesses
            .iter()
            .filter(|access| {
                access.item == entry.item && matches!(access.form, AccessForm::Read | AccessForm::Write)
            })
            .collect();
        let Some(first) = own.first() else { continue };
        let writes = own.iter().any(|access| access.form == AccessForm::Write);
        let verb = if writes { "writes to" } else { "reads from" };
        let message = format!("handler `{name}` {verb} the store itself");
        let instead = "call a use case that works on a repository; for reads a view function will do";
        let mut one = Found::new(ground, entry.item, first.place, message, instead);
        one.places = own.iter().map(|access| access.place).collect();
        found.push(if writes { one } else { one.at_most(Level::Note) });
    }
    found
}
