//! Conversion of a digest's entries to documents.

use xxhash_rust::xxh3::xxh3_64;

use super::{Bullet, Conventions, Digest, Highlight, Layout, Use, Warning};
use crate::model::{DigestId, Document, EntryId, Kind, Section};
use crate::text::{Language, MAX_WORDS, bounded, bounded_name, each_token, each_word, name_key, path_keys};

/// Returns the documents of a digest: highlights, bullets, titles, each in file order.
pub fn documents(digest: Digest, conventions: &Conventions) -> Vec<Document> {
    let Digest {
        corpus,
        topic,
        topic_name,
        date,
        variant,
        lang,
        layout,
        perspectives,
        highlights,
        bullets,
        titles,
        fields,
        ..
    } = digest;
    let id = DigestId { corpus, topic, date, variant };
    let lang = match layout {
        // The writer writes highlights and bullets in English.
        Layout::Own => Some("en".to_owned()),
        Layout::General => lang,
    };
    let perspective = |i: usize| (perspectives[i].id.clone(), perspectives[i].name.clone());
    let entry = |part: Section, number: usize, kind: Kind, text: String, section: Option<String>| Document {
        id: EntryId { digest: id.clone(), section: part, number },
        place: 0,
        kind,
        topic_name: topic_name.clone(),
        perspective: None,
        attribution: None,
        source: None,
        lang: lang.clone(),
        locale: None,
        date,
        is_dated: false,
        text,
        description: None,
        section_keys: section.as_deref().map_or_else(Vec::new, |path| path_keys(path, Document::SECTION_KEYS)),
        section,
        url: None,
        copy: 0,
        content: 0,
        words: 0,
        words_not_indexed: 0,
        exact: String::new(),
        stem: String::new(),
        source_keys: Vec::new(),
        source_words: Vec::new(),
        fields: fields.clone(),
    };
    let mut entries: Vec<Document> = Vec::with_capacity(highlights.len() + bullets.len() + titles.len());
    let highlight = |(n, Highlight { text, section })| entry(Section::Highlights, n, Kind::Highlight, text, section);
    entries.extend((1..).zip(highlights).map(highlight));
    let numbers = bullet_numbers(&bullets);
    for (bullet, number) in bullets.into_iter().zip(numbers) {
        let perspective = bullet.perspective.map(perspective);
        let part = Section::Bullets(perspective.as_ref().map(|(id, _)| id.clone()));
        let document = entry(part, number, Kind::Bullet, bullet.text, bullet.section);
        entries.push(Document { perspective, ..document });
    }
    for (number, title) in (1..).zip(titles).filter(|(_, title)| !title.text.is_empty()) {
        let written = title.locale.as_deref().and_then(|l| l.split(['-', '_']).next());
        let lang = match layout {
            Layout::Own => written.map(|lang| bounded(&lang.to_ascii_lowercase()).into_owned()),
            Layout::General => lang.clone(),
        };
        let (source, source_keys) = title.source.map(|written| source(written, conventions)).unzip();
        let attributes = source.iter().flat_map(|(name, _)| conventions.attributes(name));
        entries.push(Document {
            fields: fields.iter().chain(attributes).cloned().collect(),
            perspective: title.perspective.map(|(i, _)| perspective(i)),
            attribution: title.perspective.map(|(_, how)| how),
            source,
            source_keys: source_keys.unwrap_or_default(),
            lang,
            date: title.published.unwrap_or(date),
            is_dated: title.published.is_some(),
            locale: title.locale,
            url: title.url,
            description: title.description,
            ..entry(Section::Titles, number, Kind::Title, title.text, title.section)
        });
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by(|&a, &b| entries[a].id.cmp(&entries[b].id));
    for (place, &i) in (0..).zip(&order) {
        entries[i].place = place;
    }
    entries.iter_mut().for_each(complete);
    entries
}

/// Returns the number of each bullet among those of its perspective, from 1.
fn bullet_numbers(bullets: &[Bullet]) -> Vec<usize> {
    let mut last = std::collections::BTreeMap::new();
    let number = |bullet: &Bullet| {
        let number = last.entry(bullet.perspective).or_insert(0);
        *number += 1;
        *number
    };
    bullets.iter().map(number).collect()
}

/// Ids of the entries that lines of a digest became or belong to.
pub struct LineIds<'a> {
    digest: &'a Digest,
    bullets: Vec<usize>,
}

