//! Types, generics and paths.

use syn::{GenericArgument, GenericParam, PathArguments, ReturnType, Type, TypeParamBound, WherePredicate};

use crate::adapters::parse::context::Context;
use crate::domain::source::facts::{Certainty, Namespace, RefIx, RefPosition};
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
        for (at, segment) in path.segments.iter().enumerate().take(count) {
            let (name, bytes) = match self.next_segment(at, plain, span.end) {
                Some(found) => found,
                None => self.ident(&segment.ident),
            };
            span = if at == 0 { bytes } else { Span::new(span.start, bytes.end) };
            segments.push(name);
            plain = segment.arguments.is_none();
        }
        let found = self.head(&segments, global, namespace).map(|certainty| {
            let stored = self.store_path(&segments, global);
            self.refer(stored, span, namespace, certainty)
        });
        if let Some((watched, answer)) = &mut self.watched
            && std::ptr::eq(*watched, path)
        {
            *answer = found;
        }
        for segment in &path.segments {
            self.path_arguments(&segment.arguments);
        }
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

    fn path_arguments(&mut self, arguments: &PathArguments) {
        match arguments {
            PathArguments::None => {}
            PathArguments::AngleBracketed(list) => self.generic_arguments(list),
            PathArguments::Parenthesized(list) => {
                for input in &list.inputs {
                    self.type_(&input.ty);
                }
                self.return_type(&list.output);
            }
        }
    }

    /// `<A, B = C, D: E>`.
    pub fn generic_arguments(&mut self, list: &syn::AngleBracketedGenericArguments) {
        for argument in &list.args {
            match argument {
                GenericArgument::Type(inner) => self.type_argument(inner),
                GenericArgument::Const(value) => self.expr(value),
                GenericArgument::AssocType(assoc) => {
                    if let Some(generics) = &assoc.generics {
                        self.generic_arguments(generics);
                    }
                    self.type_(&assoc.ty);
                }
                GenericArgument::AssocConst(assoc) => self.expr(&assoc.value),
                GenericArgument::Constraint(constraint) => {
                    for bound in &constraint.bounds {
                        self.bound(bound);
                    }
                }
                _ => {}
            }
        }
    }

    /// A lone name between angle brackets may be a constant: `Buffer<SIZE>`.
    fn type_argument(&mut self, inner: &Type) {
        if let Type::Path(path) = inner
            && path.qself.is_none()
            && let Some(only) = path.path.get_ident()
        {
            let (name, _) = self.ident(only);
            if self.locals.has(name) {
                return;
            }
        }
        self.type_(inner);
    }

    /// A type.
    pub fn type_(&mut self, ty: &Type) {
        match ty {
            Type::Path(path) => self.type_path(path),
            Type::Reference(inner) => self.type_(&inner.elem),
            Type::Ptr(inner) => self.type_(&inner.elem),
            Type::Slice(inner) => self.type_(&inner.elem),
            Type::Group(inner) => self.type_(&inner.elem),
            Type::Paren(inner) => self.type_(&inner.elem),
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
            Type::ImplTrait(inner) => inner.bounds.iter().for_each(|bound| self.bound(bound)),
            Type::TraitObject(inner) => inner.bounds.iter().for_each(|bound| self.bound(bound)),
            Type::Macro(call) => self.macro_call(&call.mac),
            Type::Verbatim(tokens) => self.token_soup(tokens),
            _ => {}
        }
    }

    fn type_path(&mut self, path: &syn::TypePath) {
        match &path.qself {
            None => {
                self.path(&path.path, Namespace::Type);
            }
            Some(qself) => self.qualified(qself, &path.path),
        }
    }

    /// `<T as Trait>::name`: the type and the trait.
    pub fn qualified(&mut self, qself: &syn::QSelf, path: &syn::Path) {
        self.type_(&qself.ty);
        if qself.position > 0 {
            self.path_prefix(path, qself.position, Namespace::Type);
        } else {
            for segment in &path.segments {
                self.path_arguments(&segment.arguments);
            }
        }
    }

    /// `-> T`.
    pub fn return_type(&mut self, output: &ReturnType) {
        if let ReturnType::Type(_, ty) = output {
            self.type_(ty);
        }
    }

    /// A bound: `Trait<X>`, `?Sized`, `for<'a> Trait`.
    pub fn bound(&mut self, bound: &TypeParamBound) {
        match bound {
            TypeParamBound::Trait(bound) => {
                self.path(&bound.path, Namespace::Type);
            }
            TypeParamBound::Verbatim(tokens) => self.token_soup(tokens),
            _ => {}
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
                        param.bounds.iter().for_each(|bound| this.bound(bound));
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
                    predicate.bounds.iter().for_each(|bound| this.bound(bound));
                }
            }
        });
    }

    /// Walks a type and returns the reference of the type that it is itself, if it is a path.
    pub fn type_with_own(&mut self, ty: &Type) -> Option<RefIx> {
        self.watched = match ty {
            Type::Path(own) if own.qself.is_none() => Some((std::ptr::from_ref(&own.path), None)),
            _ => None,
        };
        self.type_(ty);
        self.watched.take().and_then(|(_, found)| found)
    }

    /// Walks a type and returns the reference of the type it is about, wrappers looked through.
    pub fn type_with_core(&mut self, ty: &Type) -> Option<RefIx> {
        self.watched = core_path(ty).map(|path| (std::ptr::from_ref(path), None));
        self.type_(ty);
        self.watched.take().and_then(|(_, found)| found)
    }
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

fn first_bound<'a>(bounds: impl IntoIterator<Item = &'a TypeParamBound>) -> Option<&'a syn::Path> {
    bounds.into_iter().find_map(|bound| match bound {
        TypeParamBound::Trait(bound) => Some(&bound.path),
        _ => None,
    })
}
