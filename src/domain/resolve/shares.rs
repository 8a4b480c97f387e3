//! The files in shares of about the same work.
//!
//! How they are cut hangs on the files alone: what comes out must be the same whoever does the work.

use std::ops::Range;

use crate::domain::resolve::scopes::Scopes;

/// Paths and values worth a share of their own: enough that starting and joining it cost little beside.
/// Small where tests run, so that they see shares meet.
const WORTH: usize = if cfg!(debug_assertions) { 20 } else { 30_000 };

/// More shares than this gain nothing.
const MOST: usize = 64;

/// Instances next to each other.
pub struct Share {
    /// Their numbers.
    pub instances: Range<u32>,
    /// Number of their paths.
    pub paths: usize,
    /// Number of values that they call methods of, and of what leads there.
    pub values: usize,
}

/// All instances in shares.
pub fn shares(scopes: &Scopes<'_>) -> Vec<Share> {
    let files = || scopes.tree.instances.iter().map(|instance| scopes.sources.file(instance.file));
    let all: usize = files().map(|facts| facts.references.len() + facts.light.values.len()).sum();
    let worth = WORTH.max(all / MOST);
    let mut shares = Vec::new();
    let mut share = Share { instances: 0..0, paths: 0, values: 0 };
    for facts in files() {
        share.instances.end += 1;
        share.paths += facts.references.len();
        share.values += facts.light.values.len();
        if share.paths + share.values >= worth {
            let next = share.instances.end;
            shares.push(std::mem::replace(&mut share, Share { instances: next..next, paths: 0, values: 0 }));
        }
    }
    if !share.instances.is_empty() {
        shares.push(share);
    }
    shares
}

/// Number of all imports.
pub fn import_count(scopes: &Scopes<'_>) -> usize {
    let files = scopes.tree.instances.iter().map(|instance| scopes.sources.file(instance.file));
    files.map(|facts| facts.imports.len()).sum()
}
