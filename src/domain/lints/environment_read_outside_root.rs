//! `environment-read-outside-root`: the environment is read outside composition and configuration.

use crate::domain::census::outside::Impure;
use crate::domain::finding::Level;
use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When, looks};
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::role::Role;
use crate::domain::roles::Tag;

/// The lint.
pub const LINT: Lint = Lint {
    name: "environment-read-outside-root",
    construct: "di",
    when: When::Needed,
    costs: &["di.explicit_dependencies", "tst.deterministic"],
    because: "a setting that is read where it is used is a hidden parameter (book, ch. 13)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, roles) = (ground.scene.census, ground.scene.roles);
    let words = looks::words(ground, "environment-read-outside-root");
    let mut found = Vec::new();
    for item in census.functions() {
        let module = census.item(item).module;
        let role = roles.of(census, item);
        // Where the program starts is the place for it, whoever makes the rest.
        let starts = census.name(item) == "main" && census.module(module).parent.is_none();
        if starts
            || role == Some(Role::Composition)
            || role == Some(Role::Test)
            || roles.has(module, Tag::Config)
        {
            continue;
        }
        for used in census.uses(item) {
            let Some(outside) = census.outer(used.to) else { continue };
            if outside.impure != Some(Impure::Environment) || words.is_end_of("harmless", &outside.path) {
                continue;
            }
            let message = format!("`{}` reads the environment through `{}`", census.name(item), outside.path);
            let instead = "read it once into typed settings at the start, and pass what is needed";
            let to = format!("ext:{}", outside.path);
            let one = Found::new(ground, item, used.place, message, instead).to(to);
            // A command line is an entrypoint that is there to read it.
            let cli = role == Some(Role::Entrypoint)
                && roles.kind(census.module(module).package) == PackageKind::Cli;
            found.push(if cli { one.at_most(Level::Note) } else { one });
        }
    }
    found
}
