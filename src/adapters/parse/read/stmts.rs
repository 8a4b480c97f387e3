//! Statements, and what macros are given.

use syn::{Expr, Local, Pat, Stmt, Token};

use crate::adapters::parse::expr_attrs::attrs_mut;
use crate::adapters::parse::read::atoms::ends_itself;
use crate::adapters::parse::read::binding::{Braces, Precedence};
use crate::adapters::parse::read::paths::Style;
use crate::adapters::parse::read::{Reader, nowhere};
use crate::adapters::parse::tape::form;

impl Reader<'_, '_> {
    /// Statements, to the end.
    pub(super) fn statements(&mut self) -> Option<Vec<Stmt>> {
        let mut stmts = Vec::new();
        loop {
            while self.skip(b';') {
                let nothing = Expr::Verbatim(proc_macro2::TokenStream::new());
                stmts.push(Stmt::Expr(nothing, Some(Token![;](nowhere()))));
            }
            if self.is_done() {
                return Some(stmts);
            }
            let stmt = self.statement()?;
            let closed = match &stmt {
                Stmt::Expr(expr, None) => ends_itself(expr),
                Stmt::Macro(call) => {
                    call.semi_token.is_some() || matches!(call.mac.delimiter, syn::MacroDelimiter::Brace(_))
                }
                _ => true,
            };
            stmts.push(stmt);
            if !closed {
                self.all(())?;
            }
        }
    }

    pub(super) fn statement(&mut self) -> Option<Stmt> {
        let first = self.at;
        let attrs = self.attributes()?;
        if self.keyword() == "let" {
            let local = self.local(attrs)?;
            self.eat(b';')?;
            return Some(Stmt::Local(local));
        }
        if self.is_item() {
            return self.item_of(first, attrs).map(Stmt::Item);
        }
        if self.is_braced_macro() {
            let path = self.path(Style::Expr)?;
            let mac = self.macro_of(path)?;
            let semi_token = self.skip(b';').then(|| Token![;](nowhere()));
            return Some(Stmt::Macro(syn::StmtMacro { attrs, mac, semi_token }));
        }
        let mut expr = self.early()?;
        if !attrs.is_empty() {
            put_first(&mut expr, attrs);
        }
        let semi_token = self.skip(b';').then(|| Token![;](nowhere()));
        match expr {
            Expr::Macro(call)
                if semi_token.is_some() || matches!(call.mac.delimiter, syn::MacroDelimiter::Brace(_)) =>
            {
                Some(Stmt::Macro(syn::StmtMacro { attrs: call.attrs, mac: call.mac, semi_token }))
            }
            expr => Some(Stmt::Expr(expr, semi_token)),
        }
    }

    /// Whether a macro call with braces stands here, and nothing asks for what it gives.
    fn is_braced_macro(&self) -> bool {
        let mut ahead = if self.is_colons(0) { 2 } else { 0 };
        while matches!(self.form_at(ahead), form::WORD | form::RAW | form::KEYWORD)
            && self.is_colons(ahead + 1)
        {
            ahead += 3;
        }
        let called = matches!(self.form_at(ahead), form::WORD | form::RAW) && self.form_at(ahead + 1) == b'!';
        if !called || self.form_at(ahead + 2) != b'{' {
            return false;
        }
        let after = Self { at: self.tape.entry(self.at + ahead + 2).mate as usize + 1, ..*self };
        !(after.form() == b'?' || (after.form() == b'.' && !after.is_dots()))
    }

    /// Whether an item starts here.
    pub(super) fn is_item(&self) -> bool {
        match self.form() {
            form::KEYWORD => match self.keyword() {
                "pub" | "extern" | "use" | "fn" | "mod" | "type" | "struct" | "enum" | "trait" | "impl"
                | "macro" => true,
                "static" => self.is_name(1) || self.keyword_at(1) == "mut",
                "const" => self.is_name(1) || matches!(self.keyword_at(1), "_" | "fn" | "unsafe" | "extern"),
                "unsafe" => self.form_at(1) != b'{',
                "async" => matches!(self.keyword_at(1), "fn" | "unsafe" | "extern"),
                _ => false,
            },
            form::WORD => match self.tape.word(self.at) {
                "union" => self.is_name(1),
                "macro_rules" => self.form_at(1) == b'!' && self.is_name(2),
                _ => false,
            },
            _ => false,
        }
    }

    /// Steps over the item here, whose attributes are read.
    pub(super) fn pass_item(&mut self) -> Option<()> {
        // A brace ends most items; a semicolon those that have a value, a path or no body.
        let mut to_semicolon = false;
        let mut is_macro = false;
        loop {
            let entry = self.entry(0)?;
            let last = self.tape.after(self.at) - 1;
            let next = self.keyword_at(1);
            match entry.form {
                form::KEYWORD => match self.keyword() {
                    "use" | "static" | "type" => to_semicolon = true,
                    "const" if !matches!(next, "fn" | "unsafe" | "extern" | "async") => to_semicolon = true,
                    "struct" | "enum" | "trait" | "impl" | "fn" | "mod" | "extern" if !to_semicolon => {
                        // What follows has a body, whatever words stand in its head.
                        return self.pass_body();
                    }
                    _ => {}
                },
                form::WORD if self.tape.word(self.at) == "union" && !to_semicolon => return self.pass_body(),
                b'!' => is_macro = true,
                b'{' if !to_semicolon => {
                    self.at = last + 1;
                    return Some(());
                }
                b'(' | b'[' if is_macro => {
                    self.at = last + 1;
                    return self.eat(b';');
                }
                b';' => {
                    self.at = last + 1;
                    return Some(());
                }
                _ => {}
            }
            self.at = last + 1;
        }
    }

