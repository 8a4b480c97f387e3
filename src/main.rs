//! The `cargo-archlint` program.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Stack of the thread that does the work, in bytes: what recurses over a target's nesting must
/// not depend on the shell's limit.
const STACK: usize = 64 * 1024 * 1024;

fn main() -> ExitCode {
    let work = || archlint::bootstrap::run(std::env::args_os());
    match std::thread::Builder::new().stack_size(STACK).spawn(work) {
        // A panic has told its own story; 101 is what it would have exited with.
        Ok(thread) => ExitCode::from(thread.join().unwrap_or(101)),
        // Where no thread is to be had the main one must do.
        Err(_) => ExitCode::from(archlint::bootstrap::run(std::env::args_os())),
    }
}
