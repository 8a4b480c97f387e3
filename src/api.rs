//! Rules stated in Rust, for a plain `#[test]`.
//!
//! ```no_run
//! use archlint::{Rule, workspace};
//!
//! // #[test]
//! fn the_domain_stands_alone() -> Result<(), archlint::Error> {
//!     workspace()?.check([
//!         Rule::layers([("web", "shop::web"), ("adapters", "shop::adapters"), ("domain", "shop::domain")]),
//!         Rule::protect("crate:sqlx", ["layer:adapters"]).because("SQL is one adapter's affair"),
//!         Rule::acyclic("shop"),
//!     ])?;
//!     Ok(())
//! }
//! ```
//!
//! Nothing is compiled or run: the sources of the workspace are read as `cargo archlint` reads them.

use std::fmt;
use std::path::Path;

use crate::adapters::clock::today;
use crate::adapters::config::{self, whole};
use crate::adapters::memory::Memory;
use crate::adapters::pages::advise;
use crate::adapters::render::human;
use crate::adapters::render::paint::{Sheet, Tail};
use crate::adapters::sources::Disk;
use crate::application::analyse::{Analysis, analyse};
use crate::application::check::{Request, check};
use crate::application::gates::gates;
use crate::application::judge::{judge_all, judge_whole, problem};
use crate::application::judged::Judged;
use crate::application::ports::{Codebase, ReadError};
use crate::domain::finding::Finding;
use crate::domain::report::{self, Enforcement, Host, Problem, Verdict};

/// Reads the workspace around the package whose test is run, or around the current folder.
///
/// # Errors
/// When there is no workspace to read.
pub fn workspace() -> Result<Workspace, Error> {
    match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(folder) => workspace_at(Path::new(&folder)),
        None => workspace_at(Path::new(".")),
    }
}

/// Reads the workspace around a folder.
///
/// # Errors
/// When there is none.
pub fn workspace_at(folder: &Path) -> Result<Workspace, Error> {
    let folder = folder.canonicalize().map_err(|error| {
        let message = format!("the folder `{}` cannot be read: {error}", folder.display());
        Error::wrong(vec![Problem::usage(message, "name a folder that exists")])
    })?;
    let disk = Disk::open(None, &folder).map_err(unread)?;
    Workspace::read(Box::new(disk))
}

/// A workspace in one text, each file under a line `//- /src/lib.rs`: for trying out rules.
///
/// The first line of a crate may go on with `crate:NAME deps:A,B`.
///
/// ```
/// use archlint::{Rule, in_memory};
///
/// let shop = in_memory("
/// //- /src/lib.rs crate:shop
/// pub mod domain;
/// pub mod web;
/// //- /src/domain.rs
/// pub fn total() { crate::web::show() }
/// //- /src/web.rs
/// pub fn show() {}
/// ")?;
/// assert!(shop.check(Rule::forbid("shop::web", "shop::domain")).is_ok());
///
/// let broken = shop.check(Rule::forbid("shop::domain", "shop::web")).unwrap_err();
/// assert!(broken.to_string().contains("src/domain.rs:1:"));
/// # Ok::<(), archlint::Error>(())
/// ```
///
/// # Errors
/// When a manifest in the text is broken.
pub fn in_memory(files: &str) -> Result<Workspace, Error> {
    Workspace::read(Box::new(Memory::parse(files)))
}

/// A workspace that was read and can be checked any number of times.
pub struct Workspace {
    codebase: Box<dyn Codebase>,
    analysis: Analysis,
}

impl Workspace {
    fn read(codebase: Box<dyn Codebase>) -> Result<Self, Error> {
        let analysis = analyse(codebase.as_ref()).map_err(unread)?;
        Ok(Self { codebase, analysis })
    }

    /// Judges the workspace by these rules and by no other: what stands in `archlint.toml` is not
    /// looked at.
    ///
    /// # Errors
    /// When a rule is broken, when a rule is wrong in itself, or when too little was seen to tell. Both
    /// `Display` and `Debug` of the error are the report that `cargo archlint` prints, so that a test
    /// that fails shows it.
    pub fn check(&self, rules: impl Into<Rules>) -> Result<Report, Error> {
        let Rules { text } = rules.into();
        let text_of = |path: &str| match path {
            RULES => Some(text.clone()),
            _ => self.codebase.text(path),
        };
        let policy = config::parse(&text, RULES).map_err(|faults| {
            Error::told(report::Report::failed(faults.into_iter().map(problem).collect()), &text_of)
        })?;
        let judged = judge_all(&self.analysis, &policy, &|paths| self.codebase.texts(paths));
        self.tell(&advise(judged), &text_of)
    }

