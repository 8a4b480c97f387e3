//! Traits that the program is open at: which way calls go through them, and what stands behind them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::census::{ImplNo, ItemNo, Standing, Target, Use};
use crate::domain::graph::{EdgeKind, ItemKind};
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::repositories::is_named;
use crate::domain::patterns::{Direction, Port, Touch};
use crate::domain::policy::role::Role;
use crate::domain::source::facts::ItemMarks;

/// All ports, in the order of their first traits; doubles and repositories are found later.
pub fn ports(ground: Ground<'_>, touches: &[Touch]) -> Vec<Port> {
    let traits = Traits::of(ground, touches);
    let mut ports: Vec<Port> = traits.groups().into_iter().filter_map(|group| traits.port(group)).collect();
    ports.sort_by_key(|port| port.traits[0]);
    ports
}

/// What is known of one trait.
#[derive(Debug, Default)]
struct Known {
    item: Option<ItemNo>,
    methods: Vec<ItemNo>,
    /// Production impl blocks, those that only pass on to something behind a pointer left out.
    impls: Vec<ImplNo>,
    /// Whether test code of another module implements it.
    tested: bool,
    /// Traits that one must be to be this one, by a bound or a blanket impl.
    above: Vec<usize>,
    /// How many traits ask for this one.
    below: u32,
    /// Who leaves it open: items and impl blocks of other modules that name it as a bound or `dyn`.
    core: bool,
    elsewhere: bool,
}

struct Traits<'a> {
    ground: Ground<'a>,
    touches: &'a [Touch],
    known: Vec<Known>,
}

impl<'a> Traits<'a> {
    fn of(ground: Ground<'a>, touches: &'a [Touch]) -> Self {
        let census = ground.census;
        let all: Vec<ItemNo> = census
            .item_nos()
            .filter(|item| census.item(*item).kind == ItemKind::Trait && census.is_production(*item))
            .collect();
        let place: FxHashMap<ItemNo, usize> = all.iter().enumerate().map(|(at, item)| (*item, at)).collect();
        let known = all.iter().map(|item| Known { item: Some(*item), ..Known::default() }).collect();
        let mut traits = Self { ground, touches, known };
        for item in census.item_nos().filter(|item| census.item(*item).kind == ItemKind::Method) {
            if let Some(at) = census.item(item).holder.and_then(|holder| place.get(&holder)) {
                traits.known[*at].methods.push(item);
            }
        }
        traits.impls(&place);
        traits.bounds(&place, &all);
        traits.users(&place);
        traits
    }

    fn impls(&mut self, place: &FxHashMap<ItemNo, usize>) {
        let census = self.ground.census;
        for number in census.impl_nos() {
            let block = census.block(number);
            let Some(Target::Item(of)) = block.of_trait else { continue };
            let Some(at) = place.get(&of) else { continue };
            if block.standing == Standing::Test {
                self.known[*at].tested |= census.item(of).module != block.module;
            } else if block.self_type.is_none() {
                for bound in traits_named(census.impl_uses(number), place).filter(|bound| bound != at) {
                    self.known[*at].above.push(bound);
                }
            } else if block.standing == Standing::Production && !self.passes_on(number, of) {
                self.known[*at].impls.push(number);
            }
        }
    }

    /// `impl<T: Rooms> Rooms for Arc<T>`.
    fn passes_on(&self, number: ImplNo, of: ItemNo) -> bool {
        let census = self.ground.census;
        let wraps = self.ground.parameters.section("facts").words("wrappers");
        let Some(own) = census.block(number).self_type else { return true };
        let named = census.impl_uses(number).iter().filter(|used| used.to == Target::Item(of)).count();
        named > 1 && wraps.iter().any(|word| word == census.target_word(own))
    }

    /// Traits that a trait builds on.
    fn bounds(&mut self, place: &FxHashMap<ItemNo, usize>, all: &[ItemNo]) {
        let census = self.ground.census;
        for (at, item) in all.iter().enumerate() {
            // What extends a port is no part of it: `trait StoreExt: Store`.
            if self.extends(*item) {
                self.known[at].above.clear();
                continue;
            }
            let asked =
                |bound: usize| census.bounds(*item).iter().any(|one| one.bound == Target::Item(all[bound]));
            let own = traits_named(census.uses(*item), place).filter(|bound| *bound != at && !asked(*bound));
            let own: Vec<usize> = own.collect();
            self.known[at].above.extend(own);
            self.known[at].above.sort_unstable();
            self.known[at].above.dedup();
        }
        for at in 0..self.known.len() {
            for above in self.known[at].above.clone() {
                self.known[above].below += 1;
            }
        }
    }

