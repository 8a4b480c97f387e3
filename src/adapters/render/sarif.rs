//! SARIF 2.1.0, as code hosts and editors read it.

use serde_json::{Value, json};

use crate::adapters::render::json::print;
use crate::adapters::render::text::escape;
use crate::adapters::render::told::{Described, Told, severity};
use crate::domain::finding::{Finding, Hop, Lost, Site, State};
use crate::domain::report::{Problem, Report, Verdict};
use crate::domain::source::workspace::Workspace;

/// Where the schema stands.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The name of the root that all paths are relative to.
const ROOT: &str = "SRCROOT";

/// Name and version of how a finding is told again after lines have moved.
const FINGERPRINT: &str = "archlint/v1";

/// A whole log with one run.
pub fn report(told: Told<'_>) -> String {
    let rules = told.described();
    let results: Vec<Value> =
        told.report.findings.iter().map(|finding| result(&told, &rules, finding)).collect();
    let run = json!({
        "tool": { "driver": {
            "name": "archlint",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "shortDescription": { "text": "an architecture linter for Rust workspaces" },
            "rules": rules.iter().map(rule).collect::<Vec<_>>(),
        } },
        "automationDetails": { "id": "archlint/" },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": { ROOT: { "description": { "text": "the root of the repository" } } },
        "invocations": [invocation(&told)],
        "results": results,
    });
    print(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }))
}

/// The log of a run that could not start.
pub fn failure(problems: &[Problem]) -> String {
    let (report, workspace) = (Report::failed(problems.to_vec()), Workspace::default());
    let told = Told { report: &report, rules: &[], workspace: &workspace, text_of: &|_| None, prefix: "" };
    self::report(told)
}

fn invocation(told: &Told<'_>) -> Value {
    let report = told.report;
    let gaps: Vec<Value> = report.incomplete.iter().map(|gap| notification(told, gap)).collect();
    let faults: Vec<Value> = report
        .problems
        .iter()
        .map(|problem| {
            let help = problem.help.as_deref().map(|help| format!("; {help}")).unwrap_or_default();
            let site = Site {
                file: problem.file.clone().unwrap_or_default(),
                line: problem.line.unwrap_or(0),
                column: problem.column.unwrap_or(0),
                ..Site::default()
            };
            let reason = format!("{}{help}", problem.message);
            notification(told, &Lost { site, reason })
        })
        .collect();
    json!({
        "executionSuccessful": !matches!(report.verdict, Verdict::Error | Verdict::Incomplete),
        "exitCode": report.verdict.exit_code(),
        "toolExecutionNotifications": gaps,
        "toolConfigurationNotifications": faults,
    })
}

fn notification(told: &Told<'_>, lost: &Lost) -> Value {
    let mut value = json!({ "level": "error", "message": { "text": text(&lost.reason) } });
    if !lost.site.file.is_empty() {
        value["locations"] = json!([{ "physicalLocation": physical(told, &lost.site) }]);
    }
    value
}

fn rule(rule: &Described<'_>) -> Value {
    let summary = rule.page.map_or("", |page| page.summary());
    let because = rule.because.unwrap_or(summary);
    let mut help = String::new();
    for (title, words) in [("why", rule.because), ("instead", rule.instead)] {
        if let Some(words) = words {
            help.push_str(&format!("{title}: {}\n\n", text(words)));
        }
    }
    // Pages are our own; only what the configuration says is escaped.
    let page = rule.page.map_or("", |page| page.body());
    let plain =
        format!("{help}{}", page.replace("```", "").replace("## ", "").replace('{', "{{").replace('}', "}}"));
    let markdown = format!("{help}{}", page.replace('{', "{{").replace('}', "}}"));
    let words = |words: &str| if words.is_empty() { text(rule.name) } else { text(words) };
    json!({
        "id": escape(rule.name),
        "shortDescription": { "text": words(summary) },
        "fullDescription": { "text": words(because) },
        "help": { "text": words(&plain).as_str().trim(), "markdown": markdown.trim() },
        "defaultConfiguration": { "level": severity(rule.level) },
        "properties": { "tags": ["architecture", rule.kind] },
    })
}

fn result(told: &Told<'_>, rules: &[Described<'_>], finding: &Finding) -> Value {
    let mut message = text(&finding.message);
    if let Some(instead) = &finding.instead {
        message.push_str(&format!(". Instead: {}", text(instead)));
    }
    let compiler = told.report.compiler.get(&finding.key);
    if let Some(compiler) = compiler {
        message.push_str(&format!(". Compiler: {}", text(compiler)));
    }
    let name = |id: &str| json!([{ "fullyQualifiedName": escape(id), "kind": "module" }]);
    let mut sites = finding.sites.iter();
    let mut value = json!({
        "ruleId": escape(&finding.rule),
        "level": severity(finding.level),
        "message": { "text": message },
        "locations": sites.next().map(|site| json!({
            "physicalLocation": physical(told, site),
            "logicalLocations": name(&finding.from),
        })).into_iter().collect::<Vec<_>>(),
        "partialFingerprints": { FINGERPRINT: finding.key },
        "suppressions": suppressions(finding.state),
        "properties": { "from": escape(&finding.from), "to": escape(&finding.to), "item": escape(&finding.item) },
    });
    if let Some(compiler) = compiler {
        value["properties"]["compiler"] = json!(escape(compiler));
    }
    if let Some(index) = rules.iter().position(|rule| rule.name == finding.rule) {
        value["ruleIndex"] = json!(index);
    }
    let related: Vec<Value> = sites
        .enumerate()
        .map(|(at, site)| {
            json!({ "id": at + 1, "physicalLocation": physical(told, site), "message": { "text": "also here" } })
        })
        .collect();
    if !related.is_empty() {
        value["relatedLocations"] = json!(related);
    }
    if !finding.chain.is_empty() {
        let steps: Vec<Value> = finding.chain.iter().map(|hop| step(told, hop)).collect();
        value["codeFlows"] = json!([{ "threadFlows": [{ "locations": steps }] }]);
    }
    value
}

