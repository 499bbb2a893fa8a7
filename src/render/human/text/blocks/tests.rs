//! Blocks as text for terminals: texts stay texts, lines fit, empty blocks are nothing.

use super::*;
use crate::diagnostic::plain;
use crate::render::human::blocks::{Item, List, Role, Span, Target};

fn style(width: usize) -> Style {
    Style::plain(width, plain)
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
fn quiet_leaves_notes_out() {
    let blocks = || [Block::sentences(["a".to_owned()]), Block::Note("b".into())];
    assert_eq!(written(&blocks(), style(80)), "a\nb\n");
    assert_eq!(written(&blocks(), Style { quiet: true, ..style(80) }), "a\n");
}

#[test]
fn brief_is_what_a_terminal_has() {
    let only = |detail, text| Block::Only(detail, vec![Block::plain(text)]);
    let blocks = [only(Detail::Brief, "brief"), only(Detail::Full, "full")];
    assert_eq!(written(&blocks, style(80)), "brief\n");
}

#[test]
fn links_are_for_the_web_only() {
    let link = |url| {
        let span = Span { target: Some(Target::Address(url)), ..Span::new(Role::Text, "text") };
        [Block::List(List { items: vec![Item::new(span, [])].into(), ..List::default() })]
    };
    let links = Style { links: true, ..style(80) };
    let expect = "\u{1b}]8;;https://e.example/%1B\u{1b}\\text\u{1b}]8;;\u{1b}\\\n";
    assert_eq!(written(&link("https://e.example/\u{1b}"), links), expect);
    assert_eq!(written(&link("javascript:alert(1)"), links), "text\n");
    let urls = Style { urls: true, ..style(80) };
    assert_eq!(written(&link("javascript:\u{1b}"), urls), "text\n  javascript:␛\n", "shown, and not a link");
}
