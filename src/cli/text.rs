//! The words to search for, among the arguments of every command that takes them.

use digest_search::query::{Reading, TextQuery, What};

/// The words to search for
#[derive(Debug, clap::Args)]
pub struct TextArgs {
    /// Words to search for; all that stands behind -- is TEXT
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// Take TEXT as plain words: no operators, phrases or fields
    #[arg(long)]
    pub words: bool,
}

impl TextArgs {
    /// What was typed, as one text. An argument of several words beside `OR` or `NOT` is a group: the shell has taken its
    /// quotation marks away.
    pub fn text(&self) -> String {
        let is_operator =
            |at: Option<&String>, operators: &[&str]| at.is_some_and(|arg| operators.contains(&arg.as_str()));
        let piece = |(at, arg): (usize, &String)| {
            let before = at.checked_sub(1).and_then(|at| self.text.get(at));
            let beside = is_operator(before, &["OR", "NOT"]) || is_operator(self.text.get(at + 1), &["OR"]);
            if beside && !self.words && is_group(arg) { format!("({arg})") } else { arg.clone() }
        };
        self.text.iter().enumerate().map(piece).collect::<Vec<_>>().join(" ")
    }
}

/// Whether a text is a query of several parts by itself.
fn is_group(text: &str) -> bool {
    let reading = Reading { as_of: Some(chrono::NaiveDate::default()), ..Reading::default() };
    let root = TextQuery::parse(text, reading).ok().flatten().map(|query| query.root.what);
    matches!(root, Some(What::All(_) | What::Either(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(args: &[&str], expect: &str) {
        let text = args.iter().map(ToString::to_string).collect();
        assert_eq!(TextArgs { text, words: false }.text(), expect, "{args:?}");
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
