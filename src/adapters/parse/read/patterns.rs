//! Patterns.

use syn::punctuated::Punctuated;
use syn::{Expr, FieldPat, Member, Pat, RangeLimits, Token, token};

use crate::adapters::parse::read::lists::{Held, add};
use crate::adapters::parse::read::paths::Style;
use crate::adapters::parse::read::{Reader, nowhere};
use crate::adapters::parse::tape::form;

impl Reader<'_, '_> {
    /// A pattern with all its cases: `A | B`.
    pub(super) fn pattern(&mut self) -> Option<Pat> {
        let leading_vert = self.is_case().then(|| Token![|](nowhere()));
        self.at += usize::from(leading_vert.is_some());
        let first = self.case()?;
        if leading_vert.is_none() && !self.is_case() {
            return Some(first);
        }
        let mut cases = Punctuated::new();
        add(&mut cases, first);
        while self.is_case() {
            self.at += 1;
            add(&mut cases, self.case()?);
        }
        Some(Pat::Or(syn::PatOr { attrs: Vec::new(), leading_vert, cases }))
    }

    /// A pattern with its condition: `A | B if c`.
    pub(super) fn guarded(&mut self) -> Option<Pat> {
        let pat = self.pattern()?;
        if !self.skip_keyword("if") {
            return Some(pat);
        }
        let guard = Box::new(self.expr()?);
        let (pat, if_token) = (Box::new(pat), Token![if](nowhere()));
        Some(Pat::Guard(syn::PatGuard { attrs: Vec::new(), pat, if_token, guard }))
    }

    fn is_case(&self) -> bool {
        self.form() == b'|' && !self.is_pair(0, b'|', b'|') && !self.is_pair(0, b'|', b'=')
    }

    /// A pattern without cases.
    pub(super) fn case(&mut self) -> Option<Pat> {
        let attrs = Vec::new();
        match self.form() {
            form::WORD | form::RAW => {
                let goes_on = matches!(self.form_at(1), b'!' | b'{' | b'(')
                    || self.is_colons(1)
                    || self.is_pair(1, b'.', b'.');
                if goes_on { self.path_pattern() } else { self.binding() }
            }
            form::KEYWORD => match self.keyword() {
                "_" => {
                    self.at += 1;
                    Some(Pat::Wild(syn::PatWild { attrs, underscore_token: Token![_](nowhere()) }))
                }
                "ref" | "mut" => self.binding(),
                "self" if !self.is_colons(1) => self.binding(),
                "self" | "Self" | "super" | "crate" => self.path_pattern(),
                "true" | "false" => self.constant(),
                _ => None,
            },
            form::LITERAL | b'-' => self.constant(),
            b':' | b'<' => self.path_pattern(),
            b'&' => {
                self.at += 1;
                let (and_token, mutability) = (Token![&](nowhere()), self.mutability());
                let pat = Box::new(self.case()?);
                Some(Pat::Reference(syn::PatReference { attrs, and_token, mutability, pat }))
            }
            b'(' => self.tuple_pattern(),
            b'[' => {
                let mut inner = self.enter(b'[')?;
                let (elems, bracket_token) = (inner.between_commas(Self::pattern)?, self.brackets());
                Some(Pat::Slice(syn::PatSlice { attrs, bracket_token, elems }))
            }
            b'.' => self.open_range(),
            _ => None,
        }
    }

    fn tuple_pattern(&mut self) -> Option<Pat> {
        let (attrs, paren_token) = (Vec::new(), self.parens());
        let elems = match self.enter(b'(')?.held(Self::pattern)? {
            Held::One(pat) if !matches!(pat, Pat::Rest(_)) => {
                return Some(Pat::Paren(syn::PatParen { attrs, paren_token, pat: Box::new(pat) }));
            }
            Held::One(rest) => Punctuated::from_iter([rest]),
            Held::Many(elems) => elems,
        };
        Some(Pat::Tuple(syn::PatTuple { attrs, paren_token, elems }))
    }

    /// `ref mut name @ pattern`.
    fn binding(&mut self) -> Option<Pat> {
        let by_ref = self.skip_keyword("ref").then(|| Token![ref](nowhere()));
        let mutability = self.mutability();
        let ident = if self.keyword() == "self" { self.any_name()? } else { self.name()? };
        let subpat = match self.skip(b'@') {
            true => Some((Token![@](nowhere()), Box::new(self.case()?))),
            false => None,
        };
        Some(Pat::Ident(syn::PatIdent { attrs: Vec::new(), by_ref, mutability, ident, subpat }))
    }

