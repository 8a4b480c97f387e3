//! A configuration for a codebase that has none: rules that fit it, and what breaks them accepted.

use std::collections::{BTreeMap, BTreeSet};

use crate::application::analyse::Analysis;
use crate::application::casting::cast;
use crate::application::judge::problem;
use crate::application::judged::{Judged, Layers};
use crate::domain::contracts::LAYERS;
use crate::domain::contracts::proposal::{Proposal, Style, propose};
use crate::domain::finding::{Finding, Level, Site, State};
use crate::domain::graph::lift::modules;
use crate::domain::policy::Policy;
use crate::domain::policy::baseline::{Accepted, Baseline};
use crate::domain::policy::place::ConfigProblem;
use crate::domain::policy::role::Role;
use crate::domain::report::baseline::accepting;
use crate::domain::report::{Problem, Report};
use crate::domain::roles::Played;

/// Name of the rule against circles.
pub const NO_CIRCLES: &str = "no circles";
/// Name of the rule about parts that do not meet.
pub const SLICES_APART: &str = "slices stand alone";

/// What a codebase starts with.
#[derive(Clone, Debug)]
pub struct Start {
    /// The rules.
    pub proposal: Proposal,
    /// How well each is kept, in the order of the file.
    pub tallies: Vec<Tally>,
    /// The configuration.
    pub text: String,
    /// What breaks the rules today.
    pub baseline: Baseline,
    /// The report with that accepted.
    pub report: Report,
    /// Modules of each layer, outermost first.
    pub layers: Vec<(String, u32)>,
    /// What is worth resolving first.
    pub next: Vec<Next>,
}

/// How well one rule is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Its name.
    pub rule: String,
    /// Dependencies that keep it; of slices the ordered pairs that do not meet.
    pub kept: u32,
    /// Those that break it, as `from -> to`, sorted.
    pub exceptions: Vec<String>,
}

/// Something worth resolving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// What is accepted: lower case, no full stop.
    pub what: String,
    /// In how many places it is written.
    pub places: u32,
    /// The first of them.
    pub site: Site,
}

/// How a proposal becomes text, text a policy, and a policy a report.
#[derive(Clone, Copy)]
pub struct Steps<'a> {
    /// The text of a configuration, with how well each rule is kept.
    pub write: &'a dyn Fn(&Proposal, &[Tally]) -> String,
    /// Reads it.
    pub read: &'a dyn Fn(&str) -> Result<Policy, Vec<ConfigProblem>>,
    /// Judges the codebase.
    pub judge: &'a dyn Fn(&Policy) -> (Judged, Report),
}

/// Times that what is found is accepted and judged again: accepted circles may leave others.
const ROUNDS: u32 = 4;

/// Rules for a codebase, in the style asked for or its own.
///
/// # Errors
/// When there is nothing to put in order.
pub fn start(analysis: &Analysis, style: Option<Style>, steps: Steps<'_>) -> Result<Start, Vec<Problem>> {
    let empty = (steps.read)("").map_err(told)?;
    let casting = cast(analysis, &empty);
    let part = |played: &Option<Played>| played.as_ref().and_then(|one| Some((one.role?, one.confidence)));
    let parts: Vec<Option<(Role, f64)>> = casting.of.iter().map(part).collect();
    let Some(proposal) = propose(&analysis.graph, &empty, &parts, style) else {
        let help = "run it where there is a library or a program";
        return Err(vec![Problem::usage("there is no module to put into a layer", help)]);
    };
    let mut policy = (steps.read)(&(steps.write)(&proposal, &[])).map_err(told)?;
    let because = "stood when the rules were written".to_owned();
    let terms = Accepted { because: Some(because), ..Accepted::default() };
    let mut rounds = 0;
    let (judged, report) = loop {
        let (judged, report) = (steps.judge)(&policy);
        if !report.problems.is_empty() {
            return Err(report.problems);
        }
        let fails = |finding: &&Finding| finding.state == State::New && finding.level == Level::Deny;
        let failing: Vec<Finding> = report.findings.iter().filter(fails).cloned().collect();
        rounds += 1;
        if failing.is_empty() || rounds > ROUNDS {
            break (judged, report);
        }
        policy.baseline = accepting(&policy.baseline, failing.iter(), &terms).0;
    };
    // By now each accepted step of a circle is a finding of its own, with its own places.
    let accepted = |finding: &&Finding| finding.state == State::Baselined;
    let frozen: Vec<Finding> = report.findings.iter().filter(accepted).cloned().collect();
    let tallies = tally(analysis, &proposal, &judged.layers, &frozen);
    let text = (steps.write)(&proposal, &tallies);
    Ok(Start {
        layers: report.layers.iter().map(|layer| (layer.name.clone(), layer.modules)).collect(),
        next: next(&judged, analysis, &frozen, &report),
        baseline: policy.baseline,
        proposal,
        tallies,
        text,
        report,
    })
}

fn told(faults: Vec<ConfigProblem>) -> Vec<Problem> {
    faults.into_iter().map(problem).collect()
}

