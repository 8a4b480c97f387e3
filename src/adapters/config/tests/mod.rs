//! TOML in: problems with their places, or findings on small graphs.

mod errors;
mod extends;
mod merging;
mod places;
mod schema;
mod verdicts;

use crate::adapters::config::parse;
use crate::domain::contracts::{Judgement, judge};
use crate::domain::graph::sketch::sketch;
use crate::domain::policy::Policy;

/// The policy of a text that must be right.
fn policy(text: &str) -> Policy {
    parse(text, "archlint.toml").unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// What is wrong with a text: place, message and help, one a line.
fn problems(text: &str) -> String {
    let problems = parse(text, "archlint.toml").expect_err("the text is wrong");
    let mut lines = Vec::new();
    for problem in problems {
        let end = (problem.start + problem.len) as usize;
        assert!(text.is_char_boundary(end), "the span is within the text");
        let mut line = format!("{}:{}: {}", problem.line, problem.column, problem.message);
        if let Some(help) = problem.help {
            line.push_str(&format!(" -- {help}"));
        }
        lines.push(line);
    }
    lines.join("\n")
}

fn judged(graph: &str, config: &str) -> Judgement {
    judge(&sketch(graph), &policy(config))
}

/// Findings one a line, each with its sites and chain.
fn findings(graph: &str, config: &str) -> String {
    let judgement = judged(graph, config);
    let told: Vec<_> = judgement.problems.iter().map(|problem| &problem.message).collect();
    assert!(told.is_empty(), "{told:?}");
    let mut text = String::new();
    for finding in judgement.findings {
        let sites: Vec<String> =
            finding.sites.iter().map(|site| format!("{}:{}", site.file, site.line)).collect();
        text.push_str(&format!(
            "{}[{}] {} ({})\n",
            finding.level.word(),
            finding.rule,
            finding.message,
            sites.join(" ")
        ));
        for hop in finding.chain {
            text.push_str(&format!("  {} -> {} {}:{}\n", hop.from, hop.to, hop.site.file, hop.site.line));
        }
    }
    text
}

/// What the configuration is told about a graph.
fn against(graph: &str, config: &str) -> String {
    let judgement = judged(graph, config);
    let lines = judgement.problems.into_iter().map(|problem| {
        let help = problem.help.map(|help| format!(" -- {help}")).unwrap_or_default();
        format!("{}:{}: {}{help}", problem.line, problem.column, problem.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}
