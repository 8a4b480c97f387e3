//! What manifests declare, held against what code names.
//!
//! A dependency counts as used where a path starts with its name, whatever it leads to. Where that
//! proves little (it is optional, switched by a feature, there for its features, or code was not
//! seen), the finding is a note and says so.

mod usage;

pub use crate::domain::contracts::manifest::usage::{NamedBy, Silence, name_in_code, silences};

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::contracts::key::key;
use crate::domain::contracts::manifest::usage::{Usage, is_alike};
use crate::domain::finding::{Coverage, Finding, Site, State};
use crate::domain::graph::named::Named;
use crate::domain::graph::{Edge, Graph, NodeId, Place};
use crate::domain::policy::Policy;
use crate::domain::policy::level::Level;
use crate::domain::policy::lints::{
    BORROWED_DEPENDENCY, DEV_DEPENDENCY_IN_PRODUCTION, TEST_ONLY_DEPENDENCY, UNDECLARED_CRATE,
    UNUSED_DEPENDENCY,
};
use crate::domain::resolve::prelude::SYSROOT;
use crate::domain::source::workspace::{
    Dependency, DependencyKind, Package, Standing, Target, TargetKind, Workspace,
};

/// Where the text of a package writes a name that no path was seen to start with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Written {
    /// Nowhere.
    #[default]
    Nowhere,
    /// In documentation, whose examples are compiled as tests, or in files that no module declares.
    InDocs,
    /// In code: it may be meant.
    InCode,
}

/// What is held together.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// What is declared.
    pub workspace: &'a Workspace,
    /// Who depends on whom.
    pub graph: &'a Graph,
    /// What is named.
    pub named: &'a [Named],
    /// What was not seen.
    pub coverage: &'a Coverage,
    /// What no path names, with what the text says of it.
    pub silences: &'a [(Silence, Written)],
    /// Packages, by index, of which code is generated when they are built.
    pub generated: &'a BTreeSet<usize>,
}

/// How sure a finding is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sureness {
    Sure,
    Doubtful,
}

/// Holds every manifest against the code of its package.
pub fn check(evidence: &Evidence<'_>, policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    let outside = OnceCell::new();
    for at in 0..evidence.workspace.packages.len() {
        let one = One::of(evidence, policy, at, &outside);
        one.silent(&mut findings);
        one.named_in_production(&mut findings);
        one.undeclared(&mut findings);
        one.borrowed(&mut findings);
    }
    findings
}

/// Which of the silences the texts of their packages have a say in: of the others nothing is told, or
/// it is told whatever stands there. What `evidence` holds of texts does not matter.
pub fn asks_text(evidence: &Evidence<'_>, policy: &Policy, silences: &[Silence]) -> Vec<bool> {
    let doubts_told = policy.doubtful_level(UNUSED_DEPENDENCY) > Level::Allow;
    let told = doubts_told || policy.lint_level(UNUSED_DEPENDENCY) > Level::Allow;
    let generated_told = policy.doubtful_level(TEST_ONLY_DEPENDENCY) > Level::Allow;
    let outside = OnceCell::new();
    let asks = |silence: &Silence| match silence.named_by {
        NamedBy::Tests => generated_told,
        NamedBy::Nobody if !told || doubts_told => told,
        NamedBy::Nobody => {
            let one = One::of(evidence, policy, silence.package, &outside);
            one.doubts(&one.package.dependencies[silence.dependency]).is_empty()
        }
    };
    silences.iter().map(asks).collect()
}

/// One package.
struct One<'a> {
    evidence: &'a Evidence<'a>,
    policy: &'a Policy,
    package: &'a Package,
    number: usize,
    usage: Usage<'a>,
    /// What leads out of the workspace, from any package.
    outside: &'a OnceCell<Outside<'a>>,
    /// What [`One::reached`] found.
    reached: OnceCell<Reached<'a>>,
}

/// What leads out of the workspace.
struct Outside<'a> {
    /// Dependencies of products, by package.
    edges: BTreeMap<&'a str, Vec<&'a Edge>>,
    /// Places where a path enters a crate of the workspace and leads beyond it, with its package.
    entered: BTreeMap<Place, &'a str>,
}

