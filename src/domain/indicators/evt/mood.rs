//! `evt.mood`: events told in the past, commands in the imperative.

use crate::domain::indicators::measurement::Measurement;
use crate::domain::indicators::scene::Scene;
use crate::domain::indicators::tally::{Member, Tally};
use crate::domain::patterns::MessageForm;
use crate::domain::patterns::names::words;
use crate::domain::policy::constants::Constants;
use crate::domain::policy::model::IndicatorSpec;

/// Measures it.
pub fn measure(scene: &Scene<'_>, spec: &IndicatorSpec) -> Measurement {
    let census = scene.census;
    let events = scene.parameters.section("evt");
    if !events.flag("check_mood") {
        return Measurement::not_applicable(spec, "names of messages are not judged here");
    }
    let mut tally = Tally::new();
    for message in &scene.patterns.messages {
        let name = bare(census.name(message.item), events, message.form);
        let words = words(name);
        let past = |word: &String| is_participle(word, scene.parameters.section("lang"));
        let right = match message.form {
            MessageForm::Event => words.iter().any(past),
            MessageForm::Command => words.first().is_some_and(|first| !past(first) && !is_noun(first, spec)),
        };
        tally.add(match right {
            true => Member::good(census, message.item),
            false => Member::bad(census, message.item, fact(message.form)),
        });
    }
    tally.measure(scene, spec, "names of messages have the right mood", "there is no message")
}

fn fact(form: MessageForm) -> &'static str {
    match form {
        MessageForm::Event => "no word of this event is in the past",
        MessageForm::Command => "this command does not begin with a verb",
    }
}

/// A name without the ending that says what it is.
fn bare<'n>(name: &'n str, events: &Constants, form: MessageForm) -> &'n str {
    let suffixes = match form {
        MessageForm::Event => events.words("event_suffixes"),
        MessageForm::Command => events.words("command_suffixes"),
    };
    let bare = suffixes.iter().find_map(|suffix| name.strip_suffix(suffix.as_str()));
    bare.filter(|bare| !bare.is_empty()).unwrap_or(name)
}

/// Whether a word says that something has happened.
pub fn is_participle(word: &str, lang: &Constants) -> bool {
    let past = |list: &str| lang.words(list).iter().any(|entry| entry == word);
    let ends = lang.is_end_of("participle_suffixes", word);
    past("participles") || past("past_prefixes") || ends
}

fn is_noun(word: &str, spec: &IndicatorSpec) -> bool {
    spec.constants.words("noun_suffixes").iter().any(|suffix| word.ends_with(suffix.as_str()))
}
