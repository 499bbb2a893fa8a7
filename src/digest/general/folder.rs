//! Decisions that need all files of a folder: topics, languages of folders, recurring headings.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::facts::Facts;
use super::language;
use super::path;
use super::reading::Reading;
use super::topic::{self, Topic};

/// Returns the least number of files that counts as *most*: three quarters.
fn most(files: usize) -> usize {
    (files * 3).div_ceil(4).max(1)
}

/// Returns the least number of files that counts as *many*: a tenth, but at least five.
fn many(files: usize) -> usize {
    files.div_ceil(10).max(5)
}

/// Decisions about a corpus.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// Name of the corpus.
    name: String,
    /// Folders whose names are languages, as paths.
    languages: BTreeSet<String>,
    /// Language that most files have whose language was detected.
    language: Option<String>,
    /// Category that most files share.
    category: Option<String>,
    /// Keys that recur, by the id of the topic.
    recurring: HashMap<String, HashSet<u64>>,
}

impl Folder {
    /// Decides from the paths and facts of all files. `name` is that of the corpus.
    pub fn decide<'a>(name: &str, files: impl Iterator<Item = (&'a str, &'a Facts)> + Clone) -> Self {
        let mut folder = Self { name: name.to_owned(), languages: languages(files.clone()), ..Self::default() };
        folder.category = folder.shared_category(files.clone());
        let usual =
            |lang: fn(&'a Facts) -> Option<&'a str>| usual_language(files.clone().filter_map(|(_, facts)| lang(facts)));
        folder.language = usual(|facts| facts.detected.as_deref()).or_else(|| usual(|facts| facts.guessed.as_deref()));
        let mut by_topic: BTreeMap<String, Vec<&Facts>> = BTreeMap::new();
        for (path, facts) in files.clone() {
            by_topic.entry(folder.topic(path, facts).0.id).or_default().push(facts);
        }
        let all: Vec<&Facts> = files.map(|(_, facts)| facts).collect();
        let everywhere = if by_topic.len() > 1 { recurring(&all) } else { HashSet::new() };
        for (topic, facts) in by_topic {
            let mut keys = recurring(&facts);
            keys.extend(&everywhere);
            folder.recurring.insert(topic, keys);
        }
        folder
    }

    /// Returns how a file is read.
    pub fn reading(&self, path: &str, facts: &Facts) -> Reading {
        let (topic, topic_place) = self.topic(path, facts);
        let keys = facts.parts.iter().chain(&facts.items);
        let recurring = self.recurring.get(&topic.id);
        let is_recurring = |key: &&u64| recurring.is_some_and(|keys| keys.contains(key));
        let mut recurring: Vec<u64> = keys.filter(is_recurring).copied().collect();
        recurring.sort_unstable();
        let own = facts.lang.clone().map(|lang| (lang, None));
        let in_path = || self.language(path).map(|lang| (lang, Some("path")));
        let detected = || facts.detected.clone().map(|lang| (lang, Some("detected from the text")));
        let usual = || self.language.clone().map(|lang| (lang, Some("that of most digests")));
        let guessed = || facts.guessed.clone().map(|lang| (lang, Some("guessed from the text")));
        let found = own.or_else(in_path).or_else(detected).or_else(usual).or_else(guessed);
        let (lang, lang_place) = found.unzip();
        Reading {
            variant: topic::variant(path, facts.day, &topic),
            recurring,
            topic: topic.id,
            topic_name: topic.name,
            topic_place,
            lang,
            lang_place: lang_place.flatten(),
        }
    }

    /// Returns the topic, from the file itself, else the folder, else the shared category, else the corpus; with the kind of its
    /// place, unless that is the file itself.
    fn topic(&self, path: &str, facts: &Facts) -> (Topic, Option<&'static str>) {
        let named = |name: &str| Topic::named(name, path);
        let own = facts.topic.as_deref().map(named).filter(|topic| !topic.id.is_empty());
        if let Some(own) = own {
            return (own, None);
        }
        let is_language = |folder: &str| self.languages.contains(folder);
        match (topic::in_path(path, is_language), &self.category) {
            (Some(topic), _) => (topic, Some("folder")),
            (None, Some(category)) => (named(category), Some("shared category")),
            (None, None) => (named(&self.name), Some("name of the corpus")),
        }
    }

