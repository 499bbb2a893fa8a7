//! Columns as a table.

use super::step::EMPTY;
use super::{Column, Columns, Header, Line, Table};

impl<'a> Columns<'a> {
    /// Returns steps and facts as a table with the same columns.
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
