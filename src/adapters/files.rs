//! Writing files whole: a reader sees the old text or the new one, never a part, whatever happens.

pub mod hold;

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Tells apart the temporary files of one process.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// A temporary file of this age is left of a run that was killed.
const LEFT: Duration = Duration::from_secs(3600);

/// What must be true of a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before<'a> {
    /// There is none.
    Nothing,
    /// It has this text: somebody else who wrote in between is not overwritten.
    Text(&'a str),
    /// Anything.
    Anything,
}

/// Puts a file in the place of the one that is there, if any.
///
/// # Errors
/// Why it could not be done, in lower case, without full stop. The file is as it was.
pub fn replace(path: &Path, text: &str) -> Result<(), String> {
    put(path, Before::Anything, text)
}

/// Puts `text` in the place of a file, by way of a temporary file beside it. A link is followed, and the
/// permissions of a file that is there are kept.
///
/// # Errors
/// Why it could not be done, in lower case, without full stop. The file is as it was.
pub fn put(path: &Path, before: Before<'_>, text: &str) -> Result<(), String> {
    let told = |error: &std::io::Error| format!("`{}` cannot be written: {error}", path.display());
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    // What is no file, as a terminal or a pipe, cannot be replaced.
    if fs::metadata(&target).is_ok_and(|known| !known.is_file() && !known.is_dir()) {
        return fs::write(&target, text).map_err(|error| told(&error));
    }
    sweep(&target);
    let beside = write_beside(&target, text).map_err(|error| told(&error))?;
    let done = is_as(&target, before).and_then(|()| {
        let moved = match before {
            // Unlike a rename, a link is never made over a file that came in between.
            Before::Nothing => fs::hard_link(&beside, &target).or_else(|error| match error.kind() {
                ErrorKind::AlreadyExists => Err(error),
                _ => fs::rename(&beside, &target),
            }),
            Before::Text(_) | Before::Anything => permitted(&beside, &target),
        };
        moved.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => there(&target),
            _ => told(&error),
        })
    });
    // What is left is of no use to anybody; that it cannot be removed changes nothing.
    let _ = fs::remove_file(&beside);
    done
}

/// Adds text to the end of a file.
///
/// # Errors
/// What went wrong, in one line.
pub fn append(path: &Path, text: &str) -> Result<(), String> {
    let open = OpenOptions::new().create(true).append(true).open(path);
    let written = open.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| format!("`{}` cannot be written: {error}", path.display()))
}

/// Renames a file to one whose permissions it takes over.
fn permitted(beside: &Path, target: &Path) -> std::io::Result<()> {
    if let Ok(known) = fs::metadata(target) {
        fs::set_permissions(beside, known.permissions())?;
    }
    fs::rename(beside, target)
}

fn is_as(path: &Path, before: Before<'_>) -> Result<(), String> {
    match (before, fs::read_to_string(path)) {
        (Before::Nothing, Ok(_)) => Err(there(path)),
        (Before::Text(wanted), Ok(text)) if wanted != text => {
            Err(format!("`{}` was changed in the meantime", path.display()))
        }
        (Before::Text(_), Err(error)) => Err(format!("`{}` cannot be written: {error}", path.display())),
        _ => Ok(()),
    }
}

fn there(path: &Path) -> String {
    format!("`{}` is there already", path.display())
}

/// Writes a file beside another, under a name that no other run uses: one may have been killed, or run
/// in another container, with the number of this one.
fn write_beside(target: &Path, text: &str) -> std::io::Result<PathBuf> {
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = target.with_file_name(format!("{}{}.{number}.tmp", start(target), std::process::id()));
        let opened = OpenOptions::new().write(true).create_new(true).open(&path);
        let mut file = match opened {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            opened => opened?,
        };
        let written = file.write_all(text.as_bytes()).and_then(|()| File::sync_all(&file));
        return match written {
            Ok(()) => Ok(path),
            Err(error) => {
                let _ = fs::remove_file(&path);
                Err(error)
            }
        };
    }
}

/// How the names of temporary files beside a file start.
fn start(target: &Path) -> String {
    format!(".{}.", target.file_name().unwrap_or_default().to_string_lossy())
}

