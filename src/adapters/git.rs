//! The files of another revision, read from git's objects: no work tree is touched, and nothing that
//! the repository configures is run.

mod history;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::application::ports::ReadError;

pub use crate::adapters::git::history::past;

/// The texts of a revision below the workspace root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// Its full name.
    pub commit: String,
    /// Manifests, sources and configuration, by path from the workspace root.
    pub files: BTreeMap<String, String>,
}

/// No file of source is longer.
const LONGEST: usize = 1 << 26;

/// Reads a revision of the repository around `root`. `name` is what git understands; `main...` is
/// where this branch left `main`.
///
/// # Errors
/// When there is no git, no repository, or no such revision in it.
pub fn read(root: &Path, name: &str) -> Result<Revision, ReadError> {
    let git = Git { root: root.to_owned() };
    let prefix = git.prefix()?;
    let commit = git.commit(name)?;
    let listed = git.run(&["ls-tree", "-r", "-z", "--full-tree", &commit, "--", &format!("./{prefix}")])?;
    let wanted = wanted(&listed.stdout, &prefix);
    let files = git.texts(&wanted)?;
    Ok(Revision { commit, files })
}

/// Path from the root and name of the object of every file that is read.
fn wanted(listed: &[u8], prefix: &str) -> Vec<(String, String)> {
    let entries = listed.split(|byte| *byte == 0);
    entries
        .filter_map(|entry| {
            let (about, path) = std::str::from_utf8(entry).ok()?.split_once('\t')?;
            let mut about = about.split(' ');
            // Links and submodules are no texts.
            about.next().filter(|mode| mode.starts_with("100"))?;
            let object = about.nth(1)?;
            let path = path.strip_prefix(prefix)?;
            is_read(path).then(|| (path.to_owned(), object.to_owned()))
        })
        .collect()
}

fn is_read(path: &str) -> bool {
    path.ends_with(".rs") || path.ends_with(".toml") || path.ends_with("README.md")
}

struct Git {
    root: PathBuf,
}

impl Git {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        // What the repository sets up for git to run is not run, and nothing is fetched.
        command
            .args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-pager"])
            .args(args)
            .current_dir(&self.root)
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        command
    }

    fn try_run(&self, args: &[&str]) -> Result<Output, ReadError> {
        self.command(args).output().map_err(|error| {
            let message = match error.kind() {
                std::io::ErrorKind::NotFound => "git is not installed, or not on the path".to_owned(),
                _ => format!("git cannot be started: {error}"),
            };
            wrong(message, "install git, or leave out `--since`")
        })
    }

    fn run(&self, args: &[&str]) -> Result<Output, ReadError> {
        let output = self.try_run(args)?;
        if output.status.success() {
            return Ok(output);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
        Err(wrong(format!("git failed: {said}"), "see whether `git status` works in this folder"))
    }

    /// The workspace root as seen from the top of the repository; empty, or with `/` at its end.
    fn prefix(&self) -> Result<String, ReadError> {
        let output = self.try_run(&["rev-parse", "--show-prefix"])?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        if said.contains("dubious ownership") {
            let message = "git does not trust this repository, which belongs to somebody else".to_owned();
            return Err(wrong(message, "allow it with `git config --global --add safe.directory PATH`"));
        }
        let message = "this workspace lies in no git repository, so there is no revision to compare with";
        Err(wrong(message.to_owned(), "run it in a clone, or leave out `--since`"))
    }

    fn commit(&self, name: &str) -> Result<String, ReadError> {
        let Some(base) = name.strip_suffix("...") else { return self.resolve(name) };
        let (base, head) = (self.resolve(base)?, self.resolve("HEAD")?);
        let output = self.try_run(&["merge-base", &base, &head])?;
        match output.status.success() {
            true => Ok(first_line(&output)),
            false => {
                Err(self.unknown(name, &format!("this branch and `{name}` have no common ancestor here")))
            }
        }
    }

    fn resolve(&self, name: &str) -> Result<String, ReadError> {
        let asked = format!("{name}^{{commit}}");
        let output = self.try_run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &asked])?;
        match output.status.success() {
            true => Ok(first_line(&output)),
            false => Err(self.unknown(name, &format!("there is no revision `{name}` in this repository"))),
        }
    }

    /// Why a revision is not there.
    fn unknown(&self, name: &str, message: &str) -> ReadError {
        let shallow = self.try_run(&["rev-parse", "--is-shallow-repository"]);
        if shallow.is_ok_and(|output| first_line(&output) == "true") {
            let remedy = "fetch it with `git fetch --unshallow`, or check out with `fetch-depth: 0`";
            return wrong(format!("{message}, which is a shallow clone"), remedy);
        }
        let origin = format!("origin/{name}");
        let there = self.try_run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &origin]);
        match there.is_ok_and(|output| output.status.success()) {
            true => wrong(message.to_owned(), &format!("did you mean `{origin}`?")),
            false => {
                wrong(message.to_owned(), "name a commit, a tag or a branch; `git fetch` brings new ones")
            }
        }
    }

    /// The texts of some objects, by path; what is no UTF-8 text, or is missing here, is left out.
    fn texts(&self, wanted: &[(String, String)]) -> Result<BTreeMap<String, String>, ReadError> {
        let failed =
            |error: std::io::Error| wrong(format!("git cannot be read from: {error}"), "run it again");
        let mut child = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let asked: String = wanted.iter().map(|(_, object)| format!("{object}\n")).collect();
        let input = child.stdin.take();
        // Both pipes are short: whoever writes all before it reads would wait for itself.
        let output = std::thread::scope(|scope| {
            scope.spawn(move || input.map(|mut input| input.write_all(asked.as_bytes())));
            child.wait_with_output()
        });
        let bytes = output.map_err(failed)?.stdout;
        let mut files = BTreeMap::new();
        let mut at = 0;
        for (path, _) in wanted {
            let Some((size, start)) = header(&bytes, at) else { break };
            let Some(size) = size else {
                at = start;
                continue;
            };
            let body = bytes.get(start..start + size).filter(|body| body.len() < LONGEST);
            if let Some(text) = body.and_then(|body| std::str::from_utf8(body).ok()) {
                files.insert(path.clone(), text.to_owned());
            }
            at = start + size + 1;
        }
        Ok(files)
    }
}

/// The size of an object, none where it is missing, and where what follows its header starts.
fn header(bytes: &[u8], at: usize) -> Option<(Option<usize>, usize)> {
    let end = at + bytes.get(at..)?.iter().position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(&bytes[at..end]).ok()?;
    Some((line.rsplit(' ').next().and_then(|size| size.parse().ok()), end + 1))
}

fn first_line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned()
}

fn wrong(message: String, remedy: &str) -> ReadError {
    ReadError { message, file: None, position: None, remedy: remedy.to_owned() }
}
