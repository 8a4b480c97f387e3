//! The numbers of one workspace below a page: a construct, an indicator, or what a rule finds.

use std::collections::BTreeMap;

use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::score::{evidence_line, name, row};
use crate::adapters::render::text::{escape, place, plural, wrap};
use crate::application::score::Scored;
use crate::domain::finding::evidence::worst;
use crate::domain::finding::{Finding, Level, State};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::lints::Lint;
use crate::domain::model::Construct;
use crate::domain::need::gather::Places;
use crate::domain::need::levers::counted_from;
use crate::domain::policy::arithmetic::{hundredth, tenth};
use crate::domain::policy::model::{Kind, Sign};

/// Places shown of each indicator of a construct.
const SHOWN_OF_EACH: usize = 3;

/// Findings shown of each module.
const SHOWN_OF_MODULE: usize = 10;

/// A construct: its value, what its need is counted from, what it is made of, and where it stands in the
/// chain of causes.
pub fn construct(construct: &Construct, scored: &Scored, counted: &Places, sheet: Sheet) -> String {
    let mut out = heading(scored, sheet);
    out.push_str(&row(construct, scored, sheet));
    let word = if construct.need.need.is_some() { "need" } else { "counts" };
    out.push_str(&line(word, &construct.need.reason, sheet));
    if construct.reason() != construct.need.reason {
        out.push_str(&line("therefore", &construct.reason(), sheet));
    }
    if construct.applicable() {
        out.push_str(&line("confidence", &hundredth(construct.confidence()), sheet));
    }
    if construct.kind == Kind::Outcome {
        out.push_str(&line("note", "model-derived: no source code shows an outcome", sheet));
    }
    out.push_str(&need(construct, counted, sheet));
    if !construct.measurements.is_empty() {
        out.push_str(&title("its indicators", sheet));
        for measured in &construct.measurements {
            out.push_str(&indicator_line(measured, construct, sheet));
            for evidence in worst(&measured.evidence, SHOWN_OF_EACH) {
                out.push_str(&evidence_line(&evidence));
            }
        }
    }
    out.push_str(&flows(construct, scored, sheet));
    out
}

/// What the need of a lever is counted from, fact by fact.
fn need(construct: &Construct, counted: &Places, sheet: Sheet) -> String {
    let mut out = String::new();
    for fact in counted_from(&construct.id) {
        let Some(places) = counted.get(fact).filter(|places| !places.is_empty()) else { continue };
        let word = fact.replace('_', " ");
        out.push_str(&format!("  {word}: {}\n", plural(places.len() as u64, "place")));
        places.iter().take(SHOWN_OF_EACH).for_each(|place| out.push_str(&evidence_line(place)));
        if places.len() > SHOWN_OF_EACH {
            out.push_str(&format!("      and {} more\n", places.len() - SHOWN_OF_EACH));
        }
    }
    if !out.is_empty() {
        out.insert_str(0, &title("its need is counted from", sheet));
    }
    out
}

/// An indicator: its value with what was counted, what it costs, and every place worth looking at.
pub fn indicator(measured: &Measurement, construct: &Construct, scored: &Scored, sheet: Sheet) -> String {
    let mut out = heading(scored, sheet);
    out.push_str(&indicator_line(measured, construct, sheet));
    let of = format!("{} ({})", name(construct, scored), construct.id);
    out.push_str(&line("part of", &of, sheet));
    if !construct.need.applies() {
        out.push_str(&line("not scored", &construct.reason(), sheet));
    }
    let most = scored.parameters.section("scoring").count("evidence_in_text") as usize;
    let places = worst(&measured.evidence, most);
    if !places.is_empty() {
        out.push_str(&title("its places, the worst first", sheet));
        for evidence in &places {
            let lost = format!("{:>6}", format!("-{}", tenth(evidence.loss)));
            out.push_str(&format!("{lost}{}", evidence_line(evidence)));
        }
        let more = measured.evidence.len() - places.len();
        if more > 0 {
            out.push_str(&format!("      and {}\n", plural(more as u64, "more place")));
        }
    }
    out
}

/// A lint of the book, or a kind of rule: what it found, by module, those with most first.
pub fn findings(found: &[&Finding], lint: Option<&Lint>, scored: &Scored, sheet: Sheet) -> String {
    let mut out = heading(scored, sheet);
    let open = found.iter().filter(|finding| finding.state == State::New).count();
    let modules = by_module(found);
    let mut counted = plural(found.len() as u64, "finding");
    if !modules.is_empty() {
        counted.push_str(&format!(" in {}", plural(modules.len() as u64, "module")));
    }
    if open < found.len() {
        counted.push_str(&format!(", {} of them accepted or silenced", found.len() - open));
    }
    out.push_str(&format!("  {counted}\n"));
    let own = lint.and_then(|lint| scored.model.get(lint.construct));
    if let Some(construct) = own.filter(|construct| !construct.need.applies()) {
        out.push_str(&line(&construct.id, &construct.reason(), sheet));
    }
    for id in lint.into_iter().flat_map(|lint| lint.costs) {
        let construct = id.split('.').next().and_then(|construct| scored.model.get(construct));
        if let (Some(measured), Some(construct)) = (scored.model.measurement(id), construct) {
            out.push_str(&indicator_line(measured, construct, sheet));
        }
    }
    for (module, findings) in modules {
        out.push_str(&title(&format!("{} ({})", escape(module), findings.len()), sheet));
        for finding in findings.iter().take(SHOWN_OF_MODULE) {
            let level = match (finding.state, finding.level) {
                (State::New, Level::Deny) => "error",
                (State::New, Level::Warn) => "warning",
                (State::New, _) => "note",
                (state, _) => state.word(),
            };
            let at = finding.sites.first().map(place).unwrap_or_default();
            out.push_str(&format!("  {at}  {level}: {}\n", escape(&finding.message)));
        }
        let more = findings.len().saturating_sub(SHOWN_OF_MODULE);
        if more > 0 {
            out.push_str(&format!("  and {more} more\n"));
        }
    }
    out
}

