//! What macros bring to those who call them.
//!
//! The compiler sees the body of a `macro_rules!` where it is called, so what the body names is a
//! dependency of the caller, as far as its path means the same everywhere (`$crate::…`, a crate). A
//! macro that nobody in the workspace calls keeps its dependencies itself. Where a macro has several
//! rules, which one a call takes is not known here, and the caller gets nothing.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::resolve::link::{Link, LinkForm};
use crate::domain::resolve::names::{Def, ItemNo};
use crate::domain::source::facts::RefPosition;

/// Macros that call macros are followed this deep.
const MAX_DEPTH: u32 = 4;

/// What a macro's body names.
#[derive(Clone, Copy, Debug)]
pub struct BodyLink {
    /// The macro.
    pub owner: ItemNo,
    /// The link from its definition.
    pub link: Link,
    /// Whether the path means the same wherever it stands.
    pub portable: bool,
}

/// A call of a macro of the workspace.
#[derive(Clone, Copy, Debug)]
pub struct MacroUse {
    /// The link to the macro.
    pub link: Link,
    /// The macro.
    pub called: ItemNo,
    /// Whether the call is expanded: then its links are known already.
    pub expanded: bool,
}

/// The links that bodies give to their callers, and to macros without callers.
pub fn spread(bodies: &[BodyLink], uses: &[MacroUse], single: impl Fn(ItemNo) -> bool) -> Vec<Link> {
    let mut by_macro: FxHashMap<ItemNo, Vec<&BodyLink>> = FxHashMap::default();
    for body in bodies {
        by_macro.entry(body.owner).or_default().push(body);
    }
    let mut called: FxHashSet<ItemNo> = uses.iter().map(|call| call.called).collect();
    called.extend(bodies.iter().filter_map(|body| inner_call(&body.link)));
    let mut found = Vec::new();
    for call in uses.iter().filter(|call| !call.expanded) {
        let mut open = vec![(call.called, 0)];
        let mut seen = FxHashSet::default();
        while let Some((owner, depth)) = open.pop() {
            if !seen.insert(owner) || depth > MAX_DEPTH || !single(owner) {
                continue;
            }
            let caller = call.link;
            for body in by_macro.get(&owner).into_iter().flatten().filter(|body| body.portable) {
                open.extend(inner_call(&body.link).map(|inner| (inner, depth + 1)));
                let form = LinkForm::Path(RefPosition::MacroBody);
                found.push(Link { target: body.link.target, via: body.link.via, form, ..caller });
            }
        }
    }
    found.extend(bodies.iter().filter(|body| !called.contains(&body.owner)).map(|body| body.link));
    found
}

/// The macro that a body calls, if this is such a call.
fn inner_call(link: &Link) -> Option<ItemNo> {
    match link.target {
        Def::Item(item) if link.form == LinkForm::Path(RefPosition::MacroName) => Some(item),
        _ => None,
    }
}
