//! How the entries found are spread over days, whichever days are chosen: bars that lead to the entries of theirs.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::Address;
use crate::ask;
use crate::backend::Catalog;
use crate::insight::{self, By, CountRequest, Row};
use crate::planning::Reader;
use crate::query::{Days, Selection};
use crate::render::numbers::{counted, grouped};

/// More bars than this are too narrow for a finger.
const MOST: i64 = 62;

/// Spans of days and about how long they are; beyond these there are years.
const SPANS: [(By, i64); 3] = [(By::Day, 1), (By::Week, 7), (By::Month, 30)];

/// The height of the tallest bar; bars are as wide as they have days.
const HEIGHT: usize = 100;

/// Entries of some days.
struct Bar {
    days: (NaiveDate, NaiveDate),
    /// What the days are called.
    name: String,
    entries: usize,
}

/// A picture of all days that have digests, with the entries that pass all filters but those of days.
pub fn histogram(selection: &Selection, here: &Address, reader: &Reader) -> Result<Markup, insight::Error> {
    let Some((first, last)) = days(reader.catalog()) else { return Ok(html! {}) };
    let by = span((last - first).num_days() + 1);
    let chosen = selection.filters.days.clone();
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
    Ok(picture(&placed(bars, by, (first, last)), by, &chosen, here))
}

/// The days of the first and the last digest.
fn days(catalog: &Catalog) -> Option<(NaiveDate, NaiveDate)> {
    let topics = || catalog.topics.values();
    Some((topics().map(|topic| topic.first).min()?, topics().map(|topic| topic.last).max()?))
}

/// The shortest spans that there are not too many of.
fn span(days: i64) -> By {
    SPANS.into_iter().find(|(_, length)| days / length <= MOST).map_or(By::Year, |(by, _)| by)
}

/// Bars with their places, in days.
struct Placed {
    /// Each with where it begins and how wide it is.
    bars: Vec<(i64, i64, Bar)>,
    /// Where the picture begins and ends.
    ends: (i64, i64),
    /// The days of all bars but those at the sides.
    days: (NaiveDate, NaiveDate),
}

/// Places bars by their days. What was published before all digests, or after them, or so it says, is in one bar at that
/// side, however long ago it was.
fn placed(bars: Vec<Bar>, by: By, (first, last): (NaiveDate, NaiveDate)) -> Placed {
    let width = SPANS.into_iter().find(|(span, _)| *span == by).map_or(365, |(_, length)| length);
    let (before, rest): (Vec<Bar>, Vec<Bar>) = bars.into_iter().partition(|bar| bar.days.1 < first);
    let (within, after): (Vec<Bar>, Vec<Bar>) = rest.into_iter().partition(|bar| bar.days.0 <= last);
    let first = within.first().map_or(first, |bar| bar.days.0.min(first));
    let last = within.last().map_or(last, |bar| bar.days.1.max(last));
    let length = |first: NaiveDate, last: NaiveDate| (last - first).num_days();
    let end = length(first, last) + 1;
    let [before, after] = [together(before, "before"), together(after, "after")];
    let ends = (before.as_ref().map_or(0, |_| -2 * width), after.as_ref().map_or(end, |_| end + 2 * width));
    let within = within.into_iter().map(|bar| (length(first, bar.days.0), length(bar.days.0, bar.days.1) + 1, bar));
    let before = before.map(|bar| (ends.0, width, bar)).into_iter();
    let bars = before.chain(within).chain(after.map(|bar| (end + width, width, bar))).collect();
    Placed { bars, ends, days: (first, last) }
}

fn picture(placed: &Placed, by: By, chosen: &[Days], here: &Address) -> Markup {
    let entries = || placed.bars.iter().map(|(_, _, bar)| bar.entries);
    let (total, most) = (entries().sum(), entries().max().unwrap_or(1));
    let ((from, to), (first, last)) = (placed.ends, placed.days);
    let is_chosen = |bar: &Bar| {
        let days = Days { first: Some(bar.days.0), last: Some(bar.days.1) };
        chosen.is_empty() || chosen.iter().any(|span| span.overlaps(&days))
    };
    html! {
        figure id="days" {
            // The days can be typed, too: nobody has to step through bars with the keyboard.
            svg.histogram viewBox={ (from) " 0 " (to - from) " " (HEIGHT) } preserveAspectRatio="none" aria-hidden="true" {
                @for (x, width, bar) in &placed.bars {
                    a href=(here.of_days(&bar.days.0.to_string(), &bar.days.1.to_string())) tabindex="-1" class=[(!is_chosen(bar)).then_some("off")] {
                        title { (bar.name) ": " (counted(bar.entries, "entry")) }
                        rect x=(x) width=(width) height=(HEIGHT) {}
                        @let height = (bar.entries * HEIGHT).div_ceil(most);
                        rect x=(x) width=(width) y=(HEIGHT - height) height=(height) {}
                    }
                }
            }
            figcaption {
                (counted(total, "entry")) " on all days, by " (by.as_str()) ", " (grouped(most)) " at most; " (first) " to " (last)
                @if !chosen.is_empty() { " · " a href=(here.of_all_days()) { "all days" } }
            }
        }
    }
}

/// Bars as one.
fn together(bars: Vec<Bar>, name: &str) -> Option<Bar> {
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
    fn what_is_far_away_stands_at_the_side() {
        let bars = vec![
            bar("1926-03-01", "1926-03-07", 1),
            bar("2026-01-26", "2026-02-01", 2),
            bar("2026-02-02", "2026-02-08", 3),
            bar("2026-02-16", "2026-02-22", 4),
            bar("2062-02-13", "2062-02-19", 5),
        ];
        let placed = placed(bars, By::Week, (day("2026-02-03"), day("2026-02-18")));
        let places: Vec<(i64, i64, usize)> =
            placed.bars.iter().map(|(x, width, bar)| (*x, *width, bar.entries)).collect();
        assert_eq!(places, [(-14, 7, 3), (0, 7, 3), (14, 7, 4), (28, 7, 5)]);
        assert_eq!(placed.ends, (-14, 35));
        assert_eq!(placed.days, (day("2026-02-02"), day("2026-02-22")));
        assert_eq!(placed.bars[0].2.days, (day("1926-03-01"), day("2026-02-01")));
    }

    #[test]
    fn there_are_not_too_many_bars() {
        let by = |days| span(days).as_str();
        assert_eq!(
            [by(1), by(62), by(70), by(440), by(500), by(1_800), by(2_000)],
            ["day", "day", "week", "week", "month", "month", "year"]
        );
    }
}
