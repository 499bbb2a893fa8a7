//! What only adds to a score: how much that can be, and how much it is.

use crate::backend::{Part, Tree};
use crate::tantivy::matching::scored::{is_word, most};
use crate::tantivy::matching::{ScoredDocs, Scoring, Segment, list_all, with};

/// An upper bound of a full score: more times the least score, and more steps.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ScoreBound {
    pub times: f64,
    pub more: u32,
}

impl ScoreBound {
    /// Returns the bound of a sum of scores.
    pub fn and(self, other: Self) -> Self {
        Self { times: self.times.max(other.times), more: self.more + other.more }
    }

    /// Returns the least score from which a full score can be reached.
    pub fn least(self, full: u32) -> u32 {
        (f64::from(full.saturating_sub(self.more)) / (1.0 + self.times)).floor() as u32
    }
}

/// Returns how much more than the least a full score can be.
pub fn bound(tree: &Tree) -> ScoreBound {
    let sum = |parts: &[Part]| parts.iter().map(|part| most(&part.score)).sum::<u32>();
    match tree {
        Tree::All(trees, also) | Tree::Any(_, trees, also) => {
            let all = trees.iter().map(bound).fold(ScoreBound::default(), ScoreBound::and);
            ScoreBound { more: all.more + sum(also), ..all }
        }
        Tree::Words(ways, also) => {
            let (form, typed) = (ways.first().map_or(0, |way| most(&way.score)), sum(also));
            let rounding = (ways.len() + also.len()) as u32;
            // A word as it was typed is nowhere more often than in any form. Of words of several scripts that need
            // not be so; and where the typed one is worth more, rounding would be worth more, too.
            let is_part = typed <= form && also.iter().all(|part| is_word(&part.score));
            match is_part && form > 0 {
                true => ScoreBound { times: f64::from(typed) / f64::from(form), more: rounding },
                false => ScoreBound { times: 0.0, more: typed + rounding },
            }
        }
        Tree::Not(_) | Tree::Filter(_) => ScoreBound::default(),
    }
}

/// Appends all parts that only add to the score of an entry, if none is found in an entry that it adds nothing to.
/// `matches`: whether all entries in question match the tree.
fn additions<'a>(tree: &'a Tree, matches: bool, out: &mut Vec<&'a Part>) -> bool {
    let (trees, also, is_sound) = match tree {
        Tree::All(trees, also) => (&trees[..], &also[..], matches),
        // Words that are near each other are two of those of which one will do.
        Tree::Any(least, trees, also) => (&trees[..], &also[..], matches || *least == 1),
        // A word as it was typed is one of its forms.
        Tree::Words(_, also) => (&[][..], &also[..], matches || also.iter().all(|part| is_word(&part.score))),
        Tree::Not(_) | Tree::Filter(_) => return true,
    };
    out.extend(also);
    let matches = matches && matches!(tree, Tree::All(..));
    is_sound && trees.iter().all(|tree| additions(tree, matches, out))
}

/// Makes full scores of the least ones that entries of a segment have which match all of some trees.
pub fn completed(trees: &[Tree], segment: &Segment, least: ScoredDocs) -> tantivy::Result<ScoredDocs> {
    let mut also = Vec::new();
    match trees.iter().all(|tree| additions(tree, true, &mut also)) {
        true => with(least, also, segment),
        false => list_all(trees.iter(), segment, Some(&least.docs), Scoring::Full),
    }
}
