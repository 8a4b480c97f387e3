//! The presets that come with the tool.

const PRESETS: [(&str, &str); 3] = [
    ("hexagonal", include_str!("../../../rules/presets/hexagonal.toml")),
    ("layered", include_str!("../../../rules/presets/layered.toml")),
    ("onion", include_str!("../../../rules/presets/onion.toml")),
];

/// Names of all presets, sorted.
pub(super) fn names() -> [&'static str; 3] {
    PRESETS.map(|(name, _)| name)
}

/// The text of a preset.
pub(super) fn text(name: &str) -> Option<&'static str> {
    PRESETS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
