//! The answer to `why`: a chain with a line for every hop.

use serde::Serialize;

use crate::adapters::render::json::{JsonSite, VERSION, print};
use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::text::{escape, named, place, plural};
use crate::application::why::{Answer, Step};

/// For people.
pub fn human(answer: &Answer, sheet: Sheet) -> String {
    let (from, to) = (named(&answer.from), named(&answer.to));
    let mut out = String::new();
    if answer.chain.is_empty() {
        out.push_str(&format!("`{from}` does not depend on `{to}`, directly or through others\n"));
        if !answer.reverse.is_empty() {
            let steps = plural(answer.reverse.len() as u64, "step");
            out.push_str(&format!("the other way round it does, in {steps}:\n"));
            out.push_str(&steps_of(&answer.reverse, sheet));
        }
        return out;
    }
    let through = if answer.chain.iter().any(|step| step.test) { ", through test code" } else { "" };
    let steps = plural(answer.chain.len() as u64, "step");
    out.push_str(&format!("`{from}` depends on `{to}` in {steps}{through}:\n"));
    out.push_str(&steps_of(&answer.chain, sheet));
    if !answer.reverse.is_empty() {
        let steps = plural(answer.reverse.len() as u64, "step");
        out.push_str(&format!("the other way round too, in {steps}\n"));
    }
    out
}

/// `from -> to: file:line:col kinds`, a line for each hop.
pub fn short(answer: &Answer) -> String {
    let mut out = String::new();
    for step in &answer.chain {
        let (from, to) = (named(&step.from), named(&step.to));
        out.push_str(&format!("{}: {from} -> {to} ({})\n", place(&step.site), words(step).join(", ")));
    }
    if answer.chain.is_empty() {
        out.push_str(&format!("{} -> {}: no chain\n", named(&answer.from), named(&answer.to)));
    }
    out
}

/// For scripts.
pub fn json(answer: &Answer) -> String {
    print(&JsonAnswer {
        version: VERSION,
        from: &answer.from,
        to: &answer.to,
        chain: answer.chain.iter().map(JsonStep::of).collect(),
        reverse: answer.reverse.iter().map(JsonStep::of).collect(),
    })
}

/// Steps in columns.
fn steps_of(steps: &[Step], sheet: Sheet) -> String {
    let names: Vec<String> =
        steps.iter().map(|step| format!("{} -> {}", named(&step.from), named(&step.to))).collect();
    let sites: Vec<String> = steps.iter().map(|step| place(&step.site)).collect();
    let widest = |texts: &[String]| texts.iter().map(|text| text.chars().count()).max().unwrap_or(0);
    let (name_width, site_width) = (widest(&names), widest(&sites));
    let mut out = String::new();
    for ((name, site), step) in names.iter().zip(&sites).zip(steps) {
        let site = sheet.paint.tone(Tone::Dim, &format!("{site:site_width$}"));
        let mut how = words(step).join(", ");
        if !step.via.is_empty() {
            let via: Vec<String> = step.via.iter().map(|via| escape(via).into_owned()).collect();
            how.push_str(&format!(", through {}", via.join(", ")));
        }
        if step.places > 1 {
            how.push_str(&format!("; {}", plural(u64::from(step.places), "place")));
        }
        if step.test {
            how.push_str("; test code");
        }
        out.push_str(&format!("  {name:name_width$}   {site}   {how}\n"));
    }
    out
}

/// The kinds of a step in words.
fn words(step: &Step) -> Vec<&'static str> {
    step.kinds.iter().map(|kind| kind.word()).collect()
}

#[derive(Serialize)]
struct JsonAnswer<'a> {
    version: u32,
    from: &'a str,
    to: &'a str,
    chain: Vec<JsonStep<'a>>,
    reverse: Vec<JsonStep<'a>>,
}

#[derive(Serialize)]
struct JsonStep<'a> {
    from: &'a str,
    to: &'a str,
    kinds: Vec<&'static str>,
    site: JsonSite<'a>,
    places: u32,
    via: &'a [String],
    test: bool,
}

impl<'a> JsonStep<'a> {
    fn of(step: &'a Step) -> Self {
        Self {
            from: &step.from,
            to: &step.to,
            kinds: words(step),
            site: JsonSite::of(&step.site),
            places: step.places,
            via: &step.via,
            test: step.test,
        }
    }
}

#[cfg(test)]
mod tests;
