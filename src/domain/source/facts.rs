//! What one file says, flat and without its syntax tree.
//!
//! Indices point into the vectors of the same [`FileFacts`]; words are numbers in its own table.
//! Containers stand before what they contain.

use crate::domain::source::deeds::{Deeds, Seam};
use crate::domain::source::index::TypeIx;
use crate::domain::source::light::Light;
use crate::domain::source::span::{LineTable, Span};
use crate::domain::source::symbols::Sym;

pub use crate::domain::source::calls::{Block, Brings, CallForm, ItemCall, MacroDecl, OpaqueCall};
pub use crate::domain::source::index::{CfgIx, ItemIx, RefIx, ScopeIx};

/// The facts of one file.
#[derive(Clone, Debug, Default)]
pub struct FileFacts {
    /// Path relative to the workspace root, with `/`.
    pub path: String,
    /// Lines of the file.
    pub lines: LineTable,
    /// The words that [`Sym`]s of this file stand for.
    pub words: Words,
    /// Name scopes; the first is the file itself.
    pub scopes: Vec<Scope>,
    /// Everything declared, in source order.
    pub items: Vec<Item>,
    /// What the `mod` items among them hold.
    pub modules: Vec<ModuleDecl>,
    /// What the impl blocks among them are for.
    pub impls: Vec<ImplDecl>,
    /// Traits with a trait that each of them asks for.
    pub supertraits: Vec<(ItemIx, RefIx)>,
    /// Fields of structs, unions and variants, and parameters of functions.
    pub fields: Vec<Field>,
    /// Imports, one for each leaf of a `use` tree, and `extern crate` items.
    pub imports: Vec<Import>,
    /// Paths in types, expressions, patterns, attributes and macro calls.
    pub references: Vec<Reference>,
    /// Segments of all paths.
    pub segments: Vec<Sym>,
    /// Conditions; the first is "always".
    pub cfgs: Vec<Cfg>,
    /// `include!("…")` of Rust source, by the scope that receives it.
    pub includes: Vec<Include>,
    /// Scopes that receive text which a build script writes.
    pub generated: Vec<ScopeIx>,
    /// Macro calls whose arguments were only read as tokens.
    pub opaque_calls: Vec<OpaqueCall>,
    /// Calls that could be expanded, where their macro is one of the workspace.
    pub item_calls: Vec<ItemCall>,
    /// What the `macro_rules!` items hold.
    pub macros: Vec<MacroDecl>,
    /// Comments, with what kind they are.
    pub comments: Vec<Comment>,
    /// Those of them that speak to this tool.
    pub directives: Vec<Directive>,
    /// Values whose type is declared, and what is asked of them.
    pub light: Light,
    /// What bodies do.
    pub deeds: Deeds,
    /// What could not be parsed.
    pub lost: Vec<LostPiece>,
    /// `#![no_std]`, `#![cfg(test)]` and other marks of the whole file.
    pub marks: FileMarks,
}

/// Words of one file, end to end in one string.
#[derive(Clone, Debug, Default)]
pub struct Words {
    text: String,
    ends: Vec<u32>,
}

impl Words {
    /// The table of these words, numbered in order.
    pub fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut table = Self::default();
        for word in words {
            table.text.push_str(word);
            table.ends.push(table.text.len() as u32);
        }
        table
    }

    /// The word behind a symbol of this file.
    pub fn word(&self, sym: Sym) -> &str {
        let at = sym.0 as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.text[start..self.ends[at] as usize]
    }

    /// All words in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|at| self.word(Sym(at)))
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// A region with names of its own.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// The scope around it; none for the file.
    pub parent: Option<ScopeIx>,
    /// What it is.
    pub form: ScopeForm,
    /// The `mod` item, or the item whose body holds the block.
    pub item: Option<ItemIx>,
}

/// What a scope is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeForm {
    /// The file.
    File,
    /// `mod x { … }`.
    Module,
    /// A block that declares items or imports.
    Block,
}

