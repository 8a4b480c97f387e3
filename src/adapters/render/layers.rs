//! The layers as a table, and one module in detail.

use std::borrow::Cow;

use serde::Serialize;

use crate::adapters::render::json::{VERSION, print};
use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::roles::part;
use crate::adapters::render::text::{escape, named, place, plural};
use crate::application::layers::{Detail, Neighbour, Row, Table};

/// The table for people, where layers are configured.
pub fn table(table: &Table, sheet: Sheet) -> String {
    let mut out = String::new();
    let width = |text: &str| escape(text).chars().count();
    let widest = table.placed().map(|row| width(&row.id)).max().unwrap_or(0).min(60);
    let by = |row: &Row| if row.selector.is_empty() { String::new() } else { format!("by {}", row.selector) };
    let broad = table.placed().map(|row| width(&by(row))).max().unwrap_or(0).min(40);
    let layers = table.layers.iter().map(|name| Some(name.as_str()));
    for layer in layers.chain([None]) {
        let rows: Vec<&Row> = table.placed().filter(|row| row.layer.as_deref() == layer).collect();
        if layer.is_none() && rows.is_empty() {
            continue;
        }
        out.push_str(&head(&escape(layer.unwrap_or("unassigned")), rows.len(), sheet));
        for row in rows {
            let by = if layer.is_some() { by(row) } else { row.site.file.clone() };
            let role = row.played.role.map_or("", |role| role.word());
            let line = format!("  {:widest$}   {:broad$}   {role}", escape(&row.id), escape(&by));
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out
}

/// The name of a layer and how many modules it has.
fn head(name: &str, rows: usize, sheet: Sheet) -> String {
    format!("{} ({})\n", sheet.paint.tone(Tone::Strong, name), plural(rows as u64, "module"))
}

/// One module for people.
pub fn detail(detail: &Detail, sheet: Sheet) -> String {
    let mut out =
        format!("{}   {}\n", sheet.paint.tone(Tone::Strong, &named(&detail.row.id)), place(&detail.row.site));
    out.push_str(&format!("  {}\n", part(&detail.row.played)));
    out.push_str(&match (&detail.row.layer, detail.row.selector.as_str()) {
        (None, _) => "  layer: none; no `modules` of a layer names it\n".to_owned(),
        (Some(layer), "") => format!("  layer: {}\n", escape(layer)),
        (Some(layer), selector) => format!("  layer: {}, by {}\n", escape(layer), escape(selector)),
    });
    out.push_str("  by itself, without the modules below it:\n");
    for (title, neighbours) in [("uses", &detail.uses), ("used by", &detail.used_by)] {
        out.push_str(&format!("  {title} {}\n", plural(neighbours.len() as u64, "module")));
        let widest = neighbours.iter().map(|one| named(&one.id).chars().count()).max().unwrap_or(0);
        let broad = neighbours.iter().map(|one| layer_word(one).chars().count()).max().unwrap_or(0);
        for one in neighbours {
            out.push_str(&neighbour(one, [widest, broad], sheet));
        }
    }
    out
}

/// The layer of a module at the other end.
fn layer_word(one: &Neighbour) -> Cow<'_, str> {
    one.layer.as_deref().map_or(Cow::Borrowed("-"), escape)
}

/// A module at the other end of an edge.
fn neighbour(one: &Neighbour, [widest, broad]: [usize; 2], sheet: Sheet) -> String {
    let layer = layer_word(one);
    let mark = match one.against {
        true => format!("   {}", sheet.paint.tone(Tone::Error, "against the order")),
        false => String::new(),
    };
    format!("    {:widest$}   {layer:broad$}   {}{mark}\n", named(&one.id), place(&one.site))
}

/// One module for scripts.
pub fn detail_json(detail: &Detail) -> String {
    print(&JsonDetail {
        version: VERSION,
        module: JsonRow::of(&detail.row),
        uses: detail.uses.iter().map(JsonNeighbour::of).collect(),
        used_by: detail.used_by.iter().map(JsonNeighbour::of).collect(),
    })
}

#[derive(Serialize)]
struct JsonRow<'a> {
    id: &'a str,
    layer: Option<&'a str>,
    selector: Option<&'a str>,
    file: &'a str,
    line: u32,
}

impl<'a> JsonRow<'a> {
    fn of(row: &'a Row) -> Self {
        let layer = row.layer.as_deref();
        let selector = (!row.selector.is_empty()).then_some(row.selector.as_str());
        Self { id: &row.id, layer, selector, file: &row.site.file, line: row.site.line }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonDetail<'a> {
    version: u32,
    module: JsonRow<'a>,
    uses: Vec<JsonNeighbour<'a>>,
    used_by: Vec<JsonNeighbour<'a>>,
}

#[derive(Serialize)]
struct JsonNeighbour<'a> {
    id: &'a str,
    layer: Option<&'a str>,
    file: &'a str,
    line: u32,
    against: bool,
}

impl<'a> JsonNeighbour<'a> {
    fn of(one: &'a Neighbour) -> Self {
        let layer = one.layer.as_deref();
        Self { id: &one.id, layer, file: &one.site.file, line: one.site.line, against: one.against }
    }
}

#[cfg(test)]
mod tests;
