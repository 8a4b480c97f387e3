//! What the code is made of, in the words of the book: ports and doubles, entities and messages,
//! entrypoints, writes and transactions, tests. Found once; indicators and lints read it.

pub mod business;
pub mod calls;
mod commands;
pub mod compound;
mod decisions;
pub mod doubles;
pub mod effects;
mod entry;
pub mod find;
pub mod ground;
pub mod lookup;
pub mod messages;
pub mod model;
pub mod names;
pub mod ports;
pub mod repositories;
pub mod scopes;
pub mod speech;
pub mod storage;
mod suite;
pub mod touch;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::census::{Census, ImplNo, ItemNo, Target, Use};
use crate::domain::graph::{ItemKind, Place};
use crate::domain::policy::constants::Constants;
use crate::domain::source::deeds::Sql;

/// Everything that was recognised.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    /// What each item touches of the outside, by item.
    pub touches: Vec<Touch>,
    /// Decision points of each function that are decisions of the business, by item; what the
    /// specification leaves out (conversions, display, response mapping in entrypoints) is 0.
    pub decisions: Vec<u32>,
    /// Functions that each function calls by path or on a receiver of known type, by item, sorted;
    /// calls of a trait's method lead to that method, not to what implements it.
    pub calls: Vec<Vec<ItemNo>>,
    /// Traits that the program is open at.
    pub ports: Vec<Port>,
    /// Which of them each of their traits and methods belongs to, by item.
    pub port_parts: PortParts,
    /// What each data type is, by item; none for what is no data type or not of the product.
    pub data: Vec<Option<DataKind>>,
    /// Domain types with an identity.
    pub entities: Vec<Entity>,
    /// Types of events and commands; for an enum of events each variant.
    pub messages: Vec<Message>,
    /// Functions that the outside calls.
    pub entrypoints: Vec<Entrypoint>,
    /// Where a store is written or read, in production.
    pub accesses: Vec<StoreAccess>,
    /// Where something is done all or not at all.
    pub scopes: Vec<Scope>,
    /// Effects beside the store: mail, messages, calls of others, cloud.
    pub effects: Vec<Effect>,
    /// Where an adapter or a client is made, in production.
    pub constructions: Vec<Construction>,
    /// All test functions that can fail.
    pub tests: Vec<Test>,
    /// Test functions that cannot fail.
    pub toothless: Vec<ItemNo>,
}

/// What an item touches of the outside, itself: its signature, body, fields, derives, attributes and the
/// texts in it; for a data type also the headers of its impl blocks are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Touch {
    /// Everything that is infrastructure, in order of place.
    pub infra: Vec<InfraUse>,
}

/// One touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InfraUse {
    /// Where.
    pub place: Place,
    /// What is named, as code would write it in full: `sqlx::PgPool`; `an SQL statement` for a text.
    pub what: String,
    /// Its category in the catalogue, where it has one.
    pub category: String,
    /// The technology, `database`.
    pub family: String,
    /// What kind of touch it is.
    pub form: InfraForm,
    /// Whether the program drives it, or it drives the program, or neither.
    pub side: Side,
}

/// Who drives whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The program drives it: databases, clients, files.
    Driven,
    /// It drives the program: servers, command lines.
    Driving,
    /// Neither, or not known.
    Neither,
}

/// What kind of touch it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InfraForm {
    /// A path in a signature or a field.
    Signature,
    /// A path in a body.
    Body,
    /// A macro.
    Macro,
    /// A derive or attribute that ties it to a store, the command line or a wire.
    PersistenceDerive,
    /// A derive or attribute that ties it to how it is shown.
    PresentationDerive,
    /// Any other attribute of such a crate.
    Attribute,
    /// A statement in SQL.
    Sql,
}

/// A trait, or several joined by supertraits and blanket impls, at which the program is open.
#[derive(Clone, Debug)]
pub struct Port {
    /// The traits; the first is the one that others build on last.
    pub traits: Vec<ItemNo>,
    /// Their methods.
    pub methods: Vec<ItemNo>,
    /// Whether the program calls out through it, or is called.
    pub direction: Direction,
    /// Production impl blocks.
    pub impls: Vec<ImplNo>,
    /// What stands in for it in tests.
    pub doubles: Vec<Double>,
    /// Set where it keeps things of the domain.
    pub repository: Option<Repository>,
}

/// Which way calls through a port go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Outward: implemented by what touches the outside.
    Driven,
    /// Inward: implemented by the core.
    Driving,
}

/// Traits and methods of ports, to be found by item.
#[derive(Clone, Debug, Default)]
pub struct PortParts {
    traits: FxHashMap<ItemNo, usize>,
    methods: FxHashSet<ItemNo>,
}

/// What stands in for a port.
#[derive(Clone, Debug)]
pub struct Double {
    /// The type, or the trait itself where a macro makes the mock.
    pub item: ItemNo,
    /// How it is made.
    pub form: DoubleForm,
    /// Whether a test, or a helper that one reaches, names it: only then it counts.
    pub used: bool,
}