    /// Judges the workspace by its own configuration, as `cargo archlint --ci` does.
    ///
    /// # Errors
    /// As for [`Workspace::check`].
    pub fn check_configured(&self) -> Result<Report, Error> {
        let root = Path::new(&self.analysis.workspace.root);
        let words = config::vocabulary_at(root, None);
        if words == config::vocabulary() {
            return self.judge_configured();
        }
        // The configuration looks for other words than the ones it was read with.
        let disk = Disk::open(None, root).map_err(unread)?;
        Self::read(Box::new(disk.looking_for(words)))?.judge_configured()
    }

    fn judge_configured(&self) -> Result<Report, Error> {
        let text_of = |path: &str| self.codebase.text(path);
        let wrong = |problems| Error::told(report::Report::failed(problems), &text_of);
        let policy = whole::policy(&self.analysis, None, today()).map_err(wrong)?;
        let saved = policy.reference.as_ref().map(|saved| whole::reference(&policy, saved));
        let reference = saved.transpose().map_err(|problem| wrong(vec![problem]))?;
        let mut judged = advise(judge_whole(&self.analysis, &policy, self.codebase.as_ref()));
        if let Some(scored) = &judged.scored {
            judged.findings.extend(gates(&policy, scored, reference.as_ref(), Host::Ci));
        }
        self.tell(&judged, &text_of)
    }

    fn tell(&self, judged: &Judged, text_of: &dyn Fn(&str) -> Option<String>) -> Result<Report, Error> {
        let request = Request {
            enforcement: Enforcement::Enforced,
            host: Host::Ci,
            today: today(),
            ..Request::default()
        };
        let told = check(&self.analysis, judged, &request);
        match told.verdict {
            Verdict::Pass => Ok(Report::of(told, text_of)),
            _ => Err(Error::told(told, text_of)),
        }
    }
}

/// What messages call the rules that a test states.
const RULES: &str = "<rules>";

/// What a check found.
#[derive(Clone)]
pub struct Report {
    report: report::Report,
    text: String,
}

impl Report {
    fn of(report: report::Report, text_of: &dyn Fn(&str) -> Option<String>) -> Self {
        let text = human::report(&report, text_of, Sheet::default(), Tail::Summary);
        Self { report, text }
    }

    /// The findings, gravest first, then by place.
    pub fn findings(&self) -> &[Finding] {
        &self.report.findings
    }

    /// How it ended.
    pub fn verdict(&self) -> Verdict {
        self.report.verdict
    }

    /// All that was found and seen.
    pub fn whole(&self) -> &report::Report {
        &self.report
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// As `Display`: a test that ends with an error shows it through `Debug`.
impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{}", self.text)
    }
}

/// Why a check does not pass: a rule is broken, a rule is wrong in itself, or too little was seen.
#[derive(Clone)]
pub struct Error {
    report: Box<Report>,
}

impl Error {
    fn told(report: report::Report, text_of: &dyn Fn(&str) -> Option<String>) -> Self {
        Self { report: Box::new(Report::of(report, text_of)) }
    }

    fn wrong(problems: Vec<Problem>) -> Self {
        Self::told(report::Report::failed(problems), &|_| None)
    }

    /// What was found all the same.
    pub fn report(&self) -> &Report {
        &self.report
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.report, f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.report, f)
    }
}

impl std::error::Error for Error {}

/// Rules to check a workspace by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    text: String,
}

impl Rules {
    /// Rules in the words of `archlint.toml`; what is wrong with them is told when they are used.
    ///
    /// ```
    /// let rules = archlint::Rules::from_toml(r#"
    ///     [[rule]]
    ///     name = "no circles"
    ///     acyclic = "shop"
    /// "#);
    /// let shop = archlint::in_memory("//- /src/lib.rs crate:shop\npub mod a { pub fn f() { g() } fn g() {} }")?;
    /// assert!(shop.check(rules)?.findings().is_empty());
    /// # Ok::<(), archlint::Error>(())
    /// ```
    pub fn from_toml(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }
}

impl From<Rule> for Rules {
    fn from(rule: Rule) -> Self {
        Self::from([rule])
    }
}

impl<const N: usize> From<[Rule; N]> for Rules {
    fn from(rules: [Rule; N]) -> Self {
        rules.into_iter().collect()
    }
}

impl From<Vec<Rule>> for Rules {
    fn from(rules: Vec<Rule>) -> Self {
        rules.into_iter().collect()
    }
}

