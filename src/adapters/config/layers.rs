//! The section `[layers]`.

use crate::adapters::config::expectations::expectations;
use crate::adapters::config::reader::{Fields, Reading, Text, item};
use crate::adapters::config::scope::{baselining, scope};
use crate::adapters::config::selectors::{self, Names, Style};
use crate::adapters::config::tree::{Entry, Node, Value};
use crate::domain::policy::crates::{Basis, CrateList};
use crate::domain::policy::layers::{Access, Layer, Layers};
use crate::domain::policy::level::Level;
use crate::domain::policy::role::Role;
use crate::domain::policy::selector::{Selector, SelectorKind};
use crate::domain::policy::suggest;

const JUDGE: [(&str, Basis); 3] =
    [("used", Basis::Used), ("declared", Basis::Declared), ("both", Basis::Both)];
const ACCESS: [(&str, Access); 2] = [("open", Access::Open), ("closed", Access::Closed)];

/// Names of the layers a section declares.
pub(super) fn names(entry: &Entry) -> Vec<String> {
    let Node::Table(table) = &entry.value.node else { return Vec::new() };
    let tables = table.entries.iter().filter(|entry| matches!(entry.value.node, Node::Table(_)));
    tables.map(|entry| entry.key.clone()).collect()
}

/// Reads the section.
pub(super) fn read(entry: &Entry, names: &Names, reading: &mut Reading) -> Layers {
    let Some(mut fields) = Fields::of(&entry.value, "layers", reading) else { return Layers::default() };
    let order = fields.entry("order");
    let mut layers = Layers {
        access: fields.word("access", &ACCESS, reading).unwrap_or_default(),
        unassigned: fields.level("unassigned", reading).unwrap_or(Level::Deny),
        level: fields.level("level", reading).unwrap_or_default(),
        scope: scope(&mut fields, reading),
        except: selectors::exceptions(&mut fields, false, names, reading),
        because: fields.words("because", reading),
        instead: fields.words("instead", reading),
        baselining: baselining(&mut fields, reading),
        at: entry.at,
        ..Layers::default()
    };
    match fields.entry("test") {
        // A layer of that name is a table, tests are a list of them.
        Some(entry) if matches!(entry.value.node, Node::Table(_)) => {
            layers.list.extend(layer(entry, names, reading));
        }
        Some(entry) => layers.tests = expectations(entry, "layers.test", reading),
        None => {}
    }
    for rest in fields.rest() {
        match &rest.value.node {
            Node::Table(_) => layers.list.extend(layer(rest, names, reading)),
            _ => fields.unknown(rest, reading),
        }
    }
    let named = order.map(|order| ranks(&order.value, reading)).unwrap_or_default();
    if let Some(order) =
        order.filter(|order| matches!(&order.value.node, Node::List(list) if list.is_empty()))
    {
        let help = "name the layers, outermost first, or remove `[layers]`".to_owned();
        reading.problem(order.value.at, "`order` names no layer".to_owned(), Some(help));
    }
    settle_order(&mut layers, order.map_or(entry, |order| order), named, reading);
    layers
}

/// The names in `order`: a list of names, or of lists of names side by side.
fn ranks(order: &Value, reading: &mut Reading) -> Vec<Vec<Text>> {
    let Node::List(items) = &order.node else {
        reading.wrong_type(order, "order", "a list of layers, outermost first");
        return Vec::new();
    };
    let mut ranks = Vec::new();
    for value in items {
        match &value.node {
            Node::List(beside) => {
                ranks.push(beside.iter().filter_map(|name| item(name, "order", reading)).collect());
            }
            _ => ranks.extend(item(value, "order", reading).map(|name| vec![name])),
        }
    }
    ranks
}

/// Puts names to layers. A layer of a preset that the user's order leaves out is dropped.
fn settle_order(layers: &mut Layers, order: &Entry, ranks: Vec<Vec<Text>>, reading: &mut Reading) {
    let mut seen: Vec<&str> = Vec::new();
    for name in ranks.iter().flatten() {
        if seen.contains(&name.text.as_str()) {
            reading.problem(name.at, format!("layer `{}` stands twice in `order`", name.text), None);
        } else if layers.named(&name.text).is_none() {
            let message = format!("layer `{}` is in `order` but is not declared", name.text);
            let known: Vec<&str> = layers.list.iter().map(|layer| &*layer.name).collect();
            let help = suggest::nearest(&name.text, known)
                .map(|near| format!("did you mean `{near}`?"))
                .unwrap_or_else(|| format!("declare it as `[layers.{}]`", name.text));
            reading.problem(name.at, message, Some(help));
        }
        seen.push(&name.text);
    }
    // A layer that is merely misspelled in `order` has been told there.
    let undeclared: Vec<&str> = seen.iter().copied().filter(|name| layers.named(name).is_none()).collect();
    let in_order = |layer: &Layer| seen.contains(&layer.name.as_str());
    if order.at.source == 0 {
        layers.list.retain(|layer| in_order(layer) || layer.shared || layer.at.source == 0);
    }
    for layer in layers.list.iter().filter(|layer| !layer.shared && !in_order(layer)) {
        if suggest::nearest(&layer.name, undeclared.iter().copied()).is_none() {
            let message = format!("layer `{}` is declared but is not in `order`", layer.name);
            let help = "name it in `layers.order`, outermost first, or mark it `shared = true`".to_owned();
            reading.problem(layer.at, message, Some(help));
        }
    }
    layers.order = ranks
        .iter()
        .map(|rank| rank.iter().filter_map(|name| layers.named(&name.text)).collect::<Vec<_>>())
        .filter(|rank| !rank.is_empty())
        .collect();
}