impl<'a> LineIds<'a> {
    /// Numbers the entries of a digest.
    pub fn new(digest: &'a Digest) -> Self {
        Self { digest, bullets: bullet_numbers(&digest.bullets) }
    }

    /// Returns the id of a line's entry; none of a line without one.
    pub fn of(&self, becomes: Use) -> Option<EntryId> {
        let digest = self.digest;
        let (section, number) = match becomes {
            Use::Highlight(at) => (Section::Highlights, at + 1),
            Use::Bullet(at) => {
                let perspective = digest.bullets[at].perspective.map(|at| digest.perspectives[at].id.clone());
                (Section::Bullets(perspective), self.bullets[at])
            }
            Use::Title(at) | Use::Source(at) | Use::Link(at) | Use::Description(at) => {
                digest.titles.get(at).filter(|title| !title.text.is_empty())?;
                (Section::Titles, at + 1)
            }
            Use::FrontMatter | Use::Heading | Use::Nothing(_) => return None,
        };
        Some(EntryId { digest: digest.id(), section, number })
    }
}

/// Returns the canonical and the written name of a source, and the keys of both.
fn source(written: String, conventions: &Conventions) -> ((String, String), Vec<String>) {
    let key = name_key(&written);
    let source = bounded_name(conventions.source_of_key(&key).unwrap_or(&written)).into_owned();
    let mut keys = vec![bounded(&key).into_owned()];
    if source != written {
        keys.insert(0, bounded(&name_key(&source)).into_owned());
        keys.dedup();
    }
    ((source, written), keys)
}

/// Sets the derived fields of a document.
fn complete(entry: &mut Document) {
    entry.exact.reserve(entry.text.len());
    entry.stem.reserve(entry.text.len());
    let language = Language::of(entry.lang.as_deref());
    let all = each_word(&entry.text, language, |word| {
        append(&mut entry.exact, word.exact);
        append(&mut entry.stem, word.stem);
    });
    entry.words = all.min(MAX_WORDS) as u64;
    entry.words_not_indexed = all as u64 - entry.words;
    complete_keys(entry);
    // A description is searched with its title, but does not distinguish it from copies.
    if let Some(description) = &entry.description {
        let mut room = MAX_WORDS - entry.words as usize;
        let more = each_word(description, language, |word| {
            if room > 0 {
                room -= 1;
                append(&mut entry.exact, word.exact);
                append(&mut entry.stem, word.stem);
            }
        });
        let all = entry.words + entry.words_not_indexed + more as u64;
        entry.words = all.min(MAX_WORDS as u64);
        entry.words_not_indexed = all - entry.words;
    }
}

/// Sets the keys of the source, and those of equal content.
fn complete_keys(entry: &mut Document) {
    if let Some((source, written)) = &entry.source {
        let names = if source == written { &[source][..] } else { &[source, written] };
        entry.source_words = names.iter().map(|name| words(name)).collect();
        entry.source_words.dedup();
    }
    (entry.copy, entry.content) = match entry.kind {
        Kind::Title => title_keys(entry),
        Kind::Highlight | Kind::Bullet => {
            let perspective = entry.perspective.as_ref().map_or("", |(id, _)| id);
            let content =
                format!("{}\n{}\n{perspective}\n{}", entry.kind, entry.id.digest.topic, normalized_text(entry));
            (own_key(entry), xxh3_64(content.as_bytes()))
        }
    };
}

