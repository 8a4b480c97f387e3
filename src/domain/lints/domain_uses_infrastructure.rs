//! `domain-uses-infrastructure`: a path, a macro or a statement of a technology in the domain.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::InfraForm;
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "domain-uses-infrastructure",
    construct: "purity",
    when: When::Needed,
    costs: &["purity.infra_free_items", "infra.exposure"],
    because: "rules that need the outside world to run are slow to test and hard to change (book, ch. 1 and 2)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for item in looks::items_of(ground, Role::Domain) {
        for touch in &patterns.touch(item).infra {
            let tie = matches!(
                touch.form,
                InfraForm::PersistenceDerive | InfraForm::PresentationDerive | InfraForm::Attribute
            );
            if tie {
                continue;
            }
            let message = format!("the domain names {}", looks::technology(touch));
            let instead = "declare a trait here in words of the domain, and implement it in an adapter";
            let mut one = Found::new(ground, item, touch.place, message, instead).to(looks::outer(touch));
            one.about = format!("{} {}", census.id(item), touch.what);
            found.push(one);
        }
    }
    found
}
