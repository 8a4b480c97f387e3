//! What is read of documentation. Nothing by default: what it names is needed to read, not to build.

/// What is read of documentation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// Links to items.
    pub links: bool,
    /// Examples that `rustdoc` builds.
    pub tests: bool,
}

impl Docs {
    /// Whether nothing is read.
    pub const fn is_off(self) -> bool {
        !self.links && !self.tests
    }
}
