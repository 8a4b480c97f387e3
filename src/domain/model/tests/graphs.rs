//! Properties of any graph, with random links, scores and needs.

use proptest::prelude::*;

use crate::domain::model::own::Own;
use crate::domain::model::propagate::{Inputs, Node, headline, propagate};
use crate::domain::model::whatif::in_full;
use crate::domain::policy::model::{ConstructSpec, Kind, Link, Parameters, Sign, order};

const LEVERS: usize = 4;
const MEDIATORS: usize = 5;
const OUTCOMES: usize = 3;
const ALL: usize = LEVERS + MEDIATORS + OUTCOMES;

/// A random model: links lead from earlier to later constructs, and never to a lever.
fn models() -> impl Strategy<Value = Parameters> {
    let link =
        (0..ALL, 0..ALL, any::<bool>(), 0.01..2.0_f64).prop_filter_map("forward", |(a, b, plus, k)| {
            let (from, to) = (a.min(b), a.max(b));
            let sign = if plus { Sign::Plus } else { Sign::Minus };
            (from < to && to >= LEVERS).then_some(Link { from, to, sign, k, ground: String::new() })
        });
    let shares = prop::collection::vec(0.0..=1.0_f64, ALL);
    (prop::collection::vec(link, 5..40), shares).prop_map(|(mut links, shares)| {
        links.sort_by_key(|link| (link.to, link.from));
        links.dedup_by_key(|link| (link.to, link.from));
        let constructs = shares.iter().enumerate().map(|(place, share)| construct(place, *share)).collect();
        let order = order(ALL, &links).expect("links lead forward");
        Parameters { constructs, links, order, ..Parameters::default() }
    })
}

fn construct(place: usize, own_share: f64) -> ConstructSpec {
    let kind = match place {
        _ if place < LEVERS => Kind::Lever,
        _ if place < LEVERS + MEDIATORS => Kind::Mediator,
        _ => Kind::Outcome,
    };
    ConstructSpec {
        id: format!("c{place}"),
        kind,
        polarity: Sign::Plus,
        name: String::new(),
        seed: String::new(),
        seed_link: String::new(),
        seed_kind: None,
        own_share,
        confidence_cap: 1.0,
        headline: 0.25,
    }
}

fn inputs() -> impl Strategy<Value = Inputs> {
    let own = prop::option::weighted(0.9, (0.0..=100.0_f64, 0.0..=1.0_f64));
    let effect = prop_oneof![4 => 0.01..=1.0_f64, 1 => Just(0.0)];
    prop::collection::vec((own, effect), ALL).prop_map(|all| Inputs {
        own: all.iter().map(|(own, _)| own.map(|(score, confidence)| Own { score, confidence })).collect(),
        effect: all
            .iter()
            .enumerate()
            .map(|(place, (_, effect))| if place < LEVERS || *effect == 0.0 { *effect } else { 1.0 })
            .collect(),
    })
}

fn value(nodes: &[Option<Node>], place: usize) -> Option<f64> {
    nodes[place].as_ref().map(|node| node.value)
}

/// Signs of the ways from one construct to another: whether any raises, whether any lowers.
fn signs(parameters: &Parameters, from: usize, to: usize) -> (bool, bool) {
    if from == to {
        return (true, false);
    }
    let mut found = (false, false);
    for link in parameters.links.iter().filter(|link| link.to == to) {
        let (raises, lowers) = signs(parameters, from, link.from);
        let (same, other) = if link.sign == Sign::Plus { (raises, lowers) } else { (lowers, raises) };
        found = (found.0 || same, found.1 || other);
    }
    found
}

