//! What items name of the outside.

use crate::domain::census::outside::Outside;
use crate::domain::census::{Census, ItemNo, Use};
use crate::domain::source::deeds::TextForm;

/// What an item names of the outside, in production code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Touch(u8);

impl Touch {
    const INFRA: u8 = 1;
    const DRIVEN: u8 = 2;
    const DRIVING: u8 = 4;

    /// Any infrastructure.
    pub(super) const fn infra(self) -> bool {
        self.0 & Self::INFRA != 0
    }

    /// What the program drives.
    pub(super) const fn driven(self) -> bool {
        self.0 & Self::DRIVEN != 0
    }

    /// What drives the program.
    pub(super) const fn driving(self) -> bool {
        self.0 & Self::DRIVING != 0
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn of(outside: &Outside) -> Self {
        let bit = |is: bool, bit: u8| if is { bit } else { 0 };
        Self(
            bit(outside.is_infra(), Self::INFRA)
                | bit(outside.is_driven(), Self::DRIVEN)
                | bit(outside.is_driving(), Self::DRIVING),
        )
    }
}

/// Touches by item and by impl block; a method also has what the header of its block names.
pub(super) struct Touches {
    items: Vec<Touch>,
    blocks: Vec<Touch>,
}

impl Touches {
    pub(super) fn of(census: &Census<'_>) -> Self {
        let outside: Vec<Touch> = census.outside.iter().map(Touch::of).collect();
        let all = |uses: &[Use]| {
            let named = uses.iter().filter(|used| !used.test && Census::is_own(used));
            named.fold(Touch::default(), |sum, used| match used.to {
                crate::domain::census::Target::Outside(to) => sum.with(outside[to.0 as usize]),
                _ => sum,
            })
        };
        let blocks: Vec<Touch> = census.impl_nos().map(|block| all(census.impl_uses(block))).collect();
        let items = census.item_nos().map(|item| {
            let head = census.item(item).in_impl.map(|block| blocks[block.0 as usize]).unwrap_or_default();
            let sql = census.texts(item).iter().any(|text| matches!(text.form, TextForm::Sql(_)));
            let spoken = if sql { Touch(Touch::INFRA | Touch::DRIVEN) } else { Touch::default() };
            all(census.uses(item)).with(head).with(spoken)
        });
        Self { items: items.collect(), blocks }
    }

    /// What an item touches.
    pub(super) fn item(&self, item: ItemNo) -> Touch {
        self.items[item.0 as usize]
    }

    /// What the header and the associated types of an impl block touch.
    pub(super) fn block(&self, block: crate::domain::census::ImplNo) -> Touch {
        self.blocks[block.0 as usize]
    }
}
