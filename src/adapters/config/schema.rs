//! The JSON Schema of `archlint.toml`. The types describe the file for editors; `reader` reads it, and
//! a test holds the two together.

#![expect(dead_code, reason = "the types are only described, never filled")]

use std::collections::BTreeMap;

use schemars::{JsonSchema, schema_for};

use crate::adapters::config::model;
use crate::domain::policy::lints::LINTS;

/// The JSON Schema of a configuration file.
pub fn schema() -> serde_json::Value {
    let mut schema = schema_for!(Config).to_value();
    if let Some(known) = schema["properties"].as_object_mut() {
        known.extend(model::properties());
    }
    schema
}

/// Configuration of cargo archlint: layers, rules and levels of one workspace.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "archlint.toml")]
struct Config {
    /// A ready-made architecture that this file refines: tables merge key by key, lists replace,
    /// `extend-…` lists append.
    preset: Option<Preset>,
    /// Other files that this one refines, each by its path relative to this file; later ones refine
    /// earlier ones.
    extends: Option<Files>,
    /// Layers, their order and their crates.
    layers: Option<Layers>,
    /// Rules beyond the order of layers.
    rule: Option<Vec<Rule>>,
    /// Level of lints by name.
    lints: Option<Lints>,
    /// Role of modules by selector.
    roles: Option<BTreeMap<String, RoleEntry>>,
    /// Category of crates that the catalogue does not know or sees otherwise.
    crates: Option<BTreeMap<String, String>>,
    /// How the analysis is done.
    analysis: Option<Analysis>,
    /// Floors for scores, and what their changes are measured from.
    gates: Option<Gates>,
}

/// Least values of scores, and largest falls (`"maintainability.delta"`), by construct; most and largest
/// rise where high is bad.
#[derive(JsonSchema)]
struct Gates {
    /// What changes are measured from where `--since` names no revision: a file that
    /// `cargo archlint score --format json` wrote, by its path relative to this file.
    reference: Option<String>,
    #[schemars(flatten)]
    limits: BTreeMap<String, f64>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Preset {
    Onion,
    Hexagonal,
    Layered,
}

/// Levels of the built-in rules: one property for each there is.
struct Lints;

impl JsonSchema for Lints {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Lints".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let level = generator.subschema_for::<Level>();
        let mut properties = serde_json::Map::new();
        for lint in LINTS {
            let mut property = level.clone();
            let text =
                format!("`{}` by default; see `cargo archlint explain {}`", lint.level.word(), lint.name);
            property.insert("description".to_owned(), text.into());
            properties.insert(lint.name.to_owned(), property.to_value());
        }
        schemars::json_schema!({
            "type": "object",
            "description": "Levels of the built-in rules.",
            "properties": properties,
            "additionalProperties": false,
        })
    }
}

/// How much a breach weighs: `deny` fails the run.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Level {
    Allow,
    Note,
    Warn,
    Deny,
}

/// Whether a layer may use all layers after it, or only the next one.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Access {
    Open,
    Closed,
}

/// Whether a rule looks at direct dependencies, or at chains of any length too.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Via {
    Direct,
    Any,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Role {
    Domain,
    Application,
    Adapter,
    Entrypoint,
    Composition,
    Test,
    Shared,
}

/// How a dependency is written.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Kind {
    Use,
    ReExport,
    Signature,
    Impl,
    Derive,
    Attribute,
    Macro,
    Body,
    Method,
    DocLink,
    Doctest,
}

/// What the parts of an acyclic whole are.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Grain {
    Siblings,
    Modules,
    Crates,
    Layers,
}

/// Paths of files.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Files {
    /// One file.
    One(String),
    /// Several.
    Many(Vec<String>),
}

/// Modules, crates or categories: `shop::a` (it and all below), `=shop::a` (it alone), `*` (one name),
/// `**` (any), `{x}` (one name, captured), `layer:NAME`, `role:NAME`, `crate:NAME`, `@category`,
/// `std::fs`. A `?` at the end lets it match nothing.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Selectors {
    /// One selector.
    One(String),
    /// Several.
    Many(Vec<String>),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Kinds {
    One(Kind),
    Many(Vec<Kind>),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Rank {
    /// A layer.
    One(String),
    /// Layers side by side, which must not use each other.
    Beside(Vec<String>),
}

/// Layers; every further key is the name of a layer.
#[derive(JsonSchema)]
struct Layers {
    /// Layers, outermost first: each may use those after it. A list within stands for layers side by
    /// side.
    order: Option<Vec<Rank>>,
    /// Appends to the `order` of the preset.
    #[schemars(rename = "extend-order")]
    extend_order: Option<Vec<Rank>>,
    /// `open`: a layer may use all after it; `closed`: only the next one.
    access: Option<Access>,
    /// Level of modules that no layer claims.
    unassigned: Option<Level>,
    /// Level of breaches of the order and of crate lists.
    level: Option<Level>,
    /// Whether chains through modules without a layer count.
    via: Option<Via>,
    /// Only dependencies written in these ways.
    kinds: Option<Kinds>,
    /// Appends to `kinds`.
    #[schemars(rename = "extend-kinds")]
    extend_kinds: Option<Vec<Kind>>,
    /// Whether test code is judged too.
    tests: Option<bool>,
    /// Uses that are left alone: `TO`, or `FROM -> TO`.
    except: Option<Selectors>,
    /// Appends to `except`.
    #[schemars(rename = "extend-except")]
    extend_except: Option<Vec<String>>,
    /// Why the order is so.
    because: Option<String>,
    /// What to do instead.
    instead: Option<String>,
    /// Whether breaches may be accepted in `archlint.baseline.toml`; `true` by default.
    baseline: Option<bool>,
    /// Dependencies that the layers must stop or let through, checked on every run.
    test: Option<Vec<RuleTest>>,
    /// The layers by name.
    #[schemars(flatten)]
    layers: BTreeMap<String, Layer>,
}

/// One layer.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Layer {
    /// Its modules.
    modules: Option<Selectors>,
    /// Appends to the `modules` of the preset.
    #[schemars(rename = "extend-modules")]
    extend_modules: Option<Vec<String>>,
    /// Crates it may or may not use.
    crates: Option<CrateList>,
    /// What it may use, where that differs from `layers.access`.
    access: Option<Access>,
    /// Whether every layer may use it; it may then stand outside the order, beneath all.
    shared: Option<bool>,
    /// Role of its modules.
    role: Option<Role>,
    /// Level of breaches by this layer.
    level: Option<Level>,
    /// Whether its selectors may match nothing.
    optional: Option<bool>,
    /// Why it is kept apart.
    because: Option<String>,
    /// What to do instead.
    instead: Option<String>,
}

