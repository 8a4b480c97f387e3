//! Roles of modules: the worked example to the digit, and one small workspace for each kind of vote.

use archlint::adapters::memory::Memory;
use archlint::application::judge::judge_all;
use archlint::domain::contracts::cast::declared;
use archlint::domain::policy::role::Role;
use archlint::domain::roles::{Tag, roles};

use crate::fixture::{inn, played, staged, written};

#[test]
fn the_example_has_its_roles() {
    let staged = staged(&inn(), "");
    let census = staged.census();
    let roles = staged.roles(&census);
    for (id, role, confidence) in [
        ("inn::domain::room", Role::Domain, 1.9 / 2.4),
        ("inn::domain::events", Role::Domain, 1.0),
        ("inn::domain::ports", Role::Domain, 2.4 / 3.4),
        ("inn::application::book_room", Role::Application, 2.9 / 3.9),
        ("inn::adapters::pg_rooms", Role::Adapter, 1.0),
        (
            "inn::http::rooms",
            Role::Entrypoint,
            (1.6 + 8.0 / 7.0 + 2.0 - 10.0 / 7.0) / (1.6 + 8.0 / 7.0 + 2.0),
        ),
        ("inn@bin", Role::Composition, 0.6),
        ("inn::domain::room::tests", Role::Test, 1.0),
        ("api", Role::Test, 1.0),
    ] {
        let played = played(&census, &roles, id);
        assert_eq!(played.role, Some(role), "{id}: {:#?}", played.votes);
        assert!(
            (played.confidence - confidence).abs() < 1e-9,
            "{id}: {} {:#?}",
            played.confidence,
            played.votes
        );
    }
    assert_eq!(played(&census, &roles, "inn::domain::ports").tags, [Tag::Port]);
    assert_eq!(played(&census, &roles, "inn::domain::events").tags, [Tag::Messages]);
}

#[test]
fn words_above_a_module_count_too() {
    let staged = written(
        "//- /src/lib.rs\nmod domain;\n//- /src/domain.rs\npub mod money;\n//- /src/domain/money.rs\npub struct Cents(pub u64);\n",
    );
    let census = staged.census();
    let roles = staged.roles(&census);
    assert_eq!(played(&census, &roles, "demo").role, None);
    assert_eq!(played(&census, &roles, "demo::domain::money").role, Some(Role::Domain));
}

#[test]
fn what_a_module_has_from_the_one_around_it_is_said() {
    let staged = written(
        "//- /Cargo.toml\n[package]\nname = \"shop\"\n[dependencies]\naxum = \"0.8\"\n\
         //- /src/lib.rs\npub mod front;\n\
         //- /src/front.rs\npub mod bounds;\n\
         pub fn routes() -> axum::Router { axum::Router::new() }\n\
         pub async fn list() -> axum::Json<u8> { axum::Json(1) }\n\
         //- /src/front/bounds.rs\npub const MOST: u8 = 1;\n",
    );
    let census = staged.census();
    let roles = staged.roles(&census);
    let deep = played(&census, &roles, "shop::front::bounds");
    assert_eq!(deep.role, Some(Role::Entrypoint));
    let inherited = deep.votes.last().expect("there is a reason");
    assert_eq!((inherited.role, inherited.weight), (Role::Entrypoint, 0.0));
    assert_eq!(inherited.why, "no part has votes of 1: that of the module around it");
}

