//! A baseline in which git left the marks of a merge, with both sides as one.
//!
//! Each side accepts what it accepts on purpose, and what is fixed leaves by itself, so nobody has to choose
//! between two lines. Of a total the larger one is right or too small, and the next check counts it anew.

use std::collections::BTreeSet;

use crate::domain::policy::place::At;

/// What begins, parts and ends what git could not merge.
const OURS: &str = "<<<<<<<";
const BASE: &str = "|||||||";
const THEIRS: &str = "=======";
const END: &str = ">>>>>>>";

/// Keys that count.
const TOTALS: [&str; 2] = ["absorbed", "retired"];

/// Where the first mark stands.
pub(super) fn mark(text: &str) -> Option<At> {
    let mut start = 0;
    for (line, number) in text.split_inclusive('\n').zip(1..) {
        if [OURS, BASE, THEIRS, END].iter().any(|mark| line.starts_with(mark)) {
            let end = start + line.trim_end().len() as u32;
            return Some(At { source: 0, start, end, line: number, column: 1 });
        }
        start += line.len() as u32;
    }
    None
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Both,
    Ours,
    Base,
    Theirs,
}

/// The text with both sides of every conflict; what goes becomes spaces, so that all else stays in place.
/// None where the marks do not fit together.
pub(super) fn joined(text: &str) -> Option<String> {
    let mut side = Side::Both;
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut lines: Vec<(&str, bool)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let next = match side {
            Side::Both if line.starts_with(OURS) => Some(Side::Ours),
            Side::Ours if line.starts_with(BASE) => Some(Side::Base),
            Side::Ours | Side::Base if line.starts_with(THEIRS) => Some(Side::Theirs),
            Side::Theirs if line.starts_with(END) => Some(Side::Both),
            _ if mark(line).is_some() => return None,
            _ => None,
        };
        // The same line on both sides is one.
        let stays = next.is_none() && side != Side::Base && (side == Side::Both || known.insert(line.trim()));
        lines.push((line, stays));
        side = next.unwrap_or(side);
    }
    for key in TOTALS {
        let total =
            |line: &str| line.trim().strip_prefix(key)?.trim_start().strip_prefix('=')?.trim().parse().ok();
        let given = lines.iter().enumerate().filter(|(_, (_, stays))| *stays);
        let given: Vec<(u32, usize)> = given.filter_map(|(at, (line, _))| Some((total(line)?, at))).collect();
        let largest = given.iter().max().map(|(_, at)| *at);
        given.iter().filter(|(_, at)| Some(*at) != largest).for_each(|(_, at)| lines[*at].1 = false);
    }
    let blank = |line: &str| -> String {
        line.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }).collect()
    };
    let told = lines.iter().map(|(line, stays)| if *stays { (*line).to_owned() } else { blank(line) });
    (side == Side::Both).then(|| told.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Option<String> {
        let joined = joined(text)?;
        assert_eq!(joined.len(), text.len(), "all stays in place");
        let lines: Vec<&str> = joined.lines().filter(|line| !line.trim().is_empty()).collect();
        Some(lines.join("|"))
    }

    #[test]
    fn both_sides_stay_and_of_totals_the_larger_one() {
        let text = "version = 1\n<<<<<<< HEAD\nabsorbed = 4\nretired = 2\n=======\nabsorbed = 5\nretired = 0\n>>>>>>> b\n\
                    accepted = [\n<<<<<<< HEAD\n  a,\n  b,\n||||||| base\n  x,\n=======\n  b,\n  ö,\n>>>>>>> b\n]\n";
        assert_eq!(
            lines(text).as_deref(),
            Some("version = 1|retired = 2|absorbed = 5|accepted = [|  a,|  b,|  ö,|]")
        );
        assert_eq!(mark(text).map(|at| (at.line, at.start, at.end)), Some((2, 12, 24)));
    }

    #[test]
    fn marks_that_do_not_fit_together_are_nothing_to_join() {
        for text in [
            "<<<<<<< a\nx\n",
            "=======\n",
            "<<<<<<< a\n>>>>>>> b\n",
            "<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> b\n",
        ] {
            assert_eq!(lines(text), None, "{text}");
        }
        assert_eq!(mark("accepted = [\n]\n"), None);
    }
}
