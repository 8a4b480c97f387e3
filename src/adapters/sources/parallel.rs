//! Files to facts on all cores, largest first.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::{Builder, available_parallelism, scope};

use crate::adapters::cargo::disk::DiskTree;
use crate::adapters::cargo::tree::Tree;
use crate::adapters::parse;
use crate::adapters::sources::missing;
use crate::adapters::sources::walk::Found;
use crate::domain::at_once::Task;
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

/// Reads and parses files; the results are in the order of `found`.
pub(super) fn parse(tree: &DiskTree, found: Vec<Found>, words: &Vocabulary) -> Vec<Read> {
    if found.is_empty() {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|index| (std::cmp::Reverse(found[*index].size), *index));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done: Vec<(usize, Read)> = Vec::new();
        while let Some(index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((*index, one(tree, &found[*index].path, words)));
        }
        done
    };
    let threads = cores().min(found.len());
    let mut results: Vec<Option<Read>> = (0..found.len()).map(|_| None).collect();
    scope(|scope| {
        let spawn = |stack| Builder::new().stack_size(stack).spawn_scoped(scope, work);
        let mut workers = Vec::new();
        for _ in 0..threads {
            // Where address space is scarce, fewer and smaller threads do it.
            let started = STACKS.iter().find_map(|stack| spawn(*stack).ok());
            workers.extend(started);
        }
        for worker in workers {
            for (index, read) in worker.join().unwrap_or_default() {
                results[index] = Some(read);
            }
        }
    });
    let unread = |path: &str| Missing {
        path: path.to_owned(),
        line: None,
        reason: "no thread could be started to read it".to_owned(),
    };
    results
        .into_iter()
        .zip(&found)
        .map(|(read, file)| read.unwrap_or_else(|| Err(unread(&file.path))))
        .collect()
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

/// Does all of these on all cores; the first on this one.
pub(super) fn at_once(tasks: Vec<Task<'_>>) {
    let threads = cores().min(tasks.len());
    let mut tasks = tasks.into_iter();
    let first = tasks.next();
    let left = Mutex::new(tasks);
    let next = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some(task) = next() {
            task();
        }
    };
    scope(|scope| {
        let spawn = |stack| Builder::new().stack_size(stack).spawn_scoped(scope, work);
        for _ in 1..threads {
            // Without another thread this one does it all.
            let _ = STACKS.iter().find_map(|stack| spawn(*stack).ok());
        }
        first.into_iter().for_each(|task| task());
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
