//! What is accepted, for people and for scripts.

use serde::Serialize;

use crate::adapters::render::json::{VERSION, print};
use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::text::{escape, plural, thousands};
use crate::application::baseline::{Listed, Listing, Standing};
use crate::domain::policy::baseline::BreachName;

/// Entries by rule, a line for each.
pub fn human(listing: &Listing, sheet: Sheet) -> String {
    let file = escape(&listing.file);
    if listing.entries.is_empty() {
        return match listing.absorbed {
            0 => "nothing is accepted\n".to_owned(),
            absorbed => {
                format!("nothing is accepted any more; all {} are resolved\n", thousands(u64::from(absorbed)))
            }
        };
    }
    let mut out = format!(
        "{file}: {} accepted; {} absorbed so far, {} of them resolved\n",
        plural(listing.entries.len() as u64, "finding"),
        thousands(u64::from(listing.absorbed)),
        thousands(u64::from(listing.retired)),
    );
    let mut rule = "";
    for listed in &listing.entries {
        let name = &listed.accepted.name;
        if name.rule != rule {
            rule = &name.rule;
            let count = listing.entries.iter().filter(|other| other.accepted.name.rule == rule).count();
            out.push_str(&format!("\n{} ({count})\n", sheet.paint.tone(Tone::Strong, &escape(rule))));
        }
        out.push_str(&format!("  {}\n", line(listed, sheet)));
    }
    out
}

fn line(listed: &Listed, sheet: Sheet) -> String {
    let accepted = &listed.accepted;
    let mut text = arrow(&accepted.name);
    if let Some(because) = &accepted.because {
        text.push_str(&format!(
            "   {}",
            sheet.paint.tone(Tone::Dim, &format!("because {}", escape(because)))
        ));
    }
    if let Some(until) = accepted.until {
        text.push_str(&format!("   until {until}"));
    }
    match &listed.standing {
        Standing::Holds => {}
        Standing::Lapsed => text.push_str(&format!("   {}", sheet.paint.tone(Tone::Error, "over"))),
        Standing::Fixed => text.push_str(&format!("   {}", sheet.paint.tone(Tone::Good, "resolved"))),
        Standing::Moved(now) => text.push_str(&format!("   now {}", arrow(now))),
    }
    text
}

/// `from -> item`, or what of it there is.
fn arrow(name: &BreachName) -> String {
    let to = if name.item.is_empty() { &name.to } else { &name.item };
    match to.is_empty() {
        true => escape(&name.from).into_owned(),
        false => format!("{} -> {}", escape(&name.from), escape(to.strip_prefix("ext:").unwrap_or(to))),
    }
}

#[derive(Serialize)]
struct Envelope<'a> {
    version: u32,
    file: &'a str,
    absorbed: u32,
    retired: u32,
    accepted: Vec<JsonEntry<'a>>,
}

#[derive(Serialize)]
struct JsonEntry<'a> {
    rule: &'a str,
    from: &'a str,
    to: &'a str,
    item: &'a str,
    because: Option<&'a str>,
    until: Option<String>,
    standing: &'static str,
}

/// The listing as a document.
pub fn json(listing: &Listing) -> String {
    let entry = |listed: &'_ Listed| {
        let accepted = &listed.accepted;
        (
            accepted.until.map(|until| until.to_string()),
            match listed.standing {
                Standing::Holds => "holds",
                Standing::Lapsed => "lapsed",
                Standing::Fixed => "fixed",
                Standing::Moved(_) => "moved",
            },
        )
    };
    let accepted = listing.entries.iter().map(|listed| {
        let (until, standing) = entry(listed);
        let name = &listed.accepted.name;
        JsonEntry {
            rule: &name.rule,
            from: &name.from,
            to: &name.to,
            item: &name.item,
            because: listed.accepted.because.as_deref(),
            until,
            standing,
        }
    });
    print(&Envelope {
        version: VERSION,
        file: &listing.file,
        absorbed: listing.absorbed,
        retired: listing.retired,
        accepted: accepted.collect(),
    })
}
