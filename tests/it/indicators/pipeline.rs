//! Source text to measurements, through the real pipeline, in memory.

use archlint::adapters::memory::Memory;
use archlint::application::ports::Codebase;
use archlint::domain::at_once::one_by_one;
use archlint::domain::finding::Site;
use archlint::domain::indicators::list::measure;
use archlint::domain::indicators::measurement::Measurement;
use archlint::domain::indicators::scene::{Scene, Timing};
use archlint::domain::need::gather::{Source, facts};
use archlint::domain::need::needs;
use archlint::domain::patterns::find::{find, groundwork};

use crate::fixture::staged;

/// What a fixture measures, in the order of the model. An `/archlint.toml` among its files configures it.
pub fn measured(fixture: &str) -> Vec<Measurement> {
    with_scene(&Memory::parse(fixture), measure)
}

/// What a workspace is before it is measured.
pub fn with_scene<T>(files: &Memory, ask: impl FnOnce(&Scene<'_>) -> T) -> T {
    let config = Codebase::text(files, "archlint.toml").unwrap_or_default();
    let staged = staged(files, &config);
    let census = staged.census();
    let roles = staged.roles(&census);
    let (catalogue, parameters) = (&staged.policy.catalogue, &staged.policy.model);
    let patterns = find(
        &census,
        groundwork(&census, catalogue, &one_by_one),
        &roles,
        catalogue,
        parameters,
        &one_by_one,
    );
    let source = Source { census: &census, roles: &roles, patterns: &patterns, catalogue, parameters };
    let facts = facts(&source);
    let needs = needs(&facts, parameters);
    let timed = Codebase::text(files, "timings.txt").map(|text| timings(&text));
    ask(&Scene {
        census: &census,
        roles: &roles,
        patterns: &patterns,
        facts: &facts,
        needs: &needs,
        catalogue,
        parameters,
        timings: timed.as_deref(),
    })
}

/// A test and its seconds in each line.
fn timings(text: &str) -> Vec<Timing> {
    let timing = |line: &str| {
        let (name, seconds) = line.split_once(' ')?;
        Some(Timing { name: name.to_owned(), site: Site::default(), seconds: seconds.trim().parse().ok()? })
    };
    text.lines().filter_map(timing).collect()
}
