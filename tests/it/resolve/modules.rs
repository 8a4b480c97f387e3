//! Which file is which module.

use expect_test::expect;

use crate::resolve::check;

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
        mod user { use crate::a::Made; fn f(_: Made) {} }
        mod next { use crate::user_like::Made; fn f(_: Made, _: Missing) {} }
        mod user_like { pub use crate::a::Made; }
        "#,
        expect![[r#"
            demo::next -> demo::user_like: use
            demo::user -> demo::a: use
            demo::user_like -> demo::a: re-export
            unresolved (unknown-name): Missing"#]],
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
fn a_path_attribute_to_a_missing_file_means_no_other_file() {
    check(
        r#"
        //- /src/lib.rs
        #[path = "elsewhere.rs"] mod lost;
        #[cfg_attr(windows, path = "win.rs")] mod os;
        mod user { use crate::lost::Thing; use crate::os::Os; }
        //- /src/lost.rs
        pub struct Thing;
        //- /src/os.rs
        pub struct Os;
        "#,
        expect![[r#"
            demo::user -> demo::lost: use
            demo::user -> demo::os: use
            unresolved (no-such-name): Thing
            lost: there is no such file
            missing: `src/elsewhere.rs`: there is no such file
            orphan: src/lost.rs"#]],
    );
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
    check(
        r#"
        //- /src/lib.rs
        #[path = "lib.rs"] mod again;
        mod a { #[path = "../lib.rs"] mod b; pub struct A; }
        mod user { use crate::a::A; }
        "#,
        expect![[r#"
            demo::user -> demo::a: use
            missing: module `again` would contain itself: `src/lib.rs` stands above it already
            missing: module `b` would contain itself: `src/lib.rs` stands above it already"#]],
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

#[test]
fn inline_modules_in_a_file_named_by_path() {
    check(
        r#"
        //- /src/lib.rs
        #[path = "x/y.rs"] mod a;
        mod t { pub struct T; }
        //- /src/x/y.rs
        mod inner { mod deep; }
        mod beside;
        //- /src/x/inner/deep.rs
        use crate::t::T;
        //- /src/x/beside.rs
        use crate::t::T;
        "#,
        expect![[r#"
            demo::a::beside -> demo::t: use
            demo::a::inner::deep -> demo::t: use"#]],
    );
}

#[test]
fn helpers_shared_by_test_crates() {
    check(
        r#"
        //- /Cargo.toml
        [package]
        name = "app"
        edition = "2021"
        //- /src/lib.rs
        pub mod a { pub struct A; }
        //- /tests/one.rs
        mod common;
        use common::help;
        //- /tests/two.rs
        mod common;
        //- /tests/common/mod.rs
        use app::a::A;
        pub fn help() {}
        "#,
        expect![[r#"
            one -> one::common: use [test]
            one::common -> app::a: use [test]
            two::common -> app::a: use [test]"#]],
    );
}

#[test]
fn included_expression() {
    check(
        r#"
        //- /src/lib.rs
        mod a { pub fn f() -> u8 { 1 } }
        mod user { fn g() -> u8 { include!("value.in") } }
        mod silent { fn g() -> &'static [u8] { include_bytes!("value.in") } }
        //- /src/value.in
        crate::a::f() + 1
        "#,
        expect!["demo::user -> demo::a: body"],
    );
}
