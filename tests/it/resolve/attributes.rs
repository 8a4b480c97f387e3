//! Derives, attribute macros and the paths in their arguments.

use expect_test::expect;

use crate::resolve::check;

#[test]
fn derive_by_path() {
    check(
        r#"
        //- /app.rs crate:app deps:serde
        mod user { #[derive(Clone, serde::Serialize)] struct S; }
        mod silent { #[derive(Clone, Debug, PartialEq, Eq, Hash, Default)] struct S; }
        "#,
        expect!["app::user -> ext:serde: derive"],
    );
}

#[test]
fn derive_by_imported_name() {
    check(
        r#"
        //- /app.rs crate:app deps:serde
        mod user { use serde::{Deserialize as De, Serialize}; #[derive(Serialize, De)] struct S; }
        mod globbed { use serde::*; #[derive(Serialize)] enum E { One } }
        mod silent { use serde::Serialize as Ser; #[derive(Clone)] struct Serialize; }
        "#,
        expect![[r#"
            app::globbed -> ext:serde: use derive
            app::silent -> ext:serde: use
            app::user -> ext:serde: use derive"#]],
    );
}

#[test]
fn derive_through_a_facade() {
    check(
        r#"
        //- /app.rs crate:app deps:serde
        mod facade { pub use serde::Serialize; pub use serde; }
        mod user { use crate::facade::Serialize; #[derive(Serialize)] struct S; }
        mod by_path { #[derive(crate::facade::serde::Serialize)] struct S; }
        "#,
        expect![[r#"
            app::by_path -> ext:serde: derive via app::facade
            app::facade -> ext:serde: re-export
            app::user -> ext:serde: use derive via app::facade"#]],
    );
}

#[test]
fn attribute_macro_by_path() {
    check(
        r#"
        //- /app.rs crate:app deps:tokio,tracing
        mod user { #[tokio::main] async fn main() {} #[tracing::instrument(skip(x))] fn f(x: u8) {} }
        mod silent { #[inline] #[must_use] #[rustfmt::skip] #[clippy::msrv = "1.0"] fn tokio() {} }
        "#,
        expect![[r#"
            app::user -> ext:tokio: attribute
            app::user -> ext:tracing: attribute"#]],
    );
}

#[test]
fn attribute_macro_by_imported_name() {
    check(
        r#"
        //- /app.rs crate:app deps:tracing,async-trait
        mod user { use tracing::instrument; #[instrument] fn f() {} }
        mod on_trait { use async_trait::async_trait; #[async_trait] trait T { #[async_trait::inner] fn f(); } }
        mod helper_of_a_derive { #[derive(Clone)] struct S { #[instrument] x: u8 } }
        "#,
        expect![[r#"
            app::on_trait -> ext:async_trait: use attribute
            app::user -> ext:tracing: use attribute"#]],
    );
}

#[test]
fn an_attribute_is_never_a_macro_by_example() {
    check(
        r#"
        //- /app.rs crate:app deps:pin-project-lite,marks
        #[macro_use] mod macros { macro_rules! pin { () => {} } macro_rules! tag { () => {} } }
        mod user { use marks::tag; pin_project_lite::pin_project! { struct S { #[pin] inner: u8 } } }
        mod tagged { #[marks::tag] struct S; }
        mod silent { #[derive(tag)] #[tag] struct S; }
        "#,
        expect![[r#"
            app::tagged -> ext:marks: attribute
            app::user -> ext:marks: use
            app::user -> ext:pin_project_lite: macro
            unresolved (unknown-macro): tag"#]],
    );
}

#[test]
fn crates_named_like_an_attribute_of_the_language() {
    check(
        r#"
        //- /app.rs crate:app deps:pin-project,test-case
        mod user { #[pin_project::pin_project] struct S; #[pin_project::pinned_drop] impl Drop for S {} }
        mod checks { #[test_case::test_case(1)] fn f(x: u8) {} }
        mod silent { #[repr(C)] #[cfg_attr(unix, inline)] #[rustfmt::skip] struct S; }
        "#,
        expect![[r#"
            app::checks -> ext:test_case: attribute [test]
            app::user -> ext:pin_project: attribute"#]],
    );
}

#[test]
fn test_attributes_mark_test_code() {
    check(
        r#"
        //- /app.rs crate:app deps:tokio
        mod a { pub fn f() {} }
        mod user { #[tokio::test] async fn t() { crate::a::f(); } }
        mod plain { #[test] fn t() { crate::a::f(); } }
        mod silent { #[tokio::main] async fn main() { crate::a::f(); } }
        "#,
        expect![[r#"
            app::plain -> app::a: body [test]
            app::silent -> app::a: body
            app::silent -> ext:tokio: attribute
            app::user -> app::a: body [test]
            app::user -> ext:tokio: attribute [test]"#]],
    );
}

#[test]
fn paths_in_attribute_arguments() {
    check(
        r#"
        //- /app.rs crate:app deps:clap,thiserror
        mod a { pub struct Level; pub fn parse() {} pub const NAME: u8 = 1; }
        mod user { #[derive(clap::Parser)] struct S { #[arg(value_parser = crate::a::parse, default_value_t = crate::a::Level)] x: u8 } }
        mod silent { #[derive(clap::Parser)] struct S { #[arg(long, env = "crate::a::parse")] a: u8 } }
        "#,
        expect![[r#"
            app::silent -> ext:clap: derive
            app::user -> app::a: attribute
            app::user -> ext:clap: derive"#]],
    );
}

#[test]
fn serde_strings_are_paths() {
    check(
        r#"
        //- /app.rs crate:app deps:serde
        mod a { pub mod stamp {} pub fn zero() -> u8 { 0 } pub struct Raw; pub fn is_zero() {} }
        mod with { #[derive(serde::Serialize)] struct S { #[serde(with = "crate::a::stamp")] x: u8 } }
        mod default { #[derive(serde::Serialize)] struct S { #[serde(default = "crate::a::zero")] x: u8 } }
        mod skip { #[derive(serde::Serialize)] struct S { #[serde(skip_serializing_if = "crate::a::is_zero")] x: u8 } }
        mod on_type { #[derive(serde::Serialize)] #[serde(from = "crate::a::Raw")] struct S; }
        mod by_import { use crate::a::zero; #[derive(serde::Serialize)] struct S { #[serde(default = "zero")] x: u8 } }
        mod silent { #[derive(serde::Serialize)] #[serde(rename = "crate::a::Raw", rename_all = "a")] struct S { #[serde(default)] x: u8 } }
        "#,
        expect![[r#"
            app::by_import -> app::a: use attribute
            app::by_import -> ext:serde: derive
            app::default -> app::a: attribute
            app::default -> ext:serde: derive
            app::on_type -> app::a: attribute
            app::on_type -> ext:serde: derive
            app::silent -> ext:serde: derive
            app::skip -> app::a: attribute
            app::skip -> ext:serde: derive
            app::with -> app::a::stamp: attribute
            app::with -> ext:serde: derive"#]],
    );
}

#[test]
fn serde_strings_name_modules_by_one_word() {
    check(
        r#"
        //- /app.rs crate:app deps:serde
        mod user { mod stamp {} #[derive(serde::Serialize)] struct S { #[serde(with = "stamp")] x: u8 } }
        mod silent { mod stamp {} #[derive(serde::Serialize)] struct S { #[serde(rename = "stamp")] stamp: u8 } }
        "#,
        expect![[r#"
            app::silent -> ext:serde: derive
            app::user -> app::user::stamp: attribute
            app::user -> ext:serde: derive"#]],
    );
}

#[test]
fn cfg_attr_derives_and_attributes() {
    check(
        r#"
        //- /app.rs crate:app deps:serde,tracing
        mod a { pub mod stamp {} }
        mod user { #[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename = "x"))] struct S; }
        mod attribute { #[cfg_attr(not(unix), tracing::instrument)] fn f() {} }
        mod nested { #[cfg_attr(unix, cfg_attr(feature = "x", derive(serde::Serialize)))] struct S; }
        mod field { struct S { #[cfg_attr(feature = "serde", serde(with = "crate::a::stamp"))] x: u8 } }
        mod in_tests { #[cfg_attr(test, derive(serde::Serialize))] struct S; }
        mod silent { #[cfg_attr(feature = "serde", inline)] fn f() {} }
        "#,
        expect![[r#"
            app::attribute -> ext:tracing: attribute
            app::field -> app::a::stamp: attribute
            app::in_tests -> ext:serde: derive [test]
            app::nested -> ext:serde: derive
            app::user -> ext:serde: derive"#]],
    );
}

#[test]
fn attributes_in_every_place() {
    check(
        r#"
        //- /app.rs crate:app deps:x
        mod on_module { #[x::m] mod inner {} }
        mod on_field { struct S { #[x::f] a: u8 } }
        mod on_variant { enum E { #[x::v] One } }
        mod on_impl { struct S; #[x::i] impl S { #[x::g] fn f() {} } }
        mod on_parameter { fn f(#[x::p] a: u8) {} }
        mod on_statement { fn f() { #[x::s] let a = 1; } }
        mod on_arm { fn f() { match 1 { #[x::r] _ => {} } } }
        mod on_expression { fn f() { g(#[x::e] 1); } fn g(_: u8) {} }
        mod on_macro { #[x::c] y! {} }
        mod on_use { #[x::u] use std::fmt; }
        "#,
        expect![[r#"
            app::on_arm -> ext:x: attribute
            app::on_expression -> ext:x: attribute
            app::on_field -> ext:x: attribute
            app::on_impl -> ext:x: attribute
            app::on_macro -> ext:x: attribute
            app::on_module -> ext:x: attribute
            app::on_parameter -> ext:x: attribute
            app::on_statement -> ext:x: attribute
            app::on_use -> ext:std::fmt: use
            app::on_use -> ext:x: attribute
            app::on_variant -> ext:x: attribute"#]],
    );
}

#[test]
fn attributes_inside_of_what_they_are_for() {
    check(
        r#"
        //- /app.rs crate:app deps:x
        mod function { fn f() { #![x::inner] } }
        mod silent { #![allow(dead_code)] fn f() {} }
        "#,
        expect![[r#"
            app::function -> ext:x: attribute"#]],
    );
}

#[test]
fn fields_in_attribute_strings_are_no_constants() {
    check(
        r#"
        //- /app.rs crate:app deps:thiserror
        mod a { pub const NAME: u8 = 1; pub fn show() {} }
        mod user { use crate::a::show; #[derive(thiserror::Error)] enum E { #[error("{x}", x = show(y))] One { y: u8 } } }
        mod silent { use crate::a::NAME; #[derive(thiserror::Error)] enum E { #[error("{NAME} {0}")] One { NAME: u8 } } }
        "#,
        expect![[r#"
            app::silent -> app::a: use
            app::silent -> ext:thiserror: derive
            app::user -> app::a: use attribute
            app::user -> ext:thiserror: derive"#]],
    );
}

#[test]
fn strings_of_attributes_that_are_code() {
    check(
        r##"
        //- /app.rs crate:app deps:serde,derive_builder
        mod fns { pub fn def() -> u8 { 1 } pub trait B {} pub struct C; }
        mod a { #[derive(serde::Deserialize)] #[serde(bound = "T: crate::fns::B")] struct S<T>(T); }
        mod b { #[derive(serde::Deserialize)] #[serde(bound(deserialize = "Vec<T>: Into<crate::fns::C>"))] struct S<T>(T); }
        mod c { #[derive(derive_builder::Builder)] struct S { #[builder(default = "crate::fns::def() + 1")] x: u8 } }
        mod silent { #[derive(serde::Deserialize)] struct S { #[serde(rename = "T: crate::fns::B")] x: u8, #[serde(default = "not::")] y: u8 } }
        "##,
        expect![[r#"
            app::a -> app::fns: attribute
            app::a -> ext:serde: derive
            app::b -> app::fns: attribute
            app::b -> ext:serde: derive
            app::c -> app::fns: attribute
            app::c -> ext:derive_builder: derive
            app::silent -> ext:serde: derive"#]],
    );
}
