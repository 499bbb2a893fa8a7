//! The pages of `compare`, `trend`, `stories` and `gaps`.

use hyper::StatusCode;
use maud::{Markup, html};

use super::Address;
use super::choices::chosen;
use super::downloads::downloads;
use super::form::{Control, choice, days, form, topics};
use super::page::{Page, PageContent};
use crate::ask;
use crate::backend::Catalog;
use crate::failure::Failure;
use crate::insight::{By, Error, StoryOrder};
use crate::model::{Field, Kind};
use crate::options::{Command, Idle, TrendOptions};
use crate::planning::Reader;
use crate::render::html::{Links, answer};
use crate::render::shown;
use crate::serve::api_request::check;
use crate::serve::limits::MAX_LIMIT;
use crate::serve::parameters::Parameters;

/// Returns the page of a command.
pub fn page(
    command: Command,
    mut parameters: Parameters,
    here: &Address,
    reader: &Reader,
) -> Result<PageContent, Failure> {
    let question = command.read(&mut parameters, false)?;
    parameters.finish()?;
    let question = question.with_idle(Idle::Allowed);
    check(&question)?;
    let (text, catalog) = (question.text(), reader.catalog());
    let request = question.request(catalog).map_err(|error| error.diagnostic(&text))?;
    let found = match ask::answer(request, reader) {
        Ok(found) => html! {
            h2.visually-hidden { "Results" }
            (answer(&found, &Here(here)))
            (links(command, &text, here))
        },
        // The page opens without a topic: offer a choice, not an error.
        Err(Error::SeveralTopics { topics }) => choose(&topics, catalog, here),
        Err(error) => return Err(error.diagnostic(&text).into()),
    };
    let body = html! {
        (head(command, here, reader))
        div id="found" { div.results { (found) } }
    };
    Ok(PageContent { title: here.get("q").unwrap_or_default().to_owned(), body, status: StatusCode::OK })
}

/// Renders heading and form.
pub fn head(command: Command, here: &Address, reader: &Reader) -> Markup {
    let fields = fields(command, reader.catalog());
    let in_form: Vec<&str> = if command == Command::Compare { vec!["topic", "kind"] } else { vec!["topic"] };
    html! {
        h1 { (Page::Insight(command).name()) }
        p.aside { (purpose(command)) }
        (form(Page::Insight(command), here, &fields, reader))
        (chosen(here, &in_form))
        p id="status" role="status" tabindex="-1" {}
    }
}

fn fields(command: Command, catalog: &Catalog) -> Vec<Control> {
    let one = [topics(catalog, "select one")];
    let all = [topics(catalog, "all topics")];
    let any = [Control::Flag("any", "any of the words"), Control::Flag("words", "plain words, no operators")];
    let days = days().into_iter();
    match command {
        Command::Compare => {
            let kind = choice("kind", "Kind", "title", &[Kind::Bullet, Kind::Highlight], Kind::as_str);
            one.into_iter().chain(days).chain([kind]).chain(any).collect()
        }
        Command::Trend => {
            let by = choice("by", "Time unit", "default", &TrendOptions::SPANS, By::as_str);
            one.into_iter().chain(days).chain([by]).chain(any).collect()
        }
        Command::Gaps => all.into_iter().chain(days).chain(any).collect(),
        _ => {
            let orders = [StoryOrder::Size, StoryOrder::Share, StoryOrder::Newest, StoryOrder::Oldest];
            let sort = choice("sort", "Sort by", "default", &orders, StoryOrder::as_str);
            let one_sided = Control::Flag("one-sided", "one-sided stories");
            all.into_iter().chain(days).chain([sort]).chain(any).chain([one_sided]).collect()
        }
    }
}

fn purpose(command: Command) -> &'static str {
    match command {
        Command::Compare => {
            "Compare the perspectives of a topic: share of their titles, distinctive words and bullets of each."
        }
        Command::Trend => "How much of each perspective matches over time; without words, rising and falling words.",
        Command::Gaps => "Stories without titles from one perspective, whose absence chance is unlikely to explain.",
        _ => "Titles about one event, grouped: first day and sources, and the titles of each perspective.",
    }
}

/// Renders links to the answer in other formats.
fn links(command: Command, text: &str, here: &Address) -> Markup {
    let (csv, json) = match command {
        Command::Compare => ("/api/v1/compare.csv", "/api/v1/compare"),
        Command::Trend => ("/api/v1/trend.csv", "/api/v1/trend"),
        Command::Gaps => ("/api/v1/gaps.csv", "/api/v1/gaps"),
        _ => ("/api/v1/stories.csv", "/api/v1/stories"),
    };
    let here = here.without_idle();
    let mut links = vec![("CSV", here.at_path(csv)), ("JSON", here.at_path(json))];
    // How much was sampled is not drawn.
    if command == Command::Trend && !text.is_empty() {
        links.push(("SVG", here.at_path("/api/v1/trend.svg")));
    }
    downloads("Download as", &links)
}

/// Renders links to topics.
fn choose(topics: &[String], catalog: &Catalog, here: &Address) -> Markup {
    html! {
        p { "Select a topic to compare its perspectives:" }
        ul.choose { @for id in topics { li { a href=(here.with("topic", id)) { bdi { (shown(catalog.name(Field::Topic, id))) } } } } }
    }
}

/// Links within an answer.
struct Here<'a>(&'a Address);

impl Links for Here<'_> {
    fn entry(&self, id: &str) -> Option<String> {
        Some(self.0.entry(id))
    }

    fn words(&self, words: &str) -> Option<String> {
        Some(self.0.on_page("/").with("q", &format!("\"{words}\"")).to_string())
    }

    fn terms(&self, number: usize) -> Option<String> {
        Some(self.0.with("top", &number.min(MAX_LIMIT).to_string()).to_string())
    }
}
