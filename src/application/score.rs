//! The causal model of a workspace: what it is made of, what it needs, and how it scores.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::application::analyse::Analysis;
use crate::application::ports::Codebase;
use crate::domain::at_once::{AtOnce, Task, both, each, one_by_one};
use crate::domain::census::build::census;
use crate::domain::census::{Census, ItemNo, PackageNo, Use};
use crate::domain::checks::{Check, checks};
use crate::domain::contracts::cast::declared;
use crate::domain::finding::{Finding, Level};
use crate::domain::graph::{EdgeKind, Graph, Place};
use crate::domain::indicators::list::{measure, measure_one};
use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::lints::Ground;
use crate::domain::lints::found::{Guesswork, Reach, findings};
use crate::domain::lints::list::BOOK;
use crate::domain::model::Model;
use crate::domain::model::plan::{Plan, Standing, plan};
use crate::domain::model::score::score as model_of;
use crate::domain::need::facts::Facts;
use crate::domain::need::gather::{Places, Source, facts, places};
use crate::domain::need::{Needs, needs};

use crate::domain::patterns::find::{find, groundwork};
use crate::domain::patterns::{Layer, Wire};
use crate::domain::policy::Policy;
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::model::{Parameters, Sign};
use crate::domain::policy::overrides::last;
use crate::domain::policy::role::Role;
use crate::domain::policy::rules::RuleKind;
use crate::domain::report::honoured::{Cost, honour};
use crate::domain::roles::Roles;
use crate::domain::roles::roles;
use crate::domain::source::workspace::TargetKind;

/// The lint on circles of components.
const CYCLE: &str = "component-cycle";

/// A workspace, scored.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// What to call it.
    pub workspace: String,
    /// The model as configured.
    pub parameters: Arc<Parameters>,
    /// The numbers that need is computed from.
    pub facts: Facts,
    /// What is needed here.
    pub needs: Needs,
    /// Every construct.
    pub model: Model,
    /// The ten steps.
    pub plan: Plan,
    /// Tests by layer.
    pub tests: Tests,
    /// Places silenced in the code that cost nothing here, where the configuration has it so.
    pub honoured: u32,
    /// What was observed of the outcomes.
    pub checks: Vec<Check>,
    /// How many modules of production code play each part; under none those of which it is unknown.
    pub parts: BTreeMap<Option<Role>, u32>,
    /// What the lints of the book found, silenced or not.
    pub findings: Vec<Finding>,
    /// What each of these is about beside its places, by its key.
    pub reaches: BTreeMap<String, Reach>,
}

/// Tests by layer, as people count them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tests {
    /// Need nothing of the world.
    pub unit: u32,
    /// Need a store, files or the network.
    pub integration: u32,
    /// Need the running program.
    pub end_to_end: u32,
}

/// Scores what was read.
pub fn score(analysis: &Analysis, policy: &Policy, codebase: &dyn Codebase) -> Scored {
    let parameters = &policy.model;
    let at_once = |tasks: Vec<Task<'_>>| codebase.at_once(tasks);
    let census = census(
        &analysis.workspace,
        &analysis.graph,
        &analysis.origins,
        &policy.catalogue,
        policy.model.section("facts"),
        &at_once,
    );
    let (roles, groundwork) = both(
        &at_once,
        || roles(&census, &policy.catalogue, parameters, &declared(&analysis.graph, policy)),
        || groundwork(&census, &policy.catalogue, &at_once),
    );
    let patterns = find(&census, groundwork, &roles, &policy.catalogue, parameters, &at_once);
    let catalogue = &policy.catalogue;
    let source = Source { census: &census, roles: &roles, patterns: &patterns, catalogue, parameters };
    let facts = facts(&source);
    let needs = needs(&facts, parameters);
    let scene = Scene {
        census: &census,
        roles: &roles,
        patterns: &patterns,
        facts: &facts,
        needs: &needs,
        catalogue,
        parameters,
        timings: analysis.timings.as_deref(),
    };
    let specs = parameters.indicators.iter().collect();
    let measured = each(&at_once, specs, |spec| measure_one(&scene, spec));
    let mut measured: Vec<Measurement> = measured.into_iter().flatten().collect();
    let beside = || (checks(&scene, &analysis.past), tests(&scene), domain_unit_tests(&scene));
    let lints = || lint(&scene, &measured, policy, &at_once);
    let (found, (checks, tests, domain_unit_tests)) = both(&at_once, lints, beside);
    let mut reaches = BTreeMap::new();
    let mut findings = Vec::with_capacity(found.len());
    for (finding, reach) in found {
        reaches.insert(finding.key.clone(), reach);
        findings.push(finding);
    }
    let honoured = match parameters.section("scoring").flag("honour_allow") {
        true => honour(&mut measured, &findings, &analysis.remarks, |rule| costs(parameters, rule)),
        false => 0,
    };
    let model = model_of(parameters, &needs, measured);
    let standing = Standing { denied: denied(&findings), domain_unit_tests };
    let plan = plan(parameters, &model, &standing);
    let workspace = analysis.workspace.title().to_owned();
    let parts = parts(&roles);
    let parameters = Arc::clone(parameters);
    Scored {
        workspace,
        parameters,
        facts,
        needs,
        model,
        plan,
        tests,
        honoured,
        checks,
        parts,
        findings,
        reaches,
    }
}

