//! What stands in items: fields and parameters with their types, deeds, texts, bounds.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::domain::at_once::AtOnce;
use crate::domain::census::{
    Act, Bound, Census, ImplNo, Item, ItemNo, Reach, Region, Slot, Target, Text, TypePart,
};
use crate::domain::graph::build::Origins;
use crate::domain::graph::{FileId, Place};
use crate::domain::resolve::sources::FileIx;
use crate::domain::source::deeds::TextForm;
use crate::domain::source::facts::{FileFacts, ItemIx, ItemKind, RefIx, Visibility};
use crate::domain::source::index::TypeIx;
use crate::domain::source::light::Head;
use crate::domain::source::symbols::Sym;

/// What an item of a file stands for.
pub(super) type Known = FxHashMap<(FileIx, ItemIx), Owner>;

/// Whose an item's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Item(ItemNo),
    Impl(ImplNo),
}

/// Who may name what is declared so.
pub(super) fn reach(visibility: Visibility) -> Reach {
    match visibility {
        Visibility::Private => Reach::Private,
        Visibility::Super | Visibility::Restricted(_) => Reach::Restricted,
        Visibility::Crate => Reach::Crate,
        Visibility::Public => Reach::Public,
    }
}

/// Adds what stands in the items of all files.
pub(super) fn gather(census: &mut Census<'_>, origins: &Origins, known: &Known, at_once: AtOnce<'_>) {
    let files = || {
        let files = origins.facts.iter().enumerate();
        files.map(|(at, facts)| File { at: FileIx(at as u32), facts, known })
    };
    let (seen, count) = (&*census, |of: fn(&FileFacts) -> usize| origins.facts.iter().map(of).sum());
    let (mut slots, mut acts) = (Owned::with_room(0), Owned::with_room(0));
    let (mut regions, mut texts, mut bounds) =
        (Owned::with_room(0), Owned::with_room(0), Owned::with_room(0));
    let mut types = Vec::new();
    at_once(vec![
        Box::new(|| {
            slots = Owned::with_room(count(|facts| facts.fields.len()));
            types = Vec::with_capacity(count(|facts| facts.fields.len()));
            files().for_each(|file| file.slots(seen, &mut slots, &mut types));
        }),
        Box::new(|| {
            acts = Owned::with_room(count(|facts| facts.deeds.acts.len()));
            files().for_each(|file| file.acts(seen, &mut acts));
            regions = Owned::with_room(count(|facts| facts.deeds.regions.len()));
            files().for_each(|file| file.regions(&mut regions));
        }),
        Box::new(|| {
            files().for_each(|file| file.texts(&mut texts));
            files().for_each(|file| file.bounds(seen, &mut bounds));
        }),
    ]);
    census.types = types;
    census.slots = slots.handed(&mut census.items, |item| &mut item.slots);
    census.acts = acts.handed(&mut census.items, |item| &mut item.acts);
    census.regions = regions.handed(&mut census.items, |item| &mut item.regions);
    census.texts = texts.handed(&mut census.items, |item| &mut item.texts);
    census.bounds = bounds.handed(&mut census.items, |item| &mut item.bounds);
}

/// What items own: a list, and each item's range of it.
struct Owned<T> {
    all: Vec<T>,
    ranges: Vec<(ItemNo, Range<u32>)>,
}

impl<T> Owned<T> {
    fn with_room(count: usize) -> Self {
        Self { all: Vec::with_capacity(count), ranges: Vec::new() }
    }

    /// The list, its ranges being told to the items.
    fn handed(self, items: &mut [Item], range_of: impl Fn(&mut Item) -> &mut Range<u32>) -> Vec<T> {
        for (item, range) in self.ranges {
            *range_of(&mut items[item.0 as usize]) = range;
        }
        self.all
    }
}

struct File<'a> {
    at: FileIx,
    facts: &'a FileFacts,
    known: &'a Known,
}

