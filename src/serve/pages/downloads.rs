//! Links to what a page shows in other formats.

use maud::{Markup, html};

use super::Address;

/// Renders the links, in a row; `lead` says what they have.
pub fn downloads(lead: &str, links: &[(&str, Address)]) -> Markup {
    html! {
        nav.downloads aria-label="Downloads" {
            span { (lead) }
            ul { @for (format, address) in links { li { a.pill href=(address) { (format) } } } }
        }
    }
}
