//! The time axis: a column for each span, and as many labels as fit.

use chrono::{Datelike, NaiveDate};

use super::design::SMALL;
use super::lettering::width;
use crate::insight::By;
use crate::query::Days;

/// A time axis.
pub struct Timeline {
    by: By,
    /// The spans.
    pub spans: Vec<Span>,
}

/// A span of time.
pub struct Span {
    /// The name, in the syntax of dates.
    pub name: String,
    days: Days,
    /// The number of its column. A span that does not directly follow the one before skips a column.
    pub column: usize,
}

/// A label below the axis.
#[derive(Debug, PartialEq)]
pub struct Label {
    /// The number of the span.
    pub span: usize,
    /// The day, month or year.
    pub text: String,
    /// The year, where it differs from that of the label before.
    pub year: Option<String>,
}

/// A spacing of labels: every span, or the first of every n months or years.
#[derive(Clone, Copy, PartialEq)]
enum Every {
    Span,
    Months(i32),
    Years(i32),
}

/// The spacings, from the most labels to the fewest.
const THINNED: [Every; 11] = [
    Every::Span,
    Every::Months(1),
    Every::Months(3),
    Every::Months(6),
    Every::Years(1),
    Every::Years(2),
    Every::Years(5),
    Every::Years(10),
    Every::Years(20),
    Every::Years(50),
    Every::Years(100),
];

/// The least distance between two labels.
const GAP: f64 = 8.0;

impl Timeline {
    /// Returns the axis of spans.
    pub fn new(spans: &[String], by: By) -> Self {
        let mut columns = Self { by, spans: Vec::with_capacity(spans.len()) };
        for name in spans {
            let days = Days::parse(name, None).unwrap_or_default();
            let column = columns.spans.last().map_or(0, |before| {
                let follows = before.days.last.and_then(|day| day.succ_opt()) == days.first;
                before.column + if follows { 1 } else { 2 }
            });
            columns.spans.push(Span { name: name.clone(), days, column });
        }
        columns
    }

    /// Returns the number of columns.
    pub fn columns(&self) -> usize {
        self.spans.last().map_or(0, |span| span.column + 1)
    }

    /// Reports whether a span begins on the day after the one before ends.
    pub fn follows(&self, span: usize) -> bool {
        span > 0 && self.spans[span].column == self.spans[span - 1].column + 1
    }

    /// Returns the name of the axis.
    pub fn name(&self) -> &'static str {
        match self.by {
            By::Week => "weeks of digests, by their first days",
            By::Month => "months of digests",
            By::Year => "years of digests",
            By::Day | By::Facet(_) => "days of digests",
        }
    }

    /// Returns the labels for columns of a width.
    pub fn labels(&self, column: f64) -> Vec<Label> {
        let has_room = |labels: &[Label]| {
            labels.windows(2).all(|pair| {
                let at = |label: &Label| self.spans[label.span].column as f64 * column;
                at(&pair[1]) - at(&pair[0]) >= (pair[0].width() + pair[1].width()) / 2.0 + GAP
            })
        };
        let fits = |every: &Every| {
            let all: Vec<usize> = (0..self.spans.len()).filter(|span| self.is_labelled(*span, *every)).collect();
            // The first span is labelled because the axis begins there; that label can be dropped.
            let ways = [&all[..], all.get(1..).unwrap_or_default()];
            ways.into_iter().map(|spans| self.labelled(spans, *every)).find(|labels| has_room(labels))
        };
        let ways = THINNED.iter().filter(|every| self.by != By::Year || !matches!(every, Every::Months(_)));
        ways.filter_map(fits).find(|labels| !labels.is_empty()).unwrap_or_default()
    }

    fn is_labelled(&self, span: usize, every: Every) -> bool {
        let period = |span: usize| {
            let day = self.spans[span].days.first.unwrap_or_default();
            match every {
                Every::Span => day.num_days_from_ce(),
                Every::Months(months) => (day.year() * 12 + day.month0() as i32).div_euclid(months),
                Every::Years(years) => day.year().div_euclid(years),
            }
        };
        span == 0 || period(span) != period(span - 1) || !self.follows(span)
    }

    fn labelled(&self, spans: &[usize], every: Every) -> Vec<Label> {
        let mut year = None;
        let label = |span: &usize| {
            let day = self.spans[*span].days.first.unwrap_or_default();
            let years = matches!(every, Every::Years(_)) || self.by == By::Year;
            let format = match (every, self.by) {
                _ if years => "%Y",
                (Every::Span, By::Week | By::Day | By::Facet(_)) => "%-d %b",
                _ => "%b",
            };
            let is_new = !years && year.replace(day.year()) != Some(day.year());
            Label { span: *span, text: day.format(format).to_string(), year: is_new.then(|| day.year().to_string()) }
        };
        spans.iter().map(label).collect()
    }
}

