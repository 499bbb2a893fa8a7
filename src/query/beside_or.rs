//! Words beside an `OR` without quotes or parentheses: `rare earths OR metals` is `rare (earths OR metals)`.

use super::text::{Node, NodeKind, TextQuery, WordMatch, Words};

impl TextQuery {
    /// Reports whether words stand beside an `OR` without quotes or parentheses, as in `rare earths OR metals`: `OR` joins only
    /// the two words next to it.
    pub fn has_words_beside_or(&self) -> bool {
        !self.options.any && self.root.has_words_beside_or(&self.text)
    }
}

impl Node {
    fn has_words_beside_or(&self, text: &str) -> bool {
        match &self.kind {
            NodeKind::All(nodes) => {
                let is_pair = |pair: &[Self]| {
                    let [first, second] = pair else { return false };
                    first.last_of_either(text).is_some_and(|last| last.is_bare(text) && second.is_bare(text))
                        || second.first_of_either(text).is_some_and(|word| word.is_bare(text) && first.is_bare(text))
                };
                nodes.windows(2).any(is_pair) || nodes.iter().any(|node| node.has_words_beside_or(text))
            }
            NodeKind::Any(nodes) | NodeKind::Either(nodes) => nodes.iter().any(|node| node.has_words_beside_or(text)),
            NodeKind::Not(node) => node.has_words_beside_or(text),
            NodeKind::Words(_) | NodeKind::Value(..) | NodeKind::Days(_) => false,
        }
    }

    /// The first alternative, unless a parenthesis opens before it.
    fn first_of_either(&self, text: &str) -> Option<&Self> {
        let NodeKind::Either(nodes) = &self.kind else { return None };
        nodes.first().filter(|_| !text[self.span.clone()].starts_with('('))
    }

    /// The last alternative, unless a parenthesis closes behind it.
    fn last_of_either(&self, text: &str) -> Option<&Self> {
        let NodeKind::Either(nodes) = &self.kind else { return None };
        nodes.last().filter(|_| !text[self.span.clone()].ends_with(')'))
    }

    /// Reports whether it is words without quotes or parentheses.
    fn is_bare(&self, text: &str) -> bool {
        let is_exact = matches!(&self.kind, NodeKind::Words(Words { form: WordMatch::Exact { .. }, .. }));
        matches!(self.kind, NodeKind::Words(_)) && !is_exact && !text[self.span.clone()].starts_with('(')
    }
}
