//! The pages of the constructs of the causal model.

use crate::adapters::pages::Page;

/// Every page, in the order of the model.
pub const CONSTRUCTS: [Page; 20] = [
    Page { name: "dip", text: include_str!("../../../rules/constructs/dip.md") },
    Page { name: "purity", text: include_str!("../../../rules/constructs/purity.md") },
    Page { name: "repo", text: include_str!("../../../rules/constructs/repo.md") },
    Page { name: "svc", text: include_str!("../../../rules/constructs/svc.md") },
    Page { name: "uow", text: include_str!("../../../rules/constructs/uow.md") },
    Page { name: "agg", text: include_str!("../../../rules/constructs/agg.md") },
    Page { name: "evt", text: include_str!("../../../rules/constructs/evt.md") },
    Page { name: "cqrs", text: include_str!("../../../rules/constructs/cqrs.md") },
    Page { name: "di", text: include_str!("../../../rules/constructs/di.md") },
    Page { name: "pyr", text: include_str!("../../../rules/constructs/pyr.md") },
    Page { name: "infra", text: include_str!("../../../rules/constructs/infra.md") },
    Page { name: "mud", text: include_str!("../../../rules/constructs/mud.md") },
    Page { name: "lang", text: include_str!("../../../rules/constructs/lang.md") },
    Page { name: "tst", text: include_str!("../../../rules/constructs/tst.md") },
    Page { name: "inv", text: include_str!("../../../rules/constructs/inv.md") },
    Page { name: "isc", text: include_str!("../../../rules/constructs/isc.md") },
    Page { name: "maint", text: include_str!("../../../rules/constructs/maint.md") },
    Page { name: "deliv", text: include_str!("../../../rules/constructs/deliv.md") },
    Page { name: "rel", text: include_str!("../../../rules/constructs/rel.md") },
    Page { name: "read", text: include_str!("../../../rules/constructs/read.md") },
];

/// The page of a construct, by its id.
pub fn construct(id: &str) -> Option<&'static Page> {
    CONSTRUCTS.iter().find(|page| page.name == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::adapters::config::parameters;
    use crate::domain::policy::model::{ConstructSpec, Kind, Link, Parameters, Sign};

    /// The lines of a section.
    fn section<'a>(page: &'a Page, title: &str) -> Vec<&'a str> {
        let lines = page.body().lines().skip_while(move |line| line.strip_prefix("## ") != Some(title));
        lines.skip(1).take_while(|line| !line.starts_with("## ")).filter(|line| !line.is_empty()).collect()
    }

    fn strength(k: f64) -> &'static str {
        match k {
            k if k >= 1.0 => "strong",
            k if k >= 0.6 => "moderate",
            _ => "weak",
        }
    }

    /// The line of a page about a link.
    fn line(link: &Link, words: [&str; 2], other: &ConstructSpec) -> String {
        let word = if link.sign == Sign::Plus { words[0] } else { words[1] };
        format!("- {word} `{}`, {}: {}", other.id, strength(link.k), link.ground)
    }

    fn causes(model: &Parameters, place: usize) -> Vec<String> {
        let links = model.links.iter().filter(|link| link.to == place);
        links.map(|link| line(link, ["raised by", "lowered by"], &model.constructs[link.from])).collect()
    }

    fn effects(model: &Parameters, place: usize) -> Vec<String> {
        let links = model.links.iter().filter(|link| link.from == place);
        links.map(|link| line(link, ["raises", "lowers"], &model.constructs[link.to])).collect()
    }

    #[test]
    fn pages_and_model_agree() {
        let model = parameters();
        assert_eq!(CONSTRUCTS.len(), model.constructs.len());
        for (place, construct) in model.constructs.iter().enumerate() {
            let page = &CONSTRUCTS[place];
            assert_eq!((page.name, page.matter("name")), (&*construct.id, Some(&*construct.id)));
            assert_eq!(page.matter("title"), Some(&*construct.name));
            assert!(!page.summary().is_empty() && !page.summary().ends_with('.'), "{}", page.name);
            assert_eq!(section(page, "What leads to it"), causes(&model, place), "{}", page.name);
            assert_eq!(section(page, "What follows from it"), effects(&model, place), "{}", page.name);
            for title in ["What", "What to do first", "When it is wrong"] {
                assert!(!section(page, title).is_empty(), "{} lacks {title}", page.name);
            }
        }
    }

    #[test]
    fn pages_list_indicators_with_their_weights() {
        let model = parameters();
        for (place, construct) in model.constructs.iter().enumerate() {
            let page = &CONSTRUCTS[place];
            let table = section(page, "How it is measured");
            let rows: Vec<&str> = table.into_iter().skip(2).collect();
            let starts: Vec<String> = model
                .indicators_of(place)
                .map(|indicator| format!("| `{}` | {:.2} | ", indicator.id, indicator.weight))
                .collect();
            assert_eq!(rows.len(), starts.len(), "{}", page.name);
            for (row, start) in rows.iter().zip(&starts) {
                assert!(row.starts_with(start.as_str()), "{row} does not start with {start}");
            }
            assert_eq!(rows.is_empty(), construct.kind == Kind::Outcome);
        }
    }

    #[test]
    fn outcomes_name_the_checks_there_are() {
        let checks: Vec<String> =
            parameters().section("check").entries.keys().map(|name| format!("`check.{name}`")).collect();
        let rows: Vec<&str> = CONSTRUCTS
            .iter()
            .flat_map(|page| section(page, "What is checked beside it").into_iter().skip(2))
            .collect();
        assert_eq!(rows.len(), checks.len());
        for check in checks {
            assert!(rows.iter().any(|row| row.contains(&check)), "{check} stands on no page");
        }
    }

    #[test]
    fn pages_are_found_by_id() {
        assert_eq!(construct("uow").and_then(|page| page.matter("title")), Some("Unit of work"));
        assert!(construct("unit-of-work").is_none());
    }
}
