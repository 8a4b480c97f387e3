//! A proposal as the text of a commented `archlint.toml`.

use std::fmt::Write;

use crate::adapters::config::baseline::quoted;
use crate::application::init::{NO_CIRCLES, SLICES_APART, Tally};
use crate::domain::contracts::LAYERS;
use crate::domain::contracts::proposal::{Proposal, Proposed, Style};

/// So many crates are named by a rule; of more it speaks of each.
const SPELLED: usize = 3;

/// How many exceptions a comment names.
const NAMED: usize = 5;

/// The text, with how well each rule is kept where that is known.
pub fn text(proposal: &Proposal, tallies: &[Tally]) -> String {
    let mut out = format!(
        "# Written by `cargo archlint init` after what the code looked like ({}: {}).\n\
         # All of it is yours to change: `cargo archlint explain layers` tells what the keys mean. What broke\n\
         # these rules on that day is accepted in archlint.baseline.toml, which shrinks by itself.\n\n",
        proposal.style.word(),
        proposal.why
    );
    // Writing to a string never fails.
    let _ = layers(proposal, tallies, &mut out);
    let _ = rules(proposal, tallies, &mut out);
    out
}

fn layers(proposal: &Proposal, tallies: &[Tally], out: &mut String) -> std::fmt::Result {
    writeln!(out, "[layers]")?;
    writeln!(
        out,
        "# Outermost first: each layer may use those after it. Layers in one inner list stand side by"
    )?;
    writeln!(out, "# side and do not meet.")?;
    kept(tallies, LAYERS, "dependencies between modules of two layers", out)?;
    writeln!(out, "order = [")?;
    for rank in &proposal.ranks {
        let names: Vec<String> = rank.iter().map(|layer| quoted(&layer.name)).collect();
        match names.as_slice() {
            [name] => writeln!(out, "    {name},")?,
            names => writeln!(out, "    [{}],", names.join(", "))?,
        }
    }
    writeln!(out, "]")?;
    writeln!(out, "unassigned = \"deny\"          # a new module has to be put into a layer")?;
    let because = match proposal.style {
        Style::Onion | Style::Hexagonal => {
            "dependencies point inwards, so that rules never change because technology does"
        }
        Style::Layered => {
            "each layer knows those below it alone, so that it can be changed without those above"
        }
        Style::Slices | Style::Crates | Style::Modules => {
            "what stands below can be read, tested and changed without what stands above"
        }
    };
    writeln!(out, "because = {}", quoted(because))?;
    for layer in proposal.ranks.iter().flatten() {
        one(layer, out)?;
    }
    Ok(())
}

fn one(layer: &Proposed, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n[layers.{}]", layer.name)?;
    writeln!(out, "modules = [{}]", list(&layer.modules))?;
    if !layer.free_of.is_empty() {
        let families: Vec<String> = layer.free_of.iter().map(|family| format!("@{family}")).collect();
        writeln!(out, "# What others use and this layer does not.")?;
        writeln!(out, "crates = {{ deny = [{}] }}", list(&families))?;
    }
    if layer.shared {
        writeln!(out, "shared = true                # it names all others, and defines what they use too")?;
    }
    Ok(())
}

/// Strings with commas between; in lines of their own where they are many.
fn list(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    let line = quoted.join(", ");
    if line.len() <= 90 { line } else { format!("\n    {},\n", quoted.join(",\n    ")) }
}

fn rules(proposal: &Proposal, tallies: &[Tally], out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n[[rule]]\nname = {}", quoted(NO_CIRCLES))?;
    kept(tallies, NO_CIRCLES, "dependencies between modules", out)?;
    match proposal.crates.len() {
        0..=SPELLED => writeln!(out, "acyclic = [{}]", list(&proposal.crates))?,
        _ => writeln!(out, "acyclic = \"*\"                 # each crate, whatever it is called")?,
    }
    writeln!(out, "because = \"what stands in a circle can only be understood and changed as a whole\"")?;
    if let Some(slices) = &proposal.slices {
        writeln!(out, "\n[[rule]]\nname = {}", quoted(SLICES_APART))?;
        if let Some(tally) = tallies.iter().find(|tally| tally.rule == SLICES_APART) {
            let pairs = slices.names.len() * (slices.names.len() - 1);
            match tally.exceptions.len() {
                0 => writeln!(out, "# No one uses another.")?,
                1 => writeln!(
                    out,
                    "# In {} of {pairs} pairs no one uses the other; one dependency does.",
                    tally.kept
                )?,
                count => writeln!(
                    out,
                    "# In {} of {pairs} pairs no one uses the other; {count} dependencies do.",
                    tally.kept
                )?,
            }
        }
        let parts: Vec<String> =
            slices.names.iter().map(|name| format!("{}::{name}", slices.parent)).collect();
        writeln!(out, "independent = [{}]", list(&parts))?;
        if proposal.style != Style::Slices {
            writeln!(out, "level = \"warn\"               # they are built alike; `deny` keeps them apart")?;
        }
    }
    for technology in &proposal.technology {
        writeln!(out, "\n[[rule]]\nname = {}", quoted(&technology.rule()))?;
        let is_kept =
            tallies.iter().all(|tally| tally.rule != technology.rule() || tally.exceptions.is_empty());
        match technology.places {
            1 if is_kept => writeln!(out, "# The one place keeps this.")?,
            _ => kept(tallies, &technology.rule(), "places", out)?,
        }
        let crates: Vec<String> = technology.crates.iter().map(|name| format!("crate:{name}")).collect();
        match crates.as_slice() {
            [one] => writeln!(out, "protect = {}", quoted(one))?,
            many => writeln!(out, "protect = [{}]", list(many))?,
        }
        let layers = technology.layers.iter().map(|name| format!("layer:{name}"));
        let users: Vec<String> = layers.chain(technology.beside.iter().cloned()).collect();
        writeln!(out, "only = [{}]", list(&users))?;
    }
    Ok(())
}

/// How well a rule is kept, as a comment.
fn kept(tallies: &[Tally], rule: &str, what: &str, out: &mut String) -> std::fmt::Result {
    let Some(tally) = tallies.iter().find(|tally| tally.rule == rule) else { return Ok(()) };
    let all = tally.kept + tally.exceptions.len() as u32;
    match tally.exceptions.len() {
        0 if all == 0 => return writeln!(out, "# There are no {what} yet."),
        0 => return writeln!(out, "# All {all} {what} keep this."),
        1 => writeln!(out, "# {} of {all} {what} keep this; one is accepted for now:", tally.kept)?,
        count => writeln!(out, "# {} of {all} {what} keep this; {count} are accepted for now:", tally.kept)?,
    }
    for exception in tally.exceptions.iter().take(NAMED) {
        writeln!(out, "#   {exception}")?;
    }
    match tally.exceptions.len().saturating_sub(NAMED) {
        0 => Ok(()),
        more => writeln!(out, "#   and {more} more (cargo archlint baseline)"),
    }
}
