//! What a change did: below the findings for people, as part of the document for scripts, and as a
//! section of a comment.

use serde::Serialize;

use crate::adapters::render::json_site::JsonSite;
use crate::adapters::render::markup::words;
use crate::adapters::render::moved::{JsonScore, score};
use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::text::{escape, place, plural, wrap};
use crate::domain::finding::Finding;
use crate::domain::report::changes::{Changes, Edge, Widened};

/// How many of each kind are named.
const NAMED: usize = 10;

/// One kind of change: its title, and a line for each.
struct Section {
    tone: Tone,
    title: String,
    lines: Vec<String>,
}

/// Everything that changed beside new findings; what did not change is left out.
fn sections(changes: &Changes) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut add = |tone, count: usize, noun: &str, rest: &str, lines: Vec<String>| {
        if count > 0 {
            let title = format!("{}{rest}", plural(count as u64, noun));
            sections.push(Section { tone, title, lines });
        }
    };
    let through = &changes.let_through;
    let told = through.iter().map(|(finding, why)| format!("{}; {why}", breach(finding))).collect();
    add(Tone::Error, through.len(), "breach", " let through by a change of the rules or the baseline", told);
    let against = &changes.against;
    let rest = " against the order of the layers came";
    add(Tone::Warning, against.added.len(), "dependency", rest, against.added.iter().map(edge).collect());
    let rest = " against the order of the layers went";
    add(
        Tone::Good,
        against.removed.len(),
        "dependency",
        rest,
        against.removed.iter().map(bare_edge).collect(),
    );
    let cycles = &changes.cycles;
    add(
        Tone::Warning,
        cycles.added.len(),
        "circle",
        " came",
        cycles.added.iter().map(|one| circle(one)).collect(),
    );
    add(
        Tone::Good,
        cycles.removed.len(),
        "circle",
        " went",
        cycles.removed.iter().map(|one| circle(one)).collect(),
    );
    let wider = &changes.widened;
    add(Tone::Note, wider.len(), "item", " may be named by more code", wider.iter().map(widened).collect());
    let scores = &changes.scores;
    let tone = match scores.iter().any(|one| one.is_better() == Some(false)) {
        true => Tone::Warning,
        false => Tone::Good,
    };
    add(tone, scores.len(), "score", " moved", scores.iter().map(score).collect());
    let gone = &changes.gone;
    add(Tone::Good, gone.len(), "finding", " gone", gone.iter().map(breach).collect());
    sections
}

fn breach(finding: &Finding) -> String {
    let to = if finding.item.is_empty() { &finding.to } else { &finding.item };
    let to = to.strip_prefix("ext:").unwrap_or(to);
    match to.is_empty() {
        true => format!("[{}] `{}`", finding.rule, finding.from),
        false => format!("[{}] `{}` -> `{to}`", finding.rule, finding.from),
    }
}

fn bare_edge(edge: &Edge) -> String {
    format!("`{}` -> `{}` ({} -> {})", edge.from, edge.to, edge.from_layer, edge.to_layer)
}

fn edge(edge: &Edge) -> String {
    format!("{}, {}", bare_edge(edge), place(&edge.site))
}

