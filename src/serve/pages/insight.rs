//! The pages that answer as a command does.

use hyper::StatusCode;
use maud::{Markup, html};

use super::Address;
use super::choices::chosen;
use super::form::{Control, choice, days, form, topics};
use super::page::{Page, Shown};
use crate::ask;
use crate::backend::Catalog;
use crate::failure::Failure;
use crate::insight::{By, Error, StoryOrder};
use crate::model::Kind;
use crate::options::{Command, Idle, TrendOptions};
use crate::planning::Reader;
use crate::render::html::{Links, answer};
use crate::render::shown;
use crate::serve::asked::check;
use crate::serve::parameters::Parameters;

/// What a command answers.
pub fn page(command: Command, mut parameters: Parameters, here: &Address, reader: &Reader) -> Result<Shown, Failure> {
    let question = command.read(&mut parameters, false)?;
    parameters.finish()?;
    let question = question.with_idle(Idle::Allowed);
    check(&question)?;
    let (text, catalog) = (question.text(), reader.catalog());
    let request = question.request(catalog).map_err(|error| error.diagnostic(&text))?;
    let found = match ask::answer(request, reader) {
        Ok(found) => html! {
            h2.unseen { "The answer" }
            (answer(&found, &Here(here)))
            p.aside {
                "This as " a href=(here.without_idle().at(json(command))) { "JSON" }
                @if command == Command::Trend && !text.is_empty() { " or as a " a href=(here.at("/api/v1/trend.svg")) { "picture" } }
                "."
            }
        },
        // Nothing is wrong before somebody had a choice.
        Err(Error::SeveralTopics { topics }) => choose(&topics, catalog, here),
        Err(error) => return Err(error.diagnostic(&text).into()),
    };
    let body = html! {
        (head(command, catalog, here))
        div id="found" { div.results { (found) } }
    };
    Ok(Shown { title: here.get("q").unwrap_or_default().to_owned(), body, status: StatusCode::OK })
}

/// What stands before the answer.
pub fn head(command: Command, catalog: &Catalog, here: &Address) -> Markup {
    let fields = fields(command, catalog);
    let in_form: Vec<&str> = if command == Command::Compare { vec!["topic", "kind"] } else { vec!["topic"] };
    html! {
        h1 { (Page::Insight(command).name()) }
        p.aside { (purpose(command)) }
        (form(Page::Insight(command), here, &fields))
        (chosen(here, &in_form))
        p id="status" role="status" tabindex="-1" {}
    }
}

fn fields(command: Command, catalog: &Catalog) -> Vec<Control> {
    let one = [topics(catalog, "choose one")];
    let all = [topics(catalog, "all topics")];
    let any = [Control::Flag("any", "any of the words"), Control::Flag("words", "plain words, no operators")];
    let days = days().into_iter();
    match command {
        Command::Compare => {
            let kind = choice("kind", "Kind", "title", &[Kind::Bullet, Kind::Highlight], Kind::as_str);
            one.into_iter().chain(days).chain([kind]).chain(any).collect()
        }
        Command::Trend => {
            let by = choice("by", "By", "as fits", &TrendOptions::SPANS, By::as_str);
            one.into_iter().chain(days).chain([by]).chain(any).collect()
        }
        Command::Gaps => all.into_iter().chain(days).chain(any).collect(),
        _ => {
            let sort =
                choice("sort", "First", "largest", &[StoryOrder::Newest, StoryOrder::Oldest], StoryOrder::as_str);
            all.into_iter().chain(days).chain([sort]).chain(any).collect()
        }
    }
}

fn purpose(command: Command) -> &'static str {
    match command {
        Command::Compare => {
            "How the perspectives of a topic tell it: how much of their news it is, and the words and points of each."
        }
        Command::Trend => {
            "How much of each perspective’s news it is, week by week; without words, what is said more and less than before."
        }
        Command::Gaps => "Stories that one perspective has nothing of, where chance would hardly leave it without.",
        _ => "Titles of one event, whoever has them: seen first when and where, and what each perspective has of it.",
    }
}

fn json(command: Command) -> &'static str {
    match command {
        Command::Compare => "/api/v1/compare",
        Command::Trend => "/api/v1/trend",
        Command::Gaps => "/api/v1/gaps",
        _ => "/api/v1/stories",
    }
}

/// The topics to choose from.
fn choose(topics: &[String], catalog: &Catalog, here: &Address) -> Markup {
    let name = |id: &String| catalog.topics.get(id).map_or(id.as_str(), |topic| topic.name.as_str()).to_owned();
    html! {
        p { "Perspectives are of one topic. Choose it:" }
        ul.choose { @for id in topics { li { a href=(here.with("topic", id)) { bdi { (shown(&name(id))) } } } } }
    }
}

/// Where parts of an answer lead.
struct Here<'a>(&'a Address);

impl Links for Here<'_> {
    fn entry(&self, id: &str) -> Option<String> {
        Some(self.0.entry(id))
    }

    fn words(&self, words: &str) -> Option<String> {
        Some(self.0.on("/").with("q", &format!("\"{words}\"")).to_string())
    }
}
