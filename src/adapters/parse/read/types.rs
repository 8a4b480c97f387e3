//! Types.

use syn::punctuated::Punctuated;
use syn::{ReturnType, Token, Type, TypeParamBound, token};

use crate::adapters::parse::read::lists::{Held, add};
use crate::adapters::parse::read::paths::Style;
use crate::adapters::parse::read::{Reader, nowhere};
use crate::adapters::parse::tape::form;

/// Whether `+` after a bound belongs to the type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plus {
    Taken,
    Left,
}

impl Reader<'_, '_> {
    /// A type.
    pub(super) fn type_(&mut self) -> Option<Type> {
        self.type_with(Plus::Taken)
    }

    /// A type after which `+` means something else: in a cast, after `&`.
    pub(super) fn short_type(&mut self) -> Option<Type> {
        self.type_with(Plus::Left)
    }

    /// `-> T`, or nothing.
    pub(super) fn output(&mut self) -> Option<ReturnType> {
        if !self.is_pair(0, b'-', b'>') {
            return Some(ReturnType::Default);
        }
        self.at += 2;
        let arrow = token::RArrow { spans: [nowhere(), nowhere()] };
        Some(ReturnType::Type(arrow, Box::new(self.short_type()?)))
    }

    fn type_with(&mut self, plus: Plus) -> Option<Type> {
        let attrs = Vec::new();
        match self.form() {
            b'&' => {
                self.at += 1;
                self.skip(form::LIFETIME);
                let mutability = self.mutability();
                let elem = Box::new(self.short_type()?);
                let and_token = Token![&](nowhere());
                Some(Type::Reference(syn::TypeReference {
                    attrs,
                    and_token,
                    lifetime: None,
                    mutability,
                    elem,
                }))
            }
            b'*' => {
                self.at += 1;
                let mutability = match self.mutability() {
                    Some(token) => syn::PointerMutability::Mut(token),
                    None => {
                        self.eat_keyword("const")?;
                        syn::PointerMutability::Const(Token![const](nowhere()))
                    }
                };
                let elem = Box::new(self.short_type()?);
                Some(Type::Ptr(syn::TypePtr { attrs, star_token: Token![*](nowhere()), mutability, elem }))
            }
            b'(' => self.tuple_type(),
            b'[' => self.list_type(),
            b'!' => {
                self.at += 1;
                Some(Type::Never(syn::TypeNever { attrs, bang_token: Token![!](nowhere()) }))
            }
            form::KEYWORD => match self.keyword() {
                "_" => {
                    self.at += 1;
                    Some(Type::Infer(syn::TypeInfer { attrs, underscore_token: Token![_](nowhere()) }))
                }
                "dyn" => {
                    self.at += 1;
                    let (dyn_token, bounds) = (Some(Token![dyn](nowhere())), self.bounds(plus)?);
                    Some(Type::TraitObject(syn::TypeTraitObject { attrs, dyn_token, bounds }))
                }
                "impl" => {
                    self.at += 1;
                    let (impl_token, bounds) = (Token![impl](nowhere()), self.bounds(plus)?);
                    Some(Type::ImplTrait(syn::TypeImplTrait { attrs, impl_token, bounds }))
                }
                "fn" | "unsafe" | "extern" => self.pointer(),
                _ => self.path_type(),
            },
            _ => self.path_type(),
        }
    }

    fn path_type(&mut self) -> Option<Type> {
        if !self.is_path() {
            return None;
        }
        let (qself, path) = self.qualified(Style::Type)?;
        if self.form() == b'!' && !self.is_pair(0, b'!', b'=') {
            // A macro, which few types are.
            return None;
        }
        Some(Type::Path(syn::TypePath { attrs: Vec::new(), qself, path }))
    }

    /// `unsafe extern "C" fn(A) -> B`.
    fn pointer(&mut self) -> Option<Type> {
        self.skip_keyword("unsafe");
        if self.skip_keyword("extern") {
            self.skip(form::LITERAL);
        }
        self.eat_keyword("fn")?;
        let given = self.parenthesized()?;
        Some(Type::FnPtr(syn::TypeFnPtr {
            attrs: Vec::new(),
            lifetimes: None,
            unsafety: None,
            abi: None,
            fn_token: Token![fn](nowhere()),
            paren_token: given.paren_token,
            inputs: given.inputs,
            variadic: None,
            output: given.output,
        }))
    }

    fn tuple_type(&mut self) -> Option<Type> {
        let (attrs, paren_token) = (Vec::new(), self.parens());
        Some(match self.enter(b'(')?.held(Self::type_)? {
            Held::One(elem) => Type::Paren(syn::TypeParen { attrs, paren_token, elem: Box::new(elem) }),
            Held::Many(elems) => Type::Tuple(syn::TypeTuple { attrs, paren_token, elems }),
        })
    }

    fn list_type(&mut self) -> Option<Type> {
        let mut inner = self.enter(b'[')?;
        let (attrs, bracket_token) = (Vec::new(), self.brackets());
        let elem = Box::new(inner.type_()?);
        if inner.is_done() {
            return Some(Type::Slice(syn::TypeSlice { attrs, bracket_token, elem }));
        }
        inner.eat(b';')?;
        let len = inner.expr()?;
        let semi_token = Token![;](nowhere());
        inner.all(Type::Array(syn::TypeArray { attrs, bracket_token, elem, semi_token, len }))
    }

    /// All that is asked of a type, which may be nothing.
    pub(super) fn all_bounds(&mut self) -> Option<Punctuated<TypeParamBound, Token![+]>> {
        match self.form() {
            b',' | b'>' | b'=' | b'{' | b';' => Some(Punctuated::new()),
            _ => self.bounds(Plus::Taken),
        }
    }

    /// `A + 'b + ?C`; lifetimes are left out.
    fn bounds(&mut self, plus: Plus) -> Option<Punctuated<TypeParamBound, Token![+]>> {
        let mut bounds = Punctuated::new();
        loop {
            if !self.skip(form::LIFETIME) {
                self.pass_binder()?;
                let maybe = self.skip(b'?').then(|| Token![?](nowhere()));
                if !self.is_path() || self.form() == b'<' {
                    return None;
                }
                let bound = syn::TraitBound {
                    paren_token: None,
                    lifetimes: None,
                    modifiers: syn::TraitBoundModifiers::default(),
                    maybe,
                    path: self.path(Style::Type)?,
                };
                add(&mut bounds, TypeParamBound::Trait(bound));
            }
            if plus == Plus::Left || self.form() != b'+' || self.is_pair(0, b'+', b'=') {
                return Some(bounds);
            }
            self.at += 1;
        }
    }
}