/// Crates by name, path (`tokio::fs`, `std::fs`) or `@category`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct CrateList {
    /// Not these.
    deny: Option<Selectors>,
    /// Appends to `deny`.
    #[schemars(rename = "extend-deny")]
    extend_deny: Option<Vec<String>>,
    /// Exceptions to `deny`.
    allow: Option<Selectors>,
    /// Appends to `allow`.
    #[schemars(rename = "extend-allow")]
    extend_allow: Option<Vec<String>>,
    /// The closed list: nothing else but the standard library.
    only: Option<Selectors>,
    /// Appends to `only`.
    #[schemars(rename = "extend-only")]
    extend_only: Option<Vec<String>>,
    /// Whether it speaks of what code names (`used`, the default), of what the manifests of whole
    /// packages declare, or of both.
    judge: Option<Judge>,
}

/// Which dependencies a crate list speaks of.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Judge {
    Used,
    Declared,
    Both,
}

/// A rule: exactly one of `forbid`, `only` with two ends, `protect` with `only`, `independent`,
/// `acyclic`, or `crates` with `from`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Rule {
    /// What must hold, in a few words; unique.
    name: String,
    /// `from` must not use `to`.
    forbid: Option<Ends>,
    /// With `protect`: who may use it. Alone, with `from` and `to`: `from` may use only `to`; external
    /// crates are judged where `to` names any.
    only: Option<Only>,
    /// Appends to `only`.
    #[schemars(rename = "extend-only")]
    extend_only: Option<Vec<String>>,
    /// What only some may use.
    protect: Option<Selectors>,
    /// Appends to `protect`.
    #[schemars(rename = "extend-protect")]
    extend_protect: Option<Vec<String>>,
    /// Parts that must not use each other, told apart by captures or one by one.
    independent: Option<Selectors>,
    /// Appends to `independent`.
    #[schemars(rename = "extend-independent")]
    extend_independent: Option<Vec<String>>,
    /// Where no part may depend on itself by way of others.
    acyclic: Option<Selectors>,
    /// Appends to `acyclic`.
    #[schemars(rename = "extend-acyclic")]
    extend_acyclic: Option<Vec<String>>,
    /// What the parts of `acyclic` are; `siblings` by default.
    by: Option<Grain>,
    /// Crates that `from` may or may not use.
    crates: Option<CrateList>,
    /// Whose `crates`.
    from: Option<Selectors>,
    /// Appends to `from`.
    #[schemars(rename = "extend-from")]
    extend_from: Option<Vec<String>>,
    /// Its weight; `deny` by default.
    level: Option<Level>,
    /// `direct` by default; `any` also finds chains.
    via: Option<Via>,
    /// Only dependencies written in these ways.
    kinds: Option<Kinds>,
    /// Appends to `kinds`.
    #[schemars(rename = "extend-kinds")]
    extend_kinds: Option<Vec<Kind>>,
    /// Whether test code is judged too.
    tests: Option<bool>,
    /// Uses that are left alone: `TO`, or `FROM -> TO`.
    except: Option<Selectors>,
    /// Appends to `except`.
    #[schemars(rename = "extend-except")]
    extend_except: Option<Vec<String>>,
    /// Whether its selectors may match nothing.
    optional: Option<bool>,
    /// Why it exists.
    because: Option<String>,
    /// What to do instead.
    instead: Option<String>,
    /// Whether breaches may be accepted in `archlint.baseline.toml`; `true` by default.
    baseline: Option<bool>,
    /// Dependencies it must stop or let through, tried before every check.
    test: Option<Vec<RuleTest>>,
}

/// The two ends of a dependency.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Ends {
    /// Who.
    from: Selectors,
    /// Whom.
    to: Selectors,
    /// Appends to `from`.
    #[schemars(rename = "extend-from")]
    extend_from: Option<Vec<String>>,
    /// Appends to `to`.
    #[schemars(rename = "extend-to")]
    extend_to: Option<Vec<String>>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum Only {
    Users(Selectors),
    Ends(Ends),
}

/// Dependencies written as `shop::a -> shop::b`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct RuleTest {
    /// The rule must stop these.
    deny: Option<Selectors>,
    /// The rule must let these through.
    allow: Option<Selectors>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum RoleEntry {
    Role(Role),
    Tagged(TaggedRole),
}

/// A role with further marks.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct TaggedRole {
    /// The role.
    role: Role,
    /// Further marks, such as `read_side`.
    tags: Option<Selectors>,
}

/// How the analysis is done.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Analysis {
    /// Share of references that must resolve for a run to count, in percent.
    min_resolved: Option<f64>,
    /// Whether links in documentation are dependencies, of the kind `doc-link`.
    doc_links: Option<bool>,
    /// Whether examples in documentation are dependencies, of the kind `doctest`.
    doctests: Option<bool>,
}
