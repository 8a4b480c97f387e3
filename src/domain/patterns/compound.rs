//! Writes that belong together: functions that write more than once, and whether all or nothing is kept.

use crate::domain::census::{Census, ItemNo, Use};
use crate::domain::graph::Place;
use crate::domain::patterns::calls::by_path;
use crate::domain::patterns::names::words;
use crate::domain::patterns::scopes::extent;
use crate::domain::patterns::storage::{functions, in_one_run};
use crate::domain::patterns::{AccessForm, Patterns, StoreAccess};
use crate::domain::policy::catalogue::Catalogue;
use crate::domain::policy::model::Parameters;
use crate::domain::policy::role::Role;
use crate::domain::roles::Roles;
use crate::domain::source::span::Span;

/// A function whose writes belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compound {
    /// The function.
    pub item: ItemNo,
    /// Its writes that can all happen in one run, in order; each in a loop counts for many.
    pub places: Vec<Place>,
    /// Whether one scope holds them all.
    pub atomic: bool,
}

/// One write of a function.
#[derive(Clone, Copy)]
struct Write {
    place: Place,
    weight: u32,
    scope: Option<usize>,
}

/// Whether a function brings a store from one version to the next, where each step is done once, in order,
/// and may be long: whether it changes the store's own shape, by its name or that of a module around it.
pub fn is_migration(census: &Census<'_>, migrations: &[String], item: ItemNo) -> bool {
    let mut parts = census.module_id(census.item(item).module);
    parts.push_str("::");
    parts.push_str(census.name(item));
    let named = |part: &str| words(part).iter().any(|word| migrations.contains(word));
    parts.split("::").any(named)
}

/// All functions whose writes belong together, in order: so many writes in one run, by statement,
/// through helpers that write, or by the store methods of repositories.
pub fn compound(
    census: &Census<'_>,
    roles: &Roles,
    patterns: &Patterns,
    catalogue: &Catalogue,
    parameters: &Parameters,
) -> Vec<Compound> {
    let least = parameters.section("uow").table("atomic_boundary").count("writes");
    let migrations = parameters.section("facts").words("migration_words");
    let mut writing = vec![false; census.items.len()];
    for access in patterns.accesses.iter().filter(|access| access.form == AccessForm::Write) {
        writing[access.item.0 as usize] = true;
    }
    let finder = Finder { census, patterns, commits: catalogue.list("transactions.commits"), writing };
    functions(census)
        // What puts the program together may write a first time here and a second time there.
        .filter(|item| roles.of(census, *item) != Some(Role::Composition))
        .filter_map(|item| finder.of(item, least))
        .filter(|compound| !is_migration(census, migrations, compound.item))
        .collect()
}

struct Finder<'a, 'g> {
    census: &'a Census<'g>,
    patterns: &'a Patterns,
    commits: &'a [String],
    writing: Vec<bool>,
}

impl Finder<'_, '_> {
    fn of(&self, item: ItemNo, least: u32) -> Option<Compound> {
        let own = self.accesses(item);
        let form = |form: AccessForm| {
            let weight = |access: &StoreAccess| if access.in_loop { 2 } else { 1 };
            let of_form = own.iter().filter(|access| access.form == form);
            of_form
                .map(|access| Write { place: access.place, weight: weight(access), scope: access.scope })
                .collect()
        };
        let mut writes: Vec<Write> = form(AccessForm::Write);
        writes.extend(self.helped(item, &writes));
        writes.sort_by_key(|write| write.place);
        let stores: Vec<Write> = form(AccessForm::Store);
        [writes, stores].into_iter().find_map(|writes| self.together(item, &writes, least))
    }

    fn accesses(&self, item: ItemNo) -> &[StoreAccess] {
        let all = &self.patterns.accesses;
        let from = all.partition_point(|access| access.item < item);
        let to = all.partition_point(|access| access.item <= item);
        &all[from..to]
    }

    /// Calls of functions that write themselves.
    fn helped(&self, item: ItemNo, own: &[Write]) -> Vec<Write> {
        let helps = |used: &Use| {
            let site = by_path(self.census, used)?;
            let writes = self.writing[site.to.0 as usize] && site.to != item;
            let known = own.iter().any(|write| write.place == site.place);
            let kept = self.accesses(item).iter().any(|access| access.place == site.place);
            (writes && !known && !kept).then(|| Write {
                place: site.place,
                weight: 1,
                scope: self.scope_around(item, site.place.span),
            })
        };
        if !self.patterns.calls(item).iter().any(|to| self.writing[to.0 as usize]) {
            return Vec::new();
        }
        self.census.uses(item).iter().filter_map(helps).collect()
    }

    fn scope_around(&self, item: ItemNo, span: Span) -> Option<usize> {
        let scopes = &self.patterns.scopes;
        let from = scopes.partition_point(|scope| scope.item < item);
        let to = scopes.partition_point(|scope| scope.item <= item);
        (from..to).rfind(|at| extent(self.census, self.commits, &scopes[*at]).contains(span))
    }

    fn together(&self, item: ItemNo, writes: &[Write], least: u32) -> Option<Compound> {
        if writes.iter().map(|write| write.weight).sum::<u32>() < least {
            return None;
        }
        let places: Vec<(Span, u32)> = writes.iter().map(|write| (write.place.span, write.weight)).collect();
        let kept = in_one_run(self.census, item, &places);
        let writes: Vec<&Write> =
            writes.iter().zip(kept).filter(|(_, kept)| *kept).map(|(write, _)| write).collect();
        if writes.iter().map(|write| write.weight).sum::<u32>() < least {
            return None;
        }
        let first = writes.first().and_then(|write| write.scope);
        let atomic = first.is_some() && writes.iter().all(|write| write.scope == first);
        Some(Compound { item, places: writes.iter().map(|write| write.place).collect(), atomic })
    }
}
