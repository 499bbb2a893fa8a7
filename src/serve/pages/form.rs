//! The form of a page: the words, and what else can be chosen there. What was chosen by links goes with it unseen.

use maud::{Markup, html};

use super::Address;
use super::page::Page;
use crate::backend::Catalog;
use crate::render::shown;

/// What can be chosen.
pub enum Control {
    /// A text, with an example.
    Text(&'static str, &'static str, &'static str),
    /// One of some values: each with what it is called, the first of which is the usual one.
    Choice(&'static str, &'static str, Vec<(String, String)>),
    /// Yes or no.
    Flag(&'static str, &'static str),
}

impl Control {
    fn name(&self) -> &'static str {
        match self {
            Self::Text(name, ..) | Self::Choice(name, ..) | Self::Flag(name, _) => name,
        }
    }
}

/// The days, for all pages.
pub fn days() -> [Control; 2] {
    [Control::Text("since", "Since", "2026-02, 2w"), Control::Text("until", "Until", "2026-03-01")]
}

/// The topics, where one is to be chosen.
pub fn topics(catalog: &Catalog, none: &str) -> Control {
    let topics = catalog.topics.iter().map(|(id, topic)| (id.clone(), topic.name.clone()));
    Control::Choice("topic", "Topic", std::iter::once((String::new(), none.to_owned())).chain(topics).collect())
}

/// Values that are called what they are, behind a usual one.
pub fn choice<T: Copy>(
    name: &'static str,
    label: &'static str,
    usual: &str,
    all: &[T],
    as_str: fn(T) -> &'static str,
) -> Control {
    let all = all.iter().map(|value| (as_str(*value).to_owned(), as_str(*value).to_owned()));
    Control::Choice(name, label, std::iter::once((String::new(), usual.to_owned())).chain(all).collect())
}

/// A form that leads to where it stands.
pub fn form(page: Page, here: &Address, fields: &[Control]) -> Markup {
    // Searching is fast enough to be done as one types.
    let is_live = (page == Page::Search).then_some("");
    let is_field = |name: &str| matches!(name, "q" | "offset") || fields.iter().any(|field| field.name() == name);
    html! {
        form id="search" role="search" action=(here.plain(page.path())) method="get" data-live=[is_live] {
            div.words {
                label.unseen for="q" { "Words" }
                input id="q" name="q" type="search" value=(here.get("q").unwrap_or_default())
                    autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="4096"
                    placeholder="rare earths, \"export controls\", licen*, steel OR acero, -cars";
                button type="submit" { "Search" }
            }
            div id="fields" { @for field in fields { (field_of(field, here)) } }
            div id="kept" hidden {
                @for (name, value) in here.pairs().iter().filter(|(name, _)| !is_field(name)) {
                    input type="hidden" name=(name) value=(value);
                }
            }
        }
    }
}

fn field_of(field: &Control, here: &Address) -> Markup {
    let id = format!("f-{}", field.name());
    html! {
        @match field {
            Control::Text(name, label, example) => span.field {
                label for=(id) { (label) }
                input id=(id) name=(name) value=(here.get(name).unwrap_or_default()) placeholder=(example) size="12" autocomplete="off";
            },
            Control::Choice(name, label, values) => span.field {
                @let given = here.get(name).unwrap_or_default();
                @let is_given = |(value, called): &(String, String)| value.eq_ignore_ascii_case(given) || called.eq_ignore_ascii_case(given);
                label for=(id) { (label) }
                select id=(id) name=(name) {
                    @for value in values { option value=(value.0) selected[is_given(value)] { (shown(&value.1)) } }
                    // What is written in another way than here is not lost.
                    @if !values.iter().any(is_given) { option value=(given) selected { (shown(given)) } }
                }
            },
            Control::Flag(name, label) => span.field.flag {
                input id=(id) name=(name) type="checkbox" value="true" checked[here.is(name)];
                label for=(id) { (label) }
            },
        }
    }
}
