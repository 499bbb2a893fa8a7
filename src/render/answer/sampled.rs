//! What must be known of every sample that sides are told by.

use crate::insight::Sampled;
use crate::schema::Kind;

/// What the samples of sides can't say.
pub fn caveats<'a>(kind: Kind, mut sides: impl Iterator<Item = &'a Sampled>) -> Vec<String> {
    let mut caveats = vec![
        format!("of the different {kind}s that the digests took in: a sample, from which no volume can be told"),
        "a side is a feed of outlets, which need not speak for a country".to_owned(),
    ];
    if kind != Kind::Title {
        caveats.push(format!("{kind}s are written by a model: their words are its own, not those of outlets"));
    }
    if let Some(lang) = sides.find_map(Sampled::only_lang) {
        caveats.push(format!("the words were found in one language only, {lang}, and others are in the sample"));
    }
    caveats
}
