//! Tokens that are not Rust as far as we know: paths among them, by shape.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::adapters::parse::context::Context;
use crate::domain::source::deeds::RegionForm;
use crate::domain::source::facts::{Certainty, Namespace, RefPosition};
use crate::domain::source::span::Span;
use crate::domain::source::symbols::Sym;

/// Words that never start a path.
const KEYWORDS: [&str; 38] = [
    "as", "async", "await", "break", "const", "continue", "dyn", "else", "enum", "extern", "false", "fn",
    "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return",
    "static", "struct", "trait", "true", "type", "union", "unsafe", "use", "where", "while", "yield", "_",
    "Self",
];

/// What the token before an identifier makes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing of note.
    Free,
    /// `.`, `'`, `$` or `fn`: the identifier is no path.
    Bound,
    /// `::`: the path is rooted.
    Root,
}

impl Context<'_> {
    /// Records the paths among tokens: `a::b` anywhere, and single names that look like a type, a
    /// called function or a macro. Each counts only if it resolves.
    pub fn token_soup(&mut self, tokens: &TokenStream) {
        self.soup(tokens, Before::Free);
    }

    /// The body of a `macro_rules!`: only the transcribers, the right sides of its rules.
    pub fn macro_body(&mut self, tokens: &TokenStream) {
        let mut after_arrow = false;
        for tree in tokens.clone() {
            match tree {
                TokenTree::Punct(punct) if punct.as_char() == '>' => after_arrow = true,
                TokenTree::Group(group) => {
                    if after_arrow {
                        self.soup(&group.stream(), Before::Free);
                    }
                    after_arrow = false;
                }
                _ => {}
            }
        }
    }

    fn soup(&mut self, tokens: &TokenStream, first: Before) {
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        self.alternatives(&trees);
        let mut before = first;
        let mut at = 0;
        while at < trees.len() {
            match &trees[at] {
                TokenTree::Group(group) => {
                    // `quote!`-like interpolation and nested calls are read alike.
                    self.soup(&group.stream(), Before::Free);
                    before = Before::Free;
                    at += 1;
                }
                TokenTree::Punct(punct) => {
                    before = match punct.as_char() {
                        '$' if dollar_crate(&trees, at) => {
                            at = self.soup_path(&trees, at + 1, Some("$crate"), Before::Free);
                            before = Before::Free;
                            continue;
                        }
                        '.' if !previous_is_dot(&trees, at) => Before::Bound,
                        '\'' | '$' => Before::Bound,
                        ':' if at > 0 && is_path_separator(&trees, at - 1) => Before::Root,
                        _ => Before::Free,
                    };
                    at += 1;
                }
                TokenTree::Literal(literal) => {
                    // In an attribute the braces hold fields: `#[error("{name}")]`.
                    if self.position == RefPosition::MacroArgument {
                        let span = self.span_of(literal.span());
                        let text = self.text.get(span.start as usize..span.end as usize);
                        if text.is_some_and(|text| text.starts_with(['"', 'r']) && text.contains('{')) {
                            self.format_string(span, &argument_names(&trees));
                        }
                    }
                    before = Before::Free;
                    at += 1;
                }
                // What is declared is not called.
                TokenTree::Ident(word) if word == "fn" => {
                    before = Before::Bound;
                    at += 1;
                }
                TokenTree::Ident(_) => {
                    at = self.soup_path(&trees, at, None, before);
                    before = Before::Free;
                }
            }
        }
    }

    /// `sqlite { … } postgres { … }`: of named blocks side by side one is taken.
    fn alternatives(&mut self, trees: &[TokenTree]) {
        let named = |pair: &[TokenTree]| match pair {
            [TokenTree::Ident(word), TokenTree::Group(block)] => {
                let word = word.to_string();
                let plain =
                    word.starts_with(|c: char| c.is_lowercase()) && !KEYWORDS.contains(&word.as_str());
                (plain && block.delimiter() == Delimiter::Brace).then(|| block.span())
            }
            _ => None,
        };
        let blocks: Vec<proc_macro2::Span> = trees.windows(2).filter_map(named).collect();
        if blocks.len() < 2 {
            return;
        }
        let group = self.arms();
        for block in blocks {
            let span = self.span_of(block);
            self.region_at(span, RegionForm::Arm(group));
        }
    }

    /// Reads the path that starts at this identifier; returns where to go on.
    fn soup_path(&mut self, trees: &[TokenTree], start: usize, head: Option<&str>, before: Before) -> usize {
        let mut segments: smallvec::SmallVec<[Sym; 6]> = smallvec::SmallVec::new();
        let mut span = Span::default();
        let mut at = start;
        let mut read = true;
        while let Some(TokenTree::Ident(word)) = trees.get(at) {
            let (name, bytes) = self.ident(word);
            read &= self.is_read(word);
            let name = match (head, segments.is_empty()) {
                (Some(head), true) => self.intern_made(head),
                _ => name,
            };
            span = if segments.is_empty() { bytes } else { Span::new(span.start, bytes.end) };
            segments.push(name);
            at += 1;
            if is_path_separator(trees, at) && matches!(trees.get(at + 2), Some(TokenTree::Ident(_))) {
                at += 2;
            } else {
                break;
            }
        }
        if before == Before::Bound || read {
            return at;
        }
        let global = before == Before::Root;
        let head_word = self.word(segments[0]).to_owned();
        let keyword = KEYWORDS.contains(&head_word.as_str());
        if keyword
            || (segments.len() == 1 && matches!(head_word.as_str(), "self" | "super" | "crate" | "$crate"))
        {
            return at;
        }
        if self.locals.has(segments[0]) && segments.len() == 1 || self.generics.has(segments[0]) {
            return at;
        }
        let called = matches!(trees.get(at), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
        let bang = matches!(trees.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == '!' && punct.spacing() == Spacing::Alone)
            && matches!(trees.get(at + 1), Some(TokenTree::Group(_)));
        let upper = head_word.starts_with(|c: char| c.is_uppercase());
        let namespace = if bang {
            Namespace::Macro
        } else if called {
            Namespace::Value
        } else {
            Namespace::Type
        };
        if segments.len() > 1 || bang || called || upper {
            let path = self.store_path(&segments, global);
            self.refer(path, span, namespace, Certainty::Perhaps);
        }
        at
    }
}

/// The names in `name = value`.
fn argument_names(trees: &[TokenTree]) -> Vec<&proc_macro2::Ident> {
    let name = |pair: &[TokenTree]| match pair {
        [TokenTree::Ident(_), TokenTree::Punct(equals)] => {
            equals.as_char() == '=' && equals.spacing() == Spacing::Alone
        }
        _ => false,
    };
    let pairs = trees.windows(2).filter(|pair| name(pair));
    pairs.filter_map(|pair| if let TokenTree::Ident(word) = &pair[0] { Some(word) } else { None }).collect()
}

/// `$crate`.
fn dollar_crate(trees: &[TokenTree], at: usize) -> bool {
    matches!(trees.get(at + 1), Some(TokenTree::Ident(word)) if word == "crate")
}

/// `..x` is a range, not a field.
fn previous_is_dot(trees: &[TokenTree], at: usize) -> bool {
    at > 0
        && matches!(&trees[at - 1], TokenTree::Punct(punct) if punct.as_char() == '.' && punct.spacing() == Spacing::Joint)
}

/// `::` at this place.
fn is_path_separator(trees: &[TokenTree], at: usize) -> bool {
    matches!(trees.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
        && matches!(trees.get(at + 1), Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
}
