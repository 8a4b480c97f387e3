//! Examples that `rustdoc` builds: each is a crate of its own, so that its paths, with its imports put
//! in, start with the name of a crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::adapters::parse::documentation::Named;
use crate::adapters::parse::documentation::texts::Text;
use crate::domain::source::facts::{
    Certainty, FileFacts, Import, ImportForm, Namespace, Part, Path, Reference,
};
use crate::domain::source::span::Span;
use crate::domain::source::vocabulary::Vocabulary;

/// Words of a code fence that leave it an example in Rust that must build.
const BUILT: [&str; 6] = ["rust", "should_panic", "no_run", "test_harness", "allow_fail", "standalone_crate"];

/// Imports that rest on imports are followed this far.
const MAX_CHAIN: u32 = 8;

/// What stands in front of an example without a `main`.
const MAIN: &str = "fn main() {\n";

/// Whether `rustdoc` builds the code in a fence with these words, and wants it to build: what is ignored
/// or must fail may name what does not exist.
pub(super) fn is_built(info: &str) -> bool {
    let mut words = info.split([',', ' ', '\t']).filter(|word| !word.is_empty());
    words.all(|word| BUILT.contains(&word) || word.starts_with("edition"))
}

/// The code of an example, and where its lines stand in the file.
#[derive(Debug, Default)]
pub(super) struct Example {
    code: String,
    /// Start of each line in `code`, and in the file.
    starts: Vec<(usize, u32)>,
}

impl Example {
    /// Adds some lines of it, which stand at `from` in the text.
    pub(super) fn push(&mut self, code: &str, from: usize, text: &Text) {
        let mut at = from;
        for line in code.split_inclusive('\n') {
            // `# ` hides a line from readers, `##` stands for `#`.
            let bare = line.trim_start_matches([' ', '\t']);
            let cut = match bare.strip_prefix('#') {
                Some(rest) if rest.starts_with([' ', '#', '\n', '\r']) || rest.is_empty() => {
                    line.len() - rest.len()
                }
                _ => 0,
            };
            self.starts.push((self.code.len(), text.place(at + cut)));
            self.code.push_str(&line[cut..]);
            at += line.len();
        }
    }

    /// What it names of other crates.
    pub(super) fn named(self) -> Vec<Named> {
        let has_main = self.code.contains("fn main(");
        let (code, shift) = match has_main {
            true => (self.code, 0),
            false => (format!("{MAIN}{}\n}}", self.code), MAIN.len()),
        };
        let facts = crate::adapters::parse::parse("", &code, &Vocabulary::default());
        let place = |at: u32| {
            let at = (at as usize).saturating_sub(shift);
            let line = self.starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            self.starts.get(line).map_or(0, |(start, place)| place + (at - start) as u32)
        };
        let outside = Outside::new(&facts);
        let mut found = Vec::new();
        for import in &facts.imports {
            let words = outside.import(import, 0);
            found.extend(words.map(|words| (words, import.span, Namespace::Type, Certainty::Sure)));
        }
        for reference in facts.references.iter().filter(|reference| reference.part != Part::Matched) {
            let paths = outside.reference(reference);
            let span = reference.span;
            found.extend(
                paths.into_iter().map(|(words, certainty)| (words, span, reference.namespace, certainty)),
            );
        }
        let named = |(words, span, namespace, certainty): (Vec<&str>, Span, Namespace, Certainty)| {
            let start = place(span.start);
            let span = Span::new(start, start + (span.end - span.start));
            let words = words.into_iter().map(str::to_owned).collect();
            Named { words, span, namespace, certainty, global: true }
        };
        found.into_iter().map(named).collect()
    }
}

/// What the names of an example stand for outside it.
struct Outside<'f> {
    facts: &'f FileFacts,
    /// What it declares itself.
    own: BTreeSet<&'f str>,
    /// What it imports by name.
    imports: BTreeMap<&'f str, &'f Import>,
    /// What it imports as a whole: for all names, or for those of macros alone.
    globs: Vec<(Vec<&'f str>, Option<Namespace>)>,
}

impl<'f> Outside<'f> {
    fn new(facts: &'f FileFacts) -> Self {
        let word = |sym| facts.words.word(sym);
        let own = facts.items.iter().filter(|item| item.parent.is_none() || item.scope.0 > 0);
        let own = own.map(|item| word(item.name)).collect();
        let named = facts.imports.iter().filter(|import| import.form != ImportForm::Glob);
        let imports = named.map(|import| (word(import.name), import)).collect();
        let mut outside = Self { facts, own, imports, globs: Vec::new() };
        for import in &facts.imports {
            let only = match (import.form, import.macro_use) {
                (ImportForm::Glob, _) => None,
                (_, true) => Some(Namespace::Macro),
                _ => continue,
            };
            outside.globs.extend(outside.import(import, 0).map(|words| (words, only)));
        }
        outside
    }

    /// What an import names.
    fn import(&self, import: &Import, depth: u32) -> Option<Vec<&'f str>> {
        let words = self.words(import.path);
        // `use rand;` imports what it names.
        let itself = words.first() == Some(&self.facts.words.word(import.name)) || import.path.global;
        if itself || import.form == ImportForm::ExternCrate {
            return is_outside(&words).then_some(words);
        }
        self.follow(words, depth)
    }

    /// What a path stands for outside the example, if it leads there.
    fn follow(&self, mut words: Vec<&'f str>, depth: u32) -> Option<Vec<&'f str>> {
        let head = *words.first()?;
        if depth > MAX_CHAIN || !is_outside(&words) {
            return None;
        }
        match self.imports.get(head) {
            Some(import) => {
                let front = self.import(import, depth + 1)?;
                words.splice(..1, front);
                Some(words)
            }
            None if self.own.contains(head) => None,
            None => Some(words),
        }
    }

    /// What a path may stand for: a lone word that nothing declares may come through any glob.
    fn reference(&self, reference: &Reference) -> Vec<(Vec<&'f str>, Certainty)> {
        let words = self.words(reference.path);
        if reference.path.global {
            return vec![(words, Certainty::Sure)];
        }
        let head = words.first().copied().unwrap_or_default();
        let known = self.imports.contains_key(head) || self.own.contains(head);
        let mut found: Vec<(Vec<&str>, Certainty)> = Vec::new();
        if known || words.len() > 1 {
            found.extend(self.follow(words.clone(), 0).map(|words| (words, Certainty::Sure)));
        }
        if !known && is_outside(&words) {
            let single = words.len() == 1;
            let fits =
                |only: Option<Namespace>| only.is_none_or(|only| single && only == reference.namespace);
            for (front, _) in self.globs.iter().filter(|(_, only)| fits(*only)) {
                let words = front.iter().chain(&words).copied().collect();
                found.push((words, Certainty::Perhaps));
            }
        }
        found
    }

    fn words(&self, path: Path) -> Vec<&'f str> {
        let first = path.first as usize;
        let segments = self.facts.segments.get(first..first + usize::from(path.count)).unwrap_or_default();
        segments.iter().map(|sym| self.facts.words.word(*sym)).collect()
    }
}

/// Whether a path can lead out of the crate that it stands in.
fn is_outside(words: &[&str]) -> bool {
    words.first().is_some_and(|head| !matches!(*head, "crate" | "$crate" | "self" | "super" | "Self"))
}
