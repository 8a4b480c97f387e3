//! The standard prelude in the words of the sources.

use rustc_hash::FxHashMap;

use crate::domain::resolve::names::Mask;
use crate::domain::resolve::prelude::{BROUGHT, MACROS, NAMES, PRIMITIVES};
use crate::domain::source::symbols::{Sym, Symbols};

/// What needs no import, as far as the sources have a word for it.
#[derive(Clone, Debug, Default)]
pub struct Standard {
    /// `std`.
    pub root: Option<Sym>,
    names: FxHashMap<Sym, Entry>,
    /// Crates that are known to bring a macro, by the macro.
    brought: FxHashMap<Sym, Vec<Sym>>,
}

/// The namespaces a name is looked up in, and the module of `std` that defines it; none for the root.
type Entry = (Mask, Option<Sym>);

impl Standard {
    /// The tables.
    pub fn new(symbols: &Symbols) -> Self {
        let mut names = FxHashMap::default();
        let types = PRIMITIVES.iter().map(|name| (*name, (Mask::TYPE, symbols.get("primitive"))));
        let macros = MACROS.iter().map(|name| (*name, (Mask::MACRO, None)));
        let others = NAMES.iter().map(|(name, home)| (*name, (Mask::ALL, symbols.get(home))));
        for (name, entry) in types.chain(macros).chain(others) {
            names.extend(symbols.get(name).map(|name| (name, entry)));
        }
        let mut brought: FxHashMap<Sym, Vec<Sym>> = FxHashMap::default();
        for (krate, macros) in BROUGHT {
            let Some(krate) = symbols.get(krate) else { continue };
            for name in macros.iter().filter_map(|name| symbols.get(name)) {
                brought.entry(name).or_default().push(krate);
            }
        }
        Self { root: symbols.get("std"), names, brought }
    }

    /// Whether a crate is known to bring a macro of this name.
    pub fn brings(&self, krate: Sym, name: Sym) -> bool {
        self.brought.get(&name).is_some_and(|crates| crates.contains(&krate))
    }

    /// Where a name is defined, if it can be meant by one looked up in these namespaces.
    pub fn home(&self, name: Sym, mask: Mask) -> Option<Option<Sym>> {
        let (known, home) = self.names.get(&name)?;
        let same = *known == mask || (*known == Mask::MACRO && mask.is_macro());
        (same || *known == Mask::ALL).then_some(*home)
    }

    /// Whether a macro or derive of the standard library has this name.
    pub fn is_macro(&self, name: Sym) -> bool {
        self.home(name, Mask::MACRO).is_some()
    }
}
