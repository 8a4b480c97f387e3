//! Method calls and field accesses: which receivers have a known type, and which stay silent.

use expect_test::expect;

use crate::resolve::check;

/// Modules that the fixtures use values of: `a::Store` with a method, a field and a result.
const A: &str = "
pub mod a {
    pub struct Store { pub log: crate::b::Log, pub shared: std::sync::Arc<crate::b::Log>, pub many: Vec<crate::b::Log> }
    impl Store {
        pub fn new() -> Self { todo!() }
        pub fn open() -> Result<Self, ()> { todo!() }
        pub async fn connect() -> Option<Self> { todo!() }
        pub fn get(&self) -> u8 { 1 }
        pub fn log(&self) -> &crate::b::Log { todo!() }
        pub fn find(&self) -> Option<crate::b::Log> { todo!() }
        pub fn helper(n: u8) {}
    }
}
pub mod b {
    pub struct Log { pub lines: u8 }
    impl Log { pub fn write(&self) {} pub fn len(&self) -> u8 { 1 } pub fn map(&self) {} }
}
pub mod c { pub struct Own { pub store: crate::a::Store, pub slot: Option<crate::a::Store> } }
pub fn made() -> crate::a::Store { todo!() }
";

/// Which modules of the fixture a module `user` with this body refers to, and how.
fn uses(body: &str) -> String {
    let text = format!("{A}\npub mod user {{ {body} }}");
    let all = crate::resolve::report(&text, crate::resolve::Ends::Modules);
    let of_user = |line: &&str| line.starts_with("demo::user -> demo");
    let lines: Vec<&str> =
        all.lines().filter(of_user).map(|line| &line["demo::user -> demo".len()..]).collect();
    lines.join("; ").replace("::", "")
}

#[test]
fn parameters() {
    assert_eq!(uses("use crate::a::Store; fn f(s: &Store) { s.get(); }"), "a: use signature method");
    assert_eq!(uses("fn f(s: &mut super::a::Store) { s.log.write(); }"), "a: signature method; b: method");
    assert_eq!(uses("fn f(s: super::a::Store) { s.helper(1); s.nothing(); s.none; }"), "a: signature");
}

#[test]
fn own_fields_and_self() {
    let own = "struct Own { store: super::a::Store } impl Own { fn f(&self) { self.store.log.write() } }";
    assert_eq!(uses(own), "a: signature method; b: method");
    let other = "struct Own; impl Own { fn f() { let own = Self; own.x(); } fn g(&self) { self.h() } fn h(&self) {} }";
    assert_eq!(uses(other), "");
    let new = "struct Own(super::a::Store); impl Own { fn new() -> Self { todo!() } fn f() { Self::new().0.log(); } }";
    assert_eq!(uses(new), "a: signature method");
    let built =
        "struct Own { s: super::a::Store } fn f() { Own { s: g() }.s.log().write() } fn g() -> ! { todo!() }";
    assert_eq!(uses(built), "a: signature method; b: method");
}

#[test]
fn fields_of_parameters() {
    assert_eq!(
        uses("fn f(own: &crate::c::Own) { own.store.log.lines; }"),
        "a: method; b: method; c: signature method"
    );
    assert_eq!(uses("fn f(own: &crate::c::Own) { own.slot.log(); }"), "c: signature method");
}

#[test]
fn annotated_variables() {
    assert_eq!(uses("fn f() { let s: crate::a::Store = g(); s.get(); }"), "a: body method");
    assert_eq!(uses("fn f() { let s: Vec<crate::a::Store> = g(); s.get(); }"), "a: body");
    assert_eq!(uses("fn f() { let s: _ = g(); s.get(); }"), "");
}

#[test]
fn constructors() {
    assert_eq!(
        uses("fn f() { let s = crate::a::Store::new(); s.log().write(); }"),
        "a: body method; b: method"
    );
    assert_eq!(
        uses("fn f() { let s = crate::a::Store::open()?; s.log().write(); }"),
        "a: body method; b: method"
    );
    assert_eq!(uses("fn f() { let s = crate::a::Store::open(); s.log(); }"), "a: body");
    assert_eq!(
        uses("async fn f() { let s = crate::a::Store::connect().await?; s.log().write() }"),
        "a: body method; b: method"
    );
    assert_eq!(uses("fn f() { let s = crate::a::Store::connect()?; s.log().write() }"), "a: body");
}

