//! A digest's units as documents.

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use super::{Kind, Language, Streams, Token, fold, streams, tokens};
use crate::digest::{Attribution, Conventions, Digest, DigestId, Section, UnitId};

/// One unit with all that is indexed and shown of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The id that people type.
    pub id: UnitId,
    /// Its place among the ids of its digest, from 0.
    pub place: u64,
    /// What it is.
    pub kind: Kind,
    /// The topic's name; its id is in [`Document::id`].
    pub topic_name: String,
    /// Id and name of the side; none for highlights and for titles whose side is open.
    pub perspective: Option<(String, String)>,
    /// How a title's side is known.
    pub attribution: Option<Attribution>,
    /// The outlet, as it is counted, and as the digest has it.
    pub source: Option<(String, String)>,
    /// The language's code; none where the digest does not say.
    pub lang: Option<String>,
    /// A title's locale.
    pub locale: Option<String>,
    /// A title's day of publication where it has one, else the digest's.
    pub date: NaiveDate,
    /// The text to show.
    pub text: String,
    /// A title's link.
    pub url: Option<String>,
    /// The same for all copies of an article.
    pub copy: u64,
    /// The same for all units that say the same, wherever they stand: it tells what is new from what only moved.
    pub content: u64,
    /// How many words the text has.
    pub words: u64,
    /// The words, folded, in order, with a space between them.
    pub exact: String,
    /// Their stems, likewise.
    pub stem: String,
    /// The words of each of its outlet's names, likewise.
    pub source_words: Vec<String>,
}

/// The units of a digest, in file order of each list: highlights, bullets, titles.
pub fn documents(digest: &Digest, conventions: &Conventions) -> Vec<Document> {
    let id = DigestId { topic: digest.topic.clone(), date: digest.date };
    let side = |i: usize| (digest.perspectives[i].id.clone(), digest.perspectives[i].name.clone());
    let unit = |section: Section, number: usize, kind: Kind, text: &str| {
        let id = UnitId { digest: id.clone(), section, number };
        // The writer writes highlights and bullets in English.
        Document {
            copy: xxh3_64(id.to_string().as_bytes()),
            content: 0,
            id,
            place: 0,
            kind,
            topic_name: digest.topic_name.clone(),
            perspective: None,
            attribution: None,
            source: None,
            lang: Some("en".to_owned()),
            locale: None,
            date: digest.date,
            text: text.to_owned(),
            url: None,
            words: 0,
            exact: String::new(),
            stem: String::new(),
            source_words: Vec::new(),
        }
    };
    let mut units: Vec<Document> =
        Vec::with_capacity(digest.highlights.len() + digest.bullets.len() + digest.titles.len());
    units.extend((1..).zip(&digest.highlights).map(|(n, text)| unit(Section::Highlights, n, Kind::Highlight, text)));
    let mut numbers = vec![0; digest.perspectives.len()];
    for bullet in &digest.bullets {
        numbers[bullet.perspective] += 1;
        let perspective = side(bullet.perspective);
        let section = Section::Bullets(perspective.0.clone());
        let document = unit(section, numbers[bullet.perspective], Kind::Bullet, &bullet.text);
        units.push(Document { perspective: Some(perspective), ..document });
    }
    for (number, title) in (1..).zip(&digest.titles).filter(|(_, title)| !title.text.is_empty()) {
        let source = title.source.as_ref().map(|written| (conventions.source(written).to_owned(), written.clone()));
        let lang = title.locale.as_deref().and_then(|l| l.split(['-', '_']).next()).map(str::to_ascii_lowercase);
        units.push(Document {
            perspective: title.perspective.map(|(i, _)| side(i)),
            attribution: title.perspective.map(|(_, how)| how),
            copy: copy_key(&title.text, source.as_ref().map(|s| s.0.as_str())),
            source,
            lang,
            locale: title.locale.clone(),
            date: title.published.unwrap_or(digest.date),
            url: title.url.clone(),
            ..unit(Section::Titles, number, Kind::Title, &title.text)
        });
    }
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by(|&a, &b| units[a].id.cmp(&units[b].id));
    for (place, &i) in (0..).zip(&order) {
        units[i].place = place;
    }
    for unit in &mut units {
        let Streams { exact, stem } = streams(&unit.text, Language::of(unit.lang.as_deref()));
        unit.words = exact.len() as u64;
        (unit.exact, unit.stem) = (joined(&exact), joined(&stem));
        unit.content = match unit.kind {
            Kind::Title => unit.copy,
            Kind::Highlight | Kind::Bullet => {
                let side = unit.perspective.as_ref().map_or("", |(id, _)| id);
                xxh3_64(format!("{}\n{}\n{side}\n{}", unit.kind, unit.id.digest.topic, unit.exact).as_bytes())
            }
        };
        if let Some((source, written)) = &unit.source {
            unit.source_words = [source, written].map(|name| joined(&tokens(name))).into();
            unit.source_words.dedup();
        }
    }
    units
}

