//! Outputs as those read them for whom they are made, where no crate does it for us.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

/// The value, or what is wrong with the text.
pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What GitLab holds each entry of a code quality report against. Required and typed as in the schema it
/// validates with (`app/validators/json_schemas/codeclimate.json` in its repository, which takes any
/// string as a severity), with what its documentation asks for beyond that, in "Code Quality report
/// format": `check_name`, the words for severities, a relative path, a line.
const CODE_QUALITY: &str = r#"{
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "severity", "location"],
    "properties": {
        "description": { "type": "string", "minLength": 1 },
        "check_name": { "type": "string", "minLength": 1 },
        "fingerprint": { "type": "string", "minLength": 1 },
        "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
        "location": {
            "type": "object",
            "required": ["path"],
            "properties": {
                "path": { "type": "string", "pattern": "^[^./]", "not": { "pattern": "\\\\|//|/\\.\\.?/" } },
                "lines": {
                    "type": "object",
                    "required": ["begin"],
                    "properties": { "begin": { "type": "integer", "minimum": 1 } }
                },
                "positions": {
                    "type": "object",
                    "required": ["begin"],
                    "properties": {
                        "begin": {
                            "type": "object",
                            "required": ["line"],
                            "properties": { "line": { "type": "integer", "minimum": 1 } }
                        }
                    }
                }
            },
            "anyOf": [{ "required": ["lines"] }, { "required": ["positions"] }]
        }
    }
}"#;

/// Entries that GitLab takes from a report. Its parser wants a list without a byte order mark, stops at
/// the first entry that is not valid, and keeps one of those that share a fingerprint
/// (`Gitlab::Ci::Parsers::Codequality::CodeClimate`, `Gitlab::Ci::Reports::CodequalityReports`): a report is
/// whole when none is lost.
pub fn code_quality(text: &str) -> Vec<Value> {
    assert!(!text.starts_with('\u{feff}'), "GitLab reads no byte order mark");
    let report = json(text);
    let entries = report.as_array().unwrap_or_else(|| panic!("it is a list: {text}"));
    let validator = jsonschema::validator_for(&json(CODE_QUALITY)).expect("the schema is right");
    let mut taken: Vec<Value> = Vec::new();
    for entry in entries {
        let faults: Vec<String> =
            validator.iter_errors(entry).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert_eq!(faults, Vec::<String>::new(), "{entry:#}");
        let is_known = taken.iter().any(|known| known["fingerprint"] == entry["fingerprint"]);
        assert!(!is_known, "a fingerprint that stands twice: {entry:#}");
        taken.push(entry.clone());
    }
    taken
}

/// A workflow command: word, properties and text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// `error`, `warning` or `notice`.
    pub word: String,
    /// Keys and values, in their order.
    pub properties: Vec<(String, String)>,
    /// The text.
    pub text: String,
}

impl Annotation {
    /// The value of a property.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }
}

/// Words that the runner obeys.
const OBEYED: [&str; 16] = [
    "stop-commands",
    "internal-set-repo-path",
    "set-env",
    "set-output",
    "save-state",
    "add-mask",
    "add-path",
    "add-matcher",
    "remove-matcher",
    "debug",
    "warning",
    "error",
    "notice",
    "group",
    "endgroup",
    "echo",
];

