//! The list of crates that re-export others, `rules/facades.toml`.

use toml::{Table, Value};

use crate::domain::policy::facades::{Entry, Facades, Versions, What};

const TEXT: &str = include_str!("../../../rules/facades.toml");

/// The embedded list.
pub fn facades() -> Facades {
    let file: Table = TEXT.parse().expect("the embedded list of facades is valid TOML");
    let mut entries = Vec::new();
    for (facade, definers) in &file {
        for (definer, list) in definers.as_table().into_iter().flatten() {
            let names = list.as_array().into_iter().flatten().filter_map(Value::as_str);
            let (definer, versions) = match definer.strip_suffix('?') {
                Some(definer) => (definer, Versions::Some),
                None => (definer.as_str(), Versions::Current),
            };
            entries.extend(names.map(|name| {
                (facade.clone(), Entry { what: what(name), definer: definer.to_owned(), versions })
            }));
        }
    }
    Facades::new(entries)
}

/// `a::b`, `a::b!` or `a::b::*`; `*` is everything.
fn what(text: &str) -> What {
    let path = |text: &str| text.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if let Some(macros) = text.strip_suffix('!') {
        What::Macro(path(macros))
    } else if let Some(above) = text.strip_suffix('*') {
        What::Below(path(above))
    } else {
        What::Path(path(text))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use toml::{Table, Value};

    use crate::adapters::config::facades::{TEXT, facades};
    use crate::domain::policy::facades::Use;

    fn file() -> Table {
        TEXT.parse().expect("the list is valid TOML")
    }

    #[test]
    fn well_known_facades_lead_to_the_crate_that_defines() {
        let facades = facades();
        let defined = |path: &str, used| {
            let path: Vec<&str> = path.split("::").collect();
            facades.definition(&path, used).map(|path| path.join("::"))
        };
        let of = |path| defined(path, Use::Other);
        assert_eq!(of("tracing::Level").as_deref(), Some("tracing_core::Level"));
        assert_eq!(of("tracing::Span"), None);
        assert_eq!(of("clap::Arg").as_deref(), Some("clap_builder::Arg"));
        assert_eq!(defined("clap::Parser", Use::Macro).as_deref(), Some("clap_derive::Parser"));
        assert_eq!(of("axum::http::StatusCode").as_deref(), Some("http::StatusCode"));
        assert_eq!(of("futures::Stream").as_deref(), Some("futures_core::Stream"));
        assert_eq!(of("futures::stream::iter").as_deref(), Some("futures_util::stream::iter"));
        assert_eq!(of("serde_json::Value"), None);
    }

    #[test]
    fn entries_are_lists_of_paths_under_names_as_code_writes_them() {
        for (facade, definers) in &file() {
            let definers = definers.as_table().unwrap_or_else(|| panic!("{facade} is no table"));
            let mut seen = BTreeSet::new();
            for (definer, list) in definers {
                for name in [facade.as_str(), definer.trim_end_matches('?')] {
                    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
                    assert!(plain, "`{name}` is no name of a library");
                }
                let list = list.as_array().unwrap_or_else(|| panic!("{facade}.{definer} is no list"));
                assert!(!list.is_empty(), "{facade}.{definer} lists nothing");
                for entry in list {
                    let entry = entry.as_str().unwrap_or_else(|| panic!("{facade}.{definer}: {entry}"));
                    assert!(seen.insert(entry), "{facade} lists `{entry}` twice");
                    let words = entry.trim_end_matches(['!', '*']).split("::");
                    for word in words.filter(|word| !word.is_empty()) {
                        let plain = word.chars().all(|c| c.is_alphanumeric() || c == '_');
                        assert!(plain, "{facade}.{definer}: `{entry}`");
                    }
                }
            }
        }
    }

    #[test]
    fn no_crate_re_exports_itself_by_a_detour() {
        let facades = facades();
        let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (facade, definer) in facades.pairs() {
            next.entry(facade).or_default().push(definer);
        }
        for start in next.keys() {
            let mut seen = BTreeSet::new();
            let mut open: Vec<&str> = next[start].clone();
            while let Some(at) = open.pop() {
                assert_ne!(at, *start, "`{start}` leads back to itself");
                if seen.insert(at) {
                    open.extend(next.get(at).into_iter().flatten());
                }
            }
        }
    }

    #[test]
    fn tables_are_sorted_by_facade() {
        let header = |line: &'static str| line.strip_prefix('[')?.strip_suffix(']');
        let headers: Vec<&str> = TEXT.lines().filter_map(header).collect();
        let mut sorted = headers.clone();
        sorted.sort_unstable();
        assert_eq!(headers, sorted);
        assert_eq!(file().values().filter(|value| matches!(value, Value::Table(_))).count(), headers.len());
    }
}
