//! What is read off the row of tokens is what `syn` makes of the same text.

use super::*;
use crate::adapters::parse::lex::{SAFE_SCORE, lex, lex_each};
use crate::adapters::parse::{STACK_SIZE, parse, read_with};
use crate::domain::source::vocabulary::Vocabulary;

/// Bodies of every form, one each line; each must be known to the reader.
const KNOWN: &str = include_str!("known.txt");

/// Items of every form, one each line: those that the reader knows, and those that it leaves to `syn`.
const ITEMS: &str = include_str!("items.txt");

/// Bodies that are left to `syn`.
const RARE: [&str; 8] = [
    "#![allow(unused)] f(A)",
    "for<'a> |x: &'a A| x",
    "[#[cfg(a)] A, B]",
    "static || A",
    "let x: m!(A) = y;",
    "match x { #![allow(y)] A => B }",
    "if a < b && x as A < y {}",
    "yield A",
];

fn tape(text: &str) -> Tape<'_> {
    let mut tape = Tape::new(text);
    lex_each(text, &mut |token| tape.push(token));
    tape.finish().expect("nothing rare is in it")
}

/// Whether the reader knows all of a body.
fn is_known(body: &str) -> bool {
    let text = format!("{{ {body} }}");
    let tape = tape(&text);
    let mut reader = Reader { tape: &tape, at: 0, end: tape.entry(0).mate as usize + 1 };
    reader.block().is_some()
}

/// Facts with bodies read here, and with bodies read by `syn`.
fn both(text: &str) -> (String, String) {
    let facts = |bodies| format!("{:#?}", read_with("a.rs", text, &Vocabulary::default(), bodies));
    (facts(Bodies::Left), facts(Bodies::Made))
}

fn with_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK_SIZE).spawn(test).expect("a thread starts");
    thread.join().expect("the test passes");
}

#[test]
fn each_form_is_read_as_syn_reads_it() {
    with_stack(|| {
        for body in KNOWN.lines().filter(|line| !line.is_empty()) {
            assert!(is_known(body), "not known: {body}");
            assert!(syn::parse_str::<syn::File>(&format!("fn f() {{ {body} }}")).is_ok(), "no Rust: {body}");
            let text = format!("impl S {{ fn f(&self) {{ {body} }} }} fn g() {{ {body} }}");
            let (ours, theirs) = both(&text);
            assert_eq!(ours, theirs, "{body}");
        }
    });
}

#[test]
fn each_item_is_read_as_syn_reads_it() {
    with_stack(|| {
        for item in ITEMS.lines() {
            let (ours, theirs) = both(item);
            assert_eq!(ours, theirs, "{item}");
            let (ours, theirs) =
                both(&format!("#![a::b]\nmod m {{ {item} }}\n{item} fn last() {{ {item} }}"));
            assert_eq!(ours, theirs, "{item}, in a module and in a function");
        }
    });
}

#[test]
fn items_of_every_day_need_no_syn() {
    let known = |item: &str| {
        let tape = tape(item);
        let mut reader = Reader { tape: &tape, at: 0, end: tape.len() };
        let attrs = reader.attributes()?;
        let found = reader.item(attrs)?;
        reader.all(found)
    };
    let unknown: Vec<&str> = ITEMS.lines().filter(|item| known(item).is_none()).collect();
    let heads = unknown.iter().map(|item| item.split_once(['{', '(']).map_or(*item, |(head, _)| head));
    assert_eq!(
        heads.collect::<Vec<_>>(),
        [
            "impl<const N: usize> A<N> for B<",
            "impl A for B ",
            "impl A ",
            "trait A = B + C;",
            "auto trait A ",
            "trait A ",
            "thread_local! ",
            "unsafe extern \"C\" ",
            "extern crate a as b;",
            "fn a",
            "fn a",
            "macro_rules! a ",
            "pub macro a",
            "a::b! ",
            "a!",
            "union A ",
        ]
    );
}

#[test]
fn what_is_rare_is_left_to_syn() {
    with_stack(|| {
        for body in RARE {
            assert!(!is_known(body), "known after all: {body}");
            let (ours, theirs) = both(&format!("fn f() {{ {body} }}"));
            assert_eq!(ours, theirs, "{body}");
        }
    });
}

#[test]
fn bodies_stay_with_attributes_and_macros() {
    with_stack(|| {
        for text in [
            "m! { fn f() { a::b() } }",
            "macro_rules! m { () => { fn f() { a::b() } } }",
            "pub macro m($x:ident) { fn f() { a::b() } }",
            "#[e({ fn f() { a::b() } })] struct S;",
            "fn f() { #![allow(x)] a::b() }",
            "fn f(x: [u8; { a::N }]) -> A<{ b::N }> where B<{ c::N }>: D { e::f() }",
            "const F: fn(A) -> B = { fn g() { a::b() } g };",
            "trait T { fn f() { a::b() } fn g(); }",
            "impl const T for S { fn f() { a::b() } }",
            "fn f() { fn g() { struct S { x: a::B } impl S { fn h() { a::b() } } } }",
        ] {
            let (ours, theirs) = both(text);
            assert_eq!(ours, theirs, "{text}");
        }
    });
}

#[test]
fn what_is_no_rust_is_lost_either_way() {
    with_stack(|| {
        for body in ["let = 1;", "a b", "f(,)", "match x { => }", "x.;", "if { } else", "let x: = y;"] {
            assert!(!is_known(body), "taken for Rust: {body}");
            let (ours, theirs) = both(&format!("fn f() {{ {body} }} fn g() {{ a::b() }}"));
            assert_eq!(ours, theirs, "{body}");
        }
    });
}

#[test]
fn our_own_sources_are_read_as_syn_reads_them() {
    with_stack(|| {
        let mut files = 0;
        for entry in walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/adapters")) {
            let path = entry.expect("the folder is read").into_path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                let (ours, theirs) = both(&std::fs::read_to_string(&path).expect("the file is read"));
                assert!(ours == theirs, "{}", path.display());
                files += 1;
            }
        }
        assert!(files > 50);
    });
}

#[test]
fn what_nests_as_deep_as_is_safe_needs_the_smallest_stack() {
    let forms = [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("f(", ")"),
        ("!", ""),
        ("|a| ", ""),
        ("if a {", "}"),
        ("match a { b => ", "}"),
        ("m!(", ")"),
        ("S { a: ", "}"),
        ("a.b(|c| { ", "})"),
        ("return ", ""),
    ];
    let items = [
        ("mod a { ", "}"),
        ("fn f() { ", "}"),
        ("impl A { fn f() { ", "} }"),
        ("const A: [u8; { ", " 1 }] = b;"),
    ];
    let bodies = forms.map(|(open, close)| ("fn f() { ", open, "x", close, " }"));
    let items = items.map(|(open, close)| ("", open, "", close, ""));
    let types = [("fn f(a: ", "A<", "B", ">", ") {}"), ("struct A(", "(", "B", ",)", ");")];
    let test = move || {
        for (before, open, inner, close, after) in bodies.into_iter().chain(items).chain(types) {
            let depth =
                |count: usize| format!("{before}{}{inner}{}{after}", open.repeat(count), close.repeat(count));
            let deepest = (1..1_000).rev().find(|count| lex(&depth(*count)).depth_score <= SAFE_SCORE);
            let facts = parse("a.rs", &depth(deepest.expect("some depth is safe")), &Vocabulary::default());
            assert!(facts.lost.is_empty(), "{open}");
        }
    };
    let thread = std::thread::Builder::new().stack_size(16 << 20).spawn(test).expect("a thread starts");
    thread.join().expect("the test passes");
}
