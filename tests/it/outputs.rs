//! Every output of `check`, taken by who reads it.

use std::path::Path;
use std::process::{Command, Output};

use cargo_metadata::{Message, MetadataCommand};
use serde_json::Value;
use tempfile::TempDir;

use crate::readers::{Annotation, annotation, code_quality, comment, json};
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

/// The official schema of SARIF 2.1.0, which the package `serde-sarif` carries.
fn sarif_schema() -> Value {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    // What other platforms need is not downloaded by building the tests.
    let platform = ["--filter-platform".to_owned(), host()];
    let options = ["--offline".to_owned(), "--locked".to_owned()].into_iter().chain(platform);
    let options: Vec<String> = options.collect();
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

/// The platform that the tests are built for, as cargo calls it.
fn host() -> String {
    let cargo = Command::new(env!("CARGO")).arg("-vV").output().expect("cargo built this");
    let told = String::from_utf8(cargo.stdout).expect("it tells names and numbers");
    told.lines().find_map(|line| line.strip_prefix("host: ")).expect("it names the platform").to_owned()
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

#[test]
fn gitlab_takes_every_entry() {
    let shop = shop();
    let found = code_quality(&told(&shop, &["--format", "gitlab"]));
    assert_eq!(found.len(), 3);
    write(shop.path(), "src/lib.rs", "pub mod domain;\npub mod web;\npub mod gone;\n");
    let incomplete = code_quality(&told(&shop, &["--format", "gitlab"]));
    assert_eq!(incomplete[0]["severity"], "blocker");
    let nothing = code_quality(&told(&shop, &["--format", "gitlab", "-A", "all"]));
    assert!(nothing.iter().all(|entry| entry["check_name"] == "incomplete"), "{nothing:?}");
}

/// Words as nobody writes them, and as nobody should be able to.
const HOSTILE: &str = "a|b `c|d` [x](https://y.z) <img src=x> @all #1 www.x.y $x$ *b* ~~s~~ [^1] &amp;\n\n# h\n\n- i\n```\n::error::no\n##[error]no";

/// The same workspace, its rules and files named so that markup would break out.
fn hostile() -> TempDir {
    let shop = shop();
    let quoted = serde_json::to_string(HOSTILE).expect("it is text");
    let rules = format!(
        "[layers]\norder = [\"web\", \"domain\"]\nbecause = {quoted}\ninstead = {quoted}\n\
         [layers.web]\nmodules = [\"shop\", \"shop::web\"]\n[layers.domain]\nmodules = [\"shop::domain\"]\n\
         [[rule]]\nname = \"a|b `c` <b> @all [x](y)\"\nvia = \"any\"\nbecause = {quoted}\n\
         forbid = {{ from = \"shop::domain\", to = \"shop::web::deep\" }}\n"
    );
    write(shop.path(), "archlint.toml", rules);
    write(shop.path(), "src/lib.rs", "#[path = \"a|b,c%`<i>:.rs\"]\npub mod domain;\npub mod web;\n");
    let text = std::fs::read_to_string(shop.path().join("src/domain.rs")).expect("it is there");
    write(shop.path(), "src/a|b,c%`<i>:.rs", text);
    shop
}

/// Words without what stands for markup alone.
fn bare(text: &str) -> String {
    text.replace(['`', '\u{200b}'], "")
}

#[test]
fn a_comment_shows_each_finding_and_nothing_breaks_out_of_it() {
    for shop in [shop(), hostile()] {
        let report = json(&told(&shop, &["--format", "json"]));
        let read = comment(&told(&shop, &["--format", "markdown"]));
        let findings = report["findings"].as_array().expect("there are findings");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        for finding in findings {
            let site = &finding["sites"][0];
            let place = format!("{}:{}:{}", text(&site["file"]), site["line"], site["column"]);
            let entry = format!("{} {}", bare(&place), bare(&text(&finding["message"])));
            let shown = read.entries.iter().any(|known| bare(known).starts_with(&entry));
            assert!(shown, "{entry} is not in {read:#?}");
            let rule = bare(&text(&finding["rule"]));
            assert!(read.headings.iter().any(|(level, words)| *level == 4 && bare(words).ends_with(&rule)));
        }
        assert_eq!(read.headings.iter().filter(|(level, _)| *level == 3).count(), 1);
        assert!(read.folds.is_empty(), "{read:#?}");
    }
}

#[test]
fn a_comment_on_a_change_folds_what_else_it_did() {
    let shop = hostile();
    let commit = |words: &str| {
        for args in [&["init", "-q"][..], &["add", "."], &["commit", "-qm", words]] {
            let git = Command::new("git")
                .args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"])
                .args(args)
                .current_dir(shop.path())
                .output();
            assert!(git.expect("git is there").status.success());
        }
    };
    commit("one");
    write(shop.path(), "src/web/deep.rs", "pub fn draw() {}\npub fn more(_: crate::domain::Order) {}\n");
    let domain =
        "pub struct Order;\npub fn show() {\n    crate::web::deep::draw();\n    crate::web::show(Order)\n}\n";
    write(shop.path(), "src/a|b,c%`<i>:.rs", domain);
    let read = comment(&told(&shop, &["--since", "HEAD", "--format", "markdown"]));
    assert!(
        read.folds.iter().any(|fold| fold.ends_with("against the order of the layers came")),
        "{read:#?}"
    );
    assert!(read.paragraphs.iter().any(|words| words.starts_with("Compared with HEAD (")), "{read:#?}");
}

#[test]
fn no_words_of_the_code_are_commands() {
    let shop = hostile();
    for args in [&[][..], &["--format", "github"], &["--statistics"]] {
        let output = in_actions(&shop, None, args);
        let commands: Vec<_> = out(&output).lines().filter_map(annotation).collect();
        let errors: Vec<&Annotation> = commands.iter().filter(|one| one.word == "error").collect();
        let files: Vec<_> = errors.iter().map(|one| one.value("file")).collect();
        assert_eq!(files, [Some("src/a|b,c%`<i>:.rs"); 2], "{}", out(&output));
        let words = HOSTILE.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(errors.iter().all(|one| one.text.contains(&words)), "{errors:#?}");
    }
    code_quality(&told(&shop, &["--format", "gitlab"]));
    sarif(&told(&shop, &["--format", "sarif"]));
    assert!(quick_junit::Report::deserialize_from_str(&told(&shop, &["--format", "junit"])).is_ok());
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
    let commands: Vec<_> = out(&output).lines().filter_map(annotation).collect();
    let words: Vec<&str> = commands.iter().map(|one| one.word.as_str()).collect();
    assert_eq!(words, ["error", "error", "warning"]);
    let of_layers = |one: &&Annotation| one.text.contains("layer `domain`");
    let one = commands.iter().find(of_layers).expect("the layers are broken");
    let place = (one.value("file"), one.value("line"), one.value("col"));
    assert_eq!(place, (Some("src/domain.rs"), Some("6"), Some("13")));
    assert!(one.text.contains("\nwhy: rules outlive screens"), "{}", one.text);
    assert!(out(&output).contains("2 errors, 1 warning"), "people read it too");
    let summed = std::fs::read_to_string(&summary).expect("it is there");
    assert!(summed.starts_with("before\n### archlint: 2 errors, 1 warning\n"), "{summed}");
    // A configuration that is wrong is annotated too.
    write(shop.path(), "archlint.toml", "[layer]\n");
    let wrong = in_actions(&shop, None, &[]);
    assert_eq!(wrong.status.code(), Some(2));
    let mut commands = out(&wrong).lines().filter_map(annotation);
    assert!(commands.any(|one| one.word == "error" && one.text.contains("unknown key `layer`")));
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
