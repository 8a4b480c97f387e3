//! What a comment says: `allow(RULE, OTHER, until = "2027-03-01") reason`.

use crate::domain::policy::day::Day;
use crate::domain::policy::role::Role;
use crate::domain::policy::suggest;

/// Rules that are silenced for a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Names of the rules; never empty.
    pub names: Vec<String>,
    /// The last day on which they are.
    pub until: Option<Day>,
    /// Why; never empty.
    pub reason: String,
}

/// What is wrong with such a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do, in the imperative.
    pub help: String,
}

/// First words of directives that say something else.
const OTHERS: [&str; 2] = ["role", "tags"];

/// Reads what follows `archlint:`. What is wrong silences nothing; other directives are neither.
pub fn read(text: &str) -> (Option<Allowance>, Vec<Fault>) {
    let word: &str = text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').next().unwrap_or("");
    if OTHERS.contains(&word) {
        return (None, unknown_role(text).into_iter().collect());
    }
    match allowance(text, word) {
        Ok(allowance) => (Some(allowance), Vec::new()),
        Err((message, help)) => (None, vec![Fault { message, help: help.to_owned() }]),
    }
}

/// The fault of `role = …` that names no role.
fn unknown_role(text: &str) -> Option<Fault> {
    let given = text.strip_prefix("role")?.trim_start().strip_prefix('=')?.trim().trim_matches('"');
    if Role::from_word(given).is_some() {
        return None;
    }
    let roles = Role::ALL.map(Role::word);
    let help = suggest::help(given, roles).unwrap_or_else(|| format!("name one of: {}", roles.join(", ")));
    Some(Fault { message: format!("there is no role `{given}`"), help })
}

const EXAMPLE: &str = "write `archlint: allow(layers) why it may stay`";

type Wrong = (String, &'static str);

fn allowance(text: &str, word: &str) -> Result<Allowance, Wrong> {
    if word != "allow" {
        let what = if word.is_empty() { text } else { word };
        return Err((format!("`archlint:` is followed by `{what}`, which means nothing"), EXAMPLE));
    }
    let rest = text[word.len()..].trim_start();
    let Some(rest) = rest.strip_prefix('(') else {
        return Err(("`allow` names no rule".to_owned(), EXAMPLE));
    };
    let Some((inside, rest)) = closed(rest) else {
        return Err(("the bracket after `allow` is never closed".to_owned(), EXAMPLE));
    };
    let mut names: Vec<String> = Vec::new();
    let mut until = None;
    for part in parts(inside) {
        match until_of(part) {
            Some(day) => until = Some(day_of(day)?),
            None => {
                let name = part.trim_matches('"').to_owned();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }
    if names.is_empty() {
        return Err(("`allow` names no rule".to_owned(), EXAMPLE));
    }
    let mut reason = rest.trim();
    if let Some((day, behind)) = until_of(reason).and_then(|day| day.strip_prefix('"')?.split_once('"')) {
        until = Some(day_of(day)?);
        reason = behind.trim();
    }
    let reason = reason.trim_start_matches([':', '-', '\u{2013}', '\u{2014}', ' ', ',']).to_owned();
    if reason.is_empty() {
        let names = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        return Err((format!("{names} is silenced without a reason"), "say why behind the bracket"));
    }
    Ok(Allowance { names, until, reason })
}

/// The text up to the closing bracket, and what follows it; brackets in quotes do not count.
fn closed(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let end = text.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == ')' && !quoted).then_some(at)
    })?;
    Some((&text[..end], &text[end + 1..]))
}

/// Parts between commas that are not in quotes; none is empty.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let split = text.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    split.map(str::trim).filter(|part| !part.is_empty())
}

/// What `until` is set to, if this sets it.
fn until_of(part: &str) -> Option<&str> {
    part.strip_prefix("until")?.trim_start().strip_prefix('=').map(str::trim)
}

fn day_of(text: &str) -> Result<Day, Wrong> {
    let day = text.trim_matches('"');
    Day::parse(day).ok_or_else(|| (format!("`{day}` is no day"), "write it as `until = \"2027-03-01\"`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        let (allowance, faults) = read(text);
        assert_eq!(allowance, None, "{text}");
        faults.into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn names_day_and_reason_are_read() {
        let (allowance, faults) =
            read("allow(layers, \"no circles, ever\", until = \"2027-03-01\"): with v2");
        let allowance = allowance.expect("it is whole");
        assert_eq!(faults, []);
        assert_eq!(allowance.names, ["layers", "no circles, ever"]);
        assert_eq!(allowance.until, Day::parse("2027-03-01"));
        assert_eq!(allowance.reason, "with v2");
        let (behind, _) = read("allow(only adapters touch SQL) until = \"2027-03-01\" with v2");
        let behind = behind.expect("it is whole");
        assert_eq!((behind.names.len(), behind.until, &*behind.reason), (1, allowance.until, "with v2"));
    }

    #[test]
    fn what_is_wrong_is_told_and_silences_nothing() {
        assert_eq!(fault("allow(layers)"), "`layers` is silenced without a reason");
        assert_eq!(fault("allow() why"), "`allow` names no rule");
        assert_eq!(fault("allow layers why"), "`allow` names no rule");
        assert_eq!(fault("allow(layers why"), "the bracket after `allow` is never closed");
        assert_eq!(fault("alow(layers) why"), "`archlint:` is followed by `alow`, which means nothing");
        assert_eq!(fault("allow(layers, until = \"soon\") why"), "`soon` is no day");
        assert_eq!(read("role = adapter"), (None, Vec::new()));
        assert_eq!(fault("role = adaptor"), "there is no role `adaptor`");
    }
}
