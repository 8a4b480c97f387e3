//! Items: what a file declares, and what each declaration refers to.

use syn::{Fields, FnArg, Item as SynItem, ReceiverKind};

use crate::adapters::parse::attrs::{AttrFacts, spells_shape};
use crate::adapters::parse::context::Context;
use crate::adapters::parse::deeds::function_marks;
use crate::adapters::parse::types::Typed;
use crate::adapters::parse::uses::MacroUse;
use crate::domain::source::deeds::ActForm;
use crate::domain::source::facts::{
    Field, Item, ItemIx, ItemKind, ItemMarks, ModuleDecl, RefPosition, ScopeForm, Visibility,
};
use crate::domain::source::light::{Head, Shape};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

impl Context<'_> {
    /// An item inside a body: it sees none of the locals and generics around it.
    pub fn item_in_block(&mut self, item: &SynItem) {
        let locals = std::mem::take(&mut self.locals);
        let perhaps_locals = std::mem::take(&mut self.perhaps_locals);
        let generics = std::mem::take(&mut self.generics);
        let (decisions, mapped) = (self.decisions, self.mapped);
        self.item(item);
        (self.decisions, self.mapped) = (decisions, mapped);
        self.locals = locals;
        self.perhaps_locals = perhaps_locals;
        self.generics = generics;
    }

    /// An item.
    pub fn item(&mut self, item: &SynItem) {
        let attrs = item_attrs(item);
        let found = self.read_attrs(attrs);
        let before = self.cfg;
        self.cfg = found.cfg;
        let generics = self.generics.mark();
        match item {
            SynItem::Use(item) => {
                self.refer_attrs(&item.attrs);
                self.use_(item);
            }
            SynItem::ExternCrate(item) => {
                self.refer_attrs(&item.attrs);
                let macro_use =
                    if found.marks.has(ItemMarks::MACRO_USE) { MacroUse::Yes } else { MacroUse::No };
                self.extern_crate(item, macro_use);
            }
            SynItem::Mod(item) => self.module(item, &found),
            SynItem::Fn(item) => self.function_item(item, &found),
            SynItem::Impl(item) => self.impl_(item, &found),
            SynItem::Trait(item) => self.trait_(item, &found),
            SynItem::Macro(item) => self.item_macro(item, &found),
            SynItem::ForeignMod(item) => self.foreign(item),
            SynItem::Verbatim(tokens) => {
                self.is_broken = true;
                self.declared_in_tokens(tokens);
            }
            _ => self.data_item(item, &found),
        }
        self.generics.reset(generics);
        self.cfg = before;
    }

    /// Structs, enums, aliases, constants.
    fn data_item(&mut self, item: &SynItem, found: &AttrFacts) {
        match item {
            SynItem::Struct(inner) => {
                let end = match (&inner.semi_token, &inner.fields) {
                    (Some(semi), _) => self.end_of(semi.span),
                    (None, Fields::Named(fields)) => self.end_of(fields.brace_token.span.close()),
                    (None, _) => self.end_of(inner.ident.span()),
                };
                let start = self.item_start(&inner.vis, inner.struct_token.span);
                let marks = constructor_marks(&inner.fields).with(found.marks);
                let draft = Draft { kind: ItemKind::Struct, start, end, marks };
                self.projections(&inner.attrs, &inner.vis);
                let index = self.declare(&inner.ident, &inner.vis, draft);
                self.inside(index, item_attrs(item), |this| {
                    this.declare_generics(&inner.generics);
                    this.fields(&inner.fields, index);
                });
            }
            SynItem::Union(inner) => {
                let end = self.end_of(inner.fields.brace_token.span.close());
                let start = self.item_start(&inner.vis, inner.union_token.span);
                let draft = Draft { kind: ItemKind::Union, start, end, marks: found.marks };
                let index = self.declare(&inner.ident, &inner.vis, draft);
                self.inside(index, item_attrs(item), |this| {
                    this.declare_generics(&inner.generics);
                    for field in &inner.fields.named {
                        this.field(field, index, 0);
                    }
                });
            }
            SynItem::Enum(inner) => {
                self.projections(&inner.attrs, &inner.vis);
                self.enum_(inner, found);
            }
            SynItem::Type(inner) => {
                let start = self.item_start(&inner.vis, inner.type_token.span);
                let end = self.end_of(inner.semi_token.span);
                let draft = Draft { kind: ItemKind::TypeAlias, start, end, marks: found.marks };
                let index = self.declare(&inner.ident, &inner.vis, draft);
                self.inside(index, item_attrs(item), |this| {
                    this.declare_generics(&inner.generics);
                    this.aliased(index, &inner.ty);
                });
            }
            SynItem::TraitAlias(inner) => {
                let start = self.item_start(&inner.vis, inner.trait_token.span);
                let end = self.end_of(inner.semi_token.span);
                let draft = Draft { kind: ItemKind::TraitAlias, start, end, marks: found.marks };
                let index = self.declare(&inner.ident, &inner.vis, draft);
                self.inside(index, item_attrs(item), |this| {
                    this.declare_generics(&inner.generics);
                    this.at(RefPosition::Signature, |this| {
                        this.bounds(&inner.bounds);
                    });
                });
            }
            SynItem::Const(inner) => {
                let start = self.item_start(&inner.vis, inner.const_token.span);
                let end = self.end_of(inner.semi_token.span);
                let draft = Draft { kind: ItemKind::Const, start, end, marks: found.marks };
                let index = self.declare(&inner.ident, &inner.vis, draft);
                self.inside(index, item_attrs(item), |this| {
                    this.declare_generics(&inner.generics);
                    this.typed_value(index, &inner.ty, Some(&inner.expr));
                });
            }
            SynItem::Static(inner) => {
                let start = self.item_start(&inner.vis, inner.static_token.span);
                let end = self.end_of(inner.semi_token.span);
                let draft = Draft { kind: ItemKind::Static, start, end, marks: found.marks };
                let index = self.declare(&inner.ident, &inner.vis, draft);
                self.inside(index, item_attrs(item), |this| {
                    this.typed_value(index, &inner.ty, Some(&inner.expr));
                });
            }
            _ => {}
        }
    }

    fn enum_(&mut self, inner: &syn::ItemEnum, found: &AttrFacts) {
        let start = self.item_start(&inner.vis, inner.enum_token.span);
        let end = self.end_of(inner.brace_token.span.close());
        let draft = Draft { kind: ItemKind::Enum, start, end, marks: found.marks };
        let index = self.declare(&inner.ident, &inner.vis, draft);
        self.inside(index, &inner.attrs, |this| {
            this.declare_generics(&inner.generics);
            for variant in &inner.variants {
                let before = this.cfg;
                this.cfg = this.read_attrs(&variant.attrs).cfg;
                let (name, span) = this.ident(&variant.ident);
                let end = match &variant.fields {
                    Fields::Named(fields) => this.end_of(fields.brace_token.span.close()),
                    Fields::Unnamed(fields) => this.end_of(fields.paren_token.span.close()),
                    Fields::Unit => span.end,
                };
                let draft = Draft {
                    kind: ItemKind::Variant,
                    start: span.start,
                    end,
                    marks: constructor_marks(&variant.fields),
                };
                let item = this.push_item(name, span, Visibility::Public, draft);
                this.refer_attrs(&variant.attrs);
                this.mark_shape(&variant.attrs);
                this.fields(&variant.fields, item);
                if let Some((_, value)) = &variant.discriminant {
                    this.expr(value);
                }
                this.cfg = before;
            }
        });
    }

    /// The fields of a struct or variant: each with the type it is about.
    fn fields(&mut self, fields: &Fields, item: ItemIx) {
        for (at, field) in fields.iter().enumerate() {
            self.field(field, item, at);
        }
    }

    fn field(&mut self, field: &syn::Field, item: ItemIx, at: usize) {
        let before = self.enter_cfg(&field.attrs);
        self.mark_shape(&field.attrs);
        let name = match &field.ident {
            Some(ident) => self.ident(ident).0,
            None => self.intern_made(&at.to_string()),
        };
        let visibility = self.visibility(&field.vis);
        let position = std::mem::replace(&mut self.position, RefPosition::Signature);
        let Typed { type_ref, shape, seam } = self.type_with_core(&field.ty);
        self.position = position;
        self.facts.fields.push(Field { item, name, type_ref, shape, seam, visibility });
        if let Some((_, value)) = &field.default {
            self.expr(value);
        }
        self.cfg = before;
    }

    /// Marks the type around a field or variant whose attributes say how serde writes it.
    fn mark_shape(&mut self, attrs: &[syn::Attribute]) {
        if let Some(owner) = self.owner
            && attrs.iter().any(|attr| attr.path().is_ident("serde") && spells_shape(&attr.meta))
        {
            let item = &mut self.facts.items[owner.0 as usize];
            item.marks = item.marks.with(ItemMarks::WIRE_SHAPE);
        }
    }

    /// The type behind an alias: of `type A = Arc<B>` that is `Arc`, as what `A::new` says is its.
    pub fn aliased(&mut self, item: ItemIx, ty: &syn::Type) {
        let position = std::mem::replace(&mut self.position, RefPosition::Signature);
        let Typed { type_ref, shape, seam } = self.type_with_own(ty);
        self.position = position;
        let name = self.intern_made("=");
        self.facts.fields.push(Field { item, name, type_ref, shape, seam, visibility: Visibility::Public });
    }

    /// The type and the value of a constant.
    pub fn typed_value(&mut self, item: ItemIx, ty: &syn::Type, value: Option<&syn::Expr>) {
        let position = std::mem::replace(&mut self.position, RefPosition::Signature);
        let Typed { type_ref, shape, seam } = self.type_with_core(ty);
        self.position = position;
        let name = self.intern_made("=");
        self.facts.fields.push(Field { item, name, type_ref, shape, seam, visibility: Visibility::Public });
        if let Some(value) = value {
            self.at(RefPosition::Body, |this| this.expr(value));
        }
    }

    /// A free function.
    pub fn function_item(&mut self, item: &syn::ItemFn, found: &AttrFacts) {
        let start = self.function_start(&item.vis, &item.sig);
        let end = self.end_of(item.block.brace_token.span.close());
        let draft = Draft { kind: ItemKind::Fn, start, end, marks: found.marks };
        let index = self.declare(&item.sig.ident, &item.vis, draft);
        if let Some(derive) = &found.derives {
            let draft = Draft { kind: ItemKind::Macro, start, end, marks: ItemMarks::PROC_MACRO };
            let owner = self.owner.take();
            self.declare(derive, &item.vis, draft);
            self.owner = owner;
        }
        self.inside(index, &item.attrs, |this| {
            for _ in 1..found.cases {
                this.act(item.sig.ident.span(), ActForm::Case);
            }
            this.declare_generics(&item.sig.generics);
            this.function(index, &item.sig, Some(&item.block));
        });
    }

    /// Parameters, return type and body. Generics are declared by the caller.
    pub fn function(&mut self, index: ItemIx, sig: &syn::Signature, body: Option<&syn::Block>) {
        let left = body.and_then(|body| self.left_out(body));
        let body = left.as_ref().or(body);
        let decisions = std::mem::take(&mut self.decisions);
        let mapped = std::mem::take(&mut self.mapped);
        self.local(|this| {
            let position = std::mem::replace(&mut this.position, RefPosition::Signature);
            for (at, input) in sig.inputs.iter().enumerate() {
                let (FnArg::Receiver(syn::Receiver { attrs, .. }) | FnArg::Typed(syn::PatType { attrs, .. })) =
                    input;
                let before = this.enter_cfg(attrs);
                match input {
                    FnArg::Receiver(receiver) => {
                        if let ReceiverKind::Typed(_, ty) = &receiver.kind {
                            this.type_(ty);
                        }
                    }
                    FnArg::Typed(typed) => {
                        let Typed { type_ref, shape, seam } = this.type_with_core(&typed.ty);
                        let name = this.bind_declared(&typed.pat, shape);
                        // What is taken apart, as in `Path(id): Path<u64>`, goes by its place.
                        let name = name.unwrap_or_else(|| this.intern_made(&at.to_string()));
                        let visibility = Visibility::Private;
                        this.facts.fields.push(Field { item: index, name, type_ref, shape, seam, visibility });
                    }
                }
                this.cfg = before;
            }
            if let syn::ReturnType::Type(_, ty) = &sig.output {
                let Typed { type_ref, mut shape, seam } = this.type_with_core(ty);
                if sig.asyncness.is_some() {
                    shape = shape.map(|inner| this.store_shape(Shape { head: Head::Future, inner: Some(inner) }));
                }
                let name = this.intern_made("->");
                let visibility = Visibility::Private;
                this.facts.fields.push(Field { item: index, name, type_ref, shape, seam, visibility });
            }
            this.position = position;
            if let Some(body) = body {
                this.at(RefPosition::Body, |this| this.block(body));
            }
        });
        let item = &mut self.facts.items[index.0 as usize];
        item.decisions = self.decisions;
        item.mapped = self.mapped;
        item.marks = item.marks.with(function_marks(sig, body));
        self.decisions = decisions;
        self.mapped = mapped;
    }

    fn module(&mut self, item: &syn::ItemMod, found: &AttrFacts) {
        let start = self.item_start(&item.vis, item.mod_token.span);
        let end = match (&item.content, &item.semi) {
            (Some((brace, _)), _) => self.end_of(brace.span.close()),
            (None, Some(semi)) => self.end_of(semi.span),
            (None, None) => self.end_of(item.ident.span()),
        };
        let draft = Draft { kind: ItemKind::Module, start, end, marks: found.marks };
        let index = self.declare(&item.ident, &item.vis, draft);
        let body = item.content.is_some().then(|| self.open_scope(ScopeForm::Module, Some(index)));
        let in_macro = self.macro_depth > 0;
        self.facts.modules.push(ModuleDecl {
            item: index,
            body,
            paths: found.paths.clone(),
            placed: found.placed,
            in_macro,
        });
        let owner = self.owner.take();
        self.refer_attrs(&item.attrs);
        if let (Some((_, items)), Some(body)) = (&item.content, body) {
            let scope = std::mem::replace(&mut self.scope, body);
            for inner in items {
                self.item(inner);
            }
            self.scope = scope;
        }
        self.owner = owner;
    }

    /// Walks the inside of an item; then its size is known.
    pub fn inside(&mut self, index: ItemIx, attrs: &[syn::Attribute], walk: impl FnOnce(&mut Self)) {
        let mark = self.unsized_spans.len();
        let owner = self.owner.replace(index);
        self.refer_attrs(attrs);
        walk(self);
        self.owner = owner;
        let span = self.facts.items[index.0 as usize].span;
        self.facts.items[index.0 as usize].size = self.size(span, mark);
        if owner.is_none() {
            self.unsized_spans.clear();
        }
    }

    /// Declares an item with a name of its own.
    pub fn declare(&mut self, ident: &syn::Ident, visibility: &syn::Visibility, draft: Draft) -> ItemIx {
        let (name, span) = self.ident(ident);
        let visibility = self.visibility(visibility);
        self.push_item(name, span, visibility, draft)
    }

    /// Adds an item to the facts.
    pub fn push_item(&mut self, name: Sym, name_span: Span, visibility: Visibility, draft: Draft) -> ItemIx {
        if matches!(draft.kind, ItemKind::Const | ItemKind::Static) {
            self.imported.push(name);
        }
        let index = ItemIx(self.facts.items.len() as u32);
        let marks = if self.macro_depth > 0 { draft.marks.with(ItemMarks::IN_MACRO) } else { draft.marks };
        self.facts.items.push(Item {
            name,
            kind: draft.kind,
            parent: self.owner,
            scope: self.scope,
            visibility,
            span: Span::new(draft.start.min(name_span.start), draft.end.max(name_span.end)),
            name_span,
            cfg: self.cfg,
            size: 0,
            decisions: 0,
            mapped: 0,
            marks,
        });
        index
    }

    /// Where an item starts: its visibility, else its keyword.
    pub fn item_start(&self, visibility: &syn::Visibility, keyword: proc_macro2::Span) -> u32 {
        match visibility {
            syn::Visibility::Public(token) => self.start_of(token.span),
            syn::Visibility::Restricted(restricted) => self.start_of(restricted.pub_token.span),
            syn::Visibility::Inherited => self.start_of(keyword),
        }
    }

    /// Where a function starts.
    pub fn function_start(&self, visibility: &syn::Visibility, sig: &syn::Signature) -> u32 {
        let keyword = sig
            .constness
            .map(|token| token.span)
            .or(sig.asyncness.map(|token| token.span))
            .unwrap_or(sig.fn_token.span);
        self.item_start(visibility, keyword)
    }
}

