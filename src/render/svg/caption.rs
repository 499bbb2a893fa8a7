//! The texts above and below the plots: the question, the samples and the legend.

use super::measure::{Measure, name};
use crate::insight::{Bursting, Series};
use crate::model::Field;
use crate::query::Filters;
use crate::render::TrendAnswer;
use crate::render::numbers::{counted, small};
use crate::render::shown;

/// The number of bursts of a perspective that are named, the heaviest; all are drawn.
const BURSTS: usize = 4;

/// Returns the heading: the words of the query, or the kind that was sampled.
pub fn heading(answer: &TrendAnswer) -> String {
    let selection = &answer.request.selection;
    match (&selection.text, &selection.like) {
        (Some(text), _) if selection.is_scored() => shown(&text.text),
        (_, Some(id)) => format!("like {}", shown(id)),
        _ => format!("Sampled {}s", kind(answer)),
    }
}

/// Returns the subheading: the measure and the filters.
pub fn subheading(answer: &TrendAnswer) -> String {
    let selection = &answer.request.selection;
    let Filters { values, days, of_digests: _ } = &selection.filters;
    let words = selection.text.as_ref().filter(|_| !selection.is_scored()).map(|text| shown(&text.text));
    let measure = match Measure::of(&answer.request) {
        Measure::Share => format!("Share of sampled {}s", kind(answer)),
        Measure::Size => "Number".to_owned(),
    };
    let mut parts = vec![format!("{measure} by {}", answer.request.by.as_str())];
    parts.extend(words);
    if selection.text.as_ref().is_some_and(|text| text.options.any) {
        parts.push("any of the words".to_owned());
    }
    for (field, values) in values.iter().filter(|(field, _)| *field != Field::Kind) {
        parts.push(format!("{} {}", field.spec().label, shown(&values.join(", "))));
    }
    if !days.is_empty() {
        parts.push(format!("digests of {}", days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")));
    }
    parts.join(" · ")
}

/// Returns the paragraphs below the plots: the samples, the legend, and a note on the answer.
pub fn notes(answer: &TrendAnswer, is_cut_off: bool, note: Option<&str>) -> Vec<String> {
    let measure = Measure::of(&answer.request);
    let perspectives = &answer.response.perspectives;
    let mut notes: Vec<String> = perspectives
        .iter()
        .map(|perspective| {
            measure.text(perspective, Some(&perspective.all), kind(answer)) + &bursts(perspective, answer)
        })
        .collect();
    let mut how = Vec::new();
    if measure == Measure::Share {
        how.push("shaded areas and error bars: 95% intervals".to_owned());
    }
    if is_cut_off {
        how.push("arrows: intervals that go on above the axis".to_owned());
    }
    if perspectives.iter().any(|perspective| perspective.bursts.as_ref().is_some_and(|bursts| !bursts.is_empty())) {
        how.push("bars above the plot: bursts".to_owned());
    }
    if perspectives.iter().any(|perspective| perspective.points.contains(&None)) {
        how.push("grey bars below the plot: not sampled".to_owned());
    }
    notes.extend((!how.is_empty()).then(|| capitalized(&how.join("; "))));
    notes.extend(note.map(|note| capitalized(&shown(note))));
    notes
}

/// Returns a burst in words.
pub fn burst(burst: &Bursting, spans: &[String]) -> String {
    let span = |at: usize| spans.get(at).map_or("", String::as_str);
    let (first, last) = (span(burst.first), span(burst.last));
    let when = if first == last { first.to_owned() } else { format!("{first} to {last}") };
    format!("{when} (weight {:.1}, p\u{a0}{})", burst.weight, small(burst.p))
}

/// Returns the kind of entry.
pub fn kind(answer: &TrendAnswer) -> &'static str {
    answer.response.kind.map_or("entry", |kind| kind.as_str())
}

fn bursts(perspective: &Series, answer: &TrendAnswer) -> String {
    let mut bursts: Vec<&Bursting> = perspective.bursts.iter().flatten().collect();
    if bursts.is_empty() {
        return String::new();
    }
    bursts.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let more = bursts.len().saturating_sub(BURSTS);
    bursts.truncate(BURSTS);
    bursts.sort_by_key(|burst| burst.first);
    let named: Vec<String> = bursts.into_iter().map(|one| burst(one, &answer.response.spans)).collect();
    let more = if more > 0 { format!(" and {} more", counted(more, "lighter one")) } else { String::new() };
    format!("; bursts {}{more}", named.join(", "))
}

/// Returns the description of the picture for screen readers.
pub fn description(answer: &TrendAnswer) -> String {
    let measure = Measure::of(&answer.request);
    let spans = &answer.response.spans;
    let mut parts = vec![subheading(answer)];
    if let [first, .., last] = &spans[..] {
        parts[0] += &format!(" · {first} to {last}");
    }
    for perspective in &answer.response.perspectives {
        let points = perspective.points.iter().enumerate();
        let points = points.filter_map(|(at, point)| Some((at, measure.point(point.as_ref())?.value)));
        let highest = points.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let of_highest = |(at, _): (usize, f64)| {
            let point = perspective.points[at].as_ref();
            let text = measure.text(perspective, point, kind(answer));
            let text = text
                .strip_prefix(&name(perspective))
                .map_or(String::new(), |text| text.trim_start_matches(": ").to_owned());
            format!("; highest in {}: {text}", spans[at])
        };
        let all = measure.text(perspective, Some(&perspective.all), kind(answer));
        parts.push(all + &highest.map_or_else(String::new, of_highest) + &bursts(perspective, answer));
    }
    parts.join(". ")
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
