//! A rule on a crate holds behind a facade: the workspace's own, and that of another crate.

use crate::support::{archlint, folder, package};

/// Places that a rule on these crates finds, by the files of the workspace.
fn found(rules: &str, files: &[(&str, &str)]) -> Vec<String> {
    let manifest = format!("{}[dependencies]\naxum = \"0.8\"\nsqlx = \"0.8\"\n", package("shop"));
    let mut all = vec![("Cargo.toml", manifest.as_str()), ("archlint.toml", rules)];
    all.extend_from_slice(files);
    let out = archlint(folder(&all).path(), &["--format", "short"]).stdout;
    let text = String::from_utf8(out).expect("output is UTF-8");
    text.lines().filter(|line| line.starts_with("src/")).map(str::to_owned).collect()
}

const SQL: &str = "[[rule]]\nname = \"sql\"\nprotect = \"crate:sqlx\"\nonly = [\"shop::kit\"]\n";
const HTTP: &str = "[[rule]]\nname = \"http\"\nprotect = \"crate:http\"\nonly = [\"shop::web\"]\n";

#[test]
fn a_rule_on_a_crate_holds_behind_a_facade_of_the_workspace() {
    let kit = "pub use sqlx;\npub use sqlx::PgPool as Pool;\npub struct Own;\n";
    let lib = "pub mod kit;\npub mod orders;\n";
    let orders = |text| [("src/lib.rs", lib), ("src/kit.rs", kit), ("src/orders.rs", text)];
    let named = "use crate::kit::Pool;\npub fn f(_: Pool) {}\n";
    assert_eq!(
        found(SQL, &orders(named)),
        [
            "src/orders.rs:1:17: error[sql] only `shop::kit` may use `sqlx`, but this names `sqlx::PgPool` through \
          `shop::kit` (2 places)"
        ]
    );
    let whole = "pub fn f() {\n    crate::kit::sqlx::query(\"\");\n}\n";
    assert_eq!(found(SQL, &orders(whole)).len(), 1);
    assert_eq!(found(SQL, &orders("use crate::kit::Own;\npub fn f(_: Own) {}\n")), Vec::<String>::new());
}

#[test]
fn a_rule_on_a_crate_holds_behind_a_facade_of_another_crate() {
    let lib = "pub mod orders;\npub mod web;\n";
    let web = "pub fn f(_: axum::http::StatusCode) {}\n";
    let orders = |text| [("src/lib.rs", lib), ("src/web.rs", web), ("src/orders.rs", text)];
    assert_eq!(found(HTTP, &orders("use axum::http::StatusCode;\npub fn f(_: StatusCode) {}\n")).len(), 1);
    let silent = "use axum::Router;\npub struct StatusCode;\npub fn f(_: Router) -> StatusCode {}\n";
    assert_eq!(found(HTTP, &orders(silent)), Vec::<String>::new());
}

#[test]
fn a_closed_list_leaves_crates_of_the_workspace_to_the_layers() {
    let member = |name: &str, needs: &str| format!("{}[dependencies]\n{needs}", package(name));
    let (shop, kit) = ("kit = { path = \"../kit\" }\nsqlx = \"0.8\"\n", "base = { path = \"../base\" }\n");
    let manifests = [member("shop", shop), member("kit", kit), member("base", "")];
    let rules = "[[rule]]\nname = \"pure\"\nfrom = \"shop::orders\"\ncrates = { only = [] }\n";
    let found = |orders: &str| {
        let all = [
            ("Cargo.toml", "[workspace]\nresolver = \"2\"\nmembers = [\"shop\", \"kit\", \"base\"]\n"),
            ("archlint.toml", rules),
            ("shop/Cargo.toml", &manifests[0]),
            ("kit/Cargo.toml", &manifests[1]),
            ("base/Cargo.toml", &manifests[2]),
            ("base/src/lib.rs", "pub struct T;\n"),
            ("kit/src/lib.rs", "pub use base::T;\n"),
            ("shop/src/lib.rs", "pub mod orders;\n"),
            ("shop/src/orders.rs", orders),
        ];
        let out = archlint(folder(&all).path(), &["--format", "short"]).stdout;
        let text = String::from_utf8(out).expect("output is UTF-8");
        text.lines().filter(|line| line.starts_with("shop/src/")).count()
    };
    assert_eq!(found("use kit::T;\npub fn f(_: T) {}\n"), 0);
    assert_eq!(found("use sqlx::PgPool;\npub fn f(_: PgPool) {}\n"), 1);
}
