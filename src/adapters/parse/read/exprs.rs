//! Expressions: operators, and what follows an atom.

use syn::{BinOp, Expr, Index, Member, RangeLimits, Token, UnOp, token};

use crate::adapters::parse::read::binding::{Braces, Precedence};
use crate::adapters::parse::read::{Reader, nowhere};
use crate::adapters::parse::tape::form;

/// What stands between two operands.
#[derive(Clone, Copy)]
enum Operator {
    Binary(BinOp),
    Assign,
    Range,
    Cast,
}

impl Reader<'_, '_> {
    /// An expression.
    pub(super) fn expr(&mut self) -> Option<Expr> {
        self.expr_with(Braces::OfStructs)
    }

    /// An expression before a block: a brace after a path starts that block.
    pub(super) fn condition(&mut self) -> Option<Expr> {
        self.expr_with(Braces::OfBlocks)
    }

    pub(super) fn expr_with(&mut self, braces: Braces) -> Option<Expr> {
        let mut found = self.unary(braces);
        self.operators(&mut found, braces, Precedence::Least);
        found
    }

    /// The operators that follow a first operand and bind no looser than `base`. An expression is large,
    /// and so it grows where it stands; none where what follows is no operand.
    pub(super) fn operators(&mut self, found: &mut Option<Expr>, braces: Braces, base: Precedence) {
        while let Some(left) = found {
            if matches!(left, Expr::Range(_)) {
                break;
            }
            let Some((operator, length, precedence)) = self.operator() else { break };
            if precedence < base {
                break;
            }
            let nested = |expr: &Expr| matches!(expr, Expr::Binary(inner) if is_comparison(&inner.op));
            if precedence == Precedence::Compare && nested(left) {
                *found = None;
                break;
            }
            self.at += length;
            let left = found.take();
            *found = left.and_then(|left| self.operation(left, operator, (length, precedence), braces));
        }
    }

    /// An operation, of which all but the right side is read.
    fn operation(
        &mut self,
        left: Expr,
        operator: Operator,
        (length, precedence): (usize, Precedence),
        braces: Braces,
    ) -> Option<Expr> {
        let (attrs, left) = (Vec::new(), Box::new(left));
        Some(match operator {
            Operator::Binary(op) => {
                let right = self.right(braces, precedence)?;
                Expr::Binary(syn::ExprBinary { attrs, left, op, right })
            }
            Operator::Assign => {
                let right = self.right(braces, precedence)?;
                Expr::Assign(syn::ExprAssign { attrs, left, eq_token: Token![=](nowhere()), right })
            }
            Operator::Range => self.range(Some(left), length, braces)?,
            Operator::Cast => {
                let ty = Box::new(self.short_type()?);
                let dot = self.form() == b'.' && !self.is_dots();
                if dot || matches!(self.form(), b'?' | b'[' | b'(') {
                    return None;
                }
                Expr::Cast(syn::ExprCast { attrs, expr: left, as_token: Token![as](nowhere()), ty })
            }
        })
    }

    /// The right operand of an operator.
    fn right(&mut self, braces: Braces, precedence: Precedence) -> Option<Box<Expr>> {
        let mut right = self.unary(braces);
        while right.is_some()
            && let Some((_, _, next)) = self.operator()
        {
            let tighter = next > precedence || (next == precedence && precedence == Precedence::Assign);
            let before = self.at;
            if !tighter {
                break;
            }
            self.operators(&mut right, braces, next);
            if self.at == before {
                break;
            }
        }
        right.map(Box::new)
    }

