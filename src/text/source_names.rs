//! Names that are likely one source: a host and the name of what it publishes.

use std::collections::BTreeMap;

use super::name_key;

/// Labels below a country's domain that say what kind of holder a name has: `example.com.mx`.
const KINDS: [&str; 12] = ["co", "com", "net", "org", "gov", "gob", "edu", "ac", "or", "ne", "go", "info"];

/// Shorter initials are those of too many names.
const MIN_INITIALS: usize = 3;

/// The host that a name is, taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Host {
    /// The part that the holder chose, letters and digits alone.
    label: String,
    /// That and what stands behind it.
    domain: String,
    /// Whether it is one of a country.
    is_national: bool,
}

/// Returns groups of names, given with how many entries have each, that are likely one source: the most frequent name
/// first. A host goes with the other hosts of its domain, and with the names that it spells or has the initials of; that
/// of a country not with a name of one word, which others may have elsewhere.
pub fn likely_one(names: &[(String, usize)]) -> Vec<Vec<(String, usize)>> {
    let mut domains: BTreeMap<String, BTreeMap<String, (bool, Vec<usize>)>> = BTreeMap::new();
    let mut spelt: BTreeMap<String, Vec<(usize, bool)>> = BTreeMap::new();
    for (at, (name, _)) in names.iter().enumerate() {
        let key = name_key(name);
        match host(&key) {
            Some(Host { label, domain, is_national }) => {
                let domains = domains.entry(label).or_default();
                domains.entry(domain).or_insert((is_national, Vec::new())).1.push(at);
            }
            None => spellings(&key).into_iter().for_each(|(form, is_one_word)| {
                spelt.entry(form).or_default().push((at, is_one_word));
            }),
        }
    }
    let mut groups = Vec::new();
    for (label, domains) in &domains {
        let of_all = domains.values().filter(|(is_national, _)| domains.len() == 1 || !is_national);
        for (is_national, hosts) in of_all {
            let named = spelt.get(label).into_iter().flatten().filter(|(_, is_one_word)| !is_national || !is_one_word);
            let mut group: Vec<_> =
                hosts.iter().copied().chain(named.map(|(at, _)| *at)).map(|at| &names[at]).collect();
            group.sort_by_key(|(name, entries)| (std::cmp::Reverse(*entries), name));
            if group.len() > 1 {
                groups.push(group.into_iter().cloned().collect());
            }
        }
    }
    groups
}

/// Takes a name apart that is a host.
fn host(key: &str) -> Option<Host> {
    let labels: Vec<&str> = key.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let last = labels.last().filter(|last| last.len() >= 2 && last.bytes().all(|b| b.is_ascii_lowercase()))?;
    if labels.len() < 2 || !labels.iter().all(is_label) {
        return None;
    }
    let is_national = last.len() == 2;
    let mut at = labels.len() - 2;
    if is_national && at > 0 && KINDS.contains(&labels[at]) {
        at -= 1;
    }
    Some(Host { label: labels[at].replace('-', ""), domain: labels[at..].join("."), is_national })
}

/// Returns what hosts may make of a name, each with whether it is one word: its words written as one, with and without
/// an article in front, and its initials.
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
        let groups = likely_one(&names);
        let got: Vec<Vec<&str>> =
            groups.iter().map(|group| group.iter().map(|(name, _)| name.as_str()).collect()).collect();
        assert_eq!(got, expect, "{names:?}");
    }

    #[test]
    fn hosts_go_with_names() {
        check(
            &["news.hdtv.example", "HDTV", "us.hdtv.example", "Other"],
            &[&["news.hdtv.example", "HDTV", "us.hdtv.example"]],
        );
        check(&["East Harbour Morning Post", "ehmp.example"], &[&["East Harbour Morning Post", "ehmp.example"]]);
        check(&["The Harbour Times", "harbour-times.example"], &[&["The Harbour Times", "harbour-times.example"]]);
        check(
            &["El Carabobeño Diario", "elcarabobenodiario.example"],
            &[&["El Carabobeño Diario", "elcarabobenodiario.example"]],
        );
        check(&["Harbour Daily", "harbourdaily.com.cn"], &[&["Harbour Daily", "harbourdaily.com.cn"]]);
    }

    #[test]
    fn what_others_may_be_called_too_does_not() {
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
