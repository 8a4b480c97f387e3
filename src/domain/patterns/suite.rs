//! Tests: how much of the world each needs, by what it and the test code that it reaches name.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::census::{Act, Census, ItemNo, Standing, Target};
use crate::domain::graph::{CrateId, EdgeKind, ItemKind};
use crate::domain::patterns::calls::Calls;
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::lookup::receivers;
use crate::domain::patterns::{InfraForm, Layer, Side, Test, Touch, Wire};
use crate::domain::policy::constants::Constants;
use crate::domain::policy::role::Role;
use crate::domain::source::deeds::ActForm;
use crate::domain::source::facts::ItemMarks;
use crate::domain::source::symbols::Sym;
use crate::domain::source::workspace::TargetKind;

/// All tests that can fail, and those that cannot.
pub(super) fn suite(ground: &Ground<'_>, touches: &[Touch], calls: &Calls) -> (Vec<Test>, Vec<ItemNo>) {
    let census = ground.census;
    let finder = Finder::new(ground, touches, calls);
    let (mut tests, mut toothless) = (Vec::new(), Vec::new());
    // Tests of one module lean on the same.
    let mut known: FxHashMap<Vec<ItemNo>, Reach> = FxHashMap::default();
    for item in census.item_nos() {
        let found = census.item(item);
        let counts = found.standing == Standing::Test
            && census.is_function(item)
            && finder.is_test(item)
            && census.graph.crates[census.module(found.module).krate.0 as usize].kind != TargetKind::Bench;
        if !counts {
            continue;
        }
        let seeds = finder.support(item);
        if !known.contains_key(&seeds) {
            known.insert(seeds.clone(), finder.reach(&seeds));
        }
        let beyond = &known[&seeds];
        if !finder.can_fail(item, beyond) {
            toothless.push(item);
            continue;
        }
        let (layer, wire) = finder.layer(item, beyond);
        tests.push(Test {
            item,
            layer,
            wire,
            rows: rows(census, item),
            ignored: found.marks.has(ItemMarks::IGNORED),
            named: finder.named(item),
            beyond: Arc::clone(&beyond.named),
        });
    }
    (tests, toothless)
}

/// Rows of cases: one for each attribute that brings one.
fn rows(census: &Census<'_>, item: ItemNo) -> u32 {
    1 + census.acts(item).iter().filter(|act| act.form == ActForm::Case).count() as u32
}

/// Functions that give tests what they need, by the name that the parameter has.
fn fixtures(census: &Census<'_>, facts: &Constants) -> FxHashMap<Sym, Vec<ItemNo>> {
    let mut fixtures: FxHashMap<Sym, Vec<ItemNo>> = FxHashMap::default();
    for item in census.item_nos().filter(|item| census.item(*item).kind == ItemKind::Fn) {
        let marked = census.uses(item).iter().any(|used| {
            used.kind == EdgeKind::Attribute && facts.lists("fixture_attributes", census.target_word(used.to))
        });
        if marked {
            fixtures.entry(census.item(item).name).or_default().push(item);
        }
    }
    fixtures
}

/// Methods of test code by their crate and name; none where several are called so.
fn helpers(census: &Census<'_>) -> FxHashMap<(CrateId, Sym), Option<ItemNo>> {
    let mut helpers: FxHashMap<(CrateId, Sym), Option<ItemNo>> = FxHashMap::default();
    let methods = census.item_nos().filter(|item| census.item(*item).kind == ItemKind::Method);
    for item in methods.filter(|item| is_support(census, *item)) {
        let found = census.item(item);
        let own = census.trait_of(item).is_none() && found.marks.has(ItemMarks::RECEIVER);
        let at = (census.module(found.module).krate, found.name);
        helpers.entry(at).and_modify(|known| *known = None).or_insert(own.then_some(item));
    }
    helpers
}

struct Finder<'a, 'g> {
    ground: &'a Ground<'g>,
    touches: &'a [Touch],
    calls: &'a Calls,
    /// Technologies that keep things.
    stores: &'a [String],
    fixtures: FxHashMap<Sym, Vec<ItemNo>>,
    /// Methods of test code by their crate and name; none where several are called so.
    helpers: FxHashMap<(CrateId, Sym), Option<ItemNo>>,
    /// By item: what test code touches itself, what calling a function of the product amounts to, and
    /// whether test code claims something.
    worlds: Vec<World>,
    called: Vec<World>,
    claims: Vec<bool>,
}

