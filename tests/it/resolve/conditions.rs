//! `cfg` in all its forms: every branch is read, only test code is told apart.

use expect_test::expect;

use crate::resolve::{check, check_items};

#[test]
fn cfg_twins_are_both_read() {
    check_items(
        r#"
        mod a { pub struct A; }
        mod b { pub struct B; }
        mod sys {
            #[cfg(unix)] pub fn open() { crate::a::A; }
            #[cfg(windows)] pub fn open() { crate::b::B; }
            #[cfg(feature = "x")] use crate::a::A as Handle;
            #[cfg(not(feature = "x"))] use crate::b::B as Handle;
            fn f(_: Handle) {}
        }
        mod user { fn f() { crate::sys::open(); } }
        "#,
        expect![[r#"
            demo::sys -> demo::a::A: use
            demo::sys -> demo::b::B: use
            demo::sys::f -> demo::a::A: signature
            demo::sys::f -> demo::b::B: signature
            demo::sys::open -> demo::a::A: body
            demo::sys::open#2 -> demo::b::B: body
            demo::user::f -> demo::sys::open: body
            demo::user::f -> demo::sys::open#2: body"#]],
    );
}

#[test]
fn cfg_twin_modules() {
    check(
        r#"
        //- /src/lib.rs
        #[cfg(unix)] #[path = "unix.rs"] mod sys;
        #[cfg(windows)] #[path = "windows.rs"] mod sys;
        #[cfg(not(any(unix, windows)))] mod sys { pub struct Handle; }
        mod user { use crate::sys::Handle; }
        mod a { pub struct A; }
        mod b { pub struct B; }
        //- /src/unix.rs
        pub struct Handle;
        use crate::a::A;
        //- /src/windows.rs
        pub struct Handle;
        use crate::b::B;
        "#,
        expect![[r#"
            demo::sys -> demo::a: use
            demo::sys -> demo::b: use
            demo::user -> demo::sys: use"#]],
    );
}

#[test]
fn cfg_attr_path() {
    check(
        r#"
        //- /src/lib.rs
        #[cfg_attr(unix, path = "unix.rs")]
        #[cfg_attr(windows, path = "windows.rs")]
        mod sys;
        mod a { pub struct A; }
        mod b { pub struct B; }
        //- /src/unix.rs
        use crate::a::A;
        //- /src/windows.rs
        use crate::b::B;
        "#,
        expect![[r#"
            demo::sys -> demo::a: use
            demo::sys -> demo::b: use"#]],
    );
}

#[test]
fn cfg_test_is_test_code() {
    check(
        r#"
        //- /src/lib.rs
        mod a { pub struct A; pub fn f() {} }
        mod user { #[cfg(test)] use crate::a::A; fn g() { #[cfg(test)] crate::a::f(); } }
        mod inner { #[cfg(test)] mod tests { use crate::a::A; } }
        #[cfg(all(test, unix))] mod unix_tests;
        #[cfg(any(test, feature = "x"))] mod either { use crate::a::A; }
        //- /src/unix_tests.rs
        use crate::a::A;
        mod below { use crate::a::A; }
        "#,
        expect![[r#"
            demo::either -> demo::a: use
            demo::inner::tests -> demo::a: use [test]
            demo::unix_tests -> demo::a: use [test]
            demo::unix_tests::below -> demo::a: use [test]
            demo::user -> demo::a: use body [test]"#]],
    );
}

#[test]
fn whole_file_under_cfg_test() {
    check(
        r#"
        //- /src/lib.rs
        mod a { pub struct A; }
        mod helpers;
        //- /src/helpers.rs
        #![cfg(test)]
        use crate::a::A;
        "#,
        expect!["demo::helpers -> demo::a: use [test]"],
    );
}

#[test]
fn not_test_is_production_code() {
    check(
        r#"
        mod real { pub struct Clock; }
        mod fake { pub struct Clock; }
        mod user { #[cfg(not(test))] use crate::real::Clock; #[cfg(test)] use crate::fake::Clock; fn f(_: Clock) {} }
        mod expression { fn f() { if cfg!(not(test)) { crate::real::Clock; } } }
        "#,
        expect![[r#"
            demo::expression -> demo::real: body
            demo::user -> demo::fake: use [test]
            demo::user -> demo::real: use signature"#]],
    );
}

#[test]
fn test_code_sees_what_tests_have() {
    check(
        r#"
        #[cfg(test)] mod helpers { pub fn make() {} }
        mod user { #[cfg(test)] mod tests { use crate::helpers::make; #[test] fn t() { make(); } } }
        mod silent { mod helpers { pub fn make() {} } fn f() { self::helpers::make(); } }
        "#,
        expect![[r#"
            demo::silent -> demo::silent::helpers: body
            demo::user::tests -> demo::helpers: use body [test]"#]],
    );
}

#[test]
fn conditions_on_small_things() {
    check(
        r#"
        mod a { pub struct A; pub fn f() {} }
        mod field { struct S { #[cfg(test)] x: crate::a::A } }
        mod variant { enum E { #[cfg(test)] One(crate::a::A), Two } }
        mod arm { fn g() { match 1 { #[cfg(test)] 1 => crate::a::f(), _ => {} } } }
        mod statement { fn g() { #[cfg(test)] let _ = crate::a::f(); } }
        mod block { fn g() { #[cfg(test)] { crate::a::f(); } } }
        mod method { struct S; impl S { #[cfg(test)] fn g() { crate::a::f(); } } }
        mod assignment { fn g() { let mut x; #[cfg(test)] x = crate::a::f(); } }
        mod argument { fn g() { [#[cfg(test)] crate::a::f(), 1]; } }
        mod pattern { fn g(x: S) { let S { #[cfg(test)] y: crate::a::A, .. } = x; } struct S; }
        mod other_statement { fn g() { #[cfg(test)] x(); crate::a::f(); } fn x() {} }
        mod whole_impl { struct S; #[cfg(test)] impl S { fn g() { crate::a::f(); } } }
        mod literal_field { struct S { x: () } fn g() { S { #[cfg(test)] x: crate::a::f() }; } }
        mod parameter { fn g(#[cfg(test)] x: crate::a::A) {} }
        mod import { #[cfg(test)] use crate::a::A; }
        mod feature { #[cfg(feature = "x")] use crate::a::A; }
        "#,
        expect![[r#"
            demo::argument -> demo::a: body [test]
            demo::arm -> demo::a: body [test]
            demo::assignment -> demo::a: body [test]
            demo::block -> demo::a: body [test]
            demo::feature -> demo::a: use
            demo::field -> demo::a: signature [test]
            demo::import -> demo::a: use [test]
            demo::literal_field -> demo::a: body [test]
            demo::method -> demo::a: body [test]
            demo::other_statement -> demo::a: body
            demo::parameter -> demo::a: signature [test]
            demo::pattern -> demo::a: body [test]
            demo::statement -> demo::a: body [test]
            demo::variant -> demo::a: signature [test]
            demo::whole_impl -> demo::a: body [test]"#]],
    );
}

#[test]
fn conditions_written_in_many_ways() {
    check(
        r#"
        mod a { pub struct A; }
        mod any_test { #[cfg(any(test))] use crate::a::A; }
        mod twice { #[cfg(unix)] #[cfg(test)] use crate::a::A; }
        mod not_not { #[cfg(not(not(test)))] use crate::a::A; }
        mod attribute { #[cfg_attr(test, path = "x.rs")] mod inner { use crate::a::A; } }
        mod feature_named_test { #[cfg(feature = "test")] use crate::a::A; }
        mod target { #[cfg(target_os = "linux")] use crate::a::A; }
        mod inner_attribute { mod inside { #![cfg(test)] use crate::a::A; } }
        mod around { #[cfg(test)] mod outer { mod inner { use crate::a::A; } } }
        "#,
        expect![[r#"
            demo::any_test -> demo::a: use [test]
            demo::around::outer::inner -> demo::a: use [test]
            demo::attribute::inner -> demo::a: use
            demo::feature_named_test -> demo::a: use
            demo::inner_attribute::inside -> demo::a: use [test]
            demo::not_not -> demo::a: use [test]
            demo::target -> demo::a: use
            demo::twice -> demo::a: use [test]"#]],
    );
}

#[test]
fn a_conditional_import_hides_no_glob() {
    check(
        r#"
        mod unix { pub struct Handle; }
        mod windows { pub struct Handle; }
        mod sys {
            #[cfg(unix)] pub use crate::unix::*;
            #[cfg(windows)] pub use crate::windows::Handle;
        }
        mod user { use crate::sys::Handle; }
        mod plain { pub use crate::unix::*; pub use crate::windows::Handle; }
        mod other { use crate::plain::Handle; }
        "#,
        expect![[r#"
            demo::other -> demo::windows: use via demo::plain
            demo::plain -> demo::unix: re-export
            demo::plain -> demo::windows: re-export
            demo::sys -> demo::unix: re-export
            demo::sys -> demo::windows: re-export
            demo::user -> demo::unix: use via demo::sys
            demo::user -> demo::windows: use via demo::sys"#]],
    );
}
