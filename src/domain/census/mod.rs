//! What every item is made of, flat: the one view of the code that roles, patterns, indicators and
//! lints read.
//!
//! Built once from the graph and the facts behind its nodes. An *item* is a struct, enum, union,
//! trait, alias, function, method, variant, constant or static; impl blocks stand apart. A file that
//! two crates declare counts once. Test code, generated code and code beside the product (examples,
//! benchmarks, build scripts, `xtask`) are there, each with its [`Standing`]; scores speak of
//! production items only.

pub mod build;
mod gather;
pub mod outside;
pub mod query;
#[cfg(test)]
pub mod tests;

use std::ops::Range;

use crate::domain::census::outside::Outside;
use crate::domain::graph::{CrateId, EdgeKind, Graph, ItemKind, NodeId, Place};
use crate::domain::source::deeds::{ActForm, RegionForm, TextForm};
use crate::domain::source::facts::{ItemMarks, Part};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;
use crate::domain::source::workspace::TargetKind;

/// Index of an item in [`Census::items`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemNo(pub u32);

/// Index of a module in [`Census::modules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleNo(pub u32);

/// Index of a package in [`Census::packages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageNo(pub u32);

/// Index of an impl block in [`Census::impls`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImplNo(pub u32);

/// Index of something outside the workspace in [`Census::outside`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutsideNo(pub u32);

/// Everything that is measured, by item.
#[derive(Debug)]
pub struct Census<'g> {
    /// The graph it was made from: names, places, crates.
    pub graph: &'g Graph,
    /// In the order of the workspace: by name.
    pub packages: Vec<Package>,
    /// In the order of the graph's nodes: by crate, parents before children.
    pub modules: Vec<Module>,
    /// In the order of the graph's nodes.
    pub items: Vec<Item>,
    /// In the order of the graph's nodes.
    pub impls: Vec<Impl>,
    /// What lies outside and is named.
    pub outside: Vec<Outside>,
    /// All uses; each item, impl and module owns a range.
    pub uses: Vec<Use>,
    /// Fields, parameters and results; each item owns a range.
    pub slots: Vec<Slot>,
    /// The types of slots; each slot owns a range.
    pub types: Vec<TypePart>,
    /// What bodies do; each item owns a range.
    pub acts: Vec<Act>,
    /// Loops, branches and closures; each item owns a range.
    pub regions: Vec<Region>,
    /// Statements in SQL and addresses; each item owns a range.
    pub texts: Vec<Text>,
    /// What generic parameters must be; each item owns a range.
    pub bounds: Vec<Bound>,
    /// What a node stands for here, by node.
    entries: Vec<Entry>,
}

/// What a node of the graph stands for here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    Nothing,
    Module(ModuleNo),
    Item(ItemNo),
    Impl(ImplNo),
    Outside(OutsideNo),
}

/// A package.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its place in the workspace's list of packages.
    pub place: usize,
    /// Its folder, from the root of the workspace on, with `/`.
    pub folder: String,
    /// Whether it is no part of the system: `xtask`, `fuzz` and kin.
    pub beside: bool,
    /// Whether it holds nothing but tests and their helpers, by its name.
    pub tests: bool,
    /// The categories that its manifest gives it, as crates.io spells them.
    pub categories: Vec<String>,
    /// What is built of it.
    pub targets: Vec<TargetKind>,
    /// Whether one of its programs or its library does without the standard library.
    pub no_std: bool,
}

/// What part of the work code belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// The product.
    #[default]
    Production,
    /// Tests, and what only they reach.
    Test,
    /// Written by a program.
    Generated,
    /// Examples, benchmarks, build scripts, packages of tools.
    Beside,
}

/// A module.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its node.
    pub node: NodeId,
    /// The module around it.
    pub parent: Option<ModuleNo>,
    /// Its package.
    pub package: PackageNo,
    /// Its crate.
    pub krate: CrateId,
    /// What part of the work it belongs to.
    pub standing: Standing,
    /// The role its own documentation gives it, as written.
    pub declared_role: Option<Box<str>>,
    /// Items that stand in it, members of types and nested functions included, in order.
    pub items: Vec<ItemNo>,
    /// Its imports.
    pub uses: Range<u32>,
    /// Macro calls in its file that were read as tokens only; 0 for inline modules.
    pub opaque: u32,
}

