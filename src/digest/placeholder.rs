//! Sentences that the writer puts where it has nothing to say, and the one above its source list. They are not content.

/// Whether the whole text of a block is such a sentence.
pub fn is_placeholder(text: &str) -> bool {
    let between = |start: &str, end: &str| text.strip_prefix(start).is_some_and(|rest| rest.ends_with(end));
    between("No ", " sources available for this time period.")
        || between("No takeaways available for ", " sources.")
        || opens_source_list(text)
        || matches!(text, "Unable to generate combined highlights." | "Unable to generate overall summary.")
}

/// Whether a text is the sentence above the source list.
pub fn opens_source_list(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("This summary is based on ") && text.ends_with(" from the following sources:")
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn only_whole_placeholders_count() {
        for text in [
            "No United States sources available for this time period.",
            "No takeaways available for Japan sources.",
            "Unable to generate combined highlights.",
            "This summary is based on 20 articles from the following sources:",
        ] {
            assert!(is_placeholder(text), "{text}");
            assert!(!is_placeholder(&format!("{text} But talks go on.")));
        }
        assert!(!is_placeholder("No deal was reached."));
    }
}
