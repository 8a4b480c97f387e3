//! How much a breach weighs.

/// How much a finding weighs; `Deny` fails the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Shown, never counted.
    Note,
    /// Shown and counted.
    Warn,
    /// Shown, counted, fails the run.
    #[default]
    Deny,
}

impl Level {
    /// All levels, rising.
    pub const ALL: [Self; 4] = [Self::Allow, Self::Note, Self::Warn, Self::Deny];

    /// The word used in configuration and output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}
