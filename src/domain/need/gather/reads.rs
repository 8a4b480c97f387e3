//! Functions that only read.

use std::collections::BTreeSet;

use crate::domain::census::{ItemNo, Target};
use crate::domain::need::gather::Source;
use crate::domain::patterns::AccessForm;

/// R: functions that read storage and write nothing, loads of aggregates left out; and whether what they
/// read is complex.
pub(super) fn reads(source: &Source<'_>) -> Vec<(ItemNo, bool)> {
    let (census, patterns) = (source.census, source.patterns);
    let lookups: BTreeSet<ItemNo> =
        patterns.repositories().flat_map(|(_, repository)| &repository.lookups).copied().collect();
    let loads = |item: ItemNo| {
        let Some(Target::Item(of_trait)) = census.trait_of(item) else { return false };
        lookups.iter().any(|lookup| {
            census.item(*lookup).holder == Some(of_trait)
                && census.item(*lookup).name == census.item(item).name
        })
    };
    let many = source.parameters.section("facts").count("complex_read_queries") as usize;
    let mut found = Vec::new();
    for own in patterns.accesses.chunk_by(|a, b| a.item == b.item) {
        let item = own[0].item;
        let reads = own.iter().filter(|access| access.form == AccessForm::Read);
        let writes = own.iter().any(|access| matches!(access.form, AccessForm::Write | AccessForm::Store));
        let count = reads.clone().count();
        if count == 0 || writes || loads(item) {
            continue;
        }
        let joined = reads.into_iter().any(|access| access.sql.is_some_and(|sql| sql.complex));
        found.push((item, joined || count >= many));
    }
    found
}