/// How much of the world something needs.
#[derive(Clone, Copy, Default)]
struct World {
    /// Drives the whole program.
    program: bool,
    /// Starts what listens for requests.
    starts: bool,
    /// Puts the program together.
    wires: bool,
    /// Asks over the wire.
    asks: bool,
    /// Makes up a server to be asked.
    made_up: bool,
    /// Names the command of a process.
    commands: bool,
    /// Hands requests over in its own process.
    hands: bool,
    /// Serves requests.
    routes: bool,
    /// Speaks through a real adapter.
    real: bool,
    /// Needs a store, files, the network.
    outside: bool,
}

impl World {
    fn join(&mut self, other: Self) {
        self.program |= other.program;
        self.starts |= other.starts;
        self.wires |= other.wires;
        self.asks |= other.asks;
        self.made_up |= other.made_up;
        self.commands |= other.commands;
        self.hands |= other.hands;
        self.routes |= other.routes;
        self.real |= other.real;
        self.outside |= other.outside;
    }
}

impl<'a, 'g> Finder<'a, 'g> {
    fn new(ground: &'a Ground<'g>, touches: &'a [Touch], calls: &'a Calls) -> Self {
        let census = ground.census;
        let facts = ground.parameters.section("facts");
        let (fixtures, helpers) = (fixtures(census, facts), helpers(census));
        let given: FxHashSet<ItemNo> = fixtures.values().flatten().copied().collect();
        let (worlds, called, claims) = (Vec::new(), Vec::new(), Vec::new());
        let stores = ground.parameters.stores();
        let mut finder = Self { ground, touches, calls, stores, fixtures, helpers, worlds, called, claims };
        let of_tests = |item: &ItemNo| census.item(*item).standing == Standing::Test || given.contains(item);
        let (serving, opening) = (finder.serving(), finder.opening());
        finder.called = census.item_nos().map(|item| finder.calling(item, &serving, &opening)).collect();
        let world = |item: ItemNo| if of_tests(&item) { finder.touched(item) } else { World::default() };
        finder.worlds = census.item_nos().map(world).collect();
        let mut checks = FxHashMap::default();
        let mut claims = |item: ItemNo| of_tests(&item) && finder.claims(item, &mut checks);
        finder.claims = census.item_nos().map(&mut claims).collect();
        finder
    }

    /// Whether an attribute makes a function a test, and none a template for others.
    fn is_test(&self, item: ItemNo) -> bool {
        let census = self.ground.census;
        let marked = |list: &str| {
            let words = self.pyramid().words(list);
            census.outer_in(item, EdgeKind::Attribute).any(|outside| words.contains(&outside.path))
        };
        let test = census.item(item).marks.has(ItemMarks::TEST);
        (test && !marked("templates")) || (!test && marked("applied_templates"))
    }