#[test]
fn data_with_conversions_alone_is_what_those_who_name_it_are() {
    let staged = written(
        "//- /Cargo.toml\n[package]\nname = \"shop\"\n[dependencies]\naxum = \"0.8\"\nserde = \"1\"\n\
         //- /src/lib.rs\npub mod http;\npub mod orders;\npub mod wire;\n\
         //- /src/orders.rs\npub struct Order(pub u64);\n\
         //- /src/wire.rs\nuse serde::Deserialize;\nuse crate::orders::Order;\n\
         #[derive(Deserialize)]\npub struct Body {\n    pub id: u64,\n}\n\
         impl From<Body> for Order {\n    fn from(body: Body) -> Self {\n        Order(body.id)\n    }\n}\n\
         //- /src/http.rs\nuse axum::Json;\nuse crate::wire::Body;\n\
         pub async fn place(Json(body): Json<Body>) {\n    let _order = crate::orders::Order::from(body);\n}\n",
    );
    let census = staged.census();
    let roles = staged.roles(&census);
    let played = played(&census, &roles, "shop::wire");
    assert_eq!(played.role, Some(Role::Entrypoint), "{:#?}", played.votes);
}

const SHOP: &str = "//- /src/lib.rs\npub mod orders;\npub mod billing;\npub mod stock;\n\
    //- /src/orders.rs\n//! archlint: role = application\npub fn place() {}\n\
    //- /src/billing.rs\npub mod bank;\npub fn pay() {}\n\
    //- /src/billing/bank.rs\npub fn call() {}\n#[cfg(test)]\nmod tests {}\n\
    //- /src/stock.rs\n//! archlint: role = shared\npub fn count() {}\n";

#[test]
fn what_is_declared_holds_by_hand_then_in_the_module_then_by_layer() {
    let config = "[roles]\n\"demo::billing\" = \"domain\"\n\
        \"demo::billing::bank\" = { role = \"adapter\", tags = [\"read_side\"] }\n\
        \"demo::stock\" = \"entrypoint\"\n\
        [layers]\norder = [\"rules\", \"adapters\"]\nunassigned = \"allow\"\n\
        [layers.rules]\nmodules = [\"demo::orders\"]\nrole = \"domain\"\n\
        [layers.adapters]\nmodules = [\"=demo\"]\n";
    let staged = staged(&Memory::parse(SHOP), config);
    let census = staged.census();
    let (policy, graph) = (&staged.policy, &staged.analysis.graph);
    let roles = roles(&census, &policy.catalogue, &policy.model, &declared(graph, policy));
    for (id, role) in [
        ("demo", Role::Adapter),
        ("demo::orders", Role::Application),
        ("demo::billing", Role::Domain),
        ("demo::billing::bank", Role::Adapter),
        ("demo::billing::bank::tests", Role::Test),
        ("demo::stock", Role::Entrypoint),
    ] {
        let played = played(&census, &roles, id);
        assert_eq!((played.role, played.confidence), (Some(role), 1.0), "{id}");
    }
    assert_eq!(played(&census, &roles, "demo::billing::bank").tags, [Tag::ReadSide, Tag::Declared]);
}

#[test]
fn selectors_read_inferred_roles() {
    let files = Memory::parse(
        "//- /src/lib.rs\npub mod domain;\npub mod adapters;\n\
         //- /src/domain.rs\npub fn rule() {\n    crate::adapters::ask();\n}\n\
         //- /src/adapters.rs\npub fn ask() {}\n",
    );
    let config = "[[rule]]\nname = \"inward\"\nforbid = { from = \"role:domain\", to = \"role:adapter\" }";
    let staged = staged(&files, config);
    let judged = judge_all(&staged.analysis, &staged.policy, &|paths| vec![None; paths.len()]);
    let found: Vec<(&str, &str)> =
        judged.findings.iter().map(|finding| (finding.rule.as_str(), finding.from.as_str())).collect();
    assert_eq!(found, [("inward", "demo::domain")]);
}

#[test]
fn a_main_that_makes_nothing_is_an_entrypoint() {
    let main = |body: &str| {
        let staged = written(&format!(
            "//- /Cargo.toml\n[package]\nname = \"shop\"\n[dependencies]\nsqlx = \"0.8\"\n\
             //- /src/main.rs\nmod app;\nfn main() {{\n    {body}\n}}\n\
             //- /src/app.rs\npub fn run() {{}}\n",
        ));
        let census = staged.census();
        let roles = staged.roles(&census);
        played(&census, &roles, "shop").role
    };
    assert_eq!(main("app::run();"), Some(Role::Entrypoint));
    assert_eq!(main("let _pool = sqlx::PgPool::connect(\"\"); app::run();"), Some(Role::Composition));
}

