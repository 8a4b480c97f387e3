//! Whole workspaces under `fixtures/`, and what is made of them on the way to a score.

use std::path::Path;

use archlint::adapters::config::parse;
use archlint::adapters::memory::Memory;
use archlint::application::analyse::{Analysis, analyse};
use archlint::domain::at_once::one_by_one;
use archlint::domain::census::Census;
use archlint::domain::census::build::census;
use archlint::domain::policy::Policy;
use archlint::domain::roles::declared::Declared;
use archlint::domain::roles::{Played, Roles, roles};

/// A small booking service, the example of the specification.
pub fn inn() -> Memory {
    Memory::new(inn_files())
}

/// Its files, each with its text.
pub fn inn_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/inn");
    let mut files = Vec::new();
    gather(&root, &root, &mut files);
    files
}

fn gather(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("the fixture is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("it lies below").to_string_lossy().replace('\\', "/");
            files.push((name, std::fs::read_to_string(&path).expect("fixtures are text")));
        }
    }
}

/// A workspace read as far as its roles.
pub struct Staged {
    pub analysis: Analysis,
    pub policy: Policy,
}

/// Reads a workspace; `config` is an `archlint.toml`.
pub fn staged(files: &Memory, config: &str) -> Staged {
    let analysis = analyse(files).expect("the fixture has a manifest");
    let policy = parse(config, "archlint.toml").expect("the configuration is right");
    Staged { analysis, policy }
}

/// A workspace from one text of several files.
pub fn written(fixture: &str) -> Staged {
    staged(&Memory::parse(fixture), "")
}

impl Staged {
    /// What every item is made of.
    pub fn census(&self) -> Census<'_> {
        census(
            &self.analysis.workspace,
            &self.analysis.graph,
            &self.analysis.origins,
            &self.policy.catalogue,
            self.policy.model.section("facts"),
            &one_by_one,
        )
    }

    /// The part every module plays, by what is inferred alone.
    pub fn roles(&self, census: &Census<'_>) -> Roles {
        roles(census, &self.policy.catalogue, &self.policy.model, &Declared::default())
    }
}

/// What a module plays, by its id.
pub fn played<'r>(census: &Census<'_>, roles: &'r Roles, id: &str) -> &'r Played {
    let module = census.module_nos().find(|module| census.module_id(*module) == id);
    roles.played(module.unwrap_or_else(|| panic!("there is no module `{id}`")))
}