/// External crates with a place each, and the package of the workspace that the path goes through.
type Reached<'a> = BTreeMap<&'a str, (Place, Option<&'a str>)>;

impl<'a> One<'a> {
    fn of(
        evidence: &'a Evidence<'a>,
        policy: &'a Policy,
        number: usize,
        outside: &'a OnceCell<Outside<'a>>,
    ) -> Self {
        let package = &evidence.workspace.packages[number];
        let usage = Usage::of(package, evidence.graph, evidence.named);
        Self { evidence, policy, package, number, usage, outside, reached: OnceCell::new() }
    }

    /// What is declared and not named, or only by tests.
    fn silent(&self, findings: &mut Vec<Finding>) {
        for (silence, written) in self.evidence.silences.iter().filter(|(one, _)| one.package == self.number)
        {
            let dependency = &self.package.dependencies[silence.dependency];
            match (silence.named_by, written) {
                (_, Written::InCode) => {}
                (NamedBy::Nobody, Written::InDocs) if dependency.kind == DependencyKind::Dev => {}
                (NamedBy::Nobody, _) => findings.extend(self.unused(dependency, *written)),
                _ => findings.extend(self.test_only(dependency)),
            }
        }
    }

    fn unused(&self, dependency: &Dependency, written: Written) -> Option<Finding> {
        let name = name_in_code(self.evidence.workspace, dependency);
        if self.names_unknown(|unknown| is_alike(unknown, &dependency.package)) {
            return None;
        }
        let mut doubts = self.doubts(dependency);
        if written == Written::InDocs {
            doubts.push("documentation does".to_owned());
        }
        // Another doubt makes it no surer.
        self.level(UNUSED_DEPENDENCY, sureness(&doubts))?;
        if let Some(through) = self.facade_of(dependency) {
            doubts.push(format!("`{through}` re-exports what is used of it"));
        }
        let message = format!(
            "`{}` is declared in `[{}]`, but `{}` never names `{name}`{}",
            dependency.package,
            dependency.kind.table(),
            self.package.name,
            told(&doubts),
        );
        let sureness = sureness(&doubts);
        let help = "remove it, and see that every target still builds with all features";
        self.finding(UNUSED_DEPENDENCY, sureness, dependency, message, help)
    }

    fn test_only(&self, dependency: &Dependency) -> Option<Finding> {
        if dependency.optional || dependency.kind != DependencyKind::Normal {
            return None;
        }
        let mut doubts = self.doubts(dependency);
        doubts.retain(|doubt| !doubt.starts_with("it asks"));
        let message = format!(
            "`{}` is declared in `[dependencies]`, but only tests, benchmarks and examples of `{}` name it{}",
            dependency.package,
            self.package.name,
            told(&doubts),
        );
        let help = "declare it in `[dev-dependencies]`";
        self.finding(TEST_ONLY_DEPENDENCY, Sureness::Doubtful, dependency, message, help)
    }

    /// Why a dependency may be needed though nothing names it.
    fn doubts(&self, dependency: &Dependency) -> Vec<String> {
        let mut doubts = Vec::new();
        if dependency.optional {
            doubts.push("it is optional".to_owned());
        }
        if let Some(target) = &dependency.target {
            doubts.push(format!("it is only for `{target}`"));
        }
        if let Some(feature) = dependency.enabled_by.first() {
            doubts.push(format!("feature `{feature}` turns it or a part of it on"));
        } else if !dependency.asks.is_empty() {
            let asked: Vec<String> = dependency.asks.iter().take(3).map(|one| format!("`{one}`")).collect();
            doubts.push(format!("it asks for {}, which may be all it is for", asked.join(", ")));
        }
        if dependency.package.ends_with("-sys") || dependency.package.ends_with("_sys") {
            doubts.push("it may only link a library".to_owned());
        }
        if self.evidence.generated.contains(&self.number) {
            doubts.push("code that is generated may name it".to_owned());
        }
        if self.is_broken() {
            doubts.push("parts of the package could not be read".to_owned());
        }
        if self.names_unknown(|_| true) && dependency.member.is_none() {
            doubts.push("its library may have another name".to_owned());
        }
        doubts
    }

    /// Whether the package names a crate that it does not declare, and that is like this.
    fn names_unknown(&self, like: impl Fn(&str) -> bool) -> bool {
        let unknown = [Standing::Undeclared, Standing::Doubtful];
        self.usage.named.iter().any(|one| unknown.contains(&one.standing) && like(&one.name))
    }

    fn is_broken(&self) -> bool {
        let folder = &self.package.folder;
        let inside = |file: &str| {
            folder.is_empty() || file.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        let coverage = self.evidence.coverage;
        coverage.lost.iter().chain(&coverage.missing).any(|lost| inside(&lost.site.file))
    }

    /// The crate of the workspace through which code reaches a dependency.
    fn facade_of(&self, dependency: &Dependency) -> Option<&str> {
        let library = library_of(dependency);
        let reached = self.reached();
        let (_, through) = reached.get(library.as_str())?;
        *through
    }

    /// External crates that production code of the package reaches.
    fn reached(&self) -> &Reached<'a> {
        self.reached.get_or_init(|| self.find_reached())
    }

    fn find_reached(&self) -> Reached<'a> {
        let graph = self.evidence.graph;
        let Outside { edges, entered } = self.outside.get_or_init(|| self.find_outside());
        let mut reached = Reached::new();
        for edge in edges.get(self.package.name.as_str()).into_iter().flatten() {
            let Some(place) = graph.sites(edge).first() else { continue };
            let via = edge.via.and_then(|via| graph.node(via).krate);
            let via = via.map(|via| &graph.crates[via.0 as usize]);
            let through = via.filter(|via| via.package != self.package.name).map(|via| via.package.as_str());
            let other = |package: &&str| *package != self.package.name;
            let through = through.or_else(|| entered.get(place).copied().filter(other));
            let root = root_of(graph, edge.to);
            let known = reached.entry(root).or_insert((*place, through));
            if known.1.is_none() {
                known.1 = through;
            }
        }
        reached.retain(|root, _| self.member_named(root).is_none());
        reached
    }

    fn find_outside(&self) -> Outside<'a> {
        let graph = self.evidence.graph;
        let mut members: BTreeMap<NodeId, &str> = BTreeMap::new();
        for id in graph.node_ids().filter(|id| graph.is_external(*id) && graph.node(*id).parent.is_none()) {
            members.extend(self.member_named(root_of(graph, id)).map(|package| (id, package)));
        }
        let mut outside = Outside { edges: BTreeMap::new(), entered: BTreeMap::new() };
        for edge in graph.edges.iter().filter(|edge| graph.is_external(edge.to)) {
            if let Some(package) = members.get(&edge.to) {
                outside.entered.extend(graph.sites(edge).iter().map(|place| (*place, *package)));
            }
            let krate = graph.node(edge.from).krate.map(|krate| &graph.crates[krate.0 as usize]);
            let Some(krate) = krate.filter(|_| !edge.test && edge.kind.is_code()) else { continue };
            if matches!(krate.kind, TargetKind::Lib | TargetKind::ProcMacro | TargetKind::Bin) {
                outside.edges.entry(&krate.package).or_default().push(edge);
            }
        }
        outside
    }

    /// The package of the workspace whose library has this name.
    fn member_named(&self, library: &str) -> Option<&'a str> {
        let holds = |package: &&Package| {
            let library = |target: &Target| target.kind == TargetKind::Lib && target.name == library;
            package.targets.iter().any(library)
        };
        self.evidence.workspace.packages.iter().find(holds).map(|package| package.name.as_str())
    }

    /// Dev-dependencies that production code names.
    fn named_in_production(&self, findings: &mut Vec<Finding>) {
        for (name, uses) in self.by_name(Standing::TestsOnly) {
            let declared = |one: &&Dependency| {
                one.kind == DependencyKind::Dev && name_in_code(self.evidence.workspace, one) == name
            };
            let Some(dependency) = self.package.dependencies.iter().find(declared) else { continue };
            let conditional = uses.iter().all(|one| one.conditional);
            let condition = if conditional { ", under a condition" } else { "" };
            let message = format!(
                "`{}` is declared in `[dev-dependencies]`, but production code of `{}` names it{condition}",
                dependency.package, self.package.name,
            );
            let sureness = if conditional { Sureness::Doubtful } else { Sureness::Sure };
            let help = "declare it in `[dependencies]`, or move what names it to test code";
            let found = self.finding(DEV_DEPENDENCY_IN_PRODUCTION, sureness, dependency, message, help);
            findings.extend(found.map(|mut found| {
                found.sites.extend(self.sites(&uses));
                found
            }));
        }
    }

    /// Crates that are named and not declared.
    fn undeclared(&self, findings: &mut Vec<Finding>) {
        let silent: Vec<&Dependency> = self
            .evidence
            .silences
            .iter()
            .filter(|(one, _)| one.package == self.number && one.named_by == NamedBy::Nobody)
            .map(|(one, _)| &self.package.dependencies[one.dependency])
            .filter(|dependency| dependency.member.is_none())
            .collect();
        for (name, uses) in self.by_name(Standing::Undeclared) {
            let its_library = silent.iter().any(|dependency| is_alike(name, &dependency.package));
            if its_library || name.starts_with("rustc_") || SYSROOT.contains(&name) {
                continue;
            }
            let conditional = uses.iter().all(|one| one.conditional);
            let mut doubts = Vec::new();
            if conditional {
                doubts.push("it is under a condition".to_owned());
            }
            if let Some(other) = silent.first() {
                doubts.push(format!("it may be the library of `{}`", other.package));
            }
            if self.is_broken() {
                doubts.push("parts of the package could not be read".to_owned());
            }
            let message = format!(
                "`{}` does not declare the crate `{name}` that is named here{}",
                self.package.manifest,
                told(&doubts)
            );
            let Some(level) = self.level(UNDECLARED_CRATE, sureness(&doubts)) else { continue };
            let sites = self.sites(&uses);
            let help = format!("declare it: `cargo add --package {} {name}`", self.package.name);
            findings.push(self.found(UNDECLARED_CRATE, level, (name, ""), message, sites, &help));
        }
    }

    /// Crates that are used through what other crates of the workspace re-export, and not declared.
    fn borrowed(&self, findings: &mut Vec<Finding>) {
        let Some(level) = self.level(BORROWED_DEPENDENCY, Sureness::Sure) else { return };
        let declared: BTreeSet<String> = self.package.dependencies.iter().map(library_of).collect();
        for (name, (place, through)) in self.reached() {
            let Some(through) = *through else { continue };
            let named = self.usage.named.iter().any(|one| one.name == *name);
            if named || declared.contains(*name) || SYSROOT.contains(name) {
                continue;
            }
            let message =
                format!("`{}` uses `{name}` through `{through}` and does not declare it", self.package.name);
            let sites = vec![Site::at(self.evidence.graph, *place)];
            let help = format!("declare `{name}`, or use only what `{through}` defines itself");
            findings.push(self.found(BORROWED_DEPENDENCY, level, (name, through), message, sites, &help));
        }
    }

    /// What is named with this standing, by name.
    fn by_name(&self, standing: Standing) -> BTreeMap<&str, Vec<&Named>> {
        let mut found: BTreeMap<&str, Vec<&Named>> = BTreeMap::new();
        for one in self.usage.named.iter().filter(|one| one.standing == standing) {
            found.entry(&one.name).or_default().push(one);
        }
        found
    }

    /// All places, production code first, then by file and place.
    fn sites(&self, uses: &[&Named]) -> Vec<Site> {
        let mut places: Vec<(bool, Place)> =
            uses.iter().flat_map(|one| one.places.iter().map(|place| (one.test, *place))).collect();
        places.sort_unstable();
        places.dedup_by_key(|(_, place)| *place);
        places.into_iter().map(|(_, place)| Site::at(self.evidence.graph, place)).collect()
    }

    /// The level of a finding; none where it is not told. What is doubtful is never more than a note,
    /// and told only where the rule is asked for.
    fn level(&self, lint: &str, sureness: Sureness) -> Option<Level> {
        let level = match sureness {
            Sureness::Sure => self.policy.lint_level(lint),
            Sureness::Doubtful => self.policy.doubtful_level(lint),
        };
        (level != Level::Allow).then_some(level)
    }

    fn finding(
        &self,
        lint: &str,
        sureness: Sureness,
        dependency: &Dependency,
        message: String,
        help: &str,
    ) -> Option<Finding> {
        let level = self.level(lint, sureness)?;
        let table = match &dependency.target {
            Some(target) => format!("target.{target}.{}", dependency.kind.table()),
            None => dependency.kind.table().to_owned(),
        };
        let sites = vec![declared_at(self.package, dependency)];
        Some(self.found(lint, level, (&dependency.package, &table), message, sites, help))
    }

    fn found(
        &self,
        lint: &str,
        level: Level,
        (to, item): (&str, &str),
        message: String,
        sites: Vec<Site>,
        help: &str,
    ) -> Finding {
        let from = &self.package.name;
        Finding {
            rule: lint.to_owned(),
            key: key(lint, from, to, item),
            level,
            state: State::New,
            message,
            from: from.clone(),
            to: to.to_owned(),
            item: item.to_owned(),
            sites,
            chain: Vec::new(),
            cut: Vec::new(),
            cost: 0,
            because: None,
            instead: Some(help.to_owned()),
        }
    }
}

