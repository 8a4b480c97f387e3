//! What bodies do, beside naming things: calls of methods, refusals, assignments, loops and branches,
//! and texts that speak to a store or a host. Flat, in no order but that of the walk.

use crate::domain::source::index::{ItemIx, RefIx};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

/// The deeds of one file.
#[derive(Clone, Debug, Default)]
pub struct Deeds {
    /// What is done.
    pub acts: Vec<Act>,
    /// Where it is done: loops, branches, closures.
    pub regions: Vec<Region>,
    /// Texts that are worth a look, whatever macro they stand in.
    pub texts: Vec<Text>,
    /// What generic parameters must be.
    pub bounds: Vec<Bound>,
    /// The role that `//! archlint: role = …` gives to the module of the file, as written.
    pub role: Option<Box<str>>,
}

/// Something done in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// The item whose text holds it.
    pub owner: ItemIx,
    /// Its name in the text, or all of it where it has none.
    pub span: Span,
    /// What it is.
    pub form: ActForm,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActForm {
    /// `receiver.name(…)`; the receiver is the last name written before it: a variable, a field, or
    /// the method before, `?` and `.await` looked through.
    Method {
        /// The method.
        name: Sym,
        /// What it is called on, if that has a name.
        on: Option<Sym>,
    },
    /// `Err(…)` as a value.
    Refusal,
    /// `value?`.
    Try,
    /// `x.name = …`, `x.name += …`.
    Assign(Sym),
    /// One row of a test with several cases.
    Case,
    /// A macro that stops where something is not as it should be: `assert_eq!`, `panic!`.
    Check,
    /// A macro that stops the thread whatever is the case: `panic!`, `unreachable!`, `todo!`.
    Panic,
    /// `value[index]`, which stops the thread where nothing is there; `value[..]` always is.
    Index,
    /// A macro that prints: `println!`, `eprint!`.
    Print,
    /// `dbg!`.
    Look,
}

/// A part of a body that runs more often, not always, or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The item whose text holds it.
    pub owner: ItemIx,
    /// Its text.
    pub span: Span,
    /// What it is.
    pub form: RegionForm,
}

/// What a part of a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionForm {
    /// The body of `for`, `while` or `loop`.
    Loop,
    /// One of several branches that exclude each other: those with one number belong together.
    Arm(u32),
    /// What is tried, or a branch that is taken where it failed: of those with one number, one has an
    /// effect.
    Attempt(u32),
    /// What comes after branches with this number, of which each leaves the function: it excludes them too.
    Rest(u32),
    /// A closure.
    Closure,
}

/// A string literal that is worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// The literal.
    pub span: Span,
    /// What it is.
    pub form: TextForm,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextForm {
    /// A statement in SQL.
    Sql(Sql),
    /// The address of a host in the open: `https://api.example.org`.
    Host,
}

/// What a statement in SQL does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sql {
    /// Its verb.
    pub verb: SqlVerb,
    /// Joins, groups or counts.
    pub complex: bool,
    /// Locks what it reads, compares a version, or names what must be unique.
    pub guarded: bool,
    /// Reads with a limit.
    pub limited: bool,
}

/// What a statement in SQL begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SqlVerb {
    /// `SELECT`, and `WITH` that ends in one.
    #[default]
    Read,
    /// `INSERT`, `UPDATE`, `DELETE`, `MERGE`, `REPLACE`.
    Write,
    /// `BEGIN`, `START TRANSACTION`.
    Begin,
    /// `CREATE`, `ALTER`, `DROP`.
    Define,
}

/// `T: Trait`, wherever it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The item that declares the parameter.
    pub item: ItemIx,
    /// The parameter.
    pub parameter: Sym,
    /// The trait.
    pub bound: RefIx,
}

/// How a field or parameter leaves open what it is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seam {
    /// It does not.
    #[default]
    None,
    /// `dyn Trait`.
    Dyn,
    /// `impl Trait`.
    Impl,
    /// A generic parameter.
    Generic(Sym),
    /// A function: `fn(…)`, `impl Fn(…)`, `Box<dyn Fn(…)>`.
    Callable,
}
