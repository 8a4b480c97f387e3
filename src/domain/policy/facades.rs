//! Which crate defines what another crate re-exports: `axum::http` is `http`, `clap::Arg` is of
//! `clap_builder`.
//!
//! The sources of dependencies are not read, so this is a list, `rules/facades.toml`.

use rustc_hash::{FxHashMap, FxHashSet};

/// Paths are followed through this many facades.
const MAX_STEPS: u32 = 8;

/// What is known of crates that re-export others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facades {
    /// Entries of each crate, by the name that code uses.
    of: FxHashMap<String, Vec<Entry>>,
}

/// One thing that a crate re-exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What is re-exported.
    pub what: What,
    /// The crate that defines it, which may be a facade itself.
    pub definer: String,
    /// When it does.
    pub versions: Versions,
}

/// In which versions of a facade an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Versions {
    /// In those of today.
    Current,
    /// In some: only what is built can tell.
    Some,
}

/// What a crate re-exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A name or a path, and what lies below, known to the definer by the same path.
    Path(Vec<String>),
    /// The same for derives, attributes and macros alone.
    Macro(Vec<String>),
    /// A path and everything below it, where no longer entry speaks of it: it is the root of the definer.
    Below(Vec<String>),
}

/// How a path is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// As a derive, an attribute or a called macro.
    Macro,
    /// Otherwise.
    Other,
}

impl Facades {
    /// These entries, each with the crate that re-exports.
    pub fn new(entries: impl IntoIterator<Item = (String, Entry)>) -> Self {
        let mut of: FxHashMap<String, Vec<Entry>> = FxHashMap::default();
        for (facade, entry) in entries {
            of.entry(facade).or_default().push(entry);
        }
        Self { of }
    }

    /// Forgets definers that are not among these libraries, which are what is really built: other
    /// versions of a facade define more themselves. The standard library is always there. Where what is
    /// built is unknown, it is taken for what is current.
    pub fn keep_built(&mut self, libraries: Option<&[String]>) {
        let built: Option<FxHashSet<&str>> =
            libraries.map(|libraries| libraries.iter().map(String::as_str).collect());
        let is_built = |entry: &Entry| match &built {
            Some(built) => is_standard(&entry.definer) || built.contains(entry.definer.as_str()),
            None => entry.versions == Versions::Current,
        };
        #[expect(clippy::iter_over_hash_type, reason = "each list is looked at by itself")]
        for entries in self.of.values_mut() {
            entries.retain(is_built);
        }
    }

    /// Where an external path, its crate first, is defined; none where the crate itself defines it or
    /// nothing is known.
    pub fn definition(&self, path: &[&str], used: Use) -> Option<Vec<String>> {
        let mut at: Vec<String> = path.iter().map(|name| (*name).to_owned()).collect();
        let first = at.first()?.clone();
        for _ in 0..MAX_STEPS {
            let Some(next) = self.step(&at, used) else { break };
            at = next;
        }
        (at.first() != Some(&first)).then_some(at)
    }

    fn step(&self, path: &[String], used: Use) -> Option<Vec<String>> {
        let (facade, rest) = path.split_first()?;
        let entries = self.of.get(facade)?;
        let weight = |entry: &&Entry| {
            let covers = |known: &[String]| rest.starts_with(known);
            match &entry.what {
                What::Macro(known) => (used == Use::Macro && covers(known)).then_some((known.len(), 2)),
                What::Path(known) => covers(known).then_some((known.len(), 1)),
                What::Below(known) => covers(known).then_some((known.len(), 0)),
            }
        };
        let best =
            entries.iter().filter_map(|entry| Some((weight(&entry)?, entry))).max_by_key(|one| one.0)?;
        let entry = best.1;
        // The crate as a whole is itself, whatever it hands on.
        if rest.is_empty() || entry.definer == *facade {
            return None;
        }
        let below = match &entry.what {
            What::Below(known) => &rest[known.len()..],
            What::Path(_) | What::Macro(_) => rest,
        };
        Some(std::iter::once(entry.definer.clone()).chain(below.iter().cloned()).collect())
    }

