//! The plan and what-if for people.

use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::score::{evidence_line, name};
use crate::adapters::render::text::{escape, wrap};
use crate::application::score::Scored;
use crate::domain::model::plan::{Status, StepState};
use crate::domain::model::whatif::{Range, WhatIf, improve};
use crate::domain::policy::arithmetic::tenth;
use crate::domain::policy::model::{Kind, Sign};

/// The ten steps, and the next ones with their worst places.
pub fn plan(scored: &Scored, sheet: Sheet) -> String {
    let mut out = format!("{}\n", sheet.paint.tone(Tone::Strong, "the ten steps of the book"));
    for step in &scored.plan.steps {
        let score = step.score.map(tenth).unwrap_or_default();
        let tone = match step.status {
            Status::Done => Tone::Good,
            Status::NotNeeded => Tone::Dim,
            Status::Partial => Tone::Warning,
            Status::Absent => Tone::Error,
        };
        let status = sheet.paint.tone(tone, &format!("{:<10}", step.status.word()));
        let reason = match step.reason.as_str() {
            "" => String::new(),
            reason => format!("   {}", wrap(&escape(reason), sheet.width, 60)),
        };
        let line = format!("{:>3}. {:<38} {status} {score:>5}{reason}", step.number, step.name);
        out.push_str(line.trim_end());
        out.push('\n');
    }
    if scored.plan.next.is_empty() {
        out.push_str("\nnothing is left to do that this model knows of\n");
        return out;
    }
    if scored.plan.overgrown {
        let why = "the code is overgrown: the book begins with use cases there, whatever the numbers say";
        out.push_str(&format!("\n{}\n", wrap(why, sheet.width, 0)));
    }
    let steps = scored.parameters.section("plan").count("shown") as usize;
    for (at, number) in scored.plan.next.iter().take(steps).enumerate() {
        let Some(step) = scored.plan.steps.iter().find(|step| step.number == *number) else { continue };
        let title = if at == 0 { "next" } else { "then" };
        out.push_str(&next(step, title, scored, sheet));
    }
    out.push_str("\ngains are model-derived ranges: what the arithmetic gives now … when all that follows has followed\n");
    out
}

/// A step to take: what it would bring, and where.
fn next(step: &StepState, title: &str, scored: &Scored, sheet: Sheet) -> String {
    let title = sheet
        .paint
        .tone(Tone::Strong, &format!("{title}: step {}, {}", step.number, step.name.to_lowercase()));
    let mut out = format!("\n{title}\n");
    let gains = gains(step, scored);
    if !gains.is_empty() {
        out.push_str(&format!("      would bring {}\n", gains.join(", ")));
    }
    let (mut shown, most) = (0, scored.parameters.section("plan").count("findings_shown") as usize);
    for (indicator, evidence) in &step.worst {
        if evidence.is_empty() || shown >= most {
            continue;
        }
        out.push_str(&format!("    {indicator}\n"));
        for one in evidence.iter().take(most - shown) {
            out.push_str(&evidence_line(one));
            shown += 1;
        }
    }
    out.push_str(&format!("    how: cargo archlint explain {}\n", step.construct));
    out
}

/// What each outcome gains when the indicators of a step reach the target of the plan.
pub fn gains(step: &StepState, scored: &Scored) -> Vec<String> {
    let rules = &scored.parameters.plan;
    let polarity = scored.model.get(&step.construct).map_or(Sign::Plus, |construct| construct.polarity);
    // Of a state in which high is bad, the step brings the value down.
    let reached = |value: f64| match polarity {
        Sign::Plus => value.max(rules.target),
        Sign::Minus => value.min(rules.coupling_target),
    };
    let raised: Vec<(&str, f64)> = step
        .worst
        .iter()
        .filter_map(|(id, _)| Some((id.as_str(), reached(scored.model.measurement(id)?.value?))))
        .collect();
    shifts(&improve(&scored.parameters, &scored.model, &raised), scored)
}

/// What a change would do.
pub fn what_if(found: &WhatIf, what: &str, scored: &Scored, sheet: Sheet) -> String {
    let mut out = format!("{}\n", sheet.paint.tone(Tone::Strong, &escape(what)));
    if found.changes.is_empty() {
        out.push_str("  changes no score\n");
        return out;
    }
    for change in &found.changes {
        let name =
            scored.model.get(&change.construct).map_or(change.construct.as_str(), |one| name(one, scored));
        out.push_str(&format!("  {name}: {} -> {}\n", tenth(change.from), tenth(change.to)));
    }
    for kind in [Kind::Mediator, Kind::Outcome] {
        for shift in found.shifts.iter().filter(|shift| shift.kind == kind) {
            if is_still(shift.range) {
                continue;
            }
            let name =
                scored.model.get(&shift.construct).map_or(shift.construct.as_str(), |one| name(one, scored));
            let trust = scored.parameters.trust.words(shift.confidence);
            out.push_str(&format!("    {name} {} ({trust})\n", range(shift.range)));
        }
    }
    out.push_str("model-derived: now … when all that follows has followed\n");
    out
}

fn shifts(found: &WhatIf, scored: &Scored) -> Vec<String> {
    let outcomes = found.shifts.iter().filter(|shift| shift.kind == Kind::Outcome && !is_still(shift.range));
    outcomes
        .map(|shift| {
            let name =
                scored.model.get(&shift.construct).map_or(shift.construct.as_str(), |one| name(one, scored));
            format!("{} {}", name.to_lowercase(), range(shift.range))
        })
        .collect()
}

fn is_still(range: Range) -> bool {
    range.now.abs() < 0.05 && range.full.abs() < 0.05
}

fn range(range: Range) -> String {
    let signed = |points: f64| {
        let text = tenth(points);
        if points >= 0.0 { format!("+{text}") } else { text }
    };
    format!("{} … {}", signed(range.now), signed(range.full))
}
