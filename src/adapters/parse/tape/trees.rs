//! Parts of the row as the trees that `syn` reads.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, TokenStream, TokenTree};

use crate::adapters::parse::tape::{Tape, form, is_punct};

/// Items are parsed together until they have so many bytes: what `syn` makes of them then fits into
/// the fast memory of a processor.
pub(super) const PIECE: u32 = 2_048;

/// Whether bodies of functions are made into trees with their items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bodies {
    /// They are left out: their braces are empty.
    Left,
    /// They are made.
    Made,
}

/// Where a literal stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Attribute,
    Elsewhere,
}

/// How far a signature is read, on one level of brackets.
#[derive(Clone, Copy)]
enum Signature {
    /// There is none.
    None,
    /// After `fn`.
    Begun,
    /// After its name, within so many `<`.
    Named(u32),
}

impl Tape<'_> {
    /// All items as trees, some whole items at a time; at least one piece.
    pub fn pieces(&self) -> Option<Vec<TokenStream>> {
        let mut pieces = Vec::new();
        let (mut first, mut at) = (0, 0);
        while let Some(entry) = self.entries.get(at) {
            let last = self.after(at) - 1;
            at = last + 1;
            let long = self.entries[last].end - self.entries[first].start >= PIECE;
            // A brace ends an item only if another starts; elsewhere it is part of an expression.
            let ends = match entry.form {
                b';' => at < self.entries.len(),
                b'{' => at < self.entries.len() && self.starts_an_item(at),
                _ => false,
            };
            if ends && long {
                pieces.push(self.stream(first, at, Bodies::Made)?);
                first = at;
            }
        }
        pieces.push(self.stream(first, at, Bodies::Made)?);
        Some(pieces)
    }

    /// Whether a token starts an item and can follow no expression.
    fn starts_an_item(&self, at: usize) -> bool {
        self.entries[at].form == b'#'
            || matches!(
                self.word(at),
                "pub" | "fn" | "struct" | "enum" | "impl" | "mod" | "use" | "trait" | "static" | "type"
            )
    }

    /// A part of the row as trees.
    pub fn stream(&self, from: usize, to: usize, bodies: Bodies) -> Option<TokenStream> {
        let mut trees = Vec::with_capacity((to - from).min(256));
        self.trees((from, to), bodies, Standing::Elsewhere, &mut trees)?;
        Some(TokenStream::from_iter(trees))
    }

    fn trees(
        &self,
        (from, to): (usize, usize),
        bodies: Bodies,
        standing: Standing,
        trees: &mut Vec<TokenTree>,
    ) -> Option<()> {
        let mut signature = Signature::None;
        let mut declares_macro = false;
        let mut at = from;
        while at < to {
            let entry = self.entries[at];
            let span = self.span(entry.start, entry.end)?;
            match entry.form {
                form::WORD | form::KEYWORD | form::RAW => trees.push(TokenTree::Ident(self.ident(at)?)),
                form::LIFETIME => {
                    let mut quote = Punct::new('\'', Spacing::Joint);
                    quote.set_span(self.span(entry.start, entry.start + 1)?);
                    trees.push(TokenTree::Punct(quote));
                    let name = Ident::new(&self.word(at)[1..], self.span(entry.start + 1, entry.end)?);
                    trees.push(TokenTree::Ident(name));
                }
                form::LITERAL => {
                    let mut literal = self.literal(self.word(at), standing)?;
                    literal.set_span(span);
                    trees.push(TokenTree::Literal(literal));
                }
                b'(' | b'[' | b'{' => {
                    let close = entry.mate as usize;
                    let leaves = bodies == Bodies::Left && !declares_macro;
                    let left = leaves && self.is_body(at, signature);
                    let first = trees.len();
                    if !left {
                        let attribute = self.is_of_attribute(from, at);
                        let standing = if attribute { Standing::Attribute } else { standing };
                        let leaves = leaves && !attribute && !self.is_of_macro(from, at);
                        let bodies = if leaves { Bodies::Left } else { Bodies::Made };
                        self.trees((at + 1, close), bodies, standing, trees)?;
                    }
                    let inner = TokenStream::from_iter(trees.drain(first..));
                    let delimiter = match entry.form {
                        b'(' => Delimiter::Parenthesis,
                        b'[' => Delimiter::Bracket,
                        _ => Delimiter::Brace,
                    };
                    let mut group = Group::new(delimiter, inner);
                    group.set_span(self.span(entry.start, self.entries[close].end)?);
                    trees.push(TokenTree::Group(group));
                    declares_macro &= entry.form != b'{';
                    at = close;
                }
                byte => {
                    let mut punct = Punct::new(char::from(byte), self.spacing(entry.end));
                    punct.set_span(span);
                    trees.push(TokenTree::Punct(punct));
                }
            }
            declares_macro |= entry.form == form::KEYWORD && self.word(at) == "macro";
            signature = self.follow(signature, at);
            at += 1;
        }
        Some(())
    }

    /// Whether punctuation that ends here is joined to the next.
    fn spacing(&self, end: u32) -> Spacing {
        match &self.text.as_bytes()[end as usize..] {
            [b'/', b'/' | b'*', ..] => Spacing::Alone,
            [next, ..] if is_punct(*next) => Spacing::Joint,
            _ => Spacing::Alone,
        }
    }

    /// What a token makes of a signature; of brackets their end counts.
    fn follow(&self, signature: Signature, at: usize) -> Signature {
        let entry = self.entries[at];
        match (signature, entry.form) {
            (_, form::KEYWORD) if self.word(at) == "fn" => Signature::Begun,
            (Signature::Begun, form::WORD | form::RAW) => Signature::Named(0),
            (Signature::Begun, _) | (Signature::Named(0), b'}') | (_, b';') => Signature::None,
            (Signature::Named(within), b'<') => Signature::Named(within + 1),
            (Signature::Named(within), b'>') if !self.is_arrow(at) => {
                Signature::Named(within.saturating_sub(1))
            }
            (signature, _) => signature,
        }
    }

    /// Whether a `>` ends `->`.
    fn is_arrow(&self, at: usize) -> bool {
        at > 0 && self.entries[at - 1].form == b'-' && self.is_joined(at - 1)
    }

    /// Whether a bracket opens the body of a function, without attributes for the function in it.
    fn is_body(&self, at: usize, signature: Signature) -> bool {
        let next = |ahead: usize| self.entries.get(at + ahead).map(|entry| entry.form);
        self.entries[at].form == b'{'
            && matches!(signature, Signature::Named(0))
            && !(next(1) == Some(b'#') && next(2) == Some(b'!'))
    }

    /// Whether a bracket holds what a macro is given, or made of.
    fn is_of_macro(&self, from: usize, at: usize) -> bool {
        let before =
            |back: usize| at.checked_sub(back).filter(|at| *at >= from).map(|at| self.entries[at].form);
        match before(1) {
            Some(b'!') => before(2) != Some(b'#'),
            Some(form::WORD | form::RAW) => before(2) == Some(b'!'),
            _ => false,
        }
    }

    /// Whether a bracket is that of an attribute.
    fn is_of_attribute(&self, from: usize, at: usize) -> bool {
        let before =
            |back: usize| at.checked_sub(back).filter(|at| *at >= from).map(|at| self.entries[at].form);
        let marked = before(1) == Some(b'#') || (before(1) == Some(b'!') && before(2) == Some(b'#'));
        self.entries[at].form == b'[' && marked
    }

    /// Whether the braces that a token opens were left out of the trees of their item.
    pub fn is_left(&self, at: usize) -> bool {
        let next = |ahead: usize| self.entries.get(at + ahead).map(|entry| entry.form);
        let empty = self.entries[at].mate as usize == at + 1;
        self.entries[at].form == b'{' && !empty && !(next(1) == Some(b'#') && next(2) == Some(b'!'))
    }

    /// A literal; only plain numbers, and what stands in attributes, say what they say in the text.
    fn literal(&self, text: &str, place: Standing) -> Option<Literal> {
        let bytes = text.as_bytes();
        let plain =
            |inner: &str| !inner.bytes().any(|byte| matches!(byte, b'\\' | b'"' | b'\'' | ..b' ' | 0x7F..));
        match bytes {
            [b'"', .., b'"'] if place == Standing::Elsewhere => return Some(Literal::string("")),
            [b'"', inner @ .., b'"'] if inner.is_ascii() => {
                let inner = &text[1..text.len() - 1];
                if plain(inner) {
                    return Some(Literal::string(inner));
                }
            }
            [b'r', .., b'"' | b'#'] if place == Standing::Elsewhere => return Some(Literal::string("")),
            [b'b', b'"', .., b'"'] if place == Standing::Elsewhere => return Some(Literal::byte_string(b"")),
            [b'\'', inner, b'\''] if inner.is_ascii_alphanumeric() => {
                return Some(Literal::character(char::from(*inner)));
            }
            [b'\'', .., b'\''] if place == Standing::Elsewhere => return Some(Literal::character(' ')),
            [b'0'] | [b'1'..=b'9', ..] if bytes.len() < 9 && bytes.iter().all(u8::is_ascii_digit) => {
                return Some(Literal::u32_unsuffixed(text.parse().ok()?));
            }
            // A field of a tuple in a tuple is asked for: `.0.1`.
            [b'0'..=b'9', rest @ ..] if rest.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') => {}
            [b'0'..=b'9', ..] | [b'b' | b'c', ..] if place == Standing::Elsewhere => {
                return Some(Literal::u8_unsuffixed(0));
            }
            _ => {}
        }
        self.ruler.as_ref()?.literal(text)
    }
}
