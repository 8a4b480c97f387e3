//! Patterns: the variables they bind, and what they take apart.

use syn::{Member, Pat};

use crate::adapters::parse::context::Context;
use crate::adapters::parse::values::Seen;
use crate::domain::source::facts::{Certainty, ItemIx, Namespace, Part, RefIx, RefPosition};
use crate::domain::source::light::Value;
use crate::domain::source::symbols::Sym;

impl Context<'_> {
    /// A pattern: binds its variables, refers to its types and constants.
    pub fn pattern(&mut self, pat: &Pat) {
        self.bind_seen(pat, Seen::Nothing);
    }

    /// A pattern that is no lone name, and what it takes apart.
    pub fn parts(&mut self, pat: &Pat, seen: Seen) {
        match pat {
            Pat::Ident(ident) => {
                self.ident_pattern(ident, seen);
            }
            Pat::Wild(_) | Pat::Rest(_) | Pat::Lit(_) => {}
            Pat::TupleStruct(inner) => self.tuple_struct(inner, seen),
            Pat::Struct(inner) => self.struct_pattern(inner),
            Pat::Path(path) => match &path.qself {
                None => {
                    let found = self.path(&path.path, Namespace::Value);
                    self.part(found, Part::Matched);
                }
                Some(qself) => self.qualified(qself, &path.path),
            },
            Pat::Tuple(inner) => {
                // After `..` the place says nothing.
                let whole = !inner.elems.iter().any(|elem| matches!(elem, Pat::Rest(_)));
                let seen = if whole { self.kept(seen) } else { Seen::Nothing };
                let count = inner.elems.len() as u8;
                for (at, elem) in inner.elems.iter().enumerate() {
                    let seen = match (seen, elem) {
                        (_, Pat::Wild(_) | Pat::Lit(_)) => Seen::Nothing,
                        (Seen::Kept(value), _) => Seen::New(Value::Piece(value, at as u8, count)),
                        _ => Seen::Nothing,
                    };
                    self.bind_seen(elem, seen);
                }
            }
            Pat::Slice(inner) => {
                let seen = self.derived(seen, Value::Element);
                let seen = self.kept(seen);
                for elem in &inner.elems {
                    self.bind_seen(elem, seen);
                }
            }
            Pat::Or(inner) => {
                let seen = self.kept(seen);
                for case in &inner.cases {
                    self.bind_seen(case, seen);
                }
            }
            Pat::Paren(inner) => {
                self.bind_seen(&inner.pat, seen);
            }
            Pat::Reference(inner) => {
                self.bind_seen(&inner.pat, seen);
            }
            Pat::Guard(inner) => {
                self.bind_seen(&inner.pat, seen);
                self.decisions += 1;
                self.expr(&inner.guard);
            }
            Pat::Type(inner) => {
                let shape = self.shape(&inner.ty).map(|shape| self.store_shape(shape));
                self.bind_declared(&inner.pat, shape);
            }
            Pat::Const(inner) => self.block(&inner.block),
            Pat::Macro(call) => self.macro_call(&call.mac),
            Pat::Range(range) => {
                range.start.iter().for_each(|value| self.expr(value));
                range.end.iter().for_each(|value| self.expr(value));
            }
            Pat::Verbatim(tokens) => self.token_soup(tokens),
            _ => {}
        }
    }

    /// A lone name in a pattern: a constant, a unit struct or variant if one is in scope (by custom
    /// they start in upper case, else this file declares or imports them), else a new variable.
    pub fn ident_pattern(&mut self, ident: &syn::PatIdent, seen: Seen) -> Sym {
        if let Some((_, inner)) = &ident.subpat {
            self.pattern(inner);
        }
        let (name, span) = self.ident(&ident.ident);
        let word = self.word(name);
        let constant = word.starts_with(|first: char| first.is_uppercase());
        if constant && ident.by_ref.is_none() && ident.mutability.is_none() && ident.subpat.is_none() {
            let path = self.store_path(&[name], false);
            let found = self.refer(path, span, Namespace::Value, Certainty::Perhaps);
            self.part(Some(found), Part::Matched);
            self.perhaps_locals.push(name);
        } else {
            let plain = ident.by_ref.is_none() && ident.mutability.is_none() && ident.subpat.is_none();
            if plain && self.position != RefPosition::Signature && self.imported.has(name) {
                let path = self.store_path(&[name], false);
                let found = self.refer(path, span, Namespace::Value, Certainty::Perhaps);
                self.part(Some(found), Part::Matched);
            }
            let value = self.store_seen(seen);
            self.locals.push_value(name, value);
        }
        name
    }

    /// `Some(x)`, `Command::Get(x)`: of a variant of the workspace the fields are declared.
    fn tuple_struct(&mut self, inner: &syn::PatTupleStruct, seen: Seen) {
        let found = match &inner.qself {
            None => self.path(&inner.path, Namespace::Value),
            Some(qself) => {
                self.qualified(qself, &inner.path);
                None
            }
        };
        let opens = inner.path.segments.last().is_some_and(|last| last.ident == "Some" || last.ident == "Ok");
        if opens && let [only] = inner.elems.iter().collect::<smallvec::SmallVec<[&Pat; 2]>>().as_slice() {
            self.part(found, Part::Matched);
            let seen = self.derived(seen, Value::Tried);
            self.bind_seen(only, seen);
            return;
        }
        self.part(found, Part::Matched);
        let own = self.own_variant(found, &inner.path);
        let mut rest = false;
        for (at, elem) in inner.elems.iter().enumerate() {
            rest |= matches!(elem, Pat::Rest(_));
            // After `..` the place says nothing, and what binds nothing needs no value.
            let seen = if rest || matches!(elem, Pat::Wild(_) | Pat::Lit(_)) {
                Seen::Nothing
            } else {
                self.taken(found, own, |this| this.intern_made(&at.to_string()))
            };
            self.bind_seen(elem, seen);
        }
    }

    /// `Point { x, y: other, .. }`.
    fn struct_pattern(&mut self, inner: &syn::PatStruct) {
        let found = match &inner.qself {
            None => self.path(&inner.path, Namespace::Type),
            Some(qself) => {
                self.qualified(qself, &inner.path);
                None
            }
        };
        self.part(found, Part::Matched);
        let own = self.own_variant(found, &inner.path);
        for field in &inner.fields {
            let before = self.enter_cfg(&field.attrs);
            let seen = match &field.member {
                Member::Named(name) => self.taken(found, own, |this| this.ident(name).0),
                Member::Unnamed(_) => Seen::Nothing,
            };
            match (&field.colon_token, &field.member, &*field.pat) {
                (None, Member::Named(_), Pat::Ident(ident)) => {
                    let (name, _) = self.ident(&ident.ident);
                    let value = self.store_seen(seen);
                    self.locals.push_value(name, value);
                }
                (_, _, pat) => {
                    self.bind_seen(pat, seen);
                }
            }
            self.cfg = before;
        }
    }
}

/// A variant of `Self`, and what says what that is.
type OwnVariant = (ItemIx, Sym);

impl Context<'_> {
    /// The variant that `Self::Variant` names.
    fn own_variant(&self, found: Option<RefIx>, path: &syn::Path) -> Option<OwnVariant> {
        let (first, last) = self.path_ends;
        let own = found.is_none() && path.segments.len() == 2 && self.word(first) == "Self";
        self.owner.filter(|_| own).map(|owner| (owner, last))
    }

    /// A field that a pattern takes out of a struct or variant.
    fn taken(
        &mut self,
        found: Option<RefIx>,
        own: Option<OwnVariant>,
        name: impl FnOnce(&mut Self) -> Sym,
    ) -> Seen {
        match (found, own) {
            (Some(found), _) => Seen::New(Value::Part(found, name(self))),
            (None, Some((owner, variant))) => Seen::New(Value::OwnPart(owner, variant, name(self))),
            (None, None) => Seen::Nothing,
        }
    }
}
