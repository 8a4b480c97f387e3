//! `archlint.baseline.toml`, beside the configuration: read with places, written in order.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::adapters::config::FILE;
use crate::adapters::config::joined::{joined, mark};
use crate::adapters::config::locate::{display, read};
use crate::adapters::config::reader::{Fields, Reading};
use crate::adapters::config::tree::{self, Node, Value};
use crate::adapters::files::hold::hold;
use crate::adapters::files::{Before, clear, put};
use crate::domain::policy::baseline::{Accepted, Baseline, BreachName};
use crate::domain::policy::day::Day;
use crate::domain::policy::place::{At, ConfigProblem};

/// Version of the format.
const VERSION: i64 = 1;

/// Where the baseline of a configuration stands: beside it, with its name.
pub fn path(root: &Path, explicit: Option<&Path>) -> PathBuf {
    let config = explicit.map_or_else(|| root.join(FILE), Path::to_owned);
    let stem = config.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    config.with_file_name(format!("{stem}.baseline.toml"))
}

/// Reads the baseline of a workspace; one that accepts nothing where there is none.
///
/// # Errors
/// Everything that is wrong with it, sorted by place; never empty.
pub fn load(root: &Path, explicit: Option<&Path>) -> Result<Baseline, Vec<ConfigProblem>> {
    let path = path(root, explicit);
    let name = display(root, &path);
    match read(&path, &name)? {
        Some(text) => parse(&text, &name),
        None => Ok(Baseline { file: name, ..Baseline::default() }),
    }
}

/// As [`load`], from files that `read` gives the text of.
///
/// # Errors
/// Everything that is wrong with it, sorted by place; never empty.
pub fn load_with(
    root: &Path,
    explicit: Option<&Path>,
    read: &dyn Fn(&Path) -> Option<String>,
) -> Result<Baseline, Vec<ConfigProblem>> {
    let path = path(root, explicit);
    let name = display(root, &path);
    match read(&path) {
        Some(text) => parse(&text, &name),
        None => Ok(Baseline { file: name, ..Baseline::default() }),
    }
}

/// Writes a baseline in the place of the one that was read, and gives what was written. What another run
/// wrote in between stays: of both, every line that was added, and none that was removed.
///
/// # Errors
/// Why it could not be written, where what was written in between cannot be read too; the file is as it
/// was.
pub fn save(
    root: &Path,
    explicit: Option<&Path>,
    before: &Baseline,
    after: &Baseline,
) -> Result<Baseline, String> {
    let path = path(root, explicit);
    let name = display(root, &path);
    let changed = || format!("`{name}` was changed in the meantime");
    let alone = hold(&path)?;
    if alone.is_real() {
        clear(&path);
    }
    let now = read(&path, &name).map_err(|_| changed())?;
    let known = match &now {
        Some(now) => parse(now, &name).map_err(|_| changed())?,
        None => Baseline { file: name.clone(), ..Baseline::default() },
    };
    let next = after.rebased(before, &known);
    let is = now.as_deref().map_or(Before::Nothing, Before::Text);
    put(&path, is, &text(&next))?;
    Ok(next)
}

/// Reads the text of a baseline.
///
/// # Errors
/// Everything that is wrong with it, sorted by place; never empty.
pub fn parse(text: &str, file: &str) -> Result<Baseline, Vec<ConfigProblem>> {
    let joined = match mark(text) {
        None => None,
        Some(at) => Some((joined(text).ok_or_else(|| vec![unfinished(at, file)])?, at)),
    };
    let text = joined.as_ref().map_or(text, |(text, _)| text);
    let mut reading = Reading::new(file, Path::new(file));
    let (value, errors) = tree::read(text, 0);
    for error in errors {
        reading.problem(error.at, error.message, Some("correct the line, or take it from git".to_owned()));
    }
    if reading.failed() {
        return Err(reading.into_problems());
    }
    let mut baseline = baseline(&value, file, &mut reading);
    baseline.merge = joined.map(|(_, at)| at);
    if reading.failed() { Err(reading.into_problems()) } else { Ok(baseline) }
}

