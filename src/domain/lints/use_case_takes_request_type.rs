//! `use-case-takes-request-type`: a use case takes the request type of an entrypoint.

use crate::domain::census::Target;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "use-case-takes-request-type",
    construct: "svc",
    when: When::Needed,
    costs: &["dip.direction"],
    because: "a use case in the words of one entrypoint serves only that one (book, ch. 5)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, roles) = (ground.scene.census, ground.scene.roles);
    let mut found = Vec::new();
    for item in looks::items_of(ground, Role::Application).filter(|item| census.is_function(*item)) {
        for slot in census.parameters(item) {
            let Some(Target::Item(request)) = slot.core else { continue };
            if roles.of(census, request) != Some(Role::Entrypoint) || !census.is_data(request) {
                continue;
            }
            let message =
                format!("use case `{}` takes `{}` of an entrypoint", census.name(item), census.id(request));
            let instead = "take plain values, or a command that the application declares";
            found.push(Found::new(ground, item, slot.place, message, instead).to(census.id(request)));
        }
    }
    found
}
