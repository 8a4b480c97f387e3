//! Patterns over paths such as `shop::{slice}::domain`, matched a segment at a time.

/// A pattern over the segments of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Only the thing itself, not what lies below it.
    pub exact: bool,
    /// Segments, at most [`MOST_SEGMENTS`], never empty.
    pub segments: Vec<Segment>,
}

/// One segment of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// This name.
    Literal(String),
    /// Any one name: `*`.
    One,
    /// Any number of names, also none: `**`.
    Deep,
    /// Names with `*` in them for any characters, as `*_repository`.
    Glob(String),
    /// Any one name, remembered: `{slice}`.
    Capture(String),
}

/// What is wrong with the text of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPattern {
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// A pattern has at most this many segments, so that states fit into one word.
pub const MOST_SEGMENTS: usize = 60;

/// How far a pattern got: bit `n` is set if the next name may match segment `n`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress(u64);

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When the text is empty, a segment is, or its wildcards make no sense.
    pub fn parse(text: &str) -> Result<Self, BadPattern> {
        let (exact, rest) = match text.strip_prefix('=') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if rest.is_empty() {
            return bad("the selector is empty", "name a module, as `shop::domain`");
        }
        if rest.contains('/') {
            let path = rest.trim_end_matches(".rs").replace('/', "::");
            return bad(&format!("`{text}` is not a module path"), &format!("write `{path}`"));
        }
        let mut segments = Vec::new();
        for word in rest.split("::") {
            segments.push(segment(text, word)?);
        }
        if segments.len() > MOST_SEGMENTS {
            return bad("the selector has too many segments", "use `**`");
        }
        let pattern = Self { exact, segments };
        let names: Vec<&str> = pattern.captures().collect();
        if let Some(twice) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            return bad(
                &format!("`{{{}}}` stands twice in `{text}`", twice.1),
                "give each capture its own name",
            );
        }
        Ok(pattern)
    }

    /// Names of its captures, in order.
    pub fn captures(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Capture(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Weight of its literal prefix: two for each literal segment before the first wildcard, one
    /// more if that is a name with `*` in it. The greater weight claims a module.
    pub fn weight(&self) -> usize {
        let literal =
            self.segments.iter().take_while(|segment| matches!(segment, Segment::Literal(_))).count();
        2 * literal + usize::from(matches!(self.segments.get(literal), Some(Segment::Glob(_))))
    }

    /// The first segment, if it is literal.
    pub fn head(&self) -> Option<&str> {
        match self.segments.first() {
            Some(Segment::Literal(name)) => Some(name),
            _ => None,
        }
    }

    /// Where matching starts.
    pub fn start(&self) -> Progress {
        self.close(1)
    }

    /// After one more name of the path. `literal` says the name may only match literally.
    pub fn step(&self, before: Progress, name: &str, names: Names) -> Progress {
        if before.0 == 0 {
            return before;
        }
        let mut after = 0;
        for (at, segment) in self.segments.iter().enumerate() {
            if before.0 >> at & 1 == 0 {
                continue;
            }
            let hit = match segment {
                Segment::Literal(literal) => literal == name,
                Segment::Glob(glob) => glob_matches(glob, name),
                Segment::One | Segment::Deep | Segment::Capture(_) => names == Names::Free,
            };
            if hit {
                let next = if *segment == Segment::Deep { at } else { at + 1 };
                after |= 1 << next;
            }
        }
        self.close(after)
    }

    /// Whether the names so far match the whole pattern.
    pub fn accepts(&self, progress: Progress) -> bool {
        progress.0 >> self.segments.len() & 1 == 1
    }

    /// The captured names of a path that matches; the first way that fits, `**` taking little.
    pub fn bind<'a>(&'a self, path: &[&'a str]) -> Option<Vec<(&'a str, &'a str)>> {
        let mut bound = Vec::new();
        bind(&self.segments, path, &mut bound).then_some(bound)
    }

    /// `**` may match nothing.
    fn close(&self, mut bits: u64) -> Progress {
        for (at, segment) in self.segments.iter().enumerate() {
            if *segment == Segment::Deep && bits >> at & 1 == 1 {
                bits |= 1 << (at + 1);
            }
        }
        Progress(bits)
    }
}

/// What may match a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Any segment: the name is of a module.
    Free,
    /// A literal or a glob only: the name is of an item, and wildcards stand for modules.
    Spelled,
}

/// Whether a name matches a text in which `*` stands for any characters.
pub fn glob_matches(glob: &str, name: &str) -> bool {
    let Some((head, rest)) = glob.split_once('*') else { return glob == name };
    let Some(mut name) = name.strip_prefix(head) else { return false };
    let mut rest = rest;
    while let Some((middle, tail)) = rest.split_once('*') {
        let Some(at) = name.find(middle) else { return false };
        name = &name[at + middle.len()..];
        rest = tail;
    }
    name.ends_with(rest)
}

fn bind<'a>(segments: &'a [Segment], path: &[&'a str], bound: &mut Vec<(&'a str, &'a str)>) -> bool {
    let Some((segment, rest)) = segments.split_first() else { return path.is_empty() };
    if *segment == Segment::Deep {
        return (0..=path.len()).any(|taken| {
            let before = bound.len();
            let fits = bind(rest, &path[taken..], bound);
            if !fits {
                bound.truncate(before);
            }
            fits
        });
    }
    let Some((name, below)) = path.split_first() else { return false };
    match segment {
        Segment::Literal(literal) if literal != name => return false,
        Segment::Glob(glob) if !glob_matches(glob, name) => return false,
        Segment::Capture(capture) => bound.push((capture, name)),
        _ => {}
    }
    bind(rest, below, bound)
}