/// What the runner of GitHub Actions makes of one line of a log; none where it is only a line. No crate
/// reads these, so this follows the runner's own source by its rules: `ActionCommand.TryParseV2` (white space
/// before the command, the second `::`, the first space, properties cut at `,` and at the first `=`, empty
/// ones left out, `%0D %0A %3A %2C` before `%25`), `ActionCommand.TryParse` (the old form, `##[word]`
/// anywhere in a line) and `ValidateLinesAndColumns`, which drops places that contradict themselves.
///
/// # Panics
/// At a command of the old form, at one that is no annotation, and at a place that the runner would drop.
pub fn annotation(line: &str) -> Option<Annotation> {
    let parts = line.trim_start().strip_prefix("::").and_then(|rest| rest.split_once("::"));
    let parts = parts.map(|(info, data)| (info.split_once(' ').unwrap_or((info, "")), data));
    let is_obeyed = |word: &str| OBEYED.contains(&&*word.to_lowercase());
    let Some(((word, properties), data)) = parts.filter(|((word, _), _)| is_obeyed(word)) else {
        let old = line.split_once("##[").and_then(|(_, rest)| rest.split_once(']'));
        let word = old.and_then(|(info, _)| info.split(' ').next()).unwrap_or_default();
        assert!(!is_obeyed(word), "a command of the old form: {line}");
        return None;
    };
    assert!(["error", "warning", "notice"].contains(&word), "no annotation: {line}");
    let unescape = |text: &str, pairs: &[(&str, &str)]| {
        pairs.iter().fold(text.to_owned(), |text, (code, plain)| text.replace(code, plain))
    };
    let property = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];
    let pairs = properties.trim().split(',').filter(|pair| !pair.is_empty());
    let pairs = pairs.filter_map(|pair| pair.trim_start_matches('=').split_once('='));
    let pairs = pairs.filter(|(_, value)| !value.is_empty());
    let properties = pairs.map(|(key, value)| (key.to_owned(), unescape(value, &property))).collect();
    let text = unescape(data, &[("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]);
    let read = Annotation { word: word.to_owned(), properties, text };
    let number = |key: &str| read.value(key).map(|value| value.parse::<u32>().expect("it is a number"));
    let [from, to, first, last] = ["line", "endLine", "col", "endColumn"].map(number);
    assert!(to.is_none() || from <= to && from.is_some(), "the end of no line: {line}");
    assert!(last.is_none() || first <= last && first.is_some(), "the end of no column: {line}");
    let has_column = first.is_some() || last.is_some();
    assert!(!has_column || from.is_some() && to.is_none_or(|to| from == Some(to)), "{line}");
    let known = ["file", "line", "endLine", "col", "endColumn", "title"];
    assert!(read.properties.iter().all(|(key, _)| known.contains(&&**key)), "an unknown property: {line}");
    Some(read)
}

/// What a comment holds, as its reader sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    /// Headings with their level, without markup.
    pub headings: Vec<(u8, String)>,
    /// Entries of lists at every depth, without markup.
    pub entries: Vec<String>,
    /// What folds away: the summaries.
    pub folds: Vec<String>,
    /// Paragraphs outside of lists, without markup.
    pub paragraphs: Vec<String>,
}

/// Reads a comment as Markdown of GitHub.
///
/// # Panics
/// At everything that no text of a comment may become: links, images, tags, tables, tasks, blocks of code,
/// footnotes, formulas, and words that hosts turn into links or mentions.
pub fn comment(text: &str) -> Comment {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    let mut comment = Comment::default();
    // The text of each block that is open: a list stands within an entry.
    let mut open: Vec<String> = Vec::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Item | Tag::Paragraph) => open.push(String::new()),
            Event::Start(Tag::Strong | Tag::List(None) | Tag::BlockQuote(None) | Tag::HtmlBlock) => {}
            Event::Start(tag) => panic!("{tag:?} in\n{text}"),
            Event::End(TagEnd::Heading(level)) => {
                comment.headings.push((level as u8, open.pop().unwrap_or_default()));
            }
            Event::End(TagEnd::Item) => comment.entries.push(open.pop().unwrap_or_default()),
            Event::End(TagEnd::Paragraph) => {
                let words = open.pop().unwrap_or_default();
                match open.last_mut() {
                    Some(around) => around.push_str(&words),
                    None => comment.paragraphs.push(words),
                }
            }
            Event::End(_) => {}
            Event::Text(words) => {
                assert_unlinked(&words, text);
                open.last_mut().expect("words stand in a block").push_str(&words.replace('\u{200b}', ""));
            }
            Event::Code(words) => open.last_mut().expect("code stands in a block").push_str(&words),
            Event::SoftBreak => open.last_mut().expect("a line stands in a block").push(' '),
            Event::Html(tag) => {
                let tag = tag.trim_end();
                let fold =
                    tag.strip_prefix("<details><summary>").and_then(|rest| rest.strip_suffix("</summary>"));
                match fold {
                    Some(fold) if !fold.contains(['<', '&']) => comment.folds.push(fold.to_owned()),
                    _ => assert_eq!(tag, "</details>", "a tag in\n{text}"),
                }
            }
            other => panic!("{other:?} in\n{text}"),
        }
    }
    comment
}

/// Hosts turn bare addresses, mentions and numbers of issues into links once Markdown is read.
fn assert_unlinked(words: &str, text: &str) {
    let lower = words.to_lowercase();
    assert!(!lower.contains("://") && !lower.contains("www."), "an address: {words} in\n{text}");
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        let links = matches!(c, '@' | '#') && chars.peek().is_some_and(|next| next.is_alphanumeric());
        assert!(!links, "a mention: {words} in\n{text}");
    }
}
