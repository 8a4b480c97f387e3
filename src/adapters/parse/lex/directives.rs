//! Comments that speak to this tool, and the text that each speaks of.

use memchr::memmem;

use crate::adapters::parse::lex::Doc;
use crate::adapters::parse::lex::scan::{Kind, Scanner, Token, content_start, line_end};
use crate::domain::source::facts::{Comment, CommentKind, Directive, DirectivePlace};
use crate::domain::source::span::Span;

/// What such a comment starts with.
const MARK: &str = "archlint:";

/// The directives among the comments of a file.
pub fn directives(text: &str, comments: &[Comment]) -> Vec<Directive> {
    if memmem::find(text.as_bytes(), MARK.as_bytes()).is_none() {
        return Vec::new();
    }
    comments.iter().filter_map(|comment| directive(text, *comment)).collect()
}

fn directive(text: &str, comment: Comment) -> Option<Directive> {
    let written = text.get(comment.span.start as usize..comment.span.end as usize)?;
    let inner = written.trim_start_matches(['/', '*', '!']).trim_end_matches("*/").trim();
    let said = inner.strip_prefix(MARK)?;
    let place = match comment.kind {
        CommentKind::InnerDoc => DirectivePlace::Module,
        CommentKind::OuterDoc => DirectivePlace::Documentation,
        _ if is_behind_code(text, comment.span.start as usize) => DirectivePlace::Line,
        _ => DirectivePlace::Next,
    };
    let extent = match place {
        DirectivePlace::Module => around(text, comment.span.start),
        DirectivePlace::Line => line_of(text, comment.span),
        DirectivePlace::Next | DirectivePlace::Documentation => next(text, comment.span.end),
    };
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Directive { span: comment.span, text: said, place, extent })
}

/// Whether anything stands before this byte in its line.
fn is_behind_code(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    !text[start..at].trim_start_matches('\u{feff}').trim().is_empty()
}

/// The line on which a comment starts.
fn line_of(text: &str, comment: Span) -> Span {
    let start = text[..comment.start as usize].rfind('\n').map_or(0, |line| line + 1);
    Span::new(start as u32, line_end(text.as_bytes(), comment.start as usize) as u32)
}

/// The inside of the innermost braces around this byte; the whole file where there are none.
fn around(text: &str, at: u32) -> Span {
    let mut scanner = Scanner::new(text, content_start(text));
    let mut open: Vec<u32> = Vec::new();
    while let Some(token) = scanner.next_token() {
        if token.start >= at {
            break;
        }
        match token.kind {
            Kind::Open(b'{') => open.push(token.end),
            Kind::Close(b'}') => {
                open.pop();
            }
            _ => {}
        }
    }
    let Some(start) = open.last().copied() else { return Span::new(0, text.len() as u32) };
    let mut depth = 0;
    while let Some(token) = scanner.next_token() {
        match token.kind {
            Kind::Open(b'{') => depth += 1,
            Kind::Close(b'}') if depth == 0 => return Span::new(start, token.start),
            Kind::Close(b'}') => depth -= 1,
            _ => {}
        }
    }
    Span::new(start, text.len() as u32)
}

/// How the text behind a directive goes on.
struct Extent<'a> {
    bytes: &'a [u8],
    /// Open brackets.
    depth: u32,
    /// Open angle brackets.
    angles: u32,
    /// Whether a comma ends it: of fields, variants, arms, arguments.
    by_comma: bool,
    /// Whether a closing brace ends it: not of `let` and `use`, which want their `;`.
    by_brace: bool,
}

/// The item, statement, field or arm that starts after this byte, with its attributes.
fn next(text: &str, at: u32) -> Span {
    let bytes = text.as_bytes();
    let mut tokens = Tokens { scanner: Scanner::new(text, at as usize), ahead: None };
    let Some(first) = tokens.next() else { return Span::new(at, at) };
    if matches!(first.kind, Kind::Close(_)) {
        return Span::new(at, at);
    }
    let head = tokens.head(first, bytes);
    let word = head.map(|token| token.text(bytes)).unwrap_or_default();
    let ends = |words: &[&[u8]]| words.contains(&word);
    let mut extent = Extent {
        bytes,
        depth: 0,
        angles: 0,
        by_comma: !ends(&ITEMS) && !ends(&ENDED_BY_SEMICOLON),
        by_brace: !ends(&ENDED_BY_SEMICOLON),
    };
    let mut end = head.unwrap_or(first).end;
    let mut token = head;
    let mut before = 0;
    while let Some(now) = token {
        if matches!(now.kind, Kind::Close(_)) && extent.depth == 0 {
            break;
        }
        end = now.end;
        if extent.ends_with(now, before, tokens.peek()) {
            break;
        }
        before = bytes[now.end as usize - 1];
        token = tokens.next();
    }
    Span::new(first.start, end)
}