fn layer(entry: &Entry, names: &Names, reading: &mut Reading) -> Option<Layer> {
    let path = format!("layers.{}", entry.key);
    let mut fields = Fields::of(&entry.value, &path, reading)?;
    let optional = fields.flag("optional", reading).unwrap_or_default();
    let modules = selectors::under(&mut fields, "modules", Style::MODULES.optional(optional), names, reading);
    if modules.is_none() && entry.at.source == 0 {
        let message = format!("layer `{}` has no `modules`", entry.key);
        reading.problem(entry.at, message, Some("list them, as `modules = [\"shop::domain\"]`".to_owned()));
    }
    let modules = modules.unwrap_or_default();
    for selector in &modules {
        refuse_indirect(selector, reading);
    }
    let crates = fields.entry("crates");
    let crates = crates
        .map(|entry| crate_list(&entry.value, &format!("{path}.crates"), names, reading))
        .unwrap_or_default();
    let layer = Layer {
        name: entry.key.clone(),
        at: entry.at,
        modules,
        crates,
        access: fields.word("access", &ACCESS, reading),
        shared: fields.flag("shared", reading).unwrap_or_default(),
        role: fields.word("role", &Role::ALL.map(|role| (role.word(), role)), reading),
        level: fields.level("level", reading),
        because: fields.words("because", reading),
        instead: fields.words("instead", reading),
    };
    fields.finish(reading);
    Some(layer)
}

/// Layers are made of modules, not of what is derived from them.
fn refuse_indirect(selector: &Selector, reading: &mut Reading) {
    let what = match selector.kind {
        SelectorKind::Layer(_) => "a layer cannot be made of layers",
        SelectorKind::Role(_) => "a layer cannot be made of roles",
        SelectorKind::Category(_) => "a layer cannot be made of external crates",
        SelectorKind::Path(_) | SelectorKind::Crate(_) => return,
    };
    reading.problem(selector.at, what.to_owned(), Some("name modules, as `shop::domain`".to_owned()));
}

/// A table of `deny`, `allow` and `only`.
pub(super) fn crate_list(value: &Value, path: &str, names: &Names, reading: &mut Reading) -> CrateList {
    if !matches!(value.node, Node::Table(_)) {
        let message = format!("`crates` must be a table, but this is {}", value.node.what());
        reading.problem(value.at, message, Some("write `crates = { deny = [\"@database\"] }`".to_owned()));
        return CrateList::default();
    }
    let Some(mut fields) = Fields::of(value, path, reading) else { return CrateList::default() };
    let deny = selectors::under(&mut fields, "deny", Style::CRATES, names, reading);
    let allow_at = fields.entry("allow").map(|entry| entry.at);
    let allow = selectors::under(&mut fields, "allow", Style::CRATES, names, reading);
    let only = selectors::under(&mut fields, "only", Style::CRATES, names, reading);
    let judge = fields.word("judge", &JUDGE, reading).unwrap_or_default();
    fields.finish(reading);
    if let (Some(at), None) = (allow_at, &deny) {
        reading.problem(
            at,
            "`allow` makes exceptions to `deny`, and nothing is denied here".to_owned(),
            Some("use `only = […]` for a closed list".to_owned()),
        );
    }
    let denied = deny.as_deref().unwrap_or_default();
    let both = |listed: &Option<Vec<Selector>>| -> Vec<Selector> {
        let listed = listed.iter().flatten();
        // What another file denies may be allowed here: that is what it is extended for.
        let same =
            |one: &Selector, other: &Selector| (&one.text, one.at.source) == (&other.text, other.at.source);
        listed.filter(|one| denied.iter().any(|other| same(one, other))).cloned().collect()
    };
    for (selectors, word) in [(both(&allow), "allowed"), (both(&only), "on the closed list")] {
        for selector in selectors {
            let message = format!("`{}` is denied and {word}", selector.text);
            reading.problem(selector.at, message, Some("keep one of the two".to_owned()));
        }
    }
    CrateList { deny: deny.unwrap_or_default(), allow: allow.unwrap_or_default(), only, judge }
}
