//! The stable, versioned JSON of `check`, `doctor`, `layers` and `why`.

use serde::Serialize;

use crate::adapters::render::changes::JsonChanges;
pub use crate::adapters::render::json_site::JsonSite;
use crate::adapters::render::statistics::{self, Count};
use crate::domain::finding::{Coverage, Finding, Hop, Lost, Unresolved};
use crate::domain::policy::baseline::BreachName;
use crate::domain::report::verdict::resolved_share;
use crate::domain::report::{Accounts, Problem, Report, Verdict};

/// Version of every JSON document written; a change that breaks a reader raises it.
pub const VERSION: u32 = 1;

/// The envelope of `check`.
pub fn report(report: &Report) -> String {
    let envelope = Envelope {
        version: VERSION,
        verdict: report.verdict.word(),
        findings: report.findings.iter().map(|finding| JsonFinding::of(report, finding)).collect(),
        statistics: statistics::counts(&report.findings),
        baseline: JsonAccounts::of(&report.accounts),
        changes: report.changes.as_ref().map(JsonChanges::of),
        coverage: JsonCoverage::of(&report.coverage),
        errors: errors(report),
    };
    print(&envelope)
}

/// The envelope of any command that could not run.
pub fn failure(problems: &[Problem]) -> String {
    report(&Report::failed(problems.to_vec()))
}

/// Pretty JSON with a last line break.
pub fn print(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("render structs hold strings and numbers only");
    text.push('\n');
    text
}

/// What stops the run, and why an analysis is incomplete.
fn errors(report: &Report) -> Vec<JsonError<'_>> {
    let mut errors: Vec<JsonError<'_>> = report.problems.iter().map(JsonError::of).collect();
    if report.verdict == Verdict::Incomplete {
        errors.extend(report.incomplete.iter().map(|gap| {
            let JsonLost { file, line, column, reason } = JsonLost::of(gap);
            JsonError { message: reason, file, line, column, help: None }
        }));
    }
    errors
}

#[derive(Serialize)]
struct Envelope<'a> {
    version: u32,
    verdict: &'static str,
    findings: Vec<JsonFinding<'a>>,
    statistics: Vec<Count<'a>>,
    baseline: JsonAccounts<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<JsonChanges<'a>>,
    coverage: JsonCoverage<'a>,
    errors: Vec<JsonError<'a>>,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    rule: &'a str,
    key: &'a str,
    level: &'static str,
    state: &'static str,
    message: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
    from: &'a str,
    to: &'a str,
    item: &'a str,
    sites: Vec<JsonSite<'a>>,
    chain: Vec<JsonHop<'a>>,
    because: Option<&'a str>,
    instead: Option<&'a str>,
    compiler: Option<&'a str>,
}

impl<'a> JsonFinding<'a> {
    fn of(report: &'a Report, finding: &'a Finding) -> Self {
        let first = finding.sites.first();
        Self {
            rule: &finding.rule,
            key: &finding.key,
            level: finding.level.word(),
            state: finding.state.word(),
            message: &finding.message,
            file: first.map_or("", |site| &site.file),
            line: first.map_or(1, |site| site.line.max(1)),
            column: first.map_or(1, |site| site.column.max(1)),
            from: &finding.from,
            to: &finding.to,
            item: &finding.item,
            sites: finding.sites.iter().map(JsonSite::of).collect(),
            chain: finding.chain.iter().map(JsonHop::of).collect(),
            because: finding.because.as_deref(),
            instead: finding.instead.as_deref(),
            compiler: report.compiler.get(&finding.key).map(String::as_str),
        }
    }
}

/// What became of the baseline.
#[derive(Serialize)]
struct JsonAccounts<'a> {
    file: &'a str,
    accepted: usize,
    absorbed: u32,
    retired: u32,
    fixed: Vec<JsonName<'a>>,
    moved: Vec<JsonMoved<'a>>,
}

#[derive(Serialize)]
struct JsonMoved<'a> {
    before: JsonName<'a>,
    now: JsonName<'a>,
}

/// What a breach is called.
#[derive(Serialize)]
struct JsonName<'a> {
    rule: &'a str,
    from: &'a str,
    to: &'a str,
    item: &'a str,
}

impl<'a> JsonName<'a> {
    fn of(name: &'a BreachName) -> Self {
        Self { rule: &name.rule, from: &name.from, to: &name.to, item: &name.item }
    }
}

