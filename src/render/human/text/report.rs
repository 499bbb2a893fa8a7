//! Answers one below the other, each under its title.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::paint::{Part, lines, notes, paint};
use crate::render::human::told;
use crate::render::safe::shown_in_lines;
use crate::render::{ReportAnswer, ReportContent, Style, shown};

pub fn write(answer: &ReportAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    heading(&answer.title, '=', style, out)?;
    notes(told::head(&answer.head), style, out)?;
    for section in &answer.sections {
        writeln!(out)?;
        if let Some(title) = &section.title {
            heading(title, '-', style, out)?;
        }
        match &section.content {
            ReportContent::Text { plain, .. } => writeln!(out, "{}", shown_in_lines(plain.trim_end()))?,
            ReportContent::Answer { answer: of_section, .. } => {
                notes(told::asked(of_section, &answer.head), style, out)?;
                writeln!(out)?;
                super::write(of_section, style, out)?;
                for asserted in section.failed() {
                    lines(&paint(&shown(&asserted.told()), Part::Mark, style), "", "", None, style, out)?;
                }
            }
        }
    }
    Ok(())
}

/// A heading, underlined where nothing else would set it off.
fn heading(text: &str, line: char, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let text = shown(text);
    lines(&paint(&text, Part::Heading, style), "", "", None, style, out)?;
    if style.color {
        return Ok(());
    }
    writeln!(out, "{}", line.to_string().repeat(display_width(&text).min(style.width)))
}
