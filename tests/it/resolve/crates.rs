//! Crates: their ids, what each may name, and what only some of their code may.

use expect_test::expect;

use crate::resolve::{check, module_ids, read};
use archlint::adapters::memory::Memory;

#[test]
fn ids_when_targets_share_a_name() {
    let fixture = r#"
        //- /Cargo.toml
        [workspace]
        members = ["a", "b"]
        //- /a/Cargo.toml
        [package]
        name = "tool"
        edition = "2021"
        [[test]]
        name = "tool"
        path = "tests/x.rs"
        //- /a/src/lib.rs
        //- /a/src/main.rs
        //- /a/build.rs
        //- /a/tests/x.rs
        //- /a/tests/it.rs
        //- /b/Cargo.toml
        [package]
        name = "b"
        edition = "2021"
        [[bin]]
        name = "tool"
        path = "src/main.rs"
        //- /b/src/main.rs
        //- /b/tests/it.rs
        //- /b/build.rs
    "#;
    let ids = module_ids(&read(&Memory::parse(fixture)).graph);
    assert_eq!(
        ids,
        ["build@b", "build@tool", "it", "it@test", "tool", "tool@bin", "tool@bin:tool", "tool@test"]
    );
}

#[test]
fn program_uses_its_library() {
    check(
        r#"
        //- /src/lib.rs
        pub mod a { pub struct A; }
        //- /src/main.rs
        mod a { pub struct Own; }
        mod user { use demo::a::A; use crate::a::Own; }
        fn main() { demo::a::A; a::Own; }
        "#,
        expect![[r#"
            demo@bin -> demo::a: body
            demo@bin -> demo@bin::a: body
            demo@bin::user -> demo::a: use
            demo@bin::user -> demo@bin::a: use"#]],
    );
}

#[test]
fn library_does_not_see_itself_by_name() {
    check(
        r#"
        //- /src/lib.rs
        mod a { pub struct A; }
        mod user { use demo::a::A; }
        mod silent { mod demo { pub struct A; } use self::demo::A; }
        "#,
        expect![[r#"
            demo::silent -> demo::silent::demo: use
            demo::user -> ext:demo: use
            undeclared: demo"#]],
    );
}

#[test]
fn dev_dependency_only_in_tests() {
    check(
        r#"
        //- /Cargo.toml
        [package]
        name = "app"
        edition = "2021"
        [dependencies]
        serde = "1"
        [dev-dependencies]
        tempfile = "3"
        //- /src/lib.rs
        mod user { use serde::Serialize; #[cfg(test)] mod tests { use tempfile::TempDir; use serde::Serialize; } }
        //- /tests/it.rs
        use tempfile::TempDir;
        use app as library;
        fn f() { library::nothing(); }
        "#,
        expect![[r#"
            app::user -> ext:serde: use
            app::user::tests -> ext:serde: use [test]
            app::user::tests -> ext:tempfile: use [test]
            it -> app: use body [test]
            it -> ext:tempfile: use [test]
            unresolved (no-such-name): nothing"#]],
    );
}

#[test]
fn build_script() {
    check(
        r#"
        //- /Cargo.toml
        [package]
        name = "app"
        edition = "2021"
        [dependencies]
        serde = "1"
        [build-dependencies]
        cc = "1"
        //- /build.rs
        mod helper { pub fn f() {} }
        fn main() { cc::Build::new(); helper::f(); }
        //- /src/lib.rs
        mod user { use serde::Serialize; }
        mod silent { mod cc { pub struct Build; } use self::cc::Build; }
        "#,
        expect![[r#"
            app::silent -> app::silent::cc: use
            app::user -> ext:serde: use
            build@app -> build@app::helper: body
            build@app -> ext:cc: body"#]],
    );
}

#[test]
fn proc_macro_crate_with_a_derive() {
    check(
        r#"
        //- /Cargo.toml
        [workspace]
        members = ["app", "macros", "facade"]
        //- /app/Cargo.toml
        [package]
        name = "app"
        edition = "2021"
        [dependencies]
        macros = { path = "../macros" }
        facade = { path = "../facade" }
        //- /app/src/lib.rs
        mod user { use macros::Magic; #[derive(Magic)] struct S { #[magic(x)] a: u8 } }
        mod sometimes { #[derive(macros::Other)] struct S; }
        mod by_path { #[derive(macros::Magic)] struct S; #[macros::attr] fn f() { macros::call!(); } }
        mod through { use facade::Magic; #[derive(Magic)] struct S; }
        mod silent { #[derive(Clone)] struct Magic; fn f(_: Magic) {} }
        //- /macros/Cargo.toml
        [package]
        name = "macros"
        edition = "2021"
        [lib]
        proc-macro = true
        //- /macros/src/lib.rs
        use proc_macro::TokenStream;
        mod imp { pub fn expand() {} }
        #[proc_macro_derive(Magic, attributes(magic))]
        pub fn derive_magic(input: TokenStream) -> TokenStream { imp::expand(); input }
        #[cfg_attr(unix, proc_macro_derive(Other, attributes(other)))]
        pub fn derive_other(input: TokenStream) -> TokenStream { input }
        #[proc_macro_attribute]
        pub fn attr(_: TokenStream, item: TokenStream) -> TokenStream { item }
        #[proc_macro]
        pub fn call(item: TokenStream) -> TokenStream { item }
        //- /facade/Cargo.toml
        [package]
        name = "facade"
        edition = "2021"
        [dependencies]
        macros = { path = "../macros" }
        //- /facade/src/lib.rs
        pub use macros::Magic;
        "#,
        expect![[r#"
            app::by_path -> macros: derive attribute macro
            app::sometimes -> macros: derive
            app::through -> ext:facade: use
            app::through -> macros: use derive via facade
            app::user -> macros: use derive
            facade -> macros: re-export
            macros -> ext:proc_macro: use signature
            macros -> macros::imp: body"#]],
    );
}

#[test]
fn derive_and_trait_of_one_name() {
    check(
        r#"
        //- /Cargo.toml
        [workspace]
        members = ["app", "macros", "facade"]
        //- /app/Cargo.toml
        [package]
        name = "app"
        edition = "2021"
        [dependencies]
        facade = { path = "../facade" }
        //- /app/src/lib.rs
        mod derives { #[derive(facade::Magic)] struct S; }
        mod implements { struct S; impl facade::Magic for S {} }
        mod imports { use facade::Magic; }
        //- /macros/Cargo.toml
        [package]
        name = "macros"
        edition = "2021"
        [lib]
        proc-macro = true
        //- /macros/src/lib.rs
        #[proc_macro_derive(Magic)]
        pub fn derive_magic(input: proc_macro::TokenStream) -> proc_macro::TokenStream { input }
        //- /facade/Cargo.toml
        [package]
        name = "facade"
        edition = "2021"
        [dependencies]
        macros = { path = "../macros" }
        //- /facade/src/lib.rs
        pub use macros::Magic;
        mod magic { pub trait Magic {} }
        pub use magic::Magic;
        "#,
        expect![[r#"
            app::derives -> ext:facade: derive
            app::derives -> macros: derive via facade
            app::implements -> facade::magic: impl via facade
            app::imports -> ext:facade: use
            app::imports -> facade::magic: use via facade
            app::imports -> macros: use via facade
            facade -> facade::magic: re-export
            facade -> macros: re-export
            macros -> ext:proc_macro: signature"#]],
    );
}

#[test]
fn libraries_that_drop_a_part_of_their_packages_name_are_declared() {
    check(
        "//- /lib.rs crate:demo deps:rust-ini,elasticlunr-rs,md-5\n\
         fn f() { ini::a(); elasticlunr::b(); md5::c(); md6::d() }\n",
        expect![[r#"
            demo -> ext:elasticlunr: body
            demo -> ext:ini: body
            demo -> ext:md5: body
            demo -> ext:md6: body
            undeclared: md6"#]],
    );
}

#[test]
fn undeclared_crates_are_named_and_listed() {
    check(
        r#"
        mod user { use mystery::Thing; fn f() { riddle::solve(); } }
        mod silent { fn f() { thing.method(); Unknown; } }
        "#,
        expect![[r#"
            demo::user -> ext:mystery: use
            demo::user -> ext:riddle: body
            unresolved (unknown-name): Unknown thing
            undeclared: mystery riddle"#]],
    );
}

#[test]
fn examples_and_benches_are_crates_of_their_own() {
    check(
        r#"
        //- /Cargo.toml
        [package]
        name = "app"
        edition = "2021"
        [dev-dependencies]
        criterion = "1"
        //- /src/lib.rs
        pub mod a { pub struct A; }
        //- /examples/show.rs
        use app::a::A;
        use criterion::Criterion;
        fn main() {}
        //- /benches/speed.rs
        use app::a::A;
        "#,
        expect![[r#"
            show -> app::a: use
            show -> ext:criterion: use
            speed -> app::a: use [test]"#]],
    );
}

#[test]
fn std_core_and_alloc() {
    check(
        r#"
        #![no_std]
        extern crate alloc;
        mod user { use core::fmt; use alloc::vec::Vec; use std::fs::File; use std::io; fn f(_: io::Error, _: std::time::Instant) {} }
        mod silent { fn f(_: Option<u8>) -> u8 { u8::MAX } }
        "#,
        expect![[r#"
            demo -> ext:alloc: use
            demo::user -> ext:alloc::vec: use
            demo::user -> ext:core::fmt: use
            demo::user -> ext:std::fs: use
            demo::user -> ext:std::io: use signature
            demo::user -> ext:std::time: signature"#]],
    );
}

#[test]
fn dependencies_for_one_platform_and_optional_ones() {
    check(
        r#"
        //- /Cargo.toml
        [package]
        name = "app"
        edition = "2021"
        [target.'cfg(windows)'.dependencies]
        windows-sys = "1"
        [dependencies]
        serde = { version = "1", optional = true }
        [features]
        json = ["dep:serde"]
        //- /src/lib.rs
        mod user { #[cfg(windows)] use windows_sys::Win32; #[cfg(feature = "json")] use serde::Serialize; }
        mod silent { fn f() { cfg!(windows); cfg!(feature = "serde"); } }
        "#,
        expect![[r#"
            app::user -> ext:serde: use
            app::user -> ext:windows_sys: use"#]],
    );
}

#[test]
fn binaries_beside_the_library() {
    check(
        r#"
        //- /Cargo.toml
        [package]
        name = "app"
        edition = "2021"
        //- /src/lib.rs
        pub mod a { pub struct A; }
        //- /src/bin/tool.rs
        use app::a::A;
        mod helper { use app::a::A; }
        fn main() {}
        //- /src/bin/multi/main.rs
        mod part;
        fn main() {}
        //- /src/bin/multi/part.rs
        use app::a::A;
        use crate::main;
        "#,
        expect![[r#"
            multi::part -> app::a: use
            multi::part -> multi: use
            tool -> app::a: use
            tool::helper -> app::a: use"#]],
    );
}

#[test]
fn crate_with_a_module_of_its_own_name() {
    check(
        r#"
        //- /app.rs crate:app deps:codec
        mod user { use codec::codec::Encoder; use codec::Decoder; }
        //- /codec.rs crate:codec
        pub mod codec { pub struct Encoder; pub struct Decoder; }
        pub use codec::Decoder;
        mod inner { use crate::codec::Encoder; }
        "#,
        expect![[r#"
            app::user -> codec::codec: use
            app::user -> codec::codec: use via codec
            codec -> codec::codec: re-export
            codec::inner -> codec::codec: use"#]],
    );
}

#[test]
fn dev_dependencies_of_the_workspace_may_circle() {
    check(
        r#"
        //- /Cargo.toml
        [workspace]
        members = ["a", "b"]
        //- /a/Cargo.toml
        [package]
        name = "a"
        edition = "2021"
        [dev-dependencies]
        b = { path = "../b" }
        //- /a/src/lib.rs
        pub struct A;
        #[cfg(test)] mod tests { use b::B; }
        //- /b/Cargo.toml
        [package]
        name = "b"
        edition = "2021"
        [dependencies]
        a = { path = "../a" }
        //- /b/src/lib.rs
        pub struct B(a::A);
        "#,
        expect![[r#"
            a::tests -> b: use [test]
            b -> a: signature"#]],
    );
}
