//! Tests of rules in the configuration: `[[rule.test]]` and `[[layers.test]]`.

use crate::adapters::config::reader::{Fields, Reading};
use crate::adapters::config::tree::{Entry, Node};
use crate::domain::policy::rules::{Expectation, RuleTest};

/// Reads `deny = "a -> b"` and `allow` under each table of a list, whose path is given.
pub(super) fn expectations(entry: &Entry, path: &str, reading: &mut Reading) -> Vec<RuleTest> {
    let items = match &entry.value.node {
        Node::List(items) => items.as_slice(),
        Node::Table(_) => std::slice::from_ref(&entry.value),
        _ => {
            reading.wrong_type(&entry.value, "test", "a list of tables");
            return Vec::new();
        }
    };
    let mut tests = Vec::new();
    for item in items {
        let Some(mut fields) = Fields::of(item, path, reading) else { continue };
        let before = tests.len();
        for (key, expect) in [("deny", Expectation::Deny), ("allow", Expectation::Allow)] {
            for text in fields.texts(key, reading).unwrap_or_default() {
                match text.text.split_once("->").map(|(from, to)| (from.trim(), to.trim())) {
                    Some((from, to)) if !from.is_empty() && !to.is_empty() && !to.contains("->") => {
                        tests.push(RuleTest {
                            from: from.to_owned(),
                            to: to.to_owned(),
                            expect,
                            at: text.at,
                        });
                    }
                    _ => {
                        let message = format!("`{}` is not a dependency", text.text);
                        let help = Some("write `shop::a -> shop::b`".to_owned());
                        reading.problem(text.at, message, help);
                    }
                }
            }
        }
        let asked = fields.entry("deny").is_some() || fields.entry("allow").is_some();
        fields.finish(reading);
        if tests.len() == before && !asked {
            reading.problem(
                item.at,
                "the test says nothing".to_owned(),
                Some("give it `deny` or `allow`".to_owned()),
            );
        }
    }
    tests
}
