//! Locales that add up.

use super::locale::{Located, adding_up};
use crate::digest::Title;

fn locale(lines: &str, counts: &[usize], called: &[&str]) -> Option<String> {
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
    let called: Vec<Vec<String>> = called.iter().map(|text| vec![(*text).to_owned()]).collect();
    match adding_up(&titles, counts, &called) {
        Located::Sides(sides) => Some(sides.iter().map(|&s| char::from(b'a' + s as u8)).collect()),
        Located::Contradicts => Some("contradicts".to_owned()),
        Located::Unknown => None,
    }
}

#[test]
fn locales_tell_where_they_add_up_in_one_way() {
    assert_eq!(locale("es-VE en-US es-VE", &[2, 1], &["", ""]).as_deref(), Some("aba"));
    assert_eq!(locale("es-VE en-US es-VE en-US", &[2, 2], &["", ""]), None, "two ways");
    let called = ["venezuelan", "US/International Sources"];
    assert_eq!(locale("es-VE en-US es-VE en-US", &[2, 2], &called).as_deref(), Some("abab"));
    assert_eq!(locale("es-VE - es-VE", &[2, 1], &["", ""]), None, "a line without a locale");
    assert_eq!(locale("es-VE en-US es-VE", &[3, 0], &["", ""]).as_deref(), Some("aaa"));
    assert_eq!(locale("es-VE en-US", &[5, 5], &["", ""]), None, "does not add up");
    assert_eq!(locale("es-VE en-US", &[1, 1], &["us", "us"]), None, "both sides named");
    assert_eq!(locale("es-VE en-US es-VE", &[2, 1], &["us", ""]).as_deref(), Some("contradicts"));
    assert_eq!(locale("en-US en-US", &[0, 2], &["us", ""]).as_deref(), Some("bb"), "one feed, whatever it is called");
    // Ten sides: four locales can be given to them in as many ways as are tried, five in more.
    let (four, five) = ("a b b c c c c d d d d d d d d", "a b b c c c c d d d d d d d d e");
    assert_eq!(locale(four, &[1, 2, 4, 8, 0, 0, 0, 0, 0, 0], &[]).as_deref(), Some("abbccccdddddddd"));
    assert_eq!(locale(five, &[2, 2, 4, 8, 0, 0, 0, 0, 0, 0], &[]), None);
}