impl File<'_> {
    fn owner(&self, item: ItemIx) -> Option<Owner> {
        self.known.get(&(self.at, item)).copied()
    }

    fn item(&self, item: ItemIx) -> Option<ItemNo> {
        match self.owner(item) {
            Some(Owner::Item(item)) => Some(item),
            _ => None,
        }
    }

    /// Adds every owned entry of a list, as `made` makes it, item by item.
    fn by_item<T: Copy, U>(
        &self,
        owned: &mut Owned<U>,
        list: &[T],
        owner: impl Fn(&T) -> ItemIx,
        mut made: impl FnMut(ItemNo, T) -> U,
    ) {
        let mut found: Vec<(ItemNo, T)> =
            list.iter().filter_map(|one| Some((self.item(owner(one))?, *one))).collect();
        found.sort_by_key(|(item, _)| *item);
        let mut from = 0;
        while from < found.len() {
            let item = found[from].0;
            let to = from + found[from..].partition_point(|(other, _)| *other == item);
            let first = owned.all.len() as u32;
            owned.all.extend(found[from..to].iter().map(|(_, one)| made(item, *one)));
            owned.ranges.push((item, first..owned.all.len() as u32));
            from = to;
        }
    }

    fn slots(&self, census: &Census<'_>, slots: &mut Owned<Slot>, all_types: &mut Vec<TypePart>) {
        let made = |item: ItemNo, field: crate::domain::source::facts::Field| {
            let first = all_types.len() as u32;
            let own = self.types(census, item, field.shape, all_types);
            let types = first..all_types.len() as u32;
            let reference = field.type_ref.map(|at| &self.facts.references[at.0 as usize]);
            let word = field.type_ref.map(|at| self.last_word(at)).or(own.map(|own| census.item(own).name));
            let core = field.type_ref.and_then(|at| self.target(census, at)).or(own.map(Target::Item));
            let mut place = census.item(item).place;
            if let Some(reference) = reference {
                place.span = reference.span;
            }
            Slot {
                name: field.name,
                reach: reach(field.visibility),
                seam: field.seam,
                word,
                core,
                types,
                place,
            }
        };
        self.by_item(slots, &self.facts.fields, |field| field.item, made);
    }

    /// The layers of a type, from outside in; gives the type that `Self` stands for where that is the
    /// innermost.
    fn types(
        &self,
        census: &Census<'_>,
        item: ItemNo,
        shape: Option<TypeIx>,
        types: &mut Vec<TypePart>,
    ) -> Option<ItemNo> {
        let mut at = shape;
        let mut own = None;
        while let Some(index) = at {
            let shape = self.facts.light.types[index.0 as usize];
            at = shape.inner;
            match shape.head {
                Head::Path(reference) => {
                    let target = self.target(census, reference);
                    types.push(TypePart { word: self.last_word(reference), target });
                }
                Head::Own(_) => {
                    own = census.self_item(item).filter(|_| at.is_none());
                    if let Some(own) = own {
                        let word = census.item(own).name;
                        types.push(TypePart { word, target: Some(Target::Item(own)) });
                    }
                }
                // What a trait gives is no layer of the type that it stands for.
                Head::Giving(reference) => {
                    let target = self.target(census, reference);
                    types.push(TypePart { word: self.last_word(reference), target });
                    at = None;
                }
                Head::Generic(_) | Head::Future | Head::List | Head::Tuple(..) | Head::Unknown => {}
            }
        }
        own
    }

    fn last_word(&self, reference: RefIx) -> Sym {
        let path = self.facts.references[reference.0 as usize].path;
        self.facts.segments[(path.first + u32::from(path.count)) as usize - 1]
    }

    /// What a reference leads to: looked up among what its owner names, by place.
    fn target(&self, census: &Census<'_>, reference: RefIx) -> Option<Target> {
        let reference = &self.facts.references[reference.0 as usize];
        let uses = match self.owner(reference.owner?)? {
            Owner::Item(item) => census.uses(item),
            Owner::Impl(block) => census.impl_uses(block),
        };
        uses.iter().find(|used| used.place.span == reference.span).map(|used| used.to)
    }

    fn acts(&self, census: &Census<'_>, acts: &mut Owned<Act>) {
        self.by_item(
            acts,
            &self.facts.deeds.acts,
            |act| act.owner,
            |item, act| {
                let place = Place { file: census.item(item).place.file, span: act.span };
                Act { form: act.form, place }
            },
        );
    }

    fn regions(&self, regions: &mut Owned<Region>) {
        self.by_item(
            regions,
            &self.facts.deeds.regions,
            |region| region.owner,
            |_, region| Region { form: region.form, span: region.span },
        );
    }

    /// Texts of the file, each with the innermost item around it.
    fn texts(&self, into: &mut Owned<Text>) {
        let texts = &self.facts.deeds.texts;
        let mut owned: Vec<(ItemIx, TextForm, crate::domain::source::span::Span)> = Vec::new();
        for text in texts {
            let around = self.facts.items.iter().enumerate().filter(|(_, item)| {
                item.kind != ItemKind::Module && item.kind != ItemKind::Impl && item.span.contains(text.span)
            });
            let innermost = around.min_by_key(|(_, item)| item.span.end - item.span.start);
            if let Some((at, _)) = innermost {
                owned.push((ItemIx(at as u32), text.form, text.span));
            }
        }
        self.by_item(
            into,
            &owned,
            |(owner, ..)| *owner,
            |_, (_, form, span)| Text { form, place: Place { file: FileId(self.at.0), span } },
        );
    }

    fn bounds(&self, census: &Census<'_>, into: &mut Owned<Bound>) {
        let bounds: Vec<(ItemIx, Bound)> = self
            .facts
            .deeds
            .bounds
            .iter()
            .filter_map(|bound| {
                let to = self.target(census, bound.bound)?;
                Some((bound.item, Bound { parameter: bound.parameter, bound: to }))
            })
            .collect();
        self.by_item(into, &bounds, |(owner, _)| *owner, |_, (_, bound)| bound);
    }
}
