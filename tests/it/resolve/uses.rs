//! Imports, in all their forms.

use expect_test::expect;

use crate::resolve::check;

#[test]
fn nested_use() {
    check(
        r#"
        mod a { pub struct A; pub mod deep { pub struct D; pub fn f() {} } }
        mod b { pub struct B; }
        mod user { use crate::{a::{A, deep::{D, f}}, b::B}; }
        mod silent { pub mod a { pub struct A; } use self::{a::{A}}; }
        "#,
        expect![[r#"
            demo::silent -> demo::silent::a: use
            demo::user -> demo::a: use
            demo::user -> demo::a::deep: use
            demo::user -> demo::b: use"#]],
    );
}

#[test]
fn empty_groups_import_nothing() {
    check("mod a {} mod user { use crate::a::{}; use crate::{a::{}}; }", expect![""]);
}

#[test]
fn glob_import() {
    check(
        r#"
        mod a { pub struct A; struct Hidden; }
        mod user { use crate::a::*; fn f(_: A) {} }
        mod own_name_shadows_glob { use crate::a::*; struct A; fn f(_: A) {} }
        mod private_stays_behind { use crate::a::*; fn f(_: Hidden) {} }
        "#,
        expect![[r#"
            demo::own_name_shadows_glob -> demo::a: use
            demo::private_stays_behind -> demo::a: use
            demo::user -> demo::a: use signature
            unresolved (unknown-name): Hidden"#]],
    );
}

#[test]
fn glob_import_of_enum_variants() {
    check(
        r#"
        mod a { pub enum E { One, Two(u8), Three { x: u8 } } }
        mod user { use crate::a::E::*; fn f() { let _ = One; } }
        mod in_pattern { use crate::a::E::*; fn f(x: u8) -> u8 { match g() { Two(x) => x, Three { x } => x } } }
        mod silent { enum E { One } use self::E::*; fn f() -> E { One } }
        "#,
        expect![[r#"
            demo::in_pattern -> demo::a: use body
            demo::user -> demo::a: use body
            unresolved (unknown-name): g"#]],
    );
}

#[test]
fn glob_of_another_modules_glob() {
    check(
        r#"
        mod a { pub struct A; }
        mod b { pub use crate::a::*; }
        mod private { use crate::a::*; }
        mod user { use crate::b::*; fn f(_: A) {} }
        mod silent { use crate::private::*; struct B; fn f(_: B) {} }
        "#,
        expect![[r#"
            demo::b -> demo::a: re-export
            demo::private -> demo::a: use
            demo::silent -> demo::private: use
            demo::user -> demo::a: signature via demo::b
            demo::user -> demo::b: use"#]],
    );
}

#[test]
fn globs_in_a_circle() {
    check(
        r#"
        mod a { pub use crate::b::*; pub struct A; fn f(_: B) {} }
        mod b { pub use crate::a::*; pub struct B; fn f(_: A) {} }
        "#,
        expect![[r#"
            demo::a -> demo::b: re-export signature
            demo::b -> demo::a: re-export signature"#]],
    );
}

#[test]
fn renamed_import() {
    check(
        r#"
        mod a { pub struct A; }
        mod user { use crate::a::A as Other; fn f(_: Other) {} }
        mod old_name_is_free { use crate::a::A as Other; struct A; fn f(_: A) {} }
        "#,
        expect![[r#"
            demo::old_name_is_free -> demo::a: use
            demo::user -> demo::a: use signature"#]],
    );
}

#[test]
fn module_and_self_in_a_group() {
    check(
        r#"
        mod a { pub struct A; pub fn f() {} }
        mod user { use crate::a::{self, A}; fn f() { a::f() } }
        mod renamed { use crate::a::{self as b}; fn f() { b::f() } }
        mod silent { mod a { pub fn f() {} } fn f() { a::f() } }
        "#,
        expect![[r#"
            demo::renamed -> demo::a: use body
            demo::silent -> demo::silent::a: body
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn self_in_a_group_is_the_type_only() {
    check(
        r#"
        pub mod a { pub struct A; }
        pub fn a() {}
        mod user { use crate::a::{self}; fn f(_: a::A) {} }
        mod both { use crate::a; fn f(_: a::A) { a() } }
        "#,
        expect![[r#"
            demo::both -> demo: use body
            demo::both -> demo::a: use signature
            demo::user -> demo::a: use signature"#]],
    );
}

#[test]
fn self_and_super_chains() {
    check(
        r#"
        mod a { pub struct A; }
        mod top {
            pub struct T;
            mod mid {
                pub struct M;
                mod low {
                    use super::super::super::a::A;
                    use super::super::T;
                    use self::super::M;
                    fn f() { self::super::super::super::a::A; self::own(); }
                    fn own() {}
                }
            }
        }
        "#,
        expect![[r#"
            demo::top::mid::low -> demo::a: use body
            demo::top::mid::low -> demo::top: use
            demo::top::mid::low -> demo::top::mid: use"#]],
    );
}

#[test]
fn raw_identifier() {
    check(
        r#"
        mod r#type { pub fn r#match() {} pub struct r#A; }
        mod a { pub fn f() {} }
        mod user { use crate::r#type::r#match; fn f() { r#match() } }
        mod by_path { fn f() { crate::r#type::r#match(); r#crate_like::g() } mod crate_like {  pub fn g() {} } }
        mod needless { use r#crate_::A; mod crate_ { pub use crate::r#type::A; } fn f() { crate::r#a::r#f() } }
        mod silent { fn r#match() {} fn f() { r#match() } }
        "#,
        expect![[r#"
            demo::by_path -> demo::by_path::crate_like: body
            demo::by_path -> demo::type: body
            demo::needless -> demo::a: body
            demo::needless -> demo::type: use via demo::needless::crate_
            demo::needless::crate_ -> demo::type: re-export
            demo::user -> demo::type: use body"#]],
    );
}

#[test]
fn function_local_use() {
    check(
        r#"
        mod a { pub struct A; }
        mod user { fn f() { use crate::a::A; let _: A; } }
        mod next_function { struct A; fn f() { use crate::a::A; } fn g(_: A) {} }
        mod signature_is_outside { struct A; fn f(_: A) -> A { use crate::a::A as B; g() } fn g() -> A { A } }
        "#,
        expect![[r#"
            demo::next_function -> demo::a: use
            demo::signature_is_outside -> demo::a: use
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn block_scoped_use() {
    check(
        r#"
        mod a { pub fn go() {} }
        mod b { pub fn go() {} }
        mod inner { use crate::b::go; fn f() { { use crate::a::go; go(); } } }
        mod outer { use crate::b::go; fn f() { { use crate::a::go; } go(); } }
        mod nested { fn f() { use crate::a::go; { if x() { go() } } } fn x() -> bool { true } }
        mod function_sees_block { fn f() { use crate::a::go; fn g() { go() } } }
        "#,
        expect![[r#"
            demo::function_sees_block -> demo::a: use body
            demo::inner -> demo::a: use body
            demo::inner -> demo::b: use
            demo::nested -> demo::a: use body
            demo::outer -> demo::a: use
            demo::outer -> demo::b: use body"#]],
    );
}

#[test]
fn block_scoped_glob() {
    check(
        r#"
        mod a { pub enum E { One, Two } }
        mod user { use crate::a::E; fn f(e: E) -> u8 { use E::*; match e { One => 1, Two => 2 } } }
        mod silent { fn f(e: u8) -> u8 { match e { One => 1 } } }
        "#,
        expect!["demo::user -> demo::a: use signature body"],
    );
}

#[test]
fn use_as_underscore() {
    check(
        r#"
        mod a { pub trait Trait {} }
        mod b { pub use crate::a::Trait as _; }
        mod user { use crate::a::Trait as _; }
        mod binds_no_name { use crate::a::Trait as _; trait Trait {} fn f<T: Trait>() {} }
        "#,
        expect![[r#"
            demo::b -> demo::a: re-export
            demo::binds_no_name -> demo::a: use
            demo::user -> demo::a: use"#]],
    );
}

#[test]
fn use_crate_as() {
    check(
        r#"
        mod a { pub struct A; }
        mod user { use crate as root; use root::a::A; fn f() { root::a::A; } }
        mod in_group { use crate::{self as root}; fn f() { root::a::A; } }
        mod silent { mod root { pub mod a { pub struct A; } } fn f() { root::a::A; } }
        "#,
        expect![[r#"
            demo::in_group -> demo: use
            demo::in_group -> demo::a: body
            demo::silent -> demo::silent::root::a: body
            demo::user -> demo: use
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn use_super_as_and_self_as() {
    check(
        r#"
        mod a { pub struct A; pub mod low { use super as up; use self::super::A as B; fn f() { up::A; } } }
        mod user { use crate::a as me; use me::A; use self::me::A as Again; }
        "#,
        expect![[r#"
            demo::a::low -> demo::a: use body
            demo::user -> demo::a: use"#]],
    );
}

#[test]
fn import_of_an_import() {
    check(
        r#"
        mod a { pub mod b { pub struct B; } }
        mod user { use crate::a::b as c; use c::B; fn f(_: B) {} }
        mod later_first { use c::B; use crate::a::b as c; }
        "#,
        expect![[r#"
            demo::later_first -> demo::a::b: use
            demo::user -> demo::a::b: use signature"#]],
    );
}

#[test]
fn one_name_in_two_namespaces() {
    check(
        r#"
        mod types { pub struct Thing {} }
        mod values { #[allow(non_snake_case)] pub fn Thing() {} }
        mod both { pub use crate::types::Thing; pub use crate::values::Thing; }
        mod typed { use crate::both::Thing; fn f(_: Thing) {} }
        mod called { use crate::values::Thing; fn f() { Thing() } }
        "#,
        expect![[r#"
            demo::both -> demo::types: re-export
            demo::both -> demo::values: re-export
            demo::called -> demo::values: use body
            demo::typed -> demo::types: use signature via demo::both
            demo::typed -> demo::values: use via demo::both"#]],
    );
}

#[test]
fn imports_in_a_circle_lead_nowhere() {
    check(
        "mod a { pub use crate::b::X; } mod b { pub use crate::a::X; }",
        expect![[r#"
            demo::a -> demo::b: re-export
            demo::b -> demo::a: re-export
            unresolved (no-such-name): X"#]],
    );
}

#[test]
fn super_glob_in_tests() {
    check(
        r#"
        mod a { pub struct A; }
        mod user {
            use crate::a::A;
            pub struct U;
            #[cfg(test)]
            mod tests { use super::*; #[test] fn t() { A; U; } }
        }
        "#,
        expect![[r#"
            demo::user -> demo::a: use
            demo::user::tests -> demo::a: body via demo::user [test]
            demo::user::tests -> demo::user: use body [test]"#]],
    );
}

#[test]
fn restricted_imports() {
    check(
        r#"
        mod a { pub struct A; }
        mod top {
            pub mod facade { pub(in crate::top) use crate::a::A; pub(super) use crate::a::A as B; pub(self) use crate::a::A as C; }
            mod near { use super::facade::A; use super::facade::B; fn f(_: A, _: B) {} }
        }
        "#,
        expect![[r#"
            demo::top::facade -> demo::a: use re-export
            demo::top::near -> demo::a: use signature via demo::top::facade"#]],
    );
}

#[test]
fn imports_without_any_use_count() {
    check(
        "mod a { pub struct A; pub fn f() {} } mod user { #[allow(unused_imports)] use crate::a::A; }",
        expect!["demo::user -> demo::a: use"],
    );
}

#[test]
fn globs_inside_groups() {
    check(
        r#"
        mod a { pub struct A; }
        mod b { pub struct B; pub mod c { pub struct C; } }
        mod user { use crate::{a::*, b::{self, *, c::*}}; fn f(_: A, _: B, _: C, _: b::B) {} }
        "#,
        expect![[r#"
            demo::user -> demo::a: use signature
            demo::user -> demo::b: use signature
            demo::user -> demo::b::c: use signature"#]],
    );
}

#[test]
fn group_of_supers() {
    check(
        r#"
        mod a { pub struct A; }
        mod top { pub struct T; mod low { use super::{super::a::A, T, self as up}; fn f(_: up::T) {} } }
        "#,
        expect![[r#"
            demo::top::low -> demo::a: use
            demo::top::low -> demo::top: use signature"#]],
    );
}

#[test]
fn variants_of_an_own_enum() {
    check(
        r#"
        mod a { pub enum E { One, Two } pub use self::E::One; use E::Two as Second; fn f() { Second; } }
        mod user { use crate::a::One; use crate::a::E::{self, Two}; fn f() -> E { One } }
        "#,
        expect!["demo::user -> demo::a: use signature body"],
    );
}

#[test]
fn imports_in_every_kind_of_block() {
    check(
        r#"
        mod a { pub fn run() -> u8 { 1 } pub struct T; }
        mod constant { const X: u8 = { use crate::a::run; run() }; }
        mod closure { fn f() { let _ = || { use crate::a::run; run() }; } }
        mod arm { fn f() { match 1 { _ => { use crate::a::run; run(); } } } }
        mod array { fn f(_: [u8; { use crate::a::T; 1 }]) {} }
        mod method { struct S; impl S { fn f() { use crate::a::T as Other; Other; } } }
        mod unsafe_block { fn f() { unsafe { use crate::a::run; run(); } } }
        mod silent { fn f() { { use crate::a::run; } run(); } fn run() {} }
        "#,
        expect![[r#"
            demo::arm -> demo::a: use body
            demo::array -> demo::a: use
            demo::closure -> demo::a: use body
            demo::constant -> demo::a: use body
            demo::method -> demo::a: use body
            demo::silent -> demo::a: use
            demo::unsafe_block -> demo::a: use body"#]],
    );
}

#[test]
fn function_and_module_of_one_name() {
    check(
        r#"
        mod m { pub mod a { pub fn x() {} } pub fn a() {} }
        mod user { use crate::m::a; fn f() { a(); } fn g() { a::x(); } }
        mod by_path { fn f() { crate::m::a::x(); } }
        "#,
        expect![[r#"
            demo::by_path -> demo::m::a: body
            demo::user -> demo::m: use body
            demo::user -> demo::m::a: use body"#]],
    );
}

#[test]
fn super_in_a_module_of_a_block() {
    check(
        r#"
        mod a { pub struct X; }
        mod user { pub struct X; fn f() { use crate::a::X; mod m { use super::X; } } }
        "#,
        expect![[r#"
            demo::user -> demo::a: use
            demo::user::m -> demo::user: use"#]],
    );
}

#[test]
fn more_supers_than_modules() {
    check(
        "mod a { use super::super::X; fn f() { super::super::super::Y; } }",
        expect![[r#"
            demo::a -> demo: use body
            unresolved (no-such-name): super"#]],
    );
}

#[test]
fn names_in_any_script() {
    check(
        r#"
        mod größe { pub struct Ä; }
        mod user { use crate::größe::Ä; fn f(_: Ä) { crate :: größe /* ü */ :: Ä; } }
        mod silent { struct Ä; fn f(_: Ä) {} }
        "#,
        expect!["demo::user -> demo::größe: use signature body"],
    );
}

#[test]
fn globs_on_modules_of_one_outside_crate() {
    check(
        r##"
        //- /app.rs crate:app deps:sea,other
        mod a { use sea::{prelude::*, schema::*}; fn f() { Table::create(); } }
        mod b { use sea::*; use other::*; fn f() { Table::create(); } }
        "##,
        expect![[r#"
            app::a -> ext:sea: use body
            app::b -> ext:other: use
            app::b -> ext:sea: use
            unresolved (external-glob): Table"#]],
    );
}
