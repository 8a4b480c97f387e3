//! Types, generics and paths.

use syn::{GenericArgument, GenericParam, PathArguments, ReturnType, Type, TypeParamBound, WherePredicate};

use crate::adapters::parse::context::Context;
use crate::domain::source::deeds::Seam;
use crate::domain::source::facts::{Certainty, Namespace, RefIx, RefPosition};
use crate::domain::source::index::TypeIx;
use crate::domain::source::light::{Head, Shape};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

/// Types that are named by the language and need no import.
const PRIMITIVES: [&str; 19] = [
    "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128",
    "isize", "f16", "f32", "f64", "f128",
];

/// Wrappers that are looked through to find the type a field or parameter is about.
const WRAPPERS: [&str; 22] = [
    "Arc",
    "Rc",
    "Box",
    "Option",
    "Vec",
    "Data",
    "State",
    "Mutex",
    "RwLock",
    "Cow",
    "Pin",
    "RefCell",
    "Cell",
    "OnceCell",
    "OnceLock",
    "LazyLock",
    "Weak",
    "MutexGuard",
    "RwLockReadGuard",
    "RwLockWriteGuard",
    "Ref",
    "RefMut",
];

/// Maps by the last word of their path.
const MAPS: [&str; 7] = ["HashMap", "BTreeMap", "IndexMap", "FxHashMap", "AHashMap", "DashMap", "FxIndexMap"];

/// What is known of a declared type.
#[derive(Clone, Copy)]
pub struct Typed {
    /// Its reference.
    pub type_ref: Option<RefIx>,
    /// Its shape.
    pub shape: Option<TypeIx>,
    /// How it leaves open what it is given.
    pub seam: Seam,
}

