//! One change to the worked example at a time: it moves what it must, in the right direction, and nothing
//! that it must not.

use std::collections::BTreeMap;

use archlint::adapters::memory::Memory;
use archlint::application::score::{Scored, score};

use crate::fixture::{inn_files, staged};

/// The example with a change.
#[derive(Clone)]
pub struct Inn(BTreeMap<String, String>);

impl Inn {
    /// The example as it is.
    pub fn new() -> Self {
        Self(inn_files().into_iter().collect())
    }

    /// The same with one text in the place of another.
    pub fn with(mut self, file: &str, from: &str, to: &str) -> Self {
        let text = self.0.get_mut(file).unwrap_or_else(|| panic!("there is no {file}"));
        assert!(text.contains(from), "{file} has no {from:?}");
        *text = text.replacen(from, to, 1);
        self
    }

    /// The same with more text at the end of a file, which may be new.
    pub fn and(mut self, file: &str, text: &str) -> Self {
        self.0.entry(file.to_owned()).or_default().push_str(text);
        self
    }

    /// The same with all texts changed.
    pub fn each(self, change: impl Fn(&str, String) -> String) -> Self {
        Self(self.0.into_iter().map(|(path, text)| (path.clone(), change(&path, text))).collect())
    }

    /// The same without what stands between two marks of a file, these included.
    pub fn without(mut self, file: &str, from: &str, to: &str) -> Self {
        let text = self.0.get_mut(file).unwrap_or_else(|| panic!("there is no {file}"));
        let start = text.find(from).unwrap_or_else(|| panic!("{file} has no {from:?}"));
        let end = start + text[start..].find(to).unwrap_or_else(|| panic!("{file} has no {to:?}")) + to.len();
        text.replace_range(start..end, "");
        self
    }

    /// What the tool makes of it.
    pub fn scored(&self) -> Scored {
        let memory = Memory::new(self.0.clone());
        let staged = staged(&memory, &self.0["archlint.toml"]);
        score(&staged.analysis, &staged.policy, &memory)
    }
}

/// Points of an indicator (`uow.atomic_boundary`), the value of an outcome, or what the indicators of a
/// construct say by themselves; none where it does not apply.
pub fn points(scored: &Scored, id: &str) -> Option<f64> {
    if id.contains('.') {
        return scored.model.measurement(id).unwrap_or_else(|| panic!("no indicator {id}")).value;
    }
    let construct = scored.model.get(id).unwrap_or_else(|| panic!("no construct {id}"));
    match &construct.own {
        Some(own) => Some(own.score),
        None => construct.value(),
    }
}

/// Whether a lint finds more than before.
fn finds_more(before: &Scored, after: &Scored, lint: &str) -> bool {
    let count = |scored: &Scored| scored.findings.iter().filter(|finding| finding.rule == lint).count();
    count(after) > count(before)
}

/// Says how each of these moved, `+` up, `-` down, `=` not at all (within 1e-9).
fn moved(before: &Scored, after: &Scored, ids: &[&str]) -> String {
    let one = |id: &&str| {
        let sign = match (points(before, id), points(after, id)) {
            (Some(a), Some(b)) if b > a + 1e-9 => '+',
            (Some(a), Some(b)) if b < a - 1e-9 => '-',
            (None, Some(_)) => '!',
            (Some(_), None) => '?',
            _ => '=',
        };
        format!("{id}{sign}")
    };
    ids.iter().map(one).collect::<Vec<String>>().join(" ")
}

/// Compares a change with what it must do: `purity+ infra- uow=`.
fn shows(change: impl FnOnce(Inn) -> Inn, expected: &str) -> (Scored, Scored) {
    let inn = Inn::new();
    let (before, after) = (inn.scored(), change(inn).scored());
    let ids: Vec<&str> = expected.split(' ').map(|word| &word[..word.len() - 1]).collect();
    assert_eq!(moved(&before, &after, &ids), expected);
    (before, after)
}

const ROOM: &str = "src/domain/room.rs";
const PORTS: &str = "src/domain/ports.rs";
const BOOK: &str = "src/application/book_room.rs";
const STORE: &str = "src/adapters/pg_rooms.rs";
const HTTP: &str = "src/http/rooms.rs";

