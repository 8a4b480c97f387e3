//! Method calls and field accesses whose receiver's type is declared: edges without a path.
//!
//! Only what is written counts: types of parameters, fields, results and annotated variables, and
//! `Self`. A name that several traits give to a type, a type that hangs on inference or on a foreign
//! function, and whatever goes through a wrapper's own methods leads nowhere. Fields of types of the
//! same module give no link: they are no dependency, and calls say enough of who does what.

mod types;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::domain::resolve::link::{Link, LinkForm, Sink, worded};
use crate::domain::resolve::methods::types::Tuple;
use crate::domain::resolve::names::{Def, Facade, ItemNo, Mask};
use crate::domain::resolve::paths::From;
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::tree::{InstanceIx, ModuleIx};
use crate::domain::resolve::wrappers::{Core, Ty, Wrapper, Wrappers};
use crate::domain::source::facts::{
    FileFacts, ItemIx, ItemKind, ItemMarks, RefIx, RefPosition, Reference, TestOnly,
};
use crate::domain::source::index::{TypeIx, ValueIx};
use crate::domain::source::light::{Access, AccessForm, Head, Value};
use crate::domain::source::symbols::Sym;

/// What stands for what stands for another is followed this deep.
const MAX_DEPTH: u32 = 8;

/// Traits that the standard library derives, each with its method.
const DERIVED: [(&str, &str); 5] = [
    ("Clone", "clone"),
    ("PartialEq", "eq"),
    ("PartialOrd", "partial_cmp"),
    ("Ord", "cmp"),
    ("Hash", "hash"),
];

/// What finding the links of accesses starts from, whatever the file.
pub struct Calls {
    wrappers: Wrappers,
    /// Names of derives, each with its method.
    derives: Vec<(Sym, Sym)>,
    /// By word: whether it names a method or field of the workspace.
    asked: Vec<bool>,
}

impl Calls {
    /// For all files.
    pub fn new(scopes: &Scopes<'_>) -> Self {
        let symbols = &scopes.sources.symbols;
        let derives: Vec<(Sym, Sym)> =
            DERIVED.iter().filter_map(|(name, method)| symbols.get(name).zip(symbols.get(method))).collect();
        let asked = asked_names(scopes, &derives);
        Self { wrappers: Wrappers::new(symbols), derives, asked }
    }

    /// Finds the links of all accesses in some instances to values of known type, from one module to
    /// another.
    pub fn links(
        &self,
        scopes: &mut Scopes<'_>,
        instances: impl Iterator<Item = InstanceIx>,
        sink: &mut impl Sink,
    ) {
        let mut lookup = Lookup {
            scopes,
            calls: self,
            types: FxHashMap::default(),
            heads: FxHashMap::default(),
            derived: FxHashMap::default(),
            arguments: Vec::new(),
            places: FxHashMap::default(),
            tuples: Vec::new(),
            sink,
        };
        instances.for_each(|instance| lookup.instance(instance));
    }
}

/// Which words are names of methods and fields that the workspace declares.
fn asked_names(scopes: &Scopes<'_>, derives: &[(Sym, Sym)]) -> Vec<bool> {
    let mut asked = vec![false; scopes.sources.symbols.words().len()];
    for (_, method) in derives {
        asked[method.0 as usize] = true;
    }
    for instance in &scopes.tree.instances {
        let facts = scopes.sources.file(instance.file);
        for item in facts.items.iter().filter(|item| is_method(item.kind, item.marks)) {
            asked[item.name.0 as usize] = true;
        }
        for field in &facts.fields {
            let holder = facts.items[field.item.0 as usize].kind;
            asked[field.name.0 as usize] |= matches!(holder, ItemKind::Struct | ItemKind::Union);
        }
    }
    asked
}

fn is_method(kind: ItemKind, marks: ItemMarks) -> bool {
    kind == ItemKind::Method && marks.has(ItemMarks::RECEIVER)
}

struct Lookup<'s, 'a, S> {
    scopes: &'s mut Scopes<'a>,
    calls: &'s Calls,
    types: FxHashMap<(InstanceIx, TypeIx), Option<Ty>>,
    heads: FxHashMap<(InstanceIx, RefIx), Option<Def>>,
    /// Methods that derives give to the types of a file, as far as asked.
    derived: FxHashMap<InstanceIx, FxHashSet<(ItemIx, Sym)>>,
    /// First arguments of types, and the place of each.
    arguments: Vec<Ty>,
    places: FxHashMap<Ty, u32>,
    /// Tuples.
    tuples: Vec<Tuple>,
    sink: &'s mut S,
}

