//! Messages of this program as HTML.

use maud::{Markup, html};

use crate::render::shown;

/// Returns a message with what is between backticks as code. Backticks that are not in pairs stay.
pub fn message(text: &str) -> Markup {
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return html! { (shown(text)) };
    }
    html! {
        @for (at, piece) in pieces.iter().enumerate() {
            @if at % 2 == 1 { code { (shown(piece)) } } @else { (shown(piece)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn backticks_in_pairs_are_code() {
        for (text, expect) in [
            ("unknown `<a>` and `b`", "unknown <code>&lt;a&gt;</code> and <code>b</code>"),
            ("`a`", "<code>a</code>"),
            ("one ` only", "one ` only"),
            ("none", "none"),
        ] {
            assert_eq!(message(text).0, expect);
        }
    }
}
