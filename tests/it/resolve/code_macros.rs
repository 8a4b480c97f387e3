//! Calls of the workspace's own `macro_rules!` in code: what the rule that matches names is a
//! dependency of the caller. What the arguments name is read where they stand.

use expect_test::expect;

use crate::resolve::{check, check_items};

#[test]
fn the_rule_that_matches_is_the_one_that_counts() {
    check(
        r#"
        mod a { pub fn one() {} }
        mod b { pub fn many() {} }
        macro_rules! run { () => { crate::a::one() }; ($($x:expr),+) => { crate::b::many(); $($x);+ } }
        mod none { fn f() { run!() } }
        mod some { fn f() { let x = run!(1, 2); } }
        mod silent { fn f() { run!(fn nothing takes this) } }
        "#,
        expect![[r#"
            demo::none -> demo: macro
            demo::none -> demo::a: body
            demo::silent -> demo: macro
            demo::some -> demo: macro
            demo::some -> demo::b: body"#]],
    );
}

#[test]
fn a_macro_that_calls_itself() {
    check(
        r#"
        mod a { pub fn add(x: u8) -> u8 { x } }
        mod b { pub fn end() -> u8 { 0 } }
        macro_rules! sum {
            (@end) => { crate::b::end() };
            ($x:expr) => { crate::a::add($x) + sum!(@end) };
            ($x:expr, $($rest:tt)+) => { crate::a::add($x) + sum!($($rest)+) };
        }
        mod user { fn f() -> u8 { 1 + sum!(1, 2, 3) } }
        mod end { fn f() -> u8 { sum!(@end) } }
        "#,
        expect![[r#"
            demo::end -> demo: macro
            demo::end -> demo::b: body
            demo::user -> demo: macro
            demo::user -> demo::a: body
            demo::user -> demo::b: body"#]],
    );
}

#[test]
fn paths_made_of_the_macros_words_and_the_arguments() {
    check_items(
        r#"
        mod errors { pub struct Late; pub struct Never; }
        mod db { pub fn open() {} }
        macro_rules! fail { ($name:ident) => { $crate::errors::$name }; ($name:ident, $why:expr) => { ($crate::errors::$name, $why) } }
        macro_rules! open { ($module:ident) => { $module::open() }; () => {} }
        mod user { fn f() { fail!(Late); } }
        mod opener { use crate::db; fn f() { open!(db); } }
        mod silent { fn f() { open!(); } }
        "#,
        expect![[r#"
            demo::opener -> demo::db: use
            demo::opener::f -> demo::db::open: body
            demo::opener::f -> demo::open: macro
            demo::silent::f -> demo::open: macro
            demo::user::f -> demo::errors::Late: body
            demo::user::f -> demo::fail: macro"#]],
    );
}

#[test]
fn arguments_are_read_where_they_stand_and_not_again() {
    check(
        r#"
        mod a { pub struct T; pub fn check(_: &T) {} }
        mod user {
            macro_rules! both { ($x:expr) => { crate::a::check($x) }; ($x:expr, $y:expr) => { ($x, $y) } }
            fn T() {}
            fn f(check: &crate::a::T) { both!(check); }
            fn g() { let T = 1; both!(T, T); }
        }
        mod shadowed { mod a { pub fn check() {} } fn f(a: u8) { let check = a; } }
        "#,
        expect!["demo::user -> demo::a: signature body"],
    );
}

#[test]
fn names_of_the_macro_are_looked_up_where_it_is_called() {
    check(
        r#"
        mod a { pub fn find() {} }
        mod b { pub fn find() {} }
        macro_rules! find { () => { find() }; (twice) => { find(); find() } }
        mod first { use crate::a::find; fn f() { find!() } }
        mod second { use crate::b::find; fn f() { find!(twice) } }
        mod silent { fn find() {} fn f() { find!() } }
        "#,
        expect![[r#"
            demo::first -> demo: macro
            demo::first -> demo::a: use body
            demo::second -> demo: macro
            demo::second -> demo::b: use body
            demo::silent -> demo: macro"#]],
    );
}

#[test]
fn names_that_the_macro_binds_hide_items() {
    check(
        r#"
        mod a { pub fn run() {} pub struct Job; }
        use a::run;
        macro_rules! job { ($j:expr) => { { let run = $j; run } }; () => { run() } }
        mod user { use crate::a::run; fn f() { job!(1); } }
        mod caller { use crate::a::run as other; use super::run; fn f() { job!(); } }
        "#,
        expect![[r#"
            demo -> demo::a: use
            demo::caller -> demo: macro
            demo::caller -> demo::a: use
            demo::caller -> demo::a: use body via demo
            demo::user -> demo: macro
            demo::user -> demo::a: use"#]],
    );
}

#[test]
fn dollar_crate_in_code_is_the_crate_of_the_macro() {
    check(
        r#"
        //- /app.rs crate:app deps:core-lib
        mod log { pub fn write() {} }
        mod user { fn f() { core_lib::note!("x", 1); } }
        mod silent { fn f() { core_lib::note!(); } }
        //- /core.rs crate:core-lib
        pub mod log { pub fn write(_: &str) {} }
        #[macro_export] macro_rules! note { () => {}; ($($x:expr),*) => { $crate::log::write(stringify!($($x),*)) } }
        "#,
        expect![[r#"
            app::silent -> core_lib: macro
            app::user -> core_lib: macro
            app::user -> core_lib::log: body"#]],
    );
}

#[test]
fn macros_in_types_and_patterns() {
    check(
        r#"
        mod a { pub struct Id<T>(T); pub enum Kind { One, Two } }
        macro_rules! id { ($t:ty) => { crate::a::Id<$t> }; () => { crate::a::Id<u8> } }
        macro_rules! kind { (one) => { crate::a::Kind::One }; (any) => { _ } }
        mod typed { fn f(_: id!(u16)) -> Option<id!()> { None } }
        mod matched { fn f(k: u8) { match k { kind!(one) => {} _ => {} } } }
        mod silent { fn f(k: u8) { match k { kind!(any) => {} } } }
        "#,
        expect![[r#"
            demo::matched -> demo: macro
            demo::matched -> demo::a: body
            demo::silent -> demo: macro
            demo::typed -> demo: macro
            demo::typed -> demo::a: body"#]],
    );
}

#[test]
fn a_macro_that_calls_another() {
    check(
        r#"
        mod a { pub fn inner() {} }
        macro_rules! inner { (x) => { crate::a::inner() }; (y) => {} }
        macro_rules! outer { ($x:ident) => { inner!($x) }; () => { inner!(y) } }
        mod user { fn f() { outer!(x) } }
        mod silent { fn f() { outer!() } }
        "#,
        expect![[r#"
            demo::silent -> demo: macro
            demo::user -> demo: macro
            demo::user -> demo::a: body"#]],
    );
}

#[test]
fn constants_outside_of_functions() {
    check_items(
        r#"
        mod a { pub const fn make() -> u8 { 1 } }
        macro_rules! made { () => { crate::a::make() }; ($x:expr) => { { fn helper() {} $x } } }
        mod user { const X: u8 = made!(); static Y: u8 = made!(2); }
        mod silent { fn f() { helper(); } }
        "#,
        expect![[r#"
            demo::user::X -> demo::a::make: body
            demo::user::X -> demo::made: macro
            demo::user::Y -> demo::made: macro
            unresolved (unknown-name): helper"#]],
    );
}

#[test]
fn a_definition_handed_through_another_macro() {
    check(
        r#"
        mod a { pub fn one() {} pub fn two() {} }
        macro_rules! doc { ($(#[$m:meta])* macro_rules! $name:ident { $($body:tt)* }) => { $(#[$m])* macro_rules! $name { $($body)* } } }
        macro_rules! cfg_x { ($($item:item)*) => { $(#[cfg(feature = "x")] $item)* } }
        doc! { /** Docs. */ #[macro_export] macro_rules! first { () => { $crate::a::one() }; ($x:expr) => { $x } } }
        cfg_x! { macro_rules! second { ($x:expr) => { $x }; () => { crate::a::two() } } }
        mod user { fn f() { first!(); } fn g() { second!(); } }
        mod silent { fn f() { first!(1); second!(2); } }
        "#,
        expect![[r#"
            demo::silent -> demo: macro
            demo::user -> demo: macro
            demo::user -> demo::a: body"#]],
    );
}

#[test]
fn a_macro_without_an_end_brings_nothing() {
    check(
        r#"
        mod a { pub fn one() {} }
        macro_rules! endless { ($x:expr) => { crate::a::one() + endless!($x) }; () => { endless!(1) } }
        mod user { fn f() { endless!(); } }
        "#,
        expect!["demo::user -> demo: macro"],
    );
}

#[test]
fn members_of_impls_and_traits() {
    check(
        r#"
        mod a { pub struct Out; pub fn make() -> Out { Out } pub fn none() {} }
        mod names { pub fn build() {} }
        macro_rules! methods {
            ($($name:ident),+) => { $(fn $name() -> crate::a::Out { $crate::a::make() })+ };
            () => { fn build() {} };
        }
        mod user { struct S; impl S { methods!(one, two); } }
        mod asked { trait T { methods!(one); } }
        mod silent { use crate::names::build; struct S; impl S { methods!(); } }
        "#,
        expect![[r#"
            demo::asked -> demo: macro
            demo::asked -> demo::a: signature body
            demo::silent -> demo: macro
            demo::silent -> demo::names: use
            demo::user -> demo: macro
            demo::user -> demo::a: signature body"#]],
    );
}

#[test]
fn a_macro_in_a_function_names_the_variables_of_that_function() {
    check(
        r#"
        mod a { pub fn add(_: u8, _: u8) {} }
        mod user {
            fn f() { let set = 1; macro_rules! bind { ($($x:expr),*) => { $(crate::a::add(set, $x);)* }; } bind!(1, 2); }
        }
        mod silent { fn f() { let set = 1; macro_rules! bind { ($x:expr) => { set + $x }; } bind!(1); } }
        "#,
        expect!["demo::user -> demo::a: body"],
    );
}