/// Something declared.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Its name; for impl blocks a text as `<T as Trait>`.
    pub name: Sym,
    /// What it is.
    pub kind: ItemKind,
    /// The enum, trait, impl or function (for items in blocks) around it.
    pub parent: Option<ItemIx>,
    /// The scope that declares it.
    pub scope: ScopeIx,
    /// Who may name it.
    pub visibility: Visibility,
    /// Its whole text without outer attributes.
    pub span: Span,
    /// Its name.
    pub name_span: Span,
    /// When it exists.
    pub cfg: CfgIx,
    /// Number of identifier and literal tokens, attributes and doc comments left out.
    pub size: u32,
    /// Number of decision points of a function.
    pub decisions: u32,
    /// Those of them in a `match` whose patterns all start with `Ok`, `Err`, `Some` or `None`.
    pub mapped: u32,
    /// What else is known of it.
    pub marks: ItemMarks,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// `mod`.
    Module,
    /// `struct`.
    Struct,
    /// `union`.
    Union,
    /// `enum`.
    Enum,
    /// A variant of an enum.
    Variant,
    /// `trait`.
    Trait,
    /// `trait A = B`.
    TraitAlias,
    /// `type` at module level.
    TypeAlias,
    /// A free function.
    Fn,
    /// A function in an impl or a trait.
    Method,
    /// A constant in an impl or a trait.
    AssocConst,
    /// A type in an impl or a trait.
    AssocType,
    /// `const`.
    Const,
    /// `static`.
    Static,
    /// `macro_rules!` or `macro`.
    Macro,
    /// An impl block.
    Impl,
    /// Something a macro call declares by name; its body is unseen.
    Opaque,
}

/// Yes-or-no facts of an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItemMarks(u16);

impl ItemMarks {
    /// `#[test]` or kin, or a benchmark.
    pub const TEST: Self = Self(1);
    /// `#[macro_export]`.
    pub const MACRO_EXPORT: Self = Self(1 << 1);
    /// `#[macro_use]` on a module.
    pub const MACRO_USE: Self = Self(1 << 2);
    /// Read from the arguments of a macro call.
    pub const IN_MACRO: Self = Self(1 << 3);
    /// A tuple or unit struct or variant: its name is a value too.
    pub const CONSTRUCTOR: Self = Self(1 << 4);
    /// A function, attribute or derive exported by a proc-macro crate.
    pub const PROC_MACRO: Self = Self(1 << 5);
    /// A method that takes `self`.
    pub const RECEIVER: Self = Self(1 << 6);
    /// `#[ignore]`.
    pub const IGNORED: Self = Self(1 << 7);
    /// A method that takes `&mut self`.
    pub const CHANGES: Self = Self(1 << 8);
    /// A method that takes `self` by value.
    pub const CONSUMES: Self = Self(1 << 9);
    /// Only gives a field, or a copy or view of it.
    pub const ACCESSOR: Self = Self(1 << 10);
    /// Only puts its parameters into fields.
    pub const SETTER: Self = Self(1 << 11);
    /// Only hands on to one other call.
    pub const FORWARDS: Self = Self(1 << 12);
    /// `#[should_panic]`.
    pub const SHOULD_PANIC: Self = Self(1 << 13);
    /// `async fn`.
    pub const ASYNC: Self = Self(1 << 14);
    /// Spells out how serde writes it.
    pub const WIRE_SHAPE: Self = Self(1 << 15);

    /// Whether all marks of `other` are set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Who may name an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// The module that declares it, and its children.
    Private,
    /// `pub`, and what inherits it: variants, trait items.
    Public,
    /// `pub(crate)`.
    Crate,
    /// `pub(super)`.
    Super,
    /// `pub(in path)`.
    Restricted(Path),
}

/// A range of [`FileFacts::segments`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Path {
    /// First segment.
    pub first: u32,
    /// Number of segments.
    pub count: u16,
    /// Written with a leading `::`.
    pub global: bool,
}

/// A `mod` item.
#[derive(Clone, Debug)]
pub struct ModuleDecl {
    /// The item.
    pub item: ItemIx,
    /// The scope of its body, if it is inline.
    pub body: Option<ScopeIx>,
    /// Paths of `#[path]`, those under `cfg_attr` included, as written.
    pub paths: Vec<String>,
    /// Whether one of them stands under no condition: then no other file is meant.
    pub placed: bool,
    /// Whether it is declared inside a macro call.
    pub in_macro: bool,
}

/// An impl block.
#[derive(Clone, Copy, Debug)]
pub struct ImplDecl {
    /// The item.
    pub item: ItemIx,
    /// The implemented trait.
    pub of_trait: Option<RefIx>,
    /// The core type it is for, wrappers not looked through; none for generics and foreign shapes.
    pub self_type: Option<RefIx>,
    /// Whether the first argument of that type is the first generic parameter of the impl.
    pub is_open: bool,
}

/// A named, typed thing: a field or a parameter.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Struct, union, variant or function.
    pub item: ItemIx,
    /// Its name; the position for tuple fields.
    pub name: Sym,
    /// Its type, wrappers such as `Arc` and `Option` looked through; none where it has no path.
    pub type_ref: Option<RefIx>,
    /// Its type, wrappers and all, as far as it is known.
    pub shape: Option<TypeIx>,
    /// How it leaves open what it is given.
    pub seam: Seam,
    /// Who may name it.
    pub visibility: Visibility,
}

