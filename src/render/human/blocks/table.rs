//! Tables; and values with counts and terms with numbers, which become tables where there is room.

use super::{Line, Role, Span, Target};
use crate::insight::{Effect, Term};
use crate::render::answer::{depends, odds_ratio, rates};
use crate::render::numbers::{grouped, small};

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

/// The unit of terms between periods.
pub const STORIES: &str = "stories";

/// Terms with numbers, and an example each.
pub struct Terms<'a> {
    /// The title.
    pub title: String,
    /// The names of the two counts.
    pub counts: [&'static str; 2],
    /// What is counted, in the plural: texts, or stories.
    pub unit: &'static str,
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
    /// Reports whether the terms were tested, not only counted.
    fn is_tested(&self) -> bool {
        self.terms.iter().all(|term| matches!(term.effect, Effect::Odds { .. }))
    }

    /// Returns the terms as a table; the first column has the title of all.
    pub fn table(&self) -> Table<'_> {
        let [here, there] = self.counts;
        let explained = |name: String, meaning| Header { meaning: Some(meaning), ..Header::number(name) };
        let count = |group| match self.unit {
            STORIES => Header::number(format!("stories {group}")),
            _ => Header::number(group),
        };
        let mut counts = vec![count(here), count(there)];
        let sources = Header::number(format!("sources {here} : {there}"));
        if self.is_tested() {
            let rate = |group| match self.unit {
                STORIES => explained(format!("{group} per 1,000 stories"), "stories with it per 1,000 stories"),
                _ => explained(format!("{group} per 1,000"), "uses per 1,000 texts"),
            };
            let odds = "how many times as likely a text has the word, with a 95% interval";
            let q = "false discovery rate: expected proportion of false positives among this word and those with a smaller p";
            let odds = explained("odds ratio".to_owned(), odds);
            counts.extend([rate(here), rate(there), odds, sources, explained("q".to_owned(), q)]);
        } else {
            let share =
                |group| explained(format!("% {group}"), "share of a story's titles, in the mean of all stories");
            counts.extend([share(here), share(there), sources]);
        }
        Table {
            caption: self.title.clone(),
            columns: std::iter::once(Header::text(self.title.as_str()))
                .chain(counts)
                .chain([Header::text("example")])
                .collect(),
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
    let depends = depends(term).map(|depends| Span::new(Role::Dim, format!(" ({depends})")));
    let [rate, rate_there] = rates(term);
    let [sources, sources_there] = term.sources;
    let odds = odds_ratio(term);
    let is_tested = odds.is_some();
    let numbers = [grouped(term.here), grouped(term.there), rate, rate_there]
        .into_iter()
        .chain(odds)
        .chain([format!("{sources} : {sources_there}")])
        .chain(is_tested.then(|| term.q.map_or_else(String::new, small)));
    let first = Line(std::iter::once(words).chain(depends).collect());
    std::iter::once(first).chain(numbers.map(Line::from)).chain([Span::entry(&term.example, &[]).into()]).collect()
}
