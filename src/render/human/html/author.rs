//! Markdown by the author of a report, as HTML: raw HTML is escaped, links lead to the web, to mail and within the page only,
//! pictures become their alternative text, and headings rank below that of the section.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::render::safe::is_web;

/// Returns Markdown as a part of a section.
pub fn markdown(text: &str) -> Markup {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    // Markdown has no nested links: at most one is open.
    let mut is_dropped = false;
    let events = events.filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Link { ref dest_url, .. }) if !is_link(dest_url) => {
            is_dropped = true;
            None
        }
        Event::End(TagEnd::Link) if std::mem::take(&mut is_dropped) => None,
        // The alternative text of a picture stays.
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Heading { level, .. }) => Some(Event::Start(heading(below(level)))),
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(below(level)))),
        event => Some(event),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    PreEscaped(out)
}

fn heading(level: HeadingLevel) -> Tag<'static> {
    Tag::Heading { level, id: None::<CowStr<'static>>, classes: Vec::new(), attrs: Vec::new() }
}

fn is_link(url: &str) -> bool {
    is_web(url) || url.starts_with("mailto:") || url.starts_with('#')
}

fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn raw_html_and_unsafe_links_are_dropped() {
        for (text, expect) in [
            ("a *b* [c](https://d.example)", "<p>a <em>b</em> <a href=\"https://d.example\">c</a></p>\n"),
            ("# a\n\n## b", "<h3>a</h3>\n<h4>b</h4>\n"),
            ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"),
            ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
            ("[a](javascript:b) [c](JavaScript:d) <data:e> [f](//g.example)", "<p>a c data:e f</p>\n"),
            ("![a](https://b.example/c.png)", "<p>a</p>\n"),
        ] {
            assert_eq!(markdown(text).0, expect, "{text}");
        }
    }
}
