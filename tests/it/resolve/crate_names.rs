//! Names that lead to a crate: packages and their libraries, `extern crate`, leading `::`, editions.

use expect_test::expect;

use crate::resolve::check;

#[test]
fn extern_crate_as() {
    check(
        r#"
        //- /app.rs crate:app deps:serde,core-lib
        extern crate serde as s;
        extern crate core_lib as c;
        mod user { use crate::c::A; fn f() { crate::s::ser::to_string(); } }
        mod prelude { fn f() { s::x(); c::A; } }
        mod silent { mod s { pub fn x() {} } fn f() { s::x() } }
        //- /core.rs crate:core-lib
        pub struct A;
        "#,
        expect![[r#"
            app -> core_lib: use
            app -> ext:serde: use
            app::prelude -> core_lib: body
            app::prelude -> ext:serde: body
            app::silent -> app::silent::s: body
            app::user -> core_lib: use
            app::user -> ext:serde: body via app"#]],
    );
}

#[test]
fn extern_crate_inside_a_module() {
    check(
        r#"
        //- /app.rs crate:app deps:serde
        mod user { extern crate serde as s; fn f() { s::x(); self::s::y(); } }
        mod silent { mod s { pub fn x() {} } fn f() { s::x() } }
        "#,
        expect![[r#"
            app::silent -> app::silent::s: body
            app::user -> ext:serde: use body"#]],
    );
}

#[test]
fn extern_crate_self_as() {
    check(
        r#"
        extern crate self as demo_alias;
        pub mod a { pub struct A; }
        mod user { use demo_alias::a::A; fn f() { ::demo_alias::a::A; } }
        mod silent { mod demo_alias { pub fn x() {} } fn f() { demo_alias::x() } }
        "#,
        expect![[r#"
            demo::silent -> demo::silent::demo_alias: body
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn leading_colons_mean_a_crate() {
    check(
        r#"
        //- /app.rs crate:app deps:core-lib
        mod core_lib { pub struct Local; }
        mod user { use ::core_lib::A; fn f() { ::core_lib::A; ::std::mem::take(&mut 1); } }
        mod silent { use crate::core_lib::Local; }
        //- /core.rs crate:core-lib
        pub struct A;
        "#,
        expect![[r#"
            app::silent -> app::core_lib: use
            app::user -> core_lib: use body
            app::user -> ext:std::mem: body"#]],
    );
}

#[test]
fn edition_2015_paths() {
    check(
        r#"
        //- /app.rs crate:app deps:serde edition:2015
        extern crate serde;
        mod a { pub struct A; }
        mod user { use a::A; use serde::Deserialize; fn f() { ::a::A; ::serde::x(); } }
        mod relative_in_expressions { mod a { pub struct A; } fn f() { a::A; } }
        mod imports_start_at_the_root { mod a { pub struct B; } use a::A; }
        mod group { use {a::A}; use ::a::{A as B}; }
        "#,
        expect![[r#"
            app -> ext:serde: use
            app::group -> app::a: use
            app::imports_start_at_the_root -> app::a: use
            app::relative_in_expressions -> app::relative_in_expressions::a: body
            app::user -> app::a: use body
            app::user -> ext:serde: use body"#]],
    );
}

#[test]
fn edition_2018_imports_start_here() {
    check(
        r#"
        mod a { pub struct A; }
        mod user { mod a { pub struct B; } use a::B; }
        mod silent { use crate::a::A; }
        "#,
        expect![[r#"
            demo::silent -> demo::a: use
            demo::user -> demo::user::a: use"#]],
    );
}

#[test]
fn edition_2015_self_and_super() {
    check(
        r#"
        //- /app.rs crate:app edition:2015
        mod a { pub struct A; pub mod low { pub struct L; } }
        mod user { mod inner { pub struct I; } use self::inner::I; use super::a::A; mod deep { use a::low::L; } }
        "#,
        expect![[r#"
            app::user -> app::a: use
            app::user -> app::user::inner: use
            app::user::deep -> app::a::low: use"#]],
    );
}

#[test]
fn renamed_package() {
    check(
        r#"
        //- /Cargo.toml
        [workspace]
        [package]
        name = "app"
        edition = "2021"
        [dependencies]
        json = { package = "serde_json", version = "1" }
        near = { package = "far-lib", path = "far" }
        hash = { package = "md-5", version = "1" }
        //- /src/lib.rs
        mod user { use json::Value; use near::A; use hash::Digest; }
        mod silent { mod json { pub struct Value; } use self::json::Value; }
        //- /far/Cargo.toml
        [package]
        name = "far-lib"
        edition = "2021"
        //- /far/src/lib.rs
        pub struct A;
        "#,
        expect![[r#"
            app::silent -> app::silent::json: use
            app::user -> ext:md5: use
            app::user -> ext:serde_json: use
            app::user -> far_lib: use"#]],
    );
}

#[test]
fn hyphenated_package() {
    check(
        r#"
        //- /app.rs crate:app deps:core-lib,tower-http
        mod user { use core_lib::A; use tower_http::trace::TraceLayer; }
        //- /core.rs crate:core-lib
        pub struct A;
        "#,
        expect![[r#"
            app::user -> core_lib: use
            app::user -> ext:tower_http: use"#]],
    );
}

#[test]
fn library_named_unlike_its_package() {
    check(
        r#"
        //- /Cargo.toml
        [workspace]
        [package]
        name = "app"
        edition = "2021"
        [dependencies]
        other = { path = "other" }
        //- /src/lib.rs
        mod user { use real::A; }
        mod by_package { use other::A; }
        //- /other/Cargo.toml
        [package]
        name = "other"
        edition = "2021"
        [lib]
        name = "real"
        //- /other/src/lib.rs
        pub struct A;
        "#,
        expect![[r#"
            app::by_package -> ext:other: use
            app::user -> real: use
            undeclared: other"#]],
    );
}

#[test]
fn standard_library_renamed() {
    check(
        r#"
        extern crate std as library;
        mod user { use library::fs; use std as other; fn f() { other::io::stdin(); fs::read(""); } }
        mod silent { mod library { pub mod fs {} } use self::library::fs; }
        "#,
        expect![[r#"
            demo -> ext:std: use
            demo::silent -> demo::silent::library::fs: use
            demo::user -> ext:std: use
            demo::user -> ext:std::fs: use body
            demo::user -> ext:std::io: body"#]],
    );
}

#[test]
fn modules_of_std_with_self() {
    check(
        r#"
        mod user { use std::{self, io::{self, Read as _}, collections::HashMap as Map}; fn f(_: Map<u8, io::Error>) { std::mem::take(&mut 1); } }
        "#,
        expect![[r#"
            demo::user -> ext:std: use
            demo::user -> ext:std::collections: use signature
            demo::user -> ext:std::io: use signature
            demo::user -> ext:std::mem: body"#]],
    );
}

#[test]
fn modules_through_globs_come_before_crates() {
    check(
        r#"
        //- /app.rs crate:app deps:serde
        mod a { pub mod serde { pub struct X; } }
        mod user { use crate::a::*; fn f() { serde::X; } }
        mod silent { fn f() { serde::x(); } }
        "#,
        expect![[r#"
            app::silent -> ext:serde: body
            app::user -> app::a: use
            app::user -> app::a::serde: body"#]],
    );
}

#[test]
fn edition_2015_extern_crate_inside_a_module() {
    check(
        r#"
        //- /app.rs crate:app deps:serde edition:2015
        mod user { extern crate serde; use self::serde::X; fn f() { serde::y(); } }
        "#,
        expect!["app::user -> ext:serde: use body"],
    );
}

#[test]
fn what_comes_from_an_undeclared_crate_is_its_own() {
    check(
        r##"
        //- /app.rs crate:app deps:libcst
        mod a { use libcst_native::{Expression, tree::Name as Nom}; fn f(_: Expression) { Nom::new(); } }
        mod b { pub use libcst_native::Statement; }
        mod c { use crate::b::Statement; fn f(_: Statement) {} }
        mod d { use super::b::*; fn f(_: Statement) {} }
        mod silent { use crate::missing::Thing; fn f(_: Thing) {} }
        "##,
        expect![[r#"
            app::a -> ext:libcst_native: use signature body
            app::b -> ext:libcst_native: re-export
            app::c -> ext:libcst_native: use signature via app::b
            app::d -> app::b: use
            app::d -> ext:libcst_native: signature via app::b
            app::silent -> app: use
            unresolved (no-such-name): missing
            unresolved (unknown-name): Thing
            undeclared: libcst_native"#]],
    );
}

#[test]
fn edition_2015_modules_come_before_crates_of_their_name() {
    check(
        r#"
        //- /demo/lib.rs crate:demo deps:dep edition:2015
        mod dep { pub struct X; }
        mod user { use dep::X; fn f(_: X, _: ::dep::X) {} }
        //- /other/lib.rs crate:other deps:dep edition:2015
        extern crate dep;
        mod user { use dep::X; fn f(_: X) {} }
        //- /dep/lib.rs crate:dep
        pub struct X;
        "#,
        expect![[r#"
            demo::user -> demo::dep: use signature
            other -> dep: use
            other::user -> dep: use signature"#]],
    );
}
