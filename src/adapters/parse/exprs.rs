//! Bodies: statements and expressions, with the local variables they bind.

use syn::{Expr, Pat, Stmt};

use crate::adapters::parse::context::Context;
use crate::adapters::parse::deeds::{is_assignment, is_failure, is_left, is_mapping};
use crate::adapters::parse::expr_attrs::{attrs_of, leading_attrs};
use crate::adapters::parse::read;
use crate::adapters::parse::values::Seen;
use crate::domain::source::deeds::{ActForm, RegionForm};
use crate::domain::source::facts::{Namespace, Part, ScopeForm};
use crate::domain::source::light::Value;
use crate::domain::source::span::Span;

impl Context<'_> {
    /// The body of a function that was left out of its trees.
    pub fn left_out(&mut self, body: &syn::Block) -> Option<syn::Block> {
        if !body.stmts.is_empty() {
            return None;
        }
        let (tape, place) = self.read_at(body.brace_token.span.open())?;
        if !tape.is_left(place) {
            return None;
        }
        let found = read::block(tape, place);
        self.is_broken |= found.is_none();
        found
    }

    /// A block: its items and imports get a scope of their own, its locals end with it.
    pub fn block(&mut self, block: &syn::Block) {
        self.block_value(&block.stmts);
    }

    /// The statements of a block.
    pub fn statements(&mut self, stmts: &[Stmt]) {
        self.block_value(stmts);
    }

    /// The statements of a block, and what is known of its value: that of the last expression.
    fn block_value(&mut self, stmts: &[Stmt]) -> Seen {
        let declares = stmts.iter().any(|stmt| match stmt {
            Stmt::Item(_) => true,
            Stmt::Macro(call) => call.mac.path.is_ident("macro_rules") || self.may_declare(&call.mac),
            _ => false,
        });
        let before = self.scope;
        if declares {
            self.scope = self.open_scope(ScopeForm::Block, self.owner);
        }
        let mut seen = Seen::Nothing;
        self.local(|this| {
            for stmt in stmts {
                seen = this.statement(stmt);
            }
        });
        self.scope = before;
        seen
    }

    fn statement(&mut self, stmt: &Stmt) -> Seen {
        match stmt {
            Stmt::Local(local) => {
                let before = self.enter_cfg(&local.attrs);
                let declared = match &local.pat {
                    Pat::Type(typed) => self.shape(&typed.ty),
                    _ => None,
                };
                let mut seen = Seen::Nothing;
                if let Some(init) = &local.init {
                    if init.diverge.is_none() && self.each_of_tuple(&local.pat, &init.expr) {
                        self.cfg = before;
                        return Seen::Nothing;
                    }
                    seen = self.value(&init.expr);
                    if let Some((_, diverge)) = &init.diverge {
                        self.decisions += 1;
                        self.expr(diverge);
                    }
                }
                match &local.pat {
                    Pat::Type(typed) => {
                        let shape = declared.map(|shape| self.store_shape(shape));
                        self.bind_declared(&typed.pat, shape);
                    }
                    pat => {
                        self.bind_seen(pat, seen);
                    }
                }
                self.cfg = before;
            }
            Stmt::Item(item) => self.item_in_block(item),
            Stmt::Expr(expr, semi) => {
                let before = self.cfg;
                self.cfg = self.read_attrs(leading_attrs(expr)).cfg;
                let seen = self.value(expr);
                self.cfg = before;
                if semi.is_none() {
                    return seen;
                }
            }
            Stmt::Macro(call) => {
                let before = self.enter_cfg(&call.attrs);
                self.statement_macro(&call.mac);
                self.cfg = before;
            }
        }
        Seen::Nothing
    }

    /// `let (a, b) = (x, y);`: each name is bound to its value; false where it is anything else.
    fn each_of_tuple(&mut self, pat: &Pat, init: &Expr) -> bool {
        let (Pat::Tuple(names), Expr::Tuple(values)) = (pat, init) else { return false };
        if names.elems.len() != values.elems.len()
            || names.elems.iter().any(|name| matches!(name, Pat::Rest(_)))
            || !values.attrs.is_empty()
        {
            return false;
        }
        let seen: Vec<Seen> = values.elems.iter().map(|value| self.value(value)).collect();
        for (name, seen) in names.elems.iter().zip(seen) {
            self.bind_seen(name, seen);
        }
        true
    }

    /// An expression.
    pub fn expr(&mut self, expr: &Expr) {
        self.value(expr);
    }

    /// An expression, and what is known of its value.
    pub fn value(&mut self, expr: &Expr) -> Seen {
        let attrs = attrs_of(expr);
        if attrs.is_empty() {
            return self.bare_value(expr);
        }
        let before = self.enter_cfg(attrs);
        let seen = self.bare_value(expr);
        self.cfg = before;
        seen
    }

    /// An expression without its attributes.
    fn bare_value(&mut self, expr: &Expr) -> Seen {
        match expr {
            Expr::Path(path) => self.path_value(path),
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Call(call) => self.call(call),
            Expr::Field(field) => self.field_access(field),
            Expr::Struct(literal) => self.struct_literal(literal),
            Expr::Reference(inner) => self.value(&inner.expr),
            Expr::Paren(inner) => self.value(&inner.expr),
            Expr::Group(inner) => self.value(&inner.expr),
            Expr::Unary(inner) => match (self.value(&inner.expr), &inner.op) {
                (seen, syn::UnOp::Deref(_)) => self.derived(seen, Value::Dereferenced),
                _ => Seen::Nothing,
            },
            Expr::Try(inner) => {
                let seen = self.value(&inner.expr);
                self.act(inner.question_token.span, ActForm::Try);
                self.derived(seen, Value::Tried)
            }
            Expr::Await(inner) => {
                let seen = self.value(&inner.base);
                self.derived(seen, Value::Awaited)
            }
            Expr::Index(inner) => self.index(inner),
            Expr::Block(inner) => self.block_value(&inner.block.stmts),
            Expr::Unsafe(inner) => self.block_value(&inner.block.stmts),
            Expr::If(branch) => self.if_(branch),
            Expr::Match(inner) => self.match_(inner),
            Expr::Closure(closure) => {
                let answer = self.closure(closure, |_| Seen::Nothing);
                self.derived(answer, Value::Closure)
            }
            _ => {
                self.bare_expr(expr);
                Seen::Nothing
            }
        }
    }

    /// An expression of whose value nothing is known.
    fn bare_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Lit(_) | Expr::Continue(_) | Expr::Infer(_) => {}
            Expr::Macro(call) => self.macro_call(&call.mac),
            Expr::Let(inner) => {
                let seen = self.value(&inner.expr);
                self.bind_seen(&inner.pat, seen);
            }
            Expr::Binary(inner) => {
                if matches!(inner.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) {
                    self.decisions += 1;
                }
                if is_assignment(&inner.op) {
                    self.assignment(&inner.left);
                }
                self.expr(&inner.left);
                self.expr(&inner.right);
            }
            Expr::ForLoop(inner) => {
                self.decisions += 1;
                let seen = self.value(&inner.expr);
                let seen = self.derived(seen, Value::Element);
                self.region(&inner.body.brace_token, RegionForm::Loop);
                self.local(|this| {
                    this.bind_seen(&inner.pat, seen);
                    this.block(&inner.body);
                });
            }
            Expr::While(inner) => {
                self.decisions += 1;
                self.region(&inner.body.brace_token, RegionForm::Loop);
                self.local(|this| {
                    this.expr(&inner.cond);
                    this.block(&inner.body);
                });
            }
            Expr::Loop(inner) => {
                self.decisions += 1;
                self.region(&inner.body.brace_token, RegionForm::Loop);
                self.block(&inner.body);
            }
            _ => self.plain_expr(expr),
        }
    }

    /// Expressions that only hold others.
    fn plain_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Array(inner) => inner.elems.iter().for_each(|elem| self.expr(elem)),
            Expr::Tuple(inner) => inner.elems.iter().for_each(|elem| self.expr(elem)),
            Expr::Assign(inner) => {
                self.assignment(&inner.left);
                self.expr(&inner.left);
                self.expr(&inner.right);
            }
            Expr::Async(inner) => self.block(&inner.block),
            Expr::Break(inner) => inner.expr.iter().for_each(|value| self.expr(value)),
            Expr::Cast(inner) => {
                self.expr(&inner.expr);
                self.type_(&inner.ty);
            }
            Expr::Const(inner) => self.block(&inner.block),
            Expr::Range(inner) => {
                inner.start.iter().for_each(|value| self.expr(value));
                inner.end.iter().for_each(|value| self.expr(value));
            }
            Expr::RawAddr(inner) => self.expr(&inner.expr),
            Expr::Repeat(inner) => {
                self.expr(&inner.expr);
                self.expr(&inner.len);
            }
            Expr::Return(inner) => inner.expr.iter().for_each(|value| self.expr(value)),
            Expr::TryBlock(inner) => self.block(&inner.block),
            Expr::Yield(inner) => inner.expr.iter().for_each(|value| self.expr(value)),
            Expr::Verbatim(tokens) => self.token_soup(tokens),
            _ => {}
        }
    }

    /// `value[index]`: what it gives, if it is one of many.
    fn index(&mut self, inner: &syn::ExprIndex) -> Seen {
        let seen = self.value(&inner.expr);
        self.expr(&inner.index);
        self.index_act(inner);
        match &*inner.index {
            Expr::Range(_) => seen,
            _ => self.derived(seen, Value::Element),
        }
    }

    /// A condition with its branches: the first whose value is known says what all give.
    fn if_(&mut self, branch: &syn::ExprIf) -> Seen {
        let mut branch = branch;
        let mut known = Seen::Nothing;
        let group = self.arms();
        let mut leaves = true;
        // A long `else if` chain nests in the tree: walk it in a loop.
        loop {
            leaves &= is_left(&branch.then_branch);
            self.decisions += 1;
            self.region(&branch.then_branch.brace_token, RegionForm::Arm(group));
            if let Expr::Let(tried) = &*branch.cond
                && is_failure(&tried.pat)
            {
                let attempt = self.attempt(tried.eq_token.span, &branch.then_branch.brace_token);
                self.region(&branch.then_branch.brace_token, RegionForm::Attempt(attempt));
            }
            self.local(|this| {
                this.expr(&branch.cond);
                known = known.or(this.block_value(&branch.then_branch.stmts));
            });
            match branch.else_branch.as_ref().map(|(_, other)| &**other) {
                Some(Expr::If(next)) => branch = next,
                Some(other) => {
                    if let Expr::Block(block) = other {
                        self.region(&block.block.brace_token, RegionForm::Arm(group));
                    }
                    return known.or(self.value(other));
                }
                None => break,
            }
        }
        if leaves {
            let from = self.between(&branch.then_branch.brace_token).end;
            self.region_at(Span::new(from, u32::MAX), RegionForm::Rest(group));
        }
        Seen::Nothing
    }

    /// A match: the first arm whose value is known says what all give.
    fn match_(&mut self, inner: &syn::ExprMatch) -> Seen {
        let mut known = Seen::Nothing;
        let seen = self.value(&inner.expr);
        let seen = self.kept(seen);
        let branches = (inner.arms.len() as u32).saturating_sub(1);
        self.decisions += branches;
        if inner.arms.iter().all(|arm| is_mapping(&arm.pat, &self.vocabulary.results)) {
            self.mapped += branches;
        }
        let fails = inner.arms.iter().any(|arm| is_failure(&arm.pat));
        let attempt = fails.then(|| self.attempt(inner.match_token.span, &inner.brace_token));
        let group = self.arms();
        for arm in &inner.arms {
            let span = match &*arm.body {
                Expr::Block(block) => self.between(&block.block.brace_token),
                Expr::Path(_) | Expr::Lit(_) => Span::default(),
                _ => {
                    let start = self.end_of(arm.fat_arrow_token.spans[1]);
                    let end = match &arm.comma {
                        Some(comma) => self.start_of(comma.span),
                        None => self.start_of(inner.brace_token.span.close()),
                    };
                    Span::new(start, end)
                }
            };
            if span != Span::default() {
                self.region_at(span, RegionForm::Arm(group));
                if let Some(attempt) = attempt.filter(|_| is_failure(&arm.pat)) {
                    self.region_at(span, RegionForm::Attempt(attempt));
                }
            }
            let before = self.enter_cfg(&arm.attrs);
            self.local(|this| {
                this.bind_seen(&arm.pat, seen);
                known = known.or(this.value(&arm.body));
            });
            self.cfg = before;
        }
        known
    }

    fn struct_literal(&mut self, literal: &syn::ExprStruct) -> Seen {
        let seen = match &literal.qself {
            None => {
                let found = self.path(&literal.path, Namespace::Type);
                self.part(found, Part::Built);
                self.built(found, literal.path.segments.len())
            }
            Some(qself) => {
                self.qualified(qself, &literal.path);
                Seen::Nothing
            }
        };
        for field in &literal.fields {
            let before = self.enter_cfg(&field.attrs);
            self.expr(&field.expr);
            self.cfg = before;
        }
        literal.rest.iter().for_each(|rest| self.expr(rest));
        seen
    }
}
