//! Events and commands: what they are, where they are raised, where they are handled.

use rustc_hash::FxHashMap;

use crate::domain::census::{Census, ItemNo, Target, Use};
use crate::domain::graph::{EdgeKind, ItemKind, Place};
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::speech::variants;
use crate::domain::patterns::{DataKind, Message, MessageForm};
use crate::domain::policy::role::Role;
use crate::domain::source::facts::Part;

/// All messages, in order: a struct, or for an enum each variant that does not only wrap such a struct.
pub fn messages(ground: Ground<'_>, data: &[Option<DataKind>]) -> Vec<Message> {
    let words = ground.parameters.section("evt");
    let (left_out, raising) = (words.words("not_handling"), words.words("raising_calls"));
    let at = FxHashMap::default();
    let mut found = Found { ground, data, left_out, raising, messages: Vec::new(), at };
    found.collect();
    found.follow();
    for message in &mut found.messages {
        for list in [&mut message.raised, &mut message.handled] {
            list.sort_unstable();
            list.dedup();
        }
    }
    found.messages
}

struct Found<'a> {
    ground: Ground<'a>,
    data: &'a [Option<DataKind>],
    /// Names of functions and traits that take messages and handle none.
    left_out: &'a [String],
    /// Names of methods that take what their type has raised.
    raising: &'a [String],
    messages: Vec<Message>,
    /// The messages that an item stands for: a struct or a variant for one, an enum for all of its own.
    at: FxHashMap<ItemNo, Vec<usize>>,
}

impl Found<'_> {
    fn collect(&mut self) {
        let census = self.ground.census;
        let form = |item: ItemNo| match self.data[item.0 as usize] {
            Some(DataKind::Event) => Some(MessageForm::Event),
            Some(DataKind::Command) => Some(MessageForm::Command),
            _ => None,
        };
        let typed: Vec<(ItemNo, MessageForm)> =
            census.item_nos().filter_map(|item| Some((item, form(item)?))).collect();
        let message =
            |item: ItemNo, form: MessageForm| Message { item, form, raised: Vec::new(), handled: Vec::new() };
        for (item, form) in typed.iter().filter(|(item, _)| census.item(*item).kind == ItemKind::Struct) {
            self.at.insert(*item, vec![self.messages.len()]);
            self.messages.push(message(*item, *form));
        }
        for (item, form) in typed.iter().filter(|(item, _)| census.item(*item).kind == ItemKind::Enum) {
            let mut all = Vec::new();
            for variant in variants(census, *item) {
                let own = match census.slots(variant) {
                    [only] => match only.core {
                        Some(Target::Item(inner)) => self.at.get(&inner).cloned(),
                        _ => None,
                    },
                    _ => None,
                };
                let own = own.unwrap_or_else(|| {
                    self.messages.push(message(variant, *form));
                    vec![self.messages.len() - 1]
                });
                all.extend(own.iter().copied());
                self.at.insert(variant, own);
            }
            self.at.insert(*item, all);
        }
        // In the order of items, with what stands for them.
        let mut order: Vec<usize> = (0..self.messages.len()).collect();
        order.sort_by_key(|at| self.messages[*at].item);
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        self.messages.sort_by_key(|message| message.item);
        self.at = std::mem::take(&mut self.at)
            .into_iter()
            .map(|(item, all)| (item, all.into_iter().map(|old| place[old]).collect()))
            .collect();
    }

    /// Who raises and who handles them.
    fn follow(&mut self) {
        let census = self.ground.census;
        if self.messages.is_empty() {
            return;
        }
        for item in census.functions() {
            let takes = !self.is_left_out(item);
            let raises = self.raises(item);
            for used in census.uses(item).iter().filter(|used| !used.test) {
                let Target::Item(to) = used.to else { continue };
                let made = made(census, used, to);
                if used.part == Part::Matched && takes && !self.is_own(item, to) {
                    self.note(to, |message| &mut message.handled, (item, used.place));
                } else if made && raises {
                    self.note(to, |message| &mut message.raised, (item, used.place));
                }
            }
            if !takes {
                continue;
            }
            for slot in census.parameters(item) {
                let layers = census.types(slot).iter().filter_map(|part| part.target).chain(slot.core);
                let named: Vec<ItemNo> = layers
                    .filter_map(|target| match target {
                        Target::Item(to) if !self.is_own(item, to) => Some(to),
                        _ => None,
                    })
                    .collect();
                for to in named {
                    self.note(to, |message| &mut message.handled, (item, slot.place));
                }
            }
        }
        self.headers();
    }

    /// `impl Handler<NightBooked> for …`.
    fn headers(&mut self) {
        let census = self.ground.census;
        for number in census.impl_nos() {
            let block = census.block(number);
            let (Some(first), Some(of)) = (block.methods.first(), block.of_trait) else { continue };
            if self.is_left_out(*first) || self.is_moving(census.target_word(of)) {
                continue;
            }
            for used in census.impl_uses(number).iter().filter(|used| !used.test) {
                let Target::Item(to) = used.to else { continue };
                let header = matches!(used.kind, EdgeKind::Impl | EdgeKind::Signature);
                if header && block.self_type != Some(used.to) {
                    self.note(to, |message| &mut message.handled, (*first, used.place));
                }
            }
        }
    }

    fn note(
        &mut self,
        to: ItemNo,
        list: fn(&mut Message) -> &mut Vec<(ItemNo, Place)>,
        entry: (ItemNo, Place),
    ) {
        let Some(all) = self.at.get(&to) else { return };
        for at in all {
            list(&mut self.messages[*at]).push(entry);
        }
    }

    /// Whether what a function makes is raised: the core, and what has no place yet, speak of facts.
    fn raises(&self, item: ItemNo) -> bool {
        let census = self.ground.census;
        let converts = census.trait_of(item).is_some_and(|of| self.converts(census.target_word(of)));
        let role = self.ground.roles.of(census, item);
        let outer = matches!(role, Some(Role::Adapter | Role::Entrypoint | Role::Composition | Role::Test));
        !converts && !outer
    }

    /// Functions that take a message and handle none: conversions, display, `apply`, methods of entities.
    fn is_left_out(&self, item: ItemNo) -> bool {
        let census = self.ground.census;
        if !census.is_production(item) {
            return true;
        }
        let of = census.trait_of(item).map(|of| census.target_word(of));
        let own = census.self_item(item);
        let entity = own.is_some_and(|own| self.data[own.0 as usize] == Some(DataKind::Entity));
        let name = census.name(item);
        self.left_out.iter().any(|word| word == name)
            || of.is_some_and(|of| self.is_moving(of))
            || (entity && self.raising.iter().any(|word| word == name))
            || own.is_some_and(|own| self.at.contains_key(&own))
    }

    fn converts(&self, name: &str) -> bool {
        self.ground.parameters.section("evt").lists("conversions", name)
    }

    fn is_moving(&self, name: &str) -> bool {
        self.converts(name) || self.left_out.iter().any(|word| word == name)
    }

    /// Whether a function belongs to the type of a message.
    fn is_own(&self, item: ItemNo, message: ItemNo) -> bool {
        let census = self.ground.census;
        census.self_item(item).is_some_and(|own| own == census.whole(message))
    }
}

/// Whether a use makes a value: a struct, a variant with fields, or one without.
fn made(census: &Census<'_>, used: &Use, to: ItemNo) -> bool {
    match used.part {
        Part::Built | Part::Called => true,
        Part::Named => used.kind == EdgeKind::Body && census.item(to).kind == ItemKind::Variant,
        Part::Matched => false,
    }
}