#[test]
fn a_row_mapped_in_the_adapter_frees_the_domain() {
    shows(
        |inn| {
            inn.with(ROOM, "#[derive(Debug, Clone, sqlx::FromRow)]\npub struct Booking", "#[derive(Debug, Clone)]\npub struct Booking")
                .with(STORE, "let bookings: Vec<Booking> =", "let rows: Vec<(i64, String)> =")
                .with(
                    STORE,
                    "        Ok(Some(Room::restore(",
                    "        let bookings = rows.into_iter().map(|(night, guest)| Booking { night, guest }).collect();\n        Ok(Some(Room::restore(",
                )
        },
        "purity+ infra- cqrs= uow=",
    );
}

#[test]
fn a_use_case_behind_a_port_takes_the_edge_s_place() {
    let cancel = "use crate::domain::ports::{Rooms, StoreError};\nuse crate::domain::room::Night;\n\n\
        #[derive(Clone)]\npub struct CancelNight<R> {\n    rooms: R,\n}\n\n\
        impl<R: Rooms> CancelNight<R> {\n    pub fn new(rooms: R) -> Self {\n        Self { rooms }\n    }\n\n\
        pub async fn execute(&self, room: u64, night: u32) -> Result<(), StoreError> {\n\
        if let Some(mut room) = self.rooms.get(room).await? {\n            room.cancel(Night(night));\n\
        self.rooms.save(&room).await?;\n        }\n        Ok(())\n    }\n}\n";
    shows(
        |inn| {
            inn.and("src/application/cancel_night.rs", cancel)
                .and("src/application/mod.rs", "pub mod cancel_night;\n")
                .with(
                    ROOM,
                    "    pub fn book(&mut self",
                    "    pub fn cancel(&mut self, night: Night) {\n        self.bookings.retain(|b| b.night != i64::from(night.0));\n        self.version += 1;\n    }\n\n    pub fn book(&mut self",
                )
                .without(HTTP, "    let gone = sqlx", "    Ok(StatusCode::NO_CONTENT)\n")
                .with(
                    HTTP,
                    "Path((id, night)): Path<(i64, i64)>) -> Result<StatusCode, StatusCode> {\n",
                    "Path((id, night)): Path<(u64, u32)>) -> Result<StatusCode, StatusCode> {\n    \
                     state.cancel_night.execute(id, night).await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;\n    Ok(StatusCode::NO_CONTENT)\n",
                )
                .with(HTTP, "    book_room: BookRoom<PgRooms>,\n    pool", "    book_room: BookRoom<PgRooms>,\n    cancel_night: crate::application::cancel_night::CancelNight<PgRooms>,\n    pool")
                .with(HTTP, "AppState { book_room, pool }", "AppState { book_room, cancel_night, pool }")
                .with(HTTP, "router(book_room: BookRoom<PgRooms>, pool", "router(book_room: BookRoom<PgRooms>, cancel_night: crate::application::cancel_night::CancelNight<PgRooms>, pool")
        },
        "svc+ repo+ di+ mud- infra- dip.direction=",
    );
}

#[test]
fn a_transaction_around_the_writes_makes_them_one() {
    shows(
        |inn| {
            inn.with(HTTP, "    let gone = sqlx", "    let mut tx = state.pool.begin().await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;\n    let gone = sqlx")
                .with(HTTP, ".execute(&state.pool)\n", ".execute(&mut *tx)\n")
                .with(HTTP, ".execute(&state.pool)\n", ".execute(&mut *tx)\n")
                .with(HTTP, "    if night > 0 && gone", "    tx.commit().await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;\n    if night > 0 && gone")
        },
        "uow.atomic_boundary+ rel+ purity=",
    );
}

#[test]
fn a_pool_in_a_method_of_the_domain_is_told() {
    let (before, after) = shows(
        |inn| {
            inn.with(
                ROOM,
                "    pub fn id(&self) -> u64 {",
                "    pub async fn reload(&mut self, pool: &sqlx::PgPool) {\n        let _ = pool.acquire().await;\n    }\n\n    pub fn id(&self) -> u64 {",
            )
        },
        "purity- infra+ pyr.shape=",
    );
    assert!(finds_more(&before, &after, "domain-uses-infrastructure"));
}

#[test]
fn a_port_that_speaks_of_its_technology_is_told() {
    let (before, after) = shows(
        |inn| {
            inn.with(
                PORTS,
                "    fn save(&self, room: &Room)",
                "    fn count(&self) -> impl Future<Output = sqlx::Result<u64>> + Send;\n    fn save(&self, room: &Room)",
            )
        },
        "dip.port_signature_clean- agg=",
    );
    assert!(finds_more(&before, &after, "port-leaks-technology"));
}

