//! Lines of spans as text that is safe for terminals, painted by role.

use super::paint::{Look, NO_BREAK, paint};
use crate::render::human::blocks::{Detail, Line, Role, Span};
use crate::render::{Style, shown};

/// The separator of parts of a line.
const DOT: &str = " · ";

/// Returns a line as painted text.
pub fn painted(line: &Line<'_>, style: Style) -> String {
    styled(line, None, style)
}

/// Returns a line as painted text, with a look for plain spans.
pub fn styled(line: &Line<'_>, look: Option<Look>, style: Style) -> String {
    let mut out = String::new();
    // Adjacent spans of one look are painted together.
    let mut open: (Option<Look>, String) = (None, String::new());
    for span in line.of(Detail::Brief) {
        for (part, text) in pieces(span, look) {
            if part != open.0 {
                out += &close(&mut open, style);
                open.0 = part;
            }
            open.1 += &text;
        }
    }
    out + &close(&mut open, style)
}

fn close((part, text): &mut (Option<Look>, String), style: Style) -> String {
    let text = std::mem::take(text);
    match part {
        Some(part) => paint(&text, *part, style),
        None => text,
    }
}

/// Returns the pieces of a span, each of one look, safe to show.
fn pieces(span: &Span<'_>, look: Option<Look>) -> Vec<(Option<Look>, String)> {
    let part = match span.role {
        Role::Plain | Role::Text => look,
        Role::Bare => None,
        Role::Code => return vec![(look, whole(&format!("`{}`", shown(&span.text)), span.is_whole))],
        Role::Strong => Some(Look::Heading),
        Role::Mark => Some(Look::Mark),
        Role::Dim | Role::Name | Role::Day | Role::Score => Some(Look::Aside),
        Role::Id => Some(Look::Id),
    };
    let text = |range: std::ops::Range<usize>| whole(&shown(&span.text[range]), span.is_whole);
    let mut pieces = Vec::new();
    let mut done = 0;
    for mark in span.marks {
        pieces.push((part, text(done..mark.start)));
        pieces.push((Some(Look::Mark), text(mark.clone())));
        done = mark.end;
    }
    pieces.push((part, text(done..span.text.len())));
    pieces.retain(|(_, text)| !text.is_empty());
    pieces
}

/// Makes spaces unbreakable, except around separators.
fn whole(text: &str, is_whole: bool) -> String {
    if !is_whole {
        return text.to_owned();
    }
    let no_break = NO_BREAK.to_string();
    text.split(DOT).map(|piece| piece.replace(' ', &no_break)).collect::<Vec<_>>().join(DOT)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLORED: Style = Style {
        color: true,
        links: true,
        urls: false,
        bars: true,
        quiet: false,
        width: 80,
        syntax: crate::diagnostic::plain,
    };

    #[test]
    fn texts_cannot_steer_the_terminal() {
        let line = Line(vec![
            Span::new(Role::Text, "a\u{1b}[31mb"),
            Span::new(Role::Id, "\u{9b}x\n"),
            Span::new(Role::Code, "\u{202e}"),
        ]);
        let plain = Style { color: false, ..COLORED };
        assert_eq!(painted(&line, plain), "a␛[31mb\u{fffd}x `\u{fffd}`");
    }

    #[test]
    fn adjacent_spans_of_one_look_are_painted_together() {
        let mark = 4..7;
        let marked = Span { marks: std::slice::from_ref(&mark), ..Span::new(Role::Text, "one two three") };
        assert_eq!(painted(&marked.into(), COLORED), "one \u{1b}[1m\u{1b}[33mtwo\u{1b}[0m three");
        let line = Line(vec![Span::new(Role::Name, "a"), Span::new(Role::Dim, " · "), Span::new(Role::Day, "b")]);
        assert_eq!(painted(&line, COLORED), "\u{1b}[2ma · b\u{1b}[0m");
    }

    #[test]
    fn whole_spans_break_at_dots_only() {
        let line = Span::new(Role::Plain, "a b · c d").whole().into();
        assert_eq!(painted(&line, COLORED), "a\u{a0}b · c\u{a0}d");
    }

    #[test]
    fn spans_of_full_detail_are_left_out() {
        let line = Line(vec![Span { detail: Some(Detail::Full), ..Span::new(Role::Plain, "a") }]);
        assert_eq!(painted(&line, COLORED), "");
    }
}
