//! Answers what is to be compared.

use std::collections::{BTreeMap, BTreeSet};

use super::distance::{self, distance};
use super::findings::{Compared, Finding};
use super::fold::without_parts;
use super::names::Names;
use super::once::{StoryOf, sets};
use super::partition::{self, GROUP, Partition, Split, TOPIC, below, kinds, only, values};
use super::sources;
use super::terms::{self, Uses};
use super::{CompareRequest, CompareResponse, GroupResponse, Term, TermPower, Texts};
use crate::backend::Catalog;
use crate::insight::Error;
use crate::insight::count::{Sampled, Samples, differences};
use crate::insight::stories::stories_of;
use crate::model::{Field, Kind};
use crate::planning::Reader;
use crate::query::{Dimension, Entry, Filters, ParseOptions, Sample, SearchRequest, Selection, TextQuery};
use crate::text::{Language, name_key};

/// A group with fewer texts in a language has too little in it to be compared.
pub const MIN_TEXTS: usize = 10;

/// The maximum number of groups that are compared without being named: more columns cannot be read side by side. All perspectives of
/// a topic are.
const MAX_GROUPS: usize = 8;

/// So many sources and bullets of each group.
const SOURCES: usize = 5;
const BULLETS: usize = 3;

/// The compared texts, and what their distance is computed from.
struct TextsCompared {
    summary: Texts,
    /// The entries of each group, as places in the sample.
    found: Vec<Vec<usize>>,
    texts: terms::Texts,
    /// The uses of the shortest terms.
    uses: Uses,
}

impl CompareRequest {
    /// Answers it.
    pub fn answer(&self, reader: &Reader) -> Result<CompareResponse, Error> {
        if self.matched {
            return self.answer_matched(reader);
        }
        let partition = self.partition(reader)?;
        let tally = reader.tally(&self.selection, &[])?;
        let total_entries = partition.matches;
        let kind = partition.kinds().first().copied();
        let stories = match (&self.split, kind) {
            (Split::Periods(_), Some(Kind::Title)) => {
                Some(stories_of(partition.topics().into_iter().map(str::to_owned).collect(), reader)?)
            }
            _ => None,
        };
        let (mut groups, compared) = self.groups(&partition, stories.as_ref(), reader)?;
        let texts = compared.map(|compared| {
            self.distances(&compared, &partition, &mut groups);
            compared.summary
        });
        for (group, response) in groups.iter_mut().enumerate() {
            response.bullets = self.bullets(group, response, reader)?;
        }
        let sampled: Vec<&Sampled> = groups.iter().map(|group| &group.sampled).collect();
        let mut differences = if self.selection.is_scored() { differences(&sampled) } else { Vec::new() };
        let suggestions = if total_entries == 0 { reader.suggestions(&self.selection)? } else { None };
        // Periods never are in one, and what two queries find is of the same digests.
        let apart = if matches!(self.split, Split::Field(_)) { partition.apart() } else { Vec::new() };
        let shared = partition.shared;
        let shared_sources = match self.split {
            Split::Field(field) if field != Field::Source => sources::shared(&partition),
            Split::Field(_) | Split::Periods(_) | Split::Queries(_) => None,
        };
        // Pairs are within digests, and of different entries.
        let is_paired = |of: [usize; 2]| shared == 0 && !apart.contains(&of.into());
        let unpaired = differences.iter_mut().filter(|share| !is_paired(share.of));
        unpaired.for_each(|share| share.difference.p = None);
        Ok(CompareResponse {
            total_entries,
            kind,
            groups,
            differences,
            shared,
            shared_sources,
            apart,
            texts,
            matched: None,
            spellings: tally.spellings,
            suggestions,
        })
    }

