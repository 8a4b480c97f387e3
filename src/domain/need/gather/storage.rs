//! Whether anything is stored, and by how many at a time.

use std::collections::BTreeSet;

use crate::domain::census::{Census, ImplNo, ItemNo, ModuleNo, Standing, Target};
use crate::domain::graph::{EdgeKind, ItemKind};
use crate::domain::need::gather::{Asked, Source, production, spawns, tell};
use crate::domain::patterns::lookup::Members;
use crate::domain::patterns::storage::functions;
use crate::domain::patterns::{AccessForm, Driver, InfraForm, Port};
use crate::domain::policy::role::Role;
use crate::domain::source::workspace::TargetKind;

/// P: 1 for a database that is written, 0.5 for one that is only read, a cache that is written, or data
/// that is kept in files.
pub(super) fn persistence(source: &Source<'_>, asked: &mut Asked<'_>) -> f64 {
    let named = |family: &str| {
        production(source.census).any(|item| {
            source
                .patterns
                .touch(item)
                .infra
                .iter()
                .any(|touch| touch.family == family && touch.form != InfraForm::Sql)
        })
    };
    let writes: Vec<_> =
        source.patterns.accesses.iter().filter(|access| access.form == AccessForm::Write).collect();
    for access in &writes {
        tell(asked, source, "persistence", access.item, access.place, "writes to the store");
    }
    let written = !writes.is_empty();
    if written && named("database") {
        return 1.0;
    }
    if named("database") || written && named("cache") || keeps_files(source) || keeps_somewhere(source) {
        return 0.5;
    }
    0.0
}

/// Whether a repository that both looks up and stores is there for the product: with what technology is
/// not known, but it keeps things.
fn keeps_somewhere(source: &Source<'_>) -> bool {
    let census = source.census;
    let keeps = |port: &Port| {
        let of_adapter = |block: &ImplNo| {
            let found = census.block(*block);
            let role = source.roles.played(found.module).role;
            found.standing == Standing::Production && role == Some(Role::Adapter)
        };
        let whole =
            port.repository.as_ref().is_some_and(|one| !one.lookups.is_empty() && !one.stores.is_empty());
        whole && port.impls.iter().any(of_adapter)
    };
    source.patterns.ports.iter().any(keeps)
}

/// Whether data of one type is both written to files and read back.
fn keeps_files(source: &Source<'_>) -> bool {
    let census = source.census;
    let facts = source.parameters.section("facts");
    let (writes, reads) = (facts.words("file_writes"), facts.words("file_reads"));
    let (mut written, mut read): (BTreeSet<ItemNo>, BTreeSet<ItemNo>) = (BTreeSet::new(), BTreeSet::new());
    for item in functions(census) {
        let formats = census
            .uses(item)
            .iter()
            .filter_map(|used| census.outer(used.to))
            .any(|outside| outside.category == "data_format");
        if !formats {
            continue;
        }
        let files = |names: &[String]| {
            source.patterns.touch(item).infra.iter().any(|touch| {
                touch.family == "filesystem"
                    && touch.form == InfraForm::Body
                    && touch.what.split("::").any(|part| names.iter().any(|name| name == part))
            })
        };
        let named = || {
            let uses = census.uses(item).iter().filter(|used| used.kind != EdgeKind::Method);
            let types = uses.filter_map(|used| match used.to {
                Target::Item(to) if census.is_data(to) => Some(to),
                _ => None,
            });
            types.chain(census.self_item(item)).collect::<Vec<ItemNo>>()
        };
        if files(writes) {
            written.extend(named());
        }
        if files(reads) {
            read.extend(named());
        }
    }
    written.intersection(&read).next().is_some()
}

/// M: 1 where several may write a database at once; 0.5 where anything stored is written beside tasks or
/// threads.
pub(super) fn writers(source: &Source<'_>, persistence: f64) -> f64 {
    let served = source.patterns.entrypoints.iter().any(|entrypoint| {
        matches!(entrypoint.by, Driver::Http | Driver::Rpc | Driver::GraphQl | Driver::Consumer)
    });
    if persistence >= 1.0 && (served || several_programs_write(source)) {
        return 1.0;
    }
    if persistence > 0.0 && spawns_around_writes(source) {
        return 0.5;
    }
    0.0
}

/// Whether the `main` of several programs leads to a write of the database: itself, or by a repository
/// that writes there.
fn several_programs_write(source: &Source<'_>) -> bool {
    let census = source.census;
    let mains = functions(census).filter(|item| {
        let module = census.module(census.item(*item).module);
        census.name(*item) == "main"
            && census.item(*item).kind == ItemKind::Fn
            && module.parent.is_none()
            && census.graph.crates[module.krate.0 as usize].kind == TargetKind::Bin
    });
    let mains: Vec<ItemNo> = mains.collect();
    if mains.len() < 2 {
        return false;
    }
    let writes = writes(source);
    mains.into_iter().filter(|main| reaches(source, *main, &writes)).nth(1).is_some()
}

/// What writes, and the methods of repositories that some adapter implements by a write: another may keep
/// things elsewhere, or refuse.
fn writes(source: &Source<'_>) -> BTreeSet<ItemNo> {
    let Source { census, patterns, .. } = *source;
    let own = patterns.accesses.iter().filter(|access| access.form == AccessForm::Write);
    let mut writes: BTreeSet<ItemNo> = own.map(|access| access.item).collect();
    let members = Members::new(census);
    let stores = patterns.repositories().flat_map(|(_, repository)| &repository.stores);
    let leads = |item: &ItemNo| {
        writes.contains(item) || patterns.calls(*item).iter().any(|called| writes.contains(called))
    };
    let known: Vec<ItemNo> =
        stores.filter(|store| members.implementing(**store).iter().any(leads)).copied().collect();
    writes.extend(known);
    writes
}

fn reaches(source: &Source<'_>, from: ItemNo, goals: &BTreeSet<ItemNo>) -> bool {
    let mut seen: BTreeSet<ItemNo> = BTreeSet::new();
    let mut open = vec![from];
    while let Some(item) = open.pop() {
        if goals.contains(&item) {
            return true;
        }
        if seen.insert(item) {
            open.extend(source.patterns.calls(item));
        }
    }
    false
}

/// Whether a module that writes, or one that calls it, also spawns.
fn spawns_around_writes(source: &Source<'_>) -> bool {
    let census: &Census<'_> = source.census;
    let writing: BTreeSet<ItemNo> = source
        .patterns
        .accesses
        .iter()
        .filter(|access| matches!(access.form, AccessForm::Write | AccessForm::Store))
        .map(|access| access.item)
        .collect();
    let modules: BTreeSet<ModuleNo> = writing.iter().map(|item| census.item(*item).module).collect();
    functions(census).filter(|item| spawns(census, *item)).any(|item| {
        modules.contains(&census.item(item).module)
            || source.patterns.calls(item).iter().any(|to| writing.contains(to))
    })
}
