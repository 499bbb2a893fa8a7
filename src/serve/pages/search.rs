//! The search page.

use hyper::StatusCode;
use maud::{Markup, html};

use super::Address;
use super::choices::chosen;
use super::downloads::downloads;
use super::facets::{MORE, facets};
use super::form::{Control, choice, days, form};
use super::histogram::histogram;
use super::hits::{hits, pages};
use super::page::{FEED, Page, PageContent};
use crate::ask;
use crate::failure::Failure;
use crate::model::{CustomFields, Field};
use crate::options::{self, Argument, Expected, Idle, OptionSource, QueryOptions};
use crate::planning::Reader;
use crate::query::{SearchRequest, Sort, Spelling, Suggestions};
use crate::render::html::notes;
use crate::render::numbers::counted;
use crate::render::{Note, QueryAnswer, shown, wording};
use crate::serve::api_request::check_depth;
use crate::serve::limits::MAX_LIMIT;
use crate::serve::parameters::Parameters;

/// Returns the hits, or the newest entries without words.
pub fn page(mut parameters: Parameters, here: &Address, reader: &Reader) -> Result<PageContent, Failure> {
    let mut options: QueryOptions = options::read(&mut parameters)?;
    options.selection.idle = Idle::Allowed;
    more(&mut parameters, reader.catalog().fields)?;
    parameters.finish()?;
    check_depth(options.limit, options.offset)?;
    let text = &options.selection.text();
    let request = options.request(reader.catalog()).map_err(|error| error.diagnostic(text))?;
    let request = SearchRequest { facets: Field::all(reader.catalog().fields).collect(), ..request };
    let histogram = histogram(&request.selection, here, reader).map_err(|error| error.diagnostic(text))?;
    let answer = ask::query(request, reader).map_err(|error| error.diagnostic(text))?;
    let body = html! {
        h1.visually-hidden { "Search news digests" }
        (form(Page::Search, here, &fields(), reader))
        (chosen(here, &[]))
        p id="status" role="status" tabindex="-1" { (wording::hits(&answer).unwrap_or_else(|| "No results".to_owned())) }
        div id="found" { (found(&answer, &histogram, here)) }
    };
    Ok(PageContent { title: here.get("q").unwrap_or_default().to_owned(), body, status: StatusCode::OK })
}

/// Reads the facet fields whose values are all shown, a parameter of the page alone.
fn more(parameters: &mut Parameters, custom: CustomFields) -> Result<(), Failure> {
    let names: Vec<String> = Field::all(custom).map(|field| field.as_str().to_owned()).collect();
    let fields = parameters.values(&Argument::texts(MORE, "Show all values of these fields"))?;
    match fields.iter().find(|field| names.iter().all(|name| !name.eq_ignore_ascii_case(field))) {
        Some(field) => Err(parameters.invalid(MORE, field, Expected::OneOf(names))),
        None => Ok(()),
    }
}

/// Returns the fields of the form.
pub fn fields() -> Vec<Control> {
    let sort = choice("sort", "Sort by", "relevance", &[Sort::Newest, Sort::Oldest], Sort::as_str);
    let flags = [
        Control::Flag("any", "any of the words"),
        Control::Flag("fuzzy", "allow typing errors"),
        Control::Flag("words", "plain words, no operators"),
        Control::Flag("all-copies", "show all copies"),
        Control::Flag("explain", "explain scores"),
    ];
    std::iter::once(sort).chain(days()).chain(flags).collect()
}

fn found(answer: &QueryAnswer, histogram: &Markup, here: &Address) -> Markup {
    let QueryAnswer { request, response, notes: all, .. } = answer;
    let note = Note::to_show(all.clone(), response.total == 0).map(|note| note.to_string());
    html! {
        div.results {
            (histogram)
            (notes(wording::spellings(&response.spellings).chain(note)))
            @if response.total == 0 { (render_suggestions(response.suggestions.as_ref(), here)) }
            (hits(&response.hits, request.offset, here))
            (pages(response.total, request.offset, request.limit.unwrap_or_default(), here))
            (links(answer, here))
        }
        (facets(&response.facets, here))
    }
}

/// Renders links to all hits in other formats, as far as the API gives them at once.
fn links(answer: &QueryAnswer, here: &Address) -> Markup {
    let all = here.without_idle().without(MORE);
    let total = answer.response.total;
    let (lead, hits) = match answer.request.limit {
        Some(limit) if total > limit => {
            let lead = if total > MAX_LIMIT { "First 1,000 hits as" } else { "All hits as" };
            (lead, all.with("limit", &MAX_LIMIT.to_string()))
        }
        _ => ("Download as", all),
    };
    let links = [
        ("CSV", hits.at_path("/api/v1/query.csv")),
        ("JSON", hits.at_path("/api/v1/query")),
        ("Atom feed", here.without_idle().on_page(FEED)),
    ];
    downloads(lead, &links)
}

/// Renders suggestions for a search without hits.
fn render_suggestions(suggestions: Option<&Suggestions>, here: &Address) -> Markup {
    let Some(Suggestions { unknown, any, unfiltered, empty_days }) = suggestions else { return html! {} };
    html! {
        ul.suggestions {
            @for Spelling { typed, words } in unknown {
                li {
                    "No entry contains " bdi { "“" (shown(typed)) "”" } "."
                    @if !words.is_empty() {
                        " Did you mean "
                        @for (at, word) in words.iter().enumerate() {
                            @if at > 0 { ", " }
                            a.suggestion href=(here.with("q", &respell(here.get("q").unwrap_or_default(), typed, word))) { (shown(word)) }
                        }
                        "?"
                    }
                }
            }
            @if *any > 0 { li { a href=(here.with("any", "true")) { (counted(*any, "entry")) " with any of the words" } } }
            @if *empty_days { li { (wording::NO_DIGEST) } }
            @if *unfiltered > 0 { li { a href=(here.without_filters()) { (counted(*unfiltered, "entry")) " without filters" } } }
        }
    }
}

/// Replaces a word of a query by another spelling; the whole query if the word is not in it.
fn respell(query: &str, typed: &str, word: &str) -> String {
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
    use super::respell;

    #[test]
    fn one_word_is_replaced() {
        assert_eq!(respell("magents magent (exports)", "magent", "magnet"), "magents magnet (exports)");
        assert_eq!(respell("Magent", "magent", "magnet"), "magnet");
    }
}
