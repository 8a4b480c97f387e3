use super::*;
use crate::domain::finding::{Level, Site, State};
use expect_test::expect;

#[test]
fn the_envelope_has_exactly_these_keys() {
    let site = Site { file: "src/a.rs".to_owned(), line: 3, column: 5, end_line: 3, end_column: 9 };
    let finding = Finding {
        rule: "layers".to_owned(),
        key: "0123456789abcdef".to_owned(),
        level: Level::Deny,
        state: State::New,
        message: "layer `domain` must not depend on `adapters`".to_owned(),
        from: "shop::a".to_owned(),
        to: "shop::b".to_owned(),
        item: "shop::b::X".to_owned(),
        sites: vec![site.clone()],
        chain: vec![Hop { from: "shop::a".to_owned(), to: "shop::b".to_owned(), site: site.clone() }],
        cut: Vec::new(),
        cost: 0,
        because: Some("why".to_owned()),
        instead: None,
    };
    let coverage = Coverage {
        packages: 1,
        crates: 1,
        modules: 2,
        references: 3,
        resolved: 2,
        unresolved: vec![Unresolved {
            reason: "external-glob".to_owned(),
            count: 1,
            groups: vec![("Foo".to_owned(), 1, site)],
        }],
        ..Coverage::default()
    };
    let told = Report { verdict: Verdict::Fail, findings: vec![finding], coverage, ..Report::default() };
    expect![[r#"
        {
          "version": 1,
          "verdict": "fail",
          "findings": [
            {
              "rule": "layers",
              "key": "0123456789abcdef",
              "level": "deny",
              "state": "new",
              "message": "layer `domain` must not depend on `adapters`",
              "file": "src/a.rs",
              "line": 3,
              "column": 5,
              "from": "shop::a",
              "to": "shop::b",
              "item": "shop::b::X",
              "sites": [
                {
                  "file": "src/a.rs",
                  "line": 3,
                  "column": 5,
                  "endLine": 3,
                  "endColumn": 9
                }
              ],
              "chain": [
                {
                  "from": "shop::a",
                  "to": "shop::b",
                  "site": {
                    "file": "src/a.rs",
                    "line": 3,
                    "column": 5,
                    "endLine": 3,
                    "endColumn": 9
                  }
                }
              ],
              "because": "why",
              "instead": null,
              "compiler": null
            }
          ],
          "statistics": [
            {
              "rule": "layers",
              "new": 1,
              "baselined": 0,
              "suppressed": 0
            }
          ],
          "baseline": {
            "file": "",
            "accepted": 0,
            "absorbed": 0,
            "retired": 0,
            "fixed": [],
            "moved": []
          },
          "coverage": {
            "packages": 1,
            "crates": 1,
            "modules": 2,
            "files": 0,
            "lines": 0,
            "items": 0,
            "references": 3,
            "resolved": 2,
            "resolvedShare": 0.6666,
            "unresolved": [
              {
                "reason": "external-glob",
                "count": 1,
                "groups": [
                  {
                    "name": "Foo",
                    "count": 1,
                    "sample": {
                      "file": "src/a.rs",
                      "line": 3,
                      "column": 5,
                      "endLine": 3,
                      "endColumn": 9
                    }
                  }
                ]
              }
            ],
            "generated": [],
            "opaqueMacros": [],
            "orphans": [],
            "lost": [],
            "missing": [],
            "undeclared": [],
            "notes": []
          },
          "errors": []
        }
    "#]]
    .assert_eq(&report(&told));
}

#[test]
fn a_run_that_fails_keeps_the_envelope() {
    let mut problem = Problem::usage("unknown key `x`", "did you mean `y`?");
    problem.file = Some("archlint.toml".to_owned());
    problem.line = Some(2);
    problem.column = Some(1);
    let text = failure(&[problem]);
    let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(value["verdict"], "error");
    assert_eq!(value["findings"], serde_json::json!([]));
    assert_eq!(
        value["errors"],
        serde_json::json!([{
            "message": "unknown key `x`", "file": "archlint.toml", "line": 2, "column": 1,
            "help": "did you mean `y`?"
        }])
    );
}

#[test]
fn an_incomplete_run_says_why() {
    let told = Report {
        verdict: Verdict::Incomplete,
        incomplete: vec![Lost { site: Site::default(), reason: "no module was found".to_owned() }],
        ..Report::default()
    };
    let value: serde_json::Value = serde_json::from_str(&report(&told)).expect("it is JSON");
    assert_eq!(value["errors"][0]["message"], "no module was found");
}
