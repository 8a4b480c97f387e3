use proc_macro2::TokenTree;

use super::*;
use crate::adapters::parse::lex::lex_each;
use crate::adapters::parse::tape::ruler::{MOST_READ, SHORTEST};
use crate::adapters::parse::tape::trees::PIECE;

fn read(text: &str) -> Option<Vec<TokenStream>> {
    let mut tape = Tape::new(text);
    lex_each(text, &mut |token| tape.push(token));
    tape.finish()?.pieces()
}

/// Each token with its place and, of punctuation, whether the next is joined to it.
fn flat(tokens: TokenStream, starts: &dyn Fn(Span) -> (usize, usize), into: &mut Vec<String>) {
    for tree in tokens {
        let place = starts(tree.span());
        match tree {
            TokenTree::Group(group) => {
                into.push(format!("{:?} {place:?}", group.delimiter()));
                flat(group.stream(), starts, into);
            }
            TokenTree::Punct(punct) => {
                into.push(format!("{} {:?} {place:?}", punct.as_char(), punct.spacing()));
            }
            other => into.push(format!("{other} {place:?}")),
        }
    }
}

fn ours(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for piece in read(text).expect("nothing rare is in it") {
        flat(piece, &|span| (span.start().column, span.end().column), &mut all);
    }
    all
}

/// Texts are one line each, so that columns are bytes.
fn theirs(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let tokens = text.parse::<TokenStream>().expect("it is Rust");
    flat(tokens, &|span| (span.start().column, span.end().column), &mut all);
    all
}

#[test]
fn tokens_are_those_of_proc_macro2() {
    for text in [
        "pub fn f<'a, T: 'static>(x: &'a mut T) -> Vec<Vec<u8>> { x.0.1 += 1; !x && y || a..=b }",
        "#![feature(x)] #[cfg(all(unix, feature = \"a-b\", not(test)))] r#type!{ $a:expr => { #x } }",
        "x != y; a /* c */ - /* d */ > b; a-/**/>b; a->b; &'b x; |'a'| 'b' => 10, 1.5, x.0.1, _",
        "#[path = \"a\\n.rs\"] mod x; #[doc = r#\"y\"#] macro_rules! m { ($($x:ident),*) => { $crate::a } }",
        "'outer: loop { break 'outer } -1 - -2 a::b::<c>::d @ e ? ~ ^",
    ] {
        assert_eq!(ours(text), theirs(text));
    }
}

#[test]
fn names_of_other_alphabets_are_names() {
    assert_eq!(ours("größe 名"), ["größe (0, 7)", "名 (8, 11)"]);
}

#[test]
fn what_literals_say_outside_attributes_is_left_out() {
    let text = "/// doc\nf(\"a{b}\", r#\"c\"#, b\"d\", 'e', b'f', 1u8, 0x1F, 1.5e-3, 1_0) //! g\n";
    let all: Vec<String> = read(text).expect("nothing rare").iter().map(ToString::to_string).collect();
    assert_eq!(all, ["f (\"\" , \"\" , b\"\" , 'e' , 0 , 0 , 0 , 0 , 0)"]);
}

#[test]
fn what_is_rare_is_left_to_proc_macro2() {
    for text in ["'r#a", "'ä", "r#self", "a ` b", "a \\ b", "\"never", "(a", "a)"] {
        assert!(read(text).is_none(), "{text}");
    }
    assert!(read("x").is_some());
}

#[test]
fn long_texts_come_in_whole_items() {
    let long = "a();".repeat(PIECE as usize / 4);
    let text =
        format!("use x; fn f() {{ {long} }} pub fn g() {{ {long} }} const X: u8 = {{ {long} }} + 1; {long}");
    let starts: Vec<String> = read(&text)
        .expect("nothing rare")
        .iter()
        .map(|piece| piece.to_string().chars().take(8).collect())
        .collect();
    assert_eq!(starts, ["use x ; ", "pub fn g", "a () ; a"]);
}

#[test]
fn places_hold_when_texts_grow_and_literals_are_many() {
    for length in [10, SHORTEST + 10, 20, 3 * SHORTEST] {
        let text = format!("{}x", " ".repeat(length));
        assert_eq!(ours(&text), [format!("x ({length}, {})", length + 1)]);
    }
    let text = "1.5 ".repeat(MOST_READ as usize + 1);
    for _ in 0..3 {
        assert_eq!(ours(&text).last(), Some(&format!("1.5 ({}, {})", text.len() - 4, text.len() - 1)));
    }
}

#[test]
fn places_hold_while_other_texts_come_and_go() {
    let start = 3 * SHORTEST;
    let long = format!("{}x", " ".repeat(start));
    let first = read_tape(&long);
    // A longer one that leaves many texts behind, and short ones after it.
    ours(&format!("{}{}", " ".repeat(5 * SHORTEST), "1.5 ".repeat(MOST_READ as usize + 1)));
    assert_eq!(ours("y"), ["y (0, 1)"]);
    let name = first.ident(0).expect("it is a name");
    assert_eq!((name.span().start().column, name.span().end().column), (start, start + 1));
}

fn read_tape(text: &str) -> Tape<'_> {
    let mut tape = Tape::new(text);
    lex_each(text, &mut |token| tape.push(token));
    tape.finish().expect("nothing rare")
}
