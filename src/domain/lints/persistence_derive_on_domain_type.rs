//! `persistence-derive-on-domain-type`: a derive or attribute that ties a type of the domain to a store.

use crate::domain::finding::Level;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::InfraForm;
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "persistence-derive-on-domain-type",
    construct: "purity",
    when: When::Needed,
    costs: &["purity.persistence_ignorant_types"],
    because: "the store should depend on the model, not the model on the store (book, ch. 2)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for item in looks::items_of(ground, Role::Domain).filter(|item| census.is_data(*item)) {
        let ties =
            patterns.touch(item).infra.iter().filter(|touch| touch.form == InfraForm::PersistenceDerive);
        for touch in ties {
            let message =
                format!("`{}` of the domain is tied to {}", census.name(item), looks::technology(touch));
            let instead = "give the adapter a type of its own for rows, and convert there";
            let one = Found::new(ground, item, touch.place, message, instead).to(looks::outer(touch));
            // Where the rows are the model by choice, or the domain is simple and nobody keeps it apart,
            // this is no breach.
            let level = match looks::is_active_record(ground, item) {
                true => Level::Warn,
                false if looks::is_simple(ground) && patterns.driven().next().is_none() => Level::Note,
                false => Level::Deny,
            };
            found.push(one.at_most(level));
        }
    }
    found
}
