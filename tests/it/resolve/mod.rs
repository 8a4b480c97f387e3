//! What Rust lets one write, and the edges it makes: text in, edges out.
//!
//! A fixture is one text. Files start with `//- /path [crate:NAME] [deps:A,B] [edition:YEAR]`; a text
//! without any such line is `lib.rs` of the crate `demo`. Each line of the expected list is
//! `from -> to: kinds`, then `via` the facade that the path names and `[test]` where they apply; then
//! come the names that did not resolve, the crates that no manifest declares and what was not read.

mod aliases;
mod attributes;
mod code_macros;
mod conditions;
mod crate_names;
mod crates;
mod documentation;
mod expansion;
mod facades;
mod generated;
mod invariance;
mod macro_scopes;
mod macros;
mod members;
mod methods;
mod modules;
mod positions;
mod shadowing;
mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use archlint::adapters::memory::Memory;
use archlint::application::analyse::{Analysis, analyse};
use archlint::application::ports::{Codebase, ReadError, Reading};
use archlint::domain::graph::{EdgeKind, Graph, NodeId};
use archlint::domain::resolve::expand::MacroCall;
use archlint::domain::source::facts::FileFacts;
use archlint::domain::source::workspace::Missing;
use expect_test::Expect;

/// Which ends of an edge are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// The modules that hold them.
    Modules,
    /// The items themselves.
    Items,
}

/// Compares the edges between modules with what the test expects.
fn check(fixture: &str, expected: Expect) {
    expected.assert_eq(&report(fixture, Ends::Modules));
}

/// Compares the edges between items with what the test expects.
fn check_items(fixture: &str, expected: Expect) {
    expected.assert_eq(&report(fixture, Ends::Items));
}

/// The edges of a fixture, which neither line ends nor spacing nor the order of files may change.
fn report(fixture: &str, ends: Ends) -> String {
    let text = with_header(fixture);
    let shown = show(&read(&Memory::parse(&text)), ends);
    let other_line_ends = show(&read(&Memory::parse(&text.replace('\n', "\r\n"))), ends);
    assert_eq!(shown, other_line_ends, "line ends change the edges");
    let other_spacing = show(&read(&Memory::parse(&respaced_files(&text))), ends);
    assert_eq!(shown, other_spacing, "spacing changes the edges");
    let backwards = show(&read(&Backwards(Memory::parse(&text))), ends);
    assert_eq!(shown, backwards, "the order of files changes the edges");
    shown
}

/// A fixture with each Rust file in other spacing and without comments.
fn respaced_files(text: &str) -> String {
    let mut out = String::new();
    for part in text.split_inclusive('\n').collect::<Vec<_>>().chunk_by(|_, next| !is_header(next)) {
        let (header, body) = part.split_first().expect("a chunk holds a line");
        if header.contains(".rs") && is_header(header) {
            let _ = writeln!(out, "{header}{}", respaced(&body.concat()));
        } else {
            out.extend(part.iter().copied());
        }
    }
    out
}

fn is_header(line: &str) -> bool {
    line.trim_start().starts_with("//- ")
}

/// A Rust text with one space between all tokens and without comments, where it has tokens.
fn respaced(text: &str) -> String {
    let shebang = text.starts_with("#!/");
    let tokens = text.trim_start_matches('\u{feff}').parse::<proc_macro2::TokenStream>();
    tokens.ok().filter(|_| !shebang).map_or_else(|| text.to_owned(), |tokens| tokens.to_string())
}

fn with_header(fixture: &str) -> String {
    if fixture.contains("//- ") { fixture.to_owned() } else { format!("//- /lib.rs\n{fixture}") }
}

fn read(codebase: &dyn Codebase) -> Analysis {
    analyse(codebase).expect("the fixture has a root manifest")
}

/// A codebase that hands out its files last first.
struct Backwards(Memory);

impl Codebase for Backwards {
    fn read(&self) -> Result<Reading, ReadError> {
        let mut reading = self.0.read()?;
        reading.files.reverse();
        Ok(reading)
    }

    fn read_more(&self, paths: &[String]) -> Vec<Result<FileFacts, Missing>> {
        self.0.read_more(paths)
    }

    fn expand(&self, calls: &[MacroCall]) -> Vec<Option<FileFacts>> {
        self.0.expand(calls)
    }

    fn text(&self, path: &str) -> Option<String> {
        self.0.text(path)
    }
}

/// One line for each pair of ends, then what was not understood.
fn show(analysis: &Analysis, ends: Ends) -> String {
    let graph = &analysis.graph;
    let end = |node: NodeId| match ends {
        Ends::Modules => graph.module_of(node),
        Ends::Items => node,
    };
    let mut rows: BTreeMap<(String, String, String), BTreeSet<EdgeKind>> = BTreeMap::new();
    for edge in &graph.edges {
        let (from, to) = (end(edge.from), end(edge.to));
        if from == to {
            continue;
        }
        let via = edge.via.map(|via| format!(" via {}", graph.id(via))).unwrap_or_default();
        let test = if edge.test { " [test]" } else { "" };
        let row = (graph.id(from), graph.id(to), format!("{via}{test}"));
        rows.entry(row).or_default().insert(edge.kind);
    }
    let mut lines: Vec<String> = rows
        .into_iter()
        .map(|((from, to, rest), kinds)| {
            let kinds: Vec<&str> = kinds.into_iter().map(EdgeKind::word).collect();
            format!("{from} -> {to}: {}{rest}", kinds.join(" "))
        })
        .collect();
    lines.extend(not_understood(analysis));
    lines.join("\n")
}

fn not_understood(analysis: &Analysis) -> Vec<String> {
    let coverage = &analysis.coverage;
    let mut lines = Vec::new();
    for group in &coverage.unresolved {
        let mut names: Vec<&str> = group.groups.iter().map(|(name, ..)| name.as_str()).collect();
        names.sort_unstable();
        lines.push(format!("unresolved ({}): {}", group.reason, names.join(" ")));
    }
    lines.sort();
    if !coverage.undeclared.is_empty() {
        let names: Vec<&str> = coverage.undeclared.iter().map(|(name, _)| name.as_str()).collect();
        lines.push(format!("undeclared: {}", names.join(" ")));
    }
    for (word, list) in [("lost", &coverage.lost), ("missing", &coverage.missing)] {
        lines.extend(list.iter().map(|lost| format!("{word}: {}", lost.reason)));
    }
    lines.extend(coverage.orphans.iter().map(|path| format!("orphan: {path}")));
    lines
}

/// Ids of all modules, in order.
fn module_ids(graph: &Graph) -> Vec<String> {
    let mut ids: Vec<String> =
        graph.node_ids().filter(|node| graph.is_module(*node)).map(|node| graph.id(node)).collect();
    ids.sort();
    ids
}