impl FromIterator<Rule> for Rules {
    fn from_iter<I: IntoIterator<Item = Rule>>(rules: I) -> Self {
        let texts: Vec<String> =
            rules.into_iter().enumerate().map(|(at, rule)| rule.written(at + 1)).collect();
        Self { text: texts.join("\n") }
    }
}

/// One rule. Names of modules are selectors, as in `archlint.toml`: `shop::domain` is the module and
/// all below it, `=shop::domain` that module alone, `shop::{slice}` one for each name, `crate:sqlx` an
/// external crate, `@database` a category of them, `layer:NAME` a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    name: Option<String>,
    kind: Kind,
    /// Further keys, as TOML.
    more: Vec<(&'static str, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// Names, each with the modules of the layer.
    Layers(Vec<(String, Vec<String>)>),
    /// Keys of a rule.
    Keys(&'static str, Vec<(&'static str, String)>),
}

impl Rule {
    /// Layers, the outermost first: each may use those after it. Every module of the crates has to
    /// stand in one.
    ///
    /// ```
    /// let layers = archlint::Rule::layers([("web", "shop::web"), ("domain", "shop::domain")]);
    /// let shop = archlint::in_memory("
    /// //- /src/lib.rs crate:shop
    /// pub mod domain { pub struct Order; }
    /// pub mod web { pub fn show(_: crate::domain::Order) {} }
    /// ")?;
    /// // The root of the crate belongs to no layer.
    /// let told = shop.check(layers).unwrap_err().to_string();
    /// assert!(told.contains("module `shop` belongs to no layer"), "{told}");
    /// # Ok::<(), archlint::Error>(())
    /// ```
    pub fn layers<N: Into<String>, S: Selectors>(layers: impl IntoIterator<Item = (N, S)>) -> Self {
        let layers = layers.into_iter().map(|(name, modules)| (name.into(), modules.texts())).collect();
        Self { name: None, kind: Kind::Layers(layers), more: Vec::new() }
    }

    /// `from` must not use `to`.
    pub fn forbid(from: impl Selectors, to: impl Selectors) -> Self {
        let ends = format!("{{ from = {}, to = {} }}", list(from), list(to));
        Self::keys("forbid", vec![("forbid", ends)])
    }

    /// `from` may use only itself and `to`; crates are judged only where `to` names any.
    pub fn only(from: impl Selectors, to: impl Selectors) -> Self {
        let ends = format!("{{ from = {}, to = {} }}", list(from), list(to));
        Self::keys("only", vec![("only", ends)])
    }

    /// `target` may be used only by itself and `by`.
    pub fn protect(target: impl Selectors, by: impl Selectors) -> Self {
        Self::keys("protect", vec![("protect", list(target)), ("only", list(by))])
    }

    /// Parts that must not use each other: several, or one selector with a capture, as `shop::{slice}`.
    pub fn independent(parts: impl Selectors) -> Self {
        Self::keys("independent", vec![("independent", list(parts))])
    }

    /// Modules below `within` must not depend on each other in a circle.
    pub fn acyclic(within: impl Selectors) -> Self {
        Self::keys("acyclic", vec![("acyclic", list(within))])
    }

    fn keys(word: &'static str, keys: Vec<(&'static str, String)>) -> Self {
        Self { name: None, kind: Kind::Keys(word, keys), more: Vec::new() }
    }

    /// Gives it a name to be told by. The order of layers is always called `layers`.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Says why it exists.
    #[must_use]
    pub fn because(self, why: &str) -> Self {
        self.with("because", quoted(why))
    }

    /// Says what to do instead.
    #[must_use]
    pub fn instead(self, what: &str) -> Self {
        self.with("instead", quoted(what))
    }

    /// Lets some be used all the same: `TO`, or `FROM -> TO`.
    #[must_use]
    pub fn except(self, selectors: impl Selectors) -> Self {
        let texts = list(selectors);
        self.with("except", texts)
    }

    /// Judges chains of any length, not only what code names itself.
    #[must_use]
    pub fn through_others(self) -> Self {
        self.with("via", quoted("any"))
    }

    /// Judges test code too.
    #[must_use]
    pub fn in_tests_too(self) -> Self {
        self.with("tests", "true".to_owned())
    }

    fn with(mut self, key: &'static str, value: String) -> Self {
        self.more.retain(|(known, _)| *known != key);
        self.more.push((key, value));
        self
    }

    /// The rule in the words of `archlint.toml`; `number` tells rules without a name apart.
    fn written(&self, number: usize) -> String {
        let more: String = self.more.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
        match &self.kind {
            Kind::Layers(layers) => {
                let names: Vec<String> = layers.iter().map(|(name, _)| quoted(name)).collect();
                let mut text = format!("[layers]\norder = [{}]\n{more}", names.join(", "));
                for (name, modules) in layers {
                    text.push_str(&format!("[layers.{}]\nmodules = {}\n", quoted(name), array(modules)));
                }
                text
            }
            Kind::Keys(word, keys) => {
                let name = self.name.clone().unwrap_or_else(|| format!("{word} {number}"));
                let keys: String = keys.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
                format!("[[rule]]\nname = {}\n{keys}{more}", quoted(&name))
            }
        }
    }
}

