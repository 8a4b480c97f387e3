//! Interned names: a word is kept once and handled as a number.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// An interned word; only meaningful beside the [`Symbols`] it came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(pub u32);

/// A table of words. Symbol numbers follow first insertion, so equal input gives equal numbers.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    words: IndexSet<Box<str>, FxBuildHasher>,
}

impl Symbols {
    /// The symbol of `word`, new or known.
    pub fn intern(&mut self, word: &str) -> Sym {
        match self.words.get_index_of(word) {
            Some(known) => Sym(known as u32),
            None => Sym(self.words.insert_full(word.into()).0 as u32),
        }
    }

    /// The symbol of `word` if it was seen before.
    pub fn get(&self, word: &str) -> Option<Sym> {
        self.words.get_index_of(word).map(|at| Sym(at as u32))
    }

    /// The word behind a symbol.
    pub fn word(&self, sym: Sym) -> &str {
        &self.words[sym.0 as usize]
    }

    /// All words, in order of their symbols.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &str> {
        self.words.iter().map(AsRef::as_ref)
    }
}
