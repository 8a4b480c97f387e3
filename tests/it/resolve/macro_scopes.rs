//! Where the names of macros reach: textual scope, `#[macro_use]`, `#[macro_export]`, imports.

use expect_test::expect;

use crate::resolve::{check, check_items};

#[test]
fn textual_scope_reaches_modules_below() {
    check_items(
        r#"
        macro_rules! early { () => {} }
        mod user { fn f() { early!(); } mod deep { fn g() { early!(); } } }
        "#,
        expect![[r#"
            demo::user::deep::g -> demo::early: macro
            demo::user::f -> demo::early: macro"#]],
    );
}

#[test]
fn textual_scope_across_files() {
    check(
        r#"
        //- /lib.rs
        #[macro_use]
        mod macros;
        mod user;
        //- /macros.rs
        macro_rules! helper { () => {} }
        //- /user.rs
        pub mod deep;
        fn f() { helper!(); }
        //- /user/deep.rs
        fn f() { helper!(); }
        "#,
        expect![[r#"
            demo::user -> demo::macros: macro
            demo::user::deep -> demo::macros: macro"#]],
    );
}

#[test]
fn macros_stay_in_modules_without_macro_use() {
    check(
        r#"
        mod macros { macro_rules! helper { () => {} } fn f() { helper!(); } }
        mod user { fn f() { helper!(); } }
        "#,
        expect!["unresolved (unknown-macro): helper"],
    );
}

#[test]
fn macro_use_of_nested_modules() {
    check(
        r#"
        #[macro_use]
        mod outer { #[macro_use] mod inner { macro_rules! helper { () => {} } } }
        mod user { fn f() { helper!(); } }
        "#,
        expect!["demo::user -> demo::outer::inner: macro"],
    );
}

#[test]
fn macro_use_of_an_extern_crate() {
    check(
        r#"
        //- /app.rs crate:app deps:core-lib,log
        #[macro_use] extern crate log;
        #[macro_use] extern crate core_lib;
        mod user { fn f() { info!("x"); } }
        mod workspace { fn f() { make!(); } }
        mod silent { fn f() { println!("x"); } }
        //- /core.rs crate:core-lib
        #[macro_export] macro_rules! make { () => {} }
        "#,
        expect![[r#"
            app -> core_lib: use
            app -> ext:log: use
            app::user -> ext:log: macro
            app::workspace -> core_lib: macro"#]],
    );
}

#[test]
fn derives_of_the_standard_library_come_from_no_macro_crate() {
    check(
        r#"
        //- /app.rs crate:app deps:diesel
        #[macro_use] extern crate diesel;
        mod model { #[derive(Debug, Clone, PartialEq)] struct Room; }
        mod rows { #[derive(Queryable)] struct Row; }
        "#,
        expect![[r#"
            app -> ext:diesel: use
            app::rows -> ext:diesel: derive"#]],
    );
}

#[test]
fn macro_use_with_a_list() {
    check(
        r#"
        //- /app.rs crate:app deps:log
        #[macro_use(info, warn)] extern crate log;
        mod user { fn f() { info!("x"); } }
        "#,
        expect![[r#"
            app -> ext:log: use
            app::user -> ext:log: macro"#]],
    );
}

#[test]
fn macros_in_functions_end_with_their_block() {
    check_items(
        r#"
        macro_rules! m { () => { 1 } }
        fn f() { macro_rules! m { () => { 2 } } m!(); }
        fn g() { m!(); }
        fn h() { { macro_rules! m { () => { 3 } } } m!(); }
        "#,
        expect![[r#"
            demo::f -> demo::f::m: macro
            demo::g -> demo::m: macro
            demo::h -> demo::m: macro"#]],
    );
}

#[test]
fn macro_export_is_at_the_root() {
    check(
        r#"
        mod macros { #[macro_export] macro_rules! out { () => {} } macro_rules! stays { () => {} } }
        mod user { fn f() { crate::out!(); } }
        mod imported { use crate::out; fn f() { out!(); } }
        mod silent { fn f() { crate::stays!(); } }
        "#,
        expect![[r#"
            demo::imported -> demo::macros: use macro via demo
            demo::silent -> demo: macro
            demo::user -> demo::macros: macro via demo
            unresolved (no-such-name): stays"#]],
    );
}

#[test]
fn pub_crate_use_of_a_macro() {
    check(
        r#"
        mod macros { macro_rules! helper { () => {} } pub(crate) use helper; macro_rules! other { () => {} } pub(crate) use other as renamed; }
        mod user { use crate::macros::helper; fn f() { helper!(); } }
        mod by_path { fn f() { crate::macros::renamed!(); } }
        mod silent { fn f() { macro_rules! helper { () => {} } helper!(); } }
        "#,
        expect![[r#"
            demo::by_path -> demo::macros: macro
            demo::user -> demo::macros: use macro"#]],
    );
}

#[test]
fn macros_through_a_facade() {
    check(
        r#"
        mod macros { #[macro_export] macro_rules! make { () => {} } }
        mod facade { pub use crate::make; pub use crate::make as build; }
        mod user { use crate::facade::make; fn f() { make!(); } }
        mod by_path { fn f() { crate::facade::build!(); } }
        "#,
        expect![[r#"
            demo::by_path -> demo::macros: macro via demo::facade
            demo::facade -> demo::macros: re-export via demo
            demo::user -> demo::macros: use macro via demo::facade"#]],
    );
}

#[test]
fn macros_by_imported_name() {
    check(
        r#"
        //- /app.rs crate:app deps:tracing
        mod user { use tracing::info; fn f() { info!("x"); } }
        mod renamed { use tracing::info as log; fn f() { log!("x"); } }
        mod silent { macro_rules! info { () => {} } fn f() { info!(); } }
        "#,
        expect![[r#"
            app::renamed -> ext:tracing: use macro
            app::user -> ext:tracing: use macro"#]],
    );
}

#[test]
fn macro_and_function_of_one_name() {
    check(
        r#"
        mod a { pub fn make() {} #[macro_export] macro_rules! make { () => {} } }
        mod called { use crate::a::make; fn f() { make(); } }
        mod expanded { use crate::make; fn f() { make!(); } }
        "#,
        expect![[r#"
            demo::called -> demo::a: use body
            demo::expanded -> demo::a: use macro via demo"#]],
    );
}

#[test]
fn macro_2_definitions() {
    check(
        r#"
        mod a { pub macro go($x:expr) { $crate::b::f($x) } }
        mod b { pub fn f() {} }
        mod user { use crate::a::go; fn f() { go!(1); } }
        "#,
        expect![[r#"
            demo::a -> demo::b: body
            demo::user -> demo::a: use macro"#]],
    );
}

#[test]
fn std_macros_by_path_and_shadowed() {
    check(
        r#"
        mod a { #[macro_export] macro_rules! vec { () => {} } }
        mod user { use crate::vec; fn f() { vec!(); } }
        mod silent { fn f() { vec![1]; std::println!(); } }
        "#,
        expect![[r#"
            demo::silent -> ext:std: macro
            demo::user -> demo::a: use macro via demo"#]],
    );
}

#[test]
fn of_macros_of_one_name_the_last_before_the_call_is_meant() {
    check(
        r#"
        mod a { pub fn first() {} }
        mod b { pub fn second() {} }
        macro_rules! go { () => { $crate::a::first() } }
        mod early { pub fn f() { go!(); } }
        macro_rules! go { () => { $crate::b::second() } }
        mod late { pub fn f() { go!(); } }
        "#,
        expect![[r#"
            demo::early -> demo: macro
            demo::early -> demo::a: body
            demo::late -> demo: macro
            demo::late -> demo::b: body"#]],
    );
}

#[test]
fn a_module_in_a_file_sees_the_macros_before_its_declaration() {
    check(
        r#"
        //- /lib.rs
        mod a;
        mod b;
        macro_rules! go { () => { $crate::a::first() } }
        mod early;
        macro_rules! go { () => { $crate::b::second() } }
        mod late;
        //- /a.rs
        pub fn first() {}
        //- /b.rs
        pub fn second() {}
        //- /early.rs
        // Much longer than the file above, so that no place in it can be mistaken for one there: it is
        // the place of the declaration that counts, whatever stands in here and however much it is.
        pub fn f() { go!(); }
        //- /late.rs
        pub fn f() { go!(); }
        "#,
        expect![[r#"
            demo::early -> demo: macro
            demo::early -> demo::a: body
            demo::late -> demo: macro
            demo::late -> demo::b: body"#]],
    );
}

#[test]
fn of_several_crates_the_one_that_is_known_to_have_the_macro() {
    check(
        r##"
        //- /app.rs crate:app deps:log,serde,rocket
        #[macro_use] extern crate log;
        #[macro_use] extern crate serde;
        #[macro_use] extern crate rocket;
        mod a { #[derive(Serialize)] struct S; fn f() { info!("x"); } }
        mod b { #[get("/")] fn f() { routes![f]; } }
        mod c { fn f() { unheard_of!(); } #[derive(Unheard)] struct S; }
        mod d { macro_rules! info { () => {} } fn f() { info!(); } }
        "##,
        expect![[r#"
            app -> ext:log: use
            app -> ext:rocket: use
            app -> ext:serde: use
            app::a -> ext:log: macro
            app::a -> ext:serde: derive
            app::b -> ext:rocket: attribute macro
            unresolved (unknown-macro): Unheard unheard_of"#]],
    );
}

#[test]
fn a_macro_named_like_one_of_the_standard_library() {
    check(
        r#"
        mod a { pub fn f() {} pub fn g() {} }
        mod above { fn f() { println!("x"); } }
        macro_rules! println { () => { crate::a::f() }; ($($t:tt)*) => { { crate::a::g(); $($t)* } }; }
        mod user { fn f() { println!(); } }
        mod by_path { fn f() { std::println!(); } }
        "#,
        expect![[r#"
            demo::by_path -> ext:std: macro
            demo::user -> demo: macro
            demo::user -> demo::a: body"#]],
    );
}

#[test]
fn what_a_call_became_calls_what_it_brings_before_what_was_there() {
    check_items(
        r#"
        mod near { pub struct Near; }
        mod far { pub struct Far; }
        macro_rules! leaf { () => { fn there() { crate::far::Far; } } }
        macro_rules! brings { () => { macro_rules! leaf { () => { fn here() { crate::near::Near; } } } leaf!(); } }
        macro_rules! passes { () => { leaf!(); } }
        mod a { brings!(); }
        mod b { passes!(); }
        "#,
        expect![[r#"
            demo::a -> demo::a::leaf: macro
            demo::a -> demo::brings: macro
            demo::a::here -> demo::near::Near: body
            demo::b -> demo::leaf: macro
            demo::b -> demo::passes: macro
            demo::b::there -> demo::far::Far: body"#]],
    );
}
