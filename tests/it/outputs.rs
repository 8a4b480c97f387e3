//! Every output of `check`, taken by who reads it.

use std::path::Path;
use std::process::{Command, Output};

use cargo_metadata::{Message, MetadataCommand};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{archlint, err, folder, out, package, write};

const CONFIG: &str = "[layers]\norder = [\"web\", \"domain\"]\n\
                      because = \"rules outlive screens\"\n\
                      [layers.web]\nmodules = [\"shop\", \"shop::web\"]\n\
                      [layers.domain]\nmodules = [\"shop::domain\"]\n\
                      [[rule]]\nname = \"no circles\"\nacyclic = \"shop\"\nlevel = \"warn\"\n\
                      [[rule]]\nname = \"far\"\nforbid = { from = \"shop::domain\", to = \"shop::web::deep\" }\nvia = \"any\"\n";

/// A workspace with a breach of the layers, a circle and a chain.
fn shop() -> TempDir {
    folder(&[
        ("Cargo.toml", package("shop")),
        ("archlint.toml", CONFIG.to_owned()),
        ("src/lib.rs", "pub mod domain;\npub mod web;\n".to_owned()),
        (
            "src/domain.rs",
            "//! größe\n\npub struct Order;\n\npub fn show() {\n    /* ß */ crate::web::show(Order)\n}\n"
                .to_owned(),
        ),
        (
            "src/web/mod.rs",
            "pub mod deep;\n\npub fn show(_: crate::domain::Order) {\n    deep::draw()\n}\n".to_owned(),
        ),
        ("src/web/deep.rs", "pub fn draw() {}\n".to_owned()),
    ])
}

fn told(folder: &TempDir, args: &[&str]) -> String {
    out(&archlint(folder.path(), args)).to_owned()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The official schema of SARIF 2.1.0, which the package `serde-sarif` carries.
fn sarif_schema() -> Value {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let options = ["--offline".to_owned(), "--locked".to_owned()];
    let metadata = MetadataCommand::new().manifest_path(manifest).other_options(options).exec();
    let metadata = metadata.expect("the packages of the tests are here");
    let sarif = metadata.packages.iter().find(|package| *package.name == "serde-sarif");
    let folder = sarif.and_then(|package| package.manifest_path.parent()).expect("it is a dependency");
    let mut schema =
        json(&std::fs::read_to_string(folder.join("src/schema.json")).expect("it carries the schema"));
    // This pattern has a bracket too many to be one, and the property is not written.
    for owner in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][owner]["properties"]["language"];
        assert!(language.as_object_mut().is_some_and(|language| language.remove("pattern").is_some()));
    }
    schema
}

/// A log that the schema and a reader made from it accept.
fn sarif(text: &str) -> Value {
    let log = json(text);
    let validator = jsonschema::validator_for(&sarif_schema()).expect("the schema is right");
    let faults: Vec<String> =
        validator.iter_errors(&log).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert_eq!(faults, Vec::<String>::new());
    let read: Result<serde_sarif::sarif::Sarif, _> = serde_json::from_str(text);
    assert!(read.is_ok(), "{:?}", read.err());
    log
}

#[test]
fn sarif_is_valid_and_its_fingerprints_outlast_moved_lines() {
    let shop = shop();
    let before = sarif(&told(&shop, &["--format", "sarif"]));
    let results = |log: &Value| log["runs"][0]["results"].as_array().cloned().unwrap_or_default();
    assert_eq!(results(&before).len(), 3, "{before:#}");
    let flows = results(&before).iter().filter(|result| !result["codeFlows"].is_null()).count();
    assert_eq!(flows, 2, "the chain and the circle");
    let text = std::fs::read_to_string(shop.path().join("src/domain.rs")).expect("it is there");
    write(shop.path(), "src/domain.rs", format!("//! more\n//! lines\n{text}"));
    let after = sarif(&told(&shop, &["--format", "sarif"]));
    let prints = |log: &Value| -> Vec<Value> {
        results(log).iter().map(|result| result["partialFingerprints"].clone()).collect()
    };
    let lines = |log: &Value| -> Vec<Value> {
        results(log)
            .iter()
            .map(|result| result["locations"][0]["physicalLocation"]["region"]["startLine"].clone())
            .collect()
    };
    assert_eq!(prints(&before), prints(&after));
    assert_ne!(lines(&before), lines(&after));
}

