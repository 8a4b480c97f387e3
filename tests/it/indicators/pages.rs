//! Each indicator has a page, and what the examples on it measure is what the page says.
//!
//! An example is a fenced block of files, each under `//- /path`, with a line `Value: …` after it.

use archlint::adapters::config::parameters;
use archlint::adapters::pages::Page;
use archlint::adapters::pages::indicators::INDICATORS;
use archlint::domain::indicators::list::ALL;
use archlint::domain::indicators::measurement::Measurement;
use archlint::domain::policy::arithmetic::tenth;

use crate::indicators::pipeline::measured;

/// A fixture of a page, and what the page says that it measures.
struct Example {
    files: String,
    wanted: String,
}

fn examples(page: &Page) -> Vec<Example> {
    let mut examples = Vec::new();
    let (mut files, mut fenced) = (None::<String>, false);
    for line in page.body().lines() {
        match (fenced, line.strip_prefix("Value: ")) {
            _ if line.starts_with("```") => {
                fenced = !fenced;
                if fenced {
                    assert!(files.is_none(), "an example of {} has no `Value:`", page.name);
                    files = Some(String::new());
                }
            }
            (true, _) => {
                if let Some(files) = &mut files {
                    files.push_str(line);
                    files.push('\n');
                }
            }
            (false, Some(wanted)) => {
                let files = files.take().expect("a value follows an example");
                examples.push(Example { files, wanted: wanted.to_owned() });
            }
            (false, None) => {}
        }
    }
    assert!(files.is_none(), "the last example of {} has no `Value:`", page.name);
    examples
}

/// `75.0, 3 of 4 fields are private`; `not applicable, there is no entity`.
fn shown(measurement: &Measurement) -> String {
    let value = measurement.value.map_or("not applicable".to_owned(), tenth);
    format!("{value}, {}", measurement.reason)
}

#[test]
fn examples_measure_what_their_pages_say() {
    let mut faults = Vec::new();
    for page in INDICATORS {
        let examples = examples(page);
        for (at, example) in examples.iter().enumerate() {
            let found = measured(&example.files);
            let found = found.iter().find(|found| found.indicator == page.name).expect("it is listed");
            if shown(found) != example.wanted {
                faults.push(format!("{} {at}: {} is not {}", page.name, shown(found), example.wanted));
            }
            let lost: f64 = found.evidence.iter().map(|evidence| evidence.loss).sum();
            let points = found.value.unwrap_or(100.0);
            let whole = (lost - points).abs().min((lost - (100.0 - points)).abs());
            assert!(found.evidence.is_empty() || whole < 1e-6, "{} loses {lost}", page.name);
            for evidence in &found.evidence {
                let words = evidence.fact.split_whitespace().count();
                assert!((1..=12).contains(&words), "{}: {}", page.name, evidence.fact);
            }
        }
        if examples.len() < 2 {
            faults.push(format!("{} shows one example only", page.name));
        }
        let values: std::collections::BTreeSet<&str> =
            examples.iter().map(|example| example.wanted.split(',').next().unwrap_or_default()).collect();
        if values.len() < 2 {
            faults.push(format!("all examples of {} measure the same", page.name));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pages_say_what_a_page_must() {
    for page in INDICATORS {
        assert_eq!(page.matter("name"), Some(page.name));
        assert!(page.matter("title").is_some_and(|title| !title.is_empty()), "{}", page.name);
        assert!(!page.summary().is_empty() && !page.summary().ends_with('.'), "{}", page.name);
        let sections =
            ["What", "How it is computed", "When it does not apply", "When it is wrong", "Examples"];
        for title in sections {
            let line = format!("## {title}");
            assert!(page.body().lines().any(|other| other == line), "{} lacks {title}", page.name);
        }
    }
}

#[test]
fn pages_list_and_model_agree() {
    let listed: Vec<&str> = ALL.iter().map(|(id, _)| *id).collect();
    let told: Vec<&str> = INDICATORS.iter().map(|page| page.name).collect();
    assert_eq!(listed, told);
    let model = parameters();
    let known: Vec<&str> = model.indicators.iter().map(|spec| spec.id.as_str()).collect();
    assert_eq!(listed, known);
}

#[test]
fn each_indicator_is_a_page_and_a_file_of_its_name() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for id in INDICATORS.iter().map(|page| page.name) {
        let (construct, name) = id.split_once('.').expect("an id has two parts");
        let page = root.join(format!("rules/indicators/{id}.md"));
        let file = root.join(format!("src/domain/indicators/{construct}/{name}.rs"));
        assert!(page.is_file() && file.is_file(), "{id}");
    }
    let pages = std::fs::read_dir(root.join("rules/indicators")).map_or(0, |pages| pages.count());
    assert_eq!(pages, INDICATORS.len(), "a page belongs to no indicator");
}
