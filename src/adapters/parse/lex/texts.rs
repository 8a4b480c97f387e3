//! String literals worth a look: statements in SQL and addresses of hosts.

use crate::domain::source::deeds::{Sql, SqlVerb, TextForm};
use crate::domain::source::vocabulary::SqlWords;

/// Words that stand before a noun in a sentence, and before no table or column in a statement.
const ARTICLES: [&str; 11] =
    ["THE", "A", "AN", "YOUR", "ITS", "THIS", "THAT", "THESE", "EACH", "ANY", "EVERY"];

/// Kinds of things that a statement creates, alters or drops; what may stand before them is left out.
const DEFINED: [&str; 12] = [
    "TABLE",
    "INDEX",
    "VIEW",
    "TRIGGER",
    "TYPE",
    "EXTENSION",
    "SCHEMA",
    "DATABASE",
    "SEQUENCE",
    "FUNCTION",
    "ROLE",
    "DOMAIN",
];

/// So many words may stand between `SELECT` and `FROM` with nothing but blanks between them:
/// `SELECT DISTINCT name alias FROM`.
const BARE_COLUMNS: usize = 3;

/// Longer than what any of the words above needs.
const SHORTEST: usize = 12;

/// Whether a literal may be one of these: long enough, and starting with a letter.
pub fn is_worth_a_look(literal: &[u8]) -> bool {
    literal.len() >= SHORTEST && inner(literal).is_some_and(|inner| inner[0].is_ascii_alphabetic())
}

/// What a literal is, if it is worth a look.
pub fn form(literal: &[u8], words: &SqlWords) -> Option<TextForm> {
    let inner = inner(literal)?;
    match inner[0].eq_ignore_ascii_case(&b'h').then(|| host(inner)).flatten() {
        None if words.starts_with(inner[0]) => sql(inner, words).map(TextForm::Sql),
        form => form,
    }
}

