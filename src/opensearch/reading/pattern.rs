//! Regular expressions of dictionary look-ups, in the syntax of Lucene.

/// Escapes text. Letters must not be escaped: some name classes of characters then.
fn escaped(text: &[char]) -> String {
    let mut escaped = String::new();
    for &c in text {
        if c.is_ascii() && !c.is_ascii_alphanumeric() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Returns a pattern of the words with a prefix, itself included.
pub fn with_prefix(prefix: &str) -> String {
    escaped(&prefix.chars().collect::<Vec<_>>()) + ".*"
}

/// Returns a pattern of the words within some edits of one, itself included: insertions, deletions, substitutions and
/// transpositions of adjacent characters.
pub fn within_edits(word: &str, edits: u8) -> String {
    within(&word.chars().collect::<Vec<_>>(), edits)
}

/// Splits a word in the middle, and the edits in all ways, so that the pattern is short: about n · log(n) for one edit
/// of n characters. The list of all single changes has n².
fn within(word: &[char], edits: u8) -> String {
    let (left, right) = word.split_at(word.len() / 2);
    if edits == 0 {
        return escaped(word);
    }
    let (Some((last, before)), Some((first, after))) = (left.split_last(), right.split_first()) else {
        return of_one(word, usize::from(edits));
    };
    let split = |k| within(left, k) + &within(right, edits - k);
    let swapped = |k| within(before, k) + &escaped(&[*first, *last]) + &within(after, edits - 1 - k);
    let ways: Vec<String> = (0..=edits).map(split).chain((0..edits).map(swapped)).collect();
    format!("({})", ways.join("|"))
}

/// Returns a pattern for at most one character: any others up to the number of edits, or it among others.
fn of_one(word: &[char], edits: usize) -> String {
    let any = ".?".repeat(edits);
    if word.is_empty() {
        return any;
    }
    let among = |before: usize| ".".repeat(before) + &escaped(word) + &".".repeat(edits - before);
    let ways: Vec<String> = std::iter::once(any).chain((0..=edits).map(among)).collect();
    format!("({})", ways.join("|"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn patterns_match_the_words_within_edits(
            word in "[ab+中🌂]{0,8}", other in "[ab+中🌂x]{0,10}", edits in 0u8..3,
        ) {
            let pattern = regex::Regex::new(&format!("^(?s:{})$", within_edits(&word, edits))).expect("a pattern");
            prop_assert_eq!(pattern.is_match(&other), strsim::osa_distance(&word, &other) <= usize::from(edits));
        }
    }

    #[test]
    fn patterns_stay_below_the_limit_of_length() {
        let longest = "+".repeat(64);
        // `index.max_regex_length` of the indices.
        assert!(within_edits(&longest, 2).len() < 32_768);
    }
}
