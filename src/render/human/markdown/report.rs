//! Answers one below the other, each under its heading.

use std::io::{self, Write};

use super::{escaped, escaped_item};
use crate::render::human::told;
use crate::render::machine::records;
use crate::render::safe::shown_in_lines;
use crate::render::{Answer, ReportAnswer, ReportContent, Style};

pub fn write(answer: &ReportAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", escaped(&answer.title))?;
    for line in told::head(&answer.head) {
        writeln!(out, "- {}", escaped_item(&line))?;
    }
    for section in &answer.sections {
        writeln!(out)?;
        if let Some(title) = &section.title {
            writeln!(out, "## {}\n", escaped(title))?;
        }
        match &section.content {
            ReportContent::Text { markdown, .. } => writeln!(out, "{}", shown_in_lines(markdown.trim_end()))?,
            ReportContent::Answer { answer: of_section, .. } => {
                if let Some(asked) = told::asked(of_section, &answer.head) {
                    writeln!(out, "{}\n", escaped_item(&asked))?;
                }
                super::write(of_section, &records(of_section), "`any`", style, out)?;
                if let Answer::Query(answer) = of_section {
                    for note in style.caveats(answer.warnings.clone()) {
                        writeln!(out, "\n{}", escaped_item(&note))?;
                    }
                }
                for asserted in section.failed() {
                    writeln!(out, "\n**{}**", escaped_item(&asserted.told()))?;
                }
            }
        }
    }
    Ok(())
}
