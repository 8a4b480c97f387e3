//! One writer at a time: what is read, changed and written again must not change in between.

use std::collections::hash_map::DefaultHasher;
use std::fs::{File, OpenOptions};
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fs4::{FileExt, TryLockError};

/// How long to wait for another writer. Writing takes milliseconds: who holds on for longer is stopped.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long to wait before asking again.
const PAUSE: Duration = Duration::from_millis(5);

/// As long as this lives, no other run that asks for it writes the same file. The system lets go of it
/// when the run ends, however it ends: nothing is ever left over.
#[derive(Debug)]
pub struct Hold {
    /// None where the file system knows no locks: then the text that is replaced is compared alone.
    handle: Option<File>,
}

impl Hold {
    /// Whether others are held off indeed.
    pub const fn is_real(&self) -> bool {
        self.handle.is_some()
    }
}

/// Waits until no other run writes this file, and holds others off it.
///
/// # Errors
/// When another run holds on for too long; in lower case, without full stop.
pub fn hold(path: &Path) -> Result<Hold, String> {
    hold_within(path, PATIENCE)
}

fn hold_within(path: &Path, patience: Duration) -> Result<Hold, String> {
    let Ok(handle) = handle(path) else { return Ok(Hold { handle: None }) };
    let start = Instant::now();
    loop {
        match FileExt::try_lock(&handle) {
            Ok(()) => return Ok(Hold { handle: Some(handle) }),
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => {
                return Err(format!("another run is writing `{}`", path.display()));
            }
            Err(TryLockError::Error(_)) => return Ok(Hold { handle: None }),
        }
    }
}

/// What is locked: the folder of the file, as the file itself is replaced by another. Where folders cannot
/// be locked, a file among the temporary ones stands for it, so that none is left in the workspace.
fn handle(path: &Path) -> io::Result<File> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.map_or_else(|| PathBuf::from("."), Path::to_owned);
    if !cfg!(windows) {
        return File::open(folder);
    }
    let mut hasher = DefaultHasher::new();
    folder.canonicalize().unwrap_or(folder).hash(&mut hasher);
    let name = format!("cargo-archlint-{:016x}.lock", hasher.finish());
    OpenOptions::new().create(true).truncate(false).write(true).open(std::env::temp_dir().join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_held_by_one_and_free_once_it_lets_go() {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let path = folder.path().join("a.toml");
        let first = hold(&path).expect("nobody has it");
        let second = hold_within(&path, Duration::from_millis(20));
        assert!(second.is_err_and(|error| error.starts_with("another run is writing `")));
        drop(first);
        assert!(hold_within(&path, Duration::ZERO).is_ok());
        let left = std::fs::read_dir(folder.path()).expect("it is there").count();
        assert_eq!(left, 0, "nothing is written for it");
    }

    #[test]
    fn where_nothing_can_be_locked_nobody_waits() {
        assert!(hold(Path::new("/no/such/folder/a.toml")).is_ok());
    }
}
