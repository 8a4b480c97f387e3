//! From votes to a role.

use crate::domain::policy::constants::Constants;
use crate::domain::policy::role::Role;
use crate::domain::roles::Vote;

/// Of roles with the same votes the outer one wins, so that a tie never invents a breach.
const OUTER_FIRST: [Role; 7] = [
    Role::Test,
    Role::Composition,
    Role::Entrypoint,
    Role::Adapter,
    Role::Application,
    Role::Domain,
    Role::Shared,
];

/// Sums closer than this are the same.
const SAME: f64 = 1e-9;

/// The role that most votes are for, with the confidence in it; the parent's where there are too few.
pub(super) fn decide(
    votes: &[Vote],
    inference: &Constants,
    parent: Option<(Option<Role>, f64)>,
) -> (Option<Role>, f64) {
    let mut best: Option<(Role, f64)> = None;
    let mut second = 0.0_f64;
    for role in OUTER_FIRST {
        let sum: f64 = votes.iter().filter(|vote| vote.role == role).map(|vote| vote.weight).sum();
        match best {
            Some((_, most)) if sum <= most + SAME => second = second.max(sum),
            _ => {
                second = second.max(best.map_or(0.0, |(_, most)| most));
                best = Some((role, sum));
            }
        }
    }
    match best {
        Some((role, top)) if top + SAME >= inference.number("min_vote") => {
            (Some(role), (top - second) / top * (top / inference.number("full_vote")).min(1.0))
        }
        _ => match parent {
            Some((Some(role), confidence)) => (Some(role), confidence * inference.number("inherited")),
            _ => (None, inference.number("unknown_confidence")),
        },
    }
}