fn unfinished(at: At, file: &str) -> ConfigProblem {
    let help = "keep the entries of both sides, of the totals either, and remove the marks";
    ConfigProblem::new(file, at, "a merge left its marks here".to_owned(), Some(help.to_owned()))
}

fn baseline(value: &Value, file: &str, reading: &mut Reading) -> Baseline {
    let mut baseline = Baseline { file: file.to_owned(), ..Baseline::default() };
    let Some(mut fields) = Fields::of(value, "", reading) else { return baseline };
    if let Some((version, at)) = fields.number("version", reading)
        && version != VERSION as f64
    {
        let message = format!("this baseline is of version {version}, and this tool reads version {VERSION}");
        reading.problem(
            at,
            message,
            Some("use the version of the tool that wrote it, or a later one".to_owned()),
        );
    }
    baseline.absorbed = total(&mut fields, "absorbed", reading);
    baseline.retired = total(&mut fields, "retired", reading);
    if let Some(entry) = fields.entry("accepted") {
        match &entry.value.node {
            Node::List(items) => {
                baseline.entries = items.iter().filter_map(|item| accepted(item, reading)).collect();
            }
            _ => reading.wrong_type(&entry.value, "accepted", "a list of tables"),
        }
    }
    fields.finish(reading);
    baseline.entries.sort_by(|a, b| (&a.name, a.at).cmp(&(&b.name, b.at)));
    for pair in baseline.entries.windows(2).filter(|pair| pair[0].name == pair[1].name) {
        let line = pair[0].at.line;
        let message = format!("the same breach is accepted in line {line} already");
        reading.problem(pair[1].at, message, Some("remove one of the two lines".to_owned()));
    }
    baseline
}

fn total(fields: &mut Fields, key: &'static str, reading: &mut Reading) -> u32 {
    let Some((number, at)) = fields.number(key, reading) else { return 0 };
    if number.fract() != 0.0 || !(0.0..=f64::from(u32::MAX)).contains(&number) {
        let help = "write 0: the next check counts anew".to_owned();
        reading.problem(at, format!("`{key}` must be a count, but this is {number}"), Some(help));
        return 0;
    }
    number as u32
}

fn accepted(value: &Value, reading: &mut Reading) -> Option<Accepted> {
    let mut fields = Fields::of(value, "accepted", reading)?;
    let mut text = |key| fields.string(key, reading);
    let (rule, from, to, item) = (text("rule"), text("from"), text("to"), text("item"));
    let because = text("because");
    let until = match fields.entry("until") {
        Some(entry) if matches!(entry.value.node, Node::Date) => {
            let help = "write it as `until = \"2027-03-01\"`".to_owned();
            reading.problem(entry.value.at, "`until` must be a string".to_owned(), Some(help));
            None
        }
        _ => fields.text("until", reading),
    };
    fields.finish(reading);
    let until = until.and_then(|until| {
        let day = Day::parse(&until.text);
        if day.is_none() {
            let help = "write it as `until = \"2027-03-01\"`".to_owned();
            reading.problem(until.at, format!("`{}` is no day", until.text), Some(help));
        }
        day
    });
    let (Some(rule), Some(from)) = (rule, from) else {
        let help = "correct the line, or take it from git".to_owned();
        reading.problem(value.at, "an accepted breach needs `rule` and `from`".to_owned(), Some(help));
        return None;
    };
    let (to, item) = (to.unwrap_or_default(), item.unwrap_or_default());
    Some(Accepted { name: BreachName { rule, from, to, item }, because, until, at: value.at })
}

