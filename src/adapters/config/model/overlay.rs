//! A configuration laid over the embedded model: same keys, same types, sensible values.

use crate::adapters::config::reader::{Reading, item, pick, text, unknown};
use crate::adapters::config::tree::{Entry, Node, Table, Value};
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::suggest;

/// Words that may stand for a constant.
const CHOICES: [(&str, &[&str]); 2] =
    [("serde", &["free", "strict"]), ("asks", &["presence", "quality", "state"])];

/// Numbers that are a share of something.
const SHARES: [&str; 14] = [
    "trust_base",
    "own_share",
    "confidence_cap",
    "complexity_min",
    "complexity_max",
    "population_floor",
    "absence_population",
    "coverage_base",
    "unknown_crate_floor",
    "opaque_macro_floor",
    "deny_confidence",
    "confidence_good",
    "confidence_fair",
    "confidence_weak",
];

/// Replaces a value of the model by the value of an entry; `path` is where both stand.
pub(super) fn replace(base: &mut Value, entry: &Entry, path: &str, reading: &mut Reading) {
    let over = &entry.value;
    let fits = match (&mut base.node, &over.node) {
        (Node::Table(known), Node::Table(table)) => {
            lay_over(known, table, path, reading);
            return;
        }
        (Node::Table(_), _) => wrong(entry, "a table", reading),
        (Node::Integer(_) | Node::Float(_), _) => number(over, &entry.key, reading).is_some(),
        (Node::Bool(_), Node::Bool(_)) => true,
        (Node::Bool(_), _) => wrong(entry, "`true` or `false`", reading),
        (Node::Text(_), Node::Text(word)) => choice(entry, word, reading),
        (Node::Text(_), _) => wrong(entry, "a string", reading),
        (Node::List(known), _) => {
            list(known, entry, reading);
            base.at = over.at;
            return;
        }
        (Node::Date, _) => false,
    };
    if fits {
        *base = over.clone();
    }
}

fn lay_over(base: &mut Table, over: &Table, path: &str, reading: &mut Reading) {
    for entry in &over.entries {
        match base.get_mut(&entry.key) {
            Some(known) if entry.extends && !is_words(&known.value) => {
                let message = format!("`{}` is no list of words, so nothing can be appended", entry.key);
                reading.problem(entry.at, message, Some(format!("write `{} = …`", entry.key)));
            }
            Some(known) => replace(&mut known.value, entry, &format!("{path}.{}", entry.key), reading),
            None if path.starts_with("inference.words.") || path.starts_with("inference.kind_words.") => {
                if number(&entry.value, &entry.key, reading).is_some() {
                    base.entries.push(entry.clone());
                }
            }
            None if path == "kinds.packages" => {
                let kinds = PackageKind::ALL.map(|kind| (kind.key(), kind));
                if let Some(word) = text(&entry.value, &entry.key, reading)
                    && pick(&word, &entry.key, &kinds, reading).is_some()
                {
                    base.entries.push(entry.clone());
                }
            }
            None if path == "inference.tags" => match &entry.value.node {
                Node::Text(_) => base.entries.push(entry.clone()),
                _ => reading.wrong_type(&entry.value, &entry.key, "a string"),
            },
            None => {
                let keys: Vec<&str> = base.entries.iter().map(|entry| &*entry.key).collect();
                unknown(entry, path, &keys, &[], reading);
            }
        }
    }
}

/// A number that a constant may have.
pub(super) fn number(value: &Value, key: &str, reading: &mut Reading) -> Option<f64> {
    let number = match value.node {
        Node::Integer(number) => number as f64,
        Node::Float(number) => number,
        _ => {
            reading.wrong_type(value, key, "a number");
            return None;
        }
    };
    let wanted = match key {
        _ if !number.is_finite() => "finite",
        _ if number < 0.0 => "0 or more",
        "effort" if number == 0.0 => "more than 0",
        _ if SHARES.contains(&key) && number > 1.0 => "within 0 and 1",
        _ => return Some(number),
    };
    reading.problem(value.at, format!("`{key}` must be {wanted}, but this is {number}"), None);
    None
}

fn is_words(value: &Value) -> bool {
    matches!(&value.node, Node::List(values) if !is_numbers(values))
}

pub(super) fn is_numbers(values: &[Value]) -> bool {
    values.iter().any(|value| matches!(value.node, Node::Integer(_) | Node::Float(_)))
}

fn list(base: &mut Vec<Value>, entry: &Entry, reading: &mut Reading) {
    let numbers = is_numbers(base);
    let over = match &entry.value.node {
        Node::List(values) => &values[..],
        // One word is a list of one, as everywhere in the file.
        Node::Text(_) if !numbers => std::slice::from_ref(&entry.value),
        _ if numbers => return reading.wrong_type(&entry.value, &entry.key, "a list of numbers"),
        _ => return reading.wrong_type(&entry.value, &entry.key, "a string or a list of strings"),
    };
    if !numbers {
        let words: Vec<Value> =
            over.iter().filter(|value| item(value, &entry.key, reading).is_some()).cloned().collect();
        if entry.extends {
            base.extend(words);
        } else {
            *base = words;
        }
        return;
    }
    if over.len() != base.len() {
        let message = format!("`{}` must be a list of {} numbers", entry.key, base.len());
        return reading.problem(entry.value.at, message, None);
    }
    if over.iter().filter(|value| number(value, &entry.key, reading).is_some()).count() == base.len() {
        *base = over.to_vec();
    }
}

fn choice(entry: &Entry, word: &str, reading: &mut Reading) -> bool {
    let Some((_, words)) = CHOICES.iter().find(|(key, _)| *key == entry.key) else { return true };
    let known = words.contains(&word);
    if !known {
        let help = suggest::help(word, words.iter().copied());
        reading.problem(entry.value.at, format!("`{}` cannot be `{word}`", entry.key), help);
    }
    known
}

fn wrong(entry: &Entry, wanted: &str, reading: &mut Reading) -> bool {
    reading.wrong_type(&entry.value, &entry.key, wanted);
    false
}
