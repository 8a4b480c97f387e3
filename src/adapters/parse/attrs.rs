//! Attributes: conditions, derives, marks of tests and macros, and the paths they name.

use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

use crate::adapters::parse::context::Context;
use crate::domain::source::facts::{Certainty, CfgIx, ItemMarks, Namespace, RefPosition, TestOnly};

/// Attributes of the language and of tools: they name nothing.
const BUILT_IN: [&str; 69] = [
    "allow",
    "allow_internal_unstable",
    "arbitrary_self_types",
    "automatically_derived",
    "bench",
    "cfg",
    "cfg_attr",
    "cold",
    "const_trait",
    "coverage",
    "crate_name",
    "crate_type",
    "debugger_visualizer",
    "default",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "export_name",
    "feature",
    "ffi_const",
    "forbid",
    "fundamental",
    "global_allocator",
    "ignore",
    "inline",
    "instruction_set",
    "lang",
    "link",
    "link_name",
    "link_ordinal",
    "link_section",
    "macro_export",
    "macro_use",
    "marker",
    "may_dangle",
    "must_use",
    "naked",
    "no_builtins",
    "no_core",
    "no_implicit_prelude",
    "no_link",
    "no_main",
    "no_mangle",
    "no_std",
    "non_exhaustive",
    "optimize",
    "panic_handler",
    "path",
    "proc_macro",
    "proc_macro_attribute",
    "proc_macro_derive",
    "recursion_limit",
    "repr",
    "rustc_const_stable",
    "rustc_const_unstable",
    "should_panic",
    "stable",
    "target_feature",
    "test",
    "thread_local",
    "track_caller",
    "type_length_limit",
    "unsafe",
    "unstable",
    "used",
    "warn",
    "windows_subsystem",
];

/// Tools whose attributes are paths.
const TOOLS: [&str; 5] = ["clippy", "diagnostic", "miri", "rust_analyzer", "rustfmt"];

/// Last segments of attributes of the language, and of runtimes that name theirs alike, that make a
/// function a test or a benchmark.
const TEST_ATTRIBUTES: [&str; 2] = ["test", "bench"];

/// Attributes that say what an item is, under a condition too.
const MARKS: [&str; 3] = ["macro_export", "proc_macro", "proc_macro_attribute"];

/// Keys of `#[serde(…)]` that spell out how a value is written.
const SHAPE_KEYS: [&str; 18] = [
    "alias",
    "content",
    "default",
    "deserialize_with",
    "flatten",
    "from",
    "into",
    "rename",
    "rename_all",
    "serialize_with",
    "skip",
    "skip_deserializing",
    "skip_serializing",
    "skip_serializing_if",
    "tag",
    "try_from",
    "untagged",
    "with",
];

/// What the attributes of an item say about it.
#[derive(Default)]
pub struct AttrFacts {
    /// When it exists, the condition around it included.
    pub cfg: CfgIx,
    /// Marks.
    pub marks: ItemMarks,
    /// `#[path = "…"]`, also under `cfg_attr`.
    pub paths: Vec<String>,
    /// Whether one of them stands under no condition: then no other file is meant.
    pub placed: bool,
    /// Name given by `#[proc_macro_derive(Name)]`.
    pub derives: Option<syn::Ident>,
    /// Rows of a test with several.
    pub cases: u32,
}

