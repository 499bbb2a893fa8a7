//! Blocks as text for a terminal: brief, in lines that fit, with colours, links and bars where it can show them.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::line::{looked, painted};
use super::paint::{Part, lines, paint};
use super::{columns, list, table};
use crate::render::human::blocks::{Block, Definition, Detail, Level, Line, NOTHING, Note, Section, Sense};
use crate::render::human::told;
use crate::render::safe::shown_in_lines;
use crate::render::{Style, shown};

/// The option that makes one of the words of a query enough, as it is typed.
const ANY: &str = "--any";

/// A writer of blocks.
pub struct Text<'o> {
    /// The look.
    pub style: Style,
    /// The destination.
    pub out: &'o mut dyn Write,
    /// Whether nothing is above in this part.
    is_first: bool,
}

impl<'o> Text<'o> {
    /// Returns a writer with nothing above.
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
            Block::Notes(notes) => self.notes(notes),
            Block::Definitions(definitions) => self.definitions(definitions),
            Block::About(definitions) => self.about(definitions),
            Block::Alert(sentences) => {
                sentences.iter().try_for_each(|text| self.paragraph(Sense::Failed, &Line::from(text.as_str())))
            }
            Block::List(list) => list::write(list, text, self.style, self.out),
            Block::Table(table) => table::write(table, self.style, self.out),
            Block::Tally(tally) => table::write_tally(tally, self.style, self.out),
            Block::Terms(terms) => list::write_terms(terms, text, self.style, self.out),
            Block::Beside(beside) => columns::write(beside, text, self.style, self.out),
            Block::Nothing(suggestions) => {
                writeln!(self.out, "{}", paint(NOTHING, Part::Aside, self.style))?;
                let suggestions = told::suggestions(*suggestions, ANY);
                suggestions.iter().try_for_each(|line| lines(&shown(line), "", "", None, self.style, self.out))
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
            Block::Authored(plain, _) => writeln!(self.out, "{}", shown_in_lines(plain.trim_end())),
            Block::Only(Detail::Brief, blocks) => self.blocks(blocks),
            // Lines draw no pictures.
            Block::Only(Detail::Full, _) | Block::Once(_) | Block::Picture(_) | Block::Address(_) => return Ok(()),
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

    /// A heading has an empty line above, but for the first of its part.
    fn heading(&mut self, level: Level, line: &Line<'_>) -> io::Result<()> {
        if !self.is_first && level != Level::Section {
            self.blank()?;
        }
        let text = looked(line, Some(Part::Heading), self.style);
        match level {
            Level::Place => writeln!(self.out, "{text}")?,
            _ => lines(&text, "", "", line.address(), self.style, self.out)?,
        }
        let rule = match level {
            Level::Title => "=",
            Level::Section => "-",
            Level::Subject | Level::Part | Level::Place | Level::Point => return Ok(()),
        };
        // Where nothing else would set it off.
        match self.style.color {
            true => Ok(()),
            false => writeln!(self.out, "{}", rule.repeat(display_width(&text).min(self.style.width))),
        }
    }

    fn paragraph(&mut self, sense: Sense, line: &Line<'_>) -> io::Result<()> {
        let text = match sense {
            Sense::Failed => looked(line, Some(Part::Mark), self.style),
            _ => painted(line, self.style),
        };
        let (first, indent) = match sense {
            Sense::Log => return writeln!(self.out, "{text}"),
            Sense::Plain | Sense::Total | Sense::Asked => ("", "  "),
            Sense::Body | Sense::Origin => ("  ", "  "),
            Sense::Lead => ("  ", "    "),
            Sense::Failed => ("", ""),
        };
        lines(&text, first, indent, line.address(), self.style, self.out)?;
        if sense == Sense::Asked { self.blank() } else { Ok(()) }
    }

    fn notes(&mut self, notes: &[Note]) -> io::Result<()> {
        let is_quiet = self.style.quiet;
        let mut notes = notes.iter().filter(|note| !(note.is_caveat && is_quiet));
        notes.try_for_each(|note| self.lines(&Line::dim(note.text.as_str()), "", "  "))
    }

    /// Names in a column, but for those that are implied.
    fn definitions(&mut self, definitions: &[Definition<'_>]) -> io::Result<()> {
        let plain = Style { color: false, ..self.style };
        let name = |definition: &Definition<'_>| painted(&definition.name, plain);
        let width = definitions.iter().map(|definition| display_width(&name(definition))).max().unwrap_or_default() + 1;
        for definition in definitions {
            let name = name(definition);
            let pad = " ".repeat(width.saturating_sub(display_width(&name)));
            let first = paint(&format!("{name}{pad}"), Part::Aside, self.style);
            self.lines(&definition.value, &first, &" ".repeat(width))?;
        }
        Ok(())
    }

    /// A sentence each.
    fn about(&mut self, definitions: &[Definition<'_>]) -> io::Result<()> {
        let sentence = |definition: &Definition<'_>| {
            let plain = Style { color: false, ..self.style };
            let (name, value) = (painted(&definition.name, plain), painted(&definition.value, plain));
            if definition.is_implied { value } else { format!("{name}: {value}") }
        };
        definitions.iter().try_for_each(|definition| {
            let text = paint(&sentence(definition), Part::Aside, self.style);
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
