//! A page of documentation on a terminal.

use serde::Serialize;

use crate::adapters::pages::Page;
use crate::adapters::render::json::{VERSION, print};
use crate::adapters::render::paint::{Sheet, Tone};
use crate::adapters::render::text::escape;
use crate::application::judged::Rule;

/// The page: headings stand out where there is colour, all else is as it is written.
pub fn page(page: &Page, sheet: Sheet) -> String {
    let mut out = format!("{}: {}\n", sheet.paint.tone(Tone::Strong, page.name), page.summary());
    let mut fenced = false;
    for line in page.body().lines() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        match line.strip_prefix("## ") {
            Some(title) if !fenced => out.push_str(&sheet.paint.tone(Tone::Strong, title)),
            _ if fenced && !line.is_empty() => out.push_str(&format!("    {line}")),
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    if cites_book(page.body()) {
        out.push_str(&format!("\n{}\n", sheet.paint.tone(Tone::Dim, BOOK)));
    }
    out
}

/// What chapters on the pages are chapters of.
const BOOK: &str = "(chapters are those of Percival and Gregory, Architecture Patterns with Python)";

/// Whether a page names a chapter.
fn cites_book(body: &str) -> bool {
    body.contains("ch. ")
        || body.contains("Ch. ")
        || body.contains("(introduction")
        || body.contains("Introduction")
}

/// All pages under headings, one line each.
pub fn groups(groups: &[(&str, &[Page])], sheet: Sheet) -> String {
    let pages = groups.iter().flat_map(|(_, pages)| pages.iter());
    let widest = pages.map(|page| page.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for (title, pages) in groups {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!("{}\n", sheet.paint.tone(Tone::Strong, title)));
        pages
            .iter()
            .for_each(|page| out.push_str(&format!("  {:widest$}   {}\n", page.name, page.summary())));
    }
    out
}

/// Pages in a row, one line each.
pub fn list<'a>(pages: impl Iterator<Item = &'a Page> + Clone) -> String {
    let widest = pages.clone().map(|page| page.name.len()).max().unwrap_or(0);
    pages.map(|page| format!("{:widest$}   {}\n", page.name, page.summary())).collect()
}

/// A configured rule, followed by the page of its kind.
pub fn rule(rule: &Rule, kind: Option<&Page>, sheet: Sheet) -> String {
    let mut out = rules(std::slice::from_ref(rule), sheet);
    if let Some(instead) = &rule.instead {
        out.push_str(&format!("  instead: {}\n", escape(instead)));
    }
    if let Some(kind) = kind {
        out.push('\n');
        out.push_str(&page(kind, sheet));
    }
    out
}

/// The configured rules in a row.
pub fn rules(rules: &[Rule], sheet: Sheet) -> String {
    let mut out = String::new();
    for rule in rules {
        let name = sheet.paint.tone(Tone::Strong, &escape(&rule.name));
        out.push_str(&format!("{name}: kind `{}`, level {}\n", escape(&rule.kind), rule.level.word()));
        if let Some(because) = &rule.because {
            out.push_str(&format!("  why: {}\n", escape(because)));
        }
    }
    out
}

/// The configured rules for scripts.
pub fn rules_json(rules: &[Rule]) -> String {
    let rules = rules
        .iter()
        .map(|rule| JsonRule {
            name: &rule.name,
            kind: &rule.kind,
            level: rule.level.word(),
            because: rule.because.as_deref(),
            instead: rule.instead.as_deref(),
        })
        .collect();
    print(&JsonRules { version: VERSION, rules })
}

#[derive(Serialize)]
struct JsonRules<'a> {
    version: u32,
    rules: Vec<JsonRule<'a>>,
}

#[derive(Serialize)]
struct JsonRule<'a> {
    name: &'a str,
    kind: &'a str,
    level: &'static str,
    because: Option<&'a str>,
    instead: Option<&'a str>,
}
