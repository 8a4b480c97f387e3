//! A report for people: each finding with its lines, then the summary.

use crate::adapters::render::changes;
use crate::adapters::render::chosen::choose;
use crate::adapters::render::excerpt::{Shown, Weight, draw};
use crate::adapters::render::paint::{Sheet, Tail, Tone};
use crate::adapters::render::summary::summary;
use crate::adapters::render::text::{escape, place, plural, wrap};
use crate::domain::finding::{Finding, Hop, Level, Site};
use crate::domain::report::{Problem, Report};

/// How many places are named beside the one that is drawn.
const NAMED: usize = 3;

/// How many problems of the configuration are drawn: what comes after is mostly of one cause with these.
const PROBLEMS: usize = 50;

/// How many findings alike are named beside the one that is drawn.
const ALIKE: usize = 5;

/// The whole report. `text_of` gives the text of a file by its path.
pub fn report(report: &Report, text_of: &dyn Fn(&str) -> Option<String>, sheet: Sheet, tail: Tail) -> String {
    let mut out = String::new();
    let mut texts = Texts { text_of, last: None };
    let chosen = choose(report);
    for shown in &chosen.shown {
        out.push_str(&group(&shown.alike, &mut texts, sheet));
        if let Some(compiler) = report.compiler.get(&shown.alike[0].key) {
            out.push_str(&note("compiler", compiler, sheet));
        }
        if let Some(more) = &shown.more {
            out.push_str(&note("more", more, sheet));
        }
        out.push('\n');
    }
    if let Some(told) = chosen.rest() {
        out.push_str(&format!("{}\n\n", wrap(&told, sheet.width, 6)));
    }
    out.push_str(&problems(&report.problems, text_of, sheet));
    if let Some(told) = &report.changes {
        out.push_str(&changes::human(told, sheet));
    }
    if tail == Tail::Summary {
        out.push_str(&summary(report, sheet));
    }
    out
}

/// One finding by itself.
pub fn finding(finding: &Finding, text_of: &dyn Fn(&str) -> Option<String>, sheet: Sheet) -> String {
    group(&[finding], &mut Texts { text_of, last: None }, sheet)
}

/// Problems of command line and configuration, each with its line where it has one.
pub fn problems(problems: &[Problem], text_of: &dyn Fn(&str) -> Option<String>, sheet: Sheet) -> String {
    let mut out = String::new();
    for problem in problems.iter().take(PROBLEMS) {
        let file = problem.file.clone().unwrap_or_default();
        let text = problem.file.as_deref().and_then(text_of);
        let site = site_of(problem, file, text.as_deref());
        let shown = Shown {
            weight: Weight::Error,
            code: "",
            message: &problem.message,
            site: &site,
            text: text.as_deref(),
            label: "",
        };
        out.push_str(&draw(shown, sheet));
        if let Some(help) = &problem.help {
            out.push_str(&note("help", help, sheet));
        }
        out.push('\n');
    }
    if let Some(more) = problems.len().checked_sub(PROBLEMS).filter(|more| *more > 0) {
        out.push_str(&format!("{} not shown: resolve these first\n", plural(more as u64, "further problem")));
    }
    out
}

/// The place of a problem; its end comes from the bytes, where they are known.
pub(super) fn site_of(problem: &Problem, file: String, text: Option<&str>) -> Site {
    let line = problem.line.unwrap_or(0);
    let column = problem.column.unwrap_or(u32::from(line > 0));
    let length = problem.span.zip(text).map_or(1, |(span, text)| {
        let bytes = text.get(span.start as usize..span.end as usize).unwrap_or_default();
        bytes.lines().next().unwrap_or_default().chars().count() as u32
    });
    Site { file, line, column, end_line: line, end_column: column + length.max(1) }
}

/// Texts of files; findings of one file stand together, so the last one is kept.
struct Texts<'a> {
    text_of: &'a dyn Fn(&str) -> Option<String>,
    last: Option<(String, Option<String>)>,
}

