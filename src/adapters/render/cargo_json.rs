//! Messages in the form in which cargo hands on what the compiler says, one line each: editors that
//! run `cargo check` show them where they stand.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::adapters::render::human;
use crate::adapters::render::paint::Sheet;
use crate::adapters::render::text::{escape, gap_line};
use crate::adapters::render::told::{Told, severity};
use crate::domain::finding::{Finding, Lost, Site};
use crate::domain::report::{Problem, Report, Verdict};
use crate::domain::source::span::LineTable;
use crate::domain::source::workspace::{Package, Target, TargetKind, Workspace};

/// One message for each finding that counts, then how it ended. `sheet` is how the text for people
/// within is drawn.
pub fn report(told: Told<'_>, sheet: Sheet) -> String {
    let mut writer = Writer { told, sheet, texts: BTreeMap::new(), out: String::new() };
    for problem in &told.report.problems {
        writer.problem(problem);
    }
    for gap in &told.report.incomplete {
        writer.gap(gap);
    }
    for finding in told.counted() {
        writer.finding(finding);
    }
    let success = told.report.verdict == Verdict::Pass;
    writer.line(&json!({ "reason": "build-finished", "success": success }));
    writer.out
}

/// The messages of a run that could not start.
pub fn failure(problems: &[Problem], text_of: &dyn Fn(&str) -> Option<String>, sheet: Sheet) -> String {
    let (report, workspace) = (Report::failed(problems.to_vec()), Workspace::default());
    self::report(Told { report: &report, rules: &[], workspace: &workspace, text_of, prefix: "" }, sheet)
}

/// A file that spans point into.
struct Text {
    text: String,
    lines: LineTable,
}

struct Writer<'a> {
    told: Told<'a>,
    sheet: Sheet,
    texts: BTreeMap<String, Text>,
    out: String,
}