    /// Who leaves a trait open.
    fn users(&mut self, place: &FxHashMap<ItemNo, usize>) {
        let (census, roles) = (self.ground.census, self.ground.roles);
        let mut note = |uses: &[Use], module, of: Option<Target>| {
            for used in uses.iter().filter(|used| !used.test && Some(used.to) != of) {
                let Target::Item(to) = used.to else { continue };
                let Some(at) = place.get(&to) else { continue };
                let opens = matches!(used.kind, EdgeKind::Signature | EdgeKind::Impl | EdgeKind::Body);
                if !opens {
                    continue;
                }
                let role = roles.played(module).role;
                let elsewhere = census.item(to).module != module;
                self.known[*at].elsewhere |= elsewhere && role != Some(Role::Adapter);
                self.known[*at].core |= matches!(role, Some(Role::Domain | Role::Application));
            }
        };
        for item in census.item_nos().filter(|item| census.is_production(*item)) {
            let found = census.item(item);
            if found.kind != ItemKind::Trait {
                note(census.uses(item), found.module, None);
            }
        }
        for block in census.impl_nos() {
            let found = census.block(block);
            if found.standing == Standing::Production {
                note(census.impl_uses(block), found.module, found.of_trait);
            }
        }
    }

    /// Traits that count as one: those that nobody else builds on stand with what does.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let bundled: FxHashSet<usize> = (0..self.known.len())
            .filter(|at| self.is_bundle(*at))
            .flat_map(|at| self.known[at].above.iter().copied())
            .collect();
        let joined = |at: usize| self.known[at].below == 1 && !bundled.contains(&at);
        for at in (0..self.known.len()).filter(|at| !joined(*at)) {
            let mut group = vec![at];
            let mut next = 0;
            while let Some(from) = group.get(next) {
                let more = self.known[*from].above.iter().filter(|above| joined(**above));
                let more: Vec<usize> = more.filter(|above| !group.contains(above)).copied().collect();
                group.extend(more);
                next += 1;
            }
            groups.push(group);
        }
        groups
    }

    /// `trait Database: Users + Rooms {}`: a trait with no methods of its own over several that each keep
    /// something of theirs is no port, but a name for all of them.
    fn is_bundle(&self, at: usize) -> bool {
        let words = self.ground.parameters.section("repo");
        let census = self.ground.census;
        let has = |of: usize, list: &str| {
            let mut methods = self.known[of].methods.iter();
            methods.any(|method| is_named(census.name(*method), words.words(list)))
        };
        let whole = |of: &&usize| has(**of, "lookups") && has(**of, "stores");
        self.known[at].methods.is_empty() && self.known[at].above.iter().filter(whole).count() > 1
    }

    fn port(&self, group: Vec<usize>) -> Option<Port> {
        let census = self.ground.census;
        let mut methods: Vec<ItemNo> =
            group.iter().flat_map(|at| &self.known[*at].methods).copied().collect();
        methods.sort_unstable();
        let first = self.known[group[0]].item?;
        // What is called on nothing is never handed in: `fn to_row(room: Room) -> Row`.
        let handed = |method: &ItemNo| census.item(*method).marks.has(ItemMarks::RECEIVER);
        if !methods.iter().any(handed) || self.is_helper(first) {
            return None;
        }
        let mut impls: Vec<ImplNo> = group.iter().flat_map(|at| &self.known[*at].impls).copied().collect();
        impls.sort_unstable();
        let any = |ask: fn(&Known) -> bool| group.iter().any(|at| ask(&self.known[*at]));
        let outer = impls.iter().any(|block| self.is_outer(*block));
        let foreign = |block: &ImplNo| matches!(census.block(*block).self_type, Some(Target::Outside(_)));
        let extends = !impls.is_empty() && impls.iter().all(foreign) && !outer;
        let role = self.ground.roles.of(census, first);
        let at_home = matches!(role, Some(Role::Domain | Role::Application));
        let open = any(|known| known.elsewhere || known.tested) || (at_home && outer);
        if extends || !open {
            return None;
        }
        let inner = |block: &ImplNo| {
            let role = self.ground.roles.played(census.block(*block).module).role;
            matches!(role, Some(Role::Domain | Role::Application))
        };
        let faked = any(|known| known.core) && (any(|known| known.tested) || self.is_mocked(&group));
        let serves = !impls.is_empty() && impls.iter().all(inner);
        let direction = match () {
            () if outer => Direction::Driven,
            // What the core implements and only the outside holds is called, whatever tests put in its place.
            () if serves && !any(|known| known.core) => Direction::Driving,
            () if faked => Direction::Driven,
            () if serves => Direction::Driving,
            () => return None,
        };
        let traits = group.iter().filter_map(|at| self.known[*at].item).collect();
        Some(Port { traits, methods, direction, impls, doubles: Vec::new(), repository: None })
    }

    /// Whether a trait only adds to what another one gives.
    fn extends(&self, item: ItemNo) -> bool {
        let suffix = self.ground.parameters.section("facts").word("extension_suffix");
        self.ground.census.name(item).ends_with(suffix)
    }

    /// Extension traits, and those that keep others out.
    fn is_helper(&self, item: ItemNo) -> bool {
        let census = self.ground.census;
        let (name, facts) = (census.name(item), self.ground.parameters.section("facts"));
        let module = census.target_word(Target::Module(census.item(item).module));
        self.extends(item)
            || facts.words("seals").iter().any(|seal| name.eq_ignore_ascii_case(seal) || seal == module)
    }

    /// Whether an impl block speaks with the outside, or stands where that is done.
    fn is_outer(&self, block: ImplNo) -> bool {
        let census = self.ground.census;
        let found = census.block(block);
        // A use case that hands a connection on to what it is open at keeps nothing itself.
        let role = self.ground.roles.played(found.module).role;
        if role == Some(Role::Application) && self.is_open_at_another(block) {
            return false;
        }
        let own = match found.self_type {
            Some(Target::Item(own)) => self.touches[own.0 as usize].driven(),
            Some(Target::Outside(own)) => census.external(own).is_driven(),
            _ => false,
        };
        // A clock asks the machine and does nothing else; a use case that asks what time it is is none.
        let calls = |used: &Use| matches!(used.to, Target::Item(to) if census.is_function(to));
        let impure = |method: &ItemNo| {
            let mut named = census.uses(*method).iter().filter_map(|used| census.outer(used.to));
            named.any(|outside| outside.impure.is_some()) && !census.uses(*method).iter().any(calls)
        };
        own || self.ground.roles.played(found.module).role == Some(Role::Adapter)
            || found.methods.iter().any(|method| self.touches[method.0 as usize].driven() || impure(method))
    }

    /// Whether an impl block is left open at another trait of the workspace: `impl<R: Rooms> Booking for …`.
    fn is_open_at_another(&self, block: ImplNo) -> bool {
        let census = self.ground.census;
        let of_trait = census.block(block).of_trait;
        census.impl_uses(block).iter().any(|used| match used.to {
            Target::Item(to) => Some(used.to) != of_trait && census.item(to).kind == ItemKind::Trait,
            _ => false,
        })
    }

    fn is_mocked(&self, group: &[usize]) -> bool {
        let items = group.iter().filter_map(|at| self.known[*at].item);
        items.into_iter().any(|item| mock_attribute(self.ground, item))
    }
}

/// Whether an attribute makes a mock of a trait.
pub fn mock_attribute(ground: Ground<'_>, item: ItemNo) -> bool {
    let generators = ground.parameters.section("facts").words("mock_generators");
    let attributes = ground.census.uses(item).iter().filter(|used| used.kind == EdgeKind::Attribute);
    attributes
        .filter_map(|used| ground.census.outer(used.to))
        .any(|outside| is_mock(&outside.path, generators))
}

/// Whether a path is of something that makes mocks.
pub fn is_mock(path: &str, generators: &[String]) -> bool {
    path.split("::").any(|part| generators.iter().any(|generator| part == generator))
}

/// Traits among what is named in a header.
fn traits_named(uses: &[Use], place: &FxHashMap<ItemNo, usize>) -> impl Iterator<Item = usize> {
    let header = uses.iter().filter(|used| matches!(used.kind, EdgeKind::Signature | EdgeKind::Impl));
    header.filter_map(|used| match used.to {
        Target::Item(to) => place.get(&to).copied(),
        _ => None,
    })
}
