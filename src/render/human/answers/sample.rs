//! How much there is of a perspective, and of what was sampled.

use crate::insight::{Interval, Sampled};
use crate::model::Kind;
use crate::render::human::blocks::{Line, Role, Span};
use crate::render::numbers::grouped;
use crate::render::numbers::{interval, percent};

/// Returns how much there is; of what was sampled, where words were looked for.
pub fn how_much(sampled: &Sampled, kind: Option<Kind>, is_scored: bool) -> Line<'static> {
    let kind = kind.map_or("entry", |kind| kind.as_str());
    let text = |text: String| Span::new(Role::Plain, text);
    match (is_scored, sampled.share) {
        // A number stays with its entry.
        (true, Some(share)) => {
            let mut spans = vec![
                text(format!("{} of {} {kind}s: ", grouped(sampled.found), grouped(sampled.entries))),
                text(percent(share.share)).whole(),
            ];
            if let Some(Interval { low, high, effective }) = share.interval {
                spans.extend([
                    text(" (".to_owned()),
                    text(interval(low, high)).whole(),
                    text(", n ".to_owned()),
                    text(format!("eff. {effective:.0}")).whole(),
                    text(")".to_owned()),
                ]);
            }
            Line(spans)
        }
        _ => format!("{} {kind}s", grouped(sampled.entries)).into(),
    }
}