fn segment(text: &str, word: &str) -> Result<Segment, BadPattern> {
    if word.is_empty() {
        return bad(&format!("`{text}` has an empty segment"), "separate names by `::`, once");
    }
    if word == "*" {
        return Ok(Segment::One);
    }
    if word == "**" {
        return Ok(Segment::Deep);
    }
    if word.contains("**") {
        return bad(&format!("`**` must stand alone between `::` in `{text}`"), "write `a::**::b`");
    }
    if word.contains(['{', '}']) {
        let name = word.strip_prefix('{').and_then(|word| word.strip_suffix('}')).unwrap_or_default();
        if name.is_empty() || !name.chars().all(is_name_char) {
            return bad(
                &format!("`{word}` is not a capture"),
                "write a name in braces as a whole segment, as `shop::{slice}`",
            );
        }
        return Ok(Segment::Capture(name.to_owned()));
    }
    // The id of one of several targets of a name ends in its package: `tool@bin:shop`.
    let (target, package) = match word.split_once('@').and_then(|(_, kind)| kind.split_once(':')) {
        Some((_, package)) => (word.strip_suffix(&format!(":{package}")).unwrap_or(word), package),
        None => (word, ""),
    };
    let is_wrong = |c: &char| !is_name_char(*c) && !matches!(c, '*' | '@' | '#' | '-');
    let wrong = target.chars().chain(package.chars()).find(is_wrong);
    if let Some(wrong) = wrong {
        let help = match wrong {
            ':' => "separate names by `::`",
            '.' => "separate names by `::`, not by `.`",
            _ => "use names, `*`, `**` and `{captures}` with `::` between them",
        };
        return bad(&format!("`{wrong}` cannot stand in a selector, as in `{text}`"), help);
    }
    if word.contains('*') {
        return Ok(Segment::Glob(word.to_owned()));
    }
    Ok(Segment::Literal(word.trim_start_matches("r#").to_owned()))
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn bad<T>(message: &str, help: &str) -> Result<T, BadPattern> {
    Err(BadPattern { message: message.to_owned(), help: Some(help.to_owned()) })
}

#[cfg(test)]
mod tests {
    use crate::domain::policy::pattern::{Names, Pattern, glob_matches};

    fn matches(pattern: &str, path: &str) -> bool {
        let pattern = Pattern::parse(pattern).expect("a good pattern");
        let mut at = pattern.start();
        for name in path.split("::") {
            at = pattern.step(at, name, Names::Free);
        }
        pattern.accepts(at)
    }

    #[test]
    fn wildcards_match_what_they_say() {
        for (pattern, path, expected) in [
            ("a::b", "a::b", true),
            ("a::b", "a::b::c", false),
            ("a::*", "a::b", true),
            ("a::*", "a", false),
            ("a::**", "a", true),
            ("a::**::d", "a::b::c::d", true),
            ("a::**::d", "a::d", true),
            ("**::db", "shop::x::db", true),
            ("**::db", "shop::dbx", false),
            ("a::{s}::d", "a::x::d", true),
            ("a::*_repo", "a::order_repo", true),
            ("a::*_repo", "a::repo", false),
            ("shop@bin", "shop@bin", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} on {path}");
        }
    }

    #[test]
    fn captures_are_bound() {
        let pattern = Pattern::parse("**::{a}::x::{b}").expect("a good pattern");
        assert_eq!(pattern.bind(&["s", "t", "x", "u"]), Some(vec![("a", "t"), ("b", "u")]));
        assert_eq!(pattern.bind(&["s", "t"]), None);
        let weight = |text| Pattern::parse(text).expect("a good pattern").weight();
        assert_eq!([weight("**::a"), weight("*_a"), weight("a::b::*"), weight("a::b::x_*")], [0, 1, 4, 5]);
    }

    #[test]
    fn bad_globs_are_told() {
        for text in [
            "",
            "=",
            "a::",
            "a::::b",
            "a:b",
            "a::**b",
            "***",
            "{}",
            "a{x}",
            "{a}::{a}",
            "a b",
            "src/db.rs",
            "a.b",
        ] {
            assert!(Pattern::parse(text).is_err(), "{text:?} must be refused");
        }
        let error = Pattern::parse("src/db.rs").expect_err("a file is no module");
        assert_eq!(error.help.as_deref(), Some("write `src::db`"));
    }

    #[test]
    fn globs_match_within_a_name() {
        assert!(glob_matches("aws-sdk-*", "aws-sdk-sqs"));
        assert!(glob_matches("*a*b*", "xaxbx"));
        assert!(!glob_matches("a*a", "a"));
        assert!(!glob_matches("*x", "xy"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reader_fail(text in "[a-z:*{}=@ /.]{0,24}") {
            if let Ok(pattern) = Pattern::parse(&text) {
                let mut at = pattern.start();
                for name in ["a", "b", "c"] {
                    at = pattern.step(at, name, Names::Free);
                }
                proptest::prop_assert_eq!(pattern.accepts(at), pattern.bind(&["a", "b", "c"]).is_some());
            }
        }
    }
}
