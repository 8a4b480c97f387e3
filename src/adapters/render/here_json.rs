//! A page with the numbers of one workspace, for scripts.

use serde::Serialize;

use crate::adapters::pages::Page;
use crate::adapters::render::here::{by_module, loss};
use crate::adapters::render::json::{JsonSite, VERSION, print};
use crate::adapters::render::score_json::{JsonConstruct, JsonIndicator};
use crate::application::score::Scored;
use crate::domain::finding::Finding;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::lints::Lint;
use crate::domain::model::Construct;
use crate::domain::policy::model::{Kind, Sign};

/// A construct: its numbers, what flows into it and what it flows into.
pub fn construct(page: &Page, construct: &Construct, scored: &Scored) -> String {
    let (links, all) = (&scored.parameters.links, &scored.model.constructs);
    let own = scored.parameters.construct(&construct.id);
    let pulls = construct.node.iter().filter(|_| construct.kind != Kind::Lever).flat_map(|node| &node.pulls);
    let losses = construct.losses();
    let document = JsonOfConstruct {
        construct: JsonConstruct::of(construct, scored),
        losses: losses.iter().map(|(one, loss)| JsonLoss { id: &one.indicator, loss: *loss }).collect(),
        own_share: construct.node.as_ref().map(|node| node.own_share),
        inflows: pulls
            .map(|pull| JsonInflow { id: &all[pull.from].id, weight: pull.weight, says: pull.says })
            .collect(),
        outflows: links
            .iter()
            .filter(|link| Some(link.from) == own)
            .map(|link| JsonOutflow {
                id: &all[link.to].id,
                sign: if link.sign == Sign::Plus { "+" } else { "-" },
                strength: link.k,
            })
            .collect(),
    };
    print(&Document { about: "construct", ..Document::of(page, scored, document) })
}

/// An indicator: its numbers, and every place.
pub fn indicator(page: &Page, measured: &Measurement, construct: &Construct, scored: &Scored) -> String {
    let document = JsonOfIndicator {
        construct: &construct.id,
        scored: construct.need.applies(),
        loss: loss(measured, construct),
        indicator: JsonIndicator::of(measured),
    };
    print(&Document { about: "indicator", ..Document::of(page, scored, document) })
}

/// A lint, a kind of rule, or an own rule by its name: its findings, by module.
pub fn findings(page: &Page, name: &str, found: &[&Finding], lint: Option<&Lint>, scored: &Scored) -> String {
    let costs = lint.into_iter().flat_map(|lint| lint.costs);
    let modules = by_module(found).into_iter().map(|(module, findings)| JsonModule {
        module,
        findings: findings.into_iter().map(JsonFound::of).collect(),
    });
    let document = JsonOfFindings {
        construct: lint.map(|lint| lint.construct),
        costs: costs.filter_map(|id| scored.model.measurement(id)).map(JsonIndicator::of).collect(),
        count: found.len(),
        modules: modules.collect(),
    };
    print(&Document { name, about: "rule", ..Document::of(page, scored, document) })
}

#[derive(Serialize)]
struct Document<'a, T> {
    version: u32,
    workspace: &'a str,
    name: &'a str,
    about: &'static str,
    summary: &'a str,
    here: T,
}

impl<'a, T> Document<'a, T> {
    fn of(page: &'a Page, scored: &'a Scored, here: T) -> Self {
        let (name, summary) = (page.name, page.summary());
        Self { version: VERSION, workspace: &scored.workspace, name, about: "", summary, here }
    }
}

#[derive(Serialize)]
struct JsonOfConstruct<'a> {
    #[serde(flatten)]
    construct: JsonConstruct<'a>,
    losses: Vec<JsonLoss<'a>>,
    #[serde(rename = "ownShare")]
    own_share: Option<f64>,
    inflows: Vec<JsonInflow<'a>>,
    outflows: Vec<JsonOutflow<'a>>,
}

#[derive(Serialize)]
struct JsonLoss<'a> {
    id: &'a str,
    loss: f64,
}

#[derive(Serialize)]
struct JsonInflow<'a> {
    id: &'a str,
    weight: f64,
    says: f64,
}

#[derive(Serialize)]
struct JsonOutflow<'a> {
    id: &'a str,
    sign: &'static str,
    strength: f64,
}

#[derive(Serialize)]
struct JsonOfIndicator<'a> {
    construct: &'a str,
    scored: bool,
    loss: Option<f64>,
    #[serde(flatten)]
    indicator: JsonIndicator<'a>,
}

#[derive(Serialize)]
struct JsonOfFindings<'a> {
    construct: Option<&'a str>,
    costs: Vec<JsonIndicator<'a>>,
    count: usize,
    modules: Vec<JsonModule<'a>>,
}

#[derive(Serialize)]
struct JsonModule<'a> {
    module: &'a str,
    findings: Vec<JsonFound<'a>>,
}

#[derive(Serialize)]
struct JsonFound<'a> {
    rule: &'a str,
    key: &'a str,
    level: &'static str,
    state: &'static str,
    message: &'a str,
    sites: Vec<JsonSite<'a>>,
}

impl<'a> JsonFound<'a> {
    fn of(finding: &'a Finding) -> Self {
        Self {
            rule: &finding.rule,
            key: &finding.key,
            level: finding.level.word(),
            state: finding.state.word(),
            message: &finding.message,
            sites: finding.sites.iter().map(JsonSite::of).collect(),
        }
    }
}
