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

/// What makes one of the words of a query enough, as it is typed.
const ANY: &str = "--any";

/// A writer of blocks.
pub struct Text<'o> {
    /// The look.
    pub style: Style,
    /// Where to write.
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
            Block::List(list) => list::write(list, self.style, self.out),
            Block::Table(table) => table::write(table, self.style, self.out),
            Block::Tally(tally) => table::write_tally(tally, self.style, self.out),
            Block::Terms(terms) => list::write_terms(terms, self.style, self.out),
            Block::Beside(beside) => columns::write(beside, self.style, self.out),
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
            Level::Subject | Level::Part | Level::Place | Level::Detail => return Ok(()),
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
mod tests {
    use super::*;
    use crate::render::human::blocks::{Item, List, Role, Span, Target};

    fn style(width: usize) -> Style {
        Style { color: false, links: false, urls: false, bars: false, quiet: false, width }
    }

    fn written(blocks: &[Block<'_>], style: Style) -> String {
        text(blocks, style).expect("written to memory")
    }

    #[test]
    fn paragraphs_are_wrapped_and_hang() {
        let blocks = [
            Block::plain("one two three four"),
            Block::Paragraph(Sense::Lead, "one two three four".into()),
            Block::Paragraph(Sense::Log, "one two three four".into()),
        ];
        let expect = "one two\n  three four\n  one two\n    three four\none two three four\n";
        assert_eq!(written(&blocks, style(12)), expect);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let blocks = [Block::plain("新华网报道说东京和北京的会谈仍在继续")];
        let text = written(&blocks, style(20));
        assert!(text.lines().count() > 1 && text.lines().all(|line| display_width(line) <= 20), "{text}");
    }

    #[test]
    fn headings_have_a_line_above_but_the_first() {
        let heading = |text| Block::Heading(Level::Part, Line::from(text));
        let group = Block::Group(vec![heading("c"), Block::plain("d")]);
        let blocks = [heading("a"), Block::plain("b"), heading("b"), group, Block::plain("e")];
        assert_eq!(written(&blocks, style(80)), "a\nb\n\nb\nc\nd\n\ne\n");
    }

    #[test]
    fn titles_are_underlined_as_wide_as_they_are() {
        let blocks = [Block::Heading(Level::Title, "新华".into())];
        assert_eq!(written(&blocks, style(80)), "新华\n====\n");
    }

    #[test]
    fn caveats_are_left_out_where_it_is_quiet() {
        let blocks = || [Block::notes(["a".to_owned()]), Block::caveats(["b".to_owned()])];
        assert_eq!(written(&blocks(), style(80)), "a\nb\n");
        assert_eq!(written(&blocks(), Style { quiet: true, ..style(80) }), "a\n");
    }

    #[test]
    fn brief_is_what_a_terminal_has() {
        let only = |detail, text| Block::Only(detail, vec![Block::plain(text)]);
        let blocks = [only(Detail::Brief, "brief"), only(Detail::Full, "full"), Block::Once(vec!["once".to_owned()])];
        assert_eq!(written(&blocks, style(80)), "brief\n");
    }

    #[test]
    fn links_are_for_the_web_only() {
        let link = |url| {
            let span = Span { target: Some(Target::Address(url)), ..Span::new(Role::Text, "text") };
            [Block::List(List { items: vec![Item::new(span, [])], ..List::default() })]
        };
        let links = Style { links: true, ..style(80) };
        let expect = "\u{1b}]8;;https://e.example/%1B\u{1b}\\text\u{1b}]8;;\u{1b}\\\n";
        assert_eq!(written(&link("https://e.example/\u{1b}"), links), expect);
        assert_eq!(written(&link("javascript:alert(1)"), links), "text\n");
        let urls = Style { urls: true, ..style(80) };
        assert_eq!(written(&link("javascript:\u{1b}"), urls), "text\n  javascript:␛\n", "shown, and not a link");
    }
}
