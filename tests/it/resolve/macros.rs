//! Macros: what their arguments and bodies name, and what they declare.

use expect_test::expect;

use crate::resolve::check;

#[test]
fn arguments_of_std_macros() {
    check(
        r#"
        mod a { pub const N: u8 = 1; pub fn f() -> u8 { 1 } pub enum E { One } pub struct T; }
        mod print { fn g() { println!("{}", crate::a::f()); } }
        mod vector { fn g() { vec![crate::a::N; 3]; } }
        mod list { fn g() { vec![crate::a::N, 2]; } }
        mod asserts { fn g() { assert_eq!(1, crate::a::f(), "text {}", 1); } }
        mod matching { fn g(x: u8) { matches!(x, crate::a::E::One if true); } }
        mod nested { fn g() { println!("{}", format!("{}", vec![crate::a::f()].len())); } }
        mod closure { fn g() { dbg!(|x: crate::a::T| x); } }
        mod block { fn g() { std::thread_local! { static X: u8 = crate::a::f(); } } }
        mod written { fn g(w: u8) { write!(w, "{}", crate::a::N).unwrap(); } }
        mod silent { fn g() { println!("crate::a::f()"); concat!("crate::a::N"); } }
        "#,
        expect![[r#"
            demo::asserts -> demo::a: body
            demo::block -> demo::a: body
            demo::block -> ext:std: macro
            demo::closure -> demo::a: body
            demo::list -> demo::a: body
            demo::matching -> demo::a: body
            demo::nested -> demo::a: body
            demo::print -> demo::a: body
            demo::vector -> demo::a: body
            demo::written -> demo::a: body"#]],
    );
}

#[test]
fn arguments_of_known_macros() {
    check(
        r#"
        //- /app.rs crate:app deps:tokio,tracing,anyhow,serde_json
        mod a { pub fn f() -> u8 { 1 } pub const N: u8 = 1; pub struct T; }
        mod select { async fn g() { tokio::select! { x = crate::a::f() => { x } _ = h() => {} } } async fn h() {} }
        mod select_arm { async fn g() { tokio::select! { _ = h() => crate::a::f(), else => {} } } async fn h() {} }
        mod log { fn g() { tracing::info!(count = crate::a::N, "x"); } }
        mod log_sigils { fn g() { tracing::info!(?x, %crate::a::N, "x"); } }
        mod ensure { fn g() { anyhow::ensure!(crate::a::f() == 1, "x"); } }
        mod json { fn g() { serde_json::json!({ "x": crate::a::N, "y": [crate::a::f()] }); } }
        mod join { async fn g() { tokio::join!(crate::a::f(), async { 1 }); } }
        mod silent { fn g() { tracing::info!(a = 1, "crate::a::f"); serde_json::json!({ "crate::a::N": 1 }); } }
        "#,
        expect![[r#"
            app::ensure -> app::a: body
            app::ensure -> ext:anyhow: macro
            app::join -> app::a: body
            app::join -> ext:tokio: macro
            app::json -> app::a: body
            app::json -> ext:serde_json: macro
            app::log -> app::a: body
            app::log -> ext:tracing: macro
            app::log_sigils -> app::a: body
            app::log_sigils -> ext:tracing: macro
            app::select -> app::a: body
            app::select -> ext:tokio: macro
            app::select_arm -> app::a: body
            app::select_arm -> ext:tokio: macro
            app::silent -> ext:serde_json: macro
            app::silent -> ext:tracing: macro"#]],
    );
}

#[test]
fn arguments_of_unknown_macros() {
    check(
        r#"
        //- /app.rs crate:app deps:x
        mod a { pub fn f() -> u8 { 1 } pub struct T; pub mod deep { pub struct D; } }
        mod odd_grammar { fn g() { x::go!(on crate::a::T => do crate::a::f() ; 5 ... ); } }
        mod by_import { use crate::a::T; fn g() { x::go!(<T> ~ 1); } }
        mod items { x::make! { table users -> crate::a::deep::D; } }
        mod in_types { fn g(_: x::ty!(crate::a::T)) {} }
        mod in_patterns { fn g(y: u8) { match y { x::pat!(crate::a::T) => {} _ => {} } } }
        mod in_impls { struct S; impl S { x::methods! { get: crate::a::T } } }
        mod silent { fn g() { x::go!(on a :: => T . f ~ "crate::a::T"); } }
        "#,
        expect![[r#"
            app::by_import -> app::a: use body
            app::by_import -> ext:x: macro
            app::in_impls -> app::a: body
            app::in_impls -> ext:x: macro
            app::in_patterns -> app::a: body
            app::in_patterns -> ext:x: macro
            app::in_types -> app::a: body
            app::in_types -> ext:x: macro
            app::items -> app::a::deep: body
            app::items -> ext:x: macro
            app::odd_grammar -> app::a: body
            app::odd_grammar -> ext:x: macro
            app::silent -> ext:x: macro"#]],
    );
}

#[test]
fn inline_names_in_format_strings() {
    check(
        r#"
        mod a { pub const NAME: u8 = 1; pub static name: u8 = 1; }
        mod user { use crate::a::NAME; fn f() { println!("{NAME}"); } }
        mod with_spec { use crate::a::NAME; fn f() { format!("{NAME:>5?}"); } }
        mod local { use crate::a::name; fn f(name: u8) { println!("{name}"); } }
        mod escaped { use crate::a::NAME; fn f() { println!("{{NAME}}"); } }
        mod plain_string { use crate::a::NAME; fn f() { let _ = "{NAME}"; } }
        "#,
        expect![[r#"
            demo::escaped -> demo::a: use
            demo::local -> demo::a: use
            demo::plain_string -> demo::a: use
            demo::user -> demo::a: use body
            demo::with_spec -> demo::a: use body"#]],
    );
}

#[test]
fn width_and_precision_in_format_strings() {
    check(
        r#"
        mod a { pub const WIDTH: usize = 1; pub const PLACES: usize = 2; }
        mod width { use crate::a::WIDTH; fn f(x: u8) { println!("{x:>0WIDTH$}"); } }
        mod precision { use crate::a::PLACES; fn f(x: u8) { println!("{:.PLACES$}", x); } }
        mod silent { use crate::a::WIDTH; fn f(x: u8) { println!("{x:1$} {0:WIDTH} WIDTH$ {WIDTHS}", x, 5, WIDTHS = 1); } }
        "#,
        expect![[r#"
            demo::precision -> demo::a: use body
            demo::silent -> demo::a: use
            demo::width -> demo::a: use body"#]],
    );
}

#[test]
fn lone_words_in_macros_are_no_crates() {
    check(
        r#"
        //- /app.rs crate:app deps:x
        mod user { fn f() { x::go!(x::deep, 1); } }
        mod silent { fn f() { x::go!(test, core); x::go!(x => alloc; std) } }
        "#,
        expect![[r#"
            app::silent -> ext:x: macro
            app::user -> ext:x: macro body"#]],
    );
}

#[test]
fn bodies_of_macro_rules() {
    check(
        r#"
        mod a { pub fn f() {} pub struct T; }
        mod user { macro_rules! call { ($x:expr) => { crate::a::f($x) }; () => { crate::a::T }; } }
        mod silent { macro_rules! call { (crate::a::f $x:ident) => { $x }; } }
        "#,
        expect!["demo::user -> demo::a: body"],
    );
}

#[test]
fn dollar_crate() {
    check(
        r#"
        //- /app.rs crate:app deps:core-lib
        mod user { fn f() { core_lib::make!(); } }
        //- /core.rs crate:core-lib
        pub mod inner { pub struct T; }
        mod macros { #[macro_export] macro_rules! make { () => { $crate::inner::T }; } }
        "#,
        expect![[r#"
            app::user -> core_lib::inner: body
            app::user -> core_lib::macros: macro via core_lib"#]],
    );
}

#[test]
fn macro_declared_modules() {
    check(
        r#"
        //- /lib.rs
        cfg_if::cfg_if! { if #[cfg(unix)] { mod unix; pub use unix::Sys; } else { mod other; pub use self::other::Sys; } }
        wrap! { mod wrapped; }
        mod user;
        //- /unix.rs
        pub struct Sys;
        //- /other.rs
        pub struct Sys;
        //- /wrapped.rs
        use crate::user::U;
        pub struct W;
        //- /user.rs
        use crate::Sys;
        use crate::wrapped::W;
        pub struct U;
        "#,
        expect![[r#"
            demo -> demo::other: re-export
            demo -> demo::unix: re-export
            demo -> ext:cfg_if: macro
            demo::user -> demo::other: use via demo
            demo::user -> demo::unix: use via demo
            demo::user -> demo::wrapped: use
            demo::wrapped -> demo::user: use
            unresolved (unknown-macro): wrap
            undeclared: cfg_if"#]],
    );
}

#[test]
fn cfg_if_by_imported_name() {
    check(
        r#"
        //- /app.rs crate:app deps:cfg-if
        use cfg_if::cfg_if;
        mod a { pub fn f() {} }
        mod user {
            cfg_if! {
                if #[cfg(test)] { fn f() { crate::a::f() } }
                else if #[cfg(any(unix, windows))] { mod inner { use crate::a::f; } }
                else { mod inner { } }
            }
        }
        mod in_function { fn f() { cfg_if::cfg_if! { if #[cfg(unix)] { crate::a::f(); } else { g(); } } } fn g() {} }
        "#,
        expect![[r#"
            app -> ext:cfg_if: use
            app::in_function -> app::a: body
            app::in_function -> ext:cfg_if: macro
            app::user -> app::a: body [test]
            app::user::inner -> app::a: use
            unresolved (unknown-macro): cfg_if"#]],
    );
}

#[test]
fn branches_of_cfg_select() {
    check(
        r#"
        //- /lib.rs
        cfg_select! { feature = "full" => { pub mod full; pub use full::Sys; } _ => {} }
        mod a { pub fn f() -> u8 { 1 } pub fn g() {} }
        mod user { fn f() -> crate::Sys { let a = std::cfg_select! { unix => crate::a::f(), _ => { 0 } }; } }
        mod tested { core::cfg_select! { test => { fn f() { crate::a::f() } } not(test) => { fn f() { } } } }
        mod silent { cfg_select! { unix => { fn f() { g() } } _ => { fn g() {} } } }
        //- /full.rs
        pub struct Sys;
        "#,
        expect![[r#"
            demo -> demo::full: re-export
            demo::tested -> demo::a: body [test]
            demo::tested -> ext:core: macro
            demo::user -> demo::a: body
            demo::user -> demo::full: signature via demo
            demo::user -> ext:std: macro"#]],
    );
}

#[test]
fn items_in_macro_arguments_are_items() {
    check(
        r#"
        //- /app.rs crate:app deps:lazy_static,bitflags
        mod a { pub struct T; pub fn make() -> T { T } }
        mod statics { lazy_static::lazy_static! { pub static ref X: crate::a::T = crate::a::make(); } }
        mod flags { bitflags::bitflags! { pub struct Flags: u32 { const A = 1; } } }
        mod user { use crate::statics::X; use crate::flags::Flags; }
        mod silent { use crate::flags::Missing; }
        "#,
        expect![[r#"
            app::flags -> ext:bitflags: macro
            app::silent -> app::flags: use
            app::statics -> app::a: signature body
            app::statics -> ext:lazy_static: macro
            app::user -> app::flags: use
            app::user -> app::statics: use"#]],
    );
}

#[test]
fn templates_are_no_code_of_this_crate() {
    check(
        r#"
        //- /app.rs crate:app deps:quote
        mod a { pub fn f() {} }
        mod silent { fn g() { quote::quote! { crate::a::f(); }; stringify!(crate::a::f()); } }
        mod user { fn g() { quote::quote! { x }; crate::a::f(); } }
        "#,
        expect![[r#"
            app::silent -> ext:quote: macro
            app::user -> app::a: body
            app::user -> ext:quote: macro"#]],
    );
}

#[test]
fn locals_in_macro_arguments() {
    check(
        r#"
        mod a { pub fn run() -> u8 { 1 } }
        mod user { use crate::a::run; fn f() { println!("{}", run()); } }
        mod silent { use crate::a::run; fn f() { let run = || 1; println!("{}", run()); } }
        mod unknown { use crate::a::run; macro_rules! odd { ($($t:tt)*) => {} } fn f(run: fn()) { odd!(=> run() ,, ); } }
        "#,
        expect![[r#"
            demo::silent -> demo::a: use
            demo::unknown -> demo::a: use
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn inline_names_where_arguments_do_not_parse() {
    check(
        r#"
        //- /app.rs crate:app deps:tracing
        mod a { pub const NAME: u8 = 1; pub const TARGET: &str = ""; }
        mod user { use crate::a::NAME; fn f(x: u8) { tracing::info!(?x, "{NAME}"); } }
        mod target { use crate::a::TARGET; fn f() { tracing::info!(target: TARGET, "x"); } }
        mod silent { use crate::a::NAME; fn f(x: u8) { tracing::info!(?x, "NAME {{NAME}}"); } }
        "#,
        expect![[r#"
            app::silent -> app::a: use
            app::silent -> ext:tracing: macro
            app::target -> app::a: use body
            app::target -> ext:tracing: macro
            app::user -> app::a: use body
            app::user -> ext:tracing: macro"#]],
    );
}

#[test]
fn metavariables_are_no_names() {
    check(
        r#"
        mod a { pub fn run() {} pub struct T; }
        mod user { use crate::a::run; macro_rules! m { ($x:ident) => { run($x) }; } }
        mod silent { use crate::a::{run, T}; macro_rules! m { ($run:ident, $T:ty) => { $run(1); let _: $T; x.run(); 'run: loop {} }; } }
        "#,
        expect![[r#"
            demo::silent -> demo::a: use
            demo::user -> demo::a: use body"#]],
    );
}

#[test]
fn calls_inside_macro_bodies() {
    check(
        r#"
        mod a { #[macro_export] macro_rules! inner { () => {} } pub fn f() {} }
        mod outer { macro_rules! outer { () => { $crate::inner!(); $crate::a::f(); }; } }
        mod nested { macro_rules! outer { () => { macro_rules! deep { () => { $crate::a::f() } } }; } }
        mod silent { macro_rules! outer { () => { println!("$crate::a::f()") }; } }
        "#,
        expect![[r#"
            demo::nested -> demo::a: body
            demo::outer -> demo::a: body
            demo::outer -> demo::a: macro via demo"#]],
    );
}

#[test]
fn assembly_names_symbols() {
    check(
        r#"
        mod a { pub fn f() {} }
        mod user { fn g() { std::arch::asm!("call {}", sym crate::a::f, options(nostack)); } }
        mod silent { fn g() { std::arch::asm!("crate::a::f", in("eax") 1, options(nostack)); } }
        "#,
        expect![[r#"
            demo::silent -> ext:std::arch: macro
            demo::user -> demo::a: body
            demo::user -> ext:std::arch: macro"#]],
    );
}

#[test]
fn operands_of_assembly() {
    check(
        r#"
        use std::arch::asm;
        mod names { pub const SIZE: u32 = 1; pub fn handler() {} pub static WORD: u32 = 0; pub mod nomem {} pub mod eax {} }
        mod user {
            use crate::names::*;
            use std::arch::asm;
            unsafe fn f(mut x: u32) {
                asm!("mov {0}, {1}", out(reg) x, in("eax") crate::names::WORD, options(nomem, nostack), clobber_abi("C"));
                asm!("{a}", a = const crate::names::SIZE, sym = inout(reg) x => _, options(pure));
                core::arch::global_asm!("call {}", sym crate::names::handler);
            }
        }
        "#,
        expect![[r#"
            demo -> ext:std::arch: use
            demo::user -> demo::names: use body
            demo::user -> ext:core::arch: macro
            demo::user -> ext:std::arch: use macro"#]],
    );
}

#[test]
fn of_several_crates_the_one_named_like_the_macro() {
    check(
        r#"
        //- /lib.rs crate:demo deps:serde_json,quick
        #[macro_use] extern crate quick;
        #[macro_use] extern crate serde_json;
        mod a { fn f() { quick!(1); } }
        mod b { fn f() { other!(1); } }
        "#,
        expect![[r#"
            demo -> ext:quick: use
            demo -> ext:serde_json: use
            demo::a -> ext:quick: macro
            unresolved (unknown-macro): other"#]],
    );
}