/// Words at the start of what ends at `;` or a closing brace.
const ITEMS: [&[u8]; 22] = [
    b"fn",
    b"struct",
    b"enum",
    b"union",
    b"trait",
    b"impl",
    b"mod",
    b"extern",
    b"unsafe",
    b"async",
    b"macro",
    b"macro_rules",
    b"if",
    b"match",
    b"while",
    b"for",
    b"loop",
    b"default",
    b"auto",
    b"return",
    b"break",
    b"crate",
];
/// Words at the start of what ends at `;` alone.
const ENDED_BY_SEMICOLON: [&[u8]; 5] = [b"use", b"let", b"static", b"type", b"const"];

impl Extent<'_> {
    /// Whether a token is the last one.
    fn ends_with(&mut self, token: Token, before: u8, after: Option<Token>) -> bool {
        match token.kind {
            Kind::Open(_) => self.depth += 1,
            Kind::Close(bracket) => {
                self.depth -= 1;
                return self.depth == 0 && bracket == b'}' && self.by_brace && !self.goes_on(after);
            }
            Kind::Punct(b';') => return self.depth == 0,
            Kind::Punct(b',') => return self.depth == 0 && self.angles == 0 && self.by_comma,
            Kind::Punct(b'<') if self.depth == 0 => self.angles += 1,
            Kind::Punct(b'>') if self.depth == 0 && before != b'-' && before != b'=' => {
                self.angles = self.angles.saturating_sub(1);
            }
            // `const fn` is an item with a body, unlike `const X`.
            Kind::Word(_) if self.depth == 0 && token.text(self.bytes) == b"fn" => self.by_brace = true,
            _ => {}
        }
        false
    }

    /// Whether an expression goes on behind a closing brace.
    fn goes_on(&self, after: Option<Token>) -> bool {
        let Some(after) = after else { return false };
        match after.kind {
            Kind::Punct(byte) => matches!(byte, b';' | b'.' | b'?' | b','),
            Kind::Word(_) => after.text(self.bytes) == b"else",
            _ => false,
        }
    }
}

/// Tokens without comments, with one to look ahead.
struct Tokens<'a> {
    scanner: Scanner<'a>,
    ahead: Option<Token>,
}

