//! A writer of SVG elements. They are styled by attributes only: a page that embeds the picture may forbid styles, and a
//! style would apply to that page, too.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use crate::render::numbers::rounded;
use crate::render::safe::shown_in_lines;

/// A writer of SVG elements.
pub struct Canvas<'a> {
    xml: Writer<&'a mut dyn Write>,
}

impl<'a> Canvas<'a> {
    /// Returns a writer into `out`.
    pub fn new(out: &'a mut dyn Write) -> Self {
        Self { xml: Writer::new_with_indent(out, b' ', 1) }
    }

    /// Writes an element around those that `inner` writes.
    pub fn group(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inner: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.xml.write_event(Event::Start(start(name, &[], attributes)))?;
        inner(self)?;
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Writes an empty element.
    pub fn draw(&mut self, name: &str, numbers: &[(&str, f64)], attributes: &[(&str, &str)]) -> io::Result<()> {
        self.xml.write_event(Event::Empty(start(name, numbers, attributes)))
    }

    /// Writes an element with a title, which browsers show as a tooltip.
    pub fn draw_titled(
        &mut self,
        title: &str,
        name: &str,
        numbers: &[(&str, f64)],
        attributes: &[(&str, &str)],
    ) -> io::Result<()> {
        self.xml.write_event(Event::Start(start(name, numbers, attributes)))?;
        self.text_element("title", &[], &[], title)?;
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Writes a line of text at a point, which is its start unless `text-anchor` says otherwise.
    pub fn text(&mut self, (x, y): (f64, f64), text: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.text_element("text", &[("x", x), ("y", y)], attributes, text)
    }

    /// Writes an element with text in it.
    pub fn text_element(
        &mut self,
        name: &str,
        numbers: &[(&str, f64)],
        attributes: &[(&str, &str)],
        text: &str,
    ) -> io::Result<()> {
        self.xml.write_event(Event::Start(start(name, numbers, attributes)))?;
        self.xml.write_event(Event::Text(BytesText::new(&allowed(text))))?;
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Ends the file.
    pub fn end(mut self) -> io::Result<()> {
        self.xml.get_mut().write_all(b"\n")
    }
}

fn start<'a>(name: &'a str, numbers: &[(&str, f64)], attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, number) in numbers {
        start.push_attribute((*name, px(*number).as_str()));
    }
    for (name, value) in attributes {
        start.push_attribute((*name, allowed(value).as_str()));
    }
    start
}

/// Formats a coordinate, rounded to a tenth of a pixel.
pub fn px(number: f64) -> String {
    // Adding 0 turns -0 into 0.
    (rounded(number, 1) + 0.0).to_string()
}

/// Replaces characters that XML forbids, and control characters.
fn allowed(text: &str) -> String {
    shown_in_lines(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_xml_and_is_read_as_it_was() {
        let hostile: String = (0..=0x11_0000).filter_map(char::from_u32).filter(|c| !c.is_alphabetic()).collect();
        let mut out = Vec::new();
        let mut canvas = Canvas::new(&mut out);
        canvas.text_element("text", &[], &[("aria-label", &hostile)], &hostile).expect("written");
        let xml = String::from_utf8(out).expect("UTF-8");
        let document = roxmltree::Document::parse(&xml).expect("XML");
        let text = document.root_element().text().expect("a text");
        assert_eq!(text, allowed(&hostile));
        assert!(text.contains("<>") || text.contains("<=>"), "escaped, not dropped");
        assert!(document.root_element().attribute("aria-label").is_some_and(|label| label.contains('"')));
    }

    #[test]
    fn coordinates_are_short() {
        for (number, text) in [(1.0, "1"), (1.26, "1.3"), (-0.04, "0"), (0.0, "0"), (-2.5, "-2.5")] {
            assert_eq!(px(number), text);
        }
    }
}
