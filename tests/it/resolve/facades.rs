//! Re-exports: the edge leads to the module that defines, and remembers the facade that was named.

use expect_test::expect;

use crate::resolve::check;

#[test]
fn named_re_export() {
    check(
        r#"
        mod inner { pub struct A; pub struct B; }
        mod facade { pub use crate::inner::A; }
        mod user { use crate::facade::A; }
        mod by_path { fn f(_: crate::facade::A) {} }
        mod silent { use crate::facade::B; }
        "#,
        expect![[r#"
            demo::by_path -> demo::inner: signature via demo::facade
            demo::facade -> demo::inner: re-export
            demo::silent -> demo::facade: use
            demo::user -> demo::inner: use via demo::facade
            unresolved (no-such-name): B"#]],
    );
}

#[test]
fn glob_re_export() {
    check(
        r#"
        mod inner { pub struct A; pub(super) struct B; }
        mod facade { pub use crate::inner::*; pub struct Own; }
        mod user { use crate::facade::A; use crate::facade::Own; }
        "#,
        expect![[r#"
            demo::facade -> demo::inner: re-export
            demo::user -> demo::facade: use
            demo::user -> demo::inner: use via demo::facade"#]],
    );
}

#[test]
fn renamed_re_export() {
    check(
        r#"
        mod inner { pub struct A; }
        mod facade { pub use crate::inner::A as Public; pub struct A; }
        mod user { use crate::facade::Public; }
        mod silent { use crate::facade::A; }
        "#,
        expect![[r#"
            demo::facade -> demo::inner: re-export
            demo::silent -> demo::facade: use
            demo::user -> demo::inner: use via demo::facade"#]],
    );
}

#[test]
fn chain_of_re_exports() {
    check(
        r#"
        mod one { pub struct A; }
        mod two { pub use crate::one::A; }
        mod three { pub use crate::two::*; }
        mod four { pub use crate::three::A as B; }
        mod user { use crate::four::B; fn f(_: B) {} }
        "#,
        expect![[r#"
            demo::four -> demo::one: re-export via demo::three
            demo::three -> demo::two: re-export
            demo::two -> demo::one: re-export
            demo::user -> demo::one: use signature via demo::four"#]],
    );
}

#[test]
fn whole_module_re_exported() {
    check(
        r#"
        mod inner { pub mod deep { pub struct A; } }
        mod facade { pub use crate::inner::deep; pub use crate::inner::deep as depth; }
        mod user { use crate::facade::deep::A; fn f(_: crate::facade::depth::A) {} }
        mod takes_module { use crate::facade::deep; fn f(_: deep::A) {} }
        "#,
        expect![[r#"
            demo::facade -> demo::inner::deep: re-export
            demo::takes_module -> demo::inner::deep: signature
            demo::takes_module -> demo::inner::deep: use via demo::facade
            demo::user -> demo::inner::deep: use signature"#]],
    );
}

#[test]
fn external_crate_re_exported() {
    check(
        r#"
        //- /app.rs crate:app deps:serde,sqlx
        mod facade { pub use sqlx; pub use serde::Deserialize; pub use serde::de as reading; }
        mod user { use crate::facade::sqlx::PgPool; use crate::facade::Deserialize; }
        mod by_path { fn f(_: crate::facade::sqlx::Row, _: crate::facade::reading::Error) {} }
        mod silent { mod sqlx { pub struct PgPool; } use self::sqlx::PgPool; }
        "#,
        expect![[r#"
            app::by_path -> ext:serde: signature via app::facade
            app::by_path -> ext:sqlx: signature via app::facade
            app::facade -> ext:serde: re-export
            app::facade -> ext:sqlx: re-export
            app::silent -> app::silent::sqlx: use
            app::user -> ext:serde: use via app::facade
            app::user -> ext:sqlx: use"#]],
    );
}

#[test]
fn external_crate_behind_a_glob() {
    check(
        r#"
        //- /app.rs crate:app deps:diesel,serde
        mod prelude { pub use diesel::prelude::*; pub struct Own; }
        mod user { use crate::prelude::*; fn f(_: PgConnection, _: Own) {} }
        mod named { use crate::prelude::PgConnection; }
        mod silent { use crate::prelude::*; struct PgConnection; fn f(_: PgConnection) {} }
        mod two_globs { use diesel::prelude::*; use serde::de::*; fn f(_: Either) {} }
        "#,
        expect![[r#"
            app::named -> ext:diesel: use via app::prelude
            app::prelude -> ext:diesel: re-export
            app::silent -> app::prelude: use
            app::two_globs -> ext:diesel: use
            app::two_globs -> ext:serde: use
            app::user -> app::prelude: use signature
            app::user -> ext:diesel: signature
            unresolved (external-glob): Either"#]],
    );
}

#[test]
fn prelude_through_globs() {
    check(
        r#"
        mod model { pub struct Order; pub enum State { Open, Closed } }
        mod ports { pub trait Store {} }
        pub mod prelude { pub use crate::model::*; pub use crate::ports::Store; pub use crate::model::State::{self, *}; }
        mod user { use crate::prelude::*; fn f<S: Store>(_: Order) -> State { Open } }
        mod silent { use crate::prelude::*; struct Order; trait Store {} fn f<S: Store>(_: Order) {} }
        "#,
        expect![[r#"
            demo::prelude -> demo::model: re-export
            demo::prelude -> demo::ports: re-export
            demo::silent -> demo::prelude: use
            demo::user -> demo::model: signature body via demo::prelude
            demo::user -> demo::ports: signature via demo::prelude
            demo::user -> demo::prelude: use"#]],
    );
}

#[test]
fn across_workspace_crates() {
    check(
        r#"
        //- /app.rs crate:app deps:facade
        mod user { use facade::A; use facade::deep::B; fn f(_: facade::core_lib::C) {} }
        mod globbed { use facade::*; fn f(_: A) {} }
        mod silent { use facade::Own; }
        //- /facade.rs crate:facade deps:core-lib
        pub use core_lib::A;
        pub use core_lib::inner as deep;
        pub use core_lib;
        pub struct Own;
        //- /core.rs crate:core-lib
        pub struct A;
        pub mod inner { pub struct B; }
        mod hidden { pub struct C; }
        pub use hidden::C;
        "#,
        expect![[r#"
            app::globbed -> core_lib: signature via facade
            app::globbed -> facade: use
            app::silent -> facade: use
            app::user -> core_lib: use via facade
            app::user -> core_lib::hidden: signature via core_lib
            app::user -> core_lib::inner: use
            app::user -> ext:facade: use signature
            core_lib -> core_lib::hidden: re-export
            facade -> core_lib: re-export
            facade -> core_lib::inner: re-export"#]],
    );
}

#[test]
fn private_items_stay_behind_a_crate_glob() {
    check(
        r#"
        //- /app.rs crate:app deps:core-lib
        use core_lib::*;
        struct B;
        fn f(_: A, _: B) {}
        //- /core.rs crate:core-lib
        pub struct A;
        pub(crate) struct B;
        "#,
        expect!["app -> core_lib: use signature"],
    );
}

#[test]
fn facade_at_the_crate_root() {
    check(
        r#"
        //- /lib.rs
        mod engine;
        pub use engine::Engine;
        pub use self::engine::parts::*;
        mod user;
        //- /engine/mod.rs
        pub mod parts;
        pub struct Engine;
        //- /engine/parts.rs
        pub struct Wheel;
        //- /user.rs
        use crate::{Engine, Wheel};
        "#,
        expect![[r#"
            demo -> demo::engine: re-export
            demo -> demo::engine::parts: re-export
            demo::user -> demo::engine: use via demo
            demo::user -> demo::engine::parts: use via demo"#]],
    );
}

#[test]
fn private_imports_are_no_facade_for_others() {
    check(
        r#"
        mod inner { pub struct A; }
        mod other { use crate::inner::A; pub mod child { use super::A; } }
        mod silent { use crate::other::*; struct A; fn f(_: A) {} }
        "#,
        expect![[r#"
            demo::other -> demo::inner: use
            demo::other::child -> demo::inner: use via demo::other
            demo::silent -> demo::other: use"#]],
    );
}

#[test]
fn named_re_export_beats_glob() {
    check(
        r#"
        mod a { pub struct X; }
        mod b { pub struct X; }
        mod facade { pub use crate::a::*; pub use crate::b::X; }
        mod user { use crate::facade::X; }
        "#,
        expect![[r#"
            demo::facade -> demo::a: re-export
            demo::facade -> demo::b: re-export
            demo::user -> demo::b: use via demo::facade"#]],
    );
}

#[test]
fn re_exported_variants() {
    check(
        r#"
        mod a { pub enum E { One, Two } }
        mod facade { pub use crate::a::E::*; pub use crate::a::E as Kind; }
        mod user { use crate::facade::One; fn f() { One; crate::facade::Kind::Two; } }
        mod silent { enum Kind { Two } fn f() { Kind::Two; } }
        "#,
        expect![[r#"
            demo::facade -> demo::a: re-export
            demo::user -> demo::a: use body via demo::facade"#]],
    );
}

#[test]
fn prelude_of_a_parent() {
    check(
        r#"
        pub struct Root;
        mod a { pub struct A; }
        pub use a::A;
        pub mod prelude { pub use super::*; }
        mod user { use crate::prelude::*; fn f(_: A, _: Root) {} }
        "#,
        expect![[r#"
            demo -> demo::a: re-export
            demo::prelude -> demo: re-export
            demo::user -> demo: signature via demo::prelude
            demo::user -> demo::a: signature via demo::prelude
            demo::user -> demo::prelude: use"#]],
    );
}

#[test]
fn prelude_of_another_crate() {
    check(
        r#"
        //- /app.rs crate:app deps:core-lib
        mod user { use core_lib::prelude::*; fn f(_: A) { make!(); } }
        mod silent { use core_lib::prelude::*; struct A; fn f(_: A) {} }
        //- /core.rs crate:core-lib
        mod inner { pub struct A; pub struct B; }
        #[macro_export] macro_rules! make { () => {} }
        pub mod prelude { pub use crate::inner::A; pub use crate::make; }
        "#,
        expect![[r#"
            app::silent -> core_lib::prelude: use
            app::user -> core_lib: macro via core_lib::prelude
            app::user -> core_lib::inner: signature via core_lib::prelude
            app::user -> core_lib::prelude: use
            core_lib::prelude -> core_lib: re-export
            core_lib::prelude -> core_lib::inner: re-export"#]],
    );
}

#[test]
fn extern_crate_re_exported() {
    check(
        r#"
        //- /app.rs crate:app deps:facade
        mod user { use facade::inner::A; use facade::json::Value; }
        //- /facade.rs crate:facade deps:core-lib,serde_json
        pub extern crate core_lib as inner;
        pub extern crate serde_json as json;
        //- /core.rs crate:core-lib
        pub struct A;
        "#,
        expect![[r#"
            app::user -> core_lib: use
            app::user -> ext:facade: use
            app::user -> ext:serde_json: use
            facade -> core_lib: re-export
            facade -> ext:serde_json: re-export"#]],
    );
}
