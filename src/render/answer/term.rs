//! Numbers of a term that a group prefers, in words.

use crate::insight::{Effect, Term};
use crate::render::numbers::{grouped, p_value, percent};

/// Formats an odds ratio with its 95% interval: `15 (6.3–35)`. None within stories, whose words are not tested.
pub fn odds_ratio(term: &Term) -> Option<String> {
    let Effect::Odds { ratio, .. } = term.effect else { return None };
    let ends = |_| format!(" ({}–{})", times(ratio.low().exp()), times(ratio.high().exp()));
    Some(times(ratio.value.exp()) + &ratio.half_width.map_or_else(String::new, ends))
}

/// Formats the rates of use in the group and in the others: per 1,000 texts (`34.1`), or within stories the share of a
/// story's titles (`34.1%`).
pub fn rates(term: &Term) -> [String; 2] {
    let rate = |used: usize, all: usize| format!("{:.1}", 1000.0 * used as f64 / all.max(1) as f64);
    match term.effect {
        Effect::Odds { .. } => [rate(term.here, term.texts[0]), rate(term.there, term.texts[1])],
        Effect::InStories(shares) => shares.map(percent),
    }
}

/// Says what the finding depends on: one source, or the choice of sources.
pub fn depends(term: &Term) -> Option<String> {
    let only = term.source.as_ref().map(|source| format!("only due to {source}"));
    let reassigned = term.fails_reassigned().map(|p| format!("with sources reassigned, {}", p_value(p)));
    let all: Vec<String> = only.into_iter().chain(reassigned).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// Formats a ratio with two significant digits, or as a whole number.
fn times(ratio: f64) -> String {
    match ratio {
        0.0..1.0 => format!("{ratio:.2}"),
        1.0..9.95 => format!("{ratio:.1}"),
        _ => grouped(ratio.round() as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::times;

    #[test]
    fn ratios_have_two_digits() {
        let shown = [0.0, 0.126, 0.999, 1.0, 9.94, 9.96, 14.6, 1234.4].map(times);
        assert_eq!(shown, ["0.00", "0.13", "1.00", "1.0", "9.9", "10", "15", "1,234"]);
    }
}
