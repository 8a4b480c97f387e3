//! What was and was not seen.

use serde::Serialize;

use crate::adapters::render::json::{JsonCoverage, JsonLost, VERSION, print};
use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::text::{escape, gap_line, place, plural, thousands, wrap};
use crate::application::doctor::Diagnosis;
use crate::domain::finding::{Lost, Site, Unresolved};
use crate::domain::report::verdict::{floor_tenth, resolved_share};

/// How many of a kind are named.
const NAMED: usize = 20;
/// How many groups of names are shown for each reason.
const GROUPS: usize = 5;

/// For people.
pub fn human(diagnosis: &Diagnosis, sheet: Sheet) -> String {
    let coverage = &diagnosis.coverage;
    let mut out = String::new();
    let strong = |text: &str| sheet.paint.tone(Tone::Strong, text);
    let count = |number: u32| u64::from(number);
    out.push_str(&format!("{}\n", strong(&escape(&diagnosis.workspace))));
    out.push_str(&format!(
        "  {}, {}, {}, {}\n  {}, {}\n",
        plural(count(coverage.packages), "package"),
        plural(count(coverage.crates), "crate"),
        plural(count(coverage.modules), "module"),
        plural(count(coverage.items), "item"),
        plural(count(coverage.files), "file"),
        plural(coverage.lines, "line"),
    ));
    for note in &coverage.notes {
        out.push_str(&format!("  note: {}\n", wrap(&escape(note), sheet.width, 8)));
    }
    out.push_str(&format!("{}\n", strong("references")));
    let share = floor_tenth(resolved_share(coverage) * 100.0);
    out.push_str(&format!(
        "  {} of {} resolved: {share:.1} %\n",
        thousands(count(coverage.resolved)),
        thousands(count(coverage.references)),
    ));
    for unresolved in &coverage.unresolved {
        out.push_str(&reason(unresolved));
    }
    for generated in &coverage.generated {
        out.push_str(&reason(generated));
        out.push_str(
            "    a build script or a macro that is never run makes what these name; they are not counted above\n",
        );
    }
    let opaque: Vec<String> = coverage
        .opaque_macros
        .iter()
        .map(|(name, count)| format!("{}! {}", escape(name), thousands(u64::from(*count))))
        .collect();
    out.push_str(&list("macros whose calls were read as tokens only", &opaque, sheet));
    out.push_str(&list("missing: the analysis is incomplete", &lost(&coverage.missing), sheet));
    out.push_str(&list("lost: could not be read", &lost(&coverage.lost), sheet));
    out.push_str(&list("orphans: no module declares them", &plain(&coverage.orphans), sheet));
    out.push_str(&list("external crates that no manifest declares", &named(&coverage.undeclared), sheet));
    let verdict = if diagnosis.incomplete.is_empty() {
        "a verdict can rest on this".to_owned()
    } else {
        // What is missing is listed above.
        let reasons = diagnosis.incomplete.iter().filter(|gap| !coverage.missing.contains(gap));
        let mut text = "no verdict can rest on this".to_owned();
        for gap in reasons {
            text.push_str(&format!("\n  {}", gap_line(gap)));
        }
        text
    };
    out.push_str(&format!("{verdict}\n"));
    out
}

/// One reason why references stay unresolved, with its largest groups.
fn reason(unresolved: &Unresolved) -> String {
    let mut out = format!("  {} {}\n", thousands(u64::from(unresolved.count)), escape(&unresolved.reason));
    for (name, count, site) in unresolved.groups.iter().take(GROUPS) {
        out.push_str(&format!(
            "    {} `{}`, as at {}\n",
            thousands(u64::from(*count)),
            escape(name),
            place(site)
        ));
    }
    let shown: u32 = unresolved.groups.iter().take(GROUPS).map(|(_, count, _)| count).sum();
    let rest = unresolved.count.saturating_sub(shown);
    if rest > 0 {
        out.push_str(&format!("    {} of other names\n", thousands(u64::from(rest))));
    }
    out
}

/// A title and the first of its lines; nothing where there are none.
fn list(title: &str, lines: &[String], sheet: Sheet) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let title = sheet.paint.tone(Tone::Strong, title);
    let mut out = format!("{title} ({})\n", thousands(lines.len() as u64));
    for line in lines.iter().take(NAMED) {
        out.push_str(&format!("  {line}\n"));
    }
    if lines.len() > NAMED {
        let more = thousands((lines.len() - NAMED) as u64);
        out.push_str(&format!("  and {more} more: cargo archlint doctor --format json\n"));
    }
    out
}

/// Places with reasons.
fn lost(lost: &[Lost]) -> Vec<String> {
    lost.iter().map(gap_line).collect()
}

/// Names made safe to show.
fn plain(names: &[String]) -> Vec<String> {
    names.iter().map(|name| escape(name).into_owned()).collect()
}

/// Names made safe to show, each with a place.
fn named(names: &[(String, Site)]) -> Vec<String> {
    names.iter().map(|(name, site)| format!("`{}`, as at {}", escape(name), place(site))).collect()
}

/// For scripts.
pub fn json(diagnosis: &Diagnosis) -> String {
    print(&JsonDiagnosis {
        version: VERSION,
        workspace: &diagnosis.workspace,
        complete: diagnosis.incomplete.is_empty(),
        incomplete: diagnosis.incomplete.iter().map(JsonLost::of).collect(),
        coverage: JsonCoverage::of(&diagnosis.coverage),
    })
}

#[derive(Serialize)]
struct JsonDiagnosis<'a> {
    version: u32,
    workspace: &'a str,
    complete: bool,
    incomplete: Vec<JsonLost<'a>>,
    coverage: JsonCoverage<'a>,
}

#[cfg(test)]
mod tests;