impl Context<'_> {
    /// Reads conditions and marks; refers to nothing yet.
    pub fn read_attrs(&mut self, attrs: &[Attribute]) -> AttrFacts {
        let mut found = AttrFacts { cfg: self.cfg, ..AttrFacts::default() };
        let before = self.cfg;
        for attr in attrs.iter().filter(|attr| !attr.path().is_ident("doc")) {
            self.read_meta(&attr.meta, &mut found);
            self.cfg = found.cfg;
        }
        self.cfg = before;
        found
    }

    fn read_meta(&mut self, meta: &Meta, found: &mut AttrFacts) {
        let path = meta.path();
        let Some(last) = path.segments.last() else { return };
        if path.is_ident("cfg") {
            if let Meta::List(list) = meta {
                found.cfg = self.join_cfg(&list.tokens.to_string(), test_only(&list.tokens));
            }
        } else if path.is_ident("cfg_attr") {
            for inner in cfg_attr_metas(meta).into_iter().flat_map(|(_, metas)| metas) {
                match &inner {
                    Meta::NameValue(_) if inner.path().is_ident("path") => {
                        found.paths.extend(string_value(&inner));
                    }
                    Meta::Path(_) if MARKS.iter().any(|mark| inner.path().is_ident(mark)) => {
                        self.read_meta(&inner, found);
                    }
                    Meta::List(_) if inner.path().is_ident("proc_macro_derive") => {
                        self.read_meta(&inner, found);
                    }
                    _ => {}
                }
            }
        } else if path.is_ident("path") {
            found.paths.extend(string_value(meta));
            found.placed = true;
        } else if path.is_ident("macro_export") {
            found.marks = found.marks.with(ItemMarks::MACRO_EXPORT);
        } else if path.is_ident("macro_use") {
            found.marks = found.marks.with(ItemMarks::MACRO_USE);
        } else if path.is_ident("ignore") {
            found.marks = found.marks.with(ItemMarks::IGNORED);
        } else if path.is_ident("should_panic") {
            found.marks = found.marks.with(ItemMarks::SHOULD_PANIC);
        } else if path.is_ident("serde") {
            if spells_shape(meta) {
                found.marks = found.marks.with(ItemMarks::WIRE_SHAPE);
            }
        } else if path.is_ident("proc_macro") || path.is_ident("proc_macro_attribute") {
            found.marks = found.marks.with(ItemMarks::PROC_MACRO);
        } else if path.is_ident("proc_macro_derive") {
            if let Meta::List(list) = meta {
                let name = |input: syn::parse::ParseStream<'_>| {
                    let name: syn::Ident = input.parse()?;
                    input.parse::<TokenStream>().map(|_| name)
                };
                found.derives = name.parse2(list.tokens.clone()).ok();
            }
        } else if TEST_ATTRIBUTES.iter().any(|name| last.ident == name)
            || self.vocabulary.test_attributes.iter().any(|name| last.ident == name)
        {
            let is_case = self.vocabulary.case_attributes.iter().any(|name| last.ident == name);
            found.cases += u32::from(is_case);
            self.make_test(found);
        }
    }

    /// What has these attributes is a test.
    pub fn make_test(&mut self, found: &mut AttrFacts) {
        found.marks = found.marks.with(ItemMarks::TEST);
        found.cfg = self.join_cfg("", TestOnly::Yes);
    }

    /// Enters the condition of a statement, expression or arm. The caller restores [`Context::cfg`].
    pub fn enter_cfg(&mut self, attrs: &[Attribute]) -> CfgIx {
        let before = self.cfg;
        if !attrs.is_empty() {
            self.cfg = self.read_attrs(attrs).cfg;
            self.refer_attrs(attrs);
        }
        before
    }

    /// Refers to what the attributes name: derives, attribute macros, paths in their arguments.
    pub fn refer_attrs(&mut self, attrs: &[Attribute]) {
        for attr in attrs {
            if attr.path().is_ident("doc") {
                continue;
            }
            let span = self.span_of(attr.pound_token.span);
            let end = self.end_of(attr.bracket_token.span.close());
            self.unsized_spans.push(crate::domain::source::span::Span::new(span.start, end));
            self.refer_meta(&attr.meta);
        }
    }

    fn refer_meta(&mut self, meta: &Meta) {
        let path = meta.path();
        if path.is_ident("derive") {
            if let Meta::List(list) = meta {
                let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
                let Ok(derives) = parser.parse2(list.tokens.clone()) else { return };
                self.at(RefPosition::Derive, |this| {
                    for derive in &derives {
                        this.path(derive, Namespace::Macro);
                    }
                });
            }
        } else if path.is_ident("cfg_attr") {
            if let Some((condition, metas)) = cfg_attr_metas(meta) {
                let before = self.cfg;
                self.cfg = self.join_cfg(&condition.to_string(), test_only(&condition));
                for inner in &metas {
                    self.refer_meta(inner);
                }
                self.cfg = before;
            }
        } else if let Some(first) = path.segments.first()
            && !is_built_in(path, &first.ident)
        {
            // Helpers of other attributes look like paths too: `#[case::name(1)]`.
            self.at(RefPosition::Attribute, |this| {
                if let Some(found) = this.path(path, Namespace::Macro) {
                    this.facts.references[found.0 as usize].certainty = Certainty::Perhaps;
                }
            });
            self.at(RefPosition::AttributeArgument, |this| this.attribute_arguments(meta));
        }
    }

    fn attribute_arguments(&mut self, meta: &Meta) {
        match meta {
            Meta::Path(_) => {}
            Meta::List(list) => {
                self.token_soup(&list.tokens);
                self.path_strings(&list.tokens);
            }
            Meta::NameValue(pair) => {
                if let syn::Expr::Path(_) = &pair.value {
                    self.expr(&pair.value);
                }
            }
        }
    }
}

