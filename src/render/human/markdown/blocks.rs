//! Blocks as Markdown (CommonMark with GitHub's tables), in full detail, with an empty line between blocks.

use std::io::{self, Write};

use super::escape::{address, at_start, inside};
use crate::diagnostic::{Message, Syntax};
use crate::render::human::blocks::{
    Align, Block, Columns, Definition, Detail, HOW_TO_READ, Item, Level, Line, List, NOTHING, Role, Section, Sense,
    Span, Table, Target, Terms,
};
use crate::render::human::wording;
use crate::render::is_web;
use crate::render::numbers::grouped;
use crate::render::safe::shown_in_lines;

/// Settings of the document as a whole.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// True if notes are left out.
    pub is_quiet: bool,
    /// The syntax of options.
    pub syntax: Syntax,
}

/// Writes blocks.
pub fn write(blocks: &[Block<'_>], context: Context, out: &mut dyn Write) -> io::Result<()> {
    Markdown { context, out, is_first: true }.blocks(blocks)
}

/// A writer of blocks.
struct Markdown<'o> {
    context: Context,
    out: &'o mut dyn Write,
    /// True if nothing was written yet.
    is_first: bool,
}

impl Markdown<'_> {
    fn blocks(&mut self, blocks: &[Block<'_>]) -> io::Result<()> {
        blocks.iter().try_for_each(|block| self.block(block))
    }

    fn block(&mut self, block: &Block<'_>) -> io::Result<()> {
        match block {
            Block::Heading(level, line) => self.put(&heading(*level, line)),
            Block::Paragraph(Sense::Failed, text) => self.put(&strong(text)),
            Block::Paragraph(_, text) => self.put(&at_start(&line(text))),
            Block::Sentences(sentences) => sentences.iter().try_for_each(|text| self.put(&item_text(text))),
            Block::Note(_) if self.context.is_quiet => Ok(()),
            Block::Note(note) => self.put(&self.note(note)),
            Block::Definitions(definitions) | Block::About(definitions) => {
                let item = |Definition { name, value, .. }: &Definition<'_>| {
                    format!("- {}", at_start(&format!("{}: {}", line(name), line(value))))
                };
                self.put(&definitions.iter().map(item).collect::<Vec<_>>().join("\n"))
            }
            Block::Alert(sentences) => {
                sentences.iter().try_for_each(|text| self.put(&strong(&Line::from(text.as_str()))))
            }
            Block::List(of) => self.list(of),
            Block::Table(of) => self.put(&table(of)),
            Block::Tally(tally) => self.put(&table(&tally.table())),
            Block::Terms(of) => self.terms(of),
            Block::Columns(of) => self.columns(of),
            Block::Nothing(suggestions) => {
                self.put(NOTHING)?;
                wording::suggestions(*suggestions).iter().try_for_each(|text| self.put(&self.note(text)))
            }
            Block::Legend(sign, text) => self.put(&item_text(&format!("{sign} {text}"))),
            Block::Group(blocks) | Block::Only(Detail::Full, blocks) => self.blocks(blocks),
            Block::Parts(parts) => parts.iter().try_for_each(|blocks| self.blocks(blocks)),
            Block::Section(Section { title, blocks }) => {
                if let Some(title) = title {
                    self.put(&heading(Level::Section, &(*title).into()))?;
                }
                self.blocks(blocks)
            }
            Block::StandingNotes(notes) if notes.is_empty() || self.context.is_quiet => Ok(()),
            Block::StandingNotes(notes) => {
                self.put(&heading(Level::Section, &HOW_TO_READ.into()))?;
                let notes: Vec<String> = notes.iter().map(|note| format!("- {}", self.note(note))).collect();
                self.put(&notes.join("\n"))
            }
            Block::Authored(_, markdown) => self.put(&shown_in_lines(markdown.trim_end())),
            // Headings are links, and a picture would be a separate file.
            Block::Only(Detail::Brief, _) | Block::Address(_) | Block::Picture(_) => Ok(()),
        }
    }

    fn note(&self, note: &Message) -> String {
        item_text(&note.written(self.context.syntax))
    }

    /// Writes a block, set off from the one above.
    fn put(&mut self, markdown: &str) -> io::Result<()> {
        if markdown.is_empty() {
            return Ok(());
        }
        if !std::mem::take(&mut self.is_first) {
            writeln!(self.out)?;
        }
        writeln!(self.out, "{markdown}")
    }

    /// Writes each item on a line, with its parts indented below.
    fn list(&mut self, list: &List<'_>) -> io::Result<()> {
        let is_empty = list.items.len() == 0 && list.more.is_none();
        if !(is_empty || std::mem::take(&mut self.is_first)) {
            writeln!(self.out)?;
        }
        for item in list.items.iter() {
            writeln!(self.out, "- {}", at_start(&item_line(&item, list)))?;
            let mut parts = Vec::new();
            write(&item.parts, self.context, &mut parts)?;
            for line in String::from_utf8(parts).map_err(io::Error::other)?.lines() {
                writeln!(self.out, "  {line}")?;
            }
        }
        match &list.more {
            Some(more) => writeln!(self.out, "- {}", item_text(more)),
            None => Ok(()),
        }
    }

    fn terms(&mut self, terms: &Terms<'_>) -> io::Result<()> {
        match terms.none {
            Some(none) if terms.terms.is_empty() => self.put(&item_text(&format!("{}: {none}", terms.title)))?,
            _ => self.put(&table(&terms.table()))?,
        }
        if terms.more > 0 { self.put(&format!("{} more", grouped(terms.more))) } else { Ok(()) }
    }

    /// Writes a table of all columns, then the parts of each.
    fn columns(&mut self, columns: &Columns<'_>) -> io::Result<()> {
        self.put(&table(&columns.table()))?;
        for column in columns.columns.iter().filter(|column| column.parts.iter().any(|part| !part.is_empty())) {
            self.put(&heading(Level::Part, &column.name.into()))?;
            column.parts.iter().try_for_each(|part| self.blocks(part))?;
        }
        Ok(())
    }
}

