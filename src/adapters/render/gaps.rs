//! What was planted and what no rule stops, for people and for scripts.

use serde::Serialize;

use crate::adapters::render::json::{VERSION, print};
use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::text::{escape, plural};
use crate::application::gaps::Trial;
use crate::domain::contracts::probes::{Probe, Route};

/// Gaps, a line for each with what was planted below it, and a line of summary.
pub fn human(trial: &Trial, sheet: Sheet) -> String {
    if trial.layers == 0 {
        return "no layers are configured, so there is nothing to plant between: write `[layers]` in \
                archlint.toml, or run `cargo archlint init`\n"
            .to_owned();
    }
    let mut out = String::new();
    for gap in trial.gaps() {
        let ends = format!("`{}` -> `{}`", escape(&gap.from_layer), escape(&gap.to_layer));
        let how = match gap.route {
            Route::Direct => "named directly",
            Route::Facade => "through a re-export",
            Route::Neutral => "through a module of no layer",
        };
        let head = sheet.paint.tone(Tone::Warning, "not stopped:");
        out.push_str(&format!("{head} {ends} {how}\n  {}\n", line(gap)));
        out.push_str(&format!("  = {} {}\n", sheet.paint.tone(Tone::Strong, "help:"), help(gap)));
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

fn line(probe: &Probe) -> String {
    let to = escape(probe.to.strip_prefix("ext:").unwrap_or(&probe.to)).into_owned();
    let (from, through) = (escape(&probe.from), escape(&probe.through));
    match probe.route {
        Route::Direct => format!("{from} -> {to}"),
        Route::Facade => format!("{from} -> {to}, written through {through}"),
        Route::Neutral => format!("{from} -> {through} -> {to}"),
    }
}

/// What would stop it.
fn help(probe: &Probe) -> String {
    match (probe.route, probe.to.starts_with("ext:")) {
        (Route::Neutral, _) => {
            "put that module into a layer with `unassigned = \"deny\"`, or judge chains with `via = \"any\"`"
                .to_owned()
        }
        (_, true) => format!(
            "deny it with `crates = {{ deny = [\"{}\"] }}` under `[layers.{}]`",
            escape(&probe.to_layer),
            escape(&probe.from_layer)
        ),
        (_, false) => format!(
            "look at `level`, `kinds` and `except` under `[layers]` and `[layers.{}]`",
            escape(&probe.from_layer)
        ),
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
