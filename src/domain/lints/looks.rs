//! What several lints ask.

use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, VecDeque};

use crate::domain::census::outside::Outside;
use crate::domain::census::{Census, ItemNo, ModuleNo, Slot, Standing, Target};
use crate::domain::finding::evidence::Evidence;
use crate::domain::finding::{Hop, Level};
use crate::domain::graph::cycles;
use crate::domain::graph::{Edge, EdgeKind, ItemKind, NodeId, Place};
use crate::domain::indicators::scene::Scene;
use crate::domain::lints::Ground;
use crate::domain::lints::found::Found;
use crate::domain::patterns::storage::in_one_run;
use crate::domain::patterns::{AccessForm, InfraUse, Scope, StoreAccess};
use crate::domain::policy::constants::Constants;
use crate::domain::policy::role::Role;
use crate::domain::roles::Tag;
use crate::domain::source::deeds::ActForm;

/// The constants of a lint, or of all lints where one is named `all`.
pub(super) fn words<'a>(ground: &Ground<'a>, lint: &str) -> &'a Constants {
    let scene: &Scene<'a> = &ground.scene;
    scene.parameters.section("lint").table(lint)
}

/// From this confidence on the part that a module plays is taken for granted.
pub(super) fn sure(ground: &Ground<'_>) -> f64 {
    ground.scene.parameters.section("scoring").number("deny_confidence")
}

/// Whether a handler only tells whether the program is well, by its name.
pub(super) fn tells_health(ground: &Ground<'_>, name: &str) -> bool {
    words(ground, "all").is_within("health", name)
}

/// Items that measurements count, of modules with this role.
pub(super) fn items_of<'a>(ground: &Ground<'a>, role: Role) -> impl Iterator<Item = ItemNo> + use<'a> {
    let (census, roles): (&'a Census<'a>, _) = (ground.scene.census, ground.scene.roles);
    census.counted().filter(move |item| roles.of(census, *item) == Some(role))
}

/// What is touched, with its technology: `` `sqlx::PgPool` (database)``.
pub(super) fn technology(touch: &InfraUse) -> String {
    let what = if touch.what.contains(' ') { touch.what.clone() } else { format!("`{}`", touch.what) };
    match touch.family.as_str() {
        "" => what,
        family => format!("{what} ({})", family.replace('_', " ")),
    }
}

/// The id of what is touched.
pub(super) fn outer(touch: &InfraUse) -> String {
    if touch.what.contains(' ') { String::new() } else { format!("ext:{}", touch.what) }
}

/// The technology of something outside, in words.
pub(super) fn family(outside: &Outside) -> String {
    let word = if outside.family.is_empty() { &outside.category } else { &outside.family };
    word.replace('_', " ")
}

/// What a target is called, and its id.
pub(super) fn target(ground: &Ground<'_>, target: Target) -> (String, String) {
    let census = ground.scene.census;
    match target {
        Target::Item(item) => (census.name(item).to_owned(), census.id(item)),
        Target::Module(module) => (census.module_id(module), census.module_id(module)),
        Target::Outside(outside) => {
            let path = &census.external(outside).path;
            (path.clone(), format!("ext:{path}"))
        }
    }
}

/// Variants of an enum.
pub(super) fn members(ground: &Ground<'_>, item: ItemNo) -> Vec<ItemNo> {
    let census = ground.scene.census;
    let of_module = census.module(census.item(item).module).items.iter();
    of_module
        .copied()
        .filter(|one| census.item(*one).holder == Some(item) && census.item(*one).kind == ItemKind::Variant)
        .collect()
}

