//! Words on a terminal: escaped, wrapped, counted.

use std::borrow::Cow;
use std::fmt::Write;

use crate::application::select::said;
use crate::domain::finding::{Lost, Site};

/// Text with every character made visible that could move a cursor, hide text or turn it around.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_hidden(c) {
            // Writing to a string never fails.
            let _ = write!(shown, "{}", c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Whether a character acts on a terminal instead of standing on it.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// A node as people ask for it: `crate:sqlx` and `std::fs`, where its id is `ext:sqlx` and `ext:std::fs`.
pub fn named(id: &str) -> String {
    escape(&said(id)).into_owned()
}

/// `file:line:column`, or what of it is known.
pub fn place(site: &Site) -> String {
    let file = escape(&site.file);
    match (site.line, site.column) {
        (0, _) => file.into_owned(),
        (line, 0) => format!("{file}:{line}"),
        (line, column) => format!("{file}:{line}:{column}"),
    }
}

/// A piece that could not be read: its place, where it has one, and why.
pub fn gap_line(lost: &Lost) -> String {
    let reason = escape(&lost.reason);
    if lost.site.file.is_empty() { reason.into_owned() } else { format!("{}: {reason}", place(&lost.site)) }
}

/// `1 module`, `2 modules`, `1,412 items`.
pub fn plural(count: u64, noun: &str) -> String {
    if count == 1 {
        return format!("1 {noun}");
    }
    let many = match noun.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if noun.ends_with("ch") => format!("{noun}es"),
        None => format!("{noun}s"),
    };
    format!("{} {many}", thousands(count))
}

/// A number with a comma at every third digit.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Breaks text at spaces so that lines stay within `width` columns; lines after the first are set
/// in by `indent`, which the first is taken to be set in by already.
pub fn wrap(text: &str, width: usize, indent: usize) -> String {
    let room = width.saturating_sub(indent).max(20);
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let long = word.chars().count();
        if used > 0 && used + 1 + long > room {
            lines.push(" ".repeat(indent));
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += long;
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_made_visible() {
        assert_eq!(escape("a\u{1b}[31mb\nc\u{202e}d"), "a\\u{1b}[31mb\\u{a}c\\u{202e}d");
        assert!(matches!(escape("größe 日本"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_lies_outside_is_called_as_it_is_asked_for() {
        let names = ["shop::db", "ext:sqlx::Pool", "ext:std::fs"].map(named);
        assert_eq!(names, ["shop::db", "crate:sqlx::Pool", "std::fs"]);
    }

    #[test]
    fn counts_read_well() {
        assert_eq!(plural(1, "module"), "1 module");
        assert_eq!(plural(1412, "item"), "1,412 items");
        assert_eq!(plural(0, "dependency"), "0 dependencies");
        assert_eq!(plural(2, "breach"), "2 breaches");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(thousands(123), "123");
    }

    #[test]
    fn lines_break_at_words_and_hang() {
        assert_eq!(wrap("one two three four five six", 22, 2), "one two three four\n  five six");
    }
}
