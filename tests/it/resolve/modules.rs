//! Which file is which module, and what conditions make of it.

use expect_test::expect;

use crate::resolve::{check, check_items, module_ids, read, with_header};
use archlint::adapters::memory::Memory;

/// Ids of the modules of a fixture.
fn modules(fixture: &str) -> Vec<String> {
    module_ids(&read(&Memory::parse(&with_header(fixture))).graph)
}

#[test]
fn files_and_mod_rs() {
    check(
        r#"
        //- /src/lib.rs
        mod a;
        mod b;
        //- /src/a.rs
        pub mod inner;
        use inner::I;
        //- /src/a/inner.rs
        pub struct I;
        use super::super::b::inner::J;
        //- /src/b/mod.rs
        pub mod inner;
        //- /src/b/inner.rs
        pub struct J;
        //- /src/inner.rs
        use crate::b::inner::J;
        "#,
        expect![[r#"
            demo::a -> demo::a::inner: use
            demo::a::inner -> demo::b::inner: use
            orphan: src/inner.rs"#]],
    );
}

#[test]
fn path_attribute() {
    check(
        r#"
        //- /src/lib.rs
        #[path = "elsewhere/x.rs"]
        mod a;
        mod user;
        //- /src/elsewhere/x.rs
        mod child;
        pub struct A;
        //- /src/elsewhere/child.rs
        use super::A;
        //- /src/user.rs
        use crate::a::A;
        #[path = "beside.rs"]
        mod own;
        //- /src/beside.rs
        use crate::a::A;
        "#,
        expect![[r#"
            demo::a::child -> demo::a: use
            demo::user -> demo::a: use
            demo::user::own -> demo::a: use"#]],
    );
}

#[test]
fn path_attribute_outside_the_package() {
    check(
        r#"
        //- /Cargo.toml
        [workspace]
        members = ["app"]
        //- /app/Cargo.toml
        [package]
        name = "app"
        edition = "2021"
        //- /app/src/lib.rs
        #[path = "../../shared/x.rs"]
        mod x;
        mod y { pub struct Y; }
        //- /shared/x.rs
        use crate::y::Y;
        #[path = "deeper.rs"]
        mod deeper;
        //- /shared/deeper.rs
        use crate::y::Y;
        "#,
        expect![[r#"
            app::x -> app::y: use
            app::x::deeper -> app::y: use"#]],
    );
}

#[test]
fn nested_file_modules_inside_inline_modules() {
    check(
        r#"
        //- /src/lib.rs
        mod outer { pub mod inner; pub mod mid { pub mod deep; } }
        mod a { pub struct A; }
        //- /src/outer/inner.rs
        use crate::a::A;
        //- /src/outer/mid/deep.rs
        use crate::a::A;
        //- /src/inner.rs
        use crate::a::A;
        "#,
        expect![[r#"
            demo::outer::inner -> demo::a: use
            demo::outer::mid::deep -> demo::a: use
            orphan: src/inner.rs"#]],
    );
}

#[test]
fn file_modules_inside_inline_modules_of_a_file() {
    check(
        r#"
        //- /src/lib.rs
        mod a;
        mod t { pub struct T; }
        //- /src/a.rs
        mod inline { mod deep; #[path = "custom.rs"] mod named; }
        //- /src/a/inline/deep.rs
        use crate::t::T;
        //- /src/a/inline/custom.rs
        use crate::t::T;
        "#,
        expect![[r#"
            demo::a::inline::deep -> demo::t: use
            demo::a::inline::named -> demo::t: use"#]],
    );
}

#[test]
fn path_on_an_inline_module() {
    check(
        r#"
        //- /src/lib.rs
        #[path = "other"]
        mod inline { mod x; }
        mod t { pub struct T; }
        //- /src/other/x.rs
        use crate::t::T;
        //- /src/inline/x.rs
        "#,
        expect![[r#"
            demo::inline::x -> demo::t: use
            orphan: src/inline/x.rs"#]],
    );
}

#[test]
fn one_file_in_two_targets() {
    check(
        r#"
        //- /src/lib.rs
        pub mod shared;
        pub mod lib_only { pub struct L; }
        //- /src/main.rs
        mod shared;
        mod lib_only { pub struct L; }
        use demo::lib_only::L;
        //- /src/shared.rs
        use crate::lib_only::L;
        "#,
        expect![[r#"
            demo::shared -> demo::lib_only: use
            demo@bin -> demo::lib_only: use
            demo@bin::shared -> demo@bin::lib_only: use"#]],
    );
}

#[test]
fn one_file_as_two_modules() {
    check(
        r#"
        //- /src/lib.rs
        #[path = "same.rs"] mod one;
        #[path = "same.rs"] mod two;
        mod t { pub struct T; }
        //- /src/same.rs
        use crate::t::T;
        use super::t::T as Again;
        "#,
        expect![[r#"
            demo::one -> demo::t: use
            demo::two -> demo::t: use"#]],
    );
}

#[test]
fn included_source() {
    check(
        r#"
        //- /src/lib.rs
        mod a { pub struct A; }
        mod user { include!("part.in.rs"); fn g(_: Part) {} }
        mod other { use crate::user::Part; }
        mod in_function { fn f() { include!("expr.in.rs"); } }
        mod silent { const TEXT: &str = include_str!("part.in.rs"); }
        //- /src/part.in.rs
        use crate::a::A;
        pub struct Part;
        //- /src/expr.in.rs
        fn unused() { crate::a::A; }
        "#,
        expect![[r#"
            demo::in_function -> demo::a: body
            demo::other -> demo::user: use
            demo::user -> demo::a: use"#]],
    );
}

#[test]
fn generated_includes_are_not_missed() {
    check(
        r#"
        mod a { include!(concat!(env!("OUT_DIR"), "/x.rs")); }
        mod user { use crate::a::Made; }
        "#,
        expect![[r#"
            demo::user -> demo::a: use
            unresolved (no-such-name): Made"#]],
    );
}

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
fn module_in_a_block() {
    check(
        r#"
        mod a { pub struct A; }
        mod user { fn f() { mod local { pub use crate::a::A; pub fn g() {} } local::g(); let _: local::A; } }
        mod silent { fn f() { mod a { pub struct A; } a::A; } }
        "#,
        expect![[r#"
            demo::silent -> demo::silent::a: body
            demo::user -> demo::a: body via demo::user::local
            demo::user -> demo::user::local: body
            demo::user::local -> demo::a: re-export"#]],
    );
}

#[test]
fn mod_lines_are_no_dependency() {
    check("mod a { pub mod b { pub mod c {} } } pub(crate) mod d {}", expect![""]);
}

#[test]
fn missing_module_file() {
    check(
        r#"
        //- /src/lib.rs
        mod gone;
        #[cfg(windows)] mod elsewhere;
        mod user { use crate::gone::A; }
        "#,
        expect![[r#"
            demo::user -> demo::gone: use
            unresolved (no-such-name): A
            lost: no file for module `elsewhere`: looked for `src/elsewhere.rs`, `src/elsewhere/mod.rs`
            missing: no file for module `gone`: looked for `src/gone.rs`, `src/gone/mod.rs`"#]],
    );
}

#[test]
fn file_that_contains_itself() {
    assert_eq!(
        modules(
            "//- /src/lib.rs\n#[path = \"lib.rs\"] mod again;\nmod a { #[path = \"../lib.rs\"] mod b; }\n"
        ),
        ["demo", "demo::a"],
    );
}

#[test]
fn raw_module_names_have_plain_files() {
    check(
        r#"
        //- /src/lib.rs
        mod r#type;
        mod a { pub struct A; }
        //- /src/type.rs
        use crate::a::A;
        "#,
        expect!["demo::type -> demo::a: use"],
    );
}

#[test]
fn byte_order_mark_and_shebang() {
    check(
        "//- /src/lib.rs\n\u{feff}mod a;\nmod b { pub struct B; }\n//- /src/a.rs\n#!/usr/bin/env run\nuse crate::b::B;\n",
        expect!["demo::a -> demo::b: use"],
    );
}

#[test]
fn a_piece_that_does_not_parse_loses_only_itself() {
    check(
        r#"
        //- /src/lib.rs
        mod a;
        mod b { pub struct B; }
        //- /src/a.rs
use crate::b::B;
fn f(x y) {}
fn g(_: B) {}
        "#,
        expect![[r#"
            demo::a -> demo::b: use signature
            lost: expected `:`"#]],
    );
}
