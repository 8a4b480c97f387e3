//! Candidate ports and what stands behind them, before roles are known.

use rustc_hash::FxHashSet;

use crate::domain::census::outside::Outside;
use crate::domain::census::{Census, ImplNo, ItemNo, Slot, Standing, Target, Use};
use crate::domain::graph::ItemKind;
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::model::Parameters;
use crate::domain::roles::touch::Touches;
use crate::domain::source::deeds::Seam;
use crate::domain::source::facts::{ItemMarks, Part};

/// Traits that look like ports, and types that look like adapters or clients.
pub(super) struct Seams<'a> {
    /// Traits with a method that something with driven technology, or in a module named as an adapter,
    /// implements.
    ports: FxHashSet<ItemNo>,
    /// Traits with a method `commit`.
    units: FxHashSet<ItemNo>,
    /// Types that implement such a trait, or hold a client.
    adapters: FxHashSet<ItemNo>,
    suffixes: &'a [String],
    /// Words that client types wear behind the name of what they make: `PgPoolOptions`.
    makers: &'a [String],
}

impl<'a> Seams<'a> {
    /// Finds them; `named_adapter` tells whether the path of an impl's module says adapter.
    pub(super) fn find(
        census: &Census<'_>,
        touches: &Touches,
        parameters: &'a Parameters,
        named_adapter: impl Fn(ImplNo) -> bool,
    ) -> Self {
        let mut seams = Self {
            ports: FxHashSet::default(),
            units: FxHashSet::default(),
            adapters: FxHashSet::default(),
            suffixes: parameters.section("di").words("client_suffixes"),
            makers: parameters.section("di").words("maker_suffixes"),
        };
        let unit_methods = parameters.section("facts").words("unit_methods");
        let extension = parameters.section("facts").word("extension_suffix");
        let mut with_methods: FxHashSet<ItemNo> = FxHashSet::default();
        for item in census.item_nos().filter(|item| census.item(*item).kind == ItemKind::Method) {
            let Some(holder) = census.item(item).holder else { continue };
            if census.item(holder).kind == ItemKind::Trait {
                with_methods.insert(holder);
                if unit_methods.iter().any(|method| method == census.name(item)) {
                    seams.units.insert(holder);
                }
            }
        }
        let implemented = |block: ImplNo| match census.block(block).of_trait {
            Some(Target::Item(of)) if with_methods.contains(&of) => Some(of),
            _ => None,
        };
        for block in census.impl_nos().filter(|block| is_production(census, *block)) {
            let Some(of) = implemented(block).filter(|of| !census.name(*of).ends_with(extension)) else {
                continue;
            };
            let elsewhere = census.item(of).module != census.block(block).module;
            if is_driven(census, touches, block) || (elsewhere && named_adapter(block)) {
                seams.ports.insert(of);
            }
        }
        for block in census.impl_nos().filter(|block| is_production(census, *block)) {
            if let (Some(of), Some(Target::Item(own))) = (implemented(block), census.block(block).self_type)
                && seams.ports.contains(&of)
            {
                seams.adapters.insert(own);
            }
        }
        for item in census.item_nos().filter(|item| census.is_data(*item) && census.is_production(*item)) {
            if census.slots(item).iter().any(|slot| seams.is_client_slot(census, slot)) {
                seams.adapters.insert(item);
            }
        }
        seams
    }

    /// Whether a trait is a candidate.
    pub(super) fn is_port(&self, item: ItemNo) -> bool {
        self.ports.contains(&item)
    }

    /// The candidate that an impl block implements, if any.
    pub(super) fn port_of(&self, census: &Census<'_>, block: ImplNo) -> Option<ItemNo> {
        match census.block(block).of_trait {
            Some(Target::Item(of)) if self.is_port(of) => Some(of),
            _ => None,
        }
    }

