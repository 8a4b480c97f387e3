//! Values on the walk: what is known of an expression's type without inference.

use syn::{Member, Pat};

use crate::adapters::parse::context::Context;
use crate::domain::source::facts::{Namespace, Part, RefIx, RefPosition};
use crate::domain::source::index::{AccessIx, TypeIx, ValueIx};
use crate::domain::source::light::{Access, AccessForm, Value};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

/// Types whose `new`, called with one value, gives something that stands for that value.
const SHARING: [&str; 5] = ["Arc", "Rc", "Box", "Cow", "Pin"];

/// Their functions of one value that give it again, inside or out.
const SHARED_BY: [&str; 7] = ["new", "clone", "pin", "make_mut", "as_ref", "as_mut", "unwrap_or_clone"];

/// What an expression is, as far as the walk knows. Nothing is kept until something asks for it.
#[derive(Clone, Copy)]
pub enum Seen {
    /// Nothing is known.
    Nothing,
    /// A value that is kept.
    Kept(ValueIx),
    /// A value that is not kept yet.
    New(Value),
    /// A path: a constant, or what is called.
    Path(RefIx),
    /// `Self::name`, or `Self`: likewise.
    OwnPath(Option<Sym>),
}

impl Seen {
    /// This, unless nothing is known of it: then the other.
    pub const fn or(self, other: Self) -> Self {
        match self {
            Self::Nothing => other,
            known => known,
        }
    }
}

