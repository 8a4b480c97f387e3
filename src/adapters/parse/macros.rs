//! Macro calls: the arguments are read as Rust where they are Rust, else as tokens.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Block, Expr, Item as SynItem, Pat, Stmt, Token};

use crate::adapters::parse::asm::ASSEMBLIES;
use crate::adapters::parse::attrs::AttrFacts;
use crate::adapters::parse::context::Context;
use crate::adapters::parse::items::Draft;
use crate::adapters::parse::read;
use crate::domain::resolve::prelude::MACROS;
use crate::domain::source::facts::{
    CallForm, Certainty, Include, ItemCall, ItemKind, ItemMarks, Namespace, OpaqueCall, RefIx, RefPosition,
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

/// Macros beyond the standard library whose arguments are plain expressions.
const PLAIN_MACROS: [&str; 17] = [
    "anyhow",
    "bail",
    "debug",
    "debug_span",
    "ensure",
    "error",
    "error_span",
    "event",
    "eyre",
    "info",
    "info_span",
    "log",
    "span",
    "trace",
    "trace_span",
    "warn",
    "warn_span",
];

/// Macros that hold a value against a pattern.
const MATCHING: [&str; 3] = ["matches", "assert_matches", "debug_assert_matches"];

/// Nested macro arguments are parsed this deep; beyond it they are read as tokens.
const MAX_MACRO_DEPTH: u32 = 16;

/// The arguments of a macro call, as Rust.
enum Arguments {
    Exprs(Vec<Expr>),
    Matches(Box<(Expr, Pat, Option<Expr>)>),
    Stmts(Vec<Stmt>),
}

impl Context<'_> {
    /// A macro call in an expression, pattern or type.
    pub fn macro_call(&mut self, call: &syn::Macro) {
        let reference = self.macro_name(call);
        self.code_call(call, reference);
        self.macro_arguments(call, reference);
    }

    /// Remembers a call in code, unless its macro is one that the standard library has.
    pub fn code_call(&mut self, call: &syn::Macro, reference: Option<RefIx>) {
        let foreign = call.path.get_ident().is_some_and(|name| {
            MACROS.iter().any(|known| name == known) || TEMPLATES.iter().any(|known| name == known)
        });
        if !foreign && self.macro_depth <= MAX_MACRO_DEPTH {
            self.item_call(call, reference, CallForm::Code);
        }
    }

    /// A macro call among the members of a trait or impl.
    pub fn member_macro(&mut self, call: &syn::Macro) {
        let reference = self.macro_name(call);
        self.opaque(call, reference);
        self.item_call(call, reference, CallForm::Members);
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
        let parsed = match name.as_str() {
            "cfg_if" => cfg_if_branches(&item.mac.tokens, all_items),
            "thread_local" | "lazy_static" => statics_of(&item.mac.tokens).map(|items| vec![(None, items)]),
            _ => items_of(&item.mac).map(|items| vec![(None, items)]),
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
        let made = (!self.is_written()).then(|| call.tokens.to_string().into_boxed_str());
        self.facts.item_calls.push(ItemCall { form, reference, arguments, made });
    }

    /// What stands between the delimiters of a call.
    pub fn inner_span(&self, delimiter: &syn::MacroDelimiter) -> Span {
        let (open, close) = match delimiter {
            syn::MacroDelimiter::Paren(token) => (token.span.open(), token.span.close()),
            syn::MacroDelimiter::Brace(token) => (token.span.open(), token.span.close()),
            syn::MacroDelimiter::Bracket(token) => (token.span.open(), token.span.close()),
        };
        Span::new(self.end_of(open), self.start_of(close))
    }

    pub fn macro_name(&mut self, call: &syn::Macro) -> Option<RefIx> {
        let mut found = None;
        self.at(RefPosition::MacroName, |this| found = this.path(&call.path, Namespace::Macro));
        found
    }

    fn include(&mut self, call: &syn::Macro) {
        let Ok(literal) = syn::parse2::<syn::LitStr>(call.tokens.clone()) else {
            // `concat!(env!("OUT_DIR"), …)`: which file that is, only a build can tell.
            self.facts.generated.push(self.scope);
            return;
        };
        let span = self.span_of(literal.span());
        let written = self.text.get(span.start as usize..span.end as usize).filter(|_| self.is_written());
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
            && !call.tokens.is_empty()
        {
            let (name, _) = self.ident(&last.ident);
            self.facts.opaque_calls.push(OpaqueCall { name, reference });
        }
    }

    pub fn macro_arguments(&mut self, call: &syn::Macro, reference: Option<RefIx>) {
        let Some(last) = call.path.segments.last() else { return };
        if TEMPLATES.iter().any(|name| last.ident == name) {
            return;
        }
        // `todo!()` is given nothing, and yet does something.
        self.check(&last.ident);
        if call.tokens.is_empty() {
            return;
        }
        if last.ident == "include" {
            self.include(call);
            return;
        }
        if ASSEMBLIES.iter().any(|name| last.ident == name) {
            self.at(RefPosition::MacroArgument, |this| this.assembly(&call.tokens));
            return;
        }
        if self.vocabulary.deciding_macros.iter().any(|name| last.ident == name) {
            self.decisions += 1;
        }
        if last.ident == "cfg_if"
            && let Some(branches) = cfg_if_branches(&call.tokens, Block::parse_within)
        {
            self.deeper(|this| this.branches(&branches, |this, stmts| this.statements(stmts)));
            return;
        }
        let parsed = if self.macro_depth > MAX_MACRO_DEPTH { None } else { self.arguments_of(call) };
        let Some(parsed) = parsed else {
            self.opaque(call, reference);
            self.at(RefPosition::MacroArgument, |this| this.token_soup(&call.tokens));
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

    /// The arguments of a call as Rust, read off the tokens of the file where that can be.
    fn arguments_of(&self, call: &syn::Macro) -> Option<Arguments> {
        let last = &call.path.segments.last()?.ident;
        let only = MATCHING.iter().any(|name| last == name);
        let found = self.read_at(open_of(&call.delimiter)).and_then(|(tape, place)| match only {
            true => read::matched(tape, place).map(|parts| Arguments::Matches(Box::new(parts))),
            false => read::expressions(tape, place).map(Arguments::Exprs),
        });
        found.or_else(|| arguments_of(call))
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
        let Some(text) = self.text.get(span.start as usize..span.end as usize) else { return };
        if !self.is_written() {
            return;
        }
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

/// Whether the arguments of a macro are what they look like: its grammar is known.
pub fn is_known(name: &syn::Ident) -> bool {
    MACROS.iter().chain(&PLAIN_MACROS).any(|known| name == known)
}

/// What a macro declares is public as far as we can tell.
fn visible_everywhere() -> syn::Visibility {
    syn::Visibility::Public(Token![pub](proc_macro2::Span::call_site()))
}

/// The bracket that opens the arguments of a call.
fn open_of(delimiter: &syn::MacroDelimiter) -> proc_macro2::Span {
    match delimiter {
        syn::MacroDelimiter::Paren(token) => token.span.open(),
        syn::MacroDelimiter::Brace(token) => token.span.open(),
        syn::MacroDelimiter::Bracket(token) => token.span.open(),
    }
}

/// The last token of a call.
pub fn close_of(delimiter: &syn::MacroDelimiter) -> proc_macro2::Span {
    match delimiter {
        syn::MacroDelimiter::Paren(token) => token.span.close(),
        syn::MacroDelimiter::Brace(token) => token.span.close(),
        syn::MacroDelimiter::Bracket(token) => token.span.close(),
    }
}

/// The arguments as items, where they are that and nothing else.
pub fn items_of(call: &syn::Macro) -> Option<Vec<SynItem>> {
    if call.tokens.is_empty() || !starts_an_item(&call.tokens) {
        return None;
    }
    all_items.parse2(call.tokens.clone()).ok()
}

/// Items to the end.
fn all_items(input: ParseStream<'_>) -> syn::Result<Vec<SynItem>> {
    let mut items = Vec::new();
    while !input.is_empty() {
        items.push(input.parse::<SynItem>()?);
    }
    Ok(items)
}

/// Whether the first token can start an item; spares a parse that must fail.
fn starts_an_item(tokens: &TokenStream) -> bool {
    match tokens.clone().into_iter().next() {
        Some(TokenTree::Punct(first)) => first.as_char() == '#',
        Some(TokenTree::Ident(first)) => [
            "pub",
            "fn",
            "struct",
            "enum",
            "union",
            "mod",
            "use",
            "impl",
            "trait",
            "type",
            "const",
            "static",
            "extern",
            "unsafe",
            "async",
            "macro_rules",
        ]
        .iter()
        .any(|word| first == word),
        _ => false,
    }
}

fn arguments_of(call: &syn::Macro) -> Option<Arguments> {
    let last = &call.path.segments.last()?.ident;
    if MATCHING.iter().any(|name| last == name) {
        return matches_arguments.parse2(call.tokens.clone()).ok();
    }
    let only_expressions = last == "select" || last == "json";
    let parser = |input: ParseStream<'_>| {
        // Both attempts read the same copy of the tokens: making one costs as much as reading it.
        let ahead = input.fork();
        match expressions(&ahead) {
            Ok(exprs) => {
                input.advance_to(&ahead);
                Ok(Arguments::Exprs(exprs))
            }
            Err(error) if only_expressions => Err(error),
            Err(_) => Block::parse_within(input).map(Arguments::Stmts),
        }
    };
    parser.parse2(call.tokens.clone()).ok()
}

/// Expressions between commas or semicolons.
fn expressions(input: ParseStream<'_>) -> syn::Result<Vec<Expr>> {
    let mut exprs = Vec::new();
    while !input.is_empty() {
        exprs.push(input.parse::<Expr>()?);
        if input.is_empty() {
            break;
        }
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
        } else {
            input.parse::<Token![;]>()?;
        }
    }
    if exprs.iter().any(|expr| matches!(expr, Expr::Verbatim(_))) {
        return Err(input.error("not an expression that is known"));
    }
    Ok(exprs)
}

/// `value, pattern if guard`, and for assertions a message after it.
fn matches_arguments(input: ParseStream<'_>) -> syn::Result<Arguments> {
    let value = input.parse::<Expr>()?;
    input.parse::<Token![,]>()?;
    let pattern = Pat::parse_multi_with_leading_vert(input)?;
    let guard = if input.peek(Token![if]) {
        input.parse::<Token![if]>()?;
        Some(input.parse::<Expr>()?)
    } else {
        None
    };
    input.parse::<TokenStream>()?;
    Ok(Arguments::Matches(Box::new((value, pattern, guard))))
}

/// A branch of `cfg_if!`: its condition and its items.
type Branch<T> = (Option<TokenStream>, Vec<T>);

/// `if #[cfg(a)] { … } else if #[cfg(b)] { … } else { … }`.
fn cfg_if_branches<T>(
    tokens: &TokenStream,
    content_of: impl Fn(ParseStream<'_>) -> syn::Result<Vec<T>>,
) -> Option<Vec<Branch<T>>> {
    let parser = |input: ParseStream<'_>| {
        let mut branches = Vec::new();
        while !input.is_empty() {
            let mut condition = None;
            if input.peek(Token![if]) {
                input.parse::<Token![if]>()?;
                for attr in input.call(syn::Attribute::parse_outer)? {
                    if let syn::Meta::List(list) = attr.meta {
                        condition = Some(list.tokens);
                    }
                }
            }
            let content;
            syn::braced!(content in input);
            branches.push((condition, content_of(&content)?));
            if input.peek(Token![else]) {
                input.parse::<Token![else]>()?;
            }
        }
        Ok(branches)
    };
    parser.parse2(tokens.clone()).ok()
}

/// `static ref NAME: T = value;` and `static NAME: T = value;`, as statics.
pub fn statics_of(tokens: &TokenStream) -> Option<Vec<SynItem>> {
    let parser = |input: ParseStream<'_>| {
        let mut items = Vec::new();
        while !input.is_empty() {
            let attrs = input.call(syn::Attribute::parse_outer)?;
            let vis = input.parse::<syn::Visibility>()?;
            let static_token = input.parse::<Token![static]>()?;
            input.parse::<Option<Token![ref]>>()?;
            let ident = input.parse::<syn::Ident>()?;
            let colon_token = input.parse::<Token![:]>()?;
            let ty = Box::new(input.parse::<syn::Type>()?);
            let eq_token = input.parse::<Token![=]>()?;
            let expr = Box::new(input.parse::<Expr>()?);
            let semi_token = input.parse::<Option<Token![;]>>()?.unwrap_or_default();
            items.push(SynItem::Static(syn::ItemStatic {
                attrs,
                vis,
                static_token,
                mutability: syn::StaticMutability::None,
                ident,
                colon_token,
                ty,
                eq_token,
                expr,
                semi_token,
            }));
        }
        Ok(items)
    };
    parser.parse2(tokens.clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_of_cfg_if_keep_their_conditions() {
        let tokens = "if #[cfg(unix)] { mod a; } else if #[cfg(windows)] { mod b; mod c; } else { mod d; }";
        let branches = cfg_if_branches(&tokens.parse().expect("tokens"), all_items).expect("it parses");
        let shape: Vec<(Option<String>, usize)> = branches
            .iter()
            .map(|(cfg, items)| (cfg.as_ref().map(ToString::to_string), items.len()))
            .collect();
        assert_eq!(shape, [(Some("unix".into()), 1), (Some("windows".into()), 2), (None, 1)]);
    }

    #[test]
    fn statics_of_lazy_static_are_read_with_ref_and_without() {
        let tokens = "pub static ref A: Foo = make(); static B: u8 = 1";
        assert_eq!(statics_of(&tokens.parse().expect("tokens")).expect("it parses").len(), 2);
        assert!(statics_of(&"fn x() {}".parse().expect("tokens")).is_none());
    }

    #[test]
    fn punctuated_lists_of_expressions_take_both_separators() {
        assert_eq!(expressions.parse2("a, b; c".parse().expect("tokens")).expect("it parses").len(), 3);
        let parser = syn::punctuated::Punctuated::<Expr, Token![,]>::parse_terminated;
        assert!(parser.parse2("a; b".parse().expect("tokens")).is_err());
    }
}