#[test]
fn formatting_comments_and_the_order_of_items_move_no_role() {
    let roles_of = |domain: &str| {
        let staged = written(&format!(
            "//- /src/lib.rs\npub mod domain;\npub mod web;\n//- /src/domain.rs\n{domain}//- /src/web.rs\n\
             pub fn page() {{ crate::domain::rule(1); }}\n",
        ));
        let census = staged.census();
        let roles = staged.roles(&census);
        let told = |id: &str| {
            let played = played(&census, &roles, id);
            (played.role, played.confidence.to_bits(), played.tags.clone())
        };
        (told("demo::domain"), told("demo::web"))
    };
    let plain = roles_of("pub struct Money(pub u64);\npub fn rule(a: u64) -> bool { a > 1 && a < 9 }\n");
    let moved = roles_of(
        "/// Rules.\npub fn rule(a: u64) -> bool {\n    // Twice.\n    a > 1\n        && a < 9\n}\n\n\
         pub struct Money(pub u64);\n",
    );
    assert_eq!(plain, moved);
}

#[test]
fn what_stands_below_an_outer_word_says_which_side_it_is() {
    let staged = written(
        "//- /Cargo.toml\n[package]\nname = \"shop\"\n[dependencies]\naxum = \"0.8\"\nreqwest = \"0.12\"\n\
         //- /src/lib.rs\npub mod adapters;\npub mod domain;\n\
         //- /src/adapters.rs\npub mod api;\npub mod spi;\n\
         //- /src/adapters/api.rs\npub mod payloads;\npub async fn list() -> axum::Json<u64> { axum::Json(1) }\n\
         //- /src/adapters/api/payloads.rs\npub struct Payload { pub id: u64 }\n\
         //- /src/adapters/spi.rs\npub mod http;\n\
         //- /src/adapters/spi/http.rs\npub mod http_models;\npub fn client() -> reqwest::Client { reqwest::Client::new() }\n\
         //- /src/adapters/spi/http/http_models.rs\npub struct Model { pub id: u64 }\n\
         //- /src/domain.rs\npub mod errors;\n\
         //- /src/domain/errors.rs\npub enum OrderError { Empty }\n",
    );
    let census = staged.census();
    let roles = staged.roles(&census);
    for (id, role) in [
        ("shop::adapters::api::payloads", Role::Entrypoint),
        ("shop::adapters::spi::http", Role::Adapter),
        ("shop::adapters::spi::http::http_models", Role::Adapter),
        ("shop::domain::errors", Role::Domain),
    ] {
        let played = played(&census, &roles, id);
        assert_eq!(played.role, Some(role), "{id}: {:#?}", played.votes);
    }
}

#[test]
fn a_package_named_main_puts_the_program_together() {
    let staged = |name: &str| {
        written(&format!(
            "//- /Cargo.toml\n[workspace]\nmembers = [\"start\", \"core\"]\n\
             //- /start/Cargo.toml\n[package]\nname = \"{name}\"\n[dependencies]\nsqlx = \"0.8\"\n\
             //- /start/src/lib.rs\npub mod pool;\n\
             //- /start/src/pool.rs\npub fn open() -> sqlx::PgPool {{\n    todo!()\n}}\n\
             //- /core/Cargo.toml\n[package]\nname = \"core_rules\"\n\
             //- /core/src/lib.rs\npub fn fee(days: u32) -> u32 {{\n    days * 2\n}}\n"
        ))
    };
    for (name, composes) in [("main", true), ("domain", false)] {
        let staged = staged(name);
        let census = staged.census();
        let roles = staged.roles(&census);
        let played = played(&census, &roles, &format!("{name}::pool"));
        let told = played.votes.iter().any(|vote| vote.role == Role::Composition);
        assert_eq!(told, composes, "{name}: {:#?}", played.votes);
    }
}

