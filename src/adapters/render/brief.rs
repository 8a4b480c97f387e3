//! The scores in a few lines, for the end of a check.

use crate::adapters::render::paint::Sheet;
use crate::adapters::render::plan::gains;
use crate::adapters::render::score::{honoured, name};
use crate::adapters::render::text::{escape, place, thousands, wrap};
use crate::application::score::Scored;
use crate::domain::model::Construct;
use crate::domain::policy::arithmetic::tenth;
use crate::domain::policy::role::Role;
use crate::domain::report::LayerCount;

/// Parts that modules play, from the outside in.
const PARTS: [Role; 6] =
    [Role::Composition, Role::Entrypoint, Role::Adapter, Role::Application, Role::Domain, Role::Shared];

/// What stands below a report: the parts that modules play where no layers are declared, and the scores.
pub fn lines(scored: &Scored, layers: &[LayerCount], sheet: Sheet) -> String {
    let parts = if layers.is_empty() { parts(scored, sheet) } else { String::new() };
    parts + &scores(scored, sheet)
}

/// The parts that modules were found to play, in one line; nothing where none is known.
fn parts(scored: &Scored, sheet: Sheet) -> String {
    let count = |role: Option<Role>| scored.parts.get(&role).copied().unwrap_or(0);
    let known: Vec<String> = PARTS
        .iter()
        .filter(|role| count(Some(**role)) > 0)
        .map(|role| format!("{} {}", role.word(), thousands(u64::from(count(Some(*role))))))
        .collect();
    if known.is_empty() {
        return String::new();
    }
    let unknown = match count(None) {
        0 => String::new(),
        count => format!("; unknown {}", thousands(u64::from(count))),
    };
    let line = format!("modules by part, as inferred: {}{unknown} (cargo archlint layers)", known.join(", "));
    format!("{}\n", wrap(&line, sheet.width, 2))
}

/// The outcomes and the next step.
fn scores(scored: &Scored, sheet: Sheet) -> String {
    let outcomes: Vec<&Construct> = scored.model.outcomes().collect();
    let told = |construct: &Construct| {
        let name = name(construct, scored).to_lowercase();
        match construct.value() {
            Some(value) if scored.parameters.trust.is_enough(construct.confidence()) => {
                format!("{name} {}", tenth(value))
            }
            Some(_) => format!("{name}: too little evidence"),
            None if construct.need.applies() => format!("{name}: nothing to go by"),
            None => format!("{name} not needed"),
        }
    };
    let line = match outcomes.iter().all(|construct| construct.value().is_none()) {
        true => "model-derived scores: nothing to go by yet".to_owned(),
        false => {
            let told: Vec<String> = outcomes.into_iter().map(told).collect();
            format!("model-derived scores, of 100: {} (cargo archlint score)", told.join(", "))
        }
    };
    let mut out = format!("{}\n", wrap(&line, sheet.width, 2));
    out.push_str(&honoured(scored));
    if let Some(next) = next(scored) {
        out.push_str(&format!("{}\n", wrap(&next, sheet.width, 2)));
    }
    out
}

/// The next step: what, where, and what it is worth.
fn next(scored: &Scored) -> Option<String> {
    let number = scored.plan.next.first()?;
    let step = scored.plan.steps.iter().find(|step| step.number == *number)?;
    let mut line = format!(
        "next: {}, step {number} of the book's {}, is {}",
        step.name.to_lowercase(),
        scored.plan.steps.len(),
        step.status.word()
    );
    if let Some(worst) = step.worst.iter().find_map(|(_, evidence)| evidence.first()) {
        let item = worst.item.rsplit("::").next().unwrap_or(&worst.item);
        let who = if item.is_empty() { String::new() } else { format!("`{}` ", escape(item)) };
        line.push_str(&format!("; {}: {who}{}", place(&worst.site), escape(&worst.fact)));
    }
    let gains = gains(step, scored);
    if !gains.is_empty() {
        line.push_str(&format!("; it would bring {}", gains.join(", ")));
    }
    line.push_str(" (cargo archlint plan)");
    Some(line)
}
