//! Blocks of properties: functions that `quickcheck!` and `proptest!` make tests of.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::Item as SynItem;
use syn::parse::Parser;

use crate::adapters::parse::arguments::all_items;
use crate::adapters::parse::attrs::AttrFacts;
use crate::adapters::parse::context::Context;
use crate::domain::source::facts::RefPosition;

impl Context<'_> {
    /// Walks the functions of a block of properties; false where the macro is another, or holds anything
    /// else.
    pub fn properties(&mut self, name: &str, call: &syn::Macro) -> bool {
        let (tokens, strategies, marked) = match name {
            "quickcheck" => (self.given(call), TokenStream::new(), false),
            "proptest" => {
                let (tokens, strategies) = declared(self.given(call));
                (tokens, strategies, true)
            }
            _ => return false,
        };
        let Ok(items) = all_items.parse2(tokens) else { return false };
        if items.is_empty() || !items.iter().all(|item| matches!(item, SynItem::Fn(_))) {
            return false;
        }
        self.deeper(|this| {
            this.at(RefPosition::MacroArgument, |this| this.token_soup(&strategies));
            for item in &items {
                match item {
                    // `proptest!` leaves `#[test]` to whoever writes the function.
                    SynItem::Fn(property) if !marked => this.property(property),
                    _ => this.item(item),
                }
            }
        });
        true
    }

    /// A function that is a test because of the block that it stands in.
    fn property(&mut self, item: &syn::ItemFn) {
        let mut found: AttrFacts = self.read_attrs(&item.attrs);
        let (before, generics) = (self.cfg, self.generics.mark());
        self.cfg = found.cfg;
        self.make_test(&mut found);
        self.cfg = found.cfg;
        self.function_item(item, &found);
        self.generics.reset(generics);
        self.cfg = before;
    }
}

/// The functions of a `proptest!` as Rust has them, and what their parameters are drawn from:
/// `#![proptest_config(c)] fn f(x in 0..9, y: u8) { … }` declares `fn f(x: _, y: u8) { … }`.
fn declared(tokens: TokenStream) -> (TokenStream, TokenStream) {
    let (mut found, mut strategies) = (Vec::new(), Vec::new());
    let mut trees = tokens.into_iter().peekable();
    let mut behind_name = 0;
    while let Some(tree) = trees.next() {
        let bang = matches!(trees.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '!');
        match tree {
            TokenTree::Punct(hash) if hash.as_char() == '#' && bang => {
                trees.next();
                if let Some(TokenTree::Group(config)) = trees.next() {
                    strategies.extend(config.stream());
                }
            }
            TokenTree::Ident(word) => {
                behind_name = if word == "fn" { 2 } else { behind_name - i32::from(behind_name > 0) };
                found.push(TokenTree::Ident(word));
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis && behind_name == 1 => {
                behind_name = 0;
                let mut parameters = Group::new(Delimiter::Parenthesis, drawn(&group, &mut strategies));
                parameters.set_span(group.span());
                found.push(TokenTree::Group(parameters));
            }
            other => found.push(other),
        }
    }
    (found.into_iter().collect(), strategies.into_iter().collect())
}

/// The parameters of a property, what each is drawn from put aside.
fn drawn(group: &Group, strategies: &mut Vec<TokenTree>) -> TokenStream {
    let (mut found, mut draws, mut angles) = (Vec::new(), false, 0_i32);
    let mut dash = false;
    for tree in group.stream() {
        if let TokenTree::Punct(mark) = &tree {
            match mark.as_char() {
                '<' => angles += 1,
                '>' if !dash => angles -= 1,
                ',' if angles <= 0 => (draws, angles) = (false, 0),
                _ => {}
            }
            dash = mark.as_char() == '-';
        } else {
            dash = false;
        }
        match &tree {
            TokenTree::Ident(word) if word == "in" && !draws => {
                let span = word.span();
                draws = true;
                found.extend([
                    TokenTree::Punct(proc_macro2::Punct::new(':', proc_macro2::Spacing::Alone)),
                    TokenTree::Ident(proc_macro2::Ident::new("_", span)),
                ]);
            }
            _ if draws => strategies.push(tree),
            _ => found.push(tree),
        }
    }
    found.into_iter().collect()
}
