//! Blocks as HTML: texts stay texts, lines fit, empty blocks are nothing.

use super::*;
use crate::diagnostic::plain;
use crate::render::html::{NoLinks, harmless};
use crate::render::human::blocks::{Header, Item, List, Role, Span, Table, Target};

fn written(of: &[Block<'_>]) -> String {
    harmless(&blocks(of, Context { is_quiet: false, syntax: plain, links: &NoLinks }))
}

#[test]
fn texts_of_all_blocks_stay_texts() {
    let act = "</p><script>alert(1)</script><b onclick=x \"'> \u{1b}\u{202e}";
    let span = |role| Span { target: Some(Target::Address("javascript:x")), ..Span::new(role, act) };
    let roles = [
        Role::Plain,
        Role::Text,
        Role::Strong,
        Role::Mark,
        Role::Dim,
        Role::Id,
        Role::Name,
        Role::Day,
        Role::Score,
        Role::Code,
    ];
    let columns = vec![Header::text(act), Header::number(act)];
    let of = [
        Block::Heading(Level::Part, act.into()),
        Block::Paragraph(Sense::Origin, Line(roles.map(span).into())),
        Block::sentences([act.to_owned()]),
        Block::Note(act.into()),
        Block::Alert(vec![act.to_owned()]),
        Block::Definitions(vec![Definition { name: act.into(), value: act.into(), is_implied: false }]),
        Block::List(List {
            items: vec![Item { label: act.into(), ..Item::new(act, [act.into()]) }].into(),
            more: Some(act.to_owned()),
            ..List::default()
        }),
        Block::Table(Table {
            caption: act.to_owned(),
            columns,
            rows: vec![vec![act.into(), act.into()]],
            bars: Vec::new(),
        }),
        Block::Section(Section { title: Some(act), blocks: Vec::new() }),
        Block::Authored(act, act),
        Block::StandingNotes(vec![act.into()]),
    ];
    let page = written(&of);
    for tag in page.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or_default()) {
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        assert!(!["script", "b", "a"].contains(&name), "<{tag}>: {page}");
        assert!(!tag.split('"').step_by(2).any(|outside| outside.contains("onclick")), "<{tag}>: {page}");
    }
    assert!(!page.contains(['\u{1b}', '\u{202e}']), "{page}");
}

#[test]
fn addresses_of_the_web_are_links() {
    let list = |url| {
        let span = Span { target: Some(Target::Address(url)), ..Span::new(Role::Text, "a") };
        written(&[Block::Paragraph(Sense::Plain, span.into())])
    };
    let link = "<p><a href=\"https://e.example/&quot;\" rel=\"noopener noreferrer\" dir=\"auto\">a</a></p>";
    assert_eq!(list("https://e.example/\""), link);
    assert_eq!(list("javascript:x"), "<p><span dir=\"auto\">a</span></p>");
}

#[test]
fn marks_and_languages_are_kept() {
    let mark = 2..3;
    let span = Span { marks: std::slice::from_ref(&mark), lang: Some("es"), ..Span::new(Role::Text, "a b c") };
    let page = written(&[Block::Paragraph(Sense::Plain, span.into())]);
    assert_eq!(page, "<p><span lang=\"es\" dir=\"auto\">a <mark>b</mark> c</span></p>");
}

#[test]
fn empty_lists_and_notes_are_nothing() {
    assert_eq!(written(&[Block::List(List::default()), Block::sentences([]), Block::StandingNotes(Vec::new())]), "");
}

#[test]
fn a_page_is_full_and_has_standing_notes_once() {
    let only = |detail, text| Block::Only(detail, vec![Block::plain(text)]);
    let blocks = [only(Detail::Brief, "brief"), only(Detail::Full, "a"), Block::StandingNotes(vec!["b".into()])];
    let page = written(&blocks);
    assert!(page.starts_with("<p>a</p><section") && page.matches("<li>b</li>").count() == 1, "{page}");
}