impl Span {
    /// Returns the name, with the days of a week.
    pub fn label(&self) -> String {
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        if self.name.contains('W') {
            format!("{} ({} to {})", self.name, day(self.days.first), day(self.days.last))
        } else {
            self.name.clone()
        }
    }
}

impl Label {
    /// Returns its width.
    pub fn width(&self) -> f64 {
        width(&self.text, SMALL).max(self.year.as_ref().map_or(0.0, |year| width(year, SMALL)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(by: By, spans: &[String], column: f64) -> String {
        let label = |label: Label| label.text + &label.year.map_or_else(String::new, |year| format!("/{year}"));
        Timeline::new(spans, by).labels(column).into_iter().map(label).collect::<Vec<_>>().join(" ")
    }

    fn weeks(number: u32) -> Vec<String> {
        (0..number).map(|at| format!("{}-W{:02}", 2025 + (at + 49) / 52, (at + 49) % 52 + 1)).collect()
    }

    fn months(number: u32) -> Vec<String> {
        (0..number).map(|at| format!("{}-{:02}", 2023 + (at + 10) / 12, (at + 10) % 12 + 1)).collect()
    }

    #[test]
    fn labels_are_thinned_to_fit() {
        assert_eq!(labels(By::Week, &weeks(5), 60.0), "8 Dec/2025 15 Dec 22 Dec 29 Dec 5 Jan/2026");
        // A week belongs to the month of its first day.
        assert_eq!(labels(By::Week, &weeks(14), 15.0), "Dec/2025 Jan/2026 Feb Mar");
        assert_eq!(labels(By::Month, &months(4), 60.0), "Nov/2023 Dec Jan/2024 Feb");
        assert_eq!(labels(By::Month, &months(16), 15.0), "Jan/2024 Apr Jul Oct Jan/2025");
        assert_eq!(labels(By::Month, &months(60), 4.0), "2024 2025 2026 2027 2028");
        let years: Vec<String> = (1999..2020).map(|year| year.to_string()).collect();
        assert_eq!(labels(By::Year, &years, 8.0), "2000 2005 2010 2015");
        assert_eq!(labels(By::Week, &weeks(1), 500.0), "8 Dec/2025");
        assert_eq!(labels(By::Week, &[], 500.0), "");
    }

    #[test]
    fn spans_that_do_not_follow_skip_a_column() {
        let spans = ["2025-W52", "2026-W01", "2026-W03"].map(str::to_owned);
        let timeline = Timeline::new(&spans, By::Week);
        assert_eq!(timeline.spans.iter().map(|span| span.column).collect::<Vec<_>>(), [0, 1, 3]);
        assert_eq!([0, 1, 2].map(|span| timeline.follows(span)), [false, true, false]);
        assert_eq!(timeline.spans[1].label(), "2026-W01 (2025-12-29 to 2026-01-04)");
        assert_eq!(Timeline::new(&["2026-01".to_owned()], By::Month).spans[0].label(), "2026-01");
    }
}
