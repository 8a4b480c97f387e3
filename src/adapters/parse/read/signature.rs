//! What stands before the body of a function.

use syn::punctuated::Punctuated;
use syn::{Token, token};

use crate::adapters::parse::read::lists::add;
use crate::adapters::parse::read::{Reader, nowhere};
use crate::adapters::parse::tape::form;

impl Reader<'_, '_> {
    /// `const async unsafe extern "C" fn name<T>(a: A) -> B where …`.
    pub(super) fn signature(&mut self) -> Option<syn::Signature> {
        let constness = self.keyword_place("const").map(token::Const);
        let asyncness = self.keyword_place("async").map(token::Async);
        let safety = match self.keyword_place("unsafe") {
            Some(span) => syn::Safety::Unsafe(Token![unsafe](span)),
            None => syn::Safety::Default,
        };
        if self.skip_keyword("extern") {
            self.skip(form::LITERAL);
        }
        let fn_token = Token![fn](self.keyword_place("fn")?);
        let (ident, mut generics) = (self.name()?, self.generics()?);
        let mut inner = self.enter(b'(')?;
        let mut inputs = Punctuated::new();
        while !inner.is_done() {
            let attrs = inner.attributes()?;
            let input = match inputs.is_empty() {
                true => inner.receiver(),
                false => None,
            };
            let input = match input {
                Some(receiver) => syn::FnArg::Receiver(syn::Receiver { attrs, ..receiver }),
                None => {
                    let pat = Box::new(inner.case()?);
                    inner.eat(b':')?;
                    let (colon_token, ty) = (Token![:](nowhere()), Box::new(inner.type_()?));
                    syn::FnArg::Typed(syn::PatType { attrs, pat, colon_token, ty })
                }
            };
            add(&mut inputs, input);
            inner.pass_comma()?;
        }
        let output = match self.is_pair(0, b'-', b'>') {
            true => {
                self.at += 2;
                let arrow = token::RArrow { spans: [nowhere(), nowhere()] };
                syn::ReturnType::Type(arrow, Box::new(self.type_()?))
            }
            false => syn::ReturnType::Default,
        };
        self.where_clause(&mut generics)?;
        let paren_token = self.parens();
        Some(syn::Signature {
            constness,
            asyncness,
            safety,
            abi: None,
            fn_token,
            ident,
            generics,
            paren_token,
            inputs,
            variadic: None,
            output,
        })
    }

    /// The place of a keyword, stepped over, if it stands here.
    fn keyword_place(&mut self, word: &str) -> Option<proc_macro2::Span> {
        let span = self.span().filter(|_| self.keyword() == word)?;
        self.at += 1;
        Some(span)
    }

    /// `self` in any form, if it stands here; attributes are the caller's.
    fn receiver(&mut self) -> Option<syn::Receiver> {
        let first = self.at;
        let found = self.any_receiver();
        if found.is_none() {
            self.at = first;
        }
        found
    }

    fn any_receiver(&mut self) -> Option<syn::Receiver> {
        let by_reference = self.skip(b'&');
        if by_reference {
            self.skip(form::LIFETIME);
        }
        let mutability = self.mutability();
        let self_token = Token![self](self.span()?);
        self.eat_keyword("self")?;
        let kind = if by_reference {
            syn::ReceiverKind::Reference(Token![&](nowhere()), None, mutability)
        } else if self.skip(b':') {
            syn::ReceiverKind::Typed(Token![:](nowhere()), Box::new(self.type_()?))
        } else {
            syn::ReceiverKind::Value
        };
        // `self::A` is a path.
        let mutability = if by_reference { None } else { mutability };
        Some(syn::Receiver { attrs: Vec::new(), mutability, self_token, kind })
    }
}
