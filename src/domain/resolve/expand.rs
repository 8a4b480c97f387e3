//! Which macro calls among items could be expanded: those that lead to a `macro_rules!` of the
//! workspace and whose arguments are not items as they stand.

use crate::domain::resolve::names::{Def, Mask};
use crate::domain::resolve::paths::From;
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::sources::{FileIx, FragmentKey};
use crate::domain::resolve::tree::CrateIx;
use crate::domain::source::facts::ItemCall;
use crate::domain::source::span::Span;

/// A call to expand.
#[derive(Clone, Debug)]
pub struct MacroCall {
    /// The call among those of its file.
    pub key: FragmentKey,
    /// The crate that `$crate` means.
    pub dollar_crate: CrateIx,
    /// Name of the macro.
    pub name: String,
    /// The file of the call.
    pub path: String,
    /// The call, as the place of all that comes of it.
    pub site: Span,
    /// The arguments.
    pub arguments: Arguments,
    /// The file of the definition.
    pub defined: String,
    /// The rules in that file, without their delimiters.
    pub body: Span,
}

/// Arguments of a call.
#[derive(Clone, Debug)]
pub enum Arguments {
    /// Text of the file of the call.
    Written(Span),
    /// Made by another macro.
    Made(String),
}

/// The calls that lead to a definition in the workspace and are not expanded yet.
pub fn expandable(scopes: &mut Scopes<'_>) -> Vec<MacroCall> {
    let mut found: Vec<MacroCall> = Vec::new();
    for at in 0..scopes.tree.instances.len() {
        let (file, dollar_crate) = (scopes.tree.instances[at].file, scopes.tree.instances[at].dollar_crate);
        let facts = scopes.sources.file(file);
        for (index, call) in facts.item_calls.iter().enumerate() {
            let key = FragmentKey { host: file, call: index as u32 };
            if scopes.sources.fragment(key).is_some() || found.iter().rev().any(|known| known.key == key) {
                continue;
            }
            let reference = &facts.references[call.reference.0 as usize];
            let space = scopes.tree.instances[at].spaces[reference.scope.0 as usize];
            let first = reference.path.first as usize;
            let segments = &facts.segments[first..first + usize::from(reference.path.count)];
            let (global, at) = (reference.path.global, Some(reference.span.start));
            let from = From { space, test: true, global, import: false, dollar_crate, at };
            let target = scopes.follow(from, segments, Mask::MACRO);
            if target.depth < segments.len() {
                continue;
            }
            let definition = target.bindings.first().and_then(|binding| definition(scopes, binding.def));
            let Some((defined, body, krate)) = definition else { continue };
            found.push(MacroCall {
                key,
                dollar_crate: krate,
                name: segments
                    .last()
                    .map(|name| scopes.sources.symbols.word(*name).to_owned())
                    .unwrap_or_default(),
                path: scopes.sources.file(scopes.sources.written(file)).path.clone(),
                site: reference.span,
                arguments: arguments(call),
                defined: scopes.sources.file(defined).path.clone(),
                body,
            });
        }
    }
    found
}

fn arguments(call: &ItemCall) -> Arguments {
    match &call.made {
        Some(made) => Arguments::Made(made.to_string()),
        None => Arguments::Written(call.arguments),
    }
}

/// The file, the rules and the crate of a `macro_rules!` that is written in a file.
fn definition(scopes: &Scopes<'_>, def: Def) -> Option<(FileIx, Span, CrateIx)> {
    let Def::Item(item) = def else { return None };
    let (instance, index, _) = scopes.item(item);
    let instance = &scopes.tree.instances[instance.0 as usize];
    if scopes.sources.written(instance.file) != instance.file {
        return None;
    }
    let facts = scopes.sources.file(instance.file);
    let rules = facts.macros.iter().find(|rules| rules.item == index)?;
    Some((instance.file, rules.body, instance.krate))
}
