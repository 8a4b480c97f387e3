//! What the documentation shows is true.

use archlint::adapters::config::parse;
use archlint::adapters::pages::PAGES;

/// The fenced blocks of a Markdown text that open with this fence.
fn blocks(text: &str, fence: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match (inside, line.starts_with("```")) {
            (false, true) if line == fence => {
                blocks.push(String::new());
                inside = true;
            }
            (true, true) => inside = false,
            (true, false) => {
                if let Some(block) = blocks.last_mut() {
                    block.push_str(line);
                    block.push('\n');
                }
            }
            (false, _) => {}
        }
    }
    blocks
}

/// The faults of a configuration.
fn faults(text: &str) -> Vec<String> {
    match parse(text, "archlint.toml") {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(|fault| format!("{}: {}", fault.line, fault.message)).collect(),
    }
}

#[test]
fn the_configuration_in_the_readme_is_right() {
    let blocks = blocks(include_str!("../../README.md"), "```toml");
    assert_eq!(blocks.len(), 1);
    assert_eq!(faults(&blocks[0]), Vec::<String>::new());
}

#[test]
fn the_configuration_on_each_page_is_right() {
    let mut seen = 0;
    for page in &PAGES {
        let first = blocks(page.body(), "```").into_iter().next().unwrap_or_default();
        let (_, after) =
            first.split_once("// archlint.toml\n").expect("the bad example starts with its rule");
        let toml = after.split("\n// ").next().unwrap_or_default();
        // A layer alone is no configuration: the others only stand for what a page need not repeat.
        if toml.contains("[layers.") && !toml.contains("[layers]") {
            continue;
        }
        assert_eq!(faults(toml), Vec::<String>::new(), "{}", page.name);
        seen += 1;
    }
    assert!(seen >= 7);
}

#[test]
fn every_category_of_crates_is_on_its_page() {
    let page = archlint::adapters::pages::page("crates").expect("there is a page on crate lists");
    let policy = parse("", "archlint.toml").expect("nothing is asked for");
    let names = policy.catalogue.names();
    assert!(names.len() > 40);
    for name in names {
        assert!(page.body().contains(&format!("`@{name}`")), "{name}");
    }
}

#[test]
fn the_configuration_in_the_reference_is_right() {
    let blocks = blocks(include_str!("../../docs/rules.md"), "```toml");
    assert_eq!(blocks.len(), 2);
    // The sketch of one layer, with the others it names.
    let others = ["web", "db", "mail"].map(|name| format!("[layers.{name}]\nmodules = [\"shop::{name}\"]\n"));
    assert_eq!(faults(&format!("{}{}", blocks[0], others.concat())), Vec::<String>::new());
    assert_eq!(faults(&blocks[1]), Vec::<String>::new());
}
