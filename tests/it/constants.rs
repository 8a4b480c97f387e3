//! What the scores rest on stands in `rules/model.toml`, and is read from there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::{archlint, folder, out, package};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Rooms whose words and limits a configuration can change.
const ROOMS: [&str; 7] = ["census", "roles", "patterns", "need", "indicators", "lints", "checks"];

/// Lists that are no judgement: the order of roles and the names of lists in the catalogue are given.
const GIVEN: [&str; 5] = [
    "roles/decide.rs OUTER_FIRST",
    "roles/mod.rs ALL",
    "census/outside.rs LISTS",
    "lints/list.rs BOOK",
    "checks/mod.rs ALL",
];

/// Numbers that are no judgement: bits, the width of floats, and bounds of a search in the text.
const BOUNDS: [&str; 6] = [
    "roles/touch.rs INFRA",
    "roles/touch.rs DRIVEN",
    "roles/touch.rs DRIVING",
    "roles/decide.rs SAME",
    "patterns/storage.rs REACH",
    "patterns/touch.rs MAX_ALIASES",
];

/// Words of the language and of its standard library: what they mean is no judgement. `test` and `derive`
/// are among them wherever the code asks for them.
const RUST: [&str; 34] = [
    "Arc",
    "AsRef",
    "Box",
    "Clone",
    "Command",
    "Debug",
    "Deref",
    "Error",
    "Into",
    "Option",
    "PartialEq",
    "Result",
    "String",
    "Target",
    "TcpListener",
    "ToString",
    "TryFrom",
    "UnixListener",
    "alloc",
    "args",
    "args_os",
    "core",
    "env",
    "exit",
    "f32",
    "f64",
    "feature",
    "main",
    "proc_macro",
    "signal",
    "std",
    "test",
    "derive",
    "cfg",
];

/// Words that the tool itself says: in its sentences, of tags of modules and of facts that need is told by.
const SAID: [&str; 21] = [
    "always",
    "chance",
    "declared",
    "file",
    "files",
    "generated",
    "it",
    "messages",
    "opaque_macro",
    "outside",
    "port",
    "prints",
    "read_side",
    "reads",
    "repositories",
    "requests",
    "strict",
    "takes",
    "technologies",
    "unknown_crate",
    "use_cases",
];

/// Ends of English words.
const ENDINGS: [&str; 5] = ["e", "ed", "ies", "ing", "s"];

/// Sections whose keys are words of the user's code.
const WORDS: [&str; 4] =
    ["inference.words.", "inference.tags.", "inference.kind_words.", "facts.write_calls."];

fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("sources stand here") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = std::fs::read_to_string(&path).expect("sources are text");
            found.push((path, text));
        }
    }
    found.sort();
    found
}

/// The code above the tests of a file.
fn production(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text)
}

/// `file NAME` of each constant in a room whose type begins so.
fn constants(of: fn(&str) -> bool) -> Vec<String> {
    let domain = Path::new(ROOT).join("src/domain");
    let mut found = Vec::new();
    for room in ROOMS {
        for (path, text) in sources(&domain.join(room)).iter().filter(|(path, _)| !path.ends_with("tests.rs"))
        {
            let file =
                path.strip_prefix(&domain).expect("it stands there").to_string_lossy().replace('\\', "/");
            for line in production(text).lines() {
                let line = line.trim_start();
                let line = line.strip_prefix("pub(super) ").or(line.strip_prefix("pub ")).unwrap_or(line);
                let Some((name, kind)) = line.strip_prefix("const ").and_then(|rest| rest.split_once(": "))
                else {
                    continue;
                };
                if of(kind) {
                    found.push(format!("{file} {name}"));
                }
            }
        }
    }
    found
}

#[test]
fn no_list_of_words_stands_in_the_code_of_what_scores() {
    let lists = constants(|kind| kind.starts_with('[') || kind.starts_with("&["));
    let found: Vec<&String> = lists.iter().filter(|one| !GIVEN.contains(&one.as_str())).collect();
    // The list of measurements names functions.
    assert_eq!(found, ["indicators/list.rs ALL"], "put it into rules/model.toml");
}

#[test]
fn no_limit_stands_in_the_code_of_what_scores() {
    let numbers =
        constants(|kind| ["f64", "u32", "u64", "u8", "u16", "usize"].iter().any(|one| kind.starts_with(one)));
    let found: Vec<&String> = numbers.iter().filter(|one| !BOUNDS.contains(&one.as_str())).collect();
    assert_eq!(found, Vec::<&String>::new(), "put it into rules/model.toml");
}

fn rules(name: &str) -> toml::Table {
    let text = std::fs::read_to_string(Path::new(ROOT).join("rules").join(name)).expect("it is there");
    text.parse().expect("it is TOML")
}

/// The keys of a table and all below it, and the names and families that its entries have.
fn keys(value: &toml::Value, found: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, below) in table {
                found.insert(key.clone());
                if ["id", "name", "family"].contains(&key.as_str()) {
                    found.extend(below.as_str().map(str::to_owned));
                }
                keys(below, found);
            }
        }
        toml::Value::Array(list) => list.iter().for_each(|below| keys(below, found)),
        _ => {}
    }
}

/// The strings of a line of code that are one word.
fn lone_words(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap_or(line);
    let plain = |word: &&str| {
        word.starts_with(|first: char| first.is_alphabetic())
            && word.chars().all(|one| one.is_alphanumeric() || one == '_')
    };
    code.split('"').skip(1).step_by(2).filter(plain)
}

