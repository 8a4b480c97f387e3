//! Qualified paths in every place that a path can stand in.
//!
//! `there` stands for the module that is named. Each form is read twice: with `crate::a`, which must be
//! seen, and with a module of the user's own, which must not lead to `crate::a`.

use expect_test::expect;

use crate::resolve::{Ends, check, report};

/// What the paths lead to.
const TARGETS: &str = r#"
    pub struct T;
    pub struct G<X, const N: usize>(pub X);
    pub struct Rec { pub x: u8 }
    pub enum E { One, Two(u8), Rec { x: u8 } }
    pub trait Tr { const C: usize; type Ty; fn make() -> u8; }
    pub trait Tr2 {}
    pub const N: usize = 1;
    pub static S: u8 = 1;
    pub fn f() -> u8 { 1 }
    pub fn gen<X>() {}
    pub type Al = u8;
    pub union U { pub x: u8 }
"#;

/// The edges of `code` in a module `user`, with `there` for the module it names.
fn position(code: &str, kinds: &str) {
    let fixture = |named: &str| {
        format!(
            "mod a {{ {TARGETS} }} mod user {{ mod own {{ {TARGETS} }} {} }}",
            code.replace("there", named)
        )
    };
    let far = report(&fixture("crate::a"), Ends::Modules);
    assert_eq!(far, format!("demo::user -> demo::a: {kinds}"), "the path is seen");
    let near = report(&fixture("self::own"), Ends::Modules);
    assert_eq!(near, format!("demo::user -> demo::user::own: {kinds}"), "its like is not mistaken for it");
}

#[test]
fn call() {
    position("fn g() { there::f(); }", "body");
}

#[test]
fn constant_and_static() {
    position("fn g() { let _ = there::N + 1; }", "body");
    position("fn g() -> u8 { there::S }", "body");
}

#[test]
fn struct_literal_and_update() {
    position("fn g() { let _ = there::Rec { x: 1 }; }", "body");
    position("fn g() { let _ = there::Rec { ..h() }; } fn h() {}", "body");
    position("fn g() { let _ = there::E::Rec { x: 1 }; }", "body");
}

#[test]
fn tuple_struct_and_variant_constructors() {
    position("fn g() { h(there::T, there::E::Two(1)); } fn h<A, B>(_: A, _: B) {}", "body");
    position("fn g() { [1].map(there::E::Two); }", "body");
}

#[test]
fn parameter_and_return_types() {
    position("fn g(_: &there::T) {}", "signature");
    position("fn g() -> Option<there::T> { None }", "signature");
    position("fn g(_: &mut [there::T], _: (u8, *const there::T)) {}", "signature");
    position("fn g(_: fn(there::T) -> u8) {}", "signature");
    position("fn g(_: impl Fn(there::T) -> u8) {}", "signature");
    position("fn g(_: Box<dyn there::Tr2 + Send>) {}", "signature");
    position("fn g() -> impl there::Tr2 {}", "signature");
    position("extern \"C\" { fn g(_: there::T); static H: there::T; }", "signature");
}

#[test]
fn fields() {
    position("struct X { y: there::T }", "signature");
    position("struct X(there::T);", "signature");
    position("enum X { Y(there::T), Z { z: u8 } }", "signature");
    position("enum X { Y { y: there::T } }", "signature");
    position("union X { y: there::Al }", "signature");
}

#[test]
fn generic_bounds() {
    position("fn g<X: there::Tr2>() {}", "signature");
    position("struct X<Y: there::Tr2>(Y);", "signature");
    position("impl<Y: there::Tr2> X<Y> {} struct X<Y>(Y);", "signature");
    position("enum X<Y: Copy + there::Tr2> { Z(Y) }", "signature");
    position("trait X<Y: there::Tr2> {}", "signature");
    position("trait X { type Y: there::Tr2; }", "signature");
    position("fn g<X: for<'a> Fn(&'a there::T)>() {}", "signature");
    position("fn g<X: Iterator<Item: there::Tr2>>() {}", "signature");
}

#[test]
fn where_clauses() {
    position("fn g<X>() where X: there::Tr2 {}", "signature");
    position("fn g<X>() where there::T: From<X> {}", "signature");
    position("impl<Y> X<Y> where Y: there::Tr2 {} struct X<Y>(Y);", "signature");
    position("struct X<Y>(Y) where Y: there::Tr2;", "signature");
    position("trait X { fn y() where Self: there::Tr2; }", "signature");
}

