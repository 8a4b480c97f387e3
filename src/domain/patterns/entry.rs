//! Functions that the outside calls: handlers of requests, subcommands, consumers, jobs, parts of user
//! interfaces, functions for foreign code.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::census::outside::Outside;
use crate::domain::census::{Census, ItemNo, PackageNo, Target};
use crate::domain::graph::EdgeKind;
use crate::domain::patterns::calls::{Called, Calls};
use crate::domain::patterns::commands::commands;
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::lookup::Members;
use crate::domain::patterns::storage::functions;
use crate::domain::patterns::{Driver, Entrypoint, Side, StoreAccess, Touch};
use crate::domain::source::deeds::{ActForm, RegionForm};
use crate::domain::source::facts::ItemMarks;

/// All functions that the outside calls, by function and driver. Whether they write is not known yet.
pub(super) fn entrypoints(ground: &Ground<'_>, touches: &[Touch], calls: &Calls) -> Vec<Entrypoint> {
    let finder = Finder::new(ground, touches, calls);
    let mut found: Vec<(ItemNo, Driver)> = Vec::new();
    for item in functions(ground.census) {
        found.extend(finder.of(item).map(|driver| (item, driver)));
        found.extend(finder.registered(item).map(|handler| (handler, Driver::Http)));
    }
    finder.by_type(&mut found);
    found.sort_unstable();
    found.dedup();
    // Each function is called one way.
    found.dedup_by_key(|(item, _)| *item);
    let served: FxHashSet<PackageNo> =
        found.iter().map(|(item, _)| ground.census.package_of(*item)).collect();
    found.extend(commands(ground, touches, calls, &served).into_iter().map(|item| (item, Driver::Cli)));
    found.sort_unstable();
    found.into_iter().map(|(item, by)| Entrypoint { item, by, writes: false }).collect()
}

/// Tells of each whether it writes: whether what it calls ends at a write, whoever implements what lies
/// between.
pub(super) fn tell_writes(
    census: &Census<'_>,
    calls: &Calls,
    members: &Members,
    accesses: &[StoreAccess],
    entrypoints: &mut [Entrypoint],
) {
    let mut callers: Vec<Vec<ItemNo>> = vec![Vec::new(); census.items.len()];
    for item in census.item_nos() {
        for site in calls.of(item) {
            callers[site.to.0 as usize].push(item);
        }
        for implementing in members.implementing(item) {
            callers[implementing.0 as usize].push(item);
        }
    }
    let mut writes = vec![false; census.items.len()];
    let mut open: Vec<ItemNo> = Vec::new();
    for access in accesses.iter().filter(|access| crate::domain::patterns::scopes::writes(access)) {
        open.push(access.item);
    }
    while let Some(item) = open.pop() {
        if !std::mem::replace(&mut writes[item.0 as usize], true) {
            open.extend(&callers[item.0 as usize]);
        }
    }
    for entrypoint in entrypoints {
        entrypoint.writes = writes[entrypoint.item.0 as usize];
    }
}

struct Finder<'a, 'g> {
    ground: &'a Ground<'g>,
    touches: &'a [Touch],
    calls: &'a Calls,
    /// What production code calls by itself.
    called: FxHashSet<ItemNo>,
}

impl<'a, 'g> Finder<'a, 'g> {
    fn new(ground: &'a Ground<'g>, touches: &'a [Touch], calls: &'a Calls) -> Self {
        let sites = functions(ground.census).flat_map(|item| calls.of(item));
        let called = sites.filter(|site| site.called == Called::Here).map(|site| site.to).collect();
        Self { ground, touches, calls, called }
    }

    fn census(&self) -> &'a Census<'g> {
        self.ground.census
    }

