//! Blocks as text: brief, wrapped, with colours, links and bars if the terminal supports them.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::line::{painted, styled};
use super::paint::{Look, lines, paint};
use super::{columns, list, table};
use crate::render::human::blocks::{Block, Definition, Detail, HOW_TO_READ, Level, Line, NOTHING, Section, Sense};
use crate::render::human::wording;
use crate::render::safe::shown_in_lines;
use crate::render::{Style, shown};

/// A writer of blocks.
pub struct Text<'o> {
    /// The style.
    pub style: Style,
    /// The destination.
    pub out: &'o mut dyn Write,
    /// True if this part has no block yet.
    is_first: bool,
}

impl<'o> Text<'o> {
    /// Returns a writer at the start of the output.
    pub fn new(style: Style, out: &'o mut dyn Write) -> Self {
        Self { style, out, is_first: true }
    }

    /// Writes blocks one below the other.
    pub fn blocks(&mut self, blocks: &[Block<'_>]) -> io::Result<()> {
        blocks.iter().try_for_each(|block| self.block(block))
    }

    fn block(&mut self, block: &Block<'_>) -> io::Result<()> {
        match block {
            Block::Heading(level, line) => self.heading(*level, line),
            Block::Paragraph(sense, line) => self.paragraph(*sense, line),
            Block::Sentences(sentences) => sentences.iter().try_for_each(|text| self.sentence(text)),
            Block::Note(_) if self.style.quiet => return Ok(()),
            Block::Note(note) => self.sentence(&note.written(self.style.syntax)),
            Block::Definitions(definitions) => self.definitions(definitions),
            Block::About(definitions) => self.about(definitions),
            Block::Alert(sentences) => {
                sentences.iter().try_for_each(|text| self.paragraph(Sense::Failed, &Line::from(text.as_str())))
            }
            Block::List(list) => list::write(list, text, self.style, self.out),
            Block::Table(table) => table::write(table, self.style, self.out),
            Block::Tally(tally) => table::write_tally(tally, self.style, self.out),
            Block::Terms(terms) => list::write_terms(terms, text, self.style, self.out),
            Block::Columns(all) => columns::write(all, text, self.style, self.out),
            Block::Nothing(suggestions) => {
                writeln!(self.out, "{}", paint(NOTHING, Look::Aside, self.style))?;
                let suggestions = wording::suggestions(*suggestions);
                let mut suggestions = suggestions.iter().map(|text| shown(&text.written(self.style.syntax)));
                suggestions.try_for_each(|line| lines(&line, "", "", None, self.style, self.out))
            }
            Block::Legend(sign, text) => self.paragraph(Sense::Total, &Line::dim(format!("{sign} {text}"))),
            Block::Address(url) if self.style.urls || !self.style.links => writeln!(self.out, "  {}", shown(url)),
            Block::Group(blocks) => {
                self.is_first = true;
                self.blocks(blocks)?;
                self.blank()
            }
            Block::Parts(parts) => parts.iter().try_for_each(|blocks| self.blocks(blocks)),
            Block::Section(section) => self.section(section),
            Block::StandingNotes(notes) if notes.is_empty() || self.style.quiet => return Ok(()),
            Block::StandingNotes(notes) => {
                self.blank()?;
                self.heading(Level::Section, &HOW_TO_READ.into())?;
                notes.iter().try_for_each(|note| self.sentence(&note.written(self.style.syntax)))
            }
            Block::Authored(plain, _) => writeln!(self.out, "{}", shown_in_lines(plain.trim_end())),
            Block::Only(Detail::Brief, blocks) => self.blocks(blocks),
            // Text has no pictures.
            Block::Only(Detail::Full, _) | Block::Picture(_) | Block::Address(_) => return Ok(()),
        }?;
        self.is_first = matches!(block, Block::Group(_));
        Ok(())
    }

    fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    fn lines(&mut self, line: &Line<'_>, first: &str, indent: &str) -> io::Result<()> {
        lines(&painted(line, self.style), first, indent, line.address(), self.style, self.out)
    }

    /// Writes a heading, with an empty line above unless it is the first of its part.
    fn heading(&mut self, level: Level, line: &Line<'_>) -> io::Result<()> {
        if !self.is_first && level != Level::Section {
            self.blank()?;
        }
        let text = styled(line, Some(Look::Heading), self.style);
        match level {
            Level::Place => writeln!(self.out, "{text}")?,
            _ => lines(&text, "", "", line.address(), self.style, self.out)?,
        }
        let rule = match level {
            Level::Title => "=",
            Level::Section => "-",
            Level::Subject | Level::Part | Level::Place | Level::Point => return Ok(()),
        };
        // Without colours, a rule sets titles off.
        match self.style.color {
            true => Ok(()),
            false => writeln!(self.out, "{}", rule.repeat(display_width(&text).min(self.style.width))),
        }
    }

    fn paragraph(&mut self, sense: Sense, line: &Line<'_>) -> io::Result<()> {
        let text = match sense {
            Sense::Failed => styled(line, Some(Look::Mark), self.style),
            _ => painted(line, self.style),
        };
        let (first, indent) = match sense {
            Sense::Log => return writeln!(self.out, "{text}"),
            Sense::Plain | Sense::Total | Sense::Question => ("", "  "),
            Sense::Body | Sense::Badge | Sense::Origin => ("  ", "  "),
            Sense::Lead => ("  ", "    "),
            Sense::Failed => ("", ""),
        };
        lines(&text, first, indent, line.address(), self.style, self.out)?;
        if sense == Sense::Question { self.blank() } else { Ok(()) }
    }

    fn sentence(&mut self, text: &str) -> io::Result<()> {
        self.lines(&Line::dim(text), "", "  ")
    }

    /// Writes definitions with the names in a column.
    fn definitions(&mut self, definitions: &[Definition<'_>]) -> io::Result<()> {
        let plain = Style { color: false, ..self.style };
        let name = |definition: &Definition<'_>| painted(&definition.name, plain);
        let width = definitions.iter().map(|definition| display_width(&name(definition))).max().unwrap_or_default() + 1;
        for definition in definitions {
            let name = name(definition);
            let pad = " ".repeat(width.saturating_sub(display_width(&name)));
            let first = paint(&format!("{name}{pad}"), Look::Aside, self.style);
            self.lines(&definition.value, &first, &" ".repeat(width))?;
        }
        Ok(())
    }

    /// Writes definitions as sentences.
    fn about(&mut self, definitions: &[Definition<'_>]) -> io::Result<()> {
        let sentence = |definition: &Definition<'_>| {
            let plain = Style { color: false, ..self.style };
            let (name, value) = (painted(&definition.name, plain), painted(&definition.value, plain));
            if definition.is_implied { value } else { format!("{name}: {value}") }
        };
        definitions.iter().try_for_each(|definition| {
            let text = paint(&sentence(definition), Look::Aside, self.style);
            lines(&text, "", "  ", None, self.style, self.out)
        })
    }

    fn section(&mut self, section: &Section<'_>) -> io::Result<()> {
        self.blank()?;
        if let Some(title) = section.title {
            self.heading(Level::Section, &title.into())?;
        }
        self.is_first = true;
        self.blocks(&section.blocks)
    }
}

/// Returns blocks as text.
pub fn text(blocks: &[Block<'_>], style: Style) -> io::Result<String> {
    let mut out = Vec::new();
    Text::new(style, &mut out).blocks(blocks)?;
    String::from_utf8(out).map_err(io::Error::other)
}

#[cfg(test)]
mod tests;
