//! What must not change the graph: the order of files and items, comments, spacing, line ends, names
//! of local variables, and which of its ways one names the same thing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use archlint::adapters::memory::Memory;
use archlint::application::analyse::Analysis;
use archlint::domain::graph::EdgeKind;
use proptest::prelude::{Just, Strategy, any, prop};
use proptest::sample::{Index, select};
use proptest::test_runner::Config;
use proptest::{prop_assert, prop_assert_eq, proptest};

use crate::resolve::{Backwards, read, respaced};

/// A crate to be written in several ways. Module 0 is the root.
#[derive(Clone, Debug)]
struct Program {
    /// The parent of each module after the root: one that comes before it.
    parents: Vec<usize>,
    /// Whether a module has a file of its own.
    form: Vec<Form>,
    /// What refers to what.
    uses: Vec<Use>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    File,
    Inline,
}

/// A reference from one module to an item of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Use {
    from: usize,
    to: usize,
    item: Item,
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Struct,
    Function,
    Variant,
    Constant,
    Macro,
    Method,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Signature,
    Body,
    MacroArgument,
    Test,
}

/// How the references are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `crate::a::S` where it is used.
    Paths,
    /// `use crate::a::S;` for each.
    Split,
    /// `use crate::{a::{S, f}, b::T};`.
    Grouped,
    /// `use crate::a::*;` for each module.
    Globs,
    /// `use self::super::a::S;`.
    Relative,
    /// `use crate::a;` and `a::S`.
    Modules,
}

/// What else is different, and must not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Plain,
    ItemsReversed,
    Commented,
    LocalsRenamed,
}

impl Program {
    fn count(&self) -> usize {
        self.parents.len() + 1
    }

    fn path(&self, module: usize) -> String {
        if module == 0 {
            "crate".to_owned()
        } else {
            format!("{}::m{module}", self.path(self.parents[module - 1]))
        }
    }

    fn depth(&self, module: usize) -> usize {
        if module == 0 { 0 } else { 1 + self.depth(self.parents[module - 1]) }
    }

    /// Whether everything around it up to the root has a file of its own.
    fn has_file(&self, module: usize) -> bool {
        module == 0 || (self.form[module - 1] == Form::File && self.has_file(self.parents[module - 1]))
    }

    fn file(&self, module: usize) -> String {
        let inner = self.path(module).replace("crate", "/src").replace("::", "/");
        if module == 0 { "/src/lib.rs".to_owned() } else { format!("{inner}.rs") }
    }

    fn children(&self, module: usize) -> impl Iterator<Item = usize> {
        (1..self.count()).filter(move |child| self.parents[child - 1] == module)
    }

    /// The files, by path.
    fn write(&self, style: Style, look: Look) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        for module in (0..self.count()).filter(|module| self.has_file(*module)) {
            files.insert(self.file(module), self.body(module, style, look));
        }
        let manifest = "[package]\nname = \"demo\"\nedition = \"2021\"\n";
        files.insert("/Cargo.toml".to_owned(), manifest.to_owned());
        files
    }

    fn body(&self, module: usize, style: Style, look: Look) -> String {
        let mut items = declared(module);
        for child in self.children(module) {
            items.push(if self.has_file(child) {
                format!("pub mod m{child};")
            } else {
                format!("pub mod m{child} {{\n{}\n}}", self.body(child, style, look))
            });
        }
        items.extend(self.imports(module, style));
        for (at, used) in self.uses.iter().enumerate().filter(|(_, used)| used.from == module) {
            let local = if look == Look::LocalsRenamed { "other" } else { "local" };
            items.push(used.code(at, &self.name(*used, style), local));
        }
        match look {
            Look::ItemsReversed => items.reverse(),
            Look::Commented => items = commented(items, self.count()),
            Look::Plain | Look::LocalsRenamed => {}
        }
        items.join("\n")
    }

    /// The item as code names it.
    fn name(&self, used: Use, style: Style) -> String {
        let name = used.item.name(used.to);
        if used.item == Item::Macro {
            return format!("crate::{name}");
        }
        let path = format!("{}::{name}", self.path(used.to));
        // An import would make production code of it.
        if used.place == Place::Test {
            return path;
        }
        match style {
            Style::Paths => path,
            Style::Modules if used.to == 0 => path,
            Style::Modules => format!("m{}::{name}", used.to),
            Style::Split | Style::Grouped | Style::Globs | Style::Relative => name,
        }
    }

    fn imports(&self, module: usize, style: Style) -> Vec<String> {
        let mut wanted: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        let used = |used: &&Use| used.from == module && used.place != Place::Test && used.item != Item::Macro;
        for used in self.uses.iter().filter(used) {
            wanted.entry(used.to).or_default().insert(used.item.imported(used.to));
        }
        let names = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>();
        match style {
            Style::Paths => Vec::new(),
            Style::Split => wanted
                .iter()
                .flat_map(|(to, wanted)| {
                    names(wanted).into_iter().map(|name| format!("use {}::{name};", self.path(*to)))
                })
                .collect(),
            Style::Relative => {
                let up = format!("self{}", "::super".repeat(self.depth(module)));
                let from_root = |to: usize| self.path(to).replacen("crate", &up, 1);
                wanted
                    .iter()
                    .map(|(to, wanted)| format!("use {}::{{{}}};", from_root(*to), names(wanted).join(", ")))
                    .collect()
            }
            Style::Grouped => {
                let groups: Vec<String> = wanted
                    .iter()
                    .flat_map(|(to, wanted)| {
                        let list = names(wanted).join(", ");
                        match self.path(*to).strip_prefix("crate::") {
                            Some(path) => vec![format!("{path}::{{{list}}}")],
                            None => names(wanted),
                        }
                    })
                    .collect();
                if groups.is_empty() {
                    Vec::new()
                } else {
                    vec![format!("use crate::{{{}}};", groups.join(", "))]
                }
            }
            Style::Globs => wanted.keys().map(|to| format!("use {}::*;", self.path(*to))).collect(),
            Style::Modules => {
                let own: BTreeSet<usize> = self.children(module).collect();
                let far = wanted.keys().filter(|to| **to != 0 && !own.contains(to));
                far.map(|to| format!("use {};", self.path(*to))).collect()
            }
        }
    }
}