impl Writer<'_> {
    fn line(&mut self, value: &Value) {
        self.out.push_str(&value.to_string());
        self.out.push('\n');
    }

    fn finding(&mut self, finding: &Finding) {
        let mut children = Vec::new();
        for hop in &finding.chain {
            let message = format!("`{}` depends on `{}`", escape(&hop.from), escape(&hop.to));
            children.push(self.child("note", &message, Some(&hop.site)));
        }
        let compiler = self.told.report.compiler.get(&finding.key);
        for (level, title, words) in [
            ("note", "why", finding.because.as_ref()),
            ("help", "instead", finding.instead.as_ref()),
            ("help", "compiler", compiler),
        ] {
            if let Some(words) = words {
                children.push(self.child(level, &format!("{title}: {}", escape(words)), None));
            }
        }
        let spans: Vec<Value> = finding.sites.iter().map(|site| self.span(site)).collect();
        let rendered = human::finding(finding, self.told.text_of, self.sheet);
        let file = finding.sites.first().map_or("", |site| &site.file);
        let level = severity(finding.level);
        self.message(file, level, &finding.rule, &finding.message, spans, children, &rendered);
    }

    fn problem(&mut self, problem: &Problem) {
        let text = problem.file.as_deref().and_then(self.told.text_of);
        let file = problem.file.clone().unwrap_or_default();
        let site = human::site_of(problem, file, text.as_deref());
        let spans = if site.file.is_empty() { Vec::new() } else { vec![self.span(&site)] };
        let help = problem.help.as_deref().map(|help| self.child("help", &escape(help), None));
        let rendered = human::problems(std::slice::from_ref(problem), self.told.text_of, self.sheet);
        let children = help.into_iter().collect();
        self.message(&site.file, "error", "configuration", &problem.message, spans, children, &rendered);
    }

    fn gap(&mut self, gap: &Lost) {
        let spans = if gap.site.file.is_empty() { Vec::new() } else { vec![self.span(&gap.site)] };
        let message = format!("the analysis is incomplete: {}", gap.reason);
        let rendered = format!("error: the analysis is incomplete: {}\n", gap_line(gap));
        self.message(&gap.site.file, "error", "incomplete", &message, spans, Vec::new(), &rendered);
    }

    #[expect(clippy::too_many_arguments, reason = "they are the parts of one message")]
    fn message(
        &mut self,
        file: &str,
        level: &str,
        code: &str,
        message: &str,
        spans: Vec<Value>,
        children: Vec<Value>,
        rendered: &str,
    ) {
        let workspace = self.told.workspace;
        let (id, manifest, target) = match package_of(workspace, file) {
            Some(package) => (
                package_id(workspace, package),
                absolute(workspace, &package.manifest),
                target(workspace, target_of(package, file)),
            ),
            None => (String::new(), absolute(workspace, "Cargo.toml"), no_target(workspace)),
        };
        // Editors name the tool of a message by what stands before the colons.
        let code = json!({ "code": format!("archlint::{}", escape(code)), "explanation": null });
        self.line(&json!({
            "reason": "compiler-message",
            "package_id": id,
            "manifest_path": manifest,
            "target": target,
            "message": {
                "$message_type": "diagnostic",
                "message": escape(message),
                "code": code,
                "level": level,
                "spans": spans,
                "children": children,
                "rendered": rendered,
            },
        }));
    }

    fn child(&mut self, level: &str, message: &str, site: Option<&Site>) -> Value {
        let spans: Vec<Value> = site.map(|site| self.span(site)).into_iter().collect();
        json!({ "message": message, "code": null, "level": level, "spans": spans, "children": [], "rendered": null })
    }

    /// A place with the bytes and the lines it covers.
    fn span(&mut self, site: &Site) -> Value {
        let text_of = self.told.text_of;
        let file = self.texts.entry(site.file.clone()).or_insert_with(|| {
            let text = text_of(&site.file).unwrap_or_default();
            Text { lines: LineTable::new(&text), text }
        });
        let (line, column) = (site.line.max(1), site.column.max(1));
        let (end_line, end_column) = match (site.end_line, site.end_column) {
            (end_line, end_column) if (end_line, end_column) > (line, column) => (end_line, end_column),
            _ => (line, column),
        };
        let length = file.text.len() as u32;
        let start = file.lines.offset(line, column - 1).min(length);
        let end = file.lines.offset(end_line, end_column.max(1) - 1).clamp(start, length);
        let first = file.text.lines().nth(line as usize - 1).unwrap_or_default();
        let ends = if end_line == line { end_column } else { first.chars().count() as u32 + 1 };
        json!({
            "file_name": site.file,
            "byte_start": start,
            "byte_end": end,
            "line_start": line,
            "line_end": end_line,
            "column_start": column,
            "column_end": end_column,
            "is_primary": true,
            "text": [{ "text": first, "highlight_start": column, "highlight_end": ends }],
            "label": null,
            "suggested_replacement": null,
            "suggestion_applicability": null,
            "expansion": null,
        })
    }
}

/// The package whose folder holds a file: the one that lies deepest.
fn package_of<'a>(workspace: &'a Workspace, file: &str) -> Option<&'a Package> {
    let holds = |package: &&Package| {
        package.folder.is_empty()
            || file.strip_prefix(package.folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
    };
    let deepest = workspace.packages.iter().filter(holds).max_by_key(|package| package.folder.len());
    deepest.or_else(|| workspace.packages.first())
}

/// The target that a file most likely belongs to: the one that starts there, else the library, else
/// the first.
fn target_of<'a>(package: &'a Package, file: &str) -> Option<&'a Target> {
    let targets = &package.targets;
    let main = |kind: TargetKind| matches!(kind, TargetKind::Lib | TargetKind::ProcMacro);
    targets
        .iter()
        .find(|target| target.root == file)
        .or_else(|| targets.iter().find(|target| main(target.kind)))
        .or_else(|| targets.iter().find(|target| target.kind == TargetKind::Bin))
        .or_else(|| targets.first())
}

fn target(workspace: &Workspace, target: Option<&Target>) -> Value {
    let Some(target) = target else { return no_target(workspace) };
    let (kind, crate_type) = match target.kind {
        TargetKind::Lib => ("lib", "lib"),
        TargetKind::ProcMacro => ("proc-macro", "proc-macro"),
        TargetKind::Bin => ("bin", "bin"),
        TargetKind::Example => ("example", "bin"),
        TargetKind::Test => ("test", "bin"),
        TargetKind::Bench => ("bench", "bin"),
        TargetKind::BuildScript => ("custom-build", "bin"),
    };
    let main = matches!(target.kind, TargetKind::Lib | TargetKind::Bin | TargetKind::ProcMacro);
    json!({
        "kind": [kind],
        "crate_types": [crate_type],
        "name": target.name,
        "src_path": absolute(workspace, &target.root),
        "edition": target.edition.word(),
        "doc": main,
        "doctest": target.kind == TargetKind::Lib,
        "test": main || target.kind == TargetKind::Test,
    })
}

