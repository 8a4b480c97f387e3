//! Links and examples in documentation: kinds of their own, and none unless asked for.

use archlint::adapters::memory::Memory;
use archlint::domain::source::docs::Docs;
use expect_test::{Expect, expect};

use crate::resolve::{Ends, read, show, with_header};

const LINKS: Docs = Docs { links: true, tests: false };
const TESTS: Docs = Docs { links: false, tests: true };

/// Compares the edges with what the test expects, and that there is none of them by default.
fn check(fixture: &str, docs: Docs, ends: Ends, expected: Expect) {
    let memory = Memory::parse(&with_header(fixture));
    let plain = show(&read(&memory), ends);
    assert!(!plain.contains("doc-link") && !plain.contains("doctest"), "{plain}");
    let crlf = Memory::parse(&with_header(fixture).replace('\n', "\r\n"));
    let found = show(&read(&memory.with_docs(docs)), ends);
    assert_eq!(show(&read(&crlf.with_docs(docs)), ends), found, "line ends change the edges");
    expected.assert_eq(&found);
}

const MODULES: &str = r"
//- /lib.rs
//! See [`web::Page`] and [self::store].
pub mod domain;
pub mod store;
pub mod web;
//- /domain.rs
use crate::store::Table as Rows;
/// An order, kept by [`crate::store::Table`], shown by [the page](crate::web::Page), see [`Rows`].
pub struct Order {
    /// Made by [`open()`](crate::store::open).
    id: u8,
}
impl Order {
    /// Calls [`Self::b`] and [store!](crate::store).
    pub fn a(&self) {}
    /// Fails with [`Kind::Shut`](super::store::Kind::Shut) or [`std::io::Error`].
    pub fn b(&self) {}
}
//- /store.rs
pub struct Table;
pub enum Kind { Shut }
pub fn open() {}
//- /web.rs
pub struct Page;
";

#[test]
fn links_are_edges_of_their_own_kind() {
    check(
        MODULES,
        LINKS,
        Ends::Items,
        expect![[r#"
            demo -> demo::store: doc-link
            demo -> demo::web::Page: doc-link
            demo::domain -> demo::store::Table: use
            demo::domain::Order -> demo::store::Table: doc-link
            demo::domain::Order -> demo::store::open: doc-link
            demo::domain::Order -> demo::web::Page: doc-link
            demo::domain::Order::a -> demo::domain::Order::b: doc-link
            demo::domain::Order::a -> demo::store: doc-link
            demo::domain::Order::b -> demo::store::Kind::Shut: doc-link
            demo::domain::Order::b -> ext:std::io::Error: doc-link"#]],
    );
}

#[test]
fn what_is_like_a_link() {
    check(
        r"
//- /lib.rs
pub mod a;
/// `a::S`, [a](https://a.rs/a::S), \[a::S], [a::Missing], [Missing](missing::S), ![a](a::S).
// [a::S]
/// ```text
/// [a::S]
/// ```
#[doc(hidden)]
pub fn f() {
    // [a::S]
    let _ = 1; /* [a::S] */
}
//- /a.rs
pub struct S;
",
        LINKS,
        Ends::Items,
        expect![[r#""#]],
    );
}

#[test]
fn examples_are_edges_of_their_own_kind() {
    check(
        r#"
//- /Cargo.toml
[package]
name = "my-shop"
[dependencies]
serde = "1"
[dev-dependencies]
fake = "1"
//- /src/lib.rs
pub mod a;
pub mod b;
pub mod c;
//- /src/a.rs
/// ```
/// use my_shop::b::{self, S};
/// # use fake::Faker;
/// let s: S = b::make(serde::ok());
/// my_shop::c::show(s, Faker);
/// ```
pub fn f() {}
//- /src/b.rs
pub struct S;
pub fn make() {}
//- /src/c.rs
pub fn show() {}
"#,
        TESTS,
        Ends::Modules,
        expect![[r#"
            my_shop::a -> ext:fake: doctest [test]
            my_shop::a -> ext:serde: doctest [test]
            my_shop::a -> my_shop::b: doctest [test]
            my_shop::a -> my_shop::c: doctest [test]"#]],
    );
}

#[test]
fn what_is_like_an_example() {
    check(
        r#"
//- /Cargo.toml
[package]
name = "shop"
//- /src/lib.rs
pub mod a;
pub mod b;
//- /src/a.rs
/// ```ignore
/// shop::b::f();
/// ```
/// ```compile_fail
/// shop::b::f();
/// ```
/// ```text
/// shop::b::f();
/// ```
/// ```
/// mod shop { pub mod b { pub fn f() {} } }
/// fn main() { shop::b::f(); crate::b::f(); b::f(); }
/// ```
/// `shop::b::f()`
pub fn f() {}
//- /src/b.rs
pub fn f() {}
//- /src/main.rs
/// ```
/// shop::b::f();
/// ```
fn main() {}
"#,
        TESTS,
        Ends::Modules,
        expect![[r#""#]],
    );
}

#[test]
fn examples_see_through_globs_and_facades() {
    check(
        r#"
//- /Cargo.toml
[package]
name = "shop"
[dependencies]
outer = "1"
//- /src/lib.rs
pub mod a;
mod b;
pub mod prelude { pub use crate::b::{S, Kind}; }
#[macro_export]
macro_rules! sell { () => {}; }
//- /src/a.rs
//! ```
//! #[macro_use] extern crate shop;
//! use outer::*;
//! use shop::prelude::*;
//! use shop::prelude::Kind::*;
//! fn main() { sell!(); S::new(); Missing; let _ = Sold; }
//! ```
//- /src/b.rs
pub struct S;
impl S { pub fn new() {} }
pub enum Kind { Sold }
"#,
        TESTS,
        Ends::Items,
        expect![[r#"
            shop::a -> ext:outer: doctest [test]
            shop::a -> shop: doctest [test]
            shop::a -> shop::b::Kind: doctest via shop::prelude [test]
            shop::a -> shop::b::Kind::Sold: doctest via shop::prelude [test]
            shop::a -> shop::b::S::new: doctest via shop::prelude [test]
            shop::a -> shop::prelude: doctest [test]
            shop::a -> shop::sell: doctest [test]
            shop::prelude -> shop::b::Kind: re-export
            shop::prelude -> shop::b::S: re-export"#]],
    );
}