/// Findings by module at fault, those with most first.
pub fn by_module<'a>(found: &[&'a Finding]) -> Vec<(&'a str, Vec<&'a Finding>)> {
    let mut modules: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in found {
        modules.entry(&finding.from).or_default().push(finding);
    }
    let mut modules: Vec<_> = modules.into_iter().collect();
    modules.sort_by_key(|(_, findings)| std::cmp::Reverse(findings.len()));
    modules
}

/// Points that an indicator takes from the own score of its construct; none where it does not apply.
pub fn loss(measured: &Measurement, construct: &Construct) -> Option<f64> {
    let all = construct.losses();
    all.into_iter().find(|(one, _)| one.indicator == measured.indicator).map(|(_, loss)| loss)
}

fn heading(scored: &Scored, sheet: Sheet) -> String {
    format!("\n{}\n", sheet.paint.tone(Tone::Strong, &format!("here: {}", escape(&scored.workspace))))
}

fn title(text: &str, sheet: Sheet) -> String {
    format!("\n{}\n", sheet.paint.tone(Tone::Strong, text))
}

fn line(word: &str, text: &str, sheet: Sheet) -> String {
    let indent = word.len() + 4;
    format!("  {word}: {}\n", wrap(&escape(text), sheet.width, indent))
}

/// An indicator in two lines: its numbers, and what was counted.
fn indicator_line(measured: &Measurement, construct: &Construct, sheet: Sheet) -> String {
    let reason = wrap(&escape(&measured.reason), sheet.width, 6);
    let Some(value) = measured.value else {
        let says = sheet.paint.tone(Tone::Dim, &format!("does not apply: {reason}"));
        return format!(
            "  {:<32} {:>5}  weight {}\n      {says}\n",
            measured.indicator,
            "-",
            hundredth(measured.weight)
        );
    };
    let lost = match (loss(measured, construct).unwrap_or(0.0), construct.polarity) {
        (lost, _) if lost < 0.05 => "costs nothing".to_owned(),
        (lost, Sign::Plus) => format!("costs {} points of {}", tenth(lost), construct.id),
        (lost, Sign::Minus) => format!("adds {} points to {}", tenth(lost), construct.id),
    };
    format!(
        "  {:<32} {:>5}  weight {}, {} counted, confidence {}; {lost}\n      {reason}\n",
        measured.indicator,
        tenth(value),
        hundredth(measured.weight),
        measured.n,
        hundredth(measured.confidence),
    )
}

/// What a construct is mixed from, and what it goes into.
fn flows(construct: &Construct, scored: &Scored, sheet: Sheet) -> String {
    let (parameters, all) = (&scored.parameters, &scored.model.constructs);
    let mut out = String::new();
    if let Some(node) = construct.node.as_ref().filter(|_| construct.kind != Kind::Lever) {
        out.push_str(&title("what flows in", sheet));
        if let Some(own) = construct.own.filter(|_| construct.kind == Kind::Mediator) {
            let share = hundredth(node.own_share);
            out.push_str(&format!("  its own score {:>27}  counts for {share}\n", tenth(own.score)));
        }
        if let Some(influence) = node.influence {
            let share = hundredth(1.0 - node.own_share);
            out.push_str(&format!(
                "  what its causes say {:>21}  counts for {share}\n",
                tenth(influence.score)
            ));
        }
        let weights: f64 = node.pulls.iter().map(|pull| pull.weight).sum();
        for pull in node.pulls.iter().filter(|_| weights > 0.0) {
            let cause = &all[pull.from];
            let value = cause.value().map(tenth).unwrap_or_default();
            let turned =
                if pull.says == cause.value().unwrap_or(pull.says) { "" } else { ", seen as what it lacks" };
            let share = hundredth(pull.weight / weights);
            let label = format!("{} ({})", name(cause, scored), cause.id);
            out.push_str(&format!("    {label:<34} {value:>5}  has {share} of the say{turned}\n"));
        }
    }
    let own = parameters.construct(&construct.id);
    let outward: Vec<_> = parameters.links.iter().filter(|link| Some(link.from) == own).collect();
    if !outward.is_empty() {
        out.push_str(&title("what it flows into", sheet));
    }
    for link in outward {
        let effect = &all[link.to];
        let value = effect.value().map_or_else(|| "-".to_owned(), tenth);
        let label = format!("{} ({})", name(effect, scored), effect.id);
        let sign = if link.sign == Sign::Plus { "raises" } else { "lowers" };
        let strength = hundredth(link.k);
        out.push_str(&format!("    {label:<34} {value:>5}  {sign} it, strength {strength}\n"));
    }
    out
}