/// Whether an attribute is one of the language or of a tool; `#[test_case::test_case]` is neither.
fn is_built_in(path: &syn::Path, first: &syn::Ident) -> bool {
    let list: &[&str] = if path.segments.len() == 1 { &BUILT_IN } else { &TOOLS };
    list.iter().any(|name| first == name)
}

/// `key = "value"`.
fn string_value(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(syn::MetaNameValue {
            value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }),
            ..
        }) => Some(text.value()),
        _ => None,
    }
}

/// The condition and the attributes of `cfg_attr(condition, a, b)`.
fn cfg_attr_metas(meta: &Meta) -> Option<(TokenStream, Vec<Meta>)> {
    let Meta::List(list) = meta else { return None };
    let parser = |input: syn::parse::ParseStream<'_>| {
        let condition: Meta = input.parse()?;
        let mut metas = Vec::new();
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            metas.push(input.parse::<Meta>()?);
        }
        input.parse::<TokenStream>().map(|_| (quote::ToTokens::to_token_stream(&condition), metas))
    };
    parser.parse2(list.tokens.clone()).ok()
}

/// What a condition says of test builds: it is only for tests when it cannot hold without `test`.
pub fn test_only(condition: &TokenStream) -> TestOnly {
    let Ok(meta) = syn::parse2::<Meta>(condition.clone()) else { return TestOnly::No };
    match (holds(&meta, Test::Off), holds(&meta, Test::On)) {
        (Some(false), Some(false)) => TestOnly::No,
        (Some(false), _) => TestOnly::Yes,
        (_, Some(false)) => TestOnly::Never,
        _ => TestOnly::No,
    }
}

/// Whether `cfg(test)` holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Test {
    On,
    Off,
}

/// Whether a predicate holds; none where that hangs on something other than `test`.
fn holds(meta: &Meta, test: Test) -> Option<bool> {
    match meta {
        Meta::Path(path) if path.is_ident("test") || path.is_ident("doctest") => Some(test == Test::On),
        Meta::List(list) => {
            let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
            let parts = parser.parse2(list.tokens.clone()).ok()?;
            let mut values = parts.iter().map(|part| holds(part, test));
            if list.path.is_ident("not") {
                values.next().flatten().map(|value| !value)
            } else if list.path.is_ident("all") {
                fold(values, false)
            } else if list.path.is_ident("any") {
                fold(values, true)
            } else {
                None
            }
        }
        _ => None,
    }
}

/// `decisive` if any value is, its opposite if all are that, else unknown.
fn fold(values: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let mut known = Some(!decisive);
    for value in values {
        match value {
            Some(value) if value == decisive => return Some(decisive),
            None => known = None,
            Some(_) => {}
        }
    }
    known
}

/// Whether `#[serde(…)]` spells out how a value is written.
pub fn spells_shape(meta: &Meta) -> bool {
    let Meta::List(list) = meta else { return false };
    let mut start = true;
    list.tokens.clone().into_iter().any(|token| {
        let first = std::mem::replace(&mut start, matches!(&token, proc_macro2::TokenTree::Punct(p) if p.as_char() == ','));
        matches!(&token, proc_macro2::TokenTree::Ident(key) if first && SHAPE_KEYS.iter().any(|name| key == name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_for_tests_only_when_it_needs_test() {
        let read = |text: &str| test_only(&text.parse().expect("tokens"));
        assert_eq!(read("test"), TestOnly::Yes);
        assert_eq!(read("all(test, unix)"), TestOnly::Yes);
        assert_eq!(read("any(test, feature = \"x\")"), TestOnly::No);
        assert_eq!(read("not(test)"), TestOnly::Never);
        assert_eq!(read("all(not(test), unix)"), TestOnly::Never);
        assert_eq!(read("not(any(test, unix))"), TestOnly::Never);
        assert_eq!(read("feature = \"test\""), TestOnly::No);
        assert_eq!(read("all(any(test), unix)"), TestOnly::Yes);
    }
}
