//! Sentences of answers, the same in every human format. They are not yet escaped.

mod head;

pub use head::{days, digests, missing, spans};

use crate::diagnostic::{Message, message, option};
use crate::insight::{By, Coverage, Split, StoriesView, StoryOrder, TermPower};
use crate::model::Field;
use crate::query::{Days, Filters, MatchKind, Selection, SimilarSources, Sort, Spelling, Suggestions};
use crate::render::numbers::{counted, counted_as, grouped};
use crate::render::{Answer, QueryAnswer, ReportHead};

/// Returns the number of hits and the range shown; none without hits.
pub fn hits(answer: &QueryAnswer) -> Option<String> {
    let QueryAnswer { request, response, .. } = answer;
    let first = request.offset.saturating_add(1);
    let last = request.offset.saturating_add(response.hits.len());
    let entries = if response.total_entries == response.total {
        String::new()
    } else {
        format!(" ({}, copies included)", counted(response.total_entries, "entry"))
    };
    let total = counted(response.total, "hit");
    match response.hits.len() {
        0 if response.total == 0 => None,
        0 => Some(format!("{total}{entries}; none shown")),
        n if n == response.total => Some(format!("{total}{entries}")),
        1 => Some(format!("{} of {total}{entries}", grouped(first))),
        _ => Some(format!("{}–{} of {total}{entries}", grouped(first), grouped(last))),
    }
}

/// Returns the expansions of prefixes and approximate words.
pub fn spellings(spellings: &[Spelling]) -> impl Iterator<Item = String> {
    spellings.iter().map(|Spelling { typed, words }| format!("`{typed}` matches {}", listed(words)))
}

/// A note on days without digests in the topics that are searched.
pub const NO_DIGEST: &str = "there are no digests for these days in the topics searched";

/// Returns sentences on what may help where nothing was found.
pub fn suggestions(suggestions: Option<&Suggestions>) -> Vec<Message> {
    let Some(Suggestions { unknown, any, unfiltered, empty_days }) = suggestions else { return Vec::new() };
    let unknown = unknown.iter().map(|Spelling { typed, words }| match typed.strip_suffix('*') {
        Some(prefix) => format!("no word begins with `{prefix}`"),
        None if words.is_empty() => format!("no entry has `{typed}`"),
        None => format!("no entry has `{typed}`; did you mean {}?", listed(words)),
    });
    let match_ = |n: usize| format!("{} {}", counted(n, "entry"), if n == 1 { "matches" } else { "match" });
    let any = (*any > 0).then(|| message![format!("{} some of the words: add ", match_(*any)), option("any")]);
    let unfiltered = (*unfiltered > 0).then(|| format!("{} without the filters", match_(*unfiltered)).into());
    let empty_days = empty_days.then(|| NO_DIGEST.into());
    unknown.map(Message::from).chain(any).chain(empty_days).chain(unfiltered).collect()
}

/// Returns why there are no distinctive words.
pub fn no_words(power: TermPower) -> &'static str {
    match power {
        TermPower::Enough => "no word differs more than by chance",
        TermPower::TooFewDays => "too few days of digests to show any word",
        TermPower::Untested => "no distinctive word",
    }
}

/// Returns a kind of match in words.
pub fn match_kind(kind: MatchKind) -> &'static str {
    match kind {
        MatchKind::Form => "any form",
        MatchKind::Exact => "exact form",
        MatchKind::Source => "source name",
        MatchKind::Near => "proximity",
    }
}

/// Returns notes on sources that likely have other names.
pub fn likely(likely: &[SimilarSources]) -> impl Iterator<Item = String> {
    likely.iter().map(|SimilarSources { typed, others }| {
        let names: Vec<String> = others.iter().map(|(name, _)| name.clone()).collect();
        let entries = others.iter().map(|(_, entries)| entries).sum();
        format!(
            "the source `{typed}` likely has other names: {} ({})",
            listed(&names),
            counted_as(entries, "entry", "entries")
        )
    })
}

fn listed(words: &[String]) -> String {
    const LISTED: usize = 8;
    let mut out = words.iter().take(LISTED).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    if words.len() > LISTED {
        out += &format!(" and {}", counted(words.len() - LISTED, "other word"));
    }
    out
}