proptest! {
    #[test]
    fn values_stay_within_bounds(parameters in models(), inputs in inputs()) {
        let nodes = propagate(&parameters, &inputs);
        for node in nodes.iter().flatten() {
            prop_assert!((0.0..=100.0).contains(&node.value), "{node:?}");
            prop_assert!((0.0..=1.0 + 1e-9).contains(&node.confidence), "{node:?}");
            prop_assert!((0.0..=1.0).contains(&node.own_share), "{node:?}");
        }
        if let Some(headline) = headline(&parameters, &nodes) {
            prop_assert!((0.0..=100.0 + 1e-9).contains(&headline));
        }
    }

    #[test]
    fn outcomes_follow_their_ancestors(parameters in models(), inputs in inputs(), lever in 0..LEVERS,
                                       points in 0.1..60.0_f64) {
        let before = propagate(&parameters, &inputs);
        prop_assume!(before[lever].is_some());
        let mut raised = inputs;
        if let Some(own) = &mut raised.own[lever] {
            own.score = (own.score + points).min(100.0);
        }
        let after = propagate(&parameters, &raised);
        for outcome in ALL - OUTCOMES..ALL {
            let (Some(before), Some(after)) = (value(&before, outcome), value(&after, outcome)) else { continue };
            match signs(&parameters, lever, outcome) {
                (true, false) => prop_assert!(after >= before - 1e-9, "{before} fell to {after}"),
                (false, true) => prop_assert!(after <= before + 1e-9, "{before} rose to {after}"),
                (false, false) => prop_assert_eq!(after, before),
                (true, true) => {}
            }
        }
    }

    #[test]
    fn what_follows_in_full_has_the_sign_of_its_ways(parameters in models(), inputs in inputs(),
                                                     lever in 0..LEVERS, points in 0.1..60.0_f64) {
        let nodes = propagate(&parameters, &inputs);
        let there: Vec<Option<&Node>> = nodes.iter().map(Option::as_ref).collect();
        let mut start = vec![0.0; ALL];
        start[lever] = points;
        let gains = in_full(&parameters, &there, &inputs, &start);
        for (place, gain) in gains.into_iter().enumerate() {
            let Some(value) = value(&nodes, place) else {
                prop_assert_eq!(gain, 0.0);
                continue;
            };
            prop_assert!((-1e-9..=100.0 + 1e-9).contains(&(value + gain)));
            if place == lever {
                continue;
            }
            match signs(&parameters, lever, place) {
                (true, false) => prop_assert!(gain >= -1e-9),
                (false, true) => prop_assert!(gain <= 1e-9),
                (false, false) => prop_assert_eq!(gain, 0.0),
                (true, true) => {}
            }
        }
    }

    #[test]
    fn a_lever_without_need_leaves_the_graph(parameters in models(), inputs in inputs(), lever in 0..LEVERS,
                                             score in 0.0..=100.0_f64) {
        let mut without = inputs;
        without.effect[lever] = 0.0;
        let nodes = propagate(&parameters, &without);
        prop_assert_eq!(&nodes[lever], &None);
        prop_assert!(nodes.iter().flatten().all(|node| node.pulls.iter().all(|pull| pull.from != lever)));
        // Whatever it would have been, nothing changes; neither does anything if it is cut off instead.
        without.own[lever] = Some(Own { score, confidence: 1.0 });
        prop_assert_eq!(&propagate(&parameters, &without), &nodes);
        let mut cut = parameters;
        cut.links.retain(|link| link.from != lever);
        prop_assert_eq!(&propagate(&cut, &without), &nodes);
    }

    #[test]
    fn what_does_not_apply_is_never_nothing(parameters in models(), inputs in inputs(), lever in 0..LEVERS) {
        let mut silent = inputs.clone();
        silent.own[lever] = None;
        let mut unneeded = inputs;
        unneeded.effect[lever] = 0.0;
        // A lever nobody could measure is as absent as one nobody needs; it does not count as 0 points.
        prop_assert_eq!(propagate(&parameters, &silent), propagate(&parameters, &unneeded));
    }

    #[test]
    fn closed_gates_hold_whatever_their_causes(parameters in models(), inputs in inputs(), place in LEVERS..ALL) {
        let mut closed = inputs;
        closed.effect[place] = 0.0;
        prop_assert_eq!(&propagate(&parameters, &closed)[place], &None);
    }

    #[test]
    fn needs_fade_in_without_a_jump(parameters in models(), inputs in inputs(), lever in 0..LEVERS) {
        let mut faint = inputs.clone();
        faint.effect[lever] = 1e-12;
        let mut gone = inputs;
        gone.effect[lever] = 0.0;
        let (faint, gone) = (propagate(&parameters, &faint), propagate(&parameters, &gone));
        for place in LEVERS..ALL {
            let by_levers = parameters.links.iter().all(|link| link.to != place || link.from < LEVERS);
            let (true, Some(faint), Some(gone)) = (by_levers, &faint[place], &gone[place]) else { continue };
            // Where no other cause is there, a faint one is all there is to say.
            if gone.pulls.iter().map(|pull| pull.weight).sum::<f64>() > 1e-3 {
                prop_assert!((faint.value - gone.value).abs() < 1e-4, "{faint:?} and {gone:?}");
            }
        }
    }
}
