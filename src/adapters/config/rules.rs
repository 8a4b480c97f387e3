//! The sections `[[rule]]` and `[[rule.test]]`.

use crate::adapters::config::expectations::expectations;
use crate::adapters::config::layers::crate_list;
use crate::adapters::config::reader::{Fields, Reading, Text, texts};
use crate::adapters::config::scope::{baselining, scope};
use crate::adapters::config::selectors::{self, Names, Style};
use crate::adapters::config::tree::{Entry, Node, Value};
use crate::domain::contracts::RESERVED;
use crate::domain::policy::lints::LINTS;
use crate::domain::policy::place::At;
use crate::domain::policy::rules::{Grain, Rule, RuleKind};
use crate::domain::policy::selector::Selector;
use crate::domain::policy::suggest;

const GRAIN: [(&str, Grain); 4] = [
    ("siblings", Grain::Siblings),
    ("modules", Grain::Modules),
    ("crates", Grain::Crates),
    ("layers", Grain::Layers),
];
/// Keys of which every rule has exactly one.
const KINDS: [&str; 6] = ["forbid", "protect", "independent", "acyclic", "crates", "only"];

/// Reads all rules.
pub(super) fn read(value: &Value, names: &Names, reading: &mut Reading) -> Vec<Rule> {
    let Node::List(items) = &value.node else {
        if let Node::Table(table) = &value.node
            && let [only] = table.entries.as_slice()
            && only.key == "test"
        {
            let message = "a `[[rule.test]]` stands below the `[[rule]]` it tests".to_owned();
            let help = "for the order of layers write `[[layers.test]]`".to_owned();
            reading.problem(only.at, message, Some(help));
            return Vec::new();
        }
        let message = format!("`rule` must be a list of tables, but this is {}", value.node.what());
        reading.problem(value.at, message, Some("write `[[rule]]`".to_owned()));
        return Vec::new();
    };
    let mut rules: Vec<Rule> = Vec::new();
    for item in items {
        let Some(rule) = rule(item, names, reading) else { continue };
        if rules.iter().any(|known| known.name == rule.name) {
            let message = format!("there are two rules `{}`", rule.name);
            reading.problem(rule.at, message, Some("give each rule its own name".to_owned()));
        } else {
            rules.push(rule);
        }
    }
    rules
}

fn rule(value: &Value, names: &Names, reading: &mut Reading) -> Option<Rule> {
    let mut fields = Fields::of(value, "rule", reading)?;
    let name = fields.text("name", reading);
    let optional = fields.flag("optional", reading).unwrap_or_default();
    let scope_at = fields.entry("via").map(|entry| entry.value.at);
    let scope = scope(&mut fields, reading);
    let except = selectors::exceptions(&mut fields, optional, names, reading);
    let kind = kind(&mut fields, value.at, optional, names, reading);
    let baselining = baselining(&mut fields, reading);
    let tests =
        fields.entry("test").map(|entry| expectations(entry, "rule.test", reading)).unwrap_or_default();
    let (level, because, instead) =
        (fields.level("level", reading), fields.words("because", reading), fields.words("instead", reading));
    fields.finish(reading);
    let Some(name) = name else {
        let help = Some("add `name = \"what must hold\"`".to_owned());
        reading.problem(value.at, "a rule needs a `name`".to_owned(), help);
        return None;
    };
    check_name(&name, reading);
    let kind = kind?;
    if let (RuleKind::Acyclic { .. }, Some(at)) = (&kind, scope_at) {
        let message = "`via` says nothing of a cycle, which is a chain by itself".to_owned();
        reading.problem(at, message, Some("remove it".to_owned()));
    }
    Some(Rule {
        name: name.text,
        at: name.at,
        kind,
        level: level.unwrap_or_default(),
        scope,
        except,
        because,
        instead,
        baselining,
        tests,
    })
}

fn check_name(name: &Text, reading: &mut Reading) {
    let is_lint = LINTS.iter().any(|lint| lint.name == name.text);
    if is_lint || RESERVED.contains(&name.text.as_str()) {
        let message = format!("`{}` is the name of a built-in rule", name.text);
        reading.problem(name.at, message, Some("choose another name".to_owned()));
    } else if name.text.trim().is_empty() || name.text.chars().any(char::is_control) {
        let message = "the name of a rule must be one line of text".to_owned();
        reading.problem(name.at, message, Some("say in a few words what must hold".to_owned()));
    }
}

