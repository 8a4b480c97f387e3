//! Did you mean: the known name nearest to an unknown one, also where it is a path.

use crate::domain::policy::suggest;

/// The candidate nearest to `word`, where one is near enough to be meant.
///
/// Paths are compared whole, then by their last segments, so that `domain::ordr` finds
/// `shop::domain::order`.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = candidates.collect();
    let whole = word.matches("::").count() + 1;
    for segments in (1..=whole).rev() {
        let wanted = ending(word, segments);
        // Of a part of a path alone, what merely begins like it is not meant.
        let longest = if segments == whole { usize::MAX } else { 2 * wanted.len() };
        let endings = known.iter().map(|path| ending(path, segments));
        let near = suggest::nearest(wanted, endings.filter(|end| end.len() <= longest));
        let found = near.and_then(|near| known.iter().find(|path| ending(path, segments) == near));
        if let Some(found) = found {
            return Some(found);
        }
    }
    None
}

/// Help that names the nearest candidate; none where nothing is near.
pub fn did_you_mean<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|found| format!("did you mean `{found}`?"))
}

/// The last segments of a path.
fn ending(path: &str, segments: usize) -> &str {
    match path.rmatch_indices("::").nth(segments - 1) {
        Some((at, separator)) => &path[at + separator.len()..],
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_and_a_shortened_path_are_understood() {
        let known = ["shop::domain::order", "shop::adapters", "shop"];
        assert_eq!(nearest("shop::domain::ordr", known.into_iter()), Some("shop::domain::order"));
        assert_eq!(nearest("domain::ordr", known.into_iter()), Some("shop::domain::order"));
        assert_eq!(nearest("adapter", known.into_iter()), Some("shop::adapters"));
        assert_eq!(nearest("Shop", known.into_iter()), Some("shop"));
        let known = ["shop::web::MODE_RUST_JS", "shop::web::model"];
        assert_eq!(nearest("other::mod", known.into_iter()), Some("shop::web::model"));
        assert_eq!(nearest("other::mod", known.into_iter().take(1)), None);
        assert_eq!(nearest("zzzzz", known.into_iter()), None);
    }
}
