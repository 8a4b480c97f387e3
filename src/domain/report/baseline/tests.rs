use super::*;
use crate::domain::finding::{Level, Site};
use crate::domain::policy::day::Day;

struct Nothing;

impl Known for Nothing {
    fn exists(&self, id: &str) -> bool {
        id == "s::kept"
    }
}

fn name(text: &str) -> BreachName {
    let mut parts = text.split(' ').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    BreachName { rule: part(), from: part(), to: part(), item: part() }
}

fn finding(text: &str) -> Finding {
    let name = name(text);
    Finding {
        rule: name.rule,
        key: String::new(),
        level: Level::Deny,
        state: State::New,
        message: "m".to_owned(),
        from: name.from,
        to: name.to,
        item: name.item,
        sites: vec![Site::default()],
        chain: Vec::new(),
        cut: Vec::new(),
        cost: 0,
        because: None,
        instead: None,
    }
}

fn baseline(names: &[&str]) -> Baseline {
    let entries = names.iter().map(|text| Accepted { name: name(text), ..Accepted::default() }).collect();
    Baseline { entries, absorbed: names.len() as u32, ..Baseline::default() }
}

fn settled(findings: &mut [Finding], baseline: &Baseline) -> Settlement {
    settle(findings, baseline, &Nothing, &|name| name.rule == "silent")
}

#[test]
fn what_is_accepted_is_marked_and_the_rest_stays_new() {
    let mut findings = [finding("r s::a s::b s::b::X"), finding("r s::a s::b s::b::Y")];
    let settlement = settled(&mut findings, &baseline(&["r s::a s::b s::b::X"]));
    assert!(settlement.is_empty());
    assert_eq!([findings[0].state, findings[1].state], [State::Baselined, State::New]);
}

#[test]
fn what_is_fixed_leaves_and_is_counted() {
    let accepted = baseline(&["r s::a s::b", "r s::c s::d", "silent s::a s::b"]);
    let settlement = settled(&mut [finding("r s::c s::d")], &accepted);
    assert_eq!(settlement.stale, [0]);
    let next = pruned(&accepted, &settlement);
    let left: Vec<&str> = next.entries.iter().map(|entry| entry.name.from.as_str()).collect();
    assert_eq!((left, next.absorbed, next.retired), (vec!["s::c", "s::a"], 3, 1));
}

#[test]
fn a_renamed_module_moves_its_entry() {
    let accepted = baseline(&["r s::old s::b s::b::X"]);
    let mut findings = [finding("r s::renamed s::b s::b::X")];
    let settlement = settled(&mut findings, &accepted);
    assert_eq!((settlement.stale.len(), settlement.moved.len()), (0, 1));
    assert_eq!(findings[0].state, State::Baselined);
    let next = pruned(&accepted, &settlement);
    assert_eq!((next.entries[0].name.from.as_str(), next.retired), ("s::renamed", 0));
    // A module that is still there was not renamed: the breach is new.
    let mut findings = [finding("r s::renamed s::b s::b::X")];
    assert_eq!(settled(&mut findings, &baseline(&["r s::kept s::b s::b::X"])).stale, [0]);
    assert_eq!(findings[0].state, State::New);
}

#[test]
fn one_entry_is_moved_to_one_finding_only() {
    let mut findings = [finding("r s::new s::b s::b::X"), finding("r s::newer s::b s::b::X")];
    let settlement = settled(&mut findings, &baseline(&["r s::old s::b s::b::X"]));
    assert_eq!(settlement.moved.len(), 1);
    assert_eq!(findings.iter().filter(|finding| finding.state == State::New).count(), 1);
}

#[test]
fn beyond_its_last_day_an_entry_accepts_nothing() {
    let mut accepted = baseline(&["r s::a s::b"]);
    accepted.entries[0].until = Day::parse("2027-03-01");
    let accepted = accepted.on(Day::parse("2027-03-02").expect("a day"));
    let mut findings = [finding("r s::a s::b")];
    assert!(settled(&mut findings, &accepted).is_empty());
    assert_eq!(findings[0].state, State::New);
    assert_eq!(findings[0].message, "m; it was accepted until 2027-03-01");
    assert_eq!(settled(&mut [], &accepted).stale, [0], "and leaves when it is fixed");
}

#[test]
fn a_cycle_is_accepted_by_its_cut() {
    let mut cycle = finding("r s::a s::b");
    cycle.cut = vec![("s::b".to_owned(), "s::a".to_owned()), ("s::c".to_owned(), "s::a".to_owned())];
    let terms = Accepted { because: Some("later".to_owned()), ..Accepted::default() };
    let (next, added) = accepting(&baseline(&[]), [&cycle].into_iter(), &terms);
    assert_eq!((added, next.absorbed), (2, 2));
    assert_eq!(next.entries[1].name, name("r s::c s::a"));
    assert_eq!(next.entries[1].because.as_deref(), Some("later"));
}

#[test]
fn a_renamed_module_keeps_the_cut_of_its_cycle() {
    let cycle = |cut: &[(&str, &str)]| Finding {
        cut: cut.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect(),
        ..finding("r s::a s::renamed")
    };
    let accepted = baseline(&["r s::a s::old", "r s::old s::kept"]);
    let mut findings = [cycle(&[("s::a", "s::renamed"), ("s::renamed", "s::kept")])];
    let settlement = settled(&mut findings, &accepted);
    assert_eq!((settlement.stale.len(), settlement.moved.len()), (0, 2));
    assert_eq!(findings[0].state, State::Baselined);
    // A part of the cut that nobody accepted.
    let mut findings = [cycle(&[("s::a", "s::renamed"), ("s::renamed", "s::more")])];
    assert_eq!(settled(&mut findings, &accepted).moved.len(), 1);
    assert_eq!(findings[0].state, State::New);
}
