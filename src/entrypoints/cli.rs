//! What can be written on the command line.

use std::path::PathBuf;

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::application::suggest::did_you_mean;
use crate::domain::contracts::proposal::Style;
use crate::domain::finding::Level;
use crate::domain::report::levels::Override;

/// Check the architecture of a Rust workspace, without compiling or running any of it.
#[derive(Debug, Parser)]
#[command(
    name = "cargo archlint",
    bin_name = "cargo archlint",
    version,
    after_help = "Exit codes: 0 all rules hold; 1 findings at deny level; 2 usage or configuration; \
                  3 the analysis is incomplete."
)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// Options of `check`, which is what runs where no command is named.
    #[command(flatten)]
    pub check: CheckArgs,
    /// The command.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Where help lists the options that every command shares, apart from a command's own.
const COMMON: &str = "Options of every command";

/// Options of every command.
#[derive(Clone, Debug, Default, Args)]
pub struct Global {
    /// Manifest of the package or workspace [default: the nearest Cargo.toml above]
    #[arg(long, global = true, help_heading = COMMON, value_name = "PATH")]
    pub manifest_path: Option<PathBuf>,
    /// Report on this package only (of `check`, `graph` and `layers`); may be given more than once
    #[arg(short, long = "package", global = true, help_heading = COMMON, value_name = "NAME")]
    pub packages: Vec<String>,
    /// Configuration [default: archlint.toml in the workspace root]
    #[arg(long, global = true, help_heading = COMMON, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// JUnit report of a test run, for the speed of tests; may be given more than once
    #[arg(long, global = true, help_heading = COMMON, value_name = "FILE")]
    pub junit: Vec<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, help_heading = COMMON, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
    /// How to write the result. `check`: human, short, json, cargo-json, sarif, github, gitlab, junit or
    /// markdown; `graph`: dot, mermaid or json; `why`: human, short or json; others: human or json
    #[arg(long, global = true, help_heading = COMMON, value_enum, value_name = "FORMAT", hide_possible_values = true)]
    pub format: Option<Format>,
    /// Leave out the summary
    #[arg(short, long, global = true, help_heading = COMMON)]
    pub quiet: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How to write a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// One line each.
    Short,
    /// Stable and versioned, for scripts.
    Json,
    /// Graphviz.
    Dot,
    /// Mermaid, for Markdown.
    Mermaid,
    /// Messages as cargo hands them to editors.
    CargoJson,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// Code quality of GitLab.
    Gitlab,
    /// JUnit XML.
    Junit,
    /// A comment on a pull request.
    Markdown,
}

impl Format {
    /// The word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Short => "short",
            Self::Json => "json",
            Self::Dot => "dot",
            Self::Mermaid => "mermaid",
            Self::CargoJson => "cargo-json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Markdown => "markdown",
        }
    }

    /// What `check` can write, the default first.
    pub const OF_CHECK: [Self; 9] = [
        Self::Human,
        Self::Short,
        Self::Json,
        Self::CargoJson,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Markdown,
    ];
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge the workspace by its rules (the default)
    Check(CheckArgs),
    /// Show the shortest chain of dependencies from A to B, with a line for every hop
    Why(WhyArgs),
    /// Draw the dependency graph
    Graph(GraphArgs),
    /// Show which layer each module stands in and which part it plays, and why
    Layers(LayersArgs),
    /// Write an archlint.toml that fits this code, and a baseline with which it passes
    Init(InitArgs),
    /// Show what is accepted, or accept more
    Baseline(BaselineArgs),
    /// Score the causal model: practices, states and outcomes, with evidence
    Score,
    /// Show the ten steps of the book, and the next best one
    Plan,
    /// Show what a change would do to the scores
    Whatif(WhatifArgs),
    /// Show what was and was not seen
    Doctor,
    /// Explain a rule, a lint, a practice, a score or an indicator; with --here, by the numbers of this
    /// workspace
    Explain(ExplainArgs),
    /// List the configured rules
    Rules,
    /// Plant forbidden dependencies in the graph and list those that no rule stops
    TestRules,
    /// Print the JSON Schema of archlint.toml
    Schema,
    /// Print what a shell needs to complete this command line
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
}

