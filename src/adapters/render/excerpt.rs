//! One line of source with a caret under what it is about, drawn by `miette`.

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    Severity, SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use crate::adapters::render::paint::{Paint, Sheet};
use crate::adapters::render::text::{escape, is_hidden};
use crate::domain::finding::Site;

/// What a diagnostic says above its excerpt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// `error`.
    Error,
    /// `warning`.
    Warning,
    /// `note`.
    Note,
}

impl Weight {
    /// The word in front of the message.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What is shown: a heading, a message, and a place in a text.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// Its weight.
    pub weight: Weight,
    /// What stands in brackets behind the weight; empty for nothing.
    pub code: &'a str,
    /// The message.
    pub message: &'a str,
    /// The place; its line is 0 where it has none.
    pub site: &'a Site,
    /// The whole text of the file, where it could be read.
    pub text: Option<&'a str>,
    /// A word under the caret; empty for none.
    pub label: &'a str,
}

/// Heading, message and excerpt, ending in a line break.
pub fn draw(shown: Shown<'_>, sheet: Sheet) -> String {
    let line = shown.text.and_then(|text| line(text, shown.site));
    let bare = line.is_none();
    let diagnostic = Drawn {
        message: escape(shown.message).into_owned(),
        weight: shown.weight,
        label: escape(shown.label).into_owned(),
        line,
    };
    let code = if shown.code.is_empty() { String::new() } else { format!("[{}]", escape(shown.code)) };
    let handler =
        GraphicalReportHandler::new_themed(theme(&format!("{}{code}:", shown.weight.word()), sheet.paint))
            .with_width(sheet.width)
            .with_wrap_lines(false)
            .with_context_lines(0)
            .with_links(false);
    let mut drawn = String::new();
    // Writing to a string never fails.
    let _ = handler.render_report(&mut drawn, &diagnostic);
    let mut drawn = drawn.strip_prefix("  ").map_or(drawn.clone(), str::to_owned);
    if bare && !shown.site.file.is_empty() {
        drawn.push_str(&format!("  --> {}\n", crate::adapters::render::text::place(shown.site)));
    }
    drawn
}

/// The most characters of a source line that are shown.
const LONGEST: usize = 160;

/// A line cut out of its file, made safe to show.
#[derive(Debug)]
struct Line {
    /// `file` as it is shown.
    name: String,
    /// The characters shown.
    text: String,
    /// Bytes of `text` under the caret.
    span: SourceSpan,
    /// Line in the file, from 0.
    line: usize,
    /// Column of the caret in the file, from 0.
    column: usize,
}

/// Cuts the first line of a site out of its file.
fn line(text: &str, site: &Site) -> Option<Line> {
    let number = (site.line as usize).checked_sub(1)?;
    let whole = nth_line(text, number)?;
    let whole = if number == 0 { whole.trim_start_matches('\u{feff}') } else { whole };
    let chars: Vec<char> = whole.chars().collect();
    let first = (site.column.max(1) as usize - 1).min(chars.len());
    let last = if site.end_line == site.line { site.end_column as usize } else { chars.len() + 1 };
    let last = last.saturating_sub(1).clamp(first, chars.len());
    // A long line is cut around the caret.
    let from = if chars.len() <= LONGEST { 0 } else { first.saturating_sub(LONGEST / 4) };
    let to = chars.len().min(from + LONGEST);
    let mut shown = String::new();
    let (mut start, mut end) = (0, 0);
    if from > 0 {
        shown.push('…');
    }
    for (at, c) in chars.iter().enumerate().take(to).skip(from) {
        if at == first {
            start = shown.len();
        }
        if *c != '\t' && is_hidden(*c) {
            shown.push_str(&escape(c.encode_utf8(&mut [0; 4])));
        } else {
            shown.push(*c);
        }
        if at < last {
            end = shown.len();
        }
    }
    if first >= to {
        start = shown.len();
    }
    if to < chars.len() {
        shown.push('…');
    }
    let length = end.saturating_sub(start);
    Some(Line {
        name: escape(&site.file).into_owned(),
        text: shown,
        span: SourceSpan::new(start.into(), length),
        line: number,
        column: first,
    })
}

/// A line of a text, from 0, without its break.
fn nth_line(text: &str, number: usize) -> Option<&str> {
    let start = match number.checked_sub(1) {
        None => 0,
        Some(before) => memchr::memchr_iter(b'\n', text.as_bytes()).nth(before)? + 1,
    };
    text.get(start..)?.lines().next()
}

