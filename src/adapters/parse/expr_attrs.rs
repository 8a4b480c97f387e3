//! Attributes of expressions.

use syn::{Attribute, Expr};

/// What each form of expression has: its attributes.
macro_rules! attrs_of {
    ($expr:expr) => {
        match $expr {
            Expr::Array(syn::ExprArray { attrs, .. })
            | Expr::Assign(syn::ExprAssign { attrs, .. })
            | Expr::Async(syn::ExprAsync { attrs, .. })
            | Expr::Await(syn::ExprAwait { attrs, .. })
            | Expr::Binary(syn::ExprBinary { attrs, .. })
            | Expr::Block(syn::ExprBlock { attrs, .. })
            | Expr::Break(syn::ExprBreak { attrs, .. })
            | Expr::Call(syn::ExprCall { attrs, .. })
            | Expr::Cast(syn::ExprCast { attrs, .. })
            | Expr::Closure(syn::ExprClosure { attrs, .. })
            | Expr::Const(syn::ExprConst { attrs, .. })
            | Expr::Continue(syn::ExprContinue { attrs, .. })
            | Expr::Field(syn::ExprField { attrs, .. })
            | Expr::ForLoop(syn::ExprForLoop { attrs, .. })
            | Expr::Group(syn::ExprGroup { attrs, .. })
            | Expr::If(syn::ExprIf { attrs, .. })
            | Expr::Index(syn::ExprIndex { attrs, .. })
            | Expr::Infer(syn::ExprInfer { attrs, .. })
            | Expr::Let(syn::ExprLet { attrs, .. })
            | Expr::Lit(syn::ExprLit { attrs, .. })
            | Expr::Loop(syn::ExprLoop { attrs, .. })
            | Expr::Macro(syn::ExprMacro { attrs, .. })
            | Expr::Match(syn::ExprMatch { attrs, .. })
            | Expr::MethodCall(syn::ExprMethodCall { attrs, .. })
            | Expr::Paren(syn::ExprParen { attrs, .. })
            | Expr::Path(syn::ExprPath { attrs, .. })
            | Expr::Range(syn::ExprRange { attrs, .. })
            | Expr::RawAddr(syn::ExprRawAddr { attrs, .. })
            | Expr::Reference(syn::ExprReference { attrs, .. })
            | Expr::Repeat(syn::ExprRepeat { attrs, .. })
            | Expr::Return(syn::ExprReturn { attrs, .. })
            | Expr::Struct(syn::ExprStruct { attrs, .. })
            | Expr::Try(syn::ExprTry { attrs, .. })
            | Expr::TryBlock(syn::ExprTryBlock { attrs, .. })
            | Expr::Tuple(syn::ExprTuple { attrs, .. })
            | Expr::Unary(syn::ExprUnary { attrs, .. })
            | Expr::Unsafe(syn::ExprUnsafe { attrs, .. })
            | Expr::While(syn::ExprWhile { attrs, .. })
            | Expr::Yield(syn::ExprYield { attrs, .. }) => Some(attrs),
            _ => None,
        }
    };
}

/// The attributes of an expression.
pub fn attrs_of(expr: &Expr) -> &[Attribute] {
    attrs_of!(expr).map_or(&[], Vec::as_slice)
}

/// The attributes of an expression, if it can have any.
pub fn attrs_mut(expr: &mut Expr) -> Option<&mut Vec<Attribute>> {
    attrs_of!(expr)
}

/// The attributes of a statement that is an expression: syn hangs those of `#[a] x = y` on `x`.
pub fn leading_attrs(statement: &Expr) -> &[Attribute] {
    let mut left = statement;
    loop {
        left = match left {
            Expr::Assign(inner) => &inner.left,
            Expr::Binary(inner) => &inner.left,
            Expr::Cast(inner) => &inner.expr,
            _ => return attrs_of(left),
        };
    }
}
