//! `presentation-derive-on-domain-type`: a derive that ties a type of the domain to how it is shown.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::DataKind;
use crate::domain::patterns::InfraForm;
use crate::domain::policy::role::Role;

/// The lint.
pub const LINT: Lint = Lint {
    name: "presentation-derive-on-domain-type",
    construct: "purity",
    when: When::Needed,
    costs: &["purity.persistence_ignorant_types"],
    because: "how data is shown changes at another pace than what it means (book, ch. 2 and 4)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for item in looks::items_of(ground, Role::Domain).filter(|item| census.is_data(*item)) {
        if matches!(patterns.data(item), Some(DataKind::Event | DataKind::Command)) {
            continue;
        }
        let ties =
            patterns.touch(item).infra.iter().filter(|touch| touch.form == InfraForm::PresentationDerive);
        for touch in ties {
            let message =
                format!("`{}` of the domain is tied to {}", census.name(item), looks::technology(touch));
            let instead = "show a type of the entrypoint's own, made from this one";
            found.push(Found::new(ground, item, touch.place, message, instead).to(looks::outer(touch)));
        }
    }
    found
}
