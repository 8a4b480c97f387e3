//! What the words of a path say.

use rustc_hash::FxHashMap;

use crate::domain::policy::constants::{Constant, Constants};
use crate::domain::policy::kind::PackageKind;
use crate::domain::policy::role::Role;
use crate::domain::roles::{Ground, Tag, Vote};

/// Words and what they vote for.
pub(super) struct Words<'p> {
    inference: &'p Constants,
    /// Votes and tag of each entry; those of several words are joined by `_`, all in the singular.
    entries: FxHashMap<String, Entry>,
    /// Number of words of the longest entry.
    longest: usize,
    ports: Vec<String>,
    handlers: Vec<String>,
    /// Words for the outside as such: what stands below says which side of it.
    sideless: Vec<String>,
    /// Words that say so.
    driving: Vec<String>,
    /// Entries that replace those above in packages of a kind.
    by_kind: FxHashMap<PackageKind, FxHashMap<String, Entry>>,
    /// What a word says that is known and votes for nothing.
    nothing: Entry,
}

/// The package around a path.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// What kind of thing it is.
    pub(super) kind: PackageKind,
    /// Whether it names what the program drives.
    pub(super) driven: bool,
    /// Whether it names what drives the program, or is a program.
    pub(super) driving: bool,
}

impl Around {
    /// Whether words for a role speak of technology that the package has; the inner roles have none.
    const fn has(self, role: Role) -> bool {
        match role {
            Role::Adapter => self.driven,
            Role::Entrypoint => self.driving,
            Role::Composition => self.driven || self.driving,
            Role::Domain | Role::Application | Role::Shared | Role::Test => true,
        }
    }
}

#[derive(Clone, Default)]
struct Entry {
    votes: Vec<(Role, f64)>,
    tag: Option<Tag>,
}

/// What the path of a module says.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) votes: Vec<Vote>,
    /// Whether the word of each of these votes is an ambiguous one, or only one for a technology.
    pub(super) plain: Vec<bool>,
    /// Whether the word of each is one for the outside as such.
    pub(super) sideless: Vec<bool>,
    pub(super) tags: Vec<Tag>,
    /// Weight of the deepest segment named for ports.
    pub(super) port: Option<f64>,
}

impl<'p> Words<'p> {
    /// The words of a model.
    pub(super) fn of(inference: &'p Constants) -> Self {
        let mut entries: FxHashMap<String, Entry> = FxHashMap::default();
        for role in Role::ALL {
            let Some(Constant::Table(table)) = inference.table("words").entries.get(role.word()) else {
                continue;
            };
            for word in table.entries.keys() {
                let entry = entries.entry(key(word)).or_default();
                entry.votes.push((role, table.number(word)));
            }
        }
        let tags = inference.table("tags");
        for word in tags.entries.keys() {
            entries.entry(key(word)).or_default().tag = Tag::from_word(tags.word(word));
        }
        let mut by_kind: FxHashMap<PackageKind, FxHashMap<String, Entry>> = FxHashMap::default();
        for kind in PackageKind::ALL {
            let Some(Constant::Table(table)) = inference.table("kind_words").entries.get(kind.key()) else {
                continue;
            };
            for role in Role::ALL {
                let Some(Constant::Table(table)) = table.entries.get(role.word()) else { continue };
                for word in table.entries.keys() {
                    let entry = by_kind.entry(kind).or_default().entry(key(word)).or_default();
                    entry.votes.push((role, table.number(word)));
                }
            }
        }
        let longest = entries.keys().map(|entry| entry.split('_').count()).max().unwrap_or(1);
        let list = |name: &str| inference.words(name).iter().map(|word| key(word)).collect();
        let (ports, handlers) = (list("port_words"), list("handler_words"));
        let (sideless, driving) = (list("sideless_words"), list("driving_words"));
        Self {
            inference,
            entries,
            longest,
            ports,
            handlers,
            sideless,
            driving,
            by_kind,
            nothing: Entry::default(),
        }
    }

