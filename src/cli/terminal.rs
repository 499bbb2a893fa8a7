//! Properties of the terminal that the output goes to.

use std::io::{IsTerminal, stderr, stdout};

use digest_search::render::Style;

use super::failure::syntax;
use super::global::Color;

/// Maximum line width, for readability.
const MAX_WIDTH: usize = 100;

/// Line width without a terminal: lines are not wrapped, so that programs can match them.
const UNBROKEN: usize = 1 << 20;

/// Properties of stdout and stderr, detected once.
#[derive(Debug, Clone)]
pub struct Terminal {
    color: bool,
    links: bool,
    bars: bool,
    width: usize,
    /// Whether to show progress on stderr.
    pub progress: bool,
    /// Whether errors are coloured.
    pub error_color: bool,
}

impl Terminal {
    pub fn new(color: Color, quiet: bool) -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let (able, error_able) = (stdout().is_terminal() && !dumb, stderr().is_terminal() && !dumb);
        let wanted = |able: bool| match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => able && !set("NO_COLOR"),
        };
        let color = wanted(able);
        Self {
            color,
            links: able && color,
            bars: able,
            width: width(),
            progress: error_able && !quiet,
            error_color: wanted(error_able),
        }
    }

    pub fn style(&self, urls: bool) -> Style {
        let Self { color, links, bars, width, .. } = *self;
        Style { color, links, bars, urls, ..Style::plain(width, syntax) }
    }
}

fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let detected = || terminal_size::terminal_size_of(stdout()).map(|(width, _)| usize::from(width.0));
    columns.or_else(detected).filter(|w| *w > 0).map_or(UNBROKEN, |width| width.min(MAX_WIDTH))
}
