//! `command-with-many-handlers`: two handlers take the same command.

use std::collections::BTreeMap;

use crate::domain::census::{Census, ImplNo, ItemNo, Standing, Target};
use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::MessageForm;
use crate::domain::patterns::names::words;

/// The lint.
pub const LINT: Lint = Lint {
    name: "command-with-many-handlers",
    construct: "evt",
    when: When::Needed,
    costs: &["evt.dispatch"],
    because: "a command is meant for one: with two handlers nobody knows whether it was done (ch. 10)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    let commands: Vec<ItemNo> = {
        let commands = patterns.messages.iter().filter(|message| message.form == MessageForm::Command);
        commands.map(|message| census.whole(message.item)).collect()
    };
    // Headers and associated types of handlers, by command and trait.
    let mut handlers: BTreeMap<(ItemNo, Target), Vec<(ImplNo, ItemNo)>> = BTreeMap::new();
    for number in census.impl_nos() {
        let block = census.block(number);
        let (Some(of), Some(Target::Item(own))) = (block.of_trait, block.self_type) else { continue };
        if block.standing != Standing::Production || !handles(ground, of) || passes_on(census, own, of) {
            continue;
        }
        for used in census.impl_uses(number).iter().filter(|used| !used.test && used.to != Target::Item(own))
        {
            let Target::Item(to) = used.to else { continue };
            let known = handlers.entry((to, of)).or_default();
            if commands.contains(&to) && !known.iter().any(|(_, other)| *other == own) {
                known.push((number, own));
            }
        }
    }
    let several = handlers.into_iter().filter(|(_, list)| list.len() > 1);
    several
        .map(|((command, _), list)| {
            let names: Vec<String> = list.iter().map(|(_, own)| format!("`{}`", census.name(*own))).collect();
            let name = census.name(command);
            let message = format!("command `{name}` is handled by {}", names.join(" and "));
            let instead = "let one handler do it, and raise an event for the others";
            let place = census.block(list[1].0).place;
            Found::new(ground, list[1].1, place, message, instead).to(census.id(command))
        })
        .collect()
}

/// Whether a trait is that of handlers, by its name.
fn handles(ground: &Ground<'_>, of: Target) -> bool {
    let handlers = ground.scene.parameters.indicator("evt.dispatch");
    let known = handlers.map_or(&[][..], |spec| spec.constants.words("handler_words"));
    let own = words(ground.scene.census.target_word(of));
    own.last().is_some_and(|last| known.contains(last))
}

/// Whether a type holds another handler: what it is given, it hands on.
fn passes_on(census: &Census<'_>, own: ItemNo, of: Target) -> bool {
    let bound = census.bounds(own).iter().any(|bound| bound.bound == of);
    let held = census
        .slots(own)
        .iter()
        .any(|slot| slot.core == Some(of) || census.types(slot).iter().any(|part| part.target == Some(of)));
    bound || held
}
