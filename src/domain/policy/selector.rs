//! What a rule is about: modules, crates, categories, layers, roles.

use crate::domain::policy::pattern::{BadPattern, Pattern};
use crate::domain::policy::place::At;
use crate::domain::policy::role::Role;
use crate::domain::policy::suggest;

/// A set of modules, items or external paths, as written in the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// As written.
    pub text: String,
    /// Where it is written.
    pub at: At,
    /// Whether it may match nothing.
    pub optional: bool,
    /// What it says.
    pub kind: SelectorKind,
}

/// What a selector says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectorKind {
    /// Modules and items of the workspace by id; `std::…` names the standard library.
    Path(Pattern),
    /// A crate by package or library name, external or of the workspace, and paths below it.
    Crate(Pattern),
    /// Modules of a layer.
    Layer(String),
    /// Modules of a role.
    Role(Role),
    /// Crates and paths of a category of the catalogue, or of every category of a family.
    Category(String),
}

/// How a bare name is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bare {
    /// As a path of the workspace.
    Module,
    /// As an external crate.
    Crate,
}

impl Selector {
    /// Reads a selector; a `?` at its end marks it optional.
    ///
    /// # Errors
    /// When its prefix is unknown or its pattern is bad.
    pub fn parse(text: &str, at: At, bare: Bare) -> Result<Self, BadPattern> {
        let (body, optional) = match text.strip_suffix('?') {
            Some(body) => (body, true),
            None => (text, false),
        };
        let kind = kind(body, bare)?;
        Ok(Self { text: body.to_owned(), at, optional, kind })
    }

    /// The pattern, where it is one.
    pub fn pattern(&self) -> Option<&Pattern> {
        match &self.kind {
            SelectorKind::Path(pattern) | SelectorKind::Crate(pattern) => Some(pattern),
            _ => None,
        }
    }

    /// Whether it is meant for the workspace, so that matching nothing is a mistake.
    pub fn is_local(&self) -> bool {
        match &self.kind {
            SelectorKind::Path(pattern) => !is_std(pattern),
            _ => false,
        }
    }

    /// Whether it can name something outside the workspace.
    pub fn names_external(&self) -> bool {
        match &self.kind {
            SelectorKind::Path(pattern) => is_std(pattern),
            SelectorKind::Crate(_) | SelectorKind::Category(_) => true,
            SelectorKind::Layer(_) | SelectorKind::Role(_) => false,
        }
    }
}

/// Whether a path starts in the standard library.
pub fn is_std(pattern: &Pattern) -> bool {
    matches!(pattern.head(), Some("std" | "core" | "alloc"))
}

fn kind(text: &str, bare: Bare) -> Result<SelectorKind, BadPattern> {
    if let Some(name) = text.strip_prefix('@') {
        return match name.is_empty() {
            true => fail("`@` needs the name of a category", Some("write `@database`, say")),
            false => Ok(SelectorKind::Category(name.to_owned())),
        };
    }
    // A prefix is followed by one colon, a path segment by two; one of several targets of a name is
    // told apart by its package, as `tool@bin:shop`.
    let prefixed = text.split_once(':').filter(|(word, rest)| !rest.starts_with(':') && !word.contains('@'));
    if let Some((prefix, rest)) = prefixed {
        return match prefix {
            "layer" if rest.is_empty() => fail("`layer:` needs the name of a layer", None),
            "layer" => Ok(SelectorKind::Layer(rest.to_owned())),
            "crate" => Ok(SelectorKind::Crate(crate_pattern(rest)?)),
            "role" => match Role::from_word(rest) {
                Some(role) => Ok(SelectorKind::Role(role)),
                None => fail(
                    &format!("there is no role `{rest}`"),
                    suggest::help(rest, Role::ALL.iter().map(|role| role.word())).as_deref(),
                ),
            },
            _ => fail(
                &format!("`{prefix}:` is no kind of selector"),
                suggest::help(prefix, ["layer", "role", "crate"]).as_deref(),
            ),
        };
    }
    match bare {
        Bare::Module => Ok(SelectorKind::Path(Pattern::parse(text)?)),
        Bare::Crate => Ok(SelectorKind::Crate(crate_pattern(text)?)),
    }
}

/// Package and library names are one, `-` as `_`.
fn crate_pattern(text: &str) -> Result<Pattern, BadPattern> {
    Pattern::parse(text)
}

fn fail<T>(message: &str, help: Option<&str>) -> Result<T, BadPattern> {
    Err(BadPattern { message: message.to_owned(), help: help.map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use crate::domain::policy::place::At;
    use crate::domain::policy::role::Role;
    use crate::domain::policy::selector::{Bare, Selector, SelectorKind};

    fn kind(text: &str) -> SelectorKind {
        Selector::parse(text, At::default(), Bare::Module).expect("a good selector").kind
    }

    #[test]
    fn prefixes_tell_kinds_apart() {
        assert_eq!(kind("layer:domain"), SelectorKind::Layer("domain".to_owned()));
        assert_eq!(kind("role:adapters"), SelectorKind::Role(Role::Adapter));
        assert_eq!(kind("@database"), SelectorKind::Category("database".to_owned()));
        assert!(matches!(kind("crate:tokio::fs"), SelectorKind::Crate(_)));
        assert!(matches!(kind("shop::a"), SelectorKind::Path(_)));
        assert!(matches!(kind("=tool@bin:my-shop::a"), SelectorKind::Path(_)));
    }

    #[test]
    fn a_question_mark_makes_it_optional() {
        let selector = Selector::parse("shop::legacy?", At::default(), Bare::Module).expect("good");
        assert!(selector.optional && selector.text == "shop::legacy");
    }

    #[test]
    fn wrong_prefixes_are_told() {
        let error = Selector::parse("layr:domain", At::default(), Bare::Module).expect_err("no such prefix");
        assert_eq!(error.help.as_deref(), Some("did you mean `layer`?"));
        let error = Selector::parse("role:adaptor", At::default(), Bare::Module).expect_err("no such role");
        assert_eq!(error.help.as_deref(), Some("did you mean `adapter`?"));
    }
}