    /// Returns the category that most of the files without another topic share.
    fn shared_category<'a>(&self, files: impl Iterator<Item = (&'a str, &'a Facts)>) -> Option<String> {
        let is_language = |folder: &str| self.languages.contains(folder);
        let open = files.filter(|(path, facts)| facts.topic.is_none() && topic::in_path(path, is_language).is_none());
        let (mut all, mut counts) = (0, BTreeMap::<&str, usize>::new());
        for (_, facts) in open {
            all += 1;
            if let Some(category) = &facts.category {
                *counts.entry(category).or_default() += 1;
            }
        }
        let shared = counts.into_iter().find(|(_, count)| *count >= most(all));
        shared.map(|(category, _)| category.to_owned())
    }

    /// Returns the language in a path: of a folder, or at the end of the file's name, as in `2026-03-25.en.md`.
    fn language(&self, path: &str) -> Option<String> {
        let in_name = path::stem(path).rsplit_once('.').and_then(|(_, code)| language::of_code(code));
        let in_folder = || {
            let mut folders = prefixes(path).into_iter().rev().filter(|folder| self.languages.contains(*folder));
            folders.next().and_then(|folder| language::of_code(folder.rsplit('/').next().unwrap_or(folder)))
        };
        in_name.or_else(in_folder).map(str::to_owned)
    }
}

/// Returns the name of a corpus: that of its folder, or of the first folder above it that is no container.
pub fn corpus_name(corpus: &str) -> String {
    let mut folders = corpus.rsplit('/').filter(|folder| !topic::slug(folder).is_empty());
    folders.find(|folder| !path::is_container(folder)).unwrap_or("digests").to_owned()
}

/// Returns the language of more than half of the files that have one.
fn usual_language<'a>(languages: impl Iterator<Item = &'a str>) -> Option<String> {
    let (mut all, mut counts) = (0, BTreeMap::<&str, usize>::new());
    for lang in languages {
        all += 1;
        *counts.entry(lang).or_default() += 1;
    }
    counts.into_iter().find(|(_, count)| count * 2 > all).map(|(lang, _)| lang.to_owned())
}

/// Returns the folders of a path as paths: `a` and `a/b` of `a/b/c.md`.
fn prefixes(path: &str) -> Vec<&str> {
    path.match_indices('/').map(|(at, _)| &path[..at]).collect()
}

/// Returns the folders that are languages: all folders beside them are, too, or their digests are in that language.
fn languages<'a>(files: impl Iterator<Item = (&'a str, &'a Facts)>) -> BTreeSet<String> {
    let mut beside: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut detected: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (path, facts) in files {
        for folder in prefixes(path) {
            let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            beside.entry(parent).or_default().insert(name);
            if let Some(code) = language::of_code(name) {
                let (agree, all) = detected.entry(folder).or_default();
                *agree += usize::from(facts.detected.as_deref() == Some(code));
                *all += 1;
            }
        }
    }
    let is_language = |(folder, (agree, all)): (&&str, &(usize, usize))| {
        let (parent, _) = folder.rsplit_once('/').unwrap_or(("", folder));
        let names = &beside[parent];
        let are_codes = names.len() > 1 && names.iter().all(|name| language::of_code(name).is_some());
        (are_codes || *agree >= most(*all)).then(|| (*folder).to_owned())
    };
    detected.iter().filter_map(is_language).collect()
}

