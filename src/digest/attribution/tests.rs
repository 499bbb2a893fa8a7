//! Tests of the evidence from locales.

use super::locale::{LocaleMatch, Locales, assign};
use crate::digest::Title;

/// Returns titles with the given locales; `-` is none.
fn titles(locales: &str) -> Vec<Title> {
    let title = |locale: &str| Title {
        text: String::new(),
        url: None,
        source: None,
        locale: Some(locale.to_owned()).filter(|locale| locale != "-"),
        published: None,
        line: 1,
        ..Title::default()
    };
    locales.split(' ').map(title).collect()
}

fn labels(texts: &[&str]) -> Vec<Vec<String>> {
    texts.iter().map(|text| vec![(*text).to_owned()]).collect()
}

fn locale(locales: &str, counts: &[usize], texts: &[&str]) -> Option<String> {
    match assign(&titles(locales), counts, &labels(texts)) {
        LocaleMatch::Perspectives(perspectives) => {
            Some(perspectives.iter().map(|&s| char::from(b'a' + s as u8)).collect())
        }
        LocaleMatch::Contradicts => Some("contradicts".to_owned()),
        LocaleMatch::Unknown => None,
    }
}

#[test]
fn locales_decide_where_one_assignment_adds_up() {
    assert_eq!(locale("es-VE en-US es-VE", &[2, 1], &["", ""]).as_deref(), Some("aba"));
    assert_eq!(locale("es-VE en-US es-VE en-US", &[2, 2], &["", ""]), None, "two ways");
    let names = ["venezuelan", "US/International Sources"];
    assert_eq!(locale("es-VE en-US es-VE en-US", &[2, 2], &names).as_deref(), Some("abab"));
    assert_eq!(locale("es-VE - es-VE", &[2, 1], &["", ""]), None, "a line without a locale");
    assert_eq!(locale("es-VE en-US es-VE", &[3, 0], &["", ""]).as_deref(), Some("aaa"));
    assert_eq!(locale("es-VE en-US", &[5, 5], &["", ""]), None, "does not add up");
    assert_eq!(locale("es-VE en-US", &[1, 1], &["us", "us"]), None, "both perspectives named");
    assert_eq!(locale("es-VE en-US es-VE", &[2, 1], &["us", ""]).as_deref(), Some("contradicts"));
    assert_eq!(locale("en-US en-US", &[0, 2], &["us", ""]).as_deref(), Some("bb"), "one feed");
    // With ten perspectives, four locales have as many assignments as are tried, five have more.
    let (four, five) = ("a b b c c c c d d d d d d d d", "a b b c c c c d d d d d d d d e");
    assert_eq!(locale(four, &[1, 2, 4, 8, 0, 0, 0, 0, 0, 0], &[]).as_deref(), Some("abbccccdddddddd"));
    assert_eq!(locale(five, &[2, 2, 4, 8, 0, 0, 0, 0, 0, 0], &[]), None);
}

#[test]
fn locales_contradict_an_order() {
    let names = labels(&["United States", "Venezuelan", "Other"]);
    for (locales, order, is_crossed, strays) in [
        ("en-US en-US es-VE es-VE", "aabb", false, "...."),
        ("es-VE es-VE en-US en-US", "aabb", true, ""),
        ("en-US es-VE en-US es-VE es-VE", "aaabb", false, ".x..."),
        ("en-US en-US en-GB es-VE es-VE", "aaabb", false, "....."),
        ("en-US en-US en-US en-US", "aabb", false, "...."),
        ("- en-US es-VE -", "aabb", false, "...."),
        // All lines of a perspective have the locale of one feed, or a region names the perspective.
        ("en-US en-US", "bb", false, ".."),
        ("es-VE en-US es-VE", "bbb", false, ".x."),
        ("en-GB en-GB fr-FR fr-FR fr-FR en-GB", "aabbbb", false, ".....x"),
        ("en-GB en-GB fr-FR fr-FR en-GB", "aaccb", false, "....."),
    ] {
        let order: Vec<usize> = order.bytes().map(|perspective| usize::from(perspective - b'a')).collect();
        let titles = titles(locales);
        let fit = Locales::new(&titles, &names).fit(&order, 3);
        assert_eq!(fit.is_crossed, is_crossed, "{locales}");
        let found: String = fit.strays.iter().map(|is_stray| if *is_stray { 'x' } else { '.' }).collect();
        assert!(is_crossed || found == strays, "{locales}: {found}");
    }
}
