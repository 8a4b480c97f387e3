//! Crates that paths name first, by the crate that names them: what manifests are held against.
//!
//! A definition reached through a re-export is no mention of the crate that defines it.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::resolve::link::{Link, LinkForm};
use crate::domain::resolve::names::Mask;
use crate::domain::resolve::paths::{Failure, From};
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::sources::{FileIx, FragmentKey};
use crate::domain::resolve::tree::CrateIx;
use crate::domain::source::facts::CallForm;
use crate::domain::source::facts::RefPosition;
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;
use crate::domain::source::workspace::{Edition, Standing};

/// That a crate is named, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mention {
    /// The crate that names it.
    pub krate: CrateIx,
    /// The name, as code writes it.
    pub name: Sym,
    /// What the manifest says of it.
    pub standing: Standing,
    /// Whether it is test code.
    pub test: bool,
    /// Whether it stands under a condition.
    pub conditional: bool,
}

/// All mentions, each with its places: the first where all is in order, else every one.
#[derive(Debug, Default)]
pub struct Mentions {
    /// The mentions.
    pub found: FxHashMap<Mention, Vec<(FileIx, Span)>>,
    /// Files in which a macro call among items stayed closed: it may declare modules.
    closed: FxHashMap<FileIx, bool>,
    /// Crates that are known to be named, with the weight of who names them.
    known: FxHashSet<Mention>,
}

impl Mentions {
    /// Nothing yet, but what is known need not be looked up again.
    pub fn rest(&self) -> Self {
        Self { known: self.known.clone(), ..Self::default() }
    }

    /// Adds what was noted after these.
    pub fn add_all(&mut self, more: Self) {
        #[expect(clippy::iter_over_hash_type, reason = "each goes to a place of its own")]
        for (mention, places) in more.found {
            let known = self.found.entry(mention).or_default();
            if mention.standing != Standing::Declared || known.is_empty() {
                known.extend(places);
            }
        }
    }

    /// Notes the crate that a path starts with, if it starts with one that can be named there.
    pub fn note(&mut self, scopes: &mut Scopes<'_>, from: From, segments: &[Sym], base: &Link) {
        let Some(def) = scopes.crate_named(base.module, segments[0]) else { return };
        let krate = scopes.tree.modules[base.module.0 as usize].krate;
        let only_tests = scopes.preludes[krate.0 as usize].for_tests.contains(&segments[0]);
        let standing = if only_tests && !base.test { Standing::TestsOnly } else { Standing::Declared };
        let mention = Self::mention(scopes, segments[0], standing, base);
        if standing == Standing::Declared && self.known.contains(&mention) {
            return;
        }
        let head = scopes.follow(from, &segments[..1], Mask::TYPE);
        if head.bindings.iter().any(|binding| binding.def == def) {
            self.known.insert(mention);
            self.add(mention, base);
        }
    }

    /// Notes a name that can only be that of a crate nobody declares.
    pub fn note_undeclared(&mut self, scopes: &Scopes<'_>, failure: Failure, head: Sym, base: &Link) {
        let modern = scopes.edition(base.module) > Edition::E2015;
        let plain = [RefPosition::Signature, RefPosition::ImplHeader, RefPosition::Body];
        let written = match base.form {
            LinkForm::Path(position) => plain.contains(&position),
            LinkForm::Use | LinkForm::ReExport => true,
            LinkForm::Method => false,
        };
        let file = base.file;
        let global = failure == Failure::UnknownCrate;
        let made = scopes.sources.written(file) != file;
        let sure = modern && written && !made && (global || !self.is_closed(scopes, file));
        let standing = if sure { Standing::Undeclared } else { Standing::Doubtful };
        self.add(Self::mention(scopes, head, standing, base), base);
    }

    /// Notes `extern crate` of what is not declared.
    pub fn note_extern(&mut self, scopes: &Scopes<'_>, name: Sym, base: &Link) {
        self.add(Self::mention(scopes, name, Standing::Undeclared, base), base);
    }

    fn mention(scopes: &Scopes<'_>, name: Sym, standing: Standing, base: &Link) -> Mention {
        let module = &scopes.tree.modules[base.module.0 as usize];
        let conditional = base.cfg.0 > 0 || module.conditional;
        Mention { krate: module.krate, name, standing, test: base.test, conditional }
    }

    fn add(&mut self, mention: Mention, base: &Link) {
        let places = self.found.entry(mention).or_default();
        if mention.standing != Standing::Declared || places.is_empty() {
            places.push((base.file, base.span));
        }
    }

    fn is_closed(&mut self, scopes: &Scopes<'_>, file: FileIx) -> bool {
        *self.closed.entry(file).or_insert_with(|| {
            let mut calls = scopes.sources.file(file).item_calls.iter().enumerate();
            calls.any(|(at, call)| {
                let key = FragmentKey { host: file, call: at as u32 };
                call.form == CallForm::Items && scopes.sources.fragment(key).is_none()
            })
        })
    }
}