/// How a double is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DoubleForm {
    /// By hand.
    Fake,
    /// By a macro.
    Mock,
}

/// A port that keeps things.
#[derive(Clone, Debug)]
pub struct Repository {
    /// Methods that look something up.
    pub lookups: Vec<ItemNo>,
    /// Methods that put something in or take it out.
    pub stores: Vec<ItemNo>,
    /// Domain types that its methods speak of.
    pub manages: Vec<ItemNo>,
}

/// What a data type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataKind {
    /// It has an identity and changes.
    Entity,
    /// It is its value.
    Value,
    /// A fact.
    Event,
    /// A wish.
    Command,
    /// What went wrong.
    Error,
    /// No fields and no variants.
    Marker,
    /// Data without behaviour or identity.
    Plain,
}

/// A domain type with an identity.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The type.
    pub item: ItemNo,
    /// Its methods, of all its impl blocks, traits' left out.
    pub methods: Vec<ItemNo>,
    /// Whether it is the root of its aggregate.
    pub root: bool,
    /// Ports that keep it, by place in [`Patterns::ports`].
    pub kept_by: Vec<usize>,
}

/// A type of event or command.
#[derive(Clone, Debug)]
pub struct Message {
    /// The struct, or the variant.
    pub item: ItemNo,
    /// Whether it is a fact or a wish.
    pub form: MessageForm,
    /// Where production code of the core makes one.
    pub raised: Vec<(ItemNo, Place)>,
    /// Where production code looks for it or takes it, conversions, display and `apply` left out.
    pub handled: Vec<(ItemNo, Place)>,
}

/// What a message says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageForm {
    /// That something happened.
    Event,
    /// That something shall happen.
    Command,
}

/// A function that the outside calls, or a subcommand.
#[derive(Clone, Debug)]
pub struct Entrypoint {
    /// The function; for a subcommand the function that runs it, or the variant.
    pub item: ItemNo,
    /// By what.
    pub by: Driver,
    /// Whether it writes to a store, itself or through what it calls.
    pub writes: bool,
}

/// What calls a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Driver {
    /// HTTP.
    Http,
    /// Remote procedure calls.
    Rpc,
    /// GraphQL.
    GraphQl,
    /// A command line.
    Cli,
    /// Messages.
    Consumer,
    /// The clock.
    Job,
    /// A user interface.
    Gui,
    /// Foreign code.
    Ffi,
}

/// A place where a store is read or written.
#[derive(Clone, Debug)]
pub struct StoreAccess {
    /// The function.
    pub item: ItemNo,
    /// Where.
    pub place: Place,
    /// What it does.
    pub form: AccessForm,
    /// The statement, where it is written in SQL.
    pub sql: Option<Sql>,
    /// The scope around it, by place in [`Patterns::scopes`].
    pub scope: Option<usize>,
    /// Whether it stands in a loop.
    pub in_loop: bool,
}

/// What an access does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessForm {
    /// Reads.
    Read,
    /// Writes: an insert, update, delete or merge, by statement, macro or query builder.
    Write,
    /// Calls a lookup of a repository.
    Lookup,
    /// Calls a store method of a repository; its adapter's statement is the write.
    Store,
}

/// All or nothing.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The function.
    pub item: ItemNo,
    /// Where it is opened, or the parameter that brings it.
    pub place: Place,
    /// How it is written.
    pub form: ScopeForm,
    /// Whether it is committed, gives its closure's result, or is handed on.
    pub committed: bool,
    /// Whether anything is written in it.
    pub writes: bool,
}

/// How a scope is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeForm {
    /// Between `begin` and `commit` on a pool or connection.
    Begin,
    /// A closure that is given the transaction.
    Closure,
    /// A transaction that the caller gives.
    Parameter,
    /// A unit of work: a trait or type with `commit`.
    UnitOfWork,
}

/// An effect beside the store.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The function.
    pub item: ItemNo,
    /// Where: the first in the function for its family.
    pub place: Place,
    /// The technology: `notification`, `messaging`, `http_client` or `cloud`.
    pub family: String,
}

/// A place where an adapter or a client is made.
#[derive(Clone, Debug)]
pub struct Construction {
    /// The function.
    pub item: ItemNo,
    /// Where.
    pub place: Place,
    /// What is made.
    pub made: Target,
}

/// A test that can fail.
#[derive(Clone, Debug)]
pub struct Test {
    /// The function.
    pub item: ItemNo,
    /// How much of the world it needs.
    pub layer: Layer,
    /// Whether it starts what it asks.
    pub wire: Wire,
    /// Rows of cases; 1 for most.
    pub rows: u32,
    /// Whether it is left out unless asked for.
    pub ignored: bool,
    /// The items of the workspace that it names and calls itself, sorted.
    pub named: Vec<ItemNo>,
    /// The test code that it leans on, and what that names and calls, sorted: many tests lean on the same.
    pub beyond: Arc<[ItemNo]>,
}