    /// `[pyr]`.
    fn pyramid(&self) -> &'a Constants {
        self.ground.parameters.section("pyr")
    }

    /// Test code that an item leans on itself, sorted.
    fn support(&self, item: ItemNo) -> Vec<ItemNo> {
        let census = self.ground.census;
        let called = self.calls.of(item).iter().map(|site| site.to).filter(|to| is_support(census, *to));
        let mut found: Vec<ItemNo> = called.collect();
        found.extend(census.uses(item).iter().filter(|used| Census::is_own(used)).filter_map(|used| {
            match used.to {
                Target::Item(to) if is_support(census, to) && !census.is_function(to) => Some(to),
                _ => None,
            }
        }));
        if census.is_function(item) && !self.fixtures.is_empty() {
            let given = census.parameters(item).filter_map(|slot| self.fixtures.get(&slot.name));
            found.extend(given.flatten());
        }
        found.extend(self.helping(item));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Methods of test code that are called on what no type is known of: `let (env, root) = set_up();` and
    /// then `env.assert_output(…)`. A name that only one of them has is enough.
    fn helping(&self, item: ItemNo) -> Vec<ItemNo> {
        let census = self.ground.census;
        let krate = census.module(census.item(item).module).krate;
        let unknown = |act: &&Act| !self.calls.of(item).iter().any(|site| site.place == act.place);
        let acts = census.acts(item).iter().filter(|act| matches!(act.form, ActForm::Method { .. }));
        let called = acts.filter(unknown).filter_map(|act| match act.form {
            ActForm::Method { name, on: Some(on) } if receivers(census, item, on).next().is_none() => {
                self.helpers.get(&(krate, name)).copied().flatten()
            }
            _ => None,
        });
        called.collect()
    }

    /// What leaning on this amounts to: on it, and on all test code that it reaches.
    fn reach(&self, seeds: &[ItemNo]) -> Reach {
        let mut seen: FxHashSet<ItemNo> = FxHashSet::default();
        let (mut reach, mut named) = (Reach::default(), Vec::new());
        let mut open = seeds.to_vec();
        while let Some(item) = open.pop() {
            if !seen.insert(item) {
                continue;
            }
            reach.world.join(self.world(item));
            reach.claims |= self.claims[item.0 as usize] && self.ground.census.is_function(item);
            named.push(item);
            named.extend(self.named(item));
            open.extend(self.support(item));
        }
        named.sort_unstable();
        named.dedup();
        reach.named = named.into();
        reach
    }

    /// What an item names and calls, sorted.
    fn named(&self, item: ItemNo) -> Vec<ItemNo> {
        let census = self.ground.census;
        let uses = census.uses(item).iter().filter(|used| Census::is_own(used));
        let items = uses.filter_map(|used| match used.to {
            Target::Item(to) => Some(to),
            _ => None,
        });
        let mut named: Vec<ItemNo> = items.chain(self.calls.of(item).iter().map(|site| site.to)).collect();
        named.sort_unstable();
        named.dedup();
        named
    }

    /// What test code needs of the world, itself and by what it calls.
    fn world(&self, item: ItemNo) -> World {
        let mut world = self.worlds[item.0 as usize];
        for site in self.calls.of(item) {
            world.join(self.called[site.to.0 as usize]);
        }
        world
    }

    fn layer(&self, test: ItemNo, beyond: &Reach) -> (Layer, Wire) {
        let mut world = self.world(test);
        world.join(beyond.world);
        let census = self.ground.census;
        let krate = census.module(census.item(test).module).krate;
        // A test beside the crate that names `Command` starts the program as a process.
        let beside = census.graph.crates[krate.0 as usize].kind == TargetKind::Test;
        // Else it calls what listens, or what puts the program together.
        let starts = world.starts || world.wires;
        match () {
            // Whatever it builds, what is handed over in one process goes through no wire.
            () if world.hands && !world.commands && (starts || (world.routes && world.real)) => {
                (Layer::EndToEnd, Wire::None)
            }
            () if world.program || starts || (beside && world.commands) => (Layer::EndToEnd, Wire::Real),
            // Or it hands requests over in its own process, to what serves them with a real adapter behind.
            () if world.routes && world.real => (Layer::EndToEnd, Wire::None),
            () if world.outside || (world.asks && !world.made_up) => (Layer::Integration, Wire::None),
            () => (Layer::Unit, Wire::None),
        }
    }

    /// What test code touches itself.
    fn touched(&self, item: ItemNo) -> World {
        let (mut world, pyramid) = (World::default(), self.pyramid());
        for touch in &self.touches[item.0 as usize].infra {
            let changes = touch.family == "process" && touch.what.contains("Command");
            world.program |= touch.category == "test_end_to_end";
            world.commands |= touch.what.starts_with("std::process::Command")
                || touch.what.starts_with("tokio::process::Command");
            world.real |= touch.side == Side::Driven && touch.family == "database";
            world.hands |= pyramid.is_within("handing", &touch.what);
            let made_up = pyramid.words("mock_servers").iter().any(|krate| touch.what.starts_with(krate));
            let asks = touch.family == "http_client" && touch.side != Side::Driving;
            world.made_up |= made_up;
            world.asks |= asks;
            world.outside |= pyramid.lists("world", &touch.family) && touch.side != Side::Driving && !asks
                || touch.category == "test_infrastructure" && !made_up
                || changes;
        }
        world
    }

    /// What it is to call something of the product.
    fn calling(&self, to: ItemNo, serving: &[bool], opening: &[bool]) -> World {
        let census = self.ground.census;
        if !census.is_production(to) {
            return World::default();
        }
        let role = |item: ItemNo| self.ground.roles.of(census, item);
        let routes = self.touches[to.0 as usize].infra.iter().any(|touch| {
            touch.category == "http_server"
                && touch.what.rsplit("::").next().is_some_and(|word| self.pyramid().lists("routers", word))
        });
        let real = census.self_item(to).is_some_and(|own| {
            role(own) == Some(Role::Adapter)
                && self.touches[own.0 as usize].infra.iter().any(|touch| touch.side == Side::Driven)
        });
        let wires = role(to) == Some(Role::Composition) && self.runs(to);
        let (starts, outside) = (serving[to.0 as usize], opening[to.0 as usize]);
        World { starts, wires, routes, real, outside, ..World::default() }
    }

    /// Whether each function opens a store, itself or a few calls further.
    fn opening(&self) -> Vec<bool> {
        let is_named = |word: &str| {
            self.pyramid().words("opening_calls").iter().any(|start| {
                word.strip_prefix(start.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
            })
        };
        self.further(|item| {
            self.touches[item.0 as usize].infra.iter().any(|touch| {
                let store = self.stores.contains(&touch.family);
                store && touch.form == InfraForm::Body && touch.what.split("::").any(is_named)
            })
        })
    }

    /// Whether each function listens for requests, itself or a few calls further.
    fn serving(&self) -> Vec<bool> {
        let starts = self.ground.catalogue.list("serving.starts");
        let listens = |item: ItemNo| {
            self.touches[item.0 as usize].infra.iter().any(|touch| {
                let server = matches!(touch.category.as_str(), "http_server" | "rpc");
                server
                    && touch.form == InfraForm::Body
                    && starts.iter().any(|path| touch.what.ends_with(path.as_str()))
            })
        };
        self.further(listens)
    }

    /// Whether each function does something, itself or a few calls further.
    fn further(&self, does: impl Fn(ItemNo) -> bool) -> Vec<bool> {
        let census = self.ground.census;
        let mut found: Vec<bool> = census.item_nos().map(does).collect();
        for _ in 1..self.pyramid().count("further_calls") {
            let further = |item: ItemNo| {
                found[item.0 as usize] || self.calls.of(item).iter().any(|site| found[site.to.0 as usize])
            };
            found = census.item_nos().map(further).collect();
        }
        found
    }

    /// Whether a function of the composition starts or builds something, rather than only reading a
    /// setting: it names what drives the program or is driven by it.
    fn runs(&self, item: ItemNo) -> bool {
        let touched = |item: ItemNo| {
            self.touches[item.0 as usize]
                .infra
                .iter()
                .any(|touch| touch.side != Side::Neither && touch.form != InfraForm::Attribute)
        };
        touched(item) || self.calls.of(item).iter().any(|site| touched(site.to))
    }

    /// Whether anything in a test can make it fail.
    fn can_fail(&self, test: ItemNo, beyond: &Reach) -> bool {
        let census = self.ground.census;
        census.item(test).marks.has(ItemMarks::SHOULD_PANIC)
            || census.result(test).is_some()
            || self.claims[test.0 as usize]
            || beyond.claims
    }

    /// Whether what has this name holds something against what is expected.
    fn checks(&self, word: &str) -> bool {
        let word = word.to_ascii_lowercase();
        let pyramid = self.pyramid();
        pyramid.is_within("checks", &word) || pyramid.lists("checking_names", &word)
    }

    /// Whether test code claims something itself; `known` are words that were looked at, as the same come
    /// again and again.
    fn claims<'w>(&'w self, item: ItemNo, known: &mut FxHashMap<&'w str, bool>) -> bool {
        let census = self.ground.census;
        let mut checks = |word: &'w str| *known.entry(word).or_insert_with(|| self.checks(word));
        let named = census.uses(item).iter().any(|used| {
            matches!(used.kind, EdgeKind::Macro | EdgeKind::Body | EdgeKind::Method)
                && checks(census.target_word(used.to))
        });
        named
            || census.acts(item).iter().any(|act| match act.form {
                ActForm::Try | ActForm::Check => true,
                ActForm::Method { name, .. } => checks(census.word(name)),
                _ => false,
            })
    }
}

/// What leaning on some test code amounts to.
#[derive(Default)]
struct Reach {
    /// All of it, and what it names and calls, sorted.
    named: Arc<[ItemNo]>,
    world: World,
    /// Whether any function of it claims something.
    claims: bool,
}

/// Test code that a test may lean on.
fn is_support(census: &Census<'_>, item: ItemNo) -> bool {
    let found = census.item(item);
    found.standing == Standing::Test && !found.marks.has(ItemMarks::TEST)
}