/// What `completions` asks.
#[derive(Clone, Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// A file to write, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// How the result is written.
    pub format: Format,
    /// Where to.
    pub path: PathBuf,
}

/// Reads `FORMAT=FILE`, or `FILE` where its end says what it holds.
fn output(text: &str) -> Result<Output, String> {
    if let Some((word, path)) = text.split_once('=') {
        let known = Format::OF_CHECK.into_iter().find(|format| format.word() == word);
        if let Some(format) = known.filter(|_| !path.is_empty()) {
            return Ok(Output { format, path: path.into() });
        }
        // A word without a separator of paths was meant as a format.
        if known.is_none() && !word.contains(['/', '\\', '.']) {
            let words = Format::OF_CHECK.map(Format::word);
            let near =
                did_you_mean(word, words.into_iter()).map(|help| format!("; {help}")).unwrap_or_default();
            return Err(format!("there is no format `{word}`{near}"));
        }
    }
    let format = match text.rsplit_once('.').map(|(_, end)| end) {
        Some("sarif") => Format::Sarif,
        _ if text.ends_with(".sarif.json") => Format::Sarif,
        Some("json") => Format::Json,
        Some("xml") => Format::Junit,
        Some("md") => Format::Markdown,
        Some("txt") => Format::Human,
        _ => return Err("its name does not tell the format; write FORMAT=FILE, as sarif=report".to_owned()),
    };
    Ok(Output { format, path: text.into() })
}

/// How messages are written, in cargo's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// For people.
    Human,
    /// One line each.
    Short,
    /// One JSON document each, as editors read them.
    Json,
    /// The same; the text for people within is coloured.
    JsonDiagnosticRenderedAnsi,
}

/// How a plan of fixes is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// Stable and versioned, for scripts.
    Json,
}

/// Options of `check`.
#[derive(Clone, Debug, Default, Args)]
pub struct CheckArgs {
    /// Do not report this rule (`all` for every rule)
    #[arg(short = 'A', long, value_name = "RULE")]
    pub allow: Vec<String>,
    /// Report this rule without failing
    #[arg(short = 'W', long, value_name = "RULE")]
    pub warn: Vec<String>,
    /// Fail on this rule; of -A, -W and -D the last word on a rule counts
    #[arg(short = 'D', long, value_name = "RULE")]
    pub deny: Vec<String>,
    /// Fail on findings even where nothing is configured
    #[arg(long)]
    pub ci: bool,
    /// Report only what is new since this revision, and what else changed; `main...` is where this
    /// branch left main
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Also write the result to a file: FORMAT=FILE, or FILE that ends in .sarif, .json, .xml, .md
    /// or .txt; may be given more than once
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output)]
    pub output: Vec<Output>,
    /// Write messages as cargo does; `json` is what editors read
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with = "format")]
    pub message_format: Option<MessageFormat>,
    /// Show how many findings each rule has instead of the findings
    #[arg(long)]
    pub statistics: bool,
    /// Exit with 0 where there are findings; what was not checked still fails
    #[arg(long)]
    pub exit_zero: bool,
    /// Write for each finding what may be used instead, and where
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with_all = ["format", "message_format"])]
    pub fix_plan: Option<PlanFormat>,
    /// The three lists above in the order in which they were written.
    #[arg(skip)]
    pub overrides: Vec<Override>,
}

