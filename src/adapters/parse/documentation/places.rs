//! What a text of documentation is about, and where its names are looked up.

use rustc_hash::FxHashMap;

use crate::adapters::parse::documentation::texts::{Text, is_bridged};
use crate::domain::source::facts::{CfgIx, FileFacts, ItemIx, ItemKind, ScopeIx};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

/// Where the names of a text are looked up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The item that is documented, or that holds what is.
    pub owner: Option<ItemIx>,
    /// The scope.
    pub scope: ScopeIx,
    /// When it exists.
    pub cfg: CfgIx,
}

/// The items of a file by place.
pub(super) struct Places<'f> {
    facts: &'f FileFacts,
    /// Items by where they start; what contains comes first.
    order: Vec<ItemIx>,
    /// The scope of the body of each inline module.
    bodies: FxHashMap<ItemIx, ScopeIx>,
}

impl<'f> Places<'f> {
    pub(super) fn new(facts: &'f FileFacts) -> Self {
        let mut order: Vec<ItemIx> = (0..facts.items.len() as u32).map(ItemIx).collect();
        let span = |item: &ItemIx| facts.items[item.0 as usize].span;
        order.sort_by_key(|item| (span(item).start, std::cmp::Reverse(span(item).end), item.0));
        let bodies = facts.modules.iter().filter_map(|decl| Some((decl.item, decl.body?))).collect();
        Self { facts, order, bodies }
    }

    /// The place of a text: of the item behind it, or of what is around it.
    pub(super) fn of(&self, file: &str, text: &Text) -> Place {
        let span = |item: ItemIx| self.facts.items[item.0 as usize].span;
        let next = self.order.partition_point(|item| span(*item).start < text.span.start);
        let around = |item: &ItemIx| span(*item).end > text.span.end;
        let around = self.order[..next].iter().rev().copied().find(around);
        let behind = self.order[next..].first().copied().filter(|item| {
            !text.inner
                && around.is_none_or(|around| span(*item).end <= span(around).end)
                && is_bridged(file, Span::new(text.span.end, span(*item).start))
        });
        match (behind, around) {
            (Some(item), _) => self.at(item, self.facts.items[item.0 as usize].scope),
            (None, Some(item)) => {
                let own = self.facts.items[item.0 as usize].scope;
                self.at(item, self.bodies.get(&item).copied().unwrap_or(own))
            }
            (None, None) => Place { owner: None, scope: ScopeIx(0), cfg: self.facts.marks.cfg },
        }
    }

    fn at(&self, item: ItemIx, scope: ScopeIx) -> Place {
        let known = &self.facts.items[item.0 as usize];
        // A module is no owner: what stands in it is its own.
        let owner = (known.kind != ItemKind::Module).then_some(item);
        Place { owner, scope, cfg: known.cfg }
    }
}

/// The words of the type that `Self` means in the documentation of an item.
pub(super) fn own_type(facts: &FileFacts, owner: ItemIx) -> Option<&[Sym]> {
    let item = &facts.items[owner.0 as usize];
    let holder = match (item.kind, item.parent) {
        (ItemKind::Impl | ItemKind::Trait | ItemKind::Struct | ItemKind::Union | ItemKind::Enum, _) => owner,
        (_, Some(parent)) => parent,
        (_, None) => return None,
    };
    if facts.items[holder.0 as usize].kind != ItemKind::Impl {
        return Some(std::slice::from_ref(&facts.items[holder.0 as usize].name));
    }
    let block = facts.impls.iter().find(|block| block.item == holder)?;
    let path = facts.references[block.self_type?.0 as usize].path;
    facts.segments.get(path.first as usize..path.first as usize + usize::from(path.count))
}
