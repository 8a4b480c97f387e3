//! The verdict of a run and the exit code it stands for.

use crate::domain::finding::{Coverage, Finding, Level, Lost, Site, State};
use crate::domain::report::levels::{Override, is_demanded};
use crate::domain::report::{Enforcement, Problem};

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// All rules hold, on code that was seen.
    #[default]
    Pass,
    /// A finding at deny level.
    Fail,
    /// Something that the verdict needs was not seen.
    Incomplete,
    /// The command line or the configuration is wrong.
    Error,
}

impl Verdict {
    /// The exit code of the program.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Pass => 0,
            Self::Fail => 1,
            Self::Error => 2,
            Self::Incomplete => 3,
        }
    }

    /// The word used in output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Incomplete => "incomplete",
            Self::Error => "error",
        }
    }
}

/// What a verdict is made from.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// Findings that are reported.
    pub findings: &'a [Finding],
    /// What is wrong with command line and configuration.
    pub problems: &'a [Problem],
    /// Why the analysis is incomplete.
    pub incomplete: &'a [Lost],
    /// Whether findings fail the run.
    pub enforcement: Enforcement,
    /// Levels asked for on the command line.
    pub overrides: &'a [Override],
}

/// The verdict: configuration before completeness before findings.
pub fn decide(evidence: Evidence<'_>) -> Verdict {
    let fails = |finding: &Finding| {
        finding.state == State::New
            && finding.level == Level::Deny
            && (evidence.enforcement == Enforcement::Enforced
                || is_demanded(evidence.overrides, &finding.rule))
    };
    if !evidence.problems.is_empty() {
        Verdict::Error
    } else if !evidence.incomplete.is_empty() {
        Verdict::Incomplete
    } else if evidence.findings.iter().any(fails) {
        Verdict::Fail
    } else {
        Verdict::Pass
    }
}

/// What the code owes a verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Demands {
    /// Rules that were evaluated.
    pub rules: u32,
    /// Modules that some rule judges, counted for each rule.
    pub judged_modules: u32,
    /// Least share of references that must resolve, 0 to 1.
    pub min_resolved: Option<f64>,
}

/// Why an analysis does not carry a verdict; empty where it does. What has no place has an empty site.
pub fn gaps(coverage: &Coverage, demands: Demands) -> Vec<Lost> {
    let mut gaps = coverage.missing.clone();
    let mut gap = |reason: String| gaps.push(Lost { site: Site::default(), reason });
    if coverage.modules == 0 {
        gap("no module was found, so nothing was checked".to_owned());
    } else if demands.rules > 0 && coverage.references == 0 {
        gap("no reference was found, so no rule was checked".to_owned());
    } else if demands.rules > 0 && demands.judged_modules == 0 {
        gap("no rule speaks of any module, so none was checked".to_owned());
    }
    if let Some(least) = demands.min_resolved {
        let share = resolved_share(coverage);
        if share < least {
            gap(format!(
                "{:.1} % of references are resolved, less than `min_resolved` = {:.1} %",
                floor_tenth(share * 100.0),
                least * 100.0
            ));
        }
    }
    gaps
}

/// Share of references that led somewhere, 0 to 1; 1 where there are none.
pub fn resolved_share(coverage: &Coverage) -> f64 {
    if coverage.references == 0 {
        return 1.0;
    }
    f64::from(coverage.resolved) / f64::from(coverage.references)
}

/// Rounds down to a tenth, so that 99.99 is never shown as 100.
pub fn floor_tenth(value: f64) -> f64 {
    (value * 10.0 + 1e-9).floor() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen() -> Coverage {
        Coverage { modules: 1, references: 10, resolved: 9, ..Coverage::default() }
    }

    fn denied() -> Finding {
        Finding {
            rule: "layers".to_owned(),
            key: String::new(),
            level: Level::Deny,
            state: State::New,
            message: String::new(),
            from: String::new(),
            to: String::new(),
            item: String::new(),
            sites: vec![Site::default()],
            chain: Vec::new(),
            cut: Vec::new(),
            cost: 0,
            because: None,
            instead: None,
        }
    }

    fn verdict(findings: &[Finding], problems: &[Problem], gaps: &[Lost], enforcement: Enforcement) -> u8 {
        let overrides = &[];
        decide(Evidence { findings, problems, incomplete: gaps, enforcement, overrides }).exit_code()
    }

    #[test]
    fn configuration_before_completeness_before_findings() {
        let (finding, problem, gap) = ([denied()], [Problem::usage("m", "h")], [Lost::default()]);
        assert_eq!(verdict(&finding, &problem, &gap, Enforcement::Enforced), 2);
        assert_eq!(verdict(&finding, &[], &gap, Enforcement::Enforced), 3);
        assert_eq!(verdict(&finding, &[], &[], Enforcement::Enforced), 1);
        assert_eq!(verdict(&[], &[], &[], Enforcement::Enforced), 0);
    }

    #[test]
    fn nothing_configured_fails_only_on_demand() {
        let finding = [denied()];
        assert_eq!(verdict(&finding, &[], &[], Enforcement::Advisory), 0);
        let overrides = [Override { rule: "layers".to_owned(), level: Level::Deny }];
        let asked = decide(Evidence {
            findings: &finding,
            problems: &[],
            incomplete: &[],
            enforcement: Enforcement::Advisory,
            overrides: &overrides,
        });
        assert_eq!(asked, Verdict::Fail);
    }

    #[test]
    fn warnings_and_silenced_findings_never_fail() {
        let warned = Finding { level: Level::Warn, ..denied() };
        let silenced = Finding { state: State::Baselined, ..denied() };
        assert_eq!(verdict(&[warned, silenced], &[], &[], Enforcement::Enforced), 0);
    }

    #[test]
    fn a_run_that_checked_nothing_is_incomplete() {
        assert_eq!(gaps(&Coverage::default(), Demands::default()).len(), 1);
        let empty_program = Coverage { modules: 1, ..Coverage::default() };
        assert_eq!(gaps(&empty_program, Demands::default()), Vec::<Lost>::new());
        assert_eq!(
            gaps(&empty_program, Demands { rules: 1, judged_modules: 1, min_resolved: None }).len(),
            1
        );
        assert_eq!(gaps(&seen(), Demands { rules: 1, judged_modules: 0, min_resolved: None }).len(), 1);
    }

    #[test]
    fn what_is_missing_and_unresolved_is_named() {
        let site = Site { file: "src/lib.rs".to_owned(), line: 3, ..Site::default() };
        let missing = vec![Lost { site, reason: "no file for module `a`".to_owned() }];
        let coverage = Coverage { missing, ..seen() };
        let told = gaps(&coverage, Demands { min_resolved: Some(0.95), ..Demands::default() });
        let told: Vec<(&str, u32, &str)> =
            told.iter().map(|gap| (&*gap.site.file, gap.site.line, &*gap.reason)).collect();
        assert_eq!(
            told,
            [
                ("src/lib.rs", 3, "no file for module `a`"),
                ("", 0, "90.0 % of references are resolved, less than `min_resolved` = 95.0 %")
            ]
        );
        assert_eq!(
            gaps(&seen(), Demands { rules: 1, judged_modules: 1, min_resolved: Some(0.9) }),
            Vec::<Lost>::new()
        );
    }
}
