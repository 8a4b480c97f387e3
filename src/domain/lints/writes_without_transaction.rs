//! `writes-without-transaction`: a function writes twice with no transaction.

use crate::domain::finding::Level;
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::compound::is_migration;
use crate::domain::patterns::{AccessForm, StoreAccess};

/// The lint.
pub const LINT: Lint = Lint {
    name: "writes-without-transaction",
    construct: "uow",
    when: When::Always,
    costs: &["uow.atomic_boundary"],
    because: "of two writes that belong together one may fail, and leave half of the work behind (book, ch. 6)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let migrations = ground.scene.parameters.section("facts").words("migration_words");
    let mut found = Vec::new();
    for (item, accesses) in looks::accesses_by_item(ground) {
        // Wrappers of pools begin and commit too: whoever does either has thought of it.
        if !census.is_production(item)
            || looks::is_in_charge(ground, item)
            || is_migration(census, migrations, item)
        {
            continue;
        }
        let loose: Vec<&StoreAccess> =
            accesses.into_iter().filter(|access| access.scope.is_none() && looks::is_write(access)).collect();
        let together = looks::together(ground, item, &loose);
        let [first, second, ..] = together.as_slice() else { continue };
        let message = format!(
            "`{}` writes {} times with no transaction around them",
            census.name(item),
            together.len()
        );
        let instead = "begin a transaction or a unit of work around them, and commit at the end";
        let mut one = Found::new(ground, item, first.place, message, instead);
        one.places = together.iter().map(|access| access.place).collect();
        // Calls of repositories may share a transaction that is not seen, and files have none.
        // What fills a cache can be filled again.
        let touch = ground.scene.patterns.touch(item);
        let refills = touch.family("cache") && !touch.family("database");
        let sure = !refills && [first, second].iter().all(|access| access.form == AccessForm::Write);
        let level = match (sure, ground.scene.facts.persistence >= 1.0) {
            (_, false) => Level::Note,
            (true, true) => Level::Deny,
            (false, true) => Level::Warn,
        };
        found.push(one.at_most(level));
    }
    found
}
