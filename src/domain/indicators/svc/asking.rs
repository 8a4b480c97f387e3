//! Who asks use cases: entrypoints, themselves or through what stands between.

use rustc_hash::FxHashSet;

use crate::domain::census::{ItemNo, Target};
use crate::domain::indicators::scene::Scene;
use crate::domain::patterns::{AccessForm, Direction, MessageForm};
use crate::domain::policy::role::Role;

/// Why what is asked of a service layer says nothing where there is none.
pub(super) const MISSING: &str = "hardly an entrypoint that writes asks a use case";

/// What may be asked.
pub(super) struct Asking<'s> {
    scene: &'s Scene<'s>,
    commands: FxHashSet<ItemNo>,
    driving: FxHashSet<ItemNo>,
    /// Methods of repositories: what keeps data is no use case, wherever it stands.
    keeping: FxHashSet<ItemNo>,
}

impl<'s> Asking<'s> {
    pub(super) fn of(scene: &'s Scene<'s>) -> Self {
        let patterns = scene.patterns;
        let commands = patterns.messages.iter().filter(|message| message.form == MessageForm::Command);
        let driving = patterns.ports.iter().filter(|port| port.direction == Direction::Driving);
        Self {
            scene,
            commands: commands.map(|message| scene.census.whole(message.item)).collect(),
            driving: driving.flat_map(|port| port.methods.iter().copied()).collect(),
            keeping: patterns.repositories().flat_map(|(port, _)| port.methods.iter().copied()).collect(),
        }
    }

    /// Whether an entrypoint calls something of the application or a driving port, or makes a command;
    /// controllers, presenters and facades in between are looked through.
    pub(super) fn delegates(&self, item: ItemNo) -> bool {
        let census = self.scene.census;
        let sends = census
            .uses(item)
            .iter()
            .any(|used| matches!(used.to, Target::Item(to) if self.commands.contains(&census.whole(to))));
        if sends {
            return true;
        }
        let mut seen: FxHashSet<ItemNo> = FxHashSet::default();
        let mut edge = vec![item];
        for _ in 0..self.scene.parameters.section("svc").count("steps_between") {
            let next: Vec<ItemNo> =
                edge.iter().flat_map(|from| self.scene.patterns.calls(*from)).copied().collect();
            if next.iter().any(|to| self.is_use_case(*to)) {
                return true;
            }
            edge = next.into_iter().filter(|to| self.is_between(*to) && seen.insert(*to)).collect();
        }
        false
    }

    /// Whether there is a service layer at all: of the entrypoints that write some ask use cases, or none
    /// writes.
    pub(super) fn is_there(&self) -> bool {
        let writing = self.scene.patterns.entrypoints.iter().filter(|entrypoint| entrypoint.writes);
        let asking = writing.clone().filter(|entrypoint| self.delegates(entrypoint.item)).count();
        let few = self.scene.parameters.section("svc").count("asking_one_of") as usize;
        asking * few >= writing.count()
    }

    /// Whether a function is a method of a repository.
    pub(super) fn keeps(&self, to: ItemNo) -> bool {
        self.keeping.contains(&to)
    }

    fn is_use_case(&self, to: ItemNo) -> bool {
        let (census, roles) = (self.scene.census, self.scene.roles);
        let of_application = roles.of(census, to) == Some(Role::Application)
            || census.self_item(to).is_some_and(|own| roles.of(census, own) == Some(Role::Application));
        (of_application || self.driving.contains(&to)) && !self.keeping.contains(&to)
    }

    /// Outer code that keeps nothing itself.
    fn is_between(&self, to: ItemNo) -> bool {
        let outer = self.scene.roles.is_outer(self.scene.census, to);
        outer && !self.keeping.contains(&to) && !stores(self.scene, to)
    }
}

/// Whether a function changes a store itself.
pub(super) fn stores(scene: &Scene<'_>, item: ItemNo) -> bool {
    let accesses = &scene.patterns.accesses;
    let from = accesses.partition_point(|access| access.item < item);
    let own = accesses[from..].iter().take_while(|access| access.item == item);
    own.into_iter().any(|access| matches!(access.form, AccessForm::Write | AccessForm::Store))
}
