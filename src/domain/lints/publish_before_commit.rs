//! `publish-before-commit`: a message goes to a broker before what it tells of is stored.

use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::ScopeForm;

/// The lint.
pub const LINT: Lint = Lint {
    name: "publish-before-commit",
    construct: "evt",
    when: When::Needed,
    costs: &[],
    because: "others hear of what may still be rolled back (book, ch. 8 and 10)",
    find,
};

/// The technology of brokers.
const BROKER: &str = "messaging";

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let mut found = Vec::new();
    for sent in patterns.effects.iter().filter(|effect| effect.family == BROKER) {
        if !census.is_production(sent.item) {
            continue;
        }
        let at = sent.place.span.start;
        let open = patterns.scopes.iter().any(|scope| {
            scope.item == sent.item
                && scope.form == ScopeForm::Begin
                && scope.writes
                && scope.place.span.start < at
                && at < looks::commit_of(ground, scope)
        });
        // Without a transaction: before the first write.
        let writes = || patterns.accesses.iter().filter(|one| one.item == sent.item && looks::is_write(one));
        let early = writes().next().is_some()
            && writes().all(|access| access.scope.is_none() && access.place.span.start > at);
        if !open && !early {
            continue;
        }
        let message = format!("`{}` publishes before what it tells of is stored", census.name(sent.item));
        let instead = "publish after the commit, or store the message with the data and send it later";
        found.push(Found::new(ground, sent.item, sent.place, message, instead));
    }
    found
}