/// What is known of an item before its name is read.
pub struct Draft {
    /// What it is.
    pub kind: ItemKind,
    /// Its first byte.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Its marks.
    pub marks: ItemMarks,
}

/// Tokens as text with single spaces only between words.
pub fn normal(tokens: &proc_macro2::TokenStream) -> String {
    let text = tokens.to_string();
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        let word = |c: char| c.is_alphanumeric() || c == '_' || c == '\'';
        if gap && word(c) && out.ends_with(word) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

/// A type as it stands in ids: its last segment, or its whole text.
pub fn type_name(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) if path.qself.is_none() => match path.path.segments.last() {
            Some(last) => last.ident.to_string(),
            None => String::new(),
        },
        other => normal(&quote::ToTokens::to_token_stream(other)),
    }
}

fn constructor_marks(fields: &Fields) -> ItemMarks {
    match fields {
        Fields::Named(_) => ItemMarks::default(),
        Fields::Unnamed(_) | Fields::Unit => ItemMarks::CONSTRUCTOR,
    }
}

/// Whether a function takes `self`.
pub fn receiver_marks(sig: &syn::Signature) -> ItemMarks {
    if sig.receiver().is_some() { ItemMarks::RECEIVER } else { ItemMarks::default() }
}

fn item_attrs(item: &SynItem) -> &[syn::Attribute] {
    match item {
        SynItem::Const(item) => &item.attrs,
        SynItem::Enum(item) => &item.attrs,
        SynItem::ExternCrate(item) => &item.attrs,
        SynItem::Fn(item) => &item.attrs,
        SynItem::ForeignMod(item) => &item.attrs,
        SynItem::Impl(item) => &item.attrs,
        SynItem::Macro(item) => &item.attrs,
        SynItem::Mod(item) => &item.attrs,
        SynItem::Static(item) => &item.attrs,
        SynItem::Struct(item) => &item.attrs,
        SynItem::Trait(item) => &item.attrs,
        SynItem::TraitAlias(item) => &item.attrs,
        SynItem::Type(item) => &item.attrs,
        SynItem::Union(item) => &item.attrs,
        SynItem::Use(item) => &item.attrs,
        _ => &[],
    }
}
