//! Notes on samples of perspectives.

use std::collections::BTreeSet;

use crate::insight::Sampled;
use crate::model::Kind;
use crate::render::Note;

/// Returns the notes on samples of a kind of entry.
pub fn notes<'a>(kind: Kind, perspectives: impl Iterator<Item = &'a Sampled>) -> Vec<Note> {
    let mut notes = vec![
        Note::standing(format!("shares of the distinct {kind}s sampled; they do not measure how much was published")),
        Note::standing("a perspective is a feed of sources, which need not speak for a country"),
    ];
    if kind != Kind::Title {
        notes.push(Note::standing(format!("{kind}s are written by a model, not in the words of the sources")));
    }
    notes.extend(only_language(kind, perspectives).map(Note::answer));
    notes
}

/// Returns a note where the words were found in one language only, but the samples have others: a perspective may have fewer
/// matches because of its language.
fn only_language<'a>(kind: Kind, perspectives: impl Iterator<Item = &'a Sampled>) -> Option<String> {
    let (mut sampled, mut with) = (BTreeSet::new(), BTreeSet::new());
    let langs = perspectives.flat_map(|perspective| &perspective.langs);
    for (lang, found) in langs.filter_map(|(lang, (found, _))| Some((lang.as_deref()?, found))) {
        sampled.insert(lang);
        with.extend((*found > 0).then_some(lang));
    }
    match &with.iter().collect::<Vec<_>>()[..] {
        [lang] if sampled.len() > 1 => {
            let others: Vec<&str> = sampled.into_iter().filter(|other| other != *lang).collect();
            let others = others.join(", ");
            Some(format!("the words were found in {lang} only; they do not compare {kind}s in {others}"))
        }
        _ => None,
    }
}
