//! Comparison within stories that several groups have titles of: how a story is reported, not which stories are. Their
//! words are counted, not tested, since which titles belong together is not sure enough for a test.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::answer::{all_texts, common_language};
use super::fold::{Phrase, without_parts};
use super::partition::{GROUP, Partition, values};
use super::terms::{Term as TermKey, Texts};
use super::written::{with_term, written};
use super::{CompareRequest, CompareResponse, Effect, GroupResponse, Matched, Term, TermPower, sources};
use crate::insight::Error;
use crate::insight::count::Samples;
use crate::insight::stories::ChosenStories;
use crate::model::Kind;
use crate::planning::Reader;

/// A word in fewer stories says what these are about.
const MIN_STORIES: usize = 3;

/// A term of titles of a group.
struct Used {
    key: TermKey,
    words: usize,
    /// The number of titles of the group with it, and of the others.
    titles: [usize; 2],
    /// The number of stories in which the group has it.
    stories: usize,
    /// The share of a story's titles with it, in the mean of all stories, in the group and in the others.
    shares: [f64; 2],
}

impl Phrase for Used {
    fn stems(&self) -> &[u32] {
        &self.key[..self.words]
    }

    fn texts(&self) -> f64 {
        (self.titles[0] + self.titles[1]) as f64
    }
}

/// The titles of a story, as places in the sample: those of the group, and those of the others.
type Sides = [Vec<usize>; 2];

impl CompareRequest {
    /// Answers it within stories of several groups.
    pub(super) fn answer_matched(&self, reader: &Reader) -> Result<CompareResponse, Error> {
        let tally = reader.tally(&self.selection, &[])?;
        let total_entries = tally.counts.entries;
        let chosen = ChosenStories::of(&self.selection, reader)?;
        let story_of = chosen.by_entry();
        let (sample, _) = Samples::draw_or_all(&self.selection, &self.split.columns(), reader)?;
        self.check(&sample)?;
        let groups = values(&sample, GROUP).len();
        // The words choose stories; all titles of these count.
        let mut by_story: HashMap<_, BTreeSet<u32>> = HashMap::new();
        for (entry, group) in sample.entries.iter().zip(&sample.columns[0].codes) {
            if let (Some(story), true) = (story_of.get(entry), (*group as usize) < groups) {
                by_story.entry(*story).or_default().insert(*group);
            }
        }
        by_story.retain(|_, groups| groups.len() > 1);
        let is_matched = |entry: &u64| story_of.get(entry).is_some_and(|story| by_story.contains_key(story));
        let is_matched: Vec<bool> = sample.entries.iter().map(is_matched).collect();
        let partition = Partition::new(sample, &is_matched, &self.split);
        let mut groups: Vec<GroupResponse> =
            (0..partition.ids.len()).map(|group| self.group(group, &partition, reader)).collect();
        let texts = match common_language(&partition) {
            Some(lang) => Some(self.count_words(&lang, &partition, &story_of, &mut groups, reader)?),
            None => None,
        };
        let suggestions = if total_entries == 0 { reader.suggestions(&self.selection)? } else { None };
        Ok(CompareResponse {
            total_entries,
            kind: partition.kinds().first().copied(),
            groups,
            differences: Vec::new(),
            shared: 0,
            shared_sources: sources::shared(&partition),
            apart: partition.apart(),
            texts,
            matched: Some(Matched {
                total: by_story.len(),
                stories: chosen.first(by_story.into_keys().collect(), self.top, reader)?,
            }),
            spellings: tally.spellings,
            suggestions,
        })
    }

