//! One reference, and where it leads.

use crate::domain::resolve::names::{Def, Facade, ItemNo};
use crate::domain::resolve::paths::Failure;
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::sources::FileIx;
use crate::domain::resolve::tree::{ModuleIx, SpaceIx};
use crate::domain::source::facts::{CfgIx, FileFacts, RefPosition};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

/// A reference that leads somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The module that holds it.
    pub module: ModuleIx,
    /// The item that holds it, if any.
    pub owner: Option<ItemNo>,
    /// Where it leads.
    pub target: Def,
    /// The facade that the path, or the import of its first name, goes through.
    pub via: Facade,
    /// How it is written.
    pub form: LinkForm,
    /// The file it stands in.
    pub file: FileIx,
    /// Where in it.
    pub span: Span,
    /// Whether it is test code.
    pub test: bool,
    /// The condition of its file that it stands under; the first is "always".
    pub cfg: CfgIx,
}

/// A reference that led nowhere, or not to the end.
#[derive(Clone, Copy, Debug)]
pub struct Unresolved {
    /// Why.
    pub failure: Failure,
    /// The segment that is unknown.
    pub name: Sym,
    /// The file.
    pub file: FileIx,
    /// Where in it.
    pub span: Span,
    /// Where it is looked up.
    pub space: SpaceIx,
    /// The module that has no such name, where the path leads that far.
    pub inside: Option<ModuleIx>,
    /// What an import should bind.
    pub binds: Option<(SpaceIx, Sym)>,
}

/// What takes each link as it is found: they are too many to keep.
pub trait Sink: Send {
    /// Takes one.
    fn take(&mut self, scopes: &Scopes<'_>, link: &Link);
}

/// How a reference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkForm {
    /// An import.
    Use,
    /// A re-export.
    ReExport,
    /// A path.
    Path(RefPosition),
    /// A method call or field access through a value of known type.
    Method,
}

/// The condition, or "always" where it has no words of its own (a test function).
pub fn worded(facts: &FileFacts, cfg: CfgIx) -> CfgIx {
    if facts.cfgs[cfg.0 as usize].text.is_empty() { CfgIx(0) } else { cfg }
}
