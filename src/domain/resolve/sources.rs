//! All files together, with one table of words.

use rustc_hash::FxHashMap;

use crate::domain::at_once::{AtOnce, each};
use crate::domain::source::deeds::{ActForm, Seam};
use crate::domain::source::facts::{FileFacts, Visibility, Words};
use crate::domain::source::light::Value;
use crate::domain::source::symbols::{Sym, Symbols};
use crate::domain::source::workspace::Workspace;

/// Words that resolution itself asks for.
const LANGUAGE: [&str; 13] = [
    "",
    "*",
    "crate",
    "$crate",
    "self",
    "super",
    "Self",
    "std",
    "core",
    "alloc",
    "proc_macro",
    "test",
    "primitive",
];

/// Index of a file in [`Sources::files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileIx(pub u32);

/// Every file that was read; symbols in their facts belong to the common table.
#[derive(Debug, Default)]
pub struct Sources {
    /// The common words.
    pub symbols: Symbols,
    /// The files, sorted by path.
    pub files: Vec<FileFacts>,
    by_path: FxHashMap<String, FileIx>,
    fragments: Vec<Fragment>,
    by_call: FxHashMap<FragmentKey, FileIx>,
}

/// Which macro call a fragment comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FragmentKey {
    /// The file, or fragment, that holds the call.
    pub host: FileIx,
    /// Index of the call there.
    pub call: u32,
}

/// What a macro call expands to: numbered after the files, and read like one.
#[derive(Debug)]
struct Fragment {
    facts: FileFacts,
    key: FragmentKey,
    /// Number of the crate that `$crate` means.
    dollar_crate: u32,
}

impl Sources {
    /// Joins files into one table of words; the names that the manifests use are in it too.
    pub fn gather(workspace: &Workspace, files: Vec<FileFacts>, at_once: AtOnce<'_>) -> Self {
        let mut symbols = Symbols::default();
        for word in LANGUAGE {
            symbols.intern(word);
        }
        for (_, home) in crate::domain::resolve::prelude::NAMES {
            symbols.intern(home);
        }
        for package in &workspace.packages {
            for target in &package.targets {
                symbols.intern(&target.name);
            }
            for dependency in &package.dependencies {
                symbols.intern(&dependency.name);
                symbols.intern(&dependency.library);
            }
        }
        Self { symbols, ..Self::default() }.with(files, at_once)
    }

    /// The same with more files.
    #[must_use]
    pub fn with(mut self, mut more: Vec<FileFacts>, at_once: AtOnce<'_>) -> Self {
        more.sort_by(|a, b| a.path.cmp(&b.path));
        // Words come in the order of the files, however these are shared out.
        let shares = each(at_once, more.chunks(SHARE).collect(), of_share);
        let joined: Vec<Vec<Sym>> = shares
            .iter()
            .map(|share| share.words.iter().map(|word| self.symbols.intern(word)).collect())
            .collect();
        let maps: Vec<Vec<Vec<u32>>> = shares.into_iter().map(|share| share.maps).collect();
        let renamed = more.chunks_mut(SHARE).zip(maps).zip(&joined).collect();
        each(at_once, renamed, |((files, maps), joined)| {
            for (file, map) in files.iter_mut().zip(maps) {
                file.words = Words::default();
                rename(file, &|sym| joined[map[sym.0 as usize] as usize]);
            }
        });
        self.files.append(&mut more);
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        self.files.dedup_by(|a, b| a.path == b.path);
        self.by_path =
            self.files.iter().enumerate().map(|(at, file)| (file.path.clone(), FileIx(at as u32))).collect();
        self
    }

    /// The facts of a file or fragment.
    pub fn file(&self, file: FileIx) -> &FileFacts {
        let at = file.0 as usize;
        self.files.get(at).unwrap_or_else(|| &self.fragments[at - self.files.len()].facts)
    }

    /// The number that the fragment will have which is added after so many others.
    pub fn upcoming(&self, at: usize) -> FileIx {
        FileIx((self.files.len() + self.fragments.len() + at) as u32)
    }

