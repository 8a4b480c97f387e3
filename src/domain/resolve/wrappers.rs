//! Types as light lookup knows them: an item of the workspace, or a tuple, inside wrappers of the
//! standard library.

use rustc_hash::FxHashMap;

use crate::domain::resolve::names::ItemNo;
use crate::domain::source::symbols::{Sym, Symbols};

/// A type of the workspace inside wrappers, the outermost in the lowest four bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ty {
    wraps: u32,
    /// The type inside.
    pub core: Core,
}

/// What is inside all wrappers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Core {
    /// A type whose arguments are not known, or that has none.
    Item(ItemNo),
    /// A type with a known first argument, by its place among those that were met.
    Given(ItemNo, u32),
    /// A tuple, by its place among those that were met.
    Tuple(u32),
}

impl Core {
    /// The type, if it is not a tuple.
    pub const fn item(self) -> Option<ItemNo> {
        match self {
            Self::Item(item) | Self::Given(item, _) => Some(item),
            Self::Tuple(_) => None,
        }
    }
}

/// What is looked through, each in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapper {
    /// `Arc`, `Box` and all that stand for what they hold.
    Shared = 1,
    /// What a lock hands out: a guard, or a result with one.
    Guard,
    /// `Option`.
    Option,
    /// `Result`, by whatever crate or alias.
    Result,
    /// `Mutex`, `RwLock`, `RefCell`.
    Lock,
    /// What is awaited.
    Future,
    /// `Vec`, slices and all that hold many of one type.
    Many,
    /// What goes through many of one type, one by one.
    Iter,
    /// A pair whose second is what it holds: `enumerate` gives them, and maps do.
    Pair,
    /// `HashMap` and its like, around the type of its values.
    Map,
    /// What is called: a closure, `dyn Fn() -> T`.
    Function,
}

/// What a method of a wrapper gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Own {
    /// What is inside.
    Inside,
    /// The same wrapper around the same.
    Same,
    /// Another wrapper around the same.
    Other(Wrapper),
    /// An iterator over pairs around the same.
    Pairs,
}

/// What a method makes of what its closure gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mapping {
    /// Just that.
    Itself,
    /// The wrapper of the receiver around it.
    Wrapped,
    /// An iterator over what is inside.
    Elements,
}

const MAPPINGS: [(Mapping, &[&str]); 3] = [
    (Mapping::Itself, &["and_then", "find_map", "map_or", "map_or_else"]),
    (Mapping::Wrapped, &["map"]),
    (Mapping::Elements, &["filter_map", "flat_map", "map_while"]),
];

/// Names of wrappers and of their methods.
pub struct Wrappers {
    names: FxHashMap<Sym, Wrapper>,
    methods: FxHashMap<(u8, Sym), Own>,
    mappings: FxHashMap<Sym, Mapping>,
    /// `default`.
    pub default: Option<Sym>,
    /// `clone`.
    pub clone: Option<Sym>,
    /// `Deref`.
    pub deref: Option<Sym>,
    /// `Target`.
    pub target: Option<Sym>,
    /// `Iterator` and `IntoIterator`.
    pub iterators: [Option<Sym>; 2],
    /// `Item`.
    pub item: Option<Sym>,
}

/// The wrappers by the last word of their path, and the methods of each that are known.
const WRAPPERS: [(Wrapper, &[&str]); 9] = [
    (
        Wrapper::Shared,
        &[
            "Arc",
            "Rc",
            "Box",
            "Cow",
            "Pin",
            "Data",
            "State",
            "Extension",
            "LazyLock",
            "LazyCell",
            "Lazy",
            "MutexGuard",
            "RwLockReadGuard",
            "RwLockWriteGuard",
            "OwnedMutexGuard",
            "Ref",
            "RefMut",
        ],
    ),
    (Wrapper::Option, &["Option"]),
    (Wrapper::Result, &["Result", "LockResult"]),
    (Wrapper::Lock, &["Mutex", "RwLock", "RefCell", "ReentrantMutex"]),
    (Wrapper::Future, &["Future", "BoxFuture", "LocalBoxFuture"]),
    (Wrapper::Function, &["Fn", "FnMut", "FnOnce"]),
    (
        Wrapper::Iter,
        &[
            "Iterator",
            "IntoIterator",
            "DoubleEndedIterator",
            "ExactSizeIterator",
            "Iter",
            "IterMut",
            "IntoIter",
        ],
    ),
    (
        Wrapper::Many,
        &[
            "Vec",
            "VecDeque",
            "HashSet",
            "BTreeSet",
            "LinkedList",
            "BinaryHeap",
            "SmallVec",
            "ArrayVec",
            "IndexSet",
            "FxHashSet",
        ],
    ),
    (Wrapper::Map, &["HashMap", "BTreeMap", "IndexMap", "FxHashMap", "AHashMap", "DashMap", "FxIndexMap"]),
];

