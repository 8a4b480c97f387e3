//! `cargo archlint schema`.

use crate::entrypoints::cli::Format;
use crate::entrypoints::session::Session;

/// Prints the JSON Schema of the configuration.
pub fn run(session: &mut Session<'_>) -> u8 {
    if let Err(failure) = session.format(&[Format::Json]) {
        return session.fail(&failure);
    }
    let schema = (session.parts.schema)();
    session.print(schema.trim_end());
    session.print("\n");
    0
}
