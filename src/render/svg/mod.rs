//! Shares over time as a picture (SVG): a line for each perspective, with its interval. It is a file, or part of a page
//! with other pictures: no ids, scripts, styles or external resources, and its own background.

mod canvas;
mod caption;
mod design;
mod layout;
mod lettering;
mod look;
mod measure;
mod panel;
mod plot;
mod scale;
mod series;
mod sheet;
#[cfg(test)]
mod tests;
mod timeline;

use std::io::{self, Write};

use canvas::{Canvas, px};
use design::{HEADING, MARGIN, NOTE, SMALL, SUBHEADING};
use layout::{Data, Layout};
use lettering::fit;
use measure::Measure;
use series::has_cut_off;
use sheet::Sheet;
use timeline::Timeline;

pub use design::Size;

use crate::render::TrendAnswer;

/// Writes the picture; `note` is for pictures that are files.
pub fn write(answer: &TrendAnswer, note: Option<&str>, size: Size, out: &mut dyn Write) -> io::Result<()> {
    let (perspectives, spans) = (&answer.response.perspectives[..], &answer.response.spans[..]);
    let (heading, subheading) = (caption::heading(answer), caption::subheading(answer));
    let (measure, kind) = (Measure::of(&answer.request), caption::kind(answer));
    let timeline = Timeline::new(spans, answer.request.by);
    let mut sheet = Sheet::new(size, MARGIN / 2.0);
    // A query may have 4 KiB; the title element has all of it.
    sheet.add(&fit(&heading, HEADING.size, 2.5 * size.width()), HEADING);
    sheet.add(&subheading, SUBHEADING);
    sheet.y += SMALL;
    let mut layout = None;
    if perspectives.is_empty() || spans.is_empty() {
        sheet.add("Nothing to draw.", SUBHEADING);
    } else {
        sheet.add(&measure.name(kind), NOTE);
        sheet.y += 4.0;
        let placed = Layout::new(Data { size, perspectives, spans, timeline: &timeline, measure, kind }, sheet.y);
        sheet.y = placed.bottom;
        layout = Some(placed);
        sheet.add(timeline.name(), NOTE);
    }
    sheet.y += SMALL;
    let is_cut_off = layout.as_ref().is_some_and(|layout| layout.panels.iter().any(has_cut_off));
    for note in caption::notes(answer, is_cut_off, note) {
        sheet.add(&note, NOTE);
    }
    let height = sheet.y + MARGIN;
    let label = format!("{heading}: {subheading}");
    let (wide, high) = (px(size.width()), px(height));
    let bounds = format!("0 0 {wide} {high}");
    let root = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", &bounds),
        ("width", &wide),
        ("height", &high),
        ("role", "img"),
        ("aria-label", &label),
        ("font-family", "sans-serif"),
    ];
    let mut canvas = Canvas::new(out);
    canvas.group("svg", &root, |canvas| {
        canvas.text_element("title", &[], &[], &label)?;
        canvas.text_element("desc", &[], &[], &caption::description(answer))?;
        canvas.draw("rect", &[("width", size.width()), ("height", height)], &[("fill", "white")])?;
        sheet.draw(canvas)?;
        layout.map_or(Ok(()), |layout| layout.draw(canvas))
    })?;
    canvas.end()
}
