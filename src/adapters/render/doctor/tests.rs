use super::*;
use crate::domain::finding::{Coverage, Site};
use expect_test::expect;

#[test]
fn what_was_not_seen_is_named() {
    let site = |line| Site { file: "src/a.rs".to_owned(), line, column: 1, end_line: line, end_column: 2 };
    let coverage = Coverage {
        packages: 1,
        crates: 2,
        modules: 3,
        files: 4,
        lines: 1234,
        items: 5,
        references: 1000,
        resolved: 997,
        unresolved: vec![Unresolved {
            reason: "external-glob".to_owned(),
            count: 7,
            groups: (0..7).map(|at| (format!("Name{at}"), 1, site(at + 1))).collect(),
        }],
        generated: vec![Unresolved {
            reason: "generated-code".to_owned(),
            count: 3,
            groups: vec![("Content".to_owned(), 3, site(4))],
        }],
        opaque_macros: vec![("select".to_owned(), 12)],
        orphans: (0..22).map(|at| format!("src/old{at}.rs")).collect(),
        lost: vec![Lost { site: site(9), reason: "expected `;`".to_owned() }],
        missing: vec![Lost { site: site(2), reason: "no file for module `b`".to_owned() }],
        undeclared: vec![("md5".to_owned(), site(7))],
        notes: vec!["cargo failed, so the manifests were read directly".to_owned()],
    };
    let told = Diagnosis {
        workspace: "shop".to_owned(),
        coverage,
        incomplete: vec![Lost { site: site(2), reason: "no file for module `b`".to_owned() }],
    };
    expect![[r#"
        shop
          1 package, 2 crates, 3 modules, 5 items
          4 files, 1,234 lines
          note: cargo failed, so the manifests were read directly
        references
          997 of 1,000 resolved: 99.7 %
          7 external-glob
            1 `Name0`, as at src/a.rs:1:1
            1 `Name1`, as at src/a.rs:2:1
            1 `Name2`, as at src/a.rs:3:1
            1 `Name3`, as at src/a.rs:4:1
            1 `Name4`, as at src/a.rs:5:1
            2 of other names
          3 generated-code
            3 `Content`, as at src/a.rs:4:1
            a build script or a macro that is never run makes what these name; they are not counted above
        macros whose calls were read as tokens only (1)
          select! 12
        missing: the analysis is incomplete (1)
          src/a.rs:2:1: no file for module `b`
        lost: could not be read (1)
          src/a.rs:9:1: expected `;`
        orphans: no module declares them (22)
          src/old0.rs
          src/old1.rs
          src/old2.rs
          src/old3.rs
          src/old4.rs
          src/old5.rs
          src/old6.rs
          src/old7.rs
          src/old8.rs
          src/old9.rs
          src/old10.rs
          src/old11.rs
          src/old12.rs
          src/old13.rs
          src/old14.rs
          src/old15.rs
          src/old16.rs
          src/old17.rs
          src/old18.rs
          src/old19.rs
          and 2 more: cargo archlint doctor --format json
        external crates that no manifest declares (1)
          `md5`, as at src/a.rs:7:1
        no verdict can rest on this
    "#]]
    .assert_eq(&human(&told, Sheet::default()));
    let value: serde_json::Value = serde_json::from_str(&json(&told)).expect("it is JSON");
    assert_eq!(value["complete"], false);
    assert_eq!(value["coverage"]["resolvedShare"], 0.997);
    assert_eq!(value["coverage"]["unresolved"][0]["groups"][6]["name"], "Name6");
}
