//! `begin-without-commit`: a transaction with writes is neither committed nor handed on.

use crate::domain::census::{ItemNo, Target};
use crate::domain::lints::found::Found;
use crate::domain::lints::looks;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::ScopeForm;
use crate::domain::source::symbols::Sym;

/// The lint.
pub const LINT: Lint = Lint {
    name: "begin-without-commit",
    construct: "uow",
    when: When::Always,
    costs: &["uow.explicit_commit"],
    because: "a transaction that nobody commits is rolled back when it is dropped: the writes are lost (book, ch. 6)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let open = patterns.scopes.iter().filter(|scope| {
        scope.form == ScopeForm::Begin
            && scope.writes
            && !scope.committed
            && census.is_production(scope.item)
            && !gives_it_back(ground, scope.item)
    });
    open.map(|scope| {
        let message = format!("`{}` begins a transaction, writes and never commits", census.name(scope.item));
        let instead = "commit it on the good path, or hand it on to who does";
        Found::new(ground, scope.item, scope.place, message, instead)
    })
    .collect()
}

/// Whether what a function gives back holds the transaction, itself or in a field or variant.
fn gives_it_back(ground: &Ground<'_>, item: ItemNo) -> bool {
    let census = ground.scene.census;
    let words = looks::words(ground, "begin-without-commit");
    let named = |word: Sym| words.is_within("types", census.word(word));
    let holds = |item: ItemNo| {
        let slots = census.slots(item).iter();
        slots.filter_map(|slot| slot.word).any(named)
    };
    let Some(result) = census.result(item) else { return false };
    let parts = census.types(result).iter().filter_map(|part| part.target).chain(result.core);
    result.word.is_some_and(named)
        || parts.into_iter().any(|target| match target {
            Target::Item(own) => holds(own) || looks::members(ground, own).into_iter().any(holds),
            _ => false,
        })
}
