//! Did you mean: the known word nearest to an unknown one.

/// The candidate nearest to `word`, where one is near enough to be meant.
///
/// Paths are compared whole and by their last segment, so that `domain::ordr` finds
/// `shop::domain::order`.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let mut best: Option<(f64, &'a str)> = None;
    for candidate in candidates {
        let likeness = likeness(&lower, &candidate.to_lowercase());
        let better = match best {
            None => true,
            Some((most, known)) => likeness > most || (likeness == most && candidate < known),
        };
        if better {
            best = Some((likeness, candidate));
        }
    }
    best.filter(|(likeness, _)| *likeness >= NEAR).map(|(_, candidate)| candidate)
}

/// `; did you mean …` as help, empty where nothing is near.
pub fn did_you_mean<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|found| format!("did you mean `{found}`?"))
}

/// Below this likeness a word is no suggestion.
const NEAR: f64 = 0.6;

/// How alike two words are, 0 to 1.
fn likeness(word: &str, candidate: &str) -> f64 {
    let whole = strsim::normalized_damerau_levenshtein(word, candidate);
    let (Some(last), Some(ending)) = (word.rsplit("::").next(), candidate.rsplit("::").next()) else {
        return whole;
    };
    // A path that ends alike is meant sooner than one that merely is as long.
    let tail = strsim::normalized_damerau_levenshtein(last, ending) * 0.9;
    whole.max(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_and_a_shortened_path_are_understood() {
        let known = ["shop::domain::order", "shop::adapters", "shop"];
        assert_eq!(nearest("shop::domain::ordr", known.into_iter()), Some("shop::domain::order"));
        assert_eq!(nearest("domain::order", known.into_iter()), Some("shop::domain::order"));
        assert_eq!(nearest("Shop", known.into_iter()), Some("shop"));
        assert_eq!(nearest("zzzzz", known.into_iter()), None);
    }
}
