//! Expressions that need no operator: literals, paths, blocks, branches, loops, closures.

use syn::punctuated::Punctuated;
use syn::{Block, Expr, Pat, Token, token};

use crate::adapters::parse::read::binding::{Braces, Precedence};
use crate::adapters::parse::read::lists::{Held, add};
use crate::adapters::parse::read::paths::Style;
use crate::adapters::parse::read::{Reader, nowhere};
use crate::adapters::parse::tape::form;

impl Reader<'_, '_> {
    /// An expression that is whole in itself.
    pub(super) fn atom(&mut self, braces: Braces) -> Option<Expr> {
        let attrs = Vec::new();
        match self.form() {
            form::LITERAL => Some(self.literal()),
            form::WORD | form::RAW | b'<' => self.path_atom(braces),
            b':' if self.is_colons(0) => self.path_atom(braces),
            b'(' => self.tuple(),
            b'[' => self.array(),
            b'{' => Some(Expr::Block(syn::ExprBlock { attrs, label: None, block: self.block()? })),
            b'|' => self.closure(braces),
            b'.' if self.is_dots() => {
                let closed = self.form_at(2) == b'=' && self.tape.is_joined(self.at + 1);
                let length = if closed { 3 } else { 2 };
                self.at += length;
                self.range(None, length, braces)
            }
            form::LIFETIME => self.labelled(),
            form::KEYWORD => self.keyword_atom(braces),
            _ => None,
        }
    }

    fn keyword_atom(&mut self, braces: Braces) -> Option<Expr> {
        let attrs = Vec::new();
        match self.keyword() {
            "true" | "false" => Some(self.literal()),
            "self" | "Self" | "super" | "crate" => self.path_atom(braces),
            "if" => self.branch(),
            "match" => self.match_(),
            "while" | "for" | "loop" => self.loop_(),
            "return" => {
                self.at += 1;
                let expr = self.optional(Braces::OfStructs)?;
                Some(Expr::Return(syn::ExprReturn { attrs, return_token: Token![return](nowhere()), expr }))
            }
            "break" => {
                self.at += 1;
                if self.skip(form::LIFETIME) && self.form() == b':' && !self.is_colons(0) {
                    return None;
                }
                let expr = self.optional(braces)?;
                let break_token = Token![break](nowhere());
                Some(Expr::Break(syn::ExprBreak { attrs, break_token, label: None, expr }))
            }
            "continue" => {
                self.at += 1;
                self.skip(form::LIFETIME);
                let continue_token = Token![continue](nowhere());
                Some(Expr::Continue(syn::ExprContinue { attrs, continue_token, label: None }))
            }
            "let" => self.let_(braces),
            "move" => self.closure(braces),
            "async" => {
                let moves = usize::from(self.keyword_at(1) == "move");
                if self.form_at(1 + moves) != b'{' {
                    return self.closure(braces);
                }
                self.at += 1 + moves;
                let (async_token, capture) = (Token![async](nowhere()), None);
                let (modifiers, block) = (syn::BlockModifiers::default(), self.block()?);
                Some(Expr::Async(syn::ExprAsync { attrs, async_token, capture, modifiers, block }))
            }
            "unsafe" => {
                self.at += 1;
                let (unsafe_token, block) = (Token![unsafe](nowhere()), self.block()?);
                Some(Expr::Unsafe(syn::ExprUnsafe { attrs, unsafe_token, block }))
            }
            "const" if self.form_at(1) == b'{' => {
                self.at += 1;
                let (const_token, modifiers) = (Token![const](nowhere()), syn::BlockModifiers::default());
                let block = self.block()?;
                Some(Expr::Const(syn::ExprConst { attrs, const_token, modifiers, block }))
            }
            "_" => {
                self.at += 1;
                Some(Expr::Infer(syn::ExprInfer { attrs, underscore_token: Token![_](nowhere()) }))
            }
            _ => None,
        }
    }

