//! Source names that are likely the same source.

use std::collections::{BTreeMap, BTreeSet};

use crate::digest::{Conventions, Digest};
use crate::text::{fold, likely_same_source, name_key};

/// Maximum number of names on a host. A host with more is an aggregator.
const MAX_NAMES: usize = 4;

/// Sources of titles, by the key of their name.
#[derive(Debug, Default)]
pub struct Sources(BTreeMap<String, Source>);

/// Name, number of titles, and hosts of their links.
type Source = (String, usize, BTreeSet<String>);

impl Sources {
    /// Collects the sources of a digest.
    pub fn of(digest: &Digest, conventions: &Conventions) -> Self {
        let mut sources = Self::default();
        for title in &digest.titles {
            if let Some(written) = &title.source {
                let name = conventions.source(written);
                let (_, titles, hosts) =
                    sources.0.entry(name_key(name)).or_insert((name.to_owned(), 0, BTreeSet::new()));
                *titles += 1;
                hosts.extend(title.url.as_deref().and_then(host));
            }
        }
        sources
    }

    /// Adds the sources of another digest.
    pub fn add(&mut self, other: Self) {
        for (key, (name, more, hosts)) in other.0 {
            let (_, titles, all) = self.0.entry(key).or_insert((name, 0, BTreeSet::new()));
            *titles += more;
            all.extend(hosts);
        }
    }

    /// Returns a message for each group of names that are likely the same source.
    pub fn proposals(&self) -> Vec<String> {
        let names: Vec<(String, usize)> = self.0.values().map(|(name, titles, _)| (name.clone(), *titles)).collect();
        let mut groups: Vec<Vec<String>> = Vec::new();
        for group in likely_same_source(&names).into_iter().chain(self.translations()) {
            let names: Vec<String> = group.into_iter().map(|(name, _)| name).collect();
            if !groups.iter().any(|other| names.iter().all(|name| other.contains(name))) {
                groups.push(names);
            }
        }
        groups.iter().map(|names| proposal(names)).collect()
    }

    /// Returns pairs of names in different scripts whose titles all link to one host, the most frequent name first.
    fn translations(&self) -> Vec<Vec<(String, usize)>> {
        let mut hosts: BTreeMap<&String, Vec<&Source>> = BTreeMap::new();
        for source in self.0.values() {
            source.2.iter().for_each(|host| hosts.entry(host).or_default().push(source));
        }
        let mut groups = Vec::new();
        for mut sources in hosts.into_values().filter(|sources| sources.len() <= MAX_NAMES) {
            sources.retain(|(_, _, hosts)| hosts.len() == 1);
            sources.sort_by_key(|(name, titles, _)| (std::cmp::Reverse(*titles), name));
            let latin = sources.iter().filter(|(name, ..)| is_latin(name)).count();
            // Of several names in one script, any may be the translation.
            if latin == 1 && sources.len() == 2 {
                groups.push(sources.into_iter().map(|(name, titles, _)| (name.clone(), *titles)).collect());
            }
        }
        groups
    }
}

fn is_latin(name: &str) -> bool {
    fold(name).chars().filter(|c| c.is_alphabetic()).all(|c| c.is_ascii())
}

/// Returns the host of a URL, without `www.`; none for Google News, whose links redirect to other hosts.
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    (!host.is_empty() && host != "news.google.com").then_some(host)
}

fn proposal(names: &[String]) -> String {
    let (first, others) = names.split_first().map_or(("", names), |(first, others)| (first.as_str(), others));
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let listed: Vec<String> = others.iter().map(|name| yaml(name)).collect();
    format!(
        "{} are likely the same source; to merge them, add under `sources:` {}: [{}]",
        quoted.join(" and "),
        yaml(first),
        listed.join(", ")
    )
}

/// Quotes a name for YAML where necessary.
fn yaml(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-');
    let is_word = name.starts_with(char::is_alphabetic) && name.ends_with(char::is_alphanumeric);
    match is_word && name.chars().all(is_plain) {
        true => name.to_owned(),
        false => format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::{Outcome, parse};

    fn check(yaml: &str, titles: &[(&str, &str)], expect: &[&str]) {
        let conventions = Conventions::from_yaml(yaml).expect("valid");
        let lines: String =
            (1..).zip(titles).map(|(n, (url, name))| format!("{n}. [Title]({url}) - {name} (1/7/2026)\n")).collect();
        let text = format!("---\ntopic: t\ndate: 2026-01-07\n---\n\n## Sources\n\n{lines}");
        let Outcome::Digest(digest) = parse(&text, &conventions).outcome else { panic!("a digest") };
        let mut sources = Sources::default();
        sources.add(Sources::of(&digest, &conventions));
        assert_eq!(sources.proposals(), expect);
    }

    const GOOGLE: &str = "https://news.google.com/rss/1";

    #[test]
    fn a_host_and_its_name_are_one_source() {
        let titles =
            [(GOOGLE, "Harbour Daily"), (GOOGLE, "HARBOUR DAILY"), (GOOGLE, "harbourdaily.example"), (GOOGLE, "Other")];
        let expect = "`Harbour Daily` and `harbourdaily.example` are likely the same source; to merge them, add under \
                      `sources:` Harbour Daily: [harbourdaily.example]";
        check("", &titles, &[expect]);
        check("sources: { Harbour Daily: [harbourdaily.example] }", &titles, &[]);
    }

    #[test]
    fn names_in_two_scripts_on_one_host() {
        let expect = "`新港报` and `New Harbour: News` are likely the same source; to merge them, add under `sources:` \
                      新港报: [\"New Harbour: News\"]";
        let on = |host: &str| format!("https://{host}/1");
        let (www, plain, other) = (on("www.harbour.example"), on("harbour.example"), on("other.example"));
        check("", &[(&www, "新港报"), (&plain, "新港报"), (&plain, "New Harbour: News")], &[expect]);
        check("", &[(&www, "新港报"), (&other, "New Harbour: News")], &[]);
        check("", &[(&www, "新港报"), (&plain, "New Harbour: News"), (&other, "New Harbour: News")], &[]);
        check("", &[(&www, "East Post"), (&plain, "West Post")], &[]);
        check("", &[(GOOGLE, "新港报"), (GOOGLE, "New Harbour")], &[]);
    }
}
