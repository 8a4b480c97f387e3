//! Members of traits and impls that macro calls among them make.

use expect_test::expect;

use crate::resolve::{check, check_items};

#[test]
fn members_of_an_impl_made_by_a_macro() {
    check(
        r#"
        mod t { pub struct Out; impl Out { pub fn go(&self) {} } }
        mod a {
            pub struct A;
            macro_rules! makers { ($($name:ident),*) => { $(pub fn $name() -> crate::t::Out { crate::t::Out })* } }
            impl A { makers!(one, two); }
        }
        mod user { fn f() { crate::a::A::one().go(); } }
        mod silent { use crate::a::A; fn f() { A::three(); } }
        "#,
        expect![[r#"
            demo::a -> demo::t: signature body
            demo::silent -> demo::a: use body
            demo::user -> demo::a: body
            demo::user -> demo::t: method"#]],
    );
}

#[test]
fn methods_made_in_an_impl_elsewhere() {
    check(
        r#"
        mod t { pub struct Out; impl Out { pub fn go(&self) {} } }
        mod a { pub struct A<T>(pub T); }
        mod b {
            macro_rules! getters { ($($name:ident: $ty:ty),*) => { $(pub fn $name(&self) -> Option<$ty> { None })* } }
            impl<T: Clone> crate::a::A<T> { getters!(inner: T, made: crate::t::Out); }
        }
        mod user { fn f(a: &crate::a::A<u8>) { a.made().unwrap().go(); } }
        mod silent { struct A; impl A { fn made(&self) -> Option<u8> { None } } fn f(a: &A) { a.made(); } }
        "#,
        expect![[r#"
            demo::b -> demo::a: impl
            demo::b -> demo::t: signature body
            demo::user -> demo::a: signature
            demo::user -> demo::b: method
            demo::user -> demo::t: method"#]],
    );
}

#[test]
fn members_of_a_trait_made_by_a_macro() {
    check(
        r#"
        mod port {
            macro_rules! ask { ($($name:ident),*) => { $(fn $name(&self) {})* fn must(&self) -> Self::Out; } }
            pub trait Port { type Out; ask!(one, two); }
        }
        mod adapter {
            pub struct Adapter;
            impl crate::port::Port for Adapter { type Out = u8; fn must(&self) -> u8 { 0 } }
        }
        mod user {
            use crate::port::Port;
            fn f(a: &crate::adapter::Adapter) { a.one(); }
            fn g<P: Port>(port: P) { Port::two(&port); }
        }
        mod silent { fn f(a: &crate::adapter::Adapter) { a.three(); } }
        "#,
        expect![[r#"
            demo::adapter -> demo::port: impl
            demo::silent -> demo::adapter: signature
            demo::user -> demo::adapter: signature
            demo::user -> demo::port: use signature body method"#]],
    );
}

#[test]
fn constants_and_types_of_a_trait_impl_made_by_a_macro() {
    check(
        r#"
        mod t { pub struct T; }
        mod port { pub trait Port { const N: u8; type Out; fn run() -> Self::Out; } }
        mod a {
            macro_rules! rest { ($t:ty, $n:expr) => { const N: u8 = $n; type Out = $t; fn run() -> $t { $crate::t::T } } }
            pub struct A;
            impl crate::port::Port for A { rest!(crate::t::T, 1); }
        }
        mod user { use crate::port::Port; fn f() -> u8 { crate::a::A::N } }
        mod silent { struct A; impl A { const N: u8 = 1; } fn f() -> u8 { A::N } }
        "#,
        expect![[r#"
            demo::a -> demo::port: impl
            demo::a -> demo::t: signature body
            demo::user -> demo::a: body
            demo::user -> demo::port: use"#]],
    );
}

#[test]
fn macros_that_call_macros_among_members() {
    check(
        r#"
        mod t { pub struct T; impl T { pub fn go(&self) {} } }
        mod a {
            macro_rules! one { ($name:ident) => { pub fn $name() -> crate::t::T { crate::t::T } } }
            macro_rules! all { ($($name:ident)*) => { $(one!($name);)* }; }
            macro_rules! list { () => {}; ($name:ident $($rest:tt)*) => { one!($name); list!($($rest)*); } }
            pub struct A;
            impl A { all!(x y); list!(p q r); }
        }
        mod user { use crate::a::A; fn f() { A::y().go(); } }
        mod last { use crate::a::A; fn f() { A::r().go(); } }
        mod silent { use crate::a::A; fn f() { A::s(); } }
        "#,
        expect![[r#"
            demo::a -> demo::t: signature body
            demo::last -> demo::a: use body
            demo::last -> demo::t: method
            demo::silent -> demo::a: use body
            demo::user -> demo::a: use body
            demo::user -> demo::t: method"#]],
    );
}

#[test]
fn functions_of_a_foreign_block_made_by_a_macro() {
    check(
        r#"
        mod sys {
            macro_rules! imported { ($($name:ident),*) => { $(pub fn $name(a: crate::t::T);)* } }
            unsafe extern "C" { imported!(open, close); }
        }
        mod t { pub struct T; }
        mod user { fn f(t: crate::t::T) { unsafe { crate::sys::open(t) } } }
        mod silent { fn f() { crate::sys::read() } }
        "#,
        expect![[r#"
            demo::silent -> demo::sys: body
            demo::sys -> demo::t: signature
            demo::user -> demo::sys: body
            demo::user -> demo::t: signature
            unresolved (no-such-name): read"#]],
    );
}

#[test]
fn the_member_stands_below_what_holds_it() {
    check_items(
        r#"
        mod b { pub fn run() {} }
        macro_rules! method { ($name:ident) => { pub fn $name(&self) { crate::b::run(); } } }
        struct A;
        impl A { method!(go); }
        trait P { fn go(&self); }
        impl P for A { method!(go); }
        fn user(a: &A) { a.go(); }
        "#,
        expect![[r#"
            demo::<A as P> -> demo::A: impl
            demo::<A as P> -> demo::P: impl
            demo::<A as P> -> demo::method: macro
            demo::<A as P>::go -> demo::b::run: body
            demo::A -> demo::method: macro
            demo::A::go -> demo::b::run: body
            demo::user -> demo::A: signature
            demo::user -> demo::A::go: method"#]],
    );
}

#[test]
fn macros_that_call_what_is_beside_them() {
    check(
        r#"
        //- /app.rs crate:app deps:kit
        mod user { pub struct S; impl S { kit::all! { one two } } }
        mod items { kit::make!(); }
        mod last { fn f() { crate::user::S::two(); } }
        mod silent { fn f() { helper!(one); } }
        //- /kit.rs crate:kit
        pub mod t { pub struct T; }
        #[macro_export(local_inner_macros)] macro_rules! all { ($($name:ident)*) => { $(helper!($name);)* } }
        #[macro_export] macro_rules! helper { ($name:ident) => { pub fn $name() -> $crate::t::T { $crate::t::T } } }
        #[macro_export(local_inner_macros)] macro_rules! make { () => { helper!(f); } }
        "#,
        expect![[r#"
            app::items -> kit: macro
            app::items -> kit::t: signature body
            app::last -> app::user: body
            app::user -> kit: macro
            app::user -> kit::t: signature body
            unresolved (unknown-macro): helper"#]],
    );
}
