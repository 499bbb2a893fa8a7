//! Detection of names that are likely the same source: a host name and the name of its publication.

use std::collections::BTreeMap;

use super::name_key;

/// Second-level labels of country domains: `example.com.mx`.
const SECOND_LEVEL: [&str; 12] = ["co", "com", "net", "org", "gov", "gob", "edu", "ac", "or", "ne", "go", "info"];

/// Minimum number of initials. Shorter ones fit too many names.
const MIN_INITIALS: usize = 3;

/// A host name in parts.
#[derive(Debug, PartialEq, Eq)]
struct Host {
    /// Registered label, without hyphens.
    label: String,
    /// Registered domain.
    domain: String,
    /// True if the top-level domain is a country's.
    is_national: bool,
}

/// Returns groups of names that are likely the same source, the most frequent name first, given the number of entries
/// of each name. A host matches names that it spells out or abbreviates, together with other hosts of its domain. A national host
/// does not match a single word, which may be the name of sources in other countries.
pub fn likely_same_source(names: &[(String, usize)]) -> Vec<Vec<(String, usize)>> {
    let mut domains: BTreeMap<String, BTreeMap<String, (bool, Vec<usize>)>> = BTreeMap::new();
    let mut by_spelling: BTreeMap<String, Vec<(usize, bool)>> = BTreeMap::new();
    for (at, (name, _)) in names.iter().enumerate() {
        let key = name_key(name);
        match host(&key) {
            Some(Host { label, domain, is_national }) => {
                let domains = domains.entry(label).or_default();
                domains.entry(domain).or_insert((is_national, Vec::new())).1.push(at);
            }
            None => spellings(&key).into_iter().for_each(|(form, is_one_word)| {
                by_spelling.entry(form).or_default().push((at, is_one_word));
            }),
        }
    }
    let mut groups = Vec::new();
    for (label, domains) in &domains {
        let candidates = domains.values().filter(|(is_national, _)| domains.len() == 1 || !is_national);
        for (is_national, hosts) in candidates {
            let named =
                by_spelling.get(label).into_iter().flatten().filter(|(_, is_one_word)| !is_national || !is_one_word);
            let mut group: Vec<_> =
                hosts.iter().copied().chain(named.map(|(at, _)| *at)).map(|at| &names[at]).collect();
            group.sort_by_key(|(name, entries)| (std::cmp::Reverse(*entries), name));
            // Hosts of one domain may be those of many writers: `one.blogs.example`, `two.blogs.example`.
            if group.len() > hosts.len() {
                groups.push(group.into_iter().cloned().collect());
            }
        }
    }
    groups
}

/// Parses a host name; none for other names.
fn host(key: &str) -> Option<Host> {
    let labels: Vec<&str> = key.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let last = labels.last().filter(|last| last.len() >= 2 && last.bytes().all(|b| b.is_ascii_lowercase()))?;
    if labels.len() < 2 || !labels.iter().all(is_label) {
        return None;
    }
    let is_national = last.len() == 2;
    let mut at = labels.len() - 2;
    if is_national && at > 0 && SECOND_LEVEL.contains(&labels[at]) {
        at -= 1;
    }
    Some(Host { label: labels[at].replace('-', ""), domain: labels[at..].join("."), is_national })
}

/// Returns the labels that a name may have in a host name: its joined words, with and without a leading article, and
/// its initials; each with whether it is a single word.
fn spellings(key: &str) -> Vec<(String, bool)> {
    let words: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let named = if words.len() > 1 && words[0] == "the" { &words[1..] } else { &words[..] };
    let mut forms = vec![(words.concat(), words.len() == 1)];
    if named.len() < words.len() {
        forms.push((named.concat(), named.len() == 1));
    }
    if named.len() >= MIN_INITIALS {
        forms.push((named.iter().filter_map(|word| word.chars().next()).collect(), false));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expect: &[&[&str]]) {
        let names: Vec<(String, usize)> =
            names.iter().zip((1..=names.len()).rev()).map(|(name, n)| ((*name).to_owned(), n)).collect();
        let groups = likely_same_source(&names);
        let got: Vec<Vec<&str>> =
            groups.iter().map(|group| group.iter().map(|(name, _)| name.as_str()).collect()).collect();
        assert_eq!(got, expect, "{names:?}");
    }

    #[test]
    fn hosts_match_names() {
        check(
            &["news.hdtv.example", "HDTV", "us.hdtv.example", "Other"],
            &[&["news.hdtv.example", "HDTV", "us.hdtv.example"]],
        );
        check(&["one.hdtv.example", "two.hdtv.example"], &[]);
        check(&["East Harbour Morning Post", "ehmp.example"], &[&["East Harbour Morning Post", "ehmp.example"]]);
        check(&["The Harbour Times", "harbour-times.example"], &[&["The Harbour Times", "harbour-times.example"]]);
        check(
            &["El Carabobeño Diario", "elcarabobenodiario.example"],
            &[&["El Carabobeño Diario", "elcarabobenodiario.example"]],
        );
        check(&["Harbour Daily", "harbourdaily.com.cn"], &[&["Harbour Daily", "harbourdaily.com.cn"]]);
    }

    #[test]
    fn ambiguous_names_do_not_match() {
        check(&["Expreso", "expreso.ec"], &[]);
        check(&["harbour.org", "harbour.org.cn"], &[]);
        check(
            &["El Puerto Libre", "elpuertolibre.com", "elpuertolibre.com.co"],
            &[&["El Puerto Libre", "elpuertolibre.com"]],
        );
        check(&["Post", "Evening Post", "post office.com", "example", "a..b", ".com"], &[]);
        check(&["Big News", "bn.example"], &[]);
    }
}
