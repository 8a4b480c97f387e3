//! Names that only generated code can explain: `include!(concat!(env!("OUT_DIR"), "/x.rs"))`.
//!
//! Nothing of the target is run, so what a build script writes is never seen. A name that is bound
//! nowhere and is looked up where such a file is included can only come from there; likewise what an
//! import of such a name goes on to bind, and so on. These are told apart from names that are unknown.

use rustc_hash::FxHashSet;

use crate::domain::resolve::link::Unresolved;
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::tree::SpaceIx;
use crate::domain::source::symbols::Sym;

/// The spaces that receive text which was not read.
pub fn spaces(scopes: &Scopes<'_>) -> FxHashSet<SpaceIx> {
    let instances = scopes.tree.instances.iter();
    instances
        .flat_map(|instance| {
            let facts = scopes.sources.file(instance.file);
            facts.generated.iter().map(|scope| instance.spaces[scope.0 as usize])
        })
        .collect()
}

/// Takes what only generated code can explain out of the failures.
pub fn explained(
    scopes: &Scopes<'_>,
    generated: &FxHashSet<SpaceIx>,
    failures: &mut Vec<Unresolved>,
) -> Vec<Unresolved> {
    if generated.is_empty() {
        return Vec::new();
    }
    let mut bound: FxHashSet<(SpaceIx, Sym)> = FxHashSet::default();
    // Imports of what imports bring: each round goes one step further, and binds more or is the last.
    loop {
        let before = bound.len();
        let more = failures.iter().filter(|failure| is_explained(scopes, generated, &bound, failure));
        let more: Vec<(SpaceIx, Sym)> = more.filter_map(|failure| failure.binds).collect();
        bound.extend(more);
        if bound.len() == before {
            break;
        }
    }
    let (explained, rest) =
        failures.drain(..).partition(|failure| is_explained(scopes, generated, &bound, failure));
    *failures = rest;
    explained
}

fn is_explained(
    scopes: &Scopes<'_>,
    generated: &FxHashSet<SpaceIx>,
    bound: &FxHashSet<(SpaceIx, Sym)>,
    failure: &Unresolved,
) -> bool {
    let here = |space: SpaceIx| generated.contains(&space) || bound.contains(&(space, failure.name));
    match failure.inside {
        Some(module) => here(Scopes::space(module)),
        None => std::iter::successors(Some(failure.space), |space| scopes.around(*space)).any(here),
    }
}
