//! What one file says of macros: their calls and their rules.

use crate::domain::source::index::{ItemIx, RefIx};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

/// A macro call that was read as tokens.
#[derive(Clone, Copy, Debug)]
pub struct OpaqueCall {
    /// Last segment of the macro's path.
    pub name: Sym,
    /// The reference to the macro.
    pub reference: RefIx,
}

/// What a macro call becomes where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallForm {
    /// Items.
    Items,
    /// Items that the block around knows, or else code.
    Statement,
    /// Statements, an expression, a type or a pattern.
    Code,
    /// Members of what stands around it.
    Members(Block),
}

/// What holds members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    /// An impl.
    Impl,
    /// A trait.
    Trait,
    /// `extern "C" { … }`, whose items are those of the module.
    Foreign,
}

/// A macro call that could be expanded.
#[derive(Clone, Debug)]
pub struct ItemCall {
    /// What it becomes.
    pub form: CallForm,
    /// The reference to the macro: its scope and condition are those of the call.
    pub reference: RefIx,
    /// The arguments without their delimiters.
    pub arguments: Span,
    /// What few calls have.
    pub more: Option<Box<CallMore>>,
}

/// What only calls among members and those that a macro made have.
#[derive(Clone, Debug, Default)]
pub struct CallMore {
    /// The arguments as text, where another macro made them.
    pub made: Option<Box<str>>,
    /// Generic parameters that members may name, parted by spaces.
    pub generics: Option<Box<str>>,
}

/// What the rules of a macro name by themselves, beside the standard library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Brings {
    /// Nothing.
    #[default]
    Nothing,
    /// Paths that mean the same wherever they stand.
    Portable,
    /// What hangs on the call.
    Anything,
}

/// A `macro_rules!` definition.
#[derive(Clone, Debug)]
pub struct MacroDecl {
    /// The item.
    pub item: ItemIx,
    /// Its rules without their delimiters.
    pub body: Span,
    /// Number of its rules.
    pub count: u32,
    /// What its rules name by themselves.
    pub brings: Brings,
    /// The rules as text, where another macro made them.
    pub made: Option<Box<str>>,
}
