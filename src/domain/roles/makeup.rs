//! What modules are made of, counted.

use crate::domain::census::{Census, ItemNo, Target};
use crate::domain::graph::{EdgeKind, ItemKind};
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::constants::Constants;
use crate::domain::roles::seams::{Made, Seams, derives, is_driven, is_production};
use crate::domain::roles::touch::Touches;
use crate::domain::source::facts::ItemMarks;
use crate::domain::source::workspace::TargetKind;

/// What one module is made of: its own items of the product.
#[derive(Clone, Debug, Default)]
pub(super) struct Makeup {
    /// Data types, traits, aliases, functions and methods.
    pub(super) items: u32,
    /// Those that name what the program drives.
    pub(super) driven: u32,
    /// Those that name what drives the program.
    pub(super) driving: u32,
    /// Whether anything names infrastructure.
    pub(super) infra: bool,
    /// Structs, enums and unions.
    pub(super) data: u32,
    /// Those of them that are written out by serde and have no methods.
    pub(super) serial: u32,
    /// Those of them that are read from a command line.
    pub(super) commands: u32,
    /// Those of them that derive how they are stored.
    pub(super) persisted: u32,
    /// Data types that say what went wrong.
    pub(super) errors: u32,
    /// Traits.
    pub(super) traits: u32,
    /// Functions and methods with a body.
    pub(super) functions: u32,
    /// Those of them that the outside calls, by what they take.
    pub(super) handlers: u32,
    /// Those of them that only convert, show or compare.
    pub(super) plain: u32,
    /// Decision points of the others, as written.
    pub(super) decisions: u32,
    /// Whether a data type has a method that does more than hand out a field.
    pub(super) behaves: bool,
    /// Whether a signature names a type of the workspace.
    pub(super) speaks: bool,
    /// Whether an item holds or takes a port.
    pub(super) takes_ports: bool,
    /// The port of another module that is implemented with driven technology.
    pub(super) implements: Option<ItemNo>,
    /// A port declared here that another package implements with driven technology.
    pub(super) declares: Option<ItemNo>,
    /// The port of another module that is implemented without.
    pub(super) implements_purely: Option<ItemNo>,
    /// Adapters and clients that are made here and declared elsewhere, sorted.
    pub(super) made: Vec<Made>,
    /// The type that holds several things of technology and is no record, if there is one.
    pub(super) holds: Option<ItemNo>,
    /// Whether `fn main` stands here.
    pub(super) main: bool,
}

impl Makeup {
    /// A share of all items.
    pub(super) fn share(&self, part: u32) -> f64 {
        if self.items == 0 { 0.0 } else { f64::from(part) / f64::from(self.items) }
    }
}

/// Counts what every module is made of, in the order of the modules.
pub(super) fn makeups(
    census: &Census<'_>,
    catalogue: &Catalogue,
    touches: &Touches,
    seams: &Seams<'_>,
    inference: &Constants,
) -> Vec<Makeup> {
    let tally = Tally {
        census,
        catalogue,
        touches,
        seams,
        plain_traits: inference.words("plain_traits"),
        held: inference.count("held_types") as usize,
        starting: inference.words("starting_attributes"),
    };
    let mut all = vec![Makeup::default(); census.modules.len()];
    let has_methods = with_methods(census);
    for item in census.item_nos().filter(|item| census.is_production(*item)) {
        let module = census.item(item).module;
        let makeup = &mut all[module.0 as usize];
        if census.is_counted(item) {
            tally.count(makeup, item, has_methods[item.0 as usize]);
        }
        let made = census.uses(item).iter().filter_map(|used| seams.made(census, used));
        makeup.made.extend(made.filter(|made| match made {
            Made::Own(own) => census.item(*own).module != module,
            Made::Outside(_) => true,
        }));
    }
    for block in census.impl_nos().filter(|block| is_production(census, *block)) {
        let Some(port) = seams.port_of(census, block) else { continue };
        let module = census.block(block).module;
        if census.item(port).module == module {
            continue;
        }
        let home = census.item(port).module;
        if census.module(home).package != census.module(module).package && is_driven(census, touches, block) {
            all[home.0 as usize].declares.get_or_insert(port);
        }
        let makeup = &mut all[module.0 as usize];
        let place = if is_driven(census, touches, block) {
            &mut makeup.implements
        } else {
            &mut makeup.implements_purely
        };
        place.get_or_insert(port);
    }
    // A program without `main` has one by a macro, or is started by the machine itself.
    for module in census.module_nos().filter(|module| census.module(*module).parent.is_none()) {
        let krate = census.module(module).krate;
        let makeup = &mut all[module.0 as usize];
        makeup.main |= makeup.items > 0 && census.graph.crates[krate.0 as usize].kind == TargetKind::Bin;
    }
    for makeup in &mut all {
        makeup.made.sort_unstable();
        makeup.made.dedup();
    }
    all
}

