//! What kind of thing a package is.

/// What a package is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PackageKind {
    /// A binary with a server or a consumer.
    Service,
    /// A binary that is called from a command line.
    Cli,
    /// A library.
    Library,
    /// A library that exists to wrap a technology.
    AdapterLibrary,
    /// For hardware without an operating system.
    Embedded,
    /// A user interface.
    Frontend,
    /// Procedural macros.
    ProcMacro,
}

impl PackageKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Service,
        Self::Cli,
        Self::Library,
        Self::AdapterLibrary,
        Self::Embedded,
        Self::Frontend,
        Self::ProcMacro,
    ];

    /// The word used in configuration and output.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Cli => "cli",
            Self::Library => "library",
            Self::AdapterLibrary => "adapter_library",
            Self::Embedded => "embedded",
            Self::Frontend => "frontend",
            Self::ProcMacro => "proc_macro",
        }
    }

    /// Several of them, in a sentence.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Service => "services",
            Self::Cli => "command line tools",
            Self::Library => "libraries",
            Self::AdapterLibrary => "adapter libraries",
            Self::Embedded => "embedded programs",
            Self::Frontend => "user interfaces",
            Self::ProcMacro => "procedural macros",
        }
    }
}