#[test]
fn results_of_functions_and_chains() {
    assert_eq!(
        uses("use super::made; fn f() { let s = made(); s.log().write(); }"),
        ": use body; a: method; b: method"
    );
    assert_eq!(uses("fn f() { crate::made().find().unwrap().write(); }"), ": body; a: method; b: method");
    assert_eq!(
        uses("fn f() { crate::made().find().map(|log| log.write()); }"),
        ": body; a: method; b: method"
    );
    assert_eq!(
        uses("fn f() { crate::made().find().as_ref().ok_or(1)?.write(); }"),
        ": body; a: method; b: method"
    );
    assert_eq!(uses("fn f() { crate::made().find().unknown().write(); }"), ": body; a: method");
    assert_eq!(uses("fn f() { std::fs::made().find(); }"), "");
}

#[test]
fn wrappers_are_looked_through_where_they_stand_for_what_they_hold() {
    assert_eq!(
        uses("use std::sync::Arc; fn f(s: Arc<crate::a::Store>) { s.shared.write(); }"),
        "a: signature method; b: method"
    );
    assert_eq!(
        uses("use std::sync::Arc; fn f(s: Arc<crate::a::Store>) { s.clone().log(); }"),
        "a: signature method"
    );
    assert_eq!(uses("fn f(s: Box<Option<crate::a::Store>>) { s.get(); }"), "a: signature");
    assert_eq!(uses("fn f(s: &crate::a::Store) { s.many.len(); }"), "a: signature method");
    assert_eq!(
        uses(
            "use std::sync::Mutex; fn f(s: &Mutex<crate::a::Store>) { s.lock().unwrap().log.write(); s.get_mut(); }"
        ),
        "a: signature method; b: method"
    );
    assert_eq!(uses("use std::sync::Mutex; fn f(s: &Mutex<crate::a::Store>) { s.log(); }"), "a: signature");
    assert_eq!(
        uses(
            "use std::rc::Rc; fn f() { let s = Rc::new(crate::a::Store::new()); Rc::clone(&s).shared.write(); }"
        ),
        "a: body method; b: method"
    );
    assert_eq!(uses("struct Arc<T>(T); fn f(s: Arc<crate::a::Store>) { s.get(); }"), "a: signature");
}

#[test]
fn shadowed_and_ended_variables() {
    assert_eq!(uses("fn f(s: crate::b::Log) { let s = g(); s.write(); }"), "b: signature");
    assert_eq!(uses("fn f(s: crate::b::Log) { { let s = g(); s.h(); } s.write(); }"), "b: signature method");
    assert_eq!(uses("fn f(s: u8) { { let s = crate::made(); s.h(); } s.get(); }"), ": body");
    assert_eq!(uses("fn f(s: crate::b::Log) { fn g() { s.write(); } }"), "b: signature");
    assert_eq!(uses("fn f(s: crate::b::Log) { for s in x() { s.write(); } }"), "b: signature");
    assert_eq!(uses("fn f(s: crate::b::Log) { let g = |s| s.write(); }"), "b: signature");
    assert_eq!(uses("fn f(s: crate::b::Log) { let s = s.lines; s.write(); }"), "b: signature method");
}

#[test]
fn closures_and_patterns() {
    assert_eq!(uses("fn f() { let g = |s: &crate::b::Log| s.write(); }"), "b: body method");
    assert_eq!(uses("fn f() { let g = |s| s.write(); }"), "");
    assert_eq!(uses("fn f(s @ _: crate::b::Log) { s.write() }"), "b: signature method");
    assert_eq!(uses("fn f((s, _): (crate::b::Log, u8)) { s.write() }"), "b: signature method");
    assert_eq!(uses("fn f((_, s): (crate::b::Log, u8)) { s.write() }"), "b: signature");
    let handed = "fn f(s: Option<crate::b::Log>) { s.as_ref().is_some_and(|s| s.len() > 1); }";
    assert_eq!(uses(handed), "b: signature method");
    let failed = "fn f(s: Result<crate::b::Log, u8>) { s.map_err(|s| s.len()); }";
    assert_eq!(uses(failed), "b: signature");
    let two = "fn f(s: Option<crate::b::Log>) { s.zip(1).map(|(s, n)| s.len()); }";
    assert_eq!(uses(two), "b: signature");
}