/// Every message has a target; of what belongs to none it is the workspace as a whole.
fn no_target(workspace: &Workspace) -> Value {
    json!({
        "kind": ["lib"],
        "crate_types": ["lib"],
        "name": workspace.title(),
        "src_path": absolute(workspace, "Cargo.toml"),
        "edition": "2021",
        "doc": false,
        "doctest": false,
        "test": false,
    })
}

/// The id cargo gives a package in a folder.
fn package_id(workspace: &Workspace, package: &Package) -> String {
    let folder = absolute(workspace, &package.folder);
    let slash = if folder.starts_with('/') { "" } else { "/" };
    let last = folder.rsplit('/').next().unwrap_or_default();
    if last == package.name {
        format!("path+file://{slash}{folder}#{}", package.version)
    } else {
        format!("path+file://{slash}{folder}#{}@{}", package.name, package.version)
    }
}

fn absolute(workspace: &Workspace, path: &str) -> String {
    let root = workspace.root.trim_end_matches('/');
    if path.is_empty() { root.to_owned() } else { format!("{root}/{path}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::render::sample;
    use cargo_metadata::Message;
    use cargo_metadata::diagnostic::DiagnosticLevel;

    fn messages(report: &Report) -> Vec<Message> {
        let (rules, workspace) = (sample::rules(), sample::workspace());
        let told =
            Told { report, rules: &rules, workspace: &workspace, text_of: &sample::text, prefix: "rust" };
        let text = super::report(told, Sheet::default());
        Message::parse_stream(text.as_bytes())
            .map(|message| message.expect("cargo's own reader takes it"))
            .collect()
    }

    #[test]
    fn cargos_own_reader_finds_each_finding() {
        let messages = messages(&sample::report());
        assert_eq!(messages.len(), 4);
        let Message::CompilerMessage(first) = &messages[0] else { panic!("a finding comes first") };
        assert_eq!(first.package_id.repr, "path+file:///w/shop#0.1.0");
        assert_eq!(first.target.src_path, "/w/shop/src/lib.rs");
        let diagnostic = &first.message;
        assert_eq!(diagnostic.level, DiagnosticLevel::Error);
        assert_eq!(diagnostic.code.as_ref().map(|code| code.code.as_str()), Some("archlint::layers"));
        // Two bytes more than characters stand in the first line.
        let span = &diagnostic.spans[0];
        assert_eq!((span.line_start, span.column_start, span.column_end), (3, 5, 14));
        let text = sample::text("order.rs").expect("it is there");
        assert_eq!(text.get(span.byte_start as usize..span.byte_end as usize), Some("shop::db:"));
        assert_eq!(span.file_name, "src/domain/order.rs");
        assert!(diagnostic.spans.len() == 2 && diagnostic.spans.iter().all(|span| span.is_primary));
        assert!(diagnostic.rendered.as_ref().is_some_and(|text| text.contains("error[layers]")));
        let Message::BuildFinished(end) = &messages[3] else { panic!("the end comes last") };
        assert!(!end.success);
    }

    #[test]
    fn a_wrong_configuration_is_a_message_in_its_file() {
        let problem = Problem {
            message: "unknown key `x`".to_owned(),
            file: Some("archlint.toml".to_owned()),
            line: Some(2),
            column: Some(1),
            ..Problem::default()
        };
        let text = failure(&[problem], &|_| Some("[layers]\nx = 1\n".to_owned()), Sheet::default());
        let messages: Vec<Message> = Message::parse_stream(text.as_bytes())
            .map(|message| message.expect("it is well formed"))
            .collect();
        let Message::CompilerMessage(first) = &messages[0] else { panic!("the problem comes first") };
        assert_eq!((first.message.spans[0].byte_start, first.message.spans[0].line_start), (9, 2));
        let code = first.message.code.as_ref().map(|code| code.code.as_str());
        assert_eq!(code, Some("archlint::configuration"));
        assert_eq!(messages.len(), 2);
    }
}
