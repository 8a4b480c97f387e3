//! Shapes of types: as much of them as light type lookup follows.

use syn::{Type, TypeParamBound};

use crate::adapters::parse::context::Context;
use crate::domain::source::facts::RefIx;
use crate::domain::source::index::TypeIx;
use crate::domain::source::light::{Head, Shape, Value};
use crate::domain::source::symbols::Sym;

/// Longer tuples are not followed.
const MAX_TUPLE: usize = 16;

impl Context<'_> {
    /// Many of one type.
    pub fn list(&mut self, element: &Type) -> Option<Shape> {
        let inner = self.shape(element).map(|inner| self.store_shape(inner))?;
        Some(Shape { head: Head::List, inner: Some(inner) })
    }

    /// The parts of a tuple side by side, if anything is known of one of them.
    pub fn tuple(&mut self, tuple: &syn::TypeTuple) -> Option<Shape> {
        let parts: smallvec::SmallVec<[Option<Shape>; 4]> =
            tuple.elems.iter().map(|elem| self.shape(elem)).collect();
        if parts.iter().all(Option::is_none) || parts.len() > MAX_TUPLE {
            return None;
        }
        let first = TypeIx(self.facts.light.types.len() as u32);
        for part in &parts {
            self.store_shape(part.unwrap_or(Shape { head: Head::Unknown, inner: None }));
        }
        Some(Shape { head: Head::Tuple(first, parts.len() as u8), inner: None })
    }

    /// Of `dyn A + B` the first trait.
    pub fn bounds_shape<'b>(&mut self, bounds: impl Iterator<Item = &'b TypeParamBound>) -> Option<Shape> {
        let mut first: Option<Option<Shape>> = None;
        for bound in bounds {
            let found = self.bound(bound);
            if matches!(bound, TypeParamBound::Trait(_)) && first.is_none() {
                first = Some(found.map(|found| self.bound_shape(found)));
            }
        }
        first.flatten()
    }

    /// A trait that bounds, which was just walked.
    fn bound_shape(&mut self, bound: RefIx) -> Shape {
        match self.gives.take() {
            Some(gives) => Shape { head: Head::Giving(bound), inner: Some(self.store_shape(gives)) },
            None => Shape { head: Head::Path(bound), inner: None },
        }
    }

    /// `Self`, or a generic parameter.
    pub fn own_or_generic(&self, name: Sym) -> Option<Shape> {
        let Some(place) = self.generics.place(name) else {
            let own = self.owner.filter(|_| self.word(name) == "Self");
            return own.map(|own| Shape { head: Head::Own(own), inner: None });
        };
        let bound =
            self.generics.value(name).and_then(|value| match self.facts.light.values[value.0 as usize] {
                Value::Declared(bound) => Some(bound),
                _ => None,
            });
        Some(Shape { head: Head::Generic(place), inner: bound })
    }

    /// Keeps what is known of a type.
    pub fn store_shape(&mut self, shape: Shape) -> TypeIx {
        let index = TypeIx(self.facts.light.types.len() as u32);
        self.facts.light.types.push(shape);
        index
    }

    /// What is asked of values of a generic parameter is asked of the first trait that bounds it.
    pub fn tell_bound(&mut self, parameter: Sym, bound: RefIx) {
        if self.generics.has(parameter) && self.generics.value(parameter).is_none() {
            let shape = self.bound_shape(bound);
            let shape = self.store_shape(shape);
            let value = self.store_value(Value::Declared(shape));
            self.generics.tell(parameter, value);
        }
    }
}
