//! Work in pieces that need not wait for each other. Who does them, and on how many hands, is said
//! from outside; what comes out is the same as one after the other.

/// Work that needs no other work to be done.
pub type Task<'t> = Box<dyn FnOnce() + Send + 't>;

/// Does all of these: at once, or one after the other. What comes out is the same.
pub type AtOnce<'h> = &'h (dyn for<'t> Fn(Vec<Task<'t>>) + Sync);

/// Does them one after the other.
pub fn one_by_one(tasks: Vec<Task<'_>>) {
    tasks.into_iter().for_each(|task| task());
}

/// What work gives for each of these, in their order.
pub fn each<A: Send, B: Send>(at_once: AtOnce<'_>, all: Vec<A>, work: impl Fn(A) -> B + Sync) -> Vec<B> {
    let mut done: Vec<Option<B>> = all.iter().map(|_| None).collect();
    let work = &work;
    let mut tasks: Vec<Task<'_>> = Vec::with_capacity(all.len());
    for (one, done) in all.into_iter().zip(&mut done) {
        tasks.push(Box::new(move || *done = Some(work(one))));
    }
    at_once(tasks);
    done.into_iter().flatten().collect()
}

/// What two pieces of work give; the first is done by who asks.
pub fn both<A: Send, B: Send>(
    at_once: AtOnce<'_>,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    let (mut first, mut second) = (None, None);
    at_once(vec![Box::new(|| first = Some(one())), Box::new(|| second = Some(other()))]);
    (first.expect("every task is done"), second.expect("every task is done"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_what_they_are_of() {
        assert_eq!(each(&one_by_one, vec![3, 1, 2], |number| number * 2), [6, 2, 4]);
        assert_eq!(both(&one_by_one, || 'a', || 1), ('a', 1));
        let backwards = |mut tasks: Vec<Task<'_>>| {
            tasks.reverse();
            one_by_one(tasks);
        };
        assert_eq!(each(&backwards, vec![3, 1, 2], |number| number * 2), [6, 2, 4]);
        assert_eq!(both(&backwards, || 'a', || 1), ('a', 1));
    }
}
