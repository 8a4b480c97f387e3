//! Wrong texts, each with what is told about it.

use expect_test::{Expect, expect};

use crate::adapters::config::tests::problems;

#[track_caller]
fn wrong(text: &str, expected: Expect) {
    expected.assert_eq(&problems(text));
}

#[test]
fn unknown_keys_at_every_depth() {
    wrong("[layer]\norder = []", expect!["1:2: unknown key `layer` -- did you mean `layers`?"]);
    wrong(
        "zebra = 1",
        expect![
            "1:1: unknown key `zebra` -- known keys are `analysis`, `crates`, `extends`, `gates`, `layers`, `lints`, `preset`, `roles`, `rule`"
        ],
    );
    wrong(
        "[layers]\nunasigned = \"deny\"",
        expect!["2:1: unknown key `unasigned` in `layers` -- did you mean `unassigned`?"],
    );
    wrong(
        "[layers]\norder = [\"a\"]\n[layers.a]\nmodule = [\"a\"]\nmodules = [\"a\"]",
        expect!["4:1: unknown key `module` in `layers.a` -- did you mean `modules`?"],
    );
    wrong(
        "[layers]\norder = [\"a\"]\n[layers.a]\nmodules = [\"a\"]\ncrates = { dney = [] }",
        expect!["5:12: unknown key `dney` in `layers.a.crates` -- did you mean `deny`?"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nforbit = { from = \"a\", to = \"b\" }",
        expect![[r#"
        1:1: the rule says nothing -- give it one of `forbid`, `protect`, `independent`, `acyclic`, `crates`, `only`
        3:1: unknown key `forbit` in `rule` -- did you mean `forbid`?"#]],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nforbid = { from = \"a\", too = \"b\" }",
        expect![[r#"
        3:1: `forbid` needs `to`
        3:24: unknown key `too` in `rule.forbid` -- did you mean `to`?"#]],
    );
    wrong(
        "[analysis]\nmin-resolved = 95",
        expect!["2:1: unknown key `min-resolved` in `analysis` -- did you mean `min_resolved`?"],
    );
    wrong(
        "[layers]\norder = [\"a\"]\n[layers.a]\nmodules = [\"a\"]\nextend-module = [\"b\"]",
        expect!["5:1: unknown key `extend-module` in `layers.a` -- did you mean `extend-modules`?"],
    );
}

#[test]
fn wrong_types() {
    wrong("preset = 3", expect!["1:10: `preset` must be a string, but this is an integer"]);
    wrong(
        "[layers]\norder = \"domain\"",
        expect!["2:9: `order` must be a list of layers, outermost first, but this is a string"],
    );
    wrong("[layers]\norder = [1]", expect!["2:10: `order` must hold strings, but this is an integer"]);
    wrong(
        "[rule]\nname = \"x\"",
        expect!["1:1: `rule` must be a list of tables, but this is a table -- write `[[rule]]`"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nforbid = \"a -> b\"",
        expect![
            "3:10: `forbid` must be a table, but this is a string -- write `forbid = { from = …, to = … }`"
        ],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nonly = [\"a\"]",
        expect![
            "3:8: `only` must be a table, but this is a list -- write `only = { from = …, to = … }`, or add `protect`"
        ],
    );
    wrong(
        "[[rule]]\nname = \"x\"\ntests = \"yes\"\nacyclic = \"a\"",
        expect!["3:9: `tests` must be `true` or `false`, but this is a string"],
    );
    wrong(
        "[layers]\norder = [\"a\"]\n[layers.a]\nmodules = [\"a\"]\ncrates = [\"sqlx\"]",
        expect![[
            r#"5:10: `crates` must be a table, but this is a list -- write `crates = { deny = ["@database"] }`"#
        ]],
    );
    wrong(
        "[analysis]\nmin_resolved = \"95\"",
        expect!["2:16: `min_resolved` must be a number, but this is a string"],
    );
    wrong("[lints]\nx = 1", expect!["2:5: `x` must be a string, but this is an integer"]);
    wrong(
        "[lints]\nunused-dependencies = \"deny\"",
        expect!["2:1: there is no lint `unused-dependencies` -- did you mean `unused-dependency`?"],
    );
}

#[test]
fn bad_globs() {
    wrong(
        "[[rule]]\nname = \"x\"\nacyclic = [\"a::**b\", \"a::::b\", \"a:b\", \"\", \"src/db.rs\"]",
        expect![[r#"
            3:12: `**` must stand alone between `::` in `a::**b` -- write `a::**::b`
            3:22: `a::::b` has an empty segment -- separate names by `::`, once
            3:32: `a:` is no kind of selector -- write one of `layer`, `role`, `crate`
            3:39: the selector is empty -- name a module, as `shop::domain`
            3:43: `src/db.rs` is not a module path -- write `src::db`"#]],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nindependent = \"shop::{}\"",
        expect![
            "3:15: `{}` is not a capture -- write a name in braces as a whole segment, as `shop::{slice}`"
        ],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nindependent = \"shop::{a}::{a}\"",
        expect!["3:15: `{a}` stands twice in `shop::{a}::{a}` -- give each capture its own name"],
    );
}

#[test]
fn unknown_names() {
    wrong("preset = \"onoin\"", expect!["1:10: there is no preset `onoin` -- did you mean `onion`?"]);
    wrong(
        "[layers]\norder = [\"domian\"]\n[layers.domain]\nmodules = [\"a\"]",
        expect!["2:10: layer `domian` is in `order` but is not declared -- did you mean `domain`?"],
    );
    wrong(
        "[layers]\norder = [\"a\", \"zebra\"]\n[layers.a]\nmodules = [\"a\"]",
        expect!["2:15: layer `zebra` is in `order` but is not declared -- declare it as `[layers.zebra]`"],
    );
    wrong(
        "[layers]\norder = [\"domain\"]\n[layers.domain]\nmodules = [\"a\"]\n[[rule]]\nname = \"x\"\nprotect = \"crate:sqlx\"\nonly = \"layer:domian\"",
        expect!["8:8: there is no layer `domian` -- did you mean `domain`?"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nprotect = \"@databse\"\nonly = []",
        expect!["3:11: there is no category `databse` -- did you mean `database`?"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nprotect = \"role:adaptor\"\nonly = []",
        expect!["3:11: there is no role `adaptor` -- did you mean `adapter`?"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nprotect = \"module:a\"\nonly = []",
        expect!["3:11: `module:` is no kind of selector -- write one of `layer`, `role`, `crate`"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nacyclic = \"a\"\nlevel = \"error\"",
        expect!["4:9: `level` cannot be `error` -- write one of `allow`, `note`, `warn`, `deny`"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nacyclic = \"a\"\nkinds = [\"reexport\"]",
        expect!["4:10: there is no kind of dependency `reexport` -- did you mean `re-export`?"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nforbid = { from = \"a\", to = \"b\" }\nvia = \"all\"",
        expect!["4:7: `via` cannot be `all` -- write one of `direct`, `any`"],
    );
    wrong(
        "[crates]\nacme-db = \"database_sqll\"",
        expect!["2:11: there is no category `database_sqll` -- did you mean `database_sql`?"],
    );
    wrong(
        "[roles]\n\"shop::x\" = \"adaptr\"",
        expect!["2:13: `role` cannot be `adaptr` -- did you mean `adapter`?"],
    );
}

#[test]
fn contradictions() {
    wrong(
        "[[rule]]\nname = \"x\"\nacyclic = \"a\"\nindependent = \"a::{b}\"",
        expect!["4:1: `acyclic` and `independent` cannot stand in one rule -- make two rules of it"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nacyclic = \"a\"\nvia = \"any\"",
        expect!["4:7: `via` says nothing of a cycle, which is a chain by itself -- remove it"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nforbid = { from = \"a\", to = \"b\" }\nby = \"layers\"",
        expect!["4:1: `by` belongs to `acyclic`, not to `forbid`"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nforbid = { from = \"a\", to = \"b\" }\nfrom = \"c\"",
        expect!["4:1: `from` belongs to `crates`, not to `forbid` -- write `forbid = { from = …, to = … }`"],
    );
    wrong(
        "[layers]\norder = [\"a\"]\n[layers.a]\nmodules = [\"a\"]\ncrates = { allow = [\"uuid\"] }",
        expect![
            "5:12: `allow` makes exceptions to `deny`, and nothing is denied here -- use `only = […]` for a closed list"
        ],
    );
    wrong(
        "[layers]\norder = [\"a\", \"a\"]\n[layers.a]\nmodules = [\"a\"]",
        expect!["2:15: layer `a` stands twice in `order`"],
    );
    wrong(
        "[layers]\norder = [\"a\"]\n[layers.a]\nmodules = [\"layer:a\", \"@database\", \"role:domain\"]",
        expect![[r#"
            4:12: a layer cannot be made of layers -- name modules, as `shop::domain`
            4:23: a layer cannot be made of external crates -- name modules, as `shop::domain`
            4:36: a layer cannot be made of roles -- name modules, as `shop::domain`"#]],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nindependent = \"shop::orders\"",
        expect![
            "3:15: `shop::orders` is one part, and a part cannot be independent of itself -- capture what tells parts apart, as `shop::{slice}`, or list several"
        ],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nindependent = [\"shop::{a}\", \"shop::b\"]",
        expect!["3:15: either every part has a capture or none has -- make two rules of it"],
    );
}

#[test]
fn what_is_missing_or_doubled() {
    wrong(
        "[[rule]]\nname = \"x\"",
        expect![
            "1:1: the rule says nothing -- give it one of `forbid`, `protect`, `independent`, `acyclic`, `crates`, `only`"
        ],
    );
    wrong(
        "[[rule]]\nacyclic = \"a\"",
        expect![[r#"1:1: a rule needs a `name` -- add `name = "what must hold"`"#]],
    );
    wrong("[[rule]]\nname = \"x\"\nforbid = { from = \"a\" }", expect!["3:1: `forbid` needs `to`"]);
    wrong(
        "[[rule]]\nname = \"x\"\nprotect = \"a\"",
        expect!["3:1: `protect` needs `only`: who may use it -- add `only = […]`; an empty list says nobody"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\ncrates = { deny = [\"a\"] }",
        expect![[r#"3:1: `crates` needs `from`: whose crates -- add `from = "shop::domain"`"#]],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nacyclic = \"a\"\n[[rule]]\nname = \"x\"\nacyclic = \"b\"",
        expect!["5:8: there are two rules `x` -- give each rule its own name"],
    );
    wrong(
        "[[rule]]\nname = \"unused-dependency\"\nacyclic = \"a\"",
        expect!["2:8: `unused-dependency` is the name of a built-in rule -- choose another name"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nacyclic = []",
        expect!["3:11: `acyclic` names nothing -- name what the rule is about, or remove the rule"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nforbid = { from = [], to = [] }",
        expect![[r#"
            3:19: `from` names nothing -- name what the rule is about, or remove the rule
            3:28: `to` names nothing -- name what the rule is about, or remove the rule"#]],
    );
    wrong(
        "[layers]\norder = []",
        expect!["2:9: `order` names no layer -- name the layers, outermost first, or remove `[layers]`"],
    );
    wrong(
        "[[rule.test]]\ndeny = \"a -> b\"",
        expect![
            "1:8: a `[[rule.test]]` stands below the `[[rule]]` it tests -- for the order of layers write `[[layers.test]]`"
        ],
    );
    wrong(
        "[layers]\norder = [\"a\"]\n[layers.a]\nmodules = [\"a\"]\n[[layers.test]]\ndeny = \"a\"",
        expect!["6:8: `a` is not a dependency -- write `shop::a -> shop::b`"],
    );
    wrong(
        "[analysis]\nmin_resolved = 99999999999999999999999",
        expect!["2:16: `min_resolved` must be a number that can be counted with"],
    );
    wrong(
        "[[rule]]\nname = \"layers\"\nacyclic = \"a\"",
        expect!["2:8: `layers` is the name of a built-in rule -- choose another name"],
    );
    wrong(
        "[layers]\norder = [\"a\"]\n[layers.a]",
        expect![[r#"3:9: layer `a` has no `modules` -- list them, as `modules = ["shop::domain"]`"#]],
    );
    wrong(
        "[layers]\norder = [\"a\"]\n[layers.a]\nmodules = [\"a\"]\n[layers.b]\nmodules = [\"b\"]",
        expect![
            "5:9: layer `b` is declared but is not in `order` -- name it in `layers.order`, outermost first, or mark it `shared = true`"
        ],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nacyclic = \"a\"\n[[rule.test]]\ndeny = \"a to b\"\n[[rule.test]]",
        expect![[r#"
            5:8: `a to b` is not a dependency -- write `shop::a -> shop::b`
            6:1: the test says nothing -- give it `deny` or `allow`"#]],
    );
}

#[test]
fn what_cannot_be_read_or_is_not_there_yet() {
    wrong("[layers\norder = 1", expect!["1:8: unclosed table, expected `]`"]);
    wrong("a = 1\na = 2", expect!["2:1: duplicate key"]);
    wrong(
        "[analysis]\nmin_resolved = 950",
        expect![
            "2:16: `min_resolved` is in percent, and 950 is not within 0 and 100 -- write a number such as 95"
        ],
    );
}

#[test]
fn places_count_characters() {
    wrong(
        "[layers]\norder = [\"gr\u{f6}\u{df}e\", 7]",
        expect![[r#"
            2:10: layer `größe` is in `order` but is not declared -- declare it as `[layers.größe]`
            2:19: `order` must hold strings, but this is an integer"#]],
    );
    wrong(
        "[[rule]]\nname = \"x\"\n\"\u{fc}\" = 1\nacyclic = \"a\"",
        expect![
            "3:1: unknown key `ü` in `rule` -- known keys are `acyclic`, `baseline`, `because`, `by`, `crates`, `except`, `forbid`, `from`, `independent`, `instead`, `kinds`, `level`, `name`, `only`, `optional`, `protect`, `test`, `tests`, `via`"
        ],
    );
    wrong(
        "\u{feff}zebra = 1\r\n[analysis]\r\nx = 1",
        expect![[r#"
            1:1: unknown key `zebra` -- known keys are `analysis`, `crates`, `extends`, `gates`, `layers`, `lints`, `preset`, `roles`, `rule`
            3:1: unknown key `x` in `analysis` -- known keys are `doc_links`, `doctests`, `min_resolved`"#]],
    );
}

#[test]
fn allowances_that_are_none() {
    wrong(
        "[[rule]]\nname = \"x\"\nacyclic = \"a\"\nbaseline = \"no\"",
        expect!["4:12: `baseline` must be `true` or `false`, but this is a string"],
    );
    wrong(
        "[layers]\nbaselin = false\norder = [\"a\"]\n[layers.a]\nmodules = [\"a\"]",
        expect!["2:1: unknown key `baselin` in `layers` -- did you mean `baseline`?"],
    );
    wrong(
        "[lints]\nunused-supression = \"deny\"",
        expect!["2:1: there is no lint `unused-supression` -- did you mean `unused-suppression`?"],
    );
    wrong(
        "[lints]\nstale-baseline = true",
        expect!["2:18: `stale-baseline` must be a string, but this is a boolean"],
    );
    wrong(
        "[lints]\ninvalid-suppression = \"forbid\"",
        expect![
            "2:23: `invalid-suppression` cannot be `forbid` -- write one of `allow`, `note`, `warn`, `deny`"
        ],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nacyclic = \"a\"\n[[rule.test]]\ndeny = \"a -> b -> c\"",
        expect!["5:8: `a -> b -> c` is not a dependency -- write `shop::a -> shop::b`"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nacyclic = \"a\"\ntest = \"a -> b\"",
        expect!["4:8: `test` must be a list of tables, but this is a string"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nacyclic = \"a\"\n[[rule.test]]\nforbid = \"a -> b\"",
        expect![[r#"
            4:1: the test says nothing -- give it `deny` or `allow`
            5:1: unknown key `forbid` in `rule.test` -- known keys are `allow`, `deny`"#]],
    );
}

#[test]
fn what_contradicts_itself() {
    let layer = "[layers]\norder = [\"a\"]\n[layers.a]\nmodules = [\"a\"]\n";
    wrong(
        &format!("{layer}crates = {{ deny = [\"sqlx\"], allow = [\"uuid\", \"sqlx\"] }}"),
        expect!["5:46: `sqlx` is denied and allowed -- keep one of the two"],
    );
    wrong(
        &format!("{layer}crates = {{ only = [\"serde\"], deny = [\"serde\"] }}"),
        expect!["5:20: `serde` is denied and on the closed list -- keep one of the two"],
    );
    wrong(
        &format!("{layer}crates = {{ deny = [\"std::fss\"] }}"),
        expect!["5:20: the standard library has no module `fss` -- did you mean `std::fs`?"],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nindependent = [\"shop::a\", \"shop::b\", \"shop::a::c\"]",
        expect![
            "3:38: `shop::a::c` is part of `shop::a`, which is listed too -- list parts that stand apart"
        ],
    );
    wrong(
        "[[rule]]\nname = \"x\"\nacyclic = \"shop\"\nby = \"layers\"",
        expect!["4:1: there are no layers to go in circles -- declare them under `[layers]`"],
    );
}
