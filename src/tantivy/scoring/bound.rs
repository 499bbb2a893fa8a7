//! Parts that only add to a score: upper bounds, and full scores.

use crate::backend::{Part, Tree};
use crate::tantivy::matching::scored::{is_word, max_score};
use crate::tantivy::matching::{ScoredDocs, Scoring, Segment, add_parts, evaluate_all};

/// An upper bound of the full score: a multiple of the lower bound, plus thousandths.
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

    /// Returns the least lower bound from which a full score can be reached.
    pub fn least(self, full: u32) -> u32 {
        (f64::from(full.saturating_sub(self.more)) / (1.0 + self.times)).floor() as u32
    }
}

/// Returns the upper bound of the full score.
pub fn bound(tree: &Tree) -> ScoreBound {
    let sum = |parts: &[Part]| parts.iter().map(|part| max_score(&part.score)).sum::<u32>();
    match tree {
        Tree::All(trees, also) | Tree::Any(_, trees, also) => {
            let all = trees.iter().map(bound).fold(ScoreBound::default(), ScoreBound::and);
            ScoreBound { more: all.more + sum(also), ..all }
        }
        Tree::Words(ways, also) => {
            let (form, typed) = (ways.first().map_or(0, |way| max_score(&way.score)), sum(also));
            let rounding = (ways.len() + also.len()) as u32;
            // The typed form of a word is never more frequent than all forms. For words of several scripts that may be
            // false; and if the typed form weighs more, rounding would weigh more, too.
            let is_part = typed <= form && also.iter().all(|part| is_word(&part.score));
            match is_part && form > 0 {
                true => ScoreBound { times: f64::from(typed) / f64::from(form), more: rounding },
                false => ScoreBound { times: 0.0, more: typed + rounding },
            }
        }
        Tree::Not(_) | Tree::Filter(_) => ScoreBound::default(),
    }
}

/// Appends all parts that only add to a score; false if one could match an entry to whose score it adds nothing.
/// `matches`: all entries in question match the tree.
fn additions<'a>(tree: &'a Tree, matches: bool, out: &mut Vec<&'a Part>) -> bool {
    let (trees, also, is_sound) = match tree {
        Tree::All(trees, also) => (&trees[..], &also[..], matches),
        // Words near each other are two of the alternatives.
        Tree::Any(least, trees, also) => (&trees[..], &also[..], matches || *least == 1),
        // The typed form of a word is one of its forms.
        Tree::Words(_, also) => (&[][..], &also[..], matches || also.iter().all(|part| is_word(&part.score))),
        Tree::Not(_) | Tree::Filter(_) => return true,
    };
    out.extend(also);
    let matches = matches && matches!(tree, Tree::All(..));
    is_sound && trees.iter().all(|tree| additions(tree, matches, out))
}

/// Computes full scores from the lower bounds of entries of a segment that match all of some trees.
pub fn completed(trees: &[Tree], segment: &Segment, least: ScoredDocs) -> tantivy::Result<ScoredDocs> {
    let mut also = Vec::new();
    match trees.iter().all(|tree| additions(tree, true, &mut also)) {
        true => add_parts(least, also, segment),
        false => evaluate_all(trees.iter(), segment, Some(&least.docs), Scoring::Full),
    }
}
