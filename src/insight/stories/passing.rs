//! Words that titles of any event have, and that say nothing of which. With what binds words together they would, in a
//! story of many titles, become its centre, and draw in others.

use std::collections::HashSet;

use crate::text::{Language, function_words, stem};

const ENGLISH: &str = "all amid again down few further hers it may now off once out said say says up us vs who";

const SPANISH: &str = "algo antes aun cada cuya cuyo dos era eso estaba estado estar esto hoy nada os otra otro sea sin son tanto \
     tiene toda todo todos uno";

/// The stems of all such words of a language. Those of others are words of their own in it: `UN` is no Spanish article
/// in an English title.
pub fn passing_stems(language: Language) -> HashSet<String> {
    let others = match language {
        Language::English => ENGLISH,
        Language::Spanish => SPANISH,
        Language::Other => "",
    };
    let words = function_words(language).into_iter().chain(others.split(' ').filter(|word| !word.is_empty()));
    words.map(|word| stem(word, language)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_pass_in_their_language_only() {
        for (word, language, passes) in [
            ("the", Language::English, true),
            ("un", Language::English, false),
            ("un", Language::Spanish, true),
            ("says", Language::English, true),
            ("uno", Language::Spanish, true),
            ("the", Language::Spanish, false),
            ("the", Language::Other, false),
        ] {
            assert_eq!(passing_stems(language).contains(&stem(word, language)), passes, "{word}");
        }
    }
}
