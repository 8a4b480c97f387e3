//! Deeds on the walk: what a body does beside naming things, and what whole functions amount to.

use proc_macro2::Span as Token;
use syn::{Expr, FnArg, Member, Pat, Stmt, Type};

use crate::adapters::parse::context::Context;
use crate::adapters::parse::types::{core_path, first_bound};
use crate::domain::source::deeds::{Act, ActForm, Bound, Region, RegionForm, Seam};
use crate::domain::source::facts::{ItemMarks, Part, RefIx, RefPosition};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

/// Methods that give the same value in another form: an accessor may end in one.
const VIEWS: [&str; 12] = [
    "as_bytes", "as_deref", "as_mut", "as_ref", "as_slice", "as_str", "borrow", "clone", "cloned", "copied",
    "iter", "to_owned",
];

impl Context<'_> {
    /// What is done with what a path names.
    pub fn part(&mut self, found: Option<RefIx>, part: Part) {
        if let Some(found) = found {
            self.facts.references[found.0 as usize].part = part;
        }
    }

    /// Records what is done at a token.
    pub fn act(&mut self, at: Token, form: ActForm) {
        let span = self.span_of(at);
        self.act_at(span, form);
    }

    fn act_at(&mut self, span: Span, form: ActForm) {
        if let (Some(owner), true) = (self.owner, self.position != RefPosition::MacroBody) {
            self.facts.deeds.acts.push(Act { owner, span, form });
        }
    }

    /// Records a part of the body.
    pub fn region(&mut self, braces: &syn::token::Brace, form: RegionForm) {
        self.region_at(self.between(braces), form);
    }

    /// The text of a block.
    pub fn between(&self, braces: &syn::token::Brace) -> Span {
        Span::new(self.start_of(braces.span.open()), self.end_of(braces.span.close()))
    }

    /// Records what is tried, from a token up to the block that follows; gives the number of the attempt.
    pub fn attempt(&mut self, from: Token, to: &syn::token::Brace) -> u32 {
        let attempt = self.arms();
        let span = Span::new(self.end_of(from), self.start_of(to.span.open()));
        self.region_at(span, RegionForm::Attempt(attempt));
        attempt
    }

    /// The same by its text.
    pub fn region_at(&mut self, span: Span, form: RegionForm) {
        if let Some(owner) = self.owner {
            self.facts.deeds.regions.push(Region { owner, span, form });
        }
    }

    /// A number for branches that exclude each other.
    pub fn arms(&self) -> u32 {
        self.facts.deeds.regions.len() as u32
    }

    /// `Err(…)`.
    pub fn refusal(&mut self, call: &syn::ExprCall) {
        if let Expr::Path(path) = &*call.func
            && let Some(last) = path.path.segments.last()
            && last.ident == "Err"
        {
            self.act(last.ident.span(), ActForm::Refusal);
        }
    }

    /// `receiver.name(…)`; the receiver is walked already. Gives the name.
    pub fn method_act(&mut self, call: &syn::ExprMethodCall) -> (Sym, Span) {
        let on = last_name(&call.receiver).map(|name| self.ident(name).0);
        let (name, span) = self.ident(&call.method);
        self.act_at(span, ActForm::Method { name, on });
        (name, span)
    }

    /// `value[index]`, told at the last name of the value, since brackets have no place in what was read
    /// from a tape; at no place where it has none.
    pub fn index_act(&mut self, inner: &syn::ExprIndex) {
        if !matches!(&*inner.index, Expr::Range(range) if range.start.is_none() && range.end.is_none()) {
            match last_name(&inner.expr) {
                Some(name) => self.act(name.span(), ActForm::Index),
                None => self.act_at(Span::default(), ActForm::Index),
            }
        }
    }

    /// The name of a macro that stops where something is not as it should be, or that prints.
    pub fn check(&mut self, name: &proc_macro2::Ident) {
        let (name, span) = self.ident(name);
        let word = self.word(name);
        let stops = matches!(word, "panic" | "unreachable" | "todo" | "unimplemented");
        if word.contains("assert") || matches!(word, "panic" | "unreachable" | "ensure" | "bail") {
            self.act_at(span, ActForm::Check);
        } else if matches!(word, "println" | "print" | "eprintln" | "eprint") {
            self.act_at(span, ActForm::Print);
        } else if word == "dbg" {
            self.act_at(span, ActForm::Look);
        }
        if stops {
            self.act_at(span, ActForm::Panic);
        }
    }

    /// The left side of an assignment.
    pub fn assignment(&mut self, left: &Expr) {
        if let Expr::Field(field) = left
            && let Member::Named(name) = &field.member
        {
            let (name, span) = self.ident(name);
            self.act_at(span, ActForm::Assign(name));
        }
    }

    /// The bounds of a generic parameter.
    pub fn bounds_of<'b>(
        &mut self,
        parameter: Sym,
        bounds: impl IntoIterator<Item = &'b syn::TypeParamBound>,
    ) {
        for bound in bounds {
            if let (Some(bound), Some(item)) = (self.bound(bound), self.owner) {
                self.facts.deeds.bounds.push(Bound { item, parameter, bound });
                self.tell_bound(parameter, bound);
            }
        }
    }

    /// How a declared type leaves open what it is given.
    pub fn seam(&mut self, ty: &Type) -> Seam {
        match ty {
            Type::Reference(inner) => self.seam(&inner.elem),
            Type::Group(inner) => self.seam(&inner.elem),
            Type::Paren(inner) => self.seam(&inner.elem),
            Type::Slice(inner) => self.seam(&inner.elem),
            Type::FnPtr(_) => Seam::Callable,
            Type::ImplTrait(inner) => callable_or(first_bound(&inner.bounds), Seam::Impl),
            Type::TraitObject(inner) => callable_or(first_bound(&inner.bounds), Seam::Dyn),
            Type::Path(path) if path.qself.is_none() => {
                let Some(last) = path.path.segments.last() else { return Seam::None };
                let core = core_path(ty);
                if core.is_some_and(|core| std::ptr::eq(core, &raw const path.path)) {
                    let Some(only) = path.path.get_ident() else { return Seam::None };
                    let (name, _) = self.ident(only);
                    return if self.generics.has(name) { Seam::Generic(name) } else { Seam::None };
                }
                match &last.arguments {
                    syn::PathArguments::AngleBracketed(list) => {
                        let inner = list.args.iter().find_map(|argument| match argument {
                            syn::GenericArgument::Type(inner) => Some(inner),
                            _ => None,
                        });
                        inner.map_or(Seam::None, |inner| self.seam(inner))
                    }
                    _ => Seam::None,
                }
            }
            _ => Seam::None,
        }
    }
}

