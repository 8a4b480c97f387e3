//! Colour, or none.

/// How output looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paint {
    /// Letters only: the same bytes everywhere.
    #[default]
    Plain,
    /// With ANSI colours.
    Colour,
}

/// A meaning that has a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// What fails the run.
    Error,
    /// What may.
    Warning,
    /// What is told.
    Note,
    /// What is well.
    Good,
    /// What stands out.
    Strong,
    /// What stands back.
    Dim,
}

impl Paint {
    /// Text in the colour of its meaning.
    pub fn tone(self, tone: Tone, text: &str) -> String {
        let code = match (self, tone) {
            (Self::Plain, _) => return text.to_owned(),
            (Self::Colour, Tone::Error) => "1;31",
            (Self::Colour, Tone::Warning) => "1;33",
            (Self::Colour, Tone::Note) => "1;36",
            (Self::Colour, Tone::Good) => "1;32",
            (Self::Colour, Tone::Strong) => "1",
            (Self::Colour, Tone::Dim) => "2",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// What stands below the findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tail {
    /// The summary.
    #[default]
    Summary,
    /// Nothing.
    Quiet,
}

/// How a page is set: colour and width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Colour, or none.
    pub paint: Paint,
    /// Columns of a line.
    pub width: usize,
}

impl Default for Sheet {
    fn default() -> Self {
        Self { paint: Paint::Plain, width: 100 }
    }
}
