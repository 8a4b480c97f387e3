//! Items: functions, imports, modules, constants and aliases. What holds members and fields stands beside.

use syn::{Attribute, Item, Token, UseTree, Visibility, token};

use crate::adapters::parse::read::paths::{Style, colons};
use crate::adapters::parse::read::{Reader, nowhere};
use crate::adapters::parse::tape::{Bodies, form};

/// What all constants start with.
pub(super) struct Constant {
    pub(super) const_token: Token![const],
    pub(super) ident: syn::Ident,
    pub(super) colon_token: Token![:],
    pub(super) ty: syn::Type,
}

impl Reader<'_, '_> {
    /// The item here, as this reader or else as `syn` reads it.
    pub(super) fn any_item(&mut self) -> Option<Item> {
        let first = self.at;
        let attrs = self.attributes()?;
        self.item_of(first, attrs)
    }

    /// The same, where its attributes, which start at `first`, are read.
    pub(super) fn item_of(&mut self, first: usize, attrs: Vec<Attribute>) -> Option<Item> {
        let start = self.at;
        if let Some(item) = self.item(attrs) {
            return Some(item);
        }
        self.at = start;
        if self.is_item() {
            self.pass_item()?;
        } else {
            self.pass_call()?;
        }
        let tokens = self.tape.stream(first, self.at, Bodies::Left)?;
        syn::parse2(tokens).ok()
    }