/// Returns a warning for each entry with more than [`MAX_WORDS`] words, the rest of which is not indexed.
pub fn overlong(digest: &Digest) -> Vec<Warning> {
    let highlights = digest.highlights.iter().map(|highlight| (None, "a highlight".to_owned(), &highlight.text));
    let perspective = |bullet: &Bullet| match bullet.perspective {
        Some(perspective) => format!("a bullet of `{}`", digest.perspectives[perspective].id),
        None => "a bullet".to_owned(),
    };
    let bullets = digest.bullets.iter().map(|bullet| (None, perspective(bullet), &bullet.text));
    let titles = digest.titles.iter().map(|title| (Some(title.line), "the title".to_owned(), &title.text));
    // A cheap bound: each word has at least one byte.
    let is_long = digest.highlights.iter().map(|highlight| &highlight.text);
    let is_long = is_long.chain(digest.bullets.iter().map(|bullet| &bullet.text));
    let mut is_long = is_long.chain(digest.titles.iter().map(|title| &title.text));
    if !is_long.any(|text| text.len() > MAX_WORDS) {
        return Vec::new();
    }
    let warning = |(line, which, text): (Option<usize>, String, &String)| {
        let words = each_word(text, Language::Other, |_| {});
        let message = format!("{which} has {words} words; only the first {MAX_WORDS} are indexed");
        (words > MAX_WORDS).then_some(Warning { line, message })
    };
    highlights.chain(bullets).chain(titles).filter_map(warning).collect()
}

/// Returns the indexed words of a name.
fn words(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    each_token(name, |term, _| append(&mut out, term));
    out
}

fn append(words: &mut String, word: &str) {
    if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(word);
}

/// Returns the keys by which copies of an article and titles of equal content are grouped. The content key hashes the
/// words of the title and its source; the article key adds the day of publication or, if missing, the link. A title
/// without both has no copies.
fn title_keys(title: &Document) -> (u64, u64) {
    let source = title.source_keys.first().map_or("", String::as_str);
    let content = format!("{}\n{source}", normalized_text(title));
    let article = match &title.url {
        _ if title.is_dated => format!("{content}\n{}", title.date),
        Some(url) => format!("{content}\n\n{url}"),
        None => return (own_key(title), xxh3_64(content.as_bytes())),
    };
    let key = xxh3_64(article.as_bytes());
    (key, key)
}

/// Returns the words of an entry without case and punctuation; its text where only part of it is indexed.
fn normalized_text(entry: &Document) -> &str {
    if entry.exact.is_empty() || entry.words_not_indexed > 0 { &entry.text } else { &entry.exact }
}

