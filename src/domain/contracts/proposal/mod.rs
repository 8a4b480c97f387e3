//! Layers that fit what is there: units of the code, put in the order that their dependencies have.

mod order;
mod slices;
mod technology;
mod units;
mod words;

use crate::domain::contracts::proposal::order::{by_rank, by_role};
use crate::domain::contracts::proposal::units::{Units, units};
use crate::domain::graph::Graph;
use crate::domain::graph::lift::modules;
use crate::domain::policy::Policy;
use crate::domain::policy::role::Role;

pub use crate::domain::contracts::proposal::slices::Slices;
pub use crate::domain::contracts::proposal::technology::Technology;

/// What kind of architecture is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Business rules in the middle: composition > entrypoints > adapters > application > domain.
    Onion,
    /// Driving and driven adapters side by side around the core.
    Hexagonal,
    /// Presentation over business over persistence.
    Layered,
    /// Parts that do not meet.
    Slices,
    /// Each crate a layer.
    Crates,
    /// Each module below the crate root a layer.
    Modules,
}

impl Style {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Onion, Self::Hexagonal, Self::Layered, Self::Slices, Self::Crates, Self::Modules];

    /// The word used on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Onion => "onion",
            Self::Hexagonal => "hexagonal",
            Self::Layered => "layered",
            Self::Slices => "slices",
            Self::Crates => "crates",
            Self::Modules => "modules",
        }
    }
}

/// Rules that fit a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What they are made after.
    pub style: Style,
    /// Why it was chosen: lower case, no full stop.
    pub why: String,
    /// Layers, outermost first; those in one list stand side by side.
    pub ranks: Vec<Vec<Proposed>>,
    /// Parts that do not meet, where there are such.
    pub slices: Option<Slices>,
    /// Crates of technology that only some layers use.
    pub technology: Vec<Technology>,
    /// Ids of the crates in which no circle may be.
    pub crates: Vec<String>,
}

/// One layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    /// Its name.
    pub name: String,
    /// Selectors of its modules.
    pub modules: Vec<String>,
    /// Whether every layer may use it.
    pub shared: bool,
    /// Families of technology that others use and it does not, where it is to stay free of them.
    pub free_of: Vec<String>,
}

/// The part that each module plays, by node of the graph, and how sure that is, 0 to 1.
pub type Parts<'a> = &'a [Option<(Role, f64)>];

/// Proposes rules in the style asked for, else in the one that the code has.
///
/// None where there is nothing to put in order: no module of production code.
pub fn propose(graph: &Graph, policy: &Policy, parts: Parts<'_>, asked: Option<Style>) -> Option<Proposal> {
    let lifted = modules(graph);
    let units = units(graph, &lifted, policy, parts, asked);
    if units.list.is_empty() {
        return None;
    }
    let slices = slices::find(graph, &lifted);
    let (style, why) = match (asked, &slices) {
        (Some(Style::Slices), None) => {
            let why = "as asked for, but no three modules are built alike, so all stand in one order";
            (Style::Slices, why.to_owned())
        }
        (Some(style), _) => (style, "as asked for".to_owned()),
        (None, slices) => style(&units, slices.as_ref()),
    };
    let ranks = match style {
        Style::Onion | Style::Hexagonal | Style::Layered => by_role(&units, style),
        Style::Slices | Style::Crates | Style::Modules => by_rank(&units),
    };
    let mut ranks = ranks;
    technology::keep_free(graph, &lifted, policy, &mut ranks);
    let technology = technology::find(graph, &lifted, policy, &ranks);
    let crates = units.crates;
    Some(Proposal { style, why, ranks, slices, technology, crates })
}

/// The style that the code has.
fn style(units: &Units, slices: Option<&Slices>) -> (Style, String) {
    if let Some((style, named)) = words::style(units) {
        return (style, format!("modules are called so: {named}"));
    }
    if let Some(slices) = slices {
        return (
            Style::Slices,
            format!("{} parts of `{}` are built alike", slices.names.len(), slices.parent),
        );
    }
    match units.are_crates {
        true => (Style::Crates, "names tell no architecture, so each package is a layer, in the order of what they use".to_owned()),
        false => (Style::Modules, "names tell no architecture, so each module below the crate root is a layer, in the order of what they use".to_owned()),
    }
}
