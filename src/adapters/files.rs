//! Writing files so that nobody ever reads half of one.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Tells apart the temporary files of one process.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// Puts a file in the place of the one that is there, whole or not at all: it is written beside it
/// and then renamed. A link is followed, and the permissions of a file that is there are kept.
///
/// # Errors
/// What went wrong, in one line; the file that was there is as it was.
pub fn replace(path: &Path, text: &str) -> Result<(), String> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    // What is no file, as a terminal or a pipe, cannot be replaced.
    if std::fs::metadata(&target).is_ok_and(|known| !known.is_file() && !known.is_dir()) {
        return std::fs::write(&target, text).map_err(|error| failed(path, &error));
    }
    let beside = beside(&target);
    let written = write(&beside, text).and_then(|()| {
        if let Ok(known) = std::fs::metadata(&target) {
            std::fs::set_permissions(&beside, known.permissions())?;
        }
        std::fs::rename(&beside, &target)
    });
    written.map_err(|error| {
        // What is left is of no use to anybody; that it cannot be removed changes nothing.
        let _ = std::fs::remove_file(&beside);
        failed(path, &error)
    })
}

/// Adds text to the end of a file.
///
/// # Errors
/// What went wrong, in one line.
pub fn append(path: &Path, text: &str) -> Result<(), String> {
    let open = OpenOptions::new().create(true).append(true).open(path);
    open.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| failed(path, &error))
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    File::sync_all(&file)
}

/// A name in the same folder that no other run uses.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!(".{name}.{}.{number}.tmp", std::process::id()))
}

fn failed(path: &Path, error: &std::io::Error) -> String {
    format!("`{}` cannot be written: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let path = folder.path().join("a.txt");
        assert_eq!(replace(&path, "one"), Ok(()));
        assert_eq!(replace(&path, "two"), Ok(()));
        assert_eq!(append(&path, " three"), Ok(()));
        assert_eq!(std::fs::read_to_string(&path).expect("it was written"), "two three");
        assert_eq!(std::fs::read_dir(folder.path()).expect("it is there").count(), 1);
    }

    #[test]
    fn a_write_that_fails_leaves_what_was_there() {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let nowhere = folder.path().join("no/such/folder.txt");
        assert!(replace(&nowhere, "x").is_err_and(|error| error.contains("cannot be written")));
        std::fs::create_dir(folder.path().join("full")).expect("it is writable");
        std::fs::write(folder.path().join("full/x"), "x").expect("it is writable");
        assert!(replace(&folder.path().join("full"), "x").is_err());
        assert_eq!(std::fs::read_dir(folder.path()).expect("it is there").count(), 1);
    }
}
