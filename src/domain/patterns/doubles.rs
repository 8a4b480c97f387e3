//! What stands in for ports in tests: fakes written by hand, mocks made by macros.

use crate::domain::census::{Census, ImplNo, ItemNo, Standing, Target};
use crate::domain::graph::EdgeKind;
use crate::domain::graph::bits::Bits;
use crate::domain::patterns::ground::Ground;
use crate::domain::patterns::ports::{is_mock, mock_attribute};
use crate::domain::patterns::{Double, DoubleForm, Port, Test, Touch};

/// The ports with their doubles; what only pretends is no longer among their impl blocks.
pub fn doubled(ground: Ground<'_>, touches: &[Touch], tests: &[Test], ports: Vec<Port>) -> Vec<Port> {
    let census = ground.census;
    let mut named = Bits::new(census.items.len());
    let mut name = |items: &[ItemNo]| items.iter().for_each(|item| named.insert(item.0 as usize));
    let mut last: &[ItemNo] = &[];
    for test in tests {
        name(&[test.item]);
        name(&test.named);
        // Most tests of a module share what is beyond.
        if !std::ptr::eq(&*test.beyond, last) {
            last = &test.beyond;
            name(last);
        }
    }
    let mut tested: Vec<Vec<ImplNo>> = vec![Vec::new(); ports.len()];
    for block in census.impl_nos().filter(|block| census.block(*block).standing == Standing::Test) {
        if let Some(Target::Item(of)) = census.block(block).of_trait
            && let Some(port) = ports.iter().position(|port| port.traits.contains(&of))
        {
            tested[port].push(block);
        }
    }
    let one = |(mut port, tested): (Port, Vec<ImplNo>)| {
        let (fakes, impls): (Vec<ImplNo>, Vec<ImplNo>) =
            port.impls.iter().partition(|block| pretends(ground, touches, **block));
        port.impls = impls;
        let own = |block: &ImplNo| match census.block(*block).self_type {
            Some(Target::Item(own)) => Some(own),
            _ => None,
        };
        let mut made: Vec<ItemNo> = fakes.iter().chain(&tested).filter_map(own).collect();
        made.sort_unstable();
        made.dedup();
        let fake = |item: ItemNo| Double { item, form: DoubleForm::Fake, used: names(census, &named, item) };
        port.doubles = made.into_iter().map(fake).collect();
        for item in port.traits.iter().filter(|item| mocked(ground, **item)) {
            // The name that `automock` gives stands in no item; that it is written at all is seen.
            let written = census.graph.symbols.get(&format!("Mock{}", census.name(*item))).is_some();
            let used = written || reached(census, &named, &port);
            port.doubles.push(Double { item: *item, form: DoubleForm::Mock, used });
        }
        port
    };
    ports.into_iter().zip(tested).map(one).collect()
}

/// Whether a test names a type, or one of its functions.
fn names(census: &Census<'_>, named: &Bits, item: ItemNo) -> bool {
    if named.contains(item.0 as usize) {
        return true;
    }
    let found = census.item(item);
    let siblings = census.module(found.module).items.iter();
    siblings
        .filter(|other| census.self_item(**other) == Some(item))
        .any(|other| named.contains(other.0 as usize))
}

/// Whether a macro makes a mock of a trait.
fn mocked(ground: Ground<'_>, item: ItemNo) -> bool {
    let census = ground.census;
    let generators = ground.parameters.section("facts").words("mock_generators");
    mock_attribute(ground, item)
        || census.module_nos().any(|module| {
            let uses = census.imports(module);
            uses.iter().any(|used| used.to == Target::Item(item) && used.kind == EdgeKind::Body)
                && uses.iter().filter(|used| used.kind == EdgeKind::Macro).any(|used| {
                    census.outer(used.to).is_some_and(|outside| is_mock(&outside.path, generators))
                })
        })
}

/// Whether a test reaches what holds or takes the port: the name of a mock that a macro makes is not
/// seen, what it is handed to is.
fn reached(census: &Census<'_>, named: &Bits, port: &Port) -> bool {
    let takes = |item: ItemNo| {
        let holds = census.uses(item).iter().any(|used| match used.to {
            Target::Item(to) => port.traits.contains(&to),
            _ => false,
        });
        holds || port.traits.contains(&item) || port.methods.contains(&item)
    };
    // In no order: any will do.
    census.item_nos().filter(|item| named.contains(item.0 as usize)).any(|item| {
        let of_type = census.self_item(item).or(census.item(item).holder);
        takes(item) || of_type.is_some_and(takes)
    })
}

/// Whether a production impl block only pretends: its type is named so and touches nothing, or it is
/// there only with a feature for tests.
fn pretends(ground: Ground<'_>, touches: &[Touch], block: ImplNo) -> bool {
    let census = ground.census;
    let found = census.block(block);
    let Some(Target::Item(own)) = found.self_type else { return false };
    let words = ground.parameters.section("facts").words("fake_prefixes");
    let name = census.name(own);
    let called = words.iter().any(|word| name.starts_with(word.as_str()) || name.ends_with(word.as_str()));
    let touching = |item: ItemNo| touches[item.0 as usize].any();
    (called && !touching(own) && !found.methods.iter().any(|method| touching(*method)))
        || gated(ground, block)
}

/// Whether the header of an impl block stands under a feature for tests.
fn gated(ground: Ground<'_>, block: ImplNo) -> bool {
    let graph = ground.census.graph;
    let node = ground.census.block(block).node;
    let first = graph.edges.partition_point(|edge| edge.from < node);
    let mut edges = graph.edges[first..].iter().take_while(|edge| edge.from == node);
    let words = ground.parameters.section("facts").words("test_features");
    edges.any(|edge| {
        let condition = edge.cfg.map_or("", |cfg| graph.symbols.word(cfg));
        condition.contains("feature") && words.iter().any(|word| condition.contains(word.as_str()))
    })
}
