//! How much what the model says hangs on its guesses: every constant that is one, and the strength of
//! every link, moved by up to a quarter at random, many times over.
//!
//! `cargo bench --bench stability -- PATH…` scores the workspaces at these paths (this one without any)
//! and prints for each in how many draws the next best step stays the same, and by how many points the
//! headline of the plan varies.

use std::path::{Path, PathBuf};

use archlint::adapters::config::{parameters, parse};
use archlint::adapters::sources::Disk;
use archlint::application::analyse::{Analysis, analyse};
use archlint::application::score::{Scored, score};
use archlint::domain::policy::constants::{Constant, Constants};
use archlint::domain::policy::model::Parameters;
use toml::{Table, Value};

/// How many models are tried.
const DRAWS: u32 = 1_000;

/// How far a guess is moved, up or down.
const SPREAD: f64 = 0.25;

fn main() {
    let named = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    let mut paths: Vec<PathBuf> = named.map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push(PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    }
    let mut lines = Vec::new();
    for path in paths {
        lines.push(match steady(&path) {
            Ok(line) => line,
            Err(reason) => format!("{}: {reason}", path.display()),
        });
    }
    // Results are what a bench is for.
    std::io::Write::write_all(&mut std::io::stdout(), (lines.join("\n") + "\n").as_bytes())
        .expect("someone reads them");
}

/// The line of one workspace.
fn steady(path: &Path) -> Result<String, String> {
    let root = path.canonicalize().map_err(|error| error.to_string())?;
    let codebase = Disk::open(None, &root).map_err(|error| error.message)?;
    let analysis = analyse(&codebase).map_err(|error| error.message)?;
    let plain = parameters();
    let scored = |config: &str| scored(&analysis, &codebase, config);
    let first = scored("")?;
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let (mut same, mut headlines) = (0, Vec::new());
    for _ in 0..DRAWS {
        let drawn = scored(&draw(&plain, &mut chance))?;
        same += u32::from(next(&drawn) == next(&first));
        headlines.extend(drawn.model.headline);
    }
    let mean = headlines.iter().sum::<f64>() / headlines.len().max(1) as f64;
    let variance =
        headlines.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / headlines.len().max(1) as f64;
    let word = next(&first).map_or_else(|| "none".to_owned(), |step| format!("step {step}"));
    Ok(format!(
        "{}: next best step ({word}) the same in {:.1} % of {DRAWS} draws; headline {mean:.1}, standard deviation {:.2}",
        analysis.workspace.title(),
        100.0 * f64::from(same) / f64::from(DRAWS),
        variance.sqrt()
    ))
}

/// The model of a workspace with these constants.
fn scored(analysis: &Analysis, codebase: &Disk, config: &str) -> Result<Scored, String> {
    let fault = |problems: Vec<_>| format!("a drawn configuration is wrong: {problems:?}");
    let mut policy = parse(config, "archlint.toml").map_err(fault)?;
    policy.fit(&analysis.workspace);
    Ok(score(analysis, &policy, codebase))
}

/// Number of the step that the plan puts first.
fn next(scored: &Scored) -> Option<u32> {
    scored.plan.next.first().copied()
}

/// A configuration in which every guess is moved.
fn draw(plain: &Parameters, chance: &mut Chance) -> String {
    let mut config = Table::new();
    for path in &plain.guesses {
        let (section, key) = path.rsplit_once('.').expect("a guess is a key of a section");
        let moved = match guess(plain, path) {
            Constant::Number(value) => Value::Float(value * chance.factor()),
            Constant::Numbers(values) => {
                Value::Array(values.iter().map(|value| Value::Float(value * chance.factor())).collect())
            }
            other => panic!("{path} is no number: {other:?}"),
        };
        let mut table = &mut config;
        for part in section.split('.') {
            let inner = table.entry(part).or_insert_with(|| Value::Table(Table::new()));
            table = inner.as_table_mut().expect("sections are tables");
        }
        table.insert(key.to_owned(), moved);
    }
    let links = plain.links.iter().map(|link| {
        let mut table = Table::new();
        table.insert("from".to_owned(), plain.constructs[link.from].id.clone().into());
        table.insert("to".to_owned(), plain.constructs[link.to].id.clone().into());
        table.insert("k".to_owned(), Value::Float((link.k * chance.factor()).min(1.0)));
        Value::Table(table)
    });
    config.insert("links".to_owned(), Value::Array(links.collect()));
    config.to_string()
}

/// A guess by its path.
fn guess(plain: &Parameters, path: &str) -> Constant {
    let (section, key) = path.rsplit_once('.').expect("a guess is a key of a section");
    let of_indicator = || plain.indicator(section)?.constants.entries.get(key).cloned();
    let of_outcome =
        || Some(Constant::Number(plain.constructs.iter().find(|one| one.id == section)?.headline));
    let of_step = || {
        let id = section.strip_prefix("plan.")?;
        Some(Constant::Number(plain.steps.iter().find(|step| step.id == id)?.effort))
    };
    let found = of_indicator().or_else(of_step).or_else(|| find(&plain.constants, path).cloned());
    found.or_else(of_outcome).unwrap_or_else(|| panic!("{path} is no constant"))
}

/// A constant below these by its path.
fn find<'c>(constants: &'c Constants, path: &str) -> Option<&'c Constant> {
    match path.split_once('.') {
        None => constants.entries.get(path),
        Some((table, rest)) => match constants.entries.get(table)? {
            Constant::Table(inner) => find(inner, rest),
            _ => None,
        },
    }
}

/// Numbers that look like chance and are the same in each run: xorshift.
struct Chance(u64);

impl Chance {
    /// Between three quarters and five quarters.
    fn factor(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let unit = (self.0 >> 11) as f64 / (1u64 << 53) as f64;
        1.0 + SPREAD * (2.0 * unit - 1.0)
    }
}
