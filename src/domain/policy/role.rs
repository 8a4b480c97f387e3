//! The part a module plays.

/// The part a module plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Rules of the business.
    Domain,
    /// Use cases.
    Application,
    /// Talks to the outside on behalf of the core.
    Adapter,
    /// Is called from the outside.
    Entrypoint,
    /// Puts the parts together.
    Composition,
    /// Test code.
    Test,
    /// Used by all, knows nobody.
    Shared,
}

impl Role {
    /// All roles, in order.
    pub const ALL: [Self; 7] = [
        Self::Domain,
        Self::Application,
        Self::Adapter,
        Self::Entrypoint,
        Self::Composition,
        Self::Test,
        Self::Shared,
    ];

    /// The word used in configuration and output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Application => "application",
            Self::Adapter => "adapter",
            Self::Entrypoint => "entrypoint",
            Self::Composition => "composition",
            Self::Test => "test",
            Self::Shared => "shared",
        }
    }

    /// The role a word names; the plural will do, as layers are often called so.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| word == role.word() || word.strip_suffix('s') == Some(role.word()))
    }
}
