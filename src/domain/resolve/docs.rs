//! Where paths of documentation lead. They are no references of the code: what leads nowhere is passed
//! over.

use crate::domain::resolve::names::{Def, Mask, Origin};
use crate::domain::resolve::paths::{Found, From, plain};
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::tree::ModuleIx;
use crate::domain::source::facts::{Certainty, Namespace, RefPosition, Reference};
use crate::domain::source::symbols::Sym;
use crate::domain::source::workspace::TargetKind;

/// Where a path of documentation leads, if it leads to something.
pub(super) fn found(
    scopes: &mut Scopes<'_>,
    from: From,
    segments: &[Sym],
    reference: &Reference,
) -> Option<Found> {
    match reference.position {
        RefPosition::Doctest => example(scopes, from, segments, reference),
        _ => link(scopes, from, segments, reference.namespace),
    }
}

/// A link says what it names, or means a type before a value before a macro.
fn link(scopes: &mut Scopes<'_>, from: From, segments: &[Sym], wanted: Namespace) -> Option<Found> {
    let others = [Namespace::Type, Namespace::Value, Namespace::Macro];
    let order = std::iter::once(wanted).chain(others.into_iter().filter(|other| *other != wanted));
    let mut best: Option<Found> = None;
    for namespace in order {
        let found = scopes.follow(from, segments, Mask::of(namespace));
        if found.depth == segments.len() {
            return is_sure(&found).then_some(found);
        }
        if best.as_ref().is_none_or(|known| known.depth < found.depth) {
            best = Some(found);
        }
    }
    // The member of a type that a derive gives, or a field.
    best.filter(|found| found.depth + 1 == segments.len() && ends_in_item(found))
}

/// An example is a crate outside: it sees the library of its package and what that depends on.
fn example(scopes: &mut Scopes<'_>, from: From, segments: &[Sym], reference: &Reference) -> Option<Found> {
    let head = root(scopes, scopes.module(from.space), segments[0])?;
    let start = || Found { bindings: smallvec::smallvec![plain(head)], depth: 1, ..Found::default() };
    let other = match reference.namespace {
        Namespace::Type => Mask::VALUE,
        Namespace::Value => Mask::TYPE,
        Namespace::Macro => Mask::MACRO,
    };
    let mut best: Option<Found> = None;
    for mask in [Mask::of(reference.namespace), other, Mask::MACRO] {
        let found = scopes.follow_on(from, start(), segments, mask);
        if found.depth == segments.len() {
            // What comes through a glob is only known where the glob is.
            let guessed = reference.certainty == Certainty::Perhaps
                && found.bindings.iter().any(|binding| matches!(binding.def, Def::External(_)));
            return (!guessed && is_sure(&found)).then_some(found);
        }
        if best.as_ref().is_none_or(|known| known.depth < found.depth) {
            best = Some(found);
        }
    }
    let sure = reference.certainty == Certainty::Sure;
    best.filter(|found| sure && found.depth + 1 == segments.len() && ends_in_item(found))
}

/// The crate that an example means by a name; only those of libraries are built.
fn root(scopes: &Scopes<'_>, module: ModuleIx, name: Sym) -> Option<Def> {
    let krate = &scopes.tree.crates[scopes.tree.modules[module.0 as usize].krate.0 as usize];
    if !matches!(krate.kind, TargetKind::Lib | TargetKind::ProcMacro) {
        return None;
    }
    if scopes.sources.symbols.word(name) == krate.name {
        return Some(Def::Module(krate.root));
    }
    scopes.crate_named(module, name)
}

fn is_sure(found: &Found) -> bool {
    found.bindings.iter().all(|binding| binding.origin != Origin::ExternalGlob)
}

fn ends_in_item(found: &Found) -> bool {
    found.bindings.iter().any(|binding| matches!(binding.def, Def::Item(_)))
}
