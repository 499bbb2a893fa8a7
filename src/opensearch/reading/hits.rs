//! Pages of matching entries in order, and what is shown of an entry.

use serde_json::{Value, json};

use super::snapshot::ClusterSnapshot;
use crate::backend::Error;
use crate::model::{DigestId, EntryId, Field, Kind, Section};
use crate::opensearch::cluster::{HitDocument, pages};
use crate::opensearch::document::{Shown, number_of};
use crate::opensearch::layout::PAGE;
use crate::query::{CustomTexts, Entry, Named, Sort};

/// Returns the order of hits: score and day as asked, then the digest, then the place in it.
pub fn order(sort: Sort, is_scored: bool) -> Value {
    let score = json!({ "_score": "desc" });
    let date = |order: &str| json!({ "date": order });
    let mut order = match sort {
        Sort::Relevance => vec![score.clone(), date("desc")],
        Sort::Newest => vec![date("desc"), score.clone()],
        Sort::Oldest => vec![date("asc"), score.clone()],
    };
    order.retain(|key| is_scored || *key != score);
    order.extend(["corpus", "topic", "digest_date", "variant", "place"].map(|field| json!({ field: "asc" })));
    order.into()
}

/// Returns the order of samples: by day and topic of the digest, then in file order.
pub fn sample_order() -> Value {
    json!(["digest_date", "corpus", "topic", "variant", "place"].map(|field| json!({ field: "asc" })))
}

impl ClusterSnapshot {
    /// Calls `each` with all entries of a query in order, page by page. `fields` are the values to read of each;
    /// `has_names` is whether parts of the query have names.
    pub(super) fn stream(
        &self,
        query: &Value,
        order: &Value,
        fields: &[String],
        has_names: bool,
        each: &mut dyn FnMut(HitDocument) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let search = json!({
            "size": PAGE, "track_total_hits": false, "track_scores": true, "query": query, "sort": order,
            "_source": false, "docvalue_fields": fields,
        });
        let ask = |search: &Value| match has_names {
            true => self.search_named(search, &[]).map(|(found, _)| found),
            false => self.search_entries(search),
        };
        pages(search, ask, each)
    }

    /// Calls `each` with the entries of some numbers, in order.
    pub(super) fn each_entry(
        &self,
        numbers: &[u64],
        each: &mut dyn FnMut(Entry) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.each_shown(numbers, &mut |shown| each(self.entry(shown)?))
    }

    /// Returns the entry of what is shown of it.
    pub(super) fn entry(&self, shown: Shown) -> Result<Entry, Error> {
        let EntryId { digest, section: part, .. } = shown.id.parse().map_err(|_| self.damaged("an id is not valid"))?;
        // An id does not say whether it has a corpus.
        let digest = if self.catalog.has_corpora() { digest.with_corpus() } else { digest };
        let DigestId { corpus, topic, date: digest_date, .. } = digest;
        let named = |id: String| Named { name: self.catalog.perspective_name(&topic, &id).to_owned(), id };
        let custom = |(number, value)| Some((self.catalog.fields.iter().nth(number)?, value));
        let date = chrono::NaiveDate::from_num_days_from_ce_opt(shown.date);
        Ok(Entry {
            kind: match part {
                Section::Highlights => Kind::Highlight,
                Section::Bullets(_) => Kind::Bullet,
                Section::Titles => Kind::Title,
            },
            perspective: shown.perspective.map(named),
            attribution: shown.attribution,
            source: shown.source.map(|source| self.sources.shown(&source).to_owned()),
            lang: shown.lang,
            locale: shown.locale,
            date: date.ok_or_else(|| self.damaged("a day is not valid"))?,
            digest_date,
            text: shown.text,
            url: shown.url,
            description: shown.description,
            section: shown.section,
            corpus: Some(corpus).filter(|corpus| !corpus.is_empty()),
            fields: CustomTexts {
                of: self.catalog.fields,
                values: shown.custom.into_iter().filter_map(custom).collect(),
            },
            id: shown.id,
            topic: Named { name: self.catalog.name(Field::Topic, &topic).to_owned(), id: topic },
        })
    }

    /// Returns what is shown of a hit.
    pub(super) fn shown_of(&self, hit: &mut HitDocument) -> Result<Shown, Error> {
        serde_json::from_value(hit.source["shown"].take()).map_err(|_| self.damaged("an entry cannot be read"))
    }

    /// Returns the number of an entry in an answer.
    pub(super) fn number(&self, hit: &HitDocument) -> Result<u64, Error> {
        number_of(&hit.id).ok_or_else(|| self.damaged("the id of a document is not valid"))
    }
}

/// Returns the whole numbers of a field of a hit.
pub fn numbers(hit: &HitDocument, field: &str) -> Vec<i64> {
    hit.fields[field].as_array().into_iter().flatten().filter_map(Value::as_i64).collect()
}

/// Returns the texts of a field of a hit.
pub fn texts<'a>(hit: &'a HitDocument, field: &str) -> Vec<&'a str> {
    hit.fields[field].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Returns the copy key of a hit.
pub fn copy(hit: &HitDocument) -> u64 {
    numbers(hit, "copy").first().copied().unwrap_or_default() as u64
}

/// Returns the score of a hit in thousandths.
pub fn score(hit: &HitDocument, is_scored: bool) -> u32 {
    if is_scored { hit.score.unwrap_or_default().round() as u32 } else { 0 }
}
