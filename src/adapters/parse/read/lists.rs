//! What stands between commas.

use syn::Token;
use syn::punctuated::{Pair, Punctuated};

use crate::adapters::parse::read::Reader;

/// What stands in parentheses.
pub(super) enum Held<T> {
    /// One without a comma.
    One(T),
    /// Any other number.
    Many(Punctuated<T, Token![,]>),
}

impl Reader<'_, '_> {
    /// All that stands between commas, to the end.
    pub(super) fn between_commas<T>(
        &mut self,
        mut each: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Punctuated<T, Token![,]>> {
        let mut all = Punctuated::new();
        while !self.is_done() {
            let one = each(self)?;
            match self.is_done() {
                true => add_last(&mut all, one),
                false => add(&mut all, one),
            }
            self.pass_comma()?;
        }
        Some(all)
    }

    /// The same, where one without a comma is no list.
    pub(super) fn held<T>(&mut self, mut each: impl FnMut(&mut Self) -> Option<T>) -> Option<Held<T>> {
        if self.is_done() {
            return Some(Held::Many(Punctuated::new()));
        }
        let first = each(self)?;
        if self.is_done() {
            return Some(Held::One(first));
        }
        self.pass_comma()?;
        let mut all = Punctuated::new();
        add(&mut all, first);
        all.extend(self.between_commas(each)?.into_pairs());
        Some(Held::Many(all))
    }

    /// A comma, or the end.
    pub(super) fn pass_comma(&mut self) -> Option<()> {
        match self.skip(b',') {
            true => Some(()),
            false => self.all(()),
        }
    }
}

/// Adds the last one. Where it is the only one a box of its own is enough: a list has room for four.
pub(super) fn add_last<T, P: Default>(all: &mut Punctuated<T, P>, one: T) {
    match all.is_empty() {
        true => all.push_value(one),
        false => add(all, one),
    }
}

/// Adds one more. A pair that ends a list would take a box of its own.
pub(super) fn add<T, P: Default>(all: &mut Punctuated<T, P>, one: T) {
    all.extend(std::iter::once(Pair::Punctuated(one, P::default())));
}