/// All that items are counted by.
struct Tally<'a> {
    census: &'a Census<'a>,
    catalogue: &'a Catalogue,
    touches: &'a Touches,
    seams: &'a Seams<'a>,
    plain_traits: &'a [String],
    held: usize,
    /// Attributes of what starts a program or a test.
    starting: &'a [String],
}

impl Tally<'_> {
    fn count(&self, makeup: &mut Makeup, item: ItemNo, has_methods: bool) {
        let census = self.census;
        let found = census.item(item);
        let touch = self.touches.item(item);
        makeup.items += 1;
        makeup.driven += u32::from(touch.driven());
        makeup.driving += u32::from(touch.driving());
        makeup.infra |= touch.infra();
        makeup.takes_ports |= self.seams.takes_port(census, item);
        makeup.speaks |= census.slots(item).iter().any(|slot| matches!(slot.core, Some(Target::Item(_))));
        match found.kind {
            ItemKind::Trait => makeup.traits += 1,
            ItemKind::Struct | ItemKind::Enum | ItemKind::Union => {
                makeup.data += 1;
                let derived = |list: &str| derives(census, self.catalogue, item, list);
                let (serial, persisted) = (derived("derives.serialization"), derived("derives.persistence"));
                makeup.serial += u32::from(!has_methods && serial);
                makeup.commands += u32::from(touch.driving() && derived("derives.cli"));
                makeup.persisted += u32::from(touch.driven() && persisted);
                makeup.errors += u32::from(is_error(census, item));
                let held = census.slots(item).iter().filter(|slot| self.seams.holds(census, slot)).count();
                if held >= self.held && !serial && !persisted {
                    makeup.holds.get_or_insert(item);
                }
            }
            ItemKind::Fn | ItemKind::Method => self.function(makeup, item, touch.driving()),
            _ => {}
        }
    }

    fn function(&self, makeup: &mut Makeup, item: ItemNo, driving: bool) {
        let census = self.census;
        let found = census.item(item);
        makeup.functions += 1;
        makeup.handlers += u32::from(driving && is_handler(census, self.starting, item));
        makeup.main |= found.kind == ItemKind::Fn
            && census.name(item) == "main"
            && census.module(found.module).parent.is_none();
        let own_trait = matches!(census.trait_of(item), Some(Target::Item(_)));
        let of = census.trait_word(item).filter(|_| !own_trait);
        let is_plain = of.is_some_and(|of| self.plain_traits.iter().any(|plain| plain == of));
        if is_plain {
            makeup.plain += 1;
            return;
        }
        makeup.decisions += found.decisions;
        let own = census.self_item(item);
        let own = own.filter(|own| census.is_data(*own) && census.item(*own).module == found.module);
        makeup.behaves |= own.is_some() && !found.marks.has(ItemMarks::ACCESSOR);
    }
}

/// Which items have methods of their own, by item.
fn with_methods(census: &Census<'_>) -> Vec<bool> {
    let mut has = vec![false; census.items.len()];
    for item in census.item_nos().filter(|item| census.item(*item).kind == ItemKind::Method) {
        if let (None, Some(own)) = (census.trait_word(item), census.self_item(item)) {
            has[own.0 as usize] = true;
        }
    }
    has
}

/// Whether a data type says what went wrong: by its name or what it derives.
fn is_error(census: &Census<'_>, item: ItemNo) -> bool {
    let derived = census.uses(item).iter().filter(|used| used.kind == EdgeKind::Derive && !used.test);
    census.name(item).ends_with("Error")
        || derived.filter_map(|used| census.outer(used.to)).any(|outside| outside.category == "error_derive")
}

/// Whether the outside calls a function: it takes what drives the program, or is marked by it; without
/// parameters it is async and gives such a thing back.
fn is_handler(census: &Census<'_>, starting: &[String], item: ItemNo) -> bool {
    let drives = |target: Option<Target>| {
        target.and_then(|target| census.outer(target)).is_some_and(|outside| outside.is_driving())
    };
    let is_of = |slot: &crate::domain::census::Slot| {
        drives(slot.core) || census.types(slot).iter().any(|part| drives(part.target))
    };
    let mut parameters = census.parameters(item).peekable();
    let marked = census.uses(item).iter().any(|used| {
        used.kind == EdgeKind::Attribute
            && !used.test
            && drives(Some(used.to))
            && !starting.iter().any(|word| word == census.target_word(used.to))
    });
    if marked {
        return true;
    }
    match parameters.peek() {
        Some(_) => parameters.any(is_of),
        None => census.item(item).marks.has(ItemMarks::ASYNC) && census.result(item).is_some_and(is_of),
    }
}
