use crate::adapters::parse::lex::{CommentKind, Doc, cut, cut_within, lex};
use crate::domain::source::span::Span;

fn leaves(text: &str) -> Vec<&str> {
    let lexed = lex(text);
    assert_eq!(lexed.failed, None, "{text}");
    lexed
        .leaves
        .iter()
        .map(|at| text[*at as usize..].split([' ', ';', ',', '\n', ')']).next().unwrap_or_default())
        .collect()
}

fn pieces(text: &str) -> Vec<&str> {
    cut(text).iter().map(|piece| &text[piece.span.start as usize..piece.span.end as usize]).collect()
}

#[test]
fn words_literals_and_blanks_are_leaves() {
    let words = ["fn", "f", "x", "u8", "let", "_", "true", "r#match"];
    assert_eq!(leaves("fn f ( x : u8 ) { let _ = true ; r#match }"), words);
    assert_eq!(leaves("self . a , Self"), ["self", "a", "Self"]);
    assert_eq!(leaves("größe + 変数"), ["größe", "変数"]);
}

#[test]
fn every_literal_is_one_leaf() {
    for literal in [
        "1",
        "1_000u64",
        "0xFFu8",
        "0b1010",
        "0o17",
        "1.5",
        "1.",
        "1e10",
        "1.5e-10f32",
        "1E+5",
        "\"a b\"",
        "\"a\\\"b\"",
        "\"a\\\\\"",
        "b\"x\"",
        "c\"x\"",
        "r\"\\\"",
        "r#\"a \"b\" c\"#",
        "br##\"a\"# \"##",
        "cr#\"a\"#",
        "'a'",
        "'\\''",
        "'\\\\'",
        "'\"'",
        "'日'",
        "'\\u{1F600}'",
        "b'a'",
        "b'\\''",
        "'('",
        "\"}\"",
        "\"a\\\n   b\"",
        "1__2",
        "0xE",
    ] {
        let lexed = lex(literal);
        assert_eq!(lexed.failed, None, "{literal}");
        assert_eq!(lexed.leaves, [0], "{literal}");
    }
}

#[test]
fn dots_after_numbers_are_told_apart() {
    assert_eq!(lex("1..2").leaves, [0, 3]);
    assert_eq!(lex("1.max(2)").leaves, [0, 2, 6]);
    assert_eq!(lex("0xE+1").leaves, [0, 4]);
    assert_eq!(lex("1e+x").leaves, [0, 3]);
    assert_eq!(lex("x.0.1").leaves, [0, 2]);
}

#[test]
fn lifetimes_are_not_leaves() {
    assert_eq!(leaves("&'a str"), ["str"]);
    assert_eq!(leaves("'static , 'r#fn , '_ , 'größe , x"), ["x"]);
    assert_eq!(leaves("'a: loop { break 'a 'b' }"), ["loop", "break", "'b'"]);
}

#[test]
fn comments_keep_span_kind_and_doc() {
    let text = "// a\r\n/// b\n//// c\n//! d\n/* e /* f */ g */\n/** h */\n/*** i */\n/*! j */\n/**/\nx // k";
    let got: Vec<_> = lex(text)
        .comments
        .iter()
        .map(|comment| {
            (&text[comment.span.start as usize..comment.span.end as usize], comment.kind, comment.doc)
        })
        .collect();
    assert_eq!(
        got,
        [
            ("// a", CommentKind::Line, Doc::None),
            ("/// b", CommentKind::Line, Doc::Outer),
            ("//// c", CommentKind::Line, Doc::None),
            ("//! d", CommentKind::Line, Doc::Inner),
            ("/* e /* f */ g */", CommentKind::Block, Doc::None),
            ("/** h */", CommentKind::Block, Doc::Outer),
            ("/*** i */", CommentKind::Block, Doc::None),
            ("/*! j */", CommentKind::Block, Doc::Inner),
            ("/**/", CommentKind::Block, Doc::None),
            ("// k", CommentKind::Line, Doc::None),
        ]
    );
    assert_eq!(lex("\"// no\" r#\"/* no\"#").comments, []);
}