    /// The terms that each group prefers, and whether there is enough to tell them from chance; nothing else. Takes the story
    /// of each title, of which there are words between periods.
    pub(in crate::insight) fn terms(
        &self,
        stories: &StoryOf,
        reader: &Reader,
    ) -> Result<(Vec<Vec<Term>>, TermPower), Error> {
        let (groups, compared) = self.groups(&self.partition(reader)?, Some(stories), reader)?;
        let power = compared.map_or(TermPower::Untested, |compared| compared.summary.power);
        Ok((groups.into_iter().map(|group| group.terms).collect(), power))
    }

    /// The groups with their terms, and what was compared; none where nothing can be.
    fn groups(
        &self,
        partition: &Partition,
        stories: Option<&StoryOf>,
        reader: &Reader,
    ) -> Result<(Vec<GroupResponse>, Option<TextsCompared>), Error> {
        let mut groups: Vec<GroupResponse> =
            (0..partition.ids.len()).map(|group| self.group(group, partition, reader)).collect();
        let kind = partition.kinds().first().copied();
        let compared = match common_language(partition).zip(kind) {
            Some((lang, kind)) => Some(self.compare((&lang, kind), partition, stories, &mut groups, reader)?),
            None => None,
        };
        Ok((groups, compared))
    }

    /// Computes the distance of each group from the others.
    fn distances(&self, compared: &TextsCompared, partition: &Partition, groups: &mut [GroupResponse]) {
        let TextsCompared { found, texts, uses, .. } = compared;
        let texts = distance::all_texts(self.words.0, uses, found, partition, texts);
        let all = groups.len();
        let distance = |group| distance(&texts, all, group, partition, &self.split);
        // Two groups are as far from each other either way.
        let distances: Vec<_> = if all == 2 { vec![distance(0); 2] } else { (0..all).map(distance).collect() };
        groups.iter_mut().zip(distances).for_each(|(group, distance)| group.distance = distance);
    }

    /// The entries, parted as asked for.
    fn partition(&self, reader: &Reader) -> Result<Partition, Error> {
        if let Split::Queries(other) = &self.split {
            let (sample, found) = Samples::draw(&self.selection, &self.split.columns(), reader)?;
            self.check(&sample)?;
            let found_by_other = sample.found_in(&reader.sample(other, &[])?);
            let names = [&self.selection, other].map(|selection| text_of(selection).to_owned());
            return Ok(Partition::of_queries(sample, names, [found, found_by_other]));
        }
        let (mut sample, found) = Samples::draw_or_all(&self.selection, &self.split.columns(), reader)?;
        if let Split::Field(field @ (Field::Custom(_) | Field::Section)) = self.split
            && let asked = self.selection.filters.get(field)
            && !asked.is_empty()
        {
            let groups = &sample.columns[GROUP];
            sample.columns[GROUP] = if field == Field::Section { below(groups, asked) } else { only(groups, asked) };
        }
        self.check(&sample)?;
        Ok(Partition::new(sample, &found, &self.split))
    }

    /// Refuses a sample whose groups cannot be compared.
    pub(super) fn check(&self, sample: &Sample) -> Result<(), Error> {
        let [groups, topics]: [Vec<String>; 2] =
            [GROUP, TOPIC].map(|column| values(sample, column).into_iter().map(str::to_owned).collect());
        let kinds = kinds(sample);
        let is_filtered = |field| !self.selection.filters.get(field).is_empty();
        match self.split {
            _ if kinds.len() > 1 => Err(Error::SeveralKinds { kinds }),
            Split::Field(Field::Perspective) if topics.len() > 1 => Err(Error::SeveralTopics { topics }),
            // That there are no others on some days is an answer; that none were asked for is a slip.
            Split::Field(Field::Perspective) if groups.len() == 1 && is_filtered(Field::Perspective) => {
                Err(Error::OnePerspective { perspective: groups.concat(), topic: topics.concat() })
            }
            Split::Field(field) if groups.len() > MAX_GROUPS && field != Field::Perspective && !is_filtered(field) => {
                Err(Error::ManyGroups {
                    field,
                    groups: groups.len(),
                    largest: partition::largest(&sample.columns[GROUP], 2),
                })
            }
            Split::Field(field) if groups.len() == 1 && is_filtered(field) => {
                let asked = self.selection.filters.get(field).iter();
                let without = asked.filter(|asked| name_key(asked) != name_key(&groups[0])).cloned().collect();
                Err(Error::OneGroup { field, group: groups.concat(), without })
            }
            Split::Periods(_) if groups.len() > 1 => Err(Error::SeveralPerspectives { perspectives: groups }),
            _ => Ok(()),
        }
    }

