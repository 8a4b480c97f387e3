//! Blocks of items: what impls, traits and foreign blocks hold.

use syn::{ImplItem, TraitItem};

use crate::adapters::parse::attrs::AttrFacts;
use crate::adapters::parse::context::Context;
use crate::adapters::parse::items::{Draft, normal, receiver_marks, type_name};
use crate::domain::source::facts::{Block, ImplDecl, ItemKind, Namespace, RefPosition, Visibility};
use crate::domain::source::light::Head;
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

impl Context<'_> {
    /// An impl block with what it holds.
    pub fn impl_(&mut self, item: &syn::ItemImpl, found: &AttrFacts) {
        let start = self.start_of(item.impl_token.span);
        let end = self.end_of(item.brace_token.span.close());
        let name = self.impl_name(item);
        let draft = Draft { kind: ItemKind::Impl, start, end, marks: found.marks };
        let index = self.push_item(name, Span::new(start, start + 4), Visibility::Public, draft);
        self.inside(index, &item.attrs, |this| {
            this.declare_generics(&item.generics);
            let (mut of_trait, mut self_type, mut is_open) = (None, None, false);
            this.at(RefPosition::ImplHeader, |this| {
                of_trait = item.trait_.as_ref().and_then(|(path, _)| this.path(path, Namespace::Type));
                if let syn::Type::Path(path) = &*item.self_ty
                    && path.qself.is_none()
                {
                    self_type = this.path(&path.path, Namespace::Type);
                    is_open = this.argument.is_some_and(|first| first.head == Head::Generic(0));
                } else {
                    this.type_(&item.self_ty);
                }
            });
            this.facts.impls.push(ImplDecl { item: index, of_trait, self_type, is_open });
            for inner in &item.items {
                this.impl_item(inner);
            }
        });
    }

    /// `<Type as Trait>`, or the bare type of an inherent impl, as written.
    fn impl_name(&mut self, item: &syn::ItemImpl) -> Sym {
        let own = type_name(&item.self_ty);
        match &item.trait_ {
            None => self.intern_made(&own),
            Some((path, _)) => {
                let last =
                    path.segments.last().map(|segment| normal(&quote::ToTokens::to_token_stream(segment)));
                self.intern_made(&format!("<{own} as {}>", last.unwrap_or_default()))
            }
        }
    }

    /// A member of an impl.
    pub fn impl_item(&mut self, item: &ImplItem) {
        let generics = self.generics.mark();
        let before = self.cfg;
        match item {
            ImplItem::Fn(item) => {
                let found = self.read_attrs(&item.attrs);
                self.cfg = found.cfg;
                let start = self.function_start(&item.vis, &item.sig);
                let end = self.end_of(item.block.brace_token.span.close());
                let marks = receiver_marks(&item.sig).with(found.marks);
                let draft = Draft { kind: ItemKind::Method, start, end, marks };
                let index = self.declare(&item.sig.ident, &item.vis, draft);
                self.inside(index, &item.attrs, |this| {
                    this.declare_generics(&item.sig.generics);
                    this.function(index, &item.sig, Some(&item.block));
                });
            }
            ImplItem::Const(item) => {
                let found = self.read_attrs(&item.attrs);
                self.cfg = found.cfg;
                let start = self.item_start(&item.vis, item.const_token.span);
                let end = self.end_of(item.semi_token.span);
                let draft = Draft { kind: ItemKind::AssocConst, start, end, marks: found.marks };
                let index = self.declare(&item.ident, &item.vis, draft);
                self.inside(index, &item.attrs, |this| {
                    this.declare_generics(&item.generics);
                    this.typed_value(index, &item.ty, Some(&item.expr));
                });
            }
            ImplItem::Type(item) => {
                let found = self.read_attrs(&item.attrs);
                self.cfg = found.cfg;
                let start = self.item_start(&item.vis, item.type_token.span);
                let end = self.end_of(item.semi_token.span);
                let draft = Draft { kind: ItemKind::AssocType, start, end, marks: found.marks };
                let index = self.declare(&item.ident, &item.vis, draft);
                self.inside(index, &item.attrs, |this| {
                    this.declare_generics(&item.generics);
                    this.aliased(index, &item.ty);
                });
            }
            ImplItem::Macro(item) => {
                let _ = self.enter_cfg(&item.attrs);
                self.member_macro(&item.mac, Block::Impl);
            }
            ImplItem::Verbatim(tokens) => {
                self.is_broken = true;
                self.token_soup(tokens);
            }
            _ => {}
        }
        self.cfg = before;
        self.generics.reset(generics);
    }

    /// A trait with what it holds.
    pub fn trait_(&mut self, item: &syn::ItemTrait, found: &AttrFacts) {
        let start = self.item_start(&item.vis, item.trait_token.span);
        let end = self.end_of(item.brace_token.span.close());
        let draft = Draft { kind: ItemKind::Trait, start, end, marks: found.marks };
        let index = self.declare(&item.ident, &item.vis, draft);
        self.inside(index, &item.attrs, |this| {
            this.declare_generics(&item.generics);
            this.at(RefPosition::Signature, |this| {
                for bound in &item.supertraits {
                    let found = this.bound(bound);
                    this.facts.supertraits.extend(found.map(|found| (index, found)));
                }
            });
            for inner in &item.items {
                this.trait_item(inner);
            }
        });
    }

    /// A member of a trait.
    pub fn trait_item(&mut self, item: &TraitItem) {
        let generics = self.generics.mark();
        let before = self.cfg;
        match item {
            TraitItem::Fn(item) => {
                let found = self.read_attrs(&item.attrs);
                self.cfg = found.cfg;
                let (name, span) = self.ident(&item.sig.ident);
                let start = self.start_of(item.sig.fn_token.span);
                let end = match (&item.default, &item.semi_token) {
                    (Some(body), _) => self.end_of(body.brace_token.span.close()),
                    (None, Some(semi)) => self.end_of(semi.span),
                    (None, None) => span.end,
                };
                let marks = receiver_marks(&item.sig).with(found.marks);
                let draft = Draft { kind: ItemKind::Method, start, end, marks };
                let index = self.push_item(name, span, Visibility::Public, draft);
                self.inside(index, &item.attrs, |this| {
                    this.declare_generics(&item.sig.generics);
                    this.function(index, &item.sig, item.default.as_ref());
                });
            }
            TraitItem::Const(item) => {
                let found = self.read_attrs(&item.attrs);
                self.cfg = found.cfg;
                let (name, span) = self.ident(&item.ident);
                let start = self.start_of(item.const_token.span);
                let end = self.end_of(item.semi_token.span);
                let draft = Draft { kind: ItemKind::AssocConst, start, end, marks: found.marks };
                let index = self.push_item(name, span, Visibility::Public, draft);
                self.inside(index, &item.attrs, |this| {
                    this.declare_generics(&item.generics);
                    this.typed_value(index, &item.ty, item.default.as_ref().map(|(_, value)| value));
                });
            }
            TraitItem::Type(item) => {
                let found = self.read_attrs(&item.attrs);
                self.cfg = found.cfg;
                let (name, span) = self.ident(&item.ident);
                let start = self.start_of(item.type_token.span);
                let end = self.end_of(item.semi_token.span);
                let draft = Draft { kind: ItemKind::AssocType, start, end, marks: found.marks };
                let index = self.push_item(name, span, Visibility::Public, draft);
                self.inside(index, &item.attrs, |this| {
                    this.declare_generics(&item.generics);
                    this.at(RefPosition::Signature, |this| {
                        this.bounds(&item.bounds);
                    });
                    if let Some((_, default)) = &item.default {
                        this.aliased(index, default);
                    }
                });
            }
            TraitItem::Macro(item) => {
                let _ = self.enter_cfg(&item.attrs);
                self.member_macro(&item.mac, Block::Trait);
            }
            TraitItem::Verbatim(tokens) => {
                self.is_broken = true;
                self.token_soup(tokens);
            }
            _ => {}
        }
        self.cfg = before;
        self.generics.reset(generics);
    }

    /// `extern "C" { … }`: its functions and statics are items of the module.
    pub fn foreign(&mut self, block: &syn::ItemForeignMod) {
        for item in &block.items {
            self.foreign_item(item);
        }
    }

    /// What a foreign block declares.
    pub fn foreign_item(&mut self, item: &syn::ForeignItem) {
        let before = self.cfg;
        let generics = self.generics.mark();
        match item {
            syn::ForeignItem::Fn(item) => {
                let found = self.read_attrs(&item.attrs);
                self.cfg = found.cfg;
                let start = self.function_start(&item.vis, &item.sig);
                let end = self.end_of(item.semi_token.span);
                let draft = Draft { kind: ItemKind::Fn, start, end, marks: found.marks };
                let index = self.declare(&item.sig.ident, &item.vis, draft);
                self.inside(index, &item.attrs, |this| {
                    this.declare_generics(&item.sig.generics);
                    this.function(index, &item.sig, None);
                });
            }
            syn::ForeignItem::Static(item) => {
                let found = self.read_attrs(&item.attrs);
                self.cfg = found.cfg;
                let start = self.item_start(&item.vis, item.static_token.span);
                let end = self.end_of(item.semi_token.span);
                let draft = Draft { kind: ItemKind::Static, start, end, marks: found.marks };
                let index = self.declare(&item.ident, &item.vis, draft);
                self.inside(index, &item.attrs, |this| this.typed_value(index, &item.ty, None));
            }
            syn::ForeignItem::Type(item) => {
                let found = self.read_attrs(&item.attrs);
                self.cfg = found.cfg;
                let start = self.item_start(&item.vis, item.type_token.span);
                let end = self.end_of(item.semi_token.span);
                let draft = Draft { kind: ItemKind::Struct, start, end, marks: found.marks };
                self.declare(&item.ident, &item.vis, draft);
            }
            syn::ForeignItem::Macro(item) => self.member_macro(&item.mac, Block::Foreign),
            syn::ForeignItem::Verbatim(tokens) => {
                self.is_broken = true;
                self.token_soup(tokens);
            }
            _ => {}
        }
        self.cfg = before;
        self.generics.reset(generics);
    }
}
