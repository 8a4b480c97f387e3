//! The model for people: what the code is like, what that leads to, and where it loses most.

use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::text::{escape, place, plural, wrap};
use crate::application::score::Scored;
use crate::domain::checks::Check;
use crate::domain::finding::evidence::Evidence;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::model::Construct;
use crate::domain::policy::arithmetic::{hundredth, tenth};
use crate::domain::policy::model::{Kind, Sign};

/// Losses shown in the table of losses.
const SHOWN_LOSSES: usize = 5;

/// Places shown for each of them.
const SHOWN_PLACES: usize = 2;

/// A bar of ten steps.
const STEPS: f64 = 10.0;

/// The whole model as a table, and its largest losses.
pub fn score(scored: &Scored, sheet: Sheet) -> String {
    let mut out = head(scored);
    for (kind, title) in [
        (Kind::Lever, "practices of the book (what one can change): 0 to 100, the longer the bar the better"),
        (Kind::Mediator, "states of the code (what follows, and is measured too)"),
        (
            Kind::Outcome,
            "outcomes (model-derived: no source code shows them; checks stand beside them, not mixed in)",
        ),
    ] {
        out.push('\n');
        out.push_str(&sheet.paint.tone(Tone::Strong, title));
        out.push('\n');
        for construct in scored.model.constructs.iter().filter(|one| one.kind == kind) {
            out.push_str(&row(construct, scored, sheet));
            for check in scored.checks.iter().filter(|check| check.outcome == construct.id) {
                out.push_str(&beside(check, construct, scored, sheet));
            }
        }
    }
    out.push_str(&losses(scored, sheet));
    let tests = scored.tests;
    out.push_str(&format!(
        "\ntests: {} unit, {} integration, {} end to end\n",
        tests.unit, tests.integration, tests.end_to_end
    ));
    out.push_str(&honoured(scored));
    out.push_str(
        "every number has a page: cargo archlint explain NAME; what to do next: cargo archlint plan\n",
    );
    out
}

/// How much is silenced in the code and costs nothing in the scores, where the configuration has it so.
pub fn honoured(scored: &Scored) -> String {
    match scored.parameters.section("scoring").flag("honour_allow") {
        true => format!(
            "{} silenced in the code, at no cost in these scores (`[scoring] honour_allow`)\n",
            plural(u64::from(scored.honoured), "place")
        ),
        false => String::new(),
    }
}

/// What is scored, and of what kind it is.
fn head(scored: &Scored) -> String {
    let facts = &scored.facts;
    let kinds: Vec<&str> = {
        let mut kinds = facts.kinds.clone();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.iter().map(|kind| kind.plural()).collect()
    };
    format!(
        "{}: {}; {}, {}, {}; complexity {} of 1\n",
        escape(&scored.workspace),
        if kinds.is_empty() { "nothing to score".to_owned() } else { kinds.join(" and ") },
        plural(u64::from(facts.decisions), "business decision"),
        plural(u64::from(facts.use_cases), "use case"),
        plural(u64::from(facts.technologies), "technology"),
        hundredth(scored.needs.complexity),
    )
}

/// One construct: its value as a bar that is long where things are well, how far it can be trusted.
pub fn row(construct: &Construct, scored: &Scored, sheet: Sheet) -> String {
    let label = format!("{} ({})", name(construct, scored), construct.id);
    let Some(value) = construct.value() else {
        let reason = wrap(&construct.reason(), sheet.width, 52);
        return format!("  {label:<36} {:>5}         {}\n", "-", sheet.paint.tone(Tone::Dim, &reason));
    };
    let trust = scored.parameters.trust.words(construct.confidence());
    let health = construct.polarity.toward_good(value);
    let filled = (health / 100.0 * STEPS).round() as usize;
    let bar: String = "#".repeat(filled) + &".".repeat(STEPS as usize - filled);
    let tone = match health {
        health if health >= 70.0 => Tone::Good,
        health if health >= 40.0 => Tone::Warning,
        _ => Tone::Error,
    };
    let direction = if construct.polarity == Sign::Minus { ", low is good" } else { "" };
    let need = construct.need.need.map(|need| format!(", need {}", hundredth(need))).unwrap_or_default();
    let shown =
        match construct.kind == Kind::Outcome && !scored.parameters.trust.is_enough(construct.confidence()) {
            true => "     ".to_owned(),
            false => format!("{:>5}", tenth(value)),
        };
    let trust = if trust == "too little evidence" { trust.to_owned() } else { format!("{trust} evidence") };
    format!("  {label:<36} {shown} {}  {trust}{need}{direction}\n", sheet.paint.tone(tone, &bar))
}

