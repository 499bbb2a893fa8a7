//! Things of one sort beside one another, such as the perspectives of a topic.

use super::{Block, Header, Line, Table};
use crate::insight::Share;
use crate::render::numbers::grouped;
use crate::render::numbers::{interval, percent};

/// The cell of a step without a sample.
const EMPTY: &str = "–";

/// Things beside one another, with the same facts and the same steps of each.
pub struct Beside<'a> {
    /// The subject.
    pub caption: String,
    /// The unit of the steps.
    pub by: &'a str,
    /// The names of the steps, such as weeks.
    pub steps: &'a [String],
    /// The names of the facts.
    pub facts: Vec<String>,
    /// Whether steps have shares, which can be drawn.
    pub has_shares: bool,
    /// The things.
    pub columns: Vec<Column<'a>>,
}

/// One of the things.
pub struct Column<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The facts, some of which may be empty.
    pub facts: Vec<Line<'a>>,
    /// The steps; none where nothing was sampled.
    pub points: Vec<Option<Point>>,
    /// Further blocks in parts: the same sorts in each column, in the same order.
    pub parts: Vec<Vec<Block<'a>>>,
}

/// A step of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The number of matches.
    pub found: usize,
    /// The sample size.
    pub units: usize,
    /// The share of matches.
    pub share: Option<Share>,
    /// Whether it is much more than usual.
    pub is_burst: bool,
}

impl Point {
    /// Returns the counts, the share and its interval, or what was sampled alone.
    pub fn cells(&self, has_shares: bool) -> Vec<String> {
        if !has_shares {
            return vec![grouped(self.units)];
        }
        let found = format!("{}/{}", grouped(self.found), grouped(self.units));
        let share = self.share.map_or_else(|| EMPTY.to_owned(), |share| percent(share.share));
        vec![found, share, self.share.map_or_else(String::new, |share| interval(share.low, share.high))]
    }

    /// Returns the same in one cell.
    fn cell(&self, has_shares: bool) -> String {
        match self.share.filter(|_| has_shares) {
            Some(s) => {
                let found = format!("{} of {}", grouped(self.found), grouped(self.units));
                format!("{} ({}), {found}", percent(s.share), interval(s.low, s.high))
            }
            None => grouped(self.units),
        }
    }
}

/// Returns the cells of a step, or of one without a sample.
pub fn point_cells(point: Option<&Point>, has_shares: bool) -> Vec<String> {
    point.map_or_else(|| vec![EMPTY.to_owned()], |point| point.cells(has_shares))
}

impl<'a> Beside<'a> {
    /// Returns steps and facts as a table with a column for each thing.
    pub fn table(&self) -> Table<'_> {
        let names = self.columns.iter().map(|column| Header::text(column.name));
        let has_shares = self.has_shares;
        let step = |(at, name): (usize, &'a String)| {
            let cell = |column: &Column<'_>| match column.points.get(at) {
                Some(Some(point)) => point.cell(has_shares).into(),
                _ => EMPTY.into(),
            };
            std::iter::once(Line::from(name.as_str())).chain(self.columns.iter().map(cell)).collect()
        };
        let fact = |(at, name): (usize, &String)| -> Vec<Line<'_>> {
            let cells = self.columns.iter().map(|column| column.facts.get(at).cloned().unwrap_or_default());
            std::iter::once(Line::from(name.clone())).chain(cells).collect()
        };
        let facts = self.facts.iter().enumerate().map(fact).filter(|row| row[1..].iter().any(|cell| !cell.is_empty()));
        Table {
            caption: self.caption.clone(),
            columns: std::iter::once(Header::text(self.by)).chain(names).collect(),
            rows: self.steps.iter().enumerate().map(step).chain(facts).collect(),
            bars: Vec::new(),
        }
    }
}
