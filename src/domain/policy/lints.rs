//! The built-in rules, by name, with the level each has where nothing is configured.

use crate::domain::policy::Policy;
use crate::domain::policy::level::Level;

/// A dependency is declared and never named.
pub const UNUSED_DEPENDENCY: &str = "unused-dependency";
/// Production code names a crate that is declared for tests.
pub const DEV_DEPENDENCY_IN_PRODUCTION: &str = "dev-dependency-in-production";
/// A dependency of production is named by test code only.
pub const TEST_ONLY_DEPENDENCY: &str = "test-only-dependency";
/// A crate is named and not declared.
pub const UNDECLARED_CRATE: &str = "undeclared-crate";
/// A crate is used through what another one re-exports.
pub const BORROWED_DEPENDENCY: &str = "borrowed-dependency";

/// A comment silences what is not there.
pub const UNUSED_SUPPRESSION: &str = "unused-suppression";
/// A comment that should silence something does not.
pub const INVALID_SUPPRESSION: &str = "invalid-suppression";
/// The baseline accepts what is not there.
pub const STALE_BASELINE: &str = "stale-baseline";

/// A score is worse than the configuration allows.
pub const GATE: &str = "gate";

/// A built-in rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lint {
    /// Its kebab-case name.
    pub name: &'static str,
    /// Its level where nothing is configured.
    pub level: Level,
}

/// Every built-in rule.
pub const LINTS: [Lint; 65] = [
    Lint { name: UNUSED_DEPENDENCY, level: Level::Warn },
    Lint { name: DEV_DEPENDENCY_IN_PRODUCTION, level: Level::Warn },
    Lint { name: TEST_ONLY_DEPENDENCY, level: Level::Note },
    Lint { name: UNDECLARED_CRATE, level: Level::Warn },
    Lint { name: BORROWED_DEPENDENCY, level: Level::Allow },
    Lint { name: UNUSED_SUPPRESSION, level: Level::Warn },
    Lint { name: INVALID_SUPPRESSION, level: Level::Warn },
    Lint { name: STALE_BASELINE, level: Level::Warn },
    Lint { name: GATE, level: Level::Deny },
    // From the book; what each looks for stands in `domain::lints`.
    Lint { name: "adapter-built-outside-root", level: Level::Warn },
    Lint { name: "begin-without-commit", level: Level::Warn },
    Lint { name: "command-named-as-fact", level: Level::Warn },
    Lint { name: "command-with-many-handlers", level: Level::Warn },
    Lint { name: "component-cycle", level: Level::Deny },
    Lint { name: "concrete-client-in-core", level: Level::Warn },
    Lint { name: "console-output-in-domain", level: Level::Warn },
    Lint { name: "core-depends-on-adapter", level: Level::Deny },
    Lint { name: "core-error-wraps-technology", level: Level::Warn },
    Lint { name: "dead-event", level: Level::Warn },
    Lint { name: "domain-reaches-outward", level: Level::Deny },
    Lint { name: "domain-test-needs-io", level: Level::Warn },
    Lint { name: "domain-uses-infrastructure", level: Level::Deny },
    Lint { name: "embedded-aggregate", level: Level::Warn },
    Lint { name: "environment-read-outside-root", level: Level::Warn },
    Lint { name: "event-failure-stops-command", level: Level::Warn },
    Lint { name: "event-handler-cycle", level: Level::Warn },
    Lint { name: "event-named-as-command", level: Level::Warn },
    Lint { name: "fat-entrypoint", level: Level::Warn },
    Lint { name: "float-for-money", level: Level::Warn },
    Lint { name: "framework-type-in-use-case", level: Level::Warn },
    Lint { name: "global-holds-infrastructure", level: Level::Warn },
    Lint { name: "god-item", level: Level::Note },
    Lint { name: "handler-contains-sql", level: Level::Warn },
    Lint { name: "hidden-clock-or-random", level: Level::Warn },
    Lint { name: "inline-side-effect", level: Level::Warn },
    Lint { name: "inverted-pyramid", level: Level::Warn },
    Lint { name: "mixed-concerns", level: Level::Warn },
    Lint { name: "no-concurrency-guard", level: Level::Warn },
    Lint { name: "pattern-without-need", level: Level::Note },
    Lint { name: "persistence-derive-on-domain-type", level: Level::Deny },
    Lint { name: "persistence-outside-port", level: Level::Warn },
    Lint { name: "port-leaks-technology", level: Level::Warn },
    Lint { name: "presentation-derive-on-domain-type", level: Level::Warn },
    Lint { name: "public-field-on-aggregate", level: Level::Warn },
    Lint { name: "publish-before-commit", level: Level::Warn },
    Lint { name: "query-in-loop", level: Level::Warn },
    Lint { name: "read-side-writes", level: Level::Warn },
    Lint { name: "repository-for-inner-entity", level: Level::Warn },
    Lint { name: "repository-without-double", level: Level::Warn },
    Lint { name: "rules-outside-the-domain", level: Level::Note },
    Lint { name: "serde-shape-on-domain-type", level: Level::Note },
    Lint { name: "setter-on-aggregate", level: Level::Note },
    Lint { name: "sleep-in-test", level: Level::Warn },
    Lint { name: "slow-call-inside-transaction", level: Level::Warn },
    Lint { name: "speculative-abstraction", level: Level::Note },
    Lint { name: "synchronous-service-chain", level: Level::Warn },
    Lint { name: "test-that-cannot-fail", level: Level::Note },
    Lint { name: "test-tooling-in-production", level: Level::Warn },
    Lint { name: "transaction-outside-service", level: Level::Warn },
    Lint { name: "two-aggregates-one-transaction", level: Level::Warn },
    Lint { name: "use-case-calls-use-case", level: Level::Note },
    Lint { name: "use-case-takes-request-type", level: Level::Warn },
    Lint { name: "wire-type-in-domain", level: Level::Warn },
    Lint { name: "write-bypasses-root", level: Level::Warn },
    Lint { name: "writes-without-transaction", level: Level::Deny },
];

impl Policy {
    /// The level of a built-in rule: as the command line says, else as configured, else its own.
    pub fn lint_level(&self, name: &str) -> Level {
        let own = || LINTS.iter().find(|lint| lint.name == name).map(|lint| lint.level);
        self.level_of(name, self.configured(name).or_else(own).unwrap_or(Level::Allow))
    }

    /// The level of what a built-in rule is not sure of: a note at most, and only where the
    /// configuration or the command line asks for the rule by name. A first look is no place for
    /// doubts.
    pub fn doubtful_level(&self, name: &str) -> Level {
        let named = self.overrides.iter().any(|one| one.rule == name);
        match (named, self.configured(name)) {
            (false, None) => Level::Allow,
            _ => self.lint_level(name).min(Level::Note),
        }
    }

    /// The level the configuration gives a built-in rule.
    fn configured(&self, name: &str) -> Option<Level> {
        self.lints.iter().rev().find(|lint| lint.name == name).map(|lint| lint.level)
    }
}
