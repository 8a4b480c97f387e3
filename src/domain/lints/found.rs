//! What a lint found, and how it becomes a finding: one for each rule, module, target and item.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::domain::census::{ItemNo, ModuleNo};
use crate::domain::contracts::key::key;
use crate::domain::finding::evidence::Evidence;
use crate::domain::finding::{Finding, Hop, Level, Site, State};
use crate::domain::graph::Place;
use crate::domain::indicators::measurement::Measurement;
use crate::domain::lints::{Ground, Lint};
use crate::domain::policy::arithmetic::tenth;
use crate::domain::policy::constants::Constants;
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::model::Parameters;
use crate::domain::roles::{Roles, Tag};

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
    /// Ids of the modules that it speaks of as a whole: it costs what is lost anywhere in them.
    pub whole: Vec<String>,
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
            whole: Vec::new(),
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

/// What is done with breaches that rest on nothing but the guessed parts of a tool or a library, which
/// is seldom built in parts at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guesswork {
    /// They are told, as notes: somebody has asked for the lint.
    Told,
    /// They are left out.
    Left,
}

/// What a finding is about beside its places: the evidence there is what it costs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Id of the item.
    pub item: Option<String>,
    /// Ids of modules that it is about as a whole.
    pub whole: Vec<String>,
}

/// Findings of a lint at this level, those of one key together.
pub fn findings(
    lint: &Lint,
    level: Level,
    ground: &Ground<'_>,
    guesswork: Guesswork,
) -> Vec<(Finding, Reach)> {
    if level == Level::Allow || !lint.applies(&ground.scene) {
        return Vec::new();
    }
    let (census, roles) = (ground.scene.census, ground.scene.roles);
    // Most workspaces are tools or libraries, and say of no module what part it plays.
    let is_told = |module: ModuleNo| {
        roles.is_served(census.module(module).package) || !is_inferred(lint, roles, module)
    };
    if guesswork == Guesswork::Left && !census.module_nos().any(is_told) {
        return Vec::new();
    }
    let scoring = ground.scene.parameters.section("scoring");
    let mut by_key: BTreeMap<String, (Finding, Option<ItemNo>, Vec<String>)> = BTreeMap::new();
    for found in (lint.find)(ground) {
        let package = census.module(found.module).package;
        let served = roles.is_served(package);
        if is_exempt(lint, roles.kind(package), served) {
            continue;
        }
        if guesswork == Guesswork::Left && !is_told(found.module) {
            continue;
        }
        let from = census.module_id(found.module);
        let name = key(lint.name, &from, &found.to, &found.about);
        let sites = found.places.iter().map(|place| census.site(*place)).chain(found.sites);
        if let Some((known, ..)) = by_key.get_mut(&name) {
            known.sites.extend(sites);
            continue;
        }
        let at_most = found.at_most.min(trust(lint, roles, found.module, served, scoring));
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
            cost: 0,
            because: Some(lint.because.to_owned()),
            instead: Some(found.instead),
        };
        by_key.insert(name, (finding, found.item, found.whole));
    }
    let mut findings = Vec::with_capacity(by_key.len());
    let losses = if by_key.is_empty() { Vec::new() } else { losses(lint, ground) };
    for (mut finding, item, whole) in by_key.into_values() {
        finding.sites.sort();
        finding.sites.dedup();
        let reach = Reach { item: item.map(|item| census.id(item)), whole };
        let costs = costs(&losses, &finding, &reach);
        if !costs.is_empty() {
            finding.because = Some(format!("{}; costs {}", lint.because, told(&costs)));
            finding.cost = costs.iter().map(|(_, points)| (points * 10.0).round() as u32).sum();
        }
        findings.push((finding, reach));
    }
    findings
}

/// Whether a lint goes by the part that a module plays, and that was only inferred.
fn is_inferred(lint: &Lint, roles: &Roles, module: ModuleNo) -> bool {
    let by_role = matches!(lint.construct, "purity" | "dip" | "svc" | "repo");
    by_role && !roles.played(module).tags.contains(&Tag::Declared)
}

/// How much a finding may weigh for what is known of its module's part. What was only inferred fails no
/// run, and of tools and libraries it is worth a note.
fn trust(lint: &Lint, roles: &Roles, module: ModuleNo, served: bool, scoring: &Constants) -> Level {
    let played = roles.played(module);
    if !is_inferred(lint, roles, module) {
        return if played.confidence < scoring.number("deny_confidence") { Level::Warn } else { Level::Deny };
    }
    // Hardly more than a guess.
    if served && played.confidence >= scoring.number("warn_confidence") { Level::Warn } else { Level::Note }
}