#[test]
fn content_starts_after_mark_shebang_and_front_matter() {
    let start = |text: &str| lex(text).content_start as usize;
    assert_eq!(start("fn a() {}"), 0);
    assert_eq!(start("\u{feff}fn a() {}"), 3);
    assert_eq!(start("#!/usr/bin/env x\nfn a() {}"), 16);
    assert_eq!(start("#![allow(x)]\nfn a() {}"), 0);
    assert_eq!(start("#! // c\n /* d */ [allow(x)]\n"), 0);
    assert_eq!(start("---cargo\n[dependencies]\n---\nfn a() {}"), 27);
    assert_eq!(start("#!/x\n----\n---\n----\nfn a() {}"), 18);
    assert_eq!(start("--- never closed\nfn a() {}"), 0);
    assert_eq!(leaves("#!/usr/bin/env it's\nx"), ["x"]);
}

#[test]
fn what_does_not_read_is_named() {
    let failed = |text: &str| lex(text).failed;
    assert_eq!(failed("a \"b"), Some((2, "this string is never closed")));
    assert_eq!(failed("a /* /* */"), Some((2, "this comment is never closed")));
    assert_eq!(failed("r##\"a\"#"), Some((0, "this raw string is never closed")));
    assert_eq!(failed("' '' "), Some((3, "this character is never closed")));
    assert_eq!(failed("f(]"), Some((2, "this bracket closes another one than was opened")));
    assert_eq!(failed("f)"), Some((1, "this bracket was never opened")));
    assert_eq!(failed("f([)"), Some((3, "this bracket closes another one than was opened")));
    assert_eq!(failed("f(a"), Some((1, "this bracket is never closed")));
}

#[test]
fn no_prefix_of_any_text_panics() {
    let text =
        "r#\"a\"# b'\\'' '\\u{1}' \"\\é\" c\"é\" 'é 'é' 1.5e-3 /* é */ //é\n #[é] r#é 'r#é br#\"é\"# --- #!";
    for (end, _) in text.char_indices() {
        lex(&text[..end]);
        cut(&text[..end]);
        lex(&text[end..]);
        cut(&text[end..]);
    }
}

#[test]
fn ordinary_code_scores_low() {
    let statements =
        "if a == b { c(); }\nlet x = (a + b) * c; x.y().z(|w| w + 1)?;\nmatch a { B => {} C if d => e, }\n";
    assert!(lex(&format!("fn f() {{ {} }}", statements.repeat(1000))).depth_score < 20);
    assert!(lex(&format!("vec![{}]", "1 << 2, a.b(), c::d::<E>(), ".repeat(5000))).depth_score < 20);
    assert!(lex(&format!("match x {{ {}_ => 1 }}", "\"a\" | ".repeat(2000))).depth_score < 1000);
    assert!(lex(&"mod a { use b::c; }\n".repeat(5000)).depth_score < 20);
    assert!(lex(&format!("match x {{ {} }}", "A if x < 5 => B { c: 1 }, ".repeat(5000))).depth_score < 20);
}

#[test]
fn deep_text_scores_high() {
    const N: usize = 5_000;
    let deep = [
        "{".repeat(N) + &"}".repeat(N),
        "[".repeat(N),
        format!("x{}", " + x".repeat(N)),
        format!("if a {{}} {}", "else if a {} ".repeat(N)),
        format!("{}x", "!".repeat(N)),
        format!("{}x", "& mut ".repeat(N)),
        format!("x{}", ".f()".repeat(N)),
        format!("f{}", "(1)".repeat(N)),
        format!("f{}", "[1]".repeat(N)),
        format!("x{}", "?".repeat(N)),
        format!("x{}", " as u8".repeat(N)),
        format!("type A = {}u8;", "Vec<".repeat(N)),
        format!("type A = {}u8;", "A<u8, ".repeat(N)),
        format!("type A = {}u8;", "fn() -> ".repeat(N)),
        format!("{}x", "return ".repeat(N)),
        format!("{}x", "if ".repeat(N)),
        format!("{}x {{}}", "for P {} in ".repeat(N)),
        format!("{}x", "|x| ".repeat(N)),
        format!("use {}a;", "a::".repeat(N)),
        format!("use {}a", "a::{b, ".repeat(N)),
        // Depth through what follows each group: three at a time, far below any bound by itself.
        "x.f(".repeat(N / 4) + &").g().g().g()".repeat(N / 4),
    ];
    for text in deep {
        let start: String = text.chars().take(30).collect();
        assert!(lex(&text).depth_score >= 2_000, "{start} scores {}", lex(&text).depth_score);
    }
}