    /// Whether an item holds or takes a port or a unit of work, left open.
    pub(super) fn takes_port(&self, census: &Census<'_>, item: ItemNo) -> bool {
        let is_seam = |target: Target| match target {
            Target::Item(item) => self.ports.contains(&item) || self.units.contains(&item),
            _ => false,
        };
        let own = census.self_item(item).filter(|own| *own != item);
        let bounded = |parameter| {
            let bounds = census.bounds(item).iter().chain(own.into_iter().flat_map(|own| census.bounds(own)));
            bounds.filter(|bound| bound.parameter == parameter).any(|bound| is_seam(bound.bound))
        };
        let open = |slot: &Slot| {
            slot.core.is_some_and(is_seam)
                || census.types(slot).iter().any(|part| part.target.is_some_and(is_seam))
        };
        census.slots(item).iter().any(|slot| match slot.seam {
            Seam::Generic(parameter) => bounded(parameter),
            Seam::Dyn | Seam::Impl => open(slot),
            // `type DynRooms = Arc<dyn Rooms>` leaves it open for whoever names it.
            Seam::None => match slot.core {
                Some(Target::Item(alias)) if census.item(alias).kind == ItemKind::TypeAlias => census
                    .slots(alias)
                    .iter()
                    .any(|meant| matches!(meant.seam, Seam::Dyn | Seam::Impl) && open(meant)),
                _ => false,
            },
            Seam::Callable => false,
        })
    }

    /// The adapter or client type that a use makes, if it makes one: an item of the workspace, or a
    /// path outside.
    pub(super) fn made(&self, census: &Census<'_>, used: &Use) -> Option<Made> {
        if !matches!(used.part, Part::Called | Part::Built) || used.test {
            return None;
        }
        match used.to {
            Target::Item(item) => {
                let found = census.item(item);
                let own = match found.kind {
                    ItemKind::Method if !found.marks.has(ItemMarks::RECEIVER) => census.self_item(item)?,
                    ItemKind::Struct => item,
                    _ => return None,
                };
                self.adapters.contains(&own).then_some(Made::Own(own))
            }
            Target::Outside(at) => {
                let outside = census.external(at);
                let word = self.client_word(outside)?;
                Some(Made::Outside(format!("{}::{word}", outside.krate())))
            }
            Target::Module(_) => None,
        }
    }

    /// Whether a field is of a driven technology, or of a type that looks like an adapter.
    pub(super) fn holds(&self, census: &Census<'_>, slot: &Slot) -> bool {
        match slot.core.map(|core| behind_alias(census, core)) {
            Some(Target::Outside(at)) => census.external(at).is_driven(),
            Some(Target::Item(item)) => self.adapters.contains(&item),
            _ => false,
        }
    }

    fn is_client_slot(&self, census: &Census<'_>, slot: &Slot) -> bool {
        let core = slot.core.map(|core| behind_alias(census, core));
        matches!(core, Some(Target::Outside(at)) if self.client_word(census.external(at)).is_some())
    }

    /// The word of the client type in a path of driven technology: `PgPool` of `sqlx::PgPool::connect`.
    fn client_word<'o>(&self, outside: &'o Outside) -> Option<&'o str> {
        if !outside.is_driven() {
            return None;
        }
        let word = outside.path.rsplit("::").find(|part| part.starts_with(char::is_uppercase))?;
        let bare = self.makers.iter().find_map(|maker| word.strip_suffix(maker.as_str())).unwrap_or(word);
        self.suffixes.iter().any(|suffix| bare.ends_with(suffix.as_str())).then_some(bare)
    }
}

/// What an alias of the workspace stands for; anything else is itself.
fn behind_alias(census: &Census<'_>, target: Target) -> Target {
    match target {
        Target::Item(item) if census.item(item).kind == ItemKind::TypeAlias => {
            census.slots(item).iter().find_map(|slot| slot.core).unwrap_or(target)
        }
        _ => target,
    }
}

/// Something made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Made {
    /// A type of the workspace.
    Own(ItemNo),
    /// A type of a crate outside.
    Outside(String),
}

/// Whether an impl block, its methods or the type it is for touch driven technology.
pub(super) fn is_driven(census: &Census<'_>, touches: &Touches, block: ImplNo) -> bool {
    let found = census.block(block);
    let own = match found.self_type {
        Some(Target::Item(own)) => touches.item(own).driven(),
        Some(Target::Outside(own)) => census.external(own).is_driven(),
        _ => false,
    };
    own || touches.block(block).driven() || found.methods.iter().any(|method| touches.item(*method).driven())
}

/// Whether an impl block is of the product.
pub(super) fn is_production(census: &Census<'_>, block: ImplNo) -> bool {
    census.block(block).standing == Standing::Production
}

/// Whether an item derives something of a list of the catalogue.
pub(super) fn derives(census: &Census<'_>, catalogue: &Catalogue, item: ItemNo, list: &str) -> bool {
    let list = catalogue.list(list);
    let derived = census
        .uses(item)
        .iter()
        .filter(|used| used.kind == crate::domain::graph::EdgeKind::Derive && !used.test);
    derived.filter_map(|used| census.outer(used.to)).any(|outside| outside.is_one_of(list))
}