impl Item {
    const ALL: [Self; 6] =
        [Self::Struct, Self::Function, Self::Variant, Self::Constant, Self::Macro, Self::Method];

    fn name(self, module: usize) -> String {
        match self {
            Self::Struct => format!("S{module}"),
            Self::Function => format!("f{module}"),
            Self::Variant => format!("E{module}::One"),
            Self::Constant => format!("C{module}"),
            Self::Macro => format!("x{module}"),
            Self::Method => format!("S{module}::new"),
        }
    }

    /// What an import has to name.
    fn imported(self, module: usize) -> String {
        let name = self.name(module);
        name.split("::").next().unwrap_or_default().to_owned()
    }
}

impl Use {
    /// An item that refers to `name`.
    fn code(self, number: usize, name: &str, local: &str) -> String {
        let type_name = name.strip_suffix("::One").or_else(|| name.strip_suffix("::new")).unwrap_or(name);
        let value = match self.item {
            Item::Function | Item::Method => format!("{name}()"),
            Item::Macro => format!("{name}!()"),
            _ => name.to_owned(),
        };
        match (self.place, self.item) {
            (Place::Signature, Item::Struct | Item::Variant | Item::Method) => {
                format!("fn u{number}(_: &{type_name}) {{}}")
            }
            (Place::Signature | Place::Body, _) => {
                format!("fn u{number}() {{ let {local} = {value}; drop(({local}, {value})); }}")
            }
            (Place::MacroArgument, _) => format!("fn u{number}() {{ println!(\"{{:?}}\", {value}); }}"),
            (Place::Test, _) => format!("#[test] fn u{number}() {{ {value}; }}"),
        }
    }
}

/// The items of each module; no name stands in two modules.
fn declared(module: usize) -> Vec<String> {
    vec![
        format!("pub struct S{module};"),
        format!("impl S{module} {{ pub fn new() {{}} }}"),
        format!("pub fn f{module}() {{}}"),
        format!("pub enum E{module} {{ One, Two }}"),
        format!("pub const C{module}: u8 = 1;"),
        format!("#[macro_export] macro_rules! x{module} {{ () => {{ {module} }} }}"),
    ]
}

/// Comments that name every module, before, after and inside of each item.
fn commented(items: Vec<String>, count: usize) -> Vec<String> {
    let mut out = Vec::new();
    for (at, item) in items.into_iter().enumerate() {
        let other = at % count;
        let mut text = String::new();
        let _ = writeln!(text, "// use crate::m{other}::S{other};");
        if !item.starts_with("use ") {
            let _ = writeln!(
                text,
                "/// See [`crate::m{other}::S{other}`].\n///\n/// ```\n/// demo::f{other}();\n/// ```"
            );
        }
        let _ = write!(text, "{} /* f{other}(); */", item.replacen("::", " /* :: */ :: ", 1));
        out.push(text);
    }
    out
}

/// The edges between modules: both ends, and whether only test code makes them.
fn pairs(analysis: &Analysis) -> BTreeSet<(String, String, bool)> {
    edges(analysis).into_iter().map(|(from, to, _, test)| (from, to, test)).collect()
}