/// What the rule says: the one key that tells its kind, and those that belong to it.
fn kind(
    fields: &mut Fields,
    at: At,
    optional: bool,
    names: &Names,
    reading: &mut Reading,
) -> Option<RuleKind> {
    let mut given: Vec<(&'static str, &Entry)> =
        KINDS.into_iter().filter_map(|key| fields.entry(key).map(|entry| (key, entry))).collect();
    // `only` completes `protect`; alone it is a rule of its own.
    let protects = given.iter().any(|(key, _)| *key == "protect");
    given.retain(|(key, _)| !(protects && *key == "only"));
    given.sort_by_key(|(_, entry)| entry.at.start);
    let by = fields.word("by", &GRAIN, reading);
    let by_at = fields.entry("by").map(|entry| entry.at);
    let from_at = fields.entry("from").map(|entry| entry.at);
    let style = Style::MODULES.optional(optional);
    let from = selectors::under(fields, "from", style, names, reading);
    let Some((key, entry)) = given.first().copied() else {
        let message = "the rule says nothing".to_owned();
        reading.problem(at, message, Some(format!("give it one of {}", suggest::list(KINDS))));
        return None;
    };
    if let Some((second, entry)) = given.get(1) {
        let message = format!("`{key}` and `{second}` cannot stand in one rule");
        reading.problem(entry.at, message, Some("make two rules of it".to_owned()));
    }
    if let Some(at) = by_at.filter(|_| key != "acyclic") {
        reading.problem(at, format!("`by` belongs to `acyclic`, not to `{key}`"), None);
    }
    if let Some(at) = from_at.filter(|_| key != "crates") {
        let help = match key {
            "forbid" | "only" => Some(format!("write `{key} = {{ from = …, to = … }}`")),
            _ => None,
        };
        reading.problem(at, format!("`from` belongs to `crates`, not to `{key}`"), help);
    }
    let list = |value: &Value, reading: &mut Reading| {
        let texts = texts(value, key, reading)?;
        check_some(texts.len(), value.at, key, reading);
        Some(selectors::all(&texts, style, names, reading))
    };
    match key {
        "protect" => {
            let target = list(&entry.value, reading)?;
            let only = selectors::under(fields, "only", style, names, reading);
            if only.is_none() {
                let help = Some("add `only = […]`; an empty list says nobody".to_owned());
                reading.problem(entry.at, "`protect` needs `only`: who may use it".to_owned(), help);
            }
            Some(RuleKind::Protect { target, only: only? })
        }
        "independent" => {
            let of = list(&entry.value, reading)?;
            check_parts(&of, entry, reading);
            Some(RuleKind::Independent { of })
        }
        "acyclic" => {
            if let Some(at) = by_at.filter(|_| by == Some(Grain::Layers) && names.layers.is_empty()) {
                let help = Some("declare them under `[layers]`".to_owned());
                reading.problem(at, "there are no layers to go in circles".to_owned(), help);
            }
            Some(RuleKind::Acyclic { within: list(&entry.value, reading)?, by: by.unwrap_or_default() })
        }
        "crates" => {
            let list = crate_list(&entry.value, "rule.crates", names, reading);
            if from.is_none() {
                let help = Some("add `from = \"shop::domain\"`".to_owned());
                reading.problem(entry.at, "`crates` needs `from`: whose crates".to_owned(), help);
            }
            Some(RuleKind::Crates { from: from?, list })
        }
        _ => {
            let (from, to) = ends(entry, key, style, names, reading)?;
            Some(if key == "forbid" { RuleKind::Forbid { from, to } } else { RuleKind::Only { from, to } })
        }
    }
}

/// A rule about nothing keeps nothing.
fn check_some(count: usize, at: At, key: &str, reading: &mut Reading) {
    if count == 0 {
        let help = "name what the rule is about, or remove the rule".to_owned();
        reading.problem(at, format!("`{key}` names nothing"), Some(help));
    }
}

/// Parts that must not meet are told apart by a capture, or there are at least two.
fn check_parts(of: &[Selector], entry: &Entry, reading: &mut Reading) {
    let captures =
        |selector: &Selector| selector.pattern().is_some_and(|pattern| pattern.captures().next().is_some());
    let captured = of.iter().filter(|selector| captures(selector)).count();
    if captured == 0 && of.len() == 1 {
        let message = format!("`{}` is one part, and a part cannot be independent of itself", of[0].text);
        let help = Some("capture what tells parts apart, as `shop::{slice}`, or list several".to_owned());
        reading.problem(entry.value.at, message, help);
    } else if captured != 0 && captured != of.len() {
        let message = "either every part has a capture or none has".to_owned();
        reading.problem(entry.value.at, message, Some("make two rules of it".to_owned()));
    } else if captured == 0 {
        for (at, inner) in of.iter().enumerate() {
            let holds = |outer: &&Selector| {
                outer.text == inner.text || inner.text.starts_with(&format!("{}::", outer.text))
            };
            let others = of[..at].iter().chain(of[at + 1..].iter().filter(|one| one.text != inner.text));
            if let Some(outer) = others.clone().find(holds) {
                let message = format!("`{}` is part of `{}`, which is listed too", inner.text, outer.text);
                reading.problem(inner.at, message, Some("list parts that stand apart".to_owned()));
            }
        }
    }
}

/// `{ from = …, to = … }`.
fn ends(
    entry: &Entry,
    key: &str,
    style: Style,
    names: &Names,
    reading: &mut Reading,
) -> Option<(Vec<Selector>, Vec<Selector>)> {
    let Node::Table(table) = &entry.value.node else {
        let message = format!("`{key}` must be a table, but this is {}", entry.value.node.what());
        let help = match key {
            "only" => "write `only = { from = …, to = … }`, or add `protect`".to_owned(),
            _ => format!("write `{key} = {{ from = …, to = … }}`"),
        };
        reading.problem(entry.value.at, message, Some(help));
        return None;
    };
    let mut fields = Fields::new(table, &format!("rule.{key}"));
    let from = selectors::under(&mut fields, "from", style, names, reading);
    let to = selectors::under(&mut fields, "to", style, names, reading);
    fields.finish(reading);
    // `only` may end in an empty list: nothing but themselves.
    for (word, given) in [("from", &from), ("to", &to)] {
        if let (Some(given), Some(at), true) = (given, table.get(word), word == "from" || key == "forbid") {
            check_some(given.len(), at.value.at, word, reading);
        }
    }
    for (word, missing) in [("from", from.is_none()), ("to", to.is_none())] {
        if missing && table.get(word).is_none() {
            reading.problem(entry.at, format!("`{key}` needs `{word}`"), None);
        }
    }
    Some((from?, to?))
}
