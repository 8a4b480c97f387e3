//! Short words as numbers, and the keywords by theirs: numbers are compared and hashed in one go.

/// The longest word that is a number, in bytes.
const LONGEST: usize = 16;

/// The bytes of a text from `start` on as one number, where they are few. No two words have the same.
pub fn number(text: &[u8], start: usize, length: usize) -> Option<u128> {
    if length > LONGEST {
        return None;
    }
    let beyond = 8 * (LONGEST - length) as u32;
    let bytes = match text.get(start..start + LONGEST) {
        Some(bytes) => bytes.try_into().ok()?,
        None => {
            let mut padded = [0; LONGEST];
            padded[..length].copy_from_slice(text.get(start..start + length)?);
            padded
        }
    };
    Some(u128::from_le_bytes(bytes) & u128::MAX.checked_shr(beyond).unwrap_or(0))
}

/// What a word means to the shape of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// An identifier.
    Name,
    /// A keyword after which an expression or type may nest without a bracket: `if`, `return`, `for`.
    Nests,
    /// As `Nests`, and it goes on with what a closing brace ended: `else`, `as`, `in`.
    Continues,
    /// `use`: its path nests by segment.
    Use,
    /// Any other keyword, or `_`.
    Keyword,
}

/// What the word at a place of a text is.
pub fn word(text: &[u8], start: usize, length: usize) -> Word {
    if length > LONGEST_KEYWORD {
        return Word::Name;
    }
    let number = number(text, start, length).unwrap_or(0) as u64;
    let mut at = slot(number);
    while KEYWORDS[at].0 != 0 {
        if KEYWORDS[at].0 == number {
            return KEYWORDS[at].1;
        }
        at = (at + 1) % SLOTS;
    }
    Word::Name
}

const LONGEST_KEYWORD: usize = 8;

const SLOTS: usize = 256;

/// All keywords of all editions.
const ALL: [(&str, Word); 52] = [
    ("_", Word::Keyword),
    ("abstract", Word::Keyword),
    ("as", Word::Continues),
    ("async", Word::Nests),
    ("await", Word::Keyword),
    ("become", Word::Nests),
    ("box", Word::Nests),
    ("break", Word::Nests),
    ("const", Word::Keyword),
    ("continue", Word::Keyword),
    ("crate", Word::Keyword),
    ("do", Word::Keyword),
    ("dyn", Word::Nests),
    ("else", Word::Continues),
    ("enum", Word::Keyword),
    ("extern", Word::Keyword),
    ("false", Word::Keyword),
    ("final", Word::Keyword),
    ("fn", Word::Nests),
    ("for", Word::Nests),
    ("if", Word::Nests),
    ("impl", Word::Nests),
    ("in", Word::Continues),
    ("let", Word::Nests),
    ("loop", Word::Keyword),
    ("macro", Word::Keyword),
    ("match", Word::Nests),
    ("mod", Word::Keyword),
    ("move", Word::Nests),
    ("mut", Word::Keyword),
    ("override", Word::Keyword),
    ("priv", Word::Keyword),
    ("pub", Word::Keyword),
    ("ref", Word::Keyword),
    ("return", Word::Nests),
    ("self", Word::Keyword),
    ("Self", Word::Keyword),
    ("static", Word::Keyword),
    ("struct", Word::Keyword),
    ("super", Word::Keyword),
    ("trait", Word::Keyword),
    ("true", Word::Keyword),
    ("try", Word::Keyword),
    ("type", Word::Keyword),
    ("typeof", Word::Keyword),
    ("unsafe", Word::Nests),
    ("unsized", Word::Keyword),
    ("use", Word::Use),
    ("virtual", Word::Keyword),
    ("where", Word::Keyword),
    ("while", Word::Nests),
    ("yield", Word::Nests),
];

/// The keywords, each as near as can be to where its number points; 0 where there is none.
static KEYWORDS: [(u64, Word); SLOTS] = {
    let mut table = [(0, Word::Name); SLOTS];
    let mut next = 0;
    while next < ALL.len() {
        let (word, meaning) = ALL[next];
        let bytes = word.as_bytes();
        let (mut number, mut byte) = (0, bytes.len());
        while byte > 0 {
            byte -= 1;
            number = number << 8 | bytes[byte] as u64;
        }
        let mut at = slot(number);
        while table[at].0 != 0 {
            at = (at + 1) % SLOTS;
        }
        table[at] = (number, meaning);
        next += 1;
    }
    table
};

const fn slot(number: u64) -> usize {
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_numbers_of_their_own() {
        let text = b"a ab abc_defghijklmno abc_defghijklmnop b";
        assert_eq!(number(text, 0, 1), number(b"a", 0, 1));
        assert_ne!(number(text, 0, 1), number(text, 2, 2));
        assert_eq!(number(text, 5, 16), number(b"abc_defghijklmno", 0, 16));
        assert_eq!(number(text, 22, 17), None);
        assert_eq!(number(text, 40, 1), number(b"b", 0, 1), "at the end");
        assert_eq!(number(text, 40, 2), None, "beyond it");
        assert_eq!(number(text, 0, 0), Some(0));
    }

    /// Whether a word is a keyword for `syn`, or `_`.
    fn is_keyword(text: &str) -> bool {
        word(text.as_bytes(), 0, text.len()) != Word::Name
    }

    #[test]
    fn keywords_are_found_by_their_numbers() {
        for (keyword, meaning) in ALL {
            assert_eq!(word(keyword.as_bytes(), 0, keyword.len()), meaning, "{keyword}");
            assert!(is_keyword(keyword) && !is_keyword(&format!("{keyword}_")), "{keyword}");
            assert!(syn::parse_str::<syn::Ident>(keyword).is_err(), "{keyword}");
        }
        for name in ["a", "elsewhere", "iff", "union", "auto", "default", "macro_rules", "r", ""] {
            assert!(!is_keyword(name), "{name}");
        }
    }
}
