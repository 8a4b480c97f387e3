//! Paths of module files, by name alone.

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
    }
}
