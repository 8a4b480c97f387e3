//! The parts that modules play: as a table, and one with the votes behind it.

use serde::Serialize;

use crate::adapters::render::json::{VERSION, print};
use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::text::{escape, place, plural};
use crate::application::layers::{Row, Table};
use crate::domain::policy::role::Role;
use crate::domain::roles::{Played, Tag};

/// From the outside in, as a reader of the code meets them.
const ORDER: [Option<Role>; 7] = [
    Some(Role::Composition),
    Some(Role::Entrypoint),
    Some(Role::Adapter),
    Some(Role::Application),
    Some(Role::Domain),
    Some(Role::Shared),
    None,
];

/// Parts for people, where no layers are configured.
pub fn table(table: &Table, sheet: Sheet) -> String {
    let mut out = String::from("no layers are configured; parts as inferred from the code\n");
    for (name, kind) in &table.packages {
        out.push_str(&format!("{}: {}\n", escape(name), kind.key().replace('_', " ")));
    }
    let widest = table.placed().map(|row| escape(&row.id).chars().count()).max().unwrap_or(0).min(60);
    for role in ORDER {
        let rows: Vec<&Row> = table.placed().filter(|row| row.played.role == role).collect();
        if rows.is_empty() {
            continue;
        }
        let modules = plural(rows.len() as u64, "module");
        out.push_str(&format!("\n{} ({modules})\n", sheet.paint.tone(Tone::Strong, word(role))));
        for row in rows {
            let tags: Vec<&str> = row.played.tags.iter().map(|tag| tag.word()).collect();
            let line =
                format!("  {:widest$}   {:.2}   {}", escape(&row.id), row.played.confidence, tags.join(", "));
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out.push_str(
        "\nthe number is the confidence; every vote for a part: cargo archlint layers --explain MODULE\n",
    );
    out
}

/// One module with its votes, for people.
pub fn row(row: &Row, sheet: Sheet) -> String {
    let played = &row.played;
    let mut out = format!("{}   {}\n", sheet.paint.tone(Tone::Strong, &escape(&row.id)), place(&row.site));
    out.push_str(&format!("  {}\n", part(played)));
    for (role, sum) in sums(played) {
        out.push_str(&format!("  {sum:6.2}  {}\n", sheet.paint.tone(Tone::Strong, role.word())));
        for vote in played.votes.iter().filter(|vote| vote.role == role) {
            out.push_str(&format!("    {:6.2}  {}\n", vote.weight, escape(&vote.why)));
        }
    }
    if played.votes.is_empty() {
        out.push_str("  no votes: the part is that of the module around it, if that has one\n");
    }
    out
}

/// The part, how sure it is, and what else is known.
pub(super) fn part(played: &Played) -> String {
    let mut text = format!("role: {}, confidence {:.2}", word(played.role), played.confidence);
    if !played.tags.is_empty() {
        let tags: Vec<&str> = played.tags.iter().map(|tag| tag.word()).collect();
        text.push_str(&format!(", {}", tags.join(", ")));
    }
    text
}

/// The roles that were voted for, most votes first.
fn sums(played: &Played) -> Vec<(Role, f64)> {
    let sum = |role: Role| {
        let votes = played.votes.iter().filter(|vote| vote.role == role);
        votes.clone().next()?;
        Some((role, votes.map(|vote| vote.weight).sum()))
    };
    let mut sums: Vec<(Role, f64)> = Role::ALL.into_iter().filter_map(sum).collect();
    sums.sort_by(|a, b| b.1.total_cmp(&a.1));
    sums
}

fn word(role: Option<Role>) -> &'static str {
    role.map_or("unknown", Role::word)
}

/// All modules for scripts.
pub fn table_json(table: &Table) -> String {
    let packages = table.packages.iter().map(|(name, kind)| JsonPackage { name, kind: kind.key() }).collect();
    print(&JsonTable { version: VERSION, packages, modules: table.rows.iter().map(JsonRow::of).collect() })
}

/// One module for scripts.
pub fn row_json(row: &Row) -> String {
    print(&JsonOne { version: VERSION, module: JsonRow::of(row) })
}

#[derive(Serialize)]
struct JsonTable<'a> {
    version: u32,
    packages: Vec<JsonPackage<'a>>,
    modules: Vec<JsonRow<'a>>,
}

#[derive(Serialize)]
struct JsonOne<'a> {
    version: u32,
    module: JsonRow<'a>,
}

#[derive(Serialize)]
struct JsonPackage<'a> {
    name: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
struct JsonRow<'a> {
    id: &'a str,
    file: &'a str,
    role: &'static str,
    tags: Vec<&'static str>,
    confidence: f64,
    layer: Option<&'a str>,
    votes: Vec<JsonVote<'a>>,
}

#[derive(Serialize)]
struct JsonVote<'a> {
    role: &'static str,
    weight: f64,
    why: &'a str,
}

impl<'a> JsonRow<'a> {
    fn of(row: &'a Row) -> Self {
        let vote = |vote: &'a crate::domain::roles::Vote| JsonVote {
            role: vote.role.word(),
            weight: rounded(vote.weight),
            why: &vote.why,
        };
        Self {
            id: &row.id,
            file: &row.site.file,
            role: word(row.played.role),
            tags: row.played.tags.iter().map(|tag: &Tag| tag.word()).collect(),
            confidence: rounded(row.played.confidence),
            layer: row.layer.as_deref(),
            votes: row.played.votes.iter().map(vote).collect(),
        }
    }
}

/// To four digits, which is more than any vote means.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests;