/// The crate of an external node.
fn root_of(graph: &Graph, id: NodeId) -> &str {
    let root = std::iter::successors(Some(id), |id| graph.node(*id).parent).last().unwrap_or(id);
    let name = graph.symbols.word(graph.node(root).name);
    name.strip_prefix("ext:").unwrap_or(name)
}

fn sureness(doubts: &[String]) -> Sureness {
    if doubts.is_empty() { Sureness::Sure } else { Sureness::Doubtful }
}

/// Doubts, at the end of a message.
fn told(doubts: &[String]) -> String {
    match doubts {
        [] => String::new(),
        doubts => format!(" ({})", doubts.join("; ")),
    }
}

/// The name under which a dependency stands in the graph.
fn library_of(dependency: &Dependency) -> String {
    if dependency.renamed { dependency.library.clone() } else { dependency.name.clone() }
}

/// The line that declares a dependency.
pub fn declared_at(package: &Package, dependency: &Dependency) -> Site {
    let line = dependency.line.unwrap_or(1);
    let column = dependency.column.unwrap_or(1);
    let key = if dependency.renamed { &dependency.name } else { &dependency.package };
    let width = if dependency.column.is_some() { key.chars().count() as u32 } else { 0 };
    Site { file: package.manifest.clone(), line, column, end_line: line, end_column: column + width }
}
