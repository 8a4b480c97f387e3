//! Type aliases: what they launder, and what is reached through them.

use expect_test::expect;

use crate::resolve::{check, check_items};

#[test]
fn alias_launders_a_type_from_another_module() {
    check(
        r#"
        mod db { pub struct Pool; impl Pool { pub fn open() {} } }
        mod names { pub type Store = crate::db::Pool; }
        mod user { use crate::names::Store; fn f(_: Store) {} }
        mod silent { pub struct Store; fn f(_: Store) {} }
        "#,
        expect![[r#"
            demo::names -> demo::db: signature
            demo::user -> demo::names: use signature"#]],
    );
}

#[test]
fn associated_function_through_an_alias() {
    check_items(
        r#"
        mod db { pub struct Pool; impl Pool { pub fn open() {} pub const MAX: u8 = 1; } }
        mod names { pub type Store = crate::db::Pool; }
        mod user { use crate::names::Store; fn f() { Store::open(); } fn g() -> u8 { Store::MAX } }
        mod silent { struct Store; impl Store { fn open() {} } fn f() { Store::open(); } }
        "#,
        expect![[r#"
            demo::names::Store -> demo::db::Pool: signature
            demo::silent::f -> demo::silent::Store::open: body
            demo::user -> demo::names::Store: use
            demo::user::f -> demo::db::Pool::open: body
            demo::user::f -> demo::names::Store: body
            demo::user::g -> demo::db::Pool::MAX: body
            demo::user::g -> demo::names::Store: body"#]],
    );
}

#[test]
fn arguments_of_a_type_choose_between_its_impls() {
    check_items(
        r#"
        mod base { pub struct Quantity<D>(D); }
        mod angle {
            pub struct Dim;
            pub type Angle = crate::base::Quantity<Dim>;
            impl crate::base::Quantity<Dim> { pub fn new() {} }
        }
        mod time {
            pub struct Dim;
            pub type Time = crate::base::Quantity<Dim>;
            impl crate::base::Quantity<Dim> { pub fn new() {} }
        }
        mod named { fn f() { crate::angle::Angle::new(); } }
        mod silent { fn f() { crate::base::Quantity::<crate::time::Dim>::new(); } }
        mod twins { pub struct T; #[cfg(unix)] mod a { impl super::T { pub fn g() {} } }
            #[cfg(windows)] mod b { impl super::T { pub fn g() {} } } }
        mod both { fn f() { crate::twins::T::g(); } }
        "#,
        expect![[r#"
            demo::angle::Angle -> demo::angle::Dim: signature
            demo::angle::Angle -> demo::base::Quantity: signature
            demo::angle::Quantity -> demo::angle::Dim: impl
            demo::angle::Quantity -> demo::base::Quantity: impl
            demo::both::f -> demo::twins::T: body
            demo::both::f -> demo::twins::a::T::g: body
            demo::both::f -> demo::twins::b::T::g: body
            demo::named::f -> demo::angle::Quantity::new: body
            demo::silent::f -> demo::base::Quantity: body
            demo::silent::f -> demo::time::Dim: body
            demo::time::Quantity -> demo::base::Quantity: impl
            demo::time::Quantity -> demo::time::Dim: impl
            demo::time::Time -> demo::base::Quantity: signature
            demo::time::Time -> demo::time::Dim: signature
            demo::twins::a::T -> demo::twins::T: impl
            demo::twins::b::T -> demo::twins::T: impl"#]],
    );
}

#[test]
fn variants_through_an_alias() {
    check(
        r#"
        mod a { pub enum E { One } }
        mod names { pub type Kind = crate::a::E; }
        mod user { fn f() { crate::names::Kind::One; } }
        "#,
        expect![[r#"
            demo::names -> demo::a: signature
            demo::user -> demo::a: body
            demo::user -> demo::names: body"#]],
    );
}

#[test]
fn alias_of_an_alias() {
    check(
        r#"
        mod a { pub struct A; impl A { pub fn new() {} } }
        mod b { pub type B = crate::a::A; }
        mod c { pub type C = crate::b::B; }
        mod user { fn f() { crate::c::C::new(); } }
        "#,
        expect![[r#"
            demo::b -> demo::a: signature
            demo::c -> demo::b: signature
            demo::user -> demo::a: body
            demo::user -> demo::c: body"#]],
    );
}

#[test]
fn alias_of_itself_ends() {
    check(
        "mod a { pub type A = crate::b::B; } mod b { pub type B = crate::a::A; } mod user { fn f() { crate::a::A::new(); } }",
        expect![[r#"
            demo::a -> demo::b: signature
            demo::b -> demo::a: signature
            demo::user -> demo::a: body"#]],
    );
}

#[test]
fn alias_of_an_external_type() {
    check(
        r#"
        //- /app.rs crate:app deps:sqlx
        mod names { pub type Pool = sqlx::PgPool; pub type Result<T> = std::result::Result<T, sqlx::Error>; }
        mod user { use crate::names::Pool; fn f() { Pool::connect(); } }
        mod silent { struct Pool; impl Pool { fn connect() {} } fn f() { Pool::connect(); } }
        "#,
        expect![[r#"
            app::names -> ext:sqlx: signature
            app::names -> ext:std::result: signature
            app::user -> app::names: use body
            app::user -> ext:sqlx: body"#]],
    );
}

#[test]
fn alias_of_a_wrapped_type_is_the_wrapper() {
    check(
        r#"
        mod a { pub struct Inner; impl Inner { pub fn new() {} } }
        mod names { pub type Shared = std::sync::Arc<crate::a::Inner>; pub type Plain = crate::a::Inner; }
        mod user { fn f() { crate::names::Plain::new(); } }
        mod silent { fn f() { crate::names::Shared::new(); } }
        "#,
        expect![[r#"
            demo::names -> demo::a: signature
            demo::names -> ext:std::sync: signature
            demo::silent -> demo::names: body
            demo::silent -> ext:std::sync: body
            demo::user -> demo::a: body
            demo::user -> demo::names: body"#]],
    );
}

#[test]
fn inherent_impl_on_an_alias() {
    check_items(
        r#"
        mod a { pub struct A; pub type Short = A; impl Short { pub fn new() {} } }
        mod user { fn f() { crate::a::A::new(); } }
        "#,
        expect![[r#"
            demo::a::A -> demo::a::Short: impl
            demo::a::Short -> demo::a::A: signature
            demo::user::f -> demo::a::A::new: body"#]],
    );
}

#[test]
fn impl_in_another_module_than_the_type() {
    check(
        r#"
        mod a { pub struct A; }
        mod more { impl crate::a::A { pub fn extra() {} pub const X: u8 = 1; } }
        mod user { fn f() { crate::a::A::extra(); } }
        mod silent { fn f() { crate::a::A; } }
        "#,
        expect![[r#"
            demo::more -> demo::a: impl
            demo::silent -> demo::a: body
            demo::user -> demo::a: body
            demo::user -> demo::more: body"#]],
    );
}

#[test]
fn ambiguous_from_impls_are_not_guessed() {
    check(
        r#"
        mod errors { pub struct Error; }
        mod one { impl From<u8> for crate::errors::Error { fn from(_: u8) -> Self { Self } } }
        mod two { impl From<u16> for crate::errors::Error { fn from(_: u16) -> Self { Self } } }
        mod user { use crate::errors::Error; fn f() { Error::from(1); } }
        "#,
        expect![[r#"
            demo::one -> demo::errors: impl
            demo::two -> demo::errors: impl
            demo::user -> demo::errors: use body"#]],
    );
}

#[test]
fn the_only_implementation_is_meant() {
    check(
        r#"
        mod errors { pub struct Error; pub struct Other; }
        mod one { impl From<u8> for crate::errors::Error { fn from(_: u8) -> Self { Self } } }
        mod user { fn f() { crate::errors::Error::from(1); } }
        mod silent { fn f() { crate::errors::Other::from(1); } }
        "#,
        expect![[r#"
            demo::one -> demo::errors: impl
            demo::silent -> demo::errors: body
            demo::user -> demo::errors: body
            demo::user -> demo::one: body"#]],
    );
}

#[test]
fn names_that_a_derive_makes_lead_to_the_type() {
    check(
        r#"
        mod a { #[derive(Default)] pub struct A; }
        mod user { use crate::a::A; fn f() { A::default(); A::parse(); } }
        "#,
        expect!["demo::user -> demo::a: use body"],
    );
}

#[test]
fn method_of_a_trait_in_the_module_that_implements_it() {
    check(
        r#"
        mod a { pub struct T; }
        mod ports { pub trait Make { fn make(); } }
        mod adapters { impl crate::ports::Make for crate::a::T { fn make() {} } }
        mod user { fn f() { crate::a::T::make(); } }
        mod qualified { fn f() { <crate::a::T as crate::ports::Make>::make(); } }
        "#,
        expect![[r#"
            demo::adapters -> demo::a: impl
            demo::adapters -> demo::ports: impl
            demo::qualified -> demo::a: body
            demo::qualified -> demo::ports: body
            demo::user -> demo::a: body
            demo::user -> demo::adapters: body"#]],
    );
}

#[test]
fn a_type_with_its_function_in_a_third_module_is_a_dependency_on_both() {
    check(
        r#"
        mod a { pub struct T; pub use crate::a::inner::U; mod inner { pub struct U; } }
        mod b { impl crate::a::T { pub fn new() -> Self { todo!() } pub const ONE: u8 = 1; } }
        mod user { fn f() { crate::a::T::new(); } }
        mod constant { fn f() -> u8 { crate::a::T::ONE } }
        mod silent { struct T; impl T { fn new() {} } fn f() { T::new(); } }
        "#,
        expect![[r#"
            demo::a -> demo::a::inner: re-export
            demo::b -> demo::a: impl
            demo::constant -> demo::a: body
            demo::constant -> demo::b: body
            demo::user -> demo::a: body
            demo::user -> demo::b: body"#]],
    );
}
