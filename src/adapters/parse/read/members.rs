//! Impls and traits, with what they hold.

use syn::punctuated::Punctuated;
use syn::{
    Attribute, ImplItem, ItemImpl, ItemTrait, PathArguments, Token, TraitItem, Type, Visibility, token,
};

use crate::adapters::parse::read::items::Constant;
use crate::adapters::parse::read::{Reader, nowhere};
use crate::adapters::parse::tape::Bodies;

impl Reader<'_, '_> {
    /// `unsafe impl<T> A for B<T> { … }`.
    pub(super) fn implementation(&mut self, attrs: Vec<Attribute>) -> Option<ItemImpl> {
        let first = self.at;
        let header = self.header().or_else(|| {
            self.at = first;
            self.slow_header()
        })?;
        let (span, mut inner) = self.enter_seen(b'{')?;
        let mut items = Vec::new();
        while !inner.is_done() {
            items.push(inner.provided()?);
        }
        Some(ItemImpl { attrs, brace_token: token::Brace { span }, items, ..header })
    }

    /// What stands before the braces of an impl. The names of its trait and of a type that is no path are
    /// shown as they are written: where they have arguments, `syn` reads them.
    fn header(&mut self) -> Option<ItemImpl> {
        let unsafety = self.skip_keyword("unsafe").then(|| Token![unsafe](nowhere()));
        let impl_token = Token![impl](self.span()?);
        self.eat_keyword("impl")?;
        let mut generics = self.generics()?;
        let (mut trait_, mut self_ty) = (None, self.type_()?);
        if self.skip_keyword("for") {
            let Type::Path(syn::TypePath { qself: None, path, .. }) = self_ty else { return None };
            if path.segments.iter().any(|segment| !matches!(segment.arguments, PathArguments::None)) {
                return None;
            }
            trait_ = Some((path, Token![for](nowhere())));
            self_ty = self.type_()?;
        }
        if !matches!(&self_ty, Type::Path(syn::TypePath { qself: None, .. })) {
            return None;
        }
        self.where_clause(&mut generics)?;
        Some(ItemImpl {
            attrs: Vec::new(),
            modifiers: syn::ImplModifiers::default(),
            unsafety,
            impl_token,
            generics,
            trait_,
            self_ty: Box::new(self_ty),
            brace_token: self.braces(),
            items: Vec::new(),
        })
    }

    /// The same as `syn` reads it.
    fn slow_header(&mut self) -> Option<ItemImpl> {
        let first = self.at;
        while self.form() != b'{' {
            let open = self.entry(0)?;
            self.at = open.mate.max(self.at as u32) as usize + 1;
        }
        let mut tokens = self.tape.stream(first, self.at, Bodies::Made)?;
        let empty = proc_macro2::Group::new(proc_macro2::Delimiter::Brace, proc_macro2::TokenStream::new());
        tokens.extend([proc_macro2::TokenTree::Group(empty)]);
        syn::parse2(tokens).ok()
    }

    pub(super) fn provided(&mut self) -> Option<ImplItem> {
        let (attrs, vis) = (self.attributes()?, self.visibility()?);
        match self.keyword() {
            "type" => {
                let type_token = Token![type](self.span()?);
                self.at += 1;
                let (ident, generics) = (self.name()?, self.generics()?);
                self.eat(b'=')?;
                Some(ImplItem::Type(syn::ImplItemType {
                    attrs,
                    vis,
                    modifiers: syn::TypeModifiers::default(),
                    type_token,
                    ident,
                    generics,
                    eq_token: Token![=](nowhere()),
                    ty: self.type_()?,
                    semi_token: self.semicolon()?,
                }))
            }
            "const" if self.is_constant() => {
                let Constant { const_token, ident, colon_token, ty } = self.constant_head()?;
                self.eat(b'=')?;
                Some(ImplItem::Const(syn::ImplItemConst {
                    attrs,
                    vis,
                    modifiers: syn::ConstModifiers::default(),
                    const_token,
                    ident,
                    generics: syn::Generics::default(),
                    colon_token,
                    ty,
                    eq_token: Token![=](nowhere()),
                    expr: self.expr()?,
                    semi_token: self.semicolon()?,
                }))
            }
            "fn" | "const" | "async" | "unsafe" | "extern" => Some(ImplItem::Fn(syn::ImplItemFn {
                attrs,
                vis,
                modifiers: syn::FnModifiers::default(),
                sig: self.signature()?,
                block: self.body()?,
            })),
            _ => None,
        }
    }

    /// `unsafe trait A<T>: B { … }`.
    pub(super) fn trait_(&mut self, attrs: Vec<Attribute>, vis: Visibility) -> Option<ItemTrait> {
        let unsafety = self.skip_keyword("unsafe").then(|| Token![unsafe](nowhere()));
        let trait_token = Token![trait](self.span()?);
        self.eat_keyword("trait")?;
        let (ident, mut generics) = (self.name()?, self.generics()?);
        let colon_token = self.skip(b':').then(|| Token![:](nowhere()));
        let supertraits = match colon_token {
            Some(_) => self.all_bounds()?,
            None => Punctuated::new(),
        };
        self.where_clause(&mut generics)?;
        let (span, mut inner) = self.enter_seen(b'{')?;
        let mut items = Vec::new();
        while !inner.is_done() {
            items.push(inner.required()?);
        }
        Some(ItemTrait {
            attrs,
            vis,
            modifiers: syn::TraitModifiers::default(),
            unsafety,
            trait_token,
            ident,
            generics,
            colon_token,
            supertraits,
            brace_token: token::Brace { span },
            items,
        })
    }

    pub(super) fn required(&mut self) -> Option<TraitItem> {
        let attrs = self.attributes()?;
        match self.keyword() {
            "type" => {
                let type_token = Token![type](self.span()?);
                self.at += 1;
                let (ident, mut generics) = (self.name()?, self.generics()?);
                let colon_token = self.skip(b':').then(|| Token![:](nowhere()));
                let bounds = match colon_token {
                    Some(_) => self.all_bounds()?,
                    None => Punctuated::new(),
                };
                let default = match self.skip(b'=') {
                    true => Some((Token![=](nowhere()), self.type_()?)),
                    false => None,
                };
                self.where_clause(&mut generics)?;
                Some(TraitItem::Type(syn::TraitItemType {
                    attrs,
                    modifiers: syn::TypeModifiers::default(),
                    type_token,
                    ident,
                    generics,
                    colon_token,
                    bounds,
                    default,
                    semi_token: self.semicolon()?,
                }))
            }
            "const" if self.is_constant() => {
                let Constant { const_token, ident, colon_token, ty } = self.constant_head()?;
                let default = match self.skip(b'=') {
                    true => Some((Token![=](nowhere()), self.expr()?)),
                    false => None,
                };
                Some(TraitItem::Const(syn::TraitItemConst {
                    attrs,
                    modifiers: syn::ConstModifiers::default(),
                    const_token,
                    ident,
                    generics: syn::Generics::default(),
                    colon_token,
                    ty,
                    default,
                    semi_token: self.semicolon()?,
                }))
            }
            "fn" | "const" | "async" | "unsafe" | "extern" => {
                let sig = self.signature()?;
                let (mut default, mut semi_token) = (None, None);
                match self.form() {
                    b'{' => default = Some(self.body()?),
                    _ => semi_token = Some(self.semicolon()?),
                }
                let modifiers = syn::FnModifiers::default();
                Some(TraitItem::Fn(syn::TraitItemFn { attrs, modifiers, sig, default, semi_token }))
            }
            _ => None,
        }
    }
}