    fn list(&self, name: &str) -> &'a [String] {
        self.ground.catalogue.list(name)
    }

    /// Whether a list of `[facts]` has this word.
    fn words(&self, list: &str, word: &str) -> bool {
        self.ground.parameters.section("facts").lists(list, word)
    }

    fn is_server(&self, outside: &Outside) -> bool {
        self.words("server_categories", &outside.category)
    }

    /// What calls a function, by its own text.
    fn of(&self, item: ItemNo) -> Option<Driver> {
        self.by_attribute(item)
            .or_else(|| self.by_request(item))
            .or_else(|| self.is_consumer(item).then_some(Driver::Consumer))
            .or_else(|| self.is_job(item).then_some(Driver::Job))
    }

    fn by_attribute(&self, item: ItemNo) -> Option<Driver> {
        let census = self.census();
        let attributes = census.uses(item).iter().filter(|used| used.kind == EdgeKind::Attribute);
        attributes.filter_map(|used| census.outer(used.to)).find_map(|outside| {
            let last = outside.last();
            let of = |categories: &str| self.words(categories, &outside.category);
            if of("http_categories") && has(self.list("serving.attributes"), last) {
                Some(Driver::Http)
            } else if of("ffi_categories") || of("gui_categories") && self.words("ffi_attributes", last) {
                Some(Driver::Ffi)
            } else if of("gui_categories") && self.words("gui_attributes", last) {
                Some(Driver::Gui)
            } else if of("job_categories") {
                Some(Driver::Job)
            } else {
                None
            }
        })
    }

    /// A function that is given a request and that nobody here calls.
    fn by_request(&self, item: ItemNo) -> Option<Driver> {
        let census = self.census();
        let found = census.item(item);
        let of_trait = census.trait_of(item);
        let signature = || census.outer_in(item, EdgeKind::Signature);
        let asks = |outside: &Outside| {
            self.words("rpc_categories", &outside.category) && self.words("rpc_requests", outside.last())
        };
        if of_trait.is_some() && signature().any(asks) {
            let intercepts = census.result(item).is_some_and(|slot| {
                census.types(slot).iter().any(|part| self.words("rpc_requests", census.word(part.word)))
            });
            return (!intercepts).then_some(Driver::Rpc);
        }
        let free = of_trait.is_none() && found.marks.has(ItemMarks::ASYNC) && !self.called.contains(&item);
        let given = || {
            signature().any(|outside| {
                self.is_server(outside) && has(self.list("serving.extractors"), outside.last())
            })
        };
        (free && given() && !self.is_between(item)).then_some(Driver::Http)
    }

    /// Middleware: it hands requests on.
    fn is_between(&self, item: ItemNo) -> bool {
        let census = self.census();
        census
            .outer_in(item, EdgeKind::Signature)
            .any(|outside| self.words("middleware_types", outside.last()))
    }

    /// Functions that a router is given.
    fn registered(&self, item: ItemNo) -> impl Iterator<Item = ItemNo> {
        let census = self.census();
        let named =
            self.calls.of(item).iter().filter(|site| site.called == Called::Later).map(|site| site.to);
        let mut handlers: Vec<ItemNo> = named.collect();
        if !handlers.is_empty() && self.is_router(item) {
            handlers.retain(|handler| {
                let found = census.item(*handler);
                let served =
                    || census.outer_in(*handler, EdgeKind::Signature).any(|outside| self.is_server(outside));
                census.is_production(*handler)
                    && census.trait_of(*handler).is_none()
                    && !self.is_between(*handler)
                    && (found.marks.has(ItemMarks::ASYNC) || served())
            });
        } else {
            handlers.clear();
        }
        handlers.into_iter()
    }

    fn is_router(&self, item: ItemNo) -> bool {
        let census = self.census();
        let routers = self.list("serving.routers");
        let bodies = census.uses(item).iter().filter(|used| used.kind != EdgeKind::Attribute);
        let named = bodies.filter_map(|used| census.outer(used.to)).any(|outside| {
            self.is_server(outside) && outside.path.split("::").skip(1).any(|part| has(routers, part))
        });
        let registers = || {
            census.acts(item).iter().any(|act| match act.form {
                ActForm::Method { name, .. } => has(self.list("serving.registering"), census.word(name)),
                _ => false,
            })
        };
        let makes = || {
            census.outer_in(item, EdgeKind::Body).any(|outside| self.words("service_makers", outside.last()))
        };
        named && (registers() || makes())
    }

    fn is_consumer(&self, item: ItemNo) -> bool {
        let census = self.census();
        let touch = &self.touches[item.0 as usize];
        let queues = touch.infra.iter().filter(|touch| self.words("consumer_families", &touch.family));
        let consumes = queues.clone().any(|touch| touch.side == Side::Driving);
        let broker = queues.into_iter().any(|touch| self.words("broker_categories", &touch.category));
        let takes = || {
            census.acts(item).iter().any(|act| match act.form {
                ActForm::Method { name, .. } => {
                    has(self.list("messaging_sides.method_consumer"), census.word(name))
                }
                _ => false,
            })
        };
        (consumes || broker) && takes()
    }

    /// Work that the clock calls for, or a queue of jobs.
    fn is_job(&self, item: ItemNo) -> bool {
        let census = self.census();
        if let Some(Target::Outside(outside)) = census.trait_of(item)
            && self.words("job_categories", &census.external(outside).category)
        {
            return self.words("job_methods", census.name(item));
        }
        let timed =
            census.outer_in(item, EdgeKind::Body).any(|outside| outside.is_one_of(self.list("serving.jobs")));
        timed && census.regions(item).iter().any(|region| region.form == RegionForm::Loop)
    }

    /// Methods that are called because of what stands on their type or trait.
    fn by_type(&self, found: &mut Vec<(ItemNo, Driver)>) {
        let census = self.census();
        let mut types: FxHashMap<ItemNo, Driver> = FxHashMap::default();
        for item in census.item_nos().filter(|item| census.is_production(*item) && !census.is_function(*item))
        {
            let attributes = census.uses(item).iter().filter(|used| used.kind == EdgeKind::Attribute);
            let driver = attributes.filter_map(|used| census.outer(used.to)).find_map(|outside| {
                let marked = |categories: &str, attributes: &str| {
                    self.words(categories, &outside.category) && self.words(attributes, outside.last())
                };
                if marked("graphql_categories", "graphql_attributes") {
                    Some(Driver::GraphQl)
                } else if marked("ffi_categories", "ffi_impl_attributes") {
                    Some(Driver::Ffi)
                } else if marked("rpc_categories", "rpc_attributes") {
                    Some(Driver::Rpc)
                } else {
                    None
                }
            });
            types.extend(driver.map(|driver| (item, driver)));
        }
        for item in functions(census) {
            let holder = match census.trait_of(item) {
                Some(Target::Item(of_trait)) => Some(of_trait),
                Some(_) => None,
                None => census.self_item(item),
            };
            found.extend(holder.and_then(|holder| types.get(&holder)).map(|driver| (item, *driver)));
        }
        for block in census.impl_nos() {
            let found_block = census.block(block);
            let gui = match found_block.of_trait {
                Some(Target::Outside(outside)) => {
                    self.words("gui_categories", &census.external(outside).category)
                }
                _ => false,
            };
            if gui && found_block.standing == crate::domain::census::Standing::Production {
                let answers = |method: &&ItemNo| self.words("gui_methods", census.name(**method));
                found.extend(found_block.methods.iter().find(answers).map(|method| (*method, Driver::Gui)));
            }
        }
    }
}

pub(super) fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|entry| entry == word)
}
