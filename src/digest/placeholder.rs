//! Sentences of the writer that are not content: placeholders of empty sections, and the sentence above the source
//! list.

/// Reports whether the whole text of a block is such a sentence.
pub fn is_placeholder(text: &str) -> bool {
    let between = |start: &str, end: &str| text.strip_prefix(start).is_some_and(|rest| rest.ends_with(end));
    match text.as_bytes().first() {
        Some(b'N') => {
            between("No ", " sources available for this time period.")
                // Used until the end of October 2025.
                || between("No ", " sources available for this summary.")
                || between("No takeaways available for ", " sources.")
                || text.trim_end_matches('.') == "No key points available"
        }
        Some(b'T') => opens_source_list(text),
        Some(b'U') => matches!(text, "Unable to generate combined highlights." | "Unable to generate overall summary."),
        _ => false,
    }
}

/// Reports whether a text is the sentence above the source list.
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
            "No Venezuelan sources available for this summary.",
            "No takeaways available for Japan sources.",
            "No key points available",
            "No key points available.",
            "Unable to generate combined highlights.",
            "Unable to generate overall summary.",
            "This summary is based on 20 articles from the following sources:",
            "This summary is based on 1 article from the following sources:",
        ] {
            assert!(is_placeholder(text), "{text}");
            assert!(!is_placeholder(&format!("{text} But talks go on.")));
        }
        assert!(!is_placeholder("No deal was reached."));
        assert!(!is_placeholder("No key points available to the court were shown."));
    }
}
