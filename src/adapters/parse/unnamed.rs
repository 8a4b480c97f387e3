//! Parameters without a name, which traits of the edition of 2015 may have and `syn` does not know:
//! `fn handle(&self, &mut Request) -> Answer;`.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree};

/// The tokens with the name `_` given to each parameter of a function of a trait that has none.
pub fn named(tokens: TokenStream) -> TokenStream {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut in_trait = false;
    let each = |tree: TokenTree| match tree {
        TokenTree::Ident(word) => {
            in_trait |= word == "trait";
            TokenTree::Ident(word)
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            let inner = if in_trait { functions(group.stream()) } else { named(group.stream()) };
            in_trait = false;
            with(&group, inner)
        }
        tree => tree,
    };
    trees.into_iter().map(each).collect()
}

/// The members of a trait: the first parentheses after `fn` hold parameters.
fn functions(members: TokenStream) -> TokenStream {
    let (mut awaited, mut depth, mut minus) = (false, 0i32, false);
    let each = |tree: TokenTree| match tree {
        TokenTree::Ident(word) => {
            awaited |= word == "fn";
            TokenTree::Ident(word)
        }
        TokenTree::Punct(punct) => {
            depth += match punct.as_char() {
                '<' => 1,
                '>' if !minus => -1,
                _ => 0,
            };
            minus = punct.as_char() == '-';
            TokenTree::Punct(punct)
        }
        // What stands in angle brackets are bounds: `fn f<F: Fn(u8)>(…)`.
        TokenTree::Group(group) if awaited && depth == 0 && group.delimiter() == Delimiter::Parenthesis => {
            awaited = false;
            with(&group, parameters(group.stream()))
        }
        tree => tree,
    };
    members.into_iter().map(each).collect()
}

fn parameters(list: TokenStream) -> TokenStream {
    let trees: Vec<TokenTree> = list.into_iter().collect();
    let mut out: Vec<TokenTree> = Vec::with_capacity(trees.len());
    let (mut start, mut depth) = (0, 0i32);
    for at in 0..=trees.len() {
        let sign = match trees.get(at) {
            Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
            _ => None,
        };
        let arrow = at > 0 && matches!(&trees[at - 1], TokenTree::Punct(punct) if punct.as_char() == '-');
        depth += match sign {
            Some('<') => 1,
            Some('>') if !arrow => -1,
            _ => 0,
        };
        if at < trees.len() && !(sign == Some(',') && depth == 0) {
            continue;
        }
        let parameter = &trees[start..at];
        if !parameter.is_empty() && !has_name(parameter) {
            let place = parameter[0].span();
            let mut colon = Punct::new(':', Spacing::Alone);
            colon.set_span(place);
            out.push(TokenTree::Ident(Ident::new("_", place)));
            out.push(TokenTree::Punct(colon));
        }
        out.extend(parameter.iter().cloned());
        out.extend(trees.get(at).cloned());
        start = at + 1;
    }
    out.into_iter().collect()
}

/// Whether a parameter is a receiver, or has a colon that is not half of `::`.
fn has_name(parameter: &[TokenTree]) -> bool {
    let colon =
        |at: usize| matches!(parameter.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    let single = |at: usize| colon(at) && !colon(at + 1) && (at == 0 || !colon(at - 1));
    let receiver = |tree: &TokenTree| matches!(tree, TokenTree::Ident(word) if word == "self");
    let attribute = matches!(&parameter[0], TokenTree::Punct(punct) if punct.as_char() == '#');
    attribute || (0..parameter.len()).any(single) || parameter.last().is_some_and(receiver)
}

fn with(group: &Group, inner: TokenStream) -> TokenTree {
    let mut made = Group::new(group.delimiter(), inner);
    made.set_span(group.span());
    TokenTree::Group(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_get_a_name_where_they_have_none() {
        let read = |text: &str| named(text.parse().expect("tokens")).to_string();
        let text = "trait T { fn f(&self, &mut a::B<C, D>, x: u8, fn(u8) -> u8); fn g(self, [u8; 2]) {} }";
        let wanted =
            "trait T { fn f(&self, _: &mut a::B<C, D>, x: u8, _: fn(u8) -> u8); fn g(self, _: [u8; 2]) {} }";
        let plain = |text: &str| text.parse::<TokenStream>().expect("tokens").to_string();
        assert_eq!(read(text), plain(wanted));
        let other = "mod m { fn f(a::B) {} } impl T for S { fn g(u8) {} } trait U { fn h<F: Fn(u8)>(x: F); }";
        assert_eq!(read(other), plain(other));
    }
}
