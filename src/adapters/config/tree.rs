//! TOML as a tree in which every key and value knows its place, so that files can be merged and
//! still be pointed into.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::policy::place::At;
use crate::domain::source::span::LineTable;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) at: At,
    pub(super) node: Node,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    Text(String),
    Integer(i64),
    Float(f64),
    Bool(bool),
    Date,
    List(Vec<Value>),
    Table(Table),
}

/// Keys in order of appearance.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    /// Whether it was written as `extend-` and the key.
    pub(super) extends: bool,
    /// Where the key stands.
    pub(super) at: At,
    pub(super) value: Value,
}

impl Node {
    /// What it is, in the words of a message.
    pub(super) fn what(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a number",
            Self::Bool(_) => "a boolean",
            Self::Date => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

impl Table {
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.key == key)
    }
}

/// Something that does not parse.
pub(super) struct SyntaxError {
    pub(super) at: At,
    pub(super) message: String,
}

/// Reads TOML text; `source` numbers the file. What could be read is given beside the errors.
pub(super) fn read(text: &str, source: u32) -> (Value, Vec<SyntaxError>) {
    let lines = LineTable::new(text);
    // A byte order mark would otherwise be part of the first key.
    let (skip, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => (text.len() - body.len(), body),
        None => (0, text),
    };
    let reader = Reader { lines: &lines, source, skip };
    let (root, errors) = DeTable::parse_recoverable(body);
    let whole = reader.at(0..body.len());
    let table = reader.table(root.get_ref());
    let errors = errors
        .into_iter()
        .map(|error| {
            let span = error.span().unwrap_or(0..0);
            SyntaxError { at: reader.at(span), message: first_lower(error.message()) }
        })
        .collect();
    (Value { at: whole, node: Node::Table(table) }, errors)
}

fn first_lower(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

struct Reader<'a> {
    lines: &'a LineTable,
    source: u32,
    /// Bytes of the byte order mark.
    skip: usize,
}

impl Reader<'_> {
    fn at(&self, span: std::ops::Range<usize>) -> At {
        let (start, end) = ((span.start + self.skip) as u32, (span.end + self.skip) as u32);
        let position = self.lines.position(start);
        // Editors do not count a byte order mark as a column.
        let mark = u32::from(self.skip > 0 && position.line == 1);
        At { source: self.source, start, end, line: position.line, column: position.column - mark }
    }

    fn table(&self, table: &DeTable) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                extends: false,
                at: self.at(key.span()),
                value: self.value(value),
            })
            .collect();
        entries.sort_by_key(|entry| entry.at.start);
        Table { entries }
    }

    fn value(&self, value: &Spanned<DeValue>) -> Value {
        let span = value.span();
        let node = match value.get_ref() {
            DeValue::String(text) => Node::Text(text.to_string()),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Node::Integer(number),
                Err(_) => Node::Float(f64::NAN),
            },
            DeValue::Float(number) => Node::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(value) => Node::Bool(*value),
            DeValue::Datetime(_) => Node::Date,
            DeValue::Array(items) => Node::List(items.iter().map(|item| self.value(item)).collect()),
            DeValue::Table(table) => Node::Table(self.table(table)),
        };
        Value { at: self.at(span), node }
    }
}

/// Refines `base` by `over`: tables key by key, lists of tables by their `name`, everything else
/// replaced; `extend-x` appends to the list `x`.
pub(super) fn refine(base: Table, over: Table) -> Table {
    let mut merged = base;
    for entry in over.entries {
        match merged.get_mut(&entry.key) {
            Some(known) => {
                let before = std::mem::replace(&mut known.value.node, Node::Date);
                known.at = entry.at;
                known.value = refine_value(before, entry.value);
            }
            None => merged.entries.push(entry),
        }
    }
    merged
}

fn refine_value(before: Node, over: Value) -> Value {
    let node = match (before, over.node) {
        // What `over` extends is settled when both are one.
        (Node::Table(before), Node::Table(over)) => Node::Table(refine(extended(before), over)),
        (Node::List(before), Node::List(over)) if is_tables(&before) && is_tables(&over) => {
            Node::List(refine_named(before, over))
        }
        (_, node) => node,
    };
    Value { at: over.at, node }
}

fn is_tables(list: &[Value]) -> bool {
    !list.is_empty() && list.iter().all(|value| matches!(value.node, Node::Table(_)))
}

fn refine_named(before: Vec<Value>, over: Vec<Value>) -> Vec<Value> {
    let mut merged = before;
    for value in over {
        let name = name_of(&value).map(str::to_owned);
        let known = merged.iter_mut().find(|known| name.is_some() && name_of(known) == name.as_deref());
        match known {
            Some(known) => {
                let before = std::mem::replace(&mut known.node, Node::Date);
                *known = refine_value(before, value);
            }
            None => merged.push(value),
        }
    }
    merged
}

fn name_of(value: &Value) -> Option<&str> {
    let Node::Table(table) = &value.node else { return None };
    match &table.get("name")?.value.node {
        Node::Text(name) => Some(name),
        _ => None,
    }
}

/// Appends every list `extend-x` to the list `x` of its table, at every depth.
pub(super) fn extended(table: Table) -> Table {
    let mut done = Table::default();
    let mut more = Vec::new();
    for mut entry in table.entries {
        entry.value.node = match entry.value.node {
            Node::Table(table) => Node::Table(extended(table)),
            Node::List(items) => Node::List(items.into_iter().map(extended_item).collect()),
            node => node,
        };
        if entry.key.starts_with("extend-") && matches!(entry.value.node, Node::List(_)) {
            more.push(entry);
        } else {
            done.entries.push(entry);
        }
    }
    for entry in more {
        let key = entry.key.trim_start_matches("extend-");
        let Node::List(items) = entry.value.node else { continue };
        match done.get_mut(key).map(|known| &mut known.value.node) {
            Some(Node::List(known)) => known.extend(items),
            // The key is there and is no list: both are told, the one as wrong, the other as unknown.
            Some(_) => {
                let value = Value { at: entry.value.at, node: Node::List(items) };
                done.entries.push(Entry { key: entry.key, extends: false, at: entry.at, value });
            }
            None => {
                let value = Value { at: entry.value.at, node: Node::List(items) };
                done.entries.push(Entry { key: key.to_owned(), extends: true, at: entry.at, value });
            }
        }
    }
    done
}

fn extended_item(value: Value) -> Value {
    match value.node {
        Node::Table(table) => Value { at: value.at, node: Node::Table(extended(table)) },
        node => Value { at: value.at, node },
    }
}
