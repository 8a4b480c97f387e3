//! What kind of thing every package is (0.5).

use crate::domain::census::{Census, PackageNo, Target, Use};
use crate::domain::policy::constants::{Constant, Constants};
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::model::Parameters;
use crate::domain::roles::touch::Touches;
use crate::domain::source::workspace::TargetKind;

/// What a package names, counted over its production items.
#[derive(Clone, Debug, Default)]
struct Named {
    /// Items.
    items: u32,
    /// Items that name a server or a consumer of messages.
    server: u32,
    /// Items that name a command line.
    cli: u32,
    /// Items that name hardware.
    hardware: u32,
    /// Whether a seam to hardware is named.
    seams: bool,
    /// References to crates outside, the standard library left out.
    outside: u32,
    /// Those of them to user interface crates.
    interface: u32,
    /// Size of all items, and of those that name infrastructure.
    size: u64,
    infra: u64,
    /// Packages of the workspace that it names.
    uses: Vec<PackageNo>,
}

/// The kinds of all packages: as the configuration says, else by what they name; and whether each is a
/// service or used by one.
pub(super) fn kinds(
    census: &Census<'_>,
    touches: &Touches,
    parameters: &Parameters,
) -> (Vec<PackageKind>, Vec<bool>) {
    let constants = parameters.section("kinds");
    let named = count(census, touches);
    let kind = |at: usize| {
        let package = &census.packages[at];
        let given = constants.table("packages").entries.get(&package.name).and_then(|given| match given {
            Constant::Word(word) => PackageKind::ALL.into_iter().find(|kind| kind.key() == word),
            _ => None,
        });
        given.unwrap_or_else(|| kind(census, &named, PackageNo(at as u32), constants.table("detection")))
    };
    let kinds: Vec<PackageKind> = (0..census.packages.len()).map(kind).collect();
    let mut served = vec![false; kinds.len()];
    for at in (0..kinds.len()).filter(|at| kinds[*at] == PackageKind::Service) {
        for package in reached(&named, PackageNo(at as u32)) {
            served[package.0 as usize] = true;
        }
    }
    (kinds, served)
}

fn kind(census: &Census<'_>, all: &[Named], at: PackageNo, detection: &Constants) -> PackageKind {
    let (package, own) = (census.package(at), &all[at.0 as usize]);
    let builds = |kind: TargetKind| package.targets.contains(&kind);
    let share =
        |part: u64, whole: u64, key: &str| part > 0 && part as f64 >= detection.number(key) * whole as f64;
    if builds(TargetKind::ProcMacro) {
        return PackageKind::ProcMacro;
    }
    let bare = package.no_std && (builds(TargetKind::Bin) || own.hardware > 0 || own.seams);
    if bare || share(u64::from(own.hardware), u64::from(own.items), "hardware_share") {
        return PackageKind::Embedded;
    }
    if share(u64::from(own.interface), u64::from(own.outside), "frontend_share") {
        return PackageKind::Frontend;
    }
    if builds(TargetKind::Bin) {
        let reached = reached(all, at);
        let sum = |count: fn(&Named) -> u32| -> u32 {
            reached.iter().map(|package| count(&all[package.0 as usize])).sum()
        };
        let (server, cli) = (sum(|named| named.server), sum(|named| named.cli));
        if server > 0 && server >= cli {
            return PackageKind::Service;
        }
        if cli > 0 || !builds(TargetKind::Lib) {
            return PackageKind::Cli;
        }
    }
    let categories = detection.words("adapter_library_categories");
    let wraps = package.categories.iter().any(|category| categories.contains(category));
    if wraps || share(own.infra, own.size, "adapter_library_share") {
        return PackageKind::AdapterLibrary;
    }
    PackageKind::Library
}

/// A package and all that it uses, directly or not.
fn reached(all: &[Named], from: PackageNo) -> Vec<PackageNo> {
    let mut reached = vec![from];
    let mut at = 0;
    while at < reached.len() {
        for next in &all[reached[at].0 as usize].uses {
            if !reached.contains(next) {
                reached.push(*next);
            }
        }
        at += 1;
    }
    reached
}

fn count(census: &Census<'_>, touches: &Touches) -> Vec<Named> {
    let mut all = vec![Named::default(); census.packages.len()];
    let links = |named: &mut Named, own: PackageNo, uses: &[Use]| {
        for used in uses.iter().filter(|used| !used.test) {
            let to = match used.to {
                Target::Item(item) => census.item(item).module,
                Target::Module(module) => module,
                Target::Outside(_) => continue,
            };
            let to = census.module(to).package;
            if to != own && named.uses.last() != Some(&to) {
                named.uses.push(to);
            }
        }
    };
    for item in census.item_nos().filter(|item| census.is_production(*item)) {
        let found = census.item(item);
        let package = census.module(found.module).package;
        let named = &mut all[package.0 as usize];
        links(named, package, census.uses(item));
        let (mut server, mut cli, mut hardware) = (false, false, false);
        for used in census.uses(item).iter().filter(|used| !used.test) {
            let Some(outside) = census.outer(used.to) else { continue };
            let std = matches!(outside.krate(), "std" | "core" | "alloc" | "proc_macro");
            let interface = outside.category == "gui_frontend";
            named.outside += u32::from(!std);
            named.interface += u32::from(interface);
            match outside.category.as_str() {
                "http_server" | "rpc" | "message_broker" | "graphql" | "websocket" => {
                    server |= outside.is_driving();
                }
                "cli" => cli = true,
                "hardware" => hardware = true,
                "hardware_abstraction" => named.seams = true,
                _ => cli |= matches!(outside.path.as_str(), "std::env::args" | "std::env::args_os"),
            }
        }
        named.server += u32::from(server);
        named.cli += u32::from(cli);
        named.hardware += u32::from(hardware);
        if census.is_counted(item) {
            named.items += 1;
            named.size += u64::from(found.size);
            named.infra += if touches.item(item).infra() { u64::from(found.size) } else { 0 };
        }
    }
    for module in census.module_nos() {
        let package = census.module(module).package;
        links(&mut all[package.0 as usize], package, census.imports(module));
    }
    for named in &mut all {
        named.uses.sort_unstable();
        named.uses.dedup();
    }
    all
}