impl CheckArgs {
    /// These options, followed by those written behind the name of the command.
    pub fn with(&self, own: &Self) -> Self {
        let join = |a: &[String], b: &[String]| [a, b].concat();
        Self {
            allow: join(&self.allow, &own.allow),
            warn: join(&self.warn, &own.warn),
            deny: join(&self.deny, &own.deny),
            ci: self.ci || own.ci,
            since: own.since.clone().or_else(|| self.since.clone()),
            output: [self.output.clone(), own.output.clone()].concat(),
            message_format: own.message_format.or(self.message_format),
            statistics: self.statistics || own.statistics,
            exit_zero: self.exit_zero || own.exit_zero,
            fix_plan: own.fix_plan.or(self.fix_plan),
            overrides: [self.overrides.clone(), own.overrides.clone()].concat(),
        }
    }

    /// Whether no option of `check` is written.
    fn is_blank(&self) -> bool {
        self.allow.is_empty()
            && self.warn.is_empty()
            && self.deny.is_empty()
            && !self.ci
            && self.since.is_none()
            && self.output.is_empty()
            && self.message_format.is_none()
            && !self.statistics
            && !self.exit_zero
            && self.fix_plan.is_none()
    }
}

/// What `why` asks.
#[derive(Clone, Debug, Args)]
pub struct WhyArgs {
    /// A module or item (`shop::domain`, or the end of its id), `layer:NAME`
    pub from: String,
    /// The same, or something external: `crate:sqlx`, `std::fs`
    pub to: String,
}

/// What `graph` asks.
#[derive(Clone, Debug, Args)]
#[command(group = clap::ArgGroup::new("start").args(["focus", "reaches"]).multiple(true))]
pub struct GraphArgs {
    /// What the nodes are [default: layers where configured, else top-level modules; json: module]
    #[arg(long, value_enum)]
    pub level: Option<GraphLevel>,
    /// Only this module and its neighbours
    #[arg(long, value_name = "MODULE")]
    pub focus: Option<String>,
    /// Only what leads to this module
    #[arg(long, value_name = "MODULE")]
    pub reaches: Option<String>,
    /// How many steps to go from there [default: 1 for --focus, all for --reaches]
    #[arg(long, value_name = "N", requires = "start")]
    pub depth: Option<u32>,
    /// Fold what is more than N nodes; 0 draws all [default: 60; json: 0]
    #[arg(long, value_name = "N")]
    pub max_nodes: Option<usize>,
    /// Draw the edges of test code too (json always has them)
    #[arg(long)]
    pub tests: bool,
    /// Draw external crates too (json always has them)
    #[arg(long)]
    pub externals: bool,
}

/// What the nodes of a graph are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphLevel {
    /// Layers.
    Layer,
    /// Crates.
    Crate,
    /// Modules.
    Module,
    /// Items.
    Item,
}

/// What `layers` asks.
#[derive(Clone, Debug, Args)]
pub struct LayersArgs {
    /// Show this module with what it uses and what uses it
    pub module: Option<String>,
    /// Show every vote for the part that this module plays
    #[arg(long, value_name = "MODULE", conflicts_with = "module")]
    pub explain: Option<String>,
}

/// What `init` asks.
#[derive(Clone, Debug, Args)]
pub struct InitArgs {
    /// Propose this architecture [default: the one that the code has]
    #[arg(long, value_enum, value_name = "NAME")]
    pub preset: Option<Preset>,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// An architecture to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Preset {
    /// Business rules in the middle, technology around them.
    Onion,
    /// Ports, with driving and driven adapters side by side.
    Hexagonal,
    /// Presentation over business over persistence.
    Layered,
    /// Features that do not meet.
    Slices,
    /// Each crate a layer.
    Crates,
    /// Each module below the crate root a layer.
    Modules,
}

impl From<Preset> for Style {
    fn from(preset: Preset) -> Self {
        match preset {
            Preset::Onion => Self::Onion,
            Preset::Hexagonal => Self::Hexagonal,
            Preset::Layered => Self::Layered,
            Preset::Slices => Self::Slices,
            Preset::Crates => Self::Crates,
            Preset::Modules => Self::Modules,
        }
    }
}