impl Context<'_> {
    /// A path in an expression.
    pub fn path_value(&mut self, path: &syn::ExprPath) -> Seen {
        if let Some(qself) = &path.qself {
            self.qualified(qself, &path.path);
            return Seen::Nothing;
        }
        if let Some(found) = self.path(&path.path, Namespace::Value) {
            return Seen::Path(found);
        }
        let (first, last) = self.path_ends;
        match path.path.segments.len() {
            1 if self.locals.has(first) => self.locals.value(first).map_or(Seen::Nothing, Seen::Kept),
            1 => match (self.word(first), self.owner) {
                ("self", Some(owner)) => Seen::New(Value::This(owner)),
                ("Self", _) => Seen::OwnPath(None),
                _ => Seen::Nothing,
            },
            2 if self.word(first) == "Self" => Seen::OwnPath(Some(last)),
            _ => Seen::Nothing,
        }
    }

    /// `f(…)`.
    pub fn call(&mut self, call: &syn::ExprCall) -> Seen {
        let called = self.value(&call.func);
        if let Seen::Path(found) = called {
            self.part(Some(found), Part::Called);
        }
        self.refusal(call);
        let mut argument = Seen::Nothing;
        for value in &call.args {
            argument = self.value(value);
        }
        match called {
            Seen::Kept(_) | Seen::New(Value::Closure(_)) => self.derived(called, Value::Outcome),
            Seen::Path(found) => {
                let held = if call.args.len() == 1 { self.holding(found) } else { None };
                match held {
                    Some(held) => self.derived(argument, held),
                    None => Seen::New(Value::Called(found)),
                }
            }
            Seen::OwnPath(name) => match (name, self.owner) {
                (Some(name), Some(owner)) => Seen::New(Value::OwnCalled(owner, name)),
                (None, Some(owner)) => Seen::New(Value::This(owner)),
                _ => Seen::Nothing,
            },
            _ => Seen::Nothing,
        }
    }

    /// What a function of the standard library makes of its one argument: `Some`, `Ok`, `Arc::new` and
    /// the like.
    fn holding(&self, called: RefIx) -> Option<fn(ValueIx) -> Value> {
        let path = self.facts.references[called.0 as usize].path;
        let first = path.first as usize;
        let segments = &self.facts.segments[first..first + usize::from(path.count)];
        match segments {
            [only] => match self.word(*only) {
                "Some" => Some(Value::Some),
                "Ok" => Some(Value::Ok),
                _ => None,
            },
            [.., holder, name] => {
                let shares = SHARED_BY.contains(&self.word(*name)) && SHARING.contains(&self.word(*holder));
                shares.then_some(Value::Shared)
            }
            [] => None,
        }
    }

    /// `Path { … }`.
    pub fn built(&self, found: Option<RefIx>, segments: usize) -> Seen {
        match (found, self.owner) {
            (Some(found), _) => Seen::New(Value::Built(found)),
            (None, Some(owner)) if segments == 1 && self.word(self.path_ends.0) == "Self" => {
                Seen::New(Value::This(owner))
            }
            _ => Seen::Nothing,
        }
    }

    /// `value.field`.
    pub fn field_access(&mut self, field: &syn::ExprField) -> Seen {
        let base = self.value(&field.base);
        match &field.member {
            Member::Named(name) => {
                let Some(value) = self.asked(base) else { return Seen::Nothing };
                let (name, span) = self.ident(name);
                self.accessed(value, name, AccessForm::Field, span)
            }
            Member::Unnamed(index) => {
                let Some(value) = self.store_seen(base) else { return Seen::Nothing };
                let name = self.intern_made(&index.index.to_string());
                let span = self.span_of(index.span);
                self.accessed(value, name, AccessForm::Field, span)
            }
        }
    }

    /// The value that is asked, and what its method or field gives.
    pub fn accessed_of(
        &mut self,
        base: Seen,
        (name, span): (Sym, Span),
        form: AccessForm,
    ) -> (Option<ValueIx>, Seen) {
        let Some(value) = self.asked(base) else { return (None, Seen::Nothing) };
        (Some(value), self.accessed(value, name, form, span))
    }

    /// The value that is asked for a method or field, if it is known.
    fn asked(&mut self, base: Seen) -> Option<ValueIx> {
        match base {
            Seen::Path(found) => Some(self.store_value(Value::Named(found))),
            base => self.store_seen(base),
        }
    }

    fn accessed(&mut self, value: ValueIx, name: Sym, form: AccessForm, span: Span) -> Seen {
        if self.position == RefPosition::MacroBody {
            return Seen::Nothing;
        }
        let index = AccessIx(self.facts.light.accesses.len() as u32);
        let (scope, owner, cfg) = (self.scope, self.owner, self.cfg);
        self.facts.light.accesses.push(Access { name, form, span, scope, owner, cfg });
        Seen::Kept(self.store_value(Value::Given(value, index)))
    }

    /// What is made from a value, if that is known.
    pub fn derived(&mut self, seen: Seen, make: fn(ValueIx) -> Value) -> Seen {
        match self.store_seen(seen) {
            Some(value) => Seen::New(make(value)),
            None => Seen::Nothing,
        }
    }

    /// A value that more than one thing is made from.
    pub fn kept(&mut self, seen: Seen) -> Seen {
        self.store_seen(seen).map_or(Seen::Nothing, Seen::Kept)
    }

    /// Keeps a value, if it is known.
    pub fn store_seen(&mut self, seen: Seen) -> Option<ValueIx> {
        match seen {
            Seen::Kept(value) => Some(value),
            Seen::New(value) => Some(self.store_value(value)),
            Seen::Nothing | Seen::Path(_) | Seen::OwnPath(_) => None,
        }
    }

    /// Keeps a value.
    pub fn store_value(&mut self, value: Value) -> ValueIx {
        let index = ValueIx(self.facts.light.values.len() as u32);
        self.facts.light.values.push(value);
        index
    }

    /// Binds a pattern to a value of declared type; the name, if the pattern is one.
    pub fn bind_declared(&mut self, pat: &Pat, shape: Option<TypeIx>) -> Option<Sym> {
        self.bind_seen(pat, shape.map_or(Seen::Nothing, |shape| Seen::New(Value::Declared(shape))))
    }

    /// Binds a pattern to a value: a plain name takes on what is known of it, others take it apart.
    pub fn bind_seen(&mut self, pat: &Pat, seen: Seen) -> Option<Sym> {
        match pat {
            Pat::Ident(ident) => Some(self.ident_pattern(ident, seen)),
            // `State(state): State<AppState>`: what is taken out is what it stands for.
            Pat::TupleStruct(taken) if stands_for(&taken.path) => match taken.elems.first() {
                Some(Pat::Ident(ident)) if taken.elems.len() == 1 => {
                    self.path(&taken.path, Namespace::Value);
                    Some(self.ident_pattern(ident, seen))
                }
                _ => {
                    self.parts(pat, seen);
                    None
                }
            },
            _ => {
                self.parts(pat, seen);
                None
            }
        }
    }
}

/// Whether a path names an extractor that stands for what it holds.
fn stands_for(path: &syn::Path) -> bool {
    let last = path.segments.last();
    last.is_some_and(|last| last.ident == "State" || last.ident == "Extension" || last.ident == "Data")
}