/// An item.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its node.
    pub node: NodeId,
    /// The module that holds it.
    pub module: ModuleNo,
    /// What it is.
    pub kind: ItemKind,
    /// Its name.
    pub name: Sym,
    /// What it is a member of: the type of an inherent method or of a variant, the trait of a
    /// required method, the function around it.
    pub holder: Option<ItemNo>,
    /// The impl block that it stands in, if that is of a trait or apart from its type.
    pub in_impl: Option<ImplNo>,
    /// What part of the work it belongs to.
    pub standing: Standing,
    /// Its name in the text.
    pub place: Place,
    /// Its whole text.
    pub span: Span,
    /// Identifier and literal tokens, attributes and doc comments left out.
    pub size: u32,
    /// Decision points, as written.
    pub decisions: u32,
    /// Those in a `match` on `Ok`, `Err`, `Some` and `None` alone.
    pub mapped: u32,
    /// Who may name it.
    pub reach: Reach,
    /// What else is known of it.
    pub marks: ItemMarks,
    /// What it names.
    pub uses: Range<u32>,
    /// Its fields, or its parameters and its result.
    pub slots: Range<u32>,
    /// What its body does.
    pub acts: Range<u32>,
    /// The parts of its body.
    pub regions: Range<u32>,
    /// The texts in it.
    pub texts: Range<u32>,
    /// What its generic parameters must be; those of inherent impl blocks count for the type.
    pub bounds: Range<u32>,
}

/// Who may name something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// The module that declares it.
    #[default]
    Private,
    /// `pub(super)`, `pub(in …)`.
    Restricted,
    /// `pub(crate)`.
    Crate,
    /// `pub`.
    Public,
}

/// An impl block that is of a trait, or stands apart from its type.
#[derive(Clone, Debug)]
pub struct Impl {
    /// Its node.
    pub node: NodeId,
    /// The module that holds it.
    pub module: ModuleNo,
    /// What part of the work it belongs to.
    pub standing: Standing,
    /// The type it is for; none for generics and shapes without a name.
    pub self_type: Option<Target>,
    /// The trait.
    pub of_trait: Option<Target>,
    /// Its text up to the first brace is not told apart: the place is that of `impl`.
    pub place: Place,
    /// Its methods, in order.
    pub methods: Vec<ItemNo>,
    /// What its header and its associated types name.
    pub uses: Range<u32>,
}

/// What something names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// An item of the workspace.
    Item(ItemNo),
    /// A module of the workspace.
    Module(ModuleNo),
    /// Something outside.
    Outside(OutsideNo),
}

/// A name used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// What it leads to.
    pub to: Target,
    /// How it is written.
    pub kind: EdgeKind,
    /// What is done with it.
    pub part: Part,
    /// Whether it stands in test code.
    pub test: bool,
    /// The name in the text.
    pub place: Place,
}

/// A field, a parameter, or what a function gives back.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its name; `->` for a result, `=` for the type of a constant or alias, the place for tuples.
    pub name: Sym,
    /// Who may name it.
    pub reach: Reach,
    /// How it leaves open what it is given.
    pub seam: crate::domain::source::deeds::Seam,
    /// The last word of the type it is about, wrappers looked through: `Room` of
    /// `Arc<Vec<Room>>`, `u64` of `u64`; none where it has no path.
    pub word: Option<Sym>,
    /// What that type is, if it is not the language's own.
    pub core: Option<Target>,
    /// Its type from outside in, first arguments only: `Result`, `Option`, `Room`; empty for tuples,
    /// slices and primitives.
    pub types: Range<u32>,
    /// That word in the text, or the name of the item.
    pub place: Place,
}

/// One layer of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypePart {
    /// The last word of its path.
    pub word: Sym,
    /// What it leads to.
    pub target: Option<Target>,
}

/// Something done in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// What.
    pub form: ActForm,
    /// Where.
    pub place: Place,
}

/// A part of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// What it is.
    pub form: RegionForm,
    /// Its text.
    pub span: Span,
}

/// A literal that is worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// What it is.
    pub form: TextForm,
    /// Where it is.
    pub place: Place,
}

/// `T: Trait`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The parameter.
    pub parameter: Sym,
    /// The trait.
    pub bound: Target,
}
