//! Declared types: what stands at a place of a file, with what generic parameters stand for.

use crate::domain::resolve::link::Sink;
use crate::domain::resolve::methods::{Lookup, is_data};
use crate::domain::resolve::names::{Def, ItemNo, Mask};
use crate::domain::resolve::tree::InstanceIx;
use crate::domain::resolve::wrappers::{Core, Ty, Wrapper};
use crate::domain::source::facts::{ItemIx, ItemKind};
use crate::domain::source::index::TypeIx;
use crate::domain::source::light::Head;
use crate::domain::source::symbols::Sym;

/// Types inside types, and aliases of aliases, are followed this deep.
const MAX_DEPTH: u32 = 8;

/// A tuple type: so many types from one on, and what the first generic parameter stands for in them.
#[derive(Clone, Copy)]
pub(super) struct Tuple {
    instance: InstanceIx,
    first: TypeIx,
    count: u8,
    hole: Option<Ty>,
}

/// An impl, as far as its members ask.
pub(super) struct Around {
    /// Last word of its trait.
    of_trait: Option<Sym>,
    /// Whether its first generic parameter is the first argument of its type.
    pub(super) is_open: bool,
}

impl<S: Sink> Lookup<'_, '_, S> {
    /// A part of a tuple, or of a pair of a number or key with a value.
    pub(super) fn piece(&mut self, ty: Ty, at: u8, count: u8) -> Option<Ty> {
        if let Some(second) = ty.second() {
            return Some(second).filter(|_| at == 1 && count == 2);
        }
        self.part_of_tuple(ty.dereferenced()?, at).filter(|(_, parts)| *parts == count)?.0
    }

    /// A part of a tuple, if it is known, and how many it has.
    pub(super) fn part_of_tuple(&mut self, core: Core, at: u8) -> Option<(Option<Ty>, u8)> {
        let Core::Tuple(place) = core else { return None };
        let Tuple { instance, first, count, hole } = self.tuples[place as usize];
        let part = (at < count).then(|| self.type_at(instance, TypeIx(first.0 + u32::from(at)), hole, 1));
        Some((part.flatten(), count))
    }

    /// Whether a type is, or holds, the `Self` of a trait: whoever implements it.
    pub(super) fn is_own_of_trait(&self, instance: InstanceIx, ty: TypeIx) -> bool {
        let facts = self.facts(instance);
        let mut at = Some(ty);
        while let Some(ty) = at {
            let shape = facts.light.types[ty.0 as usize];
            if let Head::Own(item) = shape.head {
                return self.holder(instance, item).is_some_and(|(.., kind)| kind == ItemKind::Trait);
            }
            at = shape.inner;
        }
        false
    }

    /// The impl, trait or type that an item stands in, or is.
    fn holder(&self, instance: InstanceIx, item: ItemIx) -> Option<(InstanceIx, ItemIx, ItemKind)> {
        let mut at = Some((instance, item));
        while let Some((instance, item)) = at {
            let info = &self.facts(instance).items[item.0 as usize];
            if matches!(info.kind, ItemKind::Impl | ItemKind::Trait) || is_data(info.kind) {
                return Some((instance, item, info.kind));
            }
            let around = info.parent.map(|parent| (instance, parent));
            at = around.or(self.scopes.tree.holder_of(instance, info));
        }
        None
    }

    /// The declared type of a field, or of a result (`->`) or alias (`=`).
    pub(super) fn declared(&self, instance: InstanceIx, item: ItemIx, name: &str) -> Option<TypeIx> {
        self.declared_as(instance, item, self.scopes.sources.symbols.get(name)?)?
    }

    /// The same by symbol; the outer option says whether there is such a field.
    pub(super) fn declared_as(
        &self,
        instance: InstanceIx,
        item: ItemIx,
        name: Sym,
    ) -> Option<Option<TypeIx>> {
        let fields = &self.facts(instance).fields;
        let from = fields.partition_point(|field| field.item < item);
        let mut own = fields[from..].iter().take_while(|field| field.item == item);
        own.find(|field| field.name == name).map(|field| field.shape)
    }

    /// A type with its first argument.
    fn given(&mut self, item: ItemNo, argument: Option<Ty>) -> Ty {
        let Some(argument) = argument else { return Ty::plain(item) };
        let place = *self.places.entry(argument).or_insert_with(|| {
            self.arguments.push(argument);
            self.arguments.len() as u32 - 1
        });
        Ty::of(Core::Given(item, place))
    }

    /// The first argument of a type.
    pub(super) fn argument(&self, core: Core) -> Option<Ty> {
        match core {
            Core::Given(_, place) => Some(self.arguments[place as usize]),
            _ => None,
        }
    }