#[test]
fn impl_headers() {
    position("impl there::Tr2 for X {} struct X;", "impl");
    position("impl From<there::T> for X {} struct X;", "impl");
    position("impl<'a> Iterator for &'a there::T {}", "impl");
    position("impl there::T { fn x() {} }", "impl");
    position("impl there::Tr for X { const C: usize = 1; } struct X;", "impl");
    position("impl X<{ there::N }> {} struct X<const N: usize>;", "impl");
}

#[test]
fn supertraits() {
    position("trait X: there::Tr2 {}", "signature");
    position("trait X: Send + From<there::T> {}", "signature");
}

#[test]
fn generic_defaults() {
    position("struct X<Y = there::T>(Y);", "signature");
    position("trait X<Y = there::T> {}", "signature");
    position("struct X<const M: usize = { there::N }>;", "signature");
}

#[test]
fn const_generic_arguments() {
    position("fn g(_: &X<{ there::N }>) {} struct X<const M: usize>;", "signature");
    position("fn g() { h::<{ there::N }>(); } fn h<const M: usize>() {}", "body");
}

#[test]
fn associated_types_and_constants() {
    position("impl Iterator for X { type Item = there::T; } struct X;", "signature");
    position("trait X { const Y: there::Al = 1; }", "signature");
    position("impl X { const Y: usize = there::N; } struct X;", "body");
    position("trait X { const Y: usize = there::N; }", "body");
    position("fn g(_: impl Iterator<Item = there::T>) {}", "signature");
    position("fn g<X: there::Tr<Ty = u8>>() {}", "signature");
}

#[test]
fn array_lengths() {
    position("fn g(_: [u8; there::N]) {}", "signature");
    position("struct X { y: [u8; there::N] }", "signature");
    position("fn g() { let _ = [0; there::N]; }", "body");
    position("const X: [u8; there::N] = [0; 1];", "signature");
}

#[test]
fn discriminants() {
    position("enum X { Y = there::N as isize }", "body");
}

#[test]
fn constant_items() {
    position("const X: there::Al = 1;", "signature");
    position("static X: u8 = there::S;", "body");
    position("const _: () = { there::f(); };", "body");
}

#[test]
fn type_aliases() {
    position("type X = there::T;", "signature");
    position("type X<Y> = Result<Y, there::T>;", "signature");
}

#[test]
fn patterns() {
    position("fn g(x: u8) { match x { there::S => {} } }", "body");
    position("fn g(x: X) { if let there::E::Two(y) = x {} } struct X;", "body");
    position("fn g(x: X) { let there::Rec { x } = x; } struct X;", "body");
    position("fn g(x: X) { while let Some(there::T) = x {} } struct X;", "body");
    position("fn g(x: X) { match x { there::E::One | there::E::Rec { .. } => {} } } struct X;", "body");
    position("fn g(x: usize) { match x { 0..=there::N => {} } }", "body");
    position("fn g(x: X) { match x { y @ there::E::One => {} } } struct X;", "body");
    position("fn g((there::Rec { x }, _): (X, X)) {} struct X;", "signature");
    position("fn g(x: X) { h(|there::T| 1) } fn h<F>(_: F) {} struct X;", "body");
    position("fn g(x: usize) { match x { _ if x == there::N => {} } }", "body");
}

#[test]
fn casts() {
    position("fn g(x: u16) { x as there::Al; }", "body");
}

#[test]
fn local_types() {
    position("fn g() { let _: there::T; }", "body");
    position("fn g() { let _: Vec<there::T> = Vec::new(); }", "body");
}

#[test]
fn closures() {
    position("fn g() { h(|x: there::T| x) } fn h<F>(_: F) {}", "body");
    position("fn g() { h(|| -> there::T { loop {} }) } fn h<F>(_: F) {}", "body");
    position("fn g() { h(move || there::f()) } fn h<F>(_: F) {}", "body");
}

#[test]
fn async_functions_and_blocks() {
    position("async fn g() -> Result<there::T, u8> { Err(1) }", "signature");
    position("fn g() { h(async move { there::f() }) } fn h<F>(_: F) {}", "body");
    position("async fn g() { there::f().await }", "body");
}

#[test]
fn turbofish() {
    position("fn g() { h::<there::T>() } fn h<X>() {}", "body");
    position("fn g(x: X) { x.into::<there::T>() } struct X;", "body");
    position("fn g() { Vec::<there::T>::new(); }", "body");
    position("fn g() { there::gen::<u8>(); }", "body");
}

#[test]
fn fully_qualified_calls() {
    position("fn g() { <there::T as Default>::default(); }", "body");
    position("fn g() { <X as there::Tr>::make(); } struct X;", "body");
    position("fn g() { <there::T>::new(); }", "body");
    position("fn g() -> <X as there::Tr>::Ty { loop {} } struct X;", "signature");
    position("fn g(_: [u8; <X as there::Tr>::C]) {} struct X;", "signature");
    position("fn g(x: X) { match x { <X as there::Tr>::C => {} } } struct X;", "body");
}

