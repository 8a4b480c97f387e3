//! Interned names: a word is kept once and handled as a number.

use rustc_hash::FxHashMap;

/// An interned word; only meaningful beside the [`Symbols`] it came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(pub u32);

/// A table of words. Symbol numbers follow first insertion, so equal input gives equal numbers.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    words: Vec<Box<str>>,
    index: FxHashMap<Box<str>, Sym>,
}

impl Symbols {
    /// The symbol of `word`, new or known.
    pub fn intern(&mut self, word: &str) -> Sym {
        if let Some(known) = self.index.get(word) {
            return *known;
        }
        let sym = Sym(self.words.len() as u32);
        self.words.push(word.into());
        self.index.insert(word.into(), sym);
        sym
    }

    /// The symbol of `word` if it was seen before.
    pub fn get(&self, word: &str) -> Option<Sym> {
        self.index.get(word).copied()
    }

    /// The word behind a symbol.
    pub fn word(&self, sym: Sym) -> &str {
        &self.words[sym.0 as usize]
    }

    /// All words, in order of their symbols.
    pub fn words(&self) -> &[Box<str>] {
        &self.words
    }
}
