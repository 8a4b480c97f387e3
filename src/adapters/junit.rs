//! Reads JUnit reports of test runs, as nextest, cargo2junit and libtest write them.

use std::path::PathBuf;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::application::timings::{TestRun, TimedCase};
use crate::domain::report::Problem;
use crate::domain::source::span::LineTable;

/// What to do about a file that is no report.
const REMEDY: &str = "name the JUnit report of a test run, as `cargo nextest run --profile ci` writes it";

/// Reads these files.
///
/// # Errors
/// What is wrong with them, and where: of each the first fault.
pub fn load(paths: &[PathBuf]) -> Result<Vec<TestRun>, Vec<Problem>> {
    let (mut runs, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        let file = path.to_string_lossy().into_owned();
        let read = match std::fs::read_to_string(path) {
            Ok(text) => parse(&file, &text),
            Err(error) => Err(Problem {
                message: format!("`{file}` cannot be read: {error}"),
                file: Some(file),
                help: Some(REMEDY.to_owned()),
                ..Problem::default()
            }),
        };
        match read {
            Ok(run) => runs.push(run),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(runs) } else { Err(faults) }
}

/// Reads one report.
///
/// # Errors
/// The first fault, with its place.
pub fn parse(file: &str, text: &str) -> Result<TestRun, Problem> {
    let lines = LineTable::new(text);
    let fault = |offset: u64, message: String| {
        let at = lines.position(u32::try_from(offset).unwrap_or(u32::MAX).min(lines.end()));
        Problem {
            message,
            file: Some(file.to_owned()),
            line: Some(at.line),
            column: Some(at.column),
            help: Some(REMEDY.to_owned()),
            ..Problem::default()
        }
    };
    let mut reader = Reader::from_str(text);
    let mut reading = Reading::default();
    loop {
        let start = reader.buffer_position();
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(fault(reader.error_position(), format!("this is not XML: {error}"))),
        };
        let read = match &event {
            Event::Start(tag) => reading.open(tag, start),
            Event::Empty(tag) => reading.open(tag, start).and_then(|()| reading.close()),
            Event::End(_) => reading.close(),
            Event::Eof => break,
            _ => Ok(()),
        };
        read.map_err(|message| fault(start, message))?;
    }
    if let Some((element, at)) = reading.opened.last() {
        return Err(fault(*at, format!("`{element}` is not closed: the report was cut off")));
    }
    if reading.cases.is_empty() {
        return Err(fault(0, "there is no test that was run in this report".to_owned()));
    }
    Ok(TestRun { file: file.to_owned(), cases: reading.cases })
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    /// Elements that are open, and where they begin.
    opened: Vec<(String, u64)>,
    /// Names of the suites that are open.
    suites: Vec<String>,
    cases: Vec<TimedCase>,
    /// The case that is open, and its time as written.
    open: Option<(TimedCase, Option<String>)>,
    /// Whether the case that is open was left out of the run.
    skipped: Skipped,
}

/// Whether a case was run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Skipped {
    #[default]
    Run,
    LeftOut,
}

impl Reading {
    fn open(&mut self, tag: &BytesStart<'_>, at: u64) -> Result<(), String> {
        let element = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
        match element.as_str() {
            "testsuites" => {}
            "testsuite" => self.suites.push(attribute(tag, "name")?.unwrap_or_default()),
            _ if self.opened.is_empty() => {
                return Err(format!("this is no JUnit report: it begins with `{element}`"));
            }
            "testcase" => {
                let name = attribute(tag, "name")?.ok_or("a test case has no name")?;
                self.skipped = match attribute(tag, "status")?.as_deref() {
                    Some("skipped" | "disabled" | "notrun") => Skipped::LeftOut,
                    _ => Skipped::Run,
                };
                let suite = self.suites.last().cloned().unwrap_or_default();
                let class = attribute(tag, "classname")?.unwrap_or_default();
                let case = TimedCase { suite, class, name, seconds: 0.0 };
                self.open = Some((case, attribute(tag, "time")?));
            }
            "skipped" => self.skipped = Skipped::LeftOut,
            _ => {}
        }
        self.opened.push((element, at));
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        match self.opened.pop().as_ref().map(|(element, _)| element.as_str()) {
            Some("testsuite") => drop(self.suites.pop()),
            Some("testcase") => match (self.skipped, self.open.take()) {
                (Skipped::Run, Some((case, time))) => {
                    let seconds = seconds(&case.name, time.as_deref())?;
                    self.cases.push(TimedCase { seconds, ..case });
                }
                _ => return Ok(()),
            },
            _ => {}
        }
        Ok(())
    }
}

