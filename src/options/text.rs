//! The words to search for, as one text.

use crate::query::{NodeKind, ParseOptions, TextQuery};

/// Joins pieces of a text, which on a command line are arguments. A piece of several words beside `OR` or `NOT` is a
/// group: the shell has taken its quotation marks away. `words` says that nothing in the text is an operator.
pub(super) fn joined(pieces: &[String], words: bool) -> String {
    let is_operator =
        |at: Option<&String>, operators: &[&str]| at.is_some_and(|piece| operators.contains(&piece.as_str()));
    let piece = |(at, piece): (usize, &String)| {
        let before = at.checked_sub(1).and_then(|at| pieces.get(at));
        let beside = is_operator(before, &["OR", "NOT"]) || is_operator(pieces.get(at + 1), &["OR"]);
        if beside && !words && is_group(piece) { format!("({piece})") } else { piece.clone() }
    };
    pieces.iter().enumerate().map(piece).collect::<Vec<_>>().join(" ")
}

/// Whether a text is a query of several parts by itself.
fn is_group(text: &str) -> bool {
    let reading = ParseOptions { as_of: Some(chrono::NaiveDate::default()), ..ParseOptions::default() };
    let root = TextQuery::parse(text, reading).ok().flatten().map(|query| query.root.kind);
    matches!(root, Some(NodeKind::All(_) | NodeKind::Either(_)))
}

#[cfg(test)]
mod tests {
    use super::joined;

    fn check(pieces: &[&str], expect: &str) {
        let pieces: Vec<String> = pieces.iter().map(ToString::to_string).collect();
        assert_eq!(joined(&pieces, false), expect, "{pieces:?}");
    }

    #[test]
    fn arguments_are_one_text() {
        check(&["export", "controls"], "export controls");
        check(&["tariff -steel", "export"], "tariff -steel export");
        check(&["(a", "OR", "b)", "c"], "(a OR b) c");
        check(&["\"rare", "earths\""], "\"rare earths\"");
        check(&[], "");
    }

    #[test]
    fn an_argument_beside_an_operator_is_a_group() {
        check(&["ports", "OR", "south coast"], "ports OR (south coast)");
        check(&["south coast", "OR", "ports"], "(south coast) OR ports");
        check(&["NOT", "steel pipes", "ports"], "NOT (steel pipes) ports");
        check(&["NOT", "steel OR pipes"], "NOT (steel OR pipes)");
        check(&["a", "OR", "\"b c\"", "OR", "dual-use"], "a OR \"b c\" OR dual-use");
        check(&["a", "OR", "(b c)"], "a OR ((b c))");
        check(&["a", "OR", "b \"c"], "a OR b \"c");
        check(&["a b", "AND", "c OR d"], "a b AND c OR d");
    }
}
