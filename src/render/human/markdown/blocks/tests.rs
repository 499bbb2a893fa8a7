//! Blocks as Markdown: texts stay texts, lines fit, empty blocks are nothing.

use super::*;
use crate::diagnostic::{option, plain};
use crate::render::human::blocks::Header;
use pulldown_cmark::{Event, Options, Parser, Tag};

fn written(blocks: &[Block<'_>]) -> String {
    let mut out = Vec::new();
    write(blocks, Context { is_quiet: false, syntax: plain }, &mut out).expect("written to memory");
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
        Block::List(List { items: vec![Item::new("c", []), Item::new("d", [])].into(), ..List::default() }),
        Block::sentences(["e".to_owned(), "f".to_owned()]),
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
        Block::sentences([act.to_owned()]),
        Block::Note(act.into()),
        Block::Definitions(vec![Definition { name: act.into(), value: act.into(), is_implied: false }]),
        Block::List(List {
            items: vec![Item { label: act.into(), ..Item::new(span(Role::Text), [act.into()]) }].into(),
            more: Some(act.to_owned()),
            ..List::default()
        }),
        Block::Table(Table { caption: act.to_owned(), columns, rows, bars: Vec::new() }),
        Block::Section(Section { title: Some(act), blocks: Vec::new() }),
        Block::StandingNotes(vec![act.into()]),
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
    let parts =
        vec![Block::List(List { items: vec![Item::new("b", []), Item::new("c", [])].into(), ..List::default() })];
    let items = vec![Item { parts, ..Item::new("a", ["d".into()]) }];
    assert_eq!(written(&[Block::List(List { items: items.into(), ..List::default() })]), "- a — d\n  - b\n  - c\n");
}

#[test]
fn notes_name_options_in_the_syntax_of_the_document() {
    let blocks = [Block::Note(option("any").into()), Block::StandingNotes(vec!["a".into()])];
    assert_eq!(written(&blocks), "\\`any\\`\n\n## How to read the numbers\n\n- a\n");
}