fn joined(tokens: &[Token]) -> String {
    let mut out = String::with_capacity(tokens.len() * 8);
    for token in tokens {
        out.extend([if out.is_empty() { "" } else { " " }, &token.term]);
    }
    out
}

/// What all copies of an article have in common: the words of its title and its outlet.
fn copy_key(title: &str, source: Option<&str>) -> u64 {
    let mut words: Vec<String> = tokens(title).into_iter().map(|t| t.term).collect();
    if words.is_empty() {
        words.push(title.to_owned());
    }
    xxh3_64(format!("{}\n{}", words.join(" "), fold(source.unwrap_or_default())).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::{Outcome, parse};

    const TEXT: &str = "---\ntopic: t\ntopicName: \"T\"\ndate: 2026-01-07\nperspectives:\n  - id: zed\n    name: Zed\n    count: 2\n---\n\
        ## Overall Highlights\n\n- Rates fell.\n\n## Zed Perspective (Zed Sources)\n\n- One.\n- Two.\n\n## Sources\n\n\
        1. [es-MX] [Caída de tasas](https://example.com/1) - Diario A (1/6/2026)\n\
        2. [EN_us] [CAÍDA de tasas!](https://example.com/2) - diario.example (1/7/2026)\n";

    fn units() -> Vec<Document> {
        units_of(TEXT)
    }

    fn units_of(text: &str) -> Vec<Document> {
        let conventions = Conventions::from_yaml("sources: { Diario A: [diario.example] }").expect("valid");
        match parse(text, &conventions).outcome {
            Outcome::Digest(digest) => documents(&digest, &conventions),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_unit_has_its_id_and_place() {
        let units = units();
        let ids: Vec<_> = units.iter().map(|u| (u.id.to_string(), u.place)).collect();
        let expect = [("h1", 0), ("zed.1", 3), ("zed.2", 4), ("t1", 1), ("t2", 2)];
        assert_eq!(ids, expect.map(|(part, place)| (format!("t/2026-01-07#{part}"), place)));
    }

    #[test]
    fn titles_carry_their_own_day_outlet_and_language() {
        let units = units();
        let title = &units[3];
        assert_eq!(
            (title.kind, title.date.to_string(), title.lang.as_deref()),
            (Kind::Title, "2026-01-06".to_owned(), Some("es"))
        );
        assert_eq!(title.perspective, Some(("zed".to_owned(), "Zed".to_owned())));
        assert_eq!(title.attribution, Some(Attribution::Order));
        assert_eq!((units[4].lang.as_deref(), units[4].locale.as_deref()), (Some("en"), Some("EN_us")));
        assert_eq!((title.exact.as_str(), title.stem.as_str(), title.words), ("caida de tasas", "+caid +de +tas", 3));
        assert_eq!((units[0].lang.as_deref(), units[0].stem.as_str()), (Some("en"), "rate fall"));
    }

    #[test]
    fn copies_share_a_key() {
        let units = units();
        assert_eq!(units[3].copy, units[4].copy, "the same words, the same outlet by another name");
        assert_eq!(units[4].source, Some(("Diario A".to_owned(), "diario.example".to_owned())));
        assert_ne!(units[1].copy, units[2].copy);
        assert_eq!(units[3].content, units[4].content);
    }

    #[test]
    fn content_does_not_depend_on_the_place() {
        let moved = TEXT.replace("- One.\n- Two.", "- Zero.\n- One!\n- Two.").replace("2026-01-07", "2026-01-08");
        let (before, after) = (units(), units_of(&moved));
        let content = |units: &[Document], text: &str| units.iter().find(|u| u.text == text).map(|u| u.content);
        assert_eq!(content(&before, "One."), content(&after, "One!"));
        assert_ne!(content(&before, "One."), content(&before, "Two."));
        assert_ne!(content(&before, "Rates fell."), content(&after, "Zero."));
    }
}
