//! `framework-type-in-use-case`: a use case names a type of what calls it.

use crate::domain::finding::Level;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::Side;
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "framework-type-in-use-case",
    construct: "svc",
    when: When::Needed,
    costs: &["svc.framework_free"],
    because: "use cases outlive the framework they are called from (book, ch. 4)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for item in looks::items_of(ground, Role::Application) {
        for touch in patterns.touch(item).infra.iter().filter(|touch| touch.side == Side::Driving) {
            let message = format!("use case `{}` names {}", census.name(item), looks::technology(touch));
            let instead = "take plain values or a command of the application, and translate at the edge";
            let mild = touch.what.starts_with("http::");
            let one = Found::new(ground, item, touch.place, message, instead).to(looks::outer(touch));
            found.push(if mild { one.at_most(Level::Note) } else { one });
        }
    }
    found
}