impl<'a> JsonAccounts<'a> {
    /// The totals are those after this run.
    fn of(accounts: &'a Accounts) -> Self {
        let now = accounts.next.as_ref().unwrap_or(&accounts.baseline);
        let moved = |(before, now): &'a (BreachName, BreachName)| JsonMoved {
            before: JsonName::of(before),
            now: JsonName::of(now),
        };
        Self {
            file: &accounts.baseline.file,
            accepted: now.entries.len(),
            absorbed: now.absorbed,
            retired: now.retired,
            fixed: accounts.fixed.iter().map(JsonName::of).collect(),
            moved: accounts.moved.iter().map(moved).collect(),
        }
    }
}

#[derive(Serialize)]
struct JsonHop<'a> {
    from: &'a str,
    to: &'a str,
    site: JsonSite<'a>,
}

impl<'a> JsonHop<'a> {
    fn of(hop: &'a Hop) -> Self {
        Self { from: &hop.from, to: &hop.to, site: JsonSite::of(&hop.site) }
    }
}

#[derive(Serialize)]
struct JsonError<'a> {
    message: &'a str,
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    help: Option<&'a str>,
}

impl<'a> JsonError<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self {
            message: &problem.message,
            file: problem.file.as_deref(),
            line: problem.line,
            column: problem.column,
            help: problem.help.as_deref(),
        }
    }
}

/// Coverage as it is written out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JsonCoverage<'a> {
    packages: u32,
    crates: u32,
    modules: u32,
    files: u32,
    lines: u64,
    items: u32,
    references: u32,
    resolved: u32,
    resolved_share: f64,
    unresolved: Vec<JsonUnresolved<'a>>,
    generated: Vec<JsonUnresolved<'a>>,
    opaque_macros: Vec<JsonCount<'a>>,
    orphans: &'a [String],
    lost: Vec<JsonLost<'a>>,
    missing: Vec<JsonLost<'a>>,
    undeclared: Vec<JsonNamed<'a>>,
    notes: &'a [String],
}

impl<'a> JsonCoverage<'a> {
    /// Coverage with its share to four digits.
    pub fn of(coverage: &'a Coverage) -> Self {
        Self {
            packages: coverage.packages,
            crates: coverage.crates,
            modules: coverage.modules,
            files: coverage.files,
            lines: coverage.lines,
            items: coverage.items,
            references: coverage.references,
            resolved: coverage.resolved,
            resolved_share: (resolved_share(coverage) * 10_000.0).floor() / 10_000.0,
            unresolved: coverage.unresolved.iter().map(JsonUnresolved::of).collect(),
            generated: coverage.generated.iter().map(JsonUnresolved::of).collect(),
            opaque_macros: coverage
                .opaque_macros
                .iter()
                .map(|(name, count)| JsonCount { name, count: *count })
                .collect(),
            orphans: &coverage.orphans,
            lost: coverage.lost.iter().map(JsonLost::of).collect(),
            missing: coverage.missing.iter().map(JsonLost::of).collect(),
            undeclared: coverage
                .undeclared
                .iter()
                .map(|(name, site)| JsonNamed { name, sample: JsonSite::of(site) })
                .collect(),
            notes: &coverage.notes,
        }
    }
}

#[derive(Serialize)]
struct JsonCount<'a> {
    name: &'a str,
    count: u32,
}

#[derive(Serialize)]
struct JsonNamed<'a> {
    name: &'a str,
    sample: JsonSite<'a>,
}

#[derive(Serialize)]
struct JsonUnresolved<'a> {
    reason: &'a str,
    count: u32,
    groups: Vec<JsonGroup<'a>>,
}

#[derive(Serialize)]
struct JsonGroup<'a> {
    name: &'a str,
    count: u32,
    sample: JsonSite<'a>,
}

impl<'a> JsonUnresolved<'a> {
    fn of(unresolved: &'a Unresolved) -> Self {
        let groups = unresolved.groups.iter();
        Self {
            reason: &unresolved.reason,
            count: unresolved.count,
            groups: groups
                .map(|(name, count, site)| JsonGroup { name, count: *count, sample: JsonSite::of(site) })
                .collect(),
        }
    }
}

/// A piece that could not be read.
#[derive(Serialize)]
pub struct JsonLost<'a> {
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    reason: &'a str,
}

impl<'a> JsonLost<'a> {
    /// A piece as it is written out; one without a place has no file.
    pub fn of(lost: &'a Lost) -> Self {
        let known = |number: u32| (number > 0).then_some(number);
        Self {
            file: (!lost.site.file.is_empty()).then_some(lost.site.file.as_str()),
            line: known(lost.site.line),
            column: known(lost.site.column),
            reason: &lost.reason,
        }
    }
}

#[cfg(test)]
mod tests;
