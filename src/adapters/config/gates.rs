//! `[gates]`: floors for scores, and what their changes are measured from.

use crate::adapters::config::reader::{Reading, text};
use crate::adapters::config::tree::{Entry, Node};
use crate::domain::policy::gates::{Gate, Limit, Saved};
use crate::domain::policy::model::{ConstructSpec, Parameters};
use crate::domain::policy::suggest;

/// What a key ends in that speaks of a change.
const CHANGE: &str = ".delta";

/// The key of scores that were saved.
pub(super) const REFERENCE: &str = "reference";

/// Reads where saved scores are: `reference = "ci/score.json"`, relative to the file it stands in.
pub(super) fn saved(entry: &Entry, reading: &mut Reading) -> Option<Saved> {
    let given = text(&entry.value, REFERENCE, reading)?;
    if given.text.trim().is_empty() {
        let help = "name what `cargo archlint score --format json` wrote, as `ci/score.json`".to_owned();
        reading.problem(given.at, "`reference` names no file".to_owned(), Some(help));
        return None;
    }
    let path = reading.beside(given.at, &given.text);
    Some(Saved { name: given.text, path: path.to_string_lossy().into_owned(), at: given.at })
}

/// Reads one gate: `maintainability = 60`, `"maintainability.delta" = -1`; a construct goes by its name or
/// its id.
pub(super) fn gate(entry: &Entry, model: &Parameters, reading: &mut Reading) -> Option<Gate> {
    let (name, change) = match entry.key.strip_suffix(CHANGE) {
        Some(name) => (name, true),
        None => (entry.key.as_str(), false),
    };
    let Some(construct) = model.constructs.iter().position(|known| known.id == name || slug(known) == name)
    else {
        let mut names: Vec<String> =
            model.constructs.iter().flat_map(|known| [slug(known), known.id.clone()]).collect();
        names.push(REFERENCE.to_owned());
        let help = suggest::help(name, names.iter().map(String::as_str))
            .or_else(|| Some("name a construct that `cargo archlint score` lists".to_owned()));
        reading.problem(entry.at, format!("there is no construct `{name}` to gate"), help);
        return None;
    };
    let points = match entry.value.node {
        Node::Integer(points) => points as f64,
        Node::Float(points) => points,
        _ => {
            reading.wrong_type(&entry.value, &entry.key, "a number of points");
            return None;
        }
    };
    let range = if change { -100.0..=100.0 } else { 0.0..=100.0 };
    if !range.contains(&points) {
        let message = format!("a score is within 0 and 100, and {points} is not possible here");
        reading.problem(
            entry.value.at,
            message,
            Some("write a number such as 60, or -1 for a change".to_owned()),
        );
        return None;
    }
    let limit = if change { Limit::Change(points) } else { Limit::Value(points) };
    Some(Gate { construct, limit, at: entry.at })
}

/// The name of a construct as a key: `delivery_speed`.
pub(super) fn slug(construct: &ConstructSpec) -> String {
    construct.name.to_lowercase().replace([' ', '-'], "_")
}