/// The text of a baseline: a line for each entry, in order, so that branches which fix or accept
/// different things merge.
pub fn text(baseline: &Baseline) -> String {
    let mut text = format!(
        "# Breaches that `cargo archlint` accepts. What is fixed leaves by itself; lines are added only by\n\
         # `cargo archlint baseline --accept RULE --because \"…\"`.\n\
         version = {VERSION}\nabsorbed = {}\nretired = {}\naccepted = [\n",
        baseline.absorbed, baseline.retired
    );
    for entry in &baseline.entries {
        let name = &entry.name;
        let until = entry.until.map(|until| until.to_string());
        let values = [
            ("rule", Some(&name.rule)),
            ("from", Some(&name.from)),
            ("to", Some(&name.to)),
            ("item", Some(&name.item)),
            ("because", entry.because.as_ref()),
            ("until", until.as_ref()),
        ];
        let written = values.into_iter().filter_map(|(key, value)| {
            let value = value.filter(|value| !value.is_empty())?;
            Some(format!("{key} = {}", quoted(value)))
        });
        // Writing to a string never fails.
        let _ = writeln!(text, "    {{ {} }},", written.collect::<Vec<_>>().join(", "));
    }
    text.push_str("]\n");
    text
}

/// A TOML string in one line.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        let problems = parse(text, "archlint.baseline.toml").expect_err("the text is wrong");
        let told = problems.into_iter().map(|problem| {
            let help = problem.help.map(|help| format!(" -- {help}")).unwrap_or_default();
            format!("{}:{}: {}{help}", problem.line, problem.column, problem.message)
        });
        told.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_is_written_is_read_again() {
        let name = |rule: &str, from: &str, item: &str| BreachName {
            rule: rule.to_owned(),
            from: from.to_owned(),
            to: "ext:a \"b\" \\ \u{7}".to_owned(),
            item: item.to_owned(),
        };
        let entries = vec![
            Accepted { name: name("layers", "s::a", ""), ..Accepted::default() },
            Accepted {
                name: name("no circles", "s::b", "s::c::X"),
                because: Some("größer".to_owned()),
                until: Day::parse("2027-03-01"),
                ..Accepted::default()
            },
        ];
        let file = "archlint.baseline.toml".to_owned();
        let baseline = Baseline { file, entries, absorbed: 9, retired: 7, ..Baseline::default() };
        let written = text(&baseline);
        let mut read = parse(&written, "archlint.baseline.toml").expect("it is whole");
        read.entries.iter_mut().for_each(|entry| entry.at = At::default());
        assert_eq!(read, baseline);
        assert_eq!(written.lines().filter(|line| line.starts_with("    {")).count(), 2);
    }

    #[test]
    fn a_broken_file_is_told_with_its_place_and_a_remedy() {
        let marks = "accepted = [\n<<<<<<< HEAD\n    { rule = \"a\", from = \"b\" },\n=======\n]\n";
        assert!(
            wrong(marks).starts_with("2:1: a merge left its marks here -- keep the entries of both sides")
        );
        let twice = "accepted = [\n { rule = \"a\", from = \"b\" },\n { rule = \"a\", from = \"b\" },\n]\n";
        assert_eq!(
            wrong(twice),
            "3:2: the same breach is accepted in line 2 already -- remove one of the two lines"
        );
        assert_eq!(
            wrong("accepted = [{ rule = \"a\" }]"),
            "1:13: an accepted breach needs `rule` and `from` -- correct the line, or take it from git"
        );
        assert_eq!(
            wrong("accepted = [{ rule = \"a\", from = \"b\", until = \"soon\" }]"),
            "1:47: `soon` is no day -- write it as `until = \"2027-03-01\"`"
        );
        assert_eq!(
            wrong("accepted = [{ rule = \"a\", from = \"b\", form = \"c\" }]"),
            "1:39: unknown key `form` in `accepted` -- did you mean `from`?"
        );
        assert_eq!(
            wrong("accepted = 1"),
            "1:12: `accepted` must be a list of tables, but this is an integer"
        );
        assert_eq!(
            wrong("retired = -1"),
            "1:11: `retired` must be a count, but this is -1 -- write 0: the next check counts anew"
        );
        assert!(wrong("version = 2").starts_with("1:11: this baseline is of version 2"));
        assert!(wrong("accepted = [").starts_with("1:"));
    }

    #[test]
    fn it_stands_beside_the_configuration_and_is_called_after_it() {
        let root = Path::new("/w");
        assert_eq!(path(root, None), Path::new("/w/archlint.baseline.toml"));
        assert_eq!(path(root, Some(Path::new("/x/strict.toml"))), Path::new("/x/strict.baseline.toml"));
    }
}
