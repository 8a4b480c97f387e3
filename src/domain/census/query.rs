//! Questions that every measurement asks of the census.

use crate::domain::census::outside::Outside;
use crate::domain::census::{
    Act, Bound, Census, Entry, Impl, ImplNo, Item, ItemNo, Module, ModuleNo, OutsideNo, Package, PackageNo,
    Region, Slot, Standing, Target, Text, TypePart, Use,
};
use crate::domain::finding::Site;
use crate::domain::graph::{EdgeKind, ItemKind, NodeId, Place};
use crate::domain::source::facts::ItemMarks;
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

impl<'g> Census<'g> {
    /// An item.
    pub fn item(&self, item: ItemNo) -> &Item {
        &self.items[item.0 as usize]
    }

    /// A module.
    pub fn module(&self, module: ModuleNo) -> &Module {
        &self.modules[module.0 as usize]
    }

    /// A package.
    pub fn package(&self, package: PackageNo) -> &Package {
        &self.packages[package.0 as usize]
    }

    /// An impl block.
    pub fn block(&self, block: ImplNo) -> &Impl {
        &self.impls[block.0 as usize]
    }

    /// Something outside.
    pub fn external(&self, outside: OutsideNo) -> &Outside {
        &self.outside[outside.0 as usize]
    }

    /// All items, in order.
    pub fn item_nos(&self) -> impl Iterator<Item = ItemNo> + use<> {
        (0..self.items.len() as u32).map(ItemNo)
    }

    /// All modules, in order.
    pub fn module_nos(&self) -> impl Iterator<Item = ModuleNo> + use<> {
        (0..self.modules.len() as u32).map(ModuleNo)
    }

    /// All impl blocks, in order.
    pub fn impl_nos(&self) -> impl Iterator<Item = ImplNo> + use<> {
        (0..self.impls.len() as u32).map(ImplNo)
    }