    /// All items, to the end.
    pub(super) fn items(&mut self) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        while !self.is_done() {
            items.push(self.any_item()?);
        }
        Some(items)
    }

    /// Steps over a macro call among items; the bracket that opens what it is given.
    pub(super) fn pass_call(&mut self) -> Option<usize> {
        self.path(Style::Expr)?;
        self.eat(b'!')?;
        self.skip(form::WORD);
        let (at, open) = (self.at, self.entry(0)?);
        self.at = open.mate as usize + 1;
        match open.form {
            b'{' => Some(at),
            b'(' | b'[' => self.eat(b';').map(|()| at),
            _ => None,
        }
    }

    /// An item of a kind that this reader knows.
    pub(super) fn item(&mut self, attrs: Vec<Attribute>) -> Option<Item> {
        let vis = self.visibility()?;
        match self.keyword() {
            "use" => self.import(attrs, vis),
            "mod" => self.module(attrs, vis),
            "struct" => self.structure(attrs, vis),
            "enum" => self.enumeration(attrs, vis),
            "impl" => self.implementation(attrs).map(Item::Impl),
            "trait" => self.trait_(attrs, vis).map(Item::Trait),
            "type" => self.alias(attrs, vis),
            "static" => self.global(attrs, vis),
            "const" if self.is_constant() => self.constant_item(attrs, vis),
            "unsafe" if self.keyword_at(1) == "impl" => self.implementation(attrs).map(Item::Impl),
            "unsafe" if self.keyword_at(1) == "trait" => self.trait_(attrs, vis).map(Item::Trait),
            "fn" | "const" | "async" | "unsafe" | "extern" => {
                let sig = self.signature()?;
                let block = Box::new(self.body()?);
                let modifiers = syn::FnModifiers::default();
                Some(Item::Fn(syn::ItemFn { attrs, vis, modifiers, sig, block }))
            }
            _ => None,
        }
    }

    /// `pub`, `pub(crate)`, `pub(in a::b)`, or nothing.
    pub(super) fn visibility(&mut self) -> Option<Visibility> {
        if self.keyword() != "pub" {
            return Some(Visibility::Inherited);
        }
        let pub_token = Token![pub](self.span()?);
        self.at += 1;
        if self.form() != b'(' {
            return Some(Visibility::Public(pub_token));
        }
        let mut inner = Self::within(self.tape, self.at);
        let alone = inner.form_at(1) == form::NONE;
        let in_token = inner.skip_keyword("in").then(|| Token![in](nowhere()));
        if in_token.is_none() && !(alone && matches!(inner.keyword(), "crate" | "self" | "super")) {
            // The parentheses of a field.
            return Some(Visibility::Public(pub_token));
        }
        let path = Box::new(inner.path(Style::Expr)?);
        inner.all(())?;
        self.at = inner.end + 1;
        let paren_token = self.parens();
        Some(Visibility::Restricted(syn::VisRestricted { pub_token, paren_token, in_token, path }))
    }

    /// A body that stays in the row until it is asked for.
    pub(super) fn body(&mut self) -> Option<syn::Block> {
        let inner = (self.form_at(1), self.form_at(2));
        if self.form() != b'{' || inner == (b'#', b'!') {
            return None;
        }
        let (span, _) = self.enter_seen(b'{')?;
        Some(syn::Block { brace_token: token::Brace { span }, stmts: Vec::new() })
    }

    /// `;`.
    pub(super) fn semicolon(&mut self) -> Option<Token![;]> {
        let span = self.span()?;
        self.eat(b';')?;
        Some(Token![;](span))
    }

    fn import(&mut self, attrs: Vec<Attribute>, vis: Visibility) -> Option<Item> {
        let use_token = Token![use](self.span()?);
        self.at += 1;
        let leading_colon = self.is_colons(0).then(colons);
        self.at += 2 * usize::from(leading_colon.is_some());
        let tree = self.use_tree()?;
        let semi_token = self.semicolon()?;
        Some(Item::Use(syn::ItemUse { attrs, vis, use_token, leading_colon, tree, semi_token }))
    }

    fn use_tree(&mut self) -> Option<UseTree> {
        match self.form() {
            b'*' => {
                let star_token = Token![*](self.span()?);
                self.at += 1;
                return Some(UseTree::Glob(syn::UseGlob { star_token }));
            }
            b'{' => {
                let items = self.enter(b'{')?.between_commas(|inner| {
                    // `{::a, ::b}` is rare.
                    if inner.is_colons(0) { None } else { inner.use_tree() }
                })?;
                return Some(UseTree::Group(syn::UseGroup { brace_token: self.braces(), items }));
            }
            form::WORD | form::RAW => {}
            form::KEYWORD if matches!(self.keyword(), "self" | "super" | "crate") => {}
            _ => return None,
        }
        let ident = self.any_name()?;
        if self.is_colons(0) {
            self.at += 2;
            let tree = Box::new(self.use_tree()?);
            return Some(UseTree::Path(syn::UsePath { ident, colon2_token: colons(), tree }));
        }
        if !self.skip_keyword("as") {
            return Some(UseTree::Name(syn::UseName { ident }));
        }
        let rename = if self.keyword() == "_" { self.any_name()? } else { self.name()? };
        Some(UseTree::Rename(syn::UseRename { ident, as_token: Token![as](nowhere()), rename }))
    }

    fn module(&mut self, attrs: Vec<Attribute>, vis: Visibility) -> Option<Item> {
        let mod_token = Token![mod](self.span()?);
        self.at += 1;
        let ident = self.name()?;
        let (mut content, mut semi) = (None, None);
        if self.form() == b'{' {
            let (span, mut inner) = self.enter_seen(b'{')?;
            content = Some((token::Brace { span }, inner.items()?));
        } else {
            semi = Some(self.semicolon()?);
        }
        Some(Item::Mod(syn::ItemMod { attrs, vis, unsafety: None, mod_token, ident, content, semi }))
    }

    fn alias(&mut self, attrs: Vec<Attribute>, vis: Visibility) -> Option<Item> {
        let type_token = Token![type](self.span()?);
        self.at += 1;
        let (ident, generics) = (self.name()?, self.generics()?);
        self.eat(b'=')?;
        let ty = Box::new(self.type_()?);
        Some(Item::Type(syn::ItemType {
            attrs,
            vis,
            modifiers: syn::TypeModifiers::default(),
            type_token,
            ident,
            generics,
            eq_token: Token![=](nowhere()),
            ty,
            semi_token: self.semicolon()?,
            where_clause_placement: syn::WhereClausePlacement::Late,
        }))
    }

    fn global(&mut self, attrs: Vec<Attribute>, vis: Visibility) -> Option<Item> {
        let static_token = Token![static](self.span()?);
        self.at += 1;
        let mutability = match self.mutability() {
            Some(token) => syn::StaticMutability::Mut(token),
            None => syn::StaticMutability::None,
        };
        let ident = self.name()?;
        self.eat(b':')?;
        let ty = Box::new(self.type_()?);
        self.eat(b'=')?;
        let expr = Box::new(self.expr()?);
        Some(Item::Static(syn::ItemStatic {
            attrs,
            vis,
            static_token,
            mutability,
            ident,
            colon_token: Token![:](nowhere()),
            ty,
            eq_token: Token![=](nowhere()),
            expr,
            semi_token: self.semicolon()?,
        }))
    }

    fn constant_item(&mut self, attrs: Vec<Attribute>, vis: Visibility) -> Option<Item> {
        let Constant { const_token, ident, colon_token, ty } = self.constant_head()?;
        self.eat(b'=')?;
        Some(Item::Const(syn::ItemConst {
            attrs,
            vis,
            modifiers: syn::ConstModifiers::default(),
            const_token,
            ident,
            generics: syn::Generics::default(),
            colon_token,
            ty: Box::new(ty),
            eq_token: Token![=](nowhere()),
            expr: Box::new(self.expr()?),
            semi_token: self.semicolon()?,
        }))
    }

    /// Whether a constant starts here, and no function.
    pub(super) fn is_constant(&self) -> bool {
        self.keyword() == "const" && (self.is_name(1) || self.keyword_at(1) == "_")
    }

    /// `const A: T`.
    pub(super) fn constant_head(&mut self) -> Option<Constant> {
        let const_token = Token![const](self.span()?);
        self.at += 1;
        let ident = self.any_name()?;
        let colon_token = Token![:](nowhere());
        self.eat(b':')?;
        Some(Constant { const_token, ident, colon_token, ty: self.type_()? })
    }

    fn structure(&mut self, attrs: Vec<Attribute>, vis: Visibility) -> Option<Item> {
        let struct_token = Token![struct](self.span()?);
        self.at += 1;
        let (ident, mut generics) = (self.name()?, self.generics()?);
        self.where_clause(&mut generics)?;
        let (fields, mut semi_token) = (self.fields()?, None);
        if !matches!(fields, syn::Fields::Named(_)) {
            if generics.where_clause.is_none() {
                self.where_clause(&mut generics)?;
            }
            semi_token = Some(self.semicolon()?);
        }
        Some(Item::Struct(syn::ItemStruct { attrs, vis, struct_token, ident, generics, fields, semi_token }))
    }

    fn enumeration(&mut self, attrs: Vec<Attribute>, vis: Visibility) -> Option<Item> {
        let enum_token = Token![enum](self.span()?);
        self.at += 1;
        let (ident, mut generics) = (self.name()?, self.generics()?);
        self.where_clause(&mut generics)?;
        let (span, mut inner) = self.enter_seen(b'{')?;
        let variants = inner.between_commas(|inner| {
            let (attrs, ident, fields) = (inner.attributes()?, inner.name()?, inner.fields()?);
            let discriminant = match inner.skip(b'=') {
                true => Some((Token![=](nowhere()), inner.expr()?)),
                false => None,
            };
            Some(syn::Variant { attrs, ident, fields, discriminant })
        })?;
        let brace_token = token::Brace { span };
        Some(Item::Enum(syn::ItemEnum { attrs, vis, enum_token, ident, generics, brace_token, variants }))
    }

    /// Fields in braces or parentheses, or none.
    fn fields(&mut self) -> Option<syn::Fields> {
        match self.form() {
            b'{' => {
                let (span, mut inner) = self.enter_seen(b'{')?;
                let named = inner.between_commas(|inner| {
                    let (attrs, vis, ident) = (inner.attributes()?, inner.visibility()?, inner.name()?);
                    inner.eat(b':')?;
                    Some(field(attrs, vis, Some(ident), inner.type_()?))
                })?;
                Some(syn::Fields::Named(syn::FieldsNamed { brace_token: token::Brace { span }, named }))
            }
            b'(' => {
                let (span, mut inner) = self.enter_seen(b'(')?;
                let unnamed = inner.between_commas(|inner| {
                    Some(field(inner.attributes()?, inner.visibility()?, None, inner.type_()?))
                })?;
                Some(syn::Fields::Unnamed(syn::FieldsUnnamed { paren_token: token::Paren { span }, unnamed }))
            }
            _ => Some(syn::Fields::Unit),
        }
    }
}

fn field(attrs: Vec<Attribute>, vis: Visibility, ident: Option<syn::Ident>, ty: syn::Type) -> syn::Field {
    let (modifiers, colon_token) = (syn::FieldModifiers::default(), None);
    syn::Field { attrs, vis, modifiers, ident, colon_token, ty, default: None }
}
