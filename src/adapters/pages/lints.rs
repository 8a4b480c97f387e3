//! The pages of the lints of the book.

use crate::adapters::pages::Page;

/// Every page, by name.
pub const LINTS: &[Page] = &[
    Page {
        name: "adapter-built-outside-root",
        text: include_str!("../../../rules/lints/adapter-built-outside-root.md"),
    },
    Page { name: "begin-without-commit", text: include_str!("../../../rules/lints/begin-without-commit.md") },
    Page {
        name: "command-named-as-fact",
        text: include_str!("../../../rules/lints/command-named-as-fact.md"),
    },
    Page {
        name: "command-with-many-handlers",
        text: include_str!("../../../rules/lints/command-with-many-handlers.md"),
    },
    Page { name: "component-cycle", text: include_str!("../../../rules/lints/component-cycle.md") },
    Page {
        name: "concrete-client-in-core",
        text: include_str!("../../../rules/lints/concrete-client-in-core.md"),
    },
    Page {
        name: "console-output-in-domain",
        text: include_str!("../../../rules/lints/console-output-in-domain.md"),
    },
    Page {
        name: "core-depends-on-adapter",
        text: include_str!("../../../rules/lints/core-depends-on-adapter.md"),
    },
    Page {
        name: "core-error-wraps-technology",
        text: include_str!("../../../rules/lints/core-error-wraps-technology.md"),
    },
    Page { name: "dead-event", text: include_str!("../../../rules/lints/dead-event.md") },
    Page {
        name: "domain-reaches-outward",
        text: include_str!("../../../rules/lints/domain-reaches-outward.md"),
    },
    Page { name: "domain-test-needs-io", text: include_str!("../../../rules/lints/domain-test-needs-io.md") },
    Page {
        name: "domain-uses-infrastructure",
        text: include_str!("../../../rules/lints/domain-uses-infrastructure.md"),
    },
    Page { name: "embedded-aggregate", text: include_str!("../../../rules/lints/embedded-aggregate.md") },
    Page {
        name: "environment-read-outside-root",
        text: include_str!("../../../rules/lints/environment-read-outside-root.md"),
    },
    Page {
        name: "event-failure-stops-command",
        text: include_str!("../../../rules/lints/event-failure-stops-command.md"),
    },
    Page { name: "event-handler-cycle", text: include_str!("../../../rules/lints/event-handler-cycle.md") },
    Page {
        name: "event-named-as-command",
        text: include_str!("../../../rules/lints/event-named-as-command.md"),
    },
    Page { name: "fat-entrypoint", text: include_str!("../../../rules/lints/fat-entrypoint.md") },
    Page { name: "float-for-money", text: include_str!("../../../rules/lints/float-for-money.md") },
    Page {
        name: "framework-type-in-use-case",
        text: include_str!("../../../rules/lints/framework-type-in-use-case.md"),
    },
    Page {
        name: "global-holds-infrastructure",
        text: include_str!("../../../rules/lints/global-holds-infrastructure.md"),
    },
    Page { name: "god-item", text: include_str!("../../../rules/lints/god-item.md") },
    Page { name: "handler-contains-sql", text: include_str!("../../../rules/lints/handler-contains-sql.md") },
    Page {
        name: "hidden-clock-or-random",
        text: include_str!("../../../rules/lints/hidden-clock-or-random.md"),
    },
    Page { name: "inline-side-effect", text: include_str!("../../../rules/lints/inline-side-effect.md") },
    Page { name: "inverted-pyramid", text: include_str!("../../../rules/lints/inverted-pyramid.md") },
    Page { name: "mixed-concerns", text: include_str!("../../../rules/lints/mixed-concerns.md") },
    Page { name: "no-concurrency-guard", text: include_str!("../../../rules/lints/no-concurrency-guard.md") },
    Page { name: "pattern-without-need", text: include_str!("../../../rules/lints/pattern-without-need.md") },
    Page {
        name: "persistence-derive-on-domain-type",
        text: include_str!("../../../rules/lints/persistence-derive-on-domain-type.md"),
    },
    Page {
        name: "persistence-outside-port",
        text: include_str!("../../../rules/lints/persistence-outside-port.md"),
    },
    Page {
        name: "port-leaks-technology",
        text: include_str!("../../../rules/lints/port-leaks-technology.md"),
    },
    Page {
        name: "presentation-derive-on-domain-type",
        text: include_str!("../../../rules/lints/presentation-derive-on-domain-type.md"),
    },
    Page {
        name: "public-field-on-aggregate",
        text: include_str!("../../../rules/lints/public-field-on-aggregate.md"),
    },
    Page {
        name: "publish-before-commit",
        text: include_str!("../../../rules/lints/publish-before-commit.md"),
    },
    Page { name: "query-in-loop", text: include_str!("../../../rules/lints/query-in-loop.md") },
    Page { name: "read-side-writes", text: include_str!("../../../rules/lints/read-side-writes.md") },
    Page {
        name: "repository-for-inner-entity",
        text: include_str!("../../../rules/lints/repository-for-inner-entity.md"),
    },
    Page {
        name: "repository-without-double",
        text: include_str!("../../../rules/lints/repository-without-double.md"),
    },
    Page {
        name: "rules-outside-the-domain",
        text: include_str!("../../../rules/lints/rules-outside-the-domain.md"),
    },
    Page {
        name: "serde-shape-on-domain-type",
        text: include_str!("../../../rules/lints/serde-shape-on-domain-type.md"),
    },
    Page { name: "setter-on-aggregate", text: include_str!("../../../rules/lints/setter-on-aggregate.md") },
    Page { name: "sleep-in-test", text: include_str!("../../../rules/lints/sleep-in-test.md") },
    Page {
        name: "slow-call-inside-transaction",
        text: include_str!("../../../rules/lints/slow-call-inside-transaction.md"),
    },
    Page {
        name: "speculative-abstraction",
        text: include_str!("../../../rules/lints/speculative-abstraction.md"),
    },
    Page {
        name: "synchronous-service-chain",
        text: include_str!("../../../rules/lints/synchronous-service-chain.md"),
    },
    Page {
        name: "test-that-cannot-fail",
        text: include_str!("../../../rules/lints/test-that-cannot-fail.md"),
    },
    Page {
        name: "test-tooling-in-production",
        text: include_str!("../../../rules/lints/test-tooling-in-production.md"),
    },
    Page {
        name: "transaction-outside-service",
        text: include_str!("../../../rules/lints/transaction-outside-service.md"),
    },
    Page {
        name: "two-aggregates-one-transaction",
        text: include_str!("../../../rules/lints/two-aggregates-one-transaction.md"),
    },
    Page {
        name: "use-case-calls-use-case",
        text: include_str!("../../../rules/lints/use-case-calls-use-case.md"),
    },
    Page {
        name: "use-case-takes-request-type",
        text: include_str!("../../../rules/lints/use-case-takes-request-type.md"),
    },
    Page { name: "wire-type-in-domain", text: include_str!("../../../rules/lints/wire-type-in-domain.md") },
    Page { name: "write-bypasses-root", text: include_str!("../../../rules/lints/write-bypasses-root.md") },
    Page {
        name: "writes-without-transaction",
        text: include_str!("../../../rules/lints/writes-without-transaction.md"),
    },
];
