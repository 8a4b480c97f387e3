//! What comes with the tool, and holds where nothing is configured.

use std::sync::LazyLock;

use crate::adapters::config::catalogue::catalogue;
use crate::adapters::config::facades::facades;
use crate::adapters::config::model::parameters;
use crate::domain::policy::Policy;

/// What is asked where nothing is configured: nothing, with the catalogue and the model that come with the
/// tool. They are read once.
pub fn unconfigured() -> &'static Policy {
    static UNCONFIGURED: LazyLock<Policy> = LazyLock::new(|| Policy {
        catalogue: catalogue(),
        facades: facades(),
        model: parameters().into(),
        ..Policy::default()
    });
    &UNCONFIGURED
}