#[test]
fn patterns_open_options_and_results() {
    let of = |body: &str| uses(&format!("fn f(s: Option<crate::b::Log>) {{ {body} }}"));
    assert_eq!(of("match s { Some(s) => s.write(), None => {} }"), "b: signature method");
    assert_eq!(of("if let Some(s) = s { s.write() }"), "b: signature method");
    assert_eq!(of("if let Some(ref s) = &s { s.write() }"), "b: signature method");
    assert_eq!(of("while let Some(s) = s.take() { s.write() }"), "b: signature method");
    assert_eq!(of("let Some(s) = s else { return }; s.write();"), "b: signature method");
    assert_eq!(of("if let Some(s @ _) = s { s.write() }"), "b: signature method");
    assert_eq!(of("if let None = s { s.write() }"), "b: signature", "it is an option still");
    let of = |body: &str| uses(&format!("fn f(s: Result<Option<crate::b::Log>, u8>) {{ {body} }}"));
    assert_eq!(of("if let Ok(Some(s)) = s { s.write() }"), "b: signature method");
    assert_eq!(of("if let Err(s) = s { s.write() }"), "b: signature");
}

#[test]
fn patterns_take_variants_and_structs_apart() {
    let held = "use crate::b::Log; enum Held { One(Log), Two { log: Log, n: u8 }, Many(u8, Box<Log>) } struct Pair { log: Log }";
    let of = |body: &str| uses(&format!("{held} {body}"));
    assert_eq!(
        of("fn f(h: Held) { match h { Held::One(s) => s.write(), _ => {} } }"),
        "b: use signature method"
    );
    assert_eq!(
        of("fn f(h: Held) { if let Held::Two { log, .. } = h { log.write() } }"),
        "b: use signature method"
    );
    assert_eq!(
        of("fn f(h: Held) { if let Held::Two { log: s, .. } = h { s.write() } }"),
        "b: use signature method"
    );
    assert_eq!(of("fn f(h: Held) { if let Held::Many(_, s) = h { s.write() } }"), "b: use signature method");
    assert_eq!(of("fn f(h: Held) { if let Held::Many(.., s) = h { s.write() } }"), "b: use signature");
    assert_eq!(of("fn f(h: Held) { if let Held::Many(s, _) = h { s.write() } }"), "b: use signature");
    assert_eq!(of("fn f(Pair { log }: Pair) { log.write() }"), "b: use signature method");
    let own =
        "impl Held { fn f(&self) { match self { Self::One(s) | Self::Many(_, s) => s.write(), _ => {} } } }";
    assert_eq!(of(own), "b: use signature method");
    let own = "impl Held { fn f(&self) { match self { Self::Many(s, _) => s.write(), _ => {} } } }";
    assert_eq!(of(own), "b: use signature");
}

#[test]
fn elements_of_collections() {
    let of = |body: &str| uses(&format!("fn f(s: &[crate::b::Log]) {{ {body} }}"));
    assert_eq!(of("s.len(); s[0].write()"), "b: signature method");
    assert_eq!(of("s.len(); s.write();"), "b: signature", "a slice has methods of its own");
    assert_eq!(of("s[1..].len();"), "b: signature", "a part of it is one too");
    assert_eq!(of("for s in s { s.write() }"), "b: signature method");
    assert_eq!(of("for s in s.iter().rev().skip(1) { s.write() }"), "b: signature method");
    assert_eq!(of("for (n, s) in s.iter().enumerate() { s.write() }"), "b: signature method");
    assert_eq!(of("for (s, n) in s.iter().enumerate() { s.write() }"), "b: signature");
    assert_eq!(of("s.iter().any(|s| s.len() == 1);"), "b: signature method");
    assert_eq!(of("s.iter().map(|s| s).any(|s| s.len() == 1);"), "b: signature method");
    assert_eq!(of("s.iter().map(|s| s.lines).any(|s| s.len() == 1);"), "b: signature method", "a field");
    assert_eq!(of("s.iter().fold(1, |n, s| n + s.len());"), "b: signature method");
    assert_eq!(of("s.iter().fold(1, |s, n| s.len());"), "b: signature", "what was made so far");
    assert_eq!(of("s.sort_by(|a, c| c.len().cmp(&1));"), "b: signature method");
    assert_eq!(of("s.first().unwrap().write();"), "b: signature method");
    assert_eq!(of("let [first, .., last] = s else { return }; last.write();"), "b: signature method");
    assert_eq!(
        uses("fn f(s: Vec<crate::b::Log>) { s.iter().max_by_key(|s| s.len()); }"),
        "b: signature method"
    );
    assert_eq!(uses("fn f(s: [crate::b::Log; 2]) { for s in s { s.write() } }"), "b: signature method");
    assert_eq!(
        uses("fn f() { for log in crate::made().many { log.write() } }"),
        ": body; a: method; b: method"
    );
}