/// How many modules play each part, less those of tests.
fn parts(roles: &Roles) -> BTreeMap<Option<Role>, u32> {
    let mut parts = BTreeMap::new();
    for played in roles.modules.iter().filter(|played| played.role != Some(Role::Test)) {
        *parts.entry(played.role).or_default() += 1;
    }
    parts
}

/// What the indicators say of the same code with another graph: needs, facts and roles stay.
pub fn remeasure(analysis: &Analysis, graph: &Graph, policy: &Policy) -> Vec<Measurement> {
    recognised(analysis, policy, |source| {
        let Source { roles, catalogue, parameters, .. } = *source;
        let facts = facts(source);
        let needs = needs(&facts, parameters);
        let census: Census<'_> = census(
            &analysis.workspace,
            graph,
            &analysis.origins,
            catalogue,
            parameters.section("facts"),
            &one_by_one,
        );
        let groundwork = groundwork(&census, catalogue, &one_by_one);
        let patterns = find(&census, groundwork, roles, catalogue, parameters, &one_by_one);
        measure(&Scene {
            census: &census,
            roles,
            patterns: &patterns,
            facts: &facts,
            needs: &needs,
            catalogue,
            parameters,
            timings: analysis.timings.as_deref(),
        })
    })
}

/// The places that needs are counted from.
pub fn counted(analysis: &Analysis, policy: &Policy) -> Places {
    recognised(analysis, policy, places)
}

/// Asks something of what is recognised in the code.
fn recognised<T>(analysis: &Analysis, policy: &Policy, ask: impl FnOnce(&Source<'_>) -> T) -> T {
    let (catalogue, parameters) = (&policy.catalogue, &policy.model);
    let census = census(
        &analysis.workspace,
        &analysis.graph,
        &analysis.origins,
        catalogue,
        parameters.section("facts"),
        &one_by_one,
    );
    let roles = roles(&census, catalogue, parameters, &declared(&analysis.graph, policy));
    let groundwork = groundwork(&census, catalogue, &one_by_one);
    let patterns = find(&census, groundwork, &roles, catalogue, parameters, &one_by_one);
    ask(&Source { census: &census, roles: &roles, patterns: &patterns, catalogue, parameters })
}

/// Indicators that a finding of a lint costs.
fn costs<'p>(parameters: &'p Parameters, rule: &str) -> Vec<Cost<'p>> {
    let lint = BOOK.iter().find(|lint| lint.name == rule);
    let costs = lint.map_or(&[][..], |lint| lint.costs);
    let found = parameters.indicators.iter().filter(|spec| costs.contains(&spec.id.as_str()));
    found
        .map(|spec| Cost {
            indicator: &spec.id,
            is_bad_high: parameters.constructs[spec.construct].polarity == Sign::Minus,
        })
        .collect()
}

