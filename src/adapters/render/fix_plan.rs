//! What can be done about each finding, for scripts and assistants.

use serde::Serialize;

use crate::adapters::render::json::{JsonSite, VERSION, print};
use crate::application::fixes::Fix;
use crate::domain::finding::{Finding, State};
use crate::domain::report::Report;

/// The plan: one entry for each finding that counts, in the order of the report.
pub fn json(report: &Report, fixes: &[Fix]) -> String {
    let counted = report.findings.iter().filter(|finding| finding.state == State::New);
    let fixes = counted.zip(fixes).map(|(finding, fix)| JsonFix::of(finding, fix)).collect();
    print(&Plan { version: VERSION, verdict: report.verdict.word(), fixes })
}

#[derive(Serialize)]
struct Plan<'a> {
    version: u32,
    verdict: &'static str,
    fixes: Vec<JsonFix<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonFix<'a> {
    key: &'a str,
    rule: &'a str,
    level: &'static str,
    message: &'a str,
    from: &'a str,
    to: &'a str,
    item: &'a str,
    sites: Vec<JsonSite<'a>>,
    from_layer: Option<&'a str>,
    to_layer: Option<&'a str>,
    allowed: &'a [String],
    move_lines_to: &'a [String],
    move_item_to: &'a [String],
    port: Option<JsonPort<'a>>,
    cut: Vec<JsonStep<'a>>,
    compiler: Option<&'a str>,
    instead: Option<&'a str>,
    because: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonPort<'a> {
    traits: &'a [String],
    declare_in: &'a str,
    implement_in: &'a [String],
}

#[derive(Serialize)]
struct JsonStep<'a> {
    from: &'a str,
    to: &'a str,
}

impl<'a> JsonFix<'a> {
    fn of(finding: &'a Finding, fix: &'a Fix) -> Self {
        Self {
            key: &finding.key,
            rule: &finding.rule,
            level: finding.level.word(),
            message: &finding.message,
            from: &finding.from,
            to: &finding.to,
            item: &finding.item,
            sites: finding.sites.iter().map(JsonSite::of).collect(),
            from_layer: fix.from_layer.as_deref(),
            to_layer: fix.to_layer.as_deref(),
            allowed: &fix.allowed,
            move_lines_to: &fix.move_lines_to,
            move_item_to: &fix.move_item_to,
            port: fix.port.as_ref().map(|port| JsonPort {
                traits: &port.traits,
                declare_in: &port.declare_in,
                implement_in: &port.implement_in,
            }),
            cut: fix.cut.iter().map(|(from, to)| JsonStep { from, to }).collect(),
            compiler: fix.compiler.as_deref(),
            instead: fix.instead.as_deref(),
            because: finding.because.as_deref(),
        }
    }
}