/// What `baseline` asks.
#[derive(Clone, Debug, Args)]
pub struct BaselineArgs {
    /// Accept the new findings of this rule (`all` for every rule); may be given more than once
    #[arg(long, value_name = "RULE", requires = "because")]
    pub accept: Vec<String>,
    /// Why they are accepted
    #[arg(long, value_name = "REASON", requires = "accept")]
    pub because: Option<String>,
    /// The last day on which they are, as 2027-03-01
    #[arg(long, value_name = "DAY", requires = "accept")]
    pub until: Option<String>,
    /// Accept only what this module and those below it do
    #[arg(long, value_name = "MODULE", requires = "accept")]
    pub from: Option<String>,
}

/// What `whatif` asks.
#[derive(Clone, Debug, Args)]
#[group(required = true, multiple = false)]
pub struct WhatifArgs {
    /// Raise a lever by some points: `uow=+10`
    #[arg(long, value_name = "LEVER[=POINTS]")]
    pub lever: Option<String>,
    /// Take a dependency away: `shop::domain -> shop::db`
    #[arg(long, value_name = "A->B")]
    pub remove: Option<String>,
    /// Resolve all findings of a lint
    #[arg(long, value_name = "LINT")]
    pub fix: Option<String>,
}

/// What `explain` asks.
#[derive(Clone, Debug, Args)]
pub struct ExplainArgs {
    /// A kind of rule, a lint, the id of a score or an indicator (`dip`, `tst.doubles`), or the name
    /// of a rule in the configuration; without it all pages are listed
    pub name: Option<String>,
    /// Add the numbers of this workspace, and the places behind them
    #[arg(long, requires = "name")]
    pub here: bool,
}

/// What is said instead of running a command: a usage error, or the text of `--help` or `--version`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The text.
    pub plain: String,
    /// The same with colour.
    pub coloured: String,
    /// 2 for a usage error, else 0.
    pub exit_code: u8,
}

impl From<clap::Error> for Refusal {
    fn from(error: clap::Error) -> Self {
        let text = error.render();
        let exit_code = if error.use_stderr() { 2 } else { 0 };
        Self { plain: text.to_string(), coloured: text.ansi().to_string(), exit_code }
    }
}

/// Reads the command line; cargo passes `archlint` as first argument, which is left out.
///
/// # Errors
/// Usage errors, and the texts of `--help` and `--version`.
pub fn parse(args: impl IntoIterator<Item = std::ffi::OsString>) -> Result<Cli, Refusal> {
    let mut args: Vec<std::ffi::OsString> = args.into_iter().collect();
    if args.get(1).is_some_and(|first| first == "archlint") {
        args.remove(1);
    }
    let matches = Cli::command().try_get_matches_from(args)?;
    let mut cli = Cli::from_arg_matches(&matches)?;
    cli.check.overrides = overrides(&matches, &cli.check);
    if let Some(("check", own)) = matches.subcommand()
        && let Some(Command::Check(args)) = &mut cli.command
    {
        args.overrides = overrides(own, args);
    }
    let is_check = matches!(cli.command, None | Some(Command::Check(_)));
    if !is_check && !cli.check.is_blank() {
        let message = "-A, -W, -D, --ci, --output, --message-format, --statistics, --exit-zero, --since and --fix-plan \
                       belong to `check`, not to the command that is named";
        return Err(Cli::command().error(clap::error::ErrorKind::ArgumentConflict, message).into());
    }
    // Passed over in silence it would make a number of the workspace look like that of a package.
    let narrows = is_check || matches!(cli.command, Some(Command::Graph(_) | Command::Layers(_)));
    if !narrows && !cli.global.packages.is_empty() {
        let message = "-p narrows what `check`, `graph` and `layers` report; the command that is named answers \
                       for the whole workspace";
        return Err(Cli::command().error(clap::error::ErrorKind::ArgumentConflict, message).into());
    }
    Ok(cli)
}

