//! Which parts of a hit's text match the words of the query.

use std::collections::BTreeSet;
use std::ops::Range;

use super::TextQuery;
use crate::schema::{Language, Token, stem, stems, tokens};

/// The bytes of a text that match, in order and apart from each other. A phrase is one range.
pub fn marks(text: &str, query: &TextQuery, language: Language) -> Vec<Range<usize>> {
    let words = tokens(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    for clause in &query.clauses {
        let forms = if clause.stemmed { stems(&clause.terms[0]) } else { BTreeSet::new() };
        let same = |word: &Token, term: &String| {
            word.term == *term || clause.stemmed && forms.contains(&*stem(&word.term, language))
        };
        for window in words.windows(clause.terms.len()) {
            if window.iter().zip(&clause.terms).all(|(word, term)| same(word, term)) {
                found.push(window[0].span.start..window[window.len() - 1].span.end);
            }
        }
    }
    found.sort_by_key(|r| (r.start, r.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, query: &str, expect: &[&str]) {
        let query = TextQuery::parse(query).expect(query).expect(query);
        let got: Vec<&str> = marks(text, &query, Language::English).into_iter().map(|r| &text[r]).collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn words_forms_and_phrases() {
        check(
            "China’s export control: controls on exports",
            "exports control",
            &["export", "control", "controls", "exports"],
        );
        check("export controls, control exports", "\"export controls\"", &["export controls"]);
        check("Dual‑use items of dual use", "dual-use", &["Dual‑use", "dual use"]);
        check("a b c", "\"a b\" \"b c\"", &["a b c"]);
        check("Trump’s Japón", "trump japon", &["Trump", "Japón"]);
        check("nothing", "else", &[]);
    }
}
