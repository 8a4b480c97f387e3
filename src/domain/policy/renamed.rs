//! Whether one breach is another one whose module was renamed or moved.

use crate::domain::policy::baseline::BreachName;

/// What there is in the code today.
pub trait Known {
    /// Whether there is a module, item or package of this id.
    fn exists(&self, id: &str) -> bool;
}

/// How much `now` is like `before`, more is liker; none where it is another breach.
///
/// The rule is the same, and every id either stays or went away: what still exists was not renamed.
/// Either all changes are one change of a path's beginning (a module was moved or renamed, and what
/// lies below it with it), or only `from` differs and keeps its last name or its place.
pub fn likeness(before: &BreachName, now: &BreachName, known: &dyn Known) -> Option<u32> {
    if before.rule != now.rule || before == now {
        return None;
    }
    let pairs = [(&before.from, &now.from), (&before.to, &now.to), (&before.item, &now.item)];
    let changed: Vec<(&str, &str)> =
        pairs.into_iter().filter(|(old, new)| old != new).map(|(old, new)| (&**old, &**new)).collect();
    if changed.iter().any(|(old, new)| old.is_empty() || new.is_empty() || known.exists(old)) {
        return None;
    }
    let (old, new) = changed.first()?;
    let change = tell(old, new);
    let is_one = changed.iter().all(|(old, new)| change.turns(old, new));
    // What stays must not be what the change would have turned.
    let stays = pairs.iter().filter(|(old, new)| old == new).all(|(old, _)| !change.concerns(old));
    (is_one && stays && change.is_slight()).then_some(change.head + change.tail)
}

/// One beginning of a path in place of another, given in segments.
struct Change<'a> {
    old: Vec<&'a str>,
    new: Vec<&'a str>,
    /// Segments at the end that both paths keep.
    tail: u32,
    /// Segments at the start that both keep.
    head: u32,
}

/// The smallest change that makes one path of the other.
fn tell<'a>(old: &'a str, new: &'a str) -> Change<'a> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split("::").collect(), new.split("::").collect());
    let shorter = old.len().min(new.len());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    // One path may be the other with segments put in: `a::b` and `a::x::b`. The change then takes the
    // segment behind along, or all of `a` would be concerned.
    let cut = tail.min(shorter.saturating_sub(head + 1));
    Change {
        old: old[..old.len() - cut].to_vec(),
        new: new[..new.len() - cut].to_vec(),
        tail: tail as u32,
        head: head as u32,
    }
}

impl Change<'_> {
    fn turns(&self, old: &str, new: &str) -> bool {
        let rest = self.rest(old);
        rest.is_some() && rest == behind(&self.new, new)
    }

    fn concerns(&self, id: &str) -> bool {
        self.rest(id).is_some()
    }

    fn rest<'b>(&self, id: &'b str) -> Option<Vec<&'b str>> {
        behind(&self.old, id)
    }

    /// Whether it is a move, which keeps the last name, or a new name in the same place.
    fn is_slight(&self) -> bool {
        let renamed = self.old.len() == self.new.len() && self.head as usize + 1 == self.old.len();
        self.tail > 0 || renamed
    }
}

/// What follows a beginning.
fn behind<'b>(start: &[&str], id: &'b str) -> Option<Vec<&'b str>> {
    let segments: Vec<&str> = id.split("::").collect();
    segments.starts_with(start).then(|| segments[start.len()..].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct All(&'static [&'static str]);

    impl Known for All {
        fn exists(&self, id: &str) -> bool {
            self.0.contains(&id)
        }
    }

    fn name(text: &str) -> BreachName {
        let mut parts = text.split(' ').map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        BreachName { rule: part(), from: part(), to: part(), item: part() }
    }

    fn alike(before: &str, now: &str) -> bool {
        likeness(&name(before), &name(now), &All(&["s::old", "s::db", "s::db::Pool", "s::web"])).is_some()
    }

    #[test]
    fn a_renamed_and_a_moved_module_are_recognised() {
        assert!(alike("r s::orders s::db s::db::Pool", "r s::order s::db s::db::Pool"));
        assert!(alike("r s::orders s::db s::db::Pool", "r s::domain::orders s::db s::db::Pool"));
        assert!(alike("r s::a::deep::x s::db", "r s::b::deep::x s::db"), "what lies below goes along");
    }

    #[test]
    fn a_renamed_target_takes_its_items_along() {
        assert!(alike("r s::web s::store s::store::Row", "r s::web s::depot s::depot::Row"));
        assert!(!alike("r s::web s::store s::store::Row", "r s::web s::depot s::depot::Line"));
        assert!(alike("r shop::a shop::b shop::b::X", "r store::a store::b store::b::X"), "a renamed crate");
    }

    #[test]
    fn what_is_still_there_was_not_renamed() {
        assert!(!alike("r s::old s::db s::db::Pool", "r s::new s::db s::db::Pool"));
        assert!(!alike("r s::orders s::db", "q s::order s::db"), "another rule");
        assert!(!alike("r s::orders s::db s::db::Pool", "r s::orders s::db s::db::Row"), "another item");
        assert!(!alike("r s::a::b s::db", "r t::c::d s::db"), "nothing of the path is left");
    }
}