fn step(told: &Told<'_>, hop: &Hop) -> Value {
    let message = format!("`{}` depends on `{}`", hop.from, hop.to);
    json!({ "location": {
        "physicalLocation": physical(told, &hop.site),
        "message": { "text": text(&message) },
    } })
}

fn suppressions(state: State) -> Vec<Value> {
    match state {
        State::New => Vec::new(),
        State::Baselined => {
            vec![
                json!({ "kind": "external", "status": "accepted", "justification": "accepted in the baseline" }),
            ]
        }
        State::Suppressed => {
            vec![json!({ "kind": "inSource", "status": "accepted", "justification": "allowed in the code" })]
        }
    }
}

fn physical(told: &Told<'_>, site: &Site) -> Value {
    let mut value = json!({ "artifactLocation": { "uri": uri(&told.path(&site.file)), "uriBaseId": ROOT } });
    if site.line > 0 {
        let column = site.column.max(1);
        let mut region = json!({ "startLine": site.line, "startColumn": column });
        if (site.end_line, site.end_column) > (site.line, column) {
            region["endLine"] = json!(site.end_line);
            region["endColumn"] = json!(site.end_column);
        }
        value["region"] = region;
    }
    value
}

/// A path as a relative reference: what is not allowed in one is written as `%` and two digits.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte as char)
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// Words as the text of a message, in which brackets could make a link and braces a placeholder.
fn text(words: &str) -> String {
    let words = escape(words).replace('{', "{{").replace('}', "}}");
    if words.contains("](") { words.replace('[', "\\[").replace(']', "\\]") } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::render::sample;

    fn log(report: &Report) -> Value {
        let (rules, workspace) = (sample::rules(), sample::workspace());
        let told =
            Told { report, rules: &rules, workspace: &workspace, text_of: &sample::text, prefix: "rust" };
        serde_json::from_str(&super::report(told)).expect("it is JSON")
    }

    #[test]
    fn a_result_has_its_place_its_rule_and_its_fingerprint() {
        let log = log(&sample::report());
        let run = &log["runs"][0];
        let result = &run["results"][0];
        assert_eq!(result["partialFingerprints"]["archlint/v1"], "0123456789abcdef");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "rust/src/domain/order.rs");
        assert_eq!(place["region"], json!({"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 14}));
        assert_eq!(result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 7);
        let index = result["ruleIndex"].as_u64().expect("its rule is listed") as usize;
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "layers");
    }

    #[test]
    fn a_result_says_what_the_compiler_could_refuse() {
        let mut report = sample::report();
        let advice = "make `shop::db::Pool` private".to_owned();
        report.compiler.insert(report.findings[0].key.clone(), advice.clone());
        let result = &log(&report)["runs"][0]["results"][0];
        assert_eq!(result["properties"]["compiler"], advice);
        let message = result["message"]["text"].as_str().unwrap_or_default();
        assert!(message.ends_with(". Compiler: make `shop::db::Pool` private"), "{message}");
    }

    #[test]
    fn a_chain_is_a_code_flow_and_silence_a_suppression() {
        let log = log(&sample::report());
        let results = &log["runs"][0]["results"];
        let flow = &results[1]["codeFlows"][0]["threadFlows"][0]["locations"];
        assert_eq!(flow.as_array().map(Vec::len), Some(2));
        let kinds: Vec<&Value> = (0..5).map(|at| &results[at]["suppressions"][0]["kind"]).collect();
        assert_eq!(kinds, [&Value::Null, &Value::Null, &Value::Null, &json!("external"), &json!("inSource")]);
    }

    #[test]
    fn words_of_the_target_make_no_link_no_placeholder_and_no_path() {
        let log = log(&sample::report());
        let result = &log["runs"][0]["results"][1];
        let message = result["message"]["text"].as_str().unwrap_or_default();
        assert!(message.starts_with("a\\u{{1b}}\\[31m, b: \\[x\\](y) {{z}} "), "{message}");
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(uri, "rust/src/a%20b/gr%C3%B6%C3%9Fe%25.rs");
    }

    #[test]
    fn a_run_that_ends_early_says_so() {
        let failed: Value =
            serde_json::from_str(&failure(&[Problem::usage("no", "do")])).expect("it is JSON");
        let invocation = &failed["runs"][0]["invocations"][0];
        assert_eq!((&invocation["executionSuccessful"], &invocation["exitCode"]), (&json!(false), &json!(2)));
        assert_eq!(invocation["toolConfigurationNotifications"][0]["message"]["text"], "no; do");
        let incomplete = log(&sample::incomplete());
        let gap = &incomplete["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
        assert_eq!(gap["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
    }
}