/// What was observed of an outcome; where that and the model disagree, both are named.
fn beside(check: &Check, construct: &Construct, scored: &Scored, sheet: Sheet) -> String {
    let measured = &check.measured;
    let value = measured.value.map_or_else(|| "-".to_owned(), tenth);
    let reason = wrap(&escape(&measured.reason), sheet.width, 52);
    let mut out =
        format!("    {:<34} {value:>5}  {}\n", measured.indicator, sheet.paint.tone(Tone::Dim, &reason));
    if let Some(gap) = check.contradicts(&scored.model, &scored.parameters) {
        let outcome = construct.health().unwrap_or_default();
        let told = format!(
            "the model and the observation disagree: {} {}, model {}: the model is {} points {}",
            measured.indicator,
            value,
            tenth(outcome),
            tenth(gap.abs()),
            if gap > 0.0 { "lower" } else { "higher" },
        );
        out.push_str(&format!("      {}\n", sheet.paint.tone(Tone::Warning, &told)));
    }
    out
}

/// The indicators that cost their constructs most, each with its worst places.
fn losses(scored: &Scored, sheet: Sheet) -> String {
    let mut all: Vec<(&Construct, &Measurement, f64)> = Vec::new();
    for construct in scored.model.constructs.iter().filter(|construct| construct.applicable()) {
        let weight = construct.need.effect * construct.confidence();
        all.extend(
            construct
                .losses()
                .into_iter()
                .filter(|(_, loss)| *loss >= 0.05)
                .map(|(measured, loss)| (construct, measured, loss * weight)),
        );
    }
    all.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.1.indicator.cmp(&b.1.indicator)));
    if all.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n", sheet.paint.tone(Tone::Strong, "largest losses, by need and evidence"));
    for (construct, measured, _) in all.into_iter().take(SHOWN_LOSSES) {
        let loss = construct.losses().into_iter().find(|(one, _)| one.indicator == measured.indicator);
        let loss = loss.map_or(0.0, |(_, loss)| loss);
        out.push_str(&format!(
            "  {:<32} {:>5} points of {}: {}\n",
            measured.indicator,
            format!("-{}", tenth(loss)),
            name(construct, scored).to_lowercase(),
            escape(&measured.reason),
        ));
        for evidence in crate::domain::finding::evidence::worst(&measured.evidence, SHOWN_PLACES) {
            out.push_str(&evidence_line(&evidence));
        }
    }
    out
}

/// One piece of evidence: its place, the item, the fact.
pub fn evidence_line(evidence: &Evidence) -> String {
    let item = evidence.item.rsplit("::").next().unwrap_or(&evidence.item);
    let at = place(&evidence.site);
    match (evidence.site.file.is_empty(), item.is_empty()) {
        (true, _) => format!("      {}\n", escape(&evidence.fact)),
        (false, true) => format!("      {at}  {}\n", escape(&evidence.fact)),
        (false, false) => format!("      {at}  {}: {}\n", escape(item), escape(&evidence.fact)),
    }
}

/// The name of a construct for people.
pub fn name<'a>(construct: &'a Construct, scored: &'a Scored) -> &'a str {
    scored
        .parameters
        .construct(&construct.id)
        .map_or(&construct.id, |at| &scored.parameters.constructs[at].name)
}
