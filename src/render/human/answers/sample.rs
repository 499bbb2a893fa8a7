//! The sample of a perspective in words.

use crate::insight::{Interval, Sampled};
use crate::model::Kind;
use crate::render::human::blocks::{Line, Role, Span};
use crate::render::numbers::{counted, grouped};
use crate::render::numbers::{interval, percent};

/// Returns the share of matches with its interval, or the sample size without words.
pub fn how_much(sampled: &Sampled, kind: Option<Kind>, is_scored: bool) -> Line<'static> {
    let kind = kind.map_or("entry", |kind| kind.as_str());
    let text = |text: String| Span::new(Role::Plain, text);
    match (is_scored, sampled.share) {
        // Numbers are not separated from their units.
        (true, Some(share)) => {
            let mut spans = vec![
                text(format!("{} of {} {kind}s: ", grouped(sampled.found), grouped(sampled.entries))),
                text(percent(share.share)).whole(),
            ];
            if let Some(Interval { low, high, effective }) = share.interval {
                spans.extend([
                    text(" (".to_owned()),
                    text(interval(low, high)).whole(),
                    text(", ".to_owned()),
                    text(format!("effective n {effective:.0}")).whole(),
                    text(")".to_owned()),
                ]);
            }
            Line(spans)
        }
        _ => counted(sampled.entries, kind).into(),
    }
}
