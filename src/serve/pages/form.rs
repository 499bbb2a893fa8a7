//! The form of a page: the query text and options. Parameters set by links are hidden fields.

use maud::{Markup, html};

use super::Address;
use super::dates::{self, LIST};
use super::help::help;
use super::page::Page;
use crate::backend::Catalog;
use crate::planning::Reader;
use crate::render::shown;

/// A form field: its name, its label, and more.
pub enum Control {
    /// A day or other date, with an example.
    Date(&'static str, &'static str, &'static str),
    /// One of some values, each with a label; the first is the default.
    Choice(&'static str, &'static str, Vec<(String, String)>),
    /// A checkbox.
    Flag(&'static str, &'static str),
}

impl Control {
    fn name(&self) -> &'static str {
        match self {
            Self::Date(name, ..) | Self::Choice(name, ..) | Self::Flag(name, _) => name,
        }
    }
}

/// Returns the fields of dates, for all pages.
pub fn days() -> [Control; 2] {
    [Control::Date("since", "Since", "2026-02, 2w"), Control::Date("until", "Until", "2026-03-01")]
}

/// Returns the field of topics; `none` is the label of the empty choice.
pub fn topics(catalog: &Catalog, none: &str) -> Control {
    let topics = catalog.topics.iter().map(|(id, topic)| (id.clone(), topic.name.clone()));
    Control::Choice("topic", "Topic", std::iter::once((String::new(), none.to_owned())).chain(topics).collect())
}

/// Returns a choice whose labels are the values, after a default.
pub fn choice<T: Copy>(
    name: &'static str,
    label: &'static str,
    default: &str,
    all: &[T],
    as_str: fn(T) -> &'static str,
) -> Control {
    let all = all.iter().map(|value| (as_str(*value).to_owned(), as_str(*value).to_owned()));
    Control::Choice(name, label, std::iter::once((String::new(), default.to_owned())).chain(all).collect())
}

/// Returns the form of a page.
pub fn form(page: Page, here: &Address, fields: &[Control], reader: &Reader) -> Markup {
    // Search is fast enough to run while typing.
    let is_live = (page == Page::Search).then_some("");
    let is_field = |name: &str| matches!(name, "q" | "offset") || fields.iter().any(|field| field.name() == name);
    html! {
        form id="search" role="search" action=(here.plain(page.path())) method="get" data-live=[is_live] {
            div.words {
                label.visually-hidden for="q" { "Search text" }
                input id="q" name="q" type="search" value=(here.get("q").unwrap_or_default())
                    autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="4096"
                    placeholder="rare earths, \"export controls\", licen*, steel OR acero, -cars";
                button type="submit" { "Search" }
            }
            (dates::list(reader.catalog()))
            div id="fields" { @for field in fields { (field_of(field, here)) } }
            div id="hidden-fields" hidden {
                @for (name, value) in here.pairs().iter().filter(|(name, _)| !is_field(name)) {
                    input type="hidden" name=(name) value=(value);
                }
            }
            (help(here, reader))
        }
    }
}

fn field_of(field: &Control, here: &Address) -> Markup {
    let id = format!("f-{}", field.name());
    html! {
        @match field {
            Control::Date(name, label, example) => span.field {
                label for=(id) { (label) }
                input id=(id) name=(name) value=(here.get(name).unwrap_or_default()) placeholder=(example) list=(LIST) size="12" autocomplete="off";
            },
            Control::Choice(name, label, values) => span.field {
                @let given = here.get(name).unwrap_or_default();
                @let is_selected = |(value, label_of_value): &(String, String)| value.eq_ignore_ascii_case(given) || label_of_value.eq_ignore_ascii_case(given);
                label for=(id) { (label) }
                select id=(id) name=(name) {
                    @for value in values { option value=(value.0) selected[is_selected(value)] { (shown(&value.1)) } }
                    // Keep a value in another spelling.
                    @if !values.iter().any(is_selected) { option value=(given) selected { (shown(given)) } }
                }
            },
            Control::Flag(name, label) => span.field.flag {
                input id=(id) name=(name) type="checkbox" value="true" checked[here.has_flag(name)];
                label for=(id) { (label) }
            },
        }
    }
}
