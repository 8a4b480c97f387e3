//! Words that a reader of files looks for: they are needed before there is a policy.

use std::path::Path;

use crate::adapters::config::docs;
use crate::adapters::config::extends::Library;
use crate::adapters::config::locate;
use crate::adapters::config::model;
use crate::adapters::config::reader::Reading;
use crate::adapters::config::tree::{self, Entry, Node};
use crate::domain::policy::constants::Constants;
use crate::domain::source::deeds::SqlVerb;
use crate::domain::source::docs::Docs;
use crate::domain::source::vocabulary::{SqlWords, Vocabulary};

/// The words that come with the tool.
pub fn vocabulary() -> Vocabulary {
    words(&model::facts(None))
}

/// The words that the configuration of the workspace at `root` makes of them, `explicit` where one is
/// named. What is wrong with it is told by [`load`](crate::adapters::config::load): here it changes nothing.
pub fn vocabulary_at(root: &Path, explicit: Option<&Path>) -> Vocabulary {
    Vocabulary { docs: docs(root, explicit), ..words(&model::facts(entry(root, explicit).as_ref())) }
}

/// `[facts]` of a configuration, with all it is built on.
fn entry(root: &Path, explicit: Option<&Path>) -> Option<Entry> {
    let found = locate::find(root, explicit).ok()??;
    let Node::Table(table) = found.value.node else { return None };
    let read = |path: &Path| locate::text(path);
    let library = Library { read: &read, root };
    let built = library.build(table, &found.path, &mut Reading::new(&found.name, &found.path));
    tree::extended(built.table).get("facts").cloned()
}

fn words(facts: &Constants) -> Vocabulary {
    let upper = |key: &str| facts.words(key).iter().map(|word| word.to_ascii_uppercase());
    let verbs = |key: &str, verb: SqlVerb| upper(key).map(move |word| (word, verb)).collect::<Vec<_>>();
    let rows = |key: &str| {
        let row = |words: String| words.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        upper(key).map(row).filter(|row| !row.is_empty()).collect()
    };
    Vocabulary {
        deciding_methods: facts.words("decision_methods").to_vec(),
        deciding_macros: facts.words("decision_macros").to_vec(),
        test_attributes: facts.words("test_attributes").to_vec(),
        case_attributes: facts.words("case_attributes").to_vec(),
        results: facts.words("response_patterns").to_vec(),
        generated_marker: facts.word("generated_marker").to_owned(),
        generated_lines: facts.count("generated_marker_lines") as usize,
        sql: SqlWords {
            verbs: [
                verbs("sql_reads", SqlVerb::Read),
                verbs("sql_writes", SqlVerb::Write),
                verbs("sql_begins", SqlVerb::Begin),
                verbs("sql_defines", SqlVerb::Define),
            ]
            .concat(),
            continues: upper("sql_continues").collect(),
            complex: rows("sql_complex"),
            guards: rows("sql_guards"),
            limits: rows("sql_limits"),
        },
        docs: Docs::default(),
    }
}
