//! Lists as text: labels right-aligned, texts left-aligned.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::line::painted;
use super::paint::{Look, lines, paint};
use crate::insight::Term;
use crate::render::answer::{depends, odds_ratio, rates};
use crate::render::human::blocks::{Asides, Block, Item, Line, List, Role, STORIES, Span, Target, Terms};
use crate::render::numbers::{grouped, small};
use crate::render::{Style, shown};

/// A renderer of the parts of an item.
type Text = fn(&[Block<'_>], Style) -> io::Result<String>;

/// Writes a list.
pub fn write(list: &List<'_>, text: Text, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let plain = Style { color: false, ..style };
    let shown_items = list.fold.as_ref().map_or(0..list.items.len(), |fold| fold.shown.clone());
    let items = || list.items.of(shown_items.clone());
    let labels = items().map(|item| display_width(&painted(&item.label, plain)));
    let layout = Layout { list, text, label: labels.max().unwrap_or_default().max(list.label_width) };
    let instead = |out: &mut dyn Write| match &list.fold {
        Some(fold) => layout.hanging(&Line::from(fold.instead.as_str()), style, out),
        None => Ok(()),
    };
    if shown_items.start > 0 {
        instead(out)?;
    }
    for item in items() {
        layout.item(&item, style, out)?;
        if list.is_loose {
            writeln!(out)?;
        }
    }
    if shown_items.end < list.items.len() {
        instead(out)?;
    }
    match &list.more {
        Some(more) => {
            let indent = " ".repeat(list.indent + layout.sign());
            lines(&paint(&shown(more), Look::Aside, style), &indent, &indent, None, style, out)
        }
        None => Ok(()),
    }
}

/// The layout of the items of a list.
struct Layout<'l, 'a> {
    list: &'l List<'a>,
    text: Text,
    /// The width of labels.
    label: usize,
}

impl Layout<'_, '_> {
    /// Returns the width of the sign.
    fn sign(&self) -> usize {
        self.list.sign.as_ref().map_or(0, |sign| display_width(&sign.text))
    }

    /// Returns the indent of texts.
    fn indent(&self) -> String {
        let label = if self.label > 0 { self.label + 2 } else { 0 };
        " ".repeat(self.list.indent + self.sign() + label)
    }

    /// Writes a line below texts.
    fn hanging(&self, line: &Line<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let indent = self.indent();
        lines(&painted(line, style), &indent, &indent, None, style, out)
    }

    fn item(&self, item: &Item<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let List { indent, asides, .. } = self.list;
        let address = item.text.address();
        let hang = self.indent();
        let below = if self.label > 0 { hang.clone() } else { format!("{hang}  ") };
        let mut text = painted(&item.text, style);
        if *asides == Asides::Behind {
            for aside in &item.asides {
                text = format!("{text} · {}", painted(aside, style));
            }
        }
        lines(&text, &self.first(item, style), &hang, address, style, out)?;
        if *asides == Asides::Below {
            for aside in item.asides.iter().filter(|aside| !aside.is_empty()) {
                lines(&painted(aside, style), &below, &below, None, style, out)?;
            }
        }
        for part in &item.parts {
            write!(out, "{}", (self.text)(std::slice::from_ref(part), style)?)?;
        }
        match address.filter(|_| style.urls && !self.list.hides_addresses) {
            Some(address) => {
                let indent = if *asides == Asides::Behind { " ".repeat(*indent) } else { below };
                writeln!(out, "{indent}{}", shown(address))
            }
            None => Ok(()),
        }
    }

    /// Returns the sign and label before the text of an item.
    fn first(&self, item: &Item<'_>, style: Style) -> String {
        let mut first = " ".repeat(self.list.indent);
        match self.list.sign.as_ref().filter(|_| item.is_chosen) {
            Some(sign) => first += &painted(&sign.clone().into(), style),
            None => first += &" ".repeat(self.sign()),
        }
        if self.label > 0 {
            let width = display_width(&painted(&item.label, Style { color: false, ..style }));
            let pad = " ".repeat(self.label.saturating_sub(width));
            first += &format!("{pad}{}  ", painted(&item.label, style));
        }
        first
    }
}

/// Writes terms, each with its numbers and an example, below the title.
pub fn write_terms(terms: &Terms<'_>, text: Text, style: Style, out: &mut dyn Write) -> io::Result<()> {
    lines(&paint(&shown(&terms.title), Look::Heading, style), "", "", None, style, out)?;
    let items = terms.terms.iter().map(|term| item(term, terms.unit)).collect();
    write(
        &List { items, indent: 2, hides_addresses: true, ..List::default() },
        text,
        Style { links: false, ..style },
        out,
    )?;
    let rest = match (terms.none, terms.more) {
        (Some(none), _) if terms.terms.is_empty() => none.to_owned(),
        (_, 0) => return Ok(()),
        (_, more) => format!("{} more", grouped(more)),
    };
    lines(&paint(&rest, Look::Aside, style), "  ", "  ", None, style, out)
}

fn item<'t>(term: &'t Term, unit: &'static str) -> Item<'t> {
    let odds = odds_ratio(term).map(|ratio| format!(" · odds ×{ratio}"));
    let unit = if unit == STORIES { " stories" } else { "" };
    let odds_text = odds.as_deref().unwrap_or_default();
    let counts = format!("{}:{}{unit}{odds_text}", grouped(term.here), grouped(term.there));
    let [rate, rate_there] = rates(term);
    let unit = if odds.is_some() { format!("per 1,000{unit}") } else { "of a story's titles".to_owned() };
    let [sources, sources_there] = term.sources;
    let q = term.q.map_or_else(String::new, |q| format!(" · q {}", small(q)));
    // Bullets and highlights have no sources.
    let has_sources = sources + sources_there > 0;
    let sources = if has_sources { format!(" · {sources}:{sources_there} sources") } else { String::new() };
    let numbers = format!("{rate}:{rate_there} {unit}{sources}{q}");
    let words = Span { target: Some(Target::Words(&term.term)), ..Span::new(Role::Mark, term.term.as_str()) };
    let text = Line(vec![words, Span::new(Role::Bare, "  "), Span::new(Role::Dim, counts)]);
    let source = term.example.source.as_deref().map_or_else(String::new, |source| format!(" ({source})"));
    let example = Line::dim(format!("{}{source}", term.example.text));
    let depends = depends(term).map(|depends| Line::dim(format!("! {depends}")));
    Item::new(text, [Line::dim(numbers), example].into_iter().chain(depends))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::human::blocks::Fold;
    use crate::render::human::text::blocks::text;

    fn written(list: &List<'_>, width: usize) -> String {
        let style = Style::plain(width, crate::diagnostic::plain);
        let mut out = Vec::new();
        write(list, text, style, &mut out).expect("written to memory");
        String::from_utf8(out).expect("UTF-8")
    }

    fn item(label: &'static str, text: &'static str) -> Item<'static> {
        Item { label: label.into(), ..Item::new(text, [Line::from("aside")]) }
    }

    #[test]
    fn labels_are_right_aligned_and_texts_hang() {
        let items = vec![item("1", "one two three"), item("新華", "four")];
        let list = List { items: items.into(), indent: 1, ..List::default() };
        assert_eq!(written(&list, 14), "    1  one two\n       three\n       aside\n 新華  four\n       aside\n");
    }

    #[test]
    fn asides_without_labels_are_set_in_or_behind() {
        let list = |asides| List {
            items: vec![item("", "a")].into(),
            asides,
            more: Some("2 more".to_owned()),
            ..List::default()
        };
        assert_eq!(written(&list(Asides::Below), 40), "a\n  aside\n2 more\n");
        assert_eq!(written(&list(Asides::Behind), 40), "a · aside\n2 more\n");
    }

    #[test]
    fn chosen_items_have_a_sign() {
        let items = vec![Item { is_chosen: true, ..Item::new("a", []) }, Item::new("b", [])];
        let list = List { items: items.into(), sign: Some(Span::new(Role::Mark, "› ")), ..List::default() };
        assert_eq!(written(&list, 40), "› a\n  b\n");
    }

    #[test]
    fn a_fold_has_a_note_in_place_of_items() {
        let list = |shown| {
            let items = ["a", "b", "c"].map(|text| Item::new(text, [])).into_iter().collect();
            List { items, fold: Some(Fold { shown, instead: "others".to_owned() }), ..List::default() }
        };
        assert_eq!(written(&list(1..3), 40), "others\nb\nc\n");
        assert_eq!(written(&list(0..1), 40), "a\nothers\n");
    }

    #[test]
    fn an_empty_list_is_nothing() {
        assert_eq!(written(&List::default(), 40), "");
    }
}
