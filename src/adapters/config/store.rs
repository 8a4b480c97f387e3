//! Writing files whole: a reader sees the old text or the new one, never a part, whatever happens.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

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

/// Puts `text` in the place of a file, by way of a temporary file beside it.
///
/// # Errors
/// Why it could not be done, in lower case, without full stop. The file is as it was.
pub fn replace(path: &Path, before: Before<'_>, text: &str) -> Result<(), String> {
    // A link stays, and what it leads to is written.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let done = write(&beside, text).and_then(|()| {
        is_as(&path, before)?;
        let moved = match before {
            // Unlike a rename, a link is never made over a file that came in between.
            Before::Nothing => fs::hard_link(&beside, &path).or_else(|error| match error.kind() {
                std::io::ErrorKind::AlreadyExists => Err(error),
                _ => fs::rename(&beside, &path),
            }),
            Before::Text(_) | Before::Anything => fs::rename(&beside, &path),
        };
        moved.map_err(|error| told(&path, &error))
    });
    let _ = fs::remove_file(&beside);
    done
}

fn write(path: &PathBuf, text: &str) -> Result<(), String> {
    let written = File::create(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| told(path, &error))
}

fn is_as(path: &Path, before: Before<'_>) -> Result<(), String> {
    let name = path.display();
    match (before, fs::read_to_string(path)) {
        (Before::Nothing, Ok(_)) => Err(format!("`{name}` is there already")),
        (Before::Text(wanted), Ok(text)) if wanted != text => {
            Err(format!("`{name}` was changed in the meantime"))
        }
        (Before::Text(_), Err(error)) => Err(told(path, &error)),
        _ => Ok(()),
    }
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("`{}` cannot be written: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(folder: &Path) -> usize {
        fs::read_dir(folder).expect("it is there").count()
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_behind() {
        let folder = tempfile::TempDir::new().expect("the temporary folder is writable");
        let path = folder.path().join("a.toml");
        replace(&path, Before::Nothing, "one").expect("it is not there");
        replace(&path, Before::Text("one"), "two").expect("it is as it was");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "two");
        assert_eq!(entries(folder.path()), 1);
    }

    #[test]
    fn what_others_wrote_is_not_overwritten() {
        let folder = tempfile::TempDir::new().expect("the temporary folder is writable");
        let path = folder.path().join("a.toml");
        fs::write(&path, "theirs").expect("the temporary folder is writable");
        assert!(replace(&path, Before::Nothing, "ours").is_err());
        assert!(replace(&path, Before::Text("before"), "ours").is_err());
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "theirs");
        assert_eq!(entries(folder.path()), 1);
    }
}
