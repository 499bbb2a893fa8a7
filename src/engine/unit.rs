//! What is shown of a unit, put together from columns and from what is stored of it.

use tantivy::DocAddress;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};

use super::fields::{day, field};
use super::matching::{Number, Segment};
use super::{Error, Reader};
use crate::digest::{DigestId, Section, UnitId};
use crate::query::{FacetField, Side, Unit};
use crate::schema::Kind;

/// What is stored of a unit.
#[derive(Default)]
struct Stored {
    text: Option<String>,
    url: Option<String>,
    source: Option<String>,
    locale: Option<String>,
    attribution: Option<String>,
}

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> Result<Self, DeserializeError> {
        let mut stored = Self::default();
        while let Some((name, value)) = document.next_field::<String>()? {
            let place = match name {
                name if name == const { field("text") } => &mut stored.text,
                name if name == const { field("url") } => &mut stored.url,
                name if name == const { field("source") } => &mut stored.source,
                name if name == const { field("locale") } => &mut stored.locale,
                name if name == const { field("attribution") } => &mut stored.attribution,
                _ => continue,
            };
            *place = Some(value);
        }
        Ok(stored)
    }
}

impl Reader {
    /// The unit at an address.
    pub(super) fn unit(&self, address: DocAddress) -> Result<Unit, Error> {
        let stored: Stored = self.searcher.doc(address).map_err(Error::tantivy(&self.held.path))?;
        let id = self.id(address)?;
        let topic = &id.digest.topic;
        let side = |id: String| Side { name: self.catalog.perspective_name(topic, &id).to_owned(), id };
        Ok(Unit {
            kind: self.kind(address)?,
            topic: Side {
                id: topic.clone(),
                name: self.catalog.topics.get(topic).map_or(topic, |topic| &topic.name).clone(),
            },
            perspective: self.name_at(FacetField::Perspective, address)?.map(side),
            attribution: stored.attribution,
            source: stored.source.filter(|source| !source.is_empty()),
            lang: self.name_at(FacetField::Lang, address)?,
            locale: stored.locale,
            date: day(self.number(Number::Date, address)?),
            digest_date: id.digest.date,
            text: stored.text.ok_or_else(|| self.damaged("text"))?,
            url: stored.url,
            id: id.to_string(),
        })
    }

    /// The id of the unit at an address.
    pub(super) fn id(&self, address: DocAddress) -> Result<UnitId, Error> {
        let name = |field, what| self.name_at(field, address)?.ok_or_else(|| self.damaged(what));
        let section = match self.kind(address)? {
            Kind::Highlight => Section::Highlights,
            Kind::Bullet => Section::Bullets(name(FacetField::Perspective, "perspective")?),
            Kind::Title => Section::Titles,
        };
        let date = day(self.number(Number::DigestDate, address)?);
        let digest = DigestId { topic: name(FacetField::Topic, "topic")?, date };
        Ok(UnitId { digest, section, number: self.number(Number::InSection, address)? as usize })
    }

    /// A number of the unit at an address.
    pub(super) fn number(&self, which: Number, address: DocAddress) -> Result<u64, Error> {
        let numbers = self.segment(address).numbers(which).map_err(Error::tantivy(&self.held.path))?;
        Ok(numbers.get_val(address.doc_id))
    }

    fn kind(&self, address: DocAddress) -> Result<Kind, Error> {
        let kind = self.name_at(FacetField::Kind, address)?.and_then(|kind| kind.parse().ok());
        kind.ok_or_else(|| self.damaged("kind"))
    }

    fn name_at(&self, field: FacetField, address: DocAddress) -> Result<Option<String>, Error> {
        let names = self.segment(address).names(field).map_err(Error::tantivy(&self.held.path))?;
        Ok(Some(names.of(address.doc_id)).filter(|name| !name.is_empty()).map(str::to_owned))
    }

    fn segment(&self, address: DocAddress) -> &Segment {
        &self.segments[address.segment_ord as usize]
    }

    fn damaged(&self, what: &str) -> Error {
        Error::Damaged { path: self.held.path.clone(), message: format!("a unit is stored without its {what}") }
    }
}