/// What an access leads to.
#[derive(Default)]
struct Reached {
    /// The methods, or the type that has the field; several where conditions choose between them.
    targets: SmallVec<[ItemNo; 1]>,
    /// The type of what it gives.
    gives: Option<Ty>,
}

impl<'a, S: Sink> Lookup<'_, 'a, S> {
    fn facts(&self, instance: InstanceIx) -> &'a FileFacts {
        self.scopes.sources.file(self.scopes.tree.instances[instance.0 as usize].file)
    }

    /// All accesses of one file in its place. What a value is made from stands before it: one pass
    /// back finds the values that matter, one forth finds their types.
    fn instance(&mut self, instance: InstanceIx) {
        let facts = self.facts(instance);
        let values = &facts.light.values;
        if values.is_empty() {
            return;
        }
        let mut wanted = vec![false; values.len()];
        for at in (0..values.len()).rev() {
            let base = match values[at] {
                Value::Given(base, access) => {
                    let name = facts.light.accesses[access.0 as usize].name;
                    wanted[at] |= self.calls.asked[name.0 as usize];
                    base
                }
                Value::Tried(base)
                | Value::Awaited(base)
                | Value::Shared(base)
                | Value::Dereferenced(base)
                | Value::Element(base)
                | Value::Piece(base, ..)
                | Value::Some(base)
                | Value::Ok(base)
                | Value::Closure(base)
                | Value::Outcome(base) => base,
                Value::Mapped(base, answer) => {
                    wanted[answer.0 as usize] |= wanted[at];
                    base
                }
                _ => continue,
            };
            wanted[base.0 as usize] |= wanted[at];
        }
        let mut types: Vec<Option<Ty>> = vec![None; values.len()];
        for at in (0..values.len()).filter(|at| wanted[*at]) {
            types[at] = self.type_of_value(instance, facts, values[at], &types);
        }
    }

    fn type_of_value(
        &mut self,
        instance: InstanceIx,
        facts: &'a FileFacts,
        value: Value,
        types: &[Option<Ty>],
    ) -> Option<Ty> {
        let known = |base: ValueIx| types[base.0 as usize];
        match value {
            Value::Declared(ty) => self.type_at(instance, ty, None, 0),
            Value::This(item) => self.own(instance, item).map(Ty::plain),
            Value::Named(path) => self.named(instance, path),
            Value::Called(path) => self.called(instance, path),
            Value::OwnCalled(item, name) => {
                let own = self.own(instance, item)?;
                let member = self.only_member(own, name)?;
                self.made_by(member)
            }
            Value::Built(path) => {
                let Some(Def::Item(item)) = self.head(instance, path, Mask::TYPE) else { return None };
                self.made_by(item)
            }
            Value::Given(base, access) => {
                let access = facts.light.accesses[access.0 as usize];
                let reached = self.reached(known(base)?, access.name, access.form);
                self.push(instance, facts, &access, &reached.targets);
                reached.gives
            }
            Value::Tried(base) => known(base)?.tried(),
            Value::Awaited(base) => known(base)?.awaited(),
            Value::Shared(base) => known(base)?.wrapped(Wrapper::Shared),
            Value::Dereferenced(base) => {
                let ty = known(base)?;
                // `*value` of a reference is the value, of what stands for another that other.
                let stands = ty.is_plain() && ty.core.item().is_some_and(|item| self.has_target(item));
                if stands { self.target(ty.core) } else { Some(ty) }
            }
            Value::Element(base) => {
                let ty = known(base)?;
                ty.element().or_else(|| self.item_of(ty.dereferenced()?))
            }
            Value::Piece(base, at, count) => self.piece(known(base)?, at, count),
            Value::Some(base) => known(base)?.wrapped(Wrapper::Option),
            Value::Ok(base) => known(base)?.wrapped(Wrapper::Result),
            Value::Closure(base) => known(base)?.wrapped(Wrapper::Function),
            Value::Outcome(base) => known(base)?.bare().without(Wrapper::Function),
            Value::Mapped(base, answer) => {
                if let Some(known) = known(base) {
                    return Some(known);
                }
                let Value::Given(receiver, access) = facts.light.values[base.0 as usize] else { return None };
                let name = facts.light.accesses[access.0 as usize].name;
                self.calls.wrappers.mapped(known(receiver)?, name, known(answer)?)
            }
            Value::Part(path, name) => self.part(instance, facts, path, name),
            Value::OwnPart(item, variant, name) => {
                let own = self.own(instance, item)?;
                let variant = self.only_member(own, variant)?;
                self.part_of(variant, name)
            }
        }
    }

    /// Links an access to what it reaches; fields only where they are of another module.
    fn push(&mut self, instance: InstanceIx, facts: &FileFacts, access: &Access, targets: &[ItemNo]) {
        if targets.is_empty() {
            return;
        }
        let place = &self.scopes.tree.instances[instance.0 as usize];
        let module = self.scopes.module(place.spaces[access.scope.0 as usize]);
        let test = facts.cfgs[access.cfg.0 as usize].test == TestOnly::Yes
            || place.test
            || self.scopes.tree.modules[module.0 as usize].test;
        let owner = access.owner.map(|owner| ItemNo(place.first_item + owner.0));
        let (file, cfg) = (place.file, worded(facts, access.cfg));
        for target in targets {
            let target = Def::Item(*target);
            if access.form == AccessForm::Field && self.scopes.home(target) == Some(module) {
                continue;
            }
            let (via, form, span) = (Facade::NONE, LinkForm::Method, access.span);
            self.sink.take(self.scopes, &Link { module, owner, target, via, form, file, span, test, cfg });
        }
    }

    /// The declared type of a constant or static.
    fn named(&mut self, instance: InstanceIx, path: RefIx) -> Option<Ty> {
        let Def::Item(item) = self.head(instance, path, Mask::VALUE)? else { return None };
        let (instance, index, info) = self.scopes.item(item);
        if !matches!(info.kind, ItemKind::Const | ItemKind::Static | ItemKind::AssocConst) {
            return None;
        }
        let ty = self.declared(instance, index, "=")?;
        if self.is_own_of_trait(instance, ty) { None } else { self.type_at(instance, ty, None, 0) }
    }

    /// The declared type of a field that a pattern takes out of a struct or variant.
    fn part(&mut self, instance: InstanceIx, facts: &FileFacts, path: RefIx, name: Sym) -> Option<Ty> {
        let mask = Mask::of(facts.references[path.0 as usize].namespace);
        let Def::Item(item) = self.head(instance, path, mask)? else { return None };
        self.part_of(item, name)
    }

    fn part_of(&mut self, item: ItemNo, name: Sym) -> Option<Ty> {
        let (instance, index, info) = self.scopes.item(item);
        if !matches!(info.kind, ItemKind::Struct | ItemKind::Variant) {
            return None;
        }
        let ty = self.declared_as(instance, index, name)??;
        self.type_at(instance, ty, None, 0)
    }

    /// The type that a path to a function, constructor or variant makes when it is called.
    fn called(&mut self, instance: InstanceIx, path: RefIx) -> Option<Ty> {
        match self.head(instance, path, Mask::VALUE)? {
            Def::Item(item) => self.made_by(item),
            _ => None,
        }
    }

    /// What an item gives: a function its result, a constructor its type.
    fn made_by(&mut self, item: ItemNo) -> Option<Ty> {
        let (instance, index, info) = self.scopes.item(item);
        match info.kind {
            ItemKind::Fn | ItemKind::Method => {
                let ty = self.declared(instance, index, "->")?;
                if self.is_own_of_trait(instance, ty) {
                    return None;
                }
                self.type_at(instance, ty, None, 0)
            }
            ItemKind::Struct | ItemKind::Union => Some(Ty::plain(item)),
            ItemKind::Variant => {
                let first = self.scopes.tree.instances[instance.0 as usize].first_item;
                info.parent.map(|parent| Ty::plain(ItemNo(first + parent.0)))
            }
            ItemKind::TypeAlias => self.alias(item, None, 0).filter(Ty::is_plain),
            _ => None,
        }
    }

    /// The one definition that a path leads to. Of a function that a derive makes only `default` is
    /// known: it gives its type.
    fn head(&mut self, instance: InstanceIx, path: RefIx, mask: Mask) -> Option<Def> {
        if let Some(known) = self.heads.get(&(instance, path)) {
            return *known;
        }
        let found = self.follow(instance, path, mask);
        self.heads.insert((instance, path), found);
        found
    }

    fn follow(&mut self, instance: InstanceIx, path: RefIx, mask: Mask) -> Option<Def> {
        let facts = self.facts(instance);
        let reference: &Reference = &facts.references[path.0 as usize];
        let place = &self.scopes.tree.instances[instance.0 as usize];
        let space = place.spaces[reference.scope.0 as usize];
        let test = facts.cfgs[reference.cfg.0 as usize].test == TestOnly::Yes
            || place.test
            || self.scopes.tree.modules[self.scopes.module(space).0 as usize].test;
        let (global, dollar_crate) = (reference.path.global, place.dollar_crate);
        let from = From { space, test, global, import: false, dollar_crate, at: None };
        let first = reference.path.first as usize;
        let segments = &facts.segments[first..first + usize::from(reference.path.count)];
        let found = self.scopes.follow(from, segments, mask);
        let [only] = found.bindings.as_slice() else { return None };
        let rest = segments.len() - found.depth;
        let derived = rest == 1
            && found.depth > 0
            && Some(segments[found.depth]) == self.calls.wrappers.default
            && matches!(only.def, Def::Item(item) if is_data(self.scopes.item(item).2.kind));
        (rest == 0 || derived).then_some(only.def)
    }

    /// What a method or field of a type leads to: its own, else that of the type it stands for.
    fn reached(&mut self, ty: Ty, name: Sym, form: AccessForm) -> Reached {
        let mut ty = ty;
        for _ in 0..MAX_DEPTH {
            let found = self.reached_in(ty, name, form);
            if !found.targets.is_empty() || found.gives.is_some() {
                return found;
            }
            // What the type has of this name itself comes first, known or not.
            let own =
                |core: &Core| core.item().is_none_or(|item| self.scopes.members.contains_key(&(item, name)));
            let core = ty.dereferenced().filter(|core| !own(core));
            let target = core.and_then(|core| self.target(core));
            let Some(target) = target else { return found };
            ty = target;
        }
        Reached::default()
    }

    fn reached_in(&mut self, ty: Ty, name: Sym, form: AccessForm) -> Reached {
        match form {
            AccessForm::Field => self.field(ty, name),
            AccessForm::Method => {
                let step = self.calls.wrappers.step(ty, name);
                match step {
                    Ok(core) => self.method(core, name),
                    Err(gives) => Reached { gives, ..Reached::default() },
                }
            }
        }
    }

    fn field(&mut self, ty: Ty, name: Sym) -> Reached {
        if ty.second().is_some() {
            let second = self.scopes.sources.symbols.get("1") == Some(name);
            return Reached { gives: ty.second().filter(|_| second), ..Reached::default() };
        }
        let Some(core) = ty.dereferenced() else { return Reached::default() };
        let Some(item) = core.item() else {
            let at = self.scopes.sources.symbols.word(name).parse().ok();
            let part = at.and_then(|at| self.part_of_tuple(core, at));
            return Reached { gives: part.and_then(|(part, _)| part), ..Reached::default() };
        };
        let (instance, index, _) = self.scopes.item(item);
        let Some(declared) = self.declared_as(instance, index, name) else {
            // `.0` of an extractor that stands for what it holds.
            let first = self.scopes.sources.symbols.get("0") == Some(name);
            let gives = if first { ty.without(Wrapper::Shared) } else { None };
            return Reached { gives, ..Reached::default() };
        };
        if !matches!(self.scopes.item(item).2.kind, ItemKind::Struct | ItemKind::Union) {
            return Reached::default();
        }
        let hole = self.argument(core);
        let gives = declared.and_then(|declared| self.type_at(instance, declared, hole, 0));
        Reached { targets: smallvec::smallvec![item], gives }
    }

    fn method(&mut self, of: Core, name: Sym) -> Reached {
        let Some(core) = of.item() else { return Reached::default() };
        let targets = self.methods_of(core, name);
        if targets.is_empty() && self.is_derived(core, name) {
            let gives = (Some(name) == self.calls.wrappers.clone).then(|| Ty::of(of));
            return Reached { targets: smallvec::smallvec![core], gives };
        }
        let [only] = targets.as_slice() else { return Reached { targets, gives: None } };
        let (instance, index, _) = self.scopes.item(*only);
        let declared = self.declared(instance, index, "->");
        // What an impl for any argument calls by its parameter is the receiver's argument.
        let argument = self.argument(of);
        let open = argument.is_some() && self.impl_of(*only).is_some_and(|decl| decl.is_open);
        let gives = declared.and_then(|ty| {
            // Of a method that the trait itself defines the `Self` is the receiver's type.
            let own = matches!(self.facts(instance).light.types[ty.0 as usize].head, Head::Own(_));
            if self.is_own_of_trait(instance, ty) || (own && open) {
                own.then(|| Ty::of(of))
            } else {
                self.type_at(instance, ty, argument.filter(|_| open), 0)
            }
        });
        Reached { targets, gives }
    }

    /// The methods that a name means on a type: its own, else the one of an impl of a trait, else the
    /// one that a trait of the workspace provides.
    fn methods_of(&mut self, core: ItemNo, name: Sym) -> SmallVec<[ItemNo; 1]> {
        let members = self.scopes.members.get(&(core, name)).map_or(&[][..], |members| members.as_slice());
        let methods = members.iter().copied().filter(|member| self.is_method(*member));
        let (of_traits, own): (SmallVec<[ItemNo; 1]>, SmallVec<[ItemNo; 1]>) =
            methods.partition(|member| self.scopes.in_trait_impl(*member));
        if !own.is_empty() {
            return self.in_one_module(own);
        }
        if !of_traits.is_empty() {
            return if of_traits.len() == 1 { of_traits } else { SmallVec::new() };
        }
        let mut provided: SmallVec<[ItemNo; 1]> = SmallVec::new();
        let mut open = self.scopes.of_traits.get(&core).cloned().unwrap_or_default();
        let mut seen: SmallVec<[ItemNo; 4]> = SmallVec::new();
        while let Some((instance, of_trait)) = open.pop() {
            let Some(Def::Item(of_trait)) = self.head(instance, of_trait, Mask::TYPE) else { continue };
            if seen.contains(&of_trait) {
                continue;
            }
            seen.push(of_trait);
            // What the traits that a trait asks for provide, it provides too.
            open.extend(self.scopes.of_traits.get(&of_trait).into_iter().flatten().copied());
            let members = self.scopes.members.get(&(of_trait, name)).into_iter().flatten();
            for member in members.copied().filter(|member| self.is_method(*member)) {
                if !provided.contains(&member) {
                    provided.push(member);
                }
            }
        }
        if provided.len() == 1 { provided } else { SmallVec::new() }
    }

    /// Whether a derive of the standard library gives a type this method.
    fn is_derived(&mut self, core: ItemNo, name: Sym) -> bool {
        if !self.calls.derives.iter().any(|(_, method)| *method == name) {
            return false;
        }
        let (instance, index, _) = self.scopes.item(core);
        let facts = self.facts(instance);
        let derives = &self.calls.derives;
        let known = self.derived.entry(instance).or_insert_with(|| {
            let of_derive = facts.references.iter().filter(|found| found.position == RefPosition::Derive);
            let method = |found: &Reference| {
                let last = found.path.first as usize + usize::from(found.path.count) - 1;
                let derive = derives.iter().find(|(derive, _)| *derive == facts.segments[last])?;
                Some((found.owner?, derive.1))
            };
            of_derive.filter_map(method).collect()
        });
        known.contains(&(index, name))
    }

    fn is_method(&self, item: ItemNo) -> bool {
        let item = self.scopes.item(item).2;
        is_method(item.kind, item.marks)
    }

    /// Methods of one name that conditions choose between; elsewhere it is not known which is meant.
    fn in_one_module(&self, methods: SmallVec<[ItemNo; 1]>) -> SmallVec<[ItemNo; 1]> {
        let home = |item: &ItemNo| -> Option<ModuleIx> { self.scopes.home(Def::Item(*item)) };
        let first = methods.first().and_then(home);
        if methods.iter().all(|method| home(method) == first) { methods } else { SmallVec::new() }
    }
}

fn is_data(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Struct | ItemKind::Union | ItemKind::Enum)
}