#[test]
fn screens_are_where_a_game_meets_its_player() {
    let staged = written(
        "//- /Cargo.toml\n[package]\nname = \"game\"\n[dependencies]\nmacroquad = \"0.3\"\n\
         //- /src/main.rs\nmod screen;\nmod map;\nfn main() {\n    screen::menu::draw();\n    map::steps(1, 2);\n}\n\
         //- /src/screen/mod.rs\npub mod menu;\n\
         //- /src/screen/menu.rs\npub fn draw() {\n    macroquad::window::clear_background(1);\n}\n\
         //- /src/map.rs\npub fn steps(from: u32, to: u32) -> u32 {\n    if from > to {\n        return 0;\n    }\n    to - from\n}\n",
    );
    let census = staged.census();
    let roles = staged.roles(&census);
    let role = |id: &str| played(&census, &roles, id).role;
    assert_eq!(role("game::screen::menu"), Some(Role::Entrypoint));
    assert_ne!(role("game::map"), Some(Role::Entrypoint));
}

/// Traits in one package, what implements them with technology in another.
fn split(rules: &str) -> String {
    format!(
        "//- /Cargo.toml\n[workspace]\nmembers = [\"core\", \"infrastructure\"]\n\
         //- /core/Cargo.toml\n[package]\nname = \"inn-core\"\n[dependencies]\nsqlx = \"0.8\"\n\
         //- /core/src/lib.rs\npub mod rooms;\n\
         //- /core/src/rooms/mod.rs\npub mod repository;\npub mod service;\n\
         //- /core/src/rooms/service.rs\npub trait RoomsService {{\n    fn book(&self, id: i64) -> bool;\n}}\n\
         //- /core/src/rooms/repository.rs\n{rules}\
         //- /infrastructure/Cargo.toml\n[package]\nname = \"inn-infrastructure\"\n[dependencies]\n\
         inn-core = {{ path = \"../core\" }}\nsqlx = \"0.8\"\n\
         //- /infrastructure/src/lib.rs\npub mod repositories;\npub mod services;\n\
         //- /infrastructure/src/repositories.rs\nuse inn_core::rooms::repository::{{Room, Rooms}};\n\
         pub struct PgRooms {{\n    pool: sqlx::PgPool,\n}}\n\
         impl Rooms for PgRooms {{\n    fn find(&self, id: i64) -> Room {{\n        \
         sqlx::query(\"SELECT 1 FROM rooms\").fetch(&self.pool)\n    }}\n}}\n\
         //- /infrastructure/src/services.rs\npub mod rooms_service;\n\
         //- /infrastructure/src/services/rooms_service.rs\nuse inn_core::rooms::repository::DynRooms;\n\
         use inn_core::rooms::service::RoomsService;\n\
         pub struct Booking {{\n    rooms: DynRooms,\n}}\n\
         impl RoomsService for Booking {{\n    fn book(&self, id: i64) -> bool {{\n        \
         self.rooms.find(id).free\n    }}\n}}\n"
    )
}

const ROOM: &str = "#[derive(sqlx::FromRow)]\npub struct Room {\n    pub id: i64,\n    pub free: bool,\n}\n\
                    impl Room {\n    pub fn beds(&self) -> i64 {\n        self.id * 2\n    }\n}\n";

#[test]
fn who_declares_what_another_package_implements_is_no_adapter() {
    let rules = format!(
        "pub type DynRooms = std::sync::Arc<dyn Rooms + Send + Sync>;\n\
         pub trait Rooms {{\n    fn find(&self, id: i64) -> Room;\n}}\n{ROOM}"
    );
    let staged = written(&split(&rules));
    let census = staged.census();
    let roles = staged.roles(&census);
    let role = |id: &str| played(&census, &roles, id).role;
    assert_eq!(role("inn_core::rooms::repository"), Some(Role::Domain));
    assert_eq!(role("inn_infrastructure::repositories"), Some(Role::Adapter));
    // What is handed the trait by a name for it, and touches nothing, is a use case wherever it stands.
    assert_eq!(role("inn_infrastructure::services::rooms_service"), Some(Role::Application));
}

