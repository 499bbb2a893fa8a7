//! Names of perspectives and their occurrence in text.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::Perspective;

/// Normalized names of all perspectives.
#[derive(Debug, Default)]
pub struct Names(Vec<Name>);

/// Normalized name and id of a perspective.
#[derive(Debug)]
pub struct Name {
    /// Whole name.
    pub whole: String,
    pub id: String,
    pub words: Vec<String>,
    pub id_words: Vec<String>,
}

impl Names {
    pub fn new(perspectives: &[Perspective]) -> Self {
        let name = |p: &Perspective| Name {
            whole: normal(&p.name),
            id: normal(&p.id),
            words: words(&p.name),
            id_words: words(&p.id),
        };
        Self(perspectives.iter().map(name).collect())
    }

    /// Returns the perspectives whose name satisfies a predicate.
    pub fn matching(&self, predicate: impl Fn(&Name) -> bool) -> Vec<usize> {
        (0..self.0.len()).filter(|&perspective| predicate(&self.0[perspective])).collect()
    }

    /// Reports whether a perspective has a name, given in normal form.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|other| other.whole == name)
    }

    /// Returns the perspectives whose name or id, or a form of it (`Venezuela`, `Venezuelan`), occurs in the words. A
    /// name inside a longer one (`Korea` in `North Korea`) does not count.
    pub fn within(&self, words_in: &[String]) -> Vec<usize> {
        let places: Vec<Option<Range<usize>>> = self
            .0
            .iter()
            .map(|name| place(words_in, &name.words).or_else(|| place(words_in, &name.id_words)))
            .collect();
        let is_part = |range: &Range<usize>| {
            let mut others = places.iter().flatten();
            others.any(|other| other.len() > range.len() && other.start <= range.start && range.end <= other.end)
        };
        (0..places.len())
            .filter(|&perspective| places[perspective].as_ref().is_some_and(|range| !is_part(range)))
            .collect()
    }

    /// Reports whether the name of a perspective is the id of another, or its id the name of another, so that headings
    /// are ambiguous.
    pub fn is_crossed(&self, perspective: usize) -> bool {
        let this = &self.0[perspective];
        let is_named = |name: &Name, id: &Name| name.whole == id.id && name.whole != name.id;
        let mut others = self.0.iter().enumerate().filter(|(other, _)| *other != perspective);
        others.any(|(_, other)| is_named(this, other) || is_named(other, this))
    }
}

impl Name {
    /// Reports whether words are a form of the name.
    pub fn is_form_of(&self, words: &[String]) -> bool {
        are_related(words, &self.words)
    }
}

/// Reports whether a text contains a name or a form of it.
pub fn contains(text: &str, name: &str) -> bool {
    place(&words(text), &words(name)).is_some()
}

fn place(words: &[String], name: &[String]) -> Option<Range<usize>> {
    let at = words.windows(name.len().max(1)).position(|words| are_related(words, name))?;
    Some(at..at + name.len())
}

/// Normalizes a text: NFKC, without invisible characters, with single spaces.
pub fn clean(text: &str) -> String {
    let is_visible = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}');
    if text.is_ascii() {
        return folded(text);
    }
    folded(&text.nfkc().filter(is_visible).collect::<String>())
}

fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        out.extend([if out.is_empty() { "" } else { " " }, word]);
    }
    out
}

/// Normalizes a text for comparison: cleaned and in lower case.
pub fn normal(text: &str) -> String {
    let mut text = clean(text);
    if text.is_ascii() {
        text.make_ascii_lowercase();
        return text;
    }
    text.to_lowercase()
}

/// Returns the words of a text in lower case.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn are_related(a: &[String], b: &[String]) -> bool {
    !a.is_empty() && a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_related(a, b))
}

/// Reports whether two words are equal, or a country and its adjective by their common prefix: `mexico`, `mexican`.
fn is_related(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let rest = |w: &str| w.chars().count() - common;
    a == b || common >= 4 && rest(a) <= 3 && rest(b) <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(of: &[(&str, &str)]) -> Names {
        let perspective =
            |(id, name): &(&str, &str)| Perspective { id: (*id).into(), name: (*name).into(), count: None };
        Names::new(&of.iter().map(perspective).collect::<Vec<_>>())
    }

    #[test]
    fn names_are_found_within_words() {
        let all = names(&[("korea", "Korea"), ("nk", "North Korea"), ("us", "United States"), ("cn", "🇨🇳")]);
        for (text, expect) in [
            ("What North Korea says", &[1][..]),
            ("North Korea and Korea", &[1]),
            ("Koreans of the US", &[0, 2]),
            ("Industry", &[]),
            ("United State", &[2]),
            ("", &[]),
        ] {
            assert_eq!(all.within(&words(text)), expect, "{text}");
        }
    }

    #[test]
    fn crossed_names_are_detected() {
        let crossed = |of: &[(&str, &str)]| {
            (0..of.len()).filter(|&perspective| names(of).is_crossed(perspective)).collect::<Vec<_>>()
        };
        assert_eq!(crossed(&[("china", "Japan"), ("japan", "China"), ("us", "United States")]), [0, 1]);
        assert_eq!(crossed(&[("china", "Japan"), ("japan", "Nippon")]), [0, 1]);
        assert_eq!(crossed(&[("korea", "Korea"), ("nk", "Korea (North)")]), Vec::<usize>::new());
    }

    #[test]
    fn texts_are_cleaned() {
        for (text, expect) in
            [(" a\u{a0} b ", "a b"), ("Ｊａｐａｎ\u{200b} （Ｘ）", "Japan (X)"), ("🇨🇳\u{fe0f}", "🇨🇳"), ("", "")]
        {
            assert_eq!(clean(text), expect);
        }
        assert_eq!(normal("ÉTATS  Unis"), "états unis");
    }
}
