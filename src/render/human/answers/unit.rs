//! What is said of an entry beside its text.

use std::ops::Range;

use crate::query::Unit;
use crate::render::human::blocks::{Line, Role, Span};

/// Returns the source, or the kind where there is none, the perspective and the day. What matches in the name of the
/// source is marked.
pub fn origin<'a>(unit: &'a Unit, marks: &'a [Range<usize>]) -> Line<'a> {
    let day = Line::from(Span::new(Role::Day, unit.date.to_string()));
    let side = side(unit);
    match unit.source.as_deref() {
        Some(source) if !marks.is_empty() => {
            let source = Span { marks, ..Span::new(Role::Plain, source) };
            Line::dotted([source.into(), Line::dotted([side, day]).set_back()])
        }
        Some(source) => Line::dotted([Span::new(Role::Name, source).into(), side, day]).set_back(),
        None => Line::dotted([Line::dim(unit.kind.as_str()), side, day]).set_back(),
    }
}

/// Returns the source, the perspective and the day, where there are.
pub fn article(unit: &Unit) -> Line<'_> {
    let day = Line::from(Span::new(Role::Day, unit.date.to_string()));
    Line::dotted([source(unit), side(unit), day]).set_back()
}

/// Returns the name of the source, if there is one.
pub fn source(unit: &Unit) -> Line<'_> {
    Span::new(Role::Name, unit.source.as_deref().unwrap_or_default()).into()
}

fn side(unit: &Unit) -> Line<'_> {
    let name = unit.perspective.as_ref().map_or("", |side| side.name.as_str());
    Span::new(Role::Name, name).into()
}
