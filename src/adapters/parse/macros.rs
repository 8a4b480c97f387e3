//! Macro calls: the arguments are read as Rust where they are Rust, else as tokens.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Expr, Token};

use crate::adapters::parse::arguments::{Arguments, all_items, is_known, statics_of};
use crate::adapters::parse::asm::ASSEMBLIES;
use crate::adapters::parse::attrs::AttrFacts;
use crate::adapters::parse::branches::{Branch, branches_of, expression, has_branches, statements};
use crate::adapters::parse::context::{Context, ends_of};
use crate::adapters::parse::items::Draft;
use crate::domain::resolve::prelude::MACROS;
use crate::domain::source::calls::CallMore;
use crate::domain::source::facts::{
    Block as Holding, CallForm, Certainty, Include, ItemCall, ItemKind, ItemMarks, Namespace, OpaqueCall,
    RefIx, RefPosition,
};
use crate::domain::source::span::Span;

/// Macros whose arguments are conditions, or a template of other code: nothing in them is a
/// reference from here.
const TEMPLATES: [&str; 8] = [
    "cfg",
    "quote",
    "quote_spanned",
    "parse_quote",
    "parse_quote_spanned",
    "stringify",
    "concat_idents",
    "format_ident",
];

/// Nested macro arguments are parsed this deep; beyond it they are read as tokens.
const MAX_MACRO_DEPTH: u32 = 16;