const METHODS: [(Wrapper, Own, &[&str]); 23] = [
    (Wrapper::Shared, Own::Same, &["clone"]),
    (Wrapper::Shared, Own::Inside, &["as_ref", "as_mut", "deref", "deref_mut", "into_owned", "to_mut"]),
    (Wrapper::Guard, Own::Inside, &["unwrap", "expect", "unwrap_or_else"]),
    (
        Wrapper::Option,
        Own::Inside,
        &[
            "unwrap",
            "expect",
            "unwrap_or",
            "unwrap_or_else",
            "unwrap_or_default",
            "unwrap_unchecked",
            "insert",
            "get_or_insert",
            "get_or_insert_with",
        ],
    ),
    (
        Wrapper::Option,
        Own::Same,
        &[
            "as_ref",
            "as_mut",
            "cloned",
            "copied",
            "clone",
            "take",
            "replace",
            "or",
            "or_else",
            "filter",
            "as_deref",
            "as_deref_mut",
            "inspect",
            "xor",
        ],
    ),
    (
        Wrapper::Option,
        Own::Other(Wrapper::Result),
        &["ok_or", "ok_or_else", "context", "with_context", "wrap_err", "wrap_err_with"],
    ),
    (
        Wrapper::Result,
        Own::Inside,
        &["unwrap", "expect", "unwrap_or", "unwrap_or_else", "unwrap_or_default", "unwrap_unchecked"],
    ),
    (
        Wrapper::Result,
        Own::Same,
        &[
            "as_ref",
            "as_mut",
            "cloned",
            "copied",
            "clone",
            "map_err",
            "or_else",
            "as_deref",
            "as_deref_mut",
            "inspect",
            "inspect_err",
            "context",
            "with_context",
            "wrap_err",
            "wrap_err_with",
            "into_diagnostic",
        ],
    ),
    (Wrapper::Result, Own::Other(Wrapper::Option), &["ok"]),
    (
        Wrapper::Lock,
        Own::Other(Wrapper::Guard),
        &["lock", "read", "write", "borrow", "borrow_mut", "get_mut", "into_inner", "blocking_lock"],
    ),
    (Wrapper::Future, Own::Same, &["boxed", "boxed_local"]),
    (Wrapper::Option, Own::Other(Wrapper::Iter), &["iter", "iter_mut", "into_iter"]),
    (
        Wrapper::Many,
        Own::Other(Wrapper::Iter),
        &["iter", "iter_mut", "into_iter", "drain", "par_iter", "par_iter_mut", "into_par_iter"],
    ),
    (
        Wrapper::Many,
        Own::Other(Wrapper::Option),
        &[
            "first",
            "first_mut",
            "last",
            "last_mut",
            "get",
            "get_mut",
            "pop",
            "pop_front",
            "pop_back",
            "front",
            "front_mut",
            "back",
            "back_mut",
            "peek",
        ],
    ),
    (
        Wrapper::Many,
        Own::Same,
        &["clone", "as_slice", "as_mut_slice", "as_ref", "as_mut", "to_vec", "to_owned", "split_off"],
    ),
    (
        Wrapper::Iter,
        Own::Other(Wrapper::Option),
        &[
            "next",
            "next_back",
            "last",
            "nth",
            "peek",
            "find",
            "rfind",
            "max_by_key",
            "min_by_key",
            "max_by",
            "min_by",
            "max",
            "min",
            "reduce",
        ],
    ),
    (
        Wrapper::Iter,
        Own::Same,
        &[
            "iter",
            "into_iter",
            "by_ref",
            "filter",
            "rev",
            "skip",
            "take",
            "skip_while",
            "take_while",
            "chain",
            "inspect",
            "peekable",
            "fuse",
            "step_by",
            "cycle",
            "cloned",
            "copied",
            "sorted",
            "sorted_by",
            "sorted_by_key",
        ],
    ),
    (Wrapper::Iter, Own::Pairs, &["enumerate"]),
    (Wrapper::Iter, Own::Other(Wrapper::Many), &["collect"]),
    (Wrapper::Map, Own::Other(Wrapper::Option), &["get", "get_mut", "remove", "insert"]),
    (Wrapper::Map, Own::Other(Wrapper::Iter), &["values", "values_mut", "into_values"]),
    (Wrapper::Map, Own::Pairs, &["iter", "iter_mut", "into_iter", "drain"]),
    (Wrapper::Map, Own::Same, &["clone", "as_ref", "as_mut"]),
];

impl Wrappers {
    /// The tables, in the words of the sources.
    pub fn new(symbols: &Symbols) -> Self {
        let mut names = FxHashMap::default();
        for (wrapper, words) in WRAPPERS {
            names.extend(words.iter().filter_map(|word| symbols.get(word)).map(|sym| (sym, wrapper)));
        }
        let mut methods = FxHashMap::default();
        for (wrapper, own, words) in METHODS {
            let known = words.iter().filter_map(|word| symbols.get(word));
            methods.extend(known.map(|sym| ((wrapper as u8, sym), own)));
        }
        let mut mappings = FxHashMap::default();
        for (mapping, words) in MAPPINGS {
            mappings.extend(words.iter().filter_map(|word| symbols.get(word)).map(|sym| (sym, mapping)));
        }
        let word = |word| symbols.get(word);
        Self {
            names,
            methods,
            mappings,
            default: word("default"),
            clone: word("clone"),
            deref: word("Deref"),
            target: word("Target"),
            iterators: [word("Iterator"), word("IntoIterator")],
            item: word("Item"),
        }
    }

