//! Which dependencies a rule looks at: `via`, `kinds`, `tests`; and whether they may be accepted.

use crate::adapters::config::reader::{Fields, Reading};
use crate::domain::graph::EdgeKind;
use crate::domain::policy::baseline::Baselining;
use crate::domain::policy::rules::{Scope, Tests, Via};
use crate::domain::policy::suggest;

const VIA: [(&str, Via); 2] = [("direct", Via::Direct), ("any", Via::Any)];

/// Which dependencies are judged.
pub(super) fn scope(fields: &mut Fields, reading: &mut Reading) -> Scope {
    let via = fields.word("via", &VIA, reading).unwrap_or_default();
    let mut kinds = Vec::new();
    for kind in fields.texts("kinds", reading).unwrap_or_default() {
        let words = EdgeKind::ALL.map(EdgeKind::word);
        if words.contains(&kind.text.as_str()) {
            kinds.push(kind.text);
        } else {
            let message = format!("there is no kind of dependency `{}`", kind.text);
            reading.problem(kind.at, message, suggest::help(&kind.text, words));
        }
    }
    let tests = match fields.flag("tests", reading) {
        Some(true) => Tests::Judged,
        _ => Tests::Ignored,
    };
    Scope { via, kinds, tests }
}

/// Whether breaches may be accepted: `baseline = false` says that they may not.
pub(super) fn baselining(fields: &mut Fields, reading: &mut Reading) -> Baselining {
    match fields.flag("baseline", reading) {
        Some(false) => Baselining::Refused,
        _ => Baselining::Allowed,
    }
}
