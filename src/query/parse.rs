//! The words of a query. All must match; `"a phrase"` matches as it stands, and so do the parts of a word with a
//! hyphen, a dot or a slash inside (`dual-use`).

use std::ops::Range;

use crate::schema::{Token, tokens};

/// Longer queries are refused.
const MAX_BYTES: usize = 4096;

/// More words and phrases are refused.
const MAX_CLAUSES: usize = 64;

/// What a unit's text must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextQuery {
    /// What was typed.
    pub text: String,
    /// All of these must match.
    pub clauses: Vec<Clause>,
}

/// A word or a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its words, folded, which must stand side by side.
    pub terms: Vec<String>,
    /// Whether other forms of the word match too (`control` for `controls`).
    pub stemmed: bool,
    /// Its bytes in what was typed.
    pub span: Range<usize>,
}

/// Why a query can't be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// Over 4 KiB.
    #[error("the query has {bytes} bytes; at most {MAX_BYTES} are allowed")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Over 64 words and phrases.
    #[error("the query has {clauses} words and phrases; at most {MAX_CLAUSES} are allowed")]
    TooManyClauses {
        /// How many it has.
        clauses: usize,
    },
    /// A `"` without its partner.
    #[error("this quotation mark is never closed")]
    Unclosed {
        /// The mark.
        span: Range<usize>,
    },
    /// Only punctuation.
    #[error("there is no word to search for")]
    NoWords {
        /// All that was typed.
        span: Range<usize>,
    },
}

impl QueryError {
    /// The part of the query that is wrong.
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            Self::Unclosed { span } | Self::NoWords { span } => Some(span.clone()),
            Self::TooLong { .. } | Self::TooManyClauses { .. } => None,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::TooLong { .. } | Self::TooManyClauses { .. } => "ask for fewer words",
            Self::Unclosed { .. } => "close the phrase with another \", or leave the mark out",
            Self::NoWords { .. } => "search for letters or digits, or leave the text out to see the newest",
        }
    }
}

impl TextQuery {
    /// Understands what was typed; none where there is nothing but white space.
    pub fn parse(text: &str) -> Result<Option<Self>, QueryError> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        if text.len() > MAX_BYTES {
            return Err(QueryError::TooLong { bytes: text.len() });
        }
        let mut clauses = Vec::new();
        for chunk in chunks(text)? {
            let words = tokens(&text[chunk.text.clone()]);
            if !words.is_empty() {
                let stemmed = !chunk.quoted && words.len() == 1;
                clauses.push(Clause {
                    terms: words.into_iter().map(|t: Token| t.term).collect(),
                    stemmed,
                    span: chunk.text,
                });
            }
        }
        if clauses.is_empty() {
            return Err(QueryError::NoWords { span: 0..text.len() });
        }
        if clauses.len() > MAX_CLAUSES {
            return Err(QueryError::TooManyClauses { clauses: clauses.len() });
        }
        Ok(Some(Self { text: text.to_owned(), clauses }))
    }
}

/// What stands between white space, or between quotation marks.
struct Chunk {
    text: Range<usize>,
    quoted: bool,
}

fn chunks(text: &str) -> Result<Vec<Chunk>, QueryError> {
    let mut chunks = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let behind = at + c.len_utf8();
        if is_quote(c) {
            let Some(end) = text[behind..].find(is_quote).map(|i| behind + i) else {
                return Err(QueryError::Unclosed { span: at..behind });
            };
            chunks.push(Chunk { text: behind..end, quoted: true });
            at = end + text[end..].chars().next().map_or(0, char::len_utf8);
        } else if c.is_whitespace() {
            at = behind;
        } else {
            let end = text[at..].find(|c: char| c.is_whitespace() || is_quote(c)).map_or(text.len(), |i| at + i);
            chunks.push(Chunk { text: at..end, quoted: false });
            at = end;
        }
    }
    Ok(chunks)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expect: &str) {
        let query = TextQuery::parse(text).expect(text).expect(text);
        let clauses: Vec<String> = query
            .clauses
            .iter()
            .map(|c| format!("{}{}", c.terms.join("+"), if c.stemmed { "" } else { "!" }))
            .collect();
        assert_eq!(clauses.join(" "), expect, "{text}");
    }

    #[test]
    fn words_and_phrases() {
        check("Export controls", "export controls");
        check("\"export controls\" Japan", "export+controls! japan");
        check("“rare earths” curbs", "rare+earths! curbs");
        check("dual-use dual\u{2011}use", "dual+use! dual+use!");
        check("Trump's U.S. 2,000", "trump us 2000");
        check("新华网 - ok \"\"", "新+华+网! ok");
        check("\"controls\"", "controls!");
    }

    #[test]
    fn errors_say_where() {
        assert_eq!(TextQuery::parse("  "), Ok(None));
        assert_eq!(TextQuery::parse("a \"b c"), Err(QueryError::Unclosed { span: 2..3 }));
        assert_eq!(TextQuery::parse("?! -"), Err(QueryError::NoWords { span: 0..4 }));
        assert_eq!(TextQuery::parse(&"a ".repeat(65)), Err(QueryError::TooManyClauses { clauses: 65 }));
        assert_eq!(TextQuery::parse(&"a".repeat(5000)), Err(QueryError::TooLong { bytes: 5000 }));
    }

    proptest! {
        #[test]
        fn never_panics(text in "(\\PC|[\"“” a-z'.-])*") {
            if let Ok(Some(query)) = TextQuery::parse(&text) {
                for clause in query.clauses {
                    prop_assert!(!tokens(&text[clause.span]).is_empty());
                }
            }
        }
    }
}