/// What the lints of the book find, at the levels configured.
fn lint(
    scene: &Scene<'_>,
    measured: &[Measurement],
    policy: &Policy,
    at_once: AtOnce<'_>,
) -> Vec<(Finding, Reach)> {
    let ground = Ground { scene: *scene, measured };
    let level = |name: &str| {
        let level = policy.lint_level(name);
        // Most healthy workspaces have a circle: where nobody has asked, it is no reason to fail.
        let asked = policy.lints.iter().any(|lint| lint.name == name);
        let own = policy.rules.iter().any(|rule| matches!(rule.kind, RuleKind::Acyclic { .. }));
        match (name == CYCLE && !asked, policy.has_contracts()) {
            // Whoever has a rule of his own on circles has said which of them matter.
            (true, _) if own => Level::Allow,
            (true, false) => level.min(Level::Warn),
            _ => level,
        }
    };
    let guesswork = |name: &str| match last(&policy.overrides, name).is_some()
        || policy.lints.iter().any(|lint| lint.name == name)
    {
        true => Guesswork::Told,
        false => Guesswork::Left,
    };
    let found = each(at_once, BOOK.iter().collect(), |lint| {
        findings(lint, level(lint.name), &ground, guesswork(lint.name))
    });
    found.into_iter().flatten().collect()
}

/// Constructs against which a finding at level deny stands.
fn denied(found: &[Finding]) -> Vec<String> {
    let deny = |name: &str| found.iter().any(|finding| finding.rule == name && finding.level == Level::Deny);
    let mut denied: Vec<String> =
        BOOK.iter().filter(|lint| deny(lint.name)).map(|lint| lint.construct.to_owned()).collect();
    denied.sort();
    denied.dedup();
    denied
}

/// Tests by layer, as people count them in the text: one for each function, however many rows it has or
/// copies a macro makes of it, and whether or not it can fail; one for each `test_case`. What stands in
/// the folder `tests` of a library tries it as its users would, whatever it touches; and what hands
/// requests over in its own process does not go through the program.
fn tests(scene: &Scene<'_>) -> Tests {
    let census = scene.census;
    let libraries: FxHashSet<PackageNo> = census
        .module_nos()
        .map(|module| census.module(module))
        .filter(|module| census.graph.crates[module.krate.0 as usize].kind == TargetKind::Lib)
        .map(|module| module.package)
        .collect();
    let is_library = |package: PackageNo| {
        let kind = scene.roles.kind(package);
        matches!(kind, PackageKind::Library | PackageKind::AdapterLibrary) || libraries.contains(&package)
    };
    let layer = |item: ItemNo, layer: Layer, wire: Wire| {
        let module = census.module(census.item(item).module);
        let beside = census.graph.crates[module.krate.0 as usize].kind == TargetKind::Test;
        match layer {
            Layer::Unit if beside && is_library(module.package) => Layer::Integration,
            Layer::EndToEnd if wire == Wire::None => Layer::Integration,
            layer => layer,
        }
    };
    let rows = scene.parameters.section("pyr").words("counted_rows");
    let is_row = |used: &Use| {
        used.kind == EdgeKind::Attribute && rows.iter().any(|row| row == census.target_word(used.to))
    };
    let mut counted = Tests::default();
    let mut seen: FxHashSet<Place> = FxHashSet::default();
    let able = scene.patterns.tests.iter().map(|test| (test.item, test.layer, test.wire));
    let unable = scene.patterns.toothless.iter().map(|item| (*item, Layer::Unit, Wire::None));
    for (item, own, wire) in able.chain(unable) {
        if !seen.insert(census.item(item).place) {
            continue;
        }
        let written = census.uses(item).iter().filter(|used| is_row(used)).count().max(1) as u32;
        *match layer(item, own, wire) {
            Layer::Unit => &mut counted.unit,
            Layer::Integration => &mut counted.integration,
            Layer::EndToEnd => &mut counted.end_to_end,
        } += written;
    }
    counted
}

/// Unit tests that name an item of the domain.
fn domain_unit_tests(scene: &Scene<'_>) -> u32 {
    let (census, roles): (&Census<'_>, &Roles) = (scene.census, scene.roles);
    let is_domain = |item| census.is_production(item) && roles.of(census, item) == Some(Role::Domain);
    let tests = scene.patterns.tests.iter().filter(|test| test.layer == Layer::Unit);
    tests.filter(|test| test.reaches().any(is_domain)).count() as u32
}