/// The part an item plays, in a sentence.
pub(super) fn role_word(ground: &Ground<'_>, item: ItemNo) -> &'static str {
    match ground.scene.roles.of(ground.scene.census, item) {
        Some(Role::Adapter) => "an adapter",
        Some(Role::Entrypoint) => "an entrypoint",
        Some(Role::Composition) => "the composition",
        Some(Role::Domain) => "domain",
        Some(Role::Application) => "application",
        _ => "another part",
    }
}

/// Whether rows are the model in this module because there is no other: its role was given for that.
pub(super) fn is_active_record(ground: &Ground<'_>, item: ItemNo) -> bool {
    let census = ground.scene.census;
    let played = ground.scene.roles.played(census.item(item).module);
    !played.tags.contains(&Tag::Declared) && played.votes.iter().all(|vote| vote.role != Role::Domain)
}

/// Whether the path of a module names the core for sure, whatever is in it.
pub(super) fn is_named_core(ground: &Ground<'_>, module: ModuleNo) -> bool {
    let core = |role: Role| matches!(role, Role::Domain | Role::Application);
    let votes = &ground.scene.roles.played(module).votes;
    let named = words(ground, "all").number("named_core");
    votes
        .iter()
        .any(|vote| vote.by == crate::domain::roles::Ground::Path && core(vote.role) && vote.weight >= named)
}

/// Whether the domain is simple.
pub(super) fn is_simple(ground: &Ground<'_>) -> bool {
    ground.scene.needs.complexity < words(ground, "all").number("simple")
}

/// Whether an access changes the store.
pub(super) fn is_write(access: &StoreAccess) -> bool {
    matches!(access.form, AccessForm::Write | AccessForm::Store)
}

/// Writes of a function that can all happen in one call: of branches that exclude each other the one
/// with most.
pub(super) fn together<'a>(
    ground: &Ground<'_>,
    item: ItemNo,
    writes: &[&'a StoreAccess],
) -> Vec<&'a StoreAccess> {
    let places: Vec<_> = writes.iter().map(|access| (access.place.span, 1)).collect();
    let kept = in_one_run(ground.scene.census, item, &places);
    writes.iter().zip(kept).filter(|(_, kept)| *kept).map(|(access, _)| *access).collect()
}

/// Where a scope ends: its commit, or the end of the function.
pub(super) fn commit_of(ground: &Ground<'_>, scope: &Scope) -> u32 {
    let (census, facts) = (ground.scene.census, ground.scene.parameters.section("facts"));
    let commits = census.acts(scope.item).iter().filter(|act| match act.form {
        ActForm::Method { name, .. } => {
            facts.lists("unit_methods", census.word(name)) && act.place.span.start > scope.place.span.start
        }
        _ => false,
    });
    commits.map(|act| act.place.span.start).min().unwrap_or(census.item(scope.item).span.end)
}

/// Whether an indicator lost points over an item.
pub(super) fn loses(ground: &Ground<'_>, indicator: &str, item: ItemNo) -> bool {
    let id = ground.scene.census.id(item);
    let measured = ground.measured.iter().find(|one| one.indicator == indicator);
    measured.is_some_and(|one| one.evidence.iter().any(|evidence| evidence.item == id))
}

/// Whether a function begins or commits something itself, whatever it is called on.
pub(super) fn is_in_charge(ground: &Ground<'_>, item: ItemNo) -> bool {
    let census = ground.scene.census;
    census.acts(item).iter().any(|act| match act.form {
        ActForm::Method { name, .. } => words(ground, "all").lists("transaction_calls", census.word(name)),
        _ => false,
    })
}

/// Whether a field holds several of a kind.
pub(super) fn is_collection(ground: &Ground<'_>, slot: &Slot) -> bool {
    let census = ground.scene.census;
    census.types(slot).iter().any(|part| words(ground, "all").lists("collections", census.word(part.word)))
}

/// Items over which an indicator lost points, with what it says of them.
pub(super) fn lost<'a>(ground: &Ground<'a>, indicator: &str) -> Vec<(ItemNo, &'a Evidence)> {
    let census = ground.scene.census;
    let Some(measured) = ground.measured.iter().find(|one| one.indicator == indicator) else {
        return Vec::new();
    };
    let last = |id: &'a str| {
        let word = id.rsplit("::").next().unwrap_or(id);
        word.split('#').next().unwrap_or(word)
    };
    let mut by_word: FxHashMap<&str, Vec<&'a Evidence>> = FxHashMap::default();
    for evidence in &measured.evidence {
        by_word.entry(last(&evidence.item)).or_default().push(evidence);
    }
    let mut lost = Vec::new();
    for item in census.item_nos() {
        let Some(same) = by_word.get(census.name(item)) else { continue };
        let id = census.id(item);
        lost.extend(same.iter().filter(|one| one.item == id).map(|evidence| (item, *evidence)));
    }
    lost
}