    fn path_pattern(&mut self) -> Option<Pat> {
        let attrs = Vec::new();
        let (qself, path) = self.qualified(Style::Expr)?;
        match self.form() {
            b'!' if !self.is_pair(0, b'!', b'=') => match qself {
                None => Some(Pat::Macro(syn::ExprMacro { attrs, mac: self.macro_of(path)? })),
                Some(_) => None,
            },
            b'{' => self.struct_pattern(qself, path),
            b'(' => {
                let elems = self.enter(b'(')?.between_commas(Self::pattern)?;
                let paren_token = self.parens();
                Some(Pat::TupleStruct(syn::PatTupleStruct { attrs, qself, path, paren_token, elems }))
            }
            b'.' if self.is_dots() => {
                let start = Some(Box::new(Expr::Path(syn::ExprPath { attrs, qself, path })));
                self.range_pattern(start)
            }
            _ => Some(Pat::Path(syn::ExprPath { attrs, qself, path })),
        }
    }

    fn struct_pattern(&mut self, qself: Option<syn::QSelf>, path: syn::Path) -> Option<Pat> {
        let mut inner = self.enter(b'{')?;
        let mut fields = Punctuated::new();
        let mut rest = None;
        while !inner.is_done() {
            let attrs = inner.attributes()?;
            if inner.is_dots() {
                inner.at += 2;
                rest = Some(syn::PatRest { attrs, dot2_token: dots() });
                inner.all(())?;
                break;
            }
            let field = FieldPat { attrs, ..inner.field_pattern()? };
            add(&mut fields, field);
            inner.pass_comma()?;
        }
        let (attrs, brace_token) = (Vec::new(), self.braces());
        Some(Pat::Struct(syn::PatStruct { attrs, qself, path, brace_token, fields, rest }))
    }

    fn field_pattern(&mut self) -> Option<FieldPat> {
        let attrs = Vec::new();
        let named = self.is_name(0) && self.form_at(1) == b':';
        if named || self.form() == form::LITERAL {
            let member = self.member()?;
            self.eat(b':')?;
            let (colon_token, pat) = (Some(Token![:](nowhere())), Box::new(self.pattern()?));
            return Some(FieldPat { attrs, member, colon_token, pat });
        }
        let by_ref = self.skip_keyword("ref").then(|| Token![ref](nowhere()));
        let mutability = self.mutability();
        let ident = self.name()?;
        let member = Member::Named(ident.clone());
        let pat = Pat::Ident(syn::PatIdent { attrs: Vec::new(), by_ref, mutability, ident, subpat: None });
        Some(FieldPat { attrs, member, colon_token: None, pat: Box::new(pat) })
    }

    /// A literal, or a range that starts with one.
    fn constant(&mut self) -> Option<Pat> {
        let start = self.bound()??;
        if self.is_dots() {
            return self.range_pattern(Some(Box::new(start)));
        }
        match start {
            Expr::Lit(literal) => Some(Pat::Lit(literal)),
            _ => None,
        }
    }

    /// `..=end`, or `..`: the rest.
    fn open_range(&mut self) -> Option<Pat> {
        if !self.is_dots() || self.is_third(b'.') {
            return None;
        }
        match self.range_pattern(None)? {
            Pat::Range(syn::ExprRange { end: None, limits: RangeLimits::HalfOpen(dot2_token), .. }) => {
                Some(Pat::Rest(syn::PatRest { attrs: Vec::new(), dot2_token }))
            }
            range => Some(range),
        }
    }

    fn is_third(&self, byte: u8) -> bool {
        self.is_dots() && self.form_at(2) == byte && self.tape.is_joined(self.at + 1)
    }

    /// `..`, `..=` or `...`, and the end of a range.
    fn range_pattern(&mut self, start: Option<Box<Expr>>) -> Option<Pat> {
        let closed = self.is_third(b'=') || self.is_third(b'.');
        self.at += if closed { 3 } else { 2 };
        let end = self.bound()?;
        let limits = match (closed, &end) {
            (true, None) => return None,
            (true, Some(_)) => RangeLimits::Closed(token::DotDotEq { spans: [nowhere(); 3] }),
            (false, _) => RangeLimits::HalfOpen(dots()),
        };
        Some(Pat::Range(syn::ExprRange { attrs: Vec::new(), start, limits, end: end.map(Box::new) }))
    }

    /// What a range may start or end with; nothing where it is open.
    fn bound(&mut self) -> Option<Option<Expr>> {
        match self.form() {
            form::NONE | b'|' | b'=' | b',' | b';' => return Some(None),
            b':' if !self.is_colons(0) => return Some(None),
            form::KEYWORD if self.keyword() == "if" => return Some(None),
            _ => {}
        }
        if self.form() == b'-' && self.form_at(1) == form::LITERAL {
            self.at += 1;
            return Some(Some(self.literal()));
        }
        if self.form() == form::LITERAL || matches!(self.keyword(), "true" | "false") {
            return Some(Some(self.literal()));
        }
        if !self.is_path() {
            return None;
        }
        let (qself, path) = self.qualified(Style::Expr)?;
        Some(Some(Expr::Path(syn::ExprPath { attrs: Vec::new(), qself, path })))
    }
}

fn dots() -> Token![..] {
    token::DotDot { spans: [nowhere(); 2] }
}
