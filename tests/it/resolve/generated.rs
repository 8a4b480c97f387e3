//! Names that attributes and macros make which are never run.

use expect_test::expect;

use crate::resolve::check;

#[test]
fn types_that_an_attribute_names() {
    check(
        r##"
        //- /app.rs crate:app deps:pin_project_lite,pin_project
        mod a { pin_project_lite::pin_project! { #[project = StateProj] pub enum State { A { x: u8 }, B } } fn f(x: StateProj<'_>) { match x { StateProj::A { .. } => {}, StateProj::B => {} } } }
        mod b { #[pin_project::pin_project(project = Proj, project_replace = Rep)] pub struct S { a: u8 } fn f(_: Proj, _: Rep) {} }
        mod c { use crate::a::StateProj; fn f(_: StateProj) {} }
        mod silent { fn f(_: StateProj) {} #[other(project = Foo)] struct S; fn g(_: Foo) {} }
        "##,
        expect![[r#"
            app::a -> ext:pin_project_lite: macro
            app::b -> ext:pin_project: attribute
            app::c -> app::a: use signature
            unresolved (unknown-name): Foo StateProj"#]],
    );
}

#[test]
fn names_made_by_macros_are_told_apart() {
    check(
        r##"
        //- /app.rs crate:app deps:mockall,diesel
        mod store { #[mockall::automock] pub trait Store {} pub struct Plain; #[derive(Clone)] pub struct Wide; }
        mod schema { diesel::table! { users (id) { id -> Integer, } } }
        mod user { use crate::store::MockStore; fn f(_: MockStore) {} }
        mod query { use crate::schema::users; use crate::schema::users::dsl::*; fn f() { users::table; name; } }
        mod tests { use super::query::*; fn f() { users::columns; } }
        mod silent { use crate::store::MockPlain; use crate::store::WideBuilder; fn f() { other(); } }
        "##,
        expect![[r#"
            app::query -> app::schema: use
            app::schema -> ext:diesel: macro
            app::silent -> app::store: use
            app::store -> ext:mockall: attribute
            app::tests -> app::query: use
            app::user -> app::store: use
            unresolved (no-such-name): MockPlain WideBuilder
            unresolved (unknown-name): other"#]],
    );
}