    /// Counts the words of titles in a language.
    fn count_words(
        &self,
        lang: &str,
        partition: &Partition,
        story_of: &HashMap<u64, (usize, usize)>,
        groups: &mut [GroupResponse],
        reader: &Reader,
    ) -> Result<super::Texts, Error> {
        let names = self.hidden_names(partition, reader);
        let texts = all_texts(lang, Kind::Title, &names, reader)?;
        let found = partition.found_in(lang);
        for (group, response) in groups.iter_mut().enumerate() {
            let mut stories: BTreeMap<(usize, usize), Sides> = BTreeMap::new();
            for (at, entries) in found.iter().enumerate() {
                for entry in entries {
                    let Some(story) = story_of.get(&partition.sample.entries[*entry]) else { continue };
                    stories.entry(*story).or_default()[usize::from(at != group)].push(*entry);
                }
            }
            // Of three groups, some stories are those of the two others.
            stories.retain(|_, sides| sides.iter().all(|side| !side.is_empty()));
            let used = (self.words.0..=self.words.1).flat_map(|words| used(words, &stories, partition, &texts));
            let is_preferred = |used: &Used| used.stories >= MIN_STORIES && used.shares[0] > used.shares[1];
            let mut used = without_parts(used.filter(is_preferred).collect());
            let difference = |used: &Used| used.shares[0] - used.shares[1];
            used.sort_by(|a, b| difference(b).total_cmp(&difference(a)).then(a.key.cmp(&b.key)));
            response.texts = stories.values().map(|sides| sides[0].len()).sum();
            response.total_sources = sources::count(&found[group], partition);
            response.more_terms = used.len().saturating_sub(self.top);
            let others = stories.values().map(|sides| sides[1].len()).sum();
            for used in used.iter().take(self.top) {
                let term = used.term((group, others), response.texts, &found, partition, &texts, reader)?;
                response.terms.extend(term);
            }
        }
        let digests: BTreeSet<_> = found.iter().flatten().map(|entry| partition.digest(*entry)).collect();
        Ok(super::Texts {
            lang: lang.to_owned(),
            digests: digests.len(),
            terms: 0,
            power: TermPower::Enough,
            hidden: names.words(),
        })
    }
}

/// Counts the terms of a number of words.
fn used(words: usize, stories: &BTreeMap<(usize, usize), Sides>, partition: &Partition, texts: &Texts) -> Vec<Used> {
    let mut all: BTreeMap<TermKey, Used> = BTreeMap::new();
    let mut terms = Vec::new();
    for sides in stories.values() {
        let mut of_story: BTreeMap<TermKey, [usize; 2]> = BTreeMap::new();
        for (side, entries) in sides.iter().enumerate() {
            for slot in entries.iter().filter_map(|entry| texts.slot(partition.sample.entries[*entry])) {
                texts.terms(slot, words, &mut terms);
                terms.iter().for_each(|term| of_story.entry(*term).or_default()[side] += 1);
            }
        }
        for (key, titles) in of_story {
            let of_term = Used { key, words, titles: [0; 2], stories: 0, shares: [0.0; 2] };
            let used = all.entry(key).or_insert(of_term);
            used.stories += usize::from(titles[0] > 0);
            for side in 0..2 {
                used.titles[side] += titles[side];
                used.shares[side] += titles[side] as f64 / sides[side].len() as f64 / stories.len() as f64;
            }
        }
    }
    all.into_values().collect()
}

impl Used {
    /// The term as people wrote it, with an example. Takes the group, and how many titles were counted of the others and of it.
    fn term(
        &self,
        (group, others): (usize, usize),
        titles: usize,
        found: &[Vec<usize>],
        partition: &Partition,
        texts: &Texts,
        reader: &Reader,
    ) -> Result<Option<Term>, Error> {
        let with: Vec<Vec<usize>> =
            found.iter().map(|entries| with_term(&self.key, self.words, entries, partition, texts)).collect();
        let written = written(&texts.stems_of(self.stems()), &with[group], partition, reader)?;
        let digests: BTreeSet<_> = with.iter().flatten().map(|entry| partition.digest(*entry)).collect();
        Ok(written.map(|(term, example)| Term {
            term,
            words: self.words,
            effect: Effect::InStories(self.shares),
            here: self.titles[0],
            there: self.titles[1],
            texts: [titles, others],
            sources: sources::of_both(&with, group, partition),
            digests: digests.len(),
            p: None,
            q: None,
            source: None,
            p_sources: None,
            example,
        }))
    }
}