    /// The word behind a symbol.
    pub fn word(&self, sym: Sym) -> &'g str {
        self.graph.symbols.word(sym)
    }

    /// The name of an item.
    pub fn name(&self, item: ItemNo) -> &'g str {
        self.word(self.item(item).name)
    }

    /// The stable id of an item.
    pub fn id(&self, item: ItemNo) -> String {
        self.graph.id(self.item(item).node)
    }

    /// The stable id of a module.
    pub fn module_id(&self, module: ModuleNo) -> String {
        self.graph.id(self.module(module).node)
    }

    /// What a node of the graph stands for; items of a file that two crates declare are the same.
    pub fn target(&self, node: NodeId) -> Option<Target> {
        match self.entries[node.0 as usize] {
            Entry::Item(item) => Some(Target::Item(item)),
            Entry::Module(module) => Some(Target::Module(module)),
            Entry::Outside(outside) => Some(Target::Outside(outside)),
            Entry::Impl(_) | Entry::Nothing => None,
        }
    }

    /// What an item names, its imports left out.
    pub fn uses(&self, item: ItemNo) -> &[Use] {
        let range = &self.item(item).uses;
        &self.uses[range.start as usize..range.end as usize]
    }

    /// What an impl block names outside its methods.
    pub fn impl_uses(&self, block: ImplNo) -> &[Use] {
        let range = &self.block(block).uses;
        &self.uses[range.start as usize..range.end as usize]
    }

    /// What a module imports.
    pub fn imports(&self, module: ModuleNo) -> &[Use] {
        let range = &self.module(module).uses;
        &self.uses[range.start as usize..range.end as usize]
    }

    /// Fields of a struct, union or variant; parameters and result of a function.
    pub fn slots(&self, item: ItemNo) -> &[Slot] {
        let range = &self.item(item).slots;
        &self.slots[range.start as usize..range.end as usize]
    }

    /// Parameters of a function, its receiver left out.
    pub fn parameters(&self, item: ItemNo) -> impl Iterator<Item = &Slot> {
        self.slots(item).iter().filter(|slot| self.word(slot.name) != "->")
    }

    /// What a function gives back, if its type has a path.
    pub fn result(&self, item: ItemNo) -> Option<&Slot> {
        self.slots(item).iter().find(|slot| self.word(slot.name) == "->")
    }

    /// The layers of a slot's type, from outside in.
    pub fn types(&self, slot: &Slot) -> &[TypePart] {
        &self.types[slot.types.start as usize..slot.types.end as usize]
    }

    /// What the body of an item does.
    pub fn acts(&self, item: ItemNo) -> &[Act] {
        let range = &self.item(item).acts;
        &self.acts[range.start as usize..range.end as usize]
    }

    /// The loops, branches and closures of an item.
    pub fn regions(&self, item: ItemNo) -> &[Region] {
        let range = &self.item(item).regions;
        &self.regions[range.start as usize..range.end as usize]
    }

    /// Statements in SQL and addresses of hosts in an item.
    pub fn texts(&self, item: ItemNo) -> &[Text] {
        let range = &self.item(item).texts;
        &self.texts[range.start as usize..range.end as usize]
    }

    /// What the generic parameters of an item must be.
    pub fn bounds(&self, item: ItemNo) -> &[Bound] {
        let range = &self.item(item).bounds;
        &self.bounds[range.start as usize..range.end as usize]
    }

    /// Whether this is a function: free, or in an impl or trait.
    pub fn is_function(&self, item: ItemNo) -> bool {
        matches!(self.item(item).kind, ItemKind::Fn | ItemKind::Method)
    }

    /// Whether this is a struct, enum or union.
    pub fn is_data(&self, item: ItemNo) -> bool {
        matches!(self.item(item).kind, ItemKind::Struct | ItemKind::Enum | ItemKind::Union)
    }

    /// Whether measurements count it: data types, traits, aliases, functions and methods of the
    /// product; members of traits count for the trait.
    pub fn is_counted(&self, item: ItemNo) -> bool {
        let found = self.item(item);
        let kind = match found.kind {
            ItemKind::Struct | ItemKind::Enum | ItemKind::Union | ItemKind::Trait | ItemKind::TypeAlias => {
                true
            }
            ItemKind::Fn => found.holder.is_none(),
            ItemKind::Method => !self.is_required(item),
            _ => false,
        };
        kind && found.standing == Standing::Production
    }

    /// Whether it stands in a trait.
    pub fn is_required(&self, item: ItemNo) -> bool {
        self.item(item).holder.is_some_and(|holder| self.item(holder).kind == ItemKind::Trait)
    }

    /// Whether it is of the product.
    pub fn is_production(&self, item: ItemNo) -> bool {
        self.item(item).standing == Standing::Production
    }

    /// All items that measurements count, in order.
    pub fn counted(&self) -> impl Iterator<Item = ItemNo> + '_ {
        self.item_nos().filter(|item| self.is_counted(*item))
    }

    /// All production functions with or without a body, in order; those of traits only where they have
    /// decisions, as their text counts for the trait.
    pub fn functions(&self) -> impl Iterator<Item = ItemNo> + '_ {
        self.item_nos()
            .filter(|item| self.is_function(*item) && self.is_production(*item) && !self.is_required(*item))
    }

    /// The type that a method is of, where it is an item of the workspace.
    pub fn self_item(&self, item: ItemNo) -> Option<ItemNo> {
        let found = self.item(item);
        if let Some(block) = found.in_impl {
            return match self.block(block).self_type {
                Some(Target::Item(own)) => Some(own),
                _ => None,
            };
        }
        found.holder.filter(|holder| self.is_data(*holder) || self.item(*holder).kind == ItemKind::TypeAlias)
    }

    /// Whether a function makes a value of the type it belongs to: no `self` goes in, one comes out.
    pub fn is_constructor(&self, item: ItemNo) -> bool {
        let Some(own) = self.self_item(item).map(Target::Item) else { return false };
        let makes = |slot: &Slot| {
            slot.core == Some(own) || self.types(slot).iter().any(|part| part.target == Some(own))
        };
        self.item(item).kind == ItemKind::Method
            && !self.item(item).marks.has(ItemMarks::RECEIVER)
            && self.result(item).is_some_and(makes)
    }

    /// The trait that a method implements.
    pub fn trait_of(&self, item: ItemNo) -> Option<Target> {
        self.item(item).in_impl.and_then(|block| self.block(block).of_trait)
    }

    /// The last word of the trait that a method implements: as resolved, else as written, since traits
    /// of the prelude such as `From` are no dependency and have no target.
    pub fn trait_word(&self, item: ItemNo) -> Option<&str> {
        let block = self.block(self.item(item).in_impl?);
        if let Some(of) = block.of_trait {
            return Some(self.target_word(of));
        }
        let written = self.word(self.graph.node(block.node).name);
        let (_, written) = written.rsplit_once(" as ")?;
        let path = written.split('<').next()?.trim_end_matches('>');
        path.rsplit("::").next()
    }

    /// The last word of what a target is called.
    pub fn target_word(&self, target: Target) -> &str {
        match target {
            Target::Item(item) => self.name(item),
            Target::Module(module) => self.word(self.graph.node(self.module(module).node).name),
            Target::Outside(outside) => self.external(outside).last(),
        }
    }

    /// What lies outside, if a target does.
    pub fn outer(&self, target: Target) -> Option<&Outside> {
        match target {
            Target::Outside(outside) => Some(self.external(outside)),
            _ => None,
        }
    }

    /// What lies outside and is named by an item in one kind of place.
    pub fn outer_in(&self, item: ItemNo, kind: EdgeKind) -> impl Iterator<Item = &Outside> {
        self.uses(item).iter().filter(move |used| used.kind == kind).filter_map(|used| self.outer(used.to))
    }

    /// The package of an item.
    pub fn package_of(&self, item: ItemNo) -> PackageNo {
        self.module(self.item(item).module).package
    }

    /// The item that a pair of items counts for: a variant for its enum, a method for itself.
    pub fn whole(&self, item: ItemNo) -> ItemNo {
        let found = self.item(item);
        match (found.kind, found.holder) {
            (ItemKind::Variant, Some(holder)) => holder,
            (ItemKind::AssocConst | ItemKind::AssocType, Some(holder)) => holder,
            (ItemKind::Method, Some(holder)) if self.item(holder).kind == ItemKind::Trait => holder,
            _ => item,
        }
    }

    /// Where something is, for people.
    pub fn site(&self, place: Place) -> Site {
        let (file, start, end) = self.graph.locate(place);
        Site {
            file: file.to_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }

    /// The smallest loop, branch or closure around a place in an item, of the kinds asked for.
    pub fn around(&self, item: ItemNo, span: Span, asked: impl Fn(&Region) -> bool) -> Option<&Region> {
        let within = self.regions(item).iter().filter(|region| region.span.contains(span) && asked(region));
        within.min_by_key(|region| region.span.end - region.span.start)
    }

    /// Whether a use is a dependency of the item itself, not an import.
    pub fn is_own(used: &Use) -> bool {
        !matches!(used.kind, EdgeKind::Use | EdgeKind::ReExport)
    }
}
