//! Types and values as far as light type lookup follows them: what is declared, never inferred.
//!
//! Enough to say whose method `self.store.find(…)` is, and no more: a value whose type hangs on
//! inference or on a foreign function that is not well known is not here at all. What a value is made from stands
//! before it.

use crate::domain::source::index::{AccessIx, CfgIx, ItemIx, RefIx, ScopeIx, TypeIx, ValueIx};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

/// The light types of one file.
#[derive(Clone, Debug, Default)]
pub struct Light {
    /// Declared types.
    pub types: Vec<Shape>,
    /// Values that something is asked of.
    pub values: Vec<Value>,
    /// What is asked of them.
    pub accesses: Vec<Access>,
}

/// A declared type, references looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// What it is.
    pub head: Head,
    /// Its first type argument, if that is known; of a generic parameter what bounds it.
    pub inner: Option<TypeIx>,
}

/// What a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// A named type, or the trait of `dyn` and `impl`.
    Path(RefIx),
    /// A trait of `dyn`, `impl` or a bound that says what it gives: `Iterator<Item = T>`, `Fn() -> T`.
    Giving(RefIx),
    /// `Self`, as this item understands it.
    Own(ItemIx),
    /// A generic parameter, by its place among those in scope.
    Generic(u32),
    /// What an `async fn` returns; its inner type is what it is awaited for.
    Future,
    /// A slice or an array; its inner type is that of its elements.
    List,
    /// A tuple: so many types from this one on.
    Tuple(TypeIx, u8),
    /// A part of a tuple of which nothing is known.
    Unknown,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A variable whose type is written.
    Declared(TypeIx),
    /// `self`, or `Self { … }`, as this item understands it.
    This(ItemIx),
    /// A constant or static, by its path.
    Named(RefIx),
    /// `path(…)`: what a function returns, or what a constructor makes.
    Called(RefIx),
    /// `Self::name(…)` in this item.
    OwnCalled(ItemIx, Sym),
    /// `Path { … }`.
    Built(RefIx),
    /// What an access to another value gives.
    Given(ValueIx, AccessIx),
    /// `value?`.
    Tried(ValueIx),
    /// `value.await`.
    Awaited(ValueIx),
    /// `Arc::new(value)` and its like.
    Shared(ValueIx),
    /// `*value`.
    Dereferenced(ValueIx),
    /// What a loop, a closure or an index gets of a collection, an iterator or an option.
    Element(ValueIx),
    /// A part of a tuple, or of a pair that holds a value and its number or key: which, of how many.
    Piece(ValueIx, u8, u8),
    /// `Some(value)`.
    Some(ValueIx),
    /// `Ok(value)`.
    Ok(ValueIx),
    /// A closure, by what it gives.
    Closure(ValueIx),
    /// What a closure gives when it is called.
    Outcome(ValueIx),
    /// What a method gives that hands what is inside to a closure, by what that gives: `value.map(f)`.
    Mapped(ValueIx, ValueIx),
    /// A field of what a pattern takes apart: the struct or variant by its path, the field's name.
    Part(RefIx, Sym),
    /// The same of `Self::Variant`: the item that says what `Self` is, the variant, the field.
    OwnPart(ItemIx, Sym, Sym),
}

/// A method call or a field access.
#[derive(Clone, Copy, Debug)]
pub struct Access {
    /// Name of the method or field.
    pub name: Sym,
    /// Which of the two.
    pub form: AccessForm,
    /// The name in the text.
    pub span: Span,
    /// Where it stands.
    pub scope: ScopeIx,
    /// The item whose text holds it.
    pub owner: Option<ItemIx>,
    /// When it exists.
    pub cfg: CfgIx,
}

/// What is asked of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessForm {
    /// `value.name(…)`.
    Method,
    /// `value.name`.
    Field,
}
