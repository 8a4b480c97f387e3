//! What means the same scores the same; what is worse never scores better.

use archlint::application::score::Scored;

use crate::model::mutations::{Inn, points};

const ROOM: &str = "src/domain/room.rs";
const HTTP: &str = "src/http/rooms.rs";

/// Every number of a score: constructs, then indicators.
fn numbers(scored: &Scored) -> Vec<(String, Option<f64>)> {
    let constructs = scored.model.constructs.iter().map(|one| (one.id.clone(), one.value()));
    let all = scored.model.constructs.iter().flat_map(|one| &one.measurements);
    constructs.chain(all.map(|one| (one.indicator.clone(), one.value))).collect()
}

/// Compares every number of the example with those after a change.
fn within(tolerance: f64, change: impl FnOnce(Inn) -> Inn) {
    let (before, after) = (Inn::new().scored(), change(Inn::new()).scored());
    for ((id, was), (_, is)) in numbers(&before).into_iter().zip(numbers(&after)) {
        let same = match (was, is) {
            (Some(was), Some(is)) => (was - is).abs() <= tolerance,
            (was, is) => was == is,
        };
        assert!(same, "{id}: {was:?} and {is:?}");
    }
}

/// A change to the text of Rust files.
fn in_code(change: impl Fn(&str) -> String) -> impl FnOnce(Inn) -> Inn {
    move |inn| inn.each(|path, text| if path.ends_with(".rs") { change(&text) } else { text })
}

#[test]
fn comments_weigh_nothing() {
    within(
        0.0,
        in_code(|text| {
            text.lines().map(|line| format!("// of rooms and sqlx::PgPool\n{line} // so\n")).collect()
        }),
    );
}

#[test]
fn line_ends_blanks_and_indentation_weigh_nothing() {
    within(0.0, in_code(|text| text.replace('\n', "\r\n")));
    within(0.0, in_code(|text| text.replace('\n', "  \n\n")));
    within(0.0, in_code(|text| text.replace("    ", "\t")));
}

#[test]
fn names_of_locals_weigh_nothing() {
    within(0.0, |inn| {
        inn.each(|_, text| {
            text.replace("taken", "occupied").replace("gone", "removed").replace("letter", "mail_out")
        })
    });
}

#[test]
fn the_order_of_items_weighs_nothing() {
    let event = "#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\npub struct Night(pub u32);\n";
    within(1e-9, |inn| {
        inn.with(ROOM, event, "").with(ROOM, "#[cfg(test)]\n", &format!("{event}\n#[cfg(test)]\n"))
    });
}

#[test]
fn how_names_are_imported_weighs_little() {
    within(0.5, |inn| inn.with(HTTP, "use axum::{Json, Router};\n", "use axum::Json;\nuse axum::Router;\n"));
    within(0.5, |inn| inn.with(HTTP, "use axum::extract::{Path, State};\n", "use axum::extract::*;\n"));
}

#[test]
fn a_part_moved_into_a_child_of_its_module_weighs_little() {
    let error = "\n#[derive(Debug, Error, PartialEq, Eq)]\npub enum BookingError {\n    #[error(\"a guest needs a name\")]\n    NamelessGuest,\n    \
        #[error(\"the room is closed\")]\n    RoomClosed,\n    #[error(\"no bed left on night {0:?}\")]\n    FullyBooked(Night),\n}\n";
    within(1.0, |inn| {
        inn.with(ROOM, error, "")
            .with(ROOM, "use thiserror::Error;\n", "pub use crate::domain::refusal::BookingError;\n")
            .and("src/domain/refusal.rs", &format!("use super::room::Night;\nuse thiserror::Error;\n{error}"))
            .and("src/domain/mod.rs", "pub mod refusal;\n")
    });
}

/// Items that break one rule each, with the lever that they may not raise; `_N` tells them apart.
const BREACHES: [(&str, &str, &str); 6] = [
    (
        "purity",
        ROOM,
        "impl Room {\n    pub async fn sync_N(&self, pool: &sqlx::PgPool) {\n        let _ = pool.acquire().await;\n    }\n}\n",
    ),
    (
        "dip",
        ROOM,
        "pub fn shown_N(line: &crate::http::rooms::RoomLine, room: &Room) -> bool {\n    let _ = line;\n    room.closed\n}\n",
    ),
    (
        "repo",
        HTTP,
        "pub async fn wipe_N(pool: &PgPool) {\n    let _ = sqlx::query(\"DELETE FROM rooms\").execute(pool).await;\n}\n",
    ),
    (
        "uow",
        "src/adapters/pg_rooms.rs",
        "pub async fn twice_N(pool: &PgPool) {\n    let _ = sqlx::query(\"DELETE FROM rooms\").execute(pool).await;\n    let _ = sqlx::query(\"DELETE FROM bookings\").execute(pool).await;\n}\n",
    ),
    (
        "agg",
        ROOM,
        "pub struct Guest_N {\n    pub id: u64,\n    pub name: String,\n}\n\nimpl Guest_N {\n    pub fn rename(&mut self, name: String) -> Result<(), BookingError> {\n        if name.is_empty() {\n            return Err(BookingError::NamelessGuest);\n        }\n        self.name = name;\n        Ok(())\n    }\n}\n",
    ),
    (
        "di",
        "src/application/book_room.rs",
        "pub fn made_N() -> u64 {\n    std::env::var(\"ROOM\").map(|room| room.len() as u64).unwrap_or_default()\n}\n",
    ),
];

#[test]
fn a_breach_more_never_raises_its_lever_and_a_breach_less_never_lowers_it() {
    for (lever, file, breach) in BREACHES {
        let scores: Vec<f64> = (0..3)
            .map(|times| {
                let more: String = (0..times)
                    .map(|at| breach.replace("_N", &format!("{at}")))
                    .collect::<Vec<String>>()
                    .join("\n");
                points(&Inn::new().and(file, &more).scored(), lever).expect("it applies")
            })
            .collect();
        assert!(scores.windows(2).all(|pair| pair[1] <= pair[0] + 1e-9), "{lever}: {scores:?}");
        assert!(scores[2] < scores[0], "{lever} does not see its breach: {scores:?}");
    }
}