/// Accesses of each function, in their order.
pub(super) fn accesses_by_item<'a>(ground: &Ground<'a>) -> BTreeMap<ItemNo, Vec<&'a StoreAccess>> {
    let mut by_item: BTreeMap<ItemNo, Vec<&'a StoreAccess>> = BTreeMap::new();
    for access in &ground.scene.patterns.accesses {
        by_item.entry(access.item).or_default().push(access);
    }
    by_item
}

/// Whether an item is only there for tests, by a feature or by its name.
pub(super) fn is_for_tests(ground: &Ground<'_>, item: ItemNo) -> bool {
    let census = ground.scene.census;
    let id = census.module_id(census.item(item).module).to_lowercase();
    let words = words(ground, "all");
    id.split("::").any(|part| words.is_within("test_parts", part))
        || conditions(ground, item).any(|(_, text)| words.is_within("test_conditions", text))
}

/// Whether an item names something only where a feature asks for it.
pub(super) fn is_optional(ground: &Ground<'_>, item: ItemNo, to: NodeId) -> bool {
    let mut own = conditions(ground, item);
    own.any(|(edge, text)| edge.to == to && text.contains("feature") && !text.contains("not(feature"))
}

/// What an item names under a condition, with the text of that.
fn conditions<'a>(ground: &Ground<'a>, item: ItemNo) -> impl Iterator<Item = (&'a Edge, &'a str)> {
    let graph = ground.scene.census.graph;
    let node = ground.scene.census.item(item).node;
    let first = graph.edges.partition_point(|edge| edge.from < node);
    let own = graph.edges[first..].iter().take_while(move |edge| edge.from == node);
    own.filter_map(|edge| Some((edge, graph.symbols.word(edge.cfg?))))
}

/// The shortest way from an item of the domain through items of no outer part to the outside or to an
/// outer part; none where there is none, or where its first step leads there already.
///
/// `dead` holds items from which nothing outer can be reached however far one goes; what is found to be
/// so is added.
pub(super) fn way_out(
    ground: &Ground<'_>,
    start: ItemNo,
    farthest: usize,
    dead: &mut FxHashSet<ItemNo>,
) -> Option<Vec<Hop>> {
    let (census, roles, patterns) = (ground.scene.census, ground.scene.roles, ground.scene.patterns);
    let mut came: FxHashMap<ItemNo, (ItemNo, Place)> = FxHashMap::default();
    let mut queue = VecDeque::from([(start, 0)]);
    let mut whole_walk = true;
    let from = sure(ground);
    while let Some((item, depth)) = queue.pop_front() {
        if depth >= farthest {
            whole_walk = false;
            continue;
        }
        for used in census.uses(item).iter().filter(|used| !used.test && Census::is_own(used)) {
            let Target::Item(target) = used.to else { continue };
            let whole = census.whole(target);
            if whole == start
                || came.contains_key(&whole)
                || dead.contains(&whole)
                || !census.is_production(whole)
                || patterns.leads_to_port(used)
            {
                continue;
            }
            let outer = roles.is_outer(census, whole);
            let inside = roles.of(census, whole) == Some(Role::Domain);
            // The first step must lead between: what lies inside has findings of its own, and what lies
            // outside is named directly.
            if inside || (outer && depth == 0) {
                continue;
            }
            came.insert(whole, (item, used.place));
            let sure = roles.confidence(census, whole) >= from;
            if (outer && sure) || patterns.touch(whole).driven() {
                return Some(chain(census, &came, start, whole));
            }
            queue.push_back((whole, depth + 1));
        }
    }
    if whole_walk {
        dead.extend(came.into_keys());
    }
    None
}

fn chain(
    census: &Census<'_>,
    came: &FxHashMap<ItemNo, (ItemNo, Place)>,
    start: ItemNo,
    end: ItemNo,
) -> Vec<Hop> {
    let mut way = Vec::new();
    let mut at = end;
    while at != start {
        let Some((from, place)) = came.get(&at) else { break };
        way.push(Hop { from: census.id(*from), to: census.id(at), site: census.site(*place) });
        at = *from;
    }
    way.reverse();
    way
}

