//! Bodies: statements, expressions and patterns, with the local variables they bind.

use syn::{Expr, Member, Pat, Stmt};

use crate::adapters::parse::context::Context;
use crate::adapters::parse::expr_attrs::{attrs_of, leading_attrs};
use crate::domain::source::facts::{Certainty, Namespace, ScopeForm};

/// Methods whose call decides something, as a loop with an `if` would.
const DECIDING_METHODS: [&str; 20] = [
    "filter",
    "filter_map",
    "any",
    "all",
    "find",
    "find_map",
    "position",
    "retain",
    "partition",
    "take_while",
    "skip_while",
    "map_or",
    "map_or_else",
    "is_some_and",
    "is_none_or",
    "is_ok_and",
    "then",
    "then_some",
    "ok_or",
    "ok_or_else",
];

impl Context<'_> {
    /// A block: its items and imports get a scope of their own, its locals end with it.
    pub fn block(&mut self, block: &syn::Block) {
        self.statements(&block.stmts);
    }

    /// The statements of a block.
    pub fn statements(&mut self, stmts: &[Stmt]) {
        let declares = stmts.iter().any(|stmt| match stmt {
            Stmt::Item(_) => true,
            Stmt::Macro(call) => call.mac.path.is_ident("macro_rules"),
            _ => false,
        });
        let before = self.scope;
        if declares {
            self.scope = self.open_scope(ScopeForm::Block, self.owner);
        }
        self.local(|this| {
            for stmt in stmts {
                this.statement(stmt);
            }
        });
        self.scope = before;
    }

    fn statement(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Local(local) => {
                let before = self.enter_cfg(&local.attrs);
                if let syn::Pat::Type(typed) = &local.pat {
                    self.type_(&typed.ty);
                }
                if let Some(init) = &local.init {
                    self.expr(&init.expr);
                    if let Some((_, diverge)) = &init.diverge {
                        self.decisions += 1;
                        self.expr(diverge);
                    }
                }
                match &local.pat {
                    syn::Pat::Type(typed) => self.pattern(&typed.pat),
                    pat => self.pattern(pat),
                }
                self.cfg = before;
            }
            Stmt::Item(item) => self.item_in_block(item),
            Stmt::Expr(expr, _) => {
                let before = self.cfg;
                self.cfg = self.read_attrs(leading_attrs(expr)).cfg;
                self.expr(expr);
                self.cfg = before;
            }
            Stmt::Macro(call) => {
                let before = self.enter_cfg(&call.attrs);
                self.statement_macro(&call.mac);
                self.cfg = before;
            }
        }
    }

    /// An expression.
    pub fn expr(&mut self, expr: &Expr) {
        let attrs = attrs_of(expr);
        if attrs.is_empty() {
            self.bare_expr(expr);
        } else {
            let before = self.enter_cfg(attrs);
            self.bare_expr(expr);
            self.cfg = before;
        }
    }

    /// An expression without its attributes.
    fn bare_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Path(path) => match &path.qself {
                None => {
                    self.path(&path.path, Namespace::Value);
                }
                Some(qself) => self.qualified(qself, &path.path),
            },
            Expr::Lit(_) | Expr::Continue(_) | Expr::Infer(_) => {}
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Call(call) => {
                self.expr(&call.func);
                call.args.iter().for_each(|argument| self.expr(argument));
            }
            Expr::Field(field) => self.expr(&field.base),
            Expr::Reference(inner) => self.expr(&inner.expr),
            Expr::Macro(call) => self.macro_call(&call.mac),
            Expr::Block(inner) => self.block(&inner.block),
            Expr::If(branch) => self.if_(branch),
            Expr::Match(inner) => self.match_(inner),
            Expr::Let(inner) => {
                self.expr(&inner.expr);
                self.pattern(&inner.pat);
            }
            Expr::Binary(inner) => {
                if matches!(inner.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) {
                    self.decisions += 1;
                }
                self.expr(&inner.left);
                self.expr(&inner.right);
            }
            Expr::Struct(literal) => self.struct_literal(literal),
            Expr::Closure(closure) => self.closure(closure),
            Expr::ForLoop(inner) => {
                self.decisions += 1;
                self.expr(&inner.expr);
                self.local(|this| {
                    this.pattern(&inner.pat);
                    this.block(&inner.body);
                });
            }
            Expr::While(inner) => {
                self.decisions += 1;
                self.local(|this| {
                    this.expr(&inner.cond);
                    this.block(&inner.body);
                });
            }
            Expr::Loop(inner) => {
                self.decisions += 1;
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
                self.expr(&inner.left);
                self.expr(&inner.right);
            }
            Expr::Async(inner) => self.block(&inner.block),
            Expr::Await(inner) => self.expr(&inner.base),
            Expr::Break(inner) => inner.expr.iter().for_each(|value| self.expr(value)),
            Expr::Cast(inner) => {
                self.expr(&inner.expr);
                self.type_(&inner.ty);
            }
            Expr::Const(inner) => self.block(&inner.block),
            Expr::Group(inner) => self.expr(&inner.expr),
            Expr::Index(inner) => {
                self.expr(&inner.expr);
                self.expr(&inner.index);
            }
            Expr::Paren(inner) => self.expr(&inner.expr),
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
            Expr::Try(inner) => self.expr(&inner.expr),
            Expr::TryBlock(inner) => self.block(&inner.block),
            Expr::Unary(inner) => self.expr(&inner.expr),
            Expr::Unsafe(inner) => self.block(&inner.block),
            Expr::Yield(inner) => inner.expr.iter().for_each(|value| self.expr(value)),
            Expr::Verbatim(tokens) => self.token_soup(tokens),
            _ => {}
        }
    }

    fn method_call(&mut self, call: &syn::ExprMethodCall) {
        if DECIDING_METHODS.iter().any(|name| call.method == name) {
            self.decisions += 1;
        }
        self.expr(&call.receiver);
        if let Some(turbofish) = &call.turbofish {
            self.generic_arguments(turbofish);
        }
        call.args.iter().for_each(|argument| self.expr(argument));
    }

    fn if_(&mut self, branch: &syn::ExprIf) {
        let mut branch = branch;
        // A long `else if` chain nests in the tree: walk it in a loop.
        loop {
            self.decisions += 1;
            self.local(|this| {
                this.expr(&branch.cond);
                this.block(&branch.then_branch);
            });
            match branch.else_branch.as_ref().map(|(_, other)| &**other) {
                Some(Expr::If(next)) => branch = next,
                Some(other) => return self.expr(other),
                None => return,
            }
        }
    }

    fn match_(&mut self, inner: &syn::ExprMatch) {
        self.expr(&inner.expr);
        self.decisions += (inner.arms.len() as u32).saturating_sub(1);
        for arm in &inner.arms {
            let before = self.enter_cfg(&arm.attrs);
            self.local(|this| {
                this.pattern(&arm.pat);
                this.expr(&arm.body);
            });
            self.cfg = before;
        }
    }

    fn struct_literal(&mut self, literal: &syn::ExprStruct) {
        match &literal.qself {
            None => {
                self.path(&literal.path, Namespace::Type);
            }
            Some(qself) => self.qualified(qself, &literal.path),
        }
        for field in &literal.fields {
            let before = self.enter_cfg(&field.attrs);
            self.expr(&field.expr);
            self.cfg = before;
        }
        literal.rest.iter().for_each(|rest| self.expr(rest));
    }

    fn closure(&mut self, closure: &syn::ExprClosure) {
        self.local(|this| {
            for input in &closure.inputs {
                this.pattern(input);
            }
            this.return_type(&closure.output);
            this.expr(&closure.body);
        });
    }

    /// A pattern: binds its variables, refers to its types and constants.
    pub fn pattern(&mut self, pat: &Pat) {
        match pat {
            Pat::Ident(ident) => self.ident_pattern(ident),
            Pat::Wild(_) | Pat::Rest(_) | Pat::Lit(_) => {}
            Pat::TupleStruct(inner) => {
                match &inner.qself {
                    None => {
                        self.path(&inner.path, Namespace::Value);
                    }
                    Some(qself) => self.qualified(qself, &inner.path),
                }
                inner.elems.iter().for_each(|elem| self.pattern(elem));
            }
            Pat::Struct(inner) => {
                match &inner.qself {
                    None => {
                        self.path(&inner.path, Namespace::Type);
                    }
                    Some(qself) => self.qualified(qself, &inner.path),
                }
                for field in &inner.fields {
                    let before = self.enter_cfg(&field.attrs);
                    match (&field.colon_token, &field.member, &*field.pat) {
                        (None, Member::Named(_), Pat::Ident(ident)) => self.bind(ident),
                        (_, _, pat) => self.pattern(pat),
                    }
                    self.cfg = before;
                }
            }
            Pat::Path(path) => match &path.qself {
                None => {
                    self.path(&path.path, Namespace::Value);
                }
                Some(qself) => self.qualified(qself, &path.path),
            },
            Pat::Tuple(inner) => inner.elems.iter().for_each(|elem| self.pattern(elem)),
            Pat::Slice(inner) => inner.elems.iter().for_each(|elem| self.pattern(elem)),
            Pat::Or(inner) => inner.cases.iter().for_each(|case| self.pattern(case)),
            Pat::Paren(inner) => self.pattern(&inner.pat),
            Pat::Reference(inner) => self.pattern(&inner.pat),
            Pat::Guard(inner) => {
                self.pattern(&inner.pat);
                self.decisions += 1;
                self.expr(&inner.guard);
            }
            Pat::Type(inner) => {
                self.pattern(&inner.pat);
                self.type_(&inner.ty);
            }
            Pat::Const(inner) => self.block(&inner.block),
            Pat::Macro(call) => self.macro_call(&call.mac),
            Pat::Range(range) => {
                range.start.iter().for_each(|value| self.expr(value));
                range.end.iter().for_each(|value| self.expr(value));
            }
            Pat::Verbatim(tokens) => self.token_soup(tokens),
            _ => {}
        }
    }

    /// A lone name in a pattern: a constant, a unit struct or variant if one is in scope (by custom
    /// they start in upper case), else a new variable.
    fn ident_pattern(&mut self, ident: &syn::PatIdent) {
        if let Some((_, inner)) = &ident.subpat {
            self.pattern(inner);
        }
        let (name, span) = self.ident(&ident.ident);
        let word = self.word(name);
        let constant = word.starts_with(|first: char| first.is_uppercase());
        if constant && ident.by_ref.is_none() && ident.mutability.is_none() && ident.subpat.is_none() {
            let path = self.store_path(&[name], false);
            self.refer(path, span, Namespace::Value, Certainty::Perhaps);
            self.perhaps_locals.push(name);
        } else {
            self.locals.push(name);
        }
    }

    fn bind(&mut self, ident: &syn::PatIdent) {
        let (name, _) = self.ident(&ident.ident);
        self.locals.push(name);
    }
}