/// `=`, `+=` and kin.
pub fn is_assignment(op: &syn::BinOp) -> bool {
    use syn::BinOp;
    matches!(
        op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}

/// Whether a pattern starts with one of these: `Ok`, `Err`, `Some` or `None`.
pub fn is_mapping(pat: &Pat, results: &[String]) -> bool {
    let path = match pat {
        Pat::TupleStruct(inner) => inner.path.segments.last().map(|last| &last.ident),
        Pat::Path(path) => path.path.segments.last().map(|last| &last.ident),
        Pat::Ident(ident) => Some(&ident.ident),
        Pat::Or(inner) => return inner.cases.iter().all(|case| is_mapping(case, results)),
        Pat::Paren(inner) => return is_mapping(&inner.pat, results),
        Pat::Guard(inner) => return is_mapping(&inner.pat, results),
        Pat::Reference(inner) => return is_mapping(&inner.pat, results),
        _ => None,
    };
    path.is_some_and(|name| results.iter().any(|result| name == result))
}

/// Whether a pattern is `Err(…)`.
pub fn is_failure(pat: &Pat) -> bool {
    matches!(pat, Pat::TupleStruct(inner) if inner.path.segments.last().is_some_and(|last| last.ident == "Err"))
}

/// Whether a block ends by leaving the function.
pub fn is_left(block: &syn::Block) -> bool {
    matches!(block.stmts.last(), Some(Stmt::Expr(Expr::Return(_), _)))
}

/// What a function amounts to.
pub fn function_marks(sig: &syn::Signature, body: Option<&syn::Block>) -> ItemMarks {
    let mut marks = ItemMarks::default();
    if sig.asyncness.is_some() {
        marks = marks.with(ItemMarks::ASYNC);
    }
    if let Some(FnArg::Receiver(receiver)) = sig.inputs.first() {
        marks = marks.with(match &receiver.kind {
            syn::ReceiverKind::Reference(_, _, Some(_)) => ItemMarks::CHANGES,
            syn::ReceiverKind::Value => ItemMarks::CONSUMES,
            _ => ItemMarks::default(),
        });
    }
    let Some(body) = body else { return marks };
    match body.stmts.as_slice() {
        [Stmt::Expr(only, None)] if is_field_view(only) => marks.with(ItemMarks::ACCESSOR),
        [Stmt::Expr(only, _)] if is_forward(only) => marks.with(ItemMarks::FORWARDS),
        stmts if is_setter(stmts) => marks.with(ItemMarks::SETTER),
        _ => marks,
    }
}

/// `self.x`, `&self.x`, `self.x.as_str()`.
fn is_field_view(expr: &Expr) -> bool {
    match expr {
        Expr::Reference(inner) => is_field_view(&inner.expr),
        Expr::Paren(inner) => is_field_view(&inner.expr),
        Expr::Unary(inner) => is_field_view(&inner.expr),
        Expr::Field(field) => matches!(&*field.base, Expr::Path(_) | Expr::Field(_)) && last_self(expr),
        Expr::MethodCall(call) => {
            call.args.is_empty()
                && VIEWS.iter().any(|name| call.method == name)
                && is_field_view(&call.receiver)
        }
        _ => false,
    }
}

fn last_self(expr: &Expr) -> bool {
    match expr {
        Expr::Field(field) => last_self(&field.base),
        Expr::Path(path) => path.path.is_ident("self"),
        _ => false,
    }
}

/// One call that is given nothing but names.
fn is_forward(expr: &Expr) -> bool {
    match expr {
        Expr::Await(inner) => is_forward(&inner.base),
        Expr::Try(inner) => is_forward(&inner.expr),
        Expr::MethodCall(call) => is_plain(&call.receiver) && call.args.iter().all(is_plain),
        Expr::Call(call) => matches!(&*call.func, Expr::Path(_)) && call.args.iter().all(is_plain),
        _ => false,
    }
}

fn is_plain(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) => true,
        Expr::Field(field) => is_plain(&field.base),
        Expr::Reference(inner) => is_plain(&inner.expr),
        _ => false,
    }
}

