//! Files to facts on all cores, largest first.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::available_parallelism;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::adapters::cargo::disk::DiskTree;
use crate::adapters::cargo::tree::Tree;
use crate::adapters::parse;
use crate::adapters::sources::missing;
use crate::adapters::sources::walk::Found;
use crate::domain::at_once::{Task, one_by_one};
use crate::domain::source::facts::FileFacts;
use crate::domain::source::vocabulary::Vocabulary;
use crate::domain::source::workspace::Missing;

/// The parser recurses; a large stack is only address space until it is used. Tried in this order,
/// in bytes.
const STACKS: [usize; 3] = [256 << 20, 64 << 20, 16 << 20];

/// Threads beyond these gain nothing and cost address space.
const THREADS: usize = 32;

/// What is less than this is not worth a thread.
const SMALLEST_SHARE: usize = 8;

/// Shares for each thread: some take longer than others.
const SHARES: usize = 8;

type Read = Result<FileFacts, Missing>;

/// How many threads are worth having. Asking reads several files of the system.
fn cores() -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| available_parallelism().map_or(1, usize::from).min(THREADS))
}

/// The threads that do all work: a new one for each piece would often start when the others are done. None
/// where none are to be had.
fn pool() -> Option<&'static ThreadPool> {
    static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();
    let build =
        |(stack, threads)| ThreadPoolBuilder::new().num_threads(threads).stack_size(stack).build().ok();
    // Where address space is scarce, smaller ones or a single one do it.
    let tries = || STACKS.into_iter().flat_map(|stack| [(stack, cores()), (stack, 1)]);
    POOL.get_or_init(|| tries().find_map(build)).as_ref()
}

/// Does this on one of the threads that do all work: who asks the others for help helps them, too.
pub fn within<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match pool() {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Reads and parses files; the results are in the order of `found`.
pub(super) fn parse(tree: &DiskTree, found: Vec<Found>, words: &Vocabulary) -> Vec<Read> {
    if pool().is_none() {
        // The stack of who asks may be too small for what nests deeply.
        let unread = |file: &Found| Missing {
            path: file.path.clone(),
            line: None,
            reason: "no thread could be started to read it".to_owned(),
        };
        return found.iter().map(|file| Err(unread(file))).collect();
    }
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|index| (std::cmp::Reverse(found[*index].size), *index));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done: Vec<(usize, Read)> = Vec::new();
        while let Some(index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((*index, one(tree, &found[*index].path, words)));
        }
        parse::forget_places();
        done
    };
    let mut done: Vec<Vec<(usize, Read)>> = (0..cores().min(found.len())).map(|_| Vec::new()).collect();
    let mut tasks: Vec<Task<'_>> = Vec::with_capacity(done.len());
    for done in &mut done {
        tasks.push(Box::new(|| *done = work()));
    }
    at_once(tasks);
    let mut read: Vec<Option<Read>> = found.iter().map(|_| None).collect();
    for (index, one) in done.into_iter().flatten() {
        read[index] = Some(one);
    }
    read.into_iter().flatten().collect()
}

/// Work that leaves nothing behind, on shares of a list at once, what weighs most first; the results are in
/// the order of the list.
pub(super) fn in_shares<A: Sync, B: Send>(
    all: &[A],
    weight: impl Fn(&A) -> usize,
    work: impl Fn(&[A]) -> Vec<B> + Sync,
) -> Vec<B> {
    let share = all.len().div_ceil(cores() * SHARES).max(SMALLEST_SHARE);
    let mut done: Vec<Vec<B>> = all.chunks(share).map(|_| Vec::new()).collect();
    let work = &work;
    let mut shares: Vec<_> = all.chunks(share).zip(&mut done).collect();
    shares.sort_by_key(|(share, _)| std::cmp::Reverse(share.iter().map(&weight).sum::<usize>()));
    let mut tasks: Vec<Task<'_>> = Vec::with_capacity(shares.len());
    for (share, done) in shares {
        tasks.push(Box::new(move || *done = work(share)));
    }
    at_once(tasks);
    done.into_iter().flatten().collect()
}

/// Does all of these on all cores, each the next that is left.
pub(super) fn at_once(tasks: Vec<Task<'_>>) {
    let Some(pool) = pool().filter(|_| tasks.len() > 1) else { return one_by_one(tasks) };
    let helpers = cores().min(tasks.len()) - 1;
    let left = Mutex::new(tasks.into_iter());
    let next = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some(task) = next() {
            task();
        }
    };
    pool.scope(|scope| {
        for _ in 0..helpers {
            scope.spawn(|_| work());
        }
        work();
    });
}

fn one(tree: &DiskTree, path: &str, words: &Vocabulary) -> Read {
    let text = tree.text(path).map_err(|absent| missing(path, absent))?;
    // A bug in reading one file must not lose all others.
    catch_unwind(AssertUnwindSafe(|| parse::parse(path, &text, words))).map_err(|_| Missing {
        path: path.to_owned(),
        line: None,
        reason: "the parser gave up on it, which is a bug of this tool".to_owned(),
    })
}
