//! A naive search: every entry is analyzed and matched word by word.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use digest_search::model::{Document, Field};
use digest_search::query::{Filters, Node, NodeKind, Selection, WordMatch, Words};
use digest_search::text::{Language, Token, fold, name_key, stem, streams, tokens};

pub struct Scan {
    pub entries: Vec<Scanned>,
    /// The words of texts and of source names.
    words: [BTreeSet<String>; 2],
    /// The key of each source name → the spelling that is shown.
    sources: HashMap<String, String>,
    /// Words within one edit of a word, with and without source names.
    spelt_like: RefCell<HashMap<(String, bool), BTreeSet<String>>>,
}

pub struct Scanned {
    pub document: Document,
    words: Vec<String>,
    stems: Vec<String>,
    names: Vec<Vec<String>>,
}

impl Scan {
    pub fn new(documents: Vec<Document>) -> Self {
        let terms = |text: &str| tokens(text).into_iter().map(|token| token.term).collect::<Vec<_>>();
        let scanned = |document: Document| {
            let words = terms(&document.text);
            let language = Language::of(document.lang.as_deref());
            let names = document.source.as_ref().map_or(vec![], |(name, written)| vec![terms(name), terms(written)]);
            let stems = streams(&document.text, language).stem.into_iter().map(|token| token.term).collect();
            Scanned { document, words, stems, names }
        };
        let entries: Vec<Scanned> = documents.into_iter().map(scanned).collect();
        let words = [
            entries.iter().flat_map(|entry| entry.words.clone()).collect(),
            entries.iter().flat_map(|entry| entry.names.concat()).collect(),
        ];
        Self { sources: shown_sources(&entries), entries, words, spelt_like: RefCell::default() }
    }

    /// The shown name of the source of an entry.
    pub fn source(&self, entry: &Document) -> Option<String> {
        entry.source.as_ref().map(|(name, _)| self.sources[&name_key(name)].clone())
    }

    /// The matching entries.
    pub fn search(&self, selection: &Selection) -> Vec<&Document> {
        self.entries.iter().filter(|entry| self.matches(entry, selection)).map(|entry| &entry.document).collect()
    }

    /// Reports whether any entry has a value of a field.
    pub fn has(&self, field: Field, value: &str) -> bool {
        let has = |entry: &Document| match field {
            Field::Custom(_) => field.values(entry).any(|known| name_key(known) == name_key(value)),
            Field::Section => field.values(entry).any(|path| is_in_section(path, value)),
            _ => has_value(entry, field, value),
        };
        self.entries.iter().any(|entry| has(&entry.document))
    }

    fn matches(&self, entry: &Scanned, selection: &Selection) -> bool {
        let Filters { values, days, of_digests } = &selection.filters;
        let day = if *of_digests { entry.document.id.digest.date } else { entry.document.date };
        let is = |(field, wanted): (Field, &[String])| {
            wanted.iter().any(|value| self.has_value(&entry.document, field, value))
        };
        values.iter().all(is)
            && (days.is_empty() || days.iter().any(|days| days.contains(day)))
            && selection.text.as_ref().is_none_or(|text| self.says(entry, &text.root))
    }

    /// Reports whether an entry has a value; of a custom field or a section one in another case only where no entry has it
    /// as typed.
    fn has_value(&self, entry: &Document, field: Field, value: &str) -> bool {
        if !matches!(field, Field::Custom(_) | Field::Section) {
            return has_value(entry, field, value);
        }
        let is_known = self.entries.iter().any(|entry| field.values(&entry.document).any(|known| known == value));
        let is_like = |has: &str| match field {
            Field::Section => is_in_section(has, value),
            _ => name_key(has) == name_key(value),
        };
        field.values(entry).any(|has| if is_known { has == value } else { is_like(has) })
    }

    fn says(&self, entry: &Scanned, node: &Node) -> bool {
        match &node.kind {
            NodeKind::All(nodes) => nodes.iter().all(|node| self.says(entry, node)),
            NodeKind::Any(nodes) | NodeKind::Either(nodes) => nodes.iter().any(|node| self.says(entry, node)),
            NodeKind::Not(node) => !self.says(entry, node),
            NodeKind::Days(days) => days.contains(entry.document.date),
            NodeKind::Value(field, value) => self.has_value(&entry.document, *field, value),
            NodeKind::Words(words) => self.has_words(entry, words),
        }
    }

