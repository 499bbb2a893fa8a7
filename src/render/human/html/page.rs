//! A self-contained page: inline style, no script, and a policy that forbids loading anything.

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::blocks::Context;
use super::{NoLinks, report};
use crate::render::Style;
use crate::render::human::blocks::Block;
use crate::render::safe::acts;

/// The style sheet.
pub const STYLE: &str = include_str!("style.css");

/// The content security policy: inline style only.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Writes a report as a page.
pub fn write_report(title: &str, blocks: &[Block<'_>], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let context = Context { is_quiet: style.quiet, syntax: style.syntax, links: &NoLinks };
    write(&page(title, &report::body(blocks, context)), out)
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

/// Returns a page with control characters replaced.
pub fn harmless(page: &Markup) -> String {
    page.0.chars().map(|c| if c != '\n' && acts(c) { '\u{fffd}' } else { c }).collect()
}