#[test]
fn items_are_cut_where_they_end() {
    let items = [
        "//! docs\n//! more",
        "#![allow(x)]",
        "use a::{b, c};",
        "/// d\n#[derive(X)]\n// plain\npub struct S { a: u8 }",
        "pub(crate) struct T(u8);",
        "const X: S = S { a: 1 };",
        "const fn f() {}",
        "pub const unsafe extern \"C\" fn g() -> [u8; 1] { [1] }",
        "static Y: fn() = { f };",
        "impl Foo<{ 1 }> for Bar where A: B { fn x(&self) {} }",
        "type A = B<{ 1 }>;",
        "foo! { a }",
        "bar!(a; b);",
        "macro_rules! m { () => { ; } }",
        "extern \"C\" { fn h(); }",
        "unsafe impl X for Y {}",
        "enum E { A, B }",
        "struct Z {};",
        "r#macro!(x);",
        "fn last() {}",
    ];
    assert_eq!(pieces(&items.join("\n")), items);
    assert_eq!(pieces(&items.join("\r\n\r\n// between\r\n")), items);
    assert!(cut(&items.join(" \n")).iter().all(|piece| piece.balanced && piece.score < 10));
}

#[test]
fn an_item_without_its_end_loses_no_other() {
    assert_eq!(
        pieces("const A: u8 = 1\nfn f() {}\nuse b\npub use c;"),
        ["const A: u8 = 1", "fn f() {}", "use b", "pub use c;"]
    );
}

#[test]
fn an_unbalanced_item_loses_no_other() {
    let text = "use a;\nfn f() {\n    g(;\n}\n\n#[test]\nfn h() {}\nfn i() { \"never }\n/// d\nfn j() {}\n}\nfn k() {}\n";
    let got: Vec<_> = cut(text)
        .iter()
        .map(|piece| (&text[piece.span.start as usize..piece.span.end as usize], piece.balanced))
        .collect();
    assert_eq!(
        got,
        [
            ("use a;", true),
            ("fn f() {\n    g(;\n}", false),
            ("#[test]\nfn h() {}", true),
            ("fn i() { \"never }", false),
            ("/// d\nfn j() {}", true),
            ("}", false),
            ("fn k() {}", true),
        ]
    );
}

#[test]
fn a_deep_item_is_told_from_the_others() {
    let text = format!("fn a() {{}}\nfn b() {{ {} }}\nfn c() {{}}", "(".repeat(3000) + &")".repeat(3000));
    let scores: Vec<_> = cut(&text).iter().map(|piece| piece.score).collect();
    assert!(scores[0] < 10 && scores[1] > 2999 && scores[2] < 10, "{scores:?}");
}

#[test]
fn the_inside_of_a_module_is_cut_too() {
    let text = "mod a {\n    fn b() { ( }\n    fn c() {}\n}";
    let inside = Span::new(7, text.len() as u32 - 1);
    let got: Vec<_> = cut_within(text, inside)
        .iter()
        .map(|piece| (&text[piece.span.start as usize..piece.span.end as usize], piece.balanced))
        .collect();
    assert_eq!(got, [("fn b() { ( }", false), ("fn c() {}", true)]);
}

#[test]
fn many_bad_items_stay_linear() {
    let text = "fn a() { /* \n".repeat(20_000);
    assert_eq!(cut(&text).len(), 20_000);
    let text = "fn a() {{\n".repeat(20_000);
    assert_eq!(cut(&text).len(), 20_000);
    let text = "}\n".repeat(20_000);
    assert!(!cut(&text).is_empty());
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_and_cut_into_pieces_in_order(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "fn f() {", "}", "(", ")", "[", "]", "\"", "'", "\\", "r#\"", "\"#", "/*", "*/", "//", "\n", " ", "é",
                "日", "#", "!", ";", "pub", "use a;", "mod m {", "#[x]", "///", "//!", "1.", "e+", "<", ">", "b'",
                "const", "macro_rules! m", "\r\n", "\u{2028}", "---", "#!",
            ]),
            0..40,
        )
    ) {
        let text = parts.concat();
        let lexed = lex(&text);
        proptest::prop_assert!(lexed.leaves.is_sorted());
        let mut end = 0;
        for piece in cut(&text) {
            proptest::prop_assert!(end <= piece.span.start && piece.span.start < piece.span.end);
            end = piece.span.end;
            let inside = &text[piece.span.start as usize..piece.span.end as usize];
            // At the start of a text these would be read as a shebang or as front matter.
            let special = inside.starts_with("---") || inside.starts_with("#!");
            proptest::prop_assert!(!piece.balanced || special || lex(inside).failed.is_none(), "{}", inside);
        }
        proptest::prop_assert!(end as usize <= text.len());
    }
}
