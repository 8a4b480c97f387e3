//! What the documentation shows is true.

use archlint::adapters::config::parse;
use archlint::adapters::pages::PAGES;

use crate::support::{archlint, folder, out, package};

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
fn what_the_readme_shows_is_what_is_printed() {
    let readme = include_str!("../../README.md");
    let order = "//! Orders.\n\nuse crate::adapters::db::Pool;\n\npub struct Order {\n    pub id: u64,\n}\n\n\
                 pub fn save(order: &Order, pool: &Pool) {\n    pool.write(order.id);\n}\n\n\
                 pub fn load(id: u64, pool: &Pool) -> Order {\n    Order { id }\n}\n";
    let shop = folder(&[
        ("Cargo.toml", format!("{}[dependencies]\nsqlx = \"0.8\"\n", package("shop"))),
        ("archlint.toml", blocks(readme, "```toml").concat()),
        ("src/lib.rs", "pub mod adapters;\npub mod domain;\npub mod web;\n".to_owned()),
        ("src/domain/mod.rs", "pub mod order;\n".to_owned()),
        ("src/domain/order.rs", order.to_owned()),
        ("src/adapters/mod.rs", "pub mod db;\n".to_owned()),
        ("src/adapters/db.rs", "use sqlx::PgPool;\n\npub struct Pool(pub PgPool);\n".to_owned()),
        (
            "src/web.rs",
            "use crate::domain::order::{Order, load};\n\n\
             pub fn show(id: u64, pool: &crate::adapters::db::Pool) -> Order {\n    load(id, pool)\n}\n"
                .to_owned(),
        ),
    ]);
    let shown = blocks(readme, "```");
    let check = archlint(shop.path(), &["--quiet"]);
    assert_eq!(out(&check).trim_end(), shown[0].trim_end());
    let command = "$ cargo archlint why shop::web crate:sqlx\n";
    let why = shown.iter().find_map(|block| block.strip_prefix(command)).expect("an answer is shown");
    assert_eq!(out(&archlint(shop.path(), &["why", "shop::web", "crate:sqlx"])), why);
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

#[test]
fn the_tests_of_each_form_exist() {
    let page = include_str!("../../docs/accuracy.md");
    let (_, table) = page.split_once("## Forms, by test").expect("the page has the table");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains('`'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() > 30);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/resolve");
    for row in rows {
        let [form, files, tests] = row.as_slice() else { panic!("three cells: {row:?}") };
        let read = |file: &str| std::fs::read_to_string(folder.join(file).with_extension("rs"));
        let text: String = files.split(", ").map(|file| read(file).expect("there is such a file")).collect();
        for test in tests.split(", ").map(|test| test.trim_matches('`')) {
            assert!(text.contains(&format!("\nfn {test}() {{")), "{form}: no test `{test}` in {files}");
        }
    }
}