/// A library that wraps a technology is not judged by how it touches it, unless a service here is made
/// with it.
fn is_exempt(lint: &Lint, kind: PackageKind, served: bool) -> bool {
    let core = matches!(lint.construct, "purity" | "dip" | "repo" | "svc" | "agg" | "cqrs" | "lang" | "inv");
    match kind {
        PackageKind::ProcMacro => core,
        PackageKind::AdapterLibrary => core && !served,
        _ => false,
    }
}

/// Evidence, to be found by item and by line.
pub struct Lost<'a> {
    evidence: &'a [Evidence],
    by_item: FxHashMap<&'a str, Vec<u32>>,
    by_line: FxHashMap<(&'a str, u32), Vec<u32>>,
}

impl<'a> Lost<'a> {
    /// That of one indicator.
    pub fn of(evidence: &'a [Evidence]) -> Self {
        let (mut by_item, mut by_line) = (FxHashMap::default(), FxHashMap::default());
        for (at, one) in (0..).zip(evidence) {
            by_item.entry(&*one.item).or_insert_with(Vec::new).push(at);
            by_line.entry((&*one.site.file, one.site.line)).or_insert_with(Vec::new).push(at);
        }
        Self { evidence, by_item, by_line }
    }

    /// The places in the list of what is lost over an item, at a line of a finding, or anywhere in the modules
    /// that it is about; sorted.
    pub fn at(&self, finding: &Finding, reach: &Reach) -> Vec<u32> {
        let lines = finding.sites.iter().filter_map(|site| self.by_line.get(&(&*site.file, site.line)));
        let is_within = |id: &str| {
            let mut whole = reach.whole.iter();
            whole.any(|module| id.strip_prefix(&**module).is_some_and(|rest| rest.starts_with("::")))
        };
        let within = (0..).zip(self.evidence).filter(|(_, one)| is_within(&one.item)).map(|(at, _)| at);
        let of_item = reach.item.as_deref().and_then(|item| self.by_item.get(item));
        let mut at: Vec<u32> = of_item.into_iter().chain(lines).flatten().copied().chain(within).collect();
        at.sort_unstable();
        at.dedup();
        at
    }

    /// What is lost at these places of the list.
    pub fn points(&self, at: &[u32]) -> f64 {
        at.iter().map(|at| self.evidence[*at as usize].loss).sum()
    }
}

/// What an indicator loses.
struct Losses<'a> {
    id: &'static str,
    construct: String,
    /// Points of the construct for each point of the indicator.
    share: f64,
    lost: Lost<'a>,
}

/// What the indicators lose that a lint is about.
fn losses<'a>(lint: &Lint, ground: &Ground<'a>) -> Vec<Losses<'a>> {
    let parameters: &Parameters = ground.scene.parameters;
    let one = |id: &&'static str| {
        let spec = parameters.indicator(id)?;
        // What is not needed here is not scored, and so costs nothing.
        ground.scene.needs.of.get(spec.construct).filter(|need| need.applies())?;
        let measured = ground.measured.iter().find(|one| one.indicator == **id)?;
        let weights: f64 = parameters
            .indicators_of(spec.construct)
            .filter(|one| applies(ground.measured, &one.id))
            .map(|one| one.weight)
            .sum();
        Some(Losses {
            id,
            construct: parameters.constructs[spec.construct].name.to_lowercase(),
            share: if weights > 0.0 { spec.weight / weights } else { 0.0 },
            lost: Lost::of(&measured.evidence),
        })
    };
    lint.costs.iter().filter_map(one).collect()
}

/// What a finding takes from constructs, in points: the losses of the evidence at its places.
fn costs<'a>(losses: &'a [Losses<'a>], finding: &Finding, reach: &Reach) -> Vec<(&'a Losses<'a>, f64)> {
    let over = |losses: &Losses<'_>| losses.lost.points(&losses.lost.at(finding, reach));
    let points = losses.iter().map(|losses| (losses, losses.share * over(losses)));
    points.filter(|(_, points)| *points >= 0.05).collect()
}

/// `0.2 points of testability (`tst.deterministic`)`, and what else it costs.
fn told(costs: &[(&Losses<'_>, f64)]) -> String {
    let told: Vec<String> = costs
        .iter()
        .map(|(losses, points)| {
            format!("{} points of {} (`{}`)", tenth(*points), losses.construct, losses.id)
        })
        .collect();
    told.join(", ")
}

fn applies(measured: &[Measurement], id: &str) -> bool {
    measured.iter().any(|one| one.indicator == id && one.applicable())
}