/// How well each rule is kept.
fn tally(analysis: &Analysis, proposal: &Proposal, layers: &Layers, frozen: &[Finding]) -> Vec<Tally> {
    let graph = &analysis.graph;
    let lifted = modules(graph);
    let inside = lifted.edges.iter().filter(|edge| !edge.test && graph.is_module(edge.to));
    let (mut across, mut all) = (0, 0);
    for edge in inside {
        let layer = |id| layers.member(graph, id).map(|member| member.layer);
        let pair = layer(edge.from).zip(layer(edge.to));
        across += u32::from(pair.is_some_and(|(from, to)| from != to));
        all += 1;
    }
    let broken = |rule: &str| -> Vec<String> {
        let mut pairs = BTreeSet::new();
        for finding in frozen.iter().filter(|finding| finding.rule == rule) {
            match finding.cut.is_empty() {
                true => pairs.extend([(finding.from.clone(), finding.to.clone())]),
                false => pairs.extend(finding.cut.iter().cloned()),
            }
        }
        pairs.into_iter().map(|(from, to)| format!("{from} -> {to}")).collect()
    };
    let tally = |rule: &str, total: u32| {
        let exceptions = broken(rule);
        Tally { rule: rule.to_owned(), kept: total.saturating_sub(exceptions.len() as u32), exceptions }
    };
    let mut tallies = vec![tally(LAYERS, across), tally(NO_CIRCLES, all)];
    if let Some(slices) = &proposal.slices {
        let pairs = slices.names.len() * (slices.names.len() - 1);
        let meeting: BTreeSet<(Option<String>, Option<String>)> = frozen
            .iter()
            .filter(|finding| finding.rule == SLICES_APART)
            .map(|finding| (slice_of(proposal, &finding.from), slice_of(proposal, &finding.to)))
            .collect();
        let kept = (pairs - meeting.len().min(pairs)) as u32;
        tallies.push(Tally { kept, ..tally(SLICES_APART, 0) });
    }
    for technology in &proposal.technology {
        let exceptions = broken(&technology.rule());
        tallies.push(Tally { rule: technology.rule(), kept: technology.places, exceptions });
    }
    tallies
}

/// The part of the slices that a module belongs to.
fn slice_of(proposal: &Proposal, module: &str) -> Option<String> {
    let slices = proposal.slices.as_ref()?;
    let rest = module.strip_prefix(&slices.parent)?.strip_prefix("::")?;
    let name = rest.split("::").next()?;
    slices.names.iter().find(|known| *known == name).cloned()
}

/// Whether a dependency leads from an outer layer to an inner one.
fn is_inward(judged: &Judged, analysis: &Analysis, from: &str, to: &str) -> bool {
    let graph = &analysis.graph;
    let layer = |id: &str| {
        graph.find(id).and_then(|node| judged.layers.member(graph, node)).map(|member| member.layer)
    };
    judged.layers.is_against(layer(to), layer(from))
}

/// How many things to do are named.
const NEXT: usize = 3;

/// What is worth resolving first: of what is accepted that which takes the fewest places to be rid of
/// a whole pair of layers or a step of a circle; then what warns.
fn next(judged: &Judged, analysis: &Analysis, frozen: &[Finding], report: &Report) -> Vec<Next> {
    let graph = &analysis.graph;
    let layer = |id: &str| graph.find(id).and_then(|node| judged.layers.name(graph, node)).map(str::to_owned);
    let mut groups: BTreeMap<String, (u32, Site)> = BTreeMap::new();
    for finding in frozen {
        let what = match (finding.rule.as_str(), finding.cut.first()) {
            (LAYERS, _) => match layer(&finding.from).zip(layer(&finding.to)) {
                Some((from, to)) => format!("layer `{from}` depends on `{to}`"),
                None => continue,
            },
            // A step inwards is as it should be: another one of the circle is at fault, and is told.
            (_, Some((from, to))) if is_inward(judged, analysis, from, to) => continue,
            (_, Some((from, to))) => format!("`{from}` depends on `{to}`, which closes a circle"),
            (rule, None) => format!("`{}` breaks `{rule}`", finding.from),
        };
        let site = finding.sites.first().cloned().unwrap_or_default();
        let known = groups.entry(what).or_insert((0, site.clone()));
        known.0 += finding.sites.len() as u32;
        known.1 = known.1.clone().min(site);
    }
    let mut next: Vec<Next> =
        groups.into_iter().map(|(what, (places, site))| Next { what, places, site }).collect();
    next.sort_by(|a, b| (a.places, &a.what).cmp(&(b.places, &b.what)));
    let warned =
        report.findings.iter().filter(|finding| finding.state == State::New && finding.level == Level::Warn);
    next.extend(warned.map(|finding| Next {
        what: finding.message.clone(),
        places: finding.sites.len() as u32,
        site: finding.sites.first().cloned().unwrap_or_default(),
    }));
    next.truncate(NEXT);
    next
}
