//! Macros that well-known crates have, from the list that comes with the tool.

use std::sync::LazyLock;

use toml::Table;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    include_str!("../../../rules/macros.toml").parse().expect("the embedded list is valid TOML")
});

/// Names of the macros of a library, as far as they are listed.
pub fn macros_of(library: &str) -> Vec<String> {
    let names = TABLE.get(library).and_then(toml::Value::as_array);
    names.into_iter().flatten().filter_map(toml::Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_crates_have_their_macros() {
        assert!(macros_of("log").contains(&"warn".to_owned()));
        assert!(macros_of("no_such_crate").is_empty());
        assert!(TABLE.values().all(|names| names.as_array().is_some_and(|names| !names.is_empty())));
    }
}