    /// Steps to the end of the first brace that is no argument of a type, or to a semicolon.
    fn pass_body(&mut self) -> Option<()> {
        let mut within = 0u32;
        loop {
            let entry = self.entry(0)?;
            let arrow =
                self.at > 0 && self.tape.entry(self.at - 1).form == b'-' && self.tape.is_joined(self.at - 1);
            match entry.form {
                b'<' => within += 1,
                b'>' if !arrow => within = within.saturating_sub(1),
                b'(' | b'[' => self.at = entry.mate as usize,
                b'{' => self.at = entry.mate as usize,
                _ => {}
            }
            self.at += 1;
            if entry.form == b';' || (entry.form == b'{' && within == 0) {
                return Some(());
            }
        }
    }

    /// `let`, without its semicolon.
    pub(super) fn local(&mut self, attrs: Vec<syn::Attribute>) -> Option<Local> {
        self.at += 1;
        let mut pat = self.case()?;
        if self.form() == b':' && !self.is_colons(0) {
            self.at += 1;
            let (inner, colon_token, ty) = (Box::new(pat), Token![:](nowhere()), Box::new(self.type_()?));
            pat = Pat::Type(syn::PatType { attrs: Vec::new(), pat: inner, colon_token, ty });
        }
        let mut init = None;
        if self.skip(b'=') {
            let expr = Box::new(self.expr()?);
            let mut diverge = None;
            if self.skip_keyword("else") {
                let block = syn::ExprBlock { attrs: Vec::new(), label: None, block: self.block()? };
                diverge = Some((Token![else](nowhere()), Box::new(Expr::Block(block))));
            }
            init = Some(syn::LocalInit { eq_token: Token![=](nowhere()), expr, diverge });
        }
        let (let_token, semi_token) = (Token![let](nowhere()), Token![;](nowhere()));
        let modifiers = syn::LocalModifiers::default();
        Some(Local { attrs, let_token, modifiers, pat, init, semi_token })
    }

    /// An expression where one that ends with a brace ends the statement or arm.
    pub(super) fn early(&mut self) -> Option<Expr> {
        let own_brace = match self.form() {
            b'{' | form::LIFETIME => true,
            form::KEYWORD => match self.keyword() {
                "if" | "while" | "for" | "loop" | "match" | "unsafe" => true,
                "const" => self.form_at(1) == b'{',
                _ => false,
            },
            _ => false,
        };
        if !own_brace {
            return self.expr();
        }
        let mut found = self.atom(Braces::OfStructs);
        let goes_on = (self.form() == b'.' && !self.is_dots()) || self.form() == b'?';
        if goes_on {
            self.trailers(&mut found);
            self.operators(&mut found, Braces::OfStructs, Precedence::Least);
        }
        found
    }

    /// Expressions between commas or semicolons, to the end.
    pub(super) fn arguments(&mut self) -> Option<Vec<Expr>> {
        let mut exprs = Vec::new();
        while !self.is_done() {
            exprs.push(self.argument()?);
            if !self.skip(b',') && !self.skip(b';') {
                self.all(())?;
            }
        }
        Some(exprs)
    }

    /// One argument; a string that stands alone keeps its place.
    fn argument(&mut self) -> Option<Expr> {
        let alone = matches!(self.form_at(1), form::NONE | b',' | b';');
        let text = self.form() == form::LITERAL && self.tape.word(self.at).ends_with(['"', '#']);
        if !alone || !text || self.tape.word(self.at).starts_with(['b', 'c']) {
            return self.expr();
        }
        let lit = syn::Lit::Str(syn::LitStr::new("", self.span()?));
        self.at += 1;
        Some(Expr::Lit(syn::ExprLit { attrs: Vec::new(), lit }))
    }

    /// `value, pattern if guard`, and whatever follows.
    pub(super) fn matched(&mut self) -> Option<(Expr, Pat, Option<Expr>)> {
        let value = self.expr()?;
        self.eat(b',')?;
        let pattern = self.pattern()?;
        let guard = match self.skip_keyword("if") {
            true => Some(self.expr()?),
            false => None,
        };
        Some((value, pattern, guard))
    }
}

/// Hangs attributes on the first operand, as `syn` does.
fn put_first(expr: &mut Expr, attrs: Vec<syn::Attribute>) {
    let mut first = expr;
    loop {
        first = match first {
            Expr::Assign(inner) => &mut inner.left,
            Expr::Binary(inner) => &mut inner.left,
            Expr::Cast(inner) => &mut inner.expr,
            _ => break,
        };
    }
    if let Some(own) = attrs_mut(first) {
        own.splice(0..0, attrs);
    }
}
