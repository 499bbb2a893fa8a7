//! Histogram of matching entries by date, whichever days are selected: each bar links to the entries of its days.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::Address;
use crate::ask;
use crate::backend::Catalog;
use crate::insight::{self, By, CountRequest, Row};
use crate::planning::Reader;
use crate::query::{Days, Selection};
use crate::render::numbers::{counted, grouped};

/// Maximum number of bars, for touch screens.
const MAX_BARS: i64 = 62;

/// Time units and their approximate lengths in days; longer ranges use years.
const SPANS: [(By, i64); 3] = [(By::Day, 1), (By::Week, 7), (By::Month, 30)];

/// The height of the tallest bar; the width of a bar is its number of days.
const HEIGHT: usize = 100;

/// A bar: the entries of some days.
struct Bar {
    days: (NaiveDate, NaiveDate),
    /// The label of the days.
    name: String,
    entries: usize,
}

/// Renders the histogram of all days with digests, with the entries that pass all filters other than dates.
pub fn histogram(selection: &Selection, here: &Address, reader: &Reader) -> Result<Markup, insight::Error> {
    let Some((first, last)) = days(reader.catalog()) else { return Ok(html! {}) };
    let by = span((last - first).num_days() + 1);
    let selected = selection.filters.days.clone();
    let mut selection = selection.clone();
    selection.filters.days.clear();
    let response = ask::count(CountRequest::new(selection, vec![by], false, None), reader)?.response;
    let bar = |row: &Row| {
        let (name, _) = response.value(row, 0).clone()?;
        let days = Days::parse(&name, None).ok()?;
        Some(Bar { days: (days.first?, days.last?), name, entries: row.count.filter(|entries| *entries > 0)? })
    };
    let bars: Vec<Bar> = response.rows.iter().filter_map(bar).collect();
    if bars.is_empty() {
        return Ok(html! {});
    }
    Ok(picture(&layout(bars, by, (first, last)), by, &selected, here))
}

/// Returns the days of the first and the last digest.
fn days(catalog: &Catalog) -> Option<(NaiveDate, NaiveDate)> {
    let topics = || catalog.topics.values();
    Some((topics().map(|topic| topic.first).min()?, topics().map(|topic| topic.last).max()?))
}

/// Returns the shortest time unit that gives at most [`MAX_BARS`] bars.
fn span(days: i64) -> By {
    SPANS.into_iter().find(|(_, length)| days / length <= MAX_BARS).map_or(By::Year, |(by, _)| by)
}

/// Bars with their positions, in days.
struct Layout {
    /// Start, width and bar.
    bars: Vec<(i64, i64, Bar)>,
    /// Start and end of the picture.
    ends: (i64, i64),
    /// The days of all bars except the outer ones.
    days: (NaiveDate, NaiveDate),
}

/// Positions bars by their days. Entries published before all digests, or after, share one bar at that side.
fn layout(bars: Vec<Bar>, by: By, (first, last): (NaiveDate, NaiveDate)) -> Layout {
    let width = SPANS.into_iter().find(|(span, _)| *span == by).map_or(365, |(_, length)| length);
    let (before, rest): (Vec<Bar>, Vec<Bar>) = bars.into_iter().partition(|bar| bar.days.1 < first);
    let (within, after): (Vec<Bar>, Vec<Bar>) = rest.into_iter().partition(|bar| bar.days.0 <= last);
    let first = within.first().map_or(first, |bar| bar.days.0.min(first));
    let last = within.last().map_or(last, |bar| bar.days.1.max(last));
    let length = |first: NaiveDate, last: NaiveDate| (last - first).num_days();
    let end = length(first, last) + 1;
    let [before, after] = [merge(before, "before"), merge(after, "after")];
    let ends = (before.as_ref().map_or(0, |_| -2 * width), after.as_ref().map_or(end, |_| end + 2 * width));
    let within = within.into_iter().map(|bar| (length(first, bar.days.0), length(bar.days.0, bar.days.1) + 1, bar));
    let before = before.map(|bar| (ends.0, width, bar)).into_iter();
    let bars = before.chain(within).chain(after.map(|bar| (end + width, width, bar))).collect();
    Layout { bars, ends, days: (first, last) }
}

fn picture(layout: &Layout, by: By, selected: &[Days], here: &Address) -> Markup {
    let entries = || layout.bars.iter().map(|(_, _, bar)| bar.entries);
    let (total, most) = (entries().sum(), entries().max().unwrap_or(1));
    let ((from, to), (first, last)) = (layout.ends, layout.days);
    let is_selected = |bar: &Bar| {
        let days = Days { first: Some(bar.days.0), last: Some(bar.days.1) };
        selected.is_empty() || selected.iter().any(|span| span.overlaps(&days))
    };
    html! {
        figure id="days" {
            // Hidden from keyboards and screen readers: the form has the same filter.
            svg.histogram viewBox={ (from) " 0 " (to - from) " " (HEIGHT) } preserveAspectRatio="none" aria-hidden="true" {
                @for (x, width, bar) in &layout.bars {
                    a href=(here.with_days(&bar.days.0.to_string(), &bar.days.1.to_string())) tabindex="-1" class=[(!is_selected(bar)).then_some("off")] {
                        title { (bar.name) ": " (counted(bar.entries, "entry")) }
                        rect x=(x) width=(width) height=(HEIGHT) {}
                        @let height = (bar.entries * HEIGHT).div_ceil(most);
                        rect x=(x) width=(width) y=(HEIGHT - height) height=(height) {}
                    }
                }
            }
            figcaption {
                (counted(total, "entry")) " by " (by.as_str()) " (peak " (grouped(most)) "), " (first) " to " (last)
                @if !selected.is_empty() { " · " a href=(here.without_days()) { "all days" } }
            }
        }
    }
}

/// Merges bars.
fn merge(bars: Vec<Bar>, name: &str) -> Option<Bar> {
    let days = (bars.first()?.days.0, bars.last()?.days.1);
    Some(Bar {
        days,
        name: format!("{name}, {} to {}", days.0, days.1),
        entries: bars.iter().map(|bar| bar.entries).sum(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn bar(first: &str, last: &str, entries: usize) -> Bar {
        Bar { days: (day(first), day(last)), name: first.to_owned(), entries }
    }

    #[test]
    fn distant_dates_share_a_bar_at_the_side() {
        let bars = vec![
            bar("1926-03-01", "1926-03-07", 1),
            bar("2026-01-26", "2026-02-01", 2),
            bar("2026-02-02", "2026-02-08", 3),
            bar("2026-02-16", "2026-02-22", 4),
            bar("2062-02-13", "2062-02-19", 5),
        ];
        let layout = layout(bars, By::Week, (day("2026-02-03"), day("2026-02-18")));
        let places: Vec<(i64, i64, usize)> =
            layout.bars.iter().map(|(x, width, bar)| (*x, *width, bar.entries)).collect();
        assert_eq!(places, [(-14, 7, 3), (0, 7, 3), (14, 7, 4), (28, 7, 5)]);
        assert_eq!(layout.ends, (-14, 35));
        assert_eq!(layout.days, (day("2026-02-02"), day("2026-02-22")));
        assert_eq!(layout.bars[0].2.days, (day("1926-03-01"), day("2026-02-01")));
    }

    #[test]
    fn the_number_of_bars_is_limited() {
        let by = |days| span(days).as_str();
        assert_eq!(
            [by(1), by(62), by(70), by(440), by(500), by(1_800), by(2_000)],
            ["day", "day", "week", "week", "month", "month", "year"]
        );
    }
}
