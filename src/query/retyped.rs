//! Queries as they can be typed again.

use std::fmt;

use super::lexer::is_quote;
use super::{Form, Node, TextQuery, What, Words};
use crate::text::Token;

/// The query with all its parentheses. Parsing this gives the same query again.
impl fmt::Display for TextQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.root.what {
            What::All(nodes) => joined(nodes, " ", f),
            _ => write!(f, "{}", self.root),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            What::All(nodes) => {
                f.write_str("(")?;
                joined(nodes, " ", f)?;
                f.write_str(")")
            }
            What::Any(nodes) | What::Either(nodes) => {
                f.write_str("(")?;
                joined(nodes, " OR ", f)?;
                f.write_str(")")
            }
            What::Not(node) => write!(f, "-{node}"),
            What::Words(words) => write!(f, "{words}"),
            What::Value(field, value) => {
                // One that holds a quotation mark was written without any around it, and so has no space. Where it opens a
                // parenthesis, it would go on to the one that closes the group.
                let (quote, end) = match value.contains(is_quote) {
                    true => ("", if value.contains('(') { " " } else { "" }),
                    false => ("\"", ""),
                };
                write!(f, "{}:{quote}{value}{quote}{end}", field.as_str())
            }
            What::Kind(kind) => write!(f, "kind:{kind}"),
            What::Days(days) => write!(f, "date:{days}"),
        }
    }
}

fn joined(nodes: &[Node], between: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (i, node) in nodes.iter().enumerate() {
        f.write_str(if i == 0 { "" } else { between })?;
        write!(f, "{node}")?;
    }
    Ok(())
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.only_text && !matches!(self.form, Form::Exact { .. }) {
            f.write_str("text:")?;
        }
        let quote = if matches!(self.form, Form::Exact { .. }) { "\"" } else { "" };
        f.write_str(quote)?;
        for (i, token) in self.tokens.iter().enumerate() {
            let touches = |last: &Token| last.touches(token) && (last.is_unspaced() || token.is_unspaced());
            let gap = match (i, quote) {
                (0, _) => "",
                // Written side by side, as Chinese is, they would be a word of another kind with a mark between.
                (_, "") if touches(&self.tokens[i - 1]) => "",
                (_, "") => "-",
                _ => " ",
            };
            write!(f, "{gap}{}", token.term)?;
        }
        f.write_str(quote)?;
        match self.form {
            Form::Exact { slop } if slop > 0 => write!(f, "~{slop}"),
            Form::Prefix => f.write_str("*"),
            Form::Fuzzy => f.write_str("~1"),
            Form::Any | Form::Exact { .. } => Ok(()),
        }
    }
}