/// Returns the keys that recur: of parts in many files, of items in most.
fn recurring(files: &[&Facts]) -> HashSet<u64> {
    let counted = |keys: fn(&Facts) -> &Vec<u64>, least: usize| {
        let mut counts: HashMap<u64, usize> = HashMap::new();
        files.iter().flat_map(|facts| keys(facts)).for_each(|key| *counts.entry(*key).or_default() += 1);
        counts.into_iter().filter(move |(_, count)| *count >= least).map(|(key, _)| key)
    };
    let parts = counted(|facts| &facts.parts, many(files.len()));
    parts.chain(counted(|facts| &facts.items, most(files.len()).max(5))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Conventions;

    fn decide(files: &[(&str, &str)]) -> Vec<String> {
        let facts: Vec<(&str, Facts)> = files
            .iter()
            .map(|(path, text)| (*path, Facts::of(text, path, &Conventions::default()).expect(path)))
            .collect();
        let folder = Folder::decide(&corpus_name("/a/My News/docs"), facts.iter().map(|(path, facts)| (*path, facts)));
        let shown = |(path, facts): &(&str, Facts)| {
            let Reading { topic, topic_name, variant, lang, .. } = folder.reading(path, facts);
            format!("{topic} ({topic_name}) {}~{variant} {}", facts.day, lang.unwrap_or_default())
        };
        facts.iter().map(shown).collect()
    }

    const ENGLISH: &str = "The harbour authority opened two new berths on Monday, after a year of talks.\n";

    #[test]
    fn topics_are_named_by_the_first_place_that_has_one() {
        for (path, text, expect) in [
            ("a/2026-03-25.md", "---\ntopic: World News!\n---\n", "world-news (World News!) 2026-03-25~a "),
            ("Tech Talk/2026/03/2026-03-25.md", "", "tech-talk (Tech Talk) 2026-03-25~ "),
            ("content/posts/tech/ai/2026-03-25-b_c.md", "", "tech (tech) 2026-03-25~ai-b-c "),
            ("_posts/2026-03-25-Brief.md", "---\ncategories: [Trade]\n---\n", "trade (Trade) 2026-03-25~brief "),
            ("Sea Trade/b/2026-03-25.md", "---\ntopic: sea trade\n---\n", "sea-trade (sea trade) 2026-03-25~b "),
            ("2026-03-25.md", "", "my-news (My News) 2026-03-25~ "),
            ("2026-03-25-my-news.md", "", "my-news (My News) 2026-03-25~ "),
            ("2026-03-25-x.md", "---\ndate: 2026-03-26\n---\n", "my-news (My News) 2026-03-26~2026-03-25-x "),
        ] {
            assert_eq!(decide(&[(path, text)]), [expect], "{path}");
        }
    }

    #[test]
    fn a_category_is_the_topic_only_if_most_files_share_it() {
        let trade = "---\ncategory: Trade\n---\n";
        let files =
            [("2026-03-01.md", trade), ("2026-03-02.md", trade), ("2026-03-03.md", trade), ("2026-03-04.md", "")];
        assert!(decide(&files).iter().all(|shown| shown.starts_with("trade (Trade)")));
        assert!(decide(&files[1..]).iter().all(|shown| shown.starts_with("my-news (My News)")));
    }

    #[test]
    fn folders_are_languages_beside_languages_or_by_their_text() {
        let both = decide(&[("content/en/2026-03-25.md", ""), ("content/cn/2026-03-25.md", "")]);
        assert_eq!(both, ["my-news (My News) 2026-03-25~en en", "my-news (My News) 2026-03-25~cn zh"]);
        let topics = decide(&[("it/2026-03-25.md", ""), ("tech/2026-03-25.md", "")]);
        assert_eq!(topics, ["it (it) 2026-03-25~ ", "tech (tech) 2026-03-25~ "]);
        assert_eq!(decide(&[("en/2026-03-25.md", ENGLISH)]), ["my-news (My News) 2026-03-25~en en"]);
        assert_eq!(decide(&[("it/2026-03-25.md", ENGLISH)]), ["it (it) 2026-03-25~ en"]);
        assert_eq!(decide(&[("2026-03-25.pt-br.md", "")]), ["my-news (My News) 2026-03-25~pt-br pt"]);
        assert_eq!(decide(&[("2026-03-25.md", "---\nlang: es-MX\n---\n")]), ["my-news (My News) 2026-03-25~ es"]);
    }

    #[test]
    fn short_digests_have_the_language_of_most_others() {
        let files = [("2026-03-01.md", ENGLISH), ("2026-03-02.md", ENGLISH), ("2026-03-03.md", "- Ok\n")];
        let expect = [
            "my-news (My News) 2026-03-01~ en",
            "my-news (My News) 2026-03-02~ en",
            "my-news (My News) 2026-03-03~ en",
        ];
        assert_eq!(decide(&files), expect);
        assert_eq!(decide(&files[2..]), ["my-news (My News) 2026-03-03~ "]);
    }

    #[test]
    fn headings_recur_in_many_files_and_menus_in_most() {
        let day = |n: usize| {
            format!(
                "# Day\n\n## 1. World\n\n## {n}. Story {n}\n\n- [About us](https://a.example)\n- [Deal {n}](https://b.example)\n"
            )
        };
        let files: Vec<(String, String)> = (1..8).map(|n| (format!("2026-03-0{n}.md"), day(n))).collect();
        let facts: Vec<(&str, Facts)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), Facts::of(text, path, &Conventions::default()).expect("facts")))
            .collect();
        let recurring = |count: usize| {
            let folder = Folder::decide("x", facts[..count].iter().map(|(path, facts)| (*path, facts)));
            folder.reading(facts[0].0, &facts[0].1).recurring.len()
        };
        assert_eq!((recurring(4), recurring(5), recurring(7)), (0, 2, 2));
    }
}