/// Whether a test goes through the program as its users do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// It starts the program, or what puts it together.
    Real,
    /// It hands over in its own process, or does without.
    None,
}

/// How much of the world a test needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Nothing.
    Unit,
    /// A store, files, the network.
    Integration,
    /// The running program.
    EndToEnd,
}

impl Test {
    /// Every item of the workspace that it and the test code it reaches name, sorted.
    pub fn reaches(&self) -> impl Iterator<Item = ItemNo> {
        let mut own = self.named.iter().copied().peekable();
        let mut others = self.beyond.iter().copied().peekable();
        std::iter::from_fn(move || match (own.peek(), others.peek()) {
            (Some(one), Some(other)) if one == other => {
                others.next();
                own.next()
            }
            (Some(one), Some(other)) if other < one => others.next(),
            (Some(_), _) => own.next(),
            (None, _) => others.next(),
        })
    }

    /// Whether it, or the test code it reaches, names an item.
    pub fn names(&self, item: ItemNo) -> bool {
        self.named.binary_search(&item).is_ok() || self.beyond.binary_search(&item).is_ok()
    }
}

impl Patterns {
    /// What an item touches.
    pub fn touch(&self, item: ItemNo) -> &Touch {
        &self.touches[item.0 as usize]
    }

    /// Business decisions of a function.
    pub fn decisions(&self, item: ItemNo) -> u32 {
        self.decisions[item.0 as usize]
    }

    /// What a function calls.
    pub fn calls(&self, item: ItemNo) -> &[ItemNo] {
        &self.calls[item.0 as usize]
    }

    /// What a data type is.
    pub fn data(&self, item: ItemNo) -> Option<DataKind> {
        self.data[item.0 as usize]
    }

    /// Whether an item is an empty type: it does nothing and holds nothing, so it counts for nothing.
    pub fn is_empty_type(&self, item: ItemNo) -> bool {
        self.data(item) == Some(DataKind::Marker)
    }

    /// Driven ports.
    pub fn driven(&self) -> impl Iterator<Item = &Port> {
        self.ports.iter().filter(|port| port.direction == Direction::Driven)
    }

    /// Ports that keep things of the domain.
    pub fn repositories(&self) -> impl Iterator<Item = (&Port, &Repository)> {
        self.driven().filter_map(|port| Some((port, port.repository.as_ref()?)))
    }

    /// The port that a trait belongs to, by place in [`Patterns::ports`].
    pub fn port_of(&self, item: ItemNo) -> Option<usize> {
        self.port_parts.traits.get(&item).copied()
    }

    /// Whether an item is only another name for what lies outside, and no technology: `type BoxError`.
    pub fn is_mere_name(&self, census: &Census<'_>, item: ItemNo) -> bool {
        census.item(item).kind == ItemKind::TypeAlias
            && !self.touch(item).any()
            && !census.uses(item).iter().any(|used| matches!(used.to, Target::Item(_)))
    }

    /// Whether a use leads to a port or a method of one.
    pub fn leads_to_port(&self, used: &Use) -> bool {
        let Target::Item(item) = used.to else { return false };
        self.port_parts.traits.contains_key(&item) || self.port_parts.methods.contains(&item)
    }
}

impl PortParts {
    /// The parts of these ports; a trait that stands in two belongs to the first.
    pub fn of(ports: &[Port]) -> Self {
        let mut parts = Self::default();
        for (at, port) in ports.iter().enumerate() {
            for item in &port.traits {
                parts.traits.entry(*item).or_insert(at);
            }
            parts.methods.extend(&port.methods);
        }
        parts
    }
}

impl Touch {
    /// Whether it touches any infrastructure.
    pub fn any(&self) -> bool {
        !self.infra.is_empty()
    }

    /// Whether it touches what the program drives.
    pub fn driven(&self) -> bool {
        self.infra.iter().any(|touch| touch.side == Side::Driven)
    }

    /// Whether it touches what drives the program.
    pub fn driving(&self) -> bool {
        self.infra.iter().any(|touch| touch.side == Side::Driving)
    }

    /// Whether nothing but derives and attributes ties it.
    pub fn derive_only(&self) -> bool {
        self.any()
            && self.infra.iter().all(|touch| {
                matches!(
                    touch.form,
                    InfraForm::PersistenceDerive | InfraForm::PresentationDerive | InfraForm::Attribute
                )
            })
    }

    /// Whether it touches a technology.
    pub fn family(&self, family: &str) -> bool {
        self.infra.iter().any(|touch| touch.family == family)
    }
}

impl Double {
    /// What it is worth by `[facts]`: less for a mock than for a fake, and 0 where no test names it.
    pub fn worth(&self, facts: &Constants) -> f64 {
        match (self.used, self.form) {
            (false, _) => 0.0,
            (true, DoubleForm::Fake) => facts.number("fake_worth"),
            (true, DoubleForm::Mock) => facts.number("mock_worth"),
        }
    }
}