#[test]
fn who_implements_a_trait_of_its_own_stays_an_adapter() {
    let rules = format!(
        "pub type DynRooms = std::sync::Arc<Rooms>;\npub struct Rooms {{\n    pool: sqlx::PgPool,\n}}\n\
         impl Rooms {{\n    pub fn find(&self, id: i64) -> Room {{\n        \
         sqlx::query(\"SELECT 1 FROM rooms\").fetch(&self.pool)\n    }}\n}}\n{ROOM}"
    );
    let text = split(&rules).replace("impl Rooms for PgRooms", "impl PgRooms");
    let staged = written(&text);
    let census = staged.census();
    let roles = staged.roles(&census);
    let role = |id: &str| played(&census, &roles, id).role;
    assert_eq!(role("inn_core::rooms::repository"), Some(Role::Adapter));
    assert_eq!(role("inn_infrastructure::services::rooms_service"), Some(Role::Adapter));
}

/// A package of storage whose `records` module has rows of its own and implements this trait, if any.
fn storage(implements: &str) -> String {
    let declared = match implements {
        "" => "",
        _ => "pub trait DbProvider {\n    fn total(&self) -> u64;\n}\n",
    };
    format!(
        "//- /Cargo.toml\n[package]\nname = \"depot\"\n[dependencies]\nsqlx = \"0.8\"\naxum = \"0.8\"\n\
         //- /src/lib.rs\npub mod records;\npub mod db;\npub mod routes;\n\
         //- /src/db.rs\n{declared}\
         //- /src/records.rs\n#[derive(sqlx::FromRow)]\npub struct Total {{\n    pub count: i64,\n}}\n\
         pub struct Database {{\n    pool: sqlx::PgPool,\n}}\n\
         impl {implements}Database {{\n    fn total(&self) -> u64 {{\n        \
         sqlx::query_as(\"SELECT count(*) FROM crates\").fetch_one(&self.pool)\n    }}\n}}\n\
         //- /src/routes.rs\npub async fn all(db: axum::extract::State<crate::records::Database>, \
         _: crate::records::Total) {{}}\n"
    )
}

#[test]
fn who_stores_what_others_declare_is_an_adapter_whatever_rows_it_has() {
    let role = |implements: &str| {
        let staged = written(&storage(implements));
        let census = staged.census();
        let roles = staged.roles(&census);
        played(&census, &roles, "depot::records").role
    };
    assert_eq!(role("crate::db::DbProvider for "), Some(Role::Adapter));
    // Where nothing is declared, the rows are the model.
    assert_eq!(role(""), Some(Role::Domain));
}

/// What a module of a package with these crates plays.
fn role_in(crates: &str, files: &str, id: &str) -> Option<Role> {
    let crates: String = crates.split_whitespace().map(|krate| format!("{krate} = \"1\"\n")).collect();
    let manifest = format!("//- /Cargo.toml\n[package]\nname = \"inn\"\n[dependencies]\n{crates}");
    let staged = written(&(manifest + files));
    let census = staged.census();
    let roles = staged.roles(&census);
    played(&census, &roles, id).role
}

#[test]
fn the_outside_may_be_sorted_by_what_it_is_for() {
    let files = "//- /src/lib.rs\npub mod infrastructure;\n//- /src/infrastructure.rs\npub mod domain;\n\
                 //- /src/infrastructure/domain.rs\npub mod rooms;\n//- /src/infrastructure/domain/rooms.rs\n\
                 pub struct Row { pub id: i64 }\n";
    assert_eq!(role_in("", files, "inn::infrastructure::domain::rooms"), Some(Role::Adapter));
    let inner = files.replace("infrastructure", "rooms_of_the_inn");
    assert_eq!(role_in("", &inner, "inn::rooms_of_the_inn::domain::rooms"), Some(Role::Domain));
}

