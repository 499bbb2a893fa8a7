//! Formatting of queries in the query language.

use std::fmt;

use super::lexer::is_quote;
use super::{Node, NodeKind, TextQuery, WordMatch, Words};
use crate::model::FieldValueKind;
use crate::text::Token;

/// Formats the query with all parentheses. Parsing the result gives an equal query.
impl fmt::Display for TextQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.root.kind {
            NodeKind::All(nodes) => joined(nodes, " ", f),
            _ => write!(f, "{}", self.root),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            NodeKind::All(nodes) => {
                f.write_str("(")?;
                joined(nodes, " ", f)?;
                f.write_str(")")
            }
            NodeKind::Any(nodes) | NodeKind::Either(nodes) => {
                f.write_str("(")?;
                joined(nodes, " OR ", f)?;
                f.write_str(")")
            }
            NodeKind::Not(node) => write!(f, "-{node}"),
            NodeKind::Words(words) => write!(f, "{words}"),
            NodeKind::Value(field, value) => {
                if let FieldValueKind::Words(_) = field.spec().values {
                    return write!(f, "{}:{value}", field.as_str());
                }
                // A value that contains a quotation mark was typed without quotes, so it has no space. If it opens a
                // parenthesis, a space must separate it from the end of the group.
                let (quote, end) = match value.contains(is_quote) {
                    true => ("", if value.contains('(') { " " } else { "" }),
                    false => ("\"", ""),
                };
                write!(f, "{}:{quote}{value}{quote}{end}", field.as_str())
            }
            NodeKind::Days(days) => write!(f, "date:{days}"),
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
        if self.only_text && !matches!(self.form, WordMatch::Exact { .. }) {
            f.write_str("text:")?;
        }
        let quote = if matches!(self.form, WordMatch::Exact { .. }) { "\"" } else { "" };
        f.write_str(quote)?;
        for (i, token) in self.tokens.iter().enumerate() {
            let touches = |last: &Token| last.touches(token) && (last.is_unspaced() || token.is_unspaced());
            let gap = match (i, quote) {
                (0, _) => "",
                // Chinese and Japanese characters are adjacent; a mark between them would make other tokens.
                (_, "") if touches(&self.tokens[i - 1]) => "",
                (_, "") => "-",
                _ => " ",
            };
            write!(f, "{gap}{}", token.term)?;
        }
        f.write_str(quote)?;
        match self.form {
            WordMatch::Exact { slop } if slop > 0 => write!(f, "~{slop}"),
            WordMatch::Prefix => f.write_str("*"),
            WordMatch::Fuzzy => f.write_str("~1"),
            WordMatch::Any | WordMatch::Exact { .. } => Ok(()),
        }
    }
}
