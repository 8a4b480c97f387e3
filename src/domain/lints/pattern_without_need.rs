//! `pattern-without-need`: a pattern is there that nothing asks for.

use crate::domain::census::ItemNo;
use crate::domain::lints::found::Found;
use crate::domain::lints::{Ground, Lint, When};
use crate::domain::patterns::{MessageForm, ScopeForm};

/// The lint.
pub const LINT: Lint = Lint {
    name: "pattern-without-need",
    construct: "repo",
    when: When::NotNeeded,
    costs: &[],
    because: "each pattern costs something on every day, and this one pays nothing back (book, ch. 2, 7 and 12)",
    find,
};

fn find(ground: &Ground<'_>) -> Vec<Found> {
    let (census, patterns) = (ground.scene.census, ground.scene.patterns);
    // Who says that the domain will be rich wants it before it is.
    if ground.scene.parameters.section("need").number("complexity_min") > 0.0 {
        return Vec::new();
    }
    let repositories = patterns.repositories().map(|(port, _)| port.traits[0]);
    let units = patterns.scopes.iter().filter(|scope| scope.form == ScopeForm::UnitOfWork);
    let events = patterns.messages.iter().filter(|message| {
        message.form == MessageForm::Event && !message.raised.is_empty() && !message.handled.is_empty()
    });
    let there: [(&str, &str, Vec<ItemNo>); 3] = [
        ("repo", "repository", repositories.collect()),
        ("uow", "unit of work", units.map(|scope| scope.item).collect()),
        ("evt", "event", events.map(|message| message.item).collect()),
    ];
    let mut found = Vec::new();
    for (construct, word, items) in there {
        let Some(need) = ground.scene.needs.get(construct).filter(|need| !need.applies()) else { continue };
        for item in items {
            let name = census.name(item);
            let message = format!("{word} `{name}` is here, and nothing asks for one: {}", need.reason);
            let instead = "take it out, or say in `archlint.toml` how rich the domain will be";
            found.push(Found::new(ground, item, census.item(item).place, message, instead));
        }
    }
    found
}
