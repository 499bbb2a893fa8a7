//! What is written over and under the plots: what was asked, how much was sampled, how to read it.

use super::measure::{Measure, name};
use crate::insight::{Bursting, Series};
use crate::model::Field;
use crate::query::Filters;
use crate::render::TrendAnswer;
use crate::render::numbers::{counted, small};
use crate::render::shown;

/// So many bursts of a perspective are named, the heaviest; all are drawn.
const BURSTS: usize = 4;

/// What was asked for.
pub fn heading(answer: &TrendAnswer) -> String {
    let selection = &answer.request.selection;
    match (&selection.text, &selection.like) {
        (Some(text), _) if selection.is_scored() => shown(&text.text),
        (_, Some(id)) => format!("like {}", shown(id)),
        _ => format!("Sampled {}s", kind(answer)),
    }
}

/// What is drawn, of what.
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

/// What must be known to read the picture, a paragraph each.
pub fn notes(answer: &TrendAnswer) -> Vec<String> {
    let measure = Measure::of(&answer.request);
    let perspectives = &answer.response.perspectives;
    let mut notes: Vec<String> = perspectives
        .iter()
        .map(|perspective| {
            measure.told(perspective, Some(&perspective.all), kind(answer)) + &bursts(perspective, answer)
        })
        .collect();
    let mut how = Vec::new();
    if measure == Measure::Share {
        how.push("shaded, and upright lines: 95% Wilson intervals on effective n".to_owned());
    }
    if perspectives.iter().any(|perspective| perspective.bursts.as_ref().is_some_and(|bursts| !bursts.is_empty())) {
        how.push("bars above the plot: bursts".to_owned());
    }
    if perspectives.iter().any(|perspective| perspective.points.contains(&None)) {
        how.push("grey bars below the plot: not sampled".to_owned());
    }
    notes.extend((!how.is_empty()).then(|| capitalized(&how.join("; "))));
    notes.extend(answer.caveats().iter().map(|caveat| capitalized(&shown(caveat))));
    notes
}

/// A burst, in words.
pub fn burst(burst: &Bursting, spans: &[String]) -> String {
    let span = |at: usize| spans.get(at).map_or("", String::as_str);
    let (first, last) = (span(burst.first), span(burst.last));
    let when = if first == last { first.to_owned() } else { format!("{first} to {last}") };
    format!("{when} (weight {:.1}, p\u{a0}{})", burst.weight, small(burst.p))
}

/// The kind of entry.
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
    let told: Vec<String> = bursts.into_iter().map(|one| burst(one, &answer.response.spans)).collect();
    let more = if more > 0 { format!(" and {} more", counted(more, "lighter one")) } else { String::new() };
    format!("; bursts {}{more}", told.join(", "))
}

/// What a picture shows, for those who can't see it.
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
        let told = |(at, _): (usize, f64)| {
            let point = perspective.points[at].as_ref();
            let told = measure.told(perspective, point, kind(answer));
            let told = told
                .strip_prefix(&name(perspective))
                .map_or(String::new(), |told| told.trim_start_matches(": ").to_owned());
            format!("; most in {}: {told}", spans[at])
        };
        let all = measure.told(perspective, Some(&perspective.all), kind(answer));
        parts.push(all + &highest.map_or_else(String::new, told) + &bursts(perspective, answer));
    }
    parts.join(". ")
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
