//! Words in Markdown: code, and text that is no markup.

use crate::adapters::render::text::escape;

/// Text in which what stands between backticks is code and nothing else is markup.
pub(super) fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let parts: Vec<&str> = text.split('`').collect();
    for (at, part) in parts.iter().enumerate() {
        let closed = at + 1 < parts.len();
        match at % 2 {
            1 if closed && !part.is_empty() => out.push_str(&code(part)),
            1 => out.push_str(&plain(&format!("`{part}"))),
            _ => out.push_str(&plain(part)),
        }
    }
    out
}

/// Text without any markup: nothing of it is a link, a tag, a mention or an emphasis.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in escape(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // Mentions, numbers of issues and bare addresses are linked after all escapes are gone.
            '@' | '#' => out.extend([c, '\u{200b}']),
            ':' => out.push_str(":\u{200b}"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '!' | '|' | '~' | '$' => {
                out.extend(['\\', c])
            }
            _ => out.push(c),
        }
    }
    // A word before `: ` is no address, and `www.` is one without any.
    let out = out.replace(":\u{200b} ", ": ");
    if out.to_ascii_lowercase().contains("www.") {
        return out.replace("www.", "www\u{200b}.").replace("WWW.", "WWW\u{200b}.");
    }
    out
}

/// A span of code that no character of the text can end.
pub(super) fn code(text: &str) -> String {
    let text = escape(text);
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    match longest {
        0 => format!("{fence}{text}{fence}"),
        _ => format!("{fence} {text} {fence}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_code_or_text_and_nothing_else() {
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(words("an `odd tick"), "an \\`odd tick");
        assert_eq!(words("see https://x.y"), "see https:\u{200b}//x.y");
        assert_eq!(words("see www.x.y"), "see www\u{200b}.x.y");
        assert_eq!(words("a `b` <c> @d"), "a `b` &lt;c&gt; @\u{200b}d");
    }
}