#[test]
fn associated_functions() {
    position("fn g() { there::T::new(); }", "body");
    position("fn g() { there::Tr::make(); }", "body");
    position("fn g() { [1].map(there::T::from); }", "body");
}

#[test]
fn control_flow() {
    position("fn g() { if there::f() == 1 {} }", "body");
    position("fn g() { if true {} else if there::f() == 1 {} }", "body");
    position("fn g() { for _ in there::f() {} }", "body");
    position("fn g() { 'x: loop { break 'x there::f(); } }", "body");
    position("fn g() -> u8 { return there::f(); }", "body");
    position(
        "fn g() { let Some(_) = h() else { there::f(); return }; } fn h() -> Option<u8> { None }",
        "body",
    );
    position("fn g() { match 1 { _ => there::f() }; }", "body");
    position("fn g() { unsafe { there::f() }; const { there::f() }; }", "body");
    position("fn g() { h()[there::N]; h()[..there::N]; } fn h() {}", "body");
    position("fn g() { (&there::f(), !there::f(), there::f()?); }", "body");
    position("fn g() { x().y.z(there::f()); } fn x() {}", "body");
}

#[test]
fn trait_default_bodies() {
    position("trait X { fn y(&self) { there::f(); } }", "body");
}

#[test]
fn precise_capturing_and_typed_receivers() {
    position("fn g<'a>(_: &'a u8) -> impl there::Tr2 + use<'a> {}", "signature");
    position("impl X { fn g(self: Box<Self>, _: there::T) {} } struct X;", "signature");
}

#[test]
fn visibility_is_no_dependency() {
    check("mod a { pub(in crate::a) struct A; pub(crate) fn f() {} pub(super) fn g() {} }", expect![""]);
}

#[test]
fn names_that_need_no_import_are_no_dependency() {
    check(
        "fn f(x: Option<String>) -> Result<Vec<u8>, Box<dyn Send>> { drop(x); Ok(vec![u8::MAX]) }",
        expect![""],
    );
}

#[test]
fn projections() {
    position("type X = <u8 as there::Tr>::Ty;", "signature");
    position("fn g<X>() where <X as there::Tr>::Ty: Copy {}", "signature");
    position("type X = dyn for<'a> Fn(&'a there::T);", "signature");
    position("impl X { type Y<'a> = there::T where Self: 'a; } struct X;", "signature");
    position("impl Clone for [u8; there::N] {}", "impl");
}

#[test]
fn conditions_with_let_chains() {
    position("fn g() { if let 1 = there::f() && true {} }", "body");
    position("fn g(x: X) { while let X = x && there::f() == 1 {} } struct X;", "body");
}

#[test]
fn items_inside_functions() {
    position("fn g() { struct X(there::T); }", "signature");
    position("fn g() { fn h() -> there::T { loop {} } }", "signature");
    position("fn g() { impl Clone for there::T {} }", "impl");
    position("fn g() { const X: u8 = there::S; }", "body");
    position("fn g() { enum X { Y(there::T) } }", "signature");
}

#[test]
fn modern_forms() {
    position("unsafe extern \"C\" { safe fn g(_: there::T); }", "signature");
    position("fn g() { h(async || there::f()) } fn h<F>(_: F) {}", "body");
    position("fn g() { let x = &raw const there::S; }", "body");
    position("const fn g() -> u8 { const { there::f() } }", "body");
    position("fn g() { let _: impl there::Tr2; }", "body");
    position("fn g(_: &dyn there::Tr2) -> Option<impl there::Tr2> { None::<u8> }", "signature");
    position("trait X { async fn y(&self) -> there::T; }", "signature");
    position("impl X { pub const fn y(&self, [_, _]: [there::T; 2]) {} } struct X;", "signature");
}

#[test]
fn chains_of_calls() {
    position("fn g() { x().y(|z| z.w::<there::T>()).v() } fn x() {}", "body");
    position("fn g() { (there::f)(); (there::T).y(); there::f().z; }", "body");
    position("fn g() { [there::f(), there::f()]; (there::f(),); }", "body");
}

#[test]
fn parameters_of_traits_may_have_no_name() {
    check(
        r#"
        //- /lib.rs crate:demo edition:2015
        mod a { pub struct Request; pub struct Answer; }
        mod b {
            use a::Request;
            pub trait Handler { fn handle(&self, &mut Request, ::a::Answer, u8) -> u8; fn own<F: Fn(u8)>(self, F) {} }
        }
        "#,
        expect!["demo::b -> demo::a: use signature"],
    );
}
