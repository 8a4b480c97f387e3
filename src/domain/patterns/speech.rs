//! Which types are messages: facts and wishes, known by where they stand, how they are called, and what
//! they implement.

use rustc_hash::FxHashSet;

use crate::domain::census::{Census, ItemNo, Module, Target};
use crate::domain::graph::{EdgeKind, ItemKind};
use crate::domain::patterns::MessageForm;
use crate::domain::patterns::ground::Ground;
use crate::domain::source::deeds::Seam;

/// What types say, once for all of them.
pub struct Speech<'a> {
    ground: Ground<'a>,
    /// Types that implement a trait of events, of commands.
    events: FxHashSet<ItemNo>,
    commands: FxHashSet<ItemNo>,
}

impl<'a> Speech<'a> {
    /// Reads the headers of all impl blocks.
    pub fn of(ground: Ground<'a>) -> Self {
        let (census, words) = (ground.census, ground.parameters.section("evt"));
        let mut speech = Self { ground, events: FxHashSet::default(), commands: FxHashSet::default() };
        for block in &census.impls {
            let (Some(of), Some(Target::Item(own))) = (block.of_trait, block.self_type) else { continue };
            let name = census.target_word(of);
            if ends(name, words.words("event_traits")) {
                speech.events.insert(own);
            } else if ends(name, words.words("command_suffixes")) {
                speech.commands.insert(own);
            }
        }
        speech
    }

    /// What a struct or an enum says, if it is a message: one of the product and not of its outer parts,
    /// which neither holds what is handed in nor is called like what carries messages.
    pub fn form(&self, item: ItemNo) -> Option<MessageForm> {
        let (census, words) = (self.ground.census, self.ground.parameters.section("evt"));
        let found = census.item(item);
        let data = matches!(found.kind, ItemKind::Struct | ItemKind::Enum);
        if !data || !census.is_production(item) || self.ground.roles.is_outer(census, item) {
            return None;
        }
        let name = census.name(item);
        let held = census.slots(item).iter().any(|slot| slot.seam != Seam::None);
        if held || ends(name, words.words("machinery")) || self.is_command_line(item) {
            return None;
        }
        if ends(name, words.words("event_suffixes")) || self.events.contains(&item) {
            return Some(MessageForm::Event);
        }
        if ends(name, words.words("command_suffixes")) || self.commands.contains(&item) {
            return Some(MessageForm::Command);
        }
        let stands = |list: &str| self.stands_in(item, words.words(list));
        match () {
            () if stands("event_modules") => Some(MessageForm::Event),
            () if stands("command_modules") => Some(MessageForm::Command),
            () => None,
        }
    }

    /// Whether the module of an item, or one around it, has one of these names.
    fn stands_in(&self, item: ItemNo, names: &[String]) -> bool {
        let census = self.ground.census;
        let named = |module: &Module| {
            let name = census.word(census.graph.node(module.node).name);
            names.iter().any(|word| word == name)
        };
        let mut at = Some(census.item(item).module);
        while let Some(module) = at {
            if named(census.module(module)) {
                return true;
            }
            at = census.module(module).parent;
        }
        false
    }

    fn is_command_line(&self, item: ItemNo) -> bool {
        let list = self.ground.catalogue.list("derives.cli");
        let census = self.ground.census;
        let derives = census.uses(item).iter().filter(|used| used.kind == EdgeKind::Derive);
        derives.filter_map(|used| census.outer(used.to)).any(|outside| outside.is_one_of(list))
    }
}

fn ends(name: &str, words: &[String]) -> bool {
    words.iter().any(|word| name.ends_with(word.as_str()))
}

/// The variants of an enum, in order.
pub fn variants(census: &Census<'_>, item: ItemNo) -> impl Iterator<Item = ItemNo> {
    let of_module = census.module(census.item(item).module).items.iter().copied();
    of_module.filter(move |other| {
        let other = census.item(*other);
        other.holder == Some(item) && other.kind == ItemKind::Variant
    })
}
