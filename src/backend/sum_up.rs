//! Summary of the files of an index.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::catalog::{Catalog, Topic};
use super::list::{FileRecord, Head};
use crate::model::Attribution;

/// The digests with the same head.
struct HeadGroup<'a> {
    head: &'a Head,
    digests: usize,
    first: NaiveDate,
    last: NaiveDate,
}

impl Catalog {
    /// Adds the indexed files to the catalog. `today` is the day of the run.
    pub fn sum_up(mut self, files: &[FileRecord], today: NaiveDate) -> Self {
        let mut groups: Vec<HeadGroup> = Vec::new();
        let mut group_of_head: BTreeMap<&Head, usize> = BTreeMap::new();
        let mut last = None;
        let mut attribution = [0; Attribution::ALL.len()];
        for record in files.iter().filter_map(FileRecord::digest) {
            self.entries.highlights += record.entries.highlights;
            self.entries.bullets += record.entries.bullets;
            self.entries.titles += record.entries.titles;
            self.words += record.words;
            self.has_variants |= !record.variant.is_empty();
            attribution.iter_mut().zip(record.attribution).for_each(|(sum, count)| *sum += count);
            if record.date <= today {
                self.as_of = self.as_of.max(Some(record.date));
            }
            // Most often the previous digest has the same head, which saves a lookup.
            let group = last.filter(|at: &usize| *groups[*at].head == *record.head).unwrap_or_else(|| {
                *group_of_head.entry(&record.head).or_insert_with(|| {
                    groups.push(HeadGroup { head: &record.head, digests: 0, first: record.date, last: record.date });
                    groups.len() - 1
                })
            });
            last = Some(group);
            let group = &mut groups[group];
            group.digests += 1;
            group.first = group.first.min(record.date);
            group.last = group.last.max(record.date);
        }
        self.digests = groups.iter().map(|group| group.digests).sum();
        let counts = Attribution::ALL.iter().zip(attribution).filter(|(_, count)| *count > 0);
        self.attribution = counts.map(|(how, count)| (how.as_str().to_owned(), count)).collect();
        // The name in the newest digest is set last.
        groups.sort_by_key(|group| group.last);
        groups.iter().for_each(|group| self.add(group));
        self
    }

    fn add(&mut self, group: &HeadGroup) {
        let HeadGroup { head, digests, first, last } = *group;
        let topic = self.topics.entry(head.topic.clone()).or_insert_with(|| Topic {
            name: String::new(),
            digests: 0,
            first,
            last,
            names: BTreeSet::new(),
            perspectives: BTreeMap::new(),
        });
        topic.name.clone_from(&head.name);
        topic.names.insert(head.name.clone());
        topic.digests += digests;
        topic.first = topic.first.min(first);
        topic.last = topic.last.max(last);
        for (id, name) in &head.perspectives {
            let perspective = topic.perspectives.entry(id.clone()).or_default();
            perspective.name.clone_from(name);
            perspective.names.insert(name.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::backend::{DigestRecord, EntryCounts, State};
    use crate::corpus::Stat;
    use crate::digest::LooseLinks;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, day).expect("a day")
    }

    fn file(topic: &str, name: &str, date: u32, perspectives: &[(&str, &str)]) -> FileRecord {
        let perspectives = perspectives.iter().map(|(id, name)| ((*id).to_owned(), (*name).to_owned())).collect();
        let digest = DigestRecord {
            head: Arc::new(Head {
                corpus: String::new(),
                topic: topic.to_owned(),
                name: name.to_owned(),
                perspectives,
            }),
            date: day(date),
            variant: String::new(),
            draft: false,
            entries: EntryCounts { highlights: 1, bullets: 2, titles: 3 },
            words: 10,
            attribution: [0, 0, 2, 1],
            warnings: Vec::new(),
            loose_links: LooseLinks::default(),
            repeated: 0,
        };
        FileRecord {
            path: format!("{topic}/{date}"),
            stat: Stat::default(),
            hash: Some(1),
            state: State::Digest(digest),
            facts: None,
        }
    }

    #[test]
    fn names_are_those_of_the_newest_digest() {
        let files = [
            file("a", "Old", 1, &[("x", "Ex"), ("y", "Why")]),
            file("a", "Newest", 9, &[("x", "Eks")]),
            file("a", "Old", 2, &[("x", "Ex"), ("y", "Why")]),
            file("a", "Between", 3, &[("x", "Ex"), ("y", "Wye")]),
            file("b", "Other", 20, &[]),
        ];
        let catalog = Catalog::default().sum_up(&files, day(10));
        assert_eq!((catalog.digests, catalog.words, catalog.as_of), (5, 50, Some(day(9))), "the 20th is in the future");
        assert_eq!(catalog.entries, EntryCounts { highlights: 5, bullets: 10, titles: 15 });
        assert_eq!(format!("{:?}", catalog.attribution), r#"{"locale": 5, "order": 10}"#);
        let topic = &catalog.topics["a"];
        assert_eq!((topic.name.as_str(), topic.digests, topic.first, topic.last), ("Newest", 4, day(1), day(9)));
        assert_eq!(format!("{:?}", topic.names), r#"{"Between", "Newest", "Old"}"#);
        assert_eq!(catalog.perspective_name("a", "x"), "Eks");
        assert_eq!(catalog.perspective_name("a", "y"), "Wye", "the newest that has it");
        assert_eq!(format!("{:?}", topic.perspectives["y"].names), r#"{"Why", "Wye"}"#);
    }
}