#[test]
fn sarif_is_valid_where_a_run_ends_early_or_finds_nothing() {
    let shop = shop();
    sarif(&told(&shop, &["--format", "sarif", "-A", "all"]));
    write(shop.path(), "archlint.toml", "zebra = 1\n");
    let output = archlint(shop.path(), &["--format", "sarif"]);
    assert_eq!(output.status.code(), Some(2));
    let failed = sarif(out(&output));
    assert_eq!(failed["runs"][0]["invocations"][0]["executionSuccessful"], false);
    write(shop.path(), "archlint.toml", CONFIG);
    write(shop.path(), "src/lib.rs", "pub mod domain;\npub mod web;\npub mod gone;\n");
    let incomplete = archlint(shop.path(), &["--format", "sarif"]);
    assert_eq!(incomplete.status.code(), Some(3));
    sarif(out(&incomplete));
}

#[test]
fn silenced_and_accepted_findings_are_suppressed() {
    let shop = shop();
    let text = std::fs::read_to_string(shop.path().join("src/domain.rs")).expect("it is there");
    let silenced = text.replace("(Order)\n", "(Order) // archlint: allow(layers) until the port is there\n");
    assert_ne!(text, silenced);
    write(shop.path(), "src/domain.rs", silenced);
    let log = sarif(&told(&shop, &["--format", "sarif"]));
    let results = log["runs"][0]["results"].as_array().expect("there are results");
    let kinds: Vec<&Value> = results.iter().map(|result| &result["suppressions"][0]["kind"]).collect();
    assert!(kinds.contains(&&Value::from("inSource")), "{kinds:?}");
    let issues = json(&told(&shop, &["--format", "gitlab"]));
    assert!(
        issues.as_array().is_some_and(|issues| issues.iter().all(|issue| issue["check_name"] != "layers"))
    );
}

#[test]
fn cargos_reader_takes_messages_and_spans_cut_out_what_is_named() {
    let shop = shop();
    let output = archlint(shop.path(), &["check", "--message-format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let messages: Vec<Message> = Message::parse_stream(&*output.stdout)
        .map(|message| message.expect("cargo's own reader takes it"))
        .collect();
    assert_eq!(messages.len(), 4);
    let first = messages
        .iter()
        .find_map(|message| match message {
            Message::CompilerMessage(message) => {
                let code = message.message.code.as_ref().map(|code| code.code.as_str());
                (code == Some("archlint::layers")).then_some(message)
            }
            _ => None,
        })
        .expect("the layers are broken");
    let span = &first.message.spans[0];
    let text = std::fs::read_to_string(shop.path().join(&span.file_name)).expect("it is there");
    assert_eq!(text.get(span.byte_start as usize..span.byte_end as usize), Some("crate::web::show"));
    // Cargo knows the package by this very name.
    let metadata = MetadataCommand::new()
        .current_dir(shop.path())
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec();
    let metadata = metadata.expect("it is a package");
    assert_eq!(first.package_id, metadata.packages[0].id);
    assert!(matches!(messages.last(), Some(Message::BuildFinished(end)) if !end.success));
}

#[test]
fn junit_reads_as_a_suite() {
    let report = quick_junit::Report::deserialize_from_str(&told(&shop(), &["--format", "junit"]));
    let suite = &report.expect("it is JUnit").test_suites[0];
    let names: Vec<&str> = suite.test_cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names, ["layers", "unassigned", "no circles", "far", "the analysis is complete"]);
    assert_eq!((suite.tests, suite.failures, suite.errors), (5, 2, 0));
}

/// What GitLab asks of each entry of a code quality report.
const CODE_QUALITY: &str = r#"{
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": { "type": "string", "minLength": 1 },
            "check_name": { "type": "string", "minLength": 1 },
            "fingerprint": { "type": "string", "minLength": 1 },
            "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": { "type": "string", "pattern": "^[^./]" },
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": { "begin": { "type": "integer", "minimum": 1 } }
                    }
                }
            }
        }
    }
}"#;

#[test]
fn gitlab_gets_what_it_asks_for() {
    let shop = shop();
    let issues = json(&told(&shop, &["--format", "gitlab"]));
    let validator = jsonschema::validator_for(&json(CODE_QUALITY)).expect("the schema is right");
    assert!(validator.is_valid(&issues), "{issues:#}");
    let mut prints: Vec<&Value> =
        issues.as_array().expect("it is a list").iter().map(|issue| &issue["fingerprint"]).collect();
    prints.sort_by_key(|print| print.to_string());
    prints.dedup();
    assert_eq!(prints.len(), 3, "each issue has a fingerprint of its own");
}

/// Word, properties and text.
type Annotation = (String, Vec<(String, String)>, String);

