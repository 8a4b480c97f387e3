//! The packages of a workspace as their manifests declare them.

/// A workspace, or a lone package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    /// Absolute path of the workspace root, with `/` between parts.
    pub root: String,
    /// Members, sorted by name and then by manifest path.
    pub packages: Vec<Package>,
    /// Members that could not be loaded, and why: these make the analysis incomplete.
    pub missing: Vec<Missing>,
    /// What the reader should know, such as that cargo failed and the manifests were read directly.
    pub notes: Vec<String>,
    /// Names of all packages in `Cargo.lock`, where there is one.
    pub locked: Option<Vec<String>>,
    /// Folder of the member whose own manifest was named where all of the workspace is read.
    pub asked: Option<String>,
}

impl Workspace {
    /// What to call it: its root package, its only package, or its folder.
    pub fn title(&self) -> &str {
        let root = self.packages.iter().find(|package| package.folder.is_empty());
        match (root, self.packages.as_slice()) {
            (Some(package), _) | (None, [package]) => &package.name,
            _ => {
                let folder = self.root.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                if folder.is_empty() { "workspace" } else { folder }
            }
        }
    }
}

/// Something that was asked for and could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// Path relative to the workspace root: of the file itself, or where it is not there of the
    /// manifest that asks for it.
    pub path: String,
    /// Line in that file, from 1, where known.
    pub line: Option<u32>,
    /// Why it could not be read: lower case, no full stop.
    pub reason: String,
}

/// One package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Name in the manifest.
    pub name: String,
    /// Version in the manifest; `0.0.0` where it has none.
    pub version: String,
    /// Path of its `Cargo.toml`, relative to the workspace root, with `/`.
    pub manifest: String,
    /// Folder of the manifest, relative to the workspace root; empty for the root itself.
    pub folder: String,
    /// Edition of its sources.
    pub edition: Edition,
    /// `package.description`, empty where absent.
    pub description: String,
    /// `package.categories`.
    pub categories: Vec<String>,
    /// Declared dependencies of every kind.
    pub dependencies: Vec<Dependency>,
    /// All targets, sorted by kind and then by name.
    pub targets: Vec<Target>,
    /// Names of declared features.
    pub features: Vec<String>,
}

/// Edition of the language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    /// 2015: paths in `use` start at the crate root.
    E2015,
    /// 2018.
    E2018,
    /// 2021, also what an unknown later edition reads as where nothing newer is named.
    #[default]
    E2021,
    /// 2024.
    E2024,
}

impl Edition {
    /// The word in a manifest.
    pub const fn word(self) -> &'static str {
        match self {
            Self::E2015 => "2015",
            Self::E2018 => "2018",
            Self::E2021 => "2021",
            Self::E2024 => "2024",
        }
    }
}

/// A declared dependency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// Name of the package that is asked for.
    pub package: String,
    /// Name used in code: the key in the manifest with `-` as `_`. For a workspace member that is
    /// not renamed this is its package name; the library's own name is found through `member`.
    pub name: String,
    /// Name of its library, as far as that is known.
    pub library: String,
    /// Macros that it hands to code by `#[macro_use] extern crate`, as far as they are known.
    pub macros: Vec<String>,
    /// Whether the manifest gives it another name than its own.
    pub renamed: bool,
    /// Which table declares it.
    pub kind: DependencyKind,
    /// `optional = true`.
    pub optional: bool,
    /// The `cfg(…)` or triple it is declared for.
    pub target: Option<String>,
    /// Name of the workspace member that it resolves to, when its path leads to one.
    pub member: Option<String>,
    /// Line in the package's manifest, from 1, where known.
    pub line: Option<u32>,
    /// Column of its key in that line, from 1, where known.
    pub column: Option<u32>,
    /// Features of it that are asked for.
    pub asks: Vec<String>,
    /// Features of the package that turn it, or a feature of it, on.
    pub enabled_by: Vec<String>,
}

/// What the manifest says of a crate that code names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It is declared, and may be named there.
    Declared,
    /// It is declared for tests, and this is not test code.
    TestsOnly,
    /// It is not declared, and the name can be nothing but a crate.
    Undeclared,
    /// It is not declared, but the name may stand for something that was not seen.
    Doubtful,
}

/// Which table declares a dependency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DependencyKind {
    /// `[dependencies]`.
    Normal,
    /// `[dev-dependencies]`.
    Dev,
    /// `[build-dependencies]`.
    Build,
}

impl DependencyKind {
    /// The table's name.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Normal => "dependencies",
            Self::Dev => "dev-dependencies",
            Self::Build => "build-dependencies",
        }
    }
}

/// A crate to build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Name as code writes it: `-` as `_`.
    pub name: String,
    /// What is built.
    pub kind: TargetKind,
    /// Root file, relative to the workspace root, with `/`; it may lie outside (`../x.rs`).
    pub root: String,
    /// Edition of this target.
    pub edition: Edition,
}

/// What a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetKind {
    /// Library of any crate type.
    Lib,
    /// Procedural macro library.
    ProcMacro,
    /// Program.
    Bin,
    /// Example.
    Example,
    /// Integration test.
    Test,
    /// Benchmark.
    Bench,
    /// `build.rs`.
    BuildScript,
}

impl TargetKind {
    /// Whether its code is test code by its place alone.
    pub const fn is_test(self) -> bool {
        matches!(self, Self::Test | Self::Bench)
    }

    /// The word used in ids and output: `lib`, `proc-macro`, `bin`, `example`, `test`, `bench`, `build`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lib => "lib",
            Self::ProcMacro => "proc-macro",
            Self::Bin => "bin",
            Self::Example => "example",
            Self::Test => "test",
            Self::Bench => "bench",
            Self::BuildScript => "build",
        }
    }
}
