//! Source text to measurements, through the real pipeline, in memory.

use archlint::adapters::config::{catalogue, parse};
use archlint::adapters::memory::Memory;
use archlint::application::analyse::analyse;
use archlint::application::ports::Codebase;
use archlint::domain::census::Census;
use archlint::domain::census::build::census;
use archlint::domain::indicators::list::measure;
use archlint::domain::indicators::measurement::Measurement;
use archlint::domain::indicators::scene::Scene;
use archlint::domain::need::facts::Facts;
use archlint::domain::need::needs;
use archlint::domain::patterns::find::find;
use archlint::domain::policy::model::Parameters;
use archlint::domain::policy::role::Role;
use archlint::domain::roles::{Played, Roles};

/// What a fixture measures, in the order of the model. An `/archlint.toml` among its files configures it.
pub fn measured(fixture: &str) -> Vec<Measurement> {
    with_scene(fixture, measure)
}

/// What a fixture is before it is measured.
pub fn with_scene<T>(fixture: &str, ask: impl FnOnce(&Scene<'_>) -> T) -> T {
    let memory = Memory::parse(fixture);
    let config = Codebase::text(&memory, "archlint.toml").unwrap_or_default();
    let parameters: Parameters = parse(&config, "archlint.toml").expect("the configuration is right").model;
    let analysis = analyse(&memory).expect("the fixture has a root manifest");
    let catalogue = catalogue();
    let census = census(&analysis.workspace, &analysis.graph, &analysis.origins, &catalogue);
    let roles = roles(&census);
    let patterns = find(&census, &roles, &catalogue, &parameters);
    let facts = Facts::default();
    let needs = needs(&facts, &parameters);
    ask(&Scene {
        census: &census,
        roles: &roles,
        patterns: &patterns,
        facts: &facts,
        needs: &needs,
        catalogue: &catalogue,
        parameters: &parameters,
    })
}

/// Roles by the words of paths, until they are inferred.
fn roles(census: &Census<'_>) -> Roles {
    let played = |path: String| {
        let role = path.split("::").find_map(|part| match part {
            "domain" => Some(Role::Domain),
            "application" => Some(Role::Application),
            "adapters" => Some(Role::Adapter),
            "http" | "cli" => Some(Role::Entrypoint),
            _ => None,
        });
        let main = path.contains("@bin").then_some(Role::Composition);
        Played { role: role.or(main), confidence: 1.0, ..Played::default() }
    };
    let modules = census.module_nos().map(|module| played(census.module_id(module))).collect();
    Roles { modules, packages: Vec::new() }
}
