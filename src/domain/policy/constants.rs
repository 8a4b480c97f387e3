//! Constants by name, as `rules/model.toml` and what a workspace changes of it give them.

use std::collections::BTreeMap;

use crate::domain::policy::arithmetic::Ramp;

/// The value of a constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A word.
    Word(String),
    /// A list of numbers.
    Numbers(Vec<f64>),
    /// A list of words.
    Words(Vec<String>),
    /// Constants below it.
    Table(Constants),
}

/// A table of constants, sorted by name.
///
/// A workspace can change values but can neither remove a key nor change its type, so that a name
/// which stands in `rules/model.toml` is always there. Asking for any other is a fault of the code,
/// hence the panics.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constants {
    /// Where the table stands, `purity.infra_free_items`; empty for the whole file.
    pub path: String,
    /// Its constants by name.
    pub entries: BTreeMap<String, Constant>,
}

impl Constants {
    /// A number.
    ///
    /// # Panics
    /// Where the table has no such number.
    pub fn number(&self, key: &str) -> f64 {
        match self.entries.get(key) {
            Some(Constant::Number(value)) => *value,
            _ => self.lacks("number", key),
        }
    }

    /// A number, where there is one.
    pub fn number_if_any(&self, key: &str) -> Option<f64> {
        match self.entries.get(key) {
            Some(Constant::Number(value)) => Some(*value),
            _ => None,
        }
    }

    /// A number that counts something: its whole part, never below 0.
    ///
    /// # Panics
    /// Where the table has no such number.
    pub fn count(&self, key: &str) -> u32 {
        self.number(key) as u32
    }

    /// Yes or no.
    ///
    /// # Panics
    /// Where the table has no such flag.
    pub fn flag(&self, key: &str) -> bool {
        match self.entries.get(key) {
            Some(Constant::Flag(value)) => *value,
            _ => self.lacks("flag", key),
        }
    }

    /// A word.
    ///
    /// # Panics
    /// Where the table has no such word.
    pub fn word(&self, key: &str) -> &str {
        match self.entries.get(key) {
            Some(Constant::Word(value)) => value,
            _ => self.lacks("word", key),
        }
    }

    /// A list of words; may be empty.
    ///
    /// # Panics
    /// Where the table has no such list.
    pub fn words(&self, key: &str) -> &[String] {
        match self.entries.get(key) {
            Some(Constant::Words(values)) => values,
            // A list without entries could be one of either.
            Some(Constant::Numbers(values)) if values.is_empty() => &[],
            _ => self.lacks("list of words", key),
        }
    }

    /// Whether a list of words has this one.
    ///
    /// # Panics
    /// Where the table has no such list.
    pub fn lists(&self, key: &str, word: &str) -> bool {
        self.words(key).iter().any(|known| known == word)
    }

    /// Whether a text has a word of a list in it.
    ///
    /// # Panics
    /// Where the table has no such list.
    pub fn is_within(&self, key: &str, text: &str) -> bool {
        self.words(key).iter().any(|word| text.contains(word.as_str()))
    }

    /// Whether a text ends in a word of a list.
    ///
    /// # Panics
    /// Where the table has no such list.
    pub fn is_end_of(&self, key: &str, text: &str) -> bool {
        self.words(key).iter().any(|word| text.ends_with(word.as_str()))
    }

    /// A list of numbers.
    ///
    /// # Panics
    /// Where the table has no such list.
    pub fn numbers(&self, key: &str) -> &[f64] {
        match self.entries.get(key) {
            Some(Constant::Numbers(values)) => values,
            _ => self.lacks("list of numbers", key),
        }
    }

    /// A ramp, written as its two ends.
    ///
    /// # Panics
    /// Where the table has no list of two numbers of that name.
    pub fn ramp(&self, key: &str) -> Ramp {
        match self.numbers(key) {
            [from, to] => Ramp::new(*from, *to),
            _ => self.lacks("ramp", key),
        }
    }

    /// The constants below a name.
    ///
    /// # Panics
    /// Where there is no such table.
    pub fn table(&self, key: &str) -> &Constants {
        match self.entries.get(key) {
            Some(Constant::Table(table)) => table,
            _ => self.lacks("table", key),
        }
    }

    /// What a path of names leads to, `purity.infra_free_items.ramp`.
    pub fn at(&self, path: &str) -> Option<&Constant> {
        match path.split_once('.') {
            None => self.entries.get(path),
            Some((first, rest)) => match self.entries.get(first)? {
                Constant::Table(table) => table.at(rest),
                _ => None,
            },
        }
    }

    fn lacks(&self, what: &str, key: &str) -> ! {
        panic!("`rules/model.toml` has no {what} `{key}` in `{}`", self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Constants {
        let inner = Constants {
            path: "a.b".to_owned(),
            entries: BTreeMap::from([
                ("ramp".to_owned(), Constant::Numbers(vec![0.5, 1.0])),
                ("limit".to_owned(), Constant::Number(7.9)),
            ]),
        };
        let entries = BTreeMap::from([
            ("b".to_owned(), Constant::Table(inner)),
            ("on".to_owned(), Constant::Flag(true)),
            ("names".to_owned(), Constant::Words(vec!["x".to_owned()])),
            ("mode".to_owned(), Constant::Word("free".to_owned())),
        ]);
        Constants { path: "a".to_owned(), entries }
    }

    #[test]
    fn values_are_found_by_name_and_by_path() {
        let table = sample();
        assert_eq!(table.table("b").ramp("ramp"), Ramp::new(0.5, 1.0));
        assert_eq!(table.table("b").count("limit"), 7);
        assert_eq!(table.table("b").number_if_any("nothing"), None);
        assert!(table.flag("on"));
        assert_eq!((table.word("mode"), table.words("names")), ("free", &["x".to_owned()][..]));
        assert_eq!(table.at("b.limit"), Some(&Constant::Number(7.9)));
        assert_eq!(table.at("b.limit.more"), None);
        assert_eq!(table.at("c.limit"), None);
    }

    #[test]
    #[should_panic(expected = "has no number `mode` in `a`")]
    fn a_name_that_does_not_stand_there_is_a_fault_of_the_code() {
        sample().number("mode");
    }
}
