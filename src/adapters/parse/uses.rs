//! Imports.

use syn::{UseTree, Visibility as SynVisibility};

use crate::adapters::parse::context::Context;
use crate::domain::source::facts::{Import, ImportForm, Visibility};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

impl Context<'_> {
    /// `use …;`: one import for each leaf.
    pub fn use_(&mut self, item: &syn::ItemUse) {
        let visibility = self.visibility(&item.vis);
        let start = self.start_of(item.use_token.span);
        let end = self.end_of(item.semi_token.span);
        self.unsized_spans.push(Span::new(start, end));
        let mut prefix = Vec::new();
        self.use_tree(&item.tree, &mut prefix, item.leading_colon.is_some(), visibility);
    }

    fn use_tree(&mut self, tree: &UseTree, prefix: &mut Vec<Sym>, global: bool, visibility: Visibility) {
        match tree {
            UseTree::Path(path) => {
                let (name, _) = self.ident(&path.ident);
                prefix.push(name);
                self.use_tree(&path.tree, prefix, global, visibility);
                prefix.pop();
            }
            UseTree::Group(group) => {
                for inner in &group.items {
                    self.use_tree(inner, prefix, global, visibility);
                }
            }
            UseTree::Name(leaf) => {
                let (name, span) = self.ident(&leaf.ident);
                self.leaf(prefix, (name, span), name, global, visibility);
            }
            UseTree::Rename(leaf) => {
                let (name, span) = self.ident(&leaf.ident);
                let (alias, _) = self.ident(&leaf.rename);
                self.leaf(prefix, (name, span), alias, global, visibility);
            }
            UseTree::Glob(leaf) => {
                let span = self.span_of(leaf.star_token.span);
                let name = self.intern("*");
                self.import(prefix, ImportForm::Glob, name, span, global, visibility);
            }
        }
    }

    fn leaf(
        &mut self,
        prefix: &[Sym],
        (name, span): (Sym, Span),
        alias: Sym,
        global: bool,
        visibility: Visibility,
    ) {
        if self.word(name) == "self" && !prefix.is_empty() {
            let known_as = if alias == name { prefix[prefix.len() - 1] } else { alias };
            let form = if self.word(alias) == "_" { ImportForm::Underscore } else { ImportForm::SelfOnly };
            self.import(prefix, form, known_as, span, global, visibility);
            return;
        }
        let mut path = prefix.to_vec();
        path.push(name);
        let form = if self.word(alias) == "_" { ImportForm::Underscore } else { ImportForm::Name };
        self.import(&path, form, alias, span, global, visibility);
    }

    fn import(
        &mut self,
        path: &[Sym],
        form: ImportForm,
        name: Sym,
        span: Span,
        global: bool,
        visibility: Visibility,
    ) {
        if form == ImportForm::Name {
            self.imported.push(name);
        }
        let path = self.store_path(path, global);
        self.facts.imports.push(Import {
            scope: self.scope,
            owner: self.owner,
            path,
            form,
            name,
            visibility,
            span,
            cfg: self.cfg,
            macro_use: false,
        });
    }

    /// `extern crate a as b;`.
    pub fn extern_crate(&mut self, item: &syn::ItemExternCrate, macro_use: MacroUse) {
        let visibility = self.visibility(&item.vis);
        let (name, span) = self.ident(&item.ident);
        let alias = item.rename.as_ref().map_or(name, |(_, alias)| self.ident(alias).0);
        let end = self.end_of(item.semi_token.span);
        self.unsized_spans.push(Span::new(self.start_of(item.extern_token.span), end));
        let path = self.store_path(&[name], true);
        self.facts.imports.push(Import {
            scope: self.scope,
            owner: self.owner,
            path,
            form: ImportForm::ExternCrate,
            name: alias,
            visibility,
            span,
            cfg: self.cfg,
            macro_use: macro_use == MacroUse::Yes,
        });
    }

    /// Who may name an item.
    pub fn visibility(&mut self, visibility: &SynVisibility) -> Visibility {
        match visibility {
            SynVisibility::Public(_) => Visibility::Public,
            SynVisibility::Inherited => Visibility::Private,
            SynVisibility::Restricted(restricted) => {
                if restricted.path.is_ident("crate") {
                    Visibility::Crate
                } else if restricted.path.is_ident("super") {
                    Visibility::Super
                } else if restricted.path.is_ident("self") {
                    Visibility::Private
                } else {
                    let segments: Vec<Sym> =
                        restricted.path.segments.iter().map(|segment| self.ident(&segment.ident).0).collect();
                    Visibility::Restricted(
                        self.store_path(&segments, restricted.path.leading_colon.is_some()),
                    )
                }
            }
        }
    }
}

/// Whether an `extern crate` carries `#[macro_use]`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum MacroUse {
    /// It does.
    Yes,
    /// It does not.
    No,
}
