//! The merged model to the struct the domain knows.

use crate::adapters::config::model::{EMBEDDED, links};
use crate::adapters::config::reader::Reading;
use crate::adapters::config::tree::{Entry, Node, Table, Value};
use crate::domain::policy::constants::{Constant, Constants};
use crate::domain::policy::model::{
    Asks, ConstructSpec, IndicatorSpec, Kind, Parameters, PlanRules, Scoring, Sign, Step, Trust,
};
use crate::domain::policy::suggest;

/// What of the embedded file is given, or has a form of its own.
pub(super) struct Lists {
    constructs: Vec<Value>,
    links: Vec<Value>,
    steps: Vec<Value>,
    guesses: Vec<Value>,
}

impl Lists {
    /// Takes the lists out of the file, so that only sections stay.
    pub(super) fn take(table: &mut Table) -> Self {
        let mut list = |key: &str| {
            let place = table.entries.iter().position(|entry| entry.key == key);
            match place.map(|place| table.entries.remove(place).value.node) {
                Some(Node::List(values)) => values,
                _ => Vec::new(),
            }
        };
        Self {
            constructs: list("construct"),
            links: list("links"),
            steps: list("step"),
            guesses: list("guesses"),
        }
    }
}

/// The model; what contradicts itself is told.
pub(super) fn parameters(
    lists: &Lists,
    table: &Table,
    changes: Option<&Entry>,
    reading: &mut Reading,
) -> Parameters {
    check_complexity(table, reading);
    let constants = constants(table, "");
    let constructs: Vec<ConstructSpec> =
        lists.constructs.iter().map(|value| construct(&given(value, "construct"), &constants)).collect();
    let (links, order) = links::read(&lists.links, changes, &constructs, reading);
    let mut indicators = Vec::new();
    for (place, construct) in constructs.iter().enumerate() {
        // In the order of the file, which is the order of the specification and of every sum.
        let Some(section) = table.get(&construct.id) else { continue };
        let Node::Table(section) = &section.value.node else { continue };
        let own = constants.table(&construct.id);
        let tables = section.entries.iter().filter(|entry| matches!(entry.value.node, Node::Table(_)));
        indicators.extend(tables.map(|entry| indicator(place, own.table(&entry.key))));
    }
    let steps = steps(&lists.steps, table, &constructs, &indicators, &constants, reading);
    let guesses = lists.guesses.iter().filter_map(text).map(str::to_owned).collect();
    Parameters {
        constructs,
        links,
        order,
        indicators,
        steps,
        scoring: scoring(constants.table("scoring")),
        plan: plan(constants.table("plan")),
        trust: trust(constants.table("model")),
        points: constants.table("model").number("points"),
        guesses,
        constants,
    }
}

/// The constants of one section.
pub(super) fn of(section: &Value, path: &str) -> Constants {
    match &section.node {
        Node::Table(table) => constants(table, path),
        _ => Constants::default(),
    }
}

/// A table with all that is below it.
fn constants(table: &Table, path: &str) -> Constants {
    let mut constants = Constants { path: path.to_owned(), ..Constants::default() };
    for entry in &table.entries {
        let below = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
        if let Some(value) = constant(&entry.value, &below) {
            constants.entries.insert(entry.key.clone(), value);
        }
    }
    constants
}

fn constant(value: &Value, path: &str) -> Option<Constant> {
    Some(match &value.node {
        Node::Text(word) => Constant::Word(word.clone()),
        Node::Integer(number) => Constant::Number(*number as f64),
        Node::Float(number) => Constant::Number(*number),
        Node::Bool(flag) => Constant::Flag(*flag),
        Node::Table(table) => Constant::Table(constants(table, path)),
        Node::Date => return None,
        Node::List(values) => match values.iter().map(number).collect::<Option<Vec<f64>>>() {
            Some(numbers) if !numbers.is_empty() => Constant::Numbers(numbers),
            _ => Constant::Words(values.iter().filter_map(text).map(str::to_owned).collect()),
        },
    })
}

fn number(value: &Value) -> Option<f64> {
    match value.node {
        Node::Integer(number) => Some(number as f64),
        Node::Float(number) => Some(number),
        _ => None,
    }
}

fn text(value: &Value) -> Option<&str> {
    match &value.node {
        Node::Text(text) => Some(text),
        _ => None,
    }
}

/// A table of one of the lists.
fn given(value: &Value, path: &str) -> Constants {
    match &value.node {
        Node::Table(table) => constants(table, path),
        _ => Constants { path: path.to_owned(), ..Constants::default() },
    }
}

