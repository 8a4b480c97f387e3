//! Where the paths of one file lead, each looked up once: files repeat theirs many times over.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use crate::domain::resolve::paths::Found;
use crate::domain::source::symbols::Sym;

/// What is known so far, for one file in its place.
#[derive(Debug, Default)]
pub struct Memo {
    /// By the hash of the query; of two queries with one hash the last is kept.
    known: FxHashMap<u64, u32>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    query: Query,
    found: Found,
}

/// What a path is looked up by, beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query {
    /// Number of the space around it.
    pub space: u32,
    /// Everything else that the answer hangs on.
    pub marks: u32,
    /// Its words, as a range of the segments of the file.
    pub first: u32,
    /// Number of its words.
    pub count: u16,
}

impl Memo {
    /// Forgets the last file.
    pub fn clear(&mut self) {
        self.known.clear();
        self.entries.clear();
    }

    /// What was found, or the number to keep it under.
    pub fn find(&self, query: Query, segments: &[Sym]) -> Result<&Found, u64> {
        let words = |query: Query| &segments[query.first as usize..][..usize::from(query.count)];
        let mut hasher = FxHasher::default();
        hasher.write_u32(query.space);
        hasher.write_u32(query.marks);
        words(query).iter().for_each(|word| hasher.write_u32(word.0));
        let hash = hasher.finish();
        let entry = self.known.get(&hash).map(|at| &self.entries[*at as usize]);
        let same = |entry: &&Entry| {
            let marks = (entry.query.space, entry.query.marks) == (query.space, query.marks);
            marks && words(entry.query) == words(query)
        };
        entry.filter(same).map(|entry| &entry.found).ok_or(hash)
    }

    /// Keeps what was found.
    pub fn keep(&mut self, hash: u64, query: Query, found: Found) {
        self.known.insert(hash, self.entries.len() as u32);
        self.entries.push(Entry { query, found });
    }
}