#[test]
fn a_word_for_a_technology_says_little_where_there_is_none() {
    let files = "//- /src/lib.rs\npub mod database;\n//- /src/database.rs\npub struct Tree { open: Vec<u8> }\n\
                 impl Tree {\n    pub fn fold(&mut self, n: u8) {\n        if n > 1 { self.open.push(n); }\n    }\n}\n";
    assert_eq!(role_in("", files, "inn::database"), Some(Role::Domain));
    let stored = format!("{files}pub fn load(pool: &sqlx::PgPool) {{}}\n");
    assert_eq!(role_in("sqlx", &stored, "inn::database"), Some(Role::Adapter));
}

#[test]
fn settings_of_a_technology_are_settings() {
    let files = "//- /src/lib.rs\npub mod config;\npub mod rooms;\n//- /src/config.rs\npub mod db;\n\
                 //- /src/config/db.rs\npub struct Db { pub host: String }\n\
                 //- /src/rooms.rs\npub fn rooms(pool: &sqlx::PgPool) {}\n";
    assert_eq!(role_in("sqlx", files, "inn::config::db"), Some(Role::Shared));
    let touching = files.replace("pub host: String", "pub pool: sqlx::PgPool");
    assert_eq!(role_in("sqlx", &touching, "inn::config::db"), Some(Role::Adapter));
}

#[test]
fn a_trait_that_a_framework_hands_on_is_no_framework() {
    let files = "//- /src/lib.rs\npub mod domain;\npub mod http;\n//- /src/domain.rs\npub mod rooms;\n\
                 //- /src/domain/rooms.rs\n#[axum::async_trait]\npub trait Rooms { async fn get(&self, id: i64) -> u8; }\n\
                 //- /src/http.rs\npub async fn get(axum::extract::Path(id): axum::extract::Path<i64>) {}\n";
    let staged = written(&format!(
        "//- /Cargo.toml\n[package]\nname = \"inn\"\n[dependencies]\naxum = \"1\"\n{files}"
    ));
    let census = staged.census();
    let roles = staged.roles(&census);
    let rooms = played(&census, &roles, "inn::domain::rooms");
    assert!(rooms.votes.iter().all(|vote| vote.role != Role::Entrypoint), "{:#?}", rooms.votes);
}

#[test]
fn a_program_without_main_is_started_all_the_same() {
    let files = "//- /src/main.rs\n#![no_std]\n#![no_main]\nmod keys;\nuse keys::Keys;\n\
                 #[cortex_m_rt::entry]\nfn start() -> ! { loop { Keys { down: 1 }.next(); } }\n\
                 //- /src/keys.rs\npub struct Keys { pub down: u8 }\nimpl Keys {\n    pub fn next(&self) -> u8 { if self.down > 1 { 1 } else { 2 } }\n}\n";
    assert_eq!(role_in("cortex-m-rt", files, "inn"), Some(Role::Entrypoint));
}

#[test]
fn what_launches_a_program_handles_nothing() {
    let files = "//- /src/lib.rs\npub mod rooms;\npub mod web;\nuse rooms::{Guests, Rooms};\n\
                 #[rocket::catch(404)]\nfn missing() -> String { String::new() }\n\
                 #[rocket::launch]\npub fn rocket() -> rocket::Rocket<rocket::Build> {\n    \
                 rocket::build().manage(Rooms::new(todo!())).manage(Guests::new(todo!()))\n}\n\
                 //- /src/web.rs\n#[rocket::get(\"/\")]\npub fn list() -> String { String::new() }\n\
                 //- /src/rooms.rs\npub struct Rooms { pool: sqlx::PgPool }\nimpl Rooms { pub fn new(pool: sqlx::PgPool) -> Self { Self { pool } } }\n\
                 pub struct Guests { pool: sqlx::PgPool }\nimpl Guests { pub fn new(pool: sqlx::PgPool) -> Self { Self { pool } } }\n";
    assert_eq!(role_in("rocket sqlx", files, "inn"), Some(Role::Composition));
}

