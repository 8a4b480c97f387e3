//! What was planted and what no rule stops, for people and for scripts.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::adapters::render::json::{VERSION, print};
use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::text::{escape, plural, wrap};
use crate::application::gaps::Trial;
use crate::domain::contracts::probes::{Probe, Route};

/// How many layers of a gap are named.
const NAMED: usize = 3;

/// Gaps, a line for each with what was planted below it, and a line of summary.
pub fn human(trial: &Trial, sheet: Sheet) -> String {
    if trial.layers == 0 {
        return "no layers are configured, so there is nothing to plant between: write `[layers]` in \
                archlint.toml, or run `cargo archlint init`\n"
            .to_owned();
    }
    let mut out = String::new();
    for alike in groups(trial) {
        let head = sheet.paint.tone(Tone::Warning, "not stopped:");
        out.push_str(&format!("{head} {}\n  {}\n", ends(&alike), line(alike[0])));
        let help = format!("{} {}", sheet.paint.tone(Tone::Strong, "help:"), help(&alike));
        out.push_str(&format!("  = {}\n", wrap(&help, sheet.width, 4)));
    }
    let gaps = trial.gaps().count() as u64;
    let planted = plural(trial.probes.len() as u64, "planted dependency");
    let (tone, told) = match gaps {
        0 => (Tone::Good, format!("{planted}, and every one is stopped")),
        gaps => (Tone::Error, format!("{planted}, of which no rule stops {gaps}")),
    };
    if gaps > 0 {
        out.push('\n');
    }
    out.push_str(&sheet.paint.tone(tone, &told));
    out.push('\n');
    out
}

/// Gaps that one rule would close: those to one crate, written in one way, from many layers. Never empty.
fn groups(trial: &Trial) -> Vec<Vec<&Probe>> {
    let mut crates: BTreeMap<(&str, Route), Vec<&Probe>> = BTreeMap::new();
    let mut groups = Vec::new();
    for gap in trial.gaps() {
        match gap.to.starts_with("ext:") {
            true => crates.entry((&gap.to_layer, gap.route)).or_default().push(gap),
            false => groups.push(vec![gap]),
        }
    }
    groups.extend(crates.into_values());
    groups
}

/// From where to where, and how it is written.
fn ends(alike: &[&Probe]) -> String {
    let gap = alike[0];
    let mut from: Vec<String> =
        alike.iter().take(NAMED).map(|gap| format!("`{}`", escape(&gap.from_layer))).collect();
    match (alike.len().saturating_sub(NAMED), from.pop()) {
        (0, Some(last)) if !from.is_empty() => from = vec![format!("{} and {last}", from.join(", "))],
        (0, last) => from.extend(last),
        (more, last) => {
            from.extend(last);
            from = vec![format!("{} and {}", from.join(", "), plural(more as u64, "more layer"))];
        }
    }
    let how = match gap.route {
        Route::Direct => "named directly",
        Route::Facade => "through a re-export",
        Route::Neutral => "through a module of no layer",
    };
    format!("{} -> `{}` {how}", from.concat(), escape(&gap.to_layer))
}

fn line(probe: &Probe) -> String {
    let to = escape(probe.to.strip_prefix("ext:").unwrap_or(&probe.to)).into_owned();
    let (from, through) = (escape(&probe.from), escape(&probe.through));
    match probe.route {
        Route::Direct => format!("{from} -> {to}"),
        Route::Facade => format!("{from} -> {to}, written through {through}"),
        Route::Neutral => format!("{from} -> {through} -> {to}"),
    }
}

/// What would stop them.
fn help(alike: &[&Probe]) -> String {
    let probe = alike[0];
    let (from, to) = (escape(&probe.from_layer), escape(&probe.to_layer));
    match (probe.route, probe.to.starts_with("ext:")) {
        (Route::Neutral, _) => {
            "put that module into a layer with `unassigned = \"deny\"`, or judge chains with `via = \"any\"`"
                .to_owned()
        }
        (_, true) if alike.len() > 1 => format!(
            "leave it to the layers that use it, with a rule: `protect = \"crate:{to}\"`, `only = [\"layer:…\"]`"
        ),
        (_, true) => format!("deny it with `crates = {{ deny = [\"{to}\"] }}` under `[layers.{from}]`"),
        (_, false) => {
            format!("look at `level`, `kinds` and `except` under `[layers]` and `[layers.{from}]`")
        }
    }
}

#[derive(Serialize)]
struct Envelope<'a> {
    version: u32,
    planted: usize,
    gaps: usize,
    probes: Vec<JsonProbe<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonProbe<'a> {
    from_layer: &'a str,
    to_layer: &'a str,
    route: &'static str,
    from: &'a str,
    to: &'a str,
    through: Option<&'a str>,
    stopped_by: &'a [String],
}

/// Everything that was planted, as a document.
pub fn json(trial: &Trial) -> String {
    let probes = trial.probes.iter().map(|probe| JsonProbe {
        from_layer: &probe.from_layer,
        to_layer: &probe.to_layer,
        route: probe.route.word(),
        from: &probe.from,
        to: &probe.to,
        through: (!probe.through.is_empty()).then_some(&*probe.through),
        stopped_by: &probe.stopped_by,
    });
    print(&Envelope {
        version: VERSION,
        planted: trial.probes.len(),
        gaps: trial.gaps().count(),
        probes: probes.collect(),
    })
}