impl Context<'_> {
    /// A macro call in an expression, pattern or type.
    pub fn macro_call(&mut self, call: &syn::Macro) {
        let reference = self.macro_name(call);
        self.code_call(call, reference);
        self.macro_arguments(call, reference);
    }

    /// Remembers a call in code: what has the name of a standard macro may be one of the workspace too.
    pub fn code_call(&mut self, call: &syn::Macro, reference: Option<RefIx>) {
        // What a macro made of standard macros is hardly worth its text.
        let foreign = call.path.get_ident().is_some_and(|name| {
            let of = |list: &[&str]| list.iter().any(|known| name == known);
            of(&TEMPLATES) || (!self.is_written() && of(MACROS))
        });
        if !foreign && self.macro_depth <= MAX_MACRO_DEPTH {
            self.item_call(call, reference, CallForm::Code);
        }
    }

    /// A macro call among the members of a trait, impl or foreign block.
    pub fn member_macro(&mut self, call: &syn::Macro, block: Holding) {
        let reference = self.macro_name(call);
        self.opaque(call, reference);
        self.item_call(call, reference, CallForm::Members(block));
        self.at(RefPosition::MacroArgument, |this| this.token_soup(&call.tokens));
    }

    /// A macro call among items, or a `macro_rules!` definition.
    pub fn item_macro(&mut self, item: &syn::ItemMacro, found: &AttrFacts) {
        if let Some(name) = &item.ident
            && item.mac.path.is_ident("macro_rules")
        {
            self.macro_rules(item, name, found);
            return;
        }
        self.refer_attrs(&item.attrs);
        let reference = self.macro_name(&item.mac);
        let name = item.mac.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        if name == "include" {
            self.include(&item.mac);
            return;
        }
        if TEMPLATES.contains(&name.as_str()) || self.macro_depth > MAX_MACRO_DEPTH {
            return;
        }
        if self.properties(&name, &item.mac) {
            return;
        }
        let parsed = match name.as_str() {
            "cfg_if" | "cfg_select" => branches_of(&name, &item.mac.tokens, all_items, |input| input.parse()),
            "thread_local" | "lazy_static" => statics_of(&item.mac.tokens).map(|items| vec![(None, items)]),
            _ => self.items_given(&item.mac).map(|items| vec![(None, items)]),
        };
        match parsed {
            Some(branches) => self.deeper(|this| {
                this.branches(&branches, |this, items| items.iter().for_each(|item| this.item(item)));
            }),
            None => {
                self.opaque(&item.mac, reference);
                self.item_call(&item.mac, reference, CallForm::Items);
                self.at(RefPosition::MacroArgument, |this| this.declared_in_tokens(&item.mac.tokens));
            }
        }
    }

    /// Remembers a call, to be expanded if its macro is one of the workspace.
    pub fn item_call(&mut self, call: &syn::Macro, reference: Option<RefIx>, form: CallForm) {
        let Some(reference) = reference else { return };
        let arguments = self.inner_span(&call.delimiter);
        let made = (!self.is_written()).then(|| self.text_within(&call.delimiter).into());
        let generics = matches!(form, CallForm::Members(_)).then(|| {
            let names: Vec<&str> = self.generics.names().map(|name| self.word(name)).collect();
            names.join(" ").into_boxed_str()
        });
        let more = made.is_some() || generics.is_some();
        let more = more.then(|| Box::new(CallMore { made, generics }));
        self.facts.item_calls.push(ItemCall { form, reference, arguments, more });
    }

    /// What stands between the delimiters of a call.
    pub fn inner_span(&self, delimiter: &syn::MacroDelimiter) -> Span {
        let (open, close) = ends_of(delimiter);
        Span::new(self.end_of(open), self.start_of(close))
    }

    pub fn macro_name(&mut self, call: &syn::Macro) -> Option<RefIx> {
        let mut found = None;
        self.at(RefPosition::MacroName, |this| found = this.path(&call.path, Namespace::Macro));
        found
    }

    fn include(&mut self, call: &syn::Macro) {
        let Ok(literal) = syn::parse2::<syn::LitStr>(self.given(call)) else {
            // `concat!(env!("OUT_DIR"), …)`: which file that is, only a build can tell.
            self.facts.generated.push(self.scope);
            return;
        };
        let (span, place) = (self.span_of(literal.span()), literal.span());
        let (start, end) = (self.offset(place.start()), self.offset(place.end()));
        let written = self.text.get(start as usize..end as usize);
        let path = match written.map(syn::parse_str::<syn::LitStr>) {
            Some(Ok(literal)) => literal.value(),
            _ => literal.value(),
        };
        self.facts.includes.push(Include { scope: self.scope, path, span });
    }

    /// Runs `walk` one level deeper in macro arguments.
    pub fn deeper(&mut self, walk: impl FnOnce(&mut Self)) {
        self.macro_depth += 1;
        walk(self);
        self.macro_depth -= 1;
    }

    fn opaque(&mut self, call: &syn::Macro, reference: Option<RefIx>) {
        let Some(reference) = reference else { return };
        if let Some(last) = call.path.segments.last()
            && !self.is_given_nothing(call)
        {
            let (name, _) = self.ident(&last.ident);
            self.facts.opaque_calls.push(OpaqueCall { name, reference });
        }
    }

    pub fn macro_arguments(&mut self, call: &syn::Macro, reference: Option<RefIx>) {
        let Some(last) = call.path.segments.last() else { return };
        // `unreachable!()` stops as well as one that says why.
        self.check(&last.ident);
        if self.is_given_nothing(call) || TEMPLATES.iter().any(|name| last.ident == name) {
            return;
        }
        if last.ident == "include" {
            self.include(call);
            return;
        }
        if ASSEMBLIES.iter().any(|name| last.ident == name) {
            let given = self.given(call);
            self.at(RefPosition::MacroArgument, |this| this.assembly(&given));
            return;
        }
        if self.vocabulary.deciding_macros.iter().any(|name| last.ident == name) {
            self.decisions += 1;
        }
        if has_branches(&last.ident)
            && let Some(branches) =
                branches_of(&last.ident.to_string(), &self.given(call), statements, expression)
        {
            self.deeper(|this| this.branches(&branches, |this, stmts| this.statements(stmts)));
            return;
        }
        let parsed = if self.macro_depth > MAX_MACRO_DEPTH { None } else { self.arguments_of(call) };
        let Some(parsed) = parsed else {
            self.opaque(call, reference);
            let given = self.given(call);
            self.at(RefPosition::MacroArgument, |this| this.token_soup(&given));
            return;
        };
        let unsure = self.unsure;
        self.unsure |= !is_known(&last.ident);
        self.deeper(|this| {
            this.at(RefPosition::MacroArgument, |this| match &parsed {
                Arguments::Exprs(exprs) => {
                    let named: Vec<&syn::Ident> = exprs.iter().filter_map(argument_name).collect();
                    for expr in exprs {
                        this.macro_expr(expr, &named);
                    }
                }
                Arguments::Matches(parts) => this.local(|this| {
                    let (value, pattern, guard) = &**parts;
                    this.expr(value);
                    this.pattern(pattern);
                    guard.iter().for_each(|guard| this.expr(guard));
                }),
                Arguments::Stmts(stmts) => this.statements(stmts),
            });
        });
        self.unsure = unsure;
    }

    /// Walks each branch of a `cfg_if!` under its condition.
    fn branches<T>(&mut self, branches: &[Branch<T>], walk: impl Fn(&mut Self, &[T])) {
        for (condition, content) in branches {
            let before = self.cfg;
            if let Some(condition) = condition {
                let test = crate::adapters::parse::attrs::test_only(condition);
                self.cfg = self.join_cfg(&condition.to_string(), test);
            }
            walk(self, content);
            self.cfg = before;
        }
    }

    /// An argument of a macro: `name = value` names an argument, not a variable; a string may name
    /// constants in braces.
    fn macro_expr(&mut self, expr: &Expr, named: &[&syn::Ident]) {
        match expr {
            Expr::Assign(assign) if argument_name(expr).is_some() => self.expr(&assign.right),
            Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => {
                self.format_string(self.span_of(text.span()), named);
            }
            _ => self.expr(expr),
        }
    }

    /// `"{NAME:>WIDTH$}"`: names in a format string.
    pub fn format_string(&mut self, span: Span, named: &[&syn::Ident]) {
        if !self.is_written() {
            return;
        }
        let Some(text) = self.text.get(span.start as usize..span.end as usize) else { return };
        let mut at = 0;
        while let Some(open) = text[at..].find('{') {
            at += open + 1;
            if text[at..].starts_with('{') {
                at += 1;
                continue;
            }
            let Some(length) = text[at..].find('}') else { return };
            let start = span.start + at as u32;
            let inside = &text[at..at + length];
            at += length;
            let argument = inside.split(':').next().unwrap_or_default();
            self.format_name(argument, start, named);
            let spec = inside.get(argument.len() + 1..).unwrap_or_default();
            for (dollar, _) in spec.match_indices('$') {
                let before = spec[..dollar].trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
                let word = spec[before.len()..dollar].trim_start_matches(|c: char| c.is_ascii_digit());
                self.format_name(word, start + (argument.len() + 1 + dollar - word.len()) as u32, named);
            }
        }
    }

    /// A name in a format string that is no local variable and no named argument.
    fn format_name(&mut self, word: &str, start: u32, named: &[&syn::Ident]) {
        if word.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && let Some((name, span)) = self.ident_at(start)
            && word.trim_end().len() as u32 == span.end - span.start
            && !self.locals.has(name)
            && !self.generics.has(name)
            && !named.iter().any(|known| *known == self.word(name))
        {
            let path = self.store_path(&[name], false);
            self.refer(path, span, Namespace::Value, Certainty::Perhaps);
        }
    }

    /// Tokens in which items are declared in a grammar of the macro's own: what follows `struct`,
    /// `fn`, `static ref` and so on is known by name, so that other code can refer to it.
    pub fn declared_in_tokens(&mut self, tokens: &TokenStream) {
        let mut before: Option<proc_macro2::Ident> = None;
        for tree in tokens.clone() {
            let TokenTree::Ident(word) = tree else {
                before = None;
                continue;
            };
            let kind = match before.take().map(|word| word.to_string()).as_deref() {
                Some("struct" | "enum" | "union" | "type" | "trait") => Some(ItemKind::Opaque),
                Some("fn" | "const" | "static" | "ref") => Some(ItemKind::Opaque),
                Some("macro") => Some(ItemKind::Macro),
                _ => None,
            };
            let keyword = word == "ref" || word == "mut" || word == "fn" || word == "unsafe";
            if let Some(kind) = kind
                && !keyword
                && !self.known_here(&word)
            {
                let start = self.start_of(word.span());
                let end = self.end_of(word.span());
                let marks = ItemMarks::IN_MACRO.with(ItemMarks::CONSTRUCTOR);
                self.declare(&word, &visible_everywhere(), Draft { kind, start, end, marks });
            }
            before = Some(word);
        }
        self.token_soup(tokens);
    }

    fn known_here(&mut self, word: &proc_macro2::Ident) -> bool {
        let (name, _) = self.ident(word);
        self.facts.items.iter().any(|item| item.name == name && item.scope == self.scope)
    }
}

/// The name in `name = value`.
fn argument_name(expr: &Expr) -> Option<&syn::Ident> {
    match expr {
        Expr::Assign(assign) => match &*assign.left {
            Expr::Path(path) => path.path.get_ident(),
            _ => None,
        },
        _ => None,
    }
}

/// What a macro declares is public as far as we can tell.
fn visible_everywhere() -> syn::Visibility {
    syn::Visibility::Public(Token![pub](proc_macro2::Span::call_site()))
}