/// A workflow command as the runner of GitHub Actions reads it.
fn command(line: &str) -> Option<Annotation> {
    let unescape = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let property = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
        text.replace("%25", "%")
    };
    let (head, text) = line.strip_prefix("::")?.split_once("::")?;
    let (word, properties) = head.split_once(' ').unwrap_or((head, ""));
    let pairs = properties.split(',').filter_map(|pair| pair.split_once('='));
    let pairs = pairs.map(|(key, value)| (key.to_owned(), property(value))).collect();
    Some((word.to_owned(), pairs, unescape(text)))
}

fn in_actions(folder: &TempDir, summary: Option<&Path>, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-archlint"));
    command.args(args).current_dir(folder.path()).env("GITHUB_ACTIONS", "true");
    match summary {
        Some(path) => command.env("GITHUB_STEP_SUMMARY", path),
        None => command.env_remove("GITHUB_STEP_SUMMARY"),
    };
    command.output().expect("the program was built")
}

#[test]
fn annotations_come_by_themselves_in_actions_and_point_at_the_line() {
    let shop = shop();
    // A repository around the workspace: paths start at its root.
    std::fs::create_dir(shop.path().join(".git")).expect("it is writable");
    let summary = shop.path().join("summary.md");
    write(shop.path(), "summary.md", "before\n");
    let rules = std::fs::read_to_string(shop.path().join("archlint.toml")).expect("it is there");
    let output = in_actions(&shop, Some(&summary), &[]);
    assert_eq!(output.status.code(), Some(1));
    let commands: Vec<_> = out(&output).lines().filter_map(command).collect();
    assert_eq!(
        commands.iter().map(|(word, ..)| word.as_str()).collect::<Vec<_>>(),
        ["error", "error", "warning"]
    );
    let of_layers = |annotation: &&Annotation| annotation.2.contains("layer `domain`");
    let (_, properties, text) = commands.iter().find(of_layers).expect("the layers are broken");
    let value =
        |key: &str| properties.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str());
    assert_eq!((value("file"), value("line"), value("col")), (Some("src/domain.rs"), Some("6"), Some("13")));
    assert!(text.contains("\nwhy: rules outlive screens"), "{text}");
    assert!(out(&output).contains("2 errors, 1 warning"), "people read it too");
    let summed = std::fs::read_to_string(&summary).expect("it is there");
    assert!(summed.starts_with("before\n### archlint: 2 errors, 1 warning\n"), "{summed}");
    // A configuration that is wrong is annotated too.
    write(shop.path(), "archlint.toml", "[layer]\n");
    let wrong = in_actions(&shop, None, &[]);
    assert_eq!(wrong.status.code(), Some(2));
    let commands: Vec<_> = out(&wrong).lines().filter_map(command).collect();
    assert!(commands.iter().any(|(word, _, text)| word == "error" && text.contains("unknown key `layer`")));
    write(shop.path(), "archlint.toml", rules);
    // Who asks for a format gets that alone.
    let json_only = in_actions(&shop, None, &["--format", "json"]);
    assert_eq!(json(out(&json_only))["verdict"], "fail");
}

#[test]
fn a_workspace_within_a_repository_is_told_from_its_root() {
    let outer = folder::<&str>(&[]);
    std::fs::create_dir(outer.path().join(".git")).expect("it is writable");
    for (path, text) in [
        ("rust/Cargo.toml", package("shop")),
        ("rust/archlint.toml", CONFIG.to_owned()),
        ("rust/src/lib.rs", "pub mod domain { pub fn f() { crate::web::deep::g() } }\npub mod web { pub mod deep { pub fn g() {} } }\n".to_owned()),
    ] {
        write(outer.path(), path, text);
    }
    let log = sarif(out(&archlint(&outer.path().join("rust"), &["--format", "sarif"])));
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "rust/src/lib.rs");
}

