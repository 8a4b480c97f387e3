//! Names to definitions, as the compiler finds them.
//!
//! `folders` joins paths; `sources` joins the files into one table of words; `tree` says which file is which module of which
//! crate; `scopes` binds every name, with imports and globs followed to the end in `imports`; `paths`
//! follows a path through them; `textual` knows macros that need none; `expand` picks the macro calls
//! whose expansion is worth having; `docs` follows what documentation names;
//! `links` follows every reference and says where it led, `generated` which names a build script makes,
//! `bodies` what macros bring to their callers, `impls` what types are given,
//! `methods` where methods and fields of values lead whose type is declared, as `wrappers` sees it.

pub mod bodies;
pub mod called;
mod docs;
pub mod expand;
pub mod folders;
pub mod generated;
pub mod impls;
pub mod imports;
pub mod link;
pub mod links;
pub mod memo;
pub mod mentions;
pub mod methods;
pub mod names;
pub mod paths;
pub mod prelude;
pub mod scopes;
mod shares;
pub mod sources;
pub mod standard;
pub mod textual;
pub mod tree;
pub mod wrappers;