    /// A literal. Only whether there is one is asked; what it says is read off the text.
    pub(super) fn literal(&mut self) -> Expr {
        self.at += 1;
        let lit = syn::Lit::Bool(syn::LitBool { value: false, span: nowhere() });
        Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit })
    }

    /// What `return` or `break` may give.
    fn optional(&mut self, braces: Braces) -> Option<Option<Box<Expr>>> {
        let starts = match self.form() {
            form::WORD | form::RAW | form::LITERAL | form::LIFETIME => true,
            b'(' | b'[' | b'!' | b'-' | b'*' | b'|' | b'&' | b'<' | b'#' => true,
            b'{' => braces == Braces::OfStructs,
            b':' => self.is_colons(0),
            b'.' => self.is_dots(),
            form::KEYWORD => !matches!(self.keyword(), "as" | "else" | "in" | "where"),
            _ => false,
        };
        if !starts {
            return Some(None);
        }
        Some(Some(Box::new(self.expr()?)))
    }

    /// A path, a macro call or a struct.
    fn path_atom(&mut self, braces: Braces) -> Option<Expr> {
        let attrs = Vec::new();
        if self.form() == form::WORD && self.tape.word(self.at) == "builtin" && self.form_at(1) == b'#' {
            return None;
        }
        let (qself, path) = self.qualified(Style::Expr)?;
        if self.form() == b'!' && !self.is_pair(0, b'!', b'=') && qself.is_none() {
            if path.segments.iter().any(|segment| !segment.arguments.is_none()) {
                return None;
            }
            return Some(Expr::Macro(syn::ExprMacro { attrs, mac: self.macro_of(path)? }));
        }
        if braces == Braces::OfStructs && self.form() == b'{' {
            return self.struct_(qself, path);
        }
        Some(Expr::Path(syn::ExprPath { attrs, qself, path }))
    }

    fn struct_(&mut self, qself: Option<syn::QSelf>, path: syn::Path) -> Option<Expr> {
        let mut inner = self.enter(b'{')?;
        let mut fields = Punctuated::new();
        let (mut dot2_token, mut rest) = (None, None);
        while !inner.is_done() {
            if inner.is_dots() {
                inner.at += 2;
                dot2_token = Some(token::DotDot { spans: [nowhere(); 2] });
                rest = if inner.is_done() { None } else { Some(Box::new(inner.expr()?)) };
                inner.all(())?;
                break;
            }
            let attrs = inner.attributes()?;
            let member = inner.member()?;
            let (colon_token, expr) = if inner.skip(b':') {
                (Some(Token![:](nowhere())), inner.expr()?)
            } else {
                let syn::Member::Named(name) = &member else { return None };
                let path = syn::Path::from(name.clone());
                (None, Expr::Path(syn::ExprPath { attrs: Vec::new(), qself: None, path }))
            };
            let field = syn::FieldValue { attrs, member, colon_token, expr };
            add(&mut fields, field);
            inner.pass_comma()?;
        }
        let (attrs, brace_token) = (Vec::new(), self.braces());
        Some(Expr::Struct(syn::ExprStruct { attrs, qself, path, brace_token, fields, dot2_token, rest }))
    }

    fn tuple(&mut self) -> Option<Expr> {
        let (attrs, paren_token) = (Vec::new(), self.parens());
        Some(match self.enter(b'(')?.held(Self::expr)? {
            Held::One(expr) => Expr::Paren(syn::ExprParen { attrs, paren_token, expr: Box::new(expr) }),
            Held::Many(elems) => Expr::Tuple(syn::ExprTuple { attrs, paren_token, elems }),
        })
    }

    fn array(&mut self) -> Option<Expr> {
        let mut inner = self.enter(b'[')?;
        let (attrs, bracket_token) = (Vec::new(), self.brackets());
        let mut elems = Punctuated::new();
        while !inner.is_done() {
            let expr = inner.expr()?;
            if elems.is_empty() && inner.skip(b';') {
                let (expr, len) = (Box::new(expr), Box::new(inner.expr()?));
                let semi_token = Token![;](nowhere());
                return inner.all(Expr::Repeat(syn::ExprRepeat {
                    attrs,
                    bracket_token,
                    expr,
                    semi_token,
                    len,
                }));
            }
            add(&mut elems, expr);
            inner.pass_comma()?;
        }
        Some(Expr::Array(syn::ExprArray { attrs, bracket_token, elems }))
    }

    /// `{ … }`, without attributes in it.
    pub(super) fn block(&mut self) -> Option<Block> {
        let open = self.at;
        let mut inner = self.enter(b'{')?;
        if inner.form() == b'#' && inner.form_at(1) == b'!' {
            return None;
        }
        let stmts = inner.statements()?;
        Some(Block { brace_token: token::Brace { span: self.tape.brackets(open)? }, stmts })
    }

    /// `'a: loop { … }`. Labels are left out.
    fn labelled(&mut self) -> Option<Expr> {
        self.at += 1;
        self.eat(b':')?;
        match self.form() {
            b'{' => {
                let (attrs, label) = (Vec::new(), None);
                Some(Expr::Block(syn::ExprBlock { attrs, label, block: self.block()? }))
            }
            _ => self.loop_(),
        }
    }

    fn loop_(&mut self) -> Option<Expr> {
        let (attrs, label) = (Vec::new(), None);
        let word = self.keyword();
        self.at += 1;
        match word {
            "loop" => {
                let (loop_token, body) = (Token![loop](nowhere()), self.block()?);
                Some(Expr::Loop(syn::ExprLoop { attrs, label, loop_token, body }))
            }
            "while" => {
                let cond = Box::new(self.condition()?);
                let (while_token, body) = (Token![while](nowhere()), self.block()?);
                Some(Expr::While(syn::ExprWhile { attrs, label, while_token, cond, body }))
            }
            "for" if self.form() != b'<' => {
                let pat = Box::new(self.pattern()?);
                self.eat_keyword("in")?;
                let expr = Box::new(self.condition()?);
                let (for_token, in_token) = (Token![for](nowhere()), Token![in](nowhere()));
                let body = self.block()?;
                Some(Expr::ForLoop(syn::ExprForLoop { attrs, label, for_token, pat, in_token, expr, body }))
            }
            _ => None,
        }
    }

    /// `let pattern = value`, in a condition.
    fn let_(&mut self, braces: Braces) -> Option<Expr> {
        self.at += 1;
        let pat = Box::new(self.pattern()?);
        let eq_token = Token![=](self.span()?);
        self.eat(b'=')?;
        let mut found = self.unary(braces);
        self.operators(&mut found, braces, Precedence::Compare);
        let expr = Box::new(found?);
        let let_token = Token![let](nowhere());
        Some(Expr::Let(syn::ExprLet { attrs: Vec::new(), let_token, pat, eq_token, expr }))
    }

    fn branch(&mut self) -> Option<Expr> {
        self.eat_keyword("if")?;
        let cond = Box::new(self.condition()?);
        let (attrs, if_token) = (Vec::new(), Token![if](nowhere()));
        let then_branch = self.block()?;
        let mut else_branch = None;
        if self.skip_keyword("else") {
            let other = match self.keyword() {
                "if" => self.branch()?,
                _ => Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: self.block()? }),
            };
            else_branch = Some((Token![else](nowhere()), Box::new(other)));
        }
        Some(Expr::If(syn::ExprIf { attrs, if_token, cond, then_branch, else_branch }))
    }

    fn match_(&mut self) -> Option<Expr> {
        let match_token = Token![match](self.span()?);
        self.at += 1;
        let expr = Box::new(self.condition()?);
        let open = self.at;
        let mut inner = self.enter(b'{')?;
        if inner.form() == b'#' && inner.form_at(1) == b'!' {
            return None;
        }
        let mut arms = Vec::new();
        while !inner.is_done() {
            arms.push(inner.arm()?);
        }
        let brace_token = token::Brace { span: self.tape.brackets(open)? };
        Some(Expr::Match(syn::ExprMatch { attrs: Vec::new(), match_token, expr, brace_token, arms }))
    }

    fn arm(&mut self) -> Option<syn::Arm> {
        let attrs = self.attributes()?;
        let pat = self.guarded()?;
        let arrow = self.entry(1)?;
        self.eat_pair(b'=', b'>')?;
        let fat_arrow_token = token::FatArrow { spans: [nowhere(), self.tape.span(arrow.start, arrow.end)?] };
        let body = self.early()?;
        let comma = match self.form() {
            b',' => Some(Token![,](self.span()?)),
            form::NONE => None,
            _ if ends_itself(&body) => None,
            _ => return None,
        };
        self.at += usize::from(comma.is_some());
        Some(syn::Arm { attrs, pat, fat_arrow_token, body: Box::new(body), comma })
    }

    /// `async move |a, b: B| -> C { … }`.
    fn closure(&mut self, braces: Braces) -> Option<Expr> {
        let asyncness = self.skip_keyword("async").then(|| Token![async](nowhere()));
        let capture = self.skip_keyword("move").then(|| Token![move](nowhere()));
        self.eat(b'|')?;
        let mut inputs = Punctuated::new();
        while self.form() != b'|' {
            add(&mut inputs, self.parameter()?);
            if !self.skip(b',') && self.form() != b'|' {
                return None;
            }
        }
        let inputs_end = Token![|](self.span()?);
        self.at += 1;
        let arrow = self.is_pair(0, b'-', b'>');
        let (output, body) = if arrow {
            self.at += 2;
            let ty = Box::new(self.type_()?);
            let block = Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: self.block()? });
            (syn::ReturnType::Type(token::RArrow { spans: [nowhere(); 2] }, ty), block)
        } else {
            (syn::ReturnType::Default, self.expr_with(braces)?)
        };
        Some(Expr::Closure(syn::ExprClosure {
            attrs: Vec::new(),
            lifetimes: None,
            modifiers: syn::ClosureModifiers::default(),
            constness: None,
            asyncness,
            capture,
            inputs_begin: Token![|](nowhere()),
            inputs,
            inputs_end,
            output,
            body: Box::new(body),
        }))
    }

    fn parameter(&mut self) -> Option<Pat> {
        let pat = self.case()?;
        if self.form() != b':' || self.is_colons(0) {
            return Some(pat);
        }
        self.at += 1;
        let (pat, colon_token, ty) = (Box::new(pat), Token![:](nowhere()), Box::new(self.type_()?));
        Some(Pat::Type(syn::PatType { attrs: Vec::new(), pat, colon_token, ty }))
    }
}

/// Whether an expression that ends with a brace is a statement without a semicolon.
pub(super) fn ends_itself(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::If(_)
            | Expr::Match(_)
            | Expr::Block(_)
            | Expr::Unsafe(_)
            | Expr::While(_)
            | Expr::Loop(_)
            | Expr::ForLoop(_)
            | Expr::TryBlock(_)
            | Expr::Const(_)
    )
}
