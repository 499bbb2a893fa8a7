//! Answers what is to be compared.

use std::collections::{BTreeMap, BTreeSet};

use super::chance::{DISTANCE_DAYS, block};
use super::distance::distance;
use super::findings::{Compared, Finding};
use super::names::Names;
use super::partition::{FIELDS, Partition, Split};
use super::terms::{self, Part, Uses};
use super::{CompareRequest, CompareResponse, SideResponse, Term, Texts};
use crate::insight::Error;
use crate::insight::count::Samples;
use crate::model::Kind;
use crate::planning::Reader;
use crate::query::{Dimension, FacetField, Filters, Key, Reading, SearchRequest, Selection, TextQuery, Unit};
use crate::text::Language;

/// A side with fewer texts in a language has too little in it to be compared.
pub const MIN_TEXTS: usize = 10;

/// So many outlets and bullets of each side.
const SOURCES: usize = 5;
const BULLETS: usize = 3;

/// What was compared, and how often its shortest terms are used.
type TextsAndUses = (Texts, Uses);

impl CompareRequest {
    /// Answers it.
    pub fn answer(&self, reader: &Reader) -> Result<CompareResponse, Error> {
        let partition = self.partition(reader)?;
        let tally = reader.tally(&self.selection, &[])?;
        let total_units = tally.counts.total();
        let kind = partition.kinds().first().copied();
        let (mut sides, compared) = self.sides(&partition, reader)?;
        let texts = compared.map(|(texts, uses)| {
            self.distances(&uses, &partition, &mut sides);
            texts
        });
        for (side, response) in sides.iter_mut().enumerate() {
            response.bullets = self.bullets(side, response, reader)?;
        }
        let suggestions = if total_units == 0 { reader.suggestions(&self.selection)? } else { None };
        // Periods never are in one.
        let apart = if self.split == Split::Sides { partition.apart() } else { Vec::new() };
        Ok(CompareResponse { total_units, kind, sides, apart, texts, spellings: tally.spellings, suggestions })
    }

    /// The terms that each side prefers, and whether there is enough to tell them from chance; nothing else.
    pub(in crate::insight) fn terms(&self, reader: &Reader) -> Result<(Vec<Vec<Term>>, bool), Error> {
        let (sides, compared) = self.sides(&self.partition(reader)?, reader)?;
        let enough = compared.is_some_and(|(texts, _)| texts.enough);
        Ok((sides.into_iter().map(|side| side.terms).collect(), enough))
    }

    /// The sides with their terms, and what was compared; none where nothing can be.
    fn sides(
        &self,
        partition: &Partition,
        reader: &Reader,
    ) -> Result<(Vec<SideResponse>, Option<TextsAndUses>), Error> {
        let mut sides: Vec<SideResponse> =
            (0..partition.ids.len()).map(|side| self.side(side, partition, reader)).collect();
        let kind = partition.kinds().first().copied();
        let compared = match common_language(partition).zip(kind) {
            Some((lang, kind)) => Some(self.compare(&lang, kind, partition, &mut sides, reader)?),
            None => None,
        };
        Ok((sides, compared))
    }

    /// How far each side is from the others.
    fn distances(&self, uses: &Uses, partition: &Partition, sides: &mut [SideResponse]) {
        let block = |part: &Part| block(partition.day_of(part.digest), DISTANCE_DAYS);
        let distance = |side| distance(uses, partition.ids.len(), side, &self.split, block);
        // Two sides are as far from each other either way.
        let distances: Vec<_> =
            if let [_, _] = sides { vec![distance(0); 2] } else { (0..sides.len()).map(distance).collect() };
        sides.iter_mut().zip(distances).for_each(|(side, distance)| side.distance = distance);
    }

    /// The units, parted as asked for.
    fn partition(&self, reader: &Reader) -> Result<Partition, Error> {
        let (sample, found) = Samples::draw_or_all(&self.selection, &FIELDS, reader)?;
        let sides: Vec<String> = sample.columns[0].keys.iter().cloned().filter_map(Key::into_value).collect();
        let partition = Partition::new(sample, &found, &self.split);
        let topics: Vec<String> = partition.topics().into_iter().map(str::to_owned).collect();
        let kinds = partition.kinds();
        match self.split {
            _ if kinds.len() > 1 => Err(Error::SeveralKinds { kinds }),
            Split::Sides if topics.len() > 1 => Err(Error::SeveralTopics { topics }),
            // That there are no others on some days is an answer; that none were asked for is a slip.
            Split::Sides if sides.len() == 1 && !self.selection.filters.perspectives.is_empty() => {
                Err(Error::OneSide { side: sides.concat(), topic: topics.concat() })
            }
            Split::Periods(_) if sides.len() > 1 => Err(Error::SeveralSides { sides }),
            _ => Ok(partition),
        }
    }

