//! What stands in items: fields and parameters with their types, deeds, texts, bounds.

use rustc_hash::FxHashMap;

use crate::domain::census::{
    Act, Bound, Census, ImplNo, ItemNo, Reach, Region, Slot, Target, Text, TypePart,
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
pub(super) fn gather(census: &mut Census<'_>, origins: &Origins, known: &Known) {
    for (at, facts) in origins.facts.iter().enumerate() {
        let file = File { at: FileIx(at as u32), facts, known };
        file.slots(census);
        file.acts(census);
        file.regions(census);
        file.texts(census);
        file.bounds(census);
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

    /// Runs `add` for every owned entry of a list, item by item, and gives each item its range.
    fn by_item<T: Copy>(
        &self,
        census: &mut Census<'_>,
        list: &[T],
        owner: impl Fn(&T) -> ItemIx,
        mut add: impl FnMut(&mut Census<'_>, ItemNo, T),
        range: impl Fn(&mut Census<'_>, ItemNo, u32),
    ) {
        let mut owned: Vec<(ItemNo, T)> =
            list.iter().filter_map(|one| Some((self.item(owner(one))?, *one))).collect();
        owned.sort_by_key(|(item, _)| *item);
        let mut from = 0;
        while from < owned.len() {
            let item = owned[from].0;
            let to = from + owned[from..].partition_point(|(other, _)| *other == item);
            for (_, one) in &owned[from..to] {
                add(census, item, *one);
            }
            range(census, item, (to - from) as u32);
            from = to;
        }
    }

    fn slots(&self, census: &mut Census<'_>) {
        let add = |census: &mut Census<'_>, item: ItemNo, field: crate::domain::source::facts::Field| {
            let first = census.types.len() as u32;
            let own = self.types(census, item, field.shape);
            let types = first..census.types.len() as u32;
            let reference = field.type_ref.map(|at| &self.facts.references[at.0 as usize]);
            let word = field.type_ref.map(|at| self.last_word(at)).or(own.map(|own| census.item(own).name));
            let core = field.type_ref.and_then(|at| self.target(census, at)).or(own.map(Target::Item));
            let mut place = census.item(item).place;
            if let Some(reference) = reference {
                place.span = reference.span;
            }
            census.slots.push(Slot {
                name: field.name,
                reach: reach(field.visibility),
                seam: field.seam,
                word,
                core,
                types,
                place,
            });
        };
        self.by_item(
            census,
            &self.facts.fields,
            |field| field.item,
            add,
            |census, item, count| {
                let end = census.slots.len() as u32;
                census.items[item.0 as usize].slots = end - count..end;
            },
        );
    }

    /// The layers of a type, from outside in; gives the type that `Self` stands for where that is the
    /// innermost.
    fn types(&self, census: &mut Census<'_>, item: ItemNo, shape: Option<TypeIx>) -> Option<ItemNo> {
        let mut at = shape;
        let mut own = None;
        while let Some(index) = at {
            let shape = self.facts.light.types[index.0 as usize];
            at = shape.inner;
            match shape.head {
                Head::Path(reference) => {
                    let target = self.target(census, reference);
                    census.types.push(TypePart { word: self.last_word(reference), target });
                }
                Head::Own(_) => {
                    own = census.self_item(item).filter(|_| at.is_none());
                    if let Some(own) = own {
                        let word = census.item(own).name;
                        census.types.push(TypePart { word, target: Some(Target::Item(own)) });
                    }
                }
                Head::Generic(_) | Head::Future | Head::List => {}
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

    fn acts(&self, census: &mut Census<'_>) {
        self.by_item(
            census,
            &self.facts.deeds.acts,
            |act| act.owner,
            |census, item, act| {
                let place = Place { file: census.item(item).place.file, span: act.span };
                census.acts.push(Act { form: act.form, place });
            },
            |census, item, count| {
                let end = census.acts.len() as u32;
                census.items[item.0 as usize].acts = end - count..end;
            },
        );
    }

    fn regions(&self, census: &mut Census<'_>) {
        self.by_item(
            census,
            &self.facts.deeds.regions,
            |region| region.owner,
            |census, _, region| census.regions.push(Region { form: region.form, span: region.span }),
            |census, item, count| {
                let end = census.regions.len() as u32;
                census.items[item.0 as usize].regions = end - count..end;
            },
        );
    }

    /// Texts of the file, each with the innermost item around it.
    fn texts(&self, census: &mut Census<'_>) {
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
            census,
            &owned,
            |(owner, ..)| *owner,
            |census, _, (_, form, span)| {
                census.texts.push(Text { form, place: Place { file: FileId(self.at.0), span } });
            },
            |census, item, count| {
                let end = census.texts.len() as u32;
                census.items[item.0 as usize].texts = end - count..end;
            },
        );
    }

    fn bounds(&self, census: &mut Census<'_>) {
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
        self.by_item(
            census,
            &bounds,
            |(owner, _)| *owner,
            |census, _, (_, bound)| census.bounds.push(bound),
            |census, item, count| {
                let end = census.bounds.len() as u32;
                census.items[item.0 as usize].bounds = end - count..end;
            },
        );
    }
}
