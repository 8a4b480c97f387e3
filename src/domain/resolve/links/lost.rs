//! Paths that lead nowhere, or not to their end.

use crate::domain::resolve::generated;
use crate::domain::resolve::link::{Link, LinkForm, Sink, Unresolved};
use crate::domain::resolve::links::{Linker, Links, ends_in_type};
use crate::domain::resolve::names::{Binding, Def};
use crate::domain::resolve::paths::{Failure, Found, is_like_a_crate};
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::tree::{ModuleIx, SpaceIx};
use crate::domain::source::facts::RefPosition;
use crate::domain::source::symbols::Sym;

impl Links {
    /// What an import should bind and does not is missing too where a glob would hand it on; a macro that
    /// could not be expanded may bind any name.
    pub(super) fn hand_on_unbound(&mut self, scopes: &Scopes<'_>) {
        if let Some(any) = scopes.sources.symbols.get("*") {
            let made = scopes.tree.instances.iter().flat_map(|instance| generated::called(scopes, instance));
            self.unbound.extend(made.map(|space| (space, any)));
        }
        let mut open: Vec<(SpaceIx, Sym)> = self.unbound.iter().copied().collect();
        while let Some((space, name)) = open.pop() {
            for glob in scopes.globs.get(&space).into_iter().flatten() {
                if self.unbound.insert((glob.importer, name)) {
                    open.push((glob.importer, name));
                }
            }
        }
    }
}

impl<S: Sink> Linker<'_, '_, S> {
    /// A path whose end is unknown: it leads as far as it is known.
    pub(super) fn partial(&mut self, found: &Found, segments: &[Sym], base: Link, space: SpaceIx) {
        if found.depth == 0 {
            self.lost_head(found, segments, base, space);
            return;
        }
        if ends_in_type(found) {
            self.links.resolved += 1;
        } else {
            let failure = found.failure.unwrap_or(Failure::NoSuchName);
            let module = |binding: &Binding| match binding.def {
                Def::Module(module) => Some(module),
                _ => None,
            };
            let inside = found.bindings.iter().find_map(module);
            self.fail(failure, segments[found.depth], base, (space, inside));
        }
        self.push_all(found, base);
    }

    /// A path whose first name is unknown: it is an undeclared crate if it can be one.
    pub(super) fn lost_head(&mut self, found: &Found, segments: &[Sym], base: Link, space: SpaceIx) {
        let failure = found.failure.unwrap_or(Failure::UnknownName);
        let head = segments[0];
        if self.is_unbound(space, head) || self.may_be_made(space) {
            self.fail(Failure::UnknownName, head, base, (space, None));
            return;
        }
        let word = self.scopes.sources.symbols.word(head);
        let crate_like = is_like_a_crate(word);
        let import = matches!(base.form, LinkForm::Use | LinkForm::ReExport);
        // An attribute that no crate holds helps the derive or attribute beside it.
        if matches!(base.form, LinkForm::Path(RefPosition::Attribute)) && crate_like {
            self.links.resolved += 1;
            return;
        }
        let rooted = segments.len() > 1 || import;
        if crate_like && rooted && failure != Failure::ExternalGlob {
            let external = self.scopes.externals.intern(None, head);
            self.links.undeclared.entry(head).or_insert((base.file, base.span));
            self.links.mentions.note_undeclared(self.scopes, failure, head, &base);
            self.links.resolved += 1;
            self.push(Link { target: Def::External(external), ..base });
            return;
        }
        self.fail(failure, head, base, (space, None));
    }

    /// Whether a build script writes text that is included here.
    fn may_be_made(&self, space: SpaceIx) -> bool {
        let made = &self.before.made;
        !made.is_empty()
            && std::iter::successors(Some(space), |space| self.scopes.around(*space))
                .any(|space| made.contains(&space))
    }

    /// Whether an import that leads nowhere should have bound this name here.
    fn is_unbound(&self, space: SpaceIx, name: Sym) -> bool {
        let mut at = Some(space);
        let any = self.scopes.sources.symbols.get("*");
        while let Some(space) = at {
            // A glob that leads nowhere may bind any name.
            let is_named = |links: &Links| {
                links.unbound.contains(&(space, name))
                    || any.is_some_and(|any| links.unbound.contains(&(space, any)))
            };
            if is_named(self.before) || is_named(self.links) {
                return true;
            }
            at = self.scopes.around(space);
        }
        false
    }

    fn fail(
        &mut self,
        failure: Failure,
        name: Sym,
        base: Link,
        (space, inside): (SpaceIx, Option<ModuleIx>),
    ) {
        let (file, span, binds) = (base.file, base.span, self.binds);
        self.links.failures.push(Unresolved { failure, name, file, span, space, inside, binds });
    }
}
