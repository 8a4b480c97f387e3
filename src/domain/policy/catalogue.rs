//! What external crates let code touch: categories, families, and paths that differ from their crate.

use rustc_hash::FxHashMap;

use crate::domain::policy::role::Role;
use crate::domain::source::workspace::Workspace;

/// Crates and paths by category and family.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Categories, sorted by name.
    pub categories: Vec<Category>,
    /// Category of each library name; `-` as `_`.
    pub crates: FxHashMap<String, usize>,
    /// Categories of names that start so, longest first.
    pub prefixes: Vec<(String, usize)>,
    /// Library names of packages where they differ by more than `-` and `_`; keys with `_`.
    pub lib_names: FxHashMap<String, String>,
    /// Paths that differ from their crate, `tokio::fs`; the standard library as `std::…`.
    pub paths: FxHashMap<String, PathEntry>,
    /// Lists of words and paths by section and key, `derives.persistence`.
    pub lists: FxHashMap<String, Vec<String>>,
}

/// A category of crates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its name, `database_sql`.
    pub name: String,
    /// The technology it belongs to, empty where none.
    pub family: String,
    /// The role that its use is evidence for.
    pub role: Option<Role>,
    /// What a domain module may do with it.
    pub domain: Stance,
    /// What an application module may do with it.
    pub application: Stance,
}

/// A path that differs from its crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathEntry {
    /// The technology it belongs to, empty where none.
    pub family: String,
    /// What a domain module may do with it.
    pub domain: Stance,
    /// What an application module may do with it.
    pub application: Stance,
}

/// What the catalogue thinks of a use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// Nothing.
    #[default]
    Allow,
    /// Shown, never counted.
    Note,
    /// An offence.
    Forbid,
}

/// What is known of an external path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class<'a> {
    /// Category of the crate, unless the path is milder than it.
    pub category: Option<&'a Category>,
    /// The technology, empty where none.
    pub family: &'a str,
    /// What a domain module may do with it.
    pub domain: Stance,
    /// What an application module may do with it.
    pub application: Stance,
}

/// What `@name` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group<'a> {
    /// One category.
    Category(&'a str),
    /// Every category and path of a family.
    Family(&'a str),
}

impl Class<'_> {
    /// Whether it belongs to a group.
    pub fn is_in(&self, group: Group) -> bool {
        match group {
            Group::Category(name) => self.category.is_some_and(|category| category.name == name),
            Group::Family(name) => !name.is_empty() && self.family == name,
        }
    }
}

impl Catalogue {
    /// What is known of an external path, its crate first: the longest listed path decides, else
    /// the crate. A path that is milder than its crate's category is not in that category.
    pub fn class(&self, path: &[&str]) -> Class<'_> {
        let Some(krate) = path.first() else { return Class::default() };
        let category = self.category_of(krate);
        let of_crate = category.map_or_else(Class::default, |category| Class {
            category: Some(category),
            family: &category.family,
            domain: category.domain,
            application: category.application,
        });
        let Some(entry) = self.path_entry(path) else { return of_crate };
        let milder = entry.domain < of_crate.domain || entry.application < of_crate.application;
        Class {
            category: of_crate.category.filter(|_| !milder),
            family: if entry.family.is_empty() && !milder { of_crate.family } else { &entry.family },
            domain: entry.domain,
            application: entry.application,
        }
    }

    /// What `@name` stands for: that category, else every category of that family.
    pub fn group<'a>(&self, name: &'a str) -> Group<'a> {
        match self.categories.iter().any(|category| category.name == name) {
            true => Group::Category(name),
            false => Group::Family(name),
        }
    }

    /// Whether an external path belongs to what `@name` stands for.
    pub fn is_in(&self, path: &[&str], name: &str) -> bool {
        self.class(path).is_in(self.group(name))
    }

    /// Names of all categories and families, sorted.
    pub fn names(&self) -> Vec<&str> {
        let categories = self.categories.iter().flat_map(|category| [&*category.name, &*category.family]);
        let mut families: Vec<&str> = self.paths.values().map(|entry| &*entry.family).collect();
        families.extend(categories);
        families.retain(|name| !name.is_empty());
        families.sort_unstable();
        families.dedup();
        families
    }

    /// The category of a crate, by package or library name.
    pub fn category_of(&self, krate: &str) -> Option<&Category> {
        let name = krate.replace('-', "_");
        let index = self.crates.get(&name).or_else(|| {
            self.prefixes.iter().find(|(prefix, _)| name.starts_with(prefix.as_str())).map(|(_, index)| index)
        })?;
        self.categories.get(*index)
    }

    /// A list of words or paths, `impure_calls.clock`; empty where there is none.
    pub fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// The name of the library that a package holds, as code writes it.
    pub fn library(&self, package: &str) -> String {
        let name = package.replace('-', "_");
        self.lib_names.get(&name).cloned().unwrap_or(name)
    }

    /// Gives each dependency the name of its library, where that is not the name of its package.
    pub fn name_libraries(&self, workspace: &mut Workspace) {
        for dependency in workspace.packages.iter_mut().flat_map(|package| &mut package.dependencies) {
            if dependency.member.is_none() {
                dependency.library = self.library(&dependency.package);
            }
            if !dependency.renamed && dependency.member.is_none() {
                dependency.name.clone_from(&dependency.library);
            }
        }
    }

    fn path_entry(&self, path: &[&str]) -> Option<&PathEntry> {
        let (krate, rest) = path.split_first()?;
        let krate = if matches!(*krate, "core" | "alloc") { "std" } else { krate };
        let mut text = krate.replace('-', "_");
        for name in rest {
            text.push_str("::");
            text.push_str(name);
        }
        loop {
            if let Some(entry) = self.paths.get(&text) {
                return Some(entry);
            }
            text.truncate(text.rfind("::")?);
        }
    }
}