/// One selector, or several.
pub trait Selectors {
    /// The selectors as they are written.
    fn texts(self) -> Vec<String>;
}

impl Selectors for &str {
    fn texts(self) -> Vec<String> {
        vec![self.to_owned()]
    }
}

impl Selectors for String {
    fn texts(self) -> Vec<String> {
        vec![self]
    }
}

impl<T: Into<String>, const N: usize> Selectors for [T; N] {
    fn texts(self) -> Vec<String> {
        self.into_iter().map(Into::into).collect()
    }
}

impl<T: Into<String>> Selectors for Vec<T> {
    fn texts(self) -> Vec<String> {
        self.into_iter().map(Into::into).collect()
    }
}

fn list(selectors: impl Selectors) -> String {
    array(&selectors.texts())
}

fn array(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A string as TOML writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn unread(error: ReadError) -> Error {
    Error::wrong(vec![Problem {
        message: error.message,
        file: error.file,
        line: error.position.map(|(line, _)| line),
        column: error.position.map(|(_, column)| column),
        span: None,
        help: (!error.remedy.is_empty()).then_some(error.remedy),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = "//- /src/lib.rs crate:shop\npub mod domain;\npub mod web;\n\
                        //- /src/domain.rs\npub fn total() {\n    crate::web::show()\n}\n\
                        //- /src/web.rs\npub fn show() {}\n";

    fn shop() -> Workspace {
        in_memory(SHOP).expect("it can be read")
    }

    #[test]
    fn every_kind_of_rule_finds_its_breach_and_lets_the_rest_be() {
        let web = || "shop::web";
        for rule in [
            Rule::forbid("shop::domain", web()),
            Rule::only("shop::domain", "crate:serde?"),
            Rule::protect(web(), ["=shop"]),
            Rule::independent("shop::{part}"),
            Rule::independent(["shop::domain", "shop::web"]),
            Rule::layers([("web", vec!["=shop", web()]), ("domain", vec!["shop::domain"])]),
        ] {
            let broken = shop().check(rule.clone()).expect_err("the domain names the web");
            assert_eq!(broken.report().findings().len(), 1, "{rule:?}: {broken}");
            assert_eq!(broken.report().findings()[0].from, "shop::domain");
            let excused = rule.except("shop::domain -> shop::web");
            let kept = shop().check(excused).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(kept.verdict(), Verdict::Pass);
        }
        assert!(shop().check(Rule::acyclic("shop")).is_ok());
    }

    #[test]
    fn a_test_that_fails_shows_the_line() {
        let rule = Rule::forbid("shop::domain", "shop::web").named("no \"web\"").because("it lasts");
        let shown = format!("{:?}", shop().check(rule).expect_err("it is broken"));
        assert!(shown.contains("error[no \"web\"]") && shown.contains("src/domain.rs:2:5"), "{shown}");
        assert!(shown.contains("why: it lasts"), "{shown}");
    }

    #[test]
    fn a_rule_that_is_wrong_is_an_error_that_shows_it() {
        let wrong = shop().check(Rule::forbid("shop::domian", "shop::web")).expect_err("no such module");
        assert_eq!(wrong.report().verdict(), Verdict::Error);
        assert!(
            wrong.to_string().contains("shop::domian") && wrong.to_string().contains("did you mean"),
            "{wrong}"
        );
        let wrong = shop().check(Rules::from_toml("zebra = 1")).expect_err("no such key");
        assert!(wrong.to_string().contains("unknown key `zebra`"), "{wrong}");
    }

    #[test]
    fn strings_are_quoted_as_toml_wants_them() {
        assert_eq!(quoted("a\"b\\c\nd"), "\"a\\\"b\\\\c\\u000Ad\"");
        assert!(workspace_at(Path::new("/no/such/folder")).is_err());
    }
}
