//! What must be known of every sample that perspectives are told by.

use std::collections::BTreeSet;

use crate::insight::Sampled;
use crate::model::Kind;

/// What the samples of perspectives can't say.
pub fn caveats<'a>(kind: Kind, perspectives: impl Iterator<Item = &'a Sampled>) -> Vec<String> {
    let mut caveats = vec![
        format!("shares of the distinct {kind}s sampled; they do not measure how much was published"),
        "a perspective is a feed of sources, which need not speak for a country".to_owned(),
    ];
    if kind != Kind::Title {
        caveats.push(format!("{kind}s are written by a model: their words are its own, not those of sources"));
    }
    caveats.extend(only_language(kind, perspectives));
    caveats
}

/// Where words were found in one language only, though the perspectives' samples are in others, too: it may be for the language
/// that a perspective has less of them.
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
            Some(format!(
                "the words were found in one language only, {lang}, and {kind}s in {others} can't be compared by them"
            ))
        }
        _ => None,
    }
}
