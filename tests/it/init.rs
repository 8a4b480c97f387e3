//! From no configuration to a green check.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::{archlint, err, folder, out, package, write};

/// A program with an entry, use of a database, rules of the business, and one step back.
fn shop() -> TempDir {
    folder(&[
        ("Cargo.toml", format!("{}[dependencies]\nsqlx = \"0.8\"\naxum = \"0.8\"\n", package("shop"))),
        ("src/lib.rs", "pub mod db;\npub mod domain;\npub mod routes;\npub mod startup;\n".to_owned()),
        ("src/startup.rs", "pub fn run() { crate::routes::all(); }\npub struct BaseUrl;\n".to_owned()),
        (
            "src/routes/mod.rs",
            "pub mod orders;\npub fn all() -> axum::Router { orders::list(&crate::startup::BaseUrl); todo!() }\n"
                .to_owned(),
        ),
        (
            "src/routes/orders.rs",
            "use crate::db::Pool;\nuse crate::domain::Order;\npub fn list<T>(_: &T) -> Option<(Pool, Order)> { None }\n"
                .to_owned(),
        ),
        ("src/db.rs", "use crate::domain::Order;\npub struct Pool(sqlx::PgPool);\npub fn save(_: Order) {}\n".to_owned()),
        ("src/domain.rs", "pub struct Order;\npub struct Money;\nimpl Order { pub fn total(&self) -> Money { Money } }\n".to_owned()),
    ])
}

fn git(folder: &Path, args: &[&str]) -> String {
    let run = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(folder)
        .output()
        .expect("git is there");
    String::from_utf8(run.stdout).expect("git writes text")
}

fn code(folder: &TempDir, args: &[&str]) -> Option<i32> {
    archlint(folder.path(), args).status.code()
}