    /// The operator here, the number of its tokens, and how tightly it binds.
    fn operator(&self) -> Option<(Operator, usize, Precedence)> {
        let here = || nowhere();
        let (first, second, third) = (self.form(), self.form_at(1), self.form_at(2));
        let joined = |ahead: usize| self.tape.is_joined(self.at + ahead);
        let second = if second != form::NONE && joined(0) { second } else { form::NONE };
        let third = if second != form::NONE && third != form::NONE && joined(1) { third } else { form::NONE };
        let two = [here(), here()];
        let binary = |op: BinOp, length: usize, precedence: Precedence| {
            Some((Operator::Binary(op), length, precedence))
        };
        use Precedence::{And, Assign, BitAnd, BitOr, BitXor, Compare, Or, Product, Range, Shift, Sum};
        let three = [here(), here(), here()];
        match (first, second, third) {
            (b'<', b'<', b'=') => binary(BinOp::ShlAssign(token::ShlEq { spans: three }), 3, Assign),
            (b'>', b'>', b'=') => binary(BinOp::ShrAssign(token::ShrEq { spans: three }), 3, Assign),
            (b'+', b'=', _) => binary(BinOp::AddAssign(token::PlusEq { spans: two }), 2, Assign),
            (b'-', b'=', _) => binary(BinOp::SubAssign(token::MinusEq { spans: two }), 2, Assign),
            (b'*', b'=', _) => binary(BinOp::MulAssign(token::StarEq { spans: two }), 2, Assign),
            (b'/', b'=', _) => binary(BinOp::DivAssign(token::SlashEq { spans: two }), 2, Assign),
            (b'%', b'=', _) => binary(BinOp::RemAssign(token::PercentEq { spans: two }), 2, Assign),
            (b'^', b'=', _) => binary(BinOp::BitXorAssign(token::CaretEq { spans: two }), 2, Assign),
            (b'&', b'=', _) => binary(BinOp::BitAndAssign(token::AndEq { spans: two }), 2, Assign),
            (b'|', b'=', _) => binary(BinOp::BitOrAssign(token::OrEq { spans: two }), 2, Assign),
            (b'&', b'&', _) => binary(BinOp::And(token::AndAnd { spans: two }), 2, And),
            (b'|', b'|', _) => binary(BinOp::Or(token::OrOr { spans: two }), 2, Or),
            (b'<', b'<', _) => binary(BinOp::Shl(token::Shl { spans: two }), 2, Shift),
            (b'>', b'>', _) => binary(BinOp::Shr(token::Shr { spans: two }), 2, Shift),
            (b'=', b'=', _) => binary(BinOp::Eq(token::EqEq { spans: two }), 2, Compare),
            (b'<', b'=', _) => binary(BinOp::Le(token::Le { spans: two }), 2, Compare),
            (b'!', b'=', _) => binary(BinOp::Ne(token::Ne { spans: two }), 2, Compare),
            (b'>', b'=', _) => binary(BinOp::Ge(token::Ge { spans: two }), 2, Compare),
            (b'+', ..) => binary(BinOp::Add(Token![+](here())), 1, Sum),
            (b'-', ..) => binary(BinOp::Sub(Token![-](here())), 1, Sum),
            (b'*', ..) => binary(BinOp::Mul(Token![*](here())), 1, Product),
            (b'/', ..) => binary(BinOp::Div(Token![/](here())), 1, Product),
            (b'%', ..) => binary(BinOp::Rem(Token![%](here())), 1, Product),
            (b'^', ..) => binary(BinOp::BitXor(Token![^](here())), 1, BitXor),
            (b'&', ..) => binary(BinOp::BitAnd(Token![&](here())), 1, BitAnd),
            (b'|', ..) => binary(BinOp::BitOr(Token![|](here())), 1, BitOr),
            (b'<', ..) => binary(BinOp::Lt(Token![<](here())), 1, Compare),
            (b'>', ..) => binary(BinOp::Gt(Token![>](here())), 1, Compare),
            (b'=', b'>', _) => None,
            (b'=', ..) => Some((Operator::Assign, 1, Assign)),
            (b'.', b'.', b'=') => Some((Operator::Range, 3, Range)),
            (b'.', b'.', _) => Some((Operator::Range, 2, Range)),
            (form::KEYWORD, ..) if self.keyword() == "as" => Some((Operator::Cast, 1, Precedence::Cast)),
            _ => None,
        }
    }

    /// What follows `..` or `..=`, which is read.
    pub(super) fn range(&mut self, start: Option<Box<Expr>>, length: usize, braces: Braces) -> Option<Expr> {
        let closed = length == 3;
        let end = if !closed && self.ends_range(braces) {
            None
        } else {
            Some(self.right(braces, Precedence::Range)?)
        };
        let limits = match closed {
            true => RangeLimits::Closed(token::DotDotEq { spans: [nowhere(); 3] }),
            false => RangeLimits::HalfOpen(token::DotDot { spans: [nowhere(); 2] }),
        };
        Some(Expr::Range(syn::ExprRange { attrs: Vec::new(), start, limits, end }))
    }

    /// Whether a range is open here.
    fn ends_range(&self, braces: Braces) -> bool {
        match self.form() {
            form::NONE | b',' | b';' | b'?' | b'=' | b'+' | b'/' | b'%' | b'^' | b'>' => true,
            b'.' => !self.is_dots(),
            b'{' => braces == Braces::OfBlocks,
            first @ (b'!' | b'-' | b'*' | b'&' | b'|') => self.is_pair(0, first, b'='),
            b'<' => {
                self.is_pair(0, b'<', b'=') || (self.is_pair(0, b'<', b'<') && self.is_pair(1, b'<', b'='))
            }
            form::KEYWORD => self.keyword() == "as",
            _ => false,
        }
    }

