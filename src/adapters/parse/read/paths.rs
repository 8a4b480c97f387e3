//! Paths and their generic arguments.

use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::{
    AngleBracketedGenericArguments, AssocType, Expr, GenericArgument, Path, PathArguments, PathSegment,
    QSelf, Token, token,
};

use crate::adapters::parse::read::lists::{add, add_last};
use crate::adapters::parse::read::{Reader, nowhere};
use crate::adapters::parse::tape::form;

/// Whether generic arguments follow a name at once, as in types, or after `::`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Expr,
    Type,
}

impl Reader<'_, '_> {
    /// Whether a path starts here.
    pub(super) fn is_path(&self) -> bool {
        match self.form() {
            form::WORD | form::RAW | b'<' => true,
            form::KEYWORD => matches!(self.keyword(), "self" | "Self" | "super" | "crate"),
            b':' => self.is_colons(0),
            _ => false,
        }
    }

    /// A path that may start with `<T as Trait>::`.
    pub(super) fn qualified(&mut self, style: Style) -> Option<(Option<QSelf>, Path)> {
        if self.form() != b'<' {
            return Some((None, self.path(style)?));
        }
        self.at += 1;
        let ty = Box::new(self.type_()?);
        let of_trait = match self.skip_keyword("as") {
            true => Some(self.path(Style::Type)?),
            false => None,
        };
        self.eat(b'>')?;
        self.eat_pair(b':', b':')?;
        let rest = self.segments(style)?;
        let (position, path) = match of_trait {
            Some(mut path) => {
                let position = path.segments.len();
                path.segments.extend(rest.into_pairs());
                (position, path)
            }
            None => (0, Path { leading_colon: Some(colons()), segments: rest }),
        };
        let as_token = (position > 0).then(|| Token![as](nowhere()));
        let (lt_token, gt_token) = (Token![<](nowhere()), Token![>](nowhere()));
        Some((Some(QSelf { lt_token, ty, position, as_token, gt_token }), path))
    }

    /// A path.
    pub(super) fn path(&mut self, style: Style) -> Option<Path> {
        let leading_colon = self.is_colons(0).then(colons);
        self.at += 2 * usize::from(leading_colon.is_some());
        Some(Path { leading_colon, segments: self.segments(style)? })
    }

    fn segments(&mut self, style: Style) -> Option<Punctuated<PathSegment, Token![::]>> {
        let mut segments = Punctuated::new();
        loop {
            let segment = self.segment(style)?;
            if !self.is_colons(0) || self.form_at(2) == b'(' {
                add_last(&mut segments, segment);
                return Some(segments);
            }
            self.at += 2;
            add(&mut segments, segment);
        }
    }

    fn segment(&mut self, style: Style) -> Option<PathSegment> {
        if matches!(self.keyword(), "super" | "self" | "crate") {
            return Some(PathSegment::from(self.any_name()?));
        }
        let ident = if self.keyword() == "Self" { self.any_name()? } else { self.name()? };
        let turbofish = self.is_colons(0) && self.form_at(2) == b'<';
        let plain = style != Style::Expr && self.form() == b'<' && !self.is_pair(0, b'<', b'=');
        let arguments = if turbofish || plain {
            PathArguments::AngleBracketed(self.angles()?)
        } else if style == Style::Type && self.form() == b'(' {
            PathArguments::Parenthesized(self.parenthesized()?)
        } else {
            PathArguments::None
        };
        Some(PathSegment { ident, arguments })
    }

    /// `(A, B) -> C`.
    pub(super) fn parenthesized(&mut self) -> Option<syn::ParenthesizedGenericArguments> {
        let inputs = self.enter(b'(')?.between_commas(|inner| {
            let named = inner.is_name(0) && inner.form_at(1) == b':' && !inner.is_colons(1);
            if named || inner.form() == b'#' {
                return None;
            }
            Some(syn::NamedArg { attrs: Vec::new(), name: None, ty: inner.type_()? })
        })?;
        let output = self.output()?;
        Some(syn::ParenthesizedGenericArguments { paren_token: self.parens(), inputs, output })
    }

    /// `<A, B = C>`, with `::` before it or not. Lifetimes are left out.
    pub(super) fn angles(&mut self) -> Option<AngleBracketedGenericArguments> {
        self.at += 2 * usize::from(self.is_colons(0));
        self.eat(b'<')?;
        let mut args = Punctuated::new();
        while self.form() != b'>' {
            if self.form() == form::LIFETIME {
                self.at += 1;
            } else {
                let argument = self.generic_argument()?;
                match self.form() == b'>' {
                    true => add_last(&mut args, argument),
                    false => add(&mut args, argument),
                }
            }
            if !self.skip(b',') && self.form() != b'>' {
                return None;
            }
        }
        self.at += 1;
        let (lt_token, gt_token) = (Token![<](nowhere()), Token![>](nowhere()));
        Some(AngleBracketedGenericArguments { colon2_token: None, lt_token, args, gt_token })
    }

    fn generic_argument(&mut self) -> Option<GenericArgument> {
        if self.form() == form::LITERAL || matches!(self.keyword(), "true" | "false") {
            return Some(GenericArgument::Const(self.literal()));
        }
        if self.form() == b'{' {
            let block = self.block()?;
            return Some(GenericArgument::Const(Expr::Block(syn::ExprBlock {
                attrs: Vec::new(),
                label: None,
                block,
            })));
        }
        if self.is_name(0) && self.form_at(1) == b'=' && !self.is_pair(1, b'=', b'=') {
            let ident = self.name()?;
            self.at += 1;
            if self.form() == form::LITERAL || self.form() == b'{' {
                return None;
            }
            let eq_token = Token![=](nowhere());
            let ty = self.type_()?;
            return Some(GenericArgument::AssocType(AssocType { ident, generics: None, eq_token, ty }));
        }
        let ty = self.type_()?;
        // `Iterator<Item: Bound>`, `Trait<Assoc<A> = B>`.
        if matches!(self.form(), b':' | b'=') && !self.is_pair(0, b'=', b'>') {
            return None;
        }
        Some(GenericArgument::Type(ty))
    }
}

pub(super) fn colons() -> Token![::] {
    token::PathSep { spans: [Span::call_site(), Span::call_site()] }
}