#[test]
fn init_makes_check_green_and_writes_two_files() {
    let shop = shop();
    git(shop.path(), &["init", "-q"]);
    git(shop.path(), &["add", "."]);
    git(shop.path(), &["commit", "-qm", "x"]);
    let init = archlint(shop.path(), &["init"]);
    assert_eq!(init.status.code(), Some(0), "{}", err(&init));
    let told = out(&init);
    assert!(told.starts_with("onion: modules are called so: `db`, `domain`, `routes`\n"), "{told}");
    assert!(told.contains("composition 2 > entrypoints 2 > adapters 1 > domain 1"), "{told}");
    assert!(
        told.contains("layer `entrypoints` depends on `composition`: 1 place, src/routes/mod.rs:2:46"),
        "{told}"
    );
    assert_eq!((code(&shop, &[]), code(&shop, &["--ci"])), (Some(0), Some(0)));
    assert_eq!(git(shop.path(), &["status", "--porcelain"]), "?? archlint.baseline.toml\n?? archlint.toml\n");
    let again = archlint(shop.path(), &["init"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("archlint.toml is there already"), "{}", err(&again));
}

#[test]
fn one_breach_of_each_rule_is_caught_and_one_fix_shrinks_the_baseline() {
    let shop = shop();
    assert_eq!(code(&shop, &["init"]), Some(0));
    let breach = |path: &str, more: &str| {
        let full = shop.path().join(path);
        let before = std::fs::read_to_string(&full).expect("it is there");
        write(shop.path(), path, format!("{before}{more}"));
        let run = archlint(shop.path(), &["--ci", "--format", "short"]);
        write(shop.path(), path, before);
        assert_eq!(run.status.code(), Some(1), "{}", out(&run));
        out(&run).to_owned()
    };
    assert!(breach("src/domain.rs", "pub type P = crate::db::Pool;\n").contains("error[layers]"));
    assert!(breach("src/domain.rs", "pub type P = sqlx::PgPool;\n").contains("error[layer-crates]"));
    assert!(
        breach("src/routes/orders.rs", "pub type P = sqlx::PgPool;\n")
            .contains("error[only adapters uses sqlx]")
    );
    assert!(breach("src/domain.rs", "pub type P = crate::db::Pool;\n").contains("error[no circles]"));
    write(shop.path(), "src/new.rs", "pub struct New;\n");
    assert!(breach("src/lib.rs", "pub mod new;\n").contains("error[unassigned]"));
    // One step back is gone.
    write(
        shop.path(),
        "src/routes/mod.rs",
        "pub mod orders;\npub fn all() -> axum::Router { orders::list(&1); todo!() }\n",
    );
    let fixed = archlint(shop.path(), &[]);
    assert_eq!(fixed.status.code(), Some(0));
    assert!(
        out(&fixed).contains("2 accepted findings resolved and taken off archlint.baseline.toml, 0 left"),
        "{}",
        out(&fixed)
    );
}

#[test]
fn a_dry_run_prints_and_writes_nothing() {
    let shop = shop();
    for preset in ["onion", "hexagonal", "layered", "slices", "crates", "modules"] {
        let dry = archlint(shop.path(), &["init", "--dry-run", "--preset", preset]);
        assert_eq!(dry.status.code(), Some(0), "{preset}: {}", err(&dry));
        let why = match preset {
            "slices" => "as asked for, but no three modules are built alike, so all stand in one order",
            _ => "as asked for",
        };
        assert!(out(&dry).contains(&format!("({preset}: {why})")), "{}", out(&dry));
        let config = out(&dry).split("\n# archlint.baseline.toml\n").next().unwrap_or_default();
        let read = archlint::adapters::config::parse(config, "archlint.toml");
        assert!(read.is_ok(), "{preset}: {read:?}");
    }
    assert!(!shop.path().join("archlint.toml").exists());
    assert!(!shop.path().join("archlint.baseline.toml").exists());
}

#[test]
fn every_proposal_is_green_at_once() {
    for preset in ["onion", "hexagonal", "layered", "slices", "crates", "modules"] {
        let shop = shop();
        assert_eq!(code(&shop, &["init", "--preset", preset]), Some(0), "{preset}");
        let check = archlint(shop.path(), &["--ci"]);
        assert_eq!(check.status.code(), Some(0), "{preset}: {}{}", out(&check), err(&check));
    }
}

#[test]
fn parts_that_are_built_alike_are_kept_apart() {
    let mut files = vec![
        ("Cargo.toml".to_owned(), package("shop")),
        ("src/lib.rs".to_owned(), "pub mod orders;\npub mod billing;\npub mod stock;\n".to_owned()),
    ];
    for slice in ["orders", "billing", "stock"] {
        files.push((format!("src/{slice}/mod.rs"), "pub mod api;\npub mod model;\n".to_owned()));
        files.push((format!("src/{slice}/api.rs"), "pub type A = super::model::M;\n".to_owned()));
        files.push((format!("src/{slice}/model.rs"), "pub struct M;\n".to_owned()));
    }
    let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let shop = folder(&files);
    let init = archlint(shop.path(), &["init"]);
    assert!(
        out(&init).starts_with("slices: 3 parts of `shop` are built alike\n"),
        "{}{}",
        out(&init),
        err(&init)
    );
    assert_eq!(code(&shop, &[]), Some(0));
    write(shop.path(), "src/stock/api.rs", "pub type A = crate::orders::model::M;\n");
    let check = archlint(shop.path(), &["--format", "short"]);
    assert!(out(&check).contains("error[slices stand alone]"), "{}", out(&check));
}

#[test]
fn what_is_configured_already_is_left_alone() {
    let shop = shop();
    write(shop.path(), "archlint.baseline.toml", "accepted = []\n");
    assert!(err(&archlint(shop.path(), &["init"])).contains("archlint.baseline.toml is there already"));
    std::fs::remove_file(shop.path().join("archlint.baseline.toml")).expect("it is there");
    let manifest =
        format!("{}[package.metadata.archlint.lints]\nunused-dependency = \"allow\"\n", package("shop"));
    write(shop.path(), "Cargo.toml", manifest);
    assert!(
        err(&archlint(shop.path(), &["init"])).contains("the configuration in `Cargo.toml` is there already")
    );
}

#[test]
fn a_rule_on_technology_counts_what_a_facade_hands_on_and_names_build_scripts_that_use_it() {
    let shop = folder(&[
        (
            "Cargo.toml",
            format!(
                "{}[dependencies]\ntokio-rustls = \"0.26\"\nrustls = \"0.23\"\nwalkdir = \"2\"\n\
                 [build-dependencies]\nwalkdir = \"2\"\n",
                package("shop")
            ),
        ),
        ("src/lib.rs", "pub mod client;\npub mod files;\npub mod orders;\n".to_owned()),
        (
            "src/client.rs",
            "use crate::orders::Order;\npub fn go(_: tokio_rustls::rustls::ClientConfig) -> Order { Order }\n".to_owned(),
        ),
        ("src/files.rs", "use crate::client::go;\npub fn f(_: rustls::ServerConfig) { walkdir::WalkDir::new(\".\"); go(todo!()); }\n".to_owned()),
        ("src/orders.rs", "pub struct Order;\n".to_owned()),
        ("build.rs", "fn main() { walkdir::WalkDir::new(\".\"); }\n".to_owned()),
    ]);
    let init = archlint(shop.path(), &["init", "--preset", "modules"]);
    assert_eq!(init.status.code(), Some(0), "{}", err(&init));
    let config = std::fs::read_to_string(shop.path().join("archlint.toml")).expect("it was written");
    assert!(
        config.contains("protect = \"crate:rustls\"\nonly = [\"layer:files\", \"layer:client\"]"),
        "{config}"
    );
    assert!(config.contains("only = [\"layer:files\", \"build@shop\"]"), "{config}");
    assert!(out(&init).contains("nothing to accept"), "{}", out(&init));
    assert_eq!(code(&shop, &["--ci"]), Some(0));
}

#[test]
fn kinds_of_things_that_hold_a_module_for_each_topic_are_no_slices() {
    let topics = "pub mod blog;\npub mod user;\n";
    let shop = folder(&[
        ("Cargo.toml", package("shop")),
        ("src/lib.rs", "pub mod params;\npub mod queries;\npub mod schemas;\n".to_owned()),
        ("src/params/mod.rs", topics.to_owned()),
        ("src/queries/mod.rs", topics.to_owned()),
        ("src/schemas/mod.rs", topics.to_owned()),
        ("src/params/blog.rs", String::new()),
        ("src/params/user.rs", String::new()),
        ("src/queries/blog.rs", String::new()),
        ("src/queries/user.rs", String::new()),
        ("src/schemas/blog.rs", String::new()),
        ("src/schemas/user.rs", String::new()),
    ]);
    assert_eq!(code(&shop, &["init"]), Some(0));
    let config = std::fs::read_to_string(shop.path().join("archlint.toml")).expect("it was written");
    assert!(!config.contains("slices"), "{config}");
}

#[test]
fn a_package_that_holds_nearly_all_is_ordered_by_its_modules() {
    let names = ["api", "auth", "clock", "crypto", "error", "mail", "rows", "util"];
    let root: String = names.iter().map(|name| format!("pub mod {name};\n")).collect();
    let shop = folder(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"app\", \"macros\"]\nresolver = \"3\"\n".to_owned()),
        ("app/Cargo.toml", package("shop")),
        ("app/src/lib.rs", root),
        (
            "app/src/api.rs",
            "pub fn go() -> crate::rows::Row { crate::auth::check(); crate::rows::Row }\n".to_owned(),
        ),
        ("app/src/auth.rs", "pub fn check() { crate::crypto::hash(); }\n".to_owned()),
        ("app/src/clock.rs", "pub struct Clock;\n".to_owned()),
        ("app/src/crypto.rs", "pub fn hash() {}\n".to_owned()),
        ("app/src/rows.rs", "pub struct Row;\n".to_owned()),
        ("app/src/error.rs", "pub struct Error;\n".to_owned()),
        ("app/src/mail.rs", "pub fn send(_: crate::clock::Clock) {}\n".to_owned()),
        ("app/src/util.rs", "pub fn now() {}\n".to_owned()),
        ("macros/Cargo.toml", package("macros")),
        ("macros/src/lib.rs", "pub fn derive() {}\n".to_owned()),
    ]);
    let init = archlint(shop.path(), &["init"]);
    let told = out(&init);
    assert!(!told.contains("shop 9"), "{told}");
    assert!(told.contains("auth 1") && told.contains("macros 1"), "{told}");
    assert_eq!(code(&shop, &["--ci"]), Some(0));
}