#[test]
fn a_main_that_makes_what_it_needs_may_hold_handlers_beside_it() {
    let staged = written(
        "//- /Cargo.toml\n[workspace]\nmembers = [\"web\", \"stores\"]\n\
         //- /web/Cargo.toml\n[package]\nname = \"web\"\n[dependencies]\naxum = \"1\"\nsqlx = \"1\"\nstores = { path = \"../stores\" }\n\
         //- /web/src/main.rs\nmod replies;\nuse stores::PgRooms;\nstruct State { rooms: axum::Json<u8> }\n\
         async fn list(id: axum::extract::Path<i64>) {}\n\
         async fn show(id: axum::extract::Path<i64>) {}\n\
         fn main() { let rooms = PgRooms::new(sqlx::PgPool::connect_lazy(\"\")); axum::serve(rooms, State); }\n\
         //- /web/src/replies.rs\npub fn reply() -> axum::Json<u8> { axum::Json(1) }\n\
         //- /stores/Cargo.toml\n[package]\nname = \"stores\"\n[dependencies]\nsqlx = \"1\"\n\
         //- /stores/src/lib.rs\npub struct PgRooms { pool: sqlx::PgPool }\nimpl PgRooms { pub fn new(pool: sqlx::PgPool) -> Self { Self { pool } } }\n",
    );
    let census = staged.census();
    let roles = staged.roles(&census);
    assert_eq!(played(&census, &roles, "web").role, Some(Role::Composition));
}

#[test]
fn folders_above_packages_tell_the_layer() {
    let package = |folder: &str, name: &str, text: &str| {
        format!("//- /{folder}/Cargo.toml\n[package]\nname = \"{name}\"\n//- /{folder}/src/lib.rs\n{text}")
    };
    let behaves = "pub struct Events { seen: u8 }\nimpl Events { pub fn take(&mut self, n: u8) { if n > 1 { self.seen = n; } } }\n";
    let written_in = |rooms: [&str; 2]| {
        let members = format!(
            "//- /Cargo.toml\n[workspace]\nmembers = [\"{}/events\", \"{}/rooms\"]\n",
            rooms[0], rooms[1]
        );
        let files = members
            + &package(&format!("{}/events", rooms[0]), "inn-events", behaves)
            + &package(&format!("{}/rooms", rooms[1]), "inn-rooms", behaves);
        let staged = written(&files);
        let census = staged.census();
        let roles = staged.roles(&census);
        played(&census, &roles, "inn_events").role
    };
    assert_eq!(written_in(["crates/presentation", "crates/domain"]), Some(Role::Entrypoint));
    // What holds for all tells nothing, and so does a room without a layer.
    assert_eq!(written_in(["presentation", "presentation"]), Some(Role::Domain));
    assert_eq!(written_in(["crates", "crates"]), Some(Role::Domain));
}

#[test]
fn parameters_that_are_taken_apart_are_parameters() {
    let staged = written(
        "//- /Cargo.toml\n[package]\nname = \"inn\"\n[dependencies]\naxum = \"1\"\n//- /src/lib.rs\n\
         pub async fn show(axum::Json(_): axum::Json<u8>, (a, b): (u8, u8), c: u8) -> u8 { a + b + c }\n",
    );
    let census = staged.census();
    let show = census.item_nos().find(|item| census.name(*item) == "show").expect("it is declared");
    let names: Vec<&str> = census.parameters(show).map(|slot| census.word(slot.name)).collect();
    assert_eq!(names, ["0", "1", "c"]);
    let outside: Vec<bool> = census.parameters(show).map(|slot| slot.core.is_some()).collect();
    assert_eq!(outside, [true, false, false]);
}