impl SourceCode for Line {
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = SourceSpan::new(0.into(), self.text.len());
        let bytes = self.text.as_bytes();
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            bytes,
            whole,
            self.line,
            self.column,
            1,
        )))
    }
}

/// A finding as `miette` sees it.
#[derive(Debug)]
struct Drawn {
    message: String,
    weight: Weight,
    label: String,
    line: Option<Line>,
}

impl std::fmt::Display for Drawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn {}

impl Diagnostic for Drawn {
    fn severity(&self) -> Option<Severity> {
        Some(match self.weight {
            Weight::Error => Severity::Error,
            Weight::Warning => Severity::Warning,
            Weight::Note => Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.line.as_ref().map(|line| line as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let line = self.line.as_ref()?;
        let label = (!self.label.is_empty()).then(|| self.label.clone());
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(label, line.span))))
    }
}

/// `miette`'s theme with our heading in place of its mark.
fn theme(heading: &str, paint: Paint) -> GraphicalTheme {
    let (mut characters, styles) = match paint {
        Paint::Plain => (ThemeCharacters::ascii(), ThemeStyles::none()),
        Paint::Colour => (ThemeCharacters::unicode(), ThemeStyles::ansi()),
    };
    for mark in [&mut characters.error, &mut characters.warning, &mut characters.advice] {
        heading.clone_into(mark);
    }
    GraphicalTheme { characters, styles }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn shows(text: &str, columns: [u32; 2], expected: Expect) {
        let site = Site {
            file: "src/a.rs".to_owned(),
            line: 2,
            column: columns[0],
            end_line: 2,
            end_column: columns[1],
        };
        let shown = Shown {
            weight: Weight::Error,
            code: "layers",
            message: "no",
            site: &site,
            text: Some(text),
            label: "",
        };
        expected.assert_eq(&draw(shown, Sheet::default()));
    }

    #[test]
    fn the_caret_stands_under_wide_and_escaped_characters() {
        shows(
            "x\n\tlet 日本 = a::B;\n",
            [11, 15],
            expect![[r#"
            error[layers]: no
               ,-[src/a.rs:2:11]
             2 |     let 日本 = a::B;
               :                ^^^^
               `----
        "#]],
        );
        shows(
            "x\nuse \u{1b}[2Ja::B;\n",
            [9, 13],
            expect![[r#"
            error[layers]: no
               ,-[src/a.rs:2:9]
             2 | use \u{1b}[2Ja::B;
               :              ^^^^
               `----
        "#]],
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let text = format!("x\n{}use a::B;{}\n", " ".repeat(300), "y".repeat(300));
        shows(
            &text,
            [305, 309],
            expect![[r#"
            error[layers]: no
               ,-[src/a.rs:2:305]
             2 | …                                    use a::B;yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
               :                                          ^^^^
               `----
        "#]],
        );
    }

    #[test]
    fn a_place_beyond_the_text_is_named_only() {
        shows(
            "x\n",
            [5, 6],
            expect![[r#"
            error[layers]: no
              --> src/a.rs:2:5
        "#]],
        );
        shows(
            "x\nab\n",
            [90, 95],
            expect![[r#"
            error[layers]: no
               ,-[src/a.rs:2:3]
             2 | ab
               `----
        "#]],
        );
    }

    proptest::proptest! {
        #[test]
        fn any_place_in_any_text_is_shown_and_nothing_acts_on_the_terminal(
            text in "(\\PC|[\\t\\r\\n\u{1b}\u{feff}\u{301}日]){0,40}",
            line in 0u32..5, column in 0u32..30, lines in 0u32..2, length in 0u32..30,
        ) {
            let site = Site {
                file: "src/a.rs".to_owned(),
                line,
                column,
                end_line: line + lines,
                end_column: column + length,
            };
            let shown =
                Shown { weight: Weight::Note, code: "x", message: "m", site: &site, text: Some(&text), label: "here" };
            let drawn = draw(shown, Sheet::default());
            proptest::prop_assert!(drawn.starts_with("note[x]: m\n"));
            proptest::prop_assert!(drawn.contains("src/a.rs"));
            proptest::prop_assert!(!drawn.chars().any(|c| c != '\n' && is_hidden(c)), "{drawn:?}");
        }
    }
}
