//! Paths as text: relative to the workspace root, with `/`, without `.` and needless `..`.

use std::path::{Component, Path};

/// `path` as seen from `folder`; an absolute `path` is taken as seen from the root.
pub fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let start = if path.starts_with('/') { "" } else { folder };
    for part in start.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// The folder of a path; empty for the root.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
pub fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// Whether `path` is `folder` or lies below it.
pub fn is_below(path: &str, folder: &str) -> bool {
    if folder.is_empty() {
        return !path.starts_with("../") && path != "..";
    }
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// An absolute path as seen from an absolute root, by their names alone.
pub fn relative(root: &Path, path: &Path) -> String {
    let root: Vec<_> = plain(root);
    let path: Vec<_> = plain(path);
    let common = root.iter().zip(&path).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), root.len() - common);
    up.chain(path[common..].iter().cloned()).collect::<Vec<_>>().join("/")
}

/// A path as text with `/`.
pub fn display(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

fn plain(path: &Path) -> Vec<String> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir | Component::RootDir => {}
            Component::ParentDir => {
                parts.pop();
            }
            Component::Prefix(prefix) => parts.push(prefix.as_os_str().to_string_lossy().into_owned()),
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::adapters::cargo::paths::{is_below, join, parent, relative};

    #[test]
    fn paths_join_without_dots() {
        assert_eq!(join("", "src/lib.rs"), "src/lib.rs");
        assert_eq!(join("a/b", "../c/./d.rs"), "a/c/d.rs");
        assert_eq!(join("a", "../../x"), "../x");
        assert_eq!(join("../a", "../b"), "../b");
        assert_eq!(join("a", "/b"), "b");
        assert_eq!(parent("a/b.rs"), "a");
        assert_eq!(parent("b.rs"), "");
    }

    #[test]
    fn the_root_holds_what_is_not_above_it() {
        assert!(is_below("a/b", "a") && is_below("a", "a") && is_below("a", ""));
        assert!(!is_below("ab", "a") && !is_below("../a", ""));
    }

    #[test]
    fn absolute_paths_become_relative() {
        let root = Path::new("/w/shop");
        assert_eq!(relative(root, Path::new("/w/shop/src/lib.rs")), "src/lib.rs");
        assert_eq!(relative(root, Path::new("/w/other/lib.rs")), "../other/lib.rs");
        assert_eq!(relative(root, Path::new("/w/shop/a/../b")), "b");
        assert_eq!(relative(root, root), "");
    }
}
