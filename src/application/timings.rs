//! How long tests took: reports of test runs, brought together with the tests of the workspace.

use rustc_hash::FxHashMap;

use crate::domain::finding::Site;
use crate::domain::graph::{Graph, NodeId, NodeKind, Place};
use crate::domain::indicators::scene::Timing;
use crate::domain::report::Problem;
use crate::domain::source::facts::ItemKind;
use crate::domain::source::workspace::TargetKind;

/// Report of a test run.
#[derive(Clone, Debug, PartialEq)]
pub struct TestRun {
    /// The file it was read from.
    pub file: String,
    /// Tests that were run.
    pub cases: Vec<TimedCase>,
}

/// One test of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct TimedCase {
    /// Name of its suite: where nextest writes, the id of the test binary.
    pub suite: String,
    /// Its class: the path of its module, or again the test binary.
    pub class: String,
    /// Its name: the function, or the path of module and function.
    pub name: String,
    /// How long it took.
    pub seconds: f64,
}

/// The timings of tests, each with its place where the test is found.
///
/// A suite counts as a whole where some test of it is found: others were made by macros. One without
/// any, as that of the doc tests, is left out.
///
/// # Errors
/// A problem for each report that has no test of this workspace.
pub fn timings(runs: &[TestRun], graph: &Graph) -> Result<Vec<Timing>, Vec<Problem>> {
    let tests = Tests::of(graph);
    let (mut timings, mut faults) = (Vec::new(), Vec::new());
    for run in runs {
        let before = timings.len();
        for suite in run.cases.chunk_by(|a, b| a.suite == b.suite) {
            let found: Vec<Option<NodeId>> = suite.iter().map(|case| tests.find(case)).collect();
            if found.iter().any(Option::is_some) {
                timings.extend(suite.iter().zip(found).map(|(case, test)| timing(case, test, graph)));
            }
        }
        if timings.len() == before {
            let message =
                format!("none of the {} tests in `{}` is of this workspace", run.cases.len(), run.file);
            let help = "name the report of a run of these tests".to_owned();
            faults.push(Problem {
                message,
                file: Some(run.file.clone()),
                help: Some(help),
                ..Problem::default()
            });
        }
    }
    if faults.is_empty() { Ok(timings) } else { Err(faults) }
}

fn timing(case: &TimedCase, test: Option<NodeId>, graph: &Graph) -> Timing {
    let node = test.map(|test| (test, graph.node(test)));
    let place = node.and_then(|(_, node)| Some(Place { file: node.file?, span: node.name_span }));
    Timing {
        name: match node {
            Some((test, _)) => graph.id(test),
            None if case.class.is_empty() || case.class == case.suite => case.name.clone(),
            None => format!("{}::{}", case.class, case.name),
        },
        seconds: case.seconds,
        site: place.map(|place| Site::at(graph, place)).unwrap_or_default(),
    }
}

/// The tests of a workspace by the path of module and function within their crate.
struct Tests<'g> {
    graph: &'g Graph,
    by_path: FxHashMap<String, Vec<NodeId>>,
}

impl<'g> Tests<'g> {
    fn of(graph: &'g Graph) -> Self {
        let mut by_path: FxHashMap<String, Vec<NodeId>> = FxHashMap::default();
        let is_test = |id: &NodeId| {
            let node = graph.node(*id);
            node.test && node.kind == NodeKind::Item(ItemKind::Fn)
        };
        for id in graph.node_ids().filter(is_test) {
            let path = graph.id(id);
            // Of two definitions under `cfg` either is the one that ran.
            let path = path.split('#').next().unwrap_or(&path);
            if let Some((_, path)) = path.split_once("::") {
                by_path.entry(path.to_owned()).or_default().push(id);
            }
        }
        Self { graph, by_path }
    }