    /// The folders above a package that name a layer for sure, outermost first; the package's own is not
    /// one of them.
    pub(super) fn rooms<'f>(&self, folder: &'f str) -> Vec<&'f str> {
        let sure = self.inference.number("technology_word");
        let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
        let names = |room: &&str| {
            let words = split(room);
            let found = self.entries_in(&words, PackageKind::Library);
            found.iter().any(|(_, entry)| entry.votes.iter().any(|(_, votes)| *votes >= sure))
        };
        above.split('/').filter(names).collect()
    }

    /// What a path says, outermost segment first: the deepest counts in full, each level up less.
    pub(super) fn read(&self, path: &[&str], around: Around) -> Said {
        let plain_word = self.inference.number("plain_word");
        let plain_share = self.inference.number("plain_share");
        let technology_word = self.inference.number("technology_word");
        let technology_share = self.inference.number("technology_share");
        let grouping_share = self.inference.number("grouping_share");
        let inside_layer = self.inference.number("inside_layer");
        let (decay, floor) = (self.inference.number("level_decay"), self.inference.number("level_floor"));
        let cut: Vec<Vec<String>> = path.iter().map(|segment| split(segment)).collect();
        let entries: Vec<_> = cut.iter().map(|words| self.entries_in(words, around.kind)).collect();
        let layered = self.first_layer(&entries);
        let other = self.first_other(&entries);
        let mut driving = false;
        let mut told: Vec<String> = Vec::new();
        let mut said = Said::default();
        for (up, (segment, found)) in path.iter().zip(&entries).rev().enumerate() {
            let weight = decay.powi(up as i32).max(floor);
            let inside = layered.is_some_and(|first| first < cut.len() - 1 - up);
            let outside = other.is_some_and(|first| first < cut.len() - 1 - up);
            let above_driving = driving;
            driving |= found.iter().any(|(word, _)| self.driving.contains(word));
            for (word, entry) in found {
                // `http::http_client` says it once.
                if told.contains(word) {
                    continue;
                }
                told.push(word.clone());
                if self.ports.contains(word) && said.port.is_none() {
                    said.port = Some(weight);
                }
                said.tags.extend(entry.tag);
                let why = format!("path word `{word}` in `{segment}`");
                if self.handlers.contains(word)
                    && Self::is_below_application(&entries[..entries.len() - 1 - up])
                {
                    let weight = self.inference.number("application_handler") * weight;
                    let why = format!("{why}, below an application word");
                    said.votes.push(Vote { by: Ground::Path, role: Role::Application, weight, why });
                    said.plain.push(false);
                    said.sideless.push(false);
                    continue;
                }
                for (role, votes) in &entry.votes {
                    let plain = *votes < plain_word;
                    let bare = *votes < if *role == Role::Adapter { technology_word } else { plain_word };
                    // `page` of a page rank is no page where there is nothing to serve one with.
                    let (share, but) = match role {
                        // The errors of the domain are domain.
                        Role::Shared if inside => (inside_layer, ", inside a layer"),
                        // `infrastructure::domain::user`: the outside, sorted by what it is for.
                        Role::Domain if outside => (grouping_share, ", inside another layer"),
                        _ if plain && !around.has(*role) => (plain_share, ", without technology"),
                        _ if bare && !around.has(*role) => (technology_share, ", without technology"),
                        _ => (1.0, ""),
                    };
                    // `adapters::api`: an outer part, and one that drives.
                    let sideless = self.sideless.contains(word);
                    let (role, but) = match above_driving && sideless {
                        true => (&Role::Entrypoint, ", of the side that drives"),
                        false => (role, but),
                    };
                    let weight = votes * weight * share;
                    said.votes.push(Vote {
                        by: Ground::Path,
                        role: *role,
                        weight,
                        why: format!("{why}{but}"),
                    });
                    said.plain.push(bare);
                    said.sideless.push(sideless && !above_driving);
                }
            }
        }
        said.tags.sort_unstable();
        said.tags.dedup();
        said
    }

    /// The outermost segment that names a layer for sure.
    fn first_layer(&self, path: &[Vec<(String, &Entry)>]) -> Option<usize> {
        let sure = self.inference.number("plain_word");
        Self::first(path, sure, |role| !matches!(role, Role::Shared | Role::Test))
    }

    /// The outermost segment that names nothing but another layer than the domain.
    fn first_other(&self, path: &[Vec<(String, &Entry)>]) -> Option<usize> {
        let sure = self.inference.number("technology_word");
        Self::first(path, sure, |role| matches!(role, Role::Application | Role::Adapter | Role::Entrypoint))
    }

    fn first(path: &[Vec<(String, &Entry)>], sure: f64, counts: impl Fn(Role) -> bool) -> Option<usize> {
        let named = |entry: &Entry| entry.votes.iter().any(|(role, votes)| *votes >= sure && counts(*role));
        path.iter().position(|found| found.iter().any(|(_, entry)| named(entry)))
    }

    fn is_below_application(above: &[Vec<(String, &Entry)>]) -> bool {
        let votes = |entry: &Entry| entry.votes.iter().any(|(role, _)| *role == Role::Application);
        above.iter().any(|found| found.iter().any(|(_, entry)| votes(entry)))
    }

    /// The entries in the words of one segment, longest first where they overlap.
    fn entries_in(&self, words: &[String], kind: PackageKind) -> Vec<(String, &Entry)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let most = self.longest.min(words.len() - at);
            let hit = (1..=most).rev().find_map(|count| {
                let word = words[at..at + count].join("_");
                let of_kind = self.by_kind.get(&kind).and_then(|entries| entries.get(&word));
                let entry = of_kind.or_else(|| self.entries.get(&word));
                let port = || self.ports.contains(&word).then_some(&self.nothing);
                let entry = entry.or_else(port)?;
                Some((count, word, entry))
            });
            let Some((count, word, entry)) = hit else {
                at += 1;
                continue;
            };
            found.push((word, entry));
            at += count;
        }
        found
    }
}

/// The words of a segment, lower case and in the singular.
pub(super) fn split(segment: &str) -> Vec<String> {
    let segment = segment.strip_prefix("r#").unwrap_or(segment);
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before_lower = false;
    for letter in segment.chars() {
        let parts = !letter.is_alphanumeric();
        if (parts || (letter.is_uppercase() && before_lower)) && !word.is_empty() {
            words.push(singular(&std::mem::take(&mut word)));
        }
        before_lower = letter.is_lowercase();
        if !parts {
            word.extend(letter.to_lowercase());
        }
    }
    if !word.is_empty() {
        words.push(singular(&word));
    }
    words
}

fn key(entry: &str) -> String {
    split(entry).join("_")
}

fn singular(word: &str) -> String {
    match (word.strip_suffix("ies"), word.strip_suffix('s')) {
        (Some(stem), _) if stem.len() > 2 => format!("{stem}y"),
        (_, Some(stem)) if stem.len() > 1 && !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}