#[test]
fn several_files_are_written_in_one_run() {
    let shop = shop();
    let args =
        ["--output", "a.sarif", "--output", "junit=b.txt", "--output", "c.md", "check", "--output", "d.json"];
    let output = archlint(shop.path(), &args);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(out(&output).contains("error[layers]"), "stdout is as ever");
    let read = |name: &str| std::fs::read_to_string(shop.path().join(name)).expect("it was written");
    sarif(&read("a.sarif"));
    assert!(quick_junit::Report::deserialize_from_str(&read("b.txt")).is_ok());
    assert!(read("c.md").starts_with("### archlint: 2 errors, 1 warning\n"));
    assert_eq!(json(&read("d.json"))["verdict"], "fail");
    let failed = archlint(shop.path(), &["--output", "no/such/folder.json"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(err(&failed).contains("`no/such/folder.json` cannot be written"), "{}", err(&failed));
    let unknown = archlint(shop.path(), &["--output", "sarf=x"]);
    assert!(err(&unknown).contains("did you mean `sarif`?"), "{}", err(&unknown));
}

#[test]
fn levels_on_the_command_line_hold_for_every_rule() {
    let shop = shop();
    let rules = |args: &[&str]| -> Vec<(String, String)> {
        let told = json(&told(&shop, &[args, &["--format", "json"]].concat()));
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let findings = told["findings"].as_array().cloned().unwrap_or_default();
        findings.iter().map(|one| (word(&one["rule"]), word(&one["level"]))).collect()
    };
    assert!(rules(&["-D", "no circles"]).contains(&("no circles".to_owned(), "deny".to_owned())));
    assert!(rules(&["-A", "layers"]).iter().all(|(rule, _)| rule != "layers"));
    // What the configuration turned off can be turned on.
    write(shop.path(), "archlint.toml", CONFIG.replace("level = \"warn\"", "level = \"allow\""));
    assert!(rules(&[]).iter().all(|(rule, _)| rule != "no circles"));
    assert!(rules(&["-W", "no circles"]).contains(&("no circles".to_owned(), "warn".to_owned())));
    let unknown = archlint(shop.path(), &["-D", "no circle"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("did you mean `no circles`?"), "{}", err(&unknown));
}

#[test]
fn doubts_about_manifests_come_where_they_are_asked_for() {
    let manifest =
        format!("{}[dependencies]\nrand = {{ version = \"0.9\", optional = true }}\n", package("shop"));
    let shop = folder(&[("Cargo.toml", manifest.as_str()), ("src/lib.rs", "pub fn f() {}\n")]);
    assert!(!told(&shop, &["--format", "short"]).contains("rand"));
    let asked = told(&shop, &["--format", "short", "-W", "unused-dependency"]);
    assert!(asked.contains("note[unused-dependency]"), "{asked}");
}

#[test]
fn findings_can_be_counted_or_leave_the_exit_code_alone() {
    let shop = shop();
    let counted = archlint(shop.path(), &["--statistics", "--quiet"]);
    assert_eq!(out(&counted).trim_end(), "1  error    far\n1  error    layers\n1  warning  no circles");
    assert_eq!(counted.status.code(), Some(1));
    assert_eq!(archlint(shop.path(), &["--exit-zero"]).status.code(), Some(0));
    write(shop.path(), "archlint.toml", "zebra = 1\n");
    assert_eq!(archlint(shop.path(), &["--exit-zero"]).status.code(), Some(2));
    let fresh = folder::<&str>(&[]);
    assert_eq!(archlint(fresh.path(), &["--exit-zero"]).status.code(), Some(2));
}

#[test]
fn a_plan_names_what_may_be_used_instead() {
    let shop = shop();
    write(
        shop.path(),
        "src/domain.rs",
        "pub struct Order;\npub trait Screen { fn show(&self); }\npub fn show(page: crate::web::Page) {}\n",
    );
    write(
        shop.path(),
        "src/web/mod.rs",
        "pub mod deep;\npub struct Page;\nimpl crate::domain::Screen for Page { fn show(&self) {} }\n",
    );
    let plan = json(&told(&shop, &["check", "--fix-plan", "json"]));
    let fix = plan["fixes"].as_array().and_then(|all| all.iter().find(|fix| fix["rule"] == "layers"));
    let fix = fix.unwrap_or_else(|| panic!("{plan:#}"));
    assert_eq!((&fix["fromLayer"], &fix["toLayer"]), (&Value::from("domain"), &Value::from("web")));
    assert_eq!(fix["allowed"], Value::from(vec!["layer:domain"]));
    assert_eq!(fix["moveLinesTo"], Value::from(vec!["layer:web"]));
    assert_eq!(fix["port"]["traits"], Value::from(vec!["shop::domain::Screen"]));
    assert_eq!(
        fix["compiler"].as_str().map(|text| text.starts_with("make `shop::web::Page` private")),
        Some(true)
    );
}

#[test]
fn shells_and_manuals_know_every_command() {
    let nowhere = folder::<&str>(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = told(&nowhere, &["completions", shell]);
        assert!(script.contains("fix-plan") && script.contains("doctor"), "{shell}");
    }
    assert_eq!(archlint(nowhere.path(), &["completions", "tcsh"]).status.code(), Some(2));
    let page = told(&nowhere, &["man"]);
    assert!(
        page.contains(".TH") && page.contains("CARGO ARCHLINT WHY") && page.contains("fix\\-plan"),
        "{page}"
    );
}
