//! Work on many things at once: what comes out is the same as one after the other.

use crate::application::ports::Codebase;
use crate::domain::patterns::find::Task;

/// What work gives for each of these, in their order.
pub fn each<A: Sync, B: Send>(codebase: &dyn Codebase, all: &[A], work: impl Fn(&A) -> B + Sync) -> Vec<B> {
    let mut done: Vec<Option<B>> = all.iter().map(|_| None).collect();
    let work = &work;
    let mut tasks: Vec<Task<'_>> = Vec::with_capacity(all.len());
    for (one, done) in all.iter().zip(&mut done) {
        tasks.push(Box::new(move || *done = Some(work(one))));
    }
    codebase.at_once(tasks);
    done.into_iter().flatten().collect()
}

/// What two pieces of work give.
pub fn both<A: Send, B: Send>(
    codebase: &dyn Codebase,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    let (mut first, mut second) = (None, None);
    codebase.at_once(vec![Box::new(|| first = Some(one())), Box::new(|| second = Some(other()))]);
    (first.expect("every task is done"), second.expect("every task is done"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::memory::Memory;

    #[test]
    fn results_stand_in_the_order_of_what_they_are_of() {
        let nothing = Memory::parse("");
        assert_eq!(each(&nothing, &[3, 1, 2], |number| number * 2), [6, 2, 4]);
        assert_eq!(both(&nothing, || 'a', || 1), ('a', 1));
    }
}