#[test]
fn values_of_maps() {
    let of = |body: &str| {
        uses(&format!(
            "use std::collections::HashMap; fn f(s: HashMap<crate::a::Store, crate::b::Log>) {{ {body} }}"
        ))
    };
    assert_eq!(of("s.get(1).unwrap().write();"), "a: signature; b: signature method");
    assert_eq!(of("for (k, s) in &s { s.write() }"), "a: signature; b: signature method");
    assert_eq!(of("for s in s.values() { s.write() }"), "a: signature; b: signature method");
    assert_eq!(of("for (s, _) in &s { s.log(); }"), "a: signature; b: signature", "keys are not followed");
    assert_eq!(of("s.get(1).log(); s.len();"), "a: signature; b: signature");
}

#[test]
fn generic_parameters_have_the_methods_of_their_bounds() {
    let port = "mod p { pub trait Port: Base { fn put(&self); } pub trait Base { fn base(&self) {} } }";
    let of = |body: &str| uses(&format!("{port} {body}"));
    assert_eq!(of("fn f<T: p::Port>(s: T) { s.put(); }"), "userp: signature method");
    assert_eq!(of("fn f<T>(s: &T) where T: Send + p::Port { s.put(); }"), "userp: signature");
    assert_eq!(of("fn f<T>(s: &T) where T: p::Port + Send { s.put(); }"), "userp: signature method");
    assert_eq!(
        of("struct S<T> { port: T } impl<T: p::Port> S<T> { fn f(&self) { self.port.put() } }"),
        "userp: signature"
    );
    assert_eq!(
        of("fn f(s: &dyn p::Port) { s.base(); }"),
        "userp: signature method",
        "of what it asks for too"
    );
    assert_eq!(of("fn f<T>(s: T) { s.put(); }"), "");
}

#[test]
fn what_stands_for_another_has_its_methods() {
    let held = "use crate::b::Log; mod h { pub struct Held { log: crate::b::Log } impl Held { pub fn own(&self) {} } impl std::ops::Deref for Held { type Target = crate::b::Log; fn deref(&self) -> &crate::b::Log { &self.log } } }";
    let of = |body: &str| uses(&format!("{} {body}", held.trim_start_matches("use crate::b::Log; ")));
    assert_eq!(of("fn f(s: h::Held) { s.write(); }"), "b: method; userh: signature");
    assert_eq!(of("fn f(s: h::Held) { s.own(); }"), "userh: signature method");
    assert_eq!(of("fn f(s: h::Held) { (*s).write(); }"), "b: method; userh: signature");
    assert_eq!(of("fn f(s: &h::Held) { s.none(); }"), "userh: signature");
}

#[test]
fn generics() {
    assert_eq!(uses("fn f<T>(s: T) { s.write(); }"), "");
    assert_eq!(
        uses("type R<T> = Result<T, u8>; fn g() -> R<crate::b::Log> { todo!() } fn f() { g()?.write(); }"),
        "b: signature method"
    );
    let second = "type R<E, T> = Result<T, E>; fn g() -> R<crate::b::Log, crate::a::Store> { todo!() } fn f() { g()?.write(); }";
    assert_eq!(uses(second), "a: signature; b: signature");
}

#[test]
fn aliases_of_types() {
    let alias = "mod d { pub type L = std::sync::Arc<crate::b::Log>; } fn f(s: d::L) { s.write(); }";
    assert_eq!(uses(alias), "b: method; userd: signature");
}