/// `self.x = x;`, and nothing else but what it returns.
fn is_setter(stmts: &[Stmt]) -> bool {
    let mut any = false;
    for stmt in stmts {
        match stmt {
            Stmt::Expr(Expr::Assign(assign), _) => {
                let field = matches!(&*assign.left, Expr::Field(_)) && last_self(&assign.left);
                if !field || !is_given(&assign.right) {
                    return false;
                }
                any = true;
            }
            Stmt::Expr(Expr::Path(path), None) if path.path.is_ident("self") => {}
            _ => return false,
        }
    }
    any
}

/// A parameter, or one wrapped or converted.
fn is_given(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path.path.get_ident().is_some(),
        Expr::Call(call) => call.args.len() == 1 && call.args.iter().all(is_given),
        Expr::MethodCall(call) => call.args.is_empty() && call.method == "into" && is_given(&call.receiver),
        _ => false,
    }
}

/// The last name written of an expression.
fn last_name(expr: &Expr) -> Option<&proc_macro2::Ident> {
    match expr {
        Expr::Path(path) => path.path.segments.last().map(|last| &last.ident),
        Expr::Field(field) => match &field.member {
            Member::Named(name) => Some(name),
            Member::Unnamed(_) => None,
        },
        Expr::MethodCall(call) => Some(&call.method),
        Expr::Call(call) => last_name(&call.func),
        Expr::Macro(call) => call.mac.path.segments.last().map(|last| &last.ident),
        Expr::Try(inner) => last_name(&inner.expr),
        Expr::Await(inner) => last_name(&inner.base),
        Expr::Reference(inner) => last_name(&inner.expr),
        Expr::Paren(inner) => last_name(&inner.expr),
        Expr::Unary(inner) => last_name(&inner.expr),
        _ => None,
    }
}

fn callable_or(path: Option<&syn::Path>, seam: Seam) -> Seam {
    let last = path.and_then(|path| path.segments.last());
    match last {
        Some(last) if last.ident == "Fn" || last.ident == "FnMut" || last.ident == "FnOnce" => Seam::Callable,
        Some(_) => seam,
        None => Seam::None,
    }
}
