//! The schema knows what the reader knows.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::adapters::config::schema::schema;
use crate::adapters::config::{model, parse};

/// Keys that the reader knows in a table: it lists them when told one that is like none of them.
fn known(text: &str) -> BTreeSet<String> {
    let problems = parse(text, "archlint.toml").expect_err("`QQQQ` is unknown");
    let problem =
        problems.iter().find(|problem| problem.message.contains("QQQQ")).expect("a problem about it");
    let help = problem.help.as_deref().unwrap_or_default();
    let words = help.strip_prefix("known keys are ").expect("the keys are listed");
    words.split(", ").map(|word| word.trim_matches('`').to_owned()).collect()
}

/// Properties of a definition, extensions left out.
fn described(schema: &Value, definition: Option<&str>) -> BTreeSet<String> {
    let object = match definition {
        Some(name) => &schema["$defs"][name],
        None => schema,
    };
    let properties = object["properties"].as_object().expect("an object");
    properties.keys().filter(|key| !key.starts_with("extend-")).cloned().collect()
}

#[test]
fn reader_and_schema_agree_on_keys() {
    let schema = schema();
    let layer = "[layers]\norder = [\"a\"]\n[layers.a]\nmodules = [\"a\"]\n";
    let rule = "[[rule]]\nname = \"x\"\n";
    for (definition, text) in [
        (Some("Layer"), format!("{layer}QQQQ = 1")),
        (Some("CrateList"), format!("{layer}crates = {{ QQQQ = 1 }}")),
        (Some("Layers"), "[layers]\nQQQQ = 1".to_owned()),
        (Some("Rule"), format!("{rule}protect = \"a\"\nonly = []\nQQQQ = 1")),
        (Some("Ends"), format!("{rule}forbid = {{ from = \"a\", to = \"b\", QQQQ = 1 }}")),
        (Some("RuleTest"), format!("{rule}acyclic = \"a\"\n[[rule.test]]\nQQQQ = 1")),
        (Some("TaggedRole"), "[roles]\na = { role = \"domain\", QQQQ = 1 }".to_owned()),
        (Some("Analysis"), "[analysis]\nQQQQ = 1".to_owned()),
    ] {
        assert_eq!(known(&text), described(&schema, definition), "{definition:?}");
    }
    let mut top = known("QQQQ = 1");
    // Too many to be listed where a key is unknown.
    top.extend(model::SECTIONS.map(str::to_owned));
    top.insert("links".to_owned());
    assert_eq!(top, described(&schema, None));
}

#[test]
fn lints_are_those_there_are() {
    let described = described(&schema(), Some("Lints"));
    let known = crate::domain::policy::lints::LINTS.map(|lint| lint.name.to_owned());
    assert_eq!(described, known.into_iter().collect());
    for lint in crate::domain::policy::lints::LINTS {
        assert!(crate::adapters::pages::page(lint.name).is_some(), "{}", lint.name);
    }
}

#[test]
fn words_are_those_of_the_reader() {
    let schema = schema();
    let words = |name: &str| schema["$defs"][name].to_string();
    for kind in crate::domain::graph::EdgeKind::ALL {
        assert!(words("Kind").contains(&format!("\"{}\"", kind.word())), "{}", kind.word());
    }
    for role in crate::domain::policy::role::Role::ALL {
        assert!(words("Role").contains(&format!("\"{}\"", role.word())));
    }
    for name in crate::adapters::config::presets::names() {
        assert!(words("Preset").contains(&format!("\"{name}\"")));
    }
    for word in ["used", "declared", "both"] {
        assert!(words("Judge").contains(&format!("\"{word}\"")));
        let text = format!(
            "[[rule]]\nname = \"x\"\nfrom = \"a\"\ncrates = {{ deny = [\"b\"], judge = \"{word}\" }}"
        );
        assert!(parse(&text, "archlint.toml").is_ok(), "{word}");
    }
    for level in crate::domain::policy::level::Level::ALL {
        assert!(words("Level").contains(&format!("\"{}\"", level.word())));
    }
}