    /// The function of a test case, in the test binary that it names if it names one.
    fn find(&self, case: &TimedCase) -> Option<NodeId> {
        let binary = Binary::read(&case.suite, self.graph);
        let whole = match case.class.as_str() {
            // libtest has words for tests of a crate root and of `tests/`.
            "" | "crate" | "integration" => case.name.clone(),
            class if binary.is_some() && class == case.suite => case.name.clone(),
            class => format!("{class}::{}", case.name),
        };
        // Below the function stand the rows that macros make of its cases.
        let mut path = whole.as_str();
        loop {
            let known = self.by_path.get(path).into_iter().flatten().copied();
            let mut fits = known.filter(|id| binary.is_none_or(|binary| binary.has(self.graph, *id)));
            if let Some(test) = fits.next() {
                return Some(test);
            }
            path = path.rsplit_once("::")?.0;
        }
    }
}

/// A test binary as nextest names it: `shop`, `shop::it`, `shop::bin/shop`.
#[derive(Clone, Copy)]
struct Binary<'a> {
    package: &'a str,
    target: &'a str,
}

impl<'a> Binary<'a> {
    /// What a suite is named after, if that is a test binary.
    fn read(suite: &'a str, graph: &Graph) -> Option<Self> {
        let (package, target) = suite.split_once("::").unwrap_or((suite, ""));
        let known = graph.crates.iter().any(|krate| krate.package == package);
        known.then_some(Self { package, target })
    }

    /// Whether a test is in it.
    fn has(self, graph: &Graph, test: NodeId) -> bool {
        let Some(krate) = graph.node(test).krate.map(|krate| &graph.crates[krate.0 as usize]) else {
            return false;
        };
        let kind = match self.target.split_once('/') {
            None if self.target.is_empty() => matches!(krate.kind, TargetKind::Lib | TargetKind::ProcMacro),
            None => krate.kind == TargetKind::Test,
            Some(("bin", _)) => krate.kind == TargetKind::Bin,
            Some(("example", _)) => krate.kind == TargetKind::Example,
            Some(("bench", _)) => krate.kind == TargetKind::Bench,
            Some(_) => true,
        };
        kind && krate.package == self.package
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::memory::Memory;
    use crate::application::analyse::analyse;

    const SHOP: &str = "//- /src/lib.rs crate:shop\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn adds() {}\n    \
                        #[test]\n    fn waits() {}\n}\n";

    fn told(cases: &[(&str, &str, &str)]) -> Result<Vec<(String, u32)>, Vec<Problem>> {
        let graph = analyse(&Memory::parse(SHOP)).expect("it can be read").graph;
        let case = |(suite, class, name): &(&str, &str, &str)| TimedCase {
            suite: (*suite).to_owned(),
            class: (*class).to_owned(),
            name: (*name).to_owned(),
            seconds: 1.0,
        };
        let run = TestRun { file: "j.xml".to_owned(), cases: cases.iter().map(case).collect() };
        let found = timings(&[run], &graph)?;
        Ok(found.into_iter().map(|timing| (timing.name, timing.site.line)).collect())
    }

    #[test]
    fn tests_are_found_however_they_are_written() {
        let adds = || ("shop::tests::adds".to_owned(), 4);
        assert_eq!(told(&[("shop", "shop", "tests::adds")]), Ok(vec![adds()]));
        assert_eq!(told(&[("cargo test #0", "tests", "adds")]), Ok(vec![adds()]));
        assert_eq!(told(&[("shop", "shop", "tests::adds::case_1")]), Ok(vec![adds()]));
        let made = ("tests::made".to_owned(), 0);
        assert_eq!(
            told(&[("shop", "shop", "tests::adds"), ("shop", "shop", "tests::made")]),
            Ok(vec![adds(), made])
        );
    }

    #[test]
    fn a_report_of_something_else_is_refused_and_doc_tests_are_left_out() {
        assert!(told(&[("other", "", "tests::swims")]).is_err());
        assert!(told(&[("shop::it", "shop::it", "tests::adds")]).is_err(), "that binary has no such test");
        let doc = ("cargo test #1", "src/lib.rs - f (line 3)", "");
        assert_eq!(told(&[("cargo test #0", "tests", "waits"), doc]).map(|found| found.len()), Ok(1));
    }
}