    /// Prefixes, an atom, and what follows it.
    pub(super) fn unary(&mut self, braces: Braces) -> Option<Expr> {
        let attrs = Vec::new();
        match self.form() {
            b'&' => {
                self.at += 1;
                let and_token = Token![&](nowhere());
                let raw = self.form() == form::WORD
                    && self.tape.word(self.at) == "raw"
                    && matches!(self.keyword_at(1), "mut" | "const");
                if raw {
                    self.at += 1;
                    let raw = Token![raw](nowhere());
                    let mutability = match self.mutability() {
                        Some(token) => syn::PointerMutability::Mut(token),
                        None => {
                            self.at += 1;
                            syn::PointerMutability::Const(Token![const](nowhere()))
                        }
                    };
                    let expr = Box::new(self.unary(braces)?);
                    return Some(Expr::RawAddr(syn::ExprRawAddr { attrs, and_token, raw, mutability, expr }));
                }
                let mutability = self.mutability();
                let expr = Box::new(self.unary(braces)?);
                Some(Expr::Reference(syn::ExprReference { attrs, and_token, mutability, expr }))
            }
            first @ (b'*' | b'!' | b'-') => {
                self.at += 1;
                let op = match first {
                    b'*' => UnOp::Deref(Token![*](nowhere())),
                    b'!' => UnOp::Not(Token![!](nowhere())),
                    _ => UnOp::Neg(Token![-](nowhere())),
                };
                Some(Expr::Unary(syn::ExprUnary { attrs, op, expr: Box::new(self.unary(braces)?) }))
            }
            _ => {
                let mut found = self.atom(braces);
                self.trailers(&mut found);
                found
            }
        }
    }

    /// Calls, fields, indices, `?` and `.await` after an atom, which grows where it stands.
    pub(super) fn trailers(&mut self, found: &mut Option<Expr>) {
        while let Some(expr) = found {
            let follows = match self.form() {
                b'(' | b'[' => true,
                b'?' => !matches!(expr, Expr::Range(_)),
                b'.' => !self.is_dots() && !matches!(expr, Expr::Range(_)),
                _ => false,
            };
            if !follows {
                break;
            }
            let base = found.take().map(Box::new);
            *found = base.and_then(|base| self.trailer(base));
        }
    }

    /// A call, field, index, `?` or `.await`.
    fn trailer(&mut self, expr: Box<Expr>) -> Option<Expr> {
        let attrs = Vec::new();
        match self.form() {
            b'(' => {
                let (args, paren_token) = (self.enter(b'(')?.between_commas(Self::expr)?, self.parens());
                Some(Expr::Call(syn::ExprCall { attrs, func: expr, paren_token, args }))
            }
            b'[' => {
                let mut inner = self.enter(b'[')?;
                let index = inner.expr().map(Box::new)?;
                inner.all(())?;
                let bracket_token = self.brackets();
                Some(Expr::Index(syn::ExprIndex { attrs, expr, bracket_token, index }))
            }
            b'?' => {
                let question_token = Token![?](self.span()?);
                self.at += 1;
                Some(Expr::Try(syn::ExprTry { attrs, expr, question_token }))
            }
            _ => {
                self.at += 1;
                self.after_dot(expr)
            }
        }
    }

    /// `.name`, `.name(…)`, `.0` and `.await`, after the dot.
    fn after_dot(&mut self, base: Box<Expr>) -> Option<Expr> {
        let attrs = Vec::new();
        let dot_token = Token![.](nowhere());
        if self.skip_keyword("await") {
            let await_token = Token![await](nowhere());
            return Some(Expr::Await(syn::ExprAwait { attrs, base, dot_token, await_token }));
        }
        if self.form() == form::LITERAL {
            // `.0.1` is one token.
            let entry = self.entry(0)?;
            let mut start = entry.start;
            let mut base = *base;
            for digits in self.tape.word(self.at).split('.') {
                let member = Member::Unnamed(Index {
                    index: digits.parse().ok()?,
                    span: self.tape.span(start, start + digits.len() as u32)?,
                });
                start += digits.len() as u32 + 1;
                let attrs = Vec::new();
                base = Expr::Field(syn::ExprField { attrs, base: Box::new(base), dot_token, member });
            }
            self.at += 1;
            return Some(base);
        }
        let method = self.name()?;
        let turbofish = match self.is_colons(0) && self.form_at(2) == b'<' {
            true => Some(self.angles()?),
            false => None,
        };
        if turbofish.is_none() && self.form() != b'(' {
            let member = Member::Named(method);
            return Some(Expr::Field(syn::ExprField { attrs, base, dot_token, member }));
        }
        let open = self.at;
        let args = self.enter(b'(')?.between_commas(Self::expr)?;
        // Its end is that of a closure without braces.
        let paren_token = match args.last() {
            Some(Expr::Closure(_)) => token::Paren { span: self.tape.brackets(open)? },
            _ => self.parens(),
        };
        Some(Expr::MethodCall(syn::ExprMethodCall {
            attrs,
            receiver: base,
            dot_token,
            method,
            turbofish,
            paren_token,
            args,
        }))
    }

    /// A field's name or number.
    pub(super) fn member(&mut self) -> Option<Member> {
        if self.form() != form::LITERAL {
            return self.name().map(Member::Named);
        }
        let (index, span) = (self.tape.word(self.at).parse().ok()?, self.span()?);
        self.at += 1;
        Some(Member::Unnamed(Index { index, span }))
    }
}

fn is_comparison(op: &BinOp) -> bool {
    matches!(op, BinOp::Eq(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Ne(_) | BinOp::Ge(_) | BinOp::Gt(_))
}
