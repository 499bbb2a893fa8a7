//! How the units found are spread over days, whichever days are chosen: bars that lead to the units of theirs.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::Address;
use crate::engine::{Catalog, Reader};
use crate::insight::{self, By, CountRequest, Row};
use crate::query::{Days, Selection};
use crate::render::numbers::{counted, grouped};

/// More bars than this are too narrow for a finger.
const MOST: i64 = 62;

/// Spans of days and about how long they are; beyond these there are years.
const SPANS: [(By, i64); 3] = [(By::Day, 1), (By::Week, 7), (By::Month, 30)];

/// The height of the tallest bar; bars are as wide as they have days.
const HEIGHT: usize = 100;

/// Units of some days.
struct Bar {
    days: (NaiveDate, NaiveDate),
    /// What the days are called.
    name: String,
    units: usize,
}

/// A picture of all days that have digests, with the units that pass all filters but those of days.
pub fn histogram(selection: &Selection, here: &Address, reader: &Reader) -> Result<Markup, insight::Error> {
    let Some((first, last)) = days(reader.catalog()) else { return Ok(html! {}) };
    let by = span((last - first).num_days() + 1);
    let chosen = selection.filters.days.clone();
    let mut selection = selection.clone();
    selection.filters.days.clear();
    let response = CountRequest::new(selection, vec![by], false, None).answer(reader)?;
    let bar = |row: &Row| {
        let (name, _) = response.value(row, 0).clone()?;
        let days = Days::parse(&name, None).ok()?;
        Some(Bar { days: (days.first?, days.last?), name, units: row.count.filter(|units| *units > 0)? })
    };
    let bars: Vec<Bar> = response.rows.iter().filter_map(bar).collect();
    Ok(if bars.is_empty() {
        html! {}
    } else {
        picture(bars, by, (first, last), &chosen, here)
    })
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

fn picture(bars: Vec<Bar>, by: By, (first, last): (NaiveDate, NaiveDate), chosen: &[Days], here: &Address) -> Markup {
    let width = SPANS.into_iter().find(|(span, _)| *span == by).map_or(365, |(_, length)| length);
    let most = bars.iter().map(|bar| bar.units).max().unwrap_or(1);
    let total: usize = bars.iter().map(|bar| bar.units).sum();
    let (before, rest): (Vec<Bar>, Vec<Bar>) = bars.into_iter().partition(|bar| bar.days.1 < first);
    let (within, after): (Vec<Bar>, Vec<Bar>) = rest.into_iter().partition(|bar| bar.days.0 <= last);
    let left = within.first().map_or(first, |bar| bar.days.0.min(first));
    let right = within.last().map_or(last, |bar| bar.days.1.max(last));
    let place = |day: NaiveDate| (day - left).num_days();
    // What was published before all digests, or so it says, is in one bar at the side, however long ago it was.
    let (before, after) = (together(before, "before"), together(after, "after"));
    let end = place(right) + 1;
    let (from, to) = (before.as_ref().map_or(0, |_| -2 * width), after.as_ref().map_or(end, |_| end + 2 * width));
    let most = before.iter().chain(&after).map(|bar| bar.units).max().unwrap_or_default().max(most);
    let placed = before.map(|bar| (from, width, bar)).into_iter();
    let placed = placed.chain(within.into_iter().map(|bar| {
        let (first, last) = bar.days;
        (place(first), (last - first).num_days() + 1, bar)
    }));
    let placed = placed.chain(after.map(|bar| (end + width, width, bar)));
    let placed: Vec<(i64, i64, Bar)> = placed.collect();
    let is_chosen = |bar: &Bar| {
        let days = Days { first: Some(bar.days.0), last: Some(bar.days.1) };
        chosen.is_empty() || chosen.iter().any(|span| span.overlaps(&days))
    };
    html! {
        figure id="days" {
            // The days can be typed, too: nobody has to step through bars with the keyboard.
            svg.histogram viewBox={ (from) " 0 " (to - from) " " (HEIGHT) } preserveAspectRatio="none" aria-hidden="true" {
                @for (x, width, bar) in &placed {
                    a href=(here.of_days(&bar.days.0.to_string(), &bar.days.1.to_string())) tabindex="-1" class=[(!is_chosen(bar)).then_some("off")] {
                        title { (bar.name) ": " (counted(bar.units, "unit")) }
                        rect x=(x) width=(width) height=(HEIGHT) {}
                        @let height = (bar.units * HEIGHT).div_ceil(most);
                        rect x=(x) width=(width) y=(HEIGHT - height) height=(height) {}
                    }
                }
            }
            figcaption {
                (counted(total, "unit")) " on all days, by " (by.as_str()) ", " (grouped(most)) " at most; " (left) " to " (right)
                @if !chosen.is_empty() { " · " a href=(here.of_all_days()) { "all days" } }
            }
        }
    }
}

/// Bars as one.
fn together(bars: Vec<Bar>, name: &str) -> Option<Bar> {
    let days = (bars.first()?.days.0, bars.last()?.days.1);
    Some(Bar { days, name: format!("{name}, {} to {}", days.0, days.1), units: bars.iter().map(|bar| bar.units).sum() })
}
