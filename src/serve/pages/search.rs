//! The search page.

use hyper::StatusCode;
use maud::{Markup, html};

use super::Address;
use super::choices::chosen;
use super::facets::{MORE, facets};
use super::form::{Control, choice, days, form};
use super::histogram::histogram;
use super::hits::{hits, pages};
use super::page::{FEED, Page, Shown};
use crate::ask;
use crate::failure::Failure;
use crate::model::Field;
use crate::options::{self, Argument, Expected, Idle, OptionSource, QueryOptions};
use crate::planning::Reader;
use crate::query::{SearchRequest, Sort, Spelling, Suggestions};
use crate::render::html::notes;
use crate::render::numbers::counted;
use crate::render::{Note, QueryAnswer, shown, wording};
use crate::serve::asked::check_depth;
use crate::serve::parameters::Parameters;

/// What was found, or the newest entries where nothing is sought.
pub fn page(mut parameters: Parameters, here: &Address, reader: &Reader) -> Result<Shown, Failure> {
    let mut options: QueryOptions = options::read(&mut parameters)?;
    options.selection.idle = Idle::Allowed;
    more(&mut parameters)?;
    parameters.finish()?;
    check_depth(options.limit, options.offset)?;
    let text = &options.selection.text();
    let request = options.request(reader.catalog()).map_err(|error| error.diagnostic(text))?;
    let request = SearchRequest { facets: Field::ALL.to_vec(), ..request };
    let histogram = histogram(&request.selection, here, reader).map_err(|error| error.diagnostic(text))?;
    let answer = ask::query(request, reader).map_err(|error| error.diagnostic(text))?;
    let body = html! {
        h1.unseen { "Search news digests" }
        (form(Page::Search, here, &fields()))
        (chosen(here, &[]))
        p id="status" role="status" tabindex="-1" { (wording::hits(&answer).unwrap_or_else(|| "Nothing found.".to_owned())) }
        div id="found" { (found(&answer, &histogram, here)) }
    };
    Ok(Shown { title: here.get("q").unwrap_or_default().to_owned(), body, status: StatusCode::OK })
}

/// Reads the fields of which all values are shown, which are in the address alone.
fn more(parameters: &mut Parameters) -> Result<(), Failure> {
    let names = Field::ALL.map(Field::as_str);
    let fields = parameters.values(&Argument::texts(MORE, "Show all values of these fields"))?;
    match fields.iter().find(|field| names.iter().all(|name| !name.eq_ignore_ascii_case(field))) {
        Some(field) => Err(parameters.wrong(MORE, field, Expected::OneOf(names.map(str::to_owned).to_vec()))),
        None => Ok(()),
    }
}

/// What can be chosen in the form.
pub fn fields() -> Vec<Control> {
    let sort = choice("sort", "First", "best", &[Sort::Newest, Sort::Oldest], Sort::as_str);
    let flags = [
        Control::Flag("any", "any of the words"),
        Control::Flag("fuzzy", "allow for typing errors"),
        Control::Flag("words", "plain words, no operators"),
        Control::Flag("all-copies", "each copy"),
        Control::Flag("explain", "explain scores"),
    ];
    std::iter::once(sort).chain(days()).chain(flags).collect()
}

fn found(answer: &QueryAnswer, histogram: &Markup, here: &Address) -> Markup {
    let QueryAnswer { request, response, notes: all } = answer;
    let note = Note::to_show(all.clone(), response.total == 0).map(|note| note.to_string());
    html! {
        div.results {
            (histogram)
            (notes(wording::spellings(&response.spellings).chain(note)))
            @if response.total == 0 { (instead(response.suggestions.as_ref(), here)) }
            (hits(&response.hits, request.offset, here))
            (pages(response.total, request.offset, request.limit.unwrap_or_default(), here))
            p.aside {
                "This search as a " a type="application/atom+xml" href=(here.without_idle().on(FEED)) { "feed" }
                " or as " a href=(here.without_idle().at("/api/v1/query").without(MORE)) { "JSON" } "."
            }
        }
        (facets(&response.facets, here))
    }
}

/// What may help where there is nothing.
fn instead(suggestions: Option<&Suggestions>, here: &Address) -> Markup {
    let Some(Suggestions { unknown, any, unfiltered, empty_days }) = suggestions else { return html! {} };
    html! {
        ul.instead {
            @for Spelling { typed, words } in unknown {
                li {
                    "No entry has " bdi { "“" (shown(typed)) "”" } "."
                    @if !words.is_empty() {
                        " Did you mean "
                        @for (at, word) in words.iter().enumerate() {
                            @if at > 0 { ", " }
                            a.suggestion href=(here.with("q", &respelt(here.get("q").unwrap_or_default(), typed, word))) { (shown(word)) }
                        }
                        "?"
                    }
                }
            }
            @if *any > 0 { li { a href=(here.with("any", "true")) { (counted(*any, "entry")) " with any of the words" } } }
            @if *empty_days { li { (wording::NO_DIGEST) } }
            @if *unfiltered > 0 { li { a href=(here.of_all()) { (counted(*unfiltered, "entry")) " whatever is chosen beside the words" } } }
        }
    }
}

/// A query with another spelling of one of its words. Where the word is not found as it was told, it is the whole query.
fn respelt(query: &str, typed: &str, word: &str) -> String {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let is_word =
        |at: &usize| is_edge(query[..*at].chars().next_back()) && is_edge(query[at + typed.len()..].chars().next());
    match query.match_indices(typed).map(|(at, _)| at).find(is_word) {
        Some(at) => format!("{}{word}{}", &query[..at], &query[at + typed.len()..]),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::respelt;

    #[test]
    fn one_word_is_spelt_anew() {
        assert_eq!(respelt("magents magent (exports)", "magent", "magnet"), "magents magnet (exports)");
        assert_eq!(respelt("Magent", "magent", "magnet"), "magnet");
    }
}
