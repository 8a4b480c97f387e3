//! String literals worth a look: statements in SQL and addresses of hosts.

use crate::domain::source::deeds::{Sql, SqlVerb, TextForm};

/// Words that a statement starts with.
const VERBS: [(&str, SqlVerb); 12] = [
    ("SELECT", SqlVerb::Read),
    ("WITH", SqlVerb::Read),
    ("INSERT", SqlVerb::Write),
    ("UPDATE", SqlVerb::Write),
    ("DELETE", SqlVerb::Write),
    ("MERGE", SqlVerb::Write),
    ("REPLACE", SqlVerb::Write),
    ("BEGIN", SqlVerb::Begin),
    ("START TRANSACTION", SqlVerb::Begin),
    ("CREATE", SqlVerb::Define),
    ("ALTER", SqlVerb::Define),
    ("DROP", SqlVerb::Define),
];

/// One of these follows in a statement.
const OBJECTS: [&str; 6] = ["FROM", "INTO", "SET", "VALUES", "TABLE", "TRANSACTION"];

/// What must follow some verbs at once: `Delete a room from the list` is a sentence.
const NEXT: [(&str, &[&str]); 3] = [
    ("INSERT", &["INTO", "OR", "IGNORE", "OVERWRITE"]),
    ("DELETE", &["FROM", "IGNORE", "LOW_PRIORITY", "QUICK", "TOP"]),
    ("MERGE", &["INTO", "TOP"]),
];

/// Longer than what any of the words above needs.
const SHORTEST: usize = 12;

/// What a literal is, if it is worth a look.
pub(super) fn form(literal: &[u8]) -> Option<TextForm> {
    if literal.len() < SHORTEST {
        return None;
    }
    let open = literal.iter().take(8).position(|byte| *byte == b'"')?;
    let inner = &literal[open + 1..];
    let start = inner.iter().position(|byte| !byte.is_ascii_whitespace())?;
    match inner[start].to_ascii_uppercase() {
        b'H' => host(&inner[start..]),
        b'S' | b'W' | b'I' | b'U' | b'D' | b'M' | b'R' | b'B' | b'C' | b'A' => {
            sql(&inner[start..]).map(TextForm::Sql)
        }
        _ => None,
    }
}

/// `https://name.tld`, but nothing on this machine.
fn host(text: &[u8]) -> Option<TextForm> {
    let rest = text.strip_prefix(b"https://").or_else(|| text.strip_prefix(b"http://"))?;
    let name: &[u8] = rest.split(|byte| matches!(byte, b'/' | b':' | b'"' | b'?')).next()?;
    let open = name.contains(&b'.')
        && name.iter().any(u8::is_ascii_alphabetic)
        && !name.contains(&b'{')
        && !name.ends_with(b".local");
    open.then_some(TextForm::Host)
}

fn sql(text: &[u8]) -> Option<Sql> {
    let (word, verb) = VERBS.iter().find(|(word, _)| starts_with_word(text, word.as_bytes()))?;
    let written = text;
    let text = String::from_utf8_lossy(text).to_ascii_uppercase();
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let has = |word: &str| words.contains(&word);
    let after = words.iter().skip(word.split(' ').count());
    let object = after.clone().find(|word| OBJECTS.contains(word));
    let next = NEXT.iter().find(|(verb, _)| verb == word).map(|(_, next)| *next);
    let fits = next.is_none_or(|next| after.clone().next().is_some_and(|word| next.contains(word)));
    if (object.is_none() || !fits || is_sentence(written)) && *verb != SqlVerb::Begin {
        return None;
    }
    if *verb == SqlVerb::Begin && words.len() > 4 {
        return None;
    }
    let writes = || ["INSERT", "UPDATE", "DELETE"].iter().any(|word| has(word));
    let verb = if *word == "WITH" && writes() { SqlVerb::Write } else { *verb };
    let pair = |first: &str, second: &str| words.windows(2).any(|pair| pair == [first, second]);
    Some(Sql {
        verb,
        complex: has("JOIN")
            || pair("GROUP", "BY")
            || ["COUNT", "SUM", "AVG", "MIN", "MAX"].iter().any(|word| has(word)),
        guarded: pair("FOR", "UPDATE")
            || has("SERIALIZABLE")
            || pair("REPEATABLE", "READ")
            || pair("ON", "CONFLICT")
            || has("UNIQUE")
            || words.iter().skip_while(|word| **word != "WHERE").any(|word| word.contains("VERSION")),
        limited: has("LIMIT") || has("FETCH") || has("OFFSET"),
    })
}

/// Whether a text starts like a sentence: one capital, and its next word small.
fn is_sentence(text: &[u8]) -> bool {
    let mut words = text.split(|byte| !byte.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let small = |word: &[u8]| word.iter().skip(1).all(u8::is_ascii_lowercase);
    first[0].is_ascii_uppercase()
        && small(first)
        && words.next().is_some_and(|next| next[0].is_ascii_lowercase())
}

fn starts_with_word(text: &[u8], word: &[u8]) -> bool {
    text.len() > word.len()
        && text[..word.len()].eq_ignore_ascii_case(word)
        && !(text[word.len()].is_ascii_alphanumeric() || text[word.len()] == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verb(text: &str) -> Option<SqlVerb> {
        match form(text.as_bytes()) {
            Some(TextForm::Sql(sql)) => Some(sql.verb),
            _ => None,
        }
    }

    #[test]
    fn statements_are_known_by_their_first_word_and_an_object() {
        assert_eq!(verb("\"select id from rooms\""), Some(SqlVerb::Read));
        assert_eq!(verb("r#\"\n  UPDATE rooms SET a = 1\"#"), Some(SqlVerb::Write));
        assert_eq!(verb("\"WITH x AS (SELECT 1) DELETE FROM t\""), Some(SqlVerb::Write));
        assert_eq!(verb("\"BEGIN TRANSACTION\""), Some(SqlVerb::Begin));
        assert_eq!(verb("\"Update the settings of the room\""), None);
        assert_eq!(verb("\"selected from a list\""), None);
        assert_eq!(verb("\"Select a room from the list\""), None);
        assert_eq!(verb("\"delete room {:?} from the file\""), None);
        assert_eq!(verb("\"Insert Into rooms Values (1)\""), Some(SqlVerb::Write));
        assert_eq!(verb("\"Drop it like it is hot\""), None);
    }

    #[test]
    fn what_guards_and_joins_is_seen() {
        let Some(TextForm::Sql(sql)) = form(b"\"UPDATE r SET version = 2 WHERE id = 1 AND version = 1\"")
        else {
            panic!("a statement")
        };
        assert!(sql.guarded && !sql.complex);
        let Some(TextForm::Sql(sql)) =
            form(b"\"SELECT a, COUNT(b) FROM r LEFT JOIN s ON 1 GROUP BY a LIMIT 3\"")
        else {
            panic!("a statement")
        };
        assert!(sql.complex && sql.limited && !sql.guarded);
    }

    #[test]
    fn hosts_in_the_open_are_told_from_this_machine() {
        assert_eq!(form(b"\"https://api.example.org/v1\""), Some(TextForm::Host));
        assert_eq!(form(b"\"http://localhost:8080/\""), None);
        assert_eq!(form(b"\"https://{host}.org/v1\""), None);
    }
}
