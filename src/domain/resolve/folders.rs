//! Paths of module files, by name alone.

use crate::domain::source::facts::{FileFacts, ScopeForm, ScopeIx};

/// Everything before the last `/`.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a folder lies outside the root.
pub fn outside(folder: &str) -> bool {
    folder.starts_with("..")
}

/// Joins two paths with `/`, resolving `.` and `..` by name.
pub fn join(folder: &str, path: &str) -> String {
    if is_plain(path) && (folder.is_empty() || is_plain(folder)) {
        return if folder.is_empty() { path.to_owned() } else { [folder, "/", path].concat() };
    }
    let path = path.replace('\\', "/");
    if path.starts_with('/') {
        return path;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if folder.starts_with('/') { format!("/{joined}") } else { joined }
}

/// Whether a path is nothing but names with single slashes between them: that is how most are.
fn is_plain(path: &str) -> bool {
    let mut starts = true;
    for letter in path.bytes() {
        match letter {
            b'\\' => return false,
            // A name may start with a dot; such are rare, and looked at as the others are.
            b'/' | b'.' if starts => return false,
            letter => starts = letter == b'/',
        }
    }
    !starts
}

/// The folder in which the innermost module around a scope looks for its children.
pub fn folder_around(
    facts: &FileFacts,
    scope: Option<ScopeIx>,
    folders: &[Option<String>],
) -> Option<String> {
    let mut at = scope;
    while let Some(scope) = at {
        if let Some(folder) = &folders[scope.0 as usize] {
            return Some(folder.clone());
        }
        at = facts.scopes[scope.0 as usize].parent;
    }
    None
}

/// What a `#[path]` is relative to: the folder of the file, or inside inline modules the folder that
/// their names make.
pub fn relative_base(facts: &FileFacts, scope: Option<ScopeIx>, folder: &str) -> String {
    let mut at = scope;
    while let Some(scope) = at {
        match facts.scopes[scope.0 as usize].form {
            ScopeForm::Module => return folder.to_owned(),
            ScopeForm::File => break,
            ScopeForm::Block => at = facts.scopes[scope.0 as usize].parent,
        }
    }
    folder_of(&facts.path).to_owned()
}

/// Where the children of a file module are: beside `mod.rs` and files named by `#[path]`, else in
/// the folder of the module's name.
pub fn child_folder(path: &str, name: &str, folder: &str, named: bool) -> String {
    if named || path.ends_with("/mod.rs") || path == "mod.rs" {
        folder_of(path).to_owned()
    } else {
        join(folder, name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_join_by_name() {
        assert_eq!(join("src/a", "../b.rs"), "src/b.rs");
        assert_eq!(join("", "../b.rs"), "../b.rs");
        assert_eq!(join("src", "./x/y.rs"), "src/x/y.rs");
        assert_eq!(join("../out", "../../b.rs"), "../../b.rs");
        assert_eq!(join("/abs/src", "x.rs"), "/abs/src/x.rs");
        assert_eq!(join("a//b", "c/./d//e/"), "a/b/c/d/e");
        assert_eq!(join("a", "b\\c.rs"), "a/b/c.rs");
        assert_eq!(join(".hidden", ".x/y"), ".hidden/.x/y");
        assert_eq!(join("", "a/b"), "a/b");
    }
}