    /// The type at an index of a file; `hole` is what stands for the first generic parameter.
    pub(super) fn type_at(
        &mut self,
        instance: InstanceIx,
        ty: TypeIx,
        hole: Option<Ty>,
        depth: u32,
    ) -> Option<Ty> {
        if depth > MAX_DEPTH {
            return None;
        }
        if hole.is_none()
            && let Some(known) = self.types.get(&(instance, ty))
        {
            return *known;
        }
        let shape = self.facts(instance).light.types[ty.0 as usize];
        let inner = shape.inner.and_then(|inner| self.type_at(instance, inner, hole, depth + 1));
        let found = match shape.head {
            Head::Own(item) => self.own(instance, item).map(Ty::plain),
            Head::Generic(place) => hole.filter(|_| place == 0).or(inner),
            Head::Unknown => None,
            Head::Tuple(first, count) => {
                self.tuples.push(Tuple { instance, first, count, hole });
                Some(Ty::of(Core::Tuple(self.tuples.len() as u32 - 1)))
            }
            Head::Future => inner.and_then(|inner| inner.wrapped(Wrapper::Future)),
            Head::List => inner.and_then(|inner| inner.wrapped(Wrapper::Many)),
            Head::Path(path) | Head::Giving(path) => match self.head(instance, path, Mask::TYPE) {
                Some(Def::Item(item)) => match self.scopes.item(item).2.kind {
                    ItemKind::TypeAlias => self.alias(item, inner, depth + 1),
                    ItemKind::Struct | ItemKind::Union | ItemKind::Enum => Some(self.given(item, inner)),
                    ItemKind::Trait => Some(Ty::plain(item)),
                    _ => None,
                },
                Some(Def::External(external)) => {
                    let (_, name) = self.scopes.externals.nodes[external.0 as usize];
                    let wrapper = self.calls.wrappers.wrapper(name);
                    wrapper.zip(inner).and_then(|(wrapper, inner)| inner.wrapped(wrapper))
                }
                _ => None,
            },
        };
        if hole.is_none() {
            self.types.insert((instance, ty), found);
        }
        found
    }

    /// What an alias stands for, with its first argument.
    pub(super) fn alias(&mut self, item: ItemNo, argument: Option<Ty>, depth: u32) -> Option<Ty> {
        let (instance, index, _) = self.scopes.item(item);
        let ty = self.declared(instance, index, "=")?;
        self.type_at(instance, ty, argument, depth)
    }

    /// The type that `self` and `Self` mean inside an item.
    pub(super) fn own(&mut self, instance: InstanceIx, item: ItemIx) -> Option<ItemNo> {
        let (instance, holder, kind) = self.holder(instance, item)?;
        if kind != ItemKind::Impl {
            return Some(ItemNo(self.scopes.tree.number((instance, holder))));
        }
        let facts = self.facts(instance);
        let at = facts.impls.binary_search_by_key(&holder, |decl| decl.item).ok()?;
        match self.head(instance, facts.impls[at].self_type?, Mask::TYPE)? {
            Def::Item(item) if self.scopes.item(item).2.kind == ItemKind::TypeAlias => {
                self.alias(item, None, 0).filter(Ty::is_plain)?.core.item()
            }
            Def::Item(item) => Some(item),
            _ => None,
        }
    }

    /// Whether a type has a `Target`, as those with a `Deref` do.
    pub(super) fn has_target(&self, core: ItemNo) -> bool {
        self.calls.wrappers.target.is_some_and(|target| self.scopes.members.contains_key(&(core, target)))
    }

    /// The declared `Target` of a type's `Deref`.
    pub(super) fn target(&mut self, core: Core) -> Option<Ty> {
        let deref = self.calls.wrappers.deref?;
        self.associated(core, self.calls.wrappers.target?, [Some(deref), None])
    }

    /// The declared `Item` of a type that is an iterator, or makes one.
    pub(super) fn item_of(&mut self, core: Core) -> Option<Ty> {
        self.associated(core, self.calls.wrappers.item?, self.calls.wrappers.iterators)
    }

    /// What a type names so in its one impl of one of some traits.
    fn associated(&mut self, core: Core, name: Sym, traits: [Option<Sym>; 2]) -> Option<Ty> {
        let member = self.only_member(core.item()?, name)?;
        let decl = self.impl_of(member)?;
        let (instance, index, _) = self.scopes.item(member);
        if !traits.contains(&Some(decl.of_trait?)) {
            return None;
        }
        let hole = self.argument(core).filter(|_| decl.is_open);
        let ty = self.declared(instance, index, "=")?;
        self.type_at(instance, ty, hole, 0)
    }

    /// The impl that a member stands in.
    pub(super) fn impl_of(&self, member: ItemNo) -> Option<Around> {
        let (instance, _, info) = self.scopes.item(member);
        let around = info.parent.map(|parent| (instance, parent));
        let (around, parent) = around.or(self.scopes.tree.holder_of(instance, info))?;
        let facts = self.facts(around);
        let at = facts.impls.binary_search_by_key(&parent, |decl| decl.item).ok()?;
        let decl = facts.impls[at];
        let of_trait = decl.of_trait.map(|of_trait| {
            let path = facts.references[of_trait.0 as usize].path;
            facts.segments[path.first as usize + usize::from(path.count) - 1]
        });
        Some(Around { of_trait, is_open: decl.is_open })
    }

    /// The one member of a type with this name.
    pub(super) fn only_member(&self, own: ItemNo, name: Sym) -> Option<ItemNo> {
        match self.scopes.members.get(&(own, name))?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}
