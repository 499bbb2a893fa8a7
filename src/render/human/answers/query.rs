//! Hits as a list, and facets.

use super::entry::{description, origin};
use crate::query::{Facet, FacetValue, Filters, Hit, Reason};
use crate::render::QueryAnswer;
use crate::render::human::blocks::{Block, Item, Items, Line, List, Role, Span, Tally, TallyRow};
use crate::render::human::wording;
use crate::render::numbers::counted_as;

/// The number of values of a facet that are shown in brief; the others are counted.
const FACET_VALUES: usize = 10;

/// The width of scores in an explanation.
const SCORES: usize = 8;

/// Returns the answer as blocks.
pub fn blocks(answer: &QueryAnswer) -> Vec<Block<'_>> {
    let QueryAnswer { request, response, .. } = answer;
    let is_filtered = request.selection.filters != Filters::default();
    let items = Items::lazy(response.hits.len(), |at| item(&response.hits[at]));
    let first = Some(request.offset.saturating_add(1));
    let total = match wording::hits(answer) {
        Some(hits) => Block::total(hits),
        None => Block::Nothing(response.suggestions.as_ref()),
    };
    std::iter::once(Block::List(List { items, first, is_loose: true, ..List::default() }))
        .chain(response.facets.iter().map(|facet| Block::Tally(tally(facet, is_filtered))))
        .chain([Block::sentences(wording::spellings(&response.spellings)), total])
        .collect()
}

fn item(hit: &Hit) -> Item<'_> {
    let copies = match hit.copies {
        0 => String::new(),
        n => format!("+{}", counted_as(n, "copy", "copies")),
    };
    let origin = [Span::id(&hit.entry.id).into(), origin(&hit.entry, &hit.source_marks), Line::dim(copies)];
    let reasons = (!hit.reasons.is_empty()).then(|| Block::List(reasons(&hit.reasons)));
    Item {
        parts: reasons.into_iter().collect(),
        ..Item::new(
            Span::entry(&hit.entry, &hit.marks),
            [description(&hit.entry, &hit.description_marks), Line::dotted(origin)]
                .into_iter()
                .filter(|line| !line.is_empty()),
        )
    }
}

/// Returns the parts of a score.
pub fn reasons(reasons: &[Reason]) -> List<'_> {
    let item = |Reason { words, how, score }: &Reason| Item {
        label: Span::new(Role::Score, format!("{score:.3}")).into(),
        ..Item::new(Line::dim(format!("{words} ({})", wording::match_kind(*how))), [])
    };
    List { items: reasons.iter().map(item).collect(), indent: 4, label_width: SCORES, ..List::default() }
}

fn tally(facet: &Facet, is_filtered: bool) -> Tally<'_> {
    // Values that no entry has under the other filters come last.
    let (chosen, others): (Vec<&FacetValue>, Vec<&FacetValue>) =
        facet.values.iter().partition(|value| value.lifted > 0);
    let rest = chosen.get(FACET_VALUES..).filter(|rest| !rest.is_empty());
    Tally {
        field: facet.field.as_str(),
        counts: vec!["all filters", "other filters", "no filter"],
        brief_counts: if is_filtered { 3 } else { 1 },
        brief_rows: chosen.len().min(FACET_VALUES),
        rest: rest.map(|rest| (rest.iter().map(|value| value.count).sum(), rest.len())),
        rows: chosen.into_iter().chain(others).map(row).collect(),
    }
}

fn row(value: &FacetValue) -> TallyRow<'_> {
    TallyRow {
        counts: vec![value.count, value.lifted, value.unfiltered],
        name: value.name.as_deref().unwrap_or("(none)"),
        id: value.value.as_deref().filter(|id| value.name.as_deref() != Some(*id)),
    }
}