#[test]
fn methods_of_traits_and_of_impls_elsewhere() {
    check(
        r#"
        pub mod t {
            pub trait Speak { fn speak(&self); fn twice(&self) -> Self where Self: Sized { todo!() } }
            pub trait Shout { fn speak(&self); fn both(&self); }
        }
        pub mod d { pub struct Dog; pub struct Cat; }
        pub mod i {
            use crate::{d::{Dog, Cat}, t::{Speak, Shout}};
            impl Speak for Dog { fn speak(&self) {} }
            impl Speak for Cat { fn speak(&self) {} }
            impl Shout for Cat { fn speak(&self) {} fn both(&self) {} }
            impl Dog { pub fn run(&self) {} }
        }
        pub mod of_impl { fn f(d: &crate::d::Dog) { d.speak(); } }
        pub mod inherent_elsewhere { fn f(d: &crate::d::Dog) { d.run(); } }
        pub mod provided { fn f(d: &crate::d::Dog) { d.twice().speak(); } }
        pub mod ambiguous { fn f(c: &crate::d::Cat) { c.speak(); } }
        pub mod of_object { fn f(s: &dyn crate::t::Speak) { s.speak(); } }
        pub mod of_bound { fn f(s: impl crate::t::Shout) { s.both(); s.none(); } }
        "#,
        expect![[r#"
            demo::ambiguous -> demo::d: signature
            demo::i -> demo::d: use impl
            demo::i -> demo::t: use impl
            demo::inherent_elsewhere -> demo::d: signature
            demo::inherent_elsewhere -> demo::i: method
            demo::of_bound -> demo::t: signature method
            demo::of_impl -> demo::d: signature
            demo::of_impl -> demo::i: method
            demo::of_object -> demo::t: signature method
            demo::provided -> demo::d: signature
            demo::provided -> demo::i: method
            demo::provided -> demo::t: method"#]],
    );
}

#[test]
fn conditions_and_tests() {
    check(
        r#"
        pub mod d {
            pub struct Dog;
            impl Dog { #[cfg(unix)] pub fn run(&self) {} #[cfg(windows)] pub fn run(&self) {} }
        }
        pub mod s { pub struct Sled { pub dog: crate::d::Dog } }
        pub mod user {
            fn f(s: &crate::s::Sled) { s.dog.run(); }
            #[cfg(test)] mod tests { fn g(s: &crate::s::Sled) { s.dog.run(); } }
        }
        "#,
        expect![[r#"
            demo::s -> demo::d: signature
            demo::user -> demo::d: method
            demo::user -> demo::s: signature method
            demo::user::tests -> demo::d: method [test]
            demo::user::tests -> demo::s: signature method [test]"#]],
    );
}

#[test]
fn arguments_of_macros() {
    assert_eq!(
        uses("fn f(s: &crate::c::Own) { println!(\"{}\", s.store.get()); }"),
        "a: method; c: signature method"
    );
    assert_eq!(
        uses("macro_rules! m { ($s:expr) => { $s.store.get() }; } fn f(s: &crate::c::Own) { m!(s) }"),
        "c: signature"
    );
}

#[test]
fn constants_and_statics() {
    let base = "mod d { pub static LOG: std::sync::LazyLock<crate::b::Log> = todo!(); pub const S: super::super::a::Store = todo!(); pub fn log() {} }";
    assert_eq!(uses(&format!("{base} fn f() {{ d::LOG.write(); }}")), "b: method; userd: body");
    assert_eq!(
        uses(&format!("{base} fn f() {{ d::S.log().write(); }}")),
        "a: method; b: method; userd: body"
    );
    assert_eq!(uses(&format!("{base} fn f() {{ d::log.write(); }}")), "userd: body");
}

#[test]
fn derived_methods() {
    check(
        r#"
        pub mod d { #[derive(Clone, PartialEq)] pub struct Dog; pub struct Cat; impl Dog { pub fn run(&self) {} } }
        pub mod s { pub struct Sled { pub dog: crate::d::Dog, pub cat: crate::d::Cat } }
        pub mod clone { fn f(s: &crate::s::Sled) { s.dog.clone(); } }
        pub mod after { fn f(s: &crate::s::Sled) { let d = s.dog.clone(); d.run(); } }
        pub mod none { fn f(s: &crate::s::Sled) { s.cat.clone(); s.dog.cmp(s); } }
        "#,
        expect![[r#"
            demo::after -> demo::d: method
            demo::after -> demo::s: signature method
            demo::clone -> demo::d: method
            demo::clone -> demo::s: signature method
            demo::none -> demo::s: signature method
            demo::s -> demo::d: signature"#]],
    );
}

#[test]
fn derived_default() {
    let derived = "#[derive(Default)] pub struct Own { log: Option<super::b::Log> } fn f() { Own::default().log.unwrap().write() }";
    assert_eq!(uses(derived), "b: signature method");
}

#[test]
fn values_of_blocks_and_branches() {
    check(
        r#"
        mod t { pub struct T; impl T { pub fn go(&self) {} } pub fn make() -> T { T } }
        mod block { fn f() { let t = { let x = 1; crate::t::make() }; t.go(); unsafe { crate::t::make() }.go(); } }
        mod branch { fn f(x: bool) { let t = if x { crate::t::make() } else { return }; t.go(); } }
        mod other { fn f(x: bool) { let t = if x { panic!() } else if !x { todo!() } else { crate::t::make() }; t.go(); } }
        mod arm { fn f(x: u8) { let t = match x { 0 => return, _ => crate::t::make() }; t.go(); } }
        mod refused { fn f() { let (Some(a), Some(b)) = (g(), g()) else { crate::t::make(); return }; } fn g() -> Option<u8> { None } }
        mod pairs { fn f() { let (x, y) = (1, crate::t::make()); y.go(); } }
        mod silent {
            struct Own; impl Own { fn go(&self) {} }
            fn f() { let t = { crate::t::make(); Own }; t.go(); }
            fn g(x: u8) { let (y, z) = (Own, crate::t::make()); y.go(); }
            fn h(x: u8) { if x > 1 { crate::t::make(); } }
        }
        "#,
        expect![[r#"
            demo::arm -> demo::t: body method
            demo::block -> demo::t: body method
            demo::branch -> demo::t: body method
            demo::other -> demo::t: body method
            demo::pairs -> demo::t: body method
            demo::refused -> demo::t: body
            demo::silent -> demo::t: body"#]],
    );
}

#[test]
fn parts_of_tuples() {
    let pair = "fn pair() -> (crate::b::Log, Option<crate::a::Store>, u8) { todo!() }";
    let of = |body: &str| uses(&format!("{pair} fn f() {{ {body} }}"));
    assert_eq!(of("let (l, _, _) = pair(); l.write();"), "a: signature; b: signature method");
    assert_eq!(of("pair().0.write();"), "a: signature; b: signature method");
    assert_eq!(of("let p = pair(); p.1.unwrap().get();"), "a: signature method; b: signature");
    assert_eq!(of("if let (_, Some(s), 1) = pair() { s.get(); }"), "a: signature method; b: signature");
    assert_eq!(of("let (.., l) = pair(); l.write();"), "a: signature; b: signature", "after `..`");
    assert_eq!(of("let (l, m) = pair(); l.write();"), "a: signature; b: signature", "so many it has not");
    assert_eq!(of("pair().1.write(); pair().2.get(); pair().write();"), "a: signature; b: signature");
    let many = "fn f(all: Vec<(u8, crate::b::Log)>) { for (n, l) in &all { l.write(); } }";
    assert_eq!(uses(many), "b: signature method");
}

#[test]
fn what_closures_give() {
    let of = |body: &str| uses(&format!("fn f(s: Option<crate::a::Store>) {{ {body} }}"));
    assert_eq!(of("s.map(|s| s.log()).unwrap().write();"), "a: signature method; b: method");
    assert_eq!(of("s.and_then(|s| s.find()).unwrap().write();"), "a: signature method; b: method");
    assert_eq!(
        of("s.iter().filter_map(|s| s.find()).for_each(|l| l.write());"),
        "a: signature method; b: method"
    );
    assert_eq!(
        of("s.map(|s| { let l = s.log(); Some(l) }).unwrap()?.write();"),
        "a: signature method; b: method"
    );
    assert_eq!(of("let open = || crate::made(); open().get();"), ": body; a: signature method");
    assert_eq!(of("Some(1).map(|_| crate::made()).get();"), ": body; a: signature", "it is an option");
    assert_eq!(of("s.map(|s| s.get()).unwrap().write();"), "a: signature method");
    assert_eq!(of("s.map_err(|s| crate::made()).get();"), ": body; a: signature");
    let own = "struct W; impl W { fn map(&self, f: u8) -> crate::b::Log { todo!() } } fn f(w: W) { w.map(|s| crate::made()).write(); }";
    assert_eq!(uses(own), ": body; b: signature method", "a method of the workspace says it itself");
}

#[test]
fn what_traits_say_that_they_give() {
    let of = |ty: &str, body: &str| uses(&format!("fn g() -> {ty} {{ todo!() }} async fn f() {{ {body} }}"));
    let items = "impl Iterator<Item = crate::b::Log>";
    assert_eq!(of(items, "for l in g() { l.write(); }"), "b: signature method");
    assert_eq!(of(items, "g().find(|l| l.len() == 1);"), "b: signature method");
    assert_eq!(of(items, "g().write();"), "b: signature");
    assert_eq!(
        of("Box<dyn Iterator<Item = crate::b::Log>>", "g().next().unwrap().write();"),
        "b: signature method"
    );
    assert_eq!(of("impl std::ops::Not<Output = crate::b::Log>", "g().await.write();"), "b: signature");
    assert_eq!(
        of("impl std::future::Future<Output = crate::b::Log>", "g().await.write();"),
        "b: signature method"
    );
    assert_eq!(of("Box<dyn Fn(u8) -> crate::b::Log>", "let h = g(); h(1).write();"), "b: signature method");
    assert_eq!(of("Vec<crate::b::Log>", "let h = g(); h(1).write();"), "b: signature");
    let bound = "fn f<I: Iterator<Item = crate::b::Log>>(all: I) { for l in all { l.write() } }";
    assert_eq!(uses(bound), "b: signature method");
    let own = "struct All; impl Iterator for All { type Item = crate::b::Log; } fn f(all: All) { for l in all { l.write() } }";
    assert_eq!(uses(own), "b: signature method");
    let other = "struct All; impl Other for All { type Item = crate::b::Log; } trait Other { type Item; } fn f(all: All) { for l in all { l.write() } }";
    assert_eq!(uses(other), "b: signature");
}

#[test]
fn arguments_of_types() {
    let held = "mod h { pub struct Held<T: Clone> { pub item: T, pub n: u8 }
        impl<T: Clone> Held<T> { pub fn into_owned(self) -> T { todo!() } pub fn again(&self) -> Self { todo!() } }
        impl<T: Clone> std::ops::Deref for Held<T> { type Target = T; fn deref(&self) -> &T { todo!() } }
        pub struct Two<A, B>(pub A, pub B); impl<B, A> Two<A, B> { pub fn second(&self) -> B { todo!() } }
        impl Two<u8, u8> { pub fn any<X>(&self) -> X { todo!() } } }";
    let of = |ty: &str, body: &str| uses(&format!("{held} fn f(s: {ty}) {{ {body} }}"));
    let log = "h::Held<crate::b::Log>";
    assert_eq!(of(log, "s.write();"), "b: signature method; userh: signature");
    assert_eq!(of(log, "s.item.write();"), "b: signature method; userh: signature method");
    assert_eq!(of(log, "s.into_owned().write();"), "b: signature method; userh: signature method");
    assert_eq!(of(log, "s.again().write();"), "b: signature method; userh: signature method");
    assert_eq!(
        of("Option<Box<h::Held<crate::b::Log>>>", "s?.write();"),
        "b: signature method; userh: signature"
    );
    assert_eq!(of("h::Held<u8>", "s.write(); s.item.write();"), "userh: signature method");
    let two = "h::Two<crate::b::Log, crate::a::Store>";
    assert_eq!(of(two, "s.0.write();"), "a: signature; b: signature method; userh: signature method");
    assert_eq!(of(two, "s.1.write();"), "a: signature; b: signature; userh: signature method");
    let swapped = "its parameters stand in another order there";
    assert_eq!(
        of(two, "s.second().write();"),
        "a: signature; b: signature; userh: signature method",
        "{swapped}"
    );
    assert_eq!(of(two, "s.any().write();"), "a: signature; b: signature; userh: signature method");
}