fn circle(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(5).map(|name| format!("`{name}`")).collect();
    match names.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn widened(widened: &Widened) -> String {
    let Widened { item, before, now, site } = widened;
    format!("`{item}` was {} and is `{}`, {}", said(before.word()), now.word(), place(site))
}

fn said(word: &str) -> String {
    if word == "private" { word.to_owned() } else { format!("`{word}`") }
}

/// Since when, in a few words: the name asked for, and the commit where that says more.
fn when(changes: &Changes) -> String {
    let short: String = changes.commit.chars().take(12).collect();
    let since = escape(&changes.since);
    if changes.commit.starts_with(&*changes.since) {
        since.into_owned()
    } else {
        format!("{since} ({short})")
    }
}

/// The lines below the findings.
pub fn human(changes: &Changes, sheet: Sheet) -> String {
    let mut out = String::new();
    let sections = sections(changes);
    for section in &sections {
        out.push_str(&format!("{}\n", sheet.paint.tone(section.tone, &section.title)));
        for line in section.lines.iter().take(NAMED) {
            out.push_str(&format!("  {}\n", wrap(&escape(line), sheet.width, 4)));
        }
        if section.lines.len() > NAMED {
            out.push_str(&format!("  and {} more\n", section.lines.len() - NAMED));
        }
    }
    if !sections.is_empty() {
        out.push('\n');
    }
    let stood = match changes.standing {
        0 => String::new(),
        1 => "; 1 finding stood before and is left out".to_owned(),
        count => format!("; {} stood before and are left out", plural(u64::from(count), "finding")),
    };
    out.push_str(&format!("compared with {}{stood}\n", when(changes)));
    out
}

/// One line for each change.
pub fn short(changes: &Changes) -> String {
    let mut out = String::new();
    for section in sections(changes) {
        for line in section.lines {
            out.push_str(&format!(
                "since {}: {}: {}\n",
                escape(&changes.since),
                section.title,
                escape(&line)
            ));
        }
    }
    out
}

/// A section of a comment on a change.
pub fn markdown(changes: &Changes) -> String {
    let mut out = String::new();
    for section in sections(changes) {
        out.push_str(&format!("<details><summary>{}</summary>\n\n", section.title));
        for line in section.lines.iter().take(NAMED * 5) {
            out.push_str(&format!("- {}\n", words(line)));
        }
        if section.lines.len() > NAMED * 5 {
            out.push_str(&format!("- and {} more\n", section.lines.len() - NAMED * 5));
        }
        out.push_str("\n</details>\n");
    }
    out.push_str(&format!("\nCompared with `{}`", when(changes).replace('`', "")));
    if changes.standing > 0 {
        out.push_str(&format!("; {} stood before", plural(u64::from(changes.standing), "finding")));
    }
    out.push('\n');
    out
}

/// What a change did, as part of a document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JsonChanges<'a> {
    since: &'a str,
    commit: &'a str,
    standing: u32,
    gone: Vec<JsonBreach<'a>>,
    let_through: Vec<JsonBreach<'a>>,
    against: JsonMoved<Vec<JsonEdge<'a>>>,
    cycles: JsonMoved<&'a [Vec<String>]>,
    widened: Vec<JsonWidened<'a>>,
    scores: Vec<JsonScore<'a>>,
}

#[derive(Serialize)]
struct JsonMoved<T> {
    added: T,
    removed: T,
}

#[derive(Serialize)]
struct JsonBreach<'a> {
    rule: &'a str,
    key: &'a str,
    level: &'static str,
    from: &'a str,
    to: &'a str,
    item: &'a str,
    message: &'a str,
    reason: Option<&'a str>,
}

impl<'a> JsonBreach<'a> {
    fn of(finding: &'a Finding, reason: Option<&'a str>) -> Self {
        Self {
            rule: &finding.rule,
            key: &finding.key,
            level: finding.level.word(),
            from: &finding.from,
            to: &finding.to,
            item: &finding.item,
            message: &finding.message,
            reason,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonEdge<'a> {
    from: &'a str,
    to: &'a str,
    from_layer: &'a str,
    to_layer: &'a str,
    site: JsonSite<'a>,
}

impl<'a> JsonEdge<'a> {
    fn of(edge: &'a Edge) -> Self {
        let Edge { from, to, from_layer, to_layer, site } = edge;
        Self { from, to, from_layer, to_layer, site: JsonSite::of(site) }
    }
}

#[derive(Serialize)]
struct JsonWidened<'a> {
    item: &'a str,
    before: &'static str,
    now: &'static str,
    site: JsonSite<'a>,
}

impl<'a> JsonChanges<'a> {
    /// The whole of it.
    pub fn of(changes: &'a Changes) -> Self {
        let edges = |edges: &'a [Edge]| edges.iter().map(JsonEdge::of).collect();
        Self {
            since: &changes.since,
            commit: &changes.commit,
            standing: changes.standing,
            gone: changes.gone.iter().map(|finding| JsonBreach::of(finding, None)).collect(),
            let_through: changes
                .let_through
                .iter()
                .map(|(one, why)| JsonBreach::of(one, Some(why)))
                .collect(),
            against: JsonMoved {
                added: edges(&changes.against.added),
                removed: edges(&changes.against.removed),
            },
            cycles: JsonMoved { added: &changes.cycles.added, removed: &changes.cycles.removed },
            widened: changes
                .widened
                .iter()
                .map(|one| JsonWidened {
                    item: &one.item,
                    before: one.before.word(),
                    now: one.now.word(),
                    site: JsonSite::of(&one.site),
                })
                .collect(),
            scores: changes.scores.iter().map(JsonScore::of).collect(),
        }
    }
}