/// A word of the user's code that stands alone in the code of a room, in a comparison or a `matches!`,
/// escapes whoever wants to change it as a list would. Words by which the model and the catalogue are asked
/// (keys, constructs, categories and families) are no such words, nor are those of the language.
#[test]
fn no_lone_word_stands_in_the_code_of_what_scores() {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for name in ["model.toml", "crates.toml"] {
        keys(&toml::Value::Table(rules(name)), &mut known);
    }
    known.extend([&RUST[..], &SAID, &ENDINGS].concat().into_iter().map(str::to_owned));
    let domain = Path::new(ROOT).join("src/domain");
    let mut found = BTreeSet::new();
    for room in ROOMS {
        for (path, text) in sources(&domain.join(room)).iter().filter(|(path, _)| !path.ends_with("tests.rs"))
        {
            let file =
                path.strip_prefix(&domain).expect("it stands there").to_string_lossy().replace('\\', "/");
            // What lints and indicators say of themselves is their own.
            let own = |line: &&str| !line.trim_start().starts_with("name: ");
            for word in production(text).lines().filter(own).flat_map(lone_words) {
                if !known.contains(word) {
                    found.insert(format!("{file} {word}"));
                }
            }
        }
    }
    assert_eq!(found, BTreeSet::new(), "put it into rules/model.toml");
}

#[test]
fn what_stands_in_the_model_file_is_read() {
    let model = rules("model.toml");
    let code: String = sources(&Path::new(ROOT).join("src"))
        .iter()
        .filter(|(path, _)| !path.ends_with("tests.rs"))
        .map(|(_, text)| production(text))
        .collect();
    let mut unread = Vec::new();
    let mut open: Vec<(String, &toml::Table)> = vec![(String::new(), &model)];
    while let Some((path, table)) = open.pop() {
        for (key, value) in table {
            let whole = format!("{path}{key}");
            let spoken = WORDS.iter().any(|section| whole.starts_with(section));
            // `{what}_penalty`: the two are asked for by one function.
            let made = key.ends_with("_penalty") || key.ends_with("_floor");
            match value {
                toml::Value::Table(below) => open.push((format!("{whole}."), below)),
                toml::Value::Array(list) if list.first().is_some_and(toml::Value::is_table) => {}
                _ if spoken || made || code.contains(&format!("\"{key}\"")) => {}
                _ => unread.push(whole),
            }
        }
    }
    unread.sort();
    assert_eq!(unread, Vec::<String>::new(), "nothing asks for it, so changing it changes nothing");
}

const SHOP: &str = "pub struct Shop { price: f64, worth: f64 }\n\
    impl Shop {\n    pub fn cheap(&self, all: Vec<f64>) -> Vec<f64> {\n        \
    if self.price > 1.0 && self.worth > 1.0 { return Vec::new(); }\n        all.weigh().collect()\n    }\n}\n\
    pub const SAVE: &str = \"UPSERT INTO shops (id) VALUES ($1)\";\n\
    pub async fn save(pool: &sqlx::PgPool) { sqlx::query(SAVE).execute(pool).await.ok(); }\n";

/// What a run says of a shop under this configuration.
fn shop(config: &str, args: &[&str]) -> String {
    let shop = folder(&[
        ("Cargo.toml", format!("{}[dependencies]\nsqlx = \"0.8\"\n", package("shop"))),
        ("archlint.toml", config.to_owned()),
        ("src/lib.rs", SHOP.to_owned()),
    ]);
    out(&archlint(shop.path(), args)).to_owned()
}

fn need(config: &str, fact: &str) -> f64 {
    let told: serde_json::Value =
        serde_json::from_str(&shop(config, &["score", "--format", "json"])).expect("it is JSON");
    told["need"][fact].as_f64().expect("it is a number")
}

#[test]
fn words_by_which_files_are_read_can_be_changed() {
    let (before, after) =
        (need("", "decisions"), need("[facts]\nextend-decision_methods = [\"weigh\"]\n", "decisions"));
    assert_eq!((before, after), (2.0, 3.0));
    let (before, after) =
        (need("", "persistence"), need("[facts]\nextend-sql_writes = [\"upsert\"]\n", "persistence"));
    assert_eq!((before, after), (0.5, 1.0));
}

#[test]
fn attributes_of_tests_can_be_changed() {
    let edges = |config: &str| {
        let shop = folder(&[
            ("Cargo.toml", package("shop")),
            ("archlint.toml", config.to_owned()),
            (
                "src/lib.rs",
                "pub mod a { pub fn f() {} }\nmod b { #[spec] fn t() { crate::a::f(); } }\n".to_owned(),
            ),
        ]);
        let told = archlint(shop.path(), &["graph", "--level", "module", "--format", "json"]);
        let told: serde_json::Value = serde_json::from_str(out(&told)).expect("it is JSON");
        let edges = told["edges"].as_array().expect("it is a list").iter();
        edges.filter(|edge| edge["to"] == "shop::a" && edge["test"] == false).count()
    };
    assert_eq!((edges(""), edges("[facts]\nextend-test_attributes = [\"spec\"]\n")), (1, 0));
}

#[test]
fn words_of_a_lint_can_be_changed() {
    let money =
        |config: &str| shop(config, &["check", "--format", "short"]).matches("float-for-money").count();
    assert_eq!(money(""), 1);
    assert_eq!(money("[lint.float-for-money]\nextend-words = [\"worth\"]\n"), 2);
    assert_eq!(money("[lint.float-for-money]\nwords = []\n"), 0);
}
