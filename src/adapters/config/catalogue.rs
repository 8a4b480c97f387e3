//! The crate catalogue that comes with the tool, `rules/crates.toml`.

use rustc_hash::FxHashMap;
use toml::{Table, Value};

use crate::domain::policy::catalogue::{Catalogue, Category, PathEntry, Stance};
use crate::domain::policy::role::Role;

const TEXT: &str = include_str!("../../../rules/crates.toml");

/// Sections that hold nothing but lists of words and paths.
const LISTS: [&str; 9] = [
    "impure_calls",
    "derives",
    "attributes",
    "rpc_sides",
    "messaging_sides",
    "store_writes",
    "store_reads",
    "transactions",
    "serving",
];

/// The embedded catalogue.
pub fn catalogue() -> Catalogue {
    let file: Table = TEXT.parse().expect("the embedded catalogue is valid TOML");
    let mut catalogue = Catalogue::default();
    for (package, library) in table(&file, "lib_names") {
        catalogue.lib_names.insert(plain(package), text(library).to_owned());
    }
    // Tables of `toml` are sorted by key, so categories are too.
    for (name, fields) in table(&file, "category") {
        let index = catalogue.categories.len();
        let word = |key: &str| fields.get(key).map(text).unwrap_or_default();
        catalogue.categories.push(Category {
            name: name.clone(),
            family: word("family").to_owned(),
            role: Role::from_word(word("role")),
            domain: stance(word("domain")),
            application: stance(word("application")),
        });
        for entry in strings(fields.get("crates")) {
            match entry.strip_suffix('*') {
                Some(prefix) => catalogue.prefixes.push((plain(prefix), index)),
                None => {
                    catalogue.crates.insert(plain(entry), index);
                    catalogue.crates.insert(catalogue.library(entry), index);
                }
            }
        }
    }
    catalogue.prefixes.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    catalogue.paths = paths(&file);
    for section in LISTS {
        for (key, value) in table(&file, section) {
            let list = strings(Some(value)).map(str::to_owned).collect();
            catalogue.lists.insert(format!("{section}.{key}"), list);
        }
    }
    catalogue
}

/// Paths of the standard library, and paths that differ from their crate.
fn paths(file: &Table) -> FxHashMap<String, PathEntry> {
    let mut paths = FxHashMap::default();
    let std = file.get("std_paths");
    let section = |name: &str| std.and_then(|std| std.get(name));
    let families = section("forbid").and_then(|forbid| forbid.get("family")).and_then(Value::as_table);
    for (family, list) in families.into_iter().flatten() {
        for path in strings(Some(list)) {
            paths.insert(path.to_owned(), entry(family, Stance::Forbid, Stance::Forbid));
        }
    }
    for (name, stance) in [("note", Stance::Note), ("allow", Stance::Allow)] {
        for path in strings(section(name).and_then(|section| section.get("paths"))) {
            paths.insert(path.to_owned(), entry("", stance, stance));
        }
    }
    for (path, fields) in table(file, "path_exceptions") {
        let word = |key: &str| fields.get(key).map(text).unwrap_or_default();
        paths
            .insert(path.clone(), entry(word("family"), stance(word("domain")), stance(word("application"))));
    }
    paths
}

fn entry(family: &str, domain: Stance, application: Stance) -> PathEntry {
    PathEntry { family: family.to_owned(), domain, application }
}

fn table<'a>(file: &'a Table, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    file.get(key).and_then(Value::as_table).into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn strings(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn stance(word: &str) -> Stance {
    match word {
        "forbid" => Stance::Forbid,
        "note" => Stance::Note,
        _ => Stance::Allow,
    }
}

fn plain(name: &str) -> String {
    name.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use crate::adapters::config::catalogue::catalogue;
    use crate::domain::policy::catalogue::Stance;

    #[test]
    fn crates_have_their_category() {
        let catalogue = catalogue();
        let category = |krate: &str| catalogue.category_of(krate).map(|category| category.name.clone());
        assert_eq!(category("sqlx").as_deref(), Some("database_sql"));
        assert_eq!(category("aws_sdk_s3").as_deref(), Some("cloud"), "a prefix");
        assert_eq!(category("aws-sdk-sqs").as_deref(), Some("message_broker"), "a name before a prefix");
        assert_eq!(category("s3").as_deref(), Some("cloud"), "a library name");
        assert_eq!(category("md5").as_deref(), Some("crypto"));
        assert_eq!(category("nobody-knows"), None);
        assert!(catalogue.categories.len() > 40);
    }

    #[test]
    fn the_longest_path_decides() {
        let catalogue = catalogue();
        assert_eq!(catalogue.class(&["std", "fs", "read"]).family, "filesystem");
        assert_eq!(catalogue.class(&["std", "env", "var"]).family, "process");
        assert_eq!(catalogue.class(&["std", "env", "consts", "OS"]).domain, Stance::Allow);
        assert_eq!(catalogue.class(&["core", "net", "IpAddr"]).domain, Stance::Allow);
        assert_eq!(catalogue.class(&["std", "vec", "Vec"]).domain, Stance::Allow);
        assert_eq!(catalogue.class(&["tokio", "fs", "File"]).family, "filesystem");
        assert!(catalogue.is_in(&["tokio", "spawn"], "async_runtime"));
        assert!(!catalogue.is_in(&["tokio", "sync", "Mutex"], "async_runtime"), "milder than its crate");
        assert!(catalogue.is_in(&["sqlx", "PgPool"], "database"), "a family");
        assert!(catalogue.is_in(&["sqlx", "PgPool"], "database_sql"), "a category");
        assert!(!catalogue.is_in(&["sqlx", "PgPool"], "http_client"));
    }
}
