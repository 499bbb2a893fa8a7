//! Synthetic digests with the true perspective in each title and bullet.

use std::fmt::Write;

use chrono::{Days, NaiveDate};
use fastrand::Rng;

/// A perspective: id, name, locale and number of source lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Perspective {
    pub id: &'static str,
    pub name: &'static str,
    pub locale: &'static str,
    pub count: usize,
}

/// A line of the source list, with its perspective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub number: usize,
    pub perspective: &'static str,
    pub locale: &'static str,
    /// Number of the line within its perspective, from 1.
    pub index: usize,
}

/// A digest before formatting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticDigest {
    pub is_early: bool,
    pub perspectives: Vec<Perspective>,
    /// Counts in `perspectives`; those of the `…Sources` keys are in `sources`.
    pub counts: Vec<usize>,
    pub sources: Vec<usize>,
    /// Order of the sections of the body.
    pub sections: Vec<usize>,
    pub lines: Vec<Line>,
}

type Topic = &'static [(&'static str, &'static str, &'static str)];

/// Perspectives with different locales, equal locales and unusual names.
const TOPICS: [Topic; 9] = [
    &[("china", "China", "en-US"), ("japan", "Japan", "en-US")],
    &[("us", "United States", "en-US"), ("china", "China", "en-US")],
    &[("venezuelan", "Venezuelan", "es-VE"), ("us", "United States", "en-US")],
    &[("india", "India", "en-IN"), ("pakistan", "Pakistan", "en-PK")],
    &[("china", "Common Market", "en-GB"), ("japan", "Japan", "ja-JP")],
    &[("korea", "Korea", "ko-KR"), ("nk", "Korea (North)", "ko-KR")],
    &[("cn", "🇨🇳", "zh-CN"), ("jp", "🇯🇵", "ja-JP")],
    &[("us", "United States", "en-US"), ("china", "China", "zh-CN"), ("union", "European Union", "en-GB")],
    &[("sudan", "Sudan", "en-US"), ("south", "South Sudan", "en-US"), ("chad", "Chad", "en-US")],
];

const TWO: [[usize; 2]; 9] = [[10, 10], [12, 8], [13, 7], [0, 20], [20, 0], [1, 1], [3, 2], [5, 5], [9, 11]];
const THREE: [[usize; 3]; 4] = [[7, 7, 6], [6, 6, 6], [2, 1, 1], [10, 5, 5]];
const EARLY: [[usize; 2]; 4] = [[10, 10], [6, 4], [8, 2], [13, 7]];

/// Returns all digests in random order.
pub fn all(rng: &mut Rng) -> Vec<SyntheticDigest> {
    let mut digests = Vec::new();
    for topic in TOPICS {
        let counts: Vec<&[usize]> = if topic.len() == 2 {
            TWO.iter().map(|c| &c[..]).collect()
        } else {
            THREE.iter().map(|c| &c[..]).collect()
        };
        digests.extend(counts.into_iter().map(|counts| current(topic, counts)));
    }
    digests.extend(EARLY.iter().map(|counts| early(counts, rng)));
    rng.shuffle(&mut digests);
    digests
}

fn perspectives(topic: Topic, counts: &[usize]) -> Vec<Perspective> {
    let perspective = |(&(id, name, locale), &count)| Perspective { id, name, locale, count };
    topic.iter().zip(counts).map(perspective).collect()
}

fn current(topic: Topic, counts: &[usize]) -> SyntheticDigest {
    let perspectives = perspectives(topic, counts);
    // The writer's order, computed independently: half of 20 each at first, then one of each in turn.
    let mut left = counts.to_vec();
    let mut order = Vec::new();
    for (perspective, left) in left.iter_mut().enumerate() {
        let first = (*left).min(20 / counts.len());
        order.extend(vec![perspective; first]);
        *left -= first;
    }
    while left.iter().any(|n| *n > 0) {
        for (perspective, left) in left.iter_mut().enumerate().filter(|(_, left)| **left > 0) {
            *left -= 1;
            order.push(perspective);
        }
    }
    build(false, perspectives, &order)
}

