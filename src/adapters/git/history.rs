//! What was changed lately, as git tells it.

use std::path::Path;

use crate::adapters::git::{Git, first_line};
use crate::domain::checks::history::{Change, Commit, History, Hunk, Past};

/// Before each commit and its parents; no line of a patch starts so.
const MARK: char = '\u{1}';

/// Days of a month, on average.
const DAYS: f64 = 365.25 / 12.0;

/// Seconds of a day.
const SECONDS: f64 = 86_400.0;

/// What no setting of whoever runs it may change.
const STEADY: [&str; 8] = [
    "--no-show-signature",
    "--no-color",
    "--no-notes",
    "--no-ext-diff",
    "--no-textconv",
    "--find-renames",
    "-l400",
    "--relative",
];

/// What was changed below `root` in so many months up to the last commit, not up to today.
pub fn past(root: &Path, months: f64) -> Past {
    let git = Git { root: root.to_owned() };
    match git.history(months) {
        Ok(history) => Past::Known(history),
        Err(why) => Past::Missing(why),
    }
}

impl Git {
    fn history(&self, months: f64) -> Result<History, String> {
        // What git says of a folder outside any repository speaks of other options than ours.
        self.prefix()
            .map_err(|error| error.message.replace(", so there is no revision to compare with", ""))?;
        let newest = self.told(&["log", "-1", "--no-show-signature", "--format=%ct", "HEAD"])?;
        let newest: f64 = newest.trim().parse().map_err(|_| "there is no commit yet".to_owned())?;
        let since = format!("--since={:.0}", (newest - months * DAYS * SECONDS).max(0.0));
        self.whole(&since)?;
        let format = format!("--format={MARK}%P");
        let asked = ["log", "--no-merges", "--name-status", &since, &format];
        let touched = self.told(&[&asked[..], &STEADY, &["HEAD", "--", "."]].concat())?;
        let asked = ["log", "--first-parent", "-m", "--patch", "--unified=0", "--diff-algorithm=histogram"];
        let shown = ["--submodule=short", "--src-prefix=a/", "--dst-prefix=b/", &since, &format];
        let rust = ["HEAD", "--", "*.rs"];
        let patches = self.told(&[&asked[..], &shown, &STEADY, &rust].concat())?;
        Ok(History { commits: files(&touched), mainline: lines(&patches) })
    }

    /// # Errors
    /// When the commits of that time are not all there.
    fn whole(&self, since: &str) -> Result<(), String> {
        let shallow = self.told(&["rev-parse", "--is-shallow-repository"])?;
        if shallow.trim() != "true" {
            return Ok(());
        }
        match self.told(&["rev-list", "--max-parents=0", since, "HEAD"])?.is_empty() {
            true => Ok(()),
            false => Err("the clone is shallow; `git fetch --unshallow` brings the rest".to_owned()),
        }
    }

    /// What git answers.
    fn told(&self, args: &[&str]) -> Result<String, String> {
        // The first commit brings in what was there; it changes nothing.
        let steady = ["-c", "core.quotePath=false", "-c", "log.showRoot=false", "-c", "diff.noprefix=false"];
        let output = self.try_run(&[&steady, args].concat()).map_err(|error| error.message)?;
        match output.status.success() {
            true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            false if first_line(&output).is_empty() => Err("git cannot tell the history".to_owned()),
            false => Err(format!("git failed: {}", first_line(&output))),
        }
    }
}

/// The commits of `--name-status`, without those that have no parent.
fn files(told: &str) -> Vec<Commit> {
    let mut commits = Vec::new();
    for part in told.split(MARK).skip(1) {
        let mut lines = part.lines();
        if lines.next().is_none_or(|parents| parents.trim().is_empty()) {
            continue;
        }
        let changes = lines.filter_map(|line| {
            let mut columns = line.split('\t');
            let status = columns.next()?;
            let (first, second) = (columns.next()?, columns.next());
            let moved = status.starts_with('R');
            let path = second.unwrap_or(first).to_owned();
            Some(Change { path, from: moved.then(|| first.to_owned()), hunks: Vec::new() })
        });
        commits.push(Commit { changes: changes.collect() });
    }
    commits
}

