//! The links of the model: those that come with it, and those that a configuration adds or changes.

use crate::adapters::config::model::overlay;
use crate::adapters::config::reader::{Fields, Reading};
use crate::adapters::config::tree::{Entry, Node, Value};
use crate::domain::policy::model::{ConstructSpec, Kind, Link, Sign, order};
use crate::domain::policy::place::At;
use crate::domain::policy::suggest;

/// Links and an order in which causes come before effects.
pub(super) fn read(
    own: &[Value],
    changes: Option<&Entry>,
    constructs: &[ConstructSpec],
    reading: &mut Reading,
) -> (Vec<Link>, Vec<usize>) {
    let mut links: Vec<(Link, At)> = Vec::new();
    for value in own {
        change(&mut links, value, constructs, reading);
    }
    if let Some(entry) = changes {
        match &entry.value.node {
            Node::List(list) => {
                for value in list {
                    change(&mut links, value, constructs, reading);
                }
            }
            _ => reading.wrong_type(&entry.value, "links", "a list of tables, each under `[[links]]`"),
        }
    }
    links.retain(|(link, _)| link.k > 0.0);
    let (mut sound, mut causes_first) = (Vec::new(), (0..constructs.len()).collect());
    for (link, at) in links {
        sound.push(link);
        match order(constructs.len(), &sound) {
            Some(order) => causes_first = order,
            None => {
                let link = sound.pop().expect("it has just been added");
                let (from, to) = (&constructs[link.from].id, &constructs[link.to].id);
                let message = format!("`{from}` cannot influence `{to}`, which already influences it");
                reading.problem(at, message, Some("take out one link of the circle".to_owned()));
            }
        }
    }
    (sound, causes_first)
}

/// Adds a link, or changes the one that has the same ends.
fn change(links: &mut Vec<(Link, At)>, value: &Value, constructs: &[ConstructSpec], reading: &mut Reading) {
    let Some(mut fields) = Fields::of(value, "links", reading) else { return };
    let from = end(&mut fields, "from", value, constructs, reading);
    let to = end(&mut fields, "to", value, constructs, reading);
    let whole = fields.entry("sign").is_some() && fields.entry("k").is_some();
    let sign = fields.word("sign", &Sign::ALL.map(|sign| (sign.word(), sign)), reading);
    let k = fields.entry("k").and_then(|entry| overlay::number(&entry.value, "k", reading));
    let ground = fields.string("ground", reading);
    fields.finish(reading);
    let (Some(from), Some(to)) = (from, to) else { return };
    let known = links.iter_mut().find(|(link, _)| (link.from, link.to) == (from, to));
    if let Some((known, at)) = known {
        *at = value.at;
        known.sign = sign.unwrap_or(known.sign);
        known.k = k.unwrap_or(known.k);
        known.ground = ground.unwrap_or_else(|| std::mem::take(&mut known.ground));
        return;
    }
    if constructs[to].kind == Kind::Lever {
        let message = format!("`{}` is a lever, and nothing influences a lever", constructs[to].id);
        reading.problem(value.at, message, Some("name a mediator or an outcome in `to`".to_owned()));
        return;
    }
    if let (Some(sign), Some(k)) = (sign, k) {
        let link = Link { from, to, sign, k, ground: ground.unwrap_or_default() };
        links.push((link, value.at));
    } else if !whole {
        let help = "write `sign = \"+\"` or `\"-\"`, and `k = 0.6` for a moderate influence".to_owned();
        reading.problem(value.at, "a new link needs `sign` and `k`".to_owned(), Some(help));
    }
}

/// One end of a link.
fn end(
    fields: &mut Fields,
    key: &'static str,
    value: &Value,
    constructs: &[ConstructSpec],
    reading: &mut Reading,
) -> Option<usize> {
    if fields.entry(key).is_none() {
        reading.problem(value.at, format!("a link needs `{key}`"), None);
        return None;
    }
    let text = fields.text(key, reading)?;
    let found = constructs.iter().position(|construct| construct.id == text.text);
    if found.is_none() {
        let ids = constructs.iter().map(|construct| &*construct.id);
        let message = format!("there is no construct `{}`", text.text);
        reading.problem(text.at, message, suggest::help(&text.text, ids));
    }
    found
}