fn early(counts: &[usize], rng: &mut Rng) -> SyntheticDigest {
    let topic = &[("venezuelan", "Venezuelan", "es-VE"), ("international", "International", "en-US")];
    let mut order: Vec<usize> = [vec![0; counts[0]], vec![1; counts[1]]].concat();
    rng.shuffle(&mut order);
    build(true, perspectives(topic, counts), &order)
}

fn build(is_early: bool, perspectives: Vec<Perspective>, order: &[usize]) -> SyntheticDigest {
    let mut seen = vec![0; perspectives.len()];
    let mut line = |(at, &perspective): (usize, &usize)| {
        seen[perspective] += 1;
        Line {
            number: at + 1,
            perspective: perspectives[perspective].id,
            locale: perspectives[perspective].locale,
            index: seen[perspective],
        }
    };
    let lines = order.iter().enumerate().map(&mut line).collect();
    let counts: Vec<usize> = perspectives.iter().map(|perspective| perspective.count).collect();
    let sections = (0..perspectives.len()).collect();
    SyntheticDigest { is_early, sources: counts.clone(), counts, sections, lines, perspectives }
}

impl Line {
    pub fn text(&self) -> String {
        let Self { number, perspective, locale, index } = self;
        // The writer lists the newest first, mostly several per day.
        let day = NaiveDate::from_ymd_opt(2026, 1, 6).unwrap_or_default() - Days::new(*index as u64 / 2);
        let day = day.format("%-m/%-d/%Y");
        format!(
            "{number}. [{locale}] [T{index} of {perspective}](https://example.com/{perspective}/{index}) - Wire ({day})"
        )
    }
}

impl SyntheticDigest {
    pub fn heading(&self, perspective: usize) -> String {
        let Perspective { id, name, .. } = self.perspectives[perspective];
        match (self.is_early, id) {
            (true, "venezuelan") => "## Inside Venezuela (Venezuelan Sources)".to_owned(),
            (true, _) => "## International Perspective (US/International Sources)".to_owned(),
            _ => format!("## {name} Perspective ({name} Sources)"),
        }
    }

    pub fn front_matter(&self) -> String {
        let mut out = format!("---\ntopic: t\ndate: 2026-01-07T04:00:00.000Z\narticleCount: {}\n", self.lines.len());
        if !self.is_early {
            out += "perspectives:\n";
            for (Perspective { id, name, .. }, count) in self.perspectives.iter().zip(&self.counts) {
                write!(out, "  - id: \"{id}\"\n    name: \"{name}\"\n    count: {count}\n").expect("a string");
            }
        }
        for (Perspective { id, .. }, count) in self.perspectives.iter().zip(&self.sources) {
            writeln!(out, "{id}Sources: {count}").expect("a string");
        }
        out + "draft: false\n---\n\n"
    }

    /// Formats a section with three bullets, the last of them a paragraph in the early layout.
    pub fn section(&self, perspective: usize) -> String {
        let id = self.perspectives[perspective].id;
        let heading = self.heading(perspective);
        match self.is_early {
            true => format!("{heading}\n\n### Key Points\n\n- B1 of {id}.\n- B2 of {id}.\n\nB3 of {id}.\n\n"),
            false => format!("{heading}\n\n- B1 of {id}.\n- B2 of {id}.\n- B3 of {id}.\n\n"),
        }
    }

    pub fn list(&self) -> String {
        let lines: String = self.lines.iter().map(|line| line.text() + "\n").collect();
        format!(
            "## Sources\n\nThis summary is based on {} articles from the following sources:\n\n{lines}",
            self.lines.len()
        )
    }

    pub fn text(&self) -> String {
        let sections: String = self.sections.iter().map(|&perspective| self.section(perspective)).collect();
        let (before, after) = match self.is_early {
            true => ("## Overall Summary\n\nH1 of none.\n\n", "## Key Differences in Coverage\n\n- D1 of none.\n\n"),
            false => ("## Overall Highlights\n\n- H1 of none.\n- H2 of none.\n\n<!--more-->\n\n", ""),
        };
        self.front_matter() + before + &sections + after + &self.list()
    }
}