fn construct(given: &Constants, constants: &Constants) -> ConstructSpec {
    let word = |key: &str| given.word(key).to_owned();
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == given.word("kind"));
    let kind = kind.expect("a construct is a lever, a mediator or an outcome");
    let own = constants.table(given.word("id"));
    let number = |key: &str, otherwise: f64| own.number_if_any(key).unwrap_or(otherwise);
    ConstructSpec {
        id: word("id"),
        kind,
        polarity: if given.word("polarity") == "-" { Sign::Minus } else { Sign::Plus },
        name: word("name"),
        seed: word("seed"),
        seed_link: word("seed_link"),
        seed_kind: given.entries.contains_key("seed_kind").then(|| word("seed_kind")),
        own_share: match kind {
            Kind::Lever => 1.0,
            Kind::Mediator => own.number("own_share"),
            Kind::Outcome => 0.0,
        },
        confidence_cap: number("confidence_cap", 1.0),
        headline: number("headline", 0.0),
    }
}

fn indicator(construct: usize, constants: &Constants) -> IndicatorSpec {
    let asks = Asks::ALL.into_iter().find(|asks| asks.word() == constants.word("asks"));
    IndicatorSpec {
        id: constants.path.clone(),
        construct,
        weight: constants.number("weight"),
        asks: asks.expect("an indicator asks for presence, quality or state"),
        ramp: constants.entries.contains_key("ramp").then(|| constants.ramp("ramp")),
        constants: constants.clone(),
    }
}

fn steps(
    steps: &[Value],
    table: &Table,
    constructs: &[ConstructSpec],
    indicators: &[IndicatorSpec],
    constants: &Constants,
    reading: &mut Reading,
) -> Vec<Step> {
    let given: Vec<Constants> = steps.iter().map(|value| given(value, "step")).collect();
    let ids: Vec<&str> = given.iter().map(|step| step.word("id")).collect();
    let step = |given: &Constants| {
        let (id, construct) = (given.word("id"), given.word("construct"));
        let own = constants.table("plan").table(id);
        let place = |name: &String| {
            let id = format!("{construct}.{name}");
            let found = indicators.iter().position(|indicator| indicator.id == id);
            found.expect("a step names indicators of its construct")
        };
        Step {
            id: id.to_owned(),
            name: given.word("name").to_owned(),
            construct: constructs
                .iter()
                .position(|known| known.id == construct)
                .expect("a step names a construct"),
            indicators: given.words("indicators").iter().map(place).collect(),
            after: own
                .words("after")
                .iter()
                .filter_map(|name| ids.iter().position(|id| id == name))
                .collect(),
            effort: own.number("effort"),
            unit_tests: own.number_if_any("unit_tests").unwrap_or(0.0) as u32,
        }
    };
    for id in &ids {
        check_prerequisites(table, id, &ids, reading);
    }
    given.iter().map(step).collect()
}

fn scoring(constants: &Constants) -> Scoring {
    Scoring {
        population_full: constants.number("population_full"),
        population_floor: constants.number("population_floor"),
        absence_population: constants.number("absence_population"),
        coverage_base: constants.number("coverage_base"),
    }
}

fn plan(constants: &Constants) -> PlanRules {
    PlanRules {
        done: constants.number("done"),
        partial: constants.number("partial"),
        target: constants.number("target"),
        coupling_target: constants.number("coupling_target"),
        unready: constants.number("unready"),
        trust_base: constants.number("trust_base"),
        mud_first: constants.number("mud_first"),
        service_layer_first: constants.number("service_layer_first"),
    }
}

fn trust(constants: &Constants) -> Trust {
    Trust {
        good: constants.number("confidence_good"),
        fair: constants.number("confidence_fair"),
        weak: constants.number("confidence_weak"),
    }
}

/// The value at a path of the merged file.
fn value<'a>(table: &'a Table, path: &[&str]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    let value = &table.get(first)?.value;
    match &value.node {
        Node::Table(table) if !rest.is_empty() => self::value(table, rest),
        _ => Some(value),
    }
}

fn check_complexity(table: &Table, reading: &mut Reading) {
    let bound = |key: &str| value(table, &["need", key]).and_then(|value| Some((number(value)?, value.at)));
    let (Some((least, from)), Some((most, to))) = (bound("complexity_min"), bound("complexity_max")) else {
        return;
    };
    if least > most {
        let at = if from.source == EMBEDDED { to } else { from };
        let message = format!("`complexity_min` is {least}, above `complexity_max`, which is {most}");
        reading.problem(at, message, None);
    }
}

fn check_prerequisites(table: &Table, id: &str, ids: &[&str], reading: &mut Reading) {
    let Some(Node::List(names)) = value(table, &["plan", id, "after"]).map(|value| &value.node) else {
        return;
    };
    for value in names {
        let Some(name) = text(value) else { continue };
        if !ids.contains(&name) {
            let help = suggest::help(name, ids.iter().copied());
            reading.problem(value.at, format!("there is no step `{name}`"), help);
        }
    }
}
