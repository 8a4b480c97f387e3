use proptest::prelude::*;

use super::*;
use crate::adapters::parse::context::DOLLAR_CRATE;

/// What a call becomes among items, with one space between what was made apart.
fn items(rules: &str, arguments: &str) -> Option<String> {
    let rules = rules_of(rules).expect("rules");
    let arguments = with_attributes(arguments);
    let made = Own { name: "m", rules: &rules }.items(&Tokens::new(&arguments, &[]).expect("tokens"))?;
    let tokens = Tokens::of(&made)?;
    read::items(&tokens.tape)?;
    Some(made.text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn repetitions_and_separators() {
    let rules = "($($name:ident : $ty:ty),* $(,)?) => { $(pub struct $name($ty);)* }";
    assert_eq!(
        items(rules, "A: u8, B: Vec<u8>,").as_deref(),
        Some("pub struct A ( u8 ) ; pub struct B ( Vec<u8> ) ;")
    );
    assert_eq!(items(rules, "").as_deref(), Some(""));
    assert_eq!(items(rules, "A u8"), None);
}

#[test]
fn the_first_rule_that_matches_wins_and_rules_call_each_other() {
    let rules = "(@one $n:ident) => { mod $n; }; ($($n:ident)*) => { $( #[a] $crate::m!(@one $n); )* }";
    assert_eq!(items(rules, "a b").as_deref(), Some("mod a ; mod b ;"));
}

#[test]
fn nested_repetitions_keep_their_turns_apart() {
    let rules = "($($t:ident { $($f:ident),* })*) => { $( enum $t { $($f),* } )* }";
    assert_eq!(items(rules, "A { X, Y } B { Z }").as_deref(), Some("enum A { X , Y } enum B { Z }"));
}

#[test]
fn dollar_crate_stays_known() {
    let rules = "() => { use $crate::a::B; }";
    assert_eq!(items(rules, ""), Some(format!("use {DOLLAR_CRATE} ::a::B;")));
}

#[test]
fn a_definition_inside_keeps_its_own_variables() {
    let rules = "() => { macro_rules! inner { ($x:expr) => { $x } } }";
    assert_eq!(items(rules, "").as_deref(), Some("macro_rules! inner { ( $x :expr ) => { $x } }"));
}

#[test]
fn endless_recursion_ends() {
    assert_eq!(items("() => { m!(); }", ""), None);
    assert_eq!(items("($($x:tt)*) => { m!($($x)* $($x)*); }", "a"), None);
}

#[test]
fn fragments_end_where_they_end_in_the_compiler() {
    let one = |fragment: &str, arguments: &str| {
        let rules = format!("($x:{fragment} $($rest:tt)*) => {{ #[$x] }}");
        let rules = rules_of(&rules).expect("rules");
        let own = Own { name: "m", rules: &rules };
        let made = own.code(&Tokens::new(arguments, &[]).expect("tokens"))?;
        Some(made.text.trim_start_matches(" # [").strip_suffix(']')?.trim().to_owned())
    };
    for (fragment, arguments, taken) in [
        ("expr", "a.b(c)? + 1, d", "a.b(c)? + 1"),
        ("expr", "|x: u8| -> u8 { x } ; y", "|x: u8| -> u8 { x }"),
        ("ty", "&'a dyn Fn(A) -> B = c", "&'a dyn Fn(A) -> B"),
        ("path", "a::B<C>::d e", "a::B<C>::d"),
        ("pat", "Some(A | B) | None if c", "Some(A | B) | None"),
        ("stmt", "let x = 1; y", "let x = 1"),
        ("stmt", "let x = 1", "let x = 1"),
        ("stmt", "a = b; c", "a = b"),
        ("stmt", "; c", ";"),
        ("item", "fn f() { g() } h", "fn f() { g() }"),
        ("meta", "derive(A, B) c", "derive(A, B)"),
        ("meta", "doc = \"x\" c", "doc = \"x\""),
        ("vis", "pub(crate) fn", "pub(crate)"),
        ("vis", "fn f", ""),
        ("block", "{ a } b", "{ a }"),
        ("lifetime", "'a b", "'a"),
        ("literal", "-1 b", "-1"),
        ("literal", "true b", "true"),
        ("ident", "größe b", "größe"),
        ("tt", "'a b", "'a"),
        ("tt", "..=b", "..="),
        ("tt", ":: b", "::"),
        ("tt", "(a b) c", "(a b)"),
        ("expr", "#[cfg(a)] [#[b] c, d], e", "#[cfg(a)] [#[b] c, d]"),
    ] {
        assert_eq!(one(fragment, arguments).as_deref(), Some(taken), "{fragment} of {arguments}");
    }
    for (fragment, arguments) in
        [("ident", "_ a"), ("block", "(a)"), ("literal", "a"), ("expr", "+"), ("ty", "=")]
    {
        assert_eq!(one(fragment, arguments), None, "{fragment} of {arguments}");
    }
}

#[test]
fn documentation_matches_as_an_attribute() {
    let rules = "($(#[$meta:meta])+ $n:ident) => { $(#[$meta])* struct $n; }";
    assert_eq!(items(rules, "/// Text.\nA").as_deref(), Some("# [ doc=\"\" ] struct A ;"));
    assert_eq!(items(rules, "A"), None);
}

/// A few of these words in brackets or not.
fn words(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    let word = prop::sample::select(words).prop_map(str::to_owned);
    let nested = word.prop_recursive(3, 24, 6, |inner| {
        (
            prop::sample::select(&["()", "[]", "{}", "$()*", "$(),+", "$()?"][..]),
            prop::collection::vec(inner, 0..6),
        )
            .prop_map(|(around, inner)| {
                let (open, close) = around.split_at(around.find([')', ']', '}']).unwrap_or_default());
                format!("{open} {} {close}", inner.join(" "))
            })
    });
    prop::collection::vec(nested, 0..8).prop_map(|all| all.join(" "))
}

const MATCHER: &[&str] = &[
    "$a:expr",
    "$b:ty",
    "$c:tt",
    "$d:ident",
    "$e:pat",
    "$f:stmt",
    "$g:item",
    "$h:meta",
    "$i:vis",
    "$j:path",
    "$k:block",
    "$l:lifetime",
    "$m:literal",
    ",",
    ";",
    "=>",
    "#",
    "x",
    "fn",
    "'a",
    "$",
    "$n",
];
const MADE: &[&str] = &[
    "$a", "$b", "$c", "$d", "$e", "$f", "$g", "$h", "$i", "$j", "$k", "$l", "$m", "$crate", "::", "fn", "x",
    "m!", "#", "#!", ";", "=", "let", "struct", "impl", "'a", "1", "\"s\"", ".", "?", "$", "r#x",
];
const GIVEN: &[&str] = &[
    "x",
    "1",
    "-",
    "'a",
    "::",
    "=>",
    "..=",
    "a::b",
    "|x| x",
    "fn f() {}",
    "let x = 1",
    "pub",
    "&",
    "<",
    ">",
    "#",
    "\"s\"",
    "r#\"t\"#",
    "é",
    "/// d\n",
    "{",
    "}",
    "m!(x)",
    ",",
    ";",
    "derive(A)",
    "unsafe",
    "=",
];

proptest! {
    #[test]
    fn no_macro_and_no_arguments_make_it_panic(
        matcher in words(MATCHER), made in words(MADE), given in words(GIVEN), other in words(MADE)
    ) {
        let body = format!("({matcher}) => {{ {made} }}; ($($c:tt)*) => {{ {other} }}");
        let (body, given) = (with_attributes(&body), with_attributes(&given));
        let (Some(rules), Some(arguments)) = (rules_of(&body), Tokens::new(&given, &[])) else { return Ok(()) };
        let own = Own { name: "m", rules: &rules };
        let blocks = [Block::Impl, Block::Trait, Block::Foreign].map(Form::Members);
        for form in [Form::Items, Form::Code, Form::Tokens].into_iter().chain(blocks) {
            for made in [own.items(&arguments), own.code(&arguments)].into_iter().flatten() {
                let Some(Tokens { tape, .. }) = Tokens::of(&made) else { continue };
                let Some(read) = read_as(form, &tape) else { continue };
                let words = Vocabulary::default();
                let mut context = Context::for_expansion("a.rs", Span::new(3, 5), &made.text, &words);
                context.read_only_brought(&made.given);
                context.tape = Some(tape);
                walk(&mut context, &read);
                let facts = context.finish();
                prop_assert!(facts.references.iter().all(|reference| reference.span == Span::new(3, 5)));
            }
        }
    }
}