#[test]
fn a_program_without_a_named_core_is_layered_and_settings_that_all_read_are_shared() {
    let shop = folder(&[
        ("Cargo.toml", package("shop")),
        ("src/main.rs", "mod api;\nmod config;\nmod db;\nmod util;\npub const NAME: &str = \"x\";\nfn main() { api::go(); }\n".to_owned()),
        ("src/api.rs", "pub fn go() { crate::db::row(crate::config::get()); crate::util::now(); crate::NAME; }\n".to_owned()),
        ("src/db.rs", "pub fn row(_: u8) { crate::config::get(); crate::util::now(); }\n".to_owned()),
        ("src/config.rs", "pub fn get() -> u8 { 1 }\n".to_owned()),
        ("src/util.rs", "pub fn now() {}\n".to_owned()),
    ]);
    let init = archlint(shop.path(), &["init"]);
    let told = out(&init);
    assert!(told.starts_with("layered: "), "{told}");
    assert!(told.contains("root 1 > presentation 1 > persistence 1 > shared 2"), "{told}");
    assert!(told.contains("nothing to accept"), "{told}");
    let config = std::fs::read_to_string(shop.path().join("archlint.toml")).expect("it was written");
    assert!(config.contains("modules = [\"=shop\"]\nshared = true"), "{config}");
}

