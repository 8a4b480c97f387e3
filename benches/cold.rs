//! How long a cold run takes, held against the cost of merely parsing the same files: threads that call
//! `syn::parse_file` on each, largest first, and drop the tree. Both run in turns; medians are compared,
//! so that what else the machine does hits both.
//!
//! `cargo bench --bench cold -- path/to/Cargo.toml [rounds]`; without a path on this very workspace.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `syn` recurses; a stack is only address space until it is used. In bytes.
const STACK: usize = 256 << 20;

fn main() {
    let mut given = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let manifest =
        given.next().map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"), PathBuf::from);
    let rounds = given.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(9);
    let files = rust_files(manifest.parent().unwrap_or(Path::new(".")));
    let (mut floor, mut tool): (Vec<Duration>, Vec<Duration>) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        floor.push(timed(|| parse_all(&files)));
        tool.push(timed(|| run(&manifest)));
    }
    let (floor, tool) = (median(floor), median(tool));
    println!(
        "{} files; parsing them {:.0} ms, a cold check {:.0} ms: {:.2} times as long",
        files.len(),
        floor.as_secs_f64() * 1e3,
        tool.as_secs_f64() * 1e3,
        tool.as_secs_f64() / floor.as_secs_f64()
    );
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort();
    all[all.len() / 2]
}

/// All Rust files below a folder that is no target folder, largest first.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let wanted = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !(name == "target" || name.starts_with('.'))
    };
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_entry(wanted).filter_map(Result::ok);
    let mut files: Vec<(u64, PathBuf)> = entries
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"))
        .map(|entry| (entry.metadata().map_or(0, |metadata| metadata.len()), entry.into_path()))
        .collect();
    files.sort_by(|a, b| b.cmp(a));
    files.into_iter().map(|(_, path)| path).collect()
}

fn parse_all(files: &[PathBuf]) {
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let text = std::fs::read_to_string(path).unwrap_or_default();
            drop(syn::parse_file(&text));
            proc_macro2::extra::invalidate_current_thread_spans();
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let started = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            started.expect("a thread starts");
        }
    });
}

fn run(manifest: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-archlint"));
    command.args(["check", "--exit-zero", "--manifest-path"]).arg(manifest);
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.expect("the tool starts").code().is_some(), "the tool was stopped");
}