/// The levels asked for, in the order in which they were written.
fn overrides(matches: &ArgMatches, args: &CheckArgs) -> Vec<Override> {
    let mut placed: Vec<(usize, Override)> = Vec::new();
    for (id, rules, level) in [
        ("allow", &args.allow, Level::Allow),
        ("warn", &args.warn, Level::Warn),
        ("deny", &args.deny, Level::Deny),
    ] {
        let places = matches.indices_of(id).into_iter().flatten();
        placed.extend(places.zip(rules).map(|(at, rule)| (at, Override { rule: rule.clone(), level })));
    }
    placed.sort_by_key(|(at, _)| *at);
    placed.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Cli, Refusal> {
        parse(line.split(' ').map(std::ffi::OsString::from))
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn cargo_and_the_direct_call_read_the_same() {
        for line in ["cargo-archlint archlint why a b", "cargo-archlint why a b"] {
            let cli = parsed(line).expect("it is well formed");
            assert!(matches!(cli.command, Some(Command::Why(args)) if args.from == "a" && args.to == "b"));
        }
    }

    #[test]
    fn the_last_word_on_a_rule_is_kept_last() {
        let cli = parsed("x -D all -A layers check -W layers").expect("it is well formed");
        let Some(Command::Check(own)) = &cli.command else { panic!("check was named") };
        let order: Vec<(String, Level)> =
            cli.check.with(own).overrides.into_iter().map(|one| (one.rule, one.level)).collect();
        let layers = || "layers".to_owned();
        assert_eq!(
            order,
            [("all".to_owned(), Level::Deny), (layers(), Level::Allow), (layers(), Level::Warn)]
        );
    }

    #[test]
    fn files_are_told_by_their_end_or_by_a_word() {
        let read = |text: &str| output(text).map(|output| (output.format, output.path));
        assert_eq!(read("a.sarif"), Ok((Format::Sarif, "a.sarif".into())));
        assert_eq!(read("sarif=a"), Ok((Format::Sarif, "a".into())));
        assert_eq!(read("gitlab=x=y.json"), Ok((Format::Gitlab, "x=y.json".into())));
        assert_eq!(read("out/x=y.xml"), Ok((Format::Junit, "out/x=y.xml".into())));
        assert!(read("sarf=a").is_err_and(|error| error.ends_with("did you mean `sarif`?")));
        assert!(read("report").is_err_and(|error| error.contains("FORMAT=FILE")));
        assert!(read("dot=a").is_err());
    }

    #[test]
    fn help_lists_the_options_of_a_command_apart_from_those_of_every_command() {
        let help = parsed("x whatif --help").expect_err("clap stops here").plain;
        let at = |text: &str| help.find(text).unwrap_or_else(|| panic!("{text} is in\n{help}"));
        assert!(at("--fix <LINT>") < at(COMMON));
        assert!(at(COMMON) < at("--manifest-path"));
    }

    #[test]
    fn options_are_refused_where_they_do_nothing() {
        assert_eq!(parsed("x --ci doctor").expect_err("--ci is of check").exit_code, 2);
        assert_eq!(parsed("x score -p shop").expect_err("scores are of the workspace").exit_code, 2);
        assert_eq!(parsed("x -p shop plan").expect_err("so are plans").exit_code, 2);
        assert_eq!(parsed("x graph --depth 2").expect_err("from nowhere").exit_code, 2);
        assert!(
            parsed("x graph --depth 2 --focus a").is_ok() && parsed("x graph --depth 2 --reaches a").is_ok()
        );
        for command in ["check", "graph", "layers"] {
            let cli = parsed(&format!("x {command} -p shop")).expect("it narrows");
            assert_eq!(cli.global.packages, ["shop"]);
        }
        assert_eq!(parsed("x chekc").expect_err("no such command").exit_code, 2);
        assert_eq!(parsed("x --version").expect_err("clap stops here").exit_code, 0);
    }
}