impl Context<'_> {
    /// A path and its generic arguments. Returns its reference, if it is one: local names, generics
    /// and `Self` are not.
    pub fn path(&mut self, path: &syn::Path, namespace: Namespace) -> Option<RefIx> {
        self.path_prefix(path, path.segments.len(), namespace)
    }

    /// The first `count` segments of a path; generic arguments of all.
    pub fn path_prefix(&mut self, path: &syn::Path, count: usize, namespace: Namespace) -> Option<RefIx> {
        let global = path.leading_colon.is_some();
        let mut segments: smallvec::SmallVec<[Sym; 6]> = smallvec::SmallVec::new();
        let mut span = Span::default();
        let mut plain = true;
        let read = path.segments.iter().take(count).all(|segment| self.is_read(&segment.ident));
        for (at, segment) in path.segments.iter().enumerate().take(count) {
            let (name, bytes) = match self.next_segment(at, plain, span.end) {
                Some(found) => found,
                None => self.ident(&segment.ident),
            };
            span = if at == 0 { bytes } else { Span::new(span.start, bytes.end) };
            segments.push(name);
            plain = segment.arguments.is_none();
        }
        let certainty = self.head(&segments, global, namespace).filter(|_| !read);
        let found = certainty.map(|certainty| {
            let stored = self.store_path(&segments, global);
            self.refer(stored, span, namespace, certainty)
        });
        if let Some((watched, answer)) = &mut self.watched
            && std::ptr::eq(*watched, path)
        {
            *answer = found;
        }
        let (mut argument, mut gives) = (None, None);
        for segment in &path.segments {
            // Most segments have none, and asking for the name costs.
            let told = usize::from(!segment.arguments.is_none() && is_map(&segment.ident));
            (argument, gives) = self.path_arguments(&segment.arguments, told);
        }
        self.path_ends = match segments.as_slice() {
            [] => (Sym::default(), Sym::default()),
            [first, .., last] => (*first, *last),
            [only] => (*only, *only),
        };
        self.argument = argument;
        self.gives = gives;
        found
    }

    /// The segment after the one that ended at `end`, read off the text: cheaper than asking for its span.
    fn next_segment(&mut self, at: usize, plain: bool, end: u32) -> Option<(Sym, Span)> {
        if at == 0 || !plain || !self.is_written() {
            return None;
        }
        let rest = self.text.as_bytes().get(end as usize..)?;
        if rest.len() > 2
            && rest[0] == b':'
            && rest[1] == b':'
            && (rest[2].is_ascii_alphabetic() || rest[2] == b'_')
        {
            return self.ident_at(end + 2);
        }
        None
    }

    /// Whether a path with these segments names something beyond the item, and how sure that is.
    fn head(&self, segments: &[Sym], global: bool, namespace: Namespace) -> Option<Certainty> {
        let head = *segments.first()?;
        if global {
            return Some(Certainty::Sure);
        }
        let single = segments.len() == 1;
        let local = match namespace {
            Namespace::Value if single => self.locals.has(head) || self.generics.has(head),
            Namespace::Macro => false,
            _ => self.generics.has(head),
        };
        if local {
            return None;
        }
        let word = self.word(head);
        match word {
            "Self" => None,
            "self" if single => None,
            _ if namespace == Namespace::Macro && single => Some(Certainty::Sure),
            _ if namespace == Namespace::Value && single && self.perhaps_locals.has(head) => {
                Some(Certainty::Perhaps)
            }
            _ if PRIMITIVES.contains(&word) => Some(Certainty::Perhaps),
            _ => Some(Certainty::Sure),
        }
    }

    /// Walks the arguments of a segment; the type at place `told` among them, and what it says to give.
    fn path_arguments(&mut self, arguments: &PathArguments, told: usize) -> (Option<Shape>, Option<Shape>) {
        match arguments {
            PathArguments::None => (None, None),
            PathArguments::AngleBracketed(list) => self.generic_arguments(list, told),
            PathArguments::Parenthesized(list) => {
                for input in &list.inputs {
                    self.type_(&input.ty);
                }
                (None, self.return_shape(&list.output))
            }
        }
    }

    /// `<A, B = C, D: E>`; the type at place `told` among them, and what `Item` or `Output` is.
    pub fn generic_arguments(
        &mut self,
        list: &syn::AngleBracketedGenericArguments,
        told: usize,
    ) -> (Option<Shape>, Option<Shape>) {
        let (mut found, mut gives) = (None, None);
        let mut place = 0;
        for argument in &list.args {
            match argument {
                GenericArgument::Type(inner) => {
                    let shape = self.type_argument(inner);
                    if place == told {
                        found = shape;
                    }
                    place += 1;
                }
                GenericArgument::Const(value) => self.expr(value),
                GenericArgument::AssocType(assoc) => {
                    if let Some(generics) = &assoc.generics {
                        self.generic_arguments(generics, 0);
                    }
                    let shape = self.shape(&assoc.ty);
                    if assoc.ident == "Item" || assoc.ident == "Output" {
                        gives = shape;
                    }
                }
                GenericArgument::AssocConst(assoc) => self.expr(&assoc.value),
                GenericArgument::Constraint(constraint) => {
                    self.bounds(&constraint.bounds);
                }
                _ => {}
            }
        }
        (found, gives)
    }

    /// A lone name between angle brackets may be a constant: `Buffer<SIZE>`.
    fn type_argument(&mut self, inner: &Type) -> Option<Shape> {
        if let Type::Path(path) = inner
            && path.qself.is_none()
            && let Some(only) = path.path.get_ident()
        {
            let (name, _) = self.ident(only);
            if self.locals.has(name) {
                return None;
            }
        }
        self.shape(inner)
    }

    /// A type.
    pub fn type_(&mut self, ty: &Type) {
        match ty {
            Type::Path(_) | Type::Reference(_) | Type::Group(_) | Type::Paren(_) => {
                self.shape(ty);
            }
            Type::ImplTrait(_) | Type::TraitObject(_) => {
                self.shape(ty);
            }
            Type::Ptr(inner) => self.type_(&inner.elem),
            Type::Slice(inner) => self.type_(&inner.elem),
            Type::Array(array) => {
                self.type_(&array.elem);
                self.expr(&array.len);
            }
            Type::Tuple(tuple) => tuple.elems.iter().for_each(|elem| self.type_(elem)),
            Type::FnPtr(pointer) => {
                for input in &pointer.inputs {
                    self.type_(&input.ty);
                }
                self.return_type(&pointer.output);
            }
            Type::Macro(call) => self.macro_call(&call.mac),
            Type::Verbatim(tokens) => self.token_soup(tokens),
            _ => {}
        }
    }

    /// Walks a type; what is known of it.
    pub fn shape(&mut self, ty: &Type) -> Option<Shape> {
        match ty {
            Type::Path(path) => self.type_path(path),
            Type::Reference(inner) => self.shape(&inner.elem),
            Type::Group(inner) => self.shape(&inner.elem),
            Type::Paren(inner) => self.shape(&inner.elem),
            Type::ImplTrait(inner) => self.bounds_shape(inner.bounds.iter()),
            Type::TraitObject(inner) => self.bounds_shape(inner.bounds.iter()),
            Type::Slice(inner) => self.list(&inner.elem),
            Type::Array(array) => {
                let shape = self.list(&array.elem);
                self.expr(&array.len);
                shape
            }
            Type::Tuple(tuple) if !tuple.elems.is_empty() => self.tuple(tuple),
            _ => {
                self.type_(ty);
                None
            }
        }
    }

    fn type_path(&mut self, path: &syn::TypePath) -> Option<Shape> {
        if let Some(qself) = &path.qself {
            self.qualified(qself, &path.path);
            return None;
        }
        let found = self.path(&path.path, Namespace::Type);
        let head = match found {
            // A primitive type has no method or field of the workspace.
            Some(found) if self.facts.references[found.0 as usize].certainty == Certainty::Perhaps => {
                return None;
            }
            Some(found) => Head::Path(found),
            None if path.path.segments.len() > 1 => return None,
            None => return self.own_or_generic(self.path_ends.0),
        };
        let inner = self.argument.take().map(|argument| self.store_shape(argument));
        Some(Shape { head, inner })
    }

    /// `<T as Trait>::name`: the type and the trait.
    pub fn qualified(&mut self, qself: &syn::QSelf, path: &syn::Path) {
        self.type_(&qself.ty);
        if qself.position > 0 {
            self.path_prefix(path, qself.position, Namespace::Type);
        } else {
            for segment in &path.segments {
                self.path_arguments(&segment.arguments, 0);
            }
        }
    }

    /// `-> T`.
    pub fn return_type(&mut self, output: &ReturnType) {
        self.return_shape(output);
    }

    /// `-> T`: what is known of it.
    pub fn return_shape(&mut self, output: &ReturnType) -> Option<Shape> {
        match output {
            ReturnType::Type(_, ty) => self.shape(ty),
            ReturnType::Default => None,
        }
    }

    /// A bound: `Trait<X>`, `?Sized`, `for<'a> Trait`. Returns the reference to its trait.
    pub fn bound(&mut self, bound: &TypeParamBound) -> Option<RefIx> {
        match bound {
            TypeParamBound::Trait(bound) => self.path(&bound.path, Namespace::Type),
            TypeParamBound::Verbatim(tokens) => {
                self.token_soup(tokens);
                None
            }
            _ => None,
        }
    }

    /// All bounds of something.
    pub fn bounds<'b>(&mut self, bounds: impl IntoIterator<Item = &'b TypeParamBound>) {
        for bound in bounds {
            self.bound(bound);
        }
    }

    /// Brings generic parameters into scope and walks their bounds, defaults and the where-clause.
    /// The caller forgets them again with [`Context::generics`].
    pub fn declare_generics(&mut self, generics: &syn::Generics) {
        for param in &generics.params {
            match param {
                GenericParam::Type(param) => {
                    let (name, _) = self.ident(&param.ident);
                    self.generics.push(name);
                }
                GenericParam::Const(param) => {
                    let (name, _) = self.ident(&param.ident);
                    self.generics.push(name);
                }
                GenericParam::Lifetime(_) => {}
            }
        }
        self.at(RefPosition::Signature, |this| {
            for param in &generics.params {
                match param {
                    GenericParam::Type(param) => {
                        let (name, _) = this.ident(&param.ident);
                        this.bounds_of(name, &param.bounds);
                        if let Some((_, default)) = &param.default {
                            this.type_(default);
                        }
                    }
                    GenericParam::Const(param) => {
                        this.type_(&param.ty);
                        if let Some((_, default)) = &param.default {
                            this.expr(default);
                        }
                    }
                    GenericParam::Lifetime(_) => {}
                }
            }
            for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
                if let WherePredicate::Type(predicate) = predicate {
                    this.type_(&predicate.bounded_ty);
                    match &predicate.bounded_ty {
                        Type::Path(path) if path.path.get_ident().is_some() => {
                            let name = this.path_ends.0;
                            this.bounds_of(name, &predicate.bounds);
                        }
                        _ => this.bounds(&predicate.bounds),
                    }
                }
            }
        });
    }

    /// Walks a type; its reference is that of the type that it is itself, if it is a path.
    pub fn type_with_own(&mut self, ty: &Type) -> Typed {
        self.watched = match ty {
            Type::Path(own) if own.qself.is_none() => Some((std::ptr::from_ref(&own.path), None)),
            _ => None,
        };
        let shape = self.shape(ty);
        let type_ref = self.watched.take().and_then(|(_, found)| found);
        let seam = self.seam(ty);
        Typed { type_ref, shape: shape.map(|shape| self.store_shape(shape)), seam }
    }

    /// Walks a type; its reference is that of the type it is about, wrappers looked through.
    pub fn type_with_core(&mut self, ty: &Type) -> Typed {
        self.watched = core_path(ty).map(|path| (std::ptr::from_ref(path), None));
        let shape = self.shape(ty);
        let type_ref = self.watched.take().and_then(|(_, found)| found);
        let seam = self.seam(ty);
        Typed { type_ref, shape: shape.map(|shape| self.store_shape(shape)), seam }
    }
}

