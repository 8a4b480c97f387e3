//! Names that look like another module's and are not: local names win, text is no code.

use expect_test::expect;

use crate::resolve::{check, check_items};

#[test]
fn crate_and_module_of_one_name() {
    check(
        r#"
        //- /app.rs crate:app deps:serde
        mod serde { pub struct A; }
        mod at_root_means_crate { use serde::Deserialize; }
        mod user { use crate::serde::A; }
        mod near { mod serde { pub struct B; } use self::serde::B; fn f() { serde::B; ::serde::x(); } }
        "#,
        expect![[r#"
            app::at_root_means_crate -> ext:serde: use
            app::near -> app::near::serde: use body
            app::near -> ext:serde: body
            app::user -> app::serde: use"#]],
    );
}

#[test]
fn module_named_like_std() {
    check(
        r#"
        mod core { pub struct A; pub mod mem { pub fn take() {} } }
        mod fmt { pub struct Display; }
        mod user { use crate::core::A; use std::fmt; fn f(_: fmt::Arguments) { crate::core::mem::take(); } }
        mod silent { use core::mem; use crate::fmt::Display; }
        "#,
        expect![[r#"
            demo::silent -> demo::fmt: use
            demo::silent -> ext:core::mem: use
            demo::user -> demo::core: use
            demo::user -> demo::core::mem: body
            demo::user -> ext:std::fmt: use signature"#]],
    );
}

#[test]
fn local_variables() {
    check(
        r#"
        mod a { pub fn run() {} pub const LIMIT: u8 = 1; }
        mod user { use crate::a::run; fn f() { run(); } }
        mod local { use crate::a::run; fn f() { let run = || (); run(); } }
        mod parameter { use crate::a::run; fn f(run: fn()) { run(); } }
        mod closure_parameter { use crate::a::run; fn f() { [g].map(|run| run()); } fn g() {} }
        mod pattern { use crate::a::run; fn f(x: Option<fn()>) { if let Some(run) = x { run() } } }
        mod loop_variable { use crate::a::run; fn f(x: Vec<fn()>) { for run in x { run() } } }
        mod field_shorthand { use crate::a::run; struct S { run: u8 } fn f(S { run }: S) { run; } }
        mod after_the_block { use crate::a::run; fn f() { { let run = || (); run(); } run(); } }
        mod initializer_is_outside { use crate::a::run; fn f() { let run = run(); run; } }
        mod before_the_let { use crate::a::run; fn f() { run(); let run = 1; } }
        "#,
        expect![[r#"
            demo::after_the_block -> demo::a: use body
            demo::before_the_let -> demo::a: use body
            demo::closure_parameter -> demo::a: use
            demo::field_shorthand -> demo::a: use
            demo::initializer_is_outside -> demo::a: use body
            demo::local -> demo::a: use
            demo::loop_variable -> demo::a: use
            demo::parameter -> demo::a: use
            demo::pattern -> demo::a: use
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn locals_do_not_hide_types_and_modules() {
    check(
        r#"
        mod a { pub struct T; pub fn f() {} }
        mod user { use crate::a; fn g() { let a = 1; a::f(); let _: a::T; a; } }
        "#,
        expect!["demo::user -> demo::a: use body"],
    );
}

#[test]
fn items_in_functions_do_not_see_locals() {
    check(
        r#"
        mod a { pub fn run() {} }
        mod user { use crate::a::run; fn f() { let run = 1; fn g() { run() } } }
        mod silent { use crate::a::run; fn f() { fn run() {} run() } }
        "#,
        expect![[r#"
            demo::silent -> demo::a: use
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn generic_parameters() {
    check(
        r#"
        mod a { pub struct T; pub const N: usize = 1; }
        mod user { use crate::a::{T, N}; fn f(_: T) -> [u8; N] { [0; N] } }
        mod generic { use crate::a::{T, N}; fn f<T, const N: usize>(_: T) -> [u8; N] { [0; N] } }
        mod on_impl { use crate::a::T; struct S<X>(X); impl<T> S<T> { fn f(_: T) { T::new(); } } }
        mod on_struct { use crate::a::T; struct S<T> { t: T } enum E<T> { One(T) } }
        mod ends_with_its_item { use crate::a::T; fn f<T>(_: T) {} fn g(_: T) {} }
        mod associated { trait Tr { type T; fn f() -> Self::T; } }
        "#,
        expect![[r#"
            demo::ends_with_its_item -> demo::a: use signature
            demo::generic -> demo::a: use
            demo::on_impl -> demo::a: use
            demo::on_struct -> demo::a: use
            demo::user -> demo::a: use signature body"#]],
    );
}

#[test]
fn fields_and_methods() {
    check(
        r#"
        mod a { pub fn size() {} pub struct W { pub a: u8 } }
        mod user { use crate::a::size; fn f() { size(); } }
        mod silent {
            use crate::a::size;
            struct S { size: u8, a: u8 }
            impl S { fn size(&self) -> u8 { self.size + self.a } }
            fn f(s: S) { s.size(); s.size; S { size: 1, a: 2 }; let S { size: x, .. } = s; }
        }
        "#,
        expect![[r#"
            demo::silent -> demo::a: use
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn labels_and_lifetimes() {
    check(
        r#"
        mod a { pub struct x; pub fn outer() {} }
        mod silent { use crate::a::{x, outer}; fn f<'x>(_: &'x u8) { 'outer: loop { break 'outer; } } }
        "#,
        expect!["demo::silent -> demo::a: use"],
    );
}

#[test]
fn named_arguments_are_no_variables() {
    check(
        r#"
        mod a { pub const WIDTH: usize = 1; pub fn width() -> usize { 1 } }
        mod user { use crate::a::width; fn f() { println!("{w}", w = width()); } }
        mod silent { use crate::a::width; fn f() { println!("{width}", width = 1); } }
        "#,
        expect![[r#"
            demo::silent -> demo::a: use
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn own_items_before_the_standard_prelude() {
    check(
        r#"
        mod a { pub struct Option; pub struct Vec; pub enum E { None } }
        mod user { use crate::a::Option; fn f(_: Option) {} }
        mod globbed { use crate::a::*; fn f(_: Vec) {} }
        mod silent { fn f(_: Option<Vec<u8>>) {} }
        "#,
        expect![[r#"
            demo::globbed -> demo::a: use signature
            demo::user -> demo::a: use signature"#]],
    );
}

#[test]
fn type_named_like_a_primitive() {
    check(
        r#"
        mod a { pub struct u8; pub mod str { pub fn f() {} } }
        mod user { use crate::a::u8; fn f(_: u8) {} }
        mod module { use crate::a::str; fn f() { str::f(); } }
        mod silent { fn f(_: u8) -> &'static str { u8::MAX; str::len("") } }
        "#,
        expect![[r#"
            demo::module -> demo::a::str: use body
            demo::user -> demo::a: use signature"#]],
    );
}

#[test]
fn the_self_type_is_no_dependency() {
    check(
        r#"
        mod a { pub struct S; }
        mod silent { struct S; impl S { fn f() -> Self { Self::g(); Self } fn g() {} } enum E { One } impl E { const X: E = Self::One; } }
        "#,
        expect![""],
    );
}

#[test]
fn comments() {
    check(
        r#"
        mod a { pub struct A; pub fn f() {} }
        mod user { fn g() { crate::a::f(); /* so */ } }
        mod silent {
            // use crate::a::A;
            /* crate::a::f(); /* nested crate::a::f() */ crate::a::f(); */
            fn g() { /* crate::a::f() */ }
        }
        "#,
        expect!["demo::user -> demo::a: body"],
    );
}

#[test]
fn doc_comments() {
    check(
        r#"
        mod a { pub struct A; pub fn f() {} }
        /// See [`crate::a::A`] and [A](crate::a::A).
        ///
        /// ```
        /// use demo::a::A;
        /// ```
        mod silent {
            //! Inner: crate::a::f().
            /** Block: crate::a::A */
            #[doc = "crate::a::A"]
            #[doc(alias = "crate::a::A")]
            fn g() {}
        }
        "#,
        expect![""],
    );
}

#[test]
fn strings() {
    check(
        r##"
        mod a { pub struct A; pub const N: u8 = 1; }
        mod silent {
            fn g() {
                let _ = "use crate::a::A;";
                let _ = r#"crate::a::A"#;
                let _ = b"crate::a::A";
                let _ = "{crate::a::N}";
                let _ = 'a';
                println!("crate::a::A {{N}}");
                include_str!("crate::a::A");
            }
        }
        "##,
        expect![""],
    );
}

#[test]
fn blocks_shadow_inwards_only() {
    check(
        r#"
        mod a { pub struct A; }
        mod user { use crate::a::A; fn f() { { struct A; let _: A; } let _: A; } }
        mod silent { use crate::a::A; fn f() { struct A; { let _: A; } } }
        "#,
        expect![[r#"
            demo::silent -> demo::a: use
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn constants_in_patterns_and_variables() {
    check(
        r#"
        mod a { pub const LIMIT: u8 = 1; pub struct Unit; pub static lower: u8 = 1; }
        mod user { use crate::a::LIMIT; fn f(x: u8) { match x { LIMIT => {} _ => {} } } }
        mod unit { use crate::a::Unit; fn f() { let Unit = g(); } fn g() -> u8 { 1 } }
        mod silent { use crate::a::LIMIT; fn f(x: u8) { match x { limit => { limit; } } } }
        "#,
        expect![[r#"
            demo::silent -> demo::a: use
            demo::unit -> demo::a: use body
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn functions_in_a_block_are_known_before_their_line() {
    check(
        r#"
        mod a { pub fn run() {} }
        mod silent { use crate::a::run; fn f() { run(); fn run() {} } }
        mod inner_only { use crate::a::run; fn f() { run(); { fn run() {} } } }
        "#,
        expect![[r#"
            demo::inner_only -> demo::a: use body
            demo::silent -> demo::a: use"#]],
    );
}

#[test]
fn bindings_end_with_their_branch() {
    check(
        r#"
        mod a { pub fn run() {} }
        mod else_branch { use crate::a::run; fn f(x: Option<fn()>) { if let Some(run) = x { run() } else { run() } } }
        mod next_arm { use crate::a::run; fn f(x: Option<fn()>) { match x { Some(run) => run(), None => run() } } }
        mod chain { use crate::a::run; fn f(x: Option<fn()>) { if let Some(run) = x && g(run) { run() } } fn g(_: fn()) -> bool { true } }
        mod guard { use crate::a::run; fn f(x: Option<fn() -> bool>) { match x { Some(run) if run() => {} _ => {} } } }
        mod let_else { use crate::a::run; fn f(x: Option<fn()>) { let Some(run) = x else { return }; run(); } }
        mod subpattern { use crate::a::run; fn f(x: fn()) { let run @ _ = x; run(); } }
        mod by_reference { use crate::a::run; fn f(x: fn()) { let ref mut run = x; run(); } }
        mod while_let { use crate::a::run; fn f(mut x: Vec<fn()>) { while let Some(run) = x.pop() { run() } } }
        mod or_pattern { use crate::a::run; fn f(x: Result<fn(), fn()>) { let (Ok(run) | Err(run)) = x; run(); } }
        mod tuple { use crate::a::run; fn f((run, [_, ..]): (fn(), [u8; 2])) { run(); } }
        "#,
        expect![[r#"
            demo::by_reference -> demo::a: use
            demo::chain -> demo::a: use
            demo::else_branch -> demo::a: use body
            demo::guard -> demo::a: use
            demo::let_else -> demo::a: use
            demo::next_arm -> demo::a: use body
            demo::or_pattern -> demo::a: use
            demo::subpattern -> demo::a: use
            demo::tuple -> demo::a: use
            demo::while_let -> demo::a: use"#]],
    );
}

#[test]
fn field_shorthand_in_a_literal_is_a_value() {
    check(
        r#"
        mod a { pub const width: u8 = 1; }
        mod user { use crate::a::width; struct S { width: u8 } fn f() -> S { S { width } } }
        mod local { use crate::a::width; struct S { width: u8 } fn f(width: u8) -> S { S { width } } }
        "#,
        expect![[r#"
            demo::local -> demo::a: use
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn methods_and_associated_types_do_not_shadow() {
    check(
        r#"
        mod a { pub fn run() {} pub struct Item; }
        mod method { use crate::a::run; struct S; impl S { fn run() {} fn g() { run() } } }
        mod associated { use crate::a::Item; trait Tr { type Item; fn f(_: Item); } }
        mod variant { use crate::a::Item; enum E { Item } fn f() { E::Item; } }
        "#,
        expect![[r#"
            demo::associated -> demo::a: use signature
            demo::method -> demo::a: use body
            demo::variant -> demo::a: use"#]],
    );
}

#[test]
fn variables_in_upper_case() {
    check(
        r#"
        mod a { pub const N: u8 = 1; }
        mod user { use crate::a::N; fn f(x: u8) -> bool { matches!(x, N) } }
        mod silent { #[allow(non_snake_case)] fn f() { let N = 1; let (A, B) = (N, 2); g(A + B + N); println!("{A}"); } fn g(_: u8) {} }
        "#,
        expect!["demo::user -> demo::a: use body"],
    );
}

#[test]
fn documentation_attributes() {
    check(
        r#"
        mod a { pub struct A; }
        mod silent {
            #![doc = "crate::a::A"]
            #[doc = include_str!("crate/a/A.md")]
            #[deprecated(note = "use crate::a::A", since = "1.0")]
            #[must_use = "crate::a::A"]
            #[allow(dead_code, reason = "crate::a::A")]
            #[cfg_attr(docsrs, doc(cfg(feature = "a")))]
            fn f() {}
        }
        "#,
        expect![""],
    );
}

#[test]
fn nested_items_do_not_see_generics() {
    check(
        r#"
        mod a { pub struct T; }
        mod user { use crate::a::T; fn f<T>() { fn g(_: T) {} struct S(T); } }
        mod silent { use crate::a::T; fn f<T>() { let _: T; |_: T| 1; } }
        "#,
        expect![[r#"
            demo::silent -> demo::a: use
            demo::user -> demo::a: use signature"#]],
    );
}

#[test]
fn variants_of_a_local_enum() {
    check(
        r#"
        mod a { pub struct One; }
        mod silent { use crate::a::One; fn f() { enum E { One } use E::*; One; } }
        mod user { use crate::a::One; fn f() { enum E { One } One; E::One; } }
        "#,
        expect![[r#"
            demo::silent -> demo::a: use
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn a_constant_in_lower_case_in_a_pattern() {
    check_items(
        r#"
        mod limits { pub const low: u8 = 1; pub static high: u8 = 2; pub fn max() -> u8 { 3 } pub mod config {} }
        mod user { use crate::limits::{high, low as least}; fn f(x: u8) { match x { least => {} high => {} _ => {} } } }
        mod own { const zero: u8 = 0; fn f(x: u8) { if let zero = x {} } }
        mod silent {
            use crate::limits::{config, max};
            fn f(x: u8) { match x { max => max, config => config, low => low }; let config = 1; config; }
        }
        "#,
        expect![[r#"
            demo::own::f -> demo::own::zero: body
            demo::silent -> demo::limits::config: use
            demo::silent -> demo::limits::max: use
            demo::user -> demo::limits::high: use
            demo::user -> demo::limits::low: use
            demo::user::f -> demo::limits::high: body
            demo::user::f -> demo::limits::low: body"#]],
    );
}