#[test]
fn without_its_double_a_port_is_no_seam() {
    shows(
        |inn| inn.without(BOOK, "#[cfg(test)]\nmod tests {", "\n}\n"),
        "repo.faked- tst.doubles- dip.used_seams- pyr- svc=",
    );
}

#[test]
fn a_trait_that_nobody_needs_raises_nothing() {
    let before = Inn::new().scored();
    let after = Inn::new()
        .and(
            "src/application/guests.rs",
            "pub trait Greets {\n    fn greet(&self) -> u32;\n}\n\npub struct Polite;\n\nimpl Greets for Polite {\n    fn greet(&self) -> u32 {\n        1\n    }\n}\n",
        )
        .and("src/application/mod.rs", "pub mod guests;\n")
        .scored();
    for construct in &before.model.constructs {
        let health = |scored: &Scored| scored.model.get(&construct.id).and_then(|one| one.health());
        let (was, is) = (health(&before), health(&after));
        // A share of all code moves a little with every line.
        let won = is.unwrap_or(0.0) - was.unwrap_or(0.0);
        assert!(is <= was || won < 1.0, "{}: {was:?} {is:?}", construct.id);
    }
}

#[test]
fn empty_types_in_the_domain_buy_nothing() {
    let types: String = (0..20).map(|at| format!("#[derive(Debug)]\npub struct Thing{at};\n")).collect();
    let (before, after) = (Inn::new().scored(), Inn::new().and(ROOM, &types).scored());
    for construct in &before.model.constructs {
        let health = |scored: &Scored| scored.model.get(&construct.id).and_then(|one| one.health());
        if let (Some(was), Some(is)) = (health(&before), health(&after)) {
            assert!(is - was <= 2.0, "{}: {was} {is}", construct.id);
        }
    }
}

#[test]
fn an_open_field_of_the_root_is_told() {
    let (before, after) = shows(
        |inn| {
            inn.with(
                ROOM,
                "    bookings: Vec<Booking>,\n    version",
                "    pub bookings: Vec<Booking>,\n    version",
            )
        },
        "agg.encapsulated- svc=",
    );
    assert!(finds_more(&before, &after, "public-field-on-aggregate"));
}

#[test]
fn an_event_that_is_raised_and_handled_lives() {
    let handler = "use crate::domain::events::RoomEvent;\n\npub fn on_night_booked(event: &RoomEvent) -> String {\n    \
        format!(\"{event:?}\")\n}\n";
    shows(
        |inn| {
            inn.and("src/application/on_events.rs", handler)
                .and("src/application/mod.rs", "pub mod on_events;\n")
        },
        "evt.live_events+ purity=",
    );
}

#[test]
fn an_event_named_as_a_wish_is_told() {
    let (before, after) = shows(
        |inn| inn.each(|_, text| text.replace("NightBooked", "BookNight")),
        "evt.mood- purity= dip= repo= svc= uow= agg= di= pyr= infra= mud= tst= inv=",
    );
    assert!(finds_more(&before, &after, "event-named-as-command"));
}

#[test]
fn a_domain_that_names_the_edge_is_told() {
    let (before, after) = shows(
        |inn| {
            inn.with(ROOM, "    pub fn id(&self) -> u64 {", "    pub fn shown(&self, line: &crate::http::rooms::RoomLine) -> bool {\n        let _ = line;\n        self.closed\n    }\n\n    pub fn id(&self) -> u64 {")
        },
        "dip.direction-",
    );
    assert!(finds_more(&before, &after, "core-depends-on-adapter"));
}

#[test]
fn a_circle_of_top_modules_is_told() {
    let (before, after) = shows(
        |inn| {
            inn.with(
                STORE,
                "fn broken(",
                "pub fn shown(line: crate::http::rooms::RoomLine) {\n    drop(line);\n}\n\nfn broken(",
            )
        },
        "mud.cycles+ purity=",
    );
    assert!(finds_more(&before, &after, "component-cycle"));
}

#[test]
fn tests_over_a_live_database_are_no_unit_tests() {
    let live = "let _pool = sqlx::PgPool::connect(\"postgres://localhost/inn\");\n        let mut room";
    shows(
        |inn| {
            inn.with(
                ROOM,
                "let mut room = Room::restore(1, 1, vec![], 0, false)",
                &format!("{live} = Room::restore(1, 1, vec![], 0, false)"),
            )
            .with(
                ROOM,
                "let mut room = Room::restore(1, 1, vec![], 0, true)",
                &format!("{live} = Room::restore(1, 1, vec![], 0, true)"),
            )
        },
        "pyr.shape- tst.quiet_tests- dip=",
    );
}