impl Texts<'_> {
    /// The text of a file.
    fn get(&mut self, path: &str) -> Option<&str> {
        if self.last.as_ref().is_none_or(|(last, _)| last != path) {
            self.last = Some((path.to_owned(), (self.text_of)(path)));
        }
        self.last.as_ref().and_then(|(_, text)| text.as_deref())
    }
}

/// The first of some findings alike, with the others named below it.
fn group(alike: &[&Finding], texts: &mut Texts<'_>, sheet: Sheet) -> String {
    let Some((finding, others)) = alike.split_first() else { return String::new() };
    let blank = Site::default();
    let (first, rest) = finding.sites.split_first().map_or((&blank, &[][..]), |(first, rest)| (first, rest));
    let shown = Shown {
        weight: match finding.level {
            Level::Deny => Weight::Error,
            Level::Warn => Weight::Warning,
            Level::Note | Level::Allow => Weight::Note,
        },
        code: &finding.rule,
        message: &finding.message,
        site: first,
        text: texts.get(&first.file),
        label: "",
    };
    let mut out = draw(shown, sheet);
    if !rest.is_empty() {
        let title = format!("{} more {}", rest.len(), if rest.len() == 1 { "place" } else { "places" });
        out.push_str(&note(&title, &places(rest), sheet));
    }
    if !others.is_empty() {
        let title = format!("{} more alike", others.len());
        out.push_str(&note(&title, &items(others), sheet));
    }
    if !finding.chain.is_empty() {
        out.push_str(&chain(&finding.chain, sheet));
    }
    if let Some(because) = &finding.because {
        out.push_str(&note("why", because, sheet));
    }
    if let Some(instead) = &finding.instead {
        out.push_str(&note("instead", instead, sheet));
    }
    out
}

/// What findings are about, each with its first place and the number of all.
fn items(findings: &[&Finding]) -> String {
    let one = |finding: &&Finding| {
        let item = finding.item.strip_prefix("ext:").unwrap_or(&finding.item);
        let first = finding.sites.first().map(place).unwrap_or_default();
        match finding.sites.len() {
            0 | 1 => format!("`{item}` at {first}"),
            count => format!("`{item}` at {first} ({count} places)"),
        }
    };
    let mut named: Vec<String> = findings.iter().take(ALIKE).map(one).collect();
    if findings.len() > ALIKE {
        named.push(format!("and {} more", findings.len() - ALIKE));
    }
    named.join(", ")
}

/// The first places in a row.
fn places(sites: &[Site]) -> String {
    let mut named: Vec<String> = sites.iter().take(NAMED).map(place).collect();
    if sites.len() > NAMED {
        named.push("…".to_owned());
    }
    named.join(", ")
}

/// A chain with a line for every hop.
fn chain(hops: &[Hop], sheet: Sheet) -> String {
    let names: Vec<String> =
        hops.iter().map(|hop| format!("{} -> {}", escape(&hop.from), escape(&hop.to))).collect();
    let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let ends = hops.first().zip(hops.last());
    let steps = plural(hops.len() as u64, "step");
    // Modules of a circle may be more than the shortest way round it passes.
    let title = match ends.is_some_and(|(first, last)| first.from == last.to) {
        true => format!("shortest way round, {steps}:"),
        false => format!("chain of {steps}:"),
    };
    let mut out = format!("  = {}\n", sheet.paint.tone(Tone::Strong, &title));
    for (name, hop) in names.iter().zip(hops) {
        let gap = " ".repeat(widest - name.chars().count());
        out.push_str(&format!("      {name}{gap}   {}\n", sheet.paint.tone(Tone::Dim, &place(&hop.site))));
    }
    out
}

/// A line below a finding: `  = why: …`.
fn note(title: &str, text: &str, sheet: Sheet) -> String {
    let indent = title.chars().count() + 6;
    let text = wrap(&escape(text), sheet.width, indent);
    format!("  = {} {text}\n", sheet.paint.tone(Tone::Strong, &format!("{title}:")))
}

#[cfg(test)]
mod tests;
