//! The target of a link, where it is the path of an item.

use crate::domain::source::facts::Namespace;

/// Words in front of a path, as in `struct@Path`, that say what it names.
const KINDS: [(&str, Namespace); 28] = [
    ("attr", Namespace::Macro),
    ("attribute", Namespace::Macro),
    ("const", Namespace::Value),
    ("constant", Namespace::Value),
    ("derive", Namespace::Macro),
    ("enum", Namespace::Type),
    ("field", Namespace::Value),
    ("fn", Namespace::Value),
    ("function", Namespace::Value),
    ("macro", Namespace::Macro),
    ("method", Namespace::Value),
    ("mod", Namespace::Type),
    ("module", Namespace::Type),
    ("prim", Namespace::Type),
    ("primitive", Namespace::Type),
    ("static", Namespace::Value),
    ("struct", Namespace::Type),
    ("trait", Namespace::Type),
    ("traitalias", Namespace::Type),
    ("tyalias", Namespace::Type),
    ("typealias", Namespace::Type),
    ("type", Namespace::Type),
    ("union", Namespace::Type),
    ("value", Namespace::Value),
    ("variant", Namespace::Value),
    ("fields", Namespace::Value),
    ("derivemacro", Namespace::Macro),
    ("decl_macro", Namespace::Macro),
];

/// The words of the path that a link leads to, what it names, and whether it starts with `::`; none
/// where it leads elsewhere, to a page or a word of prose.
pub(super) fn path(target: &str) -> Option<(Vec<String>, Namespace, bool)> {
    let target = target.trim().trim_matches('`').trim();
    let target = target.split('#').next().unwrap_or(target);
    if target.contains('/') || target.ends_with(".html") {
        return None;
    }
    let (kind, target) = match target.split_once('@') {
        Some((kind, rest)) => (Some(KINDS.iter().find(|(word, _)| *word == kind)?.1), rest),
        None => (None, target),
    };
    let target = target.trim();
    let (by_end, target) = match target {
        _ if target.ends_with("()") => (Some(Namespace::Value), target.strip_suffix("()")?),
        _ if target.ends_with("!()") || target.ends_with("!{}") || target.ends_with("![]") => {
            (Some(Namespace::Macro), target.get(..target.len() - 3)?)
        }
        _ if target.ends_with('!') => (Some(Namespace::Macro), target.strip_suffix('!')?),
        _ if target.ends_with("{}") => (None, target.strip_suffix("{}")?),
        _ => (None, target),
    };
    // `name!()` ends like a call too.
    let (by_end, target) = match target.strip_suffix('!') {
        Some(name) => (Some(Namespace::Macro), name),
        None => (by_end, target),
    };
    let target = without_generics(target)?;
    let (global, target) = match target.strip_prefix("::") {
        Some(rest) => (true, rest),
        None => (false, target.as_str()),
    };
    let words: Vec<String> =
        target.split("::").map(|word| word.strip_prefix("r#").unwrap_or(word).to_owned()).collect();
    let is_word = |word: &String| {
        word.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && word.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    let known = words.iter().all(is_word);
    known.then(|| (words, kind.or(by_end).unwrap_or(Namespace::Type), global))
}

/// A path less what stands in angle brackets; none where they do not match.
fn without_generics(path: &str) -> Option<String> {
    if !path.contains('<') {
        return Some(path.to_owned());
    }
    let mut depth = 0u32;
    let mut plain = String::with_capacity(path.len());
    for letter in path.chars() {
        match letter {
            '<' => depth += 1,
            '>' => depth = depth.checked_sub(1)?,
            _ if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    let plain = plain.trim_end_matches("::").replace("::::", "::");
    (depth == 0 && !plain.is_empty()).then_some(plain)
}
