use crate::adapters::parse::documentation::doctests::is_built;
use crate::adapters::parse::documentation::links;
use crate::adapters::parse::parse;
use crate::domain::source::docs::Docs;
use crate::domain::source::facts::{Namespace, RefPosition};
use crate::domain::source::vocabulary::Vocabulary;

fn reading(docs: Docs) -> Vocabulary {
    Vocabulary { docs, ..Vocabulary::default() }
}

/// What the documentation of a text names: the path, the text at its place, and the item it is of.
fn named(text: &str) -> Vec<String> {
    let facts = parse("a.rs", text, &reading(Docs { links: true, tests: true }));
    let of_docs = facts
        .references
        .iter()
        .filter(|found| matches!(found.position, RefPosition::DocLink | RefPosition::Doctest));
    let show = |found: &crate::domain::source::facts::Reference| {
        let first = found.path.first as usize;
        let words = &facts.segments[first..first + usize::from(found.path.count)];
        let words: Vec<&str> = words.iter().map(|word| facts.words.word(*word)).collect();
        let at = &text[found.span.start as usize..found.span.end as usize];
        let owner = found.owner.map_or("-", |owner| facts.words.word(facts.items[owner.0 as usize].name));
        format!("{} at `{at}` of {owner}", words.join("::"))
    };
    of_docs.map(show).collect()
}

#[test]
fn links_of_every_form() {
    let text = "/// [`a::B`], [text](a::C), [a::D], [text][a::E], [a::F][], [text][here] and [a::G()].\n\
                ///\n\
                /// [here]: a::H\n\
                struct S;";
    assert_eq!(
        named(text),
        [
            "a::B at `[`a::B`]` of S",
            "a::C at `[text](a::C)` of S",
            "a::D at `[a::D]` of S",
            "a::E at `[text][a::E]` of S",
            "a::F at `[a::F]` of S",
            "a::H at `[text][here]` of S",
            "a::G at `[a::G()]` of S",
        ]
    );
}

#[test]
fn what_is_no_link_to_an_item() {
    let text = "/// `a::B`, \\[a::C], [text](https://a.rs/b), [text](b.html), [text](#part), <https://a.rs>,\n\
                /// ![image](a::D), [two words], [1], a [x] and `[a::E]`.\n\
                ///\n\
                /// ```text\n\
                /// [a::F]\n\
                /// ```\n\
                // [a::G]\n\
                struct S;";
    assert_eq!(named(text), ["x at `[x]` of S"], "whether a word is an item is told by looking it up");
}

#[test]
fn places_of_documentation() {
    let text = "//! [file]\n\
                /// [before]\n\
                #[derive(Clone)]\n\
                /// [after]\n\
                pub struct S {\n    /// [field]\n    #[serde(skip)]\n    a: u8,\n}\n\
                impl S {\n    /// [Self::b]\n    fn b() {\n        //! [inner]\n    }\n}\n\
                /** [block]\n  * [line]\n  */\nenum E {\n    /// [variant]\n    V,\n}\n\
                /// [macro]\nsome! {}\nfn end() {}\n";
    assert_eq!(
        named(text),
        [
            "file at `[file]` of -",
            "before at `[before]` of S",
            "after at `[after]` of S",
            "field at `[field]` of S",
            "S::b at `[Self::b]` of b",
            "inner at `[inner]` of b",
            "block at `[block]` of E",
            "line at `[line]` of E",
            "variant at `[variant]` of V",
            "macro at `[macro]` of -",
        ]
    );
}

#[test]
fn targets_of_links() {
    let plain = |target: &str| links::path(target).map(|(words, ..)| words.join("::"));
    let kind = |target: &str| links::path(target).map(|(_, kind, _)| kind);
    assert_eq!(plain("`Vec<T>`").as_deref(), Some("Vec"));
    assert_eq!(plain("Vec::<T>::new").as_deref(), Some("Vec::new"));
    assert_eq!(plain("::std::fs#part").as_deref(), Some("std::fs"));
    assert_eq!(kind("struct@a::B"), Some(Namespace::Type));
    assert_eq!(kind("fn@b"), Some(Namespace::Value));
    assert_eq!(kind("b()"), Some(Namespace::Value));
    assert_eq!(kind("b!"), Some(Namespace::Macro));
    assert_eq!(kind("b!()"), Some(Namespace::Macro));
    assert_eq!(plain("macro@a::b!").as_deref(), Some("a::b"));
    for other in ["me@a.rs", "a b", "", "1", "a/b", "x.html", "#part", "a>b<", "..", "a-b"] {
        assert_eq!(plain(other), None, "{other}");
    }
}

#[test]
fn fences_that_are_built() {
    for info in ["", "rust", "no_run", "should_panic", "rust,edition2018", "rust, no_run"] {
        assert!(is_built(info), "{info}");
    }
    for info in
        ["text", "ignore", "ignore-windows", "compile_fail", "compile_fail,E0382", "toml", "rust,ignore"]
    {
        assert!(!is_built(info), "{info}");
    }
}

#[test]
fn examples_name_other_crates_through_their_imports() {
    let text = "/// ```\n\
                /// use lib::{a::B, c as d};\n\
                /// # use lib::hidden;\n\
                /// use B::Variant;\n\
                /// fn own() {}\n\
                /// struct Own;\n\
                /// let x = B::new(d::e(), own());\n\
                /// assert_eq!(hidden::f(x), Variant);\n\
                /// Own::g(crate::h());\n\
                /// ```\n\
                pub fn f() {}\n";
    assert_eq!(
        named(text),
        [
            "lib::a::B at `B` of f",
            "lib::c at `c` of f",
            "lib::hidden at `hidden` of f",
            "lib::a::B::Variant at `Variant` of f",
            "lib::a::B::new at `B::new` of f",
            "lib::c::e at `d::e` of f",
            "lib::hidden::f at `hidden::f` of f",
            "lib::a::B::Variant at `Variant` of f",
        ]
    );
}

#[test]
fn examples_may_see_through_globs_and_have_a_main() {
    let text = "//! ```\n\
                //! #![allow(unused)]\n\
                //! #[macro_use]\n\
                //! extern crate lib;\n\
                //! use lib::prelude::*;\n\
                //! fn main() { thing(); mac!(); }\n\
                //! ```\n\
                //!\n\
                //!     other::indented();\n\
                //!\n\
                //! ```text\n\
                //! other::text();\n\
                //! ```\n\
                //! ```ignore\n\
                //! other::ignored();\n\
                //! ```\n";
    assert_eq!(
        named(text),
        [
            "lib at `lib` of -",
            "lib::prelude at `*` of -",
            "lib::prelude::thing at `thing` of -",
            "lib::mac at `mac` of -",
            "lib::prelude::mac at `mac` of -",
            "other::indented at `other::indented` of -",
        ]
    );
}

#[test]
fn nothing_is_read_unless_it_is_asked_for() {
    let text = "/// [a]\n/// ```\n/// b::c();\n/// ```\nfn f() {}";
    let count = |links, tests| parse("a.rs", text, &reading(Docs { links, tests })).references.len();
    assert_eq!(
        [count(false, false), count(true, false), count(false, true), count(true, true)],
        [0, 1, 1, 2]
    );
}