/// The same with their kinds.
fn edges(analysis: &Analysis) -> BTreeSet<(String, String, EdgeKind, bool)> {
    let graph = &analysis.graph;
    let module = |node| graph.id(graph.module_of(node));
    graph
        .edges
        .iter()
        .map(|edge| (module(edge.from), module(edge.to), edge.kind, edge.test))
        .filter(|(from, to, ..)| from != to)
        .collect()
}

fn analyse(files: BTreeMap<String, String>) -> Analysis {
    let analysis = read(&Memory::new(files));
    assert_eq!(analysis.coverage.unresolved, [], "the program is whole");
    assert_eq!(analysis.coverage.undeclared, [], "the program is whole");
    analysis
}

fn program() -> impl Strategy<Value = Program> {
    let place = select(vec![Place::Signature, Place::Body, Place::MacroArgument, Place::Test]);
    let one_use = (any::<Index>(), any::<Index>(), select(Item::ALL.to_vec()), place);
    let form = select(vec![Form::File, Form::Inline]);
    (prop::collection::vec((any::<Index>(), form), 1..6), prop::collection::vec(one_use, 0..14))
        .prop_flat_map(|(modules, uses)| {
            let parents: Vec<usize> =
                modules.iter().enumerate().map(|(at, (parent, _))| parent.index(at + 1)).collect();
            let form = modules.into_iter().map(|(_, form)| form).collect();
            let count = parents.len() + 1;
            let uses = uses
                .into_iter()
                .map(|(from, to, item, place)| Use {
                    from: from.index(count),
                    to: to.index(count),
                    item,
                    place,
                })
                .filter(|used| used.from != used.to)
                .collect();
            Just(Program { parents, form, uses })
        })
}

proptest! {
    #![proptest_config(Config { cases: 64, failure_persistence: None, ..Config::default() })]

    #[test]
    fn every_use_is_an_edge_and_every_edge_a_use(program in program()) {
        let found = pairs(&analyse(program.write(Style::Paths, Look::Plain)));
        let id = |module: usize| program.path(module).replacen("crate", "demo", 1);
        let wanted = program
            .uses
            .iter()
            .map(|used| (id(used.from), id(used.to), used.place == Place::Test))
            .collect::<BTreeSet<_>>();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn looks_do_not_matter(program in program(), style in select(vec![Style::Paths, Style::Split, Style::Globs])) {
        let plain = edges(&analyse(program.write(style, Look::Plain)));
        for look in [Look::ItemsReversed, Look::Commented, Look::LocalsRenamed] {
            prop_assert_eq!(&edges(&analyse(program.write(style, look))), &plain, "{:?}", look);
        }
    }

    #[test]
    fn order_of_files_line_ends_and_spacing_do_not_matter(program in program()) {
        let files = program.write(Style::Grouped, Look::Commented);
        let plain = read(&Memory::new(files.clone()));
        let backwards = read(&Backwards(Memory::new(files.clone())));
        prop_assert_eq!(format!("{:?}", &backwards.graph), format!("{:?}", &plain.graph));
        prop_assert_eq!(&backwards.coverage, &plain.coverage);
        let other = |change: fn(&str) -> String| {
            let changed = files.iter().map(|(path, text)| {
                (path.clone(), if path.ends_with(".rs") { change(text) } else { text.clone() })
            });
            edges(&read(&Memory::new(changed)))
        };
        prop_assert_eq!(other(|text| text.replace('\n', "\r\n")), edges(&plain));
        prop_assert_eq!(other(respaced), edges(&plain));
    }

    #[test]
    fn ways_to_name_a_thing_do_not_matter(program in program()) {
        let plain = pairs(&analyse(program.write(Style::Split, Look::Plain)));
        for style in [Style::Grouped, Style::Globs, Style::Relative, Style::Paths, Style::Modules] {
            let found = pairs(&analyse(program.write(style, Look::Plain)));
            prop_assert_eq!(&found, &plain, "{:?}", style);
        }
    }

    #[test]
    fn grouping_keeps_the_kinds_too(program in program()) {
        let split = edges(&analyse(program.write(Style::Split, Look::Plain)));
        prop_assert_eq!(&edges(&analyse(program.write(Style::Grouped, Look::Plain))), &split);
        prop_assert_eq!(&edges(&analyse(program.write(Style::Globs, Look::Plain))), &split);
    }

    #[test]
    fn one_more_use_adds_one_edge_at_most(program in program()) {
        let all = pairs(&analyse(program.write(Style::Paths, Look::Plain)));
        let mut less = program;
        less.uses.pop();
        let fewer = pairs(&analyse(less.write(Style::Paths, Look::Plain)));
        prop_assert!(fewer.is_subset(&all));
        prop_assert!(all.len() <= fewer.len() + 1);
    }
}
