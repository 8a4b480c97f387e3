//! The sections of the model in the JSON Schema of the configuration, from the embedded file itself.

use serde_json::{Map, Value as Json, json};

use crate::adapters::config::model::overlay::is_numbers;
use crate::adapters::config::model::{SECTIONS, TEXT, constants, embedded};
use crate::adapters::config::tree::{Entry, Node, Table, Value};
use crate::domain::policy::kind::PackageKind;

/// Properties of the configuration that change the model.
pub(in crate::adapters::config) fn properties() -> Map<String, Json> {
    let mut table = embedded();
    constants::Lists::take(&mut table);
    let mut properties = Map::new();
    for name in SECTIONS {
        if let Some(entry) = table.get(name) {
            properties.insert(name.to_owned(), property(entry, name));
        }
    }
    properties.insert("links".to_owned(), links());
    properties
}

fn property(entry: &Entry, path: &str) -> Json {
    let mut schema = described(&entry.value, path);
    if let (Some(comment), Some(object)) = (comment(&entry.value), schema.as_object_mut()) {
        object.insert("description".to_owned(), json!(comment));
    }
    schema
}

fn described(value: &Value, path: &str) -> Json {
    match &value.node {
        Node::Table(table) => object(table, path),
        Node::Integer(number) => json!({ "type": "number", "minimum": 0, "default": number }),
        Node::Float(number) => json!({ "type": "number", "minimum": 0, "default": number }),
        Node::Bool(flag) => json!({ "type": "boolean", "default": flag }),
        Node::Text(word) => json!({ "type": "string", "default": word }),
        Node::Date => json!({}),
        Node::List(values) => list(values),
    }
}

fn object(table: &Table, path: &str) -> Json {
    let mut properties = Map::new();
    for entry in &table.entries {
        let below = format!("{path}.{}", entry.key);
        properties.insert(entry.key.clone(), property(entry, &below));
        if matches!(&entry.value.node, Node::List(values) if !is_numbers(values)) {
            let more = json!({
                "description": format!("Appends to `{}`.", entry.key),
                "type": "array",
                "items": { "type": "string" },
            });
            properties.insert(format!("extend-{}", entry.key), more);
        }
    }
    let more = match path {
        "inference.tags" => json!({ "type": "string" }),
        "kinds.packages" => json!({ "enum": PackageKind::ALL.map(PackageKind::key) }),
        _ if path.starts_with("inference.words.") || path.starts_with("inference.kind_words.") => {
            json!({ "type": "number", "minimum": 0 })
        }
        _ => json!(false),
    };
    json!({ "type": "object", "properties": properties, "additionalProperties": more })
}

fn list(values: &[Value]) -> Json {
    if is_numbers(values) {
        let items = json!({ "type": "number", "minimum": 0 });
        return json!({ "type": "array", "items": items, "minItems": values.len(), "maxItems": values.len() });
    }
    let words = json!({ "type": "array", "items": { "type": "string" } });
    json!({ "anyOf": [{ "type": "string" }, words] })
}

/// The comment that ends the line of a value.
fn comment(value: &Value) -> Option<&'static str> {
    if matches!(value.node, Node::Table(_)) {
        return None;
    }
    let rest = TEXT.get(value.at.end as usize..)?;
    let line = rest.lines().next()?;
    Some(line.split_once('#')?.1.trim())
}

/// Links, which are not part of any section.
fn links() -> Json {
    json!({
        "description": "Links of the causal model that are added, or changed where both ends are the same.",
        "type": "array",
        "items": {
            "type": "object",
            "required": ["from", "to"],
            "additionalProperties": false,
            "properties": {
                "from": { "description": "Id of the cause, `purity`.", "type": "string" },
                "to": { "description": "Id of the effect, a mediator or an outcome.", "type": "string" },
                "sign": { "description": "Whether more of the cause is more of the effect.", "enum": ["+", "-"] },
                "k": { "description": "Strength: 1 strong, 0.6 moderate, 0.3 weak, 0 no link.", "type": "number",
                    "minimum": 0 },
                "ground": { "description": "Why it is believed.", "type": "string" },
            },
        },
    })
}
