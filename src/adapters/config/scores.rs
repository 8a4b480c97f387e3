//! Scores that `score --format json` wrote, for changes to be measured from.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::adapters::config::locate;
use crate::domain::policy::Policy;
use crate::domain::policy::gates::Saved;
use crate::domain::policy::place::{At, ConfigProblem};
use crate::domain::source::span::LineTable;

/// Version of the format that is read.
const VERSION: u64 = 1;

/// What to do about a file that is none.
const REMEDY: &str = "write it anew with `cargo archlint score --format json`";

/// Scores that were saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// Name of their file, as the configuration has it.
    pub name: String,
    /// Values of constructs by id; those that were not applicable are left out.
    pub values: BTreeMap<String, f64>,
}

/// Reads the scores that a configuration names.
///
/// # Errors
/// What is wrong: in the configuration where there is no such file, else in the file.
pub fn load(policy: &Policy, saved: &Saved) -> Result<Scores, ConfigProblem> {
    let path = Path::new(&saved.path);
    match locate::text(path) {
        Ok(Some(text)) => {
            // Beside the configuration, whose name is relative to the root.
            let source = policy.sources.get(saved.at.source as usize).map_or("", String::as_str);
            let shown = Path::new(source).with_file_name(&saved.name);
            let values = parse(text.trim_start_matches('\u{feff}'), &shown.to_string_lossy())?;
            Ok(Scores { name: saved.name.clone(), values })
        }
        Ok(None) => {
            let message = format!("there is no file `{}`", saved.name);
            let help = "save it with `cargo archlint score --format json`; the path is relative to the file \
                        it is named in";
            Err(ConfigProblem::in_policy(policy, saved.at, message, Some(help.to_owned())))
        }
        Err(message) => Err(ConfigProblem::in_policy(policy, saved.at, message, Some(REMEDY.to_owned()))),
    }
}

/// Reads the text of such a file.
///
/// # Errors
/// The first fault, with its place.
pub fn parse(text: &str, file: &str) -> Result<BTreeMap<String, f64>, ConfigProblem> {
    let lines = LineTable::new(text);
    let fault = |start: usize, end: usize, message: String, help: &str| {
        let (start, end) = (start as u32, end as u32);
        let place = lines.position(start.min(lines.end()));
        let at = At { source: 0, start, end, line: place.line, column: place.column };
        ConfigProblem::new(file, at, message, Some(help.to_owned()))
    };
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let start = offset(text, error.line(), error.column());
            let what = if error.is_eof() { "it ends too early".to_owned() } else { reason(&error) };
            return Err(fault(start, start, format!("this is no JSON: {what}"), REMEDY));
        }
    };
    let none = || fault(0, 0, "this is not what `score --format json` writes".to_owned(), REMEDY);
    // Where a string stands in it, quotes and all.
    let place = |what: &str| {
        let quoted = format!("\"{what}\"");
        text.find(&quoted).map_or((0, 0), |start| (start, start + quoted.len()))
    };
    let version = value.get("version").ok_or_else(none)?;
    if version.as_u64() != Some(VERSION) {
        let (start, end) = place("version");
        let message = format!("these scores are of version {version}, and this tool reads version {VERSION}");
        return Err(fault(start, end, message, "write them anew with this version of the tool"));
    }
    let constructs = value.get("constructs").and_then(Value::as_array).ok_or_else(none)?;
    let mut values = BTreeMap::new();
    for construct in constructs {
        let id = construct.get("id").and_then(Value::as_str).ok_or_else(none)?;
        match construct.get("value") {
            Some(Value::Null) => {}
            Some(Value::Number(number)) => {
                let points = number.as_f64().unwrap_or(f64::NAN);
                if !(0.0..=100.0).contains(&points) {
                    let (start, end) = place(id);
                    let message = format!("a score is within 0 and 100, and that of `{id}` is {number}");
                    return Err(fault(start, end, message, REMEDY));
                }
                values.insert(id.to_owned(), points);
            }
            _ => return Err(none()),
        }
    }
    Ok(values)
}

/// The byte at a line and a column, both from 1; columns count bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

/// What is wrong, without the place.
fn reason(error: &serde_json::Error) -> String {
    let told = error.to_string();
    told.split(" at line ").next().unwrap_or(&told).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> (u32, u32, String) {
        let problem = parse(text, "score.json").expect_err("it is wrong");
        (problem.line, problem.column, problem.message)
    }

    #[test]
    fn values_are_read_and_what_did_not_apply_is_left_out() {
        let text = r#"{"version": 1, "constructs": [
            {"id": "maint", "value": 61.25, "confidence": 0.5}, {"id": "cqrs", "value": null}]}"#;
        let values = parse(text, "score.json");
        assert_eq!(values, Ok(BTreeMap::from([("maint".to_owned(), 61.25)])));
    }

    #[test]
    fn a_file_that_was_cut_off_or_is_no_json_is_told_with_its_place() {
        assert_eq!(wrong(""), (1, 1, "this is no JSON: it ends too early".to_owned()));
        let (line, _, message) = wrong("{\"version\": 1,\n \"constructs\": [");
        assert_eq!((line, message.as_str()), (2, "this is no JSON: it ends too early"));
        assert_eq!(wrong("{\n  oops}"), (2, 3, "this is no JSON: key must be a string".to_owned()));
    }

    #[test]
    fn another_version_is_told_at_its_key() {
        let (line, column, message) = wrong("{\n  \"version\": 2, \"constructs\": []}");
        let told = "these scores are of version 2, and this tool reads version 1";
        assert_eq!((line, column, message.as_str()), (2, 3, told));
    }

    #[test]
    fn other_documents_and_values_that_no_score_has_are_refused() {
        let other = "this is not what `score --format json` writes";
        for text in [
            "[]",
            "1",
            "{}",
            r#"{"version": 1}"#,
            r#"{"version": 1, "findings": []}"#,
            r#"{"version": 1, "constructs": [{"value": 3}]}"#,
            r#"{"version": 1, "constructs": [{"id": "maint"}]}"#,
            r#"{"version": 1, "constructs": [{"id": "maint", "value": "60"}]}"#,
        ] {
            assert_eq!(wrong(text).2, other, "{text}");
        }
        let (_, column, message) = wrong(r#"{"version": 1, "constructs": [{"id": "maint", "value": 101}]}"#);
        assert_eq!(
            (column, message.as_str()),
            (38, "a score is within 0 and 100, and that of `maint` is 101")
        );
    }
}
