//! What is to be said of an answer, in sentences: the same in every format that people read. Not yet safe to show.

mod head;

pub use head::{days, digests, missing, spans};

use crate::insight::{By, Split, StoriesView, StoryOrder};
use crate::model::Field;
use crate::query::{Days, Filters, MatchKind, Selection, SimilarSources, Sort, Spelling, Suggestions};
use crate::render::numbers::{counted, counted_as, grouped};
use crate::render::{Answer, QueryAnswer, ReportHead};

/// How many hits there are, and which are shown; none where there is nothing at all.
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

/// What typed words stood for.
pub fn spellings(spellings: &[Spelling]) -> impl Iterator<Item = String> {
    spellings.iter().map(|Spelling { typed, words }| format!("`{typed}` stands for {}", listed(words)))
}

/// Nothing is indexed of the days that are asked for, of the topics that are.
pub const NO_DIGEST: &str = "nothing at all is indexed of these days in what is searched";

/// What may help where there is nothing. `any_option` is what makes one of the words enough, as it is written there.
pub fn suggestions(suggestions: Option<&Suggestions>, any_option: &str) -> Vec<String> {
    let Some(Suggestions { unknown, any, unfiltered, empty_days }) = suggestions else { return Vec::new() };
    let unknown = unknown.iter().map(|Spelling { typed, words }| match typed.strip_suffix('*') {
        Some(prefix) => format!("no word begins with `{prefix}`"),
        None if words.is_empty() => format!("no entry has `{typed}`"),
        None => format!("no entry has `{typed}`; did you mean {}?", listed(words)),
    });
    let match_ = |n: usize| format!("{} {}", counted(n, "entry"), if n == 1 { "matches" } else { "match" });
    let any = (*any > 0).then(|| format!("{} some of it: {any_option} shows them", match_(*any)));
    let unfiltered = (*unfiltered > 0).then(|| format!("{} without the filters", match_(*unfiltered)));
    let empty_days = empty_days.then(|| NO_DIGEST.to_owned());
    unknown.chain(any).chain(empty_days).chain(unfiltered).collect()
}

/// What a part of a score is for.
pub fn how(how: MatchKind) -> &'static str {
    match how {
        MatchKind::Form => "in some form",
        MatchKind::Exact => "as written",
        MatchKind::Source => "in the source's name",
        MatchKind::Near => "near each other",
    }
}

/// What is to be said of sources that were asked for and are likely called otherwise, too.
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

/// What was asked: the command, the words as they were understood, and the filters. What is the same for
/// the whole report is not said again.
pub fn asked(answer: &Answer, head: &ReportHead) -> Option<String> {
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
            let periods = match &answer.request.split {
                Split::Perspectives => String::new(),
                Split::Periods(periods) => {
                    let periods: Vec<String> = periods.iter().map(period).collect();
                    format!(" of two periods, {}", periods.join(" and "))
                }
            };
            (format!("compare{periods}"), &answer.request.selection)
        }
        Answer::Trend(answer) => (format!("trend{}", by(&[answer.request.by])), &answer.request.selection),
        Answer::Stories(answer) => {
            let view = match answer.request.view {
                StoriesView::Stories { order: StoryOrder::Size, .. } => "stories, largest first".to_owned(),
                StoriesView::Stories { order, .. } => format!("stories, {} first", order.as_str()),
                StoriesView::Gaps { q } => format!("stories that one perspective has nothing of, q up to {q}"),
            };
            (view, &answer.request.selection)
        }
        Answer::Index(_) | Answer::Show(_) | Answer::Status(_) | Answer::Check(_) => return None,
    };
    let parts: Vec<String> = std::iter::once(command).chain(meant(selection, head)).collect();
    Some(parts.join(" · "))
}

fn first(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "best",
        Sort::Newest => "newest",
        Sort::Oldest => "oldest",
    }
}

fn meant(selection: &Selection, head: &ReportHead) -> Vec<String> {
    let words = selection.text.as_ref().map(|text| format!("words {text}"));
    let like = selection.like.as_ref().map(|id| format!("like {id}"));
    let (of_report, own) = (&head.filters, &selection.filters);
    let all = [("all topics", of_report.get(Field::Topic), own.get(Field::Topic))].into_iter();
    let all = all.filter(|(_, of_report, own)| !of_report.is_empty() && own.is_empty()).map(|(all, ..)| all.to_owned());
    let all = all.chain((!of_report.days.is_empty() && own.days.is_empty()).then(|| "all days".to_owned()));
    // The head says topics and days, and nothing else.
    let mut own = own.clone();
    if own.get(Field::Topic) == of_report.get(Field::Topic) {
        own.set(Field::Topic, Vec::new());
    }
    if own.days == of_report.days {
        own.days.clear();
    }
    words.into_iter().chain(like).chain(all).chain(filters(&own)).collect()
}

/// What entries must be.
fn filters(filters: &Filters) -> Vec<String> {
    let Filters { values, days, of_digests } = filters;
    let days: Vec<String> = days.iter().map(period).collect();
    let of_days = (!days.is_empty()).then_some((if *of_digests { "digests" } else { "days" }, &days[..]));
    let named = values.iter().map(|(field, values)| (field.spec().label, values)).chain(of_days);
    named.map(|(name, values)| format!("{name} {}", values.join(", "))).collect()
}

/// Days as people write them.
fn period(days: &Days) -> String {
    match (days.first, days.last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(first), None) => format!("since {first}"),
        (None, Some(last)) => format!("until {last}"),
        (None, None) => "all days".to_owned(),
    }
}
