//! What a codebase starts with, for people.

use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::text::{escape, place, plural, thousands, wrap};
use crate::application::init::{SLICES_APART, Start};

/// What was found and written; `files` are the names of the two files.
pub fn human(start: &Start, (config, baseline): (&str, &str), sheet: Sheet) -> String {
    let proposal = &start.proposal;
    let mut out =
        format!("{}: {}\n", sheet.paint.tone(Tone::Strong, proposal.style.word()), escape(&proposal.why));
    let count =
        |name: &str| start.layers.iter().find(|(known, _)| known == name).map_or(0, |(_, count)| *count);
    let ranks: Vec<String> = proposal
        .ranks
        .iter()
        .map(|rank| {
            let layers = rank.iter().map(|layer| format!("{} {}", escape(&layer.name), count(&layer.name)));
            layers.collect::<Vec<_>>().join(", ")
        })
        .collect();
    out.push_str(&wrap(
        &format!("layers, outermost first, with their modules: {}", ranks.join(" > ")),
        sheet.width,
        2,
    ));
    out.push_str("\n\n");
    for tally in &start.tallies {
        let exceptions = match tally.exceptions.len() {
            0 => "none breaks it".to_owned(),
            1 => "1 is accepted for now".to_owned(),
            count => format!("{} are accepted for now", thousands(count as u64)),
        };
        let is_technology = proposal.technology.iter().any(|technology| technology.rule() == tally.rule);
        let noun = match tally.rule.as_str() {
            SLICES_APART => "pair",
            _ if is_technology => "place",
            _ => "dependency",
        };
        let keep = if tally.kept == 1 { "keeps" } else { "keep" };
        let kept = plural(u64::from(tally.kept), noun);
        out.push_str(&format!("{}: {kept} {keep} it, {exceptions}\n", escape(&tally.rule)));
    }
    let frozen = start.baseline.entries.len() as u64;
    out.push_str(&format!("\nwritten: {}\n", escape(config)));
    let accepted = if frozen == 0 {
        "nothing to accept".to_owned()
    } else {
        format!("{} accepted", plural(frozen, "line"))
    };
    out.push_str(&format!("written: {}, {accepted}\n", escape(baseline)));
    if !start.next.is_empty() {
        out.push_str("\naccepted, and cheapest to resolve:\n");
        for next in &start.next {
            let line = format!(
                "{}: {}, {}",
                escape(&next.what),
                plural(u64::from(next.places), "place"),
                place(&next.site)
            );
            out.push_str(&format!("  {}\n", wrap(&line, sheet.width, 4)));
        }
    }
    out.push_str("\nnext: read the file and rename what you would call otherwise, commit both, and run\n");
    out.push_str("`cargo archlint --ci` where code is accepted\n");
    out
}
