//! What a lint found, and how it becomes a finding: one for each rule, module, target and item.

use std::collections::BTreeMap;

use crate::domain::census::{ItemNo, ModuleNo};
use crate::domain::contracts::key::key;
use crate::domain::finding::evidence::Evidence;
use crate::domain::finding::{Finding, Hop, Level, Site, State};
use crate::domain::graph::Place;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::lints::{Ground, Lint};
use crate::domain::policy::arithmetic::tenth;
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::model::Parameters;
use crate::domain::roles::{Roles, Tag};

/// Below this confidence of its module's role a finding at deny is lowered to warn, whatever it is about.
const SURE: f64 = 0.4;

/// One breach, before it is told.
#[derive(Clone, Debug)]
pub struct Found {
    /// The item at fault.
    pub item: Option<ItemNo>,
    /// Its module.
    pub module: ModuleNo,
    /// Id of what it should not use; empty where the breach is not about one.
    pub to: String,
    /// What tells breaches of one module apart: an item's id, or a fact.
    pub about: String,
    /// Every place; the first is shown.
    pub places: Vec<Place>,
    /// Where that is known only as lines, instead of places.
    pub sites: Vec<Site>,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do instead: in the imperative.
    pub instead: String,
    /// The level, where the case is milder than the lint.
    pub at_most: Level,
    /// The way to `to`, where that is indirect.
    pub chain: Vec<Hop>,
}

impl Found {
    /// A breach of an item at a place.
    pub fn new(
        ground: &Ground<'_>,
        item: ItemNo,
        place: Place,
        message: String,
        instead: impl Into<String>,
    ) -> Self {
        let census = ground.scene.census;
        Self {
            item: Some(item),
            module: census.item(item).module,
            to: String::new(),
            about: census.id(item),
            places: vec![place],
            sites: Vec::new(),
            message,
            instead: instead.into(),
            at_most: Level::Deny,
            chain: Vec::new(),
        }
    }

    /// The same, about something that should not be used.
    pub fn to(self, to: impl Into<String>) -> Self {
        Self { to: to.into(), ..self }
    }

    /// The same, at this level at most.
    pub fn at_most(self, level: Level) -> Self {
        Self { at_most: self.at_most.min(level), ..self }
    }

    /// The same, at this line instead.
    pub fn at(self, site: Site) -> Self {
        Self { places: Vec::new(), sites: vec![site], ..self }
    }

    /// The same, with the way there.
    pub fn through(self, chain: Vec<Hop>) -> Self {
        Self { chain, ..self }
    }
}

/// Findings of a lint at this level, those of one key together.
pub fn findings(lint: &Lint, level: Level, ground: &Ground<'_>) -> Vec<Finding> {
    if level == Level::Allow || !lint.applies(&ground.scene) {
        return Vec::new();
    }
    let (census, roles) = (ground.scene.census, ground.scene.roles);
    let mut by_key: BTreeMap<String, (Finding, Option<ItemNo>)> = BTreeMap::new();
    for found in (lint.find)(ground) {
        let package = census.module(found.module).package;
        if is_exempt(lint, roles.kind(package)) {
            continue;
        }
        let from = census.module_id(found.module);
        let name = key(lint.name, &from, &found.to, &found.about);
        let sites = found.places.iter().map(|place| census.site(*place)).chain(found.sites);
        if let Some((known, _)) = by_key.get_mut(&name) {
            known.sites.extend(sites);
            continue;
        }
        let at_most = found.at_most.min(trust(lint, roles, found.module, roles.kind(package)));
        let finding = Finding {
            rule: lint.name.to_owned(),
            key: name.clone(),
            level: level.min(at_most),
            state: State::New,
            message: found.message,
            from,
            to: found.to,
            item: found.about,
            sites: sites.collect(),
            chain: found.chain,
            cut: Vec::new(),
            because: Some(lint.because.to_owned()),
            instead: Some(found.instead),
        };
        by_key.insert(name, (finding, found.item));
    }
    let mut findings = Vec::with_capacity(by_key.len());
    for (mut finding, item) in by_key.into_values() {
        finding.sites.sort();
        finding.sites.dedup();
        if let Some(cost) = cost(lint, &finding, item.map(|item| census.id(item)), ground) {
            finding.because = Some(format!("{}; {cost}", lint.because));
        }
        findings.push(finding);
    }
    findings
}

/// How much a finding may weigh for what is known of its module's part. What was only inferred fails no
/// run; and programs of a command line and libraries are seldom built in parts at all, so that there it
/// is worth a note.
fn trust(lint: &Lint, roles: &Roles, module: ModuleNo, kind: PackageKind) -> Level {
    let played = roles.played(module);
    let by_role = matches!(lint.construct, "purity" | "dip" | "svc" | "repo");
    if played.tags.contains(&Tag::Declared) || !by_role {
        return if played.confidence < SURE { Level::Warn } else { Level::Deny };
    }
    if kind == PackageKind::Service { Level::Warn } else { Level::Note }
}

/// A library that wraps a technology is not judged by how it touches it.
fn is_exempt(lint: &Lint, kind: PackageKind) -> bool {
    let core = matches!(lint.construct, "purity" | "dip" | "repo" | "svc" | "agg" | "cqrs" | "lang" | "inv");
    core && matches!(kind, PackageKind::AdapterLibrary | PackageKind::ProcMacro)
}

/// What a finding takes from the construct: the losses of the evidence at its places.
fn cost(lint: &Lint, finding: &Finding, item: Option<String>, ground: &Ground<'_>) -> Option<String> {
    let parameters: &Parameters = ground.scene.parameters;
    let mut told: Vec<String> = Vec::new();
    for id in lint.costs {
        let (Some(spec), Some(measured)) =
            (parameters.indicator(id), ground.measured.iter().find(|one| one.indicator == *id))
        else {
            continue;
        };
        let construct = &parameters.constructs[spec.construct];
        let weights: f64 = parameters
            .indicators_of(spec.construct)
            .filter(|one| applies(ground.measured, &one.id))
            .map(|one| one.weight)
            .sum();
        let lost: f64 = measured
            .evidence
            .iter()
            .filter(|evidence| concerns(evidence, finding, item.as_deref()))
            .map(|evidence| evidence.loss)
            .sum();
        let points = if weights > 0.0 { spec.weight * lost / weights } else { 0.0 };
        if points >= 0.05 {
            told.push(format!("{} points of {} (`{id}`)", tenth(points), construct.name.to_lowercase()));
        }
    }
    (!told.is_empty()).then(|| format!("costs {}", told.join(" and ")))
}

fn applies(measured: &[Measurement], id: &str) -> bool {
    measured.iter().any(|one| one.indicator == id && one.applicable())
}

/// Whether a loss is that of a finding: the same item, or one of its lines.
fn concerns(evidence: &Evidence, finding: &Finding, item: Option<&str>) -> bool {
    let same_line = |site: &Site| site.file == evidence.site.file && site.line == evidence.site.line;
    item.is_some_and(|item| item == evidence.item) || finding.sites.iter().any(same_line)
}