/// Returns the question: the command, the parsed words, and the filters that differ from those of the report.
pub fn question(answer: &Answer, head: &ReportHead) -> Option<String> {
    let by = |by: &[By]| {
        let names = by.iter().map(|by| by.as_str()).collect::<Vec<_>>().join(" and ");
        if names.is_empty() { names } else { format!(" by {names}") }
    };
    let (command, selection) = match answer {
        Answer::Query(answer) => (format!("query, {} first", first(answer.request.sort)), &answer.request.selection),
        Answer::Count(answer) => {
            let share = if answer.request.share { ", as shares" } else { "" };
            (format!("count{}{share}", by(&answer.request.by)), &answer.request.selection)
        }
        Answer::Compare(answer) => {
            let groups = match &answer.request.split {
                Split::Field(Field::Perspective) => String::new(),
                Split::Field(field) => format!(" by {}", field.spec().label),
                Split::Queries(other) => {
                    let text = other.text.as_ref().map_or("", |text| text.text.as_str());
                    format!(" with {text}")
                }
                Split::Periods(periods) => {
                    let periods: Vec<String> = periods.iter().map(period).collect();
                    format!(" of two periods, {}", periods.join(" and "))
                }
            };
            let within = if answer.request.matched { " within stories of several perspectives" } else { "" };
            (format!("compare{groups}{within}"), &answer.request.selection)
        }
        Answer::Trend(answer) => (format!("trend{}", by(&[answer.request.by])), &answer.request.selection),
        Answer::Stories(answer) => {
            let view = match &answer.request.view {
                StoriesView::Stories { coverage, order, .. } => {
                    let first = match order {
                        StoryOrder::Relevance => "best",
                        StoryOrder::Size => "largest",
                        StoryOrder::Share => "largest share",
                        StoryOrder::Newest | StoryOrder::Oldest => order.as_str(),
                    };
                    let stories = match coverage {
                        Coverage::Any => "stories".to_owned(),
                        Coverage::OneSided => "one-sided stories".to_owned(),
                        Coverage::Missing(perspective) => format!("stories without a title of {perspective}"),
                    };
                    format!("{stories}, {first} first")
                }
                StoriesView::Gaps { q, missing } => {
                    let of = missing.as_ref().map_or_else(String::new, |missing| format!(" of {missing}"));
                    format!("gaps{of}, q up to {q}")
                }
            };
            (view, &answer.request.selection)
        }
        Answer::Index(_)
        | Answer::Show(_)
        | Answer::Status(_)
        | Answer::Check(_)
        | Answer::Explain(_)
        | Answer::Init(_) => return None,
    };
    let parts: Vec<String> = std::iter::once(command).chain(conditions(selection, head)).collect();
    Some(parts.join(" · "))
}

fn first(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "best",
        Sort::Newest => "newest",
        Sort::Oldest => "oldest",
    }
}

fn conditions(selection: &Selection, head: &ReportHead) -> Vec<String> {
    let words = selection.text.as_ref().map(|text| format!("words {text}"));
    let like = selection.like.as_ref().map(|id| format!("like {id}"));
    let (of_report, own) = (&head.filters, &selection.filters);
    let all = [("all topics", of_report.get(Field::Topic), own.get(Field::Topic))].into_iter();
    let all = all.filter(|(_, of_report, own)| !of_report.is_empty() && own.is_empty()).map(|(all, ..)| all.to_owned());
    let all = all.chain((!of_report.days.is_empty() && own.days.is_empty()).then(|| "all days".to_owned()));
    // The head of a report has topics and days only.
    let mut own = own.clone();
    if own.get(Field::Topic) == of_report.get(Field::Topic) {
        own.set(Field::Topic, Vec::new());
    }
    if own.days == of_report.days {
        own.days.clear();
    }
    words.into_iter().chain(like).chain(all).chain(filters(&own)).collect()
}

/// Returns the filters in words.
fn filters(filters: &Filters) -> Vec<String> {
    let Filters { values, days, of_digests } = filters;
    let days: Vec<String> = days.iter().map(period).collect();
    let of_days = (!days.is_empty()).then_some((if *of_digests { "digests" } else { "days" }, &days[..]));
    let named = values.iter().map(|(field, values)| (field.spec().label, values)).chain(of_days);
    named.map(|(name, values)| format!("{name} {}", values.join(", "))).collect()
}

/// Returns a range of days in words.
fn period(days: &Days) -> String {
    match (days.first, days.last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(first), None) => format!("since {first}"),
        (None, Some(last)) => format!("until {last}"),
        (None, None) => "all days".to_owned(),
    }
}