/// How long a case took.
fn seconds(name: &str, time: Option<&str>) -> Result<f64, String> {
    let Some(text) = time else { return Err(format!("test `{name}` was run and has no time")) };
    // Some writers group thousands.
    let text = text.trim().replace(',', "");
    match text.parse::<f64>() {
        Ok(seconds) if seconds.is_finite() && seconds >= 0.0 => Ok(seconds),
        _ => Err(format!("test `{name}` took `{text}`, which is no time in seconds")),
    }
}

fn attribute(tag: &BytesStart<'_>, key: &str) -> Result<Option<String>, String> {
    let found = tag.try_get_attribute(key).map_err(|error| format!("this is not XML: {error}"))?;
    let Some(found) = found else { return Ok(None) };
    let value = found.decoded_and_normalized_value(XmlVersion::Implicit1_0, tag.decoder());
    value.map(|value| Some(value.into_owned())).map_err(|error| format!("this is not XML: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(text: &str) -> Vec<(String, f64)> {
        let run = parse("j.xml", text).unwrap_or_else(|fault| panic!("{fault:?}"));
        run.cases
            .into_iter()
            .map(|case| (format!("{}|{}|{}", case.suite, case.class, case.name), case.seconds))
            .collect()
    }

    #[test]
    fn the_forms_of_known_writers_are_read() {
        let nextest = r#"<?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="nextest-run" tests="3" time="0.1">
                <testsuite name="shop::it" tests="3">
                    <testcase name="a::b&lt;u8&gt;" classname="shop::it" time="0.012"/>
                    <testcase name="c" classname="shop::it" time="1,000.5"><failure message="no"/></testcase>
                    <testcase name="d" classname="shop::it" time="0.0"><skipped/></testcase>
                </testsuite>
            </testsuites>"#;
        assert_eq!(
            cases(nextest),
            [("shop::it|shop::it|a::b<u8>".to_owned(), 0.012), ("shop::it|shop::it|c".to_owned(), 1000.5)]
        );
        let cargo2junit = "<testsuites><testsuite id=\"0\" name=\"cargo test #0\">\
                           <testcase name=\"b\" time=\"0.5\" classname=\"a\" /></testsuite></testsuites>";
        assert_eq!(cases(cargo2junit), [("cargo test #0|a|b".to_owned(), 0.5)]);
    }

    #[test]
    fn what_is_broken_is_told_with_its_place() {
        for (text, line, words) in [
            ("<testsuites>\n<testsuite name=\"a\">", 2, "cut off"),
            ("<testsuites>\n</testsuite>", 2, "not XML"),
            ("<html/>", 1, "begins with `html`"),
            ("", 1, "no test"),
            ("<testsuites/>", 1, "no test"),
            ("<testsuite>\n<testcase name=\"a\" time=\"soon\"/></testsuite>", 2, "no time"),
            ("<testsuite>\n<testcase name=\"a\"/></testsuite>", 2, "has no time"),
            ("<testsuite>\n<testcase time=\"1\"/></testsuite>", 2, "no name"),
        ] {
            let fault = parse("j.xml", text).expect_err(text);
            assert_eq!((fault.line, fault.file.as_deref()), (Some(line), Some("j.xml")), "{text}: {fault:?}");
            assert!(fault.message.contains(words), "{text}: {fault:?}");
        }
        let missing = load(&["no/such.xml".into()]).expect_err("there is none");
        assert!(missing[0].message.starts_with("`no/such.xml` cannot be read: "), "{missing:?}");
    }
}
