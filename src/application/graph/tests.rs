use super::*;
use crate::application::judged::Membership;
use crate::domain::graph::sketch::sketch;
use crate::domain::policy::facades::{Entry, Versions, What};
use expect_test::{Expect, expect};

fn request(level: Level) -> Request {
    Request {
        level,
        focus: None,
        reaches: None,
        depth: None,
        tests: Shown::No,
        externals: Shown::No,
        definers: Shown::No,
        cap: Some(60),
    }
}

fn shop() -> Graph {
    sketch(
        "shop -> shop::web\n\
         shop::web::routes\n\
         shop::web -> shop::app\n\
         shop::web::routes -> shop::app\n\
         shop::app -> shop::domain::Order\n\
         shop::db -> shop::domain::Order\n\
         shop::domain::Order -> shop::db\n\
         shop::db -> ext:sqlx::Pool\n\
         shop::domain -> shop::app test",
    )
}

fn layers(graph: &Graph) -> Layers {
    let names = ["web", "db", "app", "domain"];
    let of = graph
        .node_ids()
        .map(|node| {
            let id = graph.id(node);
            let layer = names.iter().position(|name| id.starts_with(&format!("shop::{name}")))?;
            Some(Membership { layer, selector: format!("shop::{}", names[layer]) })
        })
        .collect();
    Layers {
        names: names.map(str::to_owned).to_vec(),
        ranks: (0..4).map(Some).collect(),
        of,
        may_use: Vec::new(),
        unassigned: vec![NodeId(0)],
    }
}

fn shows(request: &Request, expected: Expect) {
    let graph = shop();
    let drawing = draw(&graph, &layers(&graph), &Facades::default(), request).expect("the names are known");
    let mut text = drawing.nodes.iter().map(|node| node.id.as_str()).collect::<Vec<_>>().join(" ");
    for edge in &drawing.edges {
        let (from, to) = (&drawing.nodes[edge.from].id, &drawing.nodes[edge.to].id);
        let mark = if edge.against { " against" } else { "" };
        text.push_str(&format!("\n{from} -> {to} x{}{mark}", edge.places));
    }
    for note in &drawing.notes {
        text.push_str(&format!("\nnote: {note}"));
    }
    expected.assert_eq(&text);
}

#[test]
fn layers_collapse() {
    shows(
        &request(Level::Layer),
        expect![[r#"
        layer:web layer:db layer:app layer:domain unassigned
        layer:web -> layer:app x2
        layer:db -> layer:domain x1
        layer:app -> layer:domain x1
        layer:domain -> layer:db x1 against
        unassigned -> layer:web x1"#]],
    );
}

#[test]
fn modules_with_what_lies_outside() {
    shows(
        &Request { externals: Shown::Yes, tests: Shown::Yes, ..request(Level::Module) },
        expect![[r#"
        shop shop::web shop::web::routes shop::app shop::domain shop::db ext:sqlx
        shop -> shop::web x1
        shop::web -> shop::app x1
        shop::web::routes -> shop::app x1
        shop::app -> shop::domain x1
        shop::domain -> shop::app x1
        shop::domain -> shop::db x1 against
        shop::db -> shop::domain x1
        shop::db -> ext:sqlx x1"#]],
    );
}

#[test]
fn focus_shows_neighbours_and_not_their_edges() {
    shows(
        &Request { focus: Some("app".to_owned()), ..request(Level::Module) },
        expect![[r#"
        shop::web shop::web::routes shop::app shop::domain
        shop::web -> shop::app x1
        shop::web::routes -> shop::app x1
        shop::app -> shop::domain x1"#]],
    );
}

#[test]
fn reaches_shows_all_that_leads_there() {
    shows(
        &Request { reaches: Some("shop::app".to_owned()), ..request(Level::Module) },
        expect![[r#"
        shop shop::web shop::web::routes shop::app
        shop -> shop::web x1
        shop::web -> shop::app x1
        shop::web::routes -> shop::app x1"#]],
    );
    shows(
        &Request { reaches: Some("shop::app".to_owned()), depth: Some(1), ..request(Level::Module) },
        expect![[r#"
            shop::web shop::web::routes shop::app
            shop::web -> shop::app x1
            shop::web::routes -> shop::app x1"#]],
    );
}

#[test]
fn too_many_nodes_are_folded_then_left_out() {
    shows(
        &Request { cap: Some(5), ..request(Level::Module) },
        expect![[r#"
        shop shop::web shop::app shop::domain shop::db
        shop -> shop::web x1
        shop::web -> shop::app x2
        shop::app -> shop::domain x1
        shop::domain -> shop::db x1 against
        shop::db -> shop::domain x1
        note: 6 nodes are more than 5, so modules deeper than 1 below the crate root are folded; narrow with --focus MODULE or --reaches MODULE, or draw all with --max-nodes 0"#]],
    );
    shows(
        &Request { cap: Some(2), ..request(Level::Top) },
        expect![[r#"
        shop
        note: 5 nodes are more than 2, so each crate is drawn as one; narrow with --focus MODULE or --reaches MODULE, or draw all with --max-nodes 0"#]],
    );
    shows(
        &Request { cap: Some(2), ..request(Level::Layer) },
        expect![[r#"
        layer:web layer:domain
        note: 5 nodes are more than 2, so only the 2 with the most edges are drawn; narrow with --focus MODULE or --reaches MODULE, or draw all with --max-nodes 0"#]],
    );
}

#[test]
fn unknown_names_are_usage_errors() {
    let graph = shop();
    let asked = Request { focus: Some("nix".to_owned()), ..request(Level::Module) };
    assert!(draw(&graph, &Layers::default(), &Facades::default(), &asked).is_err());
}

#[test]
fn what_an_external_crate_hands_on_leads_to_the_crate_that_defines_it() {
    let graph = sketch(
        "shop::web -> ext:web::http::Code use\n\
         shop::web -> ext:web::Router use\n\
         shop::api -> ext:web::http::Code body via shop::web\n\
         shop::db -> ext:web::Wire derive\n\
         shop::db -> ext:wire use",
    );
    let entry = |what, definer: &str| {
        let entry = Entry { what, definer: definer.to_owned(), versions: Versions::Current };
        ("web".to_owned(), entry)
    };
    let facades = Facades::new([
        entry(What::Below(vec!["http".to_owned()]), "http"),
        entry(What::Macro(vec!["Wire".to_owned()]), "wire"),
    ]);
    let drawn = |definers| {
        let asked = Request { externals: Shown::Yes, definers, ..request(Level::Module) };
        let drawing = draw(&graph, &Layers::default(), &facades, &asked).expect("no name is looked up");
        let edges = drawing.edges.iter().map(|edge| {
            let (from, to) = (&drawing.nodes[edge.from].id, &drawing.nodes[edge.to].id);
            format!("{from} -> {to} via {:?}\n", edge.via)
        });
        edges.collect::<String>()
    };
    expect![[r#"
        shop::web -> ext:web via []
        shop::web -> ext:http via ["ext:web"]
        shop::api -> ext:http via ["shop::web", "ext:web"]
        shop::db -> ext:web via []
        shop::db -> ext:wire via ["ext:web"]
    "#]]
    .assert_eq(&drawn(Shown::Yes));
    expect![[r#"
        shop::web -> ext:web via []
        shop::api -> ext:web via ["shop::web"]
        shop::db -> ext:web via []
        shop::db -> ext:wire via []
    "#]]
    .assert_eq(&drawn(Shown::No));
}
