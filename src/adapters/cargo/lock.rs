//! Which packages a workspace is built of, as `Cargo.lock` has them.

use crate::adapters::cargo::tree::Tree;

/// Name of the file.
const LOCK: &str = "Cargo.lock";

/// Names of all packages in the lock file at the root, sorted; none where there is no such file, or
/// nothing in it.
pub fn locked(tree: &dyn Tree) -> Option<Vec<String>> {
    let text = tree.text(LOCK).ok()?;
    // Cargo writes one key a line; a whole parse would take longer than that of the manifests.
    let name = |line: &str| Some(line.strip_prefix("name = \"")?.strip_suffix('"')?.to_owned());
    let mut names: Vec<String> = text.lines().map(str::trim_end).filter_map(name).collect();
    names.sort_unstable();
    names.dedup();
    (!names.is_empty()).then_some(names)
}

#[cfg(test)]
mod tests {
    use crate::adapters::cargo::lock::locked;
    use crate::adapters::memory::Memory;

    #[test]
    fn names_of_packages_are_read_once_each() {
        let lock = "version = 4\r\n\n[[package]]\nname = \"b\"\nversion = \"1.0.0\"\ndependencies = [\n \"a 1.0.0\",\n]\n\n[[package]]\nname = \"a\"\r\nversion = \"1.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"2.0.0\"\n";
        let tree = Memory::new([("Cargo.lock", lock)]);
        assert_eq!(locked(&tree), Some(vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn without_a_lock_file_nothing_is_known() {
        assert_eq!(locked(&Memory::new([("Cargo.toml", "")])), None);
        assert_eq!(locked(&Memory::new([("Cargo.lock", "# nothing")])), None);
    }
}