fn heading(level: Level, text: &Line<'_>) -> String {
    let marks = match level {
        Level::Title => "#",
        Level::Section | Level::Subject => "##",
        Level::Part | Level::Place => "###",
        Level::Point => "####",
    };
    format!("{marks} {}", line(text).trim())
}

fn strong(text: &Line<'_>) -> String {
    format!("**{}**", at_start(&line(text)))
}

/// Escapes a text at the start of a line.
fn item_text(text: &str) -> String {
    at_start(&inside(text))
}

/// Returns a line, escaped but for the markup of its spans.
fn line(line: &Line<'_>) -> String {
    line.of(Detail::Full).map(span).collect()
}

fn span(span: &Span<'_>) -> String {
    // A backtick in code would end it.
    let is_code = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.'));
    match (span.role, span.target) {
        (_, Some(Target::Address(url))) if is_web(url) => {
            format!("[{}](<{}>)", inside(span.text.trim()), address(url))
        }
        (Role::Code, _) if is_code(&span.text) => format!("`{}`", span.text),
        _ => inside(&span.text),
    }
}

fn item_line(item: &Item<'_>, list: &List<'_>) -> String {
    let sign = list.sign.as_ref().filter(|_| item.is_chosen).map_or_else(String::new, span);
    let text = [line(&item.label), line(&item.text)].into_iter().filter(|part| !part.is_empty());
    let text = text.collect::<Vec<_>>().join(" · ");
    let asides: Vec<String> = item.asides.iter().map(line).filter(|aside| !aside.is_empty()).collect();
    let dash = if asides.is_empty() { "" } else { " — " };
    format!("{sign}{text}{dash}{}", asides.join(" · "))
}

/// Returns a table; Markdown has no captions.
fn table(table: &Table<'_>) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let rule = |align: Align| if align == Align::Number { "---:" } else { "---" };
    let header = row(table.columns.iter().map(|column| line(&column.name).trim().to_owned()).collect());
    let rule = row(table.columns.iter().map(|column| rule(column.align).to_owned()).collect());
    let rows = table.rows.iter().map(|cells| row(cells.iter().map(|cell| line(cell).trim().to_owned()).collect()));
    [header, rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