/// The commits of `--patch --unified=0`.
fn lines(told: &str) -> Vec<Commit> {
    let mut commits: Vec<Commit> = Vec::new();
    let mut change = Change::default();
    let mut body = 0;
    for line in told.lines() {
        if body > 0 {
            // What is changed may look like anything.
            body -= u32::from(!line.starts_with('\\'));
            continue;
        }
        if line.starts_with(MARK) || line.starts_with("diff --git ") {
            finish(&mut commits, std::mem::take(&mut change));
        }
        if line.starts_with(MARK) {
            commits.push(Commit::default());
        } else if let Some(path) = line.strip_prefix("rename from ") {
            change.from = Some(path.to_owned());
        } else if let Some(path) = line.strip_prefix("rename to ").or(line.strip_prefix("+++ b/")) {
            // Behind a path with a space git puts a tab.
            path.trim_end_matches('\t').clone_into(&mut change.path);
        } else if let Some(hunk) = line.strip_prefix("@@ ").and_then(hunk) {
            body = hunk.removed + hunk.added;
            change.hunks.push(hunk);
        }
    }
    finish(&mut commits, change);
    commits
}

/// Files that are gone have no name and no lines today.
fn finish(commits: &mut [Commit], change: Change) {
    if let Some(commit) = commits.last_mut().filter(|_| !change.path.is_empty()) {
        commit.changes.push(change);
    }
}

/// `-12,3 +12 @@ fn main()`.
fn hunk(head: &str) -> Option<Hunk> {
    let mut words = head.split(' ');
    let range = |word: Option<&str>, sign: char| {
        let word = word?.strip_prefix(sign)?;
        let (start, length) = word.split_once(',').unwrap_or((word, "1"));
        Some((start.parse::<u32>().ok()?, length.parse::<u32>().ok()?))
    };
    let (old, removed) = range(words.next(), '-')?;
    let (new, added) = range(words.next(), '+')?;
    Some(Hunk { old, removed, new, added })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_have_their_files_and_the_first_of_all_has_none() {
        let told = "\u{1}abc def\n\nM\tsrc/a.rs\nR090\tsrc/old.rs\tsrc/new name.rs\nD\tREADME.md\n\u{1}\n\nA\tx.rs\n";
        let found = files(told);
        assert_eq!(found.len(), 1);
        let paths: Vec<(&str, Option<&str>)> =
            found[0].changes.iter().map(|one| (one.path.as_str(), one.from.as_deref())).collect();
        assert_eq!(paths, [("src/a.rs", None), ("src/new name.rs", Some("src/old.rs")), ("README.md", None)]);
    }

    #[test]
    fn what_a_patch_holds_is_not_taken_for_its_head() {
        let told = "\u{1}abc\n\ndiff --git a/a.rs b/a.rs\nindex 1..2 100644\n--- a/a.rs\n+++ b/a.rs\n\
            @@ -3 +3,2 @@ fn f() {\n--- a comment of SQL\n+++ b/trap.rs\n+@@ -1 +1 @@\n\
            \\ No newline at end of file\n@@ -9,2 +9,0 @@\n-x\n-y\n\
            diff --git a/gone.rs b/gone.rs\ndeleted file mode 100644\n--- a/gone.rs\n+++ /dev/null\n@@ -1 +0,0 @@\n-z\n\
            diff --git a/b.rs b/c.rs\nsimilarity index 100%\nrename from b.rs\nrename to c.rs\n\u{1}def\n";
        let found = lines(told);
        assert_eq!(found.len(), 2);
        let [change, moved] = &found[0].changes[..] else { panic!("two files are there: {found:?}") };
        assert_eq!(change.path, "a.rs");
        assert_eq!(
            change.hunks,
            [Hunk { old: 3, removed: 1, new: 3, added: 2 }, Hunk { old: 9, removed: 2, new: 9, added: 0 }]
        );
        assert_eq!((moved.path.as_str(), moved.from.as_deref()), ("c.rs", Some("b.rs")));
        assert!(moved.hunks.is_empty() && found[1].changes.is_empty());
    }
}
