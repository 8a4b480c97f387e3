//! Effects beside the store, and where adapters and clients are made.

use rustc_hash::FxHashSet;

use crate::domain::census::{Census, ItemNo, Target, Use};
use crate::domain::graph::{EdgeKind, ItemKind};
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::storage::functions;
use crate::domain::patterns::{Construction, Direction, Effect, InfraForm, Port, Side, Touch};
use crate::domain::policy::role::Role;
use crate::domain::source::facts::{ItemMarks, Part};

/// The first place for each technology in each production function.
pub(super) fn effects(ground: &Ground<'_>, touches: &[Touch]) -> Vec<Effect> {
    let families = ground.parameters.section("facts").words("effect_families");
    let mut found = Vec::new();
    for item in functions(ground.census) {
        let mut seen: Vec<&str> = Vec::new();
        for touch in &touches[item.0 as usize].infra {
            let acts =
                matches!(touch.form, InfraForm::Body | InfraForm::Macro) && touch.side != Side::Driving;
            if acts && families.contains(&touch.family) && !seen.contains(&touch.family.as_str()) {
                seen.push(&touch.family);
                found.push(Effect { item, place: touch.place, family: touch.family.clone() });
            }
        }
    }
    found
}

/// Where production functions make adapters, and clients of what the program drives.
pub(super) fn constructions(ground: &Ground<'_>, touches: &[Touch], ports: &[Port]) -> Vec<Construction> {
    let census = ground.census;
    let adapters = adapters(ground, touches, ports);
    let words = ground.parameters.section("di");
    let (suffixes, makers) = (words.words("client_suffixes"), words.words("maker_suffixes"));
    let mut found = Vec::new();
    for item in functions(census) {
        let own = census.self_item(item);
        let mut sites: Vec<Construction> = Vec::new();
        for used in census.uses(item).iter().filter(|used| used.kind == EdgeKind::Body) {
            let made = match used.to {
                Target::Item(to) => made_item(census, used, to)
                    .filter(|made| adapters.contains(made) && Some(*made) != own)
                    .map(Target::Item),
                Target::Outside(_) => is_client(census, used, suffixes, makers).then_some(used.to),
                Target::Module(_) => None,
            };
            sites.extend(made.map(|made| Construction { item, place: used.place, made }));
        }
        sites.sort_by_key(|site| site.place);
        found.extend(sites);
    }
    found
}

/// Whether a type is what is written and read, as a row with a column of JSON: a value, which connects to
/// nothing.
fn is_record(ground: &Ground<'_>, touch: &Touch, item: ItemNo) -> bool {
    let (census, facts) = (ground.census, ground.parameters.section("facts"));
    let wired = census.uses(item).iter().any(|used| {
        used.kind == EdgeKind::Derive && facts.lists("record_derives", census.target_word(used.to))
    });
    wired || touch.infra.iter().any(|touch| touch.form == InfraForm::PersistenceDerive)
}

/// Types of adapters: they stand in adapter modules and hold what the program drives, or implement a
/// driven port.
pub fn adapters(ground: &Ground<'_>, touches: &[Touch], ports: &[Port]) -> FxHashSet<ItemNo> {
    let census = ground.census;
    let driven = ports.iter().filter(|port| port.direction == Direction::Driven);
    let implementing: FxHashSet<ItemNo> = driven
        .flat_map(|port| &port.impls)
        .filter_map(|block| match census.block(*block).self_type {
            Some(Target::Item(own)) => Some(own),
            _ => None,
        })
        .collect();
    census
        .item_nos()
        .filter(|item| census.is_data(*item) && census.is_production(*item))
        .filter(|item| ground.roles.of(census, *item) == Some(Role::Adapter))
        .filter(|item| {
            let holds = touches[item.0 as usize]
                .infra
                .iter()
                .any(|touch| touch.side == Side::Driven && touch.form == InfraForm::Signature);
            (holds && !is_record(ground, &touches[item.0 as usize], *item)) || implementing.contains(item)
        })
        .collect()
}

/// The type that a use makes: by a constructor function, a literal or a tuple.
fn made_item(census: &Census<'_>, used: &Use, to: ItemNo) -> Option<ItemNo> {
    match (census.item(to).kind, used.part) {
        (ItemKind::Struct, Part::Called | Part::Built) => Some(to),
        (ItemKind::Method, Part::Called) if !census.item(to).marks.has(ItemMarks::RECEIVER) => {
            let own = census.self_item(to)?;
            let result = census.result(to)?;
            let types = census.types(result);
            // `Self` names no type: what is left is nothing, or a `Result` of nothing.
            let gives = types.iter().any(|part| part.target == Some(Target::Item(own)))
                || result.core == Some(Target::Item(own))
                || types
                    .iter()
                    .all(|part| matches!(census.word(part.word), "Result" | "Option" | "Arc" | "Box"));
            gives.then_some(own)
        }
        _ => None,
    }
}

/// `PgPool::connect(…)`, `Client::builder()`: a function of a type that is a client.
fn is_client(census: &Census<'_>, used: &Use, suffixes: &[String], makers: &[String]) -> bool {
    let Some(outside) = census.outer(used.to) else { return false };
    if used.part != Part::Called || !outside.is_driven() {
        return false;
    }
    let mut parts = outside.path.rsplit("::");
    let (Some(function), Some(of)) = (parts.next(), parts.next()) else { return false };
    let word = makers.iter().find_map(|maker| of.strip_suffix(maker.as_str())).unwrap_or(of);
    function.starts_with(|first: char| first.is_lowercase())
        && of.starts_with(|first: char| first.is_uppercase())
        && suffixes.iter().any(|suffix| word.ends_with(suffix.as_str()))
}
