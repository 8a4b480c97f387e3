//! What need is computed from: a few numbers about the whole system.

use crate::domain::policy::kind::PackageKind;

/// Facts of a system, summed over its packages: production code only, unless said otherwise. The
/// letters are those of the specification.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// P: 1 where a database crate is referenced and there is at least one write site; 0.5 where there
    /// are only file stores, or a database that is only read; else 0.
    pub persistence: f64,
    /// U: handlers of HTTP, RPC and GraphQL, subcommands (1 for a command line without any), consumers
    /// of messages and scheduled jobs; 0 for a library.
    pub use_cases: u32,
    /// D: business decisions. The decision points of functions of the domain, the application,
    /// entrypoints, shared and unknown modules, and what adapters and composition hide beyond what is
    /// free there.
    pub decisions: u32,
    /// M: 1 where there is a database with writes and a server, a consumer or two writing binaries; 0.5
    /// where anything is stored and threads or tasks are spawned around writes; else 0.
    pub writers: f64,
    /// A2: functions with two or more write sites, or with two or more calls of the store methods of
    /// repositories.
    pub compound_writes: u32,
    /// Those of them that an adapter keeps in a transaction of its own.
    pub kept_writes: u32,
    /// Places where writes are kept by a unit of work.
    pub units_of_work: u32,
    /// Ad: technology families in use outside tests and composition, observability left out.
    pub technologies: u32,
    /// E: families of notification, messaging, outbound HTTP and cloud that are used in functions that
    /// also write, or reached from a writing handler in two path calls.
    pub effects: u32,
    /// S: binaries whose package has a server or a consumer.
    pub services: u32,
    /// R: functions that read storage, or answer a query, and write nothing; loads of aggregates left
    /// out.
    pub reads: u32,
    /// RC: share of those with a join, a grouping, an aggregate function or two or more queries, 0 to
    /// 1; 0 where there are none.
    pub complex_reads: f64,
    /// Ent: driving technologies in use, among HTTP, RPC, GraphQL, command line, consumers, user
    /// interfaces and foreign callers.
    pub driving: u32,
    /// Types of events, live or not.
    pub event_types: u32,
    /// Those of them that are both raised and handled.
    pub live_events: u32,
    /// Data types of domain modules: structs with fields and enums; errors and markers left out.
    pub domain_types: u32,
    /// Ports that keep things of the domain.
    pub repositories: u32,
    /// Functions of the application that entrypoints call.
    pub use_case_functions: u32,
    /// Roots of aggregates with a method that changes them and may refuse.
    pub guarded_roots: u32,
    /// Functions of the read side.
    pub read_functions: u32,
    /// Production functions.
    pub functions: u32,
    /// Tests that can fail, whatever their layer.
    pub tests: u32,
    /// Whether state is shared between threads or tasks.
    pub shared_state: bool,
    /// Whether a client of a remote procedure call is used.
    pub rpc_client: bool,
    /// Whether a message broker is used.
    pub messaging: bool,
    /// Whether an HTTP client is used on a path that writes.
    pub http_client_in_writes: bool,
    /// Kinds of the packages of the system, in any order.
    pub kinds: Vec<PackageKind>,
    /// Whether any package of the system has a library.
    pub has_library: bool,
}
