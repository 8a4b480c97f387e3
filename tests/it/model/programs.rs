//! Forms that real programs have, each small: what the model makes of them, and of near misses.

use archlint::adapters::memory::Memory;
use archlint::application::score::score;
use archlint::domain::indicators::list::measure;
use archlint::domain::indicators::scene::Scene;
use archlint::domain::need::Need;

use crate::fixture::staged;
use crate::indicators::pipeline::with_scene;

/// A package `shop` that depends on some crates, with its files.
fn shop(crates: &str, files: &str) -> Memory {
    let crates: String = crates.split(' ').map(|krate| format!("{krate} = \"1\"\n")).collect();
    let manifest =
        format!("//- /Cargo.toml\n[package]\nname = \"shop\"\nedition = \"2021\"\n[dependencies]\n{crates}");
    Memory::parse(&(manifest + files))
}

fn ask<T>(crates: &str, files: &str, ask: impl FnOnce(&Scene<'_>) -> T) -> T {
    with_scene(&shop(crates, files), ask)
}

/// The value of an indicator, none where it does not apply.
fn points(scene: &Scene<'_>, id: &str) -> Option<f64> {
    let all = measure(scene);
    let found = all.into_iter().find(|one| one.indicator == id);
    found.unwrap_or_else(|| panic!("there is no {id}")).value
}

fn need<'s>(scene: &'s Scene<'_>, id: &str) -> &'s Need {
    let found = scene.needs.of.iter().find(|need| need.construct == id);
    found.unwrap_or_else(|| panic!("there is no {id}"))
}

#[test]
fn attributes_of_several_crates_with_macros_are_told_apart() {
    let files = "//- /src/main.rs\n#[macro_use]\nextern crate rocket;\n#[macro_use]\nextern crate diesel;\n\
                 mod web;\nfn main() {}\n\
                 //- /src/web.rs\n#[post(\"/rooms\")]\npub fn add(n: u8) -> String { String::new() }\n\
                 #[get(\"/rooms\")]\npub fn list() -> String { String::new() }\n\
                 #[unknown]\npub fn other() -> String { String::new() }\n";
    assert_eq!(ask("rocket diesel", files, |scene| scene.facts.use_cases), 2);
}

/// A function of a package that stores with `sea_orm`.
fn stores(body: &str) -> u32 {
    let files = format!(
        "//- /src/lib.rs\npub mod rooms;\n\
         //- /src/rooms.rs\nuse sea_orm::{{DatabaseConnection, entity::prelude::*}};\n\
         pub async fn f(db: &DatabaseConnection, room: sea_orm::ActiveModel, soft: bool) -> Result<(), DbErr> {{\n{body}\n}}\n"
    );
    ask("sea-orm", &files, |scene| scene.facts.compound_writes)
}

#[test]
fn a_branch_that_leaves_excludes_what_comes_after_it() {
    let left = "if soft {\n        return match room.update(db).await { Ok(_) => Ok(()), Err(e) => Err(e) };\n    }\n    \
                room.delete(db).await?;\n    Ok(())";
    assert_eq!(stores(left), 0);
    let stays = "if soft {\n        room.update(db).await?;\n    }\n    room.delete(db).await?;\n    Ok(())";
    assert_eq!(stores(stays), 1);
    let one_stays = "if soft {\n        return Ok(());\n    } else if !soft {\n        room.update(db).await?;\n    }\n    \
                     room.delete(db).await?;\n    Ok(())";
    assert_eq!(stores(one_stays), 1);
}

#[test]
fn a_statement_that_is_made_and_carried_out_is_one_write() {
    let once = "sea_orm::Entity::insert(room).exec(db).await?;\n    Ok(())";
    assert_eq!(stores(once), 0);
    let twice = "sea_orm::Entity::insert(room).exec(db).await?;\n    sea_orm::Entity::delete(room).exec(db).await?;\n    Ok(())";
    assert_eq!(stores(twice), 1);
}

/// A use case over a port, and an adapter whose `save` writes twice within this.
fn kept(opens: &str, closes: &str) -> Option<f64> {
    let files = format!(
        "//- /src/main.rs\nmod adapters;\nmod application;\nmod domain;\nmod http;\nfn main() {{}}\n\
         //- /src/domain.rs\npub struct Room {{ id: i64, free: u32 }}\nimpl Room {{\n    \
         pub fn book(&mut self) -> Result<(), String> {{ if self.free == 0 {{ return Err(String::new()); }} self.free -= 1; Ok(()) }}\n}}\n\
         pub trait Rooms {{ fn get(&self, id: i64) -> Room; fn save(&self, room: &Room); }}\n\
         //- /src/application.rs\nuse crate::domain::Rooms;\n\
         pub fn book(rooms: &impl Rooms, id: i64) -> Result<(), String> {{ let mut room = rooms.get(id); room.book()?; rooms.save(&room); Ok(()) }}\n\
         //- /src/http.rs\npub async fn book(axum::extract::Path(id): axum::extract::Path<i64>) {{}}\n\
         //- /src/adapters.rs\nuse crate::domain::{{Room, Rooms}};\npub struct PgRooms {{ pool: sqlx::PgPool }}\n\
         impl Rooms for PgRooms {{\n    fn get(&self, id: i64) -> Room {{ todo!() }}\n    fn save(&self, room: &Room) {{\n        \
         {opens}\n        sqlx::query(\"UPDATE rooms SET free = 1\").execute(&self.pool);\n        \
         sqlx::query(\"INSERT INTO log VALUES (1)\").execute(&self.pool);\n        {closes}\n    }}\n}}\n"
    );
    ask("sqlx axum", &files, |scene| need(scene, "uow").need)
}

#[test]
fn what_an_adapter_keeps_together_by_itself_needs_no_unit_of_work() {
    assert_eq!(kept("let tx = self.pool.begin();", "tx.commit();"), Some(0.0));
    assert!(kept("", "").is_some_and(|need| need > 0.25));
}

const STORE: &str = "//- /src/lib.rs\npub mod adapters;\npub mod application;\npub mod domain;\n\
                     //- /src/domain.rs\npub struct Room { id: i64 }\n\
                     pub trait Rooms { fn get(&self, id: i64) -> Room; fn save(&self, room: &Room); }\n\
                     pub trait RoomsExt: Rooms { fn both(&self, id: i64) -> Room { self.get(id) } }\n\
                     impl<T: Rooms> RoomsExt for T {}\n\
                     //- /src/application.rs\nuse crate::domain::{Rooms, RoomsExt};\n\
                     pub fn show(rooms: &impl Rooms, id: i64) -> bool { rooms.both(id); true }\n\
                     //- /src/adapters.rs\nuse crate::domain::{Room, Rooms};\npub struct PgRooms { pool: sqlx::PgPool }\n\
                     impl Rooms for PgRooms {\n    fn get(&self, id: i64) -> Room { todo!() }\n    \
                     fn save(&self, room: &Room) { sqlx::query(\"UPDATE rooms SET free = 1\").execute(&self.pool); }\n}\n";

#[test]
fn what_extends_a_port_does_not_hide_it() {
    assert_eq!(ask("sqlx", STORE, |scene| scene.facts.repositories), 1);
}

#[test]
fn a_use_case_that_asks_the_time_is_no_adapter() {
    let files = "//- /src/lib.rs\npub mod application;\npub mod domain;\npub mod http;\n\
                 //- /src/domain.rs\npub struct Room { pub id: i64 }\npub fn free(room: &Room) -> bool { room.id > 0 }\n\
                 //- /src/application.rs\nuse crate::domain::{Room, free};\n\
                 pub trait BookRoom { fn book(&self, id: i64) -> bool; }\n\
                 pub trait Clock { fn now(&self) -> i64; }\npub struct System;\n\
                 impl Clock for System { fn now(&self) -> i64 { chrono::Utc::now().timestamp() } }\n\
                 pub struct Booking;\nimpl BookRoom for Booking {\n    fn book(&self, id: i64) -> bool {\n        \
                 let at = chrono::Utc::now().timestamp(); free(&Room { id }) && at > 0\n    }\n}\n\
                 //- /src/http.rs\nuse crate::application::{BookRoom, Clock};\n\
                 pub async fn book(axum::extract::State(rooms): axum::extract::State<std::sync::Arc<dyn BookRoom>>) { rooms.book(1); }\n\
                 pub async fn at(axum::extract::State(clock): axum::extract::State<std::sync::Arc<dyn Clock>>) { clock.now(); }\n";
    let driven = ask("axum chrono", files, |scene| {
        let ports = scene.patterns.driven().map(|port| scene.census.name(port.traits[0]).to_owned());
        ports.collect::<Vec<_>>()
    });
    assert_eq!(driven, ["Clock"]);
}

#[test]
fn an_adapter_may_leave_the_store_to_what_it_holds() {
    let files = "//- /src/lib.rs\npub mod adapters;\npub mod application;\npub mod domain;\n\
                 //- /src/domain.rs\npub struct Room { id: i64 }\npub trait LoadRoom { fn load_room(&self, id: i64) -> Room; }\n\
                 pub trait SaveRoom { fn save_room(&self, room: &Room); }\n\
                 //- /src/application.rs\nuse crate::domain::{LoadRoom, SaveRoom};\n\
                 pub fn book(load: &impl LoadRoom, save: &impl SaveRoom) { let room = load.load_room(1); save.save_room(&room); }\n\
                 //- /src/adapters.rs\nuse crate::domain::{LoadRoom, Room, SaveRoom};\npub struct Table { pool: sqlx::PgPool }\n\
                 impl Table { pub fn put(&self) { sqlx::query(\"UPDATE rooms SET free = 1\").execute(&self.pool); } }\n\
                 pub struct Both { table: Table }\nimpl LoadRoom for Both { fn load_room(&self, id: i64) -> Room { todo!() } }\n\
                 impl SaveRoom for Both { fn save_room(&self, room: &Room) { self.table.put(); } }\n";
    assert_eq!(ask("sqlx", files, |scene| scene.facts.repositories), 2);
    let nothing = files
        .replace("pool: sqlx::PgPool", "pool: u8")
        .replace("sqlx::query(\"UPDATE rooms SET free = 1\").execute(&self.pool);", "");
    assert_eq!(ask("sqlx", &nothing, |scene| scene.facts.repositories), 0);
}

/// An event-sourced service whose projection is in a module of this name, and holds what it has seen.
fn sourced(module: &str) -> String {
    format!(
        "//- /src/main.rs\nmod domain;\nmod http;\nmod store;\nmod {module};\nfn main() {{}}\n\
         //- /src/domain.rs\npub enum RoomEvent {{ RoomOpened {{ id: u64 }}, RoomClosed {{ id: u64 }} }}\n\
         pub struct Room {{ id: u64 }}\nimpl Room {{\n    \
         pub fn open(&self) -> Result<Vec<RoomEvent>, String> {{ Ok(vec![RoomEvent::RoomOpened {{ id: self.id }}]) }}\n    \
         pub fn close(&self) -> Result<Vec<RoomEvent>, String> {{ Ok(vec![RoomEvent::RoomClosed {{ id: self.id }}]) }}\n}}\n\
         //- /src/store.rs\npub fn append(pool: &sqlx::PgPool) {{ sqlx::query(\"INSERT INTO events VALUES (1)\").execute(pool); }}\n\
         //- /src/{module}.rs\nuse crate::domain::RoomEvent;\npub struct OpenRooms {{ open: Vec<u64> }}\nimpl OpenRooms {{\n    \
         pub fn handle(&mut self, event: &RoomEvent) {{\n        match event {{\n            \
         RoomEvent::RoomOpened {{ id }} => self.open.push(*id),\n            RoomEvent::RoomClosed {{ id }} => self.open.retain(|one| one != id),\n        }}\n    }}\n    \
         pub fn all(&self) -> Vec<u64> {{ self.open.clone() }}\n    pub fn has(&self, id: u64) -> bool {{ self.open.contains(&id) }}\n}}\n\
         //- /src/http.rs\nuse crate::{module}::OpenRooms;\n\
         pub async fn list(axum::extract::State(rooms): axum::extract::State<std::sync::Arc<OpenRooms>>) {{ rooms.all(); }}\n"
    )
}

#[test]
fn events_that_are_raised_and_handled_are_scored_whatever_is_needed() {
    let need = |files: &str| ask("axum sqlx", files, |scene| self::need(scene, "evt").effect > 0.0);
    assert!(need(&sourced("projections")));
    // Nobody handles them.
    let dead = sourced("projections")
        .replace("RoomEvent::RoomOpened { id } => self.open.push(*id),", "_ => self.open.push(1),")
        .replace("RoomEvent::RoomClosed { id } => self.open.retain(|one| one != id),", "")
        .replace("event: &RoomEvent", "event: &u8");
    assert!(!need(&dead));
}

#[test]
fn projections_are_read_where_they_stand() {
    let apart =
        |module: &str| ask("axum sqlx", &sourced(module), |scene| points(scene, "cqrs.read_side_separate"));
    assert_eq!(apart("projections"), Some(100.0));
    assert_eq!(apart("rooms"), None);
}

#[test]
fn a_field_or_two_in_hiding_makes_no_aggregate() {
    let files = |first: &str| {
        format!(
            "//- /src/lib.rs\npub mod domain;\npub mod adapters;\n//- /src/domain.rs\n\
             pub struct Room {{ {first}id: i64, pub a: u8, pub b: u8, pub c: u8, pub d: u8 }}\n\
             pub trait Rooms {{ fn get(&self, id: i64) -> Room; fn save(&self, room: &Room); }}\n\
             pub fn f(rooms: &impl Rooms) {{ rooms.save(&rooms.get(1)); }}\n\
             //- /src/adapters.rs\nuse crate::domain::{{Room, Rooms}};\npub struct PgRooms {{ pool: sqlx::PgPool }}\n\
             impl Rooms for PgRooms {{\n    fn get(&self, id: i64) -> Room {{ todo!() }}\n    \
             fn save(&self, room: &Room) {{ sqlx::query(\"UPDATE rooms SET free = 1\").execute(&self.pool); }}\n}}\n"
        )
    };
    assert_eq!(ask("sqlx", &files(""), |scene| points(scene, "agg.single_door")), None);
    let half = files("").replace("pub a: u8, pub b: u8, pub c: u8", "a: u8, b: u8, c: u8");
    assert_eq!(ask("sqlx", &half, |scene| points(scene, "agg.single_door")), Some(100.0));
}

/// How many tests of each layer people would count.
fn counted(crates: &str, files: &str) -> [u32; 3] {
    let memory = shop(crates, files);
    let staged = staged(&memory, "");
    let tests = score(&staged.analysis, &staged.policy, &memory).tests;
    [tests.unit, tests.integration, tests.end_to_end]
}

#[test]
fn tests_that_macros_copy_count_once_and_those_that_cannot_fail_count_too() {
    let files = "//- /src/lib.rs\n#[cfg(test)]\nmod tests {\n    \
                 macro_rules! sizes { ($($name:ident: $n:expr,)*) => { $(#[test] fn $name() { assert!($n > 0); })* } }\n    \
                 sizes! { one: 1, two: 2, three: 3, }\n    #[test]\n    fn nothing() {}\n}\n";
    assert_eq!(counted("serde", files), [2, 0, 0]);
}

#[test]
fn what_a_library_with_a_program_has_beside_it_is_tried_from_outside() {
    let test = "//- /tests/all.rs\n#[test]\nfn adds() { assert_eq!(shop::add(), 2); }\n";
    let both = format!(
        "//- /src/lib.rs\npub fn add() -> u8 {{ 2 }}\n//- /src/main.rs\nfn main() {{ axum::serve(todo!(), todo!()); }}\n{test}"
    );
    assert_eq!(counted("axum", &both), [0, 1, 0]);
    let program =
        "//- /src/main.rs\nfn main() {}\n//- /tests/all.rs\n#[test]\nfn adds() { assert_eq!(1 + 1, 2); }\n";
    assert_eq!(counted("axum", program), [1, 0, 0]);
    // A package of nothing but tests tries the libraries beside it.
    let suite = "//- /tests/all.rs\n#[test]\nfn adds() { assert_eq!(1 + 1, 2); }\n";
    assert_eq!(counted("serde", suite), [0, 1, 0]);
}

#[test]
fn requests_that_are_handed_over_in_one_process_are_no_way_through_the_program() {
    let files = "//- /src/lib.rs\npub mod rooms;\nuse rooms::Rooms;\n\
                 pub fn rocket() -> rocket::Rocket<rocket::Build> { let rooms = Rooms::new(r2d2::Pool::builder()); rocket::build().manage(rooms) }\n\
                 //- /src/rooms.rs\npub struct Rooms { pool: r2d2::Pool<u8> }\nimpl Rooms { pub fn new(pool: r2d2::Pool<u8>) -> Self { Self { pool } } }\n\
                 //- /tests/all.rs\nuse rocket::local::blocking::Client;\n\
                 #[test]\nfn answers() { let client = Client::tracked(shop::rocket()).expect(\"it starts\"); assert!(client.get(\"/\").dispatch().is_ok()); }\n";
    assert_eq!(counted("rocket r2d2", files), [0, 1, 0]);
}

const ROOMS: &str = "//- /src/main.rs\nmod adapters;\nmod application;\nmod domain;\nmod http;\nfn main() {}\n\
                     //- /src/http.rs\npub async fn show(axum::extract::Path(id): axum::extract::Path<i64>) {}\n\
                     //- /src/adapters.rs\nuse crate::domain::{Room, Rooms};\npub type BoxError = Box<dyn std::error::Error>;\n\
                     pub struct PgRooms { pool: sqlx::PgPool }\nimpl Rooms for PgRooms {\n    \
                     fn get(&self, id: i64) -> Result<Room, BoxError> { todo!() }\n    \
                     fn save(&self, room: &Room) -> Result<(), BoxError> { sqlx::query(\"UPDATE rooms SET free = 1\").execute(&self.pool); Ok(()) }\n}\n\
                     //- /src/application.rs\nuse crate::domain::Rooms;\npub fn show(rooms: &impl Rooms) { rooms.get(1); }\n\
                     //- /src/domain.rs\nuse crate::adapters::BoxError;\npub struct Room { id: i64 }\n\
                     pub trait Rooms {\n    fn get(&self, id: i64) -> Result<Room, BoxError>;\n    \
                     fn save(&self, room: &Room) -> Result<(), BoxError>;\n}\n";

#[test]
fn a_mere_name_is_no_adapter_wherever_it_stands() {
    let asked = |files: &str| {
        ask("sqlx axum", files, |scene| (points(scene, "repo.speaks_domain"), points(scene, "dip.direction")))
    };
    assert_eq!(asked(ROOMS), (Some(100.0), Some(100.0)));
    let (speaks, direction) = asked(&ROOMS.replace("Box<dyn std::error::Error>", "sqlx::Error"));
    assert_eq!(speaks, Some(0.0));
    assert!(direction.is_some_and(|points| points < 100.0));
}

#[test]
fn a_use_case_that_hands_a_connection_on_keeps_nothing() {
    let files = "//- /src/main.rs\nmod domain;\nmod http;\nmod repository;\nmod use_case;\nfn main() {}\n\
                 //- /src/http.rs\nuse crate::use_case::{BookRoom, Booking};\n\
                 pub async fn book(axum::extract::Path(id): axum::extract::Path<i64>) { Booking.get(&crate::repository::Table, todo!()); }\n\
                 //- /src/domain.rs\npub struct Room { pub id: i64 }\n//- /src/repository.rs\nuse crate::domain::Room;\n\
                 pub trait Rooms { fn get(&self, conn: &mut sqlx::PgConnection) -> Room; fn add(&self, conn: &mut sqlx::PgConnection); }\n\
                 pub struct Table;\nimpl Rooms for Table {\n    fn get(&self, conn: &mut sqlx::PgConnection) -> Room { todo!() }\n    \
                 fn add(&self, conn: &mut sqlx::PgConnection) { sqlx::query(\"INSERT INTO rooms VALUES (1)\").execute(conn); }\n}\n\
                 //- /src/use_case.rs\nuse crate::domain::Room;\nuse crate::repository::Rooms;\n\
                 pub trait BookRoom<R: Rooms> { fn get(&self, rooms: &R, conn: &mut sqlx::PgConnection) -> Room; }\n\
                 pub struct Booking;\nimpl<R: Rooms> BookRoom<R> for Booking {\n    \
                 fn get(&self, rooms: &R, conn: &mut sqlx::PgConnection) -> Room { rooms.add(conn); rooms.get(conn) }\n}\n";
    assert_eq!(ask("sqlx axum", files, |scene| scene.facts.repositories), 1);
}

#[test]
fn a_service_that_keeps_things_with_nothing_known_has_a_technology_all_the_same() {
    let files = ROOMS
        .replace("sqlx::PgPool", "Vec<u8>")
        .replace("sqlx::query(\"UPDATE rooms SET free = 1\").execute(&self.pool);", "");
    assert_eq!(ask("axum", &files, |scene| scene.facts.technologies), 1);
    let called = files.replace("axum::extract::Path(id): axum::extract::Path<i64>", "id: i64");
    assert_eq!(ask("serde", &called, |scene| scene.facts.technologies), 0);
}

#[test]
fn what_is_silenced_costs_nothing_where_that_is_asked_for() {
    let files = "//- /src/main.rs\nmod domain;\nmod http;\nfn main() {}\n\
                 //- /src/http.rs\npub async fn show(axum::extract::Path(id): axum::extract::Path<i64>, pool: &sqlx::PgPool) {\n    \
                 sqlx::query(\"UPDATE rooms SET free = 1\").execute(pool);\n}\n\
                 //- /src/domain.rs\n// archlint: allow(persistence-derive-on-domain-type) rows for now\n#[derive(sqlx::FromRow)]\n\
                 pub struct Room { pub id: i64 }\nimpl Room {\n    pub fn free(&self, n: i64) -> bool { (n > 1 && self.id > 2) || (n > 3 && self.id > 4) || n > 5 || n < 0 }\n}\n";
    let memory = shop("sqlx axum", files);
    let told = |config: &str| {
        let staged = staged(&memory, config);
        let scored = score(&staged.analysis, &staged.policy, &memory);
        let all = scored.model.constructs.iter().flat_map(|one| &one.measurements);
        let found = all.into_iter().find(|one| one.indicator == "purity.persistence_ignorant_types").cloned();
        let found = found.expect("it is measured");
        (scored.honoured, found.value, found.evidence.len())
    };
    assert_eq!(told(""), (0, Some(0.0), 1));
    assert_eq!(told("[scoring]\nhonour_allow = true\n"), (1, Some(100.0), 0));
}

#[test]
fn templates_of_tests_are_none_and_what_applies_them_is() {
    let files = "//- /src/lib.rs\n#[cfg(test)]\nmod tests {\n    use rstest_reuse::{apply, template};\n    \
                 #[template]\n    #[rstest::rstest]\n    fn rows(#[values(1, 2)] n: u8) {}\n    \
                 #[apply(rows)]\n    fn adds(n: u8) { assert!(n > 0); }\n    #[apply(rows)]\n    fn takes(n: u8) { assert!(n > 0); }\n}\n";
    assert_eq!(counted("rstest rstest_reuse", files), [2, 0, 0]);
}

#[test]
fn firmware_without_tests_is_not_judged_by_that_alone() {
    let keys = "pub fn next(n: u8) -> u8 { if n > 1 { 1 } else if n > 2 { 2 } else if n > 3 { 3 } else if n > 4 { 4 } else if n > 5 { 5 } else { 6 } }\n";
    let open = |root: &str| {
        let files = format!("//- /src/{root}.rs\n#![no_std]\n#![no_main]\nuse stm32f0xx_hal as hal;\n{keys}");
        ask("stm32f0xx-hal cortex-m-rt", &files, |scene| need(scene, "pyr").effect > 0.0)
    };
    assert!(!open("main"));
    assert!(open("lib"));
}

/// How many write at once where two programs call a port that this adapter implements.
fn writers(save: &str) -> f64 {
    let files = format!(
        "//- /src/lib.rs\npub mod adapters;\npub mod domain;\n\
         //- /src/domain.rs\npub struct Room {{ pub id: i64 }}\n\
         pub trait Rooms {{ fn get(&self, id: i64) -> Room; fn save(&self, room: &Room); }}\n\
         pub fn tidy(rooms: &dyn Rooms) {{ rooms.save(&rooms.get(1)); }}\n\
         //- /src/adapters.rs\nuse crate::domain::{{Room, Rooms}};\npub struct Kept {{ pub pool: sqlx::PgPool }}\n\
         impl Rooms for Kept {{\n    fn get(&self, id: i64) -> Room {{ todo!() }}\n    fn save(&self, room: &Room) {{ {save} }}\n}}\n\
         pub fn migrate(pool: &sqlx::PgPool) {{ sqlx::query(\"DELETE FROM rooms\").execute(pool); }}\n\
         //- /src/bin/one.rs\nfn main() {{ shop::domain::tidy(&shop::adapters::Kept {{ pool: todo!() }}); shop::adapters::migrate(todo!()); }}\n\
         //- /src/bin/two.rs\nfn main() {{ shop::domain::tidy(&shop::adapters::Kept {{ pool: todo!() }}); }}\n"
    );
    ask("sqlx", &files, |scene| scene.facts.writers)
}

#[test]
fn programs_write_at_once_only_where_both_lead_to_the_database() {
    assert_eq!(writers("sqlx::query(\"UPDATE rooms SET free = 1\").execute(&self.pool);"), 1.0);
    assert_eq!(writers("panic!(\"{}\", room.id)"), 0.0);
}