/// The text of a literal without its quote and blanks before it; not empty.
fn inner(literal: &[u8]) -> Option<&[u8]> {
    let open = literal.iter().take(8).position(|byte| *byte == b'"')?;
    let inner = &literal[open + 1..];
    let start = inner.iter().position(|byte| !byte.is_ascii_whitespace())?;
    Some(&inner[start..])
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

fn sql(text: &[u8], known: &SqlWords) -> Option<Sql> {
    let (word, verb) = known.verbs.iter().find(|(word, _)| starts_with_word(text, word.as_bytes()))?;
    // `Select` starts a sentence; statements shout or whisper.
    if text[0].is_ascii_uppercase() && text[1].is_ascii_lowercase() {
        return None;
    }
    let text = String::from_utf8_lossy(text).to_ascii_uppercase();
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    if !is_statement((word, *verb), &text, &words, known) {
        return None;
    }
    let is_write =
        |word: &str| known.verbs.iter().any(|(verb, form)| *form == SqlVerb::Write && verb == word);
    // `REPLACE(…)` is a function, too.
    let writes =
        words.windows(2).any(|pair| is_write(pair[0]) && (pair[0] != "REPLACE" || pair[1] == "INTO"));
    let verb = if word == "WITH" && writes { SqlVerb::Write } else { *verb };
    let has = |lists: &[Vec<String>]| {
        let is_there =
            |list: &Vec<String>| words.windows(list.len().max(1)).any(|part| part == list.as_slice());
        lists.iter().any(is_there)
    };
    Some(Sql {
        verb,
        complex: has(&known.complex),
        guarded: has(&known.guards)
            || words.iter().skip_while(|word| **word != "WHERE").any(|word| word.contains("VERSION")),
        limited: has(&known.limits),
    })
}

/// Whether what follows a verb is what follows it in SQL, and not in a sentence; all in upper case.
fn is_statement((verb, form): (&str, SqlVerb), text: &str, words: &[&str], known: &SqlWords) -> bool {
    let rest = &words[1..];
    let at = |word: &str| rest.iter().position(|one| *one == word);
    let is_name = |word: &str| !ARTICLES.contains(&word);
    // A table may be left to a placeholder, of which no word is seen.
    let names = |place: usize| rest.get(place).is_none_or(|word| is_name(word));
    match verb {
        "SELECT" => match at("FROM") {
            Some(from) => {
                let columns = text.split("FROM").next().unwrap_or_default();
                let listed = columns.contains([',', '*', '(', '.', '{', '$', '_', '"', '`']);
                (names(0) || columns.contains(',')) && names(from + 1) && (listed || from <= BARE_COLUMNS)
            }
            None => at("INTO").or(at("VALUES")).is_some(),
        },
        "WITH" => {
            at("AS").is_some_and(|at| at < 12)
                && text.contains('(')
                && ["SELECT", "INSERT", "UPDATE", "DELETE"].iter().any(|verb| at(verb).is_some())
        }
        // `INSERT OR REPLACE INTO`, `INSERT IGNORE INTO`.
        "INSERT" | "REPLACE" | "MERGE" => at("INTO").is_some_and(|into| {
            names(into + 1)
                && rest[..into].iter().all(|word| {
                    matches!(
                        *word,
                        "OR" | "IGNORE" | "REPLACE" | "LOW_PRIORITY" | "ABORT" | "FAIL" | "ROLLBACK"
                    )
                })
        }),
        // `UPDATE ONLY public.rooms AS r SET`.
        "UPDATE" => at("SET").is_some_and(|set| set <= 6 && names(0)),
        "DELETE" => at("FROM").is_some_and(|from| from <= 1 && names(0) && names(from + 1)),
        "CREATE" | "ALTER" | "DROP" => {
            let object = rest.iter().position(|word| DEFINED.contains(word));
            let whole = |object: usize| verb == "DROP" || text.contains('(') || rest.len() > object + 2;
            object.is_some_and(|object| object <= 3 && names(0) && names(object + 1) && whole(object))
        }
        // `BEGIN`, `BEGIN IMMEDIATE TRANSACTION`.
        _ if form == SqlVerb::Begin => words.len() <= 4,
        // `UPSERT INTO rooms VALUES`, where somebody taught it.
        _ => rest.iter().any(|word| known.continues.iter().any(|one| one == word)),
    }
}

fn starts_with_word(text: &[u8], word: &[u8]) -> bool {
    text.len() > word.len()
        && text[..word.len()].eq_ignore_ascii_case(word)
        && !(text[word.len()].is_ascii_alphanumeric() || text[word.len()] == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::config::vocabulary;

    fn known(literal: &[u8]) -> Option<TextForm> {
        form(literal, &vocabulary().sql)
    }

    fn verb(text: &str) -> Option<SqlVerb> {
        match known(text.as_bytes()) {
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
        assert_eq!(verb("\"Drop it like it is hot\""), None);
    }

    #[test]
    fn statements_of_all_kinds() {
        for read in [
            "SELECT * FROM rooms",
            "select distinct name from rooms r where r.id = ?",
            "SELECT {} FROM {}",
            "SELECT r.id, count(*) from rooms",
            "WITH free AS (SELECT id FROM rooms) SELECT id FROM free",
        ] {
            assert_eq!(verb(&format!("\"{read}\"")), Some(SqlVerb::Read), "{read}");
        }
        for write in [
            "INSERT INTO rooms (id) VALUES ($1)",
            "insert or replace into rooms values (?)",
            "REPLACE INTO rooms VALUES (1)",
            "UPDATE ONLY public.rooms AS r SET a = 1",
            "update {} set free = true",
            "DELETE FROM rooms WHERE id = $1",
        ] {
            assert_eq!(verb(&format!("\"{write}\"")), Some(SqlVerb::Write), "{write}");
        }
        for define in [
            "CREATE TABLE IF NOT EXISTS rooms (id INT)",
            "create unique index i on rooms (id)",
            "DROP TABLE rooms",
        ] {
            assert_eq!(verb(&format!("\"{define}\"")), Some(SqlVerb::Define), "{define}");
        }
    }

    #[test]
    fn sentences_are_no_statements() {
        for text in [
            "Insert a new entry into a single record",
            "insert a new entry into a record",
            "Delete a variable from memory",
            "delete the table from the database",
            "Select columns from the input",
            "select every second item from rows of the table",
            "Replace column with different values of same type",
            "replace all occurrences of values in a table",
            "update the settings with a new set",
            "with this you can select from the list",
            "create a table from a list of values",
            "drop the first row from a table",
            "begin by reading the documentation from the start",
        ] {
            assert_eq!(verb(&format!("\"{text}\"")), None, "{text}");
        }
    }

    #[test]
    fn what_guards_and_joins_is_seen() {
        let Some(TextForm::Sql(sql)) = known(b"\"UPDATE r SET version = 2 WHERE id = 1 AND version = 1\"")
        else {
            panic!("a statement")
        };
        assert!(sql.guarded && !sql.complex);
        let Some(TextForm::Sql(sql)) =
            known(b"\"SELECT a, COUNT(b) FROM r LEFT JOIN s ON 1 GROUP BY a LIMIT 3\"")
        else {
            panic!("a statement")
        };
        assert!(sql.complex && sql.limited && !sql.guarded);
    }

    #[test]
    fn hosts_in_the_open_are_told_from_this_machine() {
        assert_eq!(known(b"\"https://api.example.org/v1\""), Some(TextForm::Host));
        assert_eq!(known(b"\"http://localhost:8080/\""), None);
        assert_eq!(known(b"\"https://{host}.org/v1\""), None);
    }

    #[test]
    fn what_is_taught_is_a_statement_with_a_word_that_continues_it() {
        let mut words = vocabulary().sql;
        words.verbs.push(("UPSERT".to_owned(), SqlVerb::Write));
        let is_write = |text: &[u8]| matches!(form(text, &words), Some(TextForm::Sql(sql)) if sql.verb == SqlVerb::Write);
        assert!(is_write(b"\"UPSERT INTO rooms (id) VALUES ($1)\""));
        assert!(!is_write(b"\"upsert what you like\""));
        assert_eq!(verb("\"UPSERT INTO rooms (id) VALUES ($1)\""), None);
    }
}
