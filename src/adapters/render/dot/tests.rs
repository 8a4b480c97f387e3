use super::*;
use crate::adapters::render::mermaid::mermaid;
use crate::application::graph::DrawnNode;
use crate::domain::finding::Site;
use crate::domain::graph::EdgeKind;
use expect_test::expect;

fn drawing() -> Drawing {
    let node = |id: &str, layer: Option<&str>, external| DrawnNode {
        id: id.to_owned(),
        node: None,
        layer: layer.map(str::to_owned),
        krate: None,
        external,
    };
    let edge = |from, to, places, against, test| DrawnEdge {
        from,
        to,
        kinds: vec![EdgeKind::Use],
        site: Site::default(),
        places,
        test,
        via: Vec::new(),
        against,
    };
    Drawing {
        nodes: vec![
            node("shop::web", Some("web"), false),
            node("shop::web::\"x\"", Some("web"), false),
            node("shop::domain", Some("domain"), false),
            node("ext:sqlx", None, true),
        ],
        edges: vec![
            edge(0, 2, 3, false, false),
            edge(1, 2, 1, false, true),
            edge(2, 0, 1, true, false),
            edge(2, 3, 1, false, false),
        ],
        notes: vec!["folded".to_owned()],
    }
}

#[test]
fn graphviz() {
    expect![[r#"
        // folded
        digraph archlint {
          rankdir=LR;
          node [shape=box, fontname="sans-serif"];
          edge [fontname="sans-serif", fontsize=10];
          subgraph cluster_0 {
            label="web";
            n0 [label="shop::web"];
            n1 [label="shop::web::\"x\""];
          }
          n2 [label="shop::domain"];
          n3 [label="ext:sqlx", style=dashed];
          compound=true;
          n0 -> n2 [label="3"];
          n1 -> n2 [color=gray, style=dotted];
          n2 -> n0 [color=red, style=dashed, penwidth=2];
          n2 -> n3;
        }
    "#]]
    .assert_eq(&dot(&drawing()));
}

#[test]
fn mermaid_too() {
    expect![[r#"
        %% folded
        flowchart LR
          subgraph b0 ["web"]
            n0["shop::web"]
            n1["shop::web::#34;x#34;"]
          end
          n2["shop::domain"]
          n3(["ext:sqlx"])
          n0 -->|3| n2
          n1 -.-> n2
          n2 -.-> n0
          n2 --> n3
          linkStyle 2 stroke:red,stroke-width:2px
    "#]]
    .assert_eq(&mermaid(&drawing()));
}
