//! The components that a system is made of.

use std::collections::BTreeMap;

use crate::domain::census::{Census, ItemNo, ModuleNo, Standing};

/// The components that a system is made of.
pub struct Components {
    /// The outermost module of each.
    pub modules: Vec<ModuleNo>,
    /// The component of each module of the census; none for roots of crates and what is not of the product.
    pub of: Vec<Option<u32>>,
    /// Size in tokens of each.
    pub sizes: Vec<f64>,
    /// First item of each.
    pub first: Vec<Option<ItemNo>>,
}

impl Components {
    /// Top-level modules; one that is too large a share of its crate is split once into its children.
    pub fn of(census: &Census<'_>, split_above: f64) -> Self {
        let mut own: Vec<f64> = vec![0.0; census.modules.len()];
        for item in census.counted() {
            own[census.item(item).module.0 as usize] += f64::from(census.item(item).size);
        }
        let (mut crates, mut tops): (BTreeMap<u32, f64>, BTreeMap<ModuleNo, f64>) =
            (BTreeMap::new(), BTreeMap::new());
        for module in census.module_nos() {
            let size = own[module.0 as usize];
            *crates.entry(census.module(module).krate.0).or_default() += size;
            if let Some(top) = lineage(census, module).first() {
                *tops.entry(*top).or_default() += size;
            }
        }
        let mut parts = Self {
            modules: Vec::new(),
            of: vec![None; census.modules.len()],
            sizes: Vec::new(),
            first: Vec::new(),
        };
        let mut numbers: BTreeMap<ModuleNo, u32> = BTreeMap::new();
        for module in
            census.module_nos().filter(|module| census.module(*module).standing == Standing::Production)
        {
            let lineage = lineage(census, module);
            let Some(top) = lineage.first() else { continue };
            let whole = crates.get(&census.module(module).krate.0).copied().unwrap_or(0.0);
            let large = tops.get(top).is_some_and(|size| *size > split_above * whole);
            let part = *lineage.get(usize::from(large)).unwrap_or(top);
            let number = *numbers.entry(part).or_insert_with(|| {
                parts.modules.push(part);
                parts.sizes.push(0.0);
                parts.first.push(None);
                parts.modules.len() as u32 - 1
            });
            parts.of[module.0 as usize] = Some(number);
            parts.sizes[number as usize] += own[module.0 as usize];
            let counted = census.module(module).items.iter().copied().find(|item| census.is_counted(*item));
            let first = &mut parts.first[number as usize];
            *first = first.or(counted);
        }
        parts
    }

    /// The component of an item.
    pub fn at(&self, census: &Census<'_>, item: ItemNo) -> Option<u32> {
        self.of[census.item(item).module.0 as usize]
    }
}

/// A module and what is around it, the outermost below the root of the crate first.
pub fn lineage(census: &Census<'_>, module: ModuleNo) -> Vec<ModuleNo> {
    let mut lineage = vec![module];
    let mut at = module;
    while let Some(parent) = census.module(at).parent {
        lineage.push(parent);
        at = parent;
    }
    lineage.pop();
    lineage.reverse();
    lineage
}
