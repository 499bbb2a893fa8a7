//! Blocks as Markdown (CommonMark, with GitHub's tables): in full, an empty line between blocks.

use std::io::{self, Write};

use super::escape::{address, at_start, inside};
use crate::render::human::blocks::{
    Align, Beside, Block, Definition, Detail, HOW_TO_READ, Item, Level, Line, List, NOTHING, Role, Section, Sense,
    Span, Table, Target, Terms,
};
use crate::render::human::told;
use crate::render::is_web;
use crate::render::numbers::grouped;
use crate::render::safe::shown_in_lines;

/// What is for the document as a whole.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// Whether caveats are left out.
    pub is_quiet: bool,
    /// What makes one of the words of a query enough, as it is written there.
    pub any_option: &'static str,
}

/// Writes blocks.
pub fn write(blocks: &[Block<'_>], context: Context, out: &mut dyn Write) -> io::Result<()> {
    Markdown { context, out, is_first: true }.blocks(blocks)
}

/// A writer of blocks.
struct Markdown<'o> {
    context: Context,
    out: &'o mut dyn Write,
    /// Whether nothing is written yet.
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
            Block::Notes(notes) => {
                let is_quiet = self.context.is_quiet;
                let mut notes = notes.iter().filter(|note| note.is_here(is_quiet));
                notes.try_for_each(|note| self.put(&item_text(&note.text)))
            }
            Block::Definitions(definitions) | Block::About(definitions) => {
                let item = |Definition { name, value, .. }: &Definition<'_>| {
                    format!("- {}", at_start(&format!("{}: {}", line(name), line(value))))
                };
                self.put(&definitions.iter().map(item).collect::<Vec<_>>().join("\n"))
            }
            Block::Alert(sentences) => {
                sentences.iter().try_for_each(|text| self.put(&strong(&Line::from(text.as_str()))))
            }
            Block::List(of) => self.put(list(of, self.context)?.trim_end()),
            Block::Table(of) => self.put(&table(of)),
            Block::Tally(tally) => self.put(&table(&tally.table())),
            Block::Terms(of) => self.terms(of),
            Block::Beside(of) => self.beside(of),
            Block::Nothing(suggestions) => {
                self.put(NOTHING)?;
                let suggestions = told::suggestions(*suggestions, self.context.any_option);
                suggestions.iter().try_for_each(|text| self.put(&item_text(text)))
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
            Block::Once(notes) if notes.is_empty() || self.context.is_quiet => Ok(()),
            Block::Once(notes) => {
                self.put(&heading(Level::Section, &HOW_TO_READ.into()))?;
                let notes: Vec<String> = notes.iter().map(|note| format!("- {}", item_text(note))).collect();
                self.put(&notes.join("\n"))
            }
            Block::Authored(_, markdown) => self.put(&shown_in_lines(markdown.trim_end())),
            // A heading is a link wherever it can be, and a picture would be a file of its own.
            Block::Only(Detail::Brief, _) | Block::Address(_) | Block::Picture(_) => Ok(()),
        }
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

    fn terms(&mut self, terms: &Terms<'_>) -> io::Result<()> {
        match terms.none {
            Some(none) if terms.terms.is_empty() => self.put(&item_text(&format!("{}: {none}", terms.title)))?,
            _ => self.put(&table(&terms.table()))?,
        }
        if terms.more > 0 { self.put(&format!("{} more", grouped(terms.more))) } else { Ok(()) }
    }

    /// A table of all, and what else there is of each.
    fn beside(&mut self, beside: &Beside<'_>) -> io::Result<()> {
        self.put(&table(&beside.table()))?;
        for column in beside.columns.iter().filter(|column| column.parts.iter().any(|part| !part.is_empty())) {
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
        Level::Detail => "####",
    };
    format!("{marks} {}", line(text).trim())
}

fn strong(text: &Line<'_>) -> String {
    format!("**{}**", at_start(&line(text)))
}

/// A text at the start of a line.
fn item_text(text: &str) -> String {
    at_start(&inside(text))
}

/// A line, in which the spans alone are marks of Markdown's.
fn line(line: &Line<'_>) -> String {
    line.of(Detail::Full).map(span).collect()
}

fn span(span: &Span<'_>) -> String {
    // A mark in the code would be read as its end.
    let is_code = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.'));
    match (span.role, span.target) {
        (_, Some(Target::Address(url))) if is_web(url) => {
            format!("[{}](<{}>)", inside(span.text.trim()), address(url))
        }
        (Role::Code, _) if is_code(&span.text) => format!("`{}`", span.text),
        _ => inside(&span.text),
    }
}

/// A list, each item on a line, with its parts set in below.
fn list(list: &List<'_>, context: Context) -> io::Result<String> {
    let mut out = String::new();
    for item in &list.items {
        out += &format!("- {}\n", at_start(&item_line(item, list)));
        let mut parts = Vec::new();
        for part in &item.parts {
            write(std::slice::from_ref(part), context, &mut parts)?;
        }
        for line in String::from_utf8(parts).map_err(io::Error::other)?.lines() {
            out += &format!("  {line}\n");
        }
    }
    if let Some(more) = &list.more {
        out += &format!("- {}\n", item_text(more));
    }
    Ok(out)
}

