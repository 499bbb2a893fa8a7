//! Which perspective each title of the source list belongs to. The file does not say it line by line.

use std::collections::BTreeSet;

use super::{Attribution, Digest, Perspective, Subject, Title, TopicConventions, Warning};

/// More assignments of locales to perspectives than this are not tried; real digests have four.
const MAX_ASSIGNMENTS: usize = 10_000;

/// The writer never asks for fewer articles than this, whatever it then finds.
const WRITERS_MINIMUM: usize = 20;

/// The perspective of each source line by the writer's order, given each perspective's number of lines.
///
/// With P perspectives the writer lists up to `floor(max(20, lines) / P)` lines of each perspective in turn, in
/// front-matter order, and then what is left over, one of each in turn.
pub fn by_order(counts: &[usize]) -> Vec<usize> {
    let lines: usize = counts.iter().sum();
    let first = lines.max(WRITERS_MINIMUM) / counts.len().max(1);
    let mut order = Vec::with_capacity(lines);
    for (side, &count) in counts.iter().enumerate() {
        order.extend(std::iter::repeat_n(side, count.min(first)));
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    for round in first..most {
        order.extend((0..counts.len()).filter(|&side| counts[side] > round));
    }
    order
}

/// The perspective of each source line by its locale, where the lines of each locale add up to the perspectives'
/// counts in one way only. Where they do in several, as with ten lines a side, a locale whose region is a word of one
/// side's heading (`en-US`, `US/International Sources`) decides. `words` are the words that name each side.
pub fn by_locale(titles: &[Title], counts: &[usize], words: &[BTreeSet<String>]) -> Option<Vec<usize>> {
    let locales: Option<Vec<&str>> = titles.iter().map(|t| t.locale.as_deref()).collect();
    let locales = locales?;
    let distinct: Vec<&str> = BTreeSet::from_iter(locales.iter().copied()).into_iter().collect();
    let ways: usize = distinct.iter().try_fold(1usize, |n, _| n.checked_mul(counts.len())).unwrap_or(usize::MAX);
    if ways > MAX_ASSIGNMENTS {
        return None;
    }
    let lines: Vec<usize> = distinct.iter().map(|l| locales.iter().filter(|x| *x == l).count()).collect();
    let adds_up = |assignment: &Vec<usize>| {
        let mut sums = vec![0; counts.len()];
        assignment.iter().zip(&lines).for_each(|(&side, n)| sums[side] += n);
        sums == counts
    };
    let fitting: Vec<Vec<usize>> =
        (0..ways).map(|way| digits(way, counts.len(), distinct.len())).filter(adds_up).collect();
    let named: Vec<Option<usize>> = distinct.iter().map(|locale| side_of_region(locale, words)).collect();
    let agrees =
        |assignment: &&Vec<usize>| assignment.iter().zip(&named).all(|(side, named)| named.is_none_or(|n| n == *side));
    let agreeing: Vec<&Vec<usize>> = fitting.iter().filter(agrees).collect();
    let chosen = match (&fitting[..], &agreeing[..]) {
        ([one], _) => one,
        (_, [one]) => *one,
        _ => return None,
    };
    let side_of = |locale: &&str| distinct.binary_search(locale).ok().map(|i| chosen[i]);
    locales.iter().map(side_of).collect()
}

/// A number's digits in a base, the last first: each number is one assignment.
fn digits(mut number: usize, base: usize, len: usize) -> Vec<usize> {
    let next = || {
        let digit = number % base;
        number /= base;
        digit
    };
    std::iter::repeat_with(next).take(len).collect()
}

/// The one side that the locale's region names.
fn side_of_region(locale: &str, words: &[BTreeSet<String>]) -> Option<usize> {
    let region = locale.split_once('-')?.1.to_lowercase();
    let mut sides = (0..words.len()).filter(|&i| words[i].contains(&region));
    let side = sides.next()?;
    sides.next().is_none().then_some(side)
}

/// The perspectives' counts where they add up to the number of lines. A perspective without one stands behind those
/// that the front matter names: only a heading knows it.
pub fn adding_up(perspectives: &[Perspective], lines: usize) -> Option<Vec<usize>> {
    let counts: Vec<usize> = perspectives.iter().map_while(|p| p.count).collect();
    let sum = counts.iter().try_fold(0usize, |sum, &n| sum.checked_add(n));
    (!counts.is_empty() && sum == Some(lines)).then_some(counts)
}

/// Says where the front matter's counts and the list disagree.
pub fn check_counts(digest: &Digest, articles: Option<usize>, early: bool, warnings: &mut Vec<(Subject, Warning)>) {
    let lines = digest.titles.len();
    if let Some(articles) = articles.filter(|&n| n != lines) {
        warnings.push(Subject::Count.file(format!("`articleCount` is {articles}, but there are {lines} source lines")));
    }
    let has_counts = digest.perspectives.iter().any(|p| p.count.is_some());
    if has_counts && adding_up(&digest.perspectives, lines).is_none() {
        let key = if early { "the `…Sources` counts" } else { "the counts of `perspectives`" };
        warnings.push(
            Subject::Count
                .file(format!("{key} don't add up to the {lines} source lines; the order can't tell whose they are")),
        );
    }
}

pub fn attribute(digest: &mut Digest, early: bool, words: &[BTreeSet<String>]) {
    let Some(counts) = adding_up(&digest.perspectives, digest.titles.len()) else { return };
    let (sides, how) = if early {
        let Some(sides) = by_locale(&digest.titles, &counts, words) else { return };
        (sides, Attribution::Locale)
    } else {
        (by_order(&counts), Attribution::Order)
    };
    for (title, side) in digest.titles.iter_mut().zip(sides) {
        title.perspective.get_or_insert((side, how));
    }
}

/// What the corpus says about the topic wins over what was worked out.
pub fn apply(own: &TopicConventions, digest: &mut Digest, warnings: &mut Vec<(Subject, Warning)>) {
    for i in 0..digest.perspectives.len() {
        if let Some(id) = own.perspectives.get(&digest.perspectives[i].id) {
            digest.perspectives[i].id = id.clone();
        }
    }
    // Two that are now one: everything goes to the first.
    let first = |id: &str| digest.perspectives.iter().position(|p| p.id == id);
    let merged: Vec<usize> = digest.perspectives.iter().filter_map(|p| first(&p.id)).collect();
    digest.bullets.iter_mut().for_each(|bullet| bullet.perspective = merged[bullet.perspective]);
    let mut unknown = BTreeSet::new();
    for title in &mut digest.titles {
        title.perspective = title.perspective.map(|(side, how)| (merged[side], how));
        let Some(id) = title.locale.as_ref().and_then(|locale| own.locales.get(locale)) else { continue };
        match first(id) {
            Some(side) => title.perspective = Some((side, Attribution::Configured)),
            None => drop(unknown.insert(id)),
        }
    }
    for id in unknown {
        warnings.push(Subject::Settings.file(format!(
            "digest-search.yaml gives a locale to the perspective `{id}`, which this digest does not have"
        )));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(counts: &[usize]) -> String {
        by_order(counts).iter().map(|&side| char::from(b'a' + side as u8)).collect()
    }

    #[test]
    fn the_writers_order() {
        assert_eq!(order(&[10, 10]), "aaaaaaaaaabbbbbbbbbb");
        assert_eq!(order(&[12, 8]), "aaaaaaaaaabbbbbbbbaa");
        assert_eq!(order(&[3, 2]), "aaabb");
        assert_eq!(order(&[0, 20]), "bbbbbbbbbbbbbbbbbbbb");
        assert_eq!(order(&[9, 7, 5]), "aaaaaaabbbbbbbcccccaa");
        assert_eq!(order(&[9, 9, 2]), "aaaaaabbbbbbccababab");
        assert_eq!(order(&[]), "");
    }

    fn locale(lines: &str, counts: &[usize], words: &[&str]) -> Option<String> {
        let titles: Vec<Title> = lines
            .split(' ')
            .map(|l| Title {
                text: String::new(),
                url: None,
                source: None,
                locale: (l != "-").then(|| l.to_owned()),
                published: None,
                line: 1,
                perspective: None,
            })
            .collect();
        let words: Vec<BTreeSet<String>> = words.iter().map(|w| w.split(' ').map(str::to_owned).collect()).collect();
        by_locale(&titles, counts, &words).map(|sides| sides.iter().map(|&s| char::from(b'a' + s as u8)).collect())
    }

    #[test]
    fn locales_tell_where_they_add_up_in_one_way() {
        assert_eq!(locale("es-VE en-US es-VE", &[2, 1], &["", ""]).as_deref(), Some("aba"));
        assert_eq!(locale("es-VE en-US es-VE en-US", &[2, 2], &["", ""]), None, "two ways");
        assert_eq!(
            locale("es-VE en-US es-VE en-US", &[2, 2], &["venezuelan", "us international"]).as_deref(),
            Some("abab")
        );
        assert_eq!(locale("es-VE - es-VE", &[2, 1], &["", ""]), None, "a line without a locale");
        assert_eq!(locale("es-VE en-US es-VE", &[3, 0], &["", ""]).as_deref(), Some("aaa"));
        assert_eq!(locale("es-VE en-US", &[5, 5], &["", ""]), None, "does not add up");
        assert_eq!(locale("es-VE en-US", &[1, 1], &["us", "us"]), None, "both sides named");
        assert_eq!(locale("es-VE en-US es-VE", &[2, 1], &["us", ""]).as_deref(), Some("aba"), "counts weigh more");
        // Ten sides: four locales can be given to them in as many ways as are tried, five in more.
        let (four, five) = ("a b b c c c c d d d d d d d d", "a b b c c c c d d d d d d d d e");
        assert_eq!(locale(four, &[1, 2, 4, 8, 0, 0, 0, 0, 0, 0], &[]).as_deref(), Some("abbccccdddddddd"));
        assert_eq!(locale(five, &[2, 2, 4, 8, 0, 0, 0, 0, 0, 0], &[]), None);
    }
}