/// Returns the key of an entry without copies.
fn own_key(entry: &Document) -> u64 {
    xxh3_64(entry.id.to_string().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::{Outcome, parse};
    use crate::model::Attribution;

    const TEXT: &str = "---\ntopic: t\ntopicName: \"T\"\ndate: 2026-01-07\nperspectives:\n  - id: zed\n    name: Zed\n    count: 2\n---\n\
        ## Overall Highlights\n\n- Rates fell.\n\n## Zed Perspective (Zed Sources)\n\n- One.\n- Two.\n\n## Sources\n\n\
        1. [es-MX] [Caída de tasas](https://example.com/1) - Diario A (1/6/2026)\n\
        2. [EN_us] [CAÍDA de tasas!](https://example.com/2) - diario.example (1/7/2026)\n";

    fn entries() -> Vec<Document> {
        entries_of(TEXT)
    }

    fn entries_of(text: &str) -> Vec<Document> {
        let conventions = Conventions::from_yaml("sources: { Diario A: [diario.example] }").expect("valid");
        match parse(text, &conventions).outcome {
            Outcome::Digest(digest) => documents(*digest, &conventions),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_entry_has_its_id_and_place() {
        let entries = entries();
        let ids: Vec<_> = entries.iter().map(|u| (u.id.to_string(), u.place)).collect();
        let expect = [("h1", 0), ("zed.1", 3), ("zed.2", 4), ("t1", 1), ("t2", 2)];
        assert_eq!(ids, expect.map(|(part, place)| (format!("t/2026-01-07#{part}"), place)));
    }

    #[test]
    fn titles_have_their_own_day_source_and_language() {
        let entries = entries();
        let title = &entries[3];
        assert_eq!(
            (title.kind, title.date.to_string(), title.lang.as_deref()),
            (Kind::Title, "2026-01-06".to_owned(), Some("es"))
        );
        assert_eq!(title.perspective, Some(("zed".to_owned(), "Zed".to_owned())));
        assert_eq!(title.attribution, Some(Attribution::Order));
        assert_eq!((entries[4].lang.as_deref(), entries[4].locale.as_deref()), (Some("en"), Some("EN_us")));
        assert_eq!((title.exact.as_str(), title.stem.as_str(), title.words), ("caida de tasas", "+caid +de +tas", 3));
        assert_eq!((entries[0].lang.as_deref(), entries[0].stem.as_str()), (Some("en"), "rate fall"));
    }

    #[test]
    fn copies_share_title_source_and_day() {
        let title = |line: &str| {
            let text = TEXT.split("1. [es-MX]").next().unwrap_or_default();
            let mut entries = entries_of(&format!("{text}1. {line}\n"));
            let title = entries.pop().expect("a title");
            (title.copy, title.content)
        };
        let first = title("[Caída de tasas](https://example.com/1) - Diario A (1/6/2026)");
        for copy in [
            "[en-US] [CAÍDA de tasas!](https://example.com/2) - diario.example (1/6/2026)",
            "[Caida de tasas](https://example.com/1) - DIARIO  A (1/6/2026)",
        ] {
            assert_eq!(title(copy), first, "{copy}");
        }
        for other in [
            "[Caída de tasas](https://example.com/1) - Diario A (1/7/2026)",
            "[Caída de tasas](https://example.com/1) - Diario B (1/6/2026)",
            "[Subida de tasas](https://example.com/1) - Diario A (1/6/2026)",
            "[Caída de tasas](https://example.com/1) - Diario A",
        ] {
            assert!(title(other).0 != first.0 && title(other).1 != first.1, "{other}");
        }
        let undated = title("[Caída de tasas](https://example.com/1) - Diario A");
        assert_eq!(title("[Caída de tasas](https://example.com/1) - Diario A"), undated);
        assert_ne!(title("[Caída de tasas](https://example.com/2) - Diario A").0, undated.0);
    }

    #[test]
    fn overlong_entries_are_indexed_in_part_with_a_warning() {
        let text = TEXT.replace("- Two.", &format!("- {}", "word ".repeat(MAX_WORDS + 3)));
        let entries = entries_of(&text);
        assert_eq!((entries[2].words, entries[2].words_not_indexed), (MAX_WORDS as u64, 3));
        let Outcome::Digest(digest) = parse(&text, &Conventions::default()).outcome else { panic!("a digest") };
        let messages: Vec<String> = overlong(&digest).into_iter().map(|warning| warning.message).collect();
        assert_eq!(messages, ["a bullet of `zed` has 10003 words; only the first 10000 are indexed"]);
    }

    #[test]
    fn all_names_of_a_source_share_a_key() {
        let entries = entries();
        assert_eq!(entries[4].source_keys, ["diario a", "diario.example"]);
        assert_eq!(entries[4].source, Some(("Diario A".to_owned(), "diario.example".to_owned())));
        assert_ne!(entries[1].copy, entries[2].copy);
    }

    #[test]
    fn content_keys_do_not_depend_on_position() {
        let moved = TEXT.replace("- One.\n- Two.", "- Zero.\n- One!\n- Two.").replace("2026-01-07", "2026-01-08");
        let (before, after) = (entries(), entries_of(&moved));
        let content = |entries: &[Document], text: &str| entries.iter().find(|u| u.text == text).map(|u| u.content);
        assert_eq!(content(&before, "One."), content(&after, "One!"));
        assert_ne!(content(&before, "One."), content(&before, "Two."));
        assert_ne!(content(&before, "Rates fell."), content(&after, "Zero."));
    }
}