fn item_line(item: &Item<'_>, list: &List<'_>) -> String {
    let sign = list.sign.as_ref().filter(|_| item.is_chosen).map_or_else(String::new, span);
    let text = [line(&item.label), line(&item.text)].into_iter().filter(|part| !part.is_empty());
    let text = text.collect::<Vec<_>>().join(" · ");
    let asides: Vec<String> = item.asides.iter().map(line).filter(|aside| !aside.is_empty()).collect();
    let dash = if asides.is_empty() { "" } else { " — " };
    format!("{sign}{text}{dash}{}", asides.join(" · "))
}

/// A table, which has no place for a caption.
fn table(table: &Table<'_>) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let rule = |align: Align| if align == Align::Number { "---:" } else { "---" };
    let header = row(table.columns.iter().map(|column| line(&column.name).trim().to_owned()).collect());
    let rule = row(table.columns.iter().map(|column| rule(column.align).to_owned()).collect());
    let rows = table.rows.iter().map(|cells| row(cells.iter().map(|cell| line(cell).trim().to_owned()).collect()));
    [header, rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::human::blocks::{Header, Note};
    use pulldown_cmark::{Event, Options, Parser, Tag};

    fn written(blocks: &[Block<'_>]) -> String {
        let mut out = Vec::new();
        write(blocks, Context { is_quiet: false, any_option: "--any" }, &mut out).expect("written to memory");
        String::from_utf8(out).expect("UTF-8")
    }

    fn events(markdown: &str) -> Vec<Event<'_>> {
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).collect()
    }

    #[test]
    fn blocks_have_a_line_between_them() {
        let blocks = [
            Block::Heading(Level::Part, "a".into()),
            Block::Group(vec![Block::plain("b"), Block::Only(Detail::Brief, vec![Block::plain("brief")])]),
            Block::List(List { items: vec![Item::new("c", []), Item::new("d", [])], ..List::default() }),
            Block::notes(["e".to_owned(), "f".to_owned()]),
        ];
        assert_eq!(written(&blocks), "### a\n\nb\n\n- c\n- d\n\ne\n\nf\n");
    }

    #[test]
    fn texts_of_all_blocks_stay_texts() {
        let act = "# 1. <b>x</b> [a](javascript:b) | `c` ![d](e) *f* \u{1b}[31m\n- g\n\n> h";
        let span = |role| Span { target: Some(Target::Address("javascript:x")), ..Span::new(role, act) };
        let columns = vec![Header::text(act), Header::number(act)];
        let rows = vec![vec![act.into(), span(Role::Code).into()]];
        let blocks = [
            Block::Heading(Level::Part, act.into()),
            Block::plain(act),
            Block::Paragraph(Sense::Failed, act.into()),
            Block::notes([act.to_owned()]),
            Block::Definitions(vec![Definition { name: act.into(), value: act.into(), is_implied: false }]),
            Block::List(List {
                items: vec![Item { label: act.into(), ..Item::new(span(Role::Text), [act.into()]) }],
                more: Some(act.to_owned()),
                ..List::default()
            }),
            Block::Table(Table { caption: act.to_owned(), columns, rows, bars: Vec::new() }),
            Block::Section(Section { title: Some(act), blocks: Vec::new() }),
            Block::Once(vec![act.to_owned()]),
        ];
        let markdown = written(&blocks);
        assert!(!markdown.contains('\u{1b}'), "{markdown}");
        for event in events(&markdown) {
            let acts = matches!(
                event,
                Event::Html(_)
                    | Event::InlineHtml(_)
                    | Event::Code(_)
                    | Event::Start(
                        Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::BlockQuote(_) | Tag::CodeBlock(_)
                    )
            );
            assert!(!acts, "{event:?}: {markdown}");
        }
        let rows = events(&markdown).iter().filter(|event| matches!(event, Event::Start(Tag::TableCell))).count();
        assert_eq!(rows, 4, "no text ends its cell: {markdown}");
    }

    #[test]
    fn addresses_of_the_web_are_links() {
        let span = |url| Span { target: Some(Target::Address(url)), ..Span::new(Role::Text, "a]b") };
        assert_eq!(line(&span("https://e.example/<x>").into()), "[a\\]b](<https://e.example/%3Cx%3E>)");
        assert_eq!(line(&span("data:x").into()), "a\\]b");
    }

    #[test]
    fn an_empty_table_is_its_header() {
        let columns = vec![Header::text("a"), Header::number("b")];
        let table = Table { caption: String::new(), columns, rows: Vec::new(), bars: Vec::new() };
        assert_eq!(written(&[Block::Table(table)]), "| a | b |\n| --- | ---: |\n");
        assert_eq!(written(&[Block::List(List::default()), Block::plain("c")]), "c\n", "an empty list is nothing");
    }

    #[test]
    fn parts_of_items_are_set_in() {
        let parts = vec![Block::List(List { items: vec![Item::new("b", []), Item::new("c", [])], ..List::default() })];
        let items = vec![Item { parts, ..Item::new("a", ["d".into()]) }];
        assert_eq!(written(&[Block::List(List { items, ..List::default() })]), "- a — d\n  - b\n  - c\n");
    }

    #[test]
    fn a_document_has_shared_caveats_once() {
        let note = Note { text: "a".to_owned(), is_caveat: true, is_repeated: true };
        let blocks = [Block::Notes(vec![note]), Block::Once(vec!["a".to_owned()])];
        assert_eq!(written(&blocks), "## How to read the numbers\n\n- a\n");
    }
}