    /// All pairs of a facade and a crate it re-exports from, sorted.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let mut pairs: Vec<(&str, &str)> = self
            .of
            .iter()
            .flat_map(|(facade, entries)| {
                entries.iter().map(|entry| (facade.as_str(), entry.definer.as_str()))
            })
            .filter(|(facade, definer)| facade != definer)
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

fn is_standard(name: &str) -> bool {
    matches!(name, "std" | "core" | "alloc")
}

#[cfg(test)]
mod tests {
    use crate::domain::policy::facades::{Entry, Facades, Use, Versions, What};

    fn facades() -> Facades {
        let path = |text: &str| text.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let entry = |facade: &str, what, definer: &str| {
            let (definer, versions) = match definer.strip_suffix('?') {
                Some(definer) => (definer.to_owned(), Versions::Some),
                None => (definer.to_owned(), Versions::Current),
            };
            (facade.to_owned(), Entry { what, definer, versions })
        };
        Facades::new([
            entry("web", What::Below(path("http")), "http"),
            entry("web", What::Path(path("Service")), "tower"),
            entry("web", What::Macro(path("Service")), "tower_derive"),
            entry("tower", What::Path(path("Service")), "tower_service"),
            entry("args", What::Below(path("")), "args_builder"),
            entry("args", What::Path(path("own")), "args"),
            entry("old", What::Below(path("")), "old_api?"),
        ])
    }

    fn defined(path: &str, used: Use) -> Option<String> {
        let path: Vec<&str> = path.split("::").collect();
        facades().definition(&path, used).map(|path| path.join("::"))
    }

    #[test]
    fn a_path_leads_to_the_crate_that_defines_it() {
        assert_eq!(defined("web::http::StatusCode", Use::Other).as_deref(), Some("http::StatusCode"));
        assert_eq!(defined("web::http", Use::Other).as_deref(), Some("http"));
        assert_eq!(defined("web::Router", Use::Other), None);
        assert_eq!(defined("web::https::X", Use::Other), None, "only whole names count");
    }

    #[test]
    fn facades_of_facades_are_followed() {
        assert_eq!(
            defined("web::Service::call", Use::Other).as_deref(),
            Some("tower_service::Service::call")
        );
    }

    #[test]
    fn a_derive_may_come_from_elsewhere() {
        assert_eq!(defined("web::Service", Use::Macro).as_deref(), Some("tower_derive::Service"));
    }

    #[test]
    fn what_is_its_own_stays_and_so_does_the_crate() {
        assert_eq!(defined("args::Arg", Use::Other).as_deref(), Some("args_builder::Arg"));
        assert_eq!(defined("args::own::X", Use::Other), None);
        assert_eq!(defined("args", Use::Other), None);
    }

    #[test]
    fn only_what_is_built_defines() {
        let mut facades = facades();
        facades.keep_built(Some(&["tower".to_owned(), "args_builder".to_owned(), "old_api".to_owned()]));
        let defined = |path: &[&str]| facades.definition(path, Use::Other).map(|path| path.join("::"));
        assert_eq!(defined(&["web", "http", "X"]), None);
        assert_eq!(defined(&["web", "Service"]).as_deref(), Some("tower::Service"));
        assert_eq!(defined(&["args", "Arg"]).as_deref(), Some("args_builder::Arg"));
        assert_eq!(defined(&["old", "Arg"]).as_deref(), Some("old_api::Arg"));
    }

    #[test]
    fn where_nothing_says_what_is_built_it_is_what_is_current() {
        let mut facades = facades();
        facades.keep_built(None);
        let defined = |path: &[&str]| facades.definition(path, Use::Other).map(|path| path.join("::"));
        assert_eq!(defined(&["web", "http", "X"]).as_deref(), Some("http::X"));
        assert_eq!(defined(&["old", "Arg"]), None);
    }
}