/// One leaf of a `use` tree, or an `extern crate`.
#[derive(Clone, Copy, Debug)]
pub struct Import {
    /// The scope it imports into.
    pub scope: ScopeIx,
    /// The item whose body it stands in.
    pub owner: Option<ItemIx>,
    /// The imported path; for globs the path before `*`.
    pub path: Path,
    /// What it brings in.
    pub form: ImportForm,
    /// The name it is known by here: the last segment or the one after `as`.
    pub name: Sym,
    /// Who may use it from here.
    pub visibility: Visibility,
    /// The leaf.
    pub span: Span,
    /// When it exists.
    pub cfg: CfgIx,
    /// `#[macro_use]` on an `extern crate`.
    pub macro_use: bool,
}

/// What an import brings in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportForm {
    /// One name.
    Name,
    /// `as _`: a trait for its methods only.
    Underscore,
    /// `a::{self}`: the module or type only, not a function of its name.
    SelfOnly,
    /// `*`.
    Glob,
    /// `extern crate a as b;`.
    ExternCrate,
}

/// A path that names something.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// Its segments.
    pub path: Path,
    /// The written path without generic arguments of its last segment.
    pub span: Span,
    /// Where its names are looked up.
    pub scope: ScopeIx,
    /// The item whose text holds it.
    pub owner: Option<ItemIx>,
    /// When it exists.
    pub cfg: CfgIx,
    /// What its last segment names.
    pub namespace: Namespace,
    /// Where it stands.
    pub position: RefPosition,
    /// How sure it is that this is a path.
    pub certainty: Certainty,
    /// What is done with what it names.
    pub part: Part,
}

/// What an expression or a pattern does with what a path names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Names it.
    #[default]
    Named,
    /// Calls it: `path(…)`, which may make a tuple struct.
    Called,
    /// Makes it: `path { … }`.
    Built,
    /// Looks for it in a pattern.
    Matched,
}

/// What a name can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Namespace {
    /// Types, traits and modules.
    Type,
    /// Functions, constants, statics, constructors.
    Value,
    /// Macros, derives, attributes.
    Macro,
}

/// Where a reference stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefPosition {
    /// A signature, a field, an alias, a bound, a default.
    Signature,
    /// The header of an impl block.
    ImplHeader,
    /// `#[derive(…)]`.
    Derive,
    /// The name of any other attribute.
    Attribute,
    /// The argument of an attribute, also in a string.
    AttributeArgument,
    /// The name of a called macro.
    MacroName,
    /// An argument of a macro call, or the body of `macro_rules!`.
    MacroArgument,
    /// The body of a `macro_rules!` definition.
    MacroBody,
    /// An expression, pattern or type in a body.
    Body,
    /// A link in documentation.
    DocLink,
    /// An example in documentation.
    Doctest,
}

/// How sure it is that a reference is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The grammar says so.
    Sure,
    /// It is one if it resolves: an identifier pattern, a word among tokens, a path in a string.
    Perhaps,
}

/// A condition, with those around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cfg {
    /// The predicates, joined; empty for "always".
    pub text: String,
    /// What it says of test builds.
    pub test: TestOnly,
}

/// What a condition says of test builds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TestOnly {
    /// In production too.
    #[default]
    No,
    /// Only under `cfg(test)` or in a test function.
    Yes,
    /// Only outside tests: `cfg(not(test))`.
    Never,
}

/// An `include!`.
#[derive(Clone, Debug)]
pub struct Include {
    /// The scope that receives the text.
    pub scope: ScopeIx,
    /// The path as written, relative to the folder of this file.
    pub path: String,
    /// The call.
    pub span: Span,
}

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its text with the marks.
    pub span: Span,
    /// What kind it is.
    pub kind: CommentKind,
}

/// What kind a comment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentKind {
    /// `//`.
    Line,
    /// `/* */`.
    Block,
    /// `///` or `/** */`.
    OuterDoc,
    /// `//!` or `/*! */`.
    InnerDoc,
}

/// A comment that starts with `archlint:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The comment.
    pub span: Span,
    /// What follows `archlint:`, in one line and trimmed.
    pub text: String,
    /// What it speaks of.
    pub place: DirectivePlace,
    /// The text of that; empty where there is nothing.
    pub extent: Span,
}

/// What a directive speaks of, by where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectivePlace {
    /// Behind code: that line.
    Line,
    /// Alone above an item, a statement, a field or an arm: that.
    Next,
    /// `//!`: the module around it.
    Module,
    /// `///`: nothing, as it is shown to readers.
    Documentation,
}

/// Text that could not be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostPiece {
    /// The text.
    pub span: Span,
    /// Why: lower case, no full stop.
    pub reason: String,
}

/// Marks of the whole file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileMarks {
    /// `#![no_std]`.
    pub no_std: bool,
    /// The file's own `#![cfg(…)]`.
    pub cfg: CfgIx,
    /// Says in its first lines that it is generated.
    pub generated: bool,
}
