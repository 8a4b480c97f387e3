//! How many findings each rule has.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::adapters::render::told::severity;
use crate::domain::finding::{Finding, Level, State};

use crate::adapters::render::text::{escape, thousands};

/// Findings of one rule, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count<'a> {
    /// Name of the rule.
    pub rule: &'a str,
    /// The gravest level of those that count.
    #[serde(skip)]
    pub level: Level,
    /// How many have that level.
    #[serde(skip)]
    pub gravest: u32,
    /// Those that count.
    pub new: u32,
    /// Those accepted in the baseline.
    pub baselined: u32,
    /// Those silenced in the code.
    pub suppressed: u32,
}

/// Findings counted by rule, most first.
pub fn counts(findings: &[Finding]) -> Vec<Count<'_>> {
    let mut by_rule: BTreeMap<&str, Count<'_>> = BTreeMap::new();
    for finding in findings {
        let count = by_rule.entry(&finding.rule).or_insert_with(|| Count {
            rule: &finding.rule,
            level: Level::Allow,
            ..Count::default()
        });
        match finding.state {
            State::New => {
                count.new += 1;
                if finding.level > count.level {
                    (count.level, count.gravest) = (finding.level, 0);
                }
                count.gravest += u32::from(finding.level == count.level);
            }
            State::Baselined => count.baselined += 1,
            State::Suppressed => count.suppressed += 1,
        }
    }
    let mut counts: Vec<Count<'_>> = by_rule.into_values().collect();
    counts.sort_by(|a, b| {
        let total = |count: &Count<'_>| (count.new, count.baselined, count.suppressed);
        total(b).cmp(&total(a)).then_with(|| a.rule.cmp(b.rule))
    });
    counts
}

/// One line for each rule.
pub fn lines(findings: &[Finding]) -> String {
    let counts = counts(findings);
    let shown = |number: u32| thousands(u64::from(number));
    let widest = counts.iter().map(|count| shown(count.new).len()).max().unwrap_or(0);
    let mut out = String::new();
    for count in &counts {
        let level = if count.new > 0 { severity(count.level) } else { "kept" };
        out.push_str(&format!("{:>widest$}  {level:<7}  {}", shown(count.new), escape(count.rule)));
        if count.gravest < count.new {
            out.push_str(&format!(", {} of them at that level", shown(count.gravest)));
        }
        for (number, word) in [(count.baselined, "in the baseline"), (count.suppressed, "suppressed")] {
            if number > 0 {
                out.push_str(&format!(", {} {word}", shown(number)));
            }
        }
        out.push('\n');
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::render::sample;

    #[test]
    fn the_rule_with_most_findings_comes_first() {
        let mut findings = sample::findings();
        let mut more = findings[0].clone();
        more.rule = "acyclic".to_owned();
        more.state = State::Baselined;
        findings.push(more.clone());
        more.rule = "layers".to_owned();
        findings.push(more);
        assert_eq!(
            lines(&findings),
            "2  error    layers, 1 in the baseline\n1  warning  unused-dependency\n0  kept     acyclic, 1 in the baseline\n\n"
        );
    }

    #[test]
    fn a_rule_of_several_levels_says_how_many_are_the_gravest() {
        let mut findings = vec![sample::findings()[0].clone(); 3];
        findings[1].level = Level::Note;
        assert_eq!(
            lines(&findings),
            format!("3  error    {}, 2 of them at that level\n\n", findings[0].rule)
        );
        findings[2].level = Level::Note;
        findings[1].level = Level::Warn;
        assert_eq!(
            lines(&findings),
            format!("3  error    {}, 1 of them at that level\n\n", findings[0].rule)
        );
    }
}