    /// What a method of a wrapper gives that hands what is inside to a closure, from what that gives.
    pub fn mapped(&self, ty: Ty, name: Sym, answer: Ty) -> Option<Ty> {
        let outer = ty.bare().outer()?;
        let inside = matches!(outer, Wrapper::Option | Wrapper::Result | Wrapper::Iter);
        match self.mappings.get(&name).filter(|_| inside)? {
            Mapping::Itself => Some(answer),
            Mapping::Wrapped => answer.wrapped(outer),
            Mapping::Elements => answer.element()?.wrapped(Wrapper::Iter),
        }
    }

    /// The wrapper whose path ends in this word.
    pub fn wrapper(&self, name: Sym) -> Option<Wrapper> {
        self.names.get(&name).copied()
    }

    /// Whose method a name is on a value of this type: that of the type inside all wrappers, or a
    /// wrapper's own, which gives another type if it is known.
    pub fn step(&self, ty: Ty, name: Sym) -> Result<Core, Option<Ty>> {
        let mut at = ty;
        while let Some(outer) = at.outer() {
            match (self.methods.get(&(outer as u8, name)), outer) {
                (Some(Own::Inside), _) => return Err(Some(at.inside())),
                (Some(Own::Same), _) => return Err(Some(at)),
                (Some(Own::Other(other)), _) => return Err(at.inside().wrapped(*other)),
                (Some(Own::Pairs), _) => {
                    let pair = at.inside().wrapped(Wrapper::Pair);
                    return Err(pair.and_then(|pair| pair.wrapped(Wrapper::Iter)));
                }
                (None, Wrapper::Shared | Wrapper::Guard) => at = at.inside(),
                (None, _) => return Err(None),
            }
        }
        Ok(at.core)
    }
}

impl Ty {
    /// A type without wrappers.
    pub const fn plain(item: ItemNo) -> Self {
        Self::of(Core::Item(item))
    }

    /// What is inside all wrappers, without any.
    pub const fn of(core: Core) -> Self {
        Self { wraps: 0, core }
    }

    /// Whether there is no wrapper.
    pub const fn is_plain(&self) -> bool {
        self.wraps == 0
    }

    /// The type in one more wrapper; none beyond eight.
    pub const fn wrapped(self, wrapper: Wrapper) -> Option<Self> {
        if self.wraps >> 28 != 0 {
            return None;
        }
        Some(Self { wraps: self.wraps << 4 | wrapper as u32, core: self.core })
    }

    /// The type without its outermost wrapper, if it is this one.
    pub fn without(self, wrapper: Wrapper) -> Option<Self> {
        (self.outer() == Some(wrapper)).then(|| self.inside())
    }

    /// What `?` gives.
    pub fn tried(self) -> Option<Self> {
        let is_tried = matches!(self.outer(), Some(Wrapper::Option | Wrapper::Result | Wrapper::Guard));
        is_tried.then(|| self.inside())
    }

    /// The type without outer wrappers that stand for what they hold.
    pub fn bare(self) -> Self {
        let mut at = self;
        while matches!(at.outer(), Some(Wrapper::Shared | Wrapper::Guard)) {
            at = at.inside();
        }
        at
    }

    /// What a loop, a closure or an index gets of it.
    pub fn element(self) -> Option<Self> {
        let at = self.bare();
        match at.outer()? {
            Wrapper::Many | Wrapper::Iter | Wrapper::Option | Wrapper::Result => Some(at.inside()),
            Wrapper::Map => at.inside().wrapped(Wrapper::Pair),
            _ => None,
        }
    }

    /// The second of a pair.
    pub fn second(self) -> Option<Self> {
        self.without(Wrapper::Pair)
    }

    /// What `.await` gives.
    pub fn awaited(self) -> Option<Self> {
        let mut at = self;
        while at.outer() == Some(Wrapper::Shared) {
            at = at.inside();
        }
        matches!(at.outer(), Some(Wrapper::Future | Wrapper::Guard)).then(|| at.inside())
    }

    /// The type inside, where all wrappers stand for what they hold.
    pub fn dereferenced(self) -> Option<Core> {
        let at = self.bare();
        at.is_plain().then_some(at.core)
    }

    const fn outer(self) -> Option<Wrapper> {
        match self.wraps & 15 {
            1 => Some(Wrapper::Shared),
            2 => Some(Wrapper::Guard),
            3 => Some(Wrapper::Option),
            4 => Some(Wrapper::Result),
            5 => Some(Wrapper::Lock),
            6 => Some(Wrapper::Future),
            7 => Some(Wrapper::Many),
            8 => Some(Wrapper::Iter),
            9 => Some(Wrapper::Pair),
            10 => Some(Wrapper::Map),
            11 => Some(Wrapper::Function),
            _ => None,
        }
    }

    const fn inside(self) -> Self {
        Self { wraps: self.wraps >> 4, core: self.core }
    }
}
