//! Names of the parts of a query, by which an answer says which of them matched.
//!
//! OpenSearch reports every part that matches an entry, also one within a group that does not match as a whole, whose score
//! does not count. So the groups have names, too.

use serde_json::Value;

use crate::backend::{Part, shown};
use crate::query::Reason;

/// Names of the parts and groups of a query.
#[derive(Debug, Default)]
pub struct Names<'a> {
    /// The parts, each with its group.
    parts: Vec<(&'a Part, Option<usize>)>,
    /// The groups, each with the one around it.
    groups: Vec<Option<usize>>,
    /// The group of the next part.
    current: Option<usize>,
}

impl<'a> Names<'a> {
    /// Names a part.
    pub fn part(&mut self, part: &'a Part) -> String {
        self.parts.push((part, self.current));
        part_name(self.parts.len() - 1)
    }

    /// Begins a group, and returns the one around it.
    pub fn begin(&mut self) -> Option<usize> {
        self.groups.push(self.current);
        self.current.replace(self.groups.len() - 1)
    }

    /// Ends the current group, and returns its name.
    pub fn end(&mut self, around: Option<usize>) -> String {
        let name = group_name(self.current.unwrap_or_default());
        self.current = around;
        name
    }

    /// Returns the parts that add to the score of a hit, in the order of the tree.
    pub fn reasons(&self, matched: &Value) -> Vec<Reason> {
        let of_part = |(at, (part, group)): (usize, &(&Part, Option<usize>))| {
            let score = matched[part_name(at)].as_f64()?.round() as u32;
            let reason = || Reason { words: part.words.clone(), how: part.how, score: shown(score) };
            (score > 0 && self.matches(*group, matched)).then(reason)
        };
        self.parts.iter().enumerate().filter_map(of_part).collect()
    }

    /// Reports whether a group and all around it match.
    fn matches(&self, group: Option<usize>, matched: &Value) -> bool {
        let around = |group: &usize| self.groups[*group];
        std::iter::successors(group, around).all(|group| matched.get(group_name(group)).is_some())
    }
}

fn part_name(at: usize) -> String {
    format!("p{at}")
}

fn group_name(at: usize) -> String {
    format!("g{at}")
}
