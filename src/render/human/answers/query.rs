//! Hits as a list, and facets.

use super::entry::origin;
use crate::query::{Facet, FacetValue, Filters, Hit, Reason};
use crate::render::QueryAnswer;
use crate::render::human::blocks::{Block, Detail, Item, Items, Line, List, Role, Span, Tally, TallyRow};
use crate::render::human::told;
use crate::render::numbers::counted_as;

/// So many values of a facet are shown in brief; the others are counted.
const FACET_VALUES: usize = 10;

/// The width of scores in the explanation of a hit.
const SCORES: usize = 8;

/// Returns the answer as blocks.
pub fn blocks(answer: &QueryAnswer) -> Vec<Block<'_>> {
    let QueryAnswer { request, response, warnings } = answer;
    let is_filtered = request.selection.filters != Filters::default();
    let items = Items::lazy(response.hits.len(), |at| item(&response.hits[at]));
    let first = Some(request.offset.saturating_add(1));
    let total = match told::hits(answer) {
        Some(hits) => Block::total(hits),
        None => Block::Nothing(response.suggestions.as_ref()),
    };
    let notes = &request.selection.notes;
    let others = warnings.iter().filter(|warning| !notes.contains(warning)).cloned();
    // In brief, what is not about the words and filters is said on stderr.
    let others = Block::Only(Detail::Full, vec![Block::caveats(others)]);
    std::iter::once(Block::List(List { items, first, is_loose: true, ..List::default() }))
        .chain(response.facets.iter().map(|facet| Block::Tally(tally(facet, is_filtered))))
        .chain([
            Block::notes(told::spellings(&response.spellings)),
            Block::caveats(notes.iter().cloned()),
            others,
            total,
        ])
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
        ..Item::new(Span::entry(&hit.entry, &hit.marks), [Line::dotted(origin)])
    }
}

/// What the score is made of.
pub fn reasons(reasons: &[Reason]) -> List<'_> {
    let item = |Reason { words, how, score }: &Reason| Item {
        label: Span::new(Role::Score, format!("{score:.3}")).into(),
        ..Item::new(Line::dim(format!("{words} ({})", told::how(*how))), [])
    };
    List { items: reasons.iter().map(item).collect(), indent: 4, label_width: SCORES, ..List::default() }
}

fn tally(facet: &Facet, is_filtered: bool) -> Tally<'_> {
    // What no entry would have, whatever its own filter said, is no choice.
    let (chosen, others): (Vec<&FacetValue>, Vec<&FacetValue>) =
        facet.values.iter().partition(|value| value.lifted > 0);
    let rest = chosen.get(FACET_VALUES..).filter(|rest| !rest.is_empty());
    Tally {
        field: facet.field.as_str(),
        counts: vec!["with all filters", "without one on it", "without any"],
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
