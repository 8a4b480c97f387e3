//! From lines and paths of the past to those of today.

use std::collections::BTreeMap;

use crate::domain::checks::history::{Change, Hunk};

/// What files of the past are called today; told of commits from the newest back.
#[derive(Clone, Debug, Default)]
pub struct Names {
    today: BTreeMap<String, String>,
}

impl Names {
    /// What the file that a commit changes is called today.
    pub fn today<'a>(&'a self, path: &'a str) -> &'a str {
        self.today.get(path).map_or(path, String::as_str)
    }

    /// Goes back behind a commit.
    pub fn back(&mut self, changes: &[Change]) {
        let moved: Vec<(String, String)> = changes
            .iter()
            .filter_map(|change| Some((change.from.clone()?, self.today(&change.path).to_owned())))
            .collect();
        // What the new name stood for before is another file.
        for change in changes.iter().filter(|change| change.from.is_some()) {
            self.today.insert(change.path.clone(), String::new());
        }
        self.today.extend(moved);
    }
}

/// Where the lines of a file of the past stand today; told of changes from the newest back.
///
/// Places are counted in halves: `2 n` is line `n`, `2 n + 1` lies between `n` and the next, and is where
/// lines stood that are gone.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// Places of the first lines.
    known: Vec<u32>,
    /// Lines of today less lines of then, behind those.
    shift: i64,
}

impl Lines {
    /// The places that a change touched, one for each line that it added and each that it removed; goes back
    /// behind it.
    pub fn touched(&mut self, hunks: &[Hunk]) -> Vec<u32> {
        let mut touched = Vec::new();
        // From the bottom up, so that lines above keep their numbers.
        for hunk in hunks.iter().rev() {
            let (start, added) = (hunk.new as usize, hunk.added as usize);
            let (at, places): (usize, Vec<u32>) = match added {
                0 => {
                    let gap = self.between(start);
                    (start, vec![gap; hunk.removed as usize])
                }
                _ => {
                    self.reach(start + added - 1);
                    let new = self.known[start - 1..start - 1 + added].to_vec();
                    touched.extend(&new);
                    let old = (0..hunk.removed as usize).map(|line| new[line.min(added - 1)]);
                    (start - 1, old.collect())
                }
            };
            touched.extend(&places);
            self.shift += i64::from(hunk.added) - i64::from(hunk.removed);
            self.known.splice(at..at + added, places);
        }
        touched
    }

    /// The place between a line, 0 for the top, and the next.
    fn between(&mut self, line: usize) -> u32 {
        self.reach(line + 1);
        let below = self.known[line];
        let above = line.checked_sub(1).map_or(0, |line| self.known[line]);
        // Between two lines that are next to each other, and somewhere between any others.
        if above + 1 < below { above + 1 } else { above }
    }

    /// Makes the first lines known.
    fn reach(&mut self, lines: usize) {
        while self.known.len() < lines {
            let line = self.known.len() as i64 + 1 + self.shift;
            self.known.push(u32::try_from(2 * line).unwrap_or(0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hunk(old: u32, removed: u32, new: u32, added: u32) -> Hunk {
        Hunk { old, removed, new, added }
    }

    fn moved(from: &str, path: &str) -> Change {
        Change { path: path.to_owned(), from: Some(from.to_owned()), hunks: Vec::new() }
    }

    #[test]
    fn lines_are_followed_back_past_what_was_put_above_them() {
        let mut lines = Lines::default();
        assert_eq!(lines.touched(&[hunk(0, 0, 1, 3)]), [2, 4, 6], "three lines at the top");
        assert_eq!(lines.touched(&[hunk(2, 1, 2, 1)]), [10, 10], "line 2 of then is line 5 of today");
    }

    #[test]
    fn lines_that_are_gone_stood_between_those_around_them() {
        let mut lines = Lines::default();
        assert_eq!(lines.touched(&[hunk(4, 2, 3, 0)]), [7, 7], "between 3 and 4");
        assert_eq!(lines.touched(&[hunk(5, 1, 5, 1)]), [7, 7], "what changed there before is gone, too");
        assert_eq!(lines.touched(&[hunk(6, 1, 6, 1)]), [8, 8], "line 6 of then is line 4 of today");
        assert_eq!(Lines::default().touched(&[hunk(1, 1, 0, 0)]), [1], "above the first");
    }

    #[test]
    fn several_changes_of_one_commit_do_not_shift_each_other() {
        let mut lines = Lines::default();
        let mut touched = lines.touched(&[hunk(1, 1, 1, 3), hunk(10, 1, 12, 1)]);
        touched.sort_unstable();
        assert_eq!(touched, [2, 2, 4, 6, 24, 24]);
        assert_eq!(lines.touched(&[hunk(9, 1, 9, 1)]), [22, 22], "line 9 of then is line 11 of today");
    }

    #[test]
    fn files_are_followed_back_past_their_names() {
        let mut names = Names::default();
        assert_eq!(names.today("b.rs"), "b.rs");
        names.back(&[moved("b.rs", "c.rs")]);
        names.back(&[moved("a.rs", "b.rs")]);
        assert_eq!(names.today("a.rs"), "c.rs");
        assert_eq!(names.today("c.rs"), "", "another file had that name before");
        assert_eq!(names.today("d.rs"), "d.rs");
    }

    #[test]
    fn files_that_change_names_in_one_commit_are_told_apart() {
        let mut names = Names::default();
        names.back(&[moved("a.rs", "b.rs"), moved("b.rs", "a.rs")]);
        assert_eq!((names.today("a.rs"), names.today("b.rs")), ("b.rs", "a.rs"));
    }
}
