//! The body of a report's page.

use maud::{Markup, html};

use super::blocks::{Context, blocks, section};
use crate::render::human::blocks::{Block, Section};
use crate::render::shown;

/// Returns a report: its head, links to sections, and the sections.
pub fn body(report: &[Block<'_>], context: Context<'_>) -> Markup {
    let begin = report.iter().position(|block| matches!(block, Block::Section(_))).unwrap_or(report.len());
    let (head, rest) = report.split_at(begin);
    let sections = rest.iter().filter_map(|block| match block {
        Block::Section(section) => Some(section),
        _ => None,
    });
    let named: Vec<(usize, &str)> =
        (1..).zip(sections).filter_map(|(at, section)| Some((at, section.title?))).collect();
    html! {
        main {
            header {
                (blocks(head, context))
                @if named.len() > 2 {
                    nav aria-label="Sections" { ul { @for (at, title) in &named { li { a href={ "#s" (at) } { (shown(title)) } } } } }
                }
            }
            @for (at, block) in (1..).zip(rest) {
                @match block {
                    Block::Section(of) => (numbered(at, of, context)),
                    other => (blocks(std::slice::from_ref(other), context)),
                }
            }
        }
    }
}

fn numbered(at: usize, of: &Section<'_>, context: Context<'_>) -> Markup {
    section(of, Some(&format!("s{at}")), context)
}