    fn has_words(&self, entry: &Scanned, words: &Words) -> bool {
        let terms: Vec<&str> = words.tokens.iter().map(|token| token.term.as_str()).collect();
        let forms = |typed: &str| Language::ALL.map(|language| stem(typed, language));
        match words.form {
            WordMatch::Exact { slop } => is_moved(&entry.words, &terms, slop),
            WordMatch::Prefix => {
                let last = terms.len() - 1;
                let fits = |i: usize, word: &str| if i == last { word.starts_with(terms[i]) } else { word == terms[i] };
                side_by_side(&entry.words, terms.len(), fits) || in_names(entry, words, fits)
            }
            // Adjacent characters; scanned texts have no marks between them. Source names are matched
            // unchanged.
            WordMatch::Any if words.tokens.iter().any(Token::is_unspaced) => {
                let fits = |i: usize, word: &str| word == terms[i];
                side_by_side(&entry.words, terms.len(), fits) || in_names(entry, words, fits)
            }
            WordMatch::Any => {
                let forms: Vec<[String; 3]> = terms.iter().map(|term| forms(term)).collect();
                side_by_side(&entry.stems, terms.len(), |i, stem| forms[i].iter().any(|form| form == stem))
                    || in_names(entry, words, |i, word| word == terms[i])
            }
            WordMatch::Fuzzy => {
                let variants = self.spelt_like(terms[0], words.only_text);
                let stems: BTreeSet<String> = variants.iter().flat_map(|word| forms(word)).collect();
                entry.stems.iter().any(|stem| stems.contains(stem))
                    || in_names(entry, words, |_, word| variants.contains(word))
            }
        }
    }

    fn spelt_like(&self, typed: &str, only_text: bool) -> BTreeSet<String> {
        let find = || {
            let words = self.words.iter().take(if only_text { 1 } else { 2 }).flatten();
            words.filter(|word| strsim::osa_distance(word, typed) <= 1).chain([&typed.to_owned()]).cloned().collect()
        };
        self.spelt_like.borrow_mut().entry((typed.to_owned(), only_text)).or_insert_with(find).clone()
    }
}

/// The most frequent spelling of each source, the first of equals.
fn shown_sources(entries: &[Scanned]) -> HashMap<String, String> {
    let mut spellings: HashMap<String, BTreeMap<&String, usize>> = HashMap::new();
    for (name, _) in entries.iter().filter_map(|entry| entry.document.source.as_ref()) {
        *spellings.entry(name_key(name)).or_default().entry(name).or_default() += 1;
    }
    let shown = |names: BTreeMap<&String, usize>| {
        let most = names.values().max().copied();
        names.into_iter().find(|(_, count)| Some(*count) == most).map(|(name, _)| name.clone()).unwrap_or_default()
    };
    spellings.into_iter().map(|(key, names)| (key, shown(names))).collect()
}

/// Reports whether a section is one as typed; with a slash at its end, also whether it is below it.
fn is_in_section(path: &str, typed: &str) -> bool {
    let parts = |path: &str| path.split('/').map(name_key).collect::<Vec<_>>();
    match parts(typed).split_last() {
        Some((last, above)) if last.is_empty() && !above.is_empty() => parts(path).starts_with(above),
        _ => parts(path) == parts(typed),
    }
}

fn has_value(entry: &Document, field: Field, value: &str) -> bool {
    let has: Vec<&str> = match field {
        Field::Topic => vec![&entry.id.digest.topic, &entry.topic_name],
        Field::Perspective => entry.perspective.as_ref().map_or(vec![], |(id, name)| vec![id, name]),
        Field::Source => entry.source.as_ref().map_or(vec![], |(name, written)| vec![name, written]),
        Field::Lang => entry.lang.as_deref().map_or(vec![], |lang| vec![lang]),
        Field::Kind => vec![entry.kind.as_str()],
        // An id that is also the name, as those of the tests are.
        Field::Corpus => vec![&entry.id.digest.corpus],
        Field::Custom(_) | Field::Section => field.values(entry).collect(),
    };
    let form = if field == Field::Source { name_key } else { fold };
    has.iter().any(|has| form(has) == form(value))
}

fn side_by_side(words: &[String], count: usize, fits: impl Fn(usize, &str) -> bool) -> bool {
    words.windows(count).any(|window| window.iter().enumerate().all(|(i, word)| fits(i, word)))
}

fn in_names(entry: &Scanned, words: &Words, fits: impl Fn(usize, &str) -> bool) -> bool {
    !words.only_text && entry.names.iter().any(|name| side_by_side(name, words.tokens.len(), &fits))
}

/// Reports whether distinct positions p of the terms i exist with max(p − i) − min(p − i) at most
/// the slop.
fn is_moved(words: &[String], terms: &[&str], slop: u32) -> bool {
    let mut ways: Vec<Vec<i64>> = vec![vec![]];
    for term in terms {
        let places: Vec<i64> = (0..).zip(words).filter(|(_, word)| word == term).map(|(p, _)| p).collect();
        let extended =
            ways.iter().flat_map(|way| places.iter().filter(|p| !way.contains(p)).map(|p| [&way[..], &[*p]].concat()));
        ways = extended.filter(|way| spread(way) <= i64::from(slop)).collect();
    }
    !ways.is_empty()
}

fn spread(positions: &[i64]) -> i64 {
    let moved = || (0..).zip(positions).map(|(i, p): (i64, _)| p - i);
    moved().max().unwrap_or_default() - moved().min().unwrap_or_default()
}
