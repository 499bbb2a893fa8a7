//! Tables; and values with counts and terms with numbers, which become tables where there is room.

use super::{Line, Role, Span, Target};
use crate::insight::Term;
use crate::render::numbers::{grouped, p_value, small};

/// Cells in rows and columns. Each row has as many cells as there are columns.
pub struct Table<'a> {
    /// The subject.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Header<'a>>,
    /// The rows.
    pub rows: Vec<Vec<Line<'a>>>,
    /// The length of a bar behind each row, relative to the longest; empty without bars.
    pub bars: Vec<f64>,
}

/// The head of a column.
pub struct Header<'a> {
    /// The name.
    pub name: Line<'a>,
    /// The alignment of its cells.
    pub align: Align,
    /// The meaning of the name, where it is an abbreviation.
    pub meaning: Option<&'static str>,
}

/// An alignment of the cells of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Texts, which begin below one another.
    Text,
    /// Numbers, which end below one another.
    Number,
}

/// Values of a field, each with counts.
pub struct Tally<'a> {
    /// The field.
    pub field: &'a str,
    /// The names of the counts.
    pub counts: Vec<&'static str>,
    /// The values.
    pub rows: Vec<TallyRow<'a>>,
    /// The number of counts that a brief rendering shows of each row.
    pub brief_counts: usize,
    /// The number of rows that a brief rendering shows.
    pub brief_rows: usize,
    /// The sum of the first counts of the rows that a brief rendering leaves out, and the number of these rows.
    pub rest: Option<(usize, usize)>,
}

/// A value with counts.
pub struct TallyRow<'a> {
    /// The counts.
    pub counts: Vec<usize>,
    /// The name.
    pub name: &'a str,
    /// The id, where it is not the name.
    pub id: Option<&'a str>,
}

/// Terms with numbers, and an example each.
pub struct Terms<'a> {
    /// The title.
    pub title: String,
    /// The names of the two counts.
    pub counts: [&'static str; 2],
    /// The terms.
    pub terms: &'a [Term],
    /// The text shown when there are none.
    pub none: Option<&'static str>,
    /// The number of further terms.
    pub more: usize,
}

impl<'a> Header<'a> {
    /// Returns the head of a column of texts.
    pub fn text(name: impl Into<Line<'a>>) -> Self {
        Self { name: name.into(), align: Align::Text, meaning: None }
    }

    /// Returns the head of a column of numbers.
    pub fn number(name: impl Into<Line<'a>>) -> Self {
        Self { align: Align::Number, ..Self::text(name) }
    }
}

impl Tally<'_> {
    /// Returns the tally as a table.
    pub fn table(&self) -> Table<'_> {
        let counts = self.counts.iter().map(|count| Header::number(*count));
        Table {
            caption: format!("by {}", self.field),
            columns: std::iter::once(Header::text(self.field)).chain(counts).collect(),
            rows: self.rows.iter().map(tally_cells).collect(),
            bars: Vec::new(),
        }
    }
}

impl Terms<'_> {
    /// Returns the terms as a table; the first column has the title of all.
    pub fn table(&self) -> Table<'_> {
        let [here, there] = self.counts.map(Header::number);
        let explained = |name, meaning| Header { meaning: Some(meaning), ..Header::number(name) };
        let z = explained("z", "difference of the log-odds, in standard deviations");
        let q = explained("q", "false discovery rate: expected proportion of false positives down to this word");
        Table {
            caption: self.title.clone(),
            columns: vec![Header::text(self.title.as_str()), here, there, z, q, Header::text("example")],
            rows: self.terms.iter().map(cells).collect(),
            bars: Vec::new(),
        }
    }
}

fn tally_cells<'t>(row: &'t TallyRow<'_>) -> Vec<Line<'t>> {
    let name = [Span::new(Role::Name, row.name)].into_iter();
    let bare = |text| Span::new(Role::Bare, text);
    let id = row.id.into_iter().flat_map(|id| [bare(" ("), Span::new(Role::Id, id), bare(")")]);
    let counts = row.counts.iter().map(|count| grouped(*count).into());
    std::iter::once(Line(name.chain(id).collect())).chain(counts).collect()
}

fn cells(term: &Term) -> Vec<Line<'_>> {
    let words = Span { target: Some(Target::Words(&term.term)), ..Span::new(Role::Name, term.term.as_str()) };
    let rests = term.source.as_ref().map(|source| Span::new(Role::Dim, format!(" (only due to {source})")));
    let numbers =
        [grouped(term.here), grouped(term.there), format!("{:.1}", term.z), term.q.map_or_else(String::new, small)];
    let chosen = term
        .fails_reassigned()
        .map(|p| Span::new(Role::Dim, format!(" (not significant with sources reassigned, {})", p_value(p))));
    let first = Line(std::iter::once(words).chain(rests).chain(chosen).collect());
    let numbers = numbers.into_iter().map(Line::from);
    std::iter::once(first).chain(numbers).chain([Span::entry(&term.example, &[]).into()]).collect()
}
