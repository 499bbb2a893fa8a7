//! Where the keys and values of a YAML file are: the parser that gives them types tells the places of errors alone.

use std::collections::BTreeSet;

use saphyr_parser::{Event, Parser};

/// A key, or a value in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The keys above it.
    pub path: Vec<String>,
    pub text: String,
    pub is_key: bool,
    /// From 1.
    pub line: usize,
}

/// A mapping or a list that is being read.
struct Open {
    /// The keys that a mapping has so far; none for a list.
    keys: Option<BTreeSet<String>>,
    wants_key: bool,
    /// Whether a key above names it.
    has_name: bool,
}

/// Returns all keys and listed values in the order of the file, as far as it can be read.
///
/// # Errors
/// A key that its mapping has already.
pub fn places(yaml: &str) -> Result<Vec<Place>, Place> {
    let mut found = Vec::new();
    let (mut path, mut open): (Vec<String>, Vec<Open>) = Default::default();
    let mut parser = Parser::new_from_str(yaml);
    while let Some(Ok((event, span))) = parser.next_event() {
        let line = span.start.line().max(1);
        match event {
            Event::Scalar(text, ..) => {
                let place = |is_key| Place { path: path.clone(), text: text.to_string(), is_key, line };
                match open.last_mut() {
                    Some(Open { keys: Some(keys), wants_key: wants_key @ true, .. }) => {
                        if !keys.insert(text.to_string()) {
                            return Err(place(true));
                        }
                        found.push(place(true));
                        path.push(text.to_string());
                        *wants_key = false;
                    }
                    Some(open @ Open { keys: Some(_), .. }) => value_ends(open, &mut path),
                    Some(Open { keys: None, .. }) => found.push(place(false)),
                    None => {}
                }
            }
            Event::Alias(_) => open.last_mut().into_iter().for_each(|open| value_ends(open, &mut path)),
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let has_name = open.last().is_some_and(|open| open.keys.is_some() && !open.wants_key);
                let keys = matches!(event, Event::MappingStart(..)).then(BTreeSet::new);
                open.push(Open { wants_key: keys.is_some(), keys, has_name });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                let has_name = open.pop().is_some_and(|ended| ended.has_name);
                open.last_mut().filter(|_| has_name).into_iter().for_each(|open| value_ends(open, &mut path));
            }
            _ => {}
        }
    }
    Ok(found)
}

/// The value of the last key of a mapping has ended: another key follows.
fn value_ends(open: &mut Open, path: &mut Vec<String>) {
    if open.keys.is_some() && !std::mem::replace(&mut open.wants_key, true) {
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(yaml: &str, expect: &[&str]) {
        let told = |place: &Place| {
            format!("{} {}{}{}", place.line, place.path.join("/"), if place.is_key { ":" } else { "-" }, place.text)
        };
        let got: Vec<String> = match places(yaml) {
            Ok(places) => places.iter().map(told).collect(),
            Err(place) => vec![format!("twice {}", told(&place))],
        };
        assert_eq!(got, expect, "{yaml}");
    }

    #[test]
    fn keys_and_values_know_their_line() {
        check(
            "sources:\n  A: [x, 'y z']\n  B:\n    - w\ntopics: {t: {locales: {es: a,\n  en: b}}}\n",
            &[
                "1 :sources",
                "2 sources:A",
                "2 sources/A-x",
                "2 sources/A-y z",
                "3 sources:B",
                "4 sources/B-w",
                "5 :topics",
                "5 topics:t",
                "5 topics/t:locales",
                "5 topics/t/locales:es",
                "6 topics/t/locales:en",
            ],
        );
        check("a:\nb: ~\n- x", &["1 :a", "2 :b"]);
        check("a: &x [1]\nb: *x\nc: 2", &["1 :a", "1 a-1", "2 :b", "3 :c"]);
        check("", &[]);
    }

    #[test]
    fn a_repeated_key_is_an_error() {
        check("sources:\n  A: [x]\n  A: [y]\n", &["twice 3 sources:A"]);
        check("a: {x: 1}\nb: {x: 1}\na: 2", &["twice 3 :a"]);
    }
}
