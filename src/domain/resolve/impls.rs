//! What impls give to the types they are for.

use rustc_hash::FxHashMap;

use crate::domain::resolve::links::segments_of;
use crate::domain::resolve::names::{Def, ItemNo, Mask};
use crate::domain::resolve::paths::From;
use crate::domain::resolve::scopes::Scopes;
use crate::domain::resolve::tree::InstanceIx;
use crate::domain::source::facts::ItemKind;
use crate::domain::source::symbols::Sym;

/// Adds the items of inherent and trait impls to the members of the types they are for.
pub fn collect_members(scopes: &mut Scopes<'_>) {
    let mut found: Vec<(ItemNo, Sym, ItemNo)> = Vec::new();
    // What macro calls made members of each impl.
    let mut made: FxHashMap<ItemNo, Vec<ItemNo>> = FxHashMap::default();
    for (at, instance) in scopes.tree.instances.iter().enumerate().filter(|(_, at)| at.holder.is_some()) {
        for (index, item) in scopes.sources.file(instance.file).items.iter().enumerate() {
            if let Some(holder) = scopes.tree.holder_of(InstanceIx(at as u32), item) {
                let holder = ItemNo(scopes.tree.number(holder));
                made.entry(holder).or_default().push(ItemNo(instance.first_item + index as u32));
            }
        }
    }
    for at in 0..scopes.tree.instances.len() {
        let instance = &scopes.tree.instances[at];
        let facts = scopes.sources.file(instance.file);
        let first = instance.first_item;
        for (item, of_trait) in &facts.supertraits {
            let named = scopes.of_traits.to_mut().entry(ItemNo(first + item.0)).or_default();
            named.push((InstanceIx(at as u32), *of_trait));
        }
        for decl in &facts.impls {
            let Some(self_type) = decl.self_type else { continue };
            let reference = &facts.references[self_type.0 as usize];
            let space = scopes.tree.instances[at].spaces[reference.scope.0 as usize];
            let dollar_crate = scopes.tree.instances[at].dollar_crate;
            let global = reference.path.global;
            let from = From { space, test: true, global, import: false, dollar_crate, at: None };
            let target = scopes.follow(from, segments_of(facts, reference.path), Mask::TYPE);
            if target.depth < usize::from(reference.path.count) {
                continue;
            }
            for binding in target.bindings.clone() {
                let Def::Item(mut item) = binding.def else { continue };
                if scopes.item(item).2.kind == ItemKind::TypeAlias
                    && let Some(Def::Item(real)) = scopes.alias_target(item)
                {
                    item = real;
                }
                if let Some(of_trait) = decl.of_trait {
                    let named = scopes.of_traits.to_mut().entry(item).or_default();
                    named.push((InstanceIx(at as u32), of_trait));
                }
                for (index, member) in facts.items.iter().enumerate().skip(decl.item.0 as usize + 1) {
                    if member.span.start > facts.items[decl.item.0 as usize].span.end {
                        break;
                    }
                    if member.parent == Some(decl.item) {
                        found.push((item, member.name, ItemNo(first + index as u32)));
                    }
                }
                for member in made.get(&ItemNo(first + decl.item.0)).into_iter().flatten() {
                    found.push((item, scopes.item(*member).2.name, *member));
                }
            }
        }
    }
    for (holder, name, member) in found {
        let known = scopes.members.to_mut().entry((holder, name)).or_default();
        if !known.contains(&member) {
            known.push(member);
        }
    }
}
