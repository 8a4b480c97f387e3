//! Items that the workspace's own `macro_rules!` make, seen where they are called. What the arguments
//! name is a reference of the call too (`body`).

use archlint::adapters::memory::Memory;
use archlint::application::analyse::analyse;
use expect_test::expect;

use crate::resolve::{check, check_items};

#[test]
fn items_made_by_a_macro() {
    check(
        r#"
        mod a { pub struct T; }
        macro_rules! wrap { ($($name:ident),*) => { $(pub struct $name(pub crate::a::T);)* } }
        mod made { wrap!(One, Two); }
        mod user { use crate::made::One; fn f(_: crate::made::Two) {} }
        mod silent { use crate::made::Three; }
        "#,
        expect![[r#"
            demo::made -> demo: macro
            demo::made -> demo::a: signature
            demo::silent -> demo::made: use
            demo::user -> demo::made: use signature
            unresolved (no-such-name): Three"#]],
    );
}

#[test]
fn the_item_is_the_one_that_is_made() {
    check_items(
        r#"
        mod a { pub fn run() {} }
        macro_rules! function { ($name:ident) => { pub fn $name() { crate::a::run(); } } }
        function!(made);
        fn user() { made(); }
        "#,
        expect![[r#"
            demo -> demo::function: macro
            demo::made -> demo::a::run: body
            demo::user -> demo::made: body"#]],
    );
}

#[test]
fn modules_made_by_a_macro() {
    check(
        r#"
        //- /src/lib.rs
        mod a { pub struct T; }
        macro_rules! modules { ($($name:ident)*) => { $(pub mod $name;)* } }
        modules! { one two }
        mod user { use crate::one::One; use crate::two::Two; }
        //- /src/one.rs
        use crate::a::T;
        pub struct One;
        //- /src/two.rs
        pub struct Two;
        "#,
        expect![[r#"
            demo::one -> demo::a: use
            demo::user -> demo::one: use
            demo::user -> demo::two: use"#]],
    );
}

#[test]
fn imports_made_by_a_macro() {
    check(
        r#"
        mod a { pub struct T; }
        macro_rules! import { ($($path:path),*) => { $(use $path;)* } }
        mod user { import!(crate::a::T); fn f(_: T) {} }
        mod silent { struct T; fn f(_: T) {} }
        "#,
        expect![[r#"
            demo::user -> demo: macro
            demo::user -> demo::a: use signature body"#]],
    );
}

#[test]
fn impls_made_by_a_macro() {
    check(
        r#"
        mod ports { pub trait Name { fn name() -> u8; } }
        mod a { pub struct A; pub struct B; }
        macro_rules! named { ($($t:ty => $v:expr),* $(,)?) => { $(impl crate::ports::Name for $t { fn name() -> u8 { $v } })* } }
        mod user { use crate::a::A; named!(A => 1, crate::a::B => 2); }
        mod silent { struct A; named!(A => 1); }
        "#,
        expect![[r#"
            demo::silent -> demo: macro
            demo::silent -> demo::ports: impl
            demo::user -> demo: macro
            demo::user -> demo::a: use impl body
            demo::user -> demo::ports: impl"#]],
    );
}

#[test]
fn dollar_crate_is_the_crate_of_the_definition() {
    check(
        r#"
        //- /app.rs crate:app deps:core-lib
        mod inner { pub struct Wrong; }
        mod user { core_lib::make!(Made); }
        mod caller { use crate::user::Made; }
        //- /core.rs crate:core-lib
        pub mod inner { pub struct T; }
        #[macro_export] macro_rules! make { ($name:ident) => { pub struct $name($crate::inner::T); } }
        "#,
        expect![[r#"
            app::caller -> app::user: use
            app::user -> core_lib: macro
            app::user -> core_lib::inner: signature"#]],
    );
}

#[test]
fn names_in_the_arguments_are_those_of_the_caller() {
    check(
        r#"
        mod a { pub struct T; }
        mod macros { use crate::a::T; macro_rules! field { ($name:ident, $t:ty) => { pub struct $name($t); } } pub(crate) use field; }
        mod user { use crate::macros::field; struct T; field!(S, T); }
        mod far { use crate::macros::field; use crate::a::T; field!(S, T); }
        "#,
        expect![[r#"
            demo::far -> demo::a: use signature body
            demo::far -> demo::macros: use macro
            demo::macros -> demo::a: use
            demo::user -> demo::macros: use macro"#]],
    );
}

#[test]
fn the_rule_that_matches_is_expanded() {
    check(
        r#"
        mod a { pub struct T; } mod b { pub struct T; }
        mod macros {
            macro_rules! pick { (first $n:ident) => { pub struct $n(crate::a::T); }; (second $n:ident) => { pub struct $n(crate::b::T); }; }
            pub(crate) use pick;
        }
        mod first { crate::macros::pick!(first S); }
        mod second { crate::macros::pick!(second S); }
        mod neither { crate::macros::pick!(third S); }
        "#,
        expect![[r#"
            demo::first -> demo::a: signature
            demo::first -> demo::macros: macro
            demo::neither -> demo::macros: macro
            demo::second -> demo::b: signature
            demo::second -> demo::macros: macro"#]],
    );
}

#[test]
fn lifetimes_and_operators_are_one_tree_each() {
    check(
        r#"
        mod a { pub struct Größe; }
        macro_rules! made { ($n:ident <$l:tt> $arrow:tt $t:ty) => { pub struct $n<$l>(&$l $t, fn() $arrow crate::a::Größe); } }
        mod b { made!(S<'q> -> u8); }
        mod user { pub type X<'x> = crate::b::S<'x>; }
        "#,
        expect![[r#"
            demo::b -> demo: macro
            demo::b -> demo::a: signature
            demo::user -> demo::b: signature"#]],
    );
}

#[test]
fn documentation_is_an_attribute_to_the_rules() {
    check(
        r#"
        mod a { pub struct T; }
        macro_rules! made {
            ($n:ident, plain) => { made!(
                /// What it is.
                $n
            ); };
            ($(#[$m:meta])+ $n:ident) => { $(#[$m])+ pub struct $n(crate::a::T); };
        }
        mod b { made!(S, plain); }
        mod c { made!(
            /// Another.
            ///
            /// With more.
            R
        ); }
        "#,
        expect![[r#"
            demo::b -> demo: macro
            demo::b -> demo::a: signature
            demo::c -> demo: macro
            demo::c -> demo::a: signature"#]],
    );
}

#[test]
fn statements_keep_their_semicolons() {
    check(
        r#"
        mod a { pub fn f() -> u8 { 1 } pub fn g() {} }
        macro_rules! run { ($n:ident => { $($s:stmt)* }) => { pub fn $n() { $($s)*; crate::a::g() } } }
        mod b { run!(all => { let x = crate::a::f(); drop(x); }); }
        "#,
        expect![[r#"
            demo::b -> demo: macro
            demo::b -> demo::a: body"#]],
    );
}

#[test]
fn macros_that_call_macros() {
    check(
        r#"
        mod a { pub struct T; }
        macro_rules! one { ($n:ident) => { pub struct $n(crate::a::T); } }
        macro_rules! many { ($($n:ident)*) => { $(one!($n);)* } }
        mod made { many!(A B); }
        mod user { use crate::made::B; }
        "#,
        expect![[r#"
            demo::made -> demo: macro
            demo::made -> demo::a: signature
            demo::user -> demo::made: use"#]],
    );
}

#[test]
fn test_code_made_by_a_macro() {
    check(
        r#"
        mod a { pub fn run() {} }
        mod macros { macro_rules! test_it { ($n:ident) => { #[test] fn $n() { crate::a::run(); } } } pub(crate) use test_it; }
        mod user { #[cfg(test)] mod tests { crate::macros::test_it!(works); } }
        mod own { crate::macros::test_it!(works); }
        "#,
        expect![[r#"
            demo::own -> demo::a: body [test]
            demo::own -> demo::macros: macro
            demo::user::tests -> demo::a: body [test]
            demo::user::tests -> demo::macros: macro [test]"#]],
    );
}

#[test]
fn macros_that_never_end() {
    check(
        r#"
        mod a { pub struct T; }
        macro_rules! forever { ($($t:tt)*) => { forever!($($t)* x); } }
        mod silent { forever!(); }
        mod user { use crate::a::T; }
        "#,
        expect![[r#"
            demo::silent -> demo: macro
            demo::user -> demo::a: use"#]],
    );
}

#[test]
fn only_what_is_written_counts_as_read() {
    let fixture = "//- /src/lib.rs\nmacro_rules! make { ($name:ident) => { struct $name; } }\nmake!(A);\nmake!(B);\n\
                   unknown!(c);\n";
    let coverage = analyse(&Memory::parse(fixture)).expect("there is a manifest").coverage;
    assert_eq!((coverage.files, coverage.lines, coverage.items), (1, 4, 3));
    assert_eq!(coverage.opaque_macros, [("unknown".to_owned(), 1)]);
}

#[test]
fn macros_made_by_a_macro() {
    check_items(
        r#"
        //- /base.rs crate:base
        pub struct Unit;
        #[macro_export]
        macro_rules! system {
            ($name:ident: $($of:ident),*) => {
                macro_rules! $name {
                    ($V:ty) => { $(pub type $of = $crate::Wrapped<$V>;)* };
                    () => { pub struct Plain($crate::Unit); };
                }
            };
        }
        pub struct Wrapped<T>(T);
        //- /lib.rs crate:demo deps:base
        base::system! { quantities: Length, Time }
        mod a { pub struct F; quantities!(F); }
        mod b { quantities!(); }
        mod user { fn f(_: crate::a::Length) {} }
        mod silent { macro_rules! quantities { ($V:ty) => { pub struct Length; } } quantities!(u8); fn f(_: Length) {} }
        "#,
        expect![[r#"
            demo -> base::system: macro
            demo::a -> demo::a::F: body
            demo::a -> demo::quantities: macro
            demo::a::Length -> base::Wrapped: signature
            demo::a::Length -> demo::a::F: signature
            demo::a::Time -> base::Wrapped: signature
            demo::a::Time -> demo::a::F: signature
            demo::b -> demo::quantities: macro
            demo::b::Plain -> base::Unit: signature
            demo::silent -> demo::silent::quantities: macro
            demo::silent::f -> demo::silent::Length: signature
            demo::user::f -> demo::a::Length: signature"#]],
    );
}

#[test]
fn statements_that_make_items_and_variables() {
    check(
        r#"
        //- /lib.rs crate:demo deps:outer
        #[macro_use] extern crate outer;
        mod base { pub struct Pool; pub trait Pooled { fn take() {} } pub struct Of; }
        mod names { pub fn cell() {} pub const a: u8 = 0; }
        macro_rules! pool { ($name:ident: $of:ty) => { struct $name; impl crate::base::Pooled for $name {} } }
        mod user {
            fn f() { pool!(MyPool: crate::base::Of); MyPool::take(); }
            fn g() { lazy_static! { static ref KNOWN: u8 = 1; } use_it(&KNOWN); }
            fn h() { bind!(made); made.go(made); bind!(crate::names::cell()); }
            fn use_it(_: &u8) {}
        }
        "#,
        expect![[r#"
            demo -> ext:outer: use
            demo::user -> demo: macro
            demo::user -> demo::base: impl body
            demo::user -> demo::names: body
            demo::user -> ext:outer: macro"#]],
    );
}

#[test]
fn the_sign_of_variables_is_handed_to_another_macro() {
    check(
        r##"
        mod a { pub fn log() {} }
        #[macro_use] mod macros {
            macro_rules! declare { ($name:ident $level:ident) => ( declare!([$] $name $level); );
              ([$d:tt] $name:ident $level:ident) => ( macro_rules! $name { ($d ($t:tt)*) => ({ $crate::a::log() }) } ); }
            macro_rules! declare_all { ($($name:ident $level:ident),* $(,)?) => ( $(declare!($name $level);)* ) }
            declare_all!(error ERROR, warn WARN);
        }
        mod user { fn f() { error!("x {}", 1); } }
        mod user2 { fn f() { warn!(target: "x", "y"); } }
        "##,
        expect![[r#"
            demo::user -> demo::a: body
            demo::user -> demo::macros: macro
            demo::user2 -> demo::a: body
            demo::user2 -> demo::macros: macro"#]],
    );
}
