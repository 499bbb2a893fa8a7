//! A page that needs nothing else: its style is in it, it has no script, and its policy lets it load nothing.

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::blocks::Context;
use super::{Alone, report};
use crate::render::human::blocks::Block;
use crate::render::safe::acts;

/// The look of all parts.
pub const STYLE: &str = include_str!("style.css");

/// Only the style in the page itself is let in.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Writes a report as a page.
pub fn write_report(title: &str, blocks: &[Block<'_>], is_quiet: bool, out: &mut dyn Write) -> io::Result<()> {
    write(&page(title, &report::body(blocks, Context { is_quiet, links: &Alone })), out)
}

fn page(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
        "\n"
    }
}

fn write(page: &Markup, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(harmless(page).as_bytes())
}

/// A page without any character that would act, whatever text it came with.
pub fn harmless(page: &Markup) -> String {
    page.0.chars().map(|c| if c != '\n' && acts(c) { '\u{fffd}' } else { c }).collect()
}