#[test]
fn what_is_named_after_a_wire_and_calls_others_is_an_adapter() {
    let told = |api: &str| {
        let shop = shop();
        let root = "pub mod db;\npub mod domain;\npub mod routes;\npub mod startup;\npub mod bank_api;\n";
        write(shop.path(), "src/lib.rs", root);
        write(shop.path(), "src/bank_api.rs", api);
        let manifest = format!(
            "{}[dependencies]\nsqlx = \"0.8\"\naxum = \"0.8\"\nreqwest = \"0.12\"\n",
            package("shop")
        );
        write(shop.path(), "Cargo.toml", manifest);
        out(&archlint(shop.path(), &["init", "--dry-run"])).to_owned()
    };
    let calls = "pub fn pay(_: crate::domain::Order, _: reqwest::Client) {}\n";
    assert!(told(calls).contains("modules = [\"shop::db\", \"shop::bank_api\"]"), "{}", told(calls));
    let answers = format!("{calls}pub fn all() -> axum::Router {{ todo!() }}\n");
    let told = told(&answers);
    assert!(told.contains("modules = [\"shop::routes\", \"shop::bank_api\"]"), "{told}");
}

#[test]
fn a_program_that_calls_what_its_library_defines_breaks_nothing() {
    let shop = folder(&[
        ("Cargo.toml", package("shop")),
        ("src/lib.rs", "pub mod a;\npub mod b;\npub fn run() { a::go() }\n".to_owned()),
        ("src/main.rs", "fn main() { shop::run() }\n".to_owned()),
        ("src/a.rs", "pub fn go() { crate::b::go() }\n".to_owned()),
        ("src/b.rs", "pub fn go() {}\n".to_owned()),
    ]);
    let init = archlint(shop.path(), &["init"]);
    assert!(out(&init).contains("shop 1 > root 1 > a 1 > b 1"), "{}", out(&init));
    assert!(out(&init).contains("nothing to accept"), "{}", out(&init));
}
