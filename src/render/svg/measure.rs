//! What is drawn of a sample: the share that was found, or without words how much there is. Without words all of it would
//! be found, and what is left to see is where nothing or little was sampled.

use super::scale::Unit;
use crate::insight::{Sampled, Series, TrendRequest};
use crate::render::numbers::grouped;
use crate::render::numbers::{interval, percent};
use crate::render::shown;

/// What is drawn of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The share that was found, in hundredths.
    Share,
    /// How many entries there are.
    Size,
}

/// A point with its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub value: f64,
    /// None where nothing is estimated.
    pub interval: Option<(f64, f64)>,
}

impl Measure {
    /// What a request is about.
    pub fn of(request: &TrendRequest) -> Self {
        if request.selection.is_scored() { Self::Share } else { Self::Size }
    }

    /// The unit of its axis.
    pub fn unit(self) -> Unit {
        match self {
            Self::Share => Unit::Percent,
            Self::Size => Unit::Number,
        }
    }

    /// What its axis is called.
    pub fn name(self, kind: &str) -> String {
        match self {
            Self::Share => format!("share of sampled {kind}s, in %"),
            Self::Size => format!("number of sampled {kind}s"),
        }
    }

    /// The point of a sample; none where there was no sample.
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

    /// What there is of a perspective, in words.
    pub fn told(self, perspective: &Series, sampled: Option<&Sampled>, kind: &str) -> String {
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

/// A perspective's name to show, in a sentence that is read from left to right even if the name is not.
pub fn name(perspective: &Series) -> String {
    let name = shown(&perspective.name);
    // Numbers that follow a name in Arabic or Hebrew would else be read as part of it.
    let is_turned = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if name.contains(is_turned) { name + "\u{200e}" } else { name }
}