    /// Adds what macro calls expand to, each with the number of the crate that `$crate` means; all files
    /// are there by now.
    pub fn add_fragments(&mut self, made: impl IntoIterator<Item = (FragmentKey, u32, FileFacts)>) {
        for (key, dollar_crate, mut facts) in made {
            let map: Vec<Sym> = facts.words.iter().map(|word| self.symbols.intern(word)).collect();
            facts.words = Words::default();
            rename(&mut facts, &|sym| map[sym.0 as usize]);
            let index = self.upcoming(0);
            self.by_call.insert(key, index);
            self.fragments.push(Fragment { facts, key, dollar_crate });
        }
    }

    /// The fragment of a call, if it is expanded.
    pub fn fragment(&self, key: FragmentKey) -> Option<FileIx> {
        self.by_call.get(&key).copied()
    }

    /// The crate that `$crate` means in a fragment.
    pub fn dollar_crate(&self, file: FileIx) -> Option<u32> {
        let at = (file.0 as usize).checked_sub(self.files.len())?;
        Some(self.fragments[at].dollar_crate)
    }

    /// The facts of all files, and after them those of all fragments, in the order of their numbers.
    pub fn into_facts(self) -> (Symbols, Vec<FileFacts>) {
        let mut files = self.files;
        files.extend(self.fragments.into_iter().map(|fragment| fragment.facts));
        (self.symbols, files)
    }

    /// The file that holds the call, where this is a fragment.
    pub fn written(&self, file: FileIx) -> FileIx {
        let mut at = file;
        while let Some(index) = (at.0 as usize).checked_sub(self.files.len()) {
            at = self.fragments[index].key.host;
        }
        at
    }

    /// The file at this path, relative to the workspace root.
    pub fn find(&self, path: &str) -> Option<FileIx> {
        self.by_path.get(path).copied()
    }
}

/// Files whose words are put together by one hand.
const SHARE: usize = 64;

/// The words of some files.
struct Share<'f> {
    /// Each once, in the order they came.
    words: Vec<&'f str>,
    /// For each file, the numbers of its words in that list.
    maps: Vec<Vec<u32>>,
}

fn of_share(files: &[FileFacts]) -> Share<'_> {
    let (mut words, mut numbers): (Vec<&str>, FxHashMap<&str, u32>) = Default::default();
    let mut number = |word| {
        *numbers.entry(word).or_insert_with(|| {
            words.push(word);
            words.len() as u32 - 1
        })
    };
    let maps = files.iter().map(|file| file.words.iter().map(&mut number).collect()).collect();
    Share { words, maps }
}

/// Puts the symbols of the common table in place of the file's own.
fn rename(file: &mut FileFacts, common: &impl Fn(Sym) -> Sym) {
    let new = |sym: &mut Sym| *sym = common(*sym);
    file.items.iter_mut().for_each(|item| new(&mut item.name));
    file.fields.iter_mut().for_each(|field| new(&mut field.name));
    file.imports.iter_mut().for_each(|import| new(&mut import.name));
    file.opaque_calls.iter_mut().for_each(|call| new(&mut call.name));
    file.segments.iter_mut().for_each(new);
    file.light.accesses.iter_mut().for_each(|access| new(&mut access.name));
    file.deeds.bounds.iter_mut().for_each(|bound| new(&mut bound.parameter));
    for act in &mut file.deeds.acts {
        match &mut act.form {
            ActForm::Method { name, on } => {
                new(name);
                on.iter_mut().for_each(new);
            }
            ActForm::Assign(name) => new(name),
            ActForm::Refusal
            | ActForm::Try
            | ActForm::Case
            | ActForm::Check
            | ActForm::Panic
            | ActForm::Index
            | ActForm::Print
            | ActForm::Look => {}
        }
    }
    for field in &mut file.fields {
        if let Seam::Generic(name) = &mut field.seam {
            new(name);
        }
    }
    for value in &mut file.light.values {
        match value {
            Value::OwnCalled(_, name) | Value::Part(_, name) => new(name),
            Value::OwnPart(_, variant, name) => {
                new(variant);
                new(name);
            }
            _ => {}
        }
    }
}

/// The segments of a restricted visibility, if it is one.
pub fn restricted(file: &FileFacts, visibility: Visibility) -> Option<&[Sym]> {
    match visibility {
        Visibility::Restricted(path) => {
            Some(&file.segments[path.first as usize..path.first as usize + usize::from(path.count)])
        }
        _ => None,
    }
}