    fn side(&self, side: usize, partition: &Partition, reader: &Reader) -> SideResponse {
        let id = partition.ids[side].clone();
        let topic = partition.topics().first().copied().unwrap_or_default();
        let name = match self.split {
            Split::Sides => reader.catalog().perspective_name(topic, &id).to_owned(),
            Split::Periods(_) => id.clone(),
        };
        let found = &partition.found[side];
        let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
        found
            .iter()
            .filter_map(|unit| partition.source(*unit))
            .for_each(|source| *sources.entry(source).or_default() += 1);
        let mut sources: Vec<(String, usize)> = sources.into_iter().map(|(name, n)| (name.to_owned(), n)).collect();
        sources.sort_by_key(|(_, units)| std::cmp::Reverse(*units));
        sources.truncate(SOURCES);
        let day = |unit: Option<&usize>| unit.map(|unit| partition.day(*unit));
        SideResponse {
            id,
            name,
            sampled: partition.sampled[side].clone(),
            texts: 0,
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
        lang: &str,
        kind: Kind,
        partition: &Partition,
        sides: &mut [SideResponse],
        reader: &Reader,
    ) -> Result<TextsAndUses, Error> {
        let in_lang =
            |units: &Vec<usize>| units.iter().copied().filter(|unit| partition.lang(*unit) == Some(lang)).collect();
        let found: Vec<Vec<usize>> = partition.found.iter().map(in_lang).collect();
        let names = if self.keep_names { Names::default() } else { Names::of(&partition.topics(), reader.catalog()) };
        let texts = all_texts(lang, kind, &names, reader)?;
        let compared = Compared { request: self, partition, found: &found, texts: &texts };
        let mut uses: Vec<Uses> =
            (self.words.0..=self.words.1).map(|words| Uses::new(words, partition, &found, &texts)).collect();
        let mut findings: Vec<Vec<Finding>> = sides.iter().map(|_| Vec::new()).collect();
        let mut enough = false;
        for (words, uses) in (self.words.0..).zip(&uses) {
            let (of_sides, can_tell) = compared.findings(words, uses);
            enough |= can_tell;
            findings.iter_mut().zip(of_sides).for_each(|(all, more)| all.extend(more));
        }
        for (side, (response, mut findings)) in sides.iter_mut().zip(findings).enumerate() {
            findings.sort_by(|a, b| b.z.total_cmp(&a.z));
            response.texts = found[side].len();
            response.more_terms = findings.len().saturating_sub(self.top);
            for finding in findings.iter().take(self.top) {
                response.terms.extend(compared.term(finding, side, &uses[finding.words - self.words.0], reader)?);
            }
        }
        let digests: BTreeSet<_> = uses[0].parts.iter().map(|part| part.digest).collect();
        let texts = Texts {
            lang: lang.to_owned(),
            digests: digests.len(),
            terms: uses.iter().map(|uses| uses.terms.len()).sum(),
            enough,
            hidden: names.words(),
        };
        Ok((texts, uses.swap_remove(0)))
    }

    /// The bullets of a side that match best; where no words are asked for, those with words that the side prefers.
    fn bullets(&self, side: usize, response: &SideResponse, reader: &Reader) -> Result<Vec<Unit>, Error> {
        let mut selection = self.selection.clone();
        if !selection.is_scored() && !response.terms.is_empty() {
            let words: Vec<String> = response.terms.iter().map(|term| format!("\"{}\"", term.term)).collect();
            let typed = selection.text.as_ref().map_or_else(String::new, |text| format!("({text}) "));
            let as_of = reader.catalog().as_of;
            let text =
                TextQuery::parse(&format!("{typed}({})", words.join(" OR ")), Reading { as_of, ..Reading::default() });
            // A term may hold what no query can say.
            selection.text = text.unwrap_or(selection.text);
        }
        selection.filters.kinds = vec![Kind::Bullet];
        selection.filters.langs.clear();
        match &self.split {
            Split::Sides => selection.filters.perspectives = vec![response.id.clone()],
            Split::Periods(periods) if selection.filters.days.is_empty() => {
                selection.filters.days = vec![periods[side]]
            }
            Split::Periods(periods) => {
                selection.filters.days.iter_mut().for_each(|days| *days = days.within(&periods[side]));
            }
        }
        let request = SearchRequest { selection, limit: Some(BULLETS), ..SearchRequest::default() };
        Ok(reader.search(&request)?.hits.into_iter().map(|hit| hit.unit).collect())
    }
}

/// The language in which the side with the fewest texts has the most; none where all sides have enough in none, and of one
/// side alone.
fn common_language(partition: &Partition) -> Option<String> {
    if partition.ids.len() < 2 {
        return None;
    }
    let mut langs: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (side, units) in partition.found.iter().enumerate() {
        for lang in units.iter().filter_map(|unit| partition.lang(*unit)) {
            langs.entry(lang).or_insert_with(|| vec![0; partition.found.len()])[side] += 1;
        }
    }
    let least = langs.into_iter().map(|(lang, texts)| (texts.into_iter().min().unwrap_or_default(), lang));
    let (texts, lang) = least.rev().max_by_key(|(texts, _)| *texts)?;
    (texts >= MIN_TEXTS).then(|| lang.to_owned())
}

/// All texts of a kind and a language, whatever is compared.
fn all_texts(lang: &str, kind: Kind, names: &Names, reader: &Reader) -> Result<terms::Texts, Error> {
    let filters = Filters { kinds: vec![kind], langs: vec![lang.to_owned()], ..Filters::default() };
    let outlet = [Dimension::Facet(FacetField::Source)];
    let all = reader.sample(&Selection { filters, ..Selection::default() }, &outlet)?;
    let stems = reader.stems(&all.units)?;
    Ok(terms::Texts::new(&all, stems, Language::of(Some(lang)), |stem| names.has(stem)))
}