/// Removes what killed runs left beside a file a while ago: what is new may be of a run that goes on.
fn sweep(target: &Path) {
    sweep_older(target, LEFT);
}

/// Removes all that killed runs left beside a file, for who holds others off it.
pub fn clear(path: &Path) {
    sweep_older(&path.canonicalize().unwrap_or_else(|_| path.to_owned()), Duration::ZERO);
}

/// That something cannot be removed changes nothing.
fn sweep_older(target: &Path, least: Duration) {
    let start = start(target);
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let Ok(entries) = fs::read_dir(folder.unwrap_or(Path::new("."))) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let middle = name.strip_prefix(&start).and_then(|rest| rest.strip_suffix(".tmp"));
        let ours = middle.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.'));
        let old = || {
            let written = entry.metadata().and_then(|known| known.modified()).ok();
            written.and_then(|written| written.elapsed().ok()).is_some_and(|age| age >= least)
        };
        if ours && old() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("there is a folder for temporary files")
    }

    fn entries(folder: &Path) -> usize {
        fs::read_dir(folder).expect("it is there").count()
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = folder();
        let path = folder.path().join("a.txt");
        assert_eq!(put(&path, Before::Nothing, "one"), Ok(()));
        assert_eq!(put(&path, Before::Text("one"), "two"), Ok(()));
        assert_eq!(replace(&path, "three"), Ok(()));
        assert_eq!(append(&path, " four"), Ok(()));
        assert_eq!(fs::read_to_string(&path).expect("it was written"), "three four");
        assert_eq!(entries(folder.path()), 1);
    }

    #[test]
    fn what_a_killed_run_left_a_moment_ago_is_removed_by_who_holds_others_off() {
        let folder = folder();
        let path = folder.path().join("a.toml");
        for name in [".a.toml.123.0.tmp", ".a.toml.4.17.tmp", ".a.toml.mine.tmp", ".b.toml.1.0.tmp"] {
            fs::write(folder.path().join(name), "half").expect("the folder is writable");
        }
        assert_eq!(put(&path, Before::Nothing, "one"), Ok(()));
        assert_eq!(entries(folder.path()), 5, "they may be of runs that go on");
        clear(&path);
        assert_eq!(entries(folder.path()), 3);
    }

    #[test]
    fn what_others_wrote_is_not_overwritten() {
        let folder = folder();
        let path = folder.path().join("a.toml");
        fs::write(&path, "theirs").expect("it is writable");
        assert!(put(&path, Before::Nothing, "ours").is_err_and(|error| error.ends_with("is there already")));
        assert!(put(&path, Before::Text("before"), "ours").is_err());
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "theirs");
        assert_eq!(entries(folder.path()), 1);
    }

    #[test]
    fn a_write_that_fails_leaves_what_was_there() {
        let folder = folder();
        let nowhere = folder.path().join("no/such/folder.txt");
        assert!(replace(&nowhere, "x").is_err_and(|error| error.contains("cannot be written")));
        fs::create_dir(folder.path().join("full")).expect("it is writable");
        fs::write(folder.path().join("full/x"), "x").expect("it is writable");
        assert!(replace(&folder.path().join("full"), "x").is_err());
        assert_eq!(entries(folder.path()), 1);
    }

    #[test]
    fn what_a_killed_run_left_is_removed_once_it_is_old() {
        let folder = folder();
        let (old, fresh, other) = (".a.txt.7.0.tmp", ".a.txt.8.0.tmp", ".a.txt.mine.tmp");
        for name in [old, fresh, other] {
            fs::write(folder.path().join(name), "half").expect("it is writable");
        }
        let file = File::options().write(true).open(folder.path().join(old)).expect("it was written");
        let long_ago = std::time::SystemTime::now() - 2 * LEFT;
        file.set_modified(long_ago).expect("it is ours");
        assert_eq!(replace(&folder.path().join("a.txt"), "whole"), Ok(()));
        assert!(!folder.path().join(old).exists());
        assert!(folder.path().join(fresh).exists() && folder.path().join(other).exists());
    }
}
