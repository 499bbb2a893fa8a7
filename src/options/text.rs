//! Query text joined from command line arguments.

use crate::query::{NodeKind, ParseOptions, Problem, QueryError, TextQuery};

/// Joins pieces of a query text, which are arguments on a command line. A piece of several words next to `OR` or `NOT`
/// becomes a group, since the shell has removed its quotation marks. With `words`, no word is an operator.
pub(super) fn joined(pieces: &[String], words: bool) -> String {
    let is_operator =
        |at: Option<&String>, operators: &[&str]| at.is_some_and(|piece| operators.contains(&piece.as_str()));
    let piece = |(at, piece): (usize, &String)| {
        let before = at.checked_sub(1).and_then(|at| pieces.get(at));
        let is_operand = is_operator(before, &["OR", "NOT"]) || is_operator(pieces.get(at + 1), &["OR"]);
        if is_operand && !words && is_group(piece) { format!("({piece})") } else { piece.clone() }
    };
    pieces.iter().enumerate().map(piece).collect::<Vec<_>>().join(" ")
}

/// Reports whether a text parses as a query of several parts.
fn is_group(text: &str) -> bool {
    let options = ParseOptions { as_of: Some(chrono::NaiveDate::default()), ..ParseOptions::default() };
    match TextQuery::parse(text, options) {
        Ok(query) => matches!(query.map(|query| query.root.kind), Some(NodeKind::All(_) | NodeKind::Either(_))),
        // It may be a custom field, which is known only when the index is open.
        Err(QueryError { problem: Problem::UnknownField { .. }, .. }) => text.trim().contains(char::is_whitespace),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    fn check(pieces: &[&str], expect: &str) {
        let pieces: Vec<String> = pieces.iter().map(ToString::to_string).collect();
        assert_eq!(joined(&pieces, false), expect, "{pieces:?}");
    }

    #[test]
    fn arguments_are_joined() {
        check(&["export", "controls"], "export controls");
        check(&["tariff -steel", "export"], "tariff -steel export");
        check(&["(a", "OR", "b)", "c"], "(a OR b) c");
        check(&["\"rare", "earths\""], "\"rare earths\"");
        check(&[], "");
    }

    #[test]
    fn an_argument_next_to_an_operator_is_a_group() {
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