/// Where an item names something first.
pub(super) fn place_of(ground: &Ground<'_>, item: ItemNo, to: &str) -> Place {
    let census = ground.scene.census;
    let named = census.uses(item).iter().find(|used| match used.to {
        Target::Item(target) => census.id(census.whole(target)) == to,
        _ => false,
    });
    named.map_or(census.item(item).place, |used| used.place)
}

/// Circles among the top-level modules of each crate, and among crates.
pub(super) fn circles(ground: &Ground<'_>) -> Vec<Found> {
    let census = ground.scene.census;
    let top = |module: ModuleNo| -> Option<ModuleNo> {
        let mut at = module;
        while let Some(parent) = census.module(at).parent {
            if census.module(parent).parent.is_none() {
                return Some(at);
            }
            at = parent;
        }
        None
    };
    let mut edges: BTreeMap<(ModuleNo, ModuleNo), Vec<(Place, EdgeKind)>> = BTreeMap::new();
    let mut add = |from: ModuleNo, used: &crate::domain::census::Use| {
        let to = match used.to {
            Target::Item(item) => census.item(item).module,
            Target::Module(module) => module,
            Target::Outside(_) => return,
        };
        if used.test || census.module(to).standing != Standing::Production {
            return;
        }
        let (Some(from), Some(to)) = (top(from), top(to)) else { return };
        if from != to && census.module(from).krate == census.module(to).krate {
            edges.entry((from, to)).or_default().push((used.place, used.kind));
        }
    };
    for module in census.module_nos().filter(|module| census.module(*module).standing == Standing::Production)
    {
        census.imports(module).iter().for_each(|used| add(module, used));
    }
    for item in census.item_nos().filter(|item| census.is_production(*item)) {
        let module = census.item(item).module;
        census.uses(item).iter().for_each(|used| add(module, used));
    }
    for block in census.impl_nos().filter(|block| census.block(*block).standing == Standing::Production) {
        let module = census.block(block).module;
        census.impl_uses(block).iter().for_each(|used| add(module, used));
    }
    let pairs: Vec<(ModuleNo, ModuleNo)> = edges.keys().copied().collect();
    let costs: Vec<(ModuleNo, ModuleNo, u32)> =
        edges.iter().map(|((from, to), places)| (*from, *to, places.len() as u32)).collect();
    let cheapest = |cut: &[usize]| cut.iter().copied().min_by_key(|edge| (costs[*edge].2, *edge));
    let circle = |cycle: cycles::Cycle<ModuleNo>| {
        let hop = |edge: &usize| {
            let (from, to) = pairs[*edge];
            let place = edges[&pairs[*edge]].iter().map(|(place, _)| *place).min();
            let site = place.map(|place| census.site(place)).unwrap_or_default();
            Hop { from: census.module_id(from), to: census.module_id(to), site }
        };
        let cut = cheapest(&cycle.cut).or(cycle.round.first().copied())?;
        let (from, to) = pairs[cut];
        let mut places: Vec<Place> = edges[&pairs[cut]].iter().map(|(place, _)| *place).collect();
        places.sort();
        let only_handed_on = cycle
            .round
            .iter()
            .any(|edge| edges[&pairs[*edge]].iter().all(|(_, kind)| *kind == EdgeKind::ReExport));
        let names: Vec<String> = cycle.members.iter().map(|member| census.module_id(*member)).collect();
        Some(Found {
            whole: names.clone(),
            item: None,
            module: from,
            to: census.module_id(to),
            about: names.join(" "),
            message: format!(
                "{} depend on each other in a circle; `{}` -> `{}` is the cheapest edge to cut",
                in_words(&names),
                census.module_id(from),
                census.module_id(to)
            ),
            instead: "move what both need to a module below them, or turn this edge round with a trait"
                .to_owned(),
            places,
            sites: Vec::new(),
            at_most: if only_handed_on { Level::Note } else { Level::Deny },
            chain: cycle.round.iter().map(hop).collect(),
        })
    };
    cycles::find(&costs).into_iter().filter_map(circle).collect()
}

/// The modules of a circle by name, or where they are many how many they are and the first of them.
fn in_words(names: &[String]) -> String {
    let shown =
        |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names {
        [most @ .., last] if names.len() <= 4 => format!("{} and `{last}`", shown(most)),
        _ => format!("{} modules ({}, …)", names.len(), shown(&names[..names.len().min(3)])),
    }
}