impl Tokens<'_> {
    fn next(&mut self) -> Option<Token> {
        match self.ahead.take() {
            Some(token) => Some(token),
            None => self.scan(),
        }
    }

    fn scan(&mut self) -> Option<Token> {
        loop {
            let token = self.scanner.next_token()?;
            if !matches!(token.kind, Kind::Comment(_, Doc::None | Doc::Outer | Doc::Inner)) {
                return Some(token);
            }
        }
    }

    fn peek(&mut self) -> Option<Token> {
        if self.ahead.is_none() {
            self.ahead = self.scan();
        }
        self.ahead
    }

    /// The first token behind attributes and `pub(…)`.
    fn head(&mut self, first: Token, bytes: &[u8]) -> Option<Token> {
        let mut token = first;
        loop {
            if token.kind == Kind::Punct(b'#') {
                self.bracketed(b'[');
            } else if matches!(token.kind, Kind::Word(_)) && token.text(bytes) == b"pub" {
                self.bracketed(b'(');
            } else {
                return Some(token);
            }
            token = self.next()?;
        }
    }

    /// Goes behind what follows in such brackets.
    fn bracketed(&mut self, bracket: u8) {
        if self.peek().is_none_or(|token| token.kind != Kind::Open(bracket)) {
            return;
        }
        let mut depth = 0;
        while let Some(token) = self.next() {
            match token.kind {
                Kind::Open(_) => depth += 1,
                Kind::Close(_) => depth -= 1,
                _ => {}
            }
            if depth <= 0 {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::adapters::parse::parse;
    use crate::domain::source::facts::DirectivePlace;
    use crate::domain::source::vocabulary::Vocabulary;

    /// What the only directive of a text speaks of.
    fn of(text: &str) -> (DirectivePlace, &str) {
        let facts = parse("src/lib.rs", text, &Vocabulary::default());
        assert_eq!(facts.directives.len(), 1, "{text}");
        let directive = &facts.directives[0];
        (directive.place, &text[directive.extent.start as usize..directive.extent.end as usize])
    }

    fn next(text: &str) -> &str {
        let (place, extent) = of(text);
        assert_eq!(place, DirectivePlace::Next);
        extent
    }

    #[test]
    fn behind_code_it_is_the_line() {
        let text = "use a::b;\nuse c::d; // archlint: allow(layers) because\nuse e::f;\n";
        assert_eq!(of(text), (DirectivePlace::Line, "use c::d; // archlint: allow(layers) because"));
    }

    #[test]
    fn in_documentation_it_speaks_to_readers() {
        for text in [
            "/// archlint: allow(layers) because\nfn f() {}\n",
            "/** archlint: allow(layers) because */\nfn f() {}\n",
        ] {
            assert_eq!(of(text).0, DirectivePlace::Documentation, "{text}");
        }
    }

    #[test]
    fn alone_it_is_what_comes_next() {
        let above = |code: &str| {
            let text = format!("fn x() {{}}\n// archlint: allow(x) y\n{code}\n");
            next(&text).to_owned()
        };
        for (code, rest) in [
            ("use a::{b, c};", "use d;"),
            (
                "#[cfg(a)]\n// and\npub(crate) fn f<A, B>(a: A) -> Vec<B> where A: X, B: Y { g(); }",
                "fn z() {}",
            ),
            ("struct S { a: u8 }", "struct T;"),
            ("struct S;", "struct T;"),
            ("pub struct S(A, B);", "fn z() {}"),
            ("impl<A, B> X for Y<A, B> { fn a() {} }", "fn z() {}"),
            ("pub const fn f() -> u8 { 1 }", "fn z() {}"),
            ("const X: S = S { a: 1 };", "fn z() {}"),
            ("macro_rules! m { (a) => {}; }", "fn z() {}"),
            ("thread_local! { static A: B = c(); }", "fn z() {}"),
        ] {
            assert_eq!(above(&format!("{code}\n{rest}")), code);
        }
    }

    #[test]
    fn statements_fields_and_arms_are_told_apart() {
        let text = "fn f() {\n a();\n // archlint: allow(x) y\n let b = match c { D => e(), _ => f() }.g();\n h();\n}";
        assert_eq!(next(text), "let b = match c { D => e(), _ => f() }.g();");
        let text = "fn f() {\n // archlint: allow(x) y\n if a { b() } else { c() }\n h();\n}";
        assert_eq!(next(text), "if a { b() } else { c() }");
        let text = "struct S {\n // archlint: allow(x) y\n pub a: Map<A, fn(B) -> C>,\n b: u8,\n}";
        assert_eq!(next(text), "pub a: Map<A, fn(B) -> C>,");
        let text = "fn f() { match a {\n // archlint: allow(x) y\n A::B => c(d, e),\n _ => g(),\n} }";
        assert_eq!(next(text), "A::B => c(d, e),");
        let text = "fn f() {\n // archlint: allow(x) y\n a::b()\n}";
        assert_eq!(next(text), "a::b()");
        assert_eq!(next("fn f() {\n // archlint: allow(x) y\n}"), "");
    }

    #[test]
    fn inner_documentation_speaks_of_its_module() {
        let text = "//! Orders.\n//! archlint: allow(x) y\nuse a;\n";
        assert_eq!(of(text), (DirectivePlace::Module, text));
        let text = "mod m {\n//! archlint: allow(x) y\nfn f() {}\n}\nfn g() {}\n";
        assert_eq!(of(text).1, "\n//! archlint: allow(x) y\nfn f() {}\n");
    }

    #[test]
    fn only_comments_that_start_so_are_directives() {
        let text = "// see archlint: allow(x)\nconst A: &str = \"// archlint: allow(x)\";\n/* archlint: allow(y) z */\nfn f() {}";
        assert_eq!(next(text), "fn f() {}");
    }
}
