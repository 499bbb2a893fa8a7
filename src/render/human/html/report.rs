//! The body of a report's page.

use maud::{Markup, html};

use super::author;
use super::parts::notes;
use crate::render::human::told;
use crate::render::safe::shown;
use crate::render::{Asserted, ReportAnswer, ReportContent, ReportHead, ReportSection, Style};

pub fn body(answer: &ReportAnswer, style: Style) -> Markup {
    let named: Vec<(usize, &str)> =
        (1..).zip(&answer.sections).filter_map(|(at, section)| Some((at, section.title.as_deref()?))).collect();
    let shared = if style.quiet { answer.all_caveats() } else { answer.shared_caveats() };
    html! {
        main {
            header {
                h1 { (shown(&answer.title)) }
                (head(&answer.head))
                (failed(answer))
                @if named.len() > 2 {
                    nav aria-label="Sections" { ul { @for (at, title) in &named { li { a href={ "#s" (at) } { (shown(title)) } } } } }
                }
            }
            @for (at, of_report) in (1..).zip(&answer.sections) { (section(at, of_report, &answer.head, &shared)) }
            @if !shared.is_empty() && !style.quiet {
                section aria-labelledby="notes" {
                    h2 id="notes" { "How to read the numbers" }
                    (notes(shared))
                }
            }
        }
        footer { p { "Made by digest-search " (answer.head.version) " of the corpus " span.id { (answer.head.corpus) } "." } }
    }
}

fn head(head: &ReportHead) -> Markup {
    html! {
        dl {
            div { dt { "Days" } dd { (told::days(head)) } }
            @for topic in &head.topics {
                div {
                    dt { bdi { (shown(&topic.name)) } }
                    dd {
                        (told::digests(topic))
                        @if let Some(missing) = told::missing(topic) { small { "; " (missing) } }
                    }
                }
            }
        }
    }
}

fn failed(answer: &ReportAnswer) -> Markup {
    let failed: Vec<&Asserted> = answer.failed().collect();
    html! {
        @if !failed.is_empty() {
            div.failed role="alert" {
                @for asserted in failed { p { (shown(&asserted.told())) } }
            }
        }
    }
}

fn section(at: usize, section: &ReportSection, head: &ReportHead, shared: &[String]) -> Markup {
    let id = format!("s{at}");
    html! {
        section id=(id) aria-labelledby=[section.title.as_ref().map(|_| format!("{id}-title"))] {
            @if let Some(title) = &section.title { h2 id={ (id) "-title" } { (shown(title)) } }
            @match &section.content {
                ReportContent::Text { markdown, .. } => (author::markdown(markdown)),
                ReportContent::Answer { answer, .. } => {
                    @if let Some(asked) = told::asked(answer, head) { p.asked { (shown(&asked)) } }
                    (super::answer(answer, shared, &super::Alone))
                    @for asserted in section.failed() { p.failed { (shown(&asserted.told())) } }
                }
            }
        }
    }
}