/// Whether what matters of a type is its second argument: the values of a map.
fn is_map(name: &syn::Ident) -> bool {
    MAPS.iter().any(|map| name == map)
}

/// The path of the type that a field or parameter is about.
pub fn core_path(ty: &Type) -> Option<&syn::Path> {
    match ty {
        Type::Reference(inner) => core_path(&inner.elem),
        Type::Group(inner) => core_path(&inner.elem),
        Type::Paren(inner) => core_path(&inner.elem),
        Type::Slice(inner) => core_path(&inner.elem),
        Type::ImplTrait(inner) => first_bound(&inner.bounds),
        Type::TraitObject(inner) => first_bound(&inner.bounds),
        Type::Path(path) if path.qself.is_none() => {
            let last = path.path.segments.last()?;
            if let PathArguments::AngleBracketed(list) = &last.arguments
                && WRAPPERS.iter().any(|wrapper| last.ident == wrapper)
                && let Some(inner) = list.args.iter().find_map(|argument| match argument {
                    GenericArgument::Type(inner) => Some(inner),
                    _ => None,
                })
            {
                return core_path(inner);
            }
            Some(&path.path)
        }
        _ => None,
    }
}

/// The first trait among bounds.
pub fn first_bound<'a>(bounds: impl IntoIterator<Item = &'a TypeParamBound>) -> Option<&'a syn::Path> {
    bounds.into_iter().find_map(|bound| match bound {
        TypeParamBound::Trait(bound) => Some(&bound.path),
        _ => None,
    })
}
