//! The measure of a sample that is drawn: the share of matches, or without words the sample size. Without words every
//! entry matches, and the sample size shows where little or nothing was sampled.

use super::scale::Unit;
use crate::insight::{Sampled, Series, TrendRequest};
use crate::render::numbers::grouped;
use crate::render::numbers::{interval, percent};
use crate::render::shown;

/// A measure of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The share of matches, in percent.
    Share,
    /// The sample size.
    Size,
}

/// A point with its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub value: f64,
    /// The interval; none for sample sizes.
    pub interval: Option<(f64, f64)>,
}

impl Measure {
    /// Returns the measure for a request.
    pub fn of(request: &TrendRequest) -> Self {
        if request.selection.is_scored() { Self::Share } else { Self::Size }
    }

    /// Returns the unit of its axis.
    pub fn unit(self) -> Unit {
        match self {
            Self::Share => Unit::Percent,
            Self::Size => Unit::Number,
        }
    }

    /// Returns the name of its axis.
    pub fn name(self, kind: &str) -> String {
        match self {
            Self::Share => format!("share of sampled {kind}s, in %"),
            Self::Size => format!("number of sampled {kind}s"),
        }
    }

    /// Returns the point of a sample; none without a sample.
    pub fn point(self, sampled: Option<&Sampled>) -> Option<Point> {
        let sampled = sampled?;
        match self {
            Self::Share => sampled.share.map(|share| Point {
                value: share.share * 100.0,
                interval: share.interval.map(|ends| (ends.low * 100.0, ends.high * 100.0)),
            }),
            Self::Size => Some(Point { value: sampled.entries as f64, interval: None }),
        }
    }

    /// Returns the sample of a perspective in words.
    pub fn text(self, perspective: &Series, sampled: Option<&Sampled>, kind: &str) -> String {
        let name = name(perspective);
        let Some(sampled) = sampled else { return format!("{name}: not sampled") };
        let entries = grouped(sampled.entries);
        match (self, sampled.share) {
            (Self::Share, Some(share)) => {
                let (ends, effective) = share.interval.map_or_else(Default::default, |ends| {
                    let effective = grouped(ends.effective.round() as usize);
                    (format!(" ({})", interval(ends.low, ends.high)), format!(", effective\u{a0}n\u{a0}{effective}"))
                });
                let found = grouped(sampled.found);
                format!("{name}: {}{ends}, {found} of {entries} sampled {kind}s{effective}", percent(share.share))
            }
            _ => format!("{name}: {entries} sampled {kind}s"),
        }
    }
}

/// Returns the name of a perspective, safe to show in a left-to-right sentence.
pub fn name(perspective: &Series) -> String {
    let name = shown(&perspective.name);
    // Numbers after a name in Arabic or Hebrew would be displayed as part of it.
    let is_turned = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if name.contains(is_turned) { name + "\u{200e}" } else { name }
}