    pub(super) fn group(&self, group: usize, partition: &Partition, reader: &Reader) -> GroupResponse {
        let id = partition.ids[group].clone();
        let topic = partition.topics().first().copied().unwrap_or_default();
        let name = match self.split {
            Split::Field(Field::Perspective) => reader.catalog().perspective_name(topic, &id).to_owned(),
            Split::Field(field) => reader.catalog().name(field, &id).to_owned(),
            Split::Periods(_) | Split::Queries(_) => id.clone(),
        };
        let found = &partition.found[group];
        let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
        found
            .iter()
            .filter_map(|entry| partition.source(*entry))
            .for_each(|source| *sources.entry(source).or_default() += 1);
        let mut sources: Vec<(String, usize)> = sources.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
        sources.sort_by_key(|(_, entries)| std::cmp::Reverse(*entries));
        sources.truncate(SOURCES);
        let day = |entry: Option<&usize>| entry.map(|entry| partition.day(*entry));
        GroupResponse {
            id,
            name,
            sampled: partition.sampled[group].clone(),
            texts: 0,
            total_sources: 0,
            days: day(found.first()).zip(day(found.last())),
            sources,
            distance: None,
            terms: Vec::new(),
            more_terms: 0,
            bullets: Vec::new(),
        }
    }

    /// Compares the texts in a language.
    fn compare(
        &self,
        (lang, kind): (&str, Kind),
        partition: &Partition,
        stories: Option<&StoryOf>,
        groups: &mut [GroupResponse],
        reader: &Reader,
    ) -> Result<TextsCompared, Error> {
        let found = partition.found_in(lang);
        let names = self.hidden_names(partition, reader);
        let texts = all_texts(lang, kind, &names, reader)?;
        let sets: Vec<_> = found.iter().map(|entries| sets(entries, partition, stories)).collect();
        let compared = Compared { request: self, partition, found: &found, sets: &sets, texts: &texts };
        let mut uses: Vec<Uses> =
            (self.words.0..=self.words.1).map(|words| Uses::new(words, partition, &sets, &texts)).collect();
        let mut findings: Vec<Vec<Finding>> = groups.iter().map(|_| Vec::new()).collect();
        let mut power: Option<TermPower> = None;
        for (words, uses) in (self.words.0..).zip(&uses) {
            let (of_groups, of_words) = compared.findings(words, uses);
            // A phrase could be shown among few phrases where no word could be among many words.
            let of_words = (!uses.terms.is_empty()).then_some(of_words);
            power = power.into_iter().chain(of_words).min();
            findings.iter_mut().zip(of_groups).for_each(|(all, more)| all.extend(more));
        }
        for (group, (response, findings)) in groups.iter_mut().zip(findings).enumerate() {
            let mut findings = without_parts(findings);
            findings.sort_by(|a, b| b.odds.low().total_cmp(&a.odds.low()));
            response.texts = sets[group].len();
            response.total_sources = sources::count(&found[group], partition);
            response.more_terms = findings.len().saturating_sub(self.top);
            for finding in findings.iter().take(self.top) {
                response.terms.extend(compared.term(finding, group, &uses[finding.words - self.words.0], reader)?);
            }
        }
        let digests: BTreeSet<_> = uses[0].parts.iter().map(|part| part.digest).collect();
        let summary = Texts {
            lang: lang.to_owned(),
            digests: digests.len(),
            terms: uses.iter().map(|uses| uses.terms.len()).sum(),
            power: power.unwrap_or(TermPower::Untested),
            hidden: names.words(),
        };
        Ok(TextsCompared { summary, found, texts, uses: uses.swap_remove(0) })
    }

