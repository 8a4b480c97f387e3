//! Workspaces on disk, made for one test.

use std::path::Path;
use std::process::{Command, Output};

use archlint::adapters::sources::Disk;
use archlint::application::ports::{Codebase, ReadError, Reading};
use tempfile::TempDir;

/// A folder with files, each given as path and text.
pub fn folder<T: AsRef<[u8]>>(files: &[(&str, T)]) -> TempDir {
    let folder = TempDir::new().expect("the temporary folder is writable");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

/// Writes one file, and the folders it lies in.
pub fn write(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let full = root.join(path);
    let parent = full.parent().expect("a file lies in a folder");
    std::fs::create_dir_all(parent).expect("the temporary folder is writable");
    std::fs::write(full, text).expect("the temporary folder is writable");
}

/// What is read of the workspace around `cwd`.
pub fn read(cwd: &Path) -> Result<Reading, ReadError> {
    Disk::open(None, cwd)?.read()
}

/// Paths of the files that were read.
pub fn files(reading: &Reading) -> Vec<&str> {
    reading.files.iter().map(|file| file.path.as_str()).collect()
}

/// Paths of the files that were not, with the reason.
pub fn unreadable(reading: &Reading) -> Vec<(&str, &str)> {
    reading.unreadable.iter().map(|missing| (missing.path.as_str(), missing.reason.as_str())).collect()
}

/// Names of the packages.
pub fn packages(reading: &Reading) -> Vec<&str> {
    reading.workspace.packages.iter().map(|package| package.name.as_str()).collect()
}

/// The manifest of a package, of edition 2021.
pub fn package(name: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")
}

/// Whole files whose syntax trees would be `n` nodes high, each with a name.
pub fn deep(n: usize) -> Vec<(&'static str, String)> {
    let body = |inside: String| format!("fn deep() {{ {inside} }}\nfn flat() {{}}\n");
    vec![
        ("blocks", body("{".repeat(n) + &"}".repeat(n))),
        ("parentheses", body("(".repeat(n) + "1" + &")".repeat(n))),
        ("arrays", body("[".repeat(n) + "1" + &"]".repeat(n))),
        ("sums", body(format!("1{}", " + 1".repeat(n)))),
        ("else_ifs", body(format!("if a {{}}{}", " else if a {}".repeat(n)))),
        ("nots", body(format!("{}a", "!".repeat(n)))),
        ("references", body(format!("{}a", "&".repeat(n)))),
        ("pointers", body(format!("{}a", "*".repeat(n)))),
        ("calls", body(format!("a{}", ".f()".repeat(n)))),
        ("calls_of_calls", body(format!("a{}", "()".repeat(n)))),
        ("questions", body(format!("a{}", "?".repeat(n)))),
        ("casts", body(format!("a{}", " as u8".repeat(n)))),
        ("closures", body(format!("{}a", "|x| ".repeat(n)))),
        ("returns", body(format!("{}a", "return ".repeat(n)))),
        ("assignments", body(format!("{}a", "a = ".repeat(n)))),
        ("generics", format!("type Deep = {}u8{};\nfn flat() {{}}\n", "Vec<".repeat(n), ">".repeat(n))),
        (
            "generics_in_lists",
            format!("type Deep = {}u8{};\nfn flat() {{}}\n", "A<u8, ".repeat(n), ">".repeat(n)),
        ),
        ("function_types", format!("type Deep = {}u8;\nfn flat() {{}}\n", "fn() -> ".repeat(n))),
        ("patterns", body(format!("let {}a = b;", "&".repeat(n)))),
        ("modules", "mod m {".repeat(n) + &"}".repeat(n)),
        ("imports", format!("use {}a;\nfn flat() {{}}\n", "a::".repeat(n))),
        ("import_groups", format!("use {}a{};\nfn flat() {{}}\n", "a::{".repeat(n), "}".repeat(n))),
        ("macro_arguments", format!("m! {{ {}{} }}\nfn flat() {{}}\n", "(".repeat(n), ")".repeat(n))),
        ("unclosed", "[".repeat(n)),
        ("unopened", "}".repeat(n)),
        ("comments", format!("{}{}\nfn flat() {{}}\n", "/*".repeat(n), "*/".repeat(n))),
        ("tails", body(format!("{}1{}", "a.f(".repeat(n / 4), ").g().g().g()".repeat(n / 4)))),
    ]
}

/// Runs the built program in a folder, without the settings of whoever runs the tests.
pub fn archlint(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-archlint"))
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE")
        .output()
        .expect("the program was built")
}

/// What a program wrote to its output.
pub fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("output is UTF-8")
}

/// What a program wrote to where problems go.
pub fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("output is UTF-8")
}
