//! The steps of columns, as cells.

use crate::insight::Share;
use crate::render::numbers::{grouped, interval, percent};

/// The cell of a step without a sample.
pub const EMPTY: &str = "–";

/// A step of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The number of matches.
    pub found: usize,
    /// The sample size.
    pub entries: usize,
    /// The share of matches.
    pub share: Option<Share>,
    /// True if it is part of a burst.
    pub is_burst: bool,
}

impl Point {
    /// Returns the counts, the share and its interval, or the sample size alone.
    pub fn cells(&self, has_shares: bool) -> Vec<String> {
        if !has_shares {
            return vec![grouped(self.entries)];
        }
        let found = format!("{}/{}", grouped(self.found), grouped(self.entries));
        let share = self.share.map_or_else(|| EMPTY.to_owned(), |share| percent(share.share));
        let ends = self.share.and_then(|share| share.interval);
        vec![found, share, ends.map_or_else(String::new, |ends| interval(ends.low, ends.high))]
    }

    /// Returns the same as one cell.
    pub fn cell(&self, has_shares: bool) -> String {
        match self.share.filter(|_| has_shares) {
            Some(s) => {
                let found = format!("{} of {}", grouped(self.found), grouped(self.entries));
                let ends = s.interval.map_or_else(String::new, |ends| format!(" ({})", interval(ends.low, ends.high)));
                let burst = if self.is_burst { ", burst" } else { "" };
                format!("{}{ends}, {found}{burst}", percent(s.share))
            }
            None => grouped(self.entries),
        }
    }
}

/// Returns the cells of a step, or of one without a sample.
pub fn point_cells(point: Option<&Point>, has_shares: bool) -> Vec<String> {
    point.map_or_else(|| vec![EMPTY.to_owned()], |point| point.cells(has_shares))
}
