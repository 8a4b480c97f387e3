//! `concrete-client-in-core`: a field or parameter of the core is a client or an adapter itself.

use crate::domain::census::Target;
use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::policy::role::Role;
use crate::domain::source::deeds::Seam;

/// The lint.
pub const LINT: Lint = Lint {
    name: "concrete-client-in-core",
    construct: "dip",
    when: When::Needed,
    costs: &["dip.core_sees_abstractions"],
    because: "a use case that holds a client can only be run with that client (book, ch. 4)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, roles) = (ground.scene.census, ground.scene.roles);
    let mut found = Vec::new();
    for item in census.counted().filter(|item| roles.is_core(census, *item)) {
        for slot in census.slots(item) {
            if slot.seam != Seam::None || census.word(slot.name) == "->" || census.word(slot.name) == "=" {
                continue;
            }
            let what = match slot.core {
                // A type of the data is no client; and what the domain names has a lint of its own.
                Some(Target::Outside(outside))
                    if census.external(outside).is_driven()
                        && !census.external(outside).path.contains("::types::")
                        && roles.of(census, item) != Some(Role::Domain) =>
                {
                    format!("`{}`", census.external(outside).path)
                }
                Some(Target::Item(adapter))
                    if roles.of(census, adapter) == Some(Role::Adapter)
                        && census.is_data(adapter)
                        && ground.scene.patterns.touch(adapter).driven() =>
                {
                    format!("`{}`", census.id(adapter))
                }
                _ => continue,
            };
            let verb = if census.is_function(item) { "takes" } else { "holds" };
            let message = format!("`{}` {verb} {what} itself", census.name(item));
            let instead =
                "take a generic parameter or `Arc<dyn Port>` instead, and let the composition choose";
            found.push(Found::new(ground, item, slot.place, message, instead).to(what.trim_matches('`')));
        }
    }
    found
}
