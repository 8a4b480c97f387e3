//! "Did you mean": the known word nearest to a wrong one.

/// The candidate most like `word`, if any is like it at all; the first of equals.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', ' '], "_");
    let wanted = plain(word);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let known = plain(candidate);
        let score = if known == wanted { 1.0 } else { strsim::jaro_winkler(&wanted, &known) };
        if score >= 0.82 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Help for a wrong word: the nearest candidate, else all of them where they are few.
pub fn help<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    if let Some(near) = nearest(word, candidates.clone()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let all: Vec<&str> = candidates.into_iter().collect();
    match all.len() {
        0 => None,
        1..=20 => Some(format!("write one of {}", list(all))),
        _ => None,
    }
}

/// Words in backquotes with commas between.
pub fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use crate::domain::policy::suggest::{help, nearest};

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let words = ["unassigned", "order", "access"];
        assert_eq!(nearest("unasigned", words), Some("unassigned"));
        assert_eq!(nearest("Order", words), Some("order"));
        assert_eq!(nearest("zebra", words), None);
        assert_eq!(help("zebra", words).as_deref(), Some("write one of `unassigned`, `order`, `access`"));
    }
}
