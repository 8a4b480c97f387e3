//! Generic parameters and what is asked of them. Lifetimes are left out.

use syn::punctuated::Punctuated;
use syn::{GenericParam, Generics, Token, WhereClause, WherePredicate};

use crate::adapters::parse::read::lists::add;
use crate::adapters::parse::read::{Reader, nowhere};
use crate::adapters::parse::tape::form;

impl Reader<'_, '_> {
    /// `<T: A, const N: usize>`, or nothing.
    pub(super) fn generics(&mut self) -> Option<Generics> {
        let mut generics = Generics::default();
        if !self.skip(b'<') {
            return Some(generics);
        }
        while self.form() != b'>' {
            if self.skip(form::LIFETIME) {
                if self.skip(b':') {
                    while self.skip(form::LIFETIME) || self.skip(b'+') {}
                }
            } else {
                add(&mut generics.params, self.parameter_of_type()?);
            }
            if !self.skip(b',') && self.form() != b'>' {
                return None;
            }
        }
        self.at += 1;
        Some(generics)
    }

    fn parameter_of_type(&mut self) -> Option<GenericParam> {
        let attrs = Vec::new();
        if self.skip_keyword("const") {
            let ident = self.name()?;
            self.eat(b':')?;
            let (const_token, colon_token) = (Token![const](nowhere()), Token![:](nowhere()));
            let ty = self.type_()?;
            return Some(GenericParam::Const(syn::ConstParam {
                attrs,
                const_token,
                ident,
                colon_token,
                ty,
                default: None,
            }));
        }
        let ident = self.name()?;
        let (mut colon_token, mut bounds) = (None, Punctuated::new());
        if self.form() == b':' && !self.is_colons(0) {
            self.at += 1;
            colon_token = Some(Token![:](nowhere()));
            bounds = self.all_bounds()?;
        }
        let default = match self.skip(b'=') {
            true => Some((Token![=](nowhere()), self.type_()?)),
            false => None,
        };
        Some(GenericParam::Type(syn::TypeParam { attrs, ident, colon_token, bounds, default }))
    }

    /// Takes `where T: A, U: B`, if it stands here.
    pub(super) fn where_clause(&mut self, generics: &mut Generics) -> Option<()> {
        if !self.skip_keyword("where") {
            return Some(());
        }
        let mut predicates = Punctuated::new();
        while !matches!(self.form(), b'{' | b';' | b'=' | form::NONE) {
            if self.skip(form::LIFETIME) {
                self.eat(b':')?;
                while self.skip(form::LIFETIME) || self.skip(b'+') {}
            } else {
                self.pass_binder()?;
                let bounded_ty = self.type_()?;
                self.eat(b':')?;
                let (attrs, colon_token, bounds) = (Vec::new(), Token![:](nowhere()), self.all_bounds()?);
                let predicate =
                    syn::PredicateType { attrs, lifetimes: None, bounded_ty, colon_token, bounds };
                add(&mut predicates, WherePredicate::Type(predicate));
            }
            if !self.skip(b',') && !matches!(self.form(), b'{' | b';' | b'=') {
                return None;
            }
        }
        generics.where_clause = Some(WhereClause { where_token: Token![where](nowhere()), predicates });
        Some(())
    }

    /// Steps over `for<'a>`, if it stands here.
    pub(super) fn pass_binder(&mut self) -> Option<()> {
        if !self.skip_keyword("for") {
            return Some(());
        }
        self.eat(b'<')?;
        while self.skip(form::LIFETIME) || self.skip(b',') {}
        self.eat(b'>')
    }
}
