//! What data types are: entities and values, messages, errors, markers; which entities are roots.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::census::{Census, ItemNo, Target};
use crate::domain::graph::{EdgeKind, ItemKind};
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::names::snake;
use crate::domain::patterns::speech::Speech;
use crate::domain::patterns::{DataKind, Entity, MessageForm, Port};
use crate::domain::policy::constants::Constants;
use crate::domain::policy::role::Role;
use crate::domain::source::facts::ItemMarks;

/// What every data type of the product is, by item.
pub fn kinds(ground: Ground<'_>, ports: &[Port]) -> Vec<Option<DataKind>> {
    let census = ground.census;
    let known = Known::of(ground, ports);
    let speech = Speech::of(ground);
    census
        .item_nos()
        .map(|item| {
            let data = census.is_data(item) && census.is_production(item);
            data.then(|| kind(ground, &known, &speech, item))
        })
        .collect()
}

/// What is known of types before any is judged.
struct Known {
    /// Types with a method of their own that takes `&mut self`.
    changing: FxHashSet<ItemNo>,
    /// Types that an impl block says are roots.
    declared: FxHashSet<ItemNo>,
    /// Types with an impl of `Error`.
    errors: FxHashSet<ItemNo>,
    /// Types that can be compared.
    comparable: FxHashSet<ItemNo>,
    /// Types with variants.
    varied: FxHashSet<ItemNo>,
    /// Types that a repository speaks of.
    kept: FxHashSet<ItemNo>,
}

impl Known {
    fn of(ground: Ground<'_>, ports: &[Port]) -> Self {
        let census = ground.census;
        let mut known = Self {
            changing: FxHashSet::default(),
            declared: FxHashSet::default(),
            errors: FxHashSet::default(),
            comparable: FxHashSet::default(),
            varied: FxHashSet::default(),
            kept: FxHashSet::default(),
        };
        for item in census.item_nos() {
            let found = census.item(item);
            match (found.kind, found.holder) {
                (ItemKind::Variant, Some(holder)) => {
                    known.varied.insert(holder);
                }
                (ItemKind::Method, _)
                    if found.marks.has(ItemMarks::CHANGES) && census.trait_of(item).is_none() =>
                {
                    known.changing.extend(census.self_item(item));
                }
                (ItemKind::Struct | ItemKind::Enum | ItemKind::Union, _) => known.derived(census, item),
                _ => {}
            }
        }
        let roots = ground.parameters.section("agg").words("root_traits");
        for block in &census.impls {
            let (Some(of), Some(Target::Item(own))) = (block.of_trait, block.self_type) else { continue };
            match census.target_word(of) {
                "Error" => known.errors.insert(own),
                "PartialEq" => known.comparable.insert(own),
                name if roots.iter().any(|root| root == name) => known.declared.insert(own),
                _ => false,
            };
        }
        for repository in ports.iter().filter_map(|port| port.repository.as_ref()) {
            for kept in repository.manages.iter().copied() {
                known.kept.insert(kept);
                // `Record { room: Room }`: what is wrapped for the store is what is kept.
                if ground.roles.of(census, kept) != Some(Role::Domain) {
                    known.kept.extend(census.slots(kept).iter().filter_map(|slot| match slot.core {
                        Some(Target::Item(core)) => Some(core),
                        _ => None,
                    }));
                }
            }
        }
        known
    }

    fn derived(&mut self, census: &Census<'_>, item: ItemNo) {
        for used in census.uses(item).iter().filter(|used| used.kind == EdgeKind::Derive) {
            if census.target_word(used.to) == "PartialEq" {
                self.comparable.insert(item);
            }
            if census.outer(used.to).is_some_and(|outside| outside.category == "error_derive") {
                self.errors.insert(item);
            }
        }
    }
}

fn kind(ground: Ground<'_>, known: &Known, speech: &Speech<'_>, item: ItemNo) -> DataKind {
    let census = ground.census;
    if known.errors.contains(&item) || census.name(item).ends_with("Error") {
        return DataKind::Error;
    }
    match speech.form(item) {
        Some(MessageForm::Event) => return DataKind::Event,
        Some(MessageForm::Command) => return DataKind::Command,
        None => {}
    }
    if census.slots(item).is_empty() && !known.varied.contains(&item) {
        return DataKind::Marker;
    }
    let domain = ground.roles.of(census, item) == Some(Role::Domain);
    let is_struct = census.item(item).kind == ItemKind::Struct;
    let lives = known.changing.contains(&item) || known.kept.contains(&item);
    let identified = || has_identity(census, ground.parameters.section("agg"), item);
    match () {
        () if domain && known.declared.contains(&item) => DataKind::Entity,
        () if domain && is_struct && lives && identified() => DataKind::Entity,
        () if known.comparable.contains(&item) => DataKind::Value,
        () => DataKind::Plain,
    }
}

/// Whether one of its fields says which one it is.
pub fn has_identity(census: &Census<'_>, words: &Constants, item: ItemNo) -> bool {
    let own = census.name(item);
    let (fields, suffixes) = (words.words("identity_fields"), words.words("identity_suffixes"));
    let by_own_name: Vec<String> = suffixes.iter().map(|suffix| format!("{}{suffix}", snake(own))).collect();
    let types: Vec<String> =
        words.words("identity_types").iter().map(|suffix| format!("{own}{suffix}")).collect();
    census.slots(item).iter().any(|slot| {
        let name = census.word(slot.name);
        let typed = slot.word.map_or("", |word| census.word(word));
        fields.iter().chain(&by_own_name).any(|field| field == name) || types.iter().any(|word| word == typed)
    })
}

/// Domain types with an identity, in order.
pub fn entities(ground: Ground<'_>, ports: &[Port], data: &[Option<DataKind>]) -> Vec<Entity> {
    let census = ground.census;
    let is_entity = |item: &ItemNo| data[item.0 as usize] == Some(DataKind::Entity);
    let all: Vec<ItemNo> = census.item_nos().filter(is_entity).collect();
    let mut methods: FxHashMap<ItemNo, Vec<ItemNo>> = FxHashMap::default();
    let roots = ground.parameters.section("agg").words("root_traits");
    for item in census.functions().filter(|item| census.item(*item).kind == ItemKind::Method) {
        let own = census.trait_of(item);
        let counts = own.is_none_or(|of| roots.iter().any(|root| root == census.target_word(of)));
        if let Some(own) = census.self_item(item).filter(|own| counts && is_entity(own)) {
            methods.entry(own).or_default().push(item);
        }
    }
    let inside: FxHashSet<ItemNo> = all
        .iter()
        .flat_map(|item| {
            let held = census.slots(*item).iter().filter_map(|slot| slot.core);
            held.filter(move |held| *held != Target::Item(*item))
        })
        .filter_map(|held| match held {
            Target::Item(held) => Some(held),
            _ => None,
        })
        .collect();
    all.into_iter()
        .map(|item| {
            let keeps = |port: &Port| {
                port.repository.as_ref().is_some_and(|repository| repository.manages.contains(&item))
            };
            let kept_by: Vec<usize> =
                ports.iter().enumerate().filter(|(_, port)| keeps(port)).map(|(at, _)| at).collect();
            let root = !kept_by.is_empty() || !inside.contains(&item);
            Entity { item, methods: methods.remove(&item).unwrap_or_default(), root, kept_by }
        })
        .collect()
}