    /// The names of perspectives, which are no terms where perspectives or their periods are compared.
    pub(super) fn hidden_names(&self, partition: &Partition, reader: &Reader) -> Names {
        let is_of_perspectives = self.split.is_of_perspectives() || matches!(self.split, Split::Periods(_));
        match is_of_perspectives && !self.keep_names {
            true => Names::of(&partition.topics(), reader.catalog()),
            false => Names::default(),
        }
    }

    /// The bullets of a group that match best; where no words are asked for, those with words that the side prefers.
    fn bullets(&self, group: usize, response: &GroupResponse, reader: &Reader) -> Result<Vec<Entry>, Error> {
        let mut selection = self.selection.clone();
        if !selection.is_scored() && !response.terms.is_empty() {
            let words: Vec<String> = response.terms.iter().map(|term| format!("\"{}\"", term.term)).collect();
            let typed = selection.text.as_ref().map_or_else(String::new, |text| format!("({text}) "));
            let Catalog { as_of, fields, .. } = *reader.catalog();
            let text = TextQuery::parse(
                &format!("{typed}({})", words.join(" OR ")),
                ParseOptions { as_of, fields, ..ParseOptions::default() },
            );
            // A term may hold what no query can say.
            selection.text = text.unwrap_or(selection.text);
        }
        selection.filters.set(Field::Kind, vec![Kind::Bullet.to_string()]);
        selection.filters.set(Field::Lang, Vec::new());
        match &self.split {
            Split::Field(field) => selection.filters.set(*field, vec![response.id.clone()]),
            Split::Queries(other) if group > 0 => selection.text.clone_from(&other.text),
            Split::Queries(_) => {}
            Split::Periods(periods) if selection.filters.days.is_empty() => {
                selection.filters.days = vec![periods[group]]
            }
            Split::Periods(periods) => {
                selection.filters.days.iter_mut().for_each(|days| *days = days.within(&periods[group]));
            }
        }
        let request = SearchRequest { selection, limit: Some(BULLETS), ..SearchRequest::default() };
        Ok(reader.search(&request)?.hits.into_iter().map(|hit| hit.entry).collect())
    }
}

/// The language in which the group with the fewest texts has the most; none where all groups have enough in none, and of one
/// group alone.
pub fn common_language(partition: &Partition) -> Option<String> {
    if partition.ids.len() < 2 {
        return None;
    }
    let mut langs: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (group, entries) in partition.found.iter().enumerate() {
        for lang in entries.iter().filter_map(|entry| partition.lang(*entry)) {
            langs.entry(lang).or_insert_with(|| vec![0; partition.found.len()])[group] += 1;
        }
    }
    let least = langs.into_iter().map(|(lang, texts)| (texts.into_iter().min().unwrap_or_default(), lang));
    let (texts, lang) = least.rev().max_by_key(|(texts, _)| *texts)?;
    (texts >= MIN_TEXTS).then(|| lang.to_owned())
}

/// The words of a selection as typed.
fn text_of(selection: &Selection) -> &str {
    selection.text.as_ref().map_or("", |text| text.text.as_str())
}

/// All texts of a kind and a language, whatever is compared.
pub fn all_texts(lang: &str, kind: Kind, names: &Names, reader: &Reader) -> Result<terms::Texts, Error> {
    let filters = Filters::default().with(Field::Kind, vec![kind.to_string()]).with(Field::Lang, vec![lang.to_owned()]);
    let source = [Dimension::Facet(Field::Source)];
    let all = reader.sample(&Selection { filters, ..Selection::default() }, &source)?;
    let stems = reader.stems(&all.entries)?;
    Ok(terms::Texts::new(&all, stems, Language::of(Some(lang)), |stem| names.has(stem)))
}
