//! The part every module plays, with the votes behind it, and what kind of thing every package is.
//!
//! What is declared holds. The rest is inferred from four kinds of evidence, each a vote: words of the
//! path, crates that are named, the shape of the items, the neighbours.

mod decide;
pub mod declared;
mod infer;
mod kinds;
mod makeup;
mod neighbours;
mod seams;
mod shape;
mod touch;
mod words;

pub use crate::domain::roles::infer::roles;

use crate::domain::census::{Census, ItemNo, ModuleNo, PackageNo};
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::role::Role;

/// Roles of all modules and kinds of all packages.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    /// By module.
    pub modules: Vec<Played>,
    /// By package.
    pub packages: Vec<PackageKind>,
    /// By package: whether it is a service, or a service is made with it.
    pub served: Vec<bool>,
}

/// The part one module plays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Played {
    /// The part; none where it is unknown.
    pub role: Option<Role>,
    /// What else is known of it, sorted.
    pub tags: Vec<Tag>,
    /// How sure the part is, 0 to 1; 1 where it is declared.
    pub confidence: f64,
    /// What spoke for which part, in the order it was asked.
    pub votes: Vec<Vote>,
}

/// What else a module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// Mostly traits.
    Port,
    /// Answers queries.
    ReadSide,
    /// Events and commands.
    Messages,
    /// Settings.
    Config,
    /// Logs, traces, metrics.
    Telemetry,
    /// Written by a program.
    Generated,
    /// Its role is declared.
    Declared,
}

impl Tag {
    /// All tags, in order.
    pub const ALL: [Self; 7] = [
        Self::Port,
        Self::ReadSide,
        Self::Messages,
        Self::Config,
        Self::Telemetry,
        Self::Generated,
        Self::Declared,
    ];

    /// The word used in configuration and output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Port => "port",
            Self::ReadSide => "read_side",
            Self::Messages => "messages",
            Self::Config => "config",
            Self::Telemetry => "telemetry",
            Self::Generated => "generated",
            Self::Declared => "declared",
        }
    }

    /// The tag that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tag| tag.word() == word)
    }
}

/// A voice for a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Vote {
    /// The part.
    pub role: Role,
    /// What speaks.
    pub by: Ground,
    /// How much it counts.
    pub weight: f64,
    /// Why: lower case, no full stop.
    pub why: String,
}

/// What speaks for a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// The words of the path.
    Path,
    /// The crates that are named.
    Crates,
    /// The shape of the items.
    Shape,
    /// The modules around it.
    Neighbours,
    /// What holds without votes: a declaration, test code, what a container holds.
    Given,
}

impl Roles {
    /// The part a module plays.
    pub fn played(&self, module: ModuleNo) -> &Played {
        &self.modules[module.0 as usize]
    }

    /// The part that an item's module plays.
    pub fn of(&self, census: &Census<'_>, item: ItemNo) -> Option<Role> {
        self.played(census.item(item).module).role
    }

    /// How sure the part of an item's module is.
    pub fn confidence(&self, census: &Census<'_>, item: ItemNo) -> f64 {
        self.played(census.item(item).module).confidence
    }

    /// Whether a module has a tag.
    pub fn has(&self, module: ModuleNo, tag: Tag) -> bool {
        self.played(module).tags.contains(&tag)
    }

    /// What kind of thing a package is.
    pub fn kind(&self, package: PackageNo) -> PackageKind {
        self.packages[package.0 as usize]
    }

    /// Whether a package is a service, or a service is made with it.
    pub fn is_served(&self, package: PackageNo) -> bool {
        self.served.get(package.0 as usize).copied().unwrap_or_default()
    }

    /// Whether an item is of the core: domain or application.
    pub fn is_core(&self, census: &Census<'_>, item: ItemNo) -> bool {
        matches!(self.of(census, item), Some(Role::Domain | Role::Application))
    }

    /// Whether an item is of the outer parts: adapter, entrypoint or composition.
    pub fn is_outer(&self, census: &Census<'_>, item: ItemNo) -> bool {
        matches!(self.of(census, item), Some(Role::Adapter | Role::Entrypoint | Role::Composition))
    }
}
