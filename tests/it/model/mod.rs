//! The causal model against a code base that was counted by hand.

mod golden;
pub mod inn;
mod invariance;
mod mutations;
mod programs;

use archlint::adapters::config::{parameters, parse};

#[test]
fn the_configuration_in_the_documentation_is_right_and_does_something() {
    let text = include_str!("../../../docs/model.md");
    let (_, rest) = text.split_once("```toml\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("its end");
    let model = parse(example, "archlint.toml").expect("the example is right").model;
    assert_eq!(model.links.len(), parameters().links.len());
    assert_ne!(model.links, parameters().links);
    assert_eq!(model.section("need").number("complexity_min"), 0.7);
}
